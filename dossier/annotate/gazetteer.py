"""Every name that the entries bear, arranged for matching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from dossier.annotate.folding import fold_name
from dossier.annotate.people import NameParts, name_parts
from dossier.annotate.places import demonym_forms, is_place, place_spellings
from dossier.annotate.words import (
    COMMON_FAMILIES,
    EAST_ASIAN,
    FAMILY_PLACES,
    GIVEN_NAMES,
    GIVEN_PLACES,
    ORDINARY,
    REGIONS,
    RESIDENCES,
    SHOUTED,
)
from dossier.model import Ref
from dossier.schema import Country, Entry, Named, Organization, Person, Source

Sort = Literal["person", "country", "place", "organization", "thing"]

#: Kinds of entry whose names are not looked for.
UNNAMED_KINDS = frozenset({"claims", "articles"})
#: Family names that say too little by themselves.
UNSPECIFIC = ORDINARY | COMMON_FAMILIES | GIVEN_NAMES | EAST_ASIAN
#: How directly a rule names an entry: of two entries with one surface, the lower number has it.
RANK: Mapping[str, int] = MappingProxyType(
    {
        "name": 0,
        "alias": 0,
        "abbreviation": 0,
        "previous": 0,
        "transliteration": 1,
        "shorter-name": 1,
        "nickname": 1,
        "middle-name": 1,
        "demonym": 2,
        "metonym": 2,
        "weak": 3,
    }
)
_FIRST = re.compile(r"\w+")
_SMALL_WORDS = re.compile(r"(?<= )[a-z]{4,}(?!\S)")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,5}")


class Form(NamedTuple):
    """One entry that a surface may name: by which rule, and from which of the entry's names.

    `beat` says which other entries bear the surface, too, and why this one has it.
    """

    ref: Ref
    rule: str
    name: str
    beat: tuple[str, ...] = ()


Printed = tuple[tuple[str, str], ...]


class Beginning(NamedTuple):
    """What can begin with one word: pairs of a printed form and its surface, longest first.

    `alone` are the forms that end within three characters of the word, `longer` the others, by these
    three characters; `capitals` are the forms in capitals; `bearers` maps family names to the full
    name of which this word is the given name. `is_part` tells whether the word may begin a part of a
    person's name, as written or in capitals.
    """

    alone: Printed
    longer: Mapping[str, Printed]
    capitals: Printed
    bearers: Mapping[str, str]
    is_part: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The surfaces to look for, all in folded text.

    `forms` maps a surface to what it may name. `beginnings` maps the first word of a surface to all
    surfaces that begin with it, `small` those in lower case. `families` finds people by family name;
    `rare` are the family names that tell of one person by themselves; `part_words` begin a family or
    given name, as written and in capitals. `seats` are the capital cities, `suspects` names of places
    that often mean something else. `first_word` finds the words that a name can begin with.
    """

    forms: Mapping[str, tuple[Form, ...]] = field(repr=False)
    beginnings: Mapping[str, Beginning] = field(repr=False)
    small: Mapping[str, tuple[tuple[str, str], ...]] = field(repr=False)
    people: Mapping[Ref, NameParts] = field(repr=False)
    families: Mapping[str, tuple[Ref, ...]] = field(repr=False)
    rare: frozenset[str] = field(repr=False)
    part_words: frozenset[str] = field(repr=False)
    sorts: Mapping[Ref, Sort] = field(repr=False)
    seats: frozenset[str] = field(repr=False)
    suspects: frozenset[str] = field(repr=False)
    first_word: re.Pattern[str] = field(repr=False)


