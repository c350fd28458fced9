"""Suggestions as they are handed out: records for other programs, a table for the curator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dossier.suggest import Suggestion

_LINE = "{:>5}  {:>8}  {:<12}  {:<44}  {}"
#: So many characters of an example are shown.
_EXAMPLE = 90


def record(suggestion: Suggestion) -> dict[str, Any]:
    """The record of one suggestion; articles by their ids."""
    return {
        "name": suggestion.name,
        "type": suggestion.type,
        "count": suggestion.count,
        "articles": [ref.id for ref in suggestion.articles],
        "example": suggestion.example,
    }


def as_table(suggestions: Iterable[Suggestion]) -> str:
    """One line a suggestion: how often, in how many articles, what, the name with its other forms, an example."""
    lines = [_LINE.format("count", "articles", "type", "name", "example")]
    for s in suggestions:
        name = f"{s.name} ({', '.join(s.forms)})" if s.forms else s.name
        lines.append(_LINE.format(s.count, len(s.articles), s.type, _cut(name, 44), _cut(s.example, _EXAMPLE)))
    return "\n".join(line.rstrip() for line in lines)


def _cut(text: str, width: int) -> str:
    """A text that is not wider than it may be.

    >>> _cut("a long text", 7)
    'a long…'
    """
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
