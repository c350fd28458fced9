"""Where quotation marks open and close.

Marks are read paragraph by paragraph, as a printer sets them: a quotation never runs over the end of
a paragraph, but one that goes on in the next paragraph is opened again there. Inner quotations are
part of the outer one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Mark = tuple[int, int]

_MARK = re.compile("[“”„‟\"«»＂‘’‛']|``|''")
_SINGLE = frozenset("‘’‛'")
_STRAIGHT = ('"', "＂")
#: By opening mark: the marks that close it, and those that open an inner quotation of the same kind.
_STYLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "“": (("”", "''", *_STRAIGHT), ("“", "‟", "``")),
    "‟": (("”", "''", *_STRAIGHT), ("“", "‟", "``")),
    "``": (("''", "”", *_STRAIGHT), ("“", "‟", "``")),
    "”": (("”", "''", *_STRAIGHT), ()),
    '"': (("”", "''", *_STRAIGHT), ("“", "‟")),
    "＂": (("”", "''", *_STRAIGHT), ("“", "‟")),
    "„": (("“", "”", "‟", *_STRAIGHT), ("„",)),
    "«": (("»",), ("«",)),
    "»": (("«",), ()),
}
_WORD = re.compile(r"\w\w")
_OPENING = re.compile('[“”„"«‘]|``')
_ELISION = re.compile(r"[‘’'](?:\d\ds?\b|(?:tis|twas|em|til|cause|round|n)\b)", re.IGNORECASE)
#: A nickname within a name: Jane "Jay" Roe.
_NICKNAME = re.compile("\\w [“\"‘'][A-Z]\\w*[”\"’'] [A-Z]")
#: After these, and at the beginning of a paragraph, a mark may open a quotation.
_BEFORE = " \t\n\r\u00a0\u2009\u202f([{—–-―/:“”„\"«‘'…¿¡>"
#: After a single mark these, letters and digits may begin a quotation.
_FIRST = '[(…$£€“".'
#: How many marks ahead the closing one is looked for.
_REACH = 200


class Span(NamedTuple):
    """A quotation: `start:end` without its marks, `outer_start:outer_end` with them.

    `closed` tells whether it ends in a mark: one that goes on in the next paragraph does not.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool


def find_quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Span]:
    """All quotations of a text, in order, never overlapping; `paragraphs` are (start, end) offsets.

    >>> [span[:2] for span in find_quotations('Roe said: "No." She left.', [(0, 25)])]
    [(11, 14)]
    """
    starts = [start for start, _ in paragraphs]
    marks: dict[int, list[Mark]] = {}
    for match in _MARK.finditer(text):
        marks.setdefault(bisect_right(starts, match.start()) - 1, []).append(match.span())
    spans: list[Span] = []
    for number, inside in marks.items():
        if number >= 0:
            start, end = paragraphs[number]
            following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
            goes_on = following is not None and bool(_OPENING.match(text, following))
            spans += _of_paragraph(text, start, end, [mark for mark in inside if mark[1] <= end], goes_on)
    return spans


def _of_paragraph(text: str, start: int, end: int, marks: list[Mark], goes_on: bool) -> Iterator[Span]:
    """The quotations of one paragraph; `goes_on`: the next one begins with an opening mark."""
    done = start
    for number, (low, high) in enumerate(marks):
        if low < done or not _may_open(text, low, high, start, end):
            continue
        ahead = marks[number + 1 : number + 1 + _REACH]
        close = _closing(text, text[low:high], ahead, end)
        if close is None:
            stop = _unclosed(text, (low, high), ahead, (start, end), goes_on)
            if stop is not None:
                yield from _span(text, high, stop, low, stop, closed=False)
                done = stop
        elif _NICKNAME.fullmatch(text, max(start, low - 2), min(end, close[1] + 2)):
            done = close[1]
        else:
            yield from _span(text, high, close[0], low, close[1], closed=True)
            done = close[1]


def _span(text: str, start: int, end: int, outer_start: int, outer_end: int, *, closed: bool) -> Iterator[Span]:
    """The quotation without the blanks at its ends, unless there is no word of two letters in it."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if _WORD.search(words):
        yield Span(start, end, outer_start, outer_end, closed)


def _may_open(text: str, low: int, high: int, start: int, end: int) -> bool:
    """Whether a mark stands where a quotation may begin: before a word, and not right after one."""
    mark = text[low:high]
    if high >= end or text[high].isspace():
        return False
    if low == start:
        return mark not in ("''", "’") and not _ELISION.match(text, low)
    if mark in ("”", "’", "''") or (mark != "“" and text[low - 1] not in _BEFORE):
        return False
    if mark in _SINGLE:
        return not _ELISION.match(text, low) and (text[high].isalnum() or text[high] in _FIRST)
    return True


def _closing(text: str, opened: str, ahead: list[Mark], end: int) -> Mark | None:
    """The mark that closes a quotation: the first one of its kind that does not close an inner one."""
    if opened in _SINGLE:
        return _closing_single(text, ahead, end)
    closers, openers = _STYLES[opened]
    depth = 1
    for number, (low, high) in enumerate(ahead):
        mark = text[low:high]
        before_word = high < end and text[high].isalnum()
        after_blank = text[low - 1].isspace()
        if mark in openers:
            if not (before_word or after_blank):
                depth -= 1  # a slip: the opening mark was set where the closing one was meant
            elif sum(text[a:b] in ("”", "''", "»") for a, b in ahead[number:]) >= depth + (opened not in _STRAIGHT):
                depth += 1
            elif opened not in _STRAIGHT:
                return None  # the first one was never closed
        elif mark in closers and not (mark in _STRAIGHT and before_word and after_blank):
            depth -= 1
        if depth == 0:
            return low, high
    return None


def _closing_single(text: str, ahead: list[Mark], end: int) -> Mark | None:
    """The closing single mark, told from apostrophes: no letter follows it.

    After an s it may be a possessive ("the leaders’ table"): then a later mark wins, if there is one
    before the next opening mark.
    """
    possessive: Mark | None = None
    for low, high in ahead:
        mark = text[low:high]
        after = text[high : min(high + 2, end)]
        if mark == "‘" and not text[low - 1].isalnum():
            break
        if mark not in ("’", "'") or after[:1].isalnum() or text[low - 1].isspace():
            continue
        if text[low - 1] in "sz" and after[:1] == " " and after[1:].islower():
            possessive = possessive or (low, high)
            continue
        return low, high
    return possessive


def _unclosed(text: str, mark: Mark, ahead: list[Mark], paragraph: tuple[int, int], goes_on: bool) -> int | None:
    """Where a quotation without a closing mark ends; None for a stray mark.

    One that goes on in the next paragraph, and one that its paragraph begins with, fill the paragraph;
    but where another one opens before, it ends there.
    """
    low, high = mark
    start, end = paragraph
    opened = text[low:high]
    first = not text[start:low].strip()
    introduced = text[start:low].rstrip()[-1:] in (",", ":") and not ahead
    if opened in _SINGLE or not (first or goes_on or introduced):
        return None
    again = (a for a, b in ahead if text[a:b] == opened and text[a - 1].isspace())
    return end if goes_on else next(again, end)
