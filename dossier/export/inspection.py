"""What the text engine made of an article, as a JSON record."""

from __future__ import annotations

from typing import Any

from dossier.model import Quotation, Reading


def record(reading: Reading, path: str) -> dict[str, Any]:
    """The record of one article; offsets are code points into `text`, what is unknown is None."""
    article = reading.article
    return {
        "id": article.ref.id,
        "path": path,
        "sha256": article.sha256,
        "title": article.title,
        "date": article.date.edtf if article.date else None,
        "source": str(article.source) if article.source else None,
        "source_name": article.source_name,
        "authors": [*article.authors],
        "language": article.language,
        "basis": {fact: article.basis.get(fact) for fact in ("title", "date", "source", "authors")},
        "text": article.text,
        "paragraphs": [{"n": p.n, "start": p.start, "end": p.end, "line": p.line} for p in article.paragraphs],
        "removed": [{"line": r.line, "text": r.text, "rule": r.rule} for r in article.removed],
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "ref": str(m.ref), "rule": m.rule, "name": m.name}
            for m in reading.annotation.mentions
        ],
        "unresolved": [
            {
                "start": u.start,
                "end": u.end,
                "text": u.text,
                "candidates": [*map(str, u.candidates)],
                "reason": u.reason,
            }
            for u in reading.annotation.unresolved
        ],
        "quotes": [_quote(quotation) for quotation in reading.quotations],
    }


def _quote(q: Quotation) -> dict[str, Any]:
    return {
        "start": q.start,
        "end": q.end,
        "text": q.text,
        "speaker": str(q.speaker) if q.speaker else None,
        "speaker_name": q.speaker_name,
        "speaker_text": q.speaker_text,
        "speaker_start": q.speaker_start,
        "speaker_end": q.speaker_end,
        "cue": q.cue,
        "rule": q.rule,
    }
