"""The entries of an invented world, as the YAML files that a curator would have written."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmarks.world import Body, Figure, Happening, Land, Paper, Story, World, everything, words

LIKELY = ("very unlikely", "unlikely", "roughly even chance", "likely", "very likely")


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of an article that name an entry, and the person quoted in them (or nothing)."""

    article: str
    words: str
    speaker: str


Sample = Mapping[str, Sequence[Cited]]  # by reference, `people/…`


def files(world: World, sample: Sample) -> Iterator[tuple[str, str]]:
    """The files of all entries but articles, as (path in the content folder, text)."""
    makers: list[tuple[str, Iterator[tuple[str, dict[str, object]]]]] = [
        ("people", ((one.id, _person(one, world, sample)) for one in world.people.things if one.id)),
        ("organizations", ((body.id, _organization(body, world, sample)) for body in world.bodies.things)),
        ("events", ((event.id, data) for event, data in _events(world, sample))),
        ("topics", ((story.id, _topic(story, world, sample)) for story in world.stories.things)),
        ("sources", ((paper.id, _source(paper, world)) for paper in world.papers.things)),
        (
            "countries",
            ((land.id, _country(land, world)) for land in islice(world.lands.things, world.curated_lands)),
        ),
        ("claims", _claims(world, sample)),
    ]
    for kind, made in makers:
        for name, data in made:
            yield f"{kind}/{name}.yml", yaml(data)


def yaml(data: Mapping[str, object]) -> str:
    """Fields as YAML: one a line, lists of mappings item by item; what is empty is left out."""
    lines: list[str] = []
    for key, value in data.items():
        if value is None or value in ("", (), [], {}):
            continue
        if isinstance(value, (list, tuple)) and isinstance(value[0], dict):
            lines.append(f"{key}:")
            for item in value:
                fields = [(name, each) for name, each in item.items() if each not in (None, "", ())]
                for n, (name, each) in enumerate(fields):
                    lines.append(f"  {'-' if n == 0 else ' '} {name}: {_scalar(each)}")
        else:
            lines.append(f"{key}: {_scalar(value)}")
    return "\n".join(lines) + "\n"


