"""The parts of a person's name, and the forms in which an article repeats it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossier.annotate.folding import fold_name
from dossier.annotate.spelling import nicknames, spellings
from dossier.annotate.words import EAST_ASIAN, PARTICLES, TITLES
from dossier.schema import Person

_SUFFIX = re.compile(r",? (?:Jr|Sr|Snr|Jnr|II|III|IV|Esq|PhD|MD|MP|QC|KC)\.?$")
_ARTICLE = re.compile(r"(?:[Aa]l|[Ee]l|[Aa]n|[Aa]s|[Aa]sh|[Aa]d|[Aa]r)[- ](?=[A-Z])")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name in parts, as they stand in folded text.

    `full` holds every full form with the rule that made it and the name it comes from; `families` and
    `givens` the forms that may stand alone once the article has named the person. `positions` are the
    words of the person's posts, in lower case; `pronoun` is `he` or `she` where the entry tells.
    """

    full: tuple[tuple[str, str, str], ...]
    families: tuple[str, ...]
    givens: tuple[str, ...]
    positions: frozenset[str]
    pronoun: str | None = None


def split_name(name: str, family_name: str | None = None, given_name: str | None = None) -> tuple[str, str]:
    """Given and family name of a folded full name; a single name is all family name.

    >>> split_name("Ursula von der Leyen"), split_name("Robert F. Kennedy Jr.")
    (('Ursula', 'von der Leyen'), ('Robert F.', 'Kennedy'))
    >>> split_name("Moon Jae-in"), split_name("Qin Gang", family_name="Qin")
    (('Jae-in', 'Moon'), ('Gang', 'Qin'))
    """
    name = _SUFFIX.sub("", name)
    words = name.split(" ")
    while len(words) > 1 and words[0].rstrip(".") in TITLES:
        words.pop(0)
    if family_name:
        return given_name or " ".join(words).replace(family_name, " ").strip(), family_name
    whole = " ".join(words)
    if given_name and whole.startswith(given_name + " "):
        return given_name, whole[len(given_name) + 1 :]
    if given_name and whole.endswith(" " + given_name):
        return given_name, whole[: -len(given_name) - 1]
    if len(words) == 1:
        return "", whole
    if is_family_first(words):
        return " ".join(words[1:]), words[0]
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def is_family_first(words: list[str]) -> bool:
    """Whether the words of a name stand in East Asian order.

    >>> is_family_first(["Xi", "Jinping"]), is_family_first(["Kim", "Jong", "Un"]), is_family_first(["Jet", "Li"])
    (True, True, False)
    """
    if words[0] not in EAST_ASIAN or len(words) > 3:
        return False
    if len(words) == 2 and re.fullmatch(r"[A-Z][a-z]{0,6}-[a-z]+|[A-Z][a-z]{0,6}-[A-Z][a-z]{0,6}", words[1]):
        return True
    return all(_SYLLABLES.fullmatch(word) for word in words[1:])


# Given names of one or two syllables of Mandarin or Korean: Jinping, Gang, Jong, Un, Keqiang.
_INITIAL = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_FINAL = (
    r"(?:[iu]?ang|iong|[iu]?an|[iu]?a[io]?|[ie]ng|ong|oo|eo|ae|ung|[iuy]?e[io]?|[aeiou]n|u[aeio]|i[aeou]|ou|[aeiou])"
)
_SYLLABLES = re.compile(rf"{_INITIAL}{_FINAL}(?:{_INITIAL}{_FINAL})?k?", re.IGNORECASE)


