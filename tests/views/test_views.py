"""What pages show: the truths that a reader relies on."""

from __future__ import annotations

from typing import Any

import pytest

from dossier import edtf
from dossier.parts import Inline, Link, Marked, Said, Words
from dossier.schema import ArticleEntry, Person
from dossier.views import compose
from dossier.views.articles import ArticleData
from dossier.views.corpus import held
from dossier.views.events import ClaimData, EventData
from dossier.views.indexes import LONGEST, IndexData
from dossier.views.overviews import MethodData
from dossier.views.people import AgentData
from dossier.views.quotations import QuotesData
from dossier.views.timeline import TimelineData
from tests.views.build import TODAY, entries, reading, ref, views

PEOPLE: dict[str, dict[str, Any]] = {
    "people/ana-ruiz": {
        "family_name": "Ruiz",
        "given_name": "Ana",
        "nationality": ["countries/chile"],
        "positions": [
            {"title": "Ambassador", "country": "countries/chile", "start": "2015", "end": "2018"},
            {"title": "Foreign Minister", "country": "countries/chile", "start": "2020-03", "end": "2022-03-11"},
        ],
    },
    "people/bo-lind": {"positions": [{"title": "Prime Minister", "country": "countries/norway", "start": "2021"}]},
    "countries/chile": {"name": "Chile", "demonyms": ["Chilean"]},
    "countries/norway": {"name": "Norway", "demonyms": ["Norwegian"]},
}


def person(data: object) -> AgentData:
    assert isinstance(data, AgentData)
    return data


def text(words: Inline | Words) -> str:
    """What a line of text says, without its links."""
    if isinstance(words, tuple):
        return "".join(map(text, words))
    if isinstance(words, Said):
        return text(words.words)
    return words if isinstance(words, str) else words.words if isinstance(words, edtf.Date) else words.text


def test_a_post_is_the_one_held_on_the_day() -> None:
    """At an event a person is shown in the post of that time; today, in the present or the last one."""
    made = views(PEOPLE | {"events/talks": {"date": "2021-05-04", "participants": [{"who": "people/ana-ruiz"}]}})
    event = made["events/talks.md"].data
    assert isinstance(event, EventData)
    assert [a.post for a in event.participants] == ["Foreign Minister, Chile"]
    assert person(made["people/ana-ruiz.md"].data).role == "formerly Foreign Minister, Chile"
    assert person(made["people/bo-lind.md"].data).role == "Prime Minister, Norway"


@pytest.mark.parametrize(
    ("when", "expected"),
    [("2014", False), ("2015", True), ("2018-12-31", True), ("2019", False), ("2018/2019", True), ("../2014", False)],
)
def test_an_inexact_date_counts_when_it_may_fall_in_the_term(when: str, expected: bool) -> None:
    """A post may have been held on a date if some day of the date lies in its term."""
    ana = entries(PEOPLE)[ref("people/ana-ruiz")]
    assert isinstance(ana, Person)
    assert held(ana.positions[0], edtf.parse(when)) is expected


def test_positions_held_today_come_first() -> None:
    """Current posts lead, then the latest."""
    made = views(PEOPLE)
    assert [p.title for p in person(made["people/ana-ruiz.md"].data).positions] == ["Foreign Minister", "Ambassador"]


def test_contexts_lead_to_the_right_paragraph() -> None:
    """Each mention is shown in its sentence, with the name marked and a link to its paragraph."""
    article = reading(
        "articles/one",
        ["Rain fell. It stopped at noon.", "Mr. Smith waved. [Ruiz](people/ana-ruiz) met the U.N. envoy. Others left."],
        "2023-01-05",
    )
    entry = person(views(PEOPLE, [article])["people/ana-ruiz.md"].data).entry
    (covered,) = entry.coverage
    (context,) = covered.contexts
    assert context.words == (Marked("Ruiz"), " met the U.N. envoy.")
    assert context.place == Link("¶2", "articles/one.md", "p2", ref("articles/one"))
    assert (entry.mentions, entry.articles) == (1, 1)


def test_a_name_said_twice_in_a_sentence_is_one_context() -> None:
    """A sentence is shown once, however often it names the entry."""
    article = reading("articles/one", ["[Ruiz](people/ana-ruiz) said [Ruiz](people/ana-ruiz) would go."])
    (covered,) = person(views(PEOPLE, [article])["people/ana-ruiz.md"].data).entry.coverage
    assert [text(c.words) for c in covered.contexts] == ["Ruiz said Ruiz would go."]
    assert covered.mentions == 2


