"""The command that takes raw articles in."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import sys
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

import click

from dossier import journal, pipeline
from dossier.cli.disk import complaining, put_schemas
from dossier.cli.options import CONTENT
from dossier.cli.working import working
from dossier.intake import CONVERTERS, UnreadableError, arrived, drafted, words_of
from dossier.load import MAX_ARTICLE_BYTES, RAW_SUFFIXES
from dossier.model import Ref
from dossier.schema import Source

#: The endings of files that may be articles.
TAKEN = (*RAW_SUFFIXES, *CONVERTERS)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@CONTENT
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--copies", is_flag=True, help="Take in also what has the same text as an article that is there.")
def add(files: tuple[Path, ...], content: Path, dry_run: bool, copies: bool) -> None:
    """Take raw articles in under a good id, and draft their metadata.

    FILE is a .txt, .html, .htm or .md file, a page that a browser saved with its folder, a mail (.eml), a PDF
    (.pdf, with the extra pdf), or a folder of them. Files are copied byte for byte into articles/, of mails and
    PDFs their text; what is found in each is written beside it, to be looked over. What is there already, as
    the same file or with the same text, is passed over.

    \b
    Example:
      dossier add ~/Downloads/talks.html
      content/articles/2024-05-06-ministers-meet-in-vienna.html
      content/articles/2024-05-06-ministers-meet-in-vienna.yml
    """
    with working(content) as work:
        found = pipeline.survey(content, work=work)
    loaded, known = found.content, found.entries
    folder = content / "articles"
    there = {hashlib.sha256(raw.data).digest(): raw.ref for raw in loaded.articles}
    texts = {words_of(article): article.ref for article in found.articles}
    taken = {path.stem.lower() for path in folder.glob("*")} | {ref.id for ref in loaded.documents}
    sources = {ref: entry for ref, entry in known.items() if isinstance(entry, Source)}
    added: set[Ref] = set()
    refused = passed = 0
    for path in _named(files):
        shown = _printable(click.format_filename(path))
        try:
            arrival = arrived(path.name, _read(path, files))
        except (RefusedError, UnreadableError) as fault:
            click.echo(f"{shown}: {fault}", err=True)
            refused += 1
            continue
        ref = there.get(digest := hashlib.sha256(arrival.data).digest())
        in_place = ref is not None and path.resolve() == (folder / path.name).resolve()
        if ref and not (in_place and ref not in loaded.documents):
            click.echo(f"{shown}: is here already as {ref}; passed over", err=True)
            passed += 1
            continue
        new = drafted(path.name, arrival, _day_of(path), sources, taken, ref)
        words = words_of(new.article)
        if words and words in texts and not copies and not in_place:
            click.echo(f"{shown}: {texts[words]} has the same text; passed over (--copies takes it in)", err=True)
            passed += 1
            continue
        if not new.article.paragraphs:
            click.echo(f"{shown}: no text was found in it; look at it with dossier inspect {new.ref.id}", err=True)
        there[digest] = texts[words] = new.ref
        taken.add(new.ref.id)
        added.add(new.ref)
        made = {f"articles/{name}": data for name, data in new.files.items() if not in_place or name.endswith(".yml")}
        if not dry_run:
            with complaining():
                journal.change(content, dict.fromkeys(made), made)
        for name in made:
            click.echo(click.format_filename(content / name))
    if added and not dry_run:
        with complaining():
            put_schemas(content, {*known, *added})
    click.echo(_summary(len(added), passed, refused, dry_run), err=True)
    sys.exit(bool(refused))


class RefusedError(Exception):
    """Why a file is not taken in."""


def _named(files: Iterable[Path]) -> Iterator[Path]:
    """The files that were named, and in the place of each folder those within it that may be articles, sorted."""
    named = [*files]
    for path in named:
        if not path.is_dir():
            yield path
        elif not _saved_along(path, [one for one in named if one.parent == path.parent]):
            yield from _within(path)


def _within(folder: Path) -> Iterator[Path]:
    """The possible articles of a folder; not hidden files, nor what a browser saved along with a page."""
    try:
        children = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir() and not child.is_symlink():
            if not _saved_along(child, children):
                yield from _within(child)
        elif child.suffix.lower() in TAKEN:
            yield child


def _saved_along(folder: Path, beside: Iterable[Path]) -> bool:
    """Whether a browser saved a folder along with a page beside it: page.html and page_files, in many languages."""
    pages = [
        path.stem for path in beside if path.suffix.lower() in (".html", ".htm") and folder.name.startswith(path.stem)
    ]
    return any(re.fullmatch(r"[_.-][^\W\d_]+", folder.name.removeprefix(page)) for page in pages)


def _read(path: Path, named: Container[Path]) -> bytes:
    """The bytes of a raw article; raises RefusedError with the reason where they cannot be one.

    A link is followed if it was `named`, but not if it was found in a folder: that may be from a stranger.
    """
    if path.is_symlink() and path not in named:
        raise RefusedError("a link in a folder is not followed; name the file itself")
    if not os.path.lexists(path):
        raise RefusedError("there is no such file")
    if path.is_dir():
        raise RefusedError("the folder cannot be read")
    if not path.is_file():
        raise RefusedError("neither a file nor a folder")
    if path.suffix.lower() not in TAKEN:
        raise RefusedError(f"an article is a {', '.join(TAKEN[:-1])} or {TAKEN[-1]} file; save it as one")
    try:
        if path.stat().st_size > MAX_ARTICLE_BYTES:
            raise RefusedError(f"the file is larger than {MAX_ARTICLE_BYTES // 1_000_000} MB; shorten it")
        data = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"the file cannot be read: {error.strerror}") from None
    if not data.strip():
        raise RefusedError("the file is empty; an article has text")
    return data


def _printable(text: str) -> str:
    """A text that a terminal shows and does not obey."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _day_of(path: Path) -> str:
    return dt.datetime.fromtimestamp(path.stat().st_mtime).date().isoformat()


def _summary(added: int, passed: int, refused: int, dry_run: bool) -> str:
    parts = [f"{added} article{'' if added == 1 else 's'} {'would be added' if dry_run else 'added'}"]
    parts += [f"{passed} passed over"] * bool(passed) + [f"{refused} refused"] * bool(refused)
    return ", ".join(parts)
