"""Finding the surfaces of a gazetteer in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dossier.annotate.context import Context
from dossier.annotate.gazetteer import Gazetteer
from dossier.annotate.words import AMERICAN_AFFAIRS, SHOUTED

_BEFORE_US = re.compile(r"(?:^|[\n,;:] ?['\"]?|\b(?:THE|IN|(?<!YOU )(?<!THEM )(?:AND|VS)) )\Z", re.MULTILINE)
_AFTER_US = re.compile(rf"-[A-Z]| (?:{'|'.join(sorted(AMERICAN_AFFAIRS))})\b")
_WORD = re.compile(r"\w+")
_MIDDLE = re.compile(r" (?:(?:[A-Z]\.? ?){1,2} (?=\w)|[A-Z][a-z]+ (?=[A-Z]))")
_DATELINE = re.compile(r"(?: [A-Z]{3,})*(?:, [A-Z][\w.]*)?(?: \([A-Za-z]+\))? ?(?:—|–|--) ?\w")
_FAMILY = tuple(re.compile(r"[\w'-]+" + r" [\w'-]+" * n) for n in range(3))


class Hit(NamedTuple):
    """A surface of the gazetteer at start:end of a folded text; `rule` where not that of the surface."""

    start: int
    end: int
    surface: str
    rule: str = ""


def is_bounded(text: str, start: int, end: int) -> bool:
    """Whether start:end begins and ends where words do.

    >>> is_bounded("a Price rise", 2, 7), is_bounded("Prices", 0, 5)
    (True, False)
    """
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def find_hits(context: Context, gazetteer: Gazetteer) -> tuple[list[tuple[int, str]], list[Hit]]:
    """The words that may begin a part of a person's name, and every surface that occurs.

    Both in order of their start; of one start the longest surface first.
    """
    text = context.text
    beginnings, end_of_text = gazetteer.beginnings, len(text)
    words: list[tuple[int, str]] = []
    hits: list[Hit] = []
    others: list[Hit] = []
    for match in gazetteer.first_word.finditer(text):
        word = match[0]
        beginning = beginnings.get(word)
        if beginning is None:
            continue
        alone, longer, capitals, bearers, is_part = beginning
        start, after = match.span()
        if is_part and (not word.isupper() or len(word) == 1 or context.is_shouted(start)):
            words.append((start, word))
        if longer and (pairs := longer.get(text[after : after + 3])):
            for printed, surface in pairs:
                if text.startswith(printed, start):
                    end = start + len(printed)
                    if end == end_of_text or not text[end].isalnum():
                        hits.append(Hit(start, end, surface))
        for printed, surface in alone:
            if text.startswith(printed, start):
                end = start + len(printed)
                if end == end_of_text or not text[end].isalnum():
                    hits.append(Hit(start, end, surface))
        if bearers and (middle := _MIDDLE.match(text, after)):
            others += _with_middle_name(text, start, middle.end(), bearers)
        if capitals and word.isupper() and (_DATELINE.match(text, after) or context.is_shouted(start)):
            others += _printed(text, start, capitals)
    if gazetteer.small:
        others += _small(text, gazetteer)
    if others:
        hits += others
        hits.sort(key=_longest_first)
    if not SHOUTED.isdisjoint({hit.surface for hit in hits}):
        hits = [h for h in hits if not (h.surface in SHOUTED and _is_word(context, h))]
    return words, hits


def _is_word(context: Context, hit: Hit) -> bool:
    """Whether letters among capitals are the word, not the abbreviation: TELL US, but US TROOPS."""
    if not context.is_shouted(hit.start):
        return False
    return hit.surface != "US" or not (
        _BEFORE_US.search(context.text, max(0, hit.start - 10), hit.start) or _AFTER_US.match(context.text, hit.end)
    )


def _longest_first(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _with_middle_name(text: str, start: int, middle: int, bearers: Mapping[str, str]) -> Iterator[Hit]:
    """A given and a family name with a middle name or initials between them: Antony J. Blinken."""
    for form in _FAMILY:
        family = form.match(text, middle)
        surface = bearers.get(family[0].removesuffix("'s")) if family else None
        if family and surface:
            yield Hit(start, middle + len(family[0].removesuffix("'s")), surface, "middle-name")


def _printed(text: str, start: int, pairs: tuple[tuple[str, str], ...]) -> Iterator[Hit]:
    for printed, surface in pairs:
        end = start + len(printed)
        if text.startswith(printed, start) and is_bounded(text, start, end):
            yield Hit(start, end, surface)


def _small(text: str, gazetteer: Gazetteer) -> Iterator[Hit]:
    """Surfaces that begin in lower case; only those whose first word occurs are looked for."""
    words = sorted(set(_WORD.findall(text)) & gazetteer.small.keys())
    for word in words:
        for printed, surface in gazetteer.small[word]:
            start = text.find(printed)
            while start >= 0:
                if is_bounded(text, start, start + len(printed)):
                    yield Hit(start, start + len(printed), surface)
                start = text.find(printed, start + 1)
