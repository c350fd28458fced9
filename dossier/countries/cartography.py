"""Make `shapes.json`, the outlines of the world map, from Natural Earth.

    python -m dossier.countries.cartography countries-110m.json

`countries-110m.json` is the TopoJSON file of that name in the npm package world-atlas. See
README.md beside this module. Longitudes and latitudes are in degrees, the map in units of which
it is `WIDTH` wide, with y downward.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Literal

from dossier.countries.table import source

Point = tuple[float, float]
Ring = list[Point]
Shapes = dict[str, list[Ring]]

WIDTH = 2000
#: The meridian in the middle. The map's edge then runs through the Bering Strait, and Russia is whole.
MIDDLE = 11.0
#: The parallels between which the map lies: all but the ice of the Antarctic.
SOUTH, NORTH = -57.0, 84.0
#: Islands smaller than this, in square units, are left out, unless they are all there is of a country.
SPECK = 3.0

NOTE = (
    "Borders as Natural Earth draws them, by who is in control, with four exceptions: Crimea is shown as part of "
    "Ukraine (United Nations General Assembly resolution 68/262), the north of Cyprus as part of Cyprus (Security "
    "Council resolution 541), Somaliland as part of Somalia, and Western Sahara whole, as in the United Nations' list "
    "of Non-Self-Governing Territories. The map takes no position on any territory."
)

#: Shapes of Natural Earth without a number, and the country they are drawn as.
UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
#: Places whose surroundings Natural Earth draws as part of another country: whose they are, and whose they are there.
MOVED: tuple[tuple[str, str, Point], ...] = (
    ("UA", "RU", (34.3, 45.3)),  # Crimea
    ("GF", "FR", (-53.0, 4.0)),  # French Guiana has an entry of its own,
    ("SJ", "NO", (16.0, 78.5)),  # and so has Svalbard: Spitsbergen,
    ("SJ", "NO", (23.0, 79.9)),  # Nordaustlandet
    ("SJ", "NO", (22.7, 78.0)),  # and Edgeøya
)
#: The part of Western Sahara that Morocco controls ends in the north at 27° 40'.
SAHARA: tuple[str, str, Point, float] = ("EH", "MA", (-13.0, 25.5), 27 + 40 / 60)


def equal_earth(place: Point) -> Point:
    """Project degrees with Equal Earth, in radii; its areas are true to each other.

    B. Šavrič, T. Patterson, B. Jenny: The Equal Earth map projection, IJGIS 33 (2019), eqs. 3-6.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = asin(sqrt(3) / 2 * sin(radians(place[1])))
    slope = a1 + 3 * a2 * theta**2 + 7 * a3 * theta**6 + 9 * a4 * theta**8
    x = 2 * sqrt(3) * radians(place[0] - MIDDLE) * cos(theta) / (3 * slope)
    return x, theta * (a1 + a2 * theta**2 + a3 * theta**6 + a4 * theta**8)


HALF = equal_earth((MIDDLE + 180, 0))[0]
TOP, BOTTOM = equal_earth((MIDDLE, NORTH))[1], equal_earth((MIDDLE, SOUTH))[1]
SCALE = WIDTH / (2 * HALF)
HEIGHT = round((TOP - BOTTOM) * SCALE)


def on_map(place: Point) -> Point:
    """Where a place lies on the map; its longitude must be within half a turn of the middle."""
    x, y = equal_earth(place)
    return (x + HALF) * SCALE, (TOP - y) * SCALE


