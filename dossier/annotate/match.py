"""Finding the surfaces of a gazetteer in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dossier.annotate.context import Context
from dossier.annotate.gazetteer import Gazetteer
from dossier.annotate.words import SHOUTED

_OUTER = ".,;:!?()\"'*-–—…"
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
    beginnings, part_words, end_of_text = gazetteer.beginnings, gazetteer.part_words, len(text)
    words: list[tuple[int, str]] = []
    hits: list[Hit] = []
    for match in gazetteer.first_word.finditer(text):
        word = match[0]
        if word in part_words and (not word.isupper() or len(word) == 1 or context.is_shouted(match.start())):
            words.append((match.start(), word))
        beginning = beginnings.get(word)
        if not beginning:
            continue
        alone, longer, capitals, bearers = beginning
        start, after = match.span()
        pairs = longer.get(text[after : after + 3], ()) if longer else ()
        for printed, surface in (*pairs, *alone) if pairs else alone:
            if text.startswith(printed, start):
                end = start + len(printed)
                if end == end_of_text or not text[end].isalnum():
                    hits.append(Hit(start, end, surface))
        if bearers and (middle := _MIDDLE.match(text, after)):
            hits += _with_middle_name(text, start, middle.end(), bearers)
        if capitals and word.isupper() and (_DATELINE.match(text, after) or context.is_shouted(start)):
            hits += _printed(text, start, capitals)
    if gazetteer.small:
        hits += _small(text, gazetteer)
    hits = [h for h in hits if not (h.surface in SHOUTED and context.is_shouted(h.start))]
    hits.sort(key=_longest_first)
    return words, hits


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
    """Surfaces that begin in lower case; only words that occur are looked for."""
    words = {word.strip(_OUTER) for word in set(text.split())}
    for word in sorted(words & gazetteer.small.keys()):
        for match in re.finditer(rf"\b{word}\b", text):
            yield from _printed(text, match.start(), gazetteer.small[word])
