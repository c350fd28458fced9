"""The network: only what happened is drawn, every line is in a table, and every name can be read."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from dossier.pictures import Diagram, Label
from dossier.schema import ArticleEntry
from dossier.views.corpus import gather
from dossier.views.labels import Box, box
from dossier.views.network import CROWD, EDGES, NEIGHBOURS, NODES, PAIRS_SHOWN, NetworkData, network_view
from dossier.views.people import AgentData
from dossier.views.readings import indexed
from dossier.views.ring import FONT, HEADING
from tests.views.build import TODAY, entries, reading, views

FOUR = [f"people/{name}" for name in ("ana-ruiz", "bo-lind", "cy-oak", "di-maro")]
Fields = dict[str, dict[str, Any]]


def people(*addresses: str, **fields: Any) -> Fields:
    return {address: dict(fields) for address in addresses}


def event(date: str, *who: str, **fields: Any) -> dict[str, Any]:
    return {"date": date, "participants": [{"who": one} for one in who], **fields}


def network(given: Fields, *readings: Any) -> NetworkData:
    known = entries(given)
    known |= {one.article.ref: ArticleEntry() for one in readings}
    data = network_view(gather(known, indexed(known.keys(), readings), frozenset(known), TODAY)).data
    assert isinstance(data, NetworkData)
    return data


def around(given: Fields, address: str) -> Diagram | None:
    data = views(given)[f"{address}.md"].data
    assert isinstance(data, AgentData)
    return data.network


def crowded() -> Fields:
    """500 people of 20 countries and 1,500 events, without any random number."""
    given: Fields = {f"countries/land-{n}": {"name": f"The Land of Number {n}"} for n in range(20)}
    for n in range(500):
        name = ("Volodymyr Wolfeschlegelsteinhausen", "王毅", "Li Bo", "Jean-Baptiste de la Tour d’Auvergne")[n % 4]
        given[f"people/p{n}"] = {"name": f"{name} {n}", "nationality": [f"countries/land-{n % 20}"]}
    for n in range(1500):
        size = (2, 3, 5, CROWD, CROWD + 1)[n % 5]
        who = dict.fromkeys(f"people/p{(n * 7 + k * k * 3) % (40 if n % 2 else 500)}" for k in range(size))
        given[f"events/e{n}"] = event(f"20{10 + n % 12}-0{1 + n % 9}", *who)
    return given


@cache
def crowd() -> NetworkData:
    return network(crowded())


def bodies(picture: Diagram) -> list[Box]:
    """The rectangles of all words in a picture."""
    found = [box(node.label, FONT) for node in picture.nodes]
    return found + [box(heading, HEADING) for heading in picture.headings]


def points(path: str) -> list[tuple[float, float]]:
    """Points along a straight line or a cubic curve."""
    numbers = list(map(float, re.findall(r"-?\d+(?:\.\d+)?", path)))
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    found = []
    for step in range(51):
        line, t = corners, step / 50
        while len(line) > 1:
            line = [(a * (1 - t) + c * t, b * (1 - t) + d * t) for (a, b), (c, d) in pairwise(line)]
        found.append(line[0])
    return found


def check(picture: Diagram) -> None:
    """Everything is finite and inside the picture; no two names overlap; no line crosses a name or a heading."""
    paper = Box(0, 0, picture.width, picture.height)
    words = bodies(picture)
    assert all(math.isfinite(side) for found in words for side in found)
    assert [found for found in words if not found.within(paper)] == []
    assert [(a, b) for n, a in enumerate(words) for b in words[n + 1 :] if a.meets(b)] == []
    for node in picture.nodes:
        disc = Box(node.x - node.radius, node.y - node.radius, node.x + node.radius, node.y + node.radius)
        assert disc.within(paper)
        assert not any(disc.meets(found) for found in words)
    for edge in picture.edges:
        line = points(edge.path)
        assert all(Box(x, y, x, y).within(paper) for x, y in line)
        assert [found for found in words if any(Box(x, y, x + 0.01, y + 0.01).meets(found) for x, y in line)] == []


def test_being_named_together_draws_no_line() -> None:
    """A pair that is only named in the same paragraphs is in a table of its own, and not in the picture."""
    given = people(*FOUR) | {"events/first": event("2021-01", *FOUR[:2])}
    article = reading("articles/one", ["[Ruiz](people/ana-ruiz), [Oak](people/cy-oak), [Lind](people/bo-lind)."])
    data = network(given, article)
    assert [(t.one.text, t.other.text) for t in data.ties] == [("Ana Ruiz", "Bo Lind")]
    assert {(t.one.text, t.other.text) for t in data.named_together} == {("Ana Ruiz", "Cy Oak"), ("Bo Lind", "Cy Oak")}
    assert data.picture is not None
    assert [edge.ends for edge in data.picture.edges] == [("people/ana-ruiz.md", "people/bo-lind.md")]
    assert {node.who.text for node in data.picture.nodes} == {"Ana Ruiz", "Bo Lind"}


def test_without_any_tie_there_is_no_picture() -> None:
    """Being named together is not enough for one."""
    article = reading("articles/one", ["[Ruiz](people/ana-ruiz) and [Oak](people/cy-oak)."])
    assert network(people(*FOUR), article).picture is None


def test_speaking_of_somebody_is_a_tie_with_a_direction_a_date_and_a_place() -> None:
    """Who is named in quoted words is spoken of by the speaker, not the other way round, and they did not meet."""
    article = reading(
        "articles/one",
        ["He said: “I know [Oak](people/cy-oak) well.” [Lind](people/bo-lind) was near."],
        "2023-03-03",
        quotes={"I know Oak well.": "people/ana-ruiz"},
    )
    data = network(people(*FOUR), article)
    (remark,) = data.remarks
    assert (remark.who.text, remark.of.text, remark.count) == ("Ana Ruiz", "Cy Oak", 1)
    ((place, when),) = remark.places
    assert (place.uri, place.fragment, when.words if when else "") == ("articles/one.md", "p1", "3 March 2023")
    assert data.picture is not None
    (edge,) = data.picture.edges
    assert (edge.kind, edge.ends, bool(edge.head)) == ("quotation", ("people/ana-ruiz.md", "people/cy-oak.md"), True)
    assert data.ties == ()


def test_a_shared_event_outranks_a_remark() -> None:
    """Two who took part in an event are joined by a plain line, whoever of them spoke of the other."""
    given = people(*FOUR) | {"events/first": event("2021-01", *FOUR[:2])}
    article = reading("articles/one", ["“I saw [Lind](people/bo-lind).”"], quotes={"I saw Lind.": "people/ana-ruiz"})
    data = network(given, article)
    assert data.picture is not None
    assert [edge.kind for edge in data.picture.edges] == ["event"]
    assert len(data.remarks) == 1


def test_what_lies_ahead_joins_nobody() -> None:
    """Nobody has taken part in an event that is still to come."""
    data = network(people(*FOUR) | {"events/next": event("2031-01", *FOUR)})
    assert (data.ties, data.picture) == ((), None)


def test_a_crowd_joins_nobody_and_is_named() -> None:
    """An event with more people than a table seats makes no pairs; the page says which and how many."""
    crowd = [f"people/p{n}" for n in range(CROWD + 1)]
    given = people(*crowd) | {"events/summit": event("2021-01", *crowd), "events/talks": event("2021-02", *crowd[:2])}
    data = network(given)
    assert [(t.one.uri, t.other.uri, t.count) for t in data.ties] == [("people/p0.md", "people/p1.md", 1)]
    assert [(link.uri, number) for link, number in data.crowds] == [("events/summit.md", CROWD + 1)]
    assert around(given, "people/p5") is None


def test_every_line_and_name_in_the_picture_is_in_a_table() -> None:
    """The tables say all that the picture says."""
    data = crowd()
    assert data.picture is not None
    pairs = {(t.one.uri, t.other.uri) for t in data.ties} | {(r.who.uri, r.of.uri) for r in data.remarks}
    assert {edge.ends for edge in data.picture.edges} <= pairs
    assert {node.who.uri for node in data.picture.nodes} == {uri for edge in data.picture.edges for uri in edge.ends}


def test_a_large_network_is_capped_and_says_so() -> None:
    """However many people there are, the picture stays readable, and tells how much it leaves out."""
    data = crowd()
    assert data.picture is not None
    assert len(data.picture.nodes) <= NODES < data.people
    assert len(data.picture.edges) <= EDGES < data.lines
    assert len(data.ties) == PAIRS_SHOWN
    assert data.more > 0
    assert min(t.count for t in data.ties[:EDGES]) >= max(t.count for t in data.ties[EDGES:])


def test_every_name_of_a_large_network_can_be_read() -> None:
    """Long, short and Chinese names: none overlaps another, none is crossed by a line."""
    picture = crowd().picture
    assert picture is not None
    check(picture)


@pytest.mark.parametrize("count", [2, 3, 4, 7, 12])
@pytest.mark.parametrize("lands", [1, 2, 5])
def test_every_name_of_a_small_network_can_be_read(count: int, lands: int) -> None:
    """Whether all are of one country or of several; nobody is lost."""
    who = [f"people/someone-with-number-{n}" for n in range(count)]
    given: Fields = {f"countries/land-{n}": {} for n in range(lands)}
    given |= {one: {"nationality": [f"countries/land-{n % lands}"]} for n, one in enumerate(who)}
    picture = network(given | {"events/e": event("2021", *who)}).picture
    assert picture is not None
    assert len(picture.nodes) == count
    check(picture)


def test_the_same_content_draws_the_same_picture() -> None:
    """Whatever the order of the entries."""
    assert network(dict(reversed(crowded().items()))).picture == crowd().picture


def test_the_picture_of_one_shows_those_of_its_table() -> None:
    """The ring around an entry holds at most twelve, those with the most shared events, each with the number."""
    others = [f"people/other-{n}" for n in range(20)]
    given = people("people/ana-ruiz", *others)
    for n, other in enumerate(others):
        given |= {f"events/e{n}-{k}": event(f"2021-0{k + 1}", "people/ana-ruiz", other) for k in range(1 + n % 5)}
    data = views(given)["people/ana-ruiz.md"].data
    assert isinstance(data, AgentData)
    assert data.network is not None
    rows = {row.who.uri: row.events for row in data.people}
    assert {node.who.uri: int(node.number) for node in data.network.nodes}.items() <= rows.items()
    assert len(data.network.nodes) == len(data.network.edges) == NEIGHBOURS
    assert min(int(node.number) for node in data.network.nodes) >= 2
    check(data.network)


def test_organizations_have_a_ring_and_countries_have_none() -> None:
    """A country's table is enough."""
    given: Fields = {"organizations/un": {}, "countries/chile": {}} | people(*FOUR)
    given["events/e"] = event("2021", "organizations/un", "countries/chile", *FOUR)
    picture = around(given, "organizations/un")
    assert picture is not None
    assert {node.who.uri for node in picture.nodes} == {f"{one}.md" for one in FOUR}
    assert around(given, "countries/chile") is None


def test_the_name_in_the_middle_stands_in_its_frame() -> None:
    """The frame hides the lines that meet behind the name."""
    given = people(*FOUR) | {"events/e": event("2021", *FOUR)}
    picture = around(given, FOUR[0])
    assert picture is not None
    assert isinstance(picture.centre, Label)
    assert picture.core is not None
    left, top, width, height = picture.core
    assert box(picture.centre, FONT).within(Box(left, top, left + width, top + height))
    assert all(
        box(node.label, FONT).left > left + width or box(node.label, FONT).right < left for node in picture.nodes
    )
