"""Nodes in two arcs that face each other: names stand outside, lines run inside, so that none crosses a name.

There is nothing to settle and nothing random: the same ties give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from dossier.parts import Link
from dossier.pictures import Diagram, Edge, Label, Node
from dossier.views.labels import LINE, box, lines

FONT = 14.0  # units: pixels where the picture is shown in its own size
HEADING = 12.0
_ROOM = 112.0  # for a name
_CORE_ROOM = 80.0  # for the name in the middle of a star
_BESIDE = 6.0  # between a disc and its name
_ROWS = ((3, 26.0), (6, 18.0), (9, 13.0), (999, 9.0))  # between two names, by how many stand on one side
_BULGE = 0.16  # how much of its distance from the middle the first and the last of an arc give up
_NARROW, _BROAD = 480.0, 580.0
_FEW = 10
_EDGE = 4.0  # free all around
_SWEEPS = 4
_THINNEST = 1.6  # a line for one event
_CLEAR = 15  # lines that may be thick without hiding each other


@dataclass(frozen=True, slots=True)
class Member:
    """Who is to be shown; those of one `group` stand together under its name."""

    who: Link
    note: str
    group: str = ""
    number: str = ""
    radius: float = 8.0


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two members, by their addresses; `strength` is a count."""

    one: str
    other: str
    strength: int
    kind: Literal["event", "quotation"] = "event"


def star(name: str, members: Sequence[Member], ties: Sequence[Tie]) -> Diagram:
    """One entry in the middle and those it is tied to around it, in the order given, down each side."""
    half = (len(members) + 1) // 2
    nodes, _, height = _arcs([("", members[:half])], [("", members[half:])], _NARROW)
    words = lines(name, FONT, _CORE_ROOM)
    middle = height / 2
    first = middle - (len(words) - 1) * LINE * FONT / 2 + 0.35 * FONT
    centre = Label(_NARROW / 2, round(first, 1), "middle", words)
    around = box(centre, FONT)
    across, down = around.right - around.left + 16, around.bottom - around.top + 12
    core = (round(around.left - 8, 1), round(around.top - 6, 1), round(across, 1), round(down, 1))
    at = {node.who.uri: node for node in nodes}
    edges = tuple(
        Edge(
            f"M{_NARROW / 2:g} {middle:g}L{at[tie.other].x:g} {at[tie.other].y:g}",
            width,
            tie.kind,
            (tie.one, tie.other),
        )
        for tie, width in zip(ties, _widths(ties), strict=True)
    )
    return Diagram(_NARROW, height, nodes, edges, (), centre, core)


def ring(members: Sequence[Member], ties: Sequence[Tie]) -> Diagram:
    """All members by their groups, the groups that are tied to each other on opposite sides."""
    groups: dict[str, list[Member]] = {}
    for member in members:
        groups.setdefault(member.group, []).append(member)
    between = _weights(members, ties)
    left, right = _sides(groups, between)
    for _ in range(_SWEEPS):
        right = _sorted(right, left, between)
        left = _sorted(left, right, between)
    wide = _NARROW if len(members) <= _FEW else _BROAD
    nodes, headings, height = _arcs(left, right, wide)
    at = {node.who.uri: node for node in nodes}
    curves = tuple(
        _edge(at[tie.one], at[tie.other], tie, thick, wide) for tie, thick in zip(ties, _widths(ties), strict=True)
    )
    return Diagram(wide, height, nodes, curves, headings)


Groups = Sequence[tuple[str, Sequence[Member]]]
Weights = Mapping[str, Mapping[str, int]]


def _weights(members: Sequence[Member], ties: Iterable[Tie]) -> Weights:
    between: dict[str, dict[str, int]] = {member.who.uri: {} for member in members}
    for tie in ties:
        for a, b in ((tie.one, tie.other), (tie.other, tie.one)):
            between[a][b] = between[a].get(b, 0) + tie.strength
    return between


def _sides(groups: Mapping[str, Sequence[Member]], between: Weights) -> tuple[Groups, Groups]:
    """Share the groups out: the strongest first, each opposite those it is tied to, while both sides have room.

    A group that would make one side far longer than the other stands on both.
    """
    half = (sum(map(len, groups.values())) + 1) // 2
    parts: list[tuple[str, Sequence[Member]]] = []
    for name, found in groups.items():
        cut = (len(found) + 1) // 2 if len(found) > half + 2 or len(groups) == 1 else len(found)
        parts += [(name, part) for part in (found[:cut], found[cut:]) if part]
    strength = [sum(sum(between[m.who.uri].values()) for m in found) for _, found in parts]
    sides: tuple[list[tuple[str, Sequence[Member]]], ...] = ([], [])
    for n in sorted(range(len(parts)), key=lambda n: (parts[n][0] == "", -strength[n], parts[n][0], n)):
        mine = parts[n][1]
        held = [[m.who.uri for _, found in side for m in found] for side in sides]
        ties = [sum(between[m.who.uri].get(uri, 0) for m in mine for uri in uris) for uris in held]
        full = [len(uris) + len(mine) > half for uris in held]
        if all(full):
            ties = [0, 0]  # then the shorter side has to take it
        side = min((0, 1), key=lambda s: (full[s], ties[s], len(held[s]), s))
        sides[side].append(parts[n])
    return sides[0], sides[1]


