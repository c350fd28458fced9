"""The brief of a country: its flag, and the positions taken for it."""

from __future__ import annotations

from typing import Any

from dossier import countries
from dossier.countries import builtin
from dossier.export import flags
from dossier.parts import Image, Link
from dossier.views.indexes import IndexData
from dossier.views.people import HOLDERS_SHOWN, AgentData
from tests.views.build import entries, reading, views

NORWAY: dict[str, dict[str, Any]] = {
    "countries/norway": {"iso": "NO"},
    "people/ana-ruiz": {"positions": [{"title": "Envoy", "country": "norway", "start": "2020", "end": "2021"}]},
    "organizations/league": {},
}


def country(given: dict[str, dict[str, Any]]) -> AgentData:
    data = views(given)["countries/norway.md"].data
    assert isinstance(data, AgentData)
    return data


def test_positions_are_those_of_the_country_and_of_who_acts_for_it() -> None:
    """The country itself, whoever was there on its behalf, and whoever held a post of it then, the latest first."""
    given = NORWAY | {
        "events/a": {
            "date": "2020-05-01",
            "participants": [
                {"who": "countries/norway", "stance": "agreed"},
                {"who": "people/ana-ruiz", "stance": "objected"},
                {"who": "organizations/league", "stance": "was silent"},
            ],
        },
        "events/b": {
            "date": "2022-05-01",
            "country": "norway",
            "participants": [
                {"who": "people/ana-ruiz", "stance": "spoke for herself"},
                {"who": "organizations/league", "on_behalf_of": "countries/norway", "stance": "gave in"},
            ],
        },
    }
    taken = country(given).stances
    found = [(s.event.uri, s.who.text if isinstance(s.who, Link) else s.who, s.stance) for s in taken]
    assert found == [
        ("events/b.md", "League", "gave in"),
        ("events/a.md", "", "agreed"),
        ("events/a.md", "Ana Ruiz", "objected"),
    ]


def test_who_acts_for_another_does_not_act_for_the_own_country() -> None:
    """On whose behalf somebody was there goes before the post."""
    who = {"who": "people/ana-ruiz", "on_behalf_of": "organizations/league", "stance": "objected"}
    assert country(NORWAY | {"events/a": {"date": "2020-05-01", "participants": [who]}}).stances == ()


def test_a_withheld_speaker_takes_no_position() -> None:
    """Of a participant who is withheld nothing is shown."""
    who = {"who": "people/withheld", "on_behalf_of": "countries/norway", "stance": "objected"}
    assert country(NORWAY | {"events/a": {"date": "2020-05-01", "participants": [who]}}).stances == ()


def test_a_country_shows_its_flag_on_its_page_and_in_the_list() -> None:
    """The file is that of its code; what it shows is told in words."""
    made = views(NORWAY)
    page, listed = made["countries/norway.md"].data, made["countries/index.md"].data
    assert isinstance(page, AgentData)
    assert isinstance(listed, IndexData)
    assert page.flag == Image("Flag of Norway", "assets/flags/no.svg", "d-flag", 96, 72)
    ((_, (row,)),) = listed.groups
    assert isinstance(row.flag, Image)
    assert row.flag.width < page.flag.width


def test_a_territory_without_a_code_has_no_flag() -> None:
    """A country of the curator's own that no code names has none."""
    assert country({"countries/norway": {"name": "Freedonia"}}).flag is None


def test_every_country_has_a_flag_that_is_one_picture() -> None:
    """Each built-in country has an SVG of its own that needs nothing else, and none is heavy."""
    found = {str(ref): countries.flag(entry.iso or "") for ref, entry in builtin().items()}
    wrong = [
        ref
        for ref, svg in found.items()
        if not svg
        or not svg.startswith("<svg")
        or len(svg) > 65_000
        or any(word in svg for word in ("<script", "<image", "<foreignObject", "@import", 'href="http'))
    ]
    assert wrong == []
    assert countries.flag("xx") is None
    assert countries.flag("../table") is None


def test_only_flags_of_countries_with_a_page_are_published() -> None:
    """A country that is mentioned has its flag, and no other is among the files."""
    known = {ref: {"iso": entry.iso} for ref, entry in ((str(r), e) for r, e in builtin().items()) if "nor" in ref}
    article = reading("articles/a", ["[Norway](countries/norway)."], "2022-01-01")
    made = views(known, [article], curated=["articles/a"])
    assert [path for path, _ in flags(made.values(), entries(known))] == ["assets/flags/no.svg"]


def test_a_country_of_many_people_shows_those_named_most() -> None:
    """The list of people has an end, and says how many are not in it."""
    people = {f"people/p{n:03}": {"nationality": ["norway"]} for n in range(HOLDERS_SHOWN + 5)}
    named = reading("articles/a", [f"[P](people/p{HOLDERS_SHOWN + 4:03})."], "2022-01-01")
    data = views(NORWAY | people, [named])["countries/norway.md"].data
    assert isinstance(data, AgentData)
    assert len(data.holders) == HOLDERS_SHOWN
    assert data.more_holders == 6
    assert f"people/p{HOLDERS_SHOWN + 4:03}.md" in {h.who.uri for h in data.holders if isinstance(h.who, Link)}
