"""News prose of an invented world: sentences drawn from the patterns in `words.toml`, with people who have a past.

An article has a cast. Somebody is introduced in full (with a title, a post, or an alias) and is then called by the
family name, now and then by a title with it or by the first name; a pronoun stands only where it can be understood.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from benchmarks.world import Body, Figure, Happening, Land, Story, World, stranger, words

_SLOT = re.compile(r"\{([\w^]+)\}")
#: How often a block of each sort follows in the middle of an article.
BLOCKS = {"quoted": 34, "narrative": 24, "indirect": 17, "background": 15, "numbers": 10}
_SORTS, _WEIGHTS = list(BLOCKS), list(BLOCKS.values())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with those it names, for citations; `speaker` is who is quoted in it."""

    text: str
    about: tuple[str, ...]
    speaker: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an article says: its headline, its paragraphs, and what can be cited from it."""

    headline: str
    paragraphs: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    said: tuple[tuple[str, str], ...]  # quoted words and the id of who said them


@cache
def _pattern(text: str) -> tuple[str, ...]:
    """Literal text and slots in turn."""
    return tuple(_SLOT.split(text))


@dataclass(slots=True)
class Scene:
    """What has been said so far in an article."""

    world: World
    story: Story
    date: dt.date
    chance: random.Random
    lands: list[Land]
    cast: list[Figure]
    known: set[str] = field(default_factory=set)
    about: list[str] = field(default_factory=list)
    speaker: Figure | None = None
    in_view: bool = False  # whether a pronoun for the speaker would be understood

    def write(self, pattern: str) -> str:
        """A pattern with its slots filled."""
        parts = _pattern(pattern)
        bound: dict[str, Land] = {}
        return "".join(part if n % 2 == 0 else self.fill(part, bound) for n, part in enumerate(parts))

    def fill(self, slot: str, bound: dict[str, Land]) -> str:
        """What stands in a slot."""
        chance = self.chance
        match slot:
            case "S":
                return self.subject()
            case "s":
                return self.pronoun()
            case "s^":
                words_ = self.pronoun()
                return words_[:1].upper() + words_[1:]
            case "season^":
                return _begin(self.fill("season", bound))
            case "their":
                return "her" if self.speaker and self.speaker.woman else "his"
            case "X" | "Y":
                return self.other(by_surname=slot == "Y")
            case "F":
                self.speaker = self.speaker or chance.choice(self.cast)
                return self.speaker.family
            case "C" | "C2" | "C3" | "C4" | "D" | "D2" | "G":
                return self.land(slot, bound)
            case "O" | "O2":
                return self.body()
            case "E":
                return self.event()
            case "T":
                self.about.append(f"topics/{self.story.id}")
                return f"the {self.story.name}"
            case "P":
                return chance.choice(self.story.places) if chance.random() < 0.7 else chance.choice(self.lands).capital
            case "Q" | "q":
                said = self.write(chance.choice(words()["sentences"]["speech"]))
                return said[:1].upper() + said[1:] if slot == "Q" else said
        return str(chance.choice(words()["slots"][slot]))

    def land(self, slot: str, bound: dict[str, Land]) -> str:
        """A country by name, adjective or seat of government; two slots of one sentence are two countries."""
        number = slot[1:] or "1"
        if number not in bound:
            free = [land for land in self.lands if land not in bound.values()] or [
                self.world.lands.draw(self.chance) for _ in range(2)
            ]
            bound[number] = free[0] if self.chance.random() < 0.35 else self.chance.choice(free)
        land = bound[number]
        self.about.append(f"countries/{land.id}")
        if slot[0] == "D":
            return land.adjective
        if slot[0] == "G":
            return land.capital if self.chance.random() < 0.5 else f"the {land.adjective} government"
        first = f"countries/{land.id}" not in self.known
        self.known.add(f"countries/{land.id}")
        return land.name if first or self.chance.random() < 0.6 else land.short

    def subject(self) -> str:
        """Who the sentence is about: a new one now and then, else who was last."""
        if self.speaker is None or self.chance.random() < 0.45:
            self.speaker = self.chance.choice(self.cast[: 2 + len(self.known) // 3])
        self.in_view = True
        return self.name(self.speaker)

    def pronoun(self) -> str:
        """He or she, where somebody is in view; else a name."""
        if not (self.speaker and self.in_view and self.key(self.speaker) in self.known):
            return self.subject()
        if self.speaker.id:
            self.about.append(self.key(self.speaker))
        return "she" if self.speaker.woman else "he"

    def other(self, by_surname: bool = False) -> str:
        """Another person of the cast."""
        others = [one for one in self.cast if one != self.speaker] or self.cast
        one = self.chance.choice(others)
        if by_surname:
            return one.family
        if self.speaker and one.woman == self.speaker.woman:
            self.in_view = False
        return self.name(one)

    def key(self, one: Figure) -> str:
        """What stands for a person in `known` and `about`."""
        return f"people/{one.id or one.name}"

    def name(self, one: Figure) -> str:
        """A person as the article calls them now."""
        key, chance = self.key(one), self.chance
        if one.id:
            self.about.append(key)
        if key not in self.known:
            self.known.add(key)
            full = one.other if one.other and chance.random() < 0.3 else one.name
            if one.body and chance.random() < 0.6:
                self.about.append(f"organizations/{one.body.id}")
                return f"{full}, {one.title} of the {self.body_name(one.body)},"
            if one.title[0].isupper() and chance.random() < 0.75:
                return f"{one.land.adjective} {one.title} {full}"
            return full
        turn = chance.random()
        namesakes = sum(other.family == one.family for other in self.cast)
        if turn < 0.06 or namesakes > 1:
            return one.name
        if turn < 0.14:
            return f"{'Ms.' if one.woman else 'Mr.'} {one.family}"
        if turn < 0.2 and one.title[0].isupper():
            return f"{one.title} {one.family}"
        return one.given if turn < 0.23 else one.family

    def body_name(self, body: Body) -> str:
        """An organization, in full with its short form first, then by either."""
        key = f"organizations/{body.id}"
        self.about.append(key)
        if key not in self.known:
            self.known.add(key)
            return f"{body.name} ({body.short})" if body.short else body.name
        return body.short if body.short and self.chance.random() < 0.7 else body.name

    def body(self) -> str:
        """One of the story's organizations, the first rather than the last, with its article."""
        body = self.story.bodies[int(self.chance.random() ** 1.5 * len(self.story.bodies))]
        name = self.body_name(body)
        return name if body.type == "company" else f"the {name}"

    def event(self) -> str:
        """One of the latest events of the story, or where nothing has happened yet, its topic."""
        past = [event for event in self.story.events if event.date <= self.date][-4:]
        if not past:
            return self.fill("T", {})
        event: Happening = self.chance.choice(past)
        self.about.append(f"events/{event.id}")
        return f"the {event.short or event.name}" if self.chance.random() < 0.7 else f"the {event.name}"


