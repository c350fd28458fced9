"""The `clean` stage: a raw article in, its title, date, source, authors and numbered paragraphs out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from dossier.clean.curation import matcher
from dossier.clean.dates import as_date, in_path
from dossier.clean.draft import Draft
from dossier.clean.html import read_html
from dossier.clean.language import detect
from dossier.clean.markdown import read_markdown
from dossier.clean.number import number
from dossier.clean.provenance import Register, source_of
from dossier.clean.repeated import without_repeated
from dossier.clean.rules import RULES
from dossier.clean.text import read_text
from dossier.model import Article, Fact, RawArticle, Ref, Removed
from dossier.schema import ArticleEntry, Cleaning, Source

__all__ = ["RULES", "Register", "address", "clean", "without_repeated"]

Reader = Callable[[bytes, Callable[[str], bool], Callable[[str], bool]], Draft]
READERS: Mapping[str, Reader] = {".html": read_html, ".htm": read_html, ".md": read_markdown}

#: What browsers, and SingleFile, write into a page that they save.
_SAVED = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>\"]+)", re.I
)
_STEM_NOISE = re.compile(r"^[\d_-]+|[_-][0-9a-f]{12,}$")


def clean(raw: RawArticle, curated: ArticleEntry, sources: Mapping[Ref, Source]) -> Article:
    """What a raw article says, and what of its file was left out.

    Facts come from the curated entry, else from the markup, else from the text, else (dates) from the
    file's name; `basis` tells which. `sources` are the curated entries that a source may be matched to.
    Never raises, whatever the bytes.
    """
    say = curated.clean if isinstance(curated.clean, Cleaning) else Cleaning()
    draft = READERS.get(raw.suffix, read_text)(raw.data, matcher(say.keep), matcher(say.drop))
    rows = list(draft.paragraphs)
    removed = draft.removed
    if curated.clean == "none":
        rows, removed = list(draft.whole), ()
    facts, basis = draft.facts, dict(draft.basis)
    if not facts.title and not removed and curated.clean != "none" and len(rows) > 1 and _heads(rows[0].text):
        head = rows.pop(0)
        removed = (Removed(head.number, head.text, "title"),)
        facts, basis["title"] = replace(facts, title=head.text), "text"
    text, paragraphs = number(rows)
    beginning = _beginning(rows[0].text) if rows else ""
    if not facts.title and beginning:
        basis["title"] = "text"
    by_hand: list[Fact] = [f for f in ("title", "date", "source", "authors") if getattr(curated, f)]
    basis |= dict.fromkeys(by_hand, "curated")
    day = as_date(facts.date) if facts.date else None
    if not (curated.date or day) and (named := in_path(raw.path.rpartition("/")[2])):
        day, basis["date"] = as_date(named), "filename"
    source, told_by = source_of(curated, draft, sources)
    if told_by:
        basis["source"] = told_by
    return Article(
        ref=raw.ref,
        path=raw.path,
        sha256=hashlib.sha256(raw.data).hexdigest(),
        title=curated.title or facts.title or beginning or humanised(raw.path),
        date=curated.date or day,
        source=source,
        source_name=sources[source].name if source and source in sources else facts.source,
        authors=curated.authors or facts.authors,
        language=curated.language or facts.language or detect(text),
        basis=basis,
        text=text,
        paragraphs=paragraphs,
        removed=removed,
    )


def address(raw: RawArticle) -> str | None:
    """Where a raw article says that it was published, or else where a browser saved it from; not checked."""
    nothing = matcher(())
    if stated := READERS.get(raw.suffix, read_text)(raw.data, nothing, nothing).facts.address:
        return stated
    saved = _SAVED.search(raw.data[:4000])
    return saved[1].decode("ascii", "ignore") if saved else None


def _heads(text: str) -> bool:
    """Whether the first line of a text without furniture is its headline: some words, and no sentence."""
    return 2 <= len(text.split()) <= 25 and text[-1] not in '.!?…:;,”"’'


def _beginning(text: str) -> str:
    """A line as a title: at most a hundred characters, cut between words."""
    return text if len(text) <= 100 else text[:100].rpartition(" ")[0].rstrip(",;:–—-") or text[:100]


def humanised(path: str) -> str:
    """A title made of a file's name.

    >>> humanised("articles/003_lavrov-in-delhi_59670d51a8f6aaf8.txt")
    'Lavrov in delhi'
    """
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    words = _STEM_NOISE.sub("", stem).replace("_", " ").replace("-", " ").strip() or stem
    return words[:1].upper() + words[1:]
