"""What the browser form may ask for and send: a list of actions over the content folder.

The names of the actions and their parameters are those of Decap's proxy backend. Entries travel as JSON in
the shape of the form. Only what was changed in the form is written, into the file as it stands by then, and
only if that makes no new problem.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dossier import countries, journal
from dossier.clean import clean
from dossier.export import cms
from dossier.export.drafts import schema_line, slug
from dossier.form import edit
from dossier.load import document, load
from dossier.model import Article, Content, Document, Problem, RawArticle, Ref
from dossier.schema import KIND_OF, ArticleEntry, Country, Entries, Known, Named, Source
from dossier.schema.fields import ID, read_reference
from dossier.unseen import faults
from dossier.validate import check, entries

#: How many pages of the form may be open at once; the one that was used last is the last to be forgotten.
MOST_PAGES = 32


class RefusedError(Exception):
    """Why something is not done, for the person at the form."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands in the content folder, the entries of it, and what is wrong with them."""

    content: Content
    known: Entries
    faults: tuple[Problem, ...]
    references: Known

    def document(self, ref: Ref) -> Document | None:
        """The file of an entry that has one."""
        return self.content.documents.get(ref)

    def in_full(self, text: str, kinds: tuple[str, ...]) -> str:
        """What a reference stands for, with its kind; as it is typed where it stands for nothing."""
        with contextlib.suppress(ValueError):
            return str(read_reference(text, kinds, self.references))
        return text


def shelved(content: Content) -> Shelf:
    """A content folder with its entries."""
    known, faults = entries(content, countries.builtin())
    names = {ref: (_name(ref, entry),) for ref, entry in known.items()}
    return Shelf(content, known, (*content.problems, *faults), Known(names))


@dataclass(slots=True)
class Desk:
    """The content folder as the pages of the form see it.

    `pages` keeps, for each open page, what it was last shown of each entry: what it sends back is compared
    with that. `done` is called with the references that there are when an entry has come or gone.
    """

    folder: Path
    done: Callable[[list[Ref]], None] = lambda refs: None
    pages: OrderedDict[str, dict[Ref, dict[str, Any]]] = field(default_factory=OrderedDict)
    last: tuple[int, Shelf] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, page: str) -> None:
        """Let a new page of the form ask."""
        with self.lock:
            self.pages[page] = {}
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)

    def names(self) -> dict[Ref, str]:
        """Everything that a reference may point to, with what it is called."""
        with self.lock:
            return {ref: _name(ref, entry) for ref, entry in self.shelf().known.items()}

    def answer(self, page: str, action: str, params: Mapping[str, Any]) -> Any:
        """The answer to what a page asks for. Raises RefusedError with the reason where there is none."""
        with self.lock:
            if page not in self.pages:
                raise RefusedError("this page is out of date; save your texts elsewhere, and load it again")
            self.pages.move_to_end(page)
            if action not in ACTIONS:
                raise RefusedError(f"{action!r} is not done here; entries are the only thing that the form edits")
            try:
                return ACTIONS[action](self, page, params)
            except (journal.ConflictError, edit.UnwritableError) as error:
                raise RefusedError(str(error)) from None
            except OSError as error:
                raise RefusedError(f"{error.filename}: {error.strerror}") from None
            except (KeyError, TypeError, AttributeError, ValueError):
                raise RefusedError("the form has sent something that cannot be read") from None

    def shelf(self) -> Shelf:
        """The content as it stands; it is read anew when a file has changed since the last time."""
        state = hash(tuple(_states(self.folder)))
        if self.last is None or self.last[0] != state:
            self.last = state, shelved(load(self.folder))
        return self.last[1]


