"""Faulty input: every problem is reported once, in one run, where it is and with what to write instead."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from dossier import pipeline
from dossier.cli import main
from dossier.validate import CHECKS

HERE = Path(__file__).parent / "faults"


def test_all_faults_are_reported_in_one_run(golden) -> None:
    """The folder of faults has exactly the problems listed in problems.txt."""
    problems = pipeline.survey(HERE / "content").problems
    golden.check(HERE / "problems.txt", "".join(f"{problem}\n" for problem in problems))


def test_every_problem_has_its_form() -> None:
    """path:line:col: message [rule], sorted, each once, and the message says what to do."""
    problems = pipeline.survey(HERE / "content").problems
    lines = [str(problem) for problem in problems]
    assert all(re.fullmatch(r"[\w./-]+:\d+:\d+: .+ \[[a-z-]+\]", line) for line in lines)
    assert len(set(lines)) == len(lines)
    assert list(problems) == sorted(problems)
    instead = re.compile(r"; |is not one of|is not a grade from|\bnot\b.*such as|does not exist: ")
    assert [line for line in lines if not instead.search(line)] == []


def test_the_command_line_prints_the_problems_then_a_count() -> None:
    """`dossier check` says the path as it was given, prints a count, and exits with 1."""
    result = CliRunner().invoke(main, ["check", "--content", str(HERE / "content")])
    *lines, count = result.stdout.splitlines()
    assert result.exit_code == 1
    assert count == f"{len(lines)} problems"
    assert all(line.startswith(f"{HERE}/content/") for line in lines)


def test_problems_as_json() -> None:
    """The JSON form holds the same problems, field by field."""
    result = CliRunner().invoke(main, ["check", "--format", "json", "--content", str(HERE / "content")])
    found = json.loads(result.stdout)
    assert found["count"] == len(found["problems"]) == len(pipeline.survey(HERE / "content").problems)
    assert found["problems"][0].keys() == {"path", "line", "column", "message", "rule"}


def test_every_check_has_a_fault_that_it_finds() -> None:
    """No check is without a case: leaving one out changes what is reported."""
    found = pipeline.survey(HERE / "content")
    from dossier.validate.checks import Checked

    checked = Checked(found.content, found.entries, {article.ref: article for article in found.articles})
    assert [rule.__name__ for rule in CHECKS if not list(rule(checked))] == []


def test_a_sound_folder_has_no_problems(tmp_path: Path) -> None:
    """An empty folder is a dossier, too: nothing is wrong with it."""
    (tmp_path / "content").mkdir()
    result = CliRunner().invoke(main, ["check", "--content", str(tmp_path / "content")])
    assert (result.exit_code, result.stdout) == (0, "0 problems\n")


def test_wrong_usage_exits_with_2() -> None:
    """A folder that does not exist is wrong usage, not a problem of the content."""
    assert CliRunner().invoke(main, ["check", "--content", "nowhere"]).exit_code == 2
    assert CliRunner().invoke(main, ["inspect", "--content", str(HERE / "content")]).exit_code == 2
