"""Which entry a surface names in one article, and which surfaces name none."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from dossier.annotate.context import Context
from dossier.annotate.gazetteer import RANK, Form, Gazetteer
from dossier.annotate.guards import guards_of, is_blocked, is_plain, name_after, name_before, surroundings
from dossier.annotate.match import Hit, find_hits
from dossier.annotate.metonyms import acts_as_government
from dossier.annotate.places import is_language, is_thing
from dossier.annotate.words import AMERICAN, FAMILY_PLACES, GIVEN_PLACES, LOCATIVE, PROVINCES
from dossier.model import Ref


class Choice(NamedTuple):
    """A stretch of folded text and what it may name; with a reason, it is a question left open.

    `beat` says what else could have been meant, and why it was not.
    """

    start: int
    end: int
    forms: tuple[Form, ...]
    reason: str = ""
    beat: tuple[str, ...] = ()


class Scene(NamedTuple):
    """One text of an article with its capitalised words and the surfaces in it."""

    context: Context
    words: list[tuple[int, str]]
    hits: list[Hit]


def look(text: str, gazetteer: Gazetteer) -> Scene:
    """Find the words and surfaces of a folded text."""
    context = Context(text)
    return Scene(context, *find_hits(context, gazetteer))


def choose_outright(scene: Scene, gazetteer: Gazetteer) -> list[Choice]:
    """Surfaces that name an entry by themselves: leftmost first, of one start the longest that holds."""
    starts, ends = {hit.start for hit in scene.hits}, {hit.end for hit in scene.hits}
    elsewhere = namesakes(scene, gazetteer, starts, ends)
    choices: list[Choice] = []
    inner: dict[int, list[Hit]] = {}
    reached = 0
    for hit in scene.hits:
        if hit.start < reached:
            inner.setdefault(len(choices) - 1, []).append(hit)
            continue
        if hit.surface in elsewhere and not is_located(scene.context, hit, elsewhere[hit.surface]):
            continue
        forms = gazetteer.forms[hit.surface]
        plain = is_plain(scene.context.text, hit.start, hit.end)
        if not plain or forms[0].rule in _CAREFUL:
            forms = tuple(f for f in forms if _holds(scene.context, hit, f, gazetteer, plain, starts, ends))
        if hit.rule:
            forms = tuple(form._replace(rule=hit.rule) for form in forms)
        if forms:
            choices.append(Choice(hit.start, hit.end, forms))
            reached = hit.end
    for place, hits in inner.items():
        choices[place] = choices[place]._replace(beat=_passed_over(choices[place], hits, gazetteer))
    return choices


def _passed_over(choice: Choice, hits: Iterable[Hit], gazetteer: Gazetteer) -> tuple[str, ...]:
    """What the surfaces that overlap with a choice and lost against it would have named."""
    ours = {form.ref for form in choice.forms}
    beat: dict[str, None] = {}
    for hit in hits:
        longer = "longer than" if hit.end <= choice.end else "begins before"
        for form in gazetteer.forms[hit.surface]:
            if form.ref not in ours:
                beat.setdefault(f"{longer} {hit.surface} → {form.ref}")
    return tuple(beat)


#: These rules look further around than the next capital.
_CAREFUL = frozenset({"metonym", "demonym"})


def _holds(
    context: Context, hit: Hit, form: Form, gazetteer: Gazetteer, plain: bool, starts: set[int], ends: set[int]
) -> bool:
    text = context.text
    if form.rule == "metonym" and hit.surface in gazetteer.seats and not acts_as_government(text, hit.start, hit.end):
        return False
    if form.rule == "demonym" and (is_language(text, hit.start, hit.end) or is_thing(text, hit.end)):
        return False
    if plain:
        return True
    sort = gazetteer.sorts[form.ref]
    if not guards_of(hit.surface, sort, form.rule):
        return True
    return not is_blocked(surroundings(context, hit.start, hit.end, hit.surface, sort, form.rule, starts, ends))


_BEHIND_COMMA = re.compile(r", ((?:[A-Z][\w.]*)(?: [A-Z]\w+)?)")


def namesakes(scene: Scene, gazetteer: Gazetteer, starts: set[int], ends: set[int]) -> dict[str, str]:
    """Names of places that mean something else in this text, with what: `person` or `province`.

    A person, where somebody without an entry bears the name (Georgia O’Keeffe, Jack London); a place
    in a state or province, where the text says so of a name that belongs to a country or its capital
    (Paris, Texas); a state, where a country's name stands among other states (Georgia).
    """
    text = scene.context.text
    found: dict[str, str] = {}
    for hit in scene.hits:
        surface = hit.surface
        if surface not in gazetteer.suspects or found.get(surface) == "province":
            continue
        behind = _BEHIND_COMMA.match(text, hit.end)
        words = (behind[1], behind[1].split(" ")[0]) if behind else ()
        country = gazetteer.sorts[gazetteer.forms[surface][0].ref] == "country"
        if (country or surface in gazetteer.seats) and any(word in PROVINCES and word != surface for word in words):
            found[surface] = "province"
        elif country and surface in PROVINCES:
            if _among_states(scene, gazetteer, surface):
                found[surface] = "province"
        elif surface not in found and (surface in GIVEN_PLACES or surface in FAMILY_PLACES):
            here = surroundings(scene.context, hit.start, hit.end, surface, "place", "name", starts, ends)
            if name_after(here) or name_before(here):
                found[surface] = "person"
    return found


def is_located(context: Context, hit: Hit, other: str) -> bool:
    """Whether a name that a person bears, too, stands where only a place can."""
    return other == "person" and context.word_before(hit.start).lower() in LOCATIVE | {"from", "of"}


def _among_states(scene: Scene, gazetteer: Gazetteer, name: str) -> bool:
    """Whether a text names other states of the union that has one of this name, and the country by no other name."""
    ref = gazetteer.forms[name][0].ref
    if any(form.ref == ref for hit in scene.hits if hit.surface != name for form in gazetteer.forms[hit.surface]):
        return False
    states = (f" {state}" for state in PROVINCES if state not in (name, "New York") and "." not in state)
    return any(sign in scene.context.text for sign in (*AMERICAN, *states))


def named_outright(titular: Iterable[Choice], choices: Iterable[Choice]) -> dict[Ref, list[int]]:
    """The entries that an article names beyond doubt, with where it does, in order; -1: in the title."""
    named: dict[Ref, list[int]] = {}
    for start, choice in [*((-1, choice) for choice in titular), *((choice.start, choice) for choice in choices)]:
        if len(choice.forms) == 1 and choice.forms[0].rule in _OUTRIGHT:
            named.setdefault(choice.forms[0].ref, []).append(start)
    return named


_OUTRIGHT = frozenset(rule for rule, rank in RANK.items() if rank <= 1) | {"curated"}


def settle(choice: Choice, named: Container[Ref]) -> Choice | None:
    """Decide a choice by what else the article names; None where nothing is meant.

    Weak names count only for entries named outright. Of several entries, the only one that the
    article names outright has the name.
    """
    forms = choice.forms
    if len(forms) == 1 and forms[0].rule != "weak":
        return choice
    candidates = forms
    forms = tuple(form for form in forms if form.rule != "weak" or form.ref in named)
    if not forms:
        return None
    if len(forms) > 1:
        present = tuple(form for form in forms if form.ref in named)
        if len(present) == 1:
            forms = present
        else:
            reason = (
                "The article names more than one entry that bears this name."
                if present
                else "Several entries bear this name, and the article names none of them otherwise."
            )
            return Choice(choice.start, choice.end, forms, reason)
    beat = (f"not {form.ref}: the article does not name it otherwise" for form in candidates if form not in forms)
    return Choice(choice.start, choice.end, forms, beat=(*choice.beat, *beat))


_INTRODUCED = re.compile(r",? \(([A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})\)")


def introduced(context: Context, choices: Iterable[Choice]) -> dict[str, Form]:
    """Abbreviations that the text introduces in brackets directly behind a name.

    The letters of the abbreviation must occur in the name, in order.
    """
    found: dict[str, Form] = {}
    for choice in choices:
        if len(choice.forms) != 1 or choice.forms[0].rule not in _OUTRIGHT:
            continue
        match = _INTRODUCED.match(context.text, choice.end)
        if match and _abbreviates(match[1], context.text[choice.start : choice.end]):
            found.setdefault(match[1], Form(choice.forms[0].ref, "introduced-abbreviation", match[1]))
    return found


def _abbreviates(short: str, name: str) -> bool:
    """Whether a short form can stand for a name.

    >>> _abbreviates("New START", "New Strategic Arms Reduction Treaty"), _abbreviates("AP", "Security Council")
    (True, False)
    """
    capitals = [c for c in short if c.isupper()]
    if len(capitals) < 2 or len(short) >= len(name):
        return False
    letters = iter(name.lower())
    initials = [word[0].lower() for word in re.findall(r"\w+", name)]
    return all(c.lower() in letters for c in capitals) and capitals[0].lower() in initials[:2]
