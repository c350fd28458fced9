"""Room for words in a picture: how wide they are, and whether they are in each other's way."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dossier.pictures import Label

#: The height of a line, in font sizes.
LINE = 1.15
_NARROW = frozenset("iIjlrtf.,:;'’!|()[] -·")
_BROAD = frozenset("mwMWQGOD@%&—…")


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether this rectangle lies in another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def width(words: str, font: float) -> float:
    """About how wide some words are in a common sans serif face; rather too much than too little.

    >>> round(width("Qin Gang", 14)), round(width("王毅", 14))
    (69, 29)
    """
    return font * 1.04 * sum(map(_advance, words))


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in _BROAD:
        return 0.88
    return 0.7 if char.isupper() else 0.57


@lru_cache(maxsize=4096)
def lines(name: str, font: float, room: float, most: int = 3) -> tuple[str, ...]:
    """A name in at most so many lines that fit a room; what does not fit is cut short with an ellipsis.

    >>> lines("United Nations Security Council", 14, 112), lines("Donaudampfschifffahrt", 14, 80)
    (('United Nations', 'Security', 'Council'), ('Donauda…',))
    """
    found: list[str] = []
    for word in name.split():
        if found and width(f"{found[-1]} {word}", font) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) > most:
        found = [*found[: most - 1], " ".join(found[most - 1 :])]
    return tuple(_cut(line, font, room) for line in found) or ("…",)


def _cut(line: str, font: float, room: float) -> str:
    if width(line, font) <= room:
        return line
    while line and width(f"{line}…", font) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def box(label: Label, font: float) -> Box:
    """The rectangle that a label takes up."""
    wide = max(width(line, font) for line in label.lines)
    left = {"start": label.x, "middle": label.x - wide / 2, "end": label.x - wide}[label.anchor]
    top = label.y - 0.82 * font
    return Box(left, top, left + wide, top + (1.05 + LINE * (len(label.lines) - 1)) * font)


def placed(
    candidates: Iterable[Label], font: float, taken: Iterable[Box], room: Box, *, gap: float = 0
) -> Label | None:
    """The first of several places for a label where nothing is in its way, or None."""
    occupied = tuple(taken)
    for label in candidates:
        found = box(label, font)
        wide = Box(found.left - gap, found.top - gap, found.right + gap, found.bottom + gap)
        if found.within(room) and not any(wide.meets(other) for other in occupied):
            return label
    return None
