"""What the readers of the formats hand over: an article as its own file tells it, before curation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dossier.clean.decode import Line
from dossier.model import Basis, Fact, Removed


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; None and () where it says nothing. `date` is an ISO day, `address` where it stood."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A read file: its facts with where each came from, its paragraphs, what was left out, and all its lines."""

    facts: Facts = Facts()
    basis: Mapping[Fact, Basis] = field(default_factory=dict)
    paragraphs: tuple[Line, ...] = ()
    removed: tuple[Removed, ...] = ()
    whole: tuple[Line, ...] = ()


def merge(*stated: tuple[Basis, Facts]) -> tuple[Facts, dict[Fact, Basis]]:
    """One set of facts from several, the first that knows a fact winning, and the basis of each.

    >>> merge(("html", Facts(title="A")), ("text", Facts(title="B", date="2023-03-03")))[1]
    {'title': 'html', 'date': 'text'}
    """
    basis: dict[Fact, Basis] = {}
    names: tuple[Fact, ...] = ("title", "date", "source", "authors")
    for name in names:
        origin = next((where for where, facts in stated if getattr(facts, name)), None)
        if origin:
            basis[name] = origin
    facts = [facts for _, facts in stated]
    return Facts(
        title=next((f.title for f in facts if f.title), None),
        date=next((f.date for f in facts if f.date), None),
        source=next((f.source for f in facts if f.source), None),
        authors=next((f.authors for f in facts if f.authors), ()),
        language=next((f.language for f in facts if f.language), None),
        address=next((f.address for f in facts if f.address), None),
    ), basis
