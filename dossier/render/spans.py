"""What stands between an opening and a closing sign, found in one pass however many never close."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator


def code_spans(text: str, ends: str = r"\n") -> Iterator[tuple[int, int, int]]:
    """The spans of code: start, end, and how many backticks are on each side. None crosses what `ends` matches.

    >>> [("`a` ``b`c`` `d"[start:end], marks) for start, end, marks in code_spans("`a` ``b`c`` `d")]
    [('`a`', 1), ('``b`c``', 2)]
    """
    runs = list(re.finditer(rf"(?<!\\)`+|{ends}", text))
    closing: dict[int, int] = {}
    ahead: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        if runs[number][0][0] != "`":
            ahead.clear()
            continue
        length = len(runs[number][0])
        if length in ahead:
            closing[number] = ahead[length]
        ahead[length] = number
    number = 0
    while number < len(runs):
        if number in closing:
            yield runs[number].start(), runs[closing[number]].end(), len(runs[number][0])
            number = closing[number]
        number += 1


def enclosed(
    text: str, opening: re.Pattern[str], closing: Callable[[re.Match[str]], str], *, across: bool = True
) -> Iterator[tuple[int, int]]:
    """The stretches from an opening to the first closing after it; `across`: they may run over lines.

    >>> text = "{{ a }} {{ {{ b }}"
    >>> [text[a:b] for a, b in enclosed(text, re.compile(r"{{"), lambda _: "}}", across=False)]
    ['{{ a }}', '{{ {{ b }}']
    """
    nearest: dict[str, tuple[int, int]] = {}
    done = line_end = 0
    for match in opening.finditer(text):
        if match.start() < done:
            continue
        sign = closing(match)
        if nearest.get(sign, (0, 0))[0] < match.end():
            hit = re.compile(sign).search(text, match.end())
            nearest[sign] = hit.span() if hit else (len(text) + 1, len(text) + 1)
        _, end = nearest[sign]
        if not across and line_end < match.end():
            line_end = text.find("\n", match.end())
            line_end = len(text) if line_end < 0 else line_end
        if end <= (len(text) if across else line_end):
            yield match.start(), end
            done = end
