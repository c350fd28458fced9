"""The timeline: what it can be narrowed by, and how it is cut where it is long."""

from __future__ import annotations

from typing import Any

from dossier.packaged import page_templates
from dossier.render import render
from dossier.views.chronicle import EVENTS_SHOWN, PEOPLE_SHOWN
from dossier.views.people import AgentData
from dossier.views.timeline import EVENTS_A_PAGE, NEWEST, TimelineData
from tests.views.build import views

Fields = dict[str, dict[str, Any]]
GIVEN: Fields = {
    "people/bo-lind": {
        "family_name": "Lind",
        "positions": [{"title": "Minister", "country": "countries/norway", "start": "2020", "end": "2022"}],
    },
    "countries/norway": {},
    "countries/chile": {},
    "organizations/council": {"name": "The Council"},
    "topics/cable": {"name": "The cable"},
}


def timelines(given: Fields) -> dict[str, TimelineData]:
    """The timeline and its pages, by their addresses."""
    return {uri: view.data for uri, view in views(given).items() if isinstance(view.data, TimelineData)}


def marks(event: dict[str, Any]) -> dict[str, set[str]]:
    """What the event of these fields can be found by."""
    (year,) = timelines(GIVEN | {"events/one": event})["timeline.md"].years
    found: dict[str, set[str]] = {}
    for name, value in year.events[0].marks:
        found.setdefault(name, set()).add(value)
    return found


def test_an_event_is_found_by_all_that_it_concerns() -> None:
    """Who took part, for whom, through which post, where, on what, and what kind of event it is."""
    event: dict[str, Any] = {
        "date": "2021-05",
        "type": "Telephone call",
        "country": "countries/chile",
        "topics": ["topics/cable"],
        "participants": [{"who": "people/bo-lind", "on_behalf_of": "organizations/council"}],
    }
    assert marks(event) == {
        "person": {"bo-lind"},
        "country": {"norway", "chile"},
        "organization": {"council"},
        "topic": {"cable"},
        "kind": {"telephone-call"},
    }


def test_a_post_that_is_over_concerns_nobody() -> None:
    """A former minister does not stand for the country any more."""
    assert "country" not in marks({"date": "2023-05", "participants": [{"who": "people/bo-lind"}]})


def happenings(count: int, year: int, **fields: Any) -> Fields:
    """So many events in a year, a month each until the year is over."""
    dates = {f"events/e{year}-{n}": {"date": f"{year}-{1 + n % 12:02}-{1 + n // 12 % 28:02}"} for n in range(count)}
    return {ref: event | fields for ref, event in dates.items()}


def test_filters_offer_a_choice_or_are_not_there() -> None:
    """A filter has two values at least, with how many events each; few events need none."""
    given = GIVEN | happenings(6, 2021, type="talks") | happenings(4, 2022, type="Vote", country="countries/chile")
    (data,) = timelines(given).values()
    (kind,) = data.filters
    assert [(c.value, c.text, c.count) for c in kind.choices] == [("talks", "Talks", 6), ("vote", "Vote", 4)]
    assert (
        timelines(GIVEN | happenings(2, 2021, type="talks") | happenings(2, 2022, type="vote"))["timeline.md"].filters
        == ()
    )


def test_a_long_timeline_has_a_page_a_year_and_of_a_long_year_a_page_a_month() -> None:
    """Every event is on one of them; the first page shows the newest, and no page holds too many."""
    made = timelines(happenings(EVENTS_A_PAGE + 10, 2021) | happenings(20, 2022))
    assert list(made)[:3] == ["timeline.md", "timeline/2021.md", "timeline/2021/01.md"]
    assert list(made)[-1] == "timeline/2022.md"
    assert [(link.uri, count) for link, count in made["timeline.md"].pages] == [
        ("timeline/2021.md", EVENTS_A_PAGE + 10),
        ("timeline/2022.md", 20),
    ]
    assert made["timeline.md"].shown == made["timeline/2021.md"].shown == NEWEST
    last = [data for uri, data in made.items() if uri not in ("timeline.md", "timeline/2021.md")]
    listed = [h.event.uri for data in last for year in data.years for h in year.events]
    assert len(listed) == len(set(listed)) == EVENTS_A_PAGE + 30
    assert max(data.shown for data in made.values()) <= EVENTS_A_PAGE


def test_an_entry_with_many_events_leads_to_all_of_them() -> None:
    """Its page shows the latest; links with its filter set lead to the pages of the timeline that have the others."""
    took_part = [{"who": "people/bo-lind"}]
    given = (
        GIVEN | happenings(EVENTS_A_PAGE, 2021, participants=took_part) | happenings(20, 2022, participants=took_part)
    )
    made = views(given)
    data = made["people/bo-lind.md"].data
    assert isinstance(data, AgentData)
    assert sum(len(year.events) for year in data.timeline) == EVENTS_SHOWN
    assert [(link.uri, link.query, count) for link, count in data.earlier] == [
        ("timeline/2022.md", (("person", "bo-lind"),), 20),
        ("timeline/2021.md", (("person", "bo-lind"),), EVENTS_A_PAGE),
    ]
    (written,) = render([made["people/bo-lind.md"]], page_templates())
    assert "](../timeline/2022.md?person=bo-lind)" in written.markdown


def test_an_entry_with_few_events_has_them_all_on_its_page() -> None:
    """Then nothing leads elsewhere."""
    data = views(GIVEN | happenings(5, 2021, participants=[{"who": "people/bo-lind"}]))["people/bo-lind.md"].data
    assert isinstance(data, AgentData)
    assert data.earlier == ()


def test_a_line_names_so_many_and_says_how_many_more() -> None:
    """A summit of forty does not fill the page; its own page has them all."""
    everybody: Fields = {f"people/p{n}": {} for n in range(PEOPLE_SHOWN + 5)}
    (year,) = timelines(everybody | {"events/one": {"participants": [{"who": ref} for ref in everybody]}})[
        "timeline.md"
    ].years
    assert (len(year.events[0].people), year.events[0].more_people) == (PEOPLE_SHOWN, 5)
