"""What a country's side took as its position, event by event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Inline, Link
from dossier.schema import Participant
from dossier.views.corpus import Corpus

STANCES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Stance:
    """A position taken at an event; `who` is empty where it was the country itself."""

    event: Link
    when: Date | None
    who: Inline
    stance: str


def stances(corpus: Corpus, country: Ref) -> tuple[Stance, ...]:
    """The positions that a country, or somebody for it, took at events, the latest first."""
    return tuple(islice(_stances(corpus, country), STANCES_SHOWN))


def _stances(corpus: Corpus, country: Ref) -> Iterator[Stance]:
    for ref in reversed(corpus.events_of.get(country, ())):
        event = corpus.event(ref)
        for participant in event.participants:
            who = corpus.link(participant.who)
            if participant.stance and who is not None and _acts_for(corpus, participant, country, event.date):
                own = participant.who == country
                yield Stance(corpus.page(ref), event.date, "" if own else who, participant.stance)


def _acts_for(corpus: Corpus, participant: Participant, country: Ref, when: Date | None) -> bool:
    """Whether a participant is the country, was there on its behalf, or held a post of it at the time."""
    if participant.on_behalf_of:
        return participant.on_behalf_of == country
    position = corpus.position(participant.who, when)
    return participant.who == country or bool(position and position.country == country)
