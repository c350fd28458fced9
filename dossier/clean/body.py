"""Where the article stands among the lines of a dump: the run of lines that reads most like prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.clean.closing import closing_rule_of
from dossier.clean.decode import Line
from dossier.clean.furniture import BULLETS

_ENDS = frozenset(".!?…:;。！？")
_QUOTES = "”\"’'»」)]"
_WIDE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_CUT_SHORT = re.compile(r".*(?:\[?(?:…|\.\.\.?)\]?)(?: ?(?:read more|more|continue reading))?\W*", re.I)

# In words of prose: what a line that is no sentence counts against the run it stands in. A short line
# alone may be a crosshead; several in a row are a menu or a list of teasers. An advertisement or a picture
# stands between paragraphs; a byline, a date or a heading for links begins something else.
_SHORT, _SHORT_AGAIN, _CUT_OFF, _FURNITURE = -8.0, -12.0, -3.0, -15.0
_WEIGHT = {"sponsor": -3.0, "caption": -8.0, "marker": -8.0, "read-next": -8.0, "time": -20.0}
_WEIGHT |= dict.fromkeys(("share", "byline", "comments", "related", "legal", "subscription"), -30.0)
_PAGE = frozenset(
    ("sponsor", "cookies", "comments", "share", "navigation", "legal", "related", "subscription", "location")
)  # fmt: skip
_MOST_WORDS = 45
_ARTICLE = 60.0  # so much prose before a heading for comments is the article
_POINTERS, _LISTED = ("related", "read-next"), -6.0
_LIST, _LAST = 8, 5  # links below the heading of a list; last lines that are looked at for notes


def weight(text: str, rule: str | None, again: bool = False) -> float:
    """How much a line reads like prose: its words if it is a sentence, below zero if it is not.

    `again`: the line before was no prose either.
    """
    if rule:
        return _WEIGHT.get(rule, _FURNITURE)
    words = text.count(" ") + 1
    if not text.isascii() and (wide := len(_WIDE.findall(text))):
        words += wide // 2  # scripts without spaces: two characters make about a word
    if words >= 5 and (text[-1] in _ENDS or text.rstrip(_QUOTES)[-1:] in _ENDS):
        return _CUT_OFF if text[-1] in "…]." and _CUT_SHORT.fullmatch(text[-30:]) else min(words, _MOST_WORDS)
    if words >= 20:
        return 0.5 * min(words, _MOST_WORDS)
    return _SHORT_AGAIN if again else _SHORT


def best_run(weights: Sequence[float]) -> tuple[int, int]:
    """The run (start, end; end exclusive) whose weights add up to the most; empty if none is above zero.

    Kadane's algorithm for the maximum subarray (J. Bentley, Programming Pearls, 1984).
    """
    best, at, total, start = 0.0, (0, 0), 0.0, 0
    for place, value in enumerate(weights):
        if total <= 0:
            total, start = 0.0, place
        total += value
        if total > best:
            best, at = total, (start, place + 1)
    return at


def find_body(lines: Sequence[Line], rules: Sequence[str | None]) -> tuple[int, int]:
    """The first and the last line (end exclusive) of the article's text."""
    weights: list[float] = []
    prose, after_comments, listed = 0.0, False, 0
    for line, rule in zip(lines, rules, strict=True):
        value = weight(line.text, rule, bool(weights) and weights[-1] < 0)
        listed = _LIST if rule in _POINTERS else listed - 1 if listed and value < 0 else 0
        if listed and not rule:
            value = _LISTED  # its heading has said already that it is no prose
        if value > 0:
            prose += value
            value *= 0.1 if after_comments else 1.0  # readers write prose, too
        after_comments |= rule == "comments" and prose >= _ARTICLE
        weights.append(value)
    return best_run(weights)


def is_page(rules: Sequence[str | None]) -> bool:
    """Whether a file shows more than an article: a text without any furniture is the article as a whole."""
    return any(rule in _PAGE for rule in rules)


def within(lines: Sequence[Line], rules: Sequence[str | None], start: int, end: int) -> dict[int, str]:
    """The lines of a body that its place gives away: links below a heading for links, notes at the end."""
    found: dict[int, str] = {}
    listed, bulleted = 0, False
    for place in range(start, end):
        text = lines[place].text
        if rules[place] in _POINTERS:
            listed, bulleted = _LIST, False
        elif listed and weight(text, None) < 0 and (text[0] in BULLETS or not bulleted):
            found.setdefault(place, "related")
            listed, bulleted = listed - 1, text[0] in BULLETS
        else:
            listed = 0
    for place in range(end - 1, max(start, end - _LAST) - 1, -1):
        if rule := closing_rule_of(lines[place].text):
            found[place] = rule
        elif weight(lines[place].text, None) > 0:
            break
    return found
