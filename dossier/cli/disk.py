"""How the commands write: a file, or a folder, as a whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from dossier import journal
from dossier.export import schemas
from dossier.model import Ref


@contextmanager
def complaining() -> Iterator[None]:
    """Turn what the disk refuses, or somebody else has changed meanwhile, into one line."""
    try:
        yield
    except journal.ConflictError as conflict:
        raise click.ClickException(str(conflict)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None


def put_schemas(content: Path, refs: Iterable[Ref]) -> None:
    """Write the schemas that the entries' first lines name."""
    for name, data in schemas.files(refs).items():
        put(content.resolve().parent / schemas.FOLDER / name, data, replace=True)


def put(path: Path, data: bytes, *, replace: bool = False) -> None:
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


def files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a .zip file: the same files, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def replace_folder(out: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files beside the folder and put them in its place at once; of two of one name the later one stands."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
        for name, data in files:
            path = Path(scratch, "new", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if out.exists():
            shutil.move(out, Path(scratch, "old"))
        shutil.move(Path(scratch, "new"), out)
