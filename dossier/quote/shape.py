"""A paragraph as a row of word classes, so that rules are short patterns over letters.

The letters: Q a whole quotation, N a name, T a person by role, P he/she/they/I/we, I it, o him/them,
h her, i you/me/us, r who/which, D determiner, e a form of be, k a noun for words said, V verb of saying,
U verb of judging, H verb of mind (finite), B their bare form, A a bare form that may be a noun, G their
-ing form, K quoted, X auxiliary or adverb, p preposition, S as, j to, y by, a according, c conjunction,
t that, z subordinator, d time, 0 number, b words in brackets, s possessive mark, w any other word. Marks
stand for themselves: `,` `;` `:` `-` (a dash) and `.` (the end of a sentence); `?` follows a quotation
that ends in a question or an exclamation.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.quote.marks import Span
from dossier.quote.words import (
    ABBREVIATIONS,
    CLASS,
    LIKE_ADVERBS,
    PLURAL_NOUNS,
    PLURALS,
    ROLE_ENDINGS,
    TIME_NAMES,
    TITLES,
)

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐÉĘĞĢĪİĶŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_WORD = (
    rf"(?=[{_UP}aed])(?:(?:{ABBREVIATIONS})\.|(?:[A-Z]\.-?)+(?!\w)"
    rf"|(?:al-|el-|d[’'])?[{_UP}]\w*(?:(?:-|[’'](?!s\b))\w+)*)"
)
_PARTICLE = "(?:de|del|della|der|den|di|da|dos|du|van|von|bin|ibn|al|el|la|le|ter|zu|abu|ben)"
#: A run of capitalised words with what may stand between them.
RUN = rf"{_WORD}(?:[ \u00a0](?:[\"“][A-Z]\w*[\"”] )?(?:of (?:the )?|& |{_PARTICLE} (?:{_PARTICLE} )?)?{_WORD})*"
_PHRASAL = (
    r"(?:shot|fired|hit|struck) back|point(?:s|ed) out|(?:chimed|weighed) in|(?:went|goes|go|gone) on(?= to\b|[,:.])"
)
_REST = r"\w*(?:[-’'](?!s\b)\w+)*"
_TOKEN = re.compile(
    # Most words: those that begin with a small letter and none of the alternatives below. It is here for speed.
    rf"(?P<f>(?:[bijklmnoqrtuvxyz]|[ade](?!l-|[’'])|(?!{_PHRASAL})[cfghpsw]){_REST})"
    r"|(?P<Q>\ue000+|\ue002+)"
    r"|(?P<b>\([^()\ue000\ue002]{0,120}\)|\[[^\[\]\ue000\ue002]{0,60}\]|[RDI]-[A-Z][a-z]+\b\.?)"
    rf"|(?P<N>{RUN})"
    r"|(?P<L>\ue001+)"
    r"|(?P<n>[$£€]?\d+(?:[.,]\d+)*(?:st|nd|rd|th|s\b|%)?)"
    rf"|(?P<V>{_PHRASAL})"
    rf"|(?P<w>\w{_REST}|@\w+)"
    r"|(?P<s>[’']s\b|(?<=s)[’'])"
    r"|(?P<E>[.!?…]+)"
    r"|(?P<m>[,;:]|--+|[—–―]|(?<=\s)-(?=\s))"
)
#: The classes after which a word that may be a plural noun is a verb.
_SUBJECTS = "NTPIrXbQ,-"
_NO_BLOTS = str.maketrans("\ue000\ue001\ue002", "   ")
#: How many tokens to either side a sentence may reach.
_LONGEST = 200
#: Groups of `_TOKEN` whose kind has another letter.
_KINDS = {"n": "0", "L": "N"}
_COMMON_ENDINGS = ("ing", "ists", "ly", "tion", "ness", "ment", "ments")
_RUN_WORD = re.compile(r"[^ \u00a0]+")
#: Classes whose words are no part of a name even when they are capitalised.
_NEVER_NAMES = frozenset("DPIohirXepSjyactz")
#: A word that could be a verb of speech is none after a determiner, a possessive or a preposition.
_NO_VERB = re.compile("(?<=[DshpSy])[VUBKH]|(?<=D)G|(?<=[NTwk]s)G")


@dataclass(frozen=True, slots=True)
class Shape:
    """The classes of a paragraph's tokens and where each token stands in the text."""

    kinds: str
    starts: list[int]
    ends: list[int]
    quotations: list[int]

    def sentence(self, token: int) -> tuple[int, int]:
        """The sentence a token stands in: its first token and the one that ends it."""
        first, last = max(0, token - _LONGEST), token + _LONGEST
        low = max(self.kinds.rfind(".", first, token), self.kinds.rfind("?", first, token), first - 1) + 1
        highs = [h for h in (self.kinds.find(".", token, last), self.kinds.find("?", token, last)) if h >= 0]
        return low, min(highs, default=min(last, len(self.kinds)))

    def alone(self, token: int) -> bool:
        """Whether the quotation at a token is a sentence of its own."""
        low, high = self.sentence(token)
        return not self.kinds[low:token].strip("cX,") and not self.kinds[token + 1 : high].strip(",")

    def words(self, text: str, token: int | None) -> str | None:
        """The words of a token."""
        return None if token is None else text[self.starts[token] : self.ends[token]]