def gazetteer(entries: Mapping[Ref, Entry]) -> Gazetteer:
    """Arrange the names of entries for matching; claims and articles are left out.

    Where a country and an entry of another kind bear one name, the other entry has it: curated
    names never collide among themselves, so the country's comes from the built-in table.
    """
    found: dict[str, dict[Ref, Form]] = {}
    people: dict[Ref, NameParts] = {}
    sorts: dict[Ref, Sort] = {}
    for ref, entry in entries.items():
        if ref.kind in UNNAMED_KINDS or not isinstance(entry, Named):
            continue
        sorts[ref] = _sort(entry)
        if isinstance(entry, Person):
            people[ref] = name_parts(entry)
        for surface, rule, name in surfaces(entry, people.get(ref)):
            held = found.setdefault(surface, {})
            old = held.get(ref)
            if old is None or RANK[old.rule] > RANK[rule]:
                held[ref] = Form(ref, rule, name)
    forms = {surface: _choose(surface, tuple(held.values()), sorts) for surface, held in found.items()}
    for surface in [s for s in forms if s[0].islower()]:
        for capitalised in (surface[0].upper() + surface[1:], surface.title()):
            forms.setdefault(capitalised, forms[surface])
    families, bearers = _families(people, forms)
    by_case = [s for s in forms if not s[0].islower()]
    seats = frozenset(_seats(entries))
    part_words = frozenset(
        printed
        for parts in people.values()
        for part in (*parts.families, *parts.givens)
        if (word := _FIRST.match(part))
        for printed in (word[0], word[0].upper())
    )
    return Gazetteer(
        forms=forms,
        beginnings=_beginnings(by_case, bearers, part_words),
        small=_by_first_word((s, s) for s in forms if s[0].islower()),
        people=people,
        families=families,
        rare=frozenset(f for f, refs in families.items() if len(refs) == 1 and len(f) > 3) - UNSPECIFIC,
        part_words=part_words,
        sorts=sorts,
        seats=seats,
        suspects=frozenset(s for s in by_case if " " not in s and _is_suspect(s, forms[s], sorts, seats)),
        first_word=_first_word(by_case),
    )


def _is_suspect(surface: str, forms: tuple[Form, ...], sorts: Mapping[Ref, Sort], seats: frozenset[str]) -> bool:
    """Whether a name of a place may be a person or a place in a province: Georgia, Paris, Lebanon."""
    kinds = {sorts[form.ref] for form in forms if form.rule != "demonym"}
    if "country" in kinds:
        return True
    return "place" in kinds and (surface in seats or surface in GIVEN_PLACES or surface in FAMILY_PLACES)


def _families(
    people: Mapping[Ref, NameParts], forms: Mapping[str, tuple[Form, ...]]
) -> tuple[dict[str, tuple[Ref, ...]], dict[str, dict[str, str]]]:
    """The people of each family name; and, by given name, the full name for each family name."""
    families: dict[str, list[Ref]] = {}
    bearers: dict[str, dict[str, str]] = {}
    for ref, parts in people.items():
        for family in parts.families:
            families.setdefault(family, []).append(ref)
            for given in parts.givens:
                surface = f"{given} {family}"
                if surface in forms:
                    bearers.setdefault(given, {})[family] = surface
    return {family: tuple(sorted(refs)) for family, refs in families.items()}, bearers


def _beginnings(
    surfaces: list[str], bearers: Mapping[str, Mapping[str, str]], part_words: frozenset[str]
) -> dict[str, Beginning]:
    printed = _by_first_word((s, s) for s in surfaces)
    capitals = _by_first_word((s.upper(), s) for s in surfaces if not s.isupper())
    found: dict[str, Beginning] = {}
    for word in {*printed, *capitals, *bearers, *part_words}:
        alone: list[tuple[str, str]] = []
        longer: dict[str, list[tuple[str, str]]] = {}
        for pair in printed.get(word, ()):
            next_three = pair[0][len(word) : len(word) + 3]
            (alone if len(next_three) < 3 else longer.setdefault(next_three, [])).append(pair)
        found[word] = Beginning(
            tuple(alone),
            {key: tuple(pairs) for key, pairs in longer.items()},
            capitals.get(word, ()),
            bearers.get(word, {}),
            word in part_words,
        )
    return found


