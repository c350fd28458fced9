"""How many articles appeared when: a strip of bars for each source, by month, quarter, year or more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossier.edtf import ABBREVIATIONS, MONTHS, Date, between
from dossier.model import Ref
from dossier.parts import Inline
from dossier.views.corpus import Corpus

#: How many bars a strip may have before they stand for quarters, then for years, and so on.
MOST_BARS = 48
#: A bar is so wide, a strip so high, and the bar of a single article at least so high; in units of the picture.
STEP, HEIGHT, LEAST = 10, 40, 4
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Strip:
    """The articles of a source: how many, from when to when, and as bars (SVG path data); `note` says it in words."""

    source: Inline
    articles: int
    period: str
    bars: str
    note: str


@dataclass(frozen=True, slots=True)
class Intensity:
    """Strips over the same time and to the same scale, and the numbers they show.

    `unit` is what a bar stands for. `years` is SVG path data of the lines where years begin. `undated` are the
    articles that no bar counts, for nobody knows their month.
    """

    strips: tuple[Strip, ...]
    unit: str
    start: str
    end: str
    width: float
    height: float
    years: str
    numbers: tuple[tuple[str, tuple[int, ...]], ...]
    undated: int


def intensity(corpus: Corpus, rows: Sequence[tuple[Inline, Sequence[Ref]]]) -> Intensity:
    """The articles of each row as a strip of bars."""
    days = [[date for ref in refs if (date := corpus.reading_of[ref].article.date)] for _, refs in rows]
    months = [Counter(month for date in dates if (month := _month(date)) is not None) for dates in days]
    known = [month for counted in months for month in counted]
    low, high = (min(known), max(known)) if known else (0, -1)
    unit = next((u for u, n in _MONTHS_IN.items() if high // n - low // n < MOST_BARS), "century")
    size = _MONTHS_IN[unit]
    places = range(low // size, high // size + 1)
    counts = [Counter({p: sum(c[p * size + m] for m in range(size)) for p in places}) for c in months]
    most = max((n for count in counts for n in count.values()), default=0)
    strips = tuple(
        Strip(
            source,
            len(refs),
            extent(dates),
            _bars([count[p] for p in places], most),
            _note([(p, count[p]) for p in places], unit),
        )
        for (source, refs), dates, count in zip(rows, days, counts, strict=True)
    )
    return Intensity(
        strips,
        unit,
        period(places[0], unit) if places else "",
        period(places[-1], unit) if places else "",
        float(len(places) * STEP),
        float(HEIGHT),
        "".join(f"M{(p - places[0]) * STEP} 0V{HEIGHT}" for p in places[1:] if p * size % 12 == 0 and size < 12),
        tuple((period(p, unit), tuple(count[p] for count in counts)) for p in reversed(places)),
        sum(len(refs) for _, refs in rows) - sum(sum(count.values()) for count in months),
    )


def extent(dates: Iterable[Date]) -> str:
    """From when to when, in words."""
    ordered = sorted(dates, key=lambda date: date.sort_key)
    if not ordered:
        return ""
    return ordered[0].words if ordered[0] == ordered[-1] else between(ordered[0], ordered[-1])


def period(place: int, unit: str) -> str:
    """A month, a quarter or a year in words; `place` counts them from the year 0.

    >>> period(2022 * 12 + 8, "month"), period(2022 * 4 + 2, "quarter"), period(2022, "year")
    ('September 2022', 'Jul–Sep 2022', '2022')
    >>> period(202, "decade"), period(20, "century")
    ('2020–2029', '2000–2099')
    """
    years = _MONTHS_IN[unit] // 12
    if years:
        return str(place) if years == 1 else f"{place * years}–{place * years + years - 1}"
    year, part = divmod(place, 12 // _MONTHS_IN[unit])
    if unit == "month":
        return f"{MONTHS[part + 1]} {year}"
    return f"{ABBREVIATIONS[part * 3 + 1]}–{ABBREVIATIONS[part * 3 + 3]} {year}"


def _month(date: Date) -> int | None:
    """The months since the year 0, where the month is known."""
    known = date.earliest is not None and date.precision in ("day", "month")
    return date.earliest[0] * 12 + date.earliest[1] - 1 if known and date.earliest else None


def _bars(counts: Iterable[int], most: int) -> str:
    """One bar for each number that is not 0, the highest as high as the strip."""
    drawn = []
    for n, count in enumerate(counts):
        if count:
            high = LEAST + round((HEIGHT - LEAST) * count / most)
            drawn.append(f"M{n * STEP + 1} {HEIGHT}v{-high}h{STEP - 2}v{high}z")
    return "".join(drawn)


def _note(counts: Sequence[tuple[int, int]], unit: str) -> str:
    """The strip in a sentence: when most appeared."""
    place, most = max(counts, key=lambda item: (item[1], item[0]), default=(0, 0))
    if not most:
        return "No article with a known month"
    return f"At most {most:,} in a {unit}: {period(place, unit)}"
