"""What each page shows, computed from what is published: plain frozen data, no layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from dossier.model import Annotation, Reading, Ref, WrittenPage
from dossier.parts import View
from dossier.schema import Claim, Country, Entries, Event, Organization, Person, Source, Topic
from dossier.site import Site
from dossier.views.articles import article_view, published_by, source_view
from dossier.views.briefing import briefing_view
from dossier.views.corpus import Annotate, Corpus, gather
from dossier.views.events import claim_view, event_view, narrower_topics, sub_events, topic_view
from dossier.views.facets import faceted
from dossier.views.indexes import index_views, timeline_views
from dossier.views.map import map_view
from dossier.views.network import network_view
from dossier.views.overviews import method_view, quotes_view, search_view
from dossier.views.people import belongings, country_view, organization_view, person_view
from dossier.views.schemaorg import described

__all__ = ["View", "compose"]

NOWHERE = Site()


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
) -> tuple[View, ...]:
    """Compute what every page shows: the briefing, the indexes, the overviews and a page for each entry.

    `entries` holds what is published, and nothing else; references to what is withheld are left
    out of the pages. An entry that is not in `curated` (a built-in country) has a page only where
    an article mentions it. `rules` says of each rule of the text engine, in a sentence,
    what it does; its key is `clean/…`, `annotate/…`, `quote/…` or `report/…`.
    `annotate` tells which names stand in a text of the curator's, Markdown or plain; they are linked.
    `site` is where the pages are published: with its address, what they say to machines has addresses, too.
    """
    corpus = gather(entries, readings, curated, today, annotate)
    views = (
        briefing_view(corpus, written),
        *timeline_views(corpus),
        map_view(corpus),
        network_view(corpus),
        quotes_view(corpus),
        search_view(corpus),
        method_view(corpus, rules or {}),
        *index_views(corpus),
        *faceted(corpus, _entry_views(corpus)),
    )
    return described(corpus, views, site)


def _entry_views(corpus: Corpus) -> list[View]:
    """A page for each entry, in order of kind and id."""
    belong, parts, narrower, published = (
        belongings(corpus),
        sub_events(corpus),
        narrower_topics(corpus),
        published_by(corpus),
    )
    event_places = {ref: n for n, ref in enumerate(corpus.events)}
    article_places = {r.article.ref: n for n, r in enumerate(corpus.readings)}
    views = []
    for ref in sorted(corpus.pages):
        match corpus.entries[ref]:
            case Person() as person:
                views.append(person_view(corpus, ref, person, belong))
            case Country() as country:
                views.append(country_view(corpus, ref, country, belong))
            case Organization() as organization:
                views.append(organization_view(corpus, ref, organization, belong))
            case Event() as event:
                views.append(event_view(corpus, ref, event, event_places[ref], parts))
            case Topic() as topic:
                views.append(topic_view(corpus, ref, topic, narrower))
            case Claim() as claim:
                views.append(claim_view(corpus, ref, claim))
            case Source() as source:
                views.append(source_view(corpus, ref, source, published, belong.sources))
            case _:
                views.append(article_view(corpus, corpus.readings[article_places[ref]], article_places[ref]))
    return views
