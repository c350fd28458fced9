"""What a revision changes: files of a content folder, before and after, and the proof that it is nothing else."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dossier import countries
from dossier.clean import clean
from dossier.export.drafts import flow
from dossier.load import REDIRECTS, load, read
from dossier.load.nodes import nodes
from dossier.model import Content, Document, Loc, Problem, Ref, WrittenPage
from dossier.revise.layout import source_lines, with_scalar, without_field, without_item
from dossier.revise.links import relinked
from dossier.revise.redirects import lines_of, redirected
from dossier.revise.references import mapped, rewritten
from dossier.schema import ArticleEntry, Entries, Known, Source
from dossier.schema.references import is_markdown, kinds_at, references
from dossier.validate import check, entries, known


class RefusedError(Exception):
    """Why nothing is changed, as a sentence; `problems` are those of the content folder that stand in the way."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Revision:
    """The files that change, by name, with their bytes before and after (None: no such file).

    `moved` are files that take another name, `references` counts what refers to another entry now, and
    `notes` say what a reader of the change would otherwise have to look for.
    """

    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    moved: Mapping[str, str] = field(default_factory=dict)
    references: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """A content folder that is to be changed, and the entries in it; every reference in it can be read."""

    folder: Path
    content: Content
    entries: Entries

    def text(self, name: str) -> str:
        """The text of a file, its line ends as they are, without a byte order mark."""
        return read(self.folder, name).decode("utf-8-sig")

    def bytes(self, name: str, text: str) -> bytes:
        """A file's bytes with another text, and its byte order mark if it has one."""
        mark = codecs.BOM_UTF8 if read(self.folder, name).startswith(codecs.BOM_UTF8) else b""
        return mark + text.encode()


def begin(folder: Path) -> Before:
    """Read a content folder; raises RefusedError where it has faults in which a reference may be hidden."""
    content = load(folder)
    found, faults = entries(content, countries.builtin())
    if problems := sorted({*content.problems, *faults}):
        raise RefusedError(
            "nothing was changed: references may be hidden in what cannot be read; mend it first", problems
        )
    return Before(folder, content, found)


