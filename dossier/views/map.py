"""The map: the countries by the events that concern them or the articles that name them, in a picture and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Literal

from dossier import countries
from dossier.edtf import Date, year_words
from dossier.model import Ref
from dossier.parts import Link, View
from dossier.pictures import Area, Chart, Label
from dossier.schema import Country
from dossier.views.corpus import Corpus
from dossier.views.filters import token
from dossier.views.labels import LINE, Box, box, placed
from dossier.views.outlines import frame, outline

#: Countries that are links in the picture, those with the highest numbers first; the table links them all.
LINKED = 45
LABELLED, LABELLED_NARROW = 16, 6
#: How many years have columns in a table, and how many, the latest, have maps; those before share one.
YEARS_SHOWN, YEARS_MAPPED = 6, 12
COUNTRIES_BY_YEAR = 40
CLASSES = 4
_WIDE, _NARROW = 1060, 350  # pixels: how wide the picture is on a screen and on a phone
_FONT, _NARROW_FONT, _DOT = 13, 12, 6.5  # pixels
_DOT_BELOW = 24  # pixels: a country whose longer side is shorter than this is shown as a dot

#: What the shades mean.
Measure = Literal["events", "articles"]
_TITLES: dict[Measure, str] = {"events": "Map", "articles": "Map: named in articles"}


@dataclass(frozen=True, slots=True)
class Place:
    """A country on the map: its events, the first and the last that have a date, and its articles."""

    country: Link
    events: int
    first: tuple[Link, Date] | None
    last: tuple[Link, Date] | None
    articles: int
    iso: str = ""
    by_year: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class MapData:
    """What a map shows: one for events and one for articles, of all years and of each.

    `measures` and `periods` are the ways to the others, with the number of events or articles. `period` is empty for
    all years; `undated` events or articles are in no year. `years` are those of the columns of `Place.by_year`;
    `earlier` are not shown.
    """

    uri: str
    #: How many folders its address stands in.
    depth: int
    measure: Measure
    period: str
    #: What the picture shows, in words.
    told: str
    measures: tuple[Link, ...]
    periods: tuple[tuple[Link, int], ...]
    undated: int
    places: tuple[Place, ...]
    chart: Chart | None
    by_year: tuple[Place, ...]
    years: tuple[int, ...]
    earlier: int
    outside: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """What a country has to do with: its events with their dates and years, and its articles year by year."""

    ref: Ref
    events: tuple[tuple[Ref, Date | None, int | None], ...]
    articles: Counter[int | None]

    def counts(self, measure: Measure) -> Counter[int | None]:
        """The events or the articles of each year; None for those of no year."""
        return self.articles if measure == "articles" else Counter(year for _, _, year in self.events)


def map_views(corpus: Corpus) -> tuple[View, ...]:
    """The countries by events and by articles, of all years and of each."""
    lands = tuple(_land(corpus, ref) for ref in corpus.of("countries"))
    totals: dict[Measure, Counter[int | None]] = {
        "events": Counter(_year(corpus.event(ref).date) for ref in corpus.events),
        "articles": Counter(_year(reading.article.date) for reading in corpus.readings),
    }
    return tuple(view for measure in totals for view in _measured(corpus, lands, measure, totals))


def _measured(
    corpus: Corpus, lands: Sequence[Land], measure: Measure, totals: dict[Measure, Counter[int | None]]
) -> Iterator[View]:
    """The maps of one measure: that of all years and, where there are several, those of each."""
    concerned = {one: {year for land in lands for year in land.counts(one) if year is not None} for one in totals}
    spans = {one: _spans(concerned[one]) for one in totals}
    years = sorted(concerned[measure])
    shown = tuple(years[-YEARS_SHOWN:])
    whole = _places(corpus, lands, measure, None, shown)
    drawn = [place for place in whole if place.iso in countries.shapes().shapes and (place.events or place.articles)]
    view = frame(place.iso for place in [p for p in drawn if _number(p, measure)] or drawn)
    # The same shades on the map of every year: they can be compared.
    yearly = classes(
        sum(n for year, n in land.counts(measure).items() if year in span)
        for land in lands
        for span in spans[measure].values()
    )
    steps = tuple(
        (Link(label or "All years", _uri(measure, label)), sum(totals[measure][year] for year in span))
        for label, span in spans[measure].items()
    )
    ways = ((Link("All years", _uri(measure, "")), sum(totals[measure].values())), *steps) if steps else ()

    def made(label: str, places: tuple[Place, ...], shades: Sequence[tuple[int, int]]) -> View:
        chart, outside = _chart(places, measure, shades, view)
        others = tuple(Link(one.capitalize(), _uri(one, label if label in spans[one] else "")) for one in (*totals,))
        first = not label
        data = MapData(
            _uri(measure, label),
            _uri(measure, label).count("/"),
            measure,
            label,
            f"Countries by {measure}{f', {label}' if label else ''}; the same as a table below",
            others,
            ways,
            totals[measure][None],
            places,
            chart,
            tuple(place for place in places if _number(place, measure))[:COUNTRIES_BY_YEAR] if first else (),
            shown if first else (),
            len(years) - len(shown) if first else 0,
            outside,
        )
        title = f"{_TITLES[measure]}{'' if first else f', {label}' if measure == 'articles' else f': {label}'}"
        told = f"The countries by the {measure} that {'concern' if measure == 'events' else 'name'} them"
        return View(data.uri, title, "view", "map.md.j2", data, "Map", f"{told}{f', {label}' if label else ''}.")

    yield made("", whole, classes(_number(place, measure) for place in whole))
    for label, span in spans[measure].items():
        yield made(label, _places(corpus, lands, measure, span, ()), yearly)


def _uri(measure: Measure, label: str) -> str:
    parts = ["map", *(["articles"] if measure == "articles" else []), *([token(label)] if label else [])]
    return "/".join(parts) + ".md"


def _year(when: Date | None) -> int | None:
    """The year that a date falls in, or begins in; None where it is not known so exactly."""
    return None if when is None or when.precision in ("decade", "century") else when.year


def _spans(concerned: Iterable[int]) -> dict[str, frozenset[int]]:
    """The periods that have maps, by their names: the latest years, and all before them. One year is no choice.

    >>> _spans([2022]), list(_spans(range(2001, 2016)))[:2]
    ({}, ['until 2003', '2004'])
    """
    years = sorted(concerned)
    if len(years) < 2:
        return {}
    own, before = years[-YEARS_MAPPED:], years[:-YEARS_MAPPED]
    spans = {f"until {year_words(before[-1])}": frozenset(before)} if before else {}
    return spans | {year_words(year): frozenset((year,)) for year in own}


def _land(corpus: Corpus, ref: Ref) -> Land:
    dated = ((event, corpus.event(event).date) for event in corpus.events_of.get(ref, ()))
    articles = {s.article.ref: s.article.date for s in corpus.sightings.get(ref, ())}
    return Land(
        ref,
        tuple((event, when, _year(when)) for event, when in dated),
        Counter(_year(when) for when in articles.values()),
    )


def _places(
    corpus: Corpus, lands: Iterable[Land], measure: Measure, span: frozenset[int] | None, years: Sequence[int]
) -> tuple[Place, ...]:
    """The countries in a period, those with the highest numbers first; in a year only those that have any."""
    found = (_place(corpus, land, measure, span, years) for land in lands)
    there = (place for place in found if span is None or place.events or place.articles)
    return tuple(sorted(there, key=lambda p: (-_number(p, measure), -p.events, -p.articles, p.country.text)))


def _place(corpus: Corpus, land: Land, measure: Measure, span: frozenset[int] | None, years: Sequence[int]) -> Place:
    events = [(ref, when) for ref, when, year in land.events if span is None or year in span]
    dated = [(ref, when) for ref, when in events if when]
    first, last = ((corpus.page(ref), when) for ref, when in (dated[0], dated[-1])) if dated else (None, None)
    entry, counts = corpus.entries[land.ref], land.counts(measure)
    return Place(
        corpus.page(land.ref),
        len(events),
        first,
        last,
        sum(n for year, n in land.articles.items() if span is None or year in span),
        (entry.iso or "") if isinstance(entry, Country) else "",
        tuple(counts[year] for year in years),
    )


def _number(place: Place, measure: Measure) -> int:
    return place.events if measure == "events" else place.articles


def classes(counts: Iterable[int]) -> list[tuple[int, int]]:
    """At most four classes of counts, lowest and highest each, none of them empty.

    The classes are of equal width on a logarithmic scale: 1 and 3 differ as 10 and 30 do.

    >>> classes([1, 2, 2, 3, 14]), classes([5, 5]), classes([1, 2, 4, 9, 30, 31, 200])
    ([(1, 1), (2, 2), (3, 3), (14, 14)], [(5, 5)], [(1, 2), (4, 9), (30, 31), (200, 200)])
    """
    values = sorted({count for count in counts if count > 0})
    if len(values) <= CLASSES:
        return [(value, value) for value in values]
    low, high = log(values[0]), log(values[-1])
    cut: dict[int, list[int]] = {}
    for value in values:
        cut.setdefault(min(int((log(value) - low) / (high - low) * CLASSES), CLASSES - 1), []).append(value)
    return [(group[0], group[-1]) for _, group in sorted(cut.items())]


def _chart(
    places: Sequence[Place], measure: Measure, steps: Sequence[tuple[int, int]], view: Box
) -> tuple[Chart | None, tuple[Link, ...]]:
    """The picture, and the countries that are concerned but lie outside it; `steps` are the classes of the shades."""
    world = countries.shapes()
    shown = [place for place in places if place.iso in world.shapes and (place.events or place.articles)]
    if not shown:
        return None, ()
    shade = {
        n: next((i for i, (a, b) in enumerate(steps, 1) if a <= n <= b), 0)
        for n in {_number(place, measure) for place in shown}
    }
    unit = (view.right - view.left) / _WIDE
    least, bend = _DOT_BELOW * unit, round((view.right - view.left) / 330)
    inside = [p for p in shown if _in(world.shapes[p.iso], view)]
    drawn = {place.iso: outline(place.iso, view, 4 * unit, bend) for place in inside}
    areas = tuple(
        Area(
            place.country,
            shade[_number(place, measure)],
            _said(place),
            drawn[place.iso] if _large(place.iso, view, least) else "",
            float(world.shapes[place.iso].x),
            float(world.shapes[place.iso].y),
        )
        for place in inside[:LINKED]
    )
    apart = {place.iso for place, area in zip(inside, areas, strict=False) if area.path}
    crowd: dict[int, str] = {}
    for place in inside[LINKED:]:
        crowd[shade[_number(place, measure)]] = crowd.get(shade[_number(place, measure)], "") + drawn[place.iso]
    hidden = apart | {place.iso for place in inside[LINKED:]}
    land = "".join(outline(code, view, 4 * unit, bend) for code in world.shapes if code not in hidden)
    narrow = (view.right - view.left) / _NARROW
    used = {shade[_number(place, measure)] for place in inside}
    chart = Chart(
        view.left,
        view.top,
        view.right - view.left,
        view.bottom - view.top,
        land,
        tuple(sorted(crowd.items())),
        areas,
        tuple(_labels(inside[:LABELLED], measure, areas, view, _FONT * unit, _DOT * unit)),
        tuple(_labels(inside[:LABELLED_NARROW], measure, areas, view, _NARROW_FONT * narrow, _DOT * narrow)),
        round(_FONT * unit, 1),
        round(_NARROW_FONT * narrow, 1),
        round(_DOT * unit, 1),
        tuple((n, words) for n, words in _legend(steps, measure) if n in used),
        world.note,
    )
    within = {place.iso for place in inside}
    return chart, tuple(place.country for place in shown if place.iso not in within)


def _in(shape: countries.Shape, view: Box) -> bool:
    return view.left <= shape.x <= view.right and view.top <= shape.y <= view.bottom


def _large(iso: str, view: Box, least: float) -> bool:
    return bool(outline(iso, view, least))


def _said(place: Place) -> str:
    events = f"{place.events:,} event{'' if place.events == 1 else 's'}"
    articles = f"named in {place.articles:,} article{'' if place.articles == 1 else 's'}"
    return f"{place.country.text}: {events}, {articles}"


def _legend(steps: Sequence[tuple[int, int]], measure: Measure) -> Iterator[tuple[int, str]]:
    """The classes in words, the one of those with none first."""
    yield 0, "none, but named in articles" if measure == "events" else "none, but concerned by events"
    for n, (low, high) in enumerate(steps, 1):
        yield n, f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _labels(
    places: Sequence[Place], measure: Measure, areas: Sequence[Area], view: Box, font: float, dot: float
) -> Iterator[Label]:
    """Names with their numbers, the most concerned first, where they are in nobody's way."""
    dots = [Box(a.x - dot, a.y - dot, a.x + dot, a.y + dot) for a in areas if not a.path]
    taken: list[Box] = []
    for place, area in zip(places, areas, strict=False):
        number = f" {_number(place, measure):,}" if _number(place, measure) else ""
        words = f"{place.country.text}{number}"
        label = placed(_around(area, words, font, dot), font, [*taken, *dots], view, gap=0.15 * font)
        if label:
            taken.append(box(label, font))
            yield label


def _around(area: Area, words: str, font: float, dot: float) -> Iterator[Label]:
    """Places for a name: in the country, or beside it."""
    middle = area.y + 0.35 * font
    if area.path:
        for lift in (0, -LINE, LINE, -2 * LINE, 2 * LINE):
            yield Label(round(area.x, 1), round(middle + lift * font, 1), "middle", (words,))
    beside = dot + 0.3 * font
    yield Label(round(area.x + beside, 1), round(middle, 1), "start", (words,))
    yield Label(round(area.x - beside, 1), round(middle, 1), "end", (words,))
    yield Label(round(area.x, 1), round(area.y - beside, 1), "middle", (words,))
    yield Label(round(area.x, 1), round(area.y + beside + 0.8 * font, 1), "middle", (words,))
