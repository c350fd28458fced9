"""The people an article names: their fullest form, and whether it calls them he or she."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dossier.quote.words import BODIES, CLASS, TIME_NAMES, TITLES, given_gender, role_gender

_PAIR = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'-]*(?: (?:(?:of|the|for|&|de|van|von|al|bin|der|la|el) )*[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'-]*)+"
)
_SUFFIXES = {"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"}
_OF = re.compile(r" (?:of|for)(?: the)? ")
_NO_FIRST_NAME = frozenset("DPIohirXepSjyactz")
_NO_NAME = frozenset("DPIohirXepSjyactzVUGK")
_POSSESSIVE = re.compile(r"[’']s?$|(?<=\w\w)\.$")
#: How many times a name is looked at to tell he from she.
_ENOUGH = 20
_TITLE_BEFORE = re.compile(r"\b([A-Za-z]+)\.? (?:[A-Z][\w.’'-]* ){0,2}$")
_APPOSITION = re.compile(r", ((?:[\w’'-]+ ){0,6}[\w’'-]+)")
_PRONOUN_AFTER = re.compile(r"[^.“”\"\n]{0,50}?\b(he|she|his|her|himself|herself)\b")
_IN = re.compile(r"\b(?:in|at|across) $")
_EDGE = re.compile(r"\b")
_LINKS = ("of", "for", "the")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed: the title before it, its own words, and where these begin."""

    title: str
    words: tuple[str, ...]
    offset: int

    @property
    def last(self) -> str:
        """The last word that is not Jr. or the like."""
        return next((w for w in reversed(self.words) if w not in _SUFFIXES), "")

    @property
    def body(self) -> bool:
        """Whether it looks like the name of a body or a place, not of a person."""
        return self.last.lower() in BODIES or "of" in self.words or "&" in self.words

    def __str__(self) -> str:
        return " ".join(self.words)


@lru_cache(maxsize=4096)
def read_name(run: str) -> Name:
    """Split a capitalised run into title and name.

    >>> read_name("Secretary of State Antony Blinken").words
    ('Antony', 'Blinken')
    >>> read_name("Gov. Jane Roe of Ohio").words
    ('Jane', 'Roe')
    >>> read_name("Bank of England").words
    ('Bank', 'of', 'England')
    """
    office = 0
    if of := _OF.search(run):
        head = run[: of.start()].split()
        tail = run[of.end() :]
        if head[-1].lower() in TITLES and tail.count(" ") >= 2:  # "Secretary of State Jane Roe"
            bodies = [m.end() for m in re.finditer(r"\S+(?= )", tail) if m[0].lower() in BODIES]
            office = of.end() + (bodies[-1] if bodies else tail.index(" ")) + 1
        elif len(head) >= 2 and head[-1].lower() not in BODIES | TITLES:
            run = run[: of.start()]
    words = [(m[0], m.start()) for m in re.finditer(r"\S+", run) if m.start() >= office]
    titles = [i for i, (word, _) in enumerate(words[:-1]) if word.lower() in TITLES]
    own = words[titles[-1] + 1 :] if titles else words
    begin = own[0][1] if own else 0
    return Name(run[:begin].strip(), tuple(word for word, _ in own), begin)


