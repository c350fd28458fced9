"""Faulty dossiers: every problem is reported once, in one run, where it is and with what to write instead."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier import pipeline
from dossier.cli import main
from dossier.validate import CHECKS
from dossier.validate.checks import Checked
from tests.conftest import ROOT

HERE = Path(__file__).parent / "faults"
CASES = sorted(path for path in HERE.iterdir() if path.is_dir())
LINE = re.compile(r"(?P<path>[^:]+):\d+:\d+: (?P<message>.+) \[(?P<rule>[a-z-]+)\]")

#: Rules of problems that no case has, and why.
ELSEWHERE = {
    "template": "of page templates, which are laid out only when the site is built: tests/render",
    "slow-pattern": "depends on the machine: tests/test_load.py",
}


def expected_lines() -> Iterator[tuple[str, str]]:
    """Every expected problem, with its case."""
    for case in CASES:
        for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines()[:-1]:
            yield case.name, line


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_faulty_dossier_has_exactly_its_problems(case: Path, golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `dossier check` prints in the folder is what its expected.txt says; nothing is raised."""
    monkeypatch.chdir(case)
    result = CliRunner().invoke(main, ["check"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    golden.check(case / "expected.txt", result.stdout)


def test_there_are_many_cases() -> None:
    """The corpus does not shrink unnoticed."""
    assert len(CASES) >= 60


def test_every_problem_has_its_form() -> None:
    """path:line:col: message [rule], each once, and the message says what to do."""
    lines = [*expected_lines()]
    assert [line for line in lines if not LINE.fullmatch(line[1])] == []
    assert len(set(lines)) == len(lines)
    instead = re.compile(r"; |is not one of|is not a grade from|\bnot\b.*such as|does not exist: ")
    assert [line for line in lines if not instead.search(line[1])] == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_problems_are_sorted_and_counted(case: Path) -> None:
    """By path, line and column; the last line is their number."""
    *lines, count = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    problems = pipeline.survey(case / "content").problems
    assert list(problems) == sorted(set(problems))
    assert count == f"{len(lines)} problem{'' if len(lines) == 1 else 's'}"


def test_every_rule_has_a_case() -> None:
    """Each rule that the code knows finds a faulty dossier, and none is found that it does not know."""
    found = {match["rule"] for _, line in expected_lines() if (match := LINE.fullmatch(line))}
    assert found == rules_in(ROOT / "dossier") - ELSEWHERE.keys()


def rules_in(package: Path) -> set[str]:
    """The names of rules in the code: the words that problems and faults are made with."""
    rules: set[str] = set()
    for path in package.rglob("*.py"):
        if "guide" in path.parts:
            continue  # these tell of weak dossiers: tests/guide
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = {"Problem": -1, "problem": -1, "_fault": -1, "fault": 0}.get(called)
                if place is not None and len(node.args) > 1:
                    rules |= {*words(node.args[place])}
                if called == "one_of":
                    rules |= {word for keyword in node.keywords for word in words(keyword.value)}
            elif isinstance(node, ast.FunctionDef) and node.name == "one_of":
                rules |= {word for default in (*node.args.kw_defaults, *node.args.defaults) for word in words(default)}
    return rules


def words(node: ast.expr | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_check_has_a_fault_that_it_finds() -> None:
    """No check is without a case: leaving one out changes what is reported."""
    found: set[str] = set()
    for case in CASES:
        survey = pipeline.survey(case / "content")
        checked = Checked(
            survey.content, survey.entries, {a.ref: a for a in survey.articles if a.ref in survey.entries}
        )
        found |= {rule.__name__ for rule in CHECKS if rule.__name__ not in found and any(rule(checked))}
    assert {rule.__name__ for rule in CHECKS} - found == {"patterns_in_time"}  # the rule slow-pattern: see ELSEWHERE


def test_all_faults_are_reported_in_one_run(tmp_path: Path) -> None:
    """Many faulty files in one dossier: what is wrong in each is told, as if it were alone."""
    faulty: set[str] = set()
    for number, case in enumerate(CASES):
        expected = (case / "expected.txt").read_text(encoding="utf-8")
        path = case / "content/people/jane-roe.yml"
        alone = [*(case / "content").rglob("*.*")] == [path] and not path.is_symlink()
        if alone and re.match(r"(content/people/jane-roe.yml:.*\n)+\d+ problems?$", expected):
            new = tmp_path / "people" / f"jane-{number}.yml"
            new.parent.mkdir(exist_ok=True)
            new.write_bytes(path.read_bytes().replace(b"Jane Roe", f"Jane {number}".encode()))
            faulty.add(f"people/{new.name}")
    found = pipeline.survey(tmp_path).problems
    assert {problem.path for problem in found} == faulty
    assert len(faulty) > 40


def test_the_command_line_says_the_path_as_it_was_given() -> None:
    """The path of a problem begins with the folder that was named."""
    case = HERE / "everything-in-one-file"
    result = CliRunner().invoke(main, ["check", "--content", str(case / "content")])
    *lines, count = result.stdout.splitlines()
    assert (result.exit_code, count) == (1, f"{len(lines)} problems")
    assert all(line.startswith(f"{case}/content/") for line in lines)


def test_problems_as_json() -> None:
    """The JSON form holds the same problems, field by field."""
    content = HERE / "everything-in-one-file" / "content"
    result = CliRunner().invoke(main, ["check", "--format", "json", "--content", str(content)])
    found = json.loads(result.stdout)
    assert found["count"] == len(found["problems"]) == len(pipeline.survey(content).problems)
    assert found["problems"][0].keys() == {"path", "line", "column", "message", "rule", "level"}
    assert {problem["level"] for problem in found["problems"]} == {"error"}
    assert found["warnings"] == []


def test_a_sound_folder_has_no_problems(tmp_path: Path) -> None:
    """An empty folder is a dossier, too: nothing is wrong with it."""
    (tmp_path / "content").mkdir()
    result = CliRunner().invoke(main, ["check", "--content", str(tmp_path / "content")])
    assert (result.exit_code, result.stdout) == (0, "0 problems\n")


def test_wrong_usage_exits_with_2(tmp_path: Path) -> None:
    """A folder that does not exist is wrong usage, not a problem of the content."""
    assert CliRunner().invoke(main, ["check", "--content", "nowhere"]).exit_code == 2
    assert CliRunner().invoke(main, ["inspect", "--content", str(tmp_path)]).exit_code == 2
