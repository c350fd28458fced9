"""Renaming and merging entries: every reference follows, and the rest of every file stays as it is."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from dossier.clean import clean
from dossier.model import Content, Document, Ref
from dossier.revise.plan import Before, Draft, RefusedError, Revision, begin, finished, known_after, refer_anew, tidy
from dossier.revise.united import unite
from dossier.schema import ArticleEntry, Source
from dossier.schema.fields import ID

__all__ = ["RefusedError", "Revision", "merge", "rename"]


def rename(folder: Path, old: Ref, new: Ref) -> Revision:
    """Give an entry another id.

    Raises RefusedError where that cannot be done, or not without a doubt.
    """
    if old.kind != new.kind:
        raise RefusedError(f"{old} cannot become {new}: an entry keeps its kind; write {old.kind}/{new.id}")
    if not ID.fullmatch(new.id) or new.id == "index":
        raise RefusedError(f"{new.id!r} is not an id (small letters a-z, digits and single hyphens); write another")
    before = begin(folder)
    files = files_of(before, old)
    if old == new:
        raise RefusedError(f"{old} is what it is called already; write another id")
    if new in before.content.documents or any(raw.ref == new for raw in before.content.articles):
        raise RefusedError(f"{new} is there already; write another id, or dossier merge {old} {new}")
    if new in before.entries:
        raise RefusedError(f"{new} is a country that is built in; write another id, or the country's code as iso first")
    moved = {name: f"{new}{name[len(str(old)) :]}" for name in files}
    draft = Draft(before)
    refer_anew(draft, {old: new})
    day = _day_by_name(before, old, new)
    draft.notes += [f"{new}: its date {day} was read from the name of its file; write date: {day}"] * bool(day)
    return finished(draft, old, new, moved)


def merge(folder: Path, one: Ref, other: Ref) -> Revision:
    """Join two entries of a kind: what the first says goes into the second, and what referred to it follows.

    Raises RefusedError where that cannot be done, or where the dossier would have a problem then.
    """
    if one.kind != other.kind:
        raise RefusedError(f"{one} cannot go into {other}: only entries of one kind can be merged")
    if one == other:
        raise RefusedError(f"{one} is one entry already; name two")
    before = begin(folder)
    removed = files_of(before, one)
    files_of(before, other)
    draft = Draft(before)
    names = {one: other}
    refer_anew(draft, names)
    tidy(draft, names)
    documents = before.content.documents
    if one in documents:
        target = documents.get(other) or Document(other, f"{other}.yml", {}, {(): (1, 1)}, {})
        if other not in documents:  # an article without metadata
            draft.texts[target.path] = ""
        unite(draft, documents[one], target, known_after(before.content, names))
        if not draft.text(target.path):
            del draft.texts[target.path]
    for name in removed:
        draft.texts.pop(name, None)
    raw = [name for name in removed if name not in {document.path for document in documents.values()}]
    draft.notes += [f"{one}: the raw article {name} is removed; {other} keeps its own" for name in raw]
    return finished(draft, one, other, {}, removed)


def files_of(before: Before, ref: Ref) -> list[str]:
    """The files of an entry; raises RefusedError where it has none."""
    found = [raw.path for raw in before.content.articles if raw.ref == ref]
    found += [document.path for one, document in before.content.documents.items() if one == ref]
    if found:
        return found
    if ref in before.entries:
        raise RefusedError(f"{ref} is built in; it has no file that could be changed")
    raise RefusedError(f"there is no entry {ref}{_near(ref, before.content)}")


def _near(ref: Ref, content: Content) -> str:
    """The entries that may be meant."""
    there = [str(one) for one in (*content.documents, *(raw.ref for raw in content.articles))]
    close = [one for one in there if one.partition("/")[2] == ref.id] or get_close_matches(str(ref), there, 3)
    return f"; did you mean {' or '.join(dict.fromkeys(close))}?" if close else ""


def _day_by_name(before: Before, old: Ref, new: Ref) -> str:
    """The day that only the name of an article's file tells, if the new one does not tell the same."""
    entry = before.entries.get(old)
    raw = next((raw for raw in before.content.articles if raw.ref == old), None)
    if raw is None or not isinstance(entry, ArticleEntry):
        return ""
    sources = {ref: one for ref, one in before.entries.items() if isinstance(one, Source)}
    one = clean(raw, entry, sources)
    if one.date is None or one.basis.get("date") != "filename" or one.date.edtf in new.id:
        return ""
    return one.date.edtf
