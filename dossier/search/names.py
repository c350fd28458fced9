"""What can be searched of a site without a server: the names of its pages, without their texts."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from typing import Any


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
    source, when, summary = ", ".join(sources or ()), dossier.get("when"), front.get("description")
    row = {
        "url": url,
        "title": front.get("title", title),
        "kind": front.get("kind", "Page"),
        "source": source,
        "date": dossier.get("date"),
        "when": when,
        "also": tags if isinstance(tags, list) else [],
        "summary": summary if summary != ", ".join(filter(None, (source, when))) else "",  # not the same twice
    }
    return {key: _plain(value) for key, value in row.items() if value}


def names(rows: Iterable[Mapping[str, object]]) -> str:
    """The rows as a script that a page can load from a disk."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f"window.dossierNames = [\n{lines}\n]\n"


def _plain(value: Any) -> object:
    return [html.unescape(str(item)) for item in value] if isinstance(value, list) else html.unescape(str(value))
