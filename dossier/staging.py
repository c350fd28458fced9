"""Publishing a site as a whole: it is built beside the last one, and takes its place when it is finished.

So a build that fails late, or is interrupted, leaves the last site as it was.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Staging:
    """A site that is being built in `folder` and is to stand in `site`."""

    site: Path
    folder: Path


def begin(site: Path) -> Staging:
    """An empty folder to build a site in: beside it, or elsewhere where nothing can be written there.

    It is removed with the process, however that ends. Raises OSError where no folder can be made.
    """
    site = site.resolve()  # a link to the site stays one
    before = _before(site)
    if before.is_dir() and not site.exists():  # the last build was cut off between its two last steps
        before.rename(site)
    folder = site.with_name(f".{site.name}.building")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="dossier-")) / site.name
        folder.mkdir()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Staging(site, folder)


def carry(staging: Staging, paths: Iterable[str], *, share: bool) -> None:
    """Have files of the last site stand in the new one as they are, with their times. Raises OSError.

    `share`: both sites may have the same file, of which nothing is copied; whoever then writes into it, instead of
    replacing it, changes the last site. Where the disk cannot do that, and else, the new site has a copy.
    """
    made: set[str] = set()
    for path in paths:
        old, new = f"{staging.site}/{path}", f"{staging.folder}/{path}"
        if (folder := path.rpartition("/")[0]) not in made:
            made.add(folder)
            (staging.folder / folder).mkdir(parents=True, exist_ok=True)
        try:
            share = share and _linked(old, new)
        except FileExistsError:
            Path(new).unlink()
            share = share and _linked(old, new)
        if not share:
            shutil.copy2(old, new)


def _linked(old: str, new: str) -> bool:
    """Whether a file could be given a second name. Raises FileExistsError and FileNotFoundError."""
    try:
        os.link(old, new)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        return False
    return True


def publish(staging: Staging) -> None:
    """Put the finished site in the place of the last one, whose hidden files (`.git`, `.nojekyll`) stay.

    Where the folder itself cannot be replaced (another disk is mounted there), its files are. Raises OSError.
    """
    site, folder, before = staging.site, staging.folder, _before(staging.site)
    shutil.rmtree(before, ignore_errors=True)
    try:
        if site.exists():
            shutil.copymode(site, folder)
            site.rename(before)
        try:
            folder.rename(site)
        except OSError:
            if before.exists():
                before.rename(site)
            raise
    except OSError:
        _refill(site, folder)
        return
    for path in _hidden(before):
        if not (site / path.name).exists():
            path.rename(site / path.name)
    shutil.rmtree(before, ignore_errors=True)


def take_away(site: Path, paths: Iterable[str]) -> None:
    """Delete files that are gone from a site that is not replaced, and the folders that are empty then."""
    root = site.resolve()
    for path in paths:
        file = (root / path).resolve()
        if file.is_relative_to(root):
            file.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                os.removedirs(file.parent)  # unless there is more in it


def discard(staging: Staging) -> None:
    """Take away what was built."""
    shutil.rmtree(staging.folder, ignore_errors=True)


def _before(site: Path) -> Path:
    """Where the last site stands for the moment in which it is replaced."""
    return site.with_name(f".{site.name}.before")


def _hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")] if folder.is_dir() else []


def _refill(site: Path, folder: Path) -> None:
    site.mkdir(parents=True, exist_ok=True)
    kept = set(_hidden(site))
    for path in site.iterdir():
        if path in kept:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    shutil.copytree(folder, site, dirs_exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
