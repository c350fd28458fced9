"""Runs of capitalised words: where an article may name something, and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dossier.model import Annotation, Article
from dossier.suggest.words import ABBREVIATED, CALENDAR, PARTICLES

_UPPER = "".join(c for c in map(chr, (*range(0x530), *range(0x1E00, 0x1F00))) if c.isupper())
_ABBREVIATED = "|".join(sorted((w.capitalize() for w in ABBREVIATED | {"st", "mt", "ft", "jr", "sr"}), key=len)[::-1])
_PREFIX = r"(?:(?:[Aa][lnrsdtz]|[Ee]l|[Aa]sh|[Uu][lr])[-’'])?(?:[dl]['’])?"
_NUMBERED = r"(?:Resolution|Flight|Boeing|Airbus|Apollo|Route|Formula|Channel|Highway) \d{1,4}\b"
_TOKEN = (
    rf"(?:(?:[{_UPPER}]\.)+(?:[{_UPPER}]\b)?|(?:{_ABBREVIATED})\.|{_NUMBERED}|"
    rf"{_PREFIX}[{_UPPER}]\w*(?:['’&‑-]\w+)*)"
)
_GAP = r"(?:[ \u00a0]|\n(?!\n))"
_JOINING = "|".join(sorted({"of", "for", "on", "and", "&", "the", *PARTICLES}))
_RUN = re.compile(
    rf"(?<!\w)(?:(?:al|el|bin|ibn|von|van|de|der|den){_GAP}){{0,2}}{_TOKEN}(?:{_GAP}(?:(?:{_JOINING}){_GAP}){{0,3}}{_TOKEN})*"
)
_PIECE = re.compile(rf"{_NUMBERED}|\S+")
_LOWER = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
_LETTERS = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"(?<!\w)\w\.$")
_SHORT_MONTHS = "|".join(sorted(month.capitalize() for month in CALENDAR if len(month) == 3))
_ABBREVIATION = re.compile(rf"(?<!\w)(?:{_ABBREVIATED}|{_SHORT_MONTHS}|vs|No)\.$")
#: A run of more words is no prose.
_LONGEST = 40
_OPENERS, _CLOSERS = "“‘„«‹", "”’»›)]"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a run; `taken` where a mention of an entry covers it."""

    text: str
    start: int
    end: int
    taken: bool = False

    @property
    def low(self) -> str:
        """The word as the word lists have it: small letters, straight apostrophe, no final stop."""
        return self.text.lower().replace("’", "'").rstrip(".").partition(" ")[0]

    def cut(self, length: int) -> Token:
        """The first characters of the word."""
        return Token(self.text[:length], self.start, self.start + length, self.taken)


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words with the small words that join them; `opens` where they begin a sentence."""

    tokens: tuple[Token, ...]
    opens: bool


def small_words(articles: Iterable[Article]) -> Counter[str]:
    """How often each word occurs in small letters."""
    found: Counter[str] = Counter()
    for article in articles:
        found.update(_LOWER.findall(article.text))
    return found


def runs(article: Article, annotation: Annotation) -> Iterator[Run]:
    """The runs of an article, in order; headlines in title case and shouted lines are passed over."""
    taken = [(mention.start, mention.end) for mention in annotation.mentions]
    taken = sorted(taken + [(mention.start, mention.end) for mention in annotation.unresolved])
    at = 0
    for paragraph in article.paragraphs:
        words = article.words_of(paragraph)
        if is_headline(words):
            continue
        for match in _RUN.finditer(article.text, paragraph.start, paragraph.end):
            while at < len(taken) and taken[at][1] <= match.start():
                at += 1
            tokens = tuple(_tokens(match, taken, at))
            if len(tokens) > _LONGEST or all(token.taken for token in tokens) or _is_bracketed(match):
                continue
            yield Run(tokens, begins_sentence(article.text, match.start()))


def _is_bracketed(match: re.Match[str]) -> bool:
    """Whether an editor put the words in: [Jane] Roe."""
    return match.string.startswith("[", match.start() - 1) and match.string.startswith("]", match.end())


def _tokens(match: re.Match[str], taken: Sequence[tuple[int, int]], at: int) -> Iterator[Token]:
    for piece in _PIECE.finditer(match.string, match.start(), match.end()):
        while at < len(taken) and taken[at][1] <= piece.start():
            at += 1
        covered = at < len(taken) and taken[at][0] < piece.end()
        yield Token(piece[0], piece.start(), piece.end(), covered)


def is_headline(words: str) -> bool:
    """Whether a paragraph is a line in title case or in capitals: there a capital proves nothing.

    >>> is_headline("Rebels Seize Two More Towns"), is_headline("He met Jane Roe in New York.")
    (True, False)
    """
    long = [word for word in _LETTERS.findall(words[:600]) if len(word) > 3]
    if len(long) < 3:
        return False
    if sum(word.isupper() for word in long) > 0.7 * len(long):
        return True
    return (
        len(words) < 200
        and not words.rstrip().endswith((".", "!", "?", '"', "”", ":", ";", ","))
        and sum(word[0].isupper() for word in long) >= 0.75 * len(long)
    )


def begins_sentence(text: str, start: int) -> bool:
    """Whether a word may owe its capital to the place where it stands.

    >>> begins_sentence("He left. Roe stayed.", 9), begins_sentence("Mr. Roe stayed.", 4)
    (True, False)
    """
    before = text[max(0, start - 12) : start]
    bare = before.rstrip(" \u00a0")
    if not bare or bare[-1] in "\n\t•*|>_…:;" + _OPENERS:
        return True
    if bare[-1] in "\"'" and bare == before:
        return True
    while bare and bare[-1] in _CLOSERS + "\"'":
        bare = bare[:-1]
    if not bare.endswith((".", "!", "?")):
        return False
    return not (bare.endswith(".") and (_INITIAL.search(bare) or _ABBREVIATION.search(bare)))
