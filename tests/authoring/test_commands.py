"""What all commands have in common: help, the content folder, completion, colours and bars."""

from __future__ import annotations

import importlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dossier.cli import main, working
from dossier.cli.completing import SHELLS, VARIABLE
from dossier.export.forms import FORM_OF
from dossier.schema import KINDS
from dossier.work import Work
from tests.authoring.conftest import Run, files_in
from tests.authoring.test_suggest_write import FIRST, SECOND
from tests.conftest import mkdocs

PROGRAM = Path(sys.executable).with_name("dossier")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_shows_an_example_and_takes_a_content_folder(name: str, run: Run) -> None:
    """In its help, by either of its two names; the example is a line that can be typed."""
    text = run(name, "--help").stdout
    assert run(name, "-h").stdout == text
    assert re.search(rf"\n  Example:\n    dossier {name} .*\n|\n  Example:\n    dossier {name}\n", text), text
    assert "--content" in text
    (option,) = [one for one in main.commands[name].params if "--content" in one.opts]
    assert option.default in ("content", Path("content"))


@pytest.mark.parametrize("name", [name for name in main.commands if name != "init"])
def test_a_content_folder_that_is_missing_is_wrong_usage(name: str, run: Run, tmp_path: Path) -> None:
    """The exit status is 2, and the message names the folder."""
    words = {"new": ["person", "x"], "add": ["x"], "rename": ["a/b", "a/c"], "merge": ["a/b", "a/c"]}
    more = {"build": ["--out", str(tmp_path / "out")], "export": ["json"], "inspect": ["--all"]}
    result = run(name, *words.get(name, more.get(name, [])), "--content", str(tmp_path / "nowhere"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere" in result.stderr


def test_a_new_dossier_may_call_its_content_otherwise(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings of the site and of the editor name the folder; it builds, and every command takes it."""
    assert run("init", str(tmp_path / "vienna"), "--content", "notes").exit_code == 0
    monkeypatch.chdir(tmp_path / "vienna")
    assert "docs_dir: notes" in Path("mkdocs.yml").read_text(encoding="utf-8")
    assert "content/" not in Path(".vscode/settings.json").read_text(encoding="utf-8")
    assert run("check", "--content", "notes").exit_code == 0
    assert run("new", "person", "John Smith", "--content", "notes").stdout == "notes/people/john-smith.yml\n"
    assert mkdocs(tmp_path / "vienna", "build", "--strict").returncode == 0


@pytest.mark.parametrize("name", ["", "..", "a/b", "/tmp", ".hidden", "site", "a b"])
def test_not_every_name_will_do(name: str, tmp_path: Path, run: Run) -> None:
    """Nothing is written then."""
    assert run("init", str(tmp_path / "vienna"), "--content", name).exit_code == 2
    assert files_in(tmp_path) == {}


def offered(*typed: str, last: str = "") -> list[str]:
    """What a shell offers when the tab key is pressed."""
    words = " ".join(["dossier", *typed, last]).rstrip() + " " * (not last)
    asked = {VARIABLE: "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(typed) + 1)}
    result = CliRunner().invoke(main, prog_name="dossier", env=asked)
    return [line.partition(",")[2] for line in result.output.splitlines() if line]


def test_shells_complete_what_the_dossier_has(here: Path) -> None:
    """Commands and formats, kinds, ids of articles, and entries in two steps."""
    assert {"add", "check", "inspect"} <= {*offered()}
    assert offered("export") == [*FORM_OF]
    assert offered("new", last="peo") == ["people"]
    assert offered("schema", last="P") == ["person", "people"]
    assert offered("inspect", last="2024") == ["2024-05-06-talks"]
    assert offered("rename", last="p") == ["people/jane-roe"]
    assert offered("merge", "people/a", last="so") == ["sources/example-news"]
    assert offered("merge") == [f"{kind.folder}/" for kind in KINDS]


def test_completion_knows_the_content_folder_that_was_typed(here: Path) -> None:
    """And one that is not there offers nothing."""
    shutil.copytree(here / "content", here / "notes")
    (here / "notes/people/john-smith.yml").write_text("name: John Smith\n", encoding="utf-8")
    assert offered("rename", "--content", "notes", last="people/jo") == ["people/john-smith"]
    assert offered("rename", "--content", "nowhere", last="people/jo") == []


def test_completion_offers_files_where_no_article_fits(here: Path) -> None:
    """For dossier inspect takes both."""
    asked = {VARIABLE: "zsh_complete", "COMP_WORDS": "dossier inspect x", "COMP_CWORD": "2"}
    assert CliRunner().invoke(main, prog_name="dossier", env=asked).output.splitlines()[:2] == ["file", "x"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_is_one(shell: str, run: Run, tmp_path: Path) -> None:
    """It names the command and asks it by its variable; where the shell is there, it can be read by it."""
    script = run("--completion", shell).stdout
    assert f"{VARIABLE}={shell}_complete" in script
    if program := shutil.which(shell):
        (tmp_path / "script").write_text(script, encoding="utf-8")
        subprocess.run([program, "-n", str(tmp_path / "script")], check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_bash_completes_with_it(here: Path) -> None:
    """The function that the script defines fills in what bash would show."""
    ask = f"""PATH={PROGRAM.parent}:$PATH; eval "$(dossier --completion bash)"
    COMP_WORDS=(dossier rename people/) COMP_CWORD=2; _dossier_completion dossier; echo "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, cwd=here, check=True)
    assert done.stdout.split() == ["people/jane-roe"], done.stderr


def at_a_terminal(*words: str, cwd: Path, **environment: str) -> str:
    """What a command writes when both its outputs are a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    there = {"PATH": os.defpath, "TERM": "xterm-256color", **environment}
    done = subprocess.Popen([PROGRAM, *words], stdout=theirs, stderr=theirs, stdin=theirs, cwd=cwd, env=there)
    os.close(theirs)
    text = b""
    try:
        while piece := os.read(ours, 4096):
            text += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert done.wait() == 0
    return text.decode()


COLOURS = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7])(?:;[\d;]*)?m")


def test_colours_are_for_terminals_that_want_them(here: Path) -> None:
    """At a terminal there are some; with NO_COLOR names are only underlined; a pipe gets neither."""
    assert COLOURS.search(at_a_terminal("inspect", "--all", cwd=here))
    plain = at_a_terminal("inspect", "--all", cwd=here, NO_COLOR="1")
    assert "\x1b[4m" in plain
    assert not COLOURS.search(plain)
    assert "\x1b" not in at_a_terminal("inspect", "--all", cwd=here, TERM="dumb")
    piped = subprocess.run([PROGRAM, "inspect", "--all"], capture_output=True, text=True, cwd=here, check=True)
    assert "\x1b" not in piped.stdout + piped.stderr


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


def test_who_waits_at_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    """What is done and how much of it; the line is gone afterwards, and the values are passed on as they were."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(working, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with working.working(here / "content") as work:
        assert work.watch
        passed = []
        for one in work.watch(iter("abc"), 3, "dossier.pipeline._cleaned"):
            while not terminal.getvalue():  # until its thread has come to it
                pass
            passed.append(one)
    assert passed == ["a", "b", "c"]
    assert "Reading articles" in terminal.getvalue()
    assert "/3" in terminal.getvalue()
    assert terminal.getvalue().rstrip().endswith("\x1b[2K")


def test_who_waits_for_nothing_sees_nothing(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    """Neither at a terminal while it is quick, nor in a pipe, nor at a terminal that can do nothing."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(working, "PATIENCE", 1000.0)
    with working.working(here / "content") as work:
        assert work.each(abs, [-1]) == (1,)
    assert terminal.getvalue() == ""
    monkeypatch.setenv("TERM", "dumb")
    with working.working(here / "content") as work:
        assert work.watch is None
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with working.working(here / "content") as work:
        assert work.watch is None


def test_work_tells_what_it_does() -> None:
    """Whoever looks on gets every value, their number, and the name of the function; nothing else changes."""
    seen: list[tuple[int, str]] = []

    def watch(made: object, total: int, name: str) -> object:
        seen.append((total, name))
        return made

    assert Work(watch=watch).each(abs, [-1, 2]) == Work().each(abs, [-1, 2])
    assert seen == [(2, "builtins.abs")]


def test_every_phase_is_a_function() -> None:
    """So that a function that is renamed is not left without its words."""
    for name in working.PHASES:
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function)), name


def test_wrong_usage_is_told_with_a_status_of_its_own(run: Run) -> None:
    """2, on standard error."""
    result = run("no-such-command")
    assert (result.exit_code, result.stdout) == (2, "")
    assert isinstance(main, click.Group)


def test_every_entry_that_is_written_names_its_schema(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its first line, by a path from its own folder that leads to a file, whichever command wrote it."""
    run("init", str(tmp_path / "vienna"))
    monkeypatch.chdir(tmp_path / "vienna")
    (tmp_path / "first.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.txt").write_text(SECOND, encoding="utf-8")
    for kind in KINDS:
        if kind.folder != "articles":
            assert run("new", kind.folder, f"Some {kind.singular}").exit_code == 0
    assert run("add", str(tmp_path / "first.txt"), str(tmp_path / "second.txt")).exit_code == 0
    assert run("suggest", "--write", "Henrik Vale").exit_code == 0
    written = [*Path("content").glob("*/*.yml")]
    assert len(written) > len(KINDS) + 2
    for path in written:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.partition("=")[2]).resolve().is_file(), path
