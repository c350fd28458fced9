"""The map: shaded by events, cut to the countries concerned, and said again in a table."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from dossier import countries
from dossier.packaged import page_templates
from dossier.parts import View
from dossier.pictures import Chart
from dossier.render import render
from dossier.views.labels import Box, box
from dossier.views.map import LINKED, YEARS_MAPPED, MapData, classes
from dossier.views.outlines import frame, outline, rings
from tests.views.build import reading, views

TEMPLATES = page_templates()
Fields = dict[str, dict[str, Any]]
LANDS: Fields = {
    "countries/switzerland": {"iso": "CH"},
    "countries/germany": {"iso": "DE"},
    "countries/liechtenstein": {"iso": "LI"},
    "countries/france": {"iso": "FR"},
    "countries/new-zealand": {"iso": "NZ"},
    "countries/ruritania": {},
}


def events(*who: tuple[str, int]) -> Fields:
    """So many events for each country, a month apart."""
    return {
        f"events/{country}-{n}": {
            "date": f"{2020 + n // 12}-{n % 12 + 1:02}",
            "participants": [{"who": f"countries/{country}"}],
        }
        for country, number in who
        for n in range(number)
    }


def whole_world() -> Fields:
    """Every country and territory, each with as many events as its place in the list."""
    codes = [(ref.id, entry.iso) for ref, entry in countries.builtin().items()]
    given: Fields = {f"countries/{name}": {"iso": iso} for name, iso in codes}
    return given | events(*((name, 1 + n % 9) for n, (name, _) in enumerate(codes)))


@cache
def the_world() -> View:
    return page(whole_world())


def page(given: Fields, *readings: Any) -> View:
    return views(given, readings)["map.md"]


def the_map(given: Fields, *readings: Any) -> MapData:
    data = page(given, *readings).data
    assert isinstance(data, MapData)
    return data


def chart(given: Fields, *readings: Any) -> Chart:
    found = the_map(given, *readings).chart
    assert found is not None
    return found


def check(found: Chart) -> None:
    """Dots and names are inside the picture, and no two names overlap; nor does a name cover a dot."""
    paper = Box(found.x, found.y, found.x + found.width, found.y + found.height)
    assert all(paper.left <= a.x <= paper.right and paper.top <= a.y <= paper.bottom for a in found.areas)
    for labels, font, dot in (
        (found.labels, found.font, found.dot),
        (found.narrow_labels, found.narrow_font, found.dot * 2.4),
    ):
        words = [box(label, font) for label in labels]
        assert [
            b for b in words if not b.within(Box(*(s + d for s, d in zip(paper, (-1, -1, 1, 1), strict=True))))
        ] == []
        assert [(a, b) for n, a in enumerate(words) for b in words[n + 1 :] if a.meets(b)] == []
        dots = [(a.x, a.y) for a in found.areas if not a.path]
        covered = [(x, y) for x, y in dots if any(Box(x, y, x + dot / 9, y + dot / 9).meets(b) for b in words)]
        assert covered == []


def test_shades_count_events_not_words() -> None:
    """A country that is named often and took part in nothing is paler than one that took part once."""
    article = reading("articles/one", ["[France](countries/france) " * 30, "[Germany](countries/germany)."])
    data = the_map(LANDS | events(("germany", 1), ("switzerland", 4)), article)
    assert data.chart is not None
    shades = {area.country.text: area.shade for area in data.chart.areas}
    assert shades == {"France": 0, "Germany": 1, "Switzerland": 2}
    assert [(p.country.text, p.events, p.articles) for p in data.places[:3]] == [
        ("Switzerland", 4, 0),
        ("Germany", 1, 1),
        ("France", 0, 1),
    ]


def test_no_class_of_the_legend_is_empty() -> None:
    """Every shade that is explained is in the picture, and the other way round."""
    for given in (LANDS | events(("germany", 1), ("france", 30)), whole_world()):
        found = chart(given)
        used = {area.shade for area in found.areas} | {shade for shade, _ in found.crowd}
        assert {shade for shade, _ in found.legend} == used


@pytest.mark.parametrize("counts", [[1], [3, 3], list(range(1, 100)), [1, 10_000], [1, 2, 3, 4, 5000], []])
def test_classes_hold_every_count_and_do_not_overlap(counts: list[int]) -> None:
    """Each count is in one class; there are four at most."""
    found = classes(counts)
    assert len(found) <= 4
    assert all(sum(low <= count <= high for low, high in found) == 1 for count in counts)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert all(low in counts and high in counts for low, high in found)


def test_the_picture_is_cut_to_the_countries_concerned() -> None:
    """Two neighbours make a picture of their region; countries without events do not widen it and are named below."""
    article = reading("articles/one", ["[New Zealand](countries/new-zealand)."])
    data = the_map(LANDS | events(("germany", 2), ("switzerland", 1)), article)
    assert data.chart is not None
    assert data.chart.width < countries.shapes().width / 4
    assert [link.text for link in data.outside] == ["New Zealand"]
    assert "countries/new-zealand.md" in {place.country.uri for place in data.places}


@pytest.mark.parametrize("codes", [["CH"], ["SG"], ["US", "RU"], ["CL"], ["FJ", "NZ"], list(rings()), []])
def test_a_frame_lies_in_the_world_and_holds_what_it_is_for(codes: list[str]) -> None:
    """Also for the smallest country, and at the edges."""
    world, view = countries.shapes(), frame(codes)
    assert view.within(Box(0, 0, world.width, world.height))
    assert view.right - view.left >= 400
    assert 1.5 <= (view.right - view.left) / (view.bottom - view.top) <= 2.5
    for code in codes:
        shape = world.shapes[code]
        assert view.left <= shape.x <= view.right
        assert view.top <= shape.y <= view.bottom


def test_a_small_state_is_a_dot() -> None:
    """What would be a speck is a dot that a finger can hit."""
    found = chart(LANDS | events(("germany", 1), ("liechtenstein", 2), ("new-zealand", 1)))
    assert {a.country.text: bool(a.path) for a in found.areas} == {
        "Liechtenstein": False,
        "Germany": True,
        "New Zealand": True,
    }
    assert found.dot > 0


def test_a_country_without_a_code_is_in_the_table_alone() -> None:
    """It cannot be drawn, and is not lost."""
    data = the_map(LANDS | events(("ruritania", 3)))
    assert data.chart is None
    assert data.places[0].country.text == "Ruritania"


def test_the_table_says_all_that_the_picture_says() -> None:
    """Each country of the picture is a row, with the same count; the first and the last event are those with a date."""
    given = whole_world() | {"events/undated": {"participants": [{"who": "countries/chile"}]}}
    data = the_map(given)
    assert data.chart is not None
    rows = {place.country.uri: place for place in data.places}
    assert all(a.note.startswith(f"{a.country.text}: {rows[a.country.uri].events} event") for a in data.chart.areas)
    chile = rows["countries/chile.md"]
    assert chile.first is not None
    assert chile.last is not None
    assert chile.first[0].uri == "events/chile-0.md"
    assert chile.last[0].uri == f"events/chile-{chile.events - 2}.md"


def test_events_are_counted_year_by_year() -> None:
    """The years that have events, the latest six; a column each."""
    data = the_map(LANDS | events(("germany", 14), ("france", 1)))
    assert data.years == (2020, 2021)
    assert {p.country.text: p.by_year for p in data.by_year} == {"Germany": (12, 2), "France": (1, 0)}
    long = LANDS | {f"events/e{y}": {"date": str(y), "country": "germany"} for y in range(2001, 2011)}
    assert (the_map(long).years, the_map(long).earlier) == ((2005, 2006, 2007, 2008, 2009, 2010), 4)


def test_names_do_not_overlap() -> None:
    """In a crowded region and in the whole world; on a wide screen and on a narrow one."""
    data = the_world().data
    assert isinstance(data, MapData)
    assert data.chart is not None
    check(data.chart)
    check(chart(LANDS | events(("germany", 3), ("switzerland", 2), ("liechtenstein", 2), ("france", 1))))


def test_the_whole_world_is_no_heavy_picture() -> None:
    """With every country concerned, the picture is under 40 KB, and links stay within their number."""
    view = the_world()
    assert isinstance(view.data, MapData)
    assert view.data.chart is not None
    assert len(view.data.chart.areas) == LINKED
    (written,) = render([view], TEMPLATES)
    picture = re.search(r"<svg.*?</svg>", written.markdown, re.DOTALL)
    assert picture is not None
    assert len(picture[0].encode()) < 40_000


def test_the_note_on_borders_stands_under_the_picture() -> None:
    """Every map says how it draws disputed territories."""
    found = chart(LANDS | events(("germany", 1)))
    assert found.note == countries.shapes().note
    (written,) = render([page(LANDS | events(("germany", 1)))], TEMPLATES)
    assert "Crimea" in written.markdown


def test_the_same_content_draws_the_same_map() -> None:
    """Whatever the order of the entries."""
    given = whole_world()
    assert the_map(given) == the_map(dict(reversed(given.items())))


def test_neighbours_keep_a_common_border_when_it_is_simplified() -> None:
    """The points that Germany and France share lie on both simplified outlines or on neither."""
    full, simple = rings(), rings(6)
    assert sum(len(r.path) for found in simple.values() for r in found) < sum(
        len(r.path) for found in full.values() for r in found
    )
    shared = corners(full["DE"][0].path) & corners(full["FR"][0].path)
    assert shared
    kept = [{p for p in shared if p in corners(simple[code][0].path)} for code in ("DE", "FR")]
    assert kept[0] == kept[1]


def corners(path: str) -> set[tuple[int, int]]:
    """The points of a ring."""
    numbers = list(map(int, re.findall(r"-?\d+", path)))
    x = y = 0
    found = set()
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        found.add((x, y))
    return found


def test_an_outline_leaves_out_what_is_outside() -> None:
    """Rings outside the frame, and those that are too small to see, cost nothing."""
    assert outline("NZ", frame(["CH"]), 1) == ""
    assert len(outline("CA", frame(["CA"]), 20)) < len(outline("CA", frame(["CA"]), 0))


def test_text_in_a_picture_is_data() -> None:
    """A name with markup in it is shown, not obeyed."""
    evil = '<script>x</script> [a](b) "c"'
    given: Fields = {"countries/germany": {"iso": "DE", "name": evil}} | events(("germany", 1))
    (written,) = render([page(given)], TEMPLATES)
    assert "<script" not in written.markdown
    assert "[a](b)" not in written.markdown


YEARS = LANDS | {
    "events/one": {"date": "2021-05", "country": "countries/germany"},
    "events/two": {"date": "2022-01-02", "participants": [{"who": "countries/germany"}, {"who": "countries/france"}]},
    "events/three": {"date": "2022-03/2023-01", "country": "countries/france"},
    "events/sometime": {"date": "202X", "country": "countries/france"},
}


def maps(given: Fields, *readings: Any) -> dict[str, MapData]:
    """All maps, by their addresses."""
    return {uri: view.data for uri, view in views(given, readings).items() if isinstance(view.data, MapData)}


def test_each_year_has_its_map_and_every_map_leads_to_all() -> None:
    """A year shows what began in it; what has no year counts in the map of all years only."""
    made = maps(YEARS, reading("articles/a", ["[France](countries/france)."], "2023-04-01"))
    assert list(made) == ["map.md", "map/2021.md", "map/2022.md", "map/articles.md"]
    counted = {uri: {p.country.text: p.events for p in data.places} for uri, data in made.items()}
    assert counted["map.md"] == {"France": 3, "Germany": 2} | dict.fromkeys(
        ("Liechtenstein", "New Zealand", "Ruritania", "Switzerland"), 0
    )
    assert counted["map/2021.md"] == {"Germany": 1}
    assert counted["map/2022.md"] == {"France": 2, "Germany": 1}
    for uri, data in made.items():
        assert data.uri == uri
        assert data.measures[0].uri == (uri if data.measure == "events" else "map.md")
        if data.measure == "events":
            assert [(link.uri, number) for link, number in data.periods] == [
                ("map.md", 4),
                ("map/2021.md", 1),
                ("map/2022.md", 2),
            ]
            assert data.undated == 1


def test_the_maps_of_all_years_can_be_compared() -> None:
    """They show the same part of the world, and a shade means the same on each."""
    given = LANDS | events(("germany", 14), ("france", 3), ("new-zealand", 13))
    charts = [data.chart for uri, data in maps(given).items() if uri.startswith("map/20") and data.chart]
    assert len(charts) == 2
    assert len({(chart.x, chart.y, chart.width, chart.height) for chart in charts}) == 1
    meant = [dict(chart.legend) for chart in charts]
    assert all(meant[0][n] == words for n, words in meant[1].items() if n in meant[0])


def test_articles_are_counted_once_for_each_country_they_name() -> None:
    """By articles, what shades a country is how many name it, not how often."""
    first = reading("articles/a", ["[France](countries/france) and [France](countries/france)."], "2021-04-01")
    second = reading("articles/b", ["[France](countries/france), [Germany](countries/germany)."], "2022-04-01")
    made = maps(YEARS, first, second)
    data = made["map/articles.md"]
    assert [(p.country.text, p.articles) for p in data.places[:2]] == [("France", 2), ("Germany", 1)]
    assert data.chart is not None
    assert {area.country.text: area.shade for area in data.chart.areas} == {"France": 2, "Germany": 1}
    assert [p.articles for p in made["map/articles/2022.md"].places if p.articles] == [1, 1]


def test_long_ago_shares_a_map() -> None:
    """The latest years have maps of their own, those before them one: the number of maps is bounded."""
    given = LANDS | {f"events/e{y}": {"date": str(y), "country": "countries/germany"} for y in range(1980, 2020)}
    uris = [uri for uri in views(given) if uri.startswith("map/") and uri != "map/articles.md"]
    assert len(uris) == YEARS_MAPPED + 1
    assert uris[:2] == ["map/until-2007.md", "map/2008.md"]


def test_links_in_the_picture_lead_to_the_countries() -> None:
    """Also from the map of a year, which stands in a folder."""
    made = [view for uri, view in views(YEARS).items() if uri.startswith("map")]
    for page_of, up in ((made[0], ""), (made[1], "../")):
        (written,) = render([page_of], TEMPLATES)
        assert f"]({up}countries/germany.md)" in written.markdown
