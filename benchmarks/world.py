"""An invented world to write news about: who there is, what they are called and what they have to do with each other.

Everything follows from the seed and the number of entries. Names of people, bodies and places are put
together from the parts in `words.toml`; only the countries are real, as the package's own table has them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
import tomllib
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from dossier import countries
from dossier.countries.table import source

FIRST, LAST = dt.date(2012, 1, 2), dt.date(2023, 12, 29)
#: What part of the entries are of a kind; people and organizations take the greatest.
SHARES = {
    "people": 0.44,
    "organizations": 0.15,
    "events": 0.22,
    "topics": 0.07,
    "claims": 0.06,
    "sources": 0.03,
    "countries": 0.03,
}
MOST_COUNTRIES = 120
T = TypeVar("T")


@cache
def words() -> dict[str, Any]:
    """The lists of `words.toml`."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


class Zipf(Generic[T]):
    """Things drawn by rank: the n-th with a weight of 1 / (n + offset) ** exponent."""

    def __init__(self, things: Sequence[T], exponent: float = 1.0, offset: float = 1.0) -> None:
        self.things = things
        self.sums = list(itertools.accumulate((n + offset) ** -exponent for n in range(len(things))))

    def draw(self, chance: random.Random) -> T:
        """One of them."""
        return self.things[bisect(self.sums, chance.random() * self.sums[-1], hi=len(self.sums) - 1)]


@dataclass(frozen=True, slots=True)
class Land:
    """A country: its id and how it is written."""

    id: str
    iso: str
    name: str
    adjective: str
    capital: str
    region: str
    short: str  # an abbreviation in use, or the name


@dataclass(frozen=True, slots=True)
class Body:
    """An organization."""

    id: str
    name: str
    short: str
    type: str
    land: Land


@dataclass(frozen=True, slots=True)
class Figure:
    """A person; one without an `id` has no entry, as most people in the news."""

    id: str
    given: str
    family: str
    other: str  # another given name or spelling, if any
    woman: bool
    land: Land
    title: str
    body: Body | None
    started: dt.date
    ended: dt.date | None

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event; `short` is what articles call it."""

    id: str
    name: str
    short: str
    type: str
    date: dt.date
    place: str
    land: Land
    cast: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A topic with those who make its news, and the days between which it makes them."""

    id: str
    name: str
    type: str
    lands: tuple[Land, ...]
    cast: Zipf[Figure] = field(repr=False)
    bodies: tuple[Body, ...]
    events: tuple[Happening, ...]
    places: tuple[str, ...]
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Paper:
    """A source of articles; `form` is what its articles come as, `straight` whether its quotation marks are."""

    id: str
    name: str
    land: Land
    form: str
    straight: bool
    authors: tuple[str, ...]
    note: str  # what stands under all its articles


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and everything, the most frequent first; `focus` is the country that most articles name."""

    seed: int
    focus: Land
    lands: Zipf[Land]
    people: Zipf[Figure]
    bodies: Zipf[Body]
    stories: Zipf[Story]
    papers: Zipf[Paper]
    places: tuple[str, ...]
    claims: int
    curated_lands: int


def world(seed: int, entries: int) -> World:
    """The world of a seed, in which about so many things have an entry."""
    chance = random.Random(f"world {seed} {entries}")
    count = {kind: max(1, round(entries * share)) for kind, share in SHARES.items()}
    count["countries"] = min(count["countries"], MOST_COUNTRIES)
    lands = Zipf(_lands(chance), 1.05, 2)
    taken: set[str] = {land.id for land in lands.things}
    places = _places(chance)
    bodies = Zipf(_bodies(chance, count["organizations"], lands, places, taken), 1.0, 3)
    people = Zipf(_people(chance, count["people"], lands, bodies, taken), 0.95, 3)
    stories = Zipf(_stories(chance, count["topics"], count["events"], lands, people, bodies, places, taken), 0.9, 3)
    papers = Zipf(_papers(chance, count["sources"], lands, taken), 0.9, 2)
    return World(
        seed, lands.things[0], lands, people, bodies, stories, papers, places, count["claims"], count["countries"]
    )


def slug(text: str) -> str:
    """An id made of a name."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _lands(chance: random.Random) -> list[Land]:
    found = []
    states = {row.alpha2 for row in source() if row.un}
    for ref, country in countries.builtin().items():
        if country.iso in states and country.capital and country.demonyms and country.region and country.name.isascii():
            short = next((a.name for a in country.aliases if a.type == "abbreviation"), country.name)
            adjective = country.demonyms[0]
            found.append(
                Land(ref.id, country.iso, country.name, adjective, country.capital, country.region or "", short)
            )
    chance.shuffle(found)
    return found


