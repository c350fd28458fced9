"""Dates in EDTF level 1: parsed, sorted by their earliest day, and shown in words.

The notation is that of https://www.loc.gov/standards/datetime/ (ISO 8601-2:2019, annex A). The
`edtf` package was tried first: it takes 3 to 15 ms a date, fails on open intervals and reads an
unknown start as ten years before the end; the tests use it as a second opinion instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dossier.value import by_fields

Day = tuple[int, int, int]
Precision = Literal["day", "month", "season", "year", "decade", "century", "interval"]

# Spelled out: `calendar.month_name` follows the machine's locale.
MONTHS = ("", "January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
ABBREVIATIONS = tuple(month[:3] for month in MONTHS)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}

_DATE = re.compile(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|Y-?\d{5,9})"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?P<time>T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d(?::\d\d)?)?)?)?)?"
    r"(?P<qualifier>[?~%]?)",
    re.ASCII,
)


@by_fields
@dataclass(frozen=True, slots=True)
class Date:
    """A date as exact as it is known.

    `earliest` and `latest` are (year, month, day); None where an interval is open or its end
    is not known.
    """

    edtf: str
    earliest: Day | None
    latest: Day | None
    precision: Precision
    approximate: bool
    uncertain: bool
    words: str
    short: str

    @property
    def sort_key(self) -> tuple[Day, Day, str]:
        """Order by the earliest day, then by the latest; an open start comes first."""
        return self.earliest or (-(10**9), 1, 1), self.latest or (10**9, 12, 31), self.edtf

    @property
    def year(self) -> int | None:
        """The year of the earliest day (of the latest, where the start is open)."""
        day = self.earliest or self.latest
        return day[0] if day else None

    @property
    def exact(self) -> bool:
        """Whether it is one day, neither approximate nor uncertain."""
        return self.precision == "day" and not (self.approximate or self.uncertain)

    @property
    def machine(self) -> str | None:
        """The value of an HTML `datetime` attribute, where HTML has one for this precision."""
        match = re.match(r"\d{4}(-\d\d){0,2}(?=[?~%]?$)", self.edtf)
        return match[0] if match and self.precision in ("day", "month", "year") else None

    def __str__(self) -> str:
        return self.words


@lru_cache(maxsize=16384)
def parse(text: str) -> Date:
    """Read an EDTF level 1 date or interval.

    Raises ValueError with a sentence that says what is wrong and what to write.
    """
    start, slash, end = text.partition("/")
    if not slash or "/" in end:
        return _parse_one(text)
    if {start, end} <= {"", ".."}:
        raise ValueError(f"{text!r} has neither a beginning nor an end; write at least one of them: 2022-02-24/..")
    first = _parse_one(start) if start not in ("", "..") else None
    last = _parse_one(end) if end not in ("", "..") else None
    if first and last and first.earliest and last.latest and first.earliest > last.latest:
        raise ValueError(f"{text!r} ends before it begins; write {end}/{start}")
    return Date(
        edtf=text,
        earliest=first.earliest if first else None,
        latest=last.latest if last else None,
        precision="interval",
        approximate=any(d.approximate for d in (first, last) if d),
        uncertain=any(d.uncertain for d in (first, last) if d),
        words=_interval_words(first, last, start, end, MONTHS),
        short=_interval_words(first, last, start, end, ABBREVIATIONS),
    )


def _interval_words(first: Date | None, last: Date | None, start: str, end: str, names: tuple[str, ...]) -> str:
    before, after = (date and (date.words if names is MONTHS else date.short) for date in (first, last))
    if first and last:
        return _stretch(first, last, names) or f"{before} to {after}"
    if first:
        return f"since {before}" if end == ".." else f"{before} to an unknown date"
    return f"until {after}" if start == ".." else f"an unknown date to {after}"


def between(first: Date, last: Date) -> str:
    """The time from one date to another in words, what both share said once.

    >>> between(parse("2023-03-01"), parse("2023-03-02")), between(parse("2022-02-28"), parse("2022-03-03"))
    ('1–2 March 2023', '28 February to 3 March 2022')
    >>> between(parse("2022-03"), parse("2022-05")), between(parse("2022-03-01"), parse("2022-05"))
    ('March to May 2022', '1 March 2022 to May 2022')
    """
    return _stretch(first, last, MONTHS) or f"{first.words} to {last.words}"


def _stretch(first: Date, last: Date, names: tuple[str, ...]) -> str | None:
    """An interval between two days or two months of one year; None for any other.

    A qualifier belongs to one end only, so that dates that have one are each said in full.
    """
    if any(d.approximate or d.uncertain or d.earliest is None or d.earliest[0] <= 0 for d in (first, last)):
        return None
    if first.precision != last.precision or first.precision not in ("day", "month"):
        return None
    (year, month, day), (last_year, last_month, last_day) = first.earliest or (0, 0, 0), last.earliest or (0, 0, 0)
    if year != last_year:
        return None
    if (month, day) == (last_month, last_day):
        return first.words if names is MONTHS else first.short
    if first.precision == "month":
        return f"{names[month]} to {names[last_month]} {year}"
    if month == last_month:
        return f"{day}–{last_day} {names[month]} {year}"
    return f"{day} {names[month]} to {last_day} {names[last_month]} {year}"


def _parse_one(text: str) -> Date:
    match = _DATE.fullmatch(text)
    if not match:
        instead = _in_edtf(text) or "2022-09-22, 2022-09, 2022, 2022-07~ or 2022-02-24/.."
        raise ValueError(f"{text!r} is not an EDTF date; write {instead}")
    year, month, day, qualifier = match["year"], match["month"], match["day"], match["qualifier"]
    if month == "XX" and day and day != "XX":
        raise ValueError(f"{text!r} knows the day but not the month; write {year}, or the month instead of XX")
    first, last, precision = _bounds(text, year, month, day)
    approximate, uncertain = qualifier in ("~", "%"), qualifier in ("?", "%")
    words, short = (_words(first, precision, month, names) for names in (MONTHS, ABBREVIATIONS))
    before = "about " if approximate else ""
    after = " (uncertain)" if uncertain else ""
    return Date(
        text, first, last, precision, approximate, uncertain, f"{before}{words}{after}", f"{before}{short}{after}"
    )


def _bounds(text: str, year: str, month: str | None, day: str | None) -> tuple[Day, Day, Precision]:
    if "X" in year:
        if month:
            raise ValueError(f"{text!r} knows the month but not the year; write {year} alone")
        low, high = sorted((int(year.replace("X", "0")), int(year.replace("X", "9"))))
        return (low, 1, 1), (high, 12, 31), "century" if year.endswith("XX") else "decade"
    number = int(year.removeprefix("Y"))
    if month is None or month == "XX":
        return (number, 1, 1), (number, 12, 31), "year"
    m = int(month)
    if m in SEASONS:
        if day:
            raise ValueError(f"{text!r} gives a day of a season; write {year}-{month}, or a month from 01 to 12")
        low_month, high_month = SEASON_MONTHS[m]
        return (number, low_month, 1), (number, high_month, _last_day(number, high_month)), "season"
    if not 1 <= m <= 12:
        raise ValueError(f"{text!r} has no month {month}; write a month from 01 to 12 (or a season, 21 to 24)")
    if day is None or day == "XX":
        return (number, m, 1), (number, m, _last_day(number, m)), "month"
    if not 1 <= int(day) <= _last_day(number, m):
        raise ValueError(f"{text!r} does not exist: {MONTHS[m]} {number} has {_last_day(number, m)} days")
    return (number, m, int(day)), (number, m, int(day)), "day"


def _last_day(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def year_words(year: int) -> str:
    """A year as people count: EDTF counts astronomically, its year 0 is 1 BC.

    >>> year_words(2022), year_words(-43)
    ('2022', '44 BC')
    """
    return str(year) if year > 0 else f"{1 - year} BC"


def _words(first: Day, precision: Precision, month: str | None, names: tuple[str, ...]) -> str:
    year, m, d = first
    years = year_words(year)
    match precision:
        case "day":
            return f"{d} {names[m]} {years}"
        case "month":
            return f"{names[m]} {years}"
        case "season":
            return f"{SEASONS[int(month or 21)]} {years}"
        case "decade":
            return f"the {years}s" if year >= 0 else f"the decade around {years}"
        case "century":
            return f"the {years}s (century)" if year >= 0 else f"the century around {years}"
        case _:
            return years


_NUMBERS = re.compile(r"(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{1,4})", re.ASCII)
_NAMED = re.compile(
    r"(?:(?P<d1>\d{1,2})\.? )?(?P<month>[A-Z][a-z]+)\.?(?: (?P<d2>\d{1,2}),?)?,? (?P<year>\d{4})", re.ASCII
)


def _in_edtf(text: str) -> str | None:
    """A date in another notation as EDTF, where only one reading is possible.

    >>> _in_edtf("Sept. 22, 2022"), _in_edtf("22/9/2022"), _in_edtf("September 2022"), _in_edtf("3/2/2022")
    ('2022-09-22', '2022-09-22', '2022-09', None)
    """
    if match := _NUMBERS.fullmatch(text):
        a, b, c = match.groups()
        if len(a) == 4:
            candidates = {f"{a}-{int(b):02}-{int(c):02}"}
        else:
            candidates = {f"{c}-{int(b):02}-{int(a):02}", f"{c}-{int(a):02}-{int(b):02}"}
    elif match := _NAMED.fullmatch(text):
        month = next((n for n, name in enumerate(MONTHS) if n and name.startswith(match["month"][:3])), 0)
        day = match["d1"] or match["d2"]
        candidates = {f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")}
    else:
        return None
    real = [candidate for candidate in candidates if _exists(candidate)]
    return real[0] if len(real) == 1 else None


def _exists(text: str) -> bool:
    match = _DATE.fullmatch(text)
    try:
        return bool(match and _bounds(text, match["year"], match["month"], match["day"]))
    except ValueError:
        return False
