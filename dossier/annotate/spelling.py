"""Customary spellings of one name: transliterations that are safe to derive."""

from __future__ import annotations

import re
from functools import lru_cache

from dossier.annotate.words import NICKNAMES, SPELLED

#: Endings that transliterate one another: a pattern on the whole word, what stays, and the endings.
ENDINGS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"(Serg|Alex|Aleks|Andr|Matv)(?:ei|ey|ej|eyi)"), ("ei", "ey")),
    (re.compile(r"(Nikol|Mykol)(?:ai|ay|aj)"), ("ai", "ay")),
    (re.compile(r"([A-Z]\w+[sc])(?:ky|kyy|kiy|kii|kyi|kij)"), ("ky", "kyy", "kiy", "kii", "kyi")),
    (re.compile(r"([A-Z]\w+)(?:chev|chov)"), ("chev", "chov")),
    (
        re.compile(
            r"(Dmitr|Dmytr|Yur|Vital|Valer|Anatol|Gennad|Georg|Arkad|Grigor|Vasil|Yevhen|Oleks)(?:y|i|iy|ii|yy|yi)"
        ),
        ("y", "i", "iy", "ii"),
    ),
)
_GROUPS = {name: frozenset(group) for group in SPELLED for name in group}


@lru_cache(maxsize=65536)
def spellings(word: str) -> frozenset[str]:
    """A word and its customary spellings (the word alone, where none is known).

    >>> sorted(spellings("Sergei")), sorted(spellings("Blinken"))
    (['Sergei', 'Sergey'], ['Blinken'])
    >>> "Zelensky" in spellings("Zelenskyy")
    True
    """
    found = {word} | _GROUPS.get(word, frozenset())
    for pattern, endings in ENDINGS:
        match = pattern.fullmatch(word)
        if match:
            found |= {match[1] + ending for ending in endings}
    return frozenset(found)


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for full, *short in NICKNAMES:
        for form in short:
            found.setdefault(full, set()).add(form)
            found.setdefault(form, set()).add(full)
    return found


def nicknames(given: str) -> list[str]:
    """The short forms of a given name, or the full names of which it is the short form, sorted.

    >>> nicknames("Joseph"), nicknames("Ted"), nicknames("Sergey")
    (['Joe', 'Joey'], ['Edward', 'Theodore'], [])
    """
    return sorted(_nicknames().get(given, ()))
