"""Characters that nobody sees and that mislead those who read: what a curator's file may not hold.

Controls and lone surrogates are no text. The others are the means of "Trojan Source" (N. Boucher and R. Anderson,
2021) and of texts hidden in texts: what turns the direction of the words after it, tags, operators that are
not shown, and more variation selectors than a character takes. What scripts need stays: joiners, soft hyphens,
zero-width spaces and the marks of direction (LRM, RLM, ALM), which turn nothing but themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: No text at all.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_DIRECTION = "\u202a-\u202e\u2066-\u2069"
_MISLEADING = re.compile(
    f"[{_DIRECTION}\u180e\u2061-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef]"
    "|[\ufe00-\ufe0f](?=[\ufe00-\ufe0f])"
    "|(?<![\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"  # after a black flag they are a region's
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0010fffe\U0010ffff]"
)
_TURNS = re.compile(f"[{_DIRECTION}]")
#: Every character of the two patterns: without one of them, which a single set is quick to tell, none has to be tried.
_SUSPECT = re.compile(
    f"{CONTROL.pattern[:-1]}{_DIRECTION}\u180e\u2061-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufe00-\ufe0f"
    "\U000e0000-\U000e01ef\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0010fffe\U0010ffff]"
)


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Each character of a text that must not be in it, once: where it stands first, and what to do about it.

    >>> list(faults("name: Lavr\\u202eov"))
    [(10, 'the invisible character U+202E (right-to-left override) turns the words after it; remove it')]
    >>> list(faults("می\\u200cخواهم 👩\\u200d🚀"))
    []
    """
    if (text.isascii() and text.isprintable()) or not _SUSPECT.search(text):
        return
    seen = set()
    for match in (*CONTROL.finditer(text), *(() if text.isascii() else _MISLEADING.finditer(text))):
        char = match[0]
        if char in seen:
            continue
        seen.add(char)
        if CONTROL.match(char):
            yield match.start(), f"the control character U+{ord(char):04X} cannot stand here; remove it"
        else:
            name = unicodedata.name(char, "").lower()
            harm = "turns the words after it" if _TURNS.match(char) else "cannot stand here"
            shown = f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"
            yield match.start(), f"the invisible character {shown} {harm}; remove it"


def without(text: str) -> str:
    """A text without those characters.

    >>> without("Lavr\\u202eov\\x07")
    'Lavrov'
    """
    kept = CONTROL.sub("", text)
    while (less := _MISLEADING.sub("", kept)) != kept:
        kept = less
    return kept
