"""What the search program reads of a page, cut out of it: so that it is known what an index was made from."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier.packaged import code
from dossier.work import digest

_MARK = "data-pagefind-"
_BODY = "data-pagefind-body"
_ATTRIBUTES = r"""(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)*\s*"""
_ROOT = re.compile(rf"<html{_ATTRIBUTES}>")
_TAG = re.compile(rf"<([a-z][a-z0-9]*){_ATTRIBUTES}/?>")
_DATE = re.compile(r'data-pagefind-sort="date\[content\]" content="([^"]*)"')
_INDEX = re.compile(r"(^|/)index\.html$")


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a page that is searched: the digest of what is read of it, and the date it is sorted by."""

    digest: str
    date: str


def read(html: str) -> str | None:
    """What is read of a page, as a page; None where nothing is. Where it cannot be told apart it is the whole page.

    >>> read('<html lang="en"><body><p>Menu</p><div data-pagefind-body>Words</div></body></html>')
    '<html lang="en"><head></head><body><div data-pagefind-body>Words</div></body></html>'
    """
    if _BODY not in html:
        return None
    root = _ROOT.search(html)
    about, bodies, ignored = [], [], False
    at = html.find(_MARK)
    while at >= 0:
        tag = _TAG.match(html, html.rfind("<", 0, at))
        end = tag.end() if tag else 0
        if not root or not tag or end < at:
            return html
        if _BODY in tag[0]:
            end = _end(html, tag)
            if ignored or not end:  # it may stand in what is ignored
                return html
            bodies.append(html[tag.start() : end])
        elif tag[1] == "meta":
            about.append(tag[0])
        elif tag[0].count(_MARK) == tag[0].count(f"{_MARK}ignore"):
            ignored = True
        else:
            return html
        at = html.find(_MARK, end)
    return f"{root[0] if root else ''}<head>{''.join(about)}</head><body>{''.join(bodies)}</body></html>"


def address(path: str) -> str:
    """The address of a page in the site, as the program has it.

    >>> address("people/jane-roe/index.html"), address("about.html")
    ('/people/jane-roe/', '/about.html')
    """
    return "/" + _INDEX.sub(r"\1", path)


def page(site: Path, path: str) -> tuple[str, Noted] | None:
    """What is read of a page of a site, and what is to be noted of it; None where nothing is read. Raises OSError."""
    data = (site / path).read_bytes()
    if _BODY.encode() not in data:
        return None
    text = read(data.decode(errors="surrogateescape"))
    dates = _DATE.findall(text or "")
    return (text, Noted(digest(_bytes(text)).hex(), dates[0] if dates else "")) if text else None


def noted(site: Path, record: Path | None) -> dict[str, Noted]:
    """The pages of a site that are searched, by their paths in it, in the order of their addresses. Raises OSError.

    `record` is where it was noted what was read of which page: one of the same size and time is not read again.
    """
    version = code().hex()
    before, now = _recorded(record, version), {}
    for path in _paths(site):
        state = (site / path).stat()
        known = before.get(path)
        if not known or known[:2] != [state.st_size, state.st_mtime_ns]:
            found = page(site, path)
            known = [state.st_size, state.st_mtime_ns, *((found[1].digest, found[1].date) if found else ())]
        now[path] = known
    if record and now != before:
        record.parent.mkdir(parents=True, exist_ok=True)
        beside = record.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({"code": version, "pages": now}), encoding="utf-8")
        beside.replace(record)
    return {path: Noted(*known[2:]) for path, known in now.items() if len(known) > 2}


def write(text: str, path: Path) -> None:
    """Write what is read of a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_bytes(text))


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def _end(html: str, tag: re.Match[str]) -> int:
    """Where an element ends, by counting its tags; 0 where they do not come out even."""
    depth = 1
    for other in re.compile(rf"<(/?){tag[1]}(?=[\s>/])[^>]*>").finditer(html, tag.end()):
        depth += -1 if other[1] else 1
        if not depth:
            return other.end()
    return 0


def _paths(site: Path) -> list[str]:
    """The pages of a site, hidden folders apart, in the order of their addresses."""
    found = []
    for folder, folders, files in os.walk(site):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(folder).relative_to(site)
        found += [(inside / name).as_posix() for name in files if name.endswith(".html")]
    return sorted(found, key=address)


def _recorded(record: Path | None, version: str) -> dict[str, list[Any]]:
    """What was noted of the pages: size, time, and where they are searched the digest and the date."""
    try:
        found = json.loads(record.read_text(encoding="utf-8")) if record else {}
        pages: dict[str, list[Any]] = found["pages"] if found["code"] == version else {}
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return pages
