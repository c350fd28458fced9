"""The search program Pagefind: whether it is installed, how it is run, and what is kept of what it writes.

It reads the finished site. What it reads of a page is said there: `data-pagefind-body` marks the
text, `meta` elements give title, other names, facets and date.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: What stands in a page's text but is no part of it: paragraph numbers, labels, other names (they are given apart).
NOT_READ = (".d-n", ".d-small", ".d-also", ".headerlink")
#: The folder of the index in the site.
FOLDER = "pagefind"
#: The file of the site with the names of its pages.
NAMES = "assets/names.js"
# Ready-made search forms, which the site has no use for.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


class SearchError(Exception):
    """The search program failed; the text says how."""


def installed() -> bool:
    """Whether the search program is there: `pip install 'pagefind[bin]'`, or the extra `search`."""
    return find_spec("pagefind") is not None and any(map(find_spec, ("pagefind_bin", "pagefind_bin_extended")))


def index(site: Path) -> str:
    """Write the index of a finished site into it; the program's report. Raises SearchError."""
    options = ["--site", str(site), "--output-subdir", FOLDER, "--exclude-selectors", ", ".join(NOT_READ)]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", *options], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SearchError(f"the search program failed: {(done.stderr or done.stdout).strip()}")
    for pattern in _UNUSED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    return done.stdout + settle(site / FOLDER)


def settle(folder: Path) -> str:
    """Put the facets of an index in order: Pagefind writes them in any, and names the files by what is in them.

    With this, the same pages give the same bytes. An index of another form is left as it is; the text says so.
    """
    entry = folder / "pagefind-entry.json"
    start = json.loads(entry.read_text(encoding="utf-8"))
    try:
        for language, known in sorted(start["languages"].items()):
            old = folder / f"pagefind.{known['hash']}.pf_meta"
            version, pages, chunks, filters, *rest = unpacked(old)
            settled = []
            for name, digest in sorted(filters):
                path = folder / "filter" / f"{digest}.pf_filter"
                named, values = unpacked(path)
                settled.append([name, packed(path, [named, sorted(values)], language)])
            known["hash"] = packed(old, [version, pages, chunks, settled, *rest], language)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        return f"\nThe facets are in no order: the index is of a form that is not known ({error!r})."
    start["languages"] = dict(sorted(start["languages"].items()))
    entry.write_text(json.dumps(start, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return ""


def unpacked(path: Path) -> list[Any]:
    """What is in a file of an index. Raises ValueError where its form is not known."""
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_SIGNATURE):
        raise ValueError(f"{path.name} has no signature")
    value, end = _read(data, len(_SIGNATURE))
    if end != len(data) or not isinstance(value, list):
        raise ValueError(f"{path.name} is no list")
    return value


def packed(old: Path, value: list[Any], language: str) -> str:
    """Write a file in the place of another; its new name, which tells what is in it."""
    data = gzip.compress(_SIGNATURE + _written(value), mtime=0)
    digest = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    prefix = "pagefind." if old.suffix == ".pf_meta" else ""
    old.unlink()
    (old.parent / f"{prefix}{digest}{old.suffix}").write_bytes(data)
    return digest


_SIGNATURE = b"pagefind_dcd"
# The major types of CBOR (RFC 8949) that an index is written in.
_NUMBER, _TEXT, _LIST = 0, 3, 4


def _read(data: bytes, place: int) -> tuple[Any, int]:
    """The CBOR value that stands at a place, and where it ends."""
    kind, size = divmod(data[place], 32)
    place += 1
    if size > 27 or kind not in (_NUMBER, _TEXT, _LIST):
        raise ValueError(f"unknown CBOR at {place}")
    if size > 23:
        width = 1 << (size - 24)
        size, place = int.from_bytes(data[place : place + width], "big"), place + width
    if kind == _NUMBER:
        return size, place
    if kind == _TEXT:
        return data[place : place + size].decode(), place + size
    items = []
    for _ in range(size):
        item, place = _read(data, place)
        items.append(item)
    return items, place


def _written(value: object) -> bytes:
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        data = value.encode()
        return _head(_TEXT, len(data)) + data
    if isinstance(value, list):
        return _head(_LIST, len(value)) + b"".join(map(_written, value))
    raise TypeError(f"{value!r} is in no index")


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind * 32 + size])
    width = next(n for n in range(4) if size < 1 << (8 << n))
    return bytes([kind * 32 + 24 + width]) + size.to_bytes(1 << width, "big")


def names_of(url: str, title: str, front: Mapping[str, Any]) -> dict[str, object]:
    """What can be searched of a page without a server, from its front matter: all but its text.

    >>> names_of("people/jane-roe/", "Jane Roe", {"kind": "Person", "tags": ["J. Roe"], "description": "A &amp; B"})
    {'url': 'people/jane-roe/', 'title': 'Jane Roe', 'kind': 'Person', 'also': ['J. Roe'], 'summary': 'A & B'}
    """
    known = front.get("dossier")
    dossier = known if isinstance(known, Mapping) else {}
    tags = front.get("tags")
    facets = dossier.get("facets")
    sources = facets.get("Source") if isinstance(facets, Mapping) and front.get("kind") == "Article" else None
    row = {
        "url": url,
        "title": front.get("title", title),
        "kind": front.get("kind", "Page"),
        "source": ", ".join(sources or ()),
        "date": dossier.get("date"),
        "when": dossier.get("when"),
        "also": tags if isinstance(tags, list) else [],
        "summary": front.get("description"),
    }
    return {key: _plain(value) for key, value in row.items() if value}


def names(rows: Iterable[Mapping[str, object]]) -> str:
    """The rows as a script that a page can load from a disk."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f"window.dossierNames = [\n{lines}\n]\n"


def _plain(value: Any) -> object:
    return [html.unescape(str(item)) for item in value] if isinstance(value, list) else html.unescape(str(value))
