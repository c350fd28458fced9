"""Lines as the numbered paragraphs of a text."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.clean.decode import Line
from dossier.model import Paragraph


def number(rows: Sequence[Line]) -> tuple[str, tuple[Paragraph, ...]]:
    """The text of some lines, and where each stands in it as a paragraph."""
    paragraphs: list[Paragraph] = []
    at = 0
    for n, row in enumerate(rows, 1):
        paragraphs.append(Paragraph(n, at, at + len(row.text), row.number))
        at += len(row.text) + 2
    return "\n\n".join(row.text for row in rows), tuple(paragraphs)
