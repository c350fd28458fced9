"""The map: the countries by the events that concern them, as a picture and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log

from dossier import countries
from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Area, Chart, Label, Link, View
from dossier.schema import Country
from dossier.views.corpus import Corpus
from dossier.views.labels import LINE, Box, box, placed
from dossier.views.outlines import frame, outline

#: Countries that are links in the picture, those with the most events first; the table links them all.
LINKED = 45
LABELLED, LABELLED_NARROW = 16, 6
YEARS_SHOWN = 6
COUNTRIES_BY_YEAR = 40
CLASSES = 4
_WIDE, _NARROW = 1060, 350  # pixels: how wide the picture is on a screen and on a phone
_FONT, _NARROW_FONT, _DOT = 13, 12, 6.5  # pixels
_DOT_BELOW = 24  # pixels: a country whose longer side is shorter than this is shown as a dot


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
    """What the map shows. `years` are those of the columns of `Place.by_year`; `earlier` are not shown."""

    places: tuple[Place, ...]
    chart: Chart | None
    by_year: tuple[Place, ...]
    years: tuple[int, ...]
    earlier: int
    outside: tuple[Link, ...]


def map_view(corpus: Corpus) -> View:
    """The countries by events and articles."""
    dated = {ref: when.year for ref in corpus.events if (when := corpus.event(ref).date) and when.year is not None}
    all_years = sorted({*dated.values()})
    years = tuple(all_years[-YEARS_SHOWN:])
    places = sorted(
        (_place(corpus, ref, dated, years) for ref in corpus.of("countries")),
        key=lambda p: (-p.events, -p.articles, p.country.text),
    )
    chart, outside = _chart(places)
    by_year = tuple(place for place in places if place.events)[:COUNTRIES_BY_YEAR]
    data = MapData(tuple(places), chart, by_year, years, len(all_years) - len(years), outside)
    description = "The countries by the events and articles that concern them."
    return View("map.md", "Map", "view", "map.md.j2", data, "Map", description)


def _place(corpus: Corpus, ref: Ref, dated: dict[Ref, int], years: tuple[int, ...]) -> Place:
    events = corpus.events_of.get(ref, ())
    told = [(corpus.page(event), when) for event in events if (when := corpus.event(event).date)]
    counts = Counter(dated[event] for event in events if event in dated)
    entry = corpus.entries[ref]
    return Place(
        corpus.page(ref),
        len(events),
        told[0] if told else None,
        told[-1] if told else None,
        len({s.article.ref for s in corpus.sightings.get(ref, ())}),
        (entry.iso or "") if isinstance(entry, Country) else "",
        tuple(counts[year] for year in years),
    )


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


def _chart(places: Sequence[Place]) -> tuple[Chart | None, tuple[Link, ...]]:
    """The picture, and the countries that are concerned but lie outside it."""
    world = countries.shapes()
    shown = [place for place in places if place.iso in world.shapes and (place.events or place.articles)]
    if not shown:
        return None, ()
    steps = classes(place.events for place in shown)
    shade = {n: next((i for i, (a, b) in enumerate(steps, 1) if a <= n <= b), 0) for n in {p.events for p in shown}}
    view = frame(place.iso for place in shown if place.events or not steps)
    unit = (view.right - view.left) / _WIDE
    least, bend = _DOT_BELOW * unit, round((view.right - view.left) / 330)
    inside = [p for p in shown if _in(world.shapes[p.iso], view)]
    drawn = {place.iso: outline(place.iso, view, 4 * unit, bend) for place in inside}
    areas = tuple(
        Area(
            place.country,
            shade[place.events],
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
        crowd[shade[place.events]] = crowd.get(shade[place.events], "") + drawn[place.iso]
    hidden = apart | {place.iso for place in inside[LINKED:]}
    land = "".join(outline(code, view, 4 * unit, bend) for code in world.shapes if code not in hidden)
    narrow = (view.right - view.left) / _NARROW
    used = {shade[place.events] for place in inside}
    chart = Chart(
        view.left,
        view.top,
        view.right - view.left,
        view.bottom - view.top,
        land,
        tuple(sorted(crowd.items())),
        areas,
        tuple(_labels(inside[:LABELLED], areas, view, _FONT * unit, _DOT * unit)),
        tuple(_labels(inside[:LABELLED_NARROW], areas, view, _NARROW_FONT * narrow, _DOT * narrow)),
        round(_FONT * unit, 1),
        round(_NARROW_FONT * narrow, 1),
        round(_DOT * unit, 1),
        tuple((n, words) for n, words in _legend(steps) if n in used),
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


def _legend(steps: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The classes in words, the one without events first."""
    yield 0, "none, but named in articles"
    for n, (low, high) in enumerate(steps, 1):
        yield n, f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _labels(places: Sequence[Place], areas: Sequence[Area], view: Box, font: float, dot: float) -> Iterator[Label]:
    """Names with the number of events, the most concerned first, where they are in nobody's way."""
    dots = [Box(a.x - dot, a.y - dot, a.x + dot, a.y + dot) for a in areas if not a.path]
    taken: list[Box] = []
    for place, area in zip(places, areas, strict=False):
        number = f" {place.events:,}" if place.events else ""
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