def _scalar(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


def _citations(ref: str, sample: Sample, most: int = 3) -> list[dict[str, object]]:
    return [{"article": cited.article, "quote": cited.words} for cited in islice(sample.get(ref, ()), most)]


def _chance(world: World, ref: str) -> random.Random:
    return random.Random(f"entry {world.seed} {ref}")


def _person(one: Figure, world: World, sample: Sample) -> dict[str, object]:
    chance = _chance(world, one.id)
    post: dict[str, object] = {"title": one.title}
    post |= {"organization": one.body.id} if one.body else {"country": one.land.id}
    post |= {"start": one.started, "end": one.ended}
    earlier = {
        "title": chance.choice(words()["people"]["posts"]),
        "country": one.land.id,
        "end": one.started - dt.timedelta(chance.randint(1, 900)),
    }
    where = f"of the {one.body.name}" if one.body else f"of {one.land.name}"
    verb = "was" if one.ended else "is"
    text = f"{one.name} {verb} **{one.title}** {where}, and spoke for {one.land.name} in several rounds of talks."
    return {
        "name": one.name,
        "given_name": one.given,
        "family_name": one.family,
        "pronouns": ("she/her" if one.woman else "he/him") if chance.random() < 0.7 else None,
        "nationality": [one.land.id],
        "birth_date": f"{chance.randint(1940, 1985)}" if chance.random() < 0.5 else None,
        "aliases": [one.other] if one.other else [],
        "positions": [post, earlier] if chance.random() < 0.4 else [post],
        "summary": f"{one.name} {verb} {one.title} {where}.",
        "description": text if chance.random() < 0.6 else None,
        "tags": chance.sample(words()["themes"]["themes"], 2) if chance.random() < 0.4 else [],
        "tlp": "green" if chance.random() < 0.03 else None,
        "citations": _citations(f"people/{one.id}", sample),
    }


def _organization(body: Body, world: World, sample: Sample) -> dict[str, object]:
    chance = _chance(world, body.id)
    members = [land.id for land in dict.fromkeys(world.lands.draw(chance) for _ in range(5))]
    return {
        "name": body.name,
        "abbreviation": body.short,
        "type": body.type,
        "country": body.land.id,
        "headquarters": body.land.capital,
        "members": members if body.type == "body" else [],
        "summary": f"The {body.name} sits in {body.land.capital}.",
        "citations": _citations(f"organizations/{body.id}", sample, 2),
    }


def _events(world: World, sample: Sample) -> Iterator[tuple[Happening, dict[str, object]]]:
    topic = {event.id: story for story in world.stories.things for event in story.events}
    for event in everything(world):
        chance, story = _chance(world, event.id), topic[event.id]
        larger = story.events[0] if story.events[0] != event and chance.random() < 0.15 else None
        fuzzy = chance.random()
        date = f"{event.date:%Y-%m}" if fuzzy < 0.1 else f"{event.date}?" if fuzzy < 0.2 else event.date.isoformat()
        outcome = f"The parties agreed to {chance.choice(words()['slots']['aim'])}."
        yield (
            event,
            {
                "name": event.name,
                "aliases": [event.short] if event.short else [],
                "date": date,
                "type": event.type,
                "location": event.place,
                "country": event.land.id,
                "part_of": larger.id if larger else None,
                "participants": [
                    {"who": f"people/{one.id}", "role": one.title, "on_behalf_of": f"countries/{one.land.id}"}
                    for one in event.cast
                ],
                "topics": [story.id],
                "outcome": outcome if chance.random() < 0.5 else None,
                "summary": f"{len(event.cast)} delegates met in {event.place} on the {story.name}.",
                "citations": _citations(f"events/{event.id}", sample),
            },
        )


def _topic(story: Story, world: World, sample: Sample) -> dict[str, object]:
    chance = _chance(world, story.id)
    other = world.stories.draw(chance)
    return {
        "name": story.name,
        "type": story.type,
        "parties": [f"countries/{land.id}" for land in story.lands],
        "signed": story.start if story.type in ("agreement", "treaty", "protocol") else None,
        "related": [f"topics/{other.id}"] if other != story else [],
        "summary": f"The {story.name} concerns {' and '.join(land.name for land in story.lands[:2])}.",
        "citations": _citations(f"topics/{story.id}", sample),
    }


def _source(paper: Paper, world: World) -> dict[str, object]:
    chance = _chance(world, paper.id)
    return {
        "name": paper.name,
        "type": "news agency" if paper.name.endswith("Agency") else "newspaper",
        "url": f"https://{paper.id}.example/",
        "country": paper.land.id,
        "reliability": chance.choice("ABBCCDEF"),
        "summary": f"The {paper.name} is published in {paper.land.capital}.",
    }


def _country(land: Land, world: World) -> dict[str, object]:
    leaders = [one.id for one in world.people.things if one.id and one.land == land and one.title[0].isupper()]
    return {
        "name": land.name,
        "iso": land.iso,
        "leaders": leaders[:3],
        "summary": f"{land.name} is a country of {land.region}.",
        "description": f"{land.name} takes part in the {world.stories.things[0].name}.",
    }


def _claims(world: World, sample: Sample) -> Iterator[tuple[str, dict[str, object]]]:
    """Claims on topics, with evidence from what was said about them."""
    slots = words()["slots"]
    taken: set[str] = set()
    for n in range(world.claims):
        chance = random.Random(f"claim {world.seed} {n}")
        story = world.stories.draw(chance)
        land, aim = chance.choice(story.lands), chance.choice(slots["aim"])
        name = f"The {story.name} allowed {land.name} to {aim}"
        if name in taken:
            continue
        taken.add(name)
        said = [cited for cited in sample.get(f"topics/{story.id}", ()) if cited.words][:5]
        speakers = list(dict.fromkeys(f"people/{cited.speaker}" for cited in said if cited.speaker))
        stance: Callable[[], str] = lambda: chance.choice(("supports", "supports", "disputes", "unclear"))  # noqa: B023, E731
        evidence: list[dict[str, object]] = [
            {
                "stance": stance(),
                "article": cited.article,
                "quote": cited.words,
                "speaker": f"people/{cited.speaker}" if cited.speaker else None,
                "says": f"That {chance.choice(slots['fact'])}.",
            }
            for cited in said
        ]
        graded = chance.random() < 0.6
        yield (
            f"claim-{n:04}",
            {
                "name": name,
                "statement": f"{name}.",
                "about": [f"topics/{story.id}", f"countries/{land.id}", *speakers[:2]],
                "evidence": evidence,
                "assessment": f"The articles on the {story.name} do not settle it." if graded else None,
                "likelihood": chance.choice(LIKELY) if graded else None,
                "confidence": chance.choice(("low", "moderate", "high")) if graded else None,
            },
        )