def test_companions_count_shared_events_and_paragraphs() -> None:
    """Who took part in the same past events and who is named in the same paragraphs, each counted by itself."""
    given = PEOPLE | {
        "people/cy-oak": {},
        "events/first": {"date": "2021-01", "participants": [{"who": "people/ana-ruiz"}, {"who": "people/bo-lind"}]},
        "events/later": {"date": "2022-01", "participants": [{"who": "people/ana-ruiz"}, {"who": "people/bo-lind"}]},
        "events/to-come": {"date": "2030", "participants": [{"who": "people/ana-ruiz"}, {"who": "people/bo-lind"}]},
    }
    article = reading("articles/one", ["[Ruiz](people/ana-ruiz) and [Oak](people/cy-oak).", "[Oak](people/cy-oak)."])
    people = person(views(given, [article])["people/ana-ruiz.md"].data).people
    assert [(c.who.text, c.events, c.paragraphs) for c in people] == [("Bo Lind", 2, 0), ("Cy Oak", 0, 1)]
    assert people[0].latest is not None
    assert people[0].latest.uri == "events/later.md"  # the last that has happened
    assert [event.uri for event, _ in people[0].before] == ["events/first.md"]
    assert people[1].latest is None


def test_events_are_in_order_of_their_earliest_day() -> None:
    """An inexact date sorts by its first day; an undated event comes last; a long pause is told."""
    given: dict[str, dict[str, Any]] = {
        "events/day": {"date": "2022-07-08"},
        "events/month": {"date": "2022-07"},
        "events/since": {"date": "2022-02-24/.."},
        "events/undated": {},
        "events/year": {"date": "2020"},
    }
    data = views(given)["timeline.md"].data
    assert isinstance(data, TimelineData)
    shown = [(year.label, [h.event.uri for h in year.events]) for year in data.years]
    assert shown == [
        ("2020", ["events/year.md"]),
        ("2022", ["events/since.md", "events/month.md", "events/day.md"]),
        ("Undated", ["events/undated.md"]),
    ]
    assert [h.precision for year in data.years for h in year.events] == ["year", "open", "month", "", "undated"]
    assert data.years[1].events[0].gap == "13 months"


def test_references_to_what_is_withheld_leave_no_trace() -> None:
    """An entry that is not published is neither linked nor named, wherever others refer to it."""
    given = PEOPLE | {
        "events/talks": {
            "date": "2021-05-04",
            "country": "countries/atlantis",
            "part_of": "events/secret",
            "participants": [{"who": "people/ghost"}, {"who": "people/bo-lind", "on_behalf_of": "organizations/gone"}],
            "topics": ["topics/secret"],
            "citations": [{"article": "articles/withheld", "quote": "x"}],
        },
        "claims/one": {
            "about": ["people/ghost", "people/bo-lind"],
            "evidence": [
                {"stance": "supports", "article": "articles/withheld", "quote": "x"},
                {"stance": "disputes", "article": "articles/one", "quote": "We stay", "speaker": "people/ghost"},
                {"stance": "unclear", "speaker": "people/ghost", "says": "Nobody is to know."},
                {"stance": "unclear", "speaker": "people/bo-lind", "says": "Everybody may know."},
            ],
        },
    }
    article = reading(
        "articles/one",
        ["“We stay,” said [the ghost](people/ghost). [Lind](people/bo-lind) nodded."],
        quotes={"We stay,": "people/ghost"},
        source="sources/hidden",
    )
    made = views(given, [article])
    shown = "".join(repr(view.data) for view in made.values())
    assert "people/ghost" not in shown
    for gone in ("people/ghost", "atlantis", "topics/secret", "events/secret", "withheld", "sources/hidden"):
        assert f"'{gone}.md" not in shown
        assert f"id='{gone.rpartition('/')[2]}'" not in shown
    claim = made["claims/one.md"].data
    assert isinstance(claim, ClaimData)
    assert claim.dispute.supports == ()
    assert claim.dispute.disputes == ()
    body = made["articles/one.md"].data
    assert isinstance(body, ArticleData)
    assert text(body.paragraphs[0].words).startswith("“We stay,” said the ghost.")


@pytest.mark.parametrize(("rights", "shown"), [("full", 3), ("excerpt", 2), ("metadata", 0)])
def test_no_more_of_an_article_is_shown_than_its_rights_allow(rights: str, shown: int) -> None:
    """Of an excerpt two paragraphs, of mere metadata no word; links lead only to paragraphs that are there."""
    article = reading(
        "articles/one",
        ["First.", "Second.", "“We shall never go there again,” said [Lind](people/bo-lind)."],
        quotes={"We shall never go there again,": "people/bo-lind"},
    )
    made = views(PEOPLE | {"articles/one": {"rights": rights}}, [article])
    data = made["articles/one.md"].data
    assert isinstance(data, ArticleData)
    assert (len(data.paragraphs), data.hidden) == (shown, 3 - shown)
    lind = person(made["people/bo-lind.md"].data)
    assert lind.entry.mentions == 1
    said = [quote for _, quotes in lind.quotes for quote in quotes]
    assert len(said) == len(lind.entry.coverage[0].contexts) == (1 if rights == "full" else 0)
    if rights != "full":
        assert "never go" not in "".join(repr(view.data) for view in made.values())


