"""What each page shows, computed from what is published: plain frozen data, no layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dossier.model import Annotation, Reading, Ref, WrittenPage
from dossier.parts import View
from dossier.schema import Claim, Country, Entries, Event, Organization, Person, Source, Topic
from dossier.site import NOWHERE, Site
from dossier.views.archive import archive_views
from dossier.views.articles import article_view, claims_of
from dossier.views.briefing import briefing_view
from dossier.views.corpus import Annotate, Corpus, Utterance, gather, with_pages
from dossier.views.events import claim_view, event_view, narrower_topics, sub_events, topic_view
from dossier.views.facets import faceted
from dossier.views.glances import glanced
from dossier.views.indexes import index_views
from dossier.views.map import map_views
from dossier.views.network import network_view
from dossier.views.overviews import method_view, search_view
from dossier.views.passages import said_about
from dossier.views.people import belongings, country_view, organization_view, person_view
from dossier.views.periods import Period
from dossier.views.quotations import newest_first, quotation_pages, quotes_views, spoken_on, topics_at
from dossier.views.schemaorg import described
from dossier.views.sources import press, published_by, source_view
from dossier.views.timeline import earlier, event_pages, timeline_views
from dossier.views.trail import on_trails

__all__ = ["View", "compose", "with_pages"]


def compose(
    entries: Entries,
    readings: Sequence[Reading],
    written: Sequence[WrittenPage],
    today: dt.date,
    *,
    curated: frozenset[Ref],
    rules: Mapping[str, str] | None = None,
    annotate: Annotate = lambda _: Annotation(),
    site: Site = NOWHERE,
) -> Iterator[View]:
    """Compute what every page shows: the briefing, the indexes, the overviews and a page for each entry.

    They come one after the other, for what a large dossier shows is much more than what it knows.

    `entries` holds what is published, and nothing else; references to what is withheld are left
    out of the pages. An entry that is not in `curated` (a built-in country) has a page only where
    an article mentions it. `rules` says of each rule of the text engine, in a sentence,
    what it does; its key is `clean/…`, `annotate/…`, `quote/…` or `report/…`.
    `annotate` tells which names stand in a text of the curator's, Markdown or plain; they are linked.
    `site` is where the pages are published: with its address, what they say to machines has addresses, too.
    """
    corpus = gather(entries, readings, curated, today, annotate)
    corpus = replace(corpus, quotable=newest_first(corpus, corpus.utterances), topics_at=topics_at(corpus))
    said = quotation_pages(corpus)
    corpus = replace(
        corpus,
        quotes_on=spoken_on(corpus, said),
        events_on=earlier(corpus, event_pages(corpus)),
    )
    titles = {f"{ref}.md": corpus.name(ref) for ref in corpus.pages}
    return described(corpus, on_trails(_views(corpus, written, rules or {}, said), titles), site)


def _views(
    corpus: Corpus, written: Sequence[WrittenPage], rules: Mapping[str, str], said: Sequence[Period[Utterance]]
) -> Iterator[View]:
    """All pages; one that is above another comes first, or is an entry's."""
    yield briefing_view(corpus, written)
    yield from timeline_views(corpus)
    yield from map_views(corpus)
    yield network_view(corpus)
    yield from quotes_views(corpus, said)
    yield search_view(corpus)
    yield method_view(corpus, rules)
    yield from index_views(corpus)
    yield from archive_views(corpus, published_by(corpus))
    yield from glanced(corpus, faceted(corpus, _entry_views(corpus)))


def _entry_views(corpus: Corpus) -> Iterator[View]:
    """A page for each entry, in order of kind and id."""
    belong, parts, narrower = belongings(corpus), sub_events(corpus), narrower_topics(corpus)
    claims, known, about = claims_of(corpus), press(corpus), said_about(corpus)
    event_places = {ref: n for n, ref in enumerate(corpus.events)}
    article_places = {r.article.ref: n for n, r in enumerate(corpus.readings)}
    for ref in sorted(corpus.pages):
        match corpus.entries[ref]:
            case Person() as person:
                yield person_view(corpus, ref, person, belong)
            case Country() as country:
                yield country_view(corpus, ref, country, belong)
            case Organization() as organization:
                yield organization_view(corpus, ref, organization, belong)
            case Event() as event:
                yield event_view(corpus, ref, event, event_places[ref], parts)
            case Topic() as topic:
                yield topic_view(corpus, ref, topic, narrower, about)
            case Claim() as claim:
                yield claim_view(corpus, ref, claim)
            case Source() as source:
                yield source_view(corpus, ref, source, known, belong.sources)
            case _:
                position = article_places[ref]
                yield article_view(corpus, corpus.readings[position], position, claims)
