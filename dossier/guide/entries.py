"""Rules over what the curator wrote: what is missing in it, and what does not go together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from dossier.guide.weighed import Weakness, Weighed
from dossier.schema import Event, Person, Position


def uncited_event(weighed: Weighed) -> Iterator[Weakness]:
    """An event cites the article that bears it out."""
    for ref in weighed.curated():
        entry = weighed.entries[ref]
        if isinstance(entry, Event) and not entry.citations:
            message = "no article bears this event out; write citations: [{article: …, quote: …}]"
            yield weighed.weakness(ref, ("name",), message, "uncited-event")


def undated_article(weighed: Weighed) -> Iterator[Weakness]:
    """It is known when an article was published."""
    for article, _ in weighed.read():
        if article.date is None:
            message = f"nothing tells when this article was published; write date: … in {article.ref}.yml"
            yield weighed.weakness(article.ref, (), message, "undated-article")


def unsourced_article(weighed: Weighed) -> Iterator[Weakness]:
    """The publisher of an article is known, and has an entry."""
    for article, _ in weighed.read():
        if article.source is None:
            message = f"nothing tells who published this article; write source: … in {article.ref}.yml"
            if name := article.source_name:
                message = f'its publisher, {name!r}, has no entry; write one: dossier new source "{name}"'
            yield weighed.weakness(article.ref, (), message, "unsourced-article")


def no_position(weighed: Weighed) -> Iterator[Weakness]:
    """A person who took part in an event for somebody, or who ever held a post, held one at the time."""
    for ref in weighed.curated():
        event = weighed.entries[ref]
        if not isinstance(event, Event) or event.date is None:
            continue
        for n, taking_part in enumerate(event.participants):
            person = weighed.entries.get(taking_part.who)
            if not isinstance(person, Person) or not (person.positions or taking_part.on_behalf_of):
                continue
            if not any(position.held_between(event.date.earliest, event.date.latest) for position in person.positions):
                message = f"who: {taking_part.who} has no position for {event.date}; add it there, or correct a date"
                yield weighed.weakness(ref, ("participants", n, "who"), message, "no-position")


def overlapping_positions(weighed: Weighed) -> Iterator[Weakness]:
    """A person holds one post at a time in an organization, and each post once."""
    for ref in weighed.curated():
        entry = weighed.entries[ref]
        if isinstance(entry, Person):
            for (_, one), (n, other) in itertools.combinations(enumerate(entry.positions), 2):
                if _same_place(one, other) and _overlap(one, other):
                    message = f"title: {other.title!r} overlaps {one.title!r}; correct a start or an end"
                    yield weighed.weakness(ref, ("positions", n, "title"), message, "overlapping-positions")


def _same_place(one: Position, other: Position) -> bool:
    """Whether two posts are in one organization or, where none is named, are one post for one country."""
    if one.organization or other.organization:
        return one.organization == other.organization
    return one.country == other.country and one.title.casefold() == other.title.casefold()


def _overlap(one: Position, other: Position) -> bool:
    """Whether two posts must have been held together for more than the day that one took over from the other.

    What is not known rules nothing in: both need a start, and of an imprecise date the end that makes for less.
    """
    if not (one.start and one.start.latest and other.start and other.start.latest):
        return False
    begun = max(one.start.latest, other.start.latest)
    ends = [position.end.earliest for position in (one, other) if position.end and position.end.earliest]
    return not ends or begun < min(ends)
