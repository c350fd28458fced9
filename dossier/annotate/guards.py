"""Reasons why a surface does not name its entry where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from typing import NamedTuple

from dossier.annotate.context import Context
from dossier.annotate.words import (
    BODIES,
    BRANDS,
    CALENDAR,
    COMPASS,
    EAST_ASIAN,
    FAMILY_PLACES,
    GIVEN_NAMES,
    GIVEN_PLACES,
    HEADS,
    OFFICES,
    ORDINARY,
    PARTS,
    TITLES,
)

_NEUTRAL = OFFICES | CALENDAR | TITLES
_COMMON = ORDINARY | BODIES | TITLES
_SHARED = GIVEN_NAMES | EAST_ASIAN | ORDINARY
_ORDINARY_BODIES = ORDINARY | BODIES
_PARTS = OFFICES | PARTS
_HALLS = OFFICES | BODIES


class Surroundings(NamedTuple):
    """A surface in its context.

    `before` and `after` are the neighbouring words (empty: none). `known_before` and
    `known_after` tell whether the neighbour belongs to a surface, too.
    """

    context: Context
    start: int
    end: int
    surface: str
    sort: str
    rule: str
    before: str
    after: str
    known_before: bool
    known_after: bool

    @property
    def single(self) -> bool:
        """Whether the surface is one word."""
        return " " not in self.surface

    @property
    def acronym(self) -> bool:
        """Whether the surface is all capitals."""
        return self.surface.isupper() and self.surface.replace(".", "").isalpha()

    @property
    def headline(self) -> bool:
        """Whether capitals tell nothing here."""
        return self.context.is_headline(self.start)


def surroundings(
    context: Context, start: int, end: int, surface: str, sort: str, rule: str, starts: Set[int], ends: Set[int]
) -> Surroundings:
    """Look around a surface; `starts` and `ends` are those of all surfaces in the text."""
    return Surroundings(
        context,
        start,
        end,
        surface,
        sort,
        rule,
        context.word_before(start),
        context.word_after(end),
        start - 1 in ends,
        end + 1 in starts,
    )


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether no capital, hyphen or preposition beside a surface calls for a closer look."""
    after = text[end : end + 2]
    if after[:1] == "-" or (after[:1] == " " and after[1:].isupper()):
        return False
    if start == 0:
        return True
    before = text[start - 1]
    if before != " ":
        return before != "-"
    word = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
    return not word[:1].isupper() and word not in ("of", "for") and "\n" not in word


def compass_before(here: Surroundings) -> bool:
    """New, South, Lake, Saint before a place make it another place: New Mexico, South Georgia."""
    if here.before not in COMPASS or here.acronym:
        return False
    place = here.start - len(here.before) - 1
    if here.before == "New" and here.context.opens_sentence(place):
        return False
    if here.before == "Central":
        return here.surface in ("America", "Asia", "Africa", "Europe", "American", "Asian", "African", "European")
    return here.context.word_before(place) != "Far"


def head_before(here: Surroundings) -> bool:
    """Bank of, University of, Gulf of before a place make it the name of something else."""
    if here.before not in ("of", "for"):
        return False
    head = here.context.word_before(here.start - len(here.before) - 1)
    return head in HEADS


def hyphen_beside(here: Surroundings) -> bool:
    """A hyphen joins the surface to another capitalised word that is no surface: Wilkes-Barre."""
    text = here.context.text
    if not here.single or here.acronym:
        return False
    left = text[here.start - 1 : here.start] == "-" and not here.known_before
    if left:
        word = text[max(0, here.start - 24) : here.start - 1].split(" ")[-1]
        if word[:1].isupper() and not word.isupper():
            return True
    if text[here.end : here.end + 1] == "-" and not here.known_after:
        return text[here.end + 1 : here.end + 2].isupper() and here.sort in ("person",)
    return False


def body_after(here: Surroundings) -> bool:
    """The next word makes it the name of a firm or a body: Washington Post, Clinton Foundation."""
    if here.known_after:
        return False
    if here.acronym:
        return here.sort == "country" and not here.headline and here.after.capitalize() in BRANDS
    if here.sort == "person":
        return here.after in BODIES
    if here.after == "City":
        return here.single and not _CITY_HALL.match(here.context.text, here.end)
    return here.after in BRANDS and (here.single or here.after not in _HALLS)


