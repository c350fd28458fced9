"""How much Markdown may ask of its reader.

Python-Markdown looks for the end of every bracket, takes the lines of a block off one by one, and
reads what is nested by calling itself: a hostile text of ten thousand characters can keep it busy
for minutes, or break it. So the texts that it is given are measured first.
"""

from __future__ import annotations

import re

#: The most characters that a field in Markdown may have.
LONGEST = 30_000
#: The most lists and quotations inside one another.
DEEPEST = 20

_MARKERS = re.compile(rf"^[ \t]*(?:(?:[-*+>]|\d{{1,9}}[.)])[ \t]+|>){{{DEEPEST + 1}}}", re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"^(?: {0,3}#{1,6}|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)
_INLINE = re.compile(r"[&*_`<>\\{!]")
_PIECE = re.compile(r"\n(?=[ \t]*(?:[-*+|>]|\d+[.)])[ \t])")
#: The most headings; each gets an id that no other has.
MOST_HEADINGS = 1000
# About two seconds of CPU time: every open bracket is looked for in all its paragraph (0.1 µs a
# character), every line is taken off its block by copying the rest of it (0.02 µs a line), and
# whatever else is markup in a paragraph by copying the paragraph.
_MOST = 20_000_000
_LINE, _SIGN = 0.2, 0.005


def markdown_fault(text: str) -> tuple[int, str] | None:
    """What is too much in a Markdown text: where (an offset), and what to write; None if nothing is.

    >>> markdown_fault("- one\\n    - two [a](b.md)")
    >>> markdown_fault("a\\n\\n" + "> " * 21)
    (3, 'lists and quotations are nested more than 20 deep here; flatten them')
    """
    if deep := _MARKERS.search(text):
        return deep.start(), f"lists and quotations are nested more than {DEEPEST} deep here; flatten them"
    headings = [match.start() for match in _HEADING.finditer(text)]
    if len(headings) > MOST_HEADINGS:
        return headings[MOST_HEADINGS], f"the text has more than {MOST_HEADINGS} headings; divide it"
    spent, place = 0.0, 0
    for block in _BLOCK.split(text):
        spent += _LINE * block.count("\n") ** 2
        for piece in _PIECE.split(block):
            spent += (piece.count("[") + _SIGN * len(_INLINE.findall(piece))) * len(piece)
        if spent > _MOST:
            return text.index(block, place), "too many brackets or lines without a break; put blank lines between them"
        place += len(block)
    return None
