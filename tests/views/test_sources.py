"""Sources: what each published, what it covered, where it stands against others."""

from __future__ import annotations

from typing import Any

from dossier.parts import Link
from dossier.views.indexes import IndexData
from dossier.views.sources import Profile, SourceData
from tests.views.build import reading, views

SOURCES: dict[str, dict[str, Any]] = {
    "sources/post": {"reliability": "B", "type": "newspaper", "country": "norway", "affiliation": "the state"},
    "sources/wire": {},
    "sources/both": {},
    "countries/norway": {"iso": "NO"},
    "people/bo-lind": {},
    "people/ana-ruiz": {},
}
ARTICLES = [
    reading("articles/p1", ["[Ruiz](people/ana-ruiz), [Lind](people/bo-lind)."], "2022-01-01", source="sources/post"),
    reading("articles/p2", ["[Lind](people/bo-lind)."], "2023-01-01", source="sources/post"),
    reading("articles/w1", ["x"], "2022-06-01", source="sources/wire"),
    reading("articles/b1", ["x"], "2022-06-01", source="sources/both"),
]


def evidence(stance: str, article: str, **more: str) -> dict[str, str]:
    return {"stance": stance, "article": article, "says": "x", **more}


def index(given: dict[str, dict[str, Any]]) -> IndexData:
    data = views(given, ARTICLES)["sources/index.md"].data
    assert isinstance(data, IndexData)
    return data


def profiles(given: dict[str, dict[str, Any]]) -> dict[str, Profile]:
    rows = (row for _, group in index(given).groups for row in group)
    return {row.entry.uri.removesuffix(".md"): row.profile for row in rows if row.profile}


def test_a_source_is_listed_with_its_grading_and_what_it_covered() -> None:
    """Words for the grade, what it is, how many articles and since when, and what they name more than others."""
    post = profiles(SOURCES)["sources/post"]
    assert post.reliability == "Usually reliable (B)"
    assert [part.text if isinstance(part, Link) else part for part in post.about] == [
        "newspaper",
        "Norway",
        "the state",
    ]
    assert (post.articles, str(post.first), str(post.last)) == (2, "1 January 2022", "1 January 2023")
    assert [link.uri for link in post.peculiar] == ["people/bo-lind.md", "people/ana-ruiz.md"]


def test_sources_are_at_odds_where_each_is_cited_for_one_side() -> None:
    """One that brings both sides is at odds with nobody; unclear evidence is on no side."""
    claim = {
        "evidence": [
            evidence("supports", "p1"),
            evidence("disputes", "w1"),
            evidence("supports", "b1"),
            evidence("disputes", "b1"),
            evidence("unclear", "p2"),
        ]
    }
    found = {ref: profile.differences for ref, profile in profiles(SOURCES | {"claims/it": claim}).items()}
    assert found["sources/both"] == ()
    (post,), (wire,) = found["sources/post"], found["sources/wire"]
    assert (post.claim.uri, post.supports, wire.supports) == ("claims/it.md", True, False)
    assert [link.uri for link in post.others if isinstance(link, Link)] == ["sources/wire.md"]
    assert [link.uri for link in wire.others if isinstance(link, Link)] == ["sources/post.md"]


def test_what_a_withheld_person_says_puts_no_source_on_a_side() -> None:
    """Evidence whose speaker is withheld does not show even as a difference."""
    claim = {"evidence": [evidence("supports", "p1"), evidence("disputes", "w1", speaker="people/withheld")]}
    assert all(not profile.differences for profile in profiles(SOURCES | {"claims/it": claim}).values())


def test_a_publisher_without_an_entry_is_listed_apart() -> None:
    """Its articles are counted; it has no page."""
    given = {ref: fields for ref, fields in SOURCES.items() if ref != "sources/wire"}
    data = index(given)
    assert [(profile.source, profile.articles) for profile in data.others] == [("", 1)]


def test_the_page_of_a_source_shows_when_it_published() -> None:
    """Bars by month, unless there is one bar only."""
    made = views(SOURCES, ARTICLES)
    post, wire = made["sources/post.md"].data, made["sources/wire.md"].data
    assert isinstance(post, SourceData)
    assert isinstance(wire, SourceData)
    assert post.intensity
    assert post.intensity.strips[0].articles == 2
    assert wire.intensity is None
    assert [(link.uri, n) for link, n in post.covered] == [("people/bo-lind.md", 2), ("people/ana-ruiz.md", 1)]


def test_what_all_sources_name_is_peculiar_to_none() -> None:
    """What everybody writes about tells nothing of one source; what it alone writes about does."""
    articles = [
        reading(
            "articles/p", ["[Lind](people/bo-lind), [Ruiz](people/ana-ruiz)."], "2022-01-01", source="sources/post"
        ),
        reading("articles/w", ["[Lind](people/bo-lind)."], "2022-01-01", source="sources/wire"),
    ]
    made = views(SOURCES, articles)
    data = made["sources/post.md"].data
    assert isinstance(data, SourceData)
    assert [link.uri for link, _ in data.covered] == ["people/ana-ruiz.md", "people/bo-lind.md"]
    assert [link.uri for link, _ in data.peculiar] == ["people/ana-ruiz.md"]
