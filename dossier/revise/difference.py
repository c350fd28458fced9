"""What a revision changes, as a patch: for a reader, and for `git apply`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff

from dossier.revise.plan import Revision

_NOWHERE = "/dev/null"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def difference(revision: Revision, folder: str) -> str:
    """The patch, with the names of files below `folder`; files that only move have no lines in it."""
    return "".join(_lines(revision, folder))


def _lines(revision: Revision, folder: str) -> Iterator[str]:
    sources = {new: old for old, new in revision.moved.items()}
    for name, data in revision.after.items():
        if name in revision.moved:
            continue
        source = sources.get(name, name)
        old = revision.before.get(source)
        yield f"diff --git a/{folder}/{source} b/{folder}/{name}\n"
        if source != name:
            yield f"rename from {folder}/{source}\nrename to {folder}/{name}\n"
        if data == old:
            continue
        if old is None:
            yield "new file mode 100644\n"
        if data is None:
            yield "deleted file mode 100644\n"
        names = (f"a/{folder}/{source}" if old is not None else _NOWHERE, f"b/{folder}/{name}")
        yield from _hunks(old or b"", data or b"", names[0], names[1] if data is not None else _NOWHERE)


def _hunks(old: bytes, new: bytes, old_name: str, new_name: str) -> Iterator[str]:
    try:
        before, after = _split(old), _split(new)
    except UnicodeDecodeError:
        yield f"Binary files {old_name} and {new_name} differ\n"
        return
    for line in unified_diff(before, after, old_name, new_name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(data: bytes) -> Sequence[str]:
    return _LINE.findall(data.decode())