def _places(chance: random.Random) -> tuple[str, ...]:
    parts = words()["places"]
    found = [f"{a} {b}" for a in parts["first"].split() for b in parts["second"].split()]
    chance.shuffle(found)
    return tuple(found)


def _fresh(taken: set[str], make: Callable[[], str]) -> str:
    """A name whose id nothing else has."""
    for n in itertools.count():
        name = make()
        name = name if n < 200 else f"{name} {n}"
        if slug(name) not in taken:
            taken.add(slug(name))
            return name
    raise AssertionError


#: What organizations are called, by their type.
_NAMED = (
    ("ministry", "{adjective} Ministry of {portfolios}"),
    ("institute", "{first} Institute for {fields}"),
    ("company", "{first} {first} {trades}"),
    ("body", "{place} {bodies}"),
    ("union", "{land} {theme} Workers' Union"),
)


def _named(chance: random.Random, pattern: str, lists: Mapping[str, Sequence[str]]) -> str:
    """A name drawn by a pattern."""
    return re.sub(r"\{(\w+)\}", lambda slot: chance.choice(lists[slot[1]]), pattern)


def _bodies(chance: random.Random, count: int, lands: Zipf[Land], places: Sequence[str], taken: set[str]) -> list[Body]:
    say, themes = words()["organizations"], words()["themes"]["themes"]
    firsts = words()["places"]["first"].split()
    shorts: set[str] = {"UN", "EU", "US", "UK", "UAE", "USA", "DRC", "PRC", "CAR", "ROK", "WHO", "NATO"}
    found: list[Body] = []
    for _ in range(count):
        land = lands.draw(chance)
        kind, pattern = chance.choice(_NAMED)
        lists = {"adjective": [land.adjective], "land": [land.name], "place": places, "first": firsts}
        lists["theme"] = [theme.title() for theme in themes]
        name = _fresh(taken, partial(_named, chance, pattern, lists | say))
        short = "".join(word[0] for word in name.split() if word[0].isupper())
        if len(short) < 3 or short in shorts or kind == "company":
            short = ""
        shorts.add(short)
        found.append(Body(slug(name), name, short, kind, land))
    return found


@cache
def _culture(region: str) -> dict[str, Any]:
    cultures: dict[str, dict[str, Any]] = words()["cultures"]
    return next((c for c in cultures.values() if region in c["regions"]), cultures["other"])


