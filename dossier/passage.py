"""Where words that someone typed occur in an article, whatever the typography."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from dossier.model import Article, Paragraph

_MARKS = "\"'“”„‟«»‘’‚‛‹›`´″′＂"
_DASHES = "‐‑‒–—―−"
_COUNTS = dict.fromkeys(_DASHES, "-") | dict.fromkeys(f"{_MARKS}\u00ad\u200b\u200c\u200d\ufeff", "")
_TYPOGRAPHY = re.compile(f"[{re.escape(''.join(_COUNTS))}]")

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
    for char in set(_TYPOGRAPHY.findall(text)):  # few are there: several times as quick as to translate the text
        text = text.replace(char, _COUNTS[char])
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class _Counted:
    """The characters of a text that count, its lines, and how many characters that count stand before each."""

    text: str
    lines: tuple[str, ...]
    before: tuple[int, ...]

    def place(self, count: int) -> int:
        """Where in the text the character stands before which so many count."""
        line = bisect_right(self.before, count) - 1
        start = sum(map(len, self.lines[:line])) + line
        counting = (n for n, char in enumerate(self.lines[line]) if not char.isspace() and _COUNTS.get(char, char))
        return start + next(islice(counting, count - self.before[line], None))


@lru_cache(maxsize=256)
def _counted(text: str) -> _Counted:
    lines = tuple(text.split("\n"))
    counting = [visible(line) for line in lines]
    return _Counted("".join(counting), lines, (0, *accumulate(map(len, counting[:-1]))))


def shown(article: Article, rights: str) -> int:
    """How many paragraphs of an article its rights allow to show."""
    return {"full": len(article.paragraphs), "excerpt": min(EXCERPT, len(article.paragraphs))}.get(rights, 0)


def occurs(article: Article, words: str) -> bool:
    """Whether `find` would find words in an article."""
    wanted = visible(words)
    return bool(wanted) and wanted in _counted(article.text).text


def find(article: Article, words: str) -> Passage | None:
    """Find words in an article; whitespace and the style of quotation marks and dashes do not matter.

    Where they occur more than once, a paragraph that says more than these words wins: a crosshead
    repeats a quotation before it is said.
    """
    wanted, counted = visible(words), _counted(article.text)
    at = counted.text.find(wanted) if wanted else -1
    first: Passage | None = None
    while at >= 0:
        start = counted.place(at)
        found = Passage(start, counted.place(at + len(wanted) - 1) + 1, article.paragraph_at(start))
        if len(visible(article.words_of(found.paragraph))) > len(wanted):
            return found
        first = first or found
        at = counted.text.find(wanted, at + 1)
    return first
