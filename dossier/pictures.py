"""The parts that pictures are made of: frozen values, with nothing left to compute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dossier.parts import Link


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a picture, line by line; `x, y` is where the first line stands, `anchor` how it stands there."""

    x: float
    y: float
    anchor: Literal["start", "middle", "end"]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An entry as a disc in a picture, with its name beside it and a `number` in it."""

    who: Link
    x: float
    y: float
    radius: float
    label: Label
    note: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes as SVG path data; `head` is the arrow at its end, if it has a direction."""

    path: str
    width: float
    kind: Literal["event", "quotation"]
    ends: tuple[str, str]
    head: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Who is tied to whom, as a picture that begins at 0, 0.

    `centre` names whom it is about, in the rectangle `core`: left, top, width, height.
    """

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    headings: tuple[Label, ...] = ()
    centre: Label | None = None
    core: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A country in a picture: its outline as SVG path data or, where it is too small, a dot at `x, y`.

    `shade` is the class it is in, 0 for one that no event concerns.
    """

    country: Link
    shade: int
    note: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A map: the part of the world it shows as an SVG view box, and what stands in it.

    `land` is all that is not in `areas`, `crowd` countries that are shaded but too many for links.
    `dot` and `font` are sizes for a wide screen, `narrow_font` is that of the fewer labels for a
    narrow one; all in units of the view box.
    """

    x: float
    y: float
    width: float
    height: float
    land: str
    crowd: tuple[tuple[int, str], ...]
    areas: tuple[Area, ...]
    labels: tuple[Label, ...]
    narrow_labels: tuple[Label, ...]
    font: float
    narrow_font: float
    dot: float
    #: For each class that is used: its number and what it means.
    legend: tuple[tuple[int, str], ...]
    note: str
