"""Names of places: which entries are places, demonyms, and spellings of one place."""

from __future__ import annotations

import re

from dossier.annotate.words import PLACE_TYPES, RENAMED, THINGS
from dossier.schema import Country, Named, Topic

_RENAMED = {name: group for group in RENAMED for name in group}


def is_place(entry: Named) -> bool:
    """Whether an entry is somewhere: a country, or a topic whose type says so."""
    return isinstance(entry, Country) or (
        isinstance(entry, Topic) and entry.type is not None and not PLACE_TYPES.isdisjoint(entry.type.lower().split())
    )


def demonym_forms(demonym: str) -> list[str]:
    """A demonym and its forms for several people.

    >>> demonym_forms("Russian"), demonym_forms("French"), demonym_forms("Chinese")
    (['Russian', 'Russians'], ['French', 'Frenchman', 'Frenchmen', 'Frenchwoman', 'Frenchwomen'], ['Chinese'])
    """
    if demonym in ("French", "Irish", "English", "Dutch", "Welsh", "Scots", "Northern Irish", "Cornish"):
        return [demonym, *(demonym + end for end in ("man", "men", "woman", "women"))]
    if demonym.endswith("man") and demonym not in ("German", "Roman", "Ottoman", "Oman"):
        return [demonym, demonym[:-3] + "men", demonym[:-3] + "woman", demonym[:-3] + "women"]
    if demonym.endswith(("s", "sh", "ch", "ese")):
        return [demonym]
    return [demonym, demonym + "s"]


def place_spellings(name: str) -> list[str]:
    """A name of a place and the other customary spellings of the same place.

    >>> place_spellings("Kyiv")
    ['Kyiv', 'Kiev']
    """
    return [name, *(other for other in _RENAMED.get(name, ()) if other != name)]


_OF_LANGUAGE = re.compile(
    r"\b(?:speaks?|spoken?|speaking|fluent|learn\w*|teach\w*|taught|study\w*|studie[sd]|translated into|written in|"
    r"broken|native|talk\w*|sang|sing|sings|wrote in|read) (?:only |fluent |in |some |basic |good )?$"
)
_IN = re.compile(r"\b(?:in|into) $")
_LANGUAGE_AFTER = re.compile(
    r"[ -](?:language|languages|lessons|classes|speakers?|speaking|translation|alphabet|grammar|subtitles)\b"
)
_NO_NOUN_AFTER = re.compile(
    r"[.,;:)!?\"]| (?:and|or|as|with|on|at|to|that|which|for|rather|by|when|while|from|but)\b|$"
)


_NOUN_AFTER = re.compile(r" ([a-z]+)")


def is_thing(text: str, end: int) -> bool:
    """Whether a demonym that ends here belongs to the name of a dish, a breed or the like: French fries."""
    noun = _NOUN_AFTER.match(text, end)
    return text.startswith(" New Year", end) or (noun is not None and noun[1] in THINGS)


def is_language(text: str, start: int, end: int) -> bool:
    """Whether a demonym at start:end of a folded text names a language.

    >>> is_language("He spoke in Russian, then left.", 12, 19), is_language("in Russian hands", 3, 10)
    (True, False)
    """
    if _LANGUAGE_AFTER.match(text, end):
        return True
    window = max(0, start - 32)
    nothing_after = _NO_NOUN_AFTER.match(text, end)
    return bool(nothing_after and (_OF_LANGUAGE.search(text, window, start) or _IN.search(text, window, start)))
