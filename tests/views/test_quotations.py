"""Who said what, on what: grouped, to be narrowed, and cut into pages where there is much of it."""

from __future__ import annotations

from typing import Any

from dossier.model import Reading
from dossier.packaged import page_templates
from dossier.render import render
from dossier.views.people import QUOTES_SHOWN, AgentData
from dossier.views.quotations import QUOTES_A_PAGE, QuotesData
from tests.views.build import reading, views

GIVEN: dict[str, dict[str, Any]] = {
    "people/bo-lind": {"family_name": "Lind"},
    "organizations/tass": {"name": "TASS"},
    "topics/cable": {"name": "The cable"},
    "topics/herring": {"name": "Herring"},
    "events/cut": {
        "topics": ["topics/cable"],
        "citations": [{"article": "articles/one", "quote": "Somebody cut it in the night"}],
    },
}


def article(name: str, date: str | None, said: list[tuple[str, str | None]], before: str = "") -> Reading:
    """An article with a quotation a paragraph."""
    return reading(f"articles/{name}", [f"{before}“{words}” he said." for words, _ in said], date, quotes=dict(said))


def quotes_page(*readings: Reading, uri: str = "quotes.md") -> QuotesData:
    data = views(GIVEN, readings)[uri].data
    assert isinstance(data, QuotesData)
    return data


def lind(*readings: Reading) -> AgentData:
    data = views(GIVEN, readings)["people/bo-lind.md"].data
    assert isinstance(data, AgentData)
    return data


def test_a_quotation_is_on_what_its_paragraph_is_about() -> None:
    """The paragraph names the topic or bears out an event on it; other paragraphs of the article say nothing of it."""
    one = reading(
        "articles/one",
        [
            "“We eat it all winter long,” said Lind of [herring](topics/herring).",
            "Somebody cut it in the night. “I know nothing of that matter,” said Lind.",
            "“It was raining all the day,” said Lind.",
        ],
        quotes={
            "We eat it all winter long,": "people/bo-lind",
            "I know nothing of that matter,": "people/bo-lind",
            "It was raining all the day,": "people/bo-lind",
        },
    )
    (group,) = quotes_page(one).speakers
    assert {quote.words: [topic.text for topic in quote.topics] for quote in group.quotes} == {
        "We eat it all winter long": ["Herring"],
        "I know nothing of that matter": ["The cable"],
        "It was raining all the day": [],
    }


def test_a_person_is_quoted_by_topic_the_latest_first() -> None:
    """Under each topic the newest come first; what is on none stands at the end."""
    about = "On [herring](topics/herring) "
    old = article("old", "2022-01-01", [(f"old words number {n} on it", "people/bo-lind") for n in range(2)], about)
    new = article("new", "2023-01-01", [(f"new words number {n} on it", "people/bo-lind") for n in range(2)], about)
    rest = article("rest", "2023-06-01", [("words on nothing at all", "people/bo-lind")])
    found = [(topic.text if topic else None, [q.words for q in said]) for topic, said in lind(old, new, rest).quotes]
    assert found == [
        ("Herring", [f"{age} words number {n} on it" for age in ("new", "old") for n in range(2)]),
        (None, ["words on nothing at all"]),
    ]


def test_few_quotations_are_read_as_they_come() -> None:
    """Under headings they would only be torn apart."""
    about = article("a", "2022-01-01", [("these are words on herring", "people/bo-lind")], "[herring](topics/herring) ")
    other = article("b", "2022-01-02", [("these are words on nothing", "people/bo-lind")])
    assert [topic for topic, _ in lind(about, other).quotes] == [None]


def test_an_undated_article_is_not_the_newest() -> None:
    """What has no date comes after what has one."""
    dated = article("dated", "2022-01-01", [("these are the dated words", "people/bo-lind")])
    undated = article("undated", None, [("these are the undated words", "people/bo-lind")])
    (group,) = quotes_page(undated, dated).speakers
    assert [quote.words for quote in group.quotes] == ["these are the dated words", "these are the undated words"]


