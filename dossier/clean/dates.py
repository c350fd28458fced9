"""Dates as news writes them, and which of them is the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dossier import edtf

Role = Literal["published", "updated", "plain"]

# The names of the months in the languages whose papers print them in a dateline, by their first letters:
# enough to tell them apart, so that "Mar.", "Mars" and "March" are one row.
_MONTHS = (
    r"jan(?:uary|uar|vier|eiro|uari)?|enero|ene|gennaio|gen|styczni?a?|января|січня",
    r"feb(?:ruary|ruar|brero|braio|ruari)?|févr?(?:ier)?|fevereiro|fev|lutego|февраля|лютого",
    r"mar(?:ch|s|zo|ço|ca)?|märz|mär|maart|marzec|марта|березня",
    r"apr(?:il|ile)?|avril|avr|abril|abr|kwietnia|апреля|квітня",
    r"may|mai|mayo|maio|maggio|mei|maja|мая|травня",
    r"june?|juni|juin|junio|junho|giugno|giu|czerwca|июня|червня",
    r"july?|juli|juillet|juil|julio|julho|luglio|lug|lipca|июля|липня",
    r"aug(?:ust|ustus)?|août|agosto|ago|sierpnia|августа|серпня",
    r"sept?(?:ember|embre|iembre|iembre)?|setembro|settembre|set|września|сентября|вересня",
    r"oct(?:ober|obre|ubre)?|okt(?:ober)?|outubro|out|ottobre|ott|października|октября|жовтня",
    r"nov(?:ember|embre|iembre|embro)?|listopada|ноября|листопада",
    r"dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|grudnia|декабря|грудня",
)
_MONTH = "|".join(f"(?P<m{number}>{row})" for number, row in enumerate(_MONTHS, 1))
_ANY_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"

_IN_WORDS = re.compile(
    rf"(?<![\w/])(?:(?:(?P<d1>{_DAY})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:(?:of|de"
    rf"|do)\s+)?(?:{_ANY_MONTH})\.?,?[\s-]*(?:(?:de|of|do)\s+)?,?\s?(?P<y1>{_YEAR}))"
    rf"|(?:(?:{_ANY_MONTH})\.?\s*(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:\s*,\s*"
    rf"|\s+)(?:(?:at\s+)?\d\d?[:.]\d\d\s*(?:[ap]\.?m\.?)?,?\s*)?(?P<y2>{_YEAR})))(?!\d)",
    re.I,
)
_WHICH_MONTH = re.compile(rf"(?<![^\W\d_])(?:{_MONTH})(?![^\W\d_])", re.I)
_ISO = re.compile(rf"(?<![\d/.-])(?P<y>{_YEAR})([-/.])(?P<m>0?[1-9]|1[0-2])\2(?P<d>{_DAY})(?=T\d|[^\d-]|$)")
_NUMERIC = re.compile(
    rf"(?<![\d/.-])(?P<a>0?[1-9]|[12]\d|3[01])([/.-])(?P<b>0?[1-9]|[12]\d|3[01])\2(?P<y>{_YEAR}|\d\d)(?![\d/-]|\.\d)"
)
_EAST_ASIAN = re.compile(rf"(?P<y>{_YEAR})\s?[年년]\s?(?P<m>1[0-2]|0?[1-9])\s?[月월]\s?(?P<d>{_DAY})\s?[日일]")
_DIGIT = re.compile(r"\d")
_HINT = re.compile(r"\d[\d:年 ,./-]*(?:19|20)\d\d|(?:19|20)\d\d[-/.年년]|\d[/.-]\d\d?[/.-]\d\d|(?:19|20)\d\d(?:$|\D)")

_PUBLISHED = re.compile(
    r"\b(?:(?:first |originally )?(?:original(?:ly)?|published|posted|created|issued|released|filed|dated?"
    r"|submitted|aired|written)"
    r"|publi(?:é|cado|kováno|shed)|veröffentlicht|gepubliceerd|pubblicato|erstellt|опубликовано)\b",
    re.I,
)
_UPDATED = re.compile(
    r"\b(?:(?:last |latest )?(?:updated?|modified|edited|revised|corrected|changed|reviewed)"
    r"|retrieved|accessed|archived|copyright|actualisé|mis à jour|aktualisiert|actualizado|aggiornato)\b|©",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day found in a text: where it stands and what the words before it make of it."""

    start: int
    end: int
    iso: str
    role: Role


def days(text: str) -> Iterator[Dated]:
    """The full dates of a text, in order; a date without its year is none, one that reads two ways neither.

    >>> [(d.iso, d.role) for d in days("Posted 3 Mar 2023, updated March 4th, 2023; 03/04/2023")]
    [('2023-03-03', 'published'), ('2023-03-04', 'updated')]
    """
    first = _DIGIT.search(text)  # most lines have none, which is found out at a tenth of the cost
    if not first or not _HINT.search(text, first.start()):
        return
    found = sorted({(start, end, iso) for start, end, iso in _days(text)})
    past = 0
    for start, end, iso in found:
        if start < past:
            continue
        yield Dated(start, end, iso, role_of(text[past:start]))
        past = end


def role_of(before: str) -> Role:
    """What the words before a date say that it is; the nearest counts.

    >>> role_of("First published"), role_of("Published 1 May, updated")
    ('published', 'updated')
    """
    before = before[-60:]
    updated = max((m.end() for m in _UPDATED.finditer(before)), default=-1)
    published = max((m.end() for m in _PUBLISHED.finditer(before)), default=-1)
    if updated > published:
        return "updated"
    return "published" if published >= 0 else "plain"


def _days(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _IN_WORDS.finditer(text):
        month = _WHICH_MONTH.search(match[0])
        if month and month.lastgroup:
            day, year = match["d1"] or match["d2"], match["y1"] or match["y2"]
            yield from _day(match, year, month.lastgroup[1:], day)
    for pattern in (_ISO, _EAST_ASIAN):
        for match in pattern.finditer(text):
            yield from _day(match, match["y"], match["m"], match["d"])
    for match in _NUMERIC.finditer(text):
        first, second, mark = int(match["a"]), int(match["b"]), match[2]
        year = match["y"] if len(match["y"]) == 4 else f"20{match['y']}"
        if mark == "." or first > 12 or first == second:  # German, Russian and other custom; English never writes it
            yield from _day(match, year, match["b"], match["a"])
        elif second > 12:
            yield from _day(match, year, match["a"], match["b"])


def _day(match: re.Match[str], year: str, month: str, day: str) -> Iterator[tuple[int, int, str]]:
    iso = f"{year}-{int(month):02}-{int(day):02}"
    if as_date(iso):
        yield match.start(), match.end(), iso


def as_date(iso: str) -> edtf.Date | None:
    """The date that an ISO text begins with, if there is such a day.

    >>> as_date("2023-02-30T10:00:00Z") is None
    True
    """
    match = re.match(r"(?:19|20)\d\d-\d\d-\d\d", iso, re.ASCII)
    try:
        return edtf.parse(match[0]) if match else None
    except ValueError:
        return None


_IN_NAME = re.compile(rf"(?<!\d)(?P<y>{_YEAR})([-_./]?)(?P<m>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")


def in_path(path: str) -> str | None:
    """The day that a file name or the path of an address gives.

    >>> in_path("articles/2023-03-03-foo.txt"), in_path("/news/2016/12/22/two-arrested.html"), in_path("003_1.txt")
    ('2023-03-03', '2016-12-22', None)
    """
    match = _IN_NAME.search(path)
    iso = f"{match['y']}-{match['m']}-{match['d']}" if match else ""
    return iso if as_date(iso) else None
