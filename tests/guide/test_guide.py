"""Guidance: what is weak is told where it stands, what only looks weak is not, and what is silenced is silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossier import guide, pipeline
from tests.conftest import ROOT

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path for path in CASES.glob("*/*") if path.is_dir())


def found_in(content: Path) -> tuple[guide.Weakness, ...]:
    """What every rule finds in a content folder that has no problems."""
    found = pipeline.survey(content)
    assert found.problems == ()
    return pipeline.weaknesses(found, read=True)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_rule_finds_what_is_weak_and_nothing_else(folder: Path, golden) -> None:
    """In a `weak` folder the rule finds exactly what is expected, in a `sound` one nothing."""
    rule = folder.parent.name
    lines = [f"{weakness.problem}\n" for weakness in found_in(folder) if weakness.problem.rule == rule]
    if folder.name.startswith("sound"):
        assert lines == []
    else:
        assert lines
        golden.check(folder / "expected.txt", "".join(lines))


def test_every_rule_has_a_case_for_it_and_one_against_it() -> None:
    """No rule is without a folder that it finds weak and one that it finds sound."""
    there = {(path.parent.name, re.sub(r"[^a-z].*", "", path.name)) for path in FOLDERS}
    assert there == {(rule, side) for rule in guide.rules() for side in ("weak", "sound")}


def test_every_rule_says_what_it_asks_for() -> None:
    """The docstring of a rule is one sentence, and each message says what was found and what to do."""
    assert all(re.fullmatch(r"[A-Z].+\.", sentence) for sentence in guide.rules().values())
    messages = [line for path in CASES.rglob("expected.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line for line in messages if not re.fullmatch(r"[\w./-]+:\d+:\d+: .+; .+ \[[a-z-]+\]", line)] == []


def test_the_manual_lists_every_rule_with_its_sentence() -> None:
    """docs/content.md has the rules as they are, in their order: those over entries, then those over texts."""
    manual = (ROOT / "docs/content.md").read_text(encoding="utf-8").partition("## What `dossier check` warns of")[2]
    assert re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", manual, re.MULTILINE) == [*guide.rules().items()]


def test_a_dossier_with_problems_gets_no_guidance(tmp_path: Path) -> None:
    """What a problem hides would look like a weakness: problems come first."""
    (tmp_path / "events").mkdir()
    (tmp_path / "events/talks.yml").write_text("name: Talks\ncitations: [{article: nowhere}]\n", encoding="utf-8")
    found = pipeline.survey(tmp_path)
    assert found.problems != ()
    assert pipeline.weaknesses(found, read=True) == ()


def test_without_reading_only_the_entries_are_looked_at() -> None:
    """The rules over texts find nothing where the articles are not read; the others find the same."""
    quick = {guide.name_of(rule) for rule in guide.BY_ENTRIES}
    for folder in FOLDERS:
        found = pipeline.survey(folder)
        both = pipeline.weaknesses(found, read=True)
        assert pipeline.weaknesses(found, read=False) == tuple(w for w in both if w.problem.rule in quick)
