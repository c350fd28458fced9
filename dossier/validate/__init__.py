"""From what was typed to checked entries, with every fault on the way.

`entries` reads each document by the schema of its kind; `check` then looks at what only the whole
dossier can show. Both report everything they find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from dossier.model import Content, Document, Loc, Problem, Ref
from dossier.schema import (
    KIND_OF,
    TLP,
    AliasFields,
    ArticleEntry,
    Country,
    Entries,
    Entry,
    Known,
    Named,
    Person,
    did_you_mean,
)
from dossier.schema.unlinked import unlinked
from dossier.validate.checks import CHECKS, check

__all__ = ["CHECKS", "check", "entries", "known", "published", "redirects", "withheld_pictures"]

#: pydantic's own kinds of faults, in the curator's words; the others bring their sentence along.
_MEANINGS = {
    "model_type": ("wrong-type", "fields of its own are needed here; write name: value"),
    "model_attributes_type": ("wrong-type", "fields of its own are needed here; write name: value"),
    "dict_type": ("wrong-type", "fields of its own are needed here; write name: value"),
}


#: What curators write for a field that is called otherwise here.
_USUAL = {
    "name": "title",
    "title": "name",
    "author": "authors",
    "published": "date",
    "publisher": "source",
    "from": "start",
    "until": "end",
}


def entries(content: Content, builtin: Mapping[Ref, Country]) -> tuple[dict[Ref, Entry], list[Problem]]:
    """Read every document by the schema of its kind; countries are joined to the built-in table.

    An entry with faults is returned without the faulty fields, so that what follows can find
    further faults in it. Every article has an entry, if need be an empty one.
    """
    context = known(content, builtin)
    found: dict[Ref, Entry] = {}
    problems: list[Problem] = []
    for ref, document in content.documents.items():
        found[ref] = _entry(document, context, problems)
    uncurated = ArticleEntry()  # one for all: entries are frozen
    for raw in content.articles:
        found.setdefault(raw.ref, uncurated)
    return _with_builtin(found, builtin), problems


def known(content: Content, builtin: Mapping[Ref, Country]) -> Known:
    """What a reference may point to."""
    return Known(_names(content, builtin), _moved(content, builtin))


def published(entries: Entries, audience: str) -> dict[Ref, Entry]:
    """The entries that the site may show: no drafts, and nothing marked above the audience's TLP label.

    Links in their Markdown to what is left out are taken out; their words stay.
    """
    highest = TLP.index(audience)
    shown = {ref: e for ref, e in entries.items() if not e.draft and TLP.index(e.tlp) <= highest}
    gone = frozenset(str(ref) for ref in entries if ref not in shown)
    return {ref: _without_links(entry, ref.kind, gone) for ref, entry in shown.items()} if gone else shown


def _without_links(entry: Entry, folder: str, gone: frozenset[str]) -> Entry:
    fields = {name: text for name in ("description", "assessment") if (text := getattr(entry, name, None))}
    changed = {name: new for name, text in fields.items() if (new := unlinked(text, folder, gone)) != text}
    return entry.model_copy(update=changed) if changed else entry


def redirects(content: Content) -> dict[Ref, Ref]:
    """The addresses that entries had before, and those they have now, in a content folder without problems."""
    lines = content.redirects.data if content.redirects else {}
    return {_ref(old): _ref(new) for old, new in lines.items()}


def _ref(address: str) -> Ref:
    kind, _, name = address.partition("/")
    return Ref(kind, name)


def withheld_pictures(entries: Entries, shown: Entries) -> frozenset[str]:
    """The pictures of people who are withheld, as paths in the content folder; not those that others share."""
    pictures = {ref: e.image.removeprefix("/") for ref, e in entries.items() if isinstance(e, Person) and e.image}
    return frozenset(pictures.values()) - {picture for ref, picture in pictures.items() if ref in shown}


def _names(content: Content, builtin: Mapping[Ref, Country]) -> dict[Ref, tuple[str, ...]]:
    """Everything that can be referred to, with its names."""
    taken = {str(d.data.get("iso")).upper() for ref, d in content.documents.items() if ref.kind == "countries"}
    names = {
        ref: (c.name, c.iso or "", *c.demonyms, *(a.name for a in c.aliases))
        for ref, c in builtin.items()
        if c.iso not in taken
    }
    articles = {raw.ref for raw in content.articles}
    for ref, document in content.documents.items():
        if ref.kind != "articles" or ref in articles:
            names[ref] = (str(document.data.get("name") or document.data.get("title") or ref.id),)
    return dict.fromkeys(articles, ()) | names


def _moved(content: Content, builtin: Mapping[Ref, Country]) -> dict[Ref, Ref]:
    """The built-in countries that stand under another id in a file of their own."""
    own = {str(d.data.get("iso")).upper(): ref for ref, d in content.documents.items() if ref.kind == "countries"}
    return {ref: own[c.iso] for ref, c in builtin.items() if c.iso in own and own[c.iso] != ref}


def _entry(document: Document, known: Known, problems: list[Problem]) -> Entry:
    schema = KIND_OF[document.ref.kind].schema
    data = _copy(document.data)
    if issubclass(schema, Named) and not document.sound:
        data = {"name": document.ref.id}
    try:
        return schema.model_validate(data, context=known)
    except ValidationError as error:
        faults = [(_in_file(fault["loc"], document), fault) for fault in error.errors(include_url=False)]
    problems += [_problem(document, schema, loc, fault) for loc, fault in faults]
    bad = {loc[:-1] if fault["type"] == "missing" and len(loc) > 1 else loc for loc, fault in faults}
    for loc in sorted(bad, key=lambda loc: [f"{p:09}" if isinstance(p, int) else p for p in loc], reverse=True):
        _cut(data, loc)
    return _salvage(schema, data, document.ref.id, known)


def _salvage(schema: type[Entry], data: dict[str, Any], name: str, known: Known) -> Entry:
    """Read what is left of an entry without its faulty parts, and failing that, fields."""
    if issubclass(schema, Named):
        data = {"name": name} | data
    try:
        return schema.model_validate(data, context=known)
    except ValidationError as error:
        faulty = {fault["loc"][0] for fault in error.errors(include_url=False)}
    return schema.model_validate({name: value for name, value in data.items() if name not in faulty}, context=known)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _cut(data: Any, loc: Loc) -> None:
    """Take the value at a location out (in a list from the end: the other places stay)."""
    for part in loc[:-1]:
        data = data[part]
    if loc and loc[-1] in (data if isinstance(data, dict) else range(len(data))):
        del data[loc[-1]]


def _in_file(loc: tuple[str | int, ...], document: Document) -> Loc:
    """A location of pydantic's as one of the file's: without the names of union members."""
    found: Loc = ()
    for part in loc:
        if (*found, part) in document.values or part == loc[-1]:
            found = (*found, part)
    return found


def _problem(document: Document, schema: type[BaseModel], loc: Loc, fault: Any) -> Problem:
    kind = fault["type"]
    if kind == "extra_forbidden":
        line, column = document.place(loc, key=True)
        options = [field.alias or name for name, field in _model_at(schema, loc[:-1]).model_fields.items()]
        meant = _USUAL.get(str(loc[-1]))
        near = f"; did you mean {meant}?" if meant in options else did_you_mean(str(loc[-1]), options)
        near = near or f"; write one of {', '.join(options)}"
        return Problem(document.path, line, column, f"there is no field {str(loc[-1])!r} here{near}", "unknown-field")
    line, column = document.place(loc)
    if kind == "missing":
        line, column = document.place(loc[:-1])
        return Problem(document.path, line, column, f"{loc[-1]} is missing; write {loc[-1]}: …", "missing-field")
    rule, message = _MEANINGS.get(kind, (kind, fault["msg"]))
    return Problem(document.path, line, column, f"{loc[-1]}: {message}" if isinstance(loc[-1], str) else message, rule)


def _model_at(schema: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The class of the fields at a location."""
    for part in loc:
        if isinstance(part, str) and part in schema.model_fields:
            schema = next(_models_in(schema.model_fields[part].annotation), schema)
    return schema


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _with_builtin(found: dict[Ref, Entry], builtin: Mapping[Ref, Country]) -> dict[Ref, Entry]:
    """The curated entries and, for countries, what the built-in table adds to them."""
    by_iso = {country.iso: (ref, country) for ref, country in builtin.items() if country.iso}
    joined = dict(found)
    replaced: set[Ref] = set()
    for ref, entry in found.items():
        if isinstance(entry, Country):
            table = by_iso.get(entry.iso) if entry.iso else (ref, builtin[ref]) if ref in builtin else None
            if table:
                replaced.add(table[0])
                joined[ref] = _joined(entry, table[1])
    return {ref: country for ref, country in builtin.items() if ref not in replaced and ref not in joined} | joined


def _joined(curated: Country, table: Country) -> Country:
    """A curated country, completed from the table: its own fields win, names are added to."""
    own = {curated.name.casefold(), *(alias.name.casefold() for alias in curated.aliases)}
    old = [a for a in (AliasFields(name=table.name), *table.aliases) if a.name.casefold() not in own]
    added = [d for d in table.demonyms if d not in curated.demonyms]
    missing = {
        name: getattr(table, name)
        for name in ("iso", "official_name", "capital", "region")
        if getattr(curated, name) is None
    }
    return curated.model_copy(
        update=missing | {"aliases": (*curated.aliases, *old), "demonyms": (*curated.demonyms, *added)}
    )
