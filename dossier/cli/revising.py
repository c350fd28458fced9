"""The commands that change entries everywhere at once: all files or none."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from dossier import journal
from dossier.cli.completing import entries
from dossier.cli.disk import complaining, put_schemas
from dossier.cli.options import CONTENT, kind_named, known_in, tell
from dossier.cli.working import shown
from dossier.export import schemas
from dossier.load import RAW_SUFFIXES, YAML_SUFFIXES
from dossier.model import Ref
from dossier.revise import RefusedError, Revision
from dossier.revise import merge as merged
from dossier.revise import rename as renamed
from dossier.revise.difference import difference

DRY_RUN = click.option(
    "--dry-run", is_flag=True, help="Print what would change (git apply takes it), and change nothing."
)


@click.command()
@click.argument("old", shell_complete=entries)
@click.argument("new")
@CONTENT
@DRY_RUN
def rename(old: str, new: str, content: Path, dry_run: bool) -> None:
    """Give an entry another id, and change every reference to it.

    References in all entries and links in pages written by hand follow; comments and layout stay as they
    are. The old page leads to the new one, by a line in redirects.yml.

    \b
    Example:
      dossier rename people/jane-row people/jane-roe --dry-run
      dossier rename people/jane-row people/jane-roe
    """
    _carry_out(content, _ref(content, old), _ref(content, new, old), renamed, dry_run)


@click.command()
@click.argument("one", shell_complete=entries)
@click.argument("other", shell_complete=entries)
@CONTENT
@DRY_RUN
def merge(one: str, other: str, content: Path, dry_run: bool) -> None:
    """Join two entries that are the same: ONE goes into OTHER.

    What refers to ONE refers to OTHER then, and its name becomes an alias. Lists are joined; where both
    say something else, OTHER stays as it is, and what is dropped is listed.

    \b
    Example:
      dossier merge people/j-roe people/jane-roe --dry-run
      dossier merge people/j-roe people/jane-roe
    """
    _carry_out(content, _ref(content, one), _ref(content, other, one), merged, dry_run)


def _carry_out(content: Path, old: Ref, new: Ref, make: Callable[[Path, Ref, Ref], Revision], dry_run: bool) -> None:
    """Make a revision and show it, or bring it to the disk."""
    try:
        with complaining(), shown():
            revision = make(content, old, new)
    except RefusedError as refusal:
        tell(content, refusal.problems)
        click.echo(str(refusal), err=True)
        sys.exit(1)
    if dry_run:
        click.echo(difference(revision, content.as_posix().strip("/")), nl=False)
    else:
        with complaining():
            try:
                journal.change(content, revision.before, revision.after)
            except journal.ConflictError as conflict:
                raise click.ClickException(str(conflict)) from None
            if (content.resolve().parent / schemas.FOLDER).is_dir():
                put_schemas(content, known_in(content)[1])
        for name in revision.after:
            click.echo(click.format_filename(content / name))
    settings = content.resolve().parent / "mkdocs.yml"
    if settings.is_file() and re.search(rf"\b{old}\b(?!-)", settings.read_text(encoding="utf-8", errors="replace")):
        click.echo(f"mkdocs.yml names {old}; change it there, too", err=True)
    for note in revision.notes:
        click.echo(note, err=True)
    count = len(revision.after)
    click.echo(
        f"{revision.references} reference{'' if revision.references == 1 else 's'}, {count} files"
        f" {'would change' if dry_run else 'changed'}",
        err=True,
    )


def _ref(content: Path, typed: str, like: str = "") -> Ref:
    """The reference that was typed, or whose file was; a bare id is of the kind of the other one."""
    name = typed.removeprefix(f"{content.as_posix()}/")
    name = name.removesuffix(Path(name).suffix) if Path(name).suffix in (*YAML_SUFFIXES, *RAW_SUFFIXES) else name
    kind, slash, entry_id = name.rpartition("/")
    if not slash and like:
        return Ref(_ref(content, like).kind, entry_id)
    if not slash:
        raise click.UsageError(f"{typed!r} is not an entry; write it with its kind, as in people/jane-roe")
    return Ref(kind_named(kind), entry_id)
