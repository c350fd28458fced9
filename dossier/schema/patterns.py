"""Regular expressions that a curator may write, /between slashes/.

They come from files that anybody may edit, and Python's matcher has no time limit: so patterns are
short, may not nest what makes matching explode, see only the beginning of a line, and have so much
time for an article and no more.
"""

from __future__ import annotations

import math
import re
import time
import warnings
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 200
MOST_REPEATS = 2
LONGEST_LINE = 300  # how much of a line a pattern sees
# How many ways there may be to try a pattern on a line: every repeat may end anywhere, and may have begun anywhere.
_MOST_WAYS = 30_000_000
_MOST_SECONDS = 2.0

_REPEAT = re.compile(r"[*+?]|\{\d*,?\d*\}")


def regex_in(text: str) -> str | None:
    """The regular expression in a text between slashes; None for a text that stands for itself.

    >>> regex_in("/^Sponsor:/"), regex_in("and/or"), regex_in("//")
    ('^Sponsor:', None, None)
    """
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "/" else None


@lru_cache(maxsize=1024)
def pattern_fault(source: str) -> str:
    """What is wrong with a regular expression, and what to write; empty if nothing is."""
    if len(source) > LONGEST:
        return f"the pattern has {len(source)} characters; write one of at most {LONGEST}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python will read otherwise one day
            re.compile(source)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        return f"/{source}/ is not a regular expression ({error}); mend it, or write the line without slashes"
    repeats, nested = _repeats(source)
    if nested:
        return f"/{source}/ repeats a group that holds a repeat or a choice; write it without the outer repeat"
    if repeats > MOST_REPEATS:
        return f"/{source}/ has {repeats} repeats; write it with at most {MOST_REPEATS}"
    if math.comb(LONGEST_LINE + 1, repeats + 1) * _choices(source) > _MOST_WAYS:
        return f"/{source}/ can be tried in too many ways; write several patterns with fewer choices and repeats"
    return ""


class Lines:
    """The lines that some patterns mean, each as a full text or between slashes.

    Once the patterns have taken two seconds of CPU time, they mean no further line, and are `slow`.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        found = [(pattern, regex_in(pattern)) for pattern in patterns]
        self.texts = frozenset(pattern for pattern, source in found if source is None)
        self.regexes = [re.compile(source) for _, source in found if source is not None and not pattern_fault(source)]
        self.left = _MOST_SECONDS

    @property
    def slow(self) -> bool:
        """Whether the patterns took too long."""
        return self.left <= 0

    def mean(self, line: str) -> bool:
        """Whether one of the patterns means a line."""
        if line in self.texts:
            return True
        if not self.regexes or self.slow:
            return False
        began = time.process_time()
        hit = any(regex.search(line[:LONGEST_LINE]) for regex in self.regexes)
        self.left -= time.process_time() - began
        return hit


def _choices(source: str) -> int:
    """In how many ways the choices of a pattern can be made, one after the other."""
    bare = _bare(source)
    optional = len(re.findall(r"(?<![*+?}(])\?|\{0?,1\}", bare))
    choices, open_groups = 1, [1]
    for char in bare:
        if char == "(":
            open_groups.append(1)
        elif char == "|":
            open_groups[-1] += 1
        elif char == ")" and len(open_groups) > 1:
            choices *= open_groups.pop()
    return choices * math.prod(open_groups) * (1 << min(optional, 64))


def _bare(source: str) -> str:
    """A pattern with every escape and every class as one character."""
    return re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "c", re.sub(r"\\.", "c", source))


def _repeats(source: str) -> tuple[int, bool]:
    """How often a pattern repeats something, and whether it repeats a group that repeats or chooses."""
    bare = _bare(source)
    count, nested = 0, False
    varied = [False]  # for every open group: whether it holds a repeat or a choice
    place = 0
    while place < len(bare):
        char = bare[place]
        place += 1
        if char == "(":
            varied.append(False)
            place += bare.startswith("?", place)  # (?: and its like are no repeat
        elif char == "|":
            varied[-1] = True
        elif char == ")" and len(varied) > 1:
            inside = varied.pop()
            varied[-1] |= inside
            if (repeat := _REPEAT.match(bare, place)) and repeat[0] != "?":
                nested |= inside
        elif (repeat := _REPEAT.match(bare, place - 1)) and bare[place - 2 : place - 1] not in ("(",):
            place = repeat.end()
            if bare[place : place + 1] in ("?", "+"):
                place += 1
            if repeat[0] != "?":
                count += 1
            varied[-1] = True
    return count, nested
