"""The outlines of countries for a map of the world, as `cartography.py` made them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shape:
    """A country on the map, in the map's units.

    `path` is SVG path data, or None where the country is too small for an outline. `x, y` is a place
    inside it, near its middle, for a dot or a label, and `area` what it covers: 0 without an outline.
    """

    path: str | None = field(repr=False)
    x: float
    y: float
    area: int


@dataclass(frozen=True, slots=True)
class WorldMap:
    """A map of the world in Equal Earth projection, without the Antarctic.

    `width` and `height` are those of an SVG view box that begins at 0, 0. `note` must stand under
    every picture made of it: it says how disputed territories are shown. `shapes` has every country
    and territory but Antarctica, by its ISO 3166-1 code, in order.
    """

    width: int
    height: int
    note: str
    shapes: Mapping[str, Shape] = field(repr=False)


@cache
def shapes() -> WorldMap:
    """The map of the world that comes with the package."""
    data = json.loads(files("dossier.countries").joinpath("shapes.json").read_text("utf-8"))
    found = {
        code: Shape(shape["path"] or None, shape["x"], shape["y"], shape["area"])
        for code, shape in data["shapes"].items()
    }
    return WorldMap(data["width"], data["height"], data["note"], MappingProxyType(found))
