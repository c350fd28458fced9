"""Changing some fields of an entry's file: every other line stays as it is, and no comment is lost."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dossier.export.drafts import flow
from dossier.load.tree import Tree

WIDTH = 110

_LINE = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|\\Z)")  # as YAML counts them
_PASSED = re.compile(r"\s*\Z|#|\.\.\.")  # behind a field, and not part of it
_TRAILING = re.compile(r"[ \t]#.*")


class UnwritableError(Exception):
    """A value that cannot be written so that it is read again as it is."""


def edited(text: str, changes: Mapping[str, Any], order: Sequence[str]) -> str:
    """The text of a file with some fields changed, added or, for None, taken out.

    `order` says where new fields go. `text` must be a sound file of an entry. Comments that stood within a
    field stand before it afterwards. Raises UnwritableError where the new text would not be read as meant.
    """
    data, lines, spans = _spans(text)
    if spans is None:  # all in braces, or on one line
        rest = {name: value for name, value in (data | dict(changes)).items() if value is not None}
        pieces = [*_comments(text), *(line for name, value in rest.items() for line in field(name, value))]
    else:
        pieces = _spliced(lines, spans, changes, order)
    end = "\r\n" if "\r\n" in text else "\n"
    made = "".join(piece if _ended(piece) else piece + end for piece in pieces)
    meant = {name: plain(value) for name, value in (data | dict(changes)).items() if value is not None}
    if read(made) != meant:
        raise UnwritableError("this cannot be written so that it is read as meant; edit the file by hand")
    return made


def field(name: str, value: Any) -> list[str]:
    """A field as lines of YAML: short lists in brackets, rows below one another, long texts folded.

    >>> field("tags", ["a", "b"]), field("positions", [{"title": "Envoy", "start": "2020"}])
    (['tags: [a, b]'], ['positions:', '  - title: Envoy', '    start: 2020'])
    """
    key = flow(name)
    if isinstance(value, str) and (long := _long(value)):
        return [f"{key}: {long[0]}", *(f"  {line}" if line else "" for line in long[1:])]
    flat = f"{key}: {flow(value)}"
    rows = isinstance(value, list) and any(isinstance(item, dict) for item in value)
    if not rows and (len(flat) <= WIDTH or not isinstance(value, (list, dict))):
        return [flat]
    if isinstance(value, dict):
        return [f"{key}:", *(f"  {line}" for name, one in value.items() for line in field(name, one))]
    return [f"{key}:", *(f"  {line}" for item in value for line in _item(item))]


def read(text: str) -> dict[str, Any] | None:
    """The fields of a file; None where something is wrong with it."""
    tree = Tree("")
    tree.read(text.removeprefix("\ufeff"))
    root = {} if tree.root is None else tree.root
    return root if not tree.problems and isinstance(root, dict) else None


def plain(value: Any) -> Any:
    """A value as it is read again: every scalar is its text.

    >>> plain({"draft": True, "credibility": 2})
    {'draft': 'true', 'credibility': '2'}
    """
    match value:
        case dict():
            return {name: plain(one) for name, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case bool():
            return str(value).lower()
    return str(value)


def _item(item: Any) -> list[str]:
    if not isinstance(item, dict):
        return [f"- {flow(item)}"]
    first, *more = [line for name, one in item.items() for line in field(name, one)]
    return [f"- {first}", *(f"  {line}" if line else "" for line in more)]


def _long(text: str) -> list[str] | None:
    """A text of several or of long lines as a block, its mark first; None where quotes are needed, or nothing."""
    lines = text.split("\n")
    sound = text.isprintable() if len(lines) == 1 else all(line.isprintable() for line in lines)
    if not sound or text != text.strip() or any(line != line.strip() for line in lines):
        return None
    if len(lines) > 1:
        return ["|-", *lines]
    if len(text) <= WIDTH - 12 or "  " in text:
        return None
    return [">-", *textwrap.wrap(text, WIDTH - 2, break_long_words=False, break_on_hyphens=False)]


Span = tuple[int, int]


def _spans(text: str) -> tuple[dict[str, Any], list[str], dict[str, Span] | None]:
    """The fields of a file, its lines, and the lines of each field as (first, behind the last), from 0.

    No spans where the fields do not begin lines of their own.
    """
    tree = Tree("")
    tree.read(text.removeprefix("\ufeff"))
    lines = [line for line in _LINE.findall(text) if line]
    if tree.problems or not isinstance(tree.root, dict | None):
        raise UnwritableError("something is wrong with the file; mend it by hand: dossier check tells what")
    starts = {str(loc[0]): place for loc, place in tree.keys.items() if len(loc) == 1}
    rows = [line for line, _ in starts.values()]
    if any(column != 1 for _, column in starts.values()) or len({*rows}) < len(rows):
        return tree.root or {}, lines, None
    spans: dict[str, Span] = {}
    if not starts:
        return {}, lines, spans
    for name, behind in zip(starts, [*(row - 1 for row in rows[1:]), len(lines)], strict=True):
        first = starts[name][0] - 1
        while behind > first + 1 and _PASSED.match(lines[behind - 1]):
            behind -= 1
        spans[name] = (first, behind)
    return tree.root or {}, lines, spans


def _spliced(
    lines: Sequence[str], spans: Mapping[str, Span], changes: Mapping[str, Any], order: Sequence[str]
) -> list[str]:
    """The lines with the changed fields in their places."""
    instead: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    gone: set[int] = set()
    for name, value in changes.items():
        if name in spans:
            first, last = spans[name]
            gone |= {*range(first, last)}
            instead[first] = _renewed("".join(lines[first:last]), name, value)
    for name in sorted(changes.keys() - spans.keys(), key=lambda one: order.index(one) if one in order else len(order)):
        if changes[name] is not None:
            behind.setdefault(_place(name, spans, order, lines), []).extend(field(name, changes[name]))
    made = [*behind.get(0, [])]
    for number, line in enumerate(lines):
        made += instead.get(number, [])
        made += [line] if number not in gone else []
        made += behind.get(number + 1, [])
    return made


def _place(name: str, spans: Mapping[str, Span], order: Sequence[str], lines: Sequence[str]) -> int:
    """The number of lines that stand before a new field: behind the field that comes before it in order."""
    before = order[: order.index(name)] if name in order else order
    ends = [spans[one][1] for one in before if one in spans]
    if ends:
        return max(ends)
    starts = [span[0] for span in spans.values()]
    return min(starts, default=len(lines))


def _renewed(old: str, name: str, value: Any) -> list[str]:
    """The new lines of a field, with the comments of the old ones."""
    kept = _comments(old)
    if value is None:
        return kept
    new = field(name, value)
    aside = len(kept) == 1 and len(new) == 1 and len(old.splitlines()) == 1 and new[0][-1] not in "|>-"
    return [f"{new[0]}  {kept[0]}"] if aside else [*kept, *new]


def _comments(text: str) -> list[str]:
    """The comments of a text: what can be taken out of it without its data changing."""
    found = []
    lines = [line for line in _LINE.findall(text) if line]
    data = read(text)
    for number, line in enumerate(lines):
        for start in [0] if line.lstrip().startswith("#") else [one.start() + 1 for one in _starts(line)]:
            without = [*lines[:number], f"{line[:start].rstrip()}\n", *lines[number + 1 :]]
            if read("".join(without)) == data:
                found.append(line[start:].strip())
                break
    return found


def _starts(line: str) -> Iterable[re.Match[str]]:
    """Where a comment may begin behind something, the first place first."""
    place = 0
    while one := _TRAILING.search(line, place):
        yield one
        place = one.start() + 1


def _ended(line: str) -> bool:
    return line.endswith(("\n", "\r", "\x85", "\u2028", "\u2029"))
