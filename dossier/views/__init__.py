"""What each page shows, computed from what is published: plain frozen data, no layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.model import Annotation, Reading, Ref, WrittenPage
from dossier.parts import View
from dossier.schema import Entries
from dossier.sheet import Sheet, sheet
from dossier.site import NOWHERE, Site
from dossier.views.briefing import briefing_view
from dossier.views.corpus import Annotate, Corpus, gather, with_pages
from dossier.views.entries import addresses, around, page
from dossier.views.events import sub_events
from dossier.views.map import map_views
from dossier.views.network import network_view
from dossier.views.overviews import method_view, search_view
from dossier.views.periods import Period
from dossier.views.quotations import all_quotes_view, newest_first, quotation_pages, spoken_on, topics_at
from dossier.views.readings import Index, Utterance, indexed
from dossier.views.schemaorg import described
from dossier.views.timeline import earlier, event_pages, timeline_views
from dossier.views.traces import remembered
from dossier.views.trail import on_trail
from dossier.work import Work

__all__ = ["Composition", "Index", "View", "compose", "indexed", "with_pages"]


@dataclass(frozen=True, slots=True)
class Composition:
    """What every page shows, page by page: the briefing, the indexes, the overviews and a page for each entry.

    They are composed one after the other, whenever it is gone through: what a large dossier shows is much more than
    what it knows. A page that is above another one comes first, or is an entry's.
    """

    corpus: Corpus
    written: Sequence[WrittenPage]
    rules: Mapping[str, str]
    said: Sequence[Period[Utterance]]
    site: Site

    def __iter__(self) -> Iterator[View]:
        titles: dict[str, str] = {}
        yield from self._overviews(titles)
        known = around(self.corpus, self.said, titles)
        yield from (page(self.corpus, known, self.site, uri) for uri in addresses(self.corpus, known))

    def remembered(
        self, work: Work, identities: Mapping[Ref, bytes], reached: Callable[[str], bytes], names: bytes
    ) -> Iterator[Sheet]:
        """The pages as they are sent to be laid out; those of entries are composed where they are not as the last time.

        `identities` are the digests of all that is known of each article; `reached` gives that of all that the names
        in a text of the curator's depend on, and `names` is that of all names.
        """
        titles: dict[str, str] = {}
        yield from (sheet(view) for view in self._overviews(titles))
        known = around(self.corpus, self.said, titles)
        yield from remembered(self.corpus, known, self.site, work, identities, reached, names)

    def _overviews(self, titles: dict[str, str]) -> Iterator[View]:
        """The pages over everything; their titles are noted."""
        parts = sub_events(self.corpus)
        for view in self._bare():
            titles[view.uri] = view.title
            yield described(self.corpus, on_trail(view, titles), self.site, parts)

    def _bare(self) -> Iterator[View]:
        corpus = self.corpus
        yield briefing_view(corpus, self.written)
        yield from timeline_views(corpus)
        yield from map_views(corpus)
        yield network_view(corpus)
        yield all_quotes_view(corpus, self.said)
        yield search_view(corpus)
        yield method_view(corpus, self.rules)


def compose(
    entries: Entries,
    readings: Sequence[Reading] | Index,
    written: Sequence[WrittenPage],
    today: dt.date,
    *,
    curated: frozenset[Ref],
    rules: Mapping[str, str] | None = None,
    annotate: Annotate = lambda _: Annotation(),
    site: Site = NOWHERE,
) -> Composition:
    """Compute what every page shows.

    The readings are given as they are, or with their index. `entries` holds what is published, and nothing else;
    references to what is withheld are left out of the pages. An entry that is not in `curated` (a built-in country)
    has a page only where an article mentions it. `rules` says of each rule of the text engine, in a sentence, what it
    does; its key is `clean/…`, `annotate/…`, `quote/…` or `report/…`. `annotate` tells which names stand in a text of
    the curator's, Markdown or plain; they are linked. `site` is where the pages are published: with its address, what
    they say to machines has addresses, too.
    """
    index = readings if isinstance(readings, Index) else indexed(entries.keys(), readings)
    corpus = gather(entries, index, curated, today, annotate)
    corpus = replace(corpus, quotable=newest_first(corpus, corpus.utterances), topics_at=topics_at(corpus))
    said = quotation_pages(corpus)
    corpus = replace(
        corpus,
        quotes_on=spoken_on(corpus, said),
        events_on=earlier(corpus, event_pages(corpus)),
    )
    return Composition(corpus, written, rules or {}, said, site)
