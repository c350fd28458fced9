"""What is silenced in `mkdocs.yml`, by which name and with which reason, and what `dossier check` makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier import guide
from dossier.cli import main
from dossier.load.settings import plugin_option
from tests.conftest import dossier_in

WEAK = {
    "events/talks.yml": "name: Talks in Vienna\n",
    "events/visit.yml": "name: A visit\n",
    "people/jane-roe.yml": "name: Jane Roe\n",
}
TOLD = [
    "content/events/talks.yml:1:7: warning: {cite} [uncited-event]",
    "content/events/talks.yml:1:7: warning: {name} [never-mentioned]",
    "content/events/visit.yml:1:7: warning: {cite} [uncited-event]",
    "content/events/visit.yml:1:7: warning: {name} [never-mentioned]",
    "content/people/jane-roe.yml:1:7: warning: {name} [never-mentioned]",
]
CITE = "no article bears this event out; write citations: [{article: …, quote: …}]"
NAME = "no article names it and no entry refers to it; add the alias that articles use, or remove it"
HEAD = "site_name: T\ndocs_dir: content\ntheme: material\nplugins:\n  - search\n"


def told(line: str) -> str:
    return line.format(cite=CITE, name=NAME)


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str, settings: str = HEAD) -> tuple[int, list[str]]:
    """The exit status and the lines of `dossier check` in a weak dossier with these settings."""
    monkeypatch.chdir(dossier_in(folder, WEAK, settings))
    result = CliRunner().invoke(main, ["check", *options])
    return result.exit_code, result.stdout.splitlines()


def test_warnings_are_told_and_leave_the_exit_status_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a line of the form of problems, marked as a warning; the count names both."""
    status, lines = check(tmp_path, monkeypatch)
    assert status == 0
    assert lines == [*sorted(map(told, TOLD)), "0 problems, 5 warnings"]


def test_a_rule_is_silenced_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a silenced rule is told, and the others are."""
    settings = f"{HEAD}  - dossier:\n      silence:\n        never-mentioned: the articles come next week\n"
    _, lines = check(tmp_path, monkeypatch, settings=settings)
    assert lines == [*(told(line) for line in TOLD if "uncited" in line), "0 problems, 2 warnings"]


def test_a_rule_is_silenced_for_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule and a reference silence the one without the other."""
    settings = f"{HEAD}  - dossier: {{silence: {{never-mentioned events/talks: its article was lost}}}}\n"
    _, lines = check(tmp_path, monkeypatch, settings=settings)
    assert lines == [*sorted(told(line) for line in TOLD if line != TOLD[1]), "0 problems, 4 warnings"]


def test_what_is_silenced_is_listed_on_demand_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --all every silenced warning stands among the others, and says why it is silent."""
    settings = f"{HEAD}  - dossier: {{silence: {{never-mentioned: next week, uncited-event events/visit: private}}}}\n"
    _, lines = check(tmp_path, monkeypatch, "--all", settings=settings)
    silent = [line.replace("warning", "silenced") for line in TOLD]
    assert lines == [
        told(TOLD[0]),
        told(silent[1]) + " (next week)",
        told(silent[2]) + " (private)",
        told(silent[3]) + " (next week)",
        told(silent[4]) + " (next week)",
        "0 problems, 1 warning, 4 silenced",
    ]


@pytest.mark.parametrize(
    ("silence", "problem"),
    [
        ("{uncited: why}", "6:25: silence: there is no rule 'uncited'; did you mean uncited-event?"),
        ("{uncited-event: }", "6:25: silence: uncited-event is silenced without a reason; write uncited-event: why"),
        ("{uncited-event: ''}", "6:25: silence: uncited-event is silenced without a reason; write uncited-event: why"),
        ("[uncited-event]", "6:24: silence: rules and reasons are needed here; write {never-mentioned"),
        ("uncited-event", "6:24: silence: rules and reasons are needed here; write {never-mentioned"),
    ],
)
def test_what_is_not_a_silence_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silence: str, problem: str
) -> None:
    """An unknown rule, a missing reason, a form that is none: each is an error, at its place in mkdocs.yml."""
    status, lines = check(tmp_path, monkeypatch, settings=f"{HEAD}  - dossier: {{silence: {silence}}}\n")
    assert status == 1
    assert [line[: len(problem) + 11] for line in lines] == [f"mkdocs.yml:{problem}", "1 problem"]
    assert lines[0].endswith(" [silence]")


def test_the_json_form_has_a_level_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems, warnings and, on demand, what is silenced stand apart, in the same form."""
    settings = f"{HEAD}  - dossier: {{silence: {{never-mentioned: next week}}}}\n"
    _, lines = check(tmp_path, monkeypatch, "--format", "json", "--all", settings=settings)
    found = json.loads("\n".join(lines))
    assert (found["problems"], found["count"]) == ([], 0)
    assert found["warnings"][0] == {
        "path": "content/events/talks.yml",
        "line": 1,
        "column": 7,
        "message": CITE,
        "rule": "uncited-event",
        "level": "warning",
        "about": "events/talks",
    }
    assert {row["reason"] for row in found["silenced"]} == {"next week"}
    assert len(found["silenced"]) == 3