def report(world: World, story: Story, date: dt.date, chance: random.Random, length: int) -> Report:
    """An article on a story, of about so many words."""
    scene = _scene(world, story, date, chance)
    texts: list[str] = []
    sentences: list[Sentence] = []
    said: list[tuple[str, str]] = []
    total = 0
    for patterns in _plan(chance):
        parts = []
        for pattern in patterns:
            scene.about = []
            text = _begin(scene.write(pattern)).replace(",,", ",").replace(",.", ".").replace(", ,", ",")
            parts.append(text)
            speaker = scene.speaker.id if scene.speaker and "“" in pattern and "{Q}" in pattern else ""
            sentences.append(Sentence(text, tuple(dict.fromkeys(scene.about)), speaker))
            if speaker:
                said.append((text.split("“")[1].split("”")[0].rstrip(","), speaker))
        texts.append(" ".join(parts))
        scene.in_view = scene.in_view and chance.random() < 0.8
        total += texts[-1].count(" ") + 1
        if total >= length:
            break
    texts.append(_begin(scene.write(chance.choice(words()["sentences"]["close"]))))
    headline = scene.write(chance.choice(words()["sentences"]["headline"]))
    return Report(headline[:1].upper() + headline[1:], tuple(texts), tuple(sentences), tuple(said))


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _scene(world: World, story: Story, date: dt.date, chance: random.Random) -> Scene:
    cast = list(dict.fromkeys(story.cast.draw(chance) for _ in range(chance.randint(3, 7))))
    if chance.random() < 0.6:
        cast.append(world.people.draw(chance))
    if chance.random() < 0.5:
        cast.append(stranger(chance, chance.choice(story.lands)))
    lands = list(story.lands)
    if chance.random() < 0.4:
        lands.append(world.lands.draw(chance))
    chance.shuffle(lands)
    if world.focus not in lands and chance.random() < 0.25:
        lands.insert(chance.randint(0, 1), world.focus)
    return Scene(world, story, date, chance, list(dict.fromkeys(lands)), list(dict.fromkeys(cast)))


def _plan(chance: random.Random) -> Iterator[list[str]]:
    """The patterns of one paragraph after another, without end."""
    say: dict[str, list[str]] = words()["sentences"]
    yield [chance.choice(say["lead"])]
    yield [chance.choice(say["narrative"]), chance.choice(say["background"])]
    while True:
        sort = chance.choices(_SORTS, _WEIGHTS)[0]
        if sort == "quoted":
            yield [chance.choice(say["quoted"])]
        else:
            yield [chance.choice(say[sort])] + [
                chance.choice(say[chance.choices(_SORTS[1:], _WEIGHTS[1:])[0]]) for _ in range(chance.randint(1, 2))
            ]
