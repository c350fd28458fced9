"""What links to entries tell of them beforehand, as scripts that a page loads when a reader asks for the first.

Scripts, not JSON: a page read from a disk may load no other. The first has the entries that are named most; the
others are found by a number made of their reference.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from dossier.parts import View

PATH = "assets/previews.js"
#: How many entries the first script has, and about how many each of the others.
FIRST, A_SCRIPT = 200, 100


def previews(views: Sequence[View]) -> tuple[tuple[str, str], ...]:
    """The scripts, as (path, text)."""
    seen = [view for view in views if view.ref and view.glance]
    ranked = sorted(seen, key=lambda v: (-v.glance.named if v.glance else 0, str(v.ref)))
    rest = ranked[FIRST:]
    number = -(-len(rest) // A_SCRIPT)
    parts: list[list[View]] = [[] for _ in range(number)]
    for view in rest:
        parts[part_of(str(view.ref), number)].append(view)
    return (
        (PATH, f"window.dossierPreviews = {{parts: {number}, cards: {_cards(ranked[:FIRST])}}}\n"),
        *(
            (f"assets/previews/{n}.js", f"Object.assign(window.dossierPreviews.cards, {_cards(part)})\n")
            for n, part in enumerate(parts)
        ),
    )


def part_of(address: str, parts: int) -> int:
    """The script that an entry is in (FNV-1a, as in `dossier.js`).

    >>> part_of("people/qin-gang", 7)
    1
    """
    number = 2166136261
    for byte in address.encode():
        number = (number ^ byte) * 16777619 % 2**32
    return number % parts


def _cards(views: Sequence[View]) -> str:
    rows = sorted((str(v.ref), [v.title, v.kind, *(v.glance.lines if v.glance else ())]) for v in views)
    lines = (f"{_json(address)}:{_json(card)}" for address, card in rows)
    return "{\n" + ",\n".join(lines) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
