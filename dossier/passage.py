"""Where words that someone typed occur in an article, whatever the typography."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dossier.model import Article, Paragraph

_MARKS = "\"'“”„‟«»‘’‚‛‹›`´″′＂"
_DASHES = "‐‑‒–—―−"
_COUNTS = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(f"{_MARKS}\u00ad\u200b\u200c\u200d\ufeff", ""))

EXCERPT = 2  # paragraphs of an article whose rights allow an excerpt


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text and the paragraph it begins in."""

    start: int
    end: int
    paragraph: Paragraph


def visible(text: str) -> str:
    """The characters of a text that count.

    >>> visible("‘a  b’ – c")
    'ab-c'
    """
    return "".join(text.translate(_COUNTS).split())


@lru_cache(maxsize=256)
def _visible_text(text: str) -> str:
    return visible(text)


@lru_cache(maxsize=64)
def _places(text: str) -> list[int]:
    """Where in a text each character that counts stands."""
    return [place for place, char in enumerate(text) if not char.isspace() and _COUNTS.get(ord(char), char)]


def shown(article: Article, rights: str) -> int:
    """How many paragraphs of an article its rights allow to show."""
    return {"full": len(article.paragraphs), "excerpt": min(EXCERPT, len(article.paragraphs))}.get(rights, 0)


def find(article: Article, words: str) -> Passage | None:
    """Find words in an article; whitespace and the style of quotation marks and dashes do not matter.

    Where they occur more than once, a paragraph that says more than these words wins: a crosshead
    repeats a quotation before it is said.
    """
    wanted = visible(words)
    if not wanted:
        return None
    starts = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", _visible_text(article.text))]
    places = _places(article.text) if starts else []
    passages = [
        Passage(start, places[place + len(wanted) - 1] + 1, article.paragraph_at(start))
        for place in starts
        for start in (places[place],)
    ]
    return next((p for p in passages if len(visible(article.words_of(p.paragraph))) > len(wanted)), None) or (
        passages[0] if passages else None
    )