def mask(text: str, spans: Sequence[Span], lower_names: Sequence[tuple[int, int]] = ()) -> str:
    """The text with each quotation blotted out, and each linked name that begins with a small letter."""
    if any(blot in text for blot in "\ue000\ue001\ue002"):
        text = text.translate(_NO_BLOTS)
    parts: list[str] = []
    done = 0
    for number, span in enumerate(spans):
        parts += (text[done : span.outer_start], "\ue000\ue002"[number % 2] * (span.outer_end - span.outer_start))
        done = span.outer_end
    masked = "".join((*parts, text[done:]))
    for low, high in lower_names:
        if "\ue000" not in masked[low:high] and "\ue002" not in masked[low:high]:
            masked = masked[:low] + "\ue001" * (high - low) + masked[high:]
    return masked


def shape(text: str, masked: str, start: int, end: int, spans: Sequence[Span], small: Container[str]) -> Shape:
    """The shape of the paragraph at `start:end`; `spans` are its quotations, blotted out in `masked`.

    `small` are the words that the text prints with a small letter somewhere.
    """
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    quotations: list[int] = []
    for match in _TOKEN.finditer(masked, start, end):
        group = match.lastgroup
        low, high = match.span()
        if group == "f" or group == "w":
            word = match[0]
            kind = _kind(word)
            if kind == "V" and word in PLURAL_NOUNS and kinds and kinds[-1] not in _SUBJECTS:
                kind = "w"
            kinds.append(kind)
        elif group == "N":
            run = match[0]
            if (not kinds or kinds[-1] in ".:?-") and " " not in run and _ordinary(run, small):
                kinds.append(CLASS.get(run.lower()) or _by_ending(run.lower()))
            else:
                for kind, a, b in _run(run):
                    kinds.append(kind)
                    starts.append(low + a)
                    ends.append(low + b)
                continue
        elif group == "E":
            if high - low > 1 and masked[high : high + 2].strip()[:1].islower():
                continue  # an ellipsis within the sentence
            kinds.append(".")
        elif group == "m":
            mark = match[0]
            kinds.append(mark if mark in ",;:" else "-")
        elif group == "Q":
            quotations.append(len(kinds))
            kinds.append("Q")
            if ending := _ending(text, spans[len(quotations) - 1], masked, high, end):
                starts.append(low)
                ends.append(high)
                kinds.append(ending)
                low = high
        else:
            kinds.append(_KINDS.get(group or "", group or "w"))
        starts.append(low)
        ends.append(high)
    return Shape(_NO_VERB.sub("w", "".join(kinds)), starts, ends, quotations)


def _only_a_title(name: str) -> bool:
    """Whether a capitalised run is an office without its holder: "Deputy Defense Minister"."""
    head = name.rpartition(" ")[2].lower()
    return head in TITLES and CLASS.get(head) == "T"


def _ordinary(word: str, small_words: Container[str]) -> bool:
    """Whether the word that begins a sentence is no name: a role in the plural, or a word used small elsewhere."""
    small = word.lower()
    if small in LIKE_ADVERBS:
        return False
    return small in PLURALS or small.endswith(_COMMON_ENDINGS) or (small != word and small in small_words)


def _by_ending(word: str) -> str:
    if word.endswith("ly") and len(word) > 4 and word.lower() not in LIKE_ADVERBS:
        return "X"
    return "T" if word.endswith(ROLE_ENDINGS) else "w"


@lru_cache(maxsize=65536)
def _kind(word: str) -> str:
    """The class of a word that is no name."""
    return CLASS.get(word) or CLASS.get(word.lower()) or _by_ending(word)


@lru_cache(maxsize=16384)
def _run(run: str) -> tuple[tuple[str, int, int], ...]:
    """A run of capitalised words cut where a word is no part of a name: `The U.N. In May Mr. Roe`."""
    parts: list[tuple[str, int, int]] = []
    for match in _RUN_WORD.finditer(run):
        word = match[0]
        kind = CLASS.get(word.lower(), "")
        low, high = match.span()
        if not word[0].isupper() and kind in ("p", "D", "") and parts and parts[-1][0] == "N":
            continue  # of, de, van: joined to the name when its next word comes
        if word in TIME_NAMES:
            kind = "d"
        elif not _cut_before(word, kind, bool(parts)):
            if parts and parts[-1][0] == "N":
                parts[-1] = ("N", parts[-1][1], high)
            else:
                parts.append(("N", low, high))
            continue
        if parts and parts[-1][0] == "N" and run[parts[-1][2] - 1] == "." and kind != "d":
            parts.append((".", parts[-1][2], parts[-1][2]))
        parts.append((kind, low, high))
    return tuple(("T" if kind == "N" and _only_a_title(run[a:b]) else kind, a, b) for kind, a, b in parts)


def _cut_before(word: str, kind: str, inside: bool) -> bool:
    """Whether a capitalised word is none of a name's: "But", "In", and at the beginning "Asked"."""
    if not kind or word == "Will" or (len(word) > 1 and word.isupper()):
        return False
    return kind in _NEVER_NAMES or (not inside and kind in "VUGH")


def _ending(text: str, span: Span, masked: str, high: int, end: int) -> str:
    """What a quotation's own last mark does to the sentence around it."""
    last = text[span.end - 1]
    rest = masked[high : min(high + 40, end)].lstrip()
    breaks = not rest or rest[0].isupper() or rest[0] in "\ue000\ue002—–―-(["
    if last == ",":
        return "" if rest[:1] in (",", ";", ":") else ","
    if last in "?!":
        return "?" if breaks else ""
    if last in ".…" or not span.closed:
        return "." if breaks else ""
    return ""
