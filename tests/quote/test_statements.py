"""Indirect statements found in the fixture files, and who made them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from dossier.model import Annotation, Article, Ref
from dossier.quote import STATEMENT_RULES, find_quotations, statements
from dossier.schema import Person
from tests.quote.articles import annotation_of, article_of
from tests.quote.test_quote import Case, cases, read_cases
from tests.quote.test_quote_properties import articles


def check(case: Case) -> None:
    """What comes out is what the lines of the case say."""
    found = statements(article_of(case.text), Annotation(), {})
    got = [(s.text, s.speaker_name, s.rule, s.speaker_text, s.cue) for s in found]
    shown = [line[: len(wanted)] for line, wanted in zip(got, case.expected, strict=False)]
    assert (shown, len(got)) == (list(case.expected), len(case.expected))


@pytest.mark.parametrize("case", cases("statements.md", "statements-negative.md"))
def test_statements(case: Case) -> None:
    """Each reported clause is found as the case says, and nothing else."""
    check(case)


@pytest.mark.xfail(strict=True, reason="not yet read rightly")
@pytest.mark.parametrize("case", cases("statements-known-failures.md"))
def test_known_failure(case: Case) -> None:
    """What ought to come out and does not yet."""
    check(case)


def test_every_rule_has_a_case() -> None:
    """Every rule is fired by a fixture, and no fixture names a rule that there is not."""
    assert {line[2] for case in read_cases("statements.md") for line in case.expected} == set(STATEMENT_RULES)


def test_every_rule_is_a_sentence() -> None:
    """The method page prints one sentence for each rule."""
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in STATEMENT_RULES.values())


def test_the_speaker_is_the_entry() -> None:
    """A name or a pronoun of somebody who has an entry leads to the entry."""
    text = "Roe opened the hearing. She said the bridge would stay closed."
    roe = Ref("people", "jane-roe")
    found = statements(
        article_of(text), annotation_of(text, {"Roe": roe}), {roe: Person(name="Jane Roe", pronouns="she/her")}
    )
    assert [(s.speaker, s.speaker_name, s.speaker_text) for s in found] == [(roe, "Jane Roe", "She")]


@settings(max_examples=400, deadline=None)
@given(articles())
def test_any_text(case: tuple[Article, Annotation]) -> None:
    """Statements stand in order, never overlap, name their speaker, and say where all is printed."""
    article, annotation = case
    end = 0
    for s in statements(article, annotation, {}):
        assert end <= s.start < s.end <= len(article.text)
        assert article.text[s.start : s.end] == s.text
        assert article.text[s.speaker_start : s.speaker_end] == s.speaker_text
        assert s.speaker_name
        assert s.rule in STATEMENT_RULES
        end = s.end


@settings(max_examples=400, deadline=None)
@given(articles())
def test_quotations_stand_for_themselves(case: tuple[Article, Annotation]) -> None:
    """No statement holds a quotation of five words or more."""
    article, annotation = case
    spans = find_quotations(article.text, [(p.start, p.end) for p in article.paragraphs])
    whole = [s for s in spans if len(article.text[s.start : s.end].split()) >= 5]
    for statement in statements(article, annotation, {}):
        assert not any(s.start < statement.end and statement.start < s.end for s in whole)
