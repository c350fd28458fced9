"""The pages of entries, and the lists of them, of quotations and of articles: each can be composed by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from dossier.model import Ref
from dossier.parts import View
from dossier.schema import Claim, Country, Event, Organization, Person, Source, Topic
from dossier.site import Site
from dossier.views.archive import ArchivePage, archive_pages, archive_view
from dossier.views.articles import article_view, claims_of
from dossier.views.asked import Asked, noted_table
from dossier.views.corpus import Corpus
from dossier.views.events import claim_view, event_view, narrower_topics, sub_events, topic_view
from dossier.views.facets import faceted
from dossier.views.glances import glanced
from dossier.views.indexes import IndexPage, index_pages, index_view
from dossier.views.passages import said_about
from dossier.views.people import Belongings, belongings, country_view, organization_view, person_view
from dossier.views.periods import Period
from dossier.views.quotations import QuotesPage, quotes_pages, quotes_view
from dossier.views.readings import Utterance
from dossier.views.schemaorg import described
from dossier.views.sources import Press, press, source_view
from dossier.views.trail import on_trail


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the entries, found in one pass over all: references turned around, and the titles of pages."""

    belong: Belongings
    parts: Mapping[Ref, list[Ref]]
    narrower: Mapping[Ref, list[Ref]]
    claims: Mapping[Ref, list[Ref]]
    press: Press
    about: Mapping[Ref, Sequence[Utterance]]
    lists: Mapping[str, IndexPage | QuotesPage | ArchivePage]
    titles: Mapping[str, str]


def around(corpus: Corpus, said: Sequence[Period[Utterance]], titles: Mapping[str, str]) -> Around:
    """What stands around the entries; `said` are the quotations as they are cut, `titles` those of the other pages."""
    known = press(corpus)
    lists, quotes = index_pages(corpus, known), quotes_pages(said)
    return Around(
        belongings(corpus),
        sub_events(corpus),
        narrower_topics(corpus),
        claims_of(corpus),
        known,
        said_about(corpus),
        {**lists, **quotes, **archive_pages(corpus, known.published)},
        {f"{ref}.md": corpus.name(ref) for ref in corpus.pages}
        | {uri: page.link.text for uri, page in lists.items()}
        | {uri: page.title for uri, page in quotes.items()}
        | dict(titles),
    )


def addresses(corpus: Corpus, known: Around) -> Iterator[str]:
    """The pages that can be composed by themselves, in order."""
    yield from known.lists
    yield from (f"{ref}.md" for ref in sorted(corpus.pages))


def page(corpus: Corpus, known: Around, site: Site, uri: str) -> View:
    """One of the pages."""
    match known.lists.get(uri):
        case IndexPage() as listed:
            view = index_view(corpus, listed, known.press)
        case QuotesPage() as quoted:
            view = quotes_view(corpus, quoted)
        case ArchivePage() as about:
            view = archive_view(corpus, about)
        case _:
            ref = entry_of(uri)
            view = glanced(corpus, faceted(corpus, _entry(corpus, known, ref), ref), ref)
    return described(corpus, on_trail(view, known.titles), site, known.parts)


def entry_of(uri: str) -> Ref:
    """The entry whose page has this address."""
    kind, _, name = uri.removesuffix(".md").partition("/")
    return Ref(kind, name)


def _entry(corpus: Corpus, known: Around, ref: Ref) -> View:
    match corpus.entries[ref]:
        case Person() as person:
            return person_view(corpus, ref, person, known.belong)
        case Country() as country:
            return country_view(corpus, ref, country, known.belong)
        case Organization() as organization:
            return organization_view(corpus, ref, organization, known.belong)
        case Event() as event:
            return event_view(corpus, ref, event, known.parts)
        case Topic() as topic:
            return topic_view(corpus, ref, topic, known.narrower, known.about)
        case Claim() as claim:
            return claim_view(corpus, ref, claim)
        case Source() as source:
            return source_view(corpus, ref, source, known.press, known.belong.sources)
        case _:
            return article_view(corpus, ref, known.claims)


def tables(known: Around) -> dict[str, Mapping[Any, Any]]:
    """The tables around the entries, by name."""
    found: dict[str, Mapping[Any, Any]] = {}
    for part in fields(known):
        value = getattr(known, part.name)
        within = fields(value) if isinstance(value, Belongings | Press) else ()
        found |= {f"{part.name}.{inner.name}": getattr(value, inner.name) for inner in within} or {part.name: value}
    return found


def noted(known: Around, asked: Asked) -> Around:
    """The same, with tables that note what they are asked."""

    def of(name: str, value: Any) -> Any:
        inner = {f.name: noted_table(f"{name}.{f.name}", getattr(value, f.name), asked) for f in fields(value)}
        return replace(value, **inner)

    plain = {f.name: getattr(known, f.name) for f in fields(known)}
    return Around(
        **{
            name: of(name, value) if isinstance(value, Belongings | Press) else noted_table(name, value, asked)
            for name, value in plain.items()
        }
    )
