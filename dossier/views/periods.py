"""A long list of dated things, cut into pages by year and, where a year is long, by month and into parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dossier.edtf import MONTHS, Date, year_words
from dossier.parts import Link

T = TypeVar("T")
K = TypeVar("K")

UNDATED = "Undated"
_WHOLE = re.compile(f"({'|'.join(MONTHS[1:])})(–[A-Z][a-z]+)?")  # a month, or some
_MONTH = re.compile(r"Y?-?\d+-(0[1-9]|1[0-2])")  # at the beginning of a date that is known to its month


@dataclass(frozen=True, slots=True)
class Period(Generic[T]):
    """A page of a list that is cut: what falls into its time, and the pages that it is cut into itself.

    `items` are all of its time, also where `within` has the pages that show them. `name` is short where it stands
    below that of its year: `May`.
    """

    label: str
    name: str
    uri: str
    items: tuple[T, ...]
    within: tuple[Period[T], ...] = ()

    @property
    def step(self) -> tuple[Link, int]:
        """The way to the page, and how many it holds."""
        return Link(self.name, self.uri), len(self.items)

    @property
    def way(self) -> tuple[Link, int]:
        """The way to the page alone, with 0 for a number, for its neighbours: they stay as they are when it grows."""
        return Link(self.name, self.uri), 0


def periods(folder: str, items: Sequence[T], when: Callable[[T], Date | None], most: int) -> tuple[Period[T], ...]:
    """The years of a list that is too long for one page, in its order (by date, either way); none where it is not.

    No page holds more than `most`, nor is anything on two. What is dated no more exactly than by its year is in no
    month.
    """
    if len(items) <= most:
        return ()
    years = _grouped(items, lambda item: year_label(when(item)))
    return tuple(_year(f"{folder}/{slug(label)}", label, group, when, most) for label, group in years)


def _year(stem: str, label: str, items: tuple[T, ...], when: Callable[[T], Date | None], most: int) -> Period[T]:
    if len(items) <= most:
        return Period(label, label, f"{stem}.md", items)
    months = _grouped(items, lambda item: _month(when(item)))
    within: list[Period[T]] = []
    for number, group in months:
        name = MONTHS[number] if number else label if len(months) == 1 else "No month"
        whole = f"{name} {label}" if number else name if name == label else f"{label}, no month"
        at = f"{stem}/{number:02}" if number else f"{stem}/no-month"
        parts = -(-len(group) // most)
        for n in range(parts):
            part, tail = (f" ({n + 1} of {parts})", f"-{n + 1}") if parts > 1 else ("", "")
            mine = group[n * most : (n + 1) * most]
            within.append(Period(f"{whole}{part}", f"{name}{part}", f"{at}{tail}.md", mine))
    return Period(label, label, f"{stem}.md", items, _neighbours(within, most))


def _neighbours(months: Sequence[Period[T]], most: int) -> tuple[Period[T], ...]:
    """Whole months put together where a page holds them, from the oldest on: what is added at the end changes the last.

    A page has the address of its oldest month.
    """
    whole = [page.uri for page in months if page.name in MONTHS]
    backwards = whole != sorted(whole)
    pages: list[Period[T]] = []
    for page in reversed(months) if backwards else months:
        last = pages[-1] if pages and page.name in MONTHS and _WHOLE.fullmatch(pages[-1].name) else None
        if last is None or len(last.items) + len(page.items) > most:
            pages.append(page)
            continue
        first = last.name.partition("–")[0]
        both = (*page.items, *last.items) if backwards else (*last.items, *page.items)
        pages[-1] = Period(f"{first}–{page.label}", f"{first}–{page.name}", last.uri, both)
    return tuple(reversed(pages) if backwards else pages)


def leaves(years: Sequence[Period[T]]) -> Iterator[Period[T]]:
    """The pages that show everything of their time."""
    for year in years:
        yield from year.within or (year,)


def year_label(when: Date | None) -> str:
    """The year of a date as a heading."""
    return UNDATED if when is None or when.year is None else year_words(when.year)


def _month(when: Date | None) -> int:
    """The month that a date begins in; 0 where it is not known so exactly.

    >>> from dossier.edtf import parse
    >>> [_month(parse(d)) for d in ("2022-09-22", "2022-07~", "2022-05/2023", "2022", "2022-21", "../2022-03")]
    [9, 7, 5, 0, 0, 0]
    """
    match = _MONTH.match(when.edtf) if when else None
    return int(match[1]) if match else 0


def _grouped(items: Sequence[T], key: Callable[[T], K]) -> list[tuple[K, tuple[T, ...]]]:
    """The items by a key, in the order in which the keys first come."""
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return [(name, tuple(group)) for name, group in found.items()]


def slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.casefold())
