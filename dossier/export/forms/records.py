"""Everything as JSON, and the entries as JSON-LD."""

from __future__ import annotations

from json import dumps
from typing import Any

from dossier.export.dataset import Dataset, address, plain
from dossier.model import Quotation, Reading, Statement

#: Told in each file, so that a reader of it can tell when the form has changed.
VERSION = 1


def json(data: Dataset) -> str:
    """Every entry by its reference, and every article with its text, as far as its rights allow.

    Offsets are code points into `text`; `rule` names the rule of the text engine that decided. What is unknown is null
    in articles; entries have the fields that are filled in, dates in EDTF.
    """
    entries = {
        str(ref): {"name": data.names[ref], "page": address(data, ref), **plain(entry)}
        for ref, entry in data.entries.items()
        if ref.kind != "articles"
    }
    articles = {str(reading.article.ref): _article(data, reading) for reading in data.readings}
    whole = {"dossier": VERSION, "site": data.site.name, "url": data.site.url or None}
    return _text({**whole, "entries": entries, "articles": articles})


def jsonld(data: Dataset) -> str:
    """The graph of the entries that have a page (https://schema.org).

    Their ids are the addresses of their pages, relative to this file where the site's address is not known.
    """
    aside = ("@context", "mainEntityOfPage")  # said once; and what the id says
    nodes = [{key: value for key, value in node.items() if key not in aside} for node in data.linked]
    return _text({"@context": "https://schema.org", "@graph": nodes})


def _article(data: Dataset, reading: Reading) -> dict[str, Any]:
    article, entry = reading.article, data.article(reading.article.ref)
    return {
        **plain(entry),
        "page": address(data, article.ref),
        "title": article.title,
        "date": article.date.edtf if article.date else None,
        "source": plain(article.source),
        "source_name": article.source_name,
        "authors": [*article.authors],
        "language": article.language,
        "rights": entry.rights,
        "basis": dict(sorted(article.basis.items())),
        "path": article.path,
        "sha256": article.sha256,
        "names": {str(ref): count for ref, count in data.named[article.ref].items()},
        "text": article.text,
        "paragraphs": [{"n": p.n, "start": p.start, "end": p.end, "line": p.line} for p in article.paragraphs],
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "ref": str(m.ref), "rule": m.rule, "name": m.name}
            for m in reading.annotation.mentions
        ],
        "quotations": [_said(q) for q in reading.quotations],
        "statements": [_said(s) for s in reading.statements],
    }


def _said(one: Quotation | Statement) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "speaker": plain(one.speaker),
        "speaker_name": one.speaker_name,
        "speaker_text": one.speaker_text,
        "cue": one.cue,
        "rule": one.rule,
    }


def _text(value: object) -> str:
    return f"{dumps(value, ensure_ascii=False, indent=1)}\n"
