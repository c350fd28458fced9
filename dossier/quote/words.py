"""The word lists of `words.toml`, and the class of every word that matters."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from dossier.quote.cues import forms, inflected

_TABLE = tomllib.loads(files("dossier.quote").joinpath("words.toml").read_text(encoding="utf-8"))


def _words(section: str, name: str) -> list[str]:
    return str(_TABLE[section][name]).split()


def _plural(role: str) -> str:
    if role.endswith("man"):
        return role[:-2] + "en"
    if role.endswith("y") and role[-2] not in "aeiou":
        return role[:-1] + "ies"
    return role + ("es" if role.endswith(("s", "x", "ch", "sh")) else "s")


PLURALS = frozenset([*map(_plural, _words("people", "roles")), *_words("people", "groups")])
ROLE_ENDINGS = tuple(_words("people", "endings"))
TITLES = frozenset(form for title in _words("people", "titles") for form in (title, title + "."))
BODIES = frozenset(_words("names", "bodies"))
LIKE_ADVERBS = frozenset(_words("names", "like_adverbs"))
TIME_NAMES = frozenset(_words("names", "times"))
ABBREVIATIONS = "|".join(_words("names", "abbreviations"))

#: Finite forms that are plural nouns as often; verbs only right after a subject.
PLURAL_NOUNS = frozenset(_words("verbs", "plural_nouns"))
_MEN, _WOMEN = frozenset(_words("people", "men")), frozenset(_words("people", "women"))
_GIVEN_MEN, _GIVEN_WOMEN = frozenset(_words("people", "given_men")), frozenset(_words("people", "given_women"))


def role_gender(word: str) -> str:
    """M, F or nothing: what a title or a word for a person tells.

    >>> role_gender("spokeswoman"), role_gender("Mr."), role_gender("minister")
    ('F', 'M', '')
    """
    word = word.lower().rstrip(".")
    return "M" if word in _MEN else "F" if word in _WOMEN else ""


def given_gender(first: str) -> str:
    """M, F or nothing: what a given name tells.

    >>> given_gender("Maria"), given_gender("Robin")
    ('F', '')
    """
    return "M" if first in _GIVEN_MEN else "F" if first in _GIVEN_WOMEN else ""


def _classes() -> dict[str, str]:
    verbs = {name: _words("verbs", name) for name in ("saying", "judging", "weak")}
    table = forms(verbs, frozenset(_words("verbs", "nouns")), _TABLE["irregular"])
    table |= {"quoted": "K", "quoting": "G", "found": "U", "finds": "U", "read": "V"}
    table |= dict.fromkeys([*_words("people", "roles"), *PLURALS], "T")
    del table["continue"]  # "would continue" tells of anything
    return table | {word: kind for kind, words in _TABLE["classes"].items() for word in str(words).split()}


#: The class of every word of the lists, in small letters (see `shape` for the letters).
CLASS = _classes()


def _stating() -> dict[str, tuple[str, frozenset[str]]]:
    uses = {use: frozenset(_words("statements", use)) for use in ("that", "bare", "tag", "addressing")}
    verbs = {verb for use in uses.values() for verb in use} | {"accuse", "call"}
    return {
        form: (verb, frozenset(use for use, those in uses.items() if verb in those))
        for verb in verbs
        for form in inflected(verb, _TABLE["irregular"].get(verb, {}))
    }


#: By the forms of verbs that report a statement: the bare form, and what it takes (see `words.toml`).
STATING = _stating()
#: Words that show that something was not said, or not yet; words that only a clause has.
UNSAID = frozenset(_words("statements", "unsaid"))
_FINITE = _words("statements", "finite")
FINITE = frozenset([*_FINITE, *(verb + "n't" for verb in _FINITE), "can't", "won't"])
