"""Text with its typography evened out, and the way back to the offsets of the text as printed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_EVEN = {
    ord(char): plain
    for chars, plain in (
        ("‘’‚‛′´`ʼ", "'"),
        ("“”„‟″«»", '"'),
        ("‐‑‒", "-"),
        ("_", "*"),  # emphasis in Markdown, and never part of a word
        ("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2008\u3000\t\r\f\v", " "),
    )
    for char in chars
}
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as the matcher reads it.

    `text` has straight quotes, plain hyphens, single spaces, no accents, no square brackets, and line
    breaks only between paragraphs. `cuts` and `lost` say after which folded offset how many characters
    of the original are missing.
    """

    text: str
    cuts: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    def original(self, offset: int) -> int:
        """The offset into the original text of the character at a folded offset."""
        if not self.cuts:
            return offset
        place = bisect_right(self.cuts, offset)
        return offset + (self.lost[place - 1] if place else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded span."""
        return self.original(start), self.original(end - 1) + 1


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """The letter without its accents, if it is one letter then; else the character itself."""
    if char in _PLAIN:
        return _PLAIN[char]
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return base if len(base) == 1 and base.isalnum() and base.isascii() else char


_PLAIN = dict(zip("øØłŁđĐıħĦŧŦ", "oOlLdDihHtT", strict=True))
_STRANGE = re.compile(r"[^\x00-\x08\n\x0b\x0e-\x5e\x61-\x7f]")
_WRAPPED = re.compile(r"\n(?<!\n\n)(?!\s*\n)")


def fold(text: str) -> Folded:
    """Fold a text for matching.

    >>> fold("José Ángel’s\\u00a0law").text
    "Jose Angel's law"
    >>> folded = fold("the Security\\n  Council [of] old")
    >>> folded.text, folded.span(folded.text.index("Security"), folded.text.index(" of"))
    ('the Security Council of old', (4, 22))
    """
    even = text
    strange = set(_STRANGE.findall(text))
    for char in sorted(strange):
        plain = _EVEN.get(ord(char)) or _plain(char)
        if plain != char:
            even = even.replace(char, plain)
    if "\n" in even:
        even = _WRAPPED.sub(" ", even)
    marked = "[" in even or "]" in even or any(_UNSEEN_MARK.match(char) for char in strange)
    return _squeeze(even) if marked or "  " in even else Folded(even)


_UNSEEN_MARK = re.compile(rf"[{_UNSEEN}\u0300-\u036f]")
# Two patterns, since each alone runs over the text at several times the speed of both in one.
_SPACES = re.compile("  +")
_LOST = re.compile(rf"[\[\]{_UNSEEN}\u0300-\u036f]+")


def _squeeze(even: str) -> Folded:
    """Take out what does not count: repeated spaces, brackets, what cannot be seen."""
    pieces: list[str] = []
    cuts: list[int] = []
    lost: list[int] = []
    done = at = missing = 0
    lengths = [(*m.span(), 1) for m in _SPACES.finditer(even)] + [(*m.span(), 0) for m in _LOST.finditer(even)]
    for start, end, kept in sorted(lengths):
        pieces += (even[done:start], " "[:kept])
        at += start - done + kept
        missing += end - start - kept
        cuts.append(at)
        lost.append(missing)
        done = end
    pieces.append(even[done:])
    return Folded("".join(pieces), tuple(cuts), tuple(lost))


def fold_name(name: str) -> str:
    """A name as it stands in a folded text.

    >>> fold_name(" Côte\\u00a0d’Ivoire ")
    "Cote d'Ivoire"
    """
    return " ".join(fold(unicodedata.normalize("NFC", name)).text.split())