def _by_first_word(surfaces: Iterable[tuple[str, str]]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Pairs of a printed form and its surface, under the first word of the printed form, longest first."""
    firsts: dict[str, list[tuple[str, str]]] = {}
    for printed, surface in surfaces:
        word = _FIRST.match(printed)
        if word:
            firsts.setdefault(word[0], []).append((printed, surface))
    return {word: tuple(sorted(pairs, key=lambda p: (-len(p[0]), p))) for word, pairs in firsts.items()}


def _seats(entries: Mapping[Ref, Entry]) -> Iterator[str]:
    """Capitals, and the cities among the metonyms of countries (Delhi, but not the Kremlin)."""
    for entry in entries.values():
        if isinstance(entry, Country):
            cities = [alias.name for alias in entry.aliases if alias.type == "metonym"]
            for name in map(fold_name, (*cities, *([entry.capital] if entry.capital else []))):
                if RESIDENCES.isdisjoint(re.findall(r"\w+", name)):
                    yield from place_spellings(name)


def _sort(entry: Named) -> Sort:
    if isinstance(entry, Person):
        return "person"
    if isinstance(entry, Country):
        return "country"
    if isinstance(entry, Organization | Source):
        return "organization"
    return "place" if is_place(entry) else "thing"


def surfaces(entry: Named, parts: NameParts | None) -> Iterator[tuple[str, str, str]]:
    """Every surface of an entry with its rule and the name it comes from."""
    names = [(entry.name, "name")] + [(alias.name, alias.type) for alias in entry.aliases]
    if isinstance(entry, Organization) and entry.abbreviation:
        names.append((entry.abbreviation, "abbreviation"))
    if isinstance(entry, Country) and entry.official_name:
        names.append((entry.official_name, "alias"))
    for name, rule in names:
        plain = fold_name(name)
        plain = plain[_leading(plain) :]
        if not plain:
            continue
        if rule == "demonym":
            for form in demonym_forms(plain):
                yield form, rule, name
            continue
        for surface in _typographic(plain):
            yield surface, rule, name
    if parts:
        yield from parts.full
        return
    for demonym in (*(entry.demonyms if isinstance(entry, Country) else ()), *REGIONS.get(fold_name(entry.name), ())):
        for form in demonym_forms(fold_name(demonym)):
            yield form, "demonym", demonym
    if not isinstance(entry, Source):
        for name, rule in names:
            for surface in place_spellings(fold_name(name))[1:]:
                yield surface, "transliteration" if rule in ("name", "alias") else rule, name


def _typographic(name: str) -> list[str]:
    """A name with and without leading article, with and without the stops of an abbreviation.

    >>> _typographic("U.S."), _typographic("NATO"), _typographic("the Kremlin")
    (['U.S.', 'US'], ['NATO', 'Nato'], ['Kremlin'])
    >>> _typographic("the alliance")
    ['the alliance']
    """
    article, _, rest = name.partition(" ")
    if article == "the" and rest[:1].isupper():
        name = rest
    forms = [name]
    if article == "The" and " " in rest:
        forms.append(rest)
    if re.search(r"\b[Aa]l-", name):
        forms += [re.sub(r"\bal-", "Al-", name), re.sub(r"\bAl-", "al-", name)]
    if name[:1].isupper() and (title := _SMALL_WORDS.sub(lambda m: m[0].capitalize(), name)) != name:
        forms.append(title)
    if "&" in name:
        forms.append(name.replace("&", "and"))
    letters = name.replace(".", "")
    if _DOTTED.fullmatch(name):
        forms.append(letters)
    elif _DOTTED.match(name):
        short = _DOTTED.sub(lambda m: m[0].replace(".", ""), name, count=1)
        forms.append(short)
    elif name.isupper() and name.isalpha():
        if len(name) <= 3:
            forms.append("".join(f"{letter}." for letter in name))
        elif len(name) <= 6 and name not in SHOUTED:
            forms.append(name.capitalize())
    elif re.match(r"(?:US|UN|UK|EU) ", name):
        forms.append(f"{name[0]}.{name[1]}.{name[2:]}")
    return forms


def _choose(surface: str, forms: tuple[Form, ...], sorts: Mapping[Ref, Sort]) -> tuple[Form, ...]:
    """What a surface may name: by the most direct rule only; another kind of entry before a country.

    An entry that is written exactly so has it before one whose name has accents.
    """
    if len(forms) == 1:
        return forms
    forms = tuple(sorted(forms))
    best = min(RANK[form.rule] for form in forms)
    if best == RANK["weak"]:
        return forms
    strong = [form for form in forms if RANK[form.rule] == best]
    weaker = ((form.ref, "weak name" if form.rule == "weak" else form.rule) for form in forms if form not in strong)
    beat = [f"more direct than the {kind} of {ref}" for ref, kind in weaker]
    for better, reason in (
        (lambda form: sorts[form.ref] != "country", "curated before the built-in"),
        (lambda form: form.name == surface, "written exactly so, unlike the name of"),
    ):
        kept = [form for form in strong if better(form)] or strong
        beat += [f"{reason} {form.ref}" for form in strong if form not in kept]
        strong = kept
    return tuple(form._replace(beat=tuple(beat)) for form in strong)


def _leading(name: str) -> int:
    """How many characters stand before the first letter or digit of a name."""
    word = _FIRST.search(name)
    return word.start() if word else len(name)


def _first_word(surfaces: Iterable[str]) -> re.Pattern[str]:
    """A pattern for words that begin with a capital, or with any other character that a surface begins with.

    The character stands before the look behind: so the search runs over a set of characters, at
    several times the speed of a search for word boundaries.
    """
    others = "".join(sorted({s[0] for s in surfaces if not "A" <= s[0] <= "Z"}))
    return re.compile(rf"[A-Z{re.escape(others)}](?<!\w.)\w*")
