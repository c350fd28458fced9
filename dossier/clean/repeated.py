"""Furniture that only the whole dossier shows: lines that a source prints under article after article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dossier.clean.curation import matcher
from dossier.clean.decode import Line
from dossier.clean.number import number
from dossier.model import Article, Paragraph, Ref, Removed
from dossier.schema import ArticleEntry, Cleaning

#: In how many articles of one source a line must stand. Two may be one story, printed twice.
MOST_CHANCE = 3
#: A longer paragraph in the middle is background that an agency repeats, not furniture.
MOST_WORDS = 25
#: At its head and its foot an article carries what is in all of them, however long.
EDGE = 2


def without_repeated(articles: Sequence[Article], curated: Mapping[Ref, ArticleEntry]) -> tuple[Article, ...]:
    """The articles without the lines that repeat in their source, which are listed as removed by `repeated`.

    An article that is made of such lines for the greater part is the same story again and stays as it is,
    and so does one whose curator took the text as it stands; lines that the curator keeps are kept.
    """
    said: defaultdict[tuple[str, Ref], set[str]] = defaultdict(set)
    for article in articles:
        if source := _source(article):
            said[source, article.ref].update(_lines(article))
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (source, _), lines in said.items():
        counts[source].update(lines)
    repeated = {
        source: frozenset(line for line, count in counted.items() if count >= MOST_CHANCE)
        for source, counted in counts.items()
    }
    concerned = {(source, ref) for (source, ref), lines in said.items() if not lines.isdisjoint(repeated[source])}
    return tuple(
        _settled(article, repeated[_source(article)], curated.get(article.ref))
        if (_source(article), article.ref) in concerned
        else article
        for article in articles
    )


def _source(article: Article) -> str:
    return str(article.source or article.source_name or "")


def _lines(article: Article) -> list[str]:
    """The paragraphs of an article, whatever their case."""
    text = article.text
    return [text[p.start : p.end].casefold() for p in article.paragraphs]


def _settled(article: Article, repeated: frozenset[str], entry: ArticleEntry | None) -> Article:
    say = entry.clean if entry else None
    if say == "none":
        return article
    keep = matcher(say.keep if isinstance(say, Cleaning) else ())
    again = [p for p, line in zip(article.paragraphs, _lines(article), strict=True) if line in repeated]
    out = {p.n for p in again if _is_furniture(article, p) and not keep(article.words_of(p))}
    if not out or 2 * len(again) > len(article.paragraphs):
        return article
    text, paragraphs = number([Line(p.line, article.words_of(p)) for p in article.paragraphs if p.n not in out])
    lines = [Removed(p.line, article.words_of(p), "repeated") for p in article.paragraphs if p.n in out]
    removed = tuple(sorted((*article.removed, *lines), key=lambda line: line.line))
    return replace(article, text=text, paragraphs=paragraphs, removed=removed)


def _is_furniture(article: Article, paragraph: Paragraph) -> bool:
    edge = paragraph.n <= EDGE or paragraph.n > len(article.paragraphs) - EDGE
    return edge or len(article.words_of(paragraph).split()) <= MOST_WORDS