def test_many_articles_are_read_for_warnings_only_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a number of articles the rules that read them wait for --thorough, and that is said."""
    monkeypatch.setattr("dossier.cli.checking.READ_BY_DEFAULT", 0)
    monkeypatch.chdir(
        dossier_in(tmp_path, {**WEAK, "articles/talks.txt": "Talks\n\nThey met for an hour in Vienna.\n"})
    )
    quick = CliRunner().invoke(main, ["check"])
    assert "never-mentioned" not in quick.stdout
    assert (
        quick.stderr == "warnings that need the articles read (1) are left out; dossier check --thorough tells them\n"
    )
    thorough = CliRunner().invoke(main, ["check", "--thorough"])
    assert "never-mentioned" in thorough.stdout
    assert thorough.stderr == ""


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins:\n  - search\n  - dossier:\n      silence: {uncited-event: why}\n",
        "plugins:\n  dossier:\n    silence:\n      uncited-event: why\n",
        "plugins: [search, dossier: {silence: {uncited-event: why}}]\n",
        "site_name: !ENV [NAME, x]\nx: !!python/name:os.system\nplugins: [dossier: {silence: {uncited-event: why}}]\n",
        "why: &why why\nplugins: [dossier: {silence: {uncited-event: *why}}]\n",
    ],
)
def test_the_option_is_read_without_mkdocs(tmp_path: Path, plugins: str) -> None:
    """However the plugins are written down, and whatever tags stand beside them, which are not evaluated."""
    path = tmp_path / "mkdocs.yml"
    path.write_text(plugins, encoding="utf-8")
    option = plugin_option(path, "silence")
    assert option
    assert {key: reason for key, (reason, _) in option[0].items()} == {"uncited-event": "why"}


@pytest.mark.parametrize(
    "text",
    ["", "plugins: [search]", "plugins: [dossier]", "- a", "a: [", "plugins: 3", "\x00", "[" * 100_000, "a: *b"],
)
def test_a_file_without_the_option_is_silent_about_it(tmp_path: Path, text: str) -> None:
    """What is no option, or no YAML, or too deep to be read, silences nothing and ends nothing."""
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    assert plugin_option(path, "silence") is None


def test_the_repository_has_no_warnings_left() -> None:
    """What is weak in the repository's own dossier was mended, or is silenced with a reason."""
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.stdout) == (0, "0 problems\n")


def test_a_reason_for_one_entry_goes_before_the_rules_own() -> None:
    """Whoever silences a rule may still say something else of an entry."""
    option = {"uncited-event": "in general", "uncited-event events/talks": "lost"}
    silences, faults = guide.silences(option, guide.rules())
    assert faults == []
    assert silences.reasons == option
