"""The commands that write into a content folder: what is there already is never overwritten."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import re
import sys
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dossier import countries
from dossier.export import drafts, schemas
from dossier.export.starter import starter
from dossier.intake import drafted
from dossier.load import MAX_ARTICLE_BYTES, RAW_SUFFIXES, load
from dossier.model import Content, Ref
from dossier.schema import KIND_OF, KINDS, Country, Entries, Named, Source, did_you_mean
from dossier.schema.fields import ID
from dossier.validate import entries

CONTENT = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="content",
    show_default=True,
    help="The folder of articles and entries.",
)


@click.command()
@click.argument("kind")
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
    folder = _kind(kind)
    if folder == "articles":
        raise click.UsageError("an article is a file that came from elsewhere; write dossier add FILE")
    called = " ".join(" ".join(name).split())
    if not called or drafts.one_line(called) != called:
        raise click.UsageError("the name is empty, or has characters that cannot be printed; write it anew")
    loaded, known = _known(content)
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
    with _complaining():
        _put(path, text.encode())
        _put_schemas(content, {*known, ref})
    click.echo(click.format_filename(path))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@CONTENT
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def add(files: tuple[Path, ...], content: Path, dry_run: bool) -> None:
    """Take raw articles in under a good id, and draft their metadata.

    FILE is a .txt, .html, .htm or .md file, or a folder of them. Files are copied byte for byte into
    articles/; what is found in each is written beside it, to be looked over. A file that is there
    already is passed over.

    \b
    Example:
      dossier add ~/Downloads/talks.html
      content/articles/2024-05-06-ministers-meet-in-vienna.html
      content/articles/2024-05-06-ministers-meet-in-vienna.yml
    """
    loaded, known = _known(content)
    folder = content / "articles"
    there = {hashlib.sha256(raw.data).digest(): raw.ref for raw in loaded.articles}
    taken = {path.stem.lower() for path in folder.glob("*")} | {ref.id for ref in loaded.documents}
    sources = {ref: entry for ref, entry in known.items() if isinstance(entry, Source)}
    added: set[Ref] = set()
    refused = passed = 0
    for path in _named(files):
        shown = _printable(click.format_filename(path))
        try:
            data = _read(path, files)
        except RefusedError as fault:
            click.echo(f"{shown}: {fault}", err=True)
            refused += 1
            continue
        ref = there.get(digest := hashlib.sha256(data).digest())
        in_place = ref is not None and path.resolve() == (folder / path.name).resolve()
        if ref and not (in_place and ref not in loaded.documents):
            click.echo(f"{shown}: is here already as {ref}; passed over", err=True)
            passed += 1
            continue
        new = drafted(path.name, data, _day_of(path), sources, taken, ref)
        if not new.article.paragraphs:
            click.echo(f"{shown}: no text was found in it; look at it with dossier inspect {new.ref.id}", err=True)
        there[digest] = new.ref
        taken.add(new.ref.id)
        added.add(new.ref)
        for name, text in new.files.items():
            if in_place and name != f"{new.ref.id}.yml":
                continue
            if not dry_run:
                with _complaining():
                    _put(folder / name, text)
            click.echo(click.format_filename(folder / name))
    if added and not dry_run:
        with _complaining():
            _put_schemas(content, {*known, *added})
    click.echo(_summary(len(added), passed, refused, dry_run), err=True)
    sys.exit(bool(refused))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Start a new dossier in an empty or new folder.

    It gets a mkdocs.yml, a first page, and an invented article with a few entries, to be replaced.

    \b
    Example:
      dossier init vienna
      cd vienna && mkdocs serve
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{click.format_filename(folder)} is not empty; name an empty or new folder")
    with _complaining():
        for name, data in starter().items():
            _put(folder / name, data)
            click.echo(click.format_filename(folder / name))
        _put_schemas(folder / "content", _known(folder / "content")[1])
    click.echo("now: dossier check, mkdocs serve; then replace the example by your own", err=True)


@click.command()
@click.argument("kind", required=False)
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
    _, known = _known(content)
    folder = _kind(kind) if kind else None
    if out:
        with _complaining():
            for name, data in schemas.files(known).items():
                if folder in (None, name.removesuffix(".json")):
                    _put(out / name, data, replace=True)
                    click.echo(click.format_filename(out / name))
    else:
        click.echo(schemas.as_json(schemas.schema(folder, known) if folder else schemas.schemas(known)))


class RefusedError(Exception):
    """Why a file is not taken in."""


def _known(content: Path) -> tuple[Content, Entries]:
    """What stands in a content folder, and the entries of it; its faults are for `dossier check` to tell."""
    loaded = load(content)
    return loaded, entries(loaded, countries.builtin())[0]


def _kind(word: str) -> str:
    """The folder of a kind by what one or many are called."""
    words = {name.lower(): kind.folder for kind in KINDS for name in (kind.folder, kind.singular, kind.plural)}
    if word.lower() not in words:
        near = did_you_mean(word.lower(), words)
        raise click.UsageError(f"there is no kind {word!r}{near}; write one of {', '.join(KIND_OF)}")
    return words[word.lower()]


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


def _named(files: Iterable[Path]) -> Iterator[Path]:
    """The files that were named, and in the place of each folder those within it that may be articles, sorted."""
    for path in files:
        yield from _within(path) if path.is_dir() else [path]


def _within(folder: Path) -> Iterator[Path]:
    """The possible articles of a folder; not hidden files, nor what a browser saved along with a page."""
    try:
        children = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    pages = {child.stem for child in children if child.suffix.lower() in (".html", ".htm")}
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir() and not child.is_symlink():
            page = next((page for page in pages if child.name.startswith(page)), None)
            if page is None or not re.fullmatch(r"[_.-][^\W\d_]+", child.name.removeprefix(page)):  # page_files
                yield from _within(child)
        elif child.suffix.lower() in RAW_SUFFIXES:
            yield child


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
    if path.suffix.lower() not in RAW_SUFFIXES:
        raise RefusedError(f"an article is a {', '.join(RAW_SUFFIXES[:-1])} or {RAW_SUFFIXES[-1]} file; save it as one")
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


@contextmanager
def _complaining() -> Iterator[None]:
    """Turn what the disk refuses into one line."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None


def _put_schemas(content: Path, refs: Iterable[Ref]) -> None:
    """Write the schemas that the entries' first lines name."""
    for name, data in schemas.files(refs).items():
        _put(content.resolve().parent / schemas.FOLDER / name, data, replace=True)


def _put(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file as a whole or not at all; raises FileExistsError rather than overwrite, unless told to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")  # hidden: not taken for an entry
    try:
        scratch.write_bytes(data)
        if replace:
            scratch.replace(path)
        else:
            _place(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def _place(scratch: Path, path: Path) -> None:
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise FileExistsError(errno.EEXIST, "is there already", str(path)) from None
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "is there already", str(path)) from None
        scratch.rename(path)