def many(count: int, year: int = 2023) -> list[Reading]:
    """So many quotations of Lind, fifty an article, a day apart."""
    return [
        article(
            f"{year}-{n}",
            f"{year}-{1 + n // 28:02}-{1 + n % 28:02}",
            [(f"these are the words number {n} {m}", "people/bo-lind") for m in range(min(50, count - 50 * n))],
        )
        for n in range((count + 49) // 50)
    ]


def test_many_quotations_are_cut_into_years_and_none_is_lost() -> None:
    """Beyond a page there is one for each year, of a long year for each month; the first page shows the newest."""
    readings = [*many(QUOTES_A_PAGE + 100), *many(60, 2021)]
    made = {uri: view.data for uri, view in views(GIVEN, readings).items() if uri.startswith("quotes")}
    assert list(made) == ["quotes.md", "quotes/2023.md", "quotes/2023/01-1.md", "quotes/2023/01-2.md", "quotes/2021.md"]
    data = {uri: page for uri, page in made.items() if isinstance(page, QuotesData)}
    assert [(link.uri, count) for link, count in data["quotes.md"].pages] == [
        ("quotes/2023.md", QUOTES_A_PAGE + 100),
        ("quotes/2021.md", 60),
    ]
    assert [quote.words for quote in data["quotes.md"].latest][:1] == ["these are the words number 6 0"]
    last = [page for uri, page in data.items() if uri not in ("quotes.md", "quotes/2023.md")]
    shown = [q.words for page in last for group in page.speakers for q in (*group.quotes, *group.fragments)]
    assert len(shown) == QUOTES_A_PAGE + 160
    assert data["quotes.md"].most[0][1] == QUOTES_A_PAGE + 160


def test_a_new_quotation_changes_the_pages_of_its_time_only() -> None:
    """The pages of other years, and of other months, stay as they are: they need not be made anew."""
    readings = [*many(QUOTES_A_PAGE + 100), *many(QUOTES_A_PAGE + 50, 2021), *many(60, 2022)]
    new = article("new", "2023-06-20", [("these are words of the summer", "people/bo-lind")])
    before, after = (
        {uri: view.data for uri, view in views(GIVEN, given).items() if uri.startswith("quotes")}
        for given in (readings, [*readings, new])
    )
    assert {uri for uri in after if before.get(uri) != after[uri]} == {
        "quotes.md",
        "quotes/2023.md",
        "quotes/2023/06.md",
        *(uri for uri in after if uri.startswith("quotes/2023/01-")),  # they lead to the new month
    }


def test_a_person_quoted_often_shows_the_newest_and_leads_to_the_rest() -> None:
    """The page of the person is bounded, and its links lead to the very places that hold everything."""
    readings = [*many(QUOTES_A_PAGE + 100), *many(60, 2021)]
    made = views(GIVEN, readings)
    data = made["people/bo-lind.md"].data
    assert isinstance(data, AgentData)
    assert sum(len(said) for _, said in data.quotes) <= QUOTES_SHOWN
    assert sum(count for _, count in data.more_quotes) == QUOTES_A_PAGE + 160
    pages = {page.uri: page.markdown for page in render(list(made.values()), page_templates())}
    for link, _ in data.more_quotes:
        assert f"{{ #{link.fragment} }}" in pages[link.uri]


def test_filters_offer_what_is_on_the_page() -> None:
    """Speakers and topics with their counts; each quotation carries what it is found by."""
    said: list[tuple[str, str | None]] = [(f"these are the words number {n}", "people/bo-lind") for n in range(6)]
    others: list[tuple[str, str | None]] = [
        ("the agency speaks these words", "organizations/tass"),
        ("a stranger speaks these words", "Émile Roux"),
        ("nobody spoke these words here", None),
    ]
    data = quotes_page(
        article("a", "2022-01-01", said, "[herring](topics/herring) "), article("b", "2022-02-01", others)
    )
    (speakers,) = data.filters
    assert [(c.value, c.text, c.count) for c in speakers.choices] == [
        ("bo-lind", "Bo Lind", 6),
        ("organizations-tass", "TASS", 1),
        ("named-emile-roux", "Émile Roux", 1),
    ]
    assert (data.first, data.last) == ("2022-01-01", "2022-02-01")
    assert data.unattributed[0].marks == ()


def test_few_quotations_need_no_filter() -> None:
    """A handful is looked over faster than it is narrowed."""
    assert quotes_page(article("a", "2022-01-01", [("words of four or five", "people/bo-lind")])).filters == ()
