"""Where words that someone typed occur in an article, whatever the typography."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dossier.model import Article, Paragraph

_MARKS = "\"'“”„‟«»‘’‚‛‹›`´″′＂"
_DASHES = "‐‑‒–—―−"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text and the paragraph it begins in."""

    start: int
    end: int
    paragraph: Paragraph


def _visible(text: str) -> tuple[str, list[int]]:
    """The characters that count, and where each stands in the text.

    >>> _visible("‘a  b’")[0]
    'ab'
    """
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace() or char in _MARKS or char in "\u00ad\u200b\u200c\u200d\ufeff":
            continue
        kept.append("-" if char in _DASHES else char)
        places.append(place)
    return "".join(kept), places


@lru_cache(maxsize=256)
def _visible_text(text: str) -> tuple[str, list[int]]:
    return _visible(text)


def find(article: Article, words: str) -> Passage | None:
    """Find words in an article; whitespace and the style of quotation marks and dashes do not matter.

    Where they occur more than once, a paragraph that says more than these words wins: a crosshead
    repeats a quotation before it is said.
    """
    wanted, _ = _visible(words)
    if not wanted:
        return None
    text, places = _visible_text(article.text)
    passages = [
        Passage(start, places[m.start() + len(wanted) - 1] + 1, article.paragraph_at(start))
        for m in re.finditer(f"(?={re.escape(wanted)})", text)
        for start in (places[m.start()],)
    ]
    return next((p for p in passages if len(_visible(article.words_of(p.paragraph))[0]) > len(wanted)), None) or (
        passages[0] if passages else None
    )
