"""Furniture that only the whole dossier shows: lines that a source prints under article after article."""

from __future__ import annotations

from collections import defaultdict
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
    where: defaultdict[tuple[str, str], set[Ref]] = defaultdict(set)
    for article in articles:
        for paragraph in article.paragraphs:
            where[_key(article, paragraph)].add(article.ref)
    repeated = {key for key, refs in where.items() if key[0] and len(refs) >= MOST_CHANCE}
    return tuple(_settled(article, repeated, curated.get(article.ref)) for article in articles)


def _key(article: Article, paragraph: Paragraph) -> tuple[str, str]:
    return str(article.source or article.source_name or ""), article.words_of(paragraph).casefold()


def _settled(article: Article, repeated: set[tuple[str, str]], entry: ArticleEntry | None) -> Article:
    say = entry.clean if entry else None
    if not repeated or say == "none":
        return article
    keep = matcher(say.keep if isinstance(say, Cleaning) else ())
    again = [p for p in article.paragraphs if _key(article, p) in repeated]
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
