"""The articles for a reference manager."""

from __future__ import annotations

from dossier.export.dataset import Dataset
from dossier.reference import reference


def bibtex(data: Dataset) -> str:
    """The articles as BibTeX, each under its id, as its page says how to cite it."""
    return "\n".join(f"{entry}\n" for entry in _entries(data))


def _entries(data: Dataset) -> list[str]:
    return [
        "\n".join(
            reference(
                r.article, data.article(r.article.ref), _publisher(data, r.article.source, r.article.source_name)
            ).bibtex
        )
        for r in data.readings
    ]


def _publisher(data: Dataset, source: object, name: str | None) -> str:
    return next((known for ref, known in data.names.items() if ref == source), name or "")