@dataclass(frozen=True)
class People:
    """The people named in one text."""

    text: str
    _genders: dict[str, str] = field(default_factory=dict)
    _persons: dict[str, int] = field(default_factory=dict)
    _fullest: dict[Name, str | None] = field(default_factory=dict)

    @cached_property
    def full_names(self) -> dict[str, Counter[str]]:
        """By last word: the names of two to four words that end in it, with how often each occurs."""
        found: dict[str, Counter[str]] = {}
        for run, times in Counter(_PAIR.findall(self.text)).items():
            for last, full in _full_names(run):
                found.setdefault(last, Counter())[full] += times
        return found

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        """By first word: the full names that begin with it, each once."""
        found: dict[str, list[str]] = {}
        for form in dict.fromkeys(form for forms in self.full_names.values() for form in forms):
            found.setdefault(form.split()[0], []).append(form)
        return found

    def fullest(self, name: Name) -> str | None:
        """The fullest form of a name in the article; the name itself where several people share it."""
        if name not in self._fullest:
            self._fullest[name] = self._fullest_form(name)
        return self._fullest[name]

    def _fullest_form(self, name: Name) -> str | None:
        words = tuple(w.title() for w in name.words) if all(w.isupper() for w in name.words) else name.words
        last = name.last.title() if name.last.isupper() and name.last not in self.full_names else name.last
        forms = self.full_names.get(last, Counter())
        if not words:
            return None
        if len(words) > 1:
            return max([*(f for f in forms if f.split()[0] == words[0]), " ".join(words)], key=len)
        if not forms:
            called = self._by_first.get(words[0], ())
            return called[0] if len(called) == 1 and not name.title else str(name)
        bearers: dict[str, list[str]] = {}
        for form in forms:
            bearers.setdefault(form.split()[0], []).append(form)
        wanted = role_gender(name.title.rpartition(" ")[2])
        if wanted and len(bearers) > 1:
            bearers = {k: v for k, v in bearers.items() if given_gender(k) in (wanted, "")} or bearers
        counts = sorted(((sum(forms[f] for f in fs), first) for first, fs in bearers.items()), reverse=True)
        if len(counts) > 1 and counts[0][0] < 2 * counts[1][0]:
            return str(name)
        return max(bearers[counts[0][1]], key=len)

    def person(self, name: Name) -> int:
        """How sure it is that a name is a person's: 2 the article or the name shows it, 1 it may be, 0 it is not."""
        if name.body or not name.words:
            return 0
        key = str(name)
        if key not in self._persons:
            full = self.fullest(name) or key
            sure = name.title or given_gender(full.split()[0]) or self.gender(full)
            place = not sure and self._is_place(key)
            known = len(key) > 2 and not key.isupper()
            self._persons[key] = 2 if sure else 1 if known and not place else 0
        return self._persons[key]

    def _is_place(self, key: str) -> bool:
        """Whether the text says "in" a name somewhere."""
        found = self.text.find(key)
        while found >= 0:
            after = found + len(key)
            if _IN.search(self.text, max(0, found - 7), found) and _EDGE.match(self.text, after):
                return True
            found = self.text.find(key, found + 1)
        return False

    def gender(self, full: str) -> str:
        """M, F or nothing: what the article, or else the given name, tells of a person."""
        if full not in self._genders:
            self._genders[full] = self._gender(full)
        return self._genders[full]

    def _gender(self, full: str) -> str:
        words = full.split()
        if len(words) > 1 and (known := given_gender(words[0])):
            return known
        last = next((w for w in reversed(words) if w not in _SUFFIXES), full)
        votes: Counter[str] = Counter()
        place = self.text.find(last)
        for _ in range(_ENOUGH):
            if place < 0:
                break
            after = place + len(last)
            if title := _TITLE_BEFORE.search(self.text, max(0, place - 40), place):
                votes[role_gender(title[1])] += 5
            if apposition := _APPOSITION.match(self.text, after):
                votes[next((g for w in apposition[1].split() if (g := role_gender(w))), "")] += 3
            if later := _PRONOUN_AFTER.match(self.text, after):
                votes["F" if later[1] in ("she", "her", "herself") else "M"] += 1
            place = self.text.find(last, after)
        men, women = votes["M"], votes["F"]
        return "M" if men > 2 * women else "F" if women > 2 * men else ""


@lru_cache(maxsize=65536)
def _full_names(run: str) -> tuple[tuple[str, str], ...]:
    """The names of two to four words in a capitalised run, each after its last word."""
    names = [read_name(" ".join(words)) for words in _parts(run)]
    return tuple(
        (name.last, str(name))
        for name in names
        if 2 <= len(name.words) <= 4 and not name.body and not (name.words[0].isupper() | name.last.isupper())
    )


def _parts(run: str) -> Iterator[list[str]]:
    """The stretches of a capitalised run that may be names of two words or more.

    >>> list(_parts("The Gazette. Jane Roe"))
    [['Jane', 'Roe']]
    """
    words: list[str] = []
    for printed in [*run.split(), "."]:
        word = _POSSESSIVE.sub("", printed)
        kind = CLASS.get(word.lower(), "w")
        if word in TIME_NAMES:
            continue
        cut = kind in (_NO_NAME if words else _NO_FIRST_NAME) and not word.isupper() and word not in (*_LINKS, "Will")
        if not cut and word != ".":
            words.append(word)
        if cut or word == "." or (printed[-1] == "." and len(printed) > 2 and printed.lower() not in TITLES):
            if len(words) > 1:
                yield words
            words = []
