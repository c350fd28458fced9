"""What is made of a portion of a site's pages, and how that is kept: by what is read of them, and by which program."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from dossier.search import reading
from dossier.work import digest

#: What stands in a page's text but is no part of it: paragraph numbers, labels, other names (they are given apart).
NOT_READ = (".d-n", ".d-small", ".d-also", ".headerlink")
#: How many bytes are kept, once a build has ended: what was not used for the longest time goes first.
LIMIT = 500_000_000
# Ready-made search forms, which the site has no use for.
_UNUSED = re.compile(r"pagefind-(?:ui|modular-ui|component-ui)\..*|pagefind-highlight\.js")
_PROGRAMS = {"pagefind": "pagefind", "pagefind_bin": "pagefind-bin", "pagefind_bin_extended": "pagefind-bin-extended"}


class SearchError(Exception):
    """The search program failed; the text says how."""


def divided(pages: Sequence[str], most: int) -> list[Sequence[str]]:
    """Pages in portions of so many at most, one if that is enough.

    Where a portion ends is told by the names there: a page more or less changes its own portion, and seldom the next.
    """
    if len(pages) <= most:
        return [pages]
    least = max(1, most // 4)
    found, start = [], 0
    for n, page in enumerate(pages, 1):
        size = n - start
        if size == most or (size >= least and zlib.crc32(page.encode()) % least == 0) or n == len(pages):
            found.append(pages[start:n])
            start = n
    return found


def key(pages: Mapping[str, str]) -> str:
    """By what the index of some pages is known: the program, their paths and the digests of what is read of them."""
    program = [f"{module} {metadata.version(name)}" for module, name in _PROGRAMS.items() if find_spec(module)]
    return digest(json.dumps([program, NOT_READ, *pages.items()]).encode()).hex()


def make(pages: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Have the program index pages, given by their paths and what is read of them; the files it makes, by name.

    It works in a folder, which is to be empty. Raises SearchError.
    """
    source, target = folder / "pages", folder / "made"
    for path, text in pages.items():
        reading.write(text, source / path)
    run(source, target)
    return {file.relative_to(target).as_posix(): file for file in sorted(target.rglob("*")) if file.is_file()}


def run(source: Path, target: Path) -> str:
    """Have the program index the pages of a folder and write into another; its report. Raises SearchError."""
    options = ["--site", str(source), "--output-path", str(target), "--exclude-selectors", ", ".join(NOT_READ)]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", *options], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SearchError(f"the search program failed: {(done.stderr or done.stdout).strip()}")
    for file in target.iterdir():
        if _UNUSED.fullmatch(file.name):
            file.unlink()
    return done.stdout


def keep(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Put files away, by their names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        with zipfile.ZipFile(beside, "w") as archive:
            for name, data in files:
                script = name.endswith(".js")  # all else is compressed already
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED if script else zipfile.ZIP_STORED)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def kept(path: Path) -> zipfile.ZipFile | None:
    """The files that were put away; None where there are none, or where the disk has not kept them well."""
    try:
        archive = zipfile.ZipFile(path)
        if archive.testzip():
            archive.close()
            return None
        os.utime(path)  # it is used
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError):
        return None
    return archive


def trim(folder: Path, used: Iterable[Path], limit: int = LIMIT) -> None:
    """Keep no more than so many bytes, apart from what was used just now."""
    needed = {*used}
    found = sorted((state.st_mtime_ns, path, state.st_size) for path in folder.glob("*.zip") if (state := path.stat()))
    excess = sum(size for _, _, size in found) - limit
    for _, path, size in found:
        if excess > 0 and path not in needed:
            path.unlink(missing_ok=True)
            excess -= size