@dataclass(slots=True)
class Draft:
    """The texts of the files that change so far, and what the YAML files among them are to say."""

    before: Before
    texts: dict[str, str] = field(default_factory=dict)
    data: dict[str, dict[str, Any]] = field(default_factory=dict)
    references: int = 0
    notes: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The text of a file as it is to be."""
        return self.texts[name] if name in self.texts else self.before.text(name)

    def expected(self, document: Document) -> dict[str, Any]:
        """What a YAML file is to say; to be changed in place."""
        return self.data.setdefault(document.path, deepcopy(document.data))


def refer_anew(draft: Draft, names: Mapping[Ref, Ref]) -> None:
    """Change every reference by `names`, in entries and in links of Markdown."""
    after = known_after(draft.before.content, names)
    ids = {ref.id for pair in names.items() for ref in pair}
    for document in draft.before.content.documents.values():
        _refer_in(draft, document, names, ids, after)
    for page in draft.before.content.written:
        _relink_page(draft, page, names)


def known_after(content: Content, names: Mapping[Ref, Ref]) -> Known:
    """What a reference may point to when entries are called otherwise."""
    documents = {names.get(ref, ref): replace(d, ref=names.get(ref, ref)) for ref, d in content.documents.items()}
    articles = tuple(replace(raw, ref=names.get(raw.ref, raw.ref)) for raw in content.articles)
    return known(replace(content, documents=documents, articles=articles), countries.builtin())


def _refer_in(draft: Draft, document: Document, names: Mapping[Ref, Ref], ids: set[str], after: Known) -> None:
    """Change the references of one entry."""
    kind, entry = document.ref.kind, draft.before.entries[document.ref]
    for loc, target in references(entry):
        text = _value(document.data, loc)
        if target in names or text in ids:
            new = rewritten(text, target, names.get(target), kinds_at(kind, loc), after)
            if new != text:
                _put(draft, document, loc, text, new)
                draft.references += target in names
    for loc, text in _texts(document.data):
        if ".md" in text and is_markdown(kind, loc):
            _relink_field(draft, document, loc, text, names)


def _put(draft: Draft, document: Document, loc: Loc, old: str, new: str) -> None:
    draft.texts[document.path] = with_scalar(draft.text(document.path), loc, old, new)
    _value(draft.expected(document), loc[:-1])[loc[-1]] = new


def _relink_field(draft: Draft, document: Document, loc: Loc, text: str, names: Mapping[Ref, Ref]) -> None:
    """Change the links in a field of Markdown: what the target says stands in the file as it stands in the field."""
    for start, end, target in reversed([*relinked(text, document.ref.kind, names)]):
        whole = draft.text(document.path)
        root = nodes(whole)
        node = root.at(loc) if root else None
        old = text[start:end]
        if node is None or (raw := whole[node.start : node.end]).count(old) != text.count(old):
            place = f"{document.path}:{document.place(loc)[0]}"
            raise RefusedError(
                f"{place}: the link to {old} stands there in a way that cannot be changed; change it first"
            )
        pieces = raw.split(old)
        n = text[:start].count(old) + 1
        raw = f"{old.join(pieces[:n])}{target}{old.join(pieces[n:])}"
        draft.texts[document.path] = whole[: node.start] + raw + whole[node.end :]
        text = text[:start] + target + text[end:]
        draft.references += 1
        _value(draft.expected(document), loc[:-1])[loc[-1]] = text


def tidy(draft: Draft, names: Mapping[Ref, Ref]) -> None:
    """Take out of lists what says no more than another item, or names the entry itself, now that two are one."""
    for ref, document in draft.before.content.documents.items():
        entry = draft.before.entries[ref]
        for name, items in _lists(entry):
            new = [mapped(item, names) for item in items]
            changed = {n for n, item in enumerate(items) if new[n] != item}
            own = names.get(ref, ref)
            out = [n for n in range(len(new)) if (n in changed and new[n] == own) or _said(new, n, changed)]
            for n in reversed(out):
                drop_item(draft, document, name, n)


def _said(items: Sequence[Any], n: int, changed: Container[int]) -> bool:
    """Whether another item says all that the n-th says, by the change; of two that say the same, one stays."""
    for m, item in enumerate(items):
        if m != n and (m in changed or n in changed) and covers(item, items[n]):
            stays = m < n if (m in changed) == (n in changed) else n in changed
            if stays or not covers(items[n], item):
                return True
    return False


def drop_item(draft: Draft, document: Document, name: str, n: int) -> None:
    """Take an item out of a list of an entry, and with the last one the field; what is dropped is noted."""
    expected, text = draft.expected(document), draft.text(document.path)
    root = nodes(text)
    lines = source_lines(text, root.at((name, n)).start, root.at((name, n))) if root else []
    comments = "".join(f" {line[line.index('#') :]}" for line in lines if re.search(r"(?:^|\s)#", line))
    said = flow(expected[name][n])
    why = "dropped, for another item says so, or it is the entry itself"
    draft.notes.append(f"{document.path}: {name}: {why}: {said}{comments}")
    if len(expected[name]) == 1:
        draft.texts[document.path] = without_field(text, (), name)
        del expected[name]
    else:
        draft.texts[document.path] = without_item(text, (name,), n)
        del expected[name][n]


def covers(one: Any, other: Any) -> bool:
    """Whether an item of a list says everything that another says."""
    if not isinstance(one, BaseModel) or not isinstance(other, BaseModel) or type(one) is not type(other):
        return bool(one == other)
    return all(
        getattr(other, name) in (info.default, getattr(one, name)) for name, info in type(other).model_fields.items()
    )


def _lists(entry: object) -> list[tuple[str, tuple[Any, ...]]]:
    fields = type(entry).model_fields if isinstance(entry, BaseModel) else {}
    return [(name, value) for name in fields if isinstance(value := getattr(entry, name), tuple) and value]


def _value(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data


def _texts(value: Any, loc: Loc = ()) -> Iterable[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, (*loc, name))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _texts(item, (*loc, n))


def _relink_page(draft: Draft, page: WrittenPage, names: Mapping[Ref, Ref]) -> None:
    """Change the links of a page written by hand; its line ends stay what they are."""
    if ".md" not in page.markdown:
        return
    folder = page.path.rpartition("/")[0]
    if not (found := [*relinked(page.markdown, folder, names)]):
        return
    text = draft.text(page.path)
    ends = [match.start() - n for n, match in enumerate(re.finditer("\r\n", text))]
    for start, end, target in reversed(found):
        here = [place + bisect_left(ends, place) for place in (start, end)]
        text = text[: here[0]] + target + text[here[1] :]
    draft.references += len(found)
    draft.texts[page.path] = text


def finished(draft: Draft, old: Ref, new: Ref, moved: Mapping[str, str], removed: Iterable[str] = ()) -> Revision:
    """The revision that a draft makes, with the redirect; raises RefusedError where it would not do what it should."""
    before = draft.before
    lines = dict(lines_of(before.content.redirects))
    listed = before.text(REDIRECTS) if before.content.redirects else ""
    draft.texts[REDIRECTS], lines = redirected(listed, lines, old, new)
    files: dict[str, bytes | None] = {}
    for name, text in sorted(draft.texts.items()):
        there = (before.folder / name).exists()
        files[moved.get(name, name)] = before.bytes(name, text) if there else text.encode()
    for name, target in moved.items():
        files.setdefault(target, read(before.folder, name))
        files[name] = None
    files |= dict.fromkeys(removed)
    _prove(draft, files, lines, {old: new}, moved)
    state = {n: read(before.folder, n) if (before.folder / n).exists() else None for n in files}
    return Revision(state, files, moved, draft.references, tuple(dict.fromkeys(draft.notes)))


def _prove(
    draft: Draft, files: Mapping[str, bytes | None], lines: object, names: Mapping[Ref, Ref], moved: Mapping[str, str]
) -> None:
    """See that the changed files say what they are to say, and that no problem is new."""
    content = load(draft.before.folder, files)
    found, faults = entries(content, countries.builtin())
    data = {document.path: document.data for document in content.documents.values()}
    expected = {moved.get(name, name): value for name, value in draft.data.items()}
    expected = {name: value for name, value in expected.items() if files.get(name, b"") is not None and value}
    new = _renamed([*content.problems, *faults, *_checked(content, found, names)], names)
    old = _renamed(_checked(draft.before.content, draft.before.entries, names) if new else (), names)
    if added := new.keys() - old.keys():
        problems = sorted(new[key] for key in added)
        raise RefusedError("nothing was changed: the dossier would have these problems then", problems)
    wrong = [name for name, value in expected.items() if data.get(name) != value]
    wrong += _astray(draft.before, found, names)
    if wrong or (content.redirects.data if content.redirects else {}) != lines:
        name = (*wrong, REDIRECTS)[0]
        raise RefusedError(
            f"nothing was changed: {name} is laid out in a way that cannot be edited; write it more plainly"
        )


def _astray(before: Before, after: Entries, names: Mapping[Ref, Ref]) -> Iterator[str]:
    """The files of entries that do not refer to exactly what they referred to, whatever that is called now.

    Those of two entries that are one now are passed over: what they refer to together is compared as data.
    """
    merged = {ref for pair in names.items() for ref in pair if pair[1] in before.entries}
    for ref, document in before.content.documents.items():
        if ref not in merged:
            meant = {names.get(other, other) for _, other in references(before.entries[ref])}
            if meant != {other for _, other in references(after[names.get(ref, ref)])}:
                yield document.path


def _checked(content: Content, found: Entries, names: Mapping[Ref, Ref]) -> list[Problem]:
    """What the checks find; of the articles only those are looked at that are concerned."""
    sources = {ref: entry for ref, entry in found.items() if isinstance(entry, Source)}
    looked_at = {
        raw.ref: clean(raw, entry, sources)
        for raw in content.articles
        if raw.ref in {*names, *names.values()} and isinstance(entry := found[raw.ref], ArticleEntry)
    }
    return [problem for problem in check(content, found, looked_at) if problem.rule != "missing-article"]


def _renamed(problems: Iterable[Problem], names: Mapping[Ref, Ref]) -> dict[tuple[str, ...], Problem]:
    """Problems by what they say, whatever the entries are called and wherever they stand."""
    found: Counter[tuple[str, ...]] = Counter()
    keyed: dict[tuple[str, ...], Problem] = {}
    for problem in problems:
        texts = [problem.path, problem.message]
        for old, new in names.items():
            texts = [text.replace(str(old), str(new)) for text in texts]
        key = (*texts, problem.rule)
        found[key] += 1
        keyed[(*key, str(found[key]))] = problem
    return keyed
