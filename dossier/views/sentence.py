"""The sentence around a name."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Maj|Capt|Sgt|St|Jr|Sr|Rev|Hon|Amb|No|vs"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.\s*$"
)
LONGEST = 320


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a paragraph starts and ends.

    >>> text = "He met Mr. Lavrov at the U.N. Security Council. “It went well.” They left."
    >>> [text[start:end] for start, end in sentences(text)]
    ['He met Mr. Lavrov at the U.N. Security Council.', '“It went well.”', 'They left.']
    """
    found, start = [], 0
    for match in _END.finditer(text):
        if match[0].startswith(".") and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start() + 1):
            continue
        found.append((start, match.start() + len(match[0].rstrip())))
        start = match.end()
    found.append((start, len(text)))
    return [(start, end) for start, end in found if start < end]


def shorten(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a long sentence around a stretch of it, cut between words.

    >>> text = "x " * 300 + "here" + " y" * 300
    >>> start, end = shorten(text, 600, 604)
    >>> text[start:start + 3], text[end - 3 : end], end - start <= LONGEST
    ('x x', 'y y', True)
    """
    if len(text) <= LONGEST:
        return 0, len(text)
    spare = max(0, LONGEST - (end - start))
    low = max(0, min(start - spare // 2, len(text) - LONGEST))
    high = min(len(text), max(end + spare // 2, low + LONGEST))
    if low:
        space = text.find(" ", low, start)
        low = space + 1 if space >= 0 else start
    if high < len(text):
        space = text.rfind(" ", end, high)
        high = space if space >= 0 else end
    return low, high
