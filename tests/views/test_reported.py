"""Indirect statements on the pages of who made them and of the articles that report them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.model import Reading, Ref
from dossier.quote import statements
from dossier.views.articles import ArticleData
from dossier.views.overviews import MethodData
from dossier.views.people import QUOTES_SHOWN, AgentData
from tests.views.build import entries, reading, views

PEOPLE = {"people/jane-roe": {"name": "Jane Roe"}, "people/john-doe": {"name": "John Doe"}}


def told(address: str, paragraphs: list[str], date: str) -> Reading:
    """A reading with the statements that are found in it."""
    one = reading(address, paragraphs, date)
    return replace(one, statements=statements(one.article, one.annotation, entries(PEOPLE)))


def agent(article: Reading, *more: Reading, rights: str = "full") -> AgentData:
    """What Jane Roe's page shows."""
    made = views(PEOPLE | {str(article.article.ref): {"rights": rights}}, [article, *more])
    data = made["people/jane-roe.md"].data
    assert isinstance(data, AgentData)
    return data


def test_the_latest_article_comes_first() -> None:
    """A person's page shows what the person is reported to have said, the latest article first, with the paragraph."""
    early = told(
        "articles/early", ["Rain fell.", "[Jane Roe](people/jane-roe) said that the bridge was safe."], "2023-01-01"
    )
    late = told("articles/late", ["The bridge had cracks, [Roe](people/jane-roe) said on Monday."], "2023-02-01")
    found = agent(early, late).statements
    assert [(s.cue, s.words, s.tagged, s.place.text) for s in found] == [
        ("said", "The bridge had cracks", True, "¶1"),
        ("said that", "the bridge was safe", False, "¶2"),
    ]


def test_the_article_names_the_speaker() -> None:
    """An article's page lists its statements in order, each with its speaker, linked where there is an entry."""
    one = told(
        "articles/one",
        ["[Jane Roe](people/jane-roe) said that the bridge was safe. Mary Major said that it was not."],
        "2023-01-01",
    )
    data = views(PEOPLE, [one])["articles/one.md"].data
    assert isinstance(data, ArticleData)
    assert [s.speaker_ref for s in data.statements] == [Ref("people", "jane-roe"), None]
    assert data.statements[1].speaker == "Mary Major"


@pytest.mark.parametrize(("rights", "shown"), [("full", 1), ("metadata", 0)])
def test_rights_are_kept(rights: str, shown: int) -> None:
    """The words of an article that may not be printed are not printed as statements either."""
    one = told("articles/one", ["[Jane Roe](people/jane-roe) said that the bridge was safe."], "2023-01-01")
    assert len(agent(one, rights=rights).statements) == shown


def test_who_is_withheld_says_nothing() -> None:
    """A statement of somebody whose entry this audience must not see is left out."""
    one = told("articles/one", ["[Jane Roe](people/jane-roe) said that the bridge was safe."], "2023-01-01")
    data = views({"people/john-doe": {}}, [one])["articles/one.md"].data
    assert isinstance(data, ArticleData)
    assert data.statements == ()


def test_no_more_are_shown_than_quotations() -> None:
    """A page shows no more statements than quotations, and says how many more there are."""
    many = ["[Jane Roe](people/jane-roe) said that the bridge was safe."] * (QUOTES_SHOWN + 2)
    data = agent(told("articles/one", many, "2023-01-01"))
    assert (len(data.statements), data.more_statements) == (QUOTES_SHOWN, 2)


def test_the_method_page_counts_them() -> None:
    """The method page counts statements by the rule that found them."""
    one = told("articles/one", ["[Jane Roe](people/jane-roe) said that the bridge was safe."], "2023-01-01")
    data = views(PEOPLE, [one])["method.md"].data
    assert isinstance(data, MethodData)
    assert ("Reported statements", 1) in data.counts
    assert [(rule, count) for rule, _, count in data.reporting] == [("said-that", 1)]
