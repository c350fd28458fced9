"""The command line. Data goes to standard output, talk to standard error.

Exit status: 0 clean, 1 problems found, 2 wrong usage.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

import click

from dossier import __version__, authoring, pipeline
from dossier.authoring import CONTENT
from dossier.export import mkdocs as mkdocs_project
from dossier.export.inspection import record
from dossier.model import Problem, RawArticle, Reading, Ref
from dossier.packaged import page_templates, site_templates
from dossier.render import LayoutError
from dossier.schema import TLP, Entries
from dossier.site import Site
from dossier.suggest import listing


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dossier")
def main() -> None:
    """Turn raw news articles and YAML entries into a linked, searchable briefing site."""


for command in (authoring.new, authoring.add, authoring.init, authoring.schema):
    main.add_command(command)


@main.command()
@CONTENT
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(content: Path, form: str) -> None:
    """Report every problem of the content folder.

    \b
    Example:
      dossier check
      content/people/ned-price.yml:4:13: there is no entry countries/usa; … [dangling-reference]
      1 problem
    """
    problems = pipeline.survey(content).problems
    if form == "json":
        rows = [
            {"path": f"{content}/{p.path}", "line": p.line, "column": p.column, "message": p.message, "rule": p.rule}
            for p in problems
        ]
        click.echo(json.dumps({"problems": rows, "count": len(rows)}, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(f"{content}/{problem}")
        click.echo(_count(problems))
    sys.exit(bool(problems))


@main.command()
@CONTENT
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option(
    "--templates",
    type=click.Path(file_okay=False, path_type=Path),
    default="site_templates/pages",
    show_default=True,
    help="Page templates that replace the packaged ones, file by file.",
)
@click.option(
    "--theme",
    type=click.Path(file_okay=False, path_type=Path),
    default="site_templates/theme",
    show_default=True,
    help="Theme files that replace the packaged ones, file by file.",
)
@click.option(
    "--audience",
    type=click.Choice(TLP),
    default="red",
    show_default=True,
    help="Leave out what is marked above this TLP label.",
)
@click.option("--site-name", default="Dossier", show_default=True, help="The name of the site.")
@click.option("--site-url", default="", help="Its address, for a feed and for what the pages say to machines.")
def build(content: Path, out: Path, templates: Path, theme: Path, audience: str, site_name: str, site_url: str) -> None:
    """Write the Markdown pages and a mkdocs.yml that publishes them without the plugin.

    \b
    Example:
      dossier build --out pages
      mkdocs build --strict -f pages/mkdocs.yml
    """
    if out.exists() and any(out.iterdir()) and not _is_ours(out):
        raise click.UsageError(f"{out} holds something else; name an empty or new folder")
    try:
        site = Site(_web_address(site_url), site_name)
        dossier = pipeline.build(content, page_templates(templates), pipeline.today(), audience, site)
    except LayoutError as error:
        raise click.ClickException(str(error)) from None
    if dossier.problems:
        _tell(content, dossier.problems)
        sys.exit(1)
    files = dict(mkdocs_project.project(dossier.pages, site_name, site.url, dossier.beside))
    for folder in (site_templates() / "theme", theme):
        files |= {f"theme/{name}": data for name, data in _files(folder)}
    files |= {f"docs/{name}": (content / name).read_bytes() for name in dossier.files}
    _replace(out, files)
    click.echo(f"{len(dossier.pages)} pages in {out}", err=True)


@main.command()
@click.argument("articles", nargs=-1, metavar="[ID_OR_FILE]...")
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
    found = pipeline.survey(content, tuple(outside.values()))
    known = {article.ref for article in found.articles}
    wanted = known if every else {_wanted(name, content, outside, known) for name in articles}
    readings = pipeline.readings(found, wanted)
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
    _tell(content, found.problems)
    sys.exit(bool(found.problems))


@main.command()
@CONTENT
@click.option("--json", "as_json", is_flag=True, help="One JSON list of objects.")
def suggest(content: Path, as_json: bool) -> None:
    """List names that occur in the articles and have no entry, best first.

    \b
    Example:
      dossier suggest
      dossier suggest --json
    """
    found = pipeline.survey(content)
    suggestions = pipeline.suggestions(found)
    if as_json:
        click.echo(json.dumps([listing.record(s) for s in suggestions], ensure_ascii=False, indent=1))
    else:
        click.echo(listing.as_table(suggestions))
    _tell(content, found.problems)
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


def _tell(content: Path, problems: Iterable[Problem]) -> None:
    """Say what is wrong, on standard error."""
    lines = [f"{content}/{problem}" for problem in problems]
    if lines:
        click.echo("\n".join([*lines, _count(lines)]), err=True)


def _count(problems: Sequence[object]) -> str:
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"


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


def _web_address(url: str) -> str:
    """The address of a site, ending in a slash."""
    if url and not re.match(r"https?://[^/\s]+", url):
        raise click.UsageError(f"--site-url: {url!r} is no web address; write it as https://example.org/dossier/")
    return f"{url.rstrip('/')}/" if url else ""


def _is_ours(out: Path) -> bool:
    settings = out / "mkdocs.yml"
    return settings.is_file() and settings.read_text(encoding="utf-8").startswith(mkdocs_project.MARK)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _replace(out: Path, files: dict[str, bytes]) -> None:
    """Write the files beside the folder and put them in its place at once."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
        for name, data in files.items():
            path = Path(scratch, "new", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if out.exists():
            shutil.move(out, Path(scratch, "old"))
        shutil.move(Path(scratch, "new"), out)
