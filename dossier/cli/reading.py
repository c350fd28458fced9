"""The commands that look at a content folder and change nothing."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import sys
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

import click

from dossier import pipeline
from dossier.cli.completing import articles
from dossier.cli.options import CONTENT, tell
from dossier.cli.working import watched, working
from dossier.export.inspection import record
from dossier.model import RawArticle, Reading, Ref
from dossier.schema import Entries


@click.command()
@click.argument("articles", nargs=-1, metavar="[ID_OR_FILE]...", shell_complete=articles)
@CONTENT
@click.option("--all", "every", is_flag=True, help="Every article of the folder.")
@click.option("--json", "form", flag_value="json", help="One JSON list of objects.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line.")
def inspect(articles: tuple[str, ...], content: Path, every: bool, form: str | None) -> None:
    """Show what the text engine made of articles, and why.

    \b
    Example:
      dossier inspect 2023-03-03-blinken-lavrov-new-delhi
      dossier inspect ~/Downloads/article.html --json
    """
    if bool(articles) == every:
        raise click.UsageError("name articles by their id or file, or all of them with --all")
    taken = {path.stem for path in (content / "articles").glob("*")}
    files = [name for name in dict.fromkeys(articles) if Path(name).is_file() and not _inside(name, content)]
    outside = dict(_outside(files, taken))
    with working(content) as work:
        found = pipeline.survey(content, tuple(outside.values()), work)
    known = {article.ref for article in found.articles}
    wanted = known if every else {_wanted(name, content, outside, known) for name in articles}
    readings = watched(pipeline.readings(found, wanted), len(wanted))
    paths = {raw.ref: name for name, raw in outside.items()}
    if form is None:
        _show(readings, found.entries)
    else:
        records = (record(r, paths.get(r.article.ref) or f"{content}/{r.article.path}") for r in readings)
        if form == "json":
            click.echo(json.dumps([*records], ensure_ascii=False, indent=1))
        else:
            for fields in records:
                click.echo(json.dumps(fields, ensure_ascii=False))
    tell(content, found.problems)
    sys.exit(bool(found.problems))


def _show(readings: Iterable[Reading], entries: Entries) -> None:
    """Print readings for a person: in colours at a terminal, unless NO_COLOR is set; plain into a pipe."""
    from dossier.export.terminal import show  # here, so that only who reads pays for loading rich

    styled = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size().columns if styled else 100
    for number, reading in enumerate(readings):
        if number:
            click.echo()
        click.echo(
            show(reading, entries, width=width, styled=styled, coloured=not os.environ.get("NO_COLOR")), nl=False
        )


def _inside(name: str, content: Path) -> bool:
    return Path(name).resolve().parent == (content / "articles").resolve()


def _outside(files: Iterable[str], taken: Container[str]) -> Iterator[tuple[str, RawArticle]]:
    """Files from elsewhere as articles that no entry refers to, each under an id of its own."""
    ids: set[str] = set()
    for name in files:
        path = Path(name)
        stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "article"
        numbered = itertools.chain([stem], (f"{stem}-{n}" for n in itertools.count(2)))
        ids.add(free := next(one for one in numbered if one not in taken and one not in ids))
        yield name, RawArticle(Ref("articles", free), f"articles/{path.name}", path.read_bytes())


def _wanted(name: str, content: Path, outside: dict[str, RawArticle], known: set[Ref]) -> Ref:
    if name in outside:
        return outside[name].ref
    ref = Ref("articles", Path(name).stem if _inside(name, content) else name.removeprefix("articles/"))
    if ref not in known:
        raise click.UsageError(f"there is no article {name!r}, neither as an id in {content}/articles nor as a file")
    return ref
