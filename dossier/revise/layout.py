"""Changing a stretch of a YAML file and leaving the rest as it is: comments, quotes, blanks, line ends.

A library that reads a file and writes it out again keeps the comments, but lays the file out anew. So the
text is cut and joined where the parser says that things stand. Each function takes and returns the text
of a whole file. Whether it then says what it should is for the caller to see: nothing here knows YAML well
enough to be believed unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from dossier.export.drafts import flow, scalar
from dossier.load.nodes import Node, nodes
from dossier.model import Loc

_BREAK = re.compile(r"\r\n|[\r\n]")


def with_scalar(text: str, loc: Loc, old: str, new: str) -> str:
    """The text with another scalar at a location, in the quotes that stand there."""
    node = _root(text).at(loc)
    raw = text[node.start : node.end]
    if old and raw.count(old) == 1 and (node.quotes or new != "null"):
        raw = raw.replace(old, new)
    else:  # broken over lines, or written with escapes
        raw = scalar(new) + (raw[len(raw.rstrip()) :] if node.quotes in ("|", ">") else "")
    return text[: node.start] + raw + text[node.end :]


def with_field(
    text: str, loc: Loc, name: str, value: object, lines: Sequence[str] = (), after: str | None = None
) -> str:
    """The text with a further field in the mapping at a location.

    `lines` are its lines as they are to stand there, without indentation; without them they are made of
    the `value`. `after` names the field that it is to follow; else it comes last.
    """
    node = _at(text, loc)
    if node is None or node.fields is None:  # nothing but comments
        return _below(text, len(text), [*(lines or [f"{scalar(name)}: {flow(value)}"])], 0)
    there = {key.value: (key, held) for key, held in node.fields}
    if name in there and there[name][1].start == there[name][1].end:  # the field is there, without a value
        place = there[name][1].end
        return f"{text[:place]} {flow(value)}{text[place:]}"
    if node.flow:
        return _in_brackets(text, node, f"{scalar(name)}: {flow(value)}")
    before = there.get(after or "", node.fields[-1])
    indent = node.fields[0][0].start - _line_start(text, node.fields[0][0].start)
    return _below(text, _end(text, before[1], before[0]), [*(lines or [f"{scalar(name)}: {flow(value)}"])], indent)


def with_item(text: str, loc: Loc, value: object, lines: Sequence[str] = ()) -> str:
    """The text with a further item in the list at a location; `lines` as with a field, without the dash."""
    node = _root(text).at(loc)
    if node.flow or not node.items:
        return _in_brackets(text, node, flow(value))
    first, last = node.items[0], node.items[-1]
    start = _line_start(text, first.start)
    dash = len(text[start : first.start]) - len(text[start : first.start].lstrip(" "))
    if text[start : first.start].strip() != "-":  # after other marks on its line: - - a
        dash = node.start - _line_start(text, node.start)
    gap = " " * max(1, first.start - start - dash - 1)
    body = list(lines) or [flow(value)]
    comments = list(takewhile(lambda line: line.startswith("#"), body)) if lines else []
    head, *rest = body[len(comments) :]
    block = [*comments, f"-{gap}{head}", *(f" {gap}{line}" if line else "" for line in rest)]
    return _below(text, _end(text, last), block, dash)


def without_field(text: str, loc: Loc, name: str) -> str:
    """The text without a field of the mapping at a location."""
    node = _at(text, loc)
    if node is None or node.fields is None:
        return text
    places = [(key.start, value.end, _end(text, value, key)) for key, value in node.fields]
    return _cut(text, node, places, [key.value for key, _ in node.fields].index(name))


def without_item(text: str, loc: Loc, n: int) -> str:
    """The text without an item of the list at a location."""
    node = _root(text).at(loc)
    return _cut(text, node, [(item.start, item.end, _end(text, item)) for item in node.items or ()], n)


def source_lines(text: str, start: int, node: Node, key: Node | None = None) -> list[str]:
    """The lines of a value from `start` on, comments above and behind it among them, without their indentation.

    Empty where it stands in brackets, or in the middle of a line.
    """
    line = _line_start(text, start)
    column = start - line
    lead = text[line:start]
    if lead.strip(" ") not in ("", "-"):
        return []
    body = _BREAK.split(text[line : _line_end(text, _end(text, node, key))])
    body[0] = " " * column + body[0][column:]
    above: list[str] = []
    while line and (prior := text[_line_start(text, _before(text, line)) : line]).strip().startswith("#"):
        above.insert(0, prior.strip())
        line -= len(prior)
    lines = [*above, *(one[min(column, len(one) - len(one.lstrip(" "))) :] for one in body)]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def says(text: str, data: object) -> bool:
    """Whether a text says exactly this."""
    try:
        node = nodes(text)
    except ValueError:
        return False
    return (_said(node) if node else {}) == data


def _said(node: Node) -> Any:
    if node.fields is not None:
        return {key.value: _said(value) for key, value in node.fields if value.start < value.end}
    return node.value if node.items is None else [_said(item) for item in node.items]


def _root(text: str) -> Node:
    node = nodes(text)
    return node if node else Node(len(text), len(text), value="")


def _at(text: str, loc: Loc) -> Node | None:
    node = nodes(text)
    return node.at(loc) if node else None


def _end(text: str, node: Node, key: Node | None = None) -> int:
    """Where the last word of a value stands: a list or mapping without brackets runs on over what follows it."""
    if node.start == node.end and key:
        return max(node.end, key.end)
    if node.quotes in ("|", ">"):
        return node.start + len(text[node.start : node.end].rstrip())
    if not node.flow and node.items:
        return max(_end(text, node.items[-1]), node.start + 1)
    if not node.flow and node.fields:
        return _end(text, node.fields[-1][1], node.fields[-1][0])
    return node.end


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _before(text: str, line: int) -> int:
    """The end of the line before one that starts here, without its break."""
    return line - 2 if text[line - 2 : line] == "\r\n" else line - 1


def _line_end(text: str, place: int) -> int:
    """The end of the line of a place, without its break."""
    found = _BREAK.search(text, place)
    return found.start() if found else len(text)


def _below(text: str, place: int, lines: Sequence[str], indent: int) -> str:
    """The text with further lines below the line of a place."""
    found = _BREAK.search(text)
    newline = found[0] if found else "\n"
    block = newline.join(f"{' ' * indent}{line}" if line else "" for line in lines)
    end = _line_end(text, place)
    rest = _BREAK.match(text, end)
    if rest:
        return f"{text[: rest.end()]}{block}{newline}{text[rest.end() :]}"
    if text and text[_line_start(text, len(text)) :].strip():
        return f"{text}{newline}{block}{newline}"
    return f"{text}{block}{newline}"


def _in_brackets(text: str, node: Node, words: str) -> str:
    """The text with further words behind the last that a list or mapping in brackets holds."""
    last = node.items[-1] if node.items else node.fields[-1][1] if node.fields else None
    place = last.end if last else node.start + 1
    return f"{text[:place]}{', ' if last else ''}{words}{text[place:]}"


def _cut(text: str, node: Node, places: Sequence[tuple[int, int, int]], n: int) -> str:
    """The text without the n-th of the parts of a list or mapping, each from, to, and to the end of its last word."""
    start, end, word = places[n]
    if node.flow:
        if n + 1 < len(places):
            return text[:start] + text[places[n + 1][0] :]
        if n:
            return text[: places[n - 1][1]] + text[end:]
        return text[:start] + text[end:].lstrip(" ,")
    line = _line_start(text, start)
    lead = text[line:start]
    stop = _line_end(text, word)
    rest = _BREAK.match(text, stop)
    stop = rest.end() if rest else stop
    if lead.strip(" -") == "" and lead.count("-") <= 1:
        if "-" in lead and node.fields:  # the first field of an item: the next one takes its place behind the dash
            return text[:start] + text[places[n + 1][0] :] if n + 1 < len(places) else text
        return text[:line] + text[stop:]
    return text[:start] + (text[places[n + 1][0] :] if n + 1 < len(places) else text[stop:])
