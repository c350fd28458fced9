"""Quotations found in the fixture files, and who said them."""

from __future__ import annotations

import doctest
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from dossier.model import Annotation
from dossier.quote import RULES, cues, marks, names, quote, words
from dossier.schema import ArticleEntry
from tests.quote.articles import article_of

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case of a fixture file: a text, and a line for each quotation in it."""

    name: str
    text: str
    expected: tuple[tuple[str, ...], ...]


def read_cases(file: str) -> list[Case]:
    """The cases of a fixture file."""
    cases = []
    for block in re.split(r"^## ", (CASES / file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = block.partition("\n")
        text, _, lines = body.partition("\n> ")
        expected = [tuple(part.strip() for part in line.split("|")) for line in lines.split("\n> ") if line.strip()]
        cases.append(Case(title.strip(), text.strip(), tuple(expected)))
    return cases


def cases(*files: str) -> list[pytest.ParameterSet]:
    """The cases of some fixture files as test parameters."""
    return [pytest.param(case, id=f"{file[:-3]}: {case.name}") for file in files for case in read_cases(file)]


def check(case: Case) -> None:
    """What comes out is what the lines of the case say."""
    found = quote(article_of(case.text), Annotation(), {}, ArticleEntry())
    got = [(q.text, q.speaker_name or "-", q.rule, q.speaker_text or "-") for q in found]
    shown = [line[: len(wanted)] for line, wanted in zip(got, case.expected, strict=False)]
    cut = [
        (text if not wanted[0].endswith("…") or not text.startswith(wanted[0][:-1]) else wanted[0], *rest)
        for (text, *rest), wanted in zip(shown, case.expected, strict=False)
    ]
    assert (cut, len(got)) == (list(case.expected), len(case.expected))


@pytest.mark.parametrize("case", cases("marks.md", "tags.md", "clauses.md", "people.md"))
def test_speaker(case: Case) -> None:
    """Each quotation is found whole and given to the one who said it, by the rule named."""
    check(case)


@pytest.mark.parametrize("case", cases("negative.md"))
def test_no_speaker(case: Case) -> None:
    """Doubtful words, titles and terms in quotation marks are nobody's speech."""
    check(case)


@pytest.mark.xfail(strict=True, reason="not yet read rightly")
@pytest.mark.parametrize("case", cases("known-failures.md"))
def test_known_failure(case: Case) -> None:
    """What ought to come out and does not yet."""
    check(case)


def test_every_rule_has_a_case() -> None:
    """Every rule is fired by a fixture, and no fixture names a rule that there is not."""
    files = ("marks.md", "tags.md", "clauses.md", "people.md", "negative.md")
    named = {line[2] for file in files for case in read_cases(file) for line in case.expected}
    assert named | {"curated"} == set(RULES)


def test_every_rule_is_a_sentence() -> None:
    """The method page prints one sentence for each rule."""
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in RULES.values())


@pytest.mark.parametrize("module", [cues, marks, names, words], ids=lambda module: str(module.__name__))
def test_examples(module: ModuleType) -> None:
    """The examples in the docstrings hold."""
    assert doctest.testmod(module).failed == 0