def test_a_country_has_a_page_only_where_it_is_curated_or_mentioned() -> None:
    """A country that only a field refers to is named without a link."""
    article = reading("articles/one", ["[Norway](countries/norway) spoke."])
    curated = ["people/ana-ruiz", "people/bo-lind", "articles/one"]
    made = views(PEOPLE, [article], curated=curated)
    assert "countries/norway.md" in made
    assert "countries/chile.md" not in made
    facts = {fact.label: fact.values for fact in person(made["people/ana-ruiz.md"].data).entry.facts}
    assert facts["Nationality"] == (("Chile",),)


def test_an_article_links_each_name_and_tells_repeated_ones_apart() -> None:
    """Names are linked with their rule, the second in a paragraph quietly; quotations are marked."""
    article = reading(
        "articles/one",
        [
            "[Lind](people/bo-lind) said “[Ruiz](people/ana-ruiz) lied.” [Lind](people/bo-lind) left.",
            "[Lind](people/bo-lind).",
        ],
        quotes={"Ruiz lied.": "people/bo-lind"},
    )
    data = views(PEOPLE, [article])["articles/one.md"].data
    assert isinstance(data, ArticleData)
    first, second = data.paragraphs
    lind = Link("Lind", "people/bo-lind.md", ref=ref("people/bo-lind"), rule="name")
    ruiz = Link("Ruiz", "people/ana-ruiz.md", ref=ref("people/ana-ruiz"), rule="name")
    again = Link("Lind", "people/bo-lind.md", ref=ref("people/bo-lind"), rule="name", again=True)
    said = Said((ruiz, " lied."), ref("people/bo-lind"), "Bo Lind")
    assert first.words == (lind, " said “", said, "” ", again, " left.")
    assert second.words == (lind, ".")


@pytest.mark.parametrize("quote", ["one. Two", "Lind said “a", "b” and"])
def test_no_word_of_an_article_is_lost_or_doubled(quote: str) -> None:
    """Whatever quotations and names overlap, the paragraphs say what the article says."""
    article = reading(
        "articles/one",
        ["[Lind said “a](people/bo-lind) b” and one. Two [Lind](people/bo-lind)", "Three."],
        quotes={quote: None},
    )
    data = views(PEOPLE, [article])["articles/one.md"].data
    assert isinstance(data, ArticleData)
    assert "\n\n".join(text(p.words) for p in data.paragraphs) == article.article.text


def test_quotations_are_grouped_by_speaker_with_unnamed_ones_apart() -> None:
    """Everyone who speaks is listed with what was said, with or without an entry; the rest stands apart."""
    article = reading(
        "articles/one",
        ["“We shall see about that tomorrow,” “I do not know anything yet,” “It was a dark and stormy night.”"],
        quotes={
            "We shall see about that tomorrow,": "people/bo-lind",
            "I do not know anything yet,": "a bystander",
            "It was a dark and stormy night.": None,
        },
    )
    data = views(PEOPLE, [article])["quotes.md"].data
    assert isinstance(data, QuotesData)
    assert {text(s.who): [q.words for q in s.quotes] for s in data.speakers} == {
        "Bo Lind": ["We shall see about that tomorrow"],
        "a bystander": ["I do not know anything yet"],
    }
    assert [q.words for q in data.unattributed] == ["It was a dark and stormy night."]


def test_words_that_a_crosshead_repeats_are_shown_once() -> None:
    """Of a quotation that an article prints twice the one that is said stands, not the crosshead."""
    article = reading(
        "articles/one",
        ["‘We do not feel alone here’", "“We do not feel alone here,” said [Lind](people/bo-lind)."],
        quotes={"We do not feel alone here": "people/bo-lind", "We do not feel alone here,": "people/bo-lind"},
    )
    ((_, said),) = person(views(PEOPLE, [article])["people/bo-lind.md"].data).quotes
    assert [quote.place.fragment for quote in said] == ["p2"]


def test_people_are_sorted_by_family_name() -> None:
    """The index of people is in order of their family names."""
    data = views(PEOPLE | {"people/zoe-abel": {"family_name": "Abel"}})["people/index.md"].data
    assert isinstance(data, IndexData)
    assert [row.entry.text for _, rows in data.groups for row in rows] == ["Zoe Abel", "Bo Lind", "Ana Ruiz"]