_CITY_HALL = re.compile(r" City (?:[Cc]ouncil|[Hh]all|[Aa]irport|[Oo]fficial|[Pp]olice|[Gg]overnment|[Mm]ayor)")
_ONE_NAME = re.compile(r" [A-Z][\w'-]++(?! (?:[A-Z]|of [A-Z]))")


def name_after(here: Surroundings) -> bool:
    """A capitalised word follows and makes it a longer name: Paris Hilton, Price Waterhouse."""
    after = here.after
    if here.sort in ("place", "country") and here.context.text[here.start : here.end].isupper():
        return False  # a dateline without its dash
    if here.rule == "given-name":
        return after[:1].isupper() and after not in CALENDAR
    if here.acronym or here.known_after or not here.single or not after[:1].isupper() or here.headline:
        return False
    if after.rstrip(".") in _NEUTRAL or (after.isupper() and len(after) > 1):
        return False
    if here.rule == "demonym":
        return False
    if here.sort in ("place", "country"):
        return here.surface in GIVEN_PLACES and bool(_ONE_NAME.match(here.context.text, here.end))
    if here.rule == "surname":
        return here.surface in _SHARED
    return here.sort == "person" or here.surface in _COMMON


def name_before(here: Surroundings) -> bool:
    """A capitalised word stands before that is neither title nor sentence start: Jill Biden, Jack London."""
    before = here.before
    if here.rule == "demonym":
        return before in GIVEN_NAMES or (before == "The" and not here.context.opens_sentence(here.start - 4))
    if here.acronym or not here.single or not before[:1].isupper():
        return False
    if here.known_before or before in TITLES or (before.isupper() and len(before) > 1 and before[-1] != "."):
        return False
    if here.headline or here.context.is_ordinary(before, here.start - len(before) - 1):
        return False
    if here.sort in ("place", "country"):
        return here.surface in FAMILY_PLACES and before not in _PARTS
    return here.sort == "person" or here.surface in _ORDINARY_BODIES


def title_alone(here: Surroundings) -> bool:
    """An alias that is only a title stands before somebody's name: President Barack Obama."""
    last = here.surface.rpartition(" ")[2]
    return last in TITLES and here.after[:1].isupper() and here.after not in CALENDAR and not here.headline


_SOMEWHERE = frozenset({"place", "country"})
_SOMEBODY = frozenset({"person"})
_ANY = _SOMEWHERE | _SOMEBODY | {"organization", "thing"}

#: Any of these keeps a surface from naming its entry, if the entry is of one of these sorts; True: also a
#: surface of several words.
GUARDS: tuple[tuple[Callable[[Surroundings], bool], Set[str], bool], ...] = (
    (compass_before, _SOMEWHERE, True),
    (head_before, _SOMEWHERE, True),
    (hyphen_beside, _SOMEWHERE | _SOMEBODY, False),
    (body_after, _SOMEWHERE | _SOMEBODY, True),
    (name_after, _ANY, False),
    (name_before, _ANY, False),
    (title_alone, _SOMEBODY, True),
)
_OF_ONE_WORD = {sort: tuple(guard for guard, sorts, _ in GUARDS if sort in sorts) for sort in _ANY}
_OF_SEVERAL = {sort: tuple(guard for guard, sorts, several in GUARDS if several and sort in sorts) for sort in _ANY}


def guards_of(surface: str, sort: str, rule: str) -> tuple[Callable[[Surroundings], bool], ...]:
    """The guards that a surface has to pass; demonyms and given names are always looked at like one word."""
    several = " " in surface and rule not in ("demonym", "given-name")
    return (_OF_SEVERAL if several else _OF_ONE_WORD)[sort]


def is_blocked(here: Surroundings) -> bool:
    """Whether any guard speaks against the surface."""
    return any(guard(here) for guard in guards_of(here.surface, here.sort, here.rule))
