"""What a long page can be narrowed to: choices that stand in the page, and marks on what they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

#: Fewer things than this can be looked over without a filter.
FEWEST = 8

#: A mark is the name of a filter and a value of it; `Named` says what people call the value, and its place in the list.
Mark = tuple[str, str]
Named = Mapping[Mark, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a page can be narrowed to, and how many things on the page have it."""

    value: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What a page can be narrowed by; `name` and the value chosen stand in the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def filters(labels: Mapping[str, str], marked: Sequence[Iterable[Mark]], named: Named) -> tuple[Filter, ...]:
    """The filters of a page, by the marks of each thing in it; none that leaves no choice.

    `labels` are the names of the filters with what readers see; `named` gives each mark its words and what it is
    sorted by.
    """
    if len(marked) < FEWEST:
        return ()
    counts = Counter(mark for marks in marked for mark in set(marks))
    made = []
    for name, label in labels.items():
        found = sorted((mark for mark in counts if mark[0] == name), key=lambda mark: (named[mark][1], mark[1]))
        if len(found) > 1:
            made.append(Filter(name, label, tuple(Choice(m[1], named[m][0], counts[m]) for m in found)))
    return tuple(made)


def token(words: str) -> str:
    """Words as a value in an address: small letters a-z, digits and hyphens.

    >>> token("Telephone call"), token("Émile  Müller"), token("外交部")
    ('telephone-call', 'emile-muller', '5916-4ea4-90e8')
    """
    letters = (c for c in normalize("NFKD", words.casefold()) if not combining(c))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c if c.isascii() else _code(c) for c in letters)).strip("-")


def _code(letter: str) -> str:
    return f"-{ord(letter):x}-" if letter.isalnum() else "-"