def stranger(chance: random.Random, land: Land) -> Figure:
    """Somebody of a country who has no entry."""
    culture, woman = _culture(land.region), chance.random() < 0.42
    given = chance.choice(culture["women" if woman else "men"].split())
    # few family names are borne by many: squared, the draw leans towards the first
    stems, ends = culture["stems"].split(), culture["ends"].split()
    number = int(chance.random() ** 2 * len(stems) * len(ends))
    family = stems[number % len(stems)] + ends[number // len(stems)]
    title = chance.choice(words()["people"]["posts"])
    return Figure("", given, family, "", woman, land, title, None, FIRST, None)


def _people(chance: random.Random, count: int, lands: Zipf[Land], bodies: Zipf[Body], taken: set[str]) -> list[Figure]:
    """Those with an entry, and as many again without, mixed."""
    say = words()["people"]
    found: list[Figure] = []
    listed = 0
    while listed < count:
        land = lands.draw(chance)
        someone = stranger(chance, land)
        if chance.random() < 0.5 or slug(someone.name) in taken:
            if slug(someone.name) not in taken:
                found.append(someone)
            continue
        taken.add(slug(someone.name))
        listed += 1
        body = bodies.draw(chance) if chance.random() < 0.6 else None
        title = someone.title if body else chance.choice(say["titles"])
        started = _day(chance, FIRST - dt.timedelta(2000), LAST - dt.timedelta(700))
        ended = started + dt.timedelta(chance.randint(500, 3000)) if chance.random() < 0.5 else None
        initial = f"{someone.given} {chance.choice('ABCDEFGHJKLMNPRST')}. {someone.family}"
        other = initial if chance.random() < 0.3 else ""
        found.append(
            Figure(
                slug(someone.name), someone.given, someone.family, other, someone.woman, land, title, body, started,
                ended if ended and ended < LAST else None,
            )
        )  # fmt: skip
    return [one for one in found if one.id or slug(one.name) not in taken]


def _day(chance: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(chance.randint(0, max(0, (last - first).days)))


def _stories(
    chance: random.Random, topics: int, events: int, lands: Zipf[Land], people: Zipf[Figure], bodies: Zipf[Body],
    places: Sequence[str], taken: set[str],
) -> list[Story]:  # fmt: skip
    say = words()["themes"]
    of_land: dict[str, list[Figure]] = {}
    for one in people.things:
        of_land.setdefault(one.land.id, []).append(one)
    plans = []
    for n in range(topics):
        type_ = chance.choice(say["agreements"])
        name = _fresh(taken, partial(_named, chance, "{place} {themes} " + type_, {"place": places, **say}))
        span = 5000 if n < 2 else int(chance.lognormvariate(6.3, 0.8))
        start = FIRST if n < 2 else _day(chance, FIRST, LAST - dt.timedelta(60))
        own = list(dict.fromkeys(lands.draw(chance) for _ in range(chance.randint(3, 7))))
        cast = [one for land in own for one in _some(chance, of_land.get(land.id, ()), chance.randint(2, 7))]
        cast += [people.draw(chance) for _ in range(4)]
        chance.shuffle(cast)
        plans.append((name, type_, start, min(LAST, start + dt.timedelta(span)), own, list(dict.fromkeys(cast))))
    happenings = _events(chance, events, Zipf(range(topics), 0.7, 3), plans, places, taken)
    return [
        Story(
            slug(name), name, type_, tuple(own), Zipf(cast, 0.9, 1),
            tuple(dict.fromkeys(bodies.draw(chance) for _ in range(5))),
            tuple(sorted(happenings[n], key=lambda event: event.date)),
            tuple(chance.choice(places) for _ in range(3)), start, end,
        )
        for n, (name, type_, start, end, own, cast) in enumerate(plans)
    ]  # fmt: skip


def _some(chance: random.Random, things: Sequence[T], most: int) -> list[T]:
    """Up to so many of them, the first rather than the last."""
    return [things[int(chance.random() ** 2 * len(things))] for _ in range(most)] if things else []


def _events(
    chance: random.Random, count: int, stories: Zipf[int], plans: Sequence[Any], places: Sequence[str], taken: set[str]
) -> dict[int, list[Happening]]:
    say = words()["themes"]
    months = words()["slots"]["month"]
    found: dict[int, list[Happening]] = {n: [] for n in range(len(plans))}
    shorts: set[str] = set()
    for _ in range(count):
        n = stories.draw(chance)
        _, _, start, end, own, cast = plans[n]
        date, type_ = _day(chance, start, end), chance.choice(say["meetings"])
        place = chance.choice(places)
        short = f"{place} {chance.choice(say['themes'])} {type_}"
        when = f"{months[date.month - 1]} {date.year}"
        name = _fresh(taken, partial(_named, chance, f"{short} of {{part}}{when}", {"part": ["", "early ", "late "]}))
        there = [one for one in cast if one.id and one.started <= date <= (one.ended or LAST)]
        who = tuple(dict.fromkeys(_some(chance, there, chance.randint(2, 6))))
        short = "" if short in shorts else short
        shorts.add(short)
        found[n].append(Happening(slug(name), name, short, type_, date, place, chance.choice(own), who))
    return found


def _papers(chance: random.Random, count: int, lands: Zipf[Land], taken: set[str]) -> list[Paper]:
    names, firsts = words()["organizations"]["papers"], words()["places"]["first"].split()
    found = []
    for n in range(max(4, count)):
        land = lands.draw(chance)
        name = _fresh(taken, lambda: f"{chance.choice(firsts)} {chance.choice(names)}")
        authors = tuple(stranger(chance, land).name for _ in range(6))
        form = ("plain", "html", "noisy", "md", "plain", "plain", "html", "plain")[n % 8]
        note = f"{name} is published in {land.capital} six days a week." if chance.random() < 0.5 else ""
        found.append(Paper(slug(name), name, land, form, n % 4 == 3, authors, note))
    return found


def everything(known: World) -> Iterator[Happening]:
    """The events of all stories."""
    for story in known.stories.things:
        yield from story.events
