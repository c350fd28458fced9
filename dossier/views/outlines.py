"""The outlines of countries, ring by ring, so that a picture can show a part of the world in few bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from dossier import countries
from dossier.views.labels import Box

Point = tuple[int, int]

_RING = re.compile(r"M[^M]+")
_NUMBER = re.compile(r"-?\d+")
_FEWEST = 12  # points of a ring: below that none is left out
_LEAST_WIDTH = 420.0  # units of the world map, so that one small country still stands among its neighbours
_WIDEST, _TALLEST = 2.4, 1.6  # width to height
_CHIEF = 0.2  # of a country's largest ring: smaller ones (islands far away) do not widen the picture


@dataclass(frozen=True, slots=True)
class Ring:
    """One closed line of an outline: its path data and the rectangle around it."""

    path: str = field(repr=False)
    box: Box

    @property
    def span(self) -> float:
        """Its longer side."""
        return max(self.box.right - self.box.left, self.box.bottom - self.box.top)

    @property
    def cover(self) -> float:
        """The area of the rectangle around it."""
        return (self.box.right - self.box.left) * (self.box.bottom - self.box.top)


@cache
def rings(bend: int = 0) -> Mapping[str, tuple[Ring, ...]]:
    """The outline of every country that has one, by its code, the largest ring first.

    `bend` is how far, in units of area, a line may bend at every other point without the point
    being kept. Two countries lose the same points of the border they share, and none where three meet.
    """
    outlines = {
        code: [_points(path) for path in _RING.findall(shape.path or "")]
        for code, shape in countries.shapes().shapes.items()
    }
    fixed = _junctions(line for lines in outlines.values() for line in lines) if bend else frozenset()
    found = {}
    for code, lines in outlines.items():
        made = [_ring(_bends(line, bend, fixed) if bend else line) for line in lines]
        found[code] = tuple(sorted(made, key=lambda ring: -ring.cover))
    return found


def _points(path: str) -> list[Point]:
    """The points of a ring that is written as an absolute point and steps from there."""
    numbers = list(map(int, _NUMBER.findall(path)))
    x, y = numbers[0], numbers[1]
    points = [(x, y)]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _junctions(lines: Iterable[list[Point]]) -> frozenset[Point]:
    """The points that have more than two neighbours: where borders meet."""
    beside: dict[Point, set[Point]] = {}
    for line in lines:
        for n, point in enumerate(line):
            beside.setdefault(point, set()).update((line[n - 1], line[(n + 1) % len(line)]))
    return frozenset(point for point, others in beside.items() if len(others) > 2)


def _bends(line: list[Point], bend: int, fixed: frozenset[Point]) -> list[Point]:
    if len(line) < _FEWEST:
        return line
    kept = []
    for n, (x, y) in enumerate(line):
        (x0, y0), (x1, y1) = line[n - 1], line[(n + 1) % len(line)]
        area = abs((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / 2
        if (x, y) in fixed or (x + y) % 2 or area > bend:
            kept.append((x, y))
    return kept


def _ring(line: list[Point]) -> Ring:
    """Path data without a character to spare: a minus parts two numbers as well as a blank does."""
    x, y = line[0]
    steps = []
    for x1, y1 in line[1:]:
        steps += [str(x1 - x), str(y1 - y)]
        x, y = x1, y1
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    data = f"M{line[0][0]} {line[0][1]}l{' '.join(steps)}z".replace(" -", "-")
    return Ring(data, Box(min(xs), min(ys), max(xs), max(ys)))


def frame(codes: Iterable[str]) -> Box:
    """The part of the world to show so that these countries are in it, with a margin; all of it for none."""
    world = countries.shapes()
    boxes = [box for code in codes for box in _extent(code)]
    if not boxes:
        return Box(0.0, 0.0, float(world.width), float(world.height))
    left, right = min(b.left for b in boxes), max(b.right for b in boxes)
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    margin = 0.04 * max(right - left, bottom - top)
    width = max(right - left + 2 * margin, _LEAST_WIDTH, _TALLEST * (bottom - top + 2 * margin))
    width = min(width, world.width)
    height = min(max(bottom - top + 2 * margin, width / _WIDEST), world.height)
    return _moved_in((left + right) / 2, (top + bottom) / 2, width, height, world.width, world.height)


def _extent(code: str) -> list[Box]:
    outline = rings().get(code, ())
    if outline:
        return [ring.box for ring in outline if ring.cover >= _CHIEF * outline[0].cover]
    shape = countries.shapes().shapes.get(code)
    return [Box(shape.x, shape.y, shape.x, shape.y)] if shape else []


def _moved_in(x: float, y: float, width: float, height: float, most_x: float, most_y: float) -> Box:
    left = min(max(x - width / 2, 0), most_x - width)
    top = min(max(y - height / 2, 0), most_y - height)
    return Box(*(float(round(side)) for side in (left, top, left + width, top + height)))


def outline(code: str, frame: Box, least: float, bend: int = 0) -> str:
    """The path data of a country's rings that are in the frame, without those that are less long than `least`."""
    return "".join(ring.path for ring in rings(bend).get(code, ()) if ring.span >= least and ring.box.meets(frame))