def name_parts(person: Person) -> NameParts:
    """The parts of a person's name, from the entry's fields and aliases where they tell, else from the name."""
    name = fold_name(person.name)
    family_name = fold_name(person.family_name) if person.family_name else None
    given_name = fold_name(person.given_name) if person.given_name else None
    given, family = split_name(name, family_name, given_name)
    full: dict[str, tuple[str, str]] = {}
    _add_variants(full, name, given, family, person.name)
    givens = _given_forms(given)
    families = family_forms(family) if given else [family] if family != name else []
    before = given.rpartition(" ")[2]
    if " " in given and name.endswith(f"{given} {family}") and before.isalpha() and not family_name:
        families.insert(0, f"{before} {family}")  # García Márquez, Suu Kyi
    for alias in person.aliases:
        other = fold_name(alias.name)
        words = other.split(" ")
        if alias.type in ("alias", "previous") and 2 <= len(words) <= 4 and given:
            first, last = split_name(other)
            if last in families or spellings(last) & spellings(family):
                givens += _given_forms(first)
                _add_variants(full, other, first, last, alias.name)
    return NameParts(
        tuple((form, rule, source) for form, (rule, source) in full.items()),
        tuple(dict.fromkeys(families)),
        tuple(dict.fromkeys(givens)),
        frozenset(word.lower() for p in person.positions for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", p.title)),
        next((p for p in ("she", "he") if p == (person.pronouns or "").lower().partition("/")[0]), None),
    )


def _add_variants(full: dict[str, tuple[str, str]], name: str, given: str, family: str, source: str) -> None:
    """Add a full name, its short forms and its customary spellings, each with its rule, to `full`."""
    full.setdefault(name, ("name", source))
    bare = _SUFFIX.sub("", name)
    full.setdefault(bare, ("shorter-name", source))
    first, *middle = given.split(" ")
    if given and bare.endswith(f"{given} {family}"):
        if middle and len(first.rstrip(".")) > 1:
            full.setdefault(f"{first} {family}", ("shorter-name", source))
        for short in nicknames(first):
            full.setdefault(f"{short} {family}", ("nickname", source))
    for form in _spelled(bare, given, family):
        full.setdefault(form, ("transliteration", source))


def _spelled(bare: str, given: str, family: str) -> list[str]:
    """A full name in its customary spellings."""
    if given and bare == f"{given} {family}":
        short = _ARTICLE.sub("", family)
        families = dict.fromkeys([*sorted(spellings(family)), short, *_joined(family)])
        return [f"{g} {f}" for g in sorted(spellings(given)) for f in families]
    if given and bare == f"{family} {given}" and ("-" in given or " " in given):
        joined = re.sub(r"[- ](\w+)$", lambda m: "-" + m[1].lower(), given)
        apart = re.sub(r"[- ](\w)", lambda m: " " + m[1].upper(), given)
        capital = re.sub(r"[- ](\w)", lambda m: "-" + m[1].upper(), given)
        return [f"{family} {joined}", f"{family} {capital}", f"{family} {apart}"]
    return []


def _joined(family: str) -> list[str]:
    """The ways of writing an Arabic article."""
    match = _ARTICLE.match(family)
    if not match:
        return []
    article, rest = match[0][:-1], family[match.end() :]
    return [f"{a}{sep}{rest}" for a in (article.lower(), article.capitalize()) for sep in "- "]


def family_forms(family: str) -> list[str]:
    """The forms in which a family name stands alone.

    >>> family_forms("al-Assad"), family_forms("von der Leyen")
    (['al-Assad', 'al Assad', 'Al-Assad', 'Al Assad', 'Assad'], ['von der Leyen', 'Von der Leyen'])
    """
    if _ARTICLE.match(family):
        forms = [family, *_joined(family), _ARTICLE.sub("", family)]
    else:
        forms = [family, family[:1].upper() + family[1:]]
    forms += [spelled for form in forms[:1] for spelled in sorted(spellings(form))]
    return list(dict.fromkeys(forms))


def _given_forms(given: str) -> list[str]:
    first = given.split(" ")[0]
    if len(first.rstrip(".")) < 2 or first.endswith("."):
        return []
    whole = [given] if " " in given and "." not in given else []
    return [*whole, *sorted(spellings(first), key=lambda s: (s != first, s))]
