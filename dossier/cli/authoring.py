"""The commands that start a dossier, and entries of it: what is there already is never overwritten."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from dossier.cli.completing import kinds
from dossier.cli.disk import complaining, put, put_schemas
from dossier.cli.options import CONTENT, kind_named, known_in
from dossier.export import drafts, schemas
from dossier.export.starter import starter
from dossier.model import Content, Ref
from dossier.schema import Country, Entries, Named
from dossier.schema.fields import ID


@click.command()
@click.argument("kind", shell_complete=kinds)
@click.argument("name", nargs=-1, required=True)
@CONTENT
@click.option("--id", "entry_id", help="The id, where none can be made of the name or another is wanted.")
@click.option("--stdout", "show", is_flag=True, help="Print the file instead of writing it.")
def new(kind: str, name: tuple[str, ...], content: Path, entry_id: str | None, show: bool) -> None:
    """Write a commented entry file.

    KIND is a kind of entry, one or many: person or people. The file has the name filled in; every
    other field stands there as a comment, with what it means and an example.

    \b
    Example:
      dossier new person "Jane Roe"
      content/people/jane-roe.yml
    """
    folder = kind_named(kind)
    if folder == "articles":
        raise click.UsageError("an article is a file that came from elsewhere; write dossier add FILE")
    called = " ".join(" ".join(name).split())
    if not called or drafts.one_line(called) != called:
        raise click.UsageError("the name is empty, or has characters that cannot be printed; write it anew")
    loaded, known = known_in(content)
    known_country = _country(called, known) if folder == "countries" else None
    ref = Ref(folder, entry_id or (known_country.id if known_country else drafts.slug(called)))
    if not ID.fullmatch(ref.id) or ref.id == "index":
        why = f"{ref.id!r} is not an id" if ref.id else f"no id can be made of {called!r}"
        raise click.UsageError(f"{why} (small letters a-z, digits and single hyphens); write one with --id")
    path = content / folder / f"{ref.id}.yml"
    _refuse_existing(loaded, content, ref)
    _tell_namesakes(called, known, known_country)
    table = known.get(known_country) if known_country else None
    more = {"iso": table.iso} if isinstance(table, Country) and table.iso else {}
    text = drafts.entry_draft(folder, called, schemas.schema(folder, known), more)
    if show:
        click.echo(text, nl=False)
        return
    with complaining():
        put(path, text.encode())
        put_schemas(content, {*known, ref})
    click.echo(click.format_filename(path))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--content", default="content", show_default=True, help="What its folder of articles and entries is called."
)
def init(folder: Path, content: str) -> None:
    """Start a new dossier in an empty or new folder.

    It gets a mkdocs.yml, a first page, and an invented article with a few entries, to be replaced.

    \b
    Example:
      dossier init vienna
      cd vienna && mkdocs serve
    """
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", content) or content in ("site", "site_templates"):
        raise click.UsageError(f"--content: {content!r} is no name for that folder; write letters, digits and hyphens")
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{click.format_filename(folder)} is not empty; name an empty or new folder")
    with complaining():
        for name, data in starter(content).items():
            put(folder / name, data)
            click.echo(click.format_filename(folder / name))
        put_schemas(folder / content, known_in(folder / content)[1])
    click.echo("now: dossier check, mkdocs serve; then replace the example by your own", err=True)


@click.command()
@click.argument("kind", required=False, shell_complete=kinds)
@CONTENT
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write them into this folder, a file a kind, instead of printing them.",
)
def schema(kind: str | None, content: Path, out: Path | None) -> None:
    """Print the JSON Schema of the entries of a kind, or of every kind, for editors.

    The ids of the dossier's own entries are offered where a reference goes. dossier new and dossier add
    keep the schemas in .dossier/schema/, beside the content folder, up to date.

    \b
    Example:
      dossier schema people
      dossier schema --out .dossier/schema
    """
    _, known = known_in(content)
    folder = kind_named(kind) if kind else None
    if out:
        with complaining():
            for name, data in schemas.files(known).items():
                if folder in (None, name.removesuffix(".json")):
                    put(out / name, data, replace=True)
                    click.echo(click.format_filename(out / name))
    else:
        click.echo(schemas.as_json(schemas.schema(folder, known) if folder else schemas.schemas(known)))


def _country(name: str, known: Entries) -> Ref | None:
    """The country that bears a name; asks for another name where several do."""
    found = [ref for ref, entry in known.items() if ref.kind == "countries" and name.casefold() in _names(entry)]
    if len(found) > 1:
        raise click.UsageError(f"{name!r} could be {' or '.join(map(str, found))}; write the name of one of them")
    return found[0] if found else None


def _names(entry: object) -> set[str]:
    return (
        {entry.name.casefold(), *(alias.name.casefold() for alias in entry.aliases)}
        if isinstance(entry, Named)
        else set()
    )


def _refuse_existing(loaded: Content, content: Path, ref: Ref) -> None:
    names = [document.path for one, document in loaded.documents.items() if one == ref]
    names += [f"{ref}{suffix}" for suffix in (".yml", ".yaml") if os.path.lexists(content / f"{ref}{suffix}")]
    if names:
        raise click.ClickException(f"{content}/{names[0]} is there already; edit it, or give another id with --id")


def _tell_namesakes(name: str, known: Entries, apart_from: Ref | None) -> None:
    for ref, entry in known.items():
        if ref != apart_from and name.casefold() in _names(entry):
            click.echo(f"{ref} bears this name, too; dossier check will ask you to tell them apart", err=True)