def arcs_of(topology: Mapping[str, Any]) -> list[Ring]:
    """The lines of a TopoJSON file in degrees: each is a border that one or two shapes share."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def joined(indexes: Iterable[int], lines: Sequence[Ring]) -> Ring:
    """The ring that arcs make end to end; ~i is arc i backwards. The first point is not repeated."""
    ring: Ring = []
    for index in indexes:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        ring += line[:-1]
    return ring


def shapes_of(topology: Mapping[str, Any]) -> Shapes:
    """The rings of every country by its code, in degrees; parts that have no code are with their country."""
    codes = {row.numeric: row.alpha2 for row in source() if row.numeric}
    lines = arcs_of(topology)
    found: Shapes = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        code = codes[shape["id"]] if "id" in shape else UNNUMBERED[shape["properties"]["name"]]
        found.setdefault(code, []).extend(joined(ring, lines) for polygon in polygons for ring in polygon)
    return found


def move(shapes: Shapes, taker: str, giver: str, place: Point, north: float | None = None) -> None:
    """Give the ring around a place, or its part south of a parallel, from one country to another.

    Raises LookupError if the giver has no ring around the place.
    """
    moved = [ring for ring in shapes[giver] if encloses(ring, place)]
    if not moved:
        raise LookupError(f"no part of {giver} lies around {place}")
    shapes[giver] = [ring for ring in shapes[giver] if ring not in moved]
    if north is not None:
        shapes[giver] += [side(ring, north, axis=1, sign=1) for ring in moved]
        moved = [side(ring, north, axis=1, sign=-1) for ring in moved]
    shapes.setdefault(taker, []).extend(moved)


def without_inner_borders(rings: Iterable[Ring]) -> list[Ring]:
    """The rings around all the parts of one country: a step that is made both ways lies between two parts."""
    steps = {step: None for ring in rings for step in zip(ring, [*ring[1:], ring[0]], strict=True)}
    outer = [(a, b) for a, b in steps if a != b and (b, a) not in steps]
    onward: dict[Point, list[Point]] = {}
    for a, b in outer:
        onward.setdefault(a, []).append(b)
    merged = []
    for start, _ in outer:
        if not onward[start]:
            continue
        ring, point = [start], onward[start].pop(0)
        while point != start:
            ring.append(point)
            point = onward[point].pop(0)
        merged.append(ring)
    return merged


def encloses(ring: Sequence[Point], place: Point) -> bool:
    """Whether a ring goes round a place: a line from it crosses the ring an odd number of times."""
    x, y = place
    crossings = [
        x0 + (y - y0) * (x1 - x0) / (y1 - y0)
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y0 > y) != (y1 > y)
    ]
    return sum(x < crossing for crossing in crossings) % 2 == 1


def cut(ring: Ring) -> list[Ring]:
    """A ring as it lies on the map: in one piece, or in two where the map's edge runs through it.

    Steps of more than half a turn go the short way round; then what is beyond an edge comes in at
    the other.
    """
    east, west = MIDDLE + 180, MIDDLE - 180
    unrolled = [ring[0]]
    for lon, lat in ring[1:]:
        turns = round((unrolled[-1][0] - lon) / 360)
        unrolled.append((lon + 360 * turns, lat))
    pieces = []
    for turn in (-360, 0, 360):
        turned = [(lon + turn, lat) for lon, lat in unrolled]
        pieces.append(side(side(turned, west, axis=0, sign=1), east, axis=0, sign=-1))
    return [piece for piece in pieces if len(piece) > 2]


def side(ring: Ring, edge: float, *, axis: Literal[0, 1], sign: Literal[1, -1]) -> Ring:
    """What of a ring is beyond (sign 1) or before (-1) a meridian (axis 0) or parallel (axis 1).

    I. E. Sutherland, G. W. Hodgman: Reentrant polygon clipping, CACM 17 (1974).
    """
    kept: Ring = []
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was, now = (sign * (place[axis] - edge) >= 0 for place in (before, point))
        if was != now:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((edge, other) if axis == 0 else (other, edge))
        if now:
            kept.append(point)
    return kept


def rounded(ring: Ring) -> list[tuple[int, int]]:
    """A ring in whole units of the map, without points that say nothing."""
    points = [(round(x), round(y)) for x, y in map(on_map, ring)]
    points = [point for place, point in enumerate(points) if point != points[place - 1]]
    return [
        point
        for place, point in enumerate(points)
        if _turn(points[place - 1], point, points[(place + 1) % len(points)]) != 0
    ]


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    """Twice the signed area of a triangle; 0 where its corners are in line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def area(ring: Sequence[Point]) -> float:
    """The area of a ring, negative for a hole, by the shoelace formula."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2


def centre(ring: Sequence[Point]) -> Point:
    """The centroid of a ring or, where that is outside, the middle of its widest stretch at that height."""
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    doubled = 6 * area(ring)
    x = sum((x0 + x1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs) / doubled
    y = sum((y0 + y1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs) / doubled
    if encloses(ring, (x, y)):
        return x, y
    crossings = sorted(x0 + (y - y0) * (x1 - x0) / (y1 - y0) for (x0, y0), (x1, y1) in pairs if (y0 > y) != (y1 > y))
    left, right = max(zip(crossings[::2], crossings[1::2], strict=True), key=lambda span: span[1] - span[0])
    return (left + right) / 2, y


def path(rings: Iterable[Sequence[tuple[int, int]]]) -> str:
    """SVG path data: each ring from a place of the map on, in steps.

    >>> path([[(10, 10), (20, 10), (20, 15)]])
    'M10,10l10,0 0,5z'
    """
    parts = []
    for ring in rings:
        steps = (f"{x - x0},{y - y0}" for (x0, y0), (x, y) in pairwise(ring))
        parts.append(f"M{ring[0][0]},{ring[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def drawn(rings: Iterable[Ring]) -> dict[str, Any] | None:
    """The path of a country with its centre and area, or None if all of it is outside the map."""
    whole = [piece for ring in rings for piece in map(rounded, cut(ring)) if len(piece) > 2]
    whole.sort(key=lambda ring: -abs(area(ring)))
    shown = [ring for ring in whole if abs(area(ring)) >= SPECK] or whole[:1]
    if not shown:
        return None
    x, y = centre(shown[0])
    return {"path": path(shown), "x": round(x, 1), "y": round(y, 1), "area": round(abs(sum(map(area, shown))))}


def world_map(topology: Mapping[str, Any]) -> dict[str, Any]:
    """What `shapes.json` holds: the size of the map, what to say under it, and the shape of every country.

    A country too small for a shape of its own has a place only, and no path.
    """
    found = shapes_of(topology)
    del found["AQ"]
    for taker, giver, place in MOVED:
        move(found, taker, giver, place)
    move(found, *SAHARA)
    countries = {code: drawn(without_inner_borders(rings)) for code, rings in found.items()}
    for row in source():
        if row.alpha2 not in countries and SOUTH < row.latlng[0] < NORTH:
            lat, lon = row.latlng
            x, y = on_map((lon - 360 if lon > MIDDLE + 180 else lon + 360 if lon < MIDDLE - 180 else lon, lat))
            countries[row.alpha2] = {"path": "", "x": round(x, 1), "y": round(y, 1), "area": 0}
    return {"width": WIDTH, "height": HEIGHT, "note": NOTE, "shapes": dict(sorted(countries.items()))}


def main(topojson: str) -> None:
    """Write `shapes.json` beside this module, one country a line."""
    made = world_map(json.loads(Path(topojson).read_text("utf-8")))
    head = {name: value for name, value in made.items() if name != "shapes"}
    lines = (f"{json.dumps(code)}: {json.dumps(shape)}" for code, shape in made["shapes"].items())
    text = json.dumps(head)[:-1] + ', "shapes": {\n' + ",\n".join(lines) + "\n}}\n"
    Path(__file__).with_name("shapes.json").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