def info(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """What serves the form."""
    return {"repo": desk.folder.resolve().name, "publish_modes": ["simple"], "type": "local_fs"}


def entries_by_folder(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """All entries of a kind, and what may become one: raw articles, and built-in countries."""
    kind = params["folder"]
    if kind not in KIND_OF:
        raise RefusedError(f"there is no kind {kind!r}")
    shelf = desk.shelf()
    return [_sent(desk, page, shelf, ref) for ref in sorted(shelf.known) if ref.kind == kind]


def get_entry(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """One entry."""
    ref = _ref(params["path"])
    shelf = desk.shelf()
    if ref not in shelf.known:
        raise RefusedError(f"there is no entry {ref}")
    return _sent(desk, page, shelf, ref)


def id_for(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """The id of a new entry: made of its name, or of its kind where the name has no letters for one."""
    kind, name = params["kind"], str(params["name"])
    known = desk.shelf().known
    if kind == "countries":
        same = [ref for ref, entry in known.items() if ref.kind == kind and _name(ref, entry) == name.strip()]
        if same:
            raise RefusedError(f"{name.strip()} is in the list already, as {same[0]}; edit it there")
    stem = slug(name) or KIND_OF[kind].singular.lower()
    taken = {ref.id for ref in known if ref.kind == kind} | {"index"}
    return {"id": next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)}


def persist_entry(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """Write what was changed in an entry, if it makes no new problem."""
    (sent,) = params["dataFiles"]
    if params.get("assets"):
        raise RefusedError("pictures are put into the content folder by hand, and named here")
    ref, form = _ref(sent["path"]), cms.bare(json.loads(sent["raw"]))
    form.pop("_id", None)
    for text in _texts(form):
        for _, why in faults(text):
            raise RefusedError(why)
    shelf = desk.shelf()
    file = shelf.document(ref)
    if ref.kind == "articles" and all(raw.ref != ref for raw in shelf.content.articles):
        raise RefusedError("an article is a file that came from elsewhere; write dossier add FILE")
    if file and not file.sound:
        raise RefusedError(f"{file.path} cannot be read; mend it by hand: dossier check tells what is wrong")
    now = _shown(shelf, ref)
    changes = _changes(shelf, ref, form, now, desk.pages[page].get(ref, {}))
    if not file:  # of a built-in country, its name and code
        changes = {name: value for name, value in now.items() if name not in changes} | changes
    name = file.path if file else f"{ref}.yml"
    before = _bytes(desk.folder, name)
    if changes or not file:
        text = before.decode("utf-8") if before is not None else f"{schema_line(ref.kind)}\n"
        order = [one.name for one in cms.fields(ref.kind)]
        _write(desk, shelf, {name: before}, {name: edit.edited(text, changes, order).encode()})
    desk.pages[page][ref] = form
    if ref not in shelf.known:
        desk.done([*shelf.known, ref])
    return {"message": "entry persisted"}


def _changes(
    shelf: Shelf, ref: Ref, form: Mapping[str, Any], now: Mapping[str, Any], was: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields that were changed in the form since it was shown what there `was`, as the file is to have them.

    Raises RefusedError where one of them is not `now` what it was.
    """
    file = shelf.document(ref)
    data = file.data if file else {}
    changes: dict[str, Any] = {}
    for one in cms.fields(ref.kind):
        wanted, seen, there = (cms.bare(values.get(one.name)) or None for values in (form, was, now))
        if wanted not in (seen, there):
            if there != seen:
                raise RefusedError(f"{one.label} was changed in the file meanwhile; load the page again")
            changes[one.name] = cms.written(one, wanted, data.get(one.name), shelf.in_full)
    return changes


def delete_files(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """Delete entries, if nothing refers to them."""
    shelf = desk.shelf()
    names = []
    for path in params["paths"]:
        file = shelf.document(_ref(path))
        if file is None or file.ref.kind == "articles":
            raise RefusedError(f"{path} has no file that could be deleted here")
        names.append(file.path)
    _write(desk, shelf, {name: _bytes(desk.folder, name) for name in names}, dict.fromkeys(names))
    desk.done([*desk.shelf().known])
    return {"message": "files deleted"}


def text_of(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """What an article says, for who copies words from it: its title, and its paragraphs with their numbers."""
    shelf = desk.shelf()
    ref = _ref(f"articles/{params['id']}.yml")
    raw = next((raw for raw in shelf.content.articles if raw.ref == ref), None)
    if raw is None:
        raise RefusedError(f"there is no article {ref.id}")
    article = _cleaned(shelf, raw)
    return {"title": article.title, "paragraphs": [[p.n, article.words_of(p)] for p in article.paragraphs]}


def get_media(desk: Desk, page: str, params: Mapping[str, Any]) -> Any:
    """No pictures: they are put into the content folder by hand."""
    return []


Action = Callable[[Desk, str, Mapping[str, Any]], Any]

ACTIONS: Mapping[str, Action] = {
    "info": info,
    "entriesByFolder": entries_by_folder,
    "getEntry": get_entry,
    "idFor": id_for,
    "persistEntry": persist_entry,
    "deleteFiles": delete_files,
    "getMedia": get_media,
    "textOf": text_of,
}


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value of JSON."""
    match value:
        case dict():
            yield from (text for pair in value.items() for one in pair for text in _texts(one))
        case list():
            yield from (text for one in value for text in _texts(one))
        case str():
            yield value


def _ref(path: Any) -> Ref:
    """The entry that a path stands for; anything but `kind/id.yml` is refused, and so no path leads elsewhere."""
    kind, _, name = str(path).partition("/")
    stem = name.removesuffix(".yml")
    if kind not in KIND_OF or stem == name or not ID.fullmatch(stem) or stem == "index":
        raise RefusedError(f"{path!r} is not the file of an entry")
    return Ref(kind, stem)


def _sent(desk: Desk, page: str, shelf: Shelf, ref: Ref) -> Any:
    """An entry as the form gets it, remembered as what the page was shown."""
    shown = _shown(shelf, ref)
    desk.pages[page][ref] = shown
    text = json.dumps(shown, ensure_ascii=False)
    return {"data": text, "file": {"path": f"{ref}.yml", "id": hashlib.sha256(text.encode()).hexdigest()}}


def _shown(shelf: Shelf, ref: Ref) -> dict[str, Any]:
    """The values of an entry in the shape of the form; of one without a file, what is known of it."""
    file = shelf.document(ref)
    if file:
        found: dict[str, Any] = cms.shown(cms.fields(ref.kind), file.data, shelf.in_full)
        return found
    entry = shelf.known.get(ref)
    return {"name": entry.name, "iso": entry.iso} if isinstance(entry, Country) else {}


def _name(ref: Ref, entry: object) -> str:
    if isinstance(entry, Named):
        return entry.name
    return entry.title if isinstance(entry, ArticleEntry) and entry.title else ref.id


def _write(desk: Desk, shelf: Shelf, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
    """Write the files of entries, if that makes no problem that was not there."""
    then = _shelf_with(shelf, after)
    quoted = _articles_in(shelf, after) | _articles_in(then, after)
    there = {(problem.path, problem.message) for problem in _problems(shelf, quoted)}
    new = [problem for problem in _problems(then, quoted) if (problem.path, problem.message) not in there]
    if new:
        told = (f"{problem.path}: " * (problem.path not in after) + problem.message for problem in new)
        raise RefusedError("; ".join(dict.fromkeys(told)))
    journal.change(desk.folder, before, after)


def _shelf_with(shelf: Shelf, after: Mapping[str, bytes | None]) -> Shelf:
    """The content as it would stand with other files of entries."""
    documents = {ref: one for ref, one in shelf.content.documents.items() if one.path not in after}
    problems = [problem for problem in shelf.content.problems if problem.path not in after]
    for name, data in after.items():
        if data is not None:
            kind, _, stem = name.rpartition(".")[0].partition("/")
            documents[Ref(kind, stem)], faulty = document(Ref(kind, stem), name, data)
            problems += faulty
    return shelved(replace(shelf.content, documents=dict(sorted(documents.items())), problems=tuple(problems)))


def _problems(shelf: Shelf, quoted: Container[Ref]) -> list[Problem]:
    """The problems of a dossier; texts are compared with the articles `quoted` only."""
    cleaned = {raw.ref: _cleaned(shelf, raw) for raw in shelf.content.articles if raw.ref in quoted}
    return [*shelf.faults, *check(shelf.content, shelf.known, cleaned)]


def _cleaned(shelf: Shelf, raw: RawArticle) -> Article:
    entry = shelf.known.get(raw.ref)
    sources = {ref: one for ref, one in shelf.known.items() if isinstance(one, Source)}
    return clean(raw, entry if isinstance(entry, ArticleEntry) else ArticleEntry(), sources)


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Every file below a folder, with when it was changed and how long it is."""
    for at, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                found = os.stat(os.path.join(at, name))  # noqa: PTH116, PTH118 - a Path for each of many files is slow
                yield f"{at}/{name}", found.st_mtime_ns, found.st_size


def _articles_in(shelf: Shelf, files: Mapping[str, object]) -> set[Ref]:
    """The articles that the entries in some files quote, and those that are such entries."""
    found: set[Ref] = set()
    for ref, file in shelf.content.documents.items():
        if file.path in files:
            found.add(ref)
            for name in ("citations", "evidence"):
                items = file.data.get(name)
                for item in items if isinstance(items, list) else ():
                    if isinstance(item, dict):
                        found.add(Ref("articles", str(item.get("article")).removeprefix("articles/")))
    return found


def _bytes(folder: Path, name: str) -> bytes | None:
    path = folder / name
    if path.is_symlink() or path.parent.is_symlink():
        raise RefusedError(f"{name} is a link; edit the file that it leads to")
    return path.read_bytes() if path.exists() else None
