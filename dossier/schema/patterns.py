"""Regular expressions that a curator may write, /between slashes/.

They come from files that anybody may edit, and Python's matcher has no time limit: so patterns are
short and may not nest what makes matching explode.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

LONGEST = 200
MOST_REPEATS = 3

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
    return ""


def _repeats(source: str) -> tuple[int, bool]:
    """How often a pattern repeats something, and whether it repeats a group that repeats or chooses."""
    bare = re.sub(
        r"\[\^?\]?(?:\\.|[^\]\\])*\]", "c", re.sub(r"\\.", "c", source)
    )  # escapes and classes are one character
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
