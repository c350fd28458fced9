"""By what a search can be narrowed: the people, countries and so on that a page is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Link, View
from dossier.schema import KIND_OF, ArticleEntry, Country, Entry, Event, Topic
from dossier.schema.references import references
from dossier.views.corpus import Corpus

#: What can be chosen from, by the kind of entry that it names.
NAMED: Mapping[str, str] = {
    "people": "Person",
    "countries": "Country",
    "organizations": "Organization",
    "topics": "Topic",
    "sources": "Source",
}


def faceted(corpus: Corpus, view: View, ref: Ref) -> View:
    """The view of an entry with its date and with each facet's values: kind, names, source, year.

    An article is about what it names, any other entry about itself and what its fields refer to. The
    source of an entry is that of the articles it cites.
    """
    also = (*view.also, *_demonyms(corpus.entries[ref]))
    return replace(view, facets=_facets(corpus, ref), date=_dated(corpus, ref), also=also)


def _facets(corpus: Corpus, ref: Ref) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, set[str]] = {"Kind": {KIND_OF[ref.kind].singular}}
    for about in _subjects(corpus, ref):
        if about.kind == "articles" and (name := _publisher(corpus, about)):
            found.setdefault("Source", set()).add(name)
        elif about.kind in NAMED and about in corpus.entries:
            found.setdefault(NAMED[about.kind], set()).add(corpus.name(about))  # no two have the same name
    when = _dated(corpus, ref)
    if when and when.earliest:
        found["Year"] = {str(when.earliest[0])}
    return tuple((facet, tuple(sorted(values))) for facet, values in found.items())


def _demonyms(entry: Entry) -> tuple[str, ...]:
    """What a country's people and things are called: who looks for that finds the country."""
    return entry.demonyms if isinstance(entry, Country) else ()


def _dated(corpus: Corpus, ref: Ref) -> Date | None:
    """When an article appeared, an event happened or a topic was signed."""
    match corpus.entries[ref]:
        case ArticleEntry():
            return corpus.reading_of[ref].article.date
        case Event(date=date) | Topic(signed=date):
            return date
        case _:
            return None


def _subjects(corpus: Corpus, ref: Ref) -> Iterator[Ref]:
    entry = corpus.entries[ref]
    yield ref
    if not isinstance(entry, ArticleEntry):
        yield from (other for _, other in references(entry))
        return
    yield from entry.topics
    for event in entry.events:
        happened = corpus.entries.get(event)
        yield from happened.topics if isinstance(happened, Event) else ()
    yield from dict.fromkeys(mention.ref for mention in corpus.reading_of[ref].annotation.mentions)


def _publisher(corpus: Corpus, article: Ref) -> str:
    """Who published an article that is not withheld; empty where that is not known."""
    reading = corpus.reading_of.get(article)
    source = corpus.source(reading.article) if reading else ""
    return source.text if isinstance(source, Link) else source if isinstance(source, str) else ""