def test_every_address_of_the_site_is_there() -> None:
    """The briefing, an index for each kind and the views over all exist even in an empty dossier."""
    kinds = ("people", "countries", "organizations", "events", "topics", "sources", "claims", "articles")
    overviews = ("timeline.md", "map.md", "map/articles.md", "network.md", "quotes.md", "search.md", "method.md")
    assert {"index.md", *(f"{kind}/index.md" for kind in kinds), *overviews} == set(views({}))


def test_the_same_entries_give_the_same_views() -> None:
    """The order in which entries and articles come does not matter."""
    articles = [reading(f"articles/a{n}", ["[Lind](people/bo-lind)."], "2023-01-01") for n in range(4)]
    backwards = dict(reversed(PEOPLE.items()))
    assert views(PEOPLE, articles) == views(backwards, articles[::-1])


def test_a_long_list_is_cut_into_pages() -> None:
    """A list too long for a page leads to pages by letter or year that together hold every entry once."""
    names = {f"people/p{n}": {"name": f"{'ABC'[n % 3]}da {n}"} for n in range(LONGEST + 1)}
    dated = {f"events/e{n}": {"date": f"{2000 + n % 2}-01-{1 + n % 28:02}"} for n in range(3 * LONGEST)}
    made = views(names | dated)
    for folder, uris, count in (
        ("people", ["people/letter/a.md", "people/letter/b.md", "people/letter/c.md"], LONGEST + 1),
        ("events", [f"events/year/{y}-{n}.md" for y in (2001, 2000) for n in (1, 2)], 3 * LONGEST),
    ):
        first = made[f"{folder}/index.md"].data
        assert isinstance(first, IndexData)
        assert [link.uri for link, _ in first.pages] == uris
        assert sum(number for _, number in first.pages) == count
        listed = []
        for uri in uris:
            data = made[uri].data
            assert isinstance(data, IndexData)
            assert made[uri].trail[-1] == Link(folder.title(), f"{folder}/index.md")
            listed += [row.entry.uri for _, rows in data.groups for row in rows]
        assert len(listed) == len(set(listed)) == count


def test_the_method_page_tells_rules_of_the_same_name_apart() -> None:
    """A rule is explained by its stage and name; the most used stands first."""
    article = reading("articles/one", ["[Lind](people/bo-lind) “knows”."], quotes={"knows": None})
    known = entries(PEOPLE) | {article.article.ref: ArticleEntry()}
    rules = {"annotate/name": "The name.", "quote/none": "No rule fits."}
    made = tuple(compose(known, (article,), (), TODAY, curated=frozenset(known), rules=rules))
    data = next(view.data for view in made if view.uri == "method.md")
    assert isinstance(data, MethodData)
    assert data.linking == (("name", "The name.", 1),)
    assert data.quoting == (("none", "No rule fits.", 1),)


def test_an_entry_is_found_by_its_other_names() -> None:
    """Aliases and the abbreviation are told to the search; what its people or rulers are called is no name of it."""
    given: dict[str, dict[str, Any]] = {
        "countries/chile": {"aliases": ["Republic of Chile", {"name": "Santiago", "type": "metonym"}]},
        "organizations/club": {"abbreviation": "CLB", "aliases": [{"name": "Clubbers", "type": "demonym"}, "Club"]},
    }
    made = views(given)
    assert made["countries/chile.md"].also == ("Republic of Chile", "Santiago")
    assert made["organizations/club.md"].also == ("CLB",)
    assert person(made["countries/chile.md"].data).entry.also == ("Republic of Chile",)


def test_the_first_page_of_a_long_list_has_what_is_named_most() -> None:
    """Where a list by name is cut, its first page is in order of mentions; the pages of letters are by name."""
    names = {f"people/p{n}": {"name": f"{'ABC'[n % 3]}da {n}"} for n in range(LONGEST + 1)}
    article = reading("articles/a", ["[Q](people/p7), [Q](people/p7), [R](people/p2)."], "2022-01-01")
    made = views(names, [article])
    data = made["people/index.md"].data
    assert isinstance(data, IndexData)
    ((_, rows),) = data.groups
    assert [row.entry.uri for row in rows][:2] == ["people/p7.md", "people/p2.md"]
    assert (data.order, data.count, data.shown, len(rows)) == ("-mentions", LONGEST + 1, 50, 50)
    letter = made["people/letter/a.md"].data
    assert isinstance(letter, IndexData)
    assert (letter.order, letter.count, letter.shown) == ("name", LONGEST + 1, 84)
