"""What the pages of events, topics, claims and articles show beside their own fields."""

from __future__ import annotations

from typing import Any

import pytest

from dossier.parts import Link
from dossier.schema.entries import LIKELIHOODS
from dossier.views.articles import ArticleData
from dossier.views.events import BANDS, ClaimData, EventData, TopicData
from tests.views.build import reading, views

ROUNDS: dict[str, dict[str, Any]] = {
    "people/ana": {},
    "topics/treaty": {},
    "events/conference": {"date": "2023-01-01/2023-12-31"},
    "events/opening": {"date": "2023-01-01", "part_of": "events/conference"},
    "events/first": {"date": "2023-02-01", "participants": [{"who": "people/ana"}]},
    "events/elsewhere": {"date": "2023-02-02"},
    "events/second": {"date": "2023-03-01", "participants": [{"who": "people/ana"}], "part_of": "events/conference"},
    "events/nearby": {"date": "2023-03-02"},
    "events/signing": {"date": "2023-04-01", "topics": ["topics/treaty"], "part_of": "events/conference"},
    "events/someday": {"participants": [{"who": "people/ana"}]},
    "events/after": {"date": "2023-05-01", "topics": ["topics/treaty"]},
}


def around(given: dict[str, dict[str, Any]], event: str) -> tuple[str | None, str | None, bool]:
    """The ids of the events that the page of an event has before and after it, and whether they are kin."""
    data = views(given)[f"events/{event}.md"].data
    assert isinstance(data, EventData)
    before, after = (n.event.ref.id if n and n.event.ref else None for n in (data.before, data.after))
    return before, after, data.kindred


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("second", ("first", "signing", True)),  # with Ana; within the conference
        ("first", (None, "second", True)),
        ("after", ("signing", None, True)),
        ("elsewhere", ("first", "second", False)),  # kin to none: the nearest by date
        ("someday", (None, None, False)),  # without a date it is neither before nor after
    ],
)
def test_the_events_around_an_event_are_its_kin(event: str, expected: tuple[str | None, str | None, bool]) -> None:
    """They share a participant, a topic or the larger event, which is not among them; those without a date neither."""
    assert around(ROUNDS, event) == expected


def test_a_withheld_participant_makes_no_kin() -> None:
    """That someone who must not be seen was at both events is not given away."""
    given = {name: fields for name, fields in ROUNDS.items() if name != "people/ana"}
    assert around(given, "first") == ("conference", "elsewhere", False)


def test_the_bands_of_likelihood_are_those_a_claim_may_have() -> None:
    """Each has its share, and none is missing."""
    assert tuple(BANDS) == tuple(LIKELIHOODS)


def test_a_claim_shows_its_likelihood_on_the_scale() -> None:
    """One of seven bands is marked; without a likelihood there is no scale."""
    data = views({"claims/one": {"likelihood": "very unlikely"}, "claims/two": {}})
    one, two = (data[f"claims/{name}.md"].data for name in ("one", "two"))
    assert isinstance(one, ClaimData)
    assert isinstance(two, ClaimData)
    assert [chosen for _, chosen in one.scale] == [False, True, False, False, False, False, False]
    assert one.percent == "5–20 %"
    assert (two.scale, two.percent) == ((), "")


SAID = {"We keep to the treaty as it is": "people/ana", "So do all of us here": "people/bo", "Not a word": "people/ana"}
READINGS = (
    reading(
        "articles/one",
        [
            "[Ana](people/ana) said of the [treaty](topics/treaty): “We keep to the treaty as it is.”",
            "“So do all of us here,” he said. “Not a word.” “Who knows?”",
        ],
        "2023-02-02",
        quotes={**SAID, "Who knows?": None},
    ),
)
SPOKEN: dict[str, dict[str, Any]] = {"people/ana": {}, "people/bo": {}, "topics/treaty": {}}


def article(given: dict[str, dict[str, Any]]) -> ArticleData:
    data = views(given, READINGS)["articles/one.md"].data
    assert isinstance(data, ArticleData)
    return data


def test_a_paragraph_tells_whom_it_quotes() -> None:
    """Each speaker once, by name, whatever the paragraph itself calls them; nobody where nobody is known."""
    assert [p.said for p in article(SPOKEN).paragraphs] == [("Ana",), ("Bo", "Ana")]


def test_a_paragraph_does_not_tell_of_someone_withheld() -> None:
    """A speaker whom this audience must not see is not named."""
    without = {name: fields for name, fields in SPOKEN.items() if name != "people/bo"}
    assert [p.said for p in article(without).paragraphs] == [("Ana",), ("Ana",)]


def test_an_article_has_its_quotations_by_speaker() -> None:
    """In the order in which each first speaks, those of nobody known last."""
    voices = article(SPOKEN).voices
    assert [(v.who.text if isinstance(v.who, Link) else v.who, len(v.quotes)) for v in voices] == [
        ("Ana", 2),
        ("Bo", 1),
        ("", 1),
    ]


def test_an_article_names_the_claims_it_bears_on() -> None:
    """Those about it and those for or against which it is cited, but not by someone withheld."""
    claims = {
        "claims/about": {"about": ["articles/one"]},
        "claims/cited": {"evidence": [{"stance": "supports", "article": "articles/one", "speaker": "people/ana"}]},
        "claims/hidden": {"evidence": [{"stance": "supports", "article": "articles/one", "speaker": "people/spy"}]},
        "claims/other": {"evidence": [{"stance": "unclear", "says": "Nothing."}]},
    }
    named = [link.text for link in article(SPOKEN | claims).disputed if isinstance(link, Link)]
    assert named == ["About", "Cited"]


def test_a_topic_has_what_was_said_in_paragraphs_about_it() -> None:
    """The words of the paragraph that names it, and not those of the next."""
    data = views(SPOKEN, READINGS)["topics/treaty.md"].data
    assert isinstance(data, TopicData)
    assert [[quote.words for quote in voice.quotes] for voice in data.voices] == [["We keep to the treaty as it is"]]
    assert data.more_quotes == 0