def _sorted(side: Groups, opposite: Groups, between: Weights) -> Groups:
    """Groups, and the members in them, at the height of those they are tied to on the opposite side."""
    count = sum(len(found) for _, found in opposite) or 1
    heights = {m.who.uri: n / count for n, m in enumerate(m for _, found in opposite for m in found)}

    def height(members: Sequence[Member]) -> float:
        tied = [(heights[u], w) for m in members for u, w in between[m.who.uri].items() if u in heights]
        total = sum(w for _, w in tied)
        return round(sum(h * w for h, w in tied) / total, 6) if total else 1.0

    ranked = [(name, sorted(found, key=lambda m: (height([m]), m.who.text))) for name, found in side]
    return sorted(ranked, key=lambda group: (group[0] == "", height(group[1]), group[0]))


def _arcs(left: Groups, right: Groups, wide: float) -> tuple[tuple[Node, ...], tuple[Label, ...], float]:
    """The discs with their names, the headings of the groups, and the height of it all."""
    most = max(sum(len(members) for _, members in side) for side in (left, right))
    row = next(space for count, space in _ROWS if most <= count)
    tall = max(_height(left, row), _height(right, row)) + 2 * _EDGE
    nodes: list[Node] = []
    headings: list[Label] = []
    for groups, side in ((left, "left"), (right, "right")):
        y = (tall - _height(groups, row) + row) / 2
        for name, members in groups:
            if name:
                y += HEADING * LINE
                headings.append(_beside(side, _x(side, y, tall, wide), 8.0, y, lines(name, HEADING, _ROOM, 1)))
                y += row / 2
            for member in members:
                words, need = lines(member.who.text, FONT, _ROOM), _need(member)
                at = y + need / 2
                x = _x(side, at, tall, wide)
                first = at - (len(words) - 1) * LINE * FONT / 2 + 0.35 * FONT
                label = _beside(side, x, member.radius, first, words)
                nodes.append(Node(member.who, x, round(at, 1), member.radius, label, member.note, member.number))
                y += need + row
    return tuple(nodes), tuple(headings), float(round(tall))


def _need(member: Member) -> float:
    """The height that a member's disc and name need."""
    return max(1.1 * FONT + (len(lines(member.who.text, FONT, _ROOM)) - 1) * LINE * FONT, 2 * member.radius)


def _height(groups: Groups, row: float) -> float:
    """The height of an arc, with `row` after each name."""
    return sum(
        (HEADING * LINE + row / 2 if name else 0) + sum(_need(m) + row for m in members) for name, members in groups
    )


def _x(side: str, y: float, tall: float, wide: float) -> float:
    """Where a disc stands: on the arc of its side, nearer to the middle at its ends."""
    outmost = wide / 2 - _ROOM - _BESIDE - 14.0 - _EDGE
    t = min(abs(2 * y / tall - 1), 1.0)
    away = outmost * (1 - _BULGE * (1 - sqrt(1 - t * t)))
    return round(wide / 2 + (away if side == "right" else -away), 1)


def _beside(side: str, x: float, radius: float, y: float, words: tuple[str, ...]) -> Label:
    away = radius + _BESIDE
    if side == "right":
        return Label(round(x + away, 1), round(y, 1), "start", words)
    return Label(round(x - away, 1), round(y, 1), "end", words)


def _widths(ties: Sequence[Tie]) -> list[float]:
    """How thick the lines are: from one event up to the strongest tie, less thick where there are many."""
    thickest = 6.0 if len(ties) <= _CLEAR else 3.5
    strongest = max((tie.strength for tie in ties if tie.kind == "event"), default=1)
    more = min(0.75, (thickest - _THINNEST) / max(strongest - 1, 1))
    return [round(_THINNEST + more * (tie.strength - 1), 1) if tie.kind == "event" else 1.0 for tie in ties]


def _edge(one: Node, other: Node, tie: Tie, thick: float, wide: float) -> Edge:
    """A curve that leaves and arrives level, inside the arcs."""
    middle = wide / 2
    a, b = (1 if node.x < middle else -1 for node in (one, other))
    x1, x2 = one.x, other.x
    head = ""
    if tie.kind == "quotation":
        x2 += b * (other.radius + 1)
        head = f"M{x2:.1f} {other.y:g}l{b * 8} -4v8z"
        x2 += b * 7
    if a != b:
        c1 = c2 = middle
    else:
        away = min(18 + 0.4 * abs(one.y - other.y), 1.3 * abs(middle - one.x))
        c1, c2 = x1 + a * away, x2 + b * away
    path = f"M{x1:.1f} {one.y:g}C{c1:.1f} {one.y:g} {c2:.1f} {other.y:g} {x2:.1f} {other.y:g}"
    return Edge(path, thick, tie.kind, (tie.one, tie.other), head)
