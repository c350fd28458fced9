"""The front page: what is next, what happened, what was said, who matters now, what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dossier.model import Reading
from dossier.views.briefing import NOW_ARTICLES, SAID_SHOWN, SOURCES_SHOWN, BriefingData
from tests.views.build import TODAY, reading, views

PEOPLE: dict[str, dict[str, Any]] = {
    "people/ana-ruiz": {"positions": [{"title": "Envoy", "start": "2020"}, {"title": "Clerk", "end": "2010"}]},
    "people/bo-lind": {},
}


def briefing(given: Mapping[str, Mapping[str, Any]], readings: Sequence[Reading] = ()) -> BriefingData:
    data = views(given, readings)["index.md"].data
    assert isinstance(data, BriefingData)
    return data


def test_what_is_next_what_no_article_can_report_and_what_happened_are_three_lists() -> None:
    """Events after today are next; those after the newest article are apart; the others have happened, latest first."""
    data = briefing(
        {
            "events/older": {"date": "2022-05"},
            "events/past": {"date": "2023-05"},
            "events/during": {"date": "2023-06-01/.."},
            "events/since": {"date": "2024-05"},
            "events/later": {"date": f"{TODAY.year + 1}-01"},
            "events/next": {"date": "2024-06-04"},
        },
        [reading("articles/old", ["x"], "2023-01-01"), reading("articles/new", ["x"], "2024-01-01")],
    )
    assert [(c.happening.event.uri, c.until) for c in data.coming] == [
        ("events/next.md", "in 3 days"),
        ("events/later.md", ""),
    ]
    assert [h.event.uri for h in data.since] == ["events/since.md"]
    assert [h.event.uri for h in data.latest] == ["events/during.md", "events/past.md", "events/older.md"]
    assert data.today.edtf == TODAY.isoformat()


def test_without_articles_whatever_is_not_to_come_has_happened() -> None:
    """Where there is no newest article, no event is after it."""
    data = briefing({"events/past": {"date": "2024-05"}, "events/undated": {}})
    assert ([h.event.uri for h in data.latest], data.since, data.coming) == (["events/past.md"], (), ())
    assert (data.news.articles, data.people, data.said, data.intensity.strips) == ((), (), (), ())


def test_new_are_the_articles_of_the_last_days_and_the_names_that_none_before_has() -> None:
    """An article of the last week is new; what only it names is named for the first time."""
    old = reading("articles/old", ["[Ruiz](people/ana-ruiz)."], "2024-01-01")
    new = reading("articles/new", ["[Ruiz](people/ana-ruiz) met [Lind](people/bo-lind)."], "2024-03-01")
    news = briefing(PEOPLE, [old, new]).news
    assert ([a.article.uri for a in news.articles], news.number) == (["articles/new.md", "articles/old.md"], 1)
    assert [link.uri for link in news.first_named] == ["people/bo-lind.md"]
    assert news.since
    assert news.since.edtf == "2024-03-01"


def test_where_all_articles_are_new_nothing_is_named_for_the_first_time() -> None:
    """In a first week there is nothing that a new name could be compared with."""
    news = briefing(PEOPLE, [reading("articles/new", ["[Ruiz](people/ana-ruiz)."], "2024-03-01")]).news
    assert (news.since, news.first_named) == (None, ())


def test_who_matters_now_is_who_the_newest_articles_name() -> None:
    """Whom many old articles name comes after whom the newest name; the post is that of today."""
    old = [reading(f"articles/old{n:02}", ["[Lind](people/bo-lind)."], f"2020-01-{n + 1:02}") for n in range(25)]
    new = [reading(f"articles/new{n:02}", ["[Ruiz](people/ana-ruiz)."], "2024-03-01") for n in range(NOW_ARTICLES)]
    data = briefing(PEOPLE, [*old, *new])
    found = [(f.who.uri, f.role, f.now, f.articles) for f in data.people]
    assert found == [("people/ana-ruiz.md", "Envoy", 20, 20), ("people/bo-lind.md", "", 0, 25)]
    assert data.now == NOW_ARTICLES


def test_a_few_articles_all_count_as_the_newest() -> None:
    """With two articles a year apart, both tell who matters."""
    dates = ("2022-01-01", "2024-01-01")
    articles = [reading(f"articles/a{n}", ["[Lind](people/bo-lind)."], date) for n, date in enumerate(dates)]
    data = briefing(PEOPLE, articles)
    assert (data.now, [f.now for f in data.people]) == (2, [2])


def test_claims_with_evidence_on_both_sides_come_first_then_those_with_the_latest() -> None:
    """What is disputed leads; among equals, what was cited last."""
    articles = [reading("articles/old", ["x"], "2020-01-01"), reading("articles/new", ["x"], "2024-01-01")]

    def claim(*cited: tuple[str, str]) -> dict[str, Any]:
        return {"evidence": [{"stance": stance, "article": article, "says": "x"} for stance, article in cited]}

    data = briefing(
        {
            "claims/a-one-sided": claim(("supports", "new")),
            "claims/b-old": claim(("supports", "old"), ("disputes", "old")),
            "claims/c-new": claim(("supports", "old"), ("disputes", "new")),
            "claims/d-bare": {},
        },
        articles,
    )
    uris = [f"claims/{name}.md" for name in ("c-new", "b-old", "a-one-sided", "d-bare")]
    assert [d.claim.uri for d in data.disputes] == uris


def test_of_each_speaker_the_longest_of_the_latest_words_is_shown() -> None:
    """The newest article that quotes somebody tells what they said; a few words are nothing to show."""
    said = {"This is what I said last year.": "people/bo-lind"}
    old = reading("articles/old", ["“This is what I said last year.”"], "2023-01-01", quotes=said)
    words = ["No, never.", "We will not go there.", "We will not go there before the spring."]
    new = reading("articles/new", words, "2024-01-01", quotes=dict.fromkeys(words, "people/bo-lind"))
    assert [quote.words for quote in briefing(PEOPLE, [old, new]).said] == [words[2]]


def test_as_many_speakers_as_there_is_room_for() -> None:
    """However many speak, a few are shown."""
    people = {f"people/p{n}": {} for n in range(SAID_SHOWN + 2)}
    spoken = [
        reading(
            f"articles/a{n}", [f"We will not go there {n}."], "2024-01-01", quotes={f"We will not go there {n}.": who}
        )
        for n, who in enumerate(people)
    ]
    assert len(briefing(people, spoken).said) == SAID_SHOWN


def test_sources_beyond_the_first_stand_together() -> None:
    """The coverage names the sources with most articles; the others are one line, with all their articles."""
    sources = {f"sources/s{n:02}": {} for n in range(SOURCES_SHOWN + 3)}
    articles = [
        reading(f"articles/a{n}-{m}", ["x"], "2024-01-01", source=source)
        for n, source in enumerate(sources)
        for m in range(2 if n < SOURCES_SHOWN else 1)
    ]
    strips = briefing(sources, articles).intensity.strips
    assert [strip.articles for strip in strips] == [2] * SOURCES_SHOWN + [3]
    assert strips[-1].source == "3 others"
