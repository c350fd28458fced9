"""The timeline: every event in order, to be narrowed, and cut into pages by year where it is long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.model import Ref
from dossier.parts import ArticleLine, Link, View, Year
from dossier.views.chronicle import timeline
from dossier.views.common import article_line
from dossier.views.corpus import Corpus
from dossier.views.filters import Filter, Mark, filters, token
from dossier.views.periods import Period, leaves, periods

#: How many events a page may list, and how many of the newest stand on the first page of a timeline that is cut.
EVENTS_A_PAGE, NEWEST = 120, 50
ARTICLES_BESIDE = 30
FILTERS = {"person": "Person", "organization": "Organization", "country": "Country", "topic": "Topic", "kind": "Kind"}
_BY_KIND = {"people": "person", "organizations": "organization", "countries": "country", "topics": "topic"}

#: What the events of a page are about, and what these marks are called.
Marks = Mapping[Ref, Sequence[Mark]]
Steps = tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True)
class TimelineData:
    """What the timeline shows, or one of its pages.

    `count` is the number of all events (only on the first page: the others need not change with it), `shown` that of
    those on the page. `pages` are the years that the timeline
    is cut into, `within` the months of a year that is cut, too; `whole` leads from one of them to the first page.
    """

    uri: str
    years: tuple[Year, ...]
    #: Whether any of the dates is less exact than a day, so that the dots have to be explained.
    inexact: bool
    count: int
    shown: int
    pages: Steps
    within: Steps
    whole: Link | None
    filters: tuple[Filter, ...]
    articles: tuple[ArticleLine, ...]
    more_articles: int


def timeline_views(corpus: Corpus) -> tuple[View, ...]:
    """All events in order; beside them, when the articles were published."""
    latest = tuple(article_line(corpus, r.article.ref) for r in corpus.readings[::-1][:ARTICLES_BESIDE])
    years = event_pages(corpus)
    marks = _marks(corpus)
    named = _named(corpus, marks)

    def made(uri: str, title: str, refs: Sequence[Ref], within: Steps = (), first: bool = False) -> View:
        shown = _marked(timeline(corpus, refs), marks)
        data = TimelineData(
            uri,
            shown,
            any(event.precision not in ("", "undated") for year in shown for event in year.events),
            len(corpus.events) if first else len(refs),
            len(refs),
            tuple(year.step if first else year.way for year in years),
            within,
            None if first else Link("Timeline", "timeline.md"),
            filters(FILTERS, [marks[ref] for ref in refs], named),
            latest if first else (),
            len(corpus.readings) - len(latest) if first else 0,
        )
        told = "Every event, with its sources." if first else f"{len(refs)} events, with their sources."
        return View(uri, title, "view", "timeline.md.j2", data, "Timeline", told)

    views = [made("timeline.md", "Timeline", corpus.events[-NEWEST:] if years else corpus.events, first=True)]
    for year in years:
        shown = year.items[-NEWEST:] if year.within else year.items
        steps, ways = tuple(part.step for part in year.within), tuple(part.way for part in year.within)
        views.append(made(year.uri, f"Timeline: {year.label}", shown, steps))
        views += [made(part.uri, f"Timeline: {part.label}", part.items, ways) for part in year.within]
    return tuple(views)


def event_pages(corpus: Corpus) -> tuple[Period[Ref], ...]:
    """The years that the timeline is cut into; none where it is short."""
    return periods("timeline", corpus.events, lambda ref: corpus.event(ref).date, EVENTS_A_PAGE)


def earlier(corpus: Corpus, years: Sequence[Period[Ref]]) -> Mapping[Ref, Steps]:
    """For each entry the pages of the timeline with its events, the newest first, and how many each holds."""
    if not years:
        whole = ((ref, len(events)) for ref, events in corpus.events_of.items())
        return {ref: ((_narrowed("timeline.md", "timeline", ref), count),) for ref, count in whole}
    page_of = {ref: page for page in leaves(years) for ref in page.items}
    found: dict[Ref, Steps] = {}
    for ref, events in corpus.events_of.items():
        counts: dict[str, tuple[Link, int]] = {}
        for event in reversed(events):
            page = page_of[event]
            _, count = counts.get(page.uri, (None, 0))
            counts[page.uri] = (_narrowed(page.uri, page.label, ref), count + 1)
        found[ref] = tuple(counts.values())
    return found


def _narrowed(uri: str, text: str, ref: Ref) -> Link:
    return Link(text, uri, query=((_BY_KIND[ref.kind], ref.id),) if ref.kind in _BY_KIND else ())


def _marks(corpus: Corpus) -> Marks:
    """What each event is about: who took part, for whom, where, on what, and what kind of event it is."""
    marks: dict[Ref, list[Mark]] = {ref: [] for ref in corpus.events}
    for subject, events in corpus.events_of.items():
        if subject.kind in _BY_KIND and subject in corpus.pages:
            for event in events:
                marks[event].append((_BY_KIND[subject.kind], subject.id))
    for ref in corpus.events:
        if kind := token(corpus.event(ref).type or ""):
            marks[ref].append(("kind", kind))
    return marks


def _named(corpus: Corpus, marks: Marks) -> dict[Mark, tuple[str, str]]:
    named: dict[Mark, tuple[str, str]] = {}
    for ref in corpus.events_of:
        if ref.kind in _BY_KIND and ref in corpus.pages:
            named[_BY_KIND[ref.kind], ref.id] = (corpus.name(ref), corpus.sort_name(ref))
    for ref in marks:
        if words := corpus.event(ref).type:
            named["kind", token(words)] = (words[:1].upper() + words[1:], words.casefold())
    return named


def _marked(years: Sequence[Year], marks: Marks) -> tuple[Year, ...]:
    def marked(year: Year) -> Year:
        events = (replace(h, marks=tuple(marks[h.event.ref])) if h.event.ref else h for h in year.events)
        return replace(year, events=tuple(events))

    return tuple(map(marked, years))
