"""What stands around a stretch of folded text: neighbours, sentence starts, headlines, capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dossier.annotate.words import CALENDAR, FUNCTION_WORDS, OPENING, TITLES

_BEFORE = re.compile(r"([\w'&-]+\.?)[ ]$")
_AFTER = re.compile(r" ([\w&][\w'&-]*)")
_SENTENCE_END = re.compile(r"(?:[.!?:;|]['\")]*|[\"'(*#>-]|--|–|—|\u2022|^) ?['\"(]*$|[\"'(*]$|\n['\"(]*$")
_DATELINE = re.compile(r"[^\w\n]*[A-Z]{3,}(?:[ '-][A-Z.]+)*(?=,| ?\(| ?[-–—]| [A-Z][a-z])|[^\w\n]*[A-Z]{2}\. [A-Z]{3,}")
_NEW_SENTENCE = re.compile(r"\w{4}[.!?] [A-Z]")
_LONG_WORD = re.compile(r"\b[A-Za-z]{4,}")


@dataclass(slots=True)
class Context:
    """A folded text with what has been found out about its lines and about given names in it."""

    text: str
    headlines: dict[int, bool] = field(default_factory=dict)
    shared: dict[str, bool] = field(default_factory=dict)

    def word_before(self, start: int) -> str:
        """The word one space before, in the same sentence; empty if there is none.

        A title keeps no stop; other words with a stop end a sentence, but for initials.
        """
        text = self.text
        if not start or text[start - 1] != " ":
            return ""
        space = text.rfind(" ", max(0, start - 32), start - 1)
        word = text[space + 1 : start - 1]
        if space < 0 or not word.isalpha():
            match = _BEFORE.search(text, max(0, start - 32), start)
            if not match:
                return ""
            word = match[1]
        if word.endswith("."):
            bare = word[:-1]
            return bare if bare in TITLES else word if len(bare) == 1 else ""
        return "" if word.endswith(("'s", "'")) else word

    def word_after(self, end: int) -> str:
        """The word one space behind; empty if something stands between."""
        match = _AFTER.match(self.text, end)
        return match[1] if match else ""

    def opens_sentence(self, start: int) -> bool:
        """Whether a sentence, a quotation or a paragraph begins here."""
        return start == 0 or bool(_SENTENCE_END.search(self.text[max(0, start - 6) : start]))

    def line(self, place: int) -> tuple[int, int]:
        """Start and end of the paragraph around a place."""
        end = self.text.find("\n", place)
        return self.text.rfind("\n", 0, place) + 1, len(self.text) if end < 0 else end

    def is_headline(self, place: int) -> bool:
        """Whether the paragraph is set in title case or in capitals, so that capitals tell nothing.

        Title case leaves hardly a long word in lower case; a paragraph full of names has its verbs.
        """
        start, end = self.line(place)
        if start not in self.headlines:
            self.headlines[start] = end - start < 200 and self._is_title_case(start, end)
        return self.headlines[start]

    def _is_title_case(self, start: int, end: int) -> bool:
        words = [w for w in _LONG_WORD.findall(self.text, start, end) if w not in FUNCTION_WORDS]
        capital = sum(w[0].isupper() for w in words)
        return len(words) >= 3 and capital >= 0.9 * len(words) and not _NEW_SENTENCE.search(self.text, start, end)

    def is_shouted(self, place: int) -> bool:
        """Whether the paragraph, or the dateline before this place, is set in capitals."""
        start, end = self.line(place)
        return (" " in self.text[start:end] and self.text[start:end].isupper()) or self.in_dateline(place)

    def in_dateline(self, place: int) -> bool:
        """Whether this place is in the capitals of a dateline: MOSCOW (AP) -."""
        start, end = self.line(place)
        match = _DATELINE.match(self.text, start, min(end, start + 80))
        return match is not None and place < match.end()

    def is_ordinary(self, word: str, start: int) -> bool:
        """Whether a capitalised word is no part of a name: it opens the sentence, or is a day or month."""
        if word in CALENDAR or word in OPENING:
            return True
        return self.opens_sentence(start) and (word.endswith(("ing", "ed", "ly")) or f" {word.lower()} " in self.text)
