"""What the forms of export are made from: what the audience may see, and no more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from dossier import passage
from dossier.edtf import Date
from dossier.model import Annotation, Reading, Ref
from dossier.parts import View
from dossier.schema import ArticleEntry, Entries, Entry, Named
from dossier.schema.references import references
from dossier.site import Site

#: What a curator tells the text engine, or other curators: no part of what the dossier says.
INTERNAL = ("draft", "clean", "mentions", "quotes", "notes")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The published entries and readings, each as far as the audience may see it, in order of their references.

    Of an article there is the text that its rights allow, with the mentions and quotations in it; `named` counts
    all that it mentions. `linked` are the entries in the terms of schema.org.
    """

    entries: Entries
    readings: tuple[Reading, ...]
    named: Mapping[Ref, Mapping[Ref, int]]
    linked: tuple[Mapping[str, Any], ...]
    site: Site
    today: dt.date
    names: Mapping[Ref, str] = field(repr=False)

    def article(self, ref: Ref) -> ArticleEntry:
        """The curated metadata of an article."""
        entry = self.entries[ref]
        return entry if isinstance(entry, ArticleEntry) else ArticleEntry()


def dataset(shown: Entries, readings: Sequence[Reading], views: Sequence[View], site: Site, today: dt.date) -> Dataset:
    """The data of what is published: the entries that have a page, without any reference to others."""
    pages = {view.ref: view for view in views if view.ref}
    entries = {ref: disclosed(shown[ref], shown) for ref in pages}
    named = {ref for entry in entries.values() for _, ref in references(entry)}
    entries |= {ref: disclosed(shown[ref], shown) for ref in named - entries.keys()}  # countries without a page
    entries = dict(sorted(entries.items()))
    read = sorted(readings, key=lambda reading: reading.article.ref)
    within = tuple(_within_rights(reading, entries) for reading in read)
    texts = {reading.article.ref: reading.article.text for reading in within}
    return Dataset(
        entries,
        within,
        {r.article.ref: _counted(r.annotation, entries) for r in read},
        tuple(_quoting(view.linked_data, texts.get(ref)) for ref, view in sorted(pages.items())),
        site,
        today,
        {r: e.name if isinstance(e, Named) else pages[r].title if r in pages else r.id for r, e in entries.items()},
    )


def disclosed(entry: Entry, shown: Entries) -> Entry:
    """An entry without what refers to entries that are withheld, and without what is for curators only."""
    fields = {name: _disclosed(getattr(entry, name), shown) for name in type(entry).model_fields}
    empty = {name: type(entry).model_fields[name].default for name in INTERNAL if name in fields}
    return entry.model_copy(update=fields | empty)


def _disclosed(value: Any, shown: Entries) -> Any:
    """A value without references to what is withheld; None where it says nothing without them."""
    match value:
        case Ref():
            return value if value in shown else None
        case BaseModel():
            fields = {name: _disclosed(getattr(value, name), shown) for name in type(value).model_fields}
            lost = [name for name, one in fields.items() if one is None and getattr(value, name) is not None]
            # What somebody says is withheld with the speaker, and words with the article that they are from.
            if any(name in ("speaker", "article") or type(value).model_fields[name].is_required() for name in lost):
                return None
            return value.model_copy(update=fields)
        case tuple():
            return tuple(kept for item in value if (kept := _disclosed(item, shown)) is not None)
        case _:
            return value


def _quoting(linked: Mapping[str, Any], text: str | None) -> Mapping[str, Any]:
    """An entry in the terms of schema.org; an article with the quotations of what may be shown of its text."""
    if text is None or "hasPart" not in linked:
        return linked
    said = [part for part in linked["hasPart"] if part.get("text", "") in text]
    return {key: said if key == "hasPart" else value for key, value in linked.items() if key != "hasPart" or said}


def _counted(annotation: Annotation, entries: Entries) -> Mapping[Ref, int]:
    return dict(sorted(Counter(m.ref for m in annotation.mentions if m.ref in entries).items()))


def _within_rights(reading: Reading, entries: Entries) -> Reading:
    """A reading of the paragraphs that may be shown, naming only entries that are published."""
    article = reading.article
    entry = entries[article.ref]
    paragraphs = article.paragraphs[
        : passage.shown(article, entry.rights if isinstance(entry, ArticleEntry) else "full")
    ]
    end = paragraphs[-1].end if paragraphs else 0
    removed = article.removed if len(paragraphs) == len(article.paragraphs) else ()
    if article.source is not None and article.source not in entries:  # withheld, and its name with it
        article = replace(article, source=None, source_name=None)
    return Reading(
        replace(article, text=article.text[:end], paragraphs=paragraphs, removed=removed),
        Annotation(tuple(m for m in reading.annotation.mentions if m.end <= end and m.ref in entries)),
        tuple(
            quotation if quotation.speaker in entries else replace(quotation, speaker=None)
            for quotation in reading.quotations
            if quotation.end <= end and max(quotation.speaker_end or 0, 0) <= end
        ),
        tuple(
            statement if statement.speaker in entries else replace(statement, speaker=None)
            for statement in reading.statements
            if statement.end <= end and statement.speaker_end <= end
        ),
    )


def address(data: Dataset, ref: Ref) -> str:
    """The address of a page; from the root of the site where that of the site is not known."""
    return data.site.page(f"{ref}.md") or data.site.path(f"{ref}.md")


def plain(value: Any) -> Any:
    """A value as JSON has it: references as `kind/id`, dates in EDTF, parts without what is not filled in."""
    match value:
        case Ref():
            return str(value)
        case Date():
            return value.edtf
        case BaseModel():
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            return {name: plain(one) for name, one in fields.items() if one != type(value).model_fields[name].default}
        case tuple() | list():
            return [plain(item) for item in value]
        case dict():
            return {str(name): plain(item) for name, item in value.items()}
        case _:
            return value
