"""Changing several files of a content folder: all of them or none, even when interrupted.

The new files are written into a hidden folder first, with a list of what is to go where. Giving that
folder its name is the one step that decides: before it, nothing has changed; after it, the rest is only
carried out, and whoever comes next carries out what was left undone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The folder of a change that is being carried out, in the content folder.
FOLDER = ".revision"
LIST = "journal.json"


class ConflictError(Exception):
    """A file is not what it was when the change was prepared; the message says which, and what to do."""


def change(content: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
    """Bring files from one state to another, by name; None: there is no such file.

    Raises ConflictError, and changes nothing, where a file is no longer as `before` says, and OSError where
    the disk refuses.
    """
    finish(content)
    steps = [
        {
            "path": name,
            "old": _digest(before.get(name)),
            "new": _digest(data),
            "staged": str(n) if data is not None else None,
        }
        for n, (name, data) in enumerate(after.items())
    ]
    for name in after:
        if _digest(_bytes(content / name)) != _digest(before.get(name)):
            raise ConflictError(f"{content / name} was changed in the meantime; start anew")
    scratch = content / f"{FOLDER}.{os.getpid()}"
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        _stage(content, scratch, after, steps)
        _rename(scratch, content / FOLDER)
    except OSError:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    _sync(content)
    finish(content)


def _stage(content: Path, scratch: Path, after: Mapping[str, bytes | None], steps: object) -> None:
    _make_folder(scratch)
    for n, (name, data) in enumerate(after.items()):
        if data is not None:
            _write(scratch / str(n), data)
            if (content / name).exists():
                shutil.copymode(content / name, scratch / str(n))
    _write(scratch / LIST, json.dumps(steps, ensure_ascii=False, indent=1).encode())
    _sync(scratch)


def finish(content: Path) -> bool:
    """Carry out what is left of a change that was interrupted; whether there was one.

    What was interrupted before it was decided on is forgotten. Raises ConflictError where a file is
    neither in its old state nor in its new one: somebody has changed it since.
    """
    for left in content.glob(f"{FOLDER}.*"):
        if not _running(left.suffix[1:]):
            shutil.rmtree(left, ignore_errors=True)
    folder = content / FOLDER
    if not folder.is_dir():
        return False
    steps = _steps(content, folder)
    for step in steps:
        if _digest(_bytes(content / step.path)) not in (step.old, step.new):
            raise ConflictError(
                f"a change of several files was interrupted, and {content / step.path} was changed since; put back"
                f" what stood there, or remove the folder {folder}, which holds the new files"
            )
    for step in steps:
        if step.staged is None:
            _remove(content / step.path)
        elif (staged := folder / step.staged).exists():
            _replace(staged, content / step.path)
    _sync(content)
    _remove(folder / LIST)
    shutil.rmtree(folder, ignore_errors=True)
    return bool(steps)


def _steps(content: Path, folder: Path) -> tuple[Step, ...]:
    """What is to be done; nothing where it was done already, but for removing the folder.

    The folder may have come with a dossier from a stranger: nothing outside the content folder is touched.
    """
    try:
        listed = json.loads((folder / LIST).read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError):
        listed = None
    root = content.resolve()
    try:
        steps = tuple(Step(one["path"], one["old"], one["new"], one["staged"]) for one in listed)
        sound = not folder.is_symlink() and all(
            (root / step.path).resolve().is_relative_to(root)
            and not (folder / (step.staged or "")).is_symlink()
            and (step.staged is None or step.staged.isdecimal())
            for step in steps
        )
    except (TypeError, KeyError, AttributeError, ValueError, OSError):
        sound = False
    if not sound:
        raise ConflictError(f"{folder} is no change that dossier has begun; remove that folder")
    return steps


@dataclass(frozen=True, slots=True)
class Step:
    """A file of a change: what it was, what it is to be (a digest; None: not there), and where that is held ready."""

    path: str
    old: str | None
    new: str | None
    staged: str | None


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _running(process: str) -> bool:
    """Whether the process that prepares a change may still be at it."""
    if os.name != "posix":  # elsewhere the question would end the process
        return True
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


# The steps that change something on the disk, each by itself either done or not.


def _make_folder(folder: Path) -> None:
    folder.mkdir()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rename(old: Path, new: Path) -> None:
    old.rename(new)


def _replace(staged: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        staged.replace(path.resolve())
    except FileNotFoundError:
        if staged.exists():  # else somebody else has just carried the change out
            raise


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Let the names in a folder reach the disk, where the system can be asked to."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
