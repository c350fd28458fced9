"""The outlines of the world map: complete, inside the picture, and showing what the note under it says."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.countries import Shape, builtin, cartography, shapes

WORLD = shapes()
STEPS = re.compile(r"M(-?\d+),(-?\d+)l((?:-?\d+,-?\d+ ?)+)z")


def rings(shape: Shape) -> list[list[tuple[int, int]]]:
    """The corners of an outline."""
    found = []
    for x, y, steps in STEPS.findall(shape.path or ""):
        ring = [(int(x), int(y))]
        for step in steps.split():
            dx, dy = step.split(",")
            ring.append((ring[-1][0] + int(dx), ring[-1][1] + int(dy)))
        found.append(ring)
    return found


def covers(shape: Shape, place: cartography.Point) -> bool:
    """Whether a place, in degrees, is within an outline."""
    return (
        sum(cartography.encloses([*map(as_floats, ring)], cartography.on_map(place)) for ring in rings(shape)) % 2 == 1
    )


def as_floats(point: tuple[int, int]) -> cartography.Point:
    """A corner as a point."""
    return float(point[0]), float(point[1])


def test_every_country_but_antarctica_is_on_the_map() -> None:
    """Each has an outline with an area or a place, all of it on the map; the file is small."""
    assert list(WORLD.shapes) == sorted({str(entry.iso) for entry in builtin().values()} - {"AQ"})
    for code, shape in WORLD.shapes.items():
        assert (shape.path is None) == (shape.area == 0), code
        for x, y in [(shape.x, shape.y), *(corner for ring in rings(shape) for corner in ring)]:
            assert 0 <= x <= WORLD.width, code
            assert 0 <= y <= WORLD.height, code
        if shape.path:
            assert STEPS.sub("", shape.path) == ""
    assert len(files("dossier.countries").joinpath("shapes.json").read_bytes()) <= 120_000


def test_the_dot_of_a_country_is_inside_it() -> None:
    """A dot or label at x, y does not land on a neighbour, even where the centroid does (Croatia)."""
    for code, shape in WORLD.shapes.items():
        if shape.area > 40:
            corners = [[*map(as_floats, ring)] for ring in rings(shape)]
            assert any(cartography.encloses(ring, (shape.x, shape.y)) for ring in corners), code


def test_no_outline_runs_across_the_map() -> None:
    """No step is longer than a border can be: nothing is drawn from one edge of the map to the other."""
    for code, shape in WORLD.shapes.items():
        for ring in rings(shape):
            assert max(abs(a[0] - b[0]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) < 150, code


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("UA", (34.3, 45.3)), ("UA", (30.5, 50.4)), ("RU", (37.6, 55.7)), ("RU", (-172.0, 66.5)),
        ("US", (-150.0, 65.0)),
        ("CY", (33.4, 35.3)), ("SO", (44.1, 9.6)), ("XK", (20.9, 42.6)), ("TW", (121.0, 24.0)), ("EH", (-13.0, 25.0)),
        ("PS", (35.3, 32.2)), ("GF", (-53.0, 4.0)), ("SJ", (16.0, 78.5)), ("LS", (28.2, -29.5)), ("ZA", (24.0, -30.0)),
    ],
)  # fmt: skip
def test_what_the_map_shows_where(code: str, place: cartography.Point) -> None:
    """Each place is within one country, and disputed ones are shown as the note says."""
    lon = place[0] + 360 if place[0] < cartography.MIDDLE - 180 else place[0]
    assert [c for c, shape in WORLD.shapes.items() if covers(shape, (lon, place[1]))] == [code]


def test_the_map_says_what_it_shows() -> None:
    """The note names the territories where the map departs from who is in control."""
    for words in ("Crimea", "68/262", "Cyprus", "Somaliland", "Western Sahara", "takes no position"):
        assert words in WORLD.note


def test_areas_are_true_to_each_other() -> None:
    """Equal Earth keeps areas: Brazil is 15 times France with its 544,000 km² in Europe."""
    shown = {code: shape.area for code, shape in WORLD.shapes.items()}
    assert shown["BR"] / shown["FR"] == pytest.approx(8_516 / 544, rel=0.05)
    assert shown["RU"] / shown["CN"] == pytest.approx(17_098 / 9_597, rel=0.05)


def test_small_countries_have_a_place() -> None:
    """Singapore, Malta and Tonga are too small for outlines, and lie where they lie."""
    for code, (lon, lat) in {"SG": (103.8, 1.37), "MT": (14.4, 35.9), "TO": (184.8, -20.0)}.items():
        shape = WORLD.shapes[code]
        assert shape.path is None
        assert (shape.x, shape.y) == pytest.approx(cartography.on_map((lon, lat)), abs=6)


LEFT = [(20.0, 0.0), (30.0, 0.0), (30.0, 10.0), (20.0, 10.0)]
RIGHT = [(30.0, 0.0), (40.0, 0.0), (40.0, 10.0), (30.0, 10.0)]
ISLAND = [(50.0, 0.0), (51.0, 0.0), (51.0, 1.0)]


def test_arcs_make_rings_forwards_and_backwards() -> None:
    """A shared border is one line, which one of two neighbours walks backwards."""
    topology = {"transform": {"scale": [10, 10], "translate": [20, 0]}, "arcs": [[[1, 0], [0, 1]], [[1, 1], [1, 0]]]}
    lines = cartography.arcs_of(topology)
    assert lines == [[(30, 0), (30, 10)], [(30, 10), (40, 10)]]
    assert cartography.joined([0, 1], lines) == [(30, 0), (30, 10)]
    assert cartography.joined([~1, ~0], lines) == [(40, 10), (30, 10)]


def test_parts_of_one_country_lose_the_border_between_them() -> None:
    """A step that is made both ways is no outer border; an island keeps its ring."""
    (ring, island) = cartography.without_inner_borders([LEFT, RIGHT, ISLAND])
    assert sorted(ring) == sorted({*LEFT, *RIGHT})
    assert cartography.area(ring) == cartography.area(LEFT) + cartography.area(RIGHT)
    assert island == ISLAND


def test_a_territory_moves_whole_or_in_part() -> None:
    """What lies around a place goes to another country, all of it or what is south of a parallel."""
    found = {"RU": [LEFT, ISLAND]}
    cartography.move(found, "UA", "RU", (25.0, 5.0))
    assert found == {"RU": [ISLAND], "UA": [LEFT]}
    cartography.move(found, "RU", "UA", (25.0, 5.0), 4.0)
    assert {code: sum(map(cartography.area, shape)) for code, shape in found.items()} == {"RU": 40.5, "UA": 60}
    with pytest.raises(LookupError, match="no part of UA"):
        cartography.move(found, "RU", "UA", (0.0, 0.0))


@given(st.floats(-179, 179), st.floats(-60, 60), st.floats(0.5, 60), st.floats(0.5, 20), st.booleans())
def test_cutting_keeps_the_area(lon: float, lat: float, width: float, height: float, clockwise: bool) -> None:
    """A ring across the map's edge comes out in pieces on the map that together are as large as it."""
    corners = [(lon, lat), (lon + width, lat), (lon + width, lat + height), (lon, lat + height)]
    ring = [((x + 180) % 360 - 180, y) for x, y in (corners[::-1] if clockwise else corners)]
    pieces = cartography.cut(ring)
    assert 1 <= len(pieces) <= 2
    assert sum(map(cartography.area, pieces)) == pytest.approx((-1 if clockwise else 1) * width * height)
    for piece in pieces:
        assert all(abs(x - cartography.MIDDLE) <= 180.0001 for x, _ in piece)
