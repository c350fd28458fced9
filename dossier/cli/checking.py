"""The command that says what is wrong in a content folder, and where it is weak."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from dossier import guide, pipeline
from dossier.cli.options import CONTENT
from dossier.cli.working import working
from dossier.load.settings import plugin_option, settings_file
from dossier.model import Problem

#: So many articles are read for warnings without being asked to: it takes some seconds.
READ_BY_DEFAULT = 200


@click.command()
@CONTENT
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--thorough", is_flag=True, help=f"Read the articles for warnings, even more than {READ_BY_DEFAULT}.")
@click.option("--all", "every", is_flag=True, help="Tell of silenced warnings, too, and why they are silenced.")
def check(content: Path, form: str, thorough: bool, every: bool) -> None:
    """Report every problem of the content folder and, if there is none, where it is weak.

    Warnings leave the exit status 0. The option silence of the plugin, in mkdocs.yml, silences them.

    \b
    Example:
      dossier check
      content/people/ned-price.yml:4:13: there is no entry countries/usa; … [dangling-reference]
      1 problem
    """
    silences, faults = _silences(content)
    with working(content) as work:
        found = pipeline.survey(content, work=work)
        problems = sorted([*found.problems, *faults])
        read = thorough or len(found.articles) <= READ_BY_DEFAULT
        weak = () if problems else pipeline.weaknesses(found, read=read, work=work)
    told = silences.told(weak)
    silent = [(w.problem, reason) for w in weak if (reason := silences.reason(w)) is not None] if every else []
    if form == "json":
        _print_json(content, problems, told, silent)
    else:
        lines = [(p, str(p)) for p in problems]
        lines += [(w.problem, _marked("warning", w.problem)) for w in told]
        lines += [(p, f"{_marked('silenced', p)} ({reason})") for p, reason in silent]
        for problem, line in sorted(lines):
            click.echo(f"{_path(content, problem)}{line.removeprefix(problem.path)}")
        click.echo(_count(problems, told, silent))
    if not (problems or read):
        left_out = f"warnings that need the articles read ({len(found.articles):,}) are left out"
        click.echo(f"{left_out}; dossier check --thorough tells them", err=True)
    sys.exit(bool(problems))


def _silences(content: Path) -> tuple[guide.Silences, list[Problem]]:
    """What `mkdocs.yml` silences, and what is wrong with that."""
    path = settings_file(content)
    option = plugin_option(path, "silence") if path else None
    if path is None or option is None:
        return guide.Silences({}), []
    typed, place = option
    rows = typed if isinstance(typed, dict) else {}
    reasons = {key: reason for key, (reason, _) in rows.items()} if isinstance(typed, dict) else typed
    silences, faults = guide.silences(reasons, guide.rules())
    shown = os.path.relpath(path, content.resolve())
    places = {key: at for key, (_, at) in rows.items()}
    return silences, [Problem(shown, *places.get(key, place), f"silence: {why}", "silence") for key, why in faults]


def _path(content: Path, problem: Problem) -> str:
    """Where a problem is, seen from here: in the content folder, or in the settings beside it."""
    path = f"{content}/{problem.path}"
    return os.path.normpath(path) if problem.path.startswith("../") else path


def _marked(level: str, problem: Problem) -> str:
    """`path:line:col: warning: message [rule]`."""
    return str(Problem(problem.path, problem.line, problem.column, f"{level}: {problem.message}", problem.rule))


def _count(problems: list[Problem], told: tuple[guide.Weakness, ...], silent: list[tuple[Problem, str]]) -> str:
    parts = [f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"]
    parts += [f"{len(told)} warning{'' if len(told) == 1 else 's'}"] * bool(told)
    return ", ".join([*parts, *[f"{len(silent)} silenced"] * bool(silent)])


def _print_json(
    content: Path, problems: list[Problem], told: tuple[guide.Weakness, ...], silent: list[tuple[Problem, str]]
) -> None:
    def row(problem: Problem, level: str, more: Mapping[str, str]) -> dict[str, Any]:
        return {
            "path": _path(content, problem),
            "line": problem.line,
            "column": problem.column,
            "message": problem.message,
            "rule": problem.rule,
            "level": level,
            **more,
        }

    rows = {
        "problems": [row(p, "error", {}) for p in problems],
        "count": len(problems),
        "warnings": [row(w.problem, "warning", {"about": w.about}) for w in told],
        **({"silenced": [row(p, "silenced", {"reason": reason}) for p, reason in silent]} if silent else {}),
    }
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
