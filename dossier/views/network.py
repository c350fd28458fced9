"""The network: who took part in the same events, who spoke of whom, and who is only named together.

To have taken part in the same event is more than to be named together, and only that is drawn as a
line. Being quoted about somebody is a tie of its own, with a direction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from typing import Literal

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Companion, Link, View
from dossier.pictures import Diagram
from dossier.schema import Country, Person
from dossier.views import ring
from dossier.views.chronicle import to_come
from dossier.views.corpus import Corpus

NODES, EDGES = 30, 45  # in the picture of all
NEIGHBOURS = 12  # in the picture of one
#: An event with more people than this is a crowd: it says nothing of who deals with whom.
CROWD = 12
PAIRS_SHOWN, CROWDS_SHOWN = 100, 20
EVENTS_A_PAIR, PLACES_A_PAIR = 8, 5
_FEWEST = 2  # neighbours that are worth a picture

Pair = tuple[Ref, Ref]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two who took part in the same events, or are only named together; `more` events are not listed."""

    one: Link
    other: Link
    events: tuple[tuple[Link, Date | None], ...]
    count: int
    more: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Who is quoted as naming whom, and in which paragraphs, with the articles' dates."""

    who: Link
    of: Link
    places: tuple[tuple[Link, Date | None], ...]
    count: int
    more: int


@dataclass(frozen=True, slots=True)
class NetworkData:
    """What the network shows.

    `picture` holds the strongest ties of `people` people and `lines` pairs. `crowds` are events that
    are left out, the latest first, with the number of people in each; `more_crowds` are not named. `more` pairs are
    not in the tables.
    """

    picture: Diagram | None
    people: int
    lines: int
    ties: tuple[Tie, ...]
    remarks: tuple[Remark, ...]
    named_together: tuple[Tie, ...]
    crowds: tuple[tuple[Link, int], ...]
    more_crowds: int
    more: int


def network_view(corpus: Corpus) -> View:
    """Who took part in the same events as whom, who spoke of whom, and who is only named together."""
    events, crowds = shared_events(corpus)
    remarks = _remarks(corpus)
    named = _named(corpus)
    unmet = [pair for pair in named if pair not in events]
    ranked = _strongest(corpus, events, lambda pair: (len(events[pair]), named[pair]))
    spoken = _strongest(corpus, remarks, lambda pair: (len(remarks[pair]), 0))
    apart = _strongest(corpus, unmet, lambda pair: (named[pair], 0))
    picture = _picture(corpus, ranked, spoken, events, remarks)
    people = {ref for pair in (*events, *remarks) for ref in pair}
    lines = {tuple(sorted(pair)) for pair in (*events, *remarks)}
    data = NetworkData(
        picture,
        len(people),
        len(lines),
        tuple(_tie(corpus, pair, events[pair], named[pair]) for pair in ranked),
        tuple(_remark(corpus, pair, remarks[pair]) for pair in spoken),
        tuple(_tie(corpus, pair, (), named[pair]) for pair in apart),
        tuple((corpus.page(ref), count) for ref, count in crowds[::-1][:CROWDS_SHOWN]),
        max(0, len(crowds) - CROWDS_SHOWN),
        sum(max(0, len(pairs) - PAIRS_SHOWN) for pairs in (events, remarks, unmet)),
    )
    description = "Who took part in the same events, who spoke of whom, and who is named together."
    return View("network.md", "Network", "view", "network.md.j2", data, "Network", description)


def neighbourhood(corpus: Corpus, ref: Ref, rows: Sequence[Companion]) -> Diagram | None:
    """Those that an entry shares the most events with, as a picture; `rows` are those of its table.

    Nobody is in it for being named in the same paragraph, or for nothing but a crowd. None where
    there are too few.
    """
    met = _met(corpus, ref)
    near = sorted((row for row in rows if row.who.ref in met), key=lambda row: -row.events)[:NEIGHBOURS]
    if len(near) < _FEWEST:
        return None
    members = [
        ring.Member(row.who, f"{row.who.text}: {_events(row.events)}", number=f"{row.events:,}", radius=12.0)
        for row in near
    ]
    own = f"{ref}.md"
    return ring.star(corpus.name(ref), members, [ring.Tie(own, row.who.uri, row.events) for row in near])


def _met(corpus: Corpus, ref: Ref) -> set[Ref]:
    """The people and organizations that took part in the same past events, crowds of their kind left out."""
    found: set[Ref] = set()
    for event_ref in corpus.events_of.get(ref, ()):
        event = corpus.event(event_ref)
        present = {who for p in event.participants for who in (p.who, p.on_behalf_of) if who}
        if ref in present and not to_come(event.date, corpus.today):
            for kind in ("people", "organizations"):
                same = {who for who in present if who.kind == kind}
                found |= same if len(same) <= CROWD else set()
    return found - {ref}


def shared_events(corpus: Corpus) -> tuple[Mapping[Pair, tuple[Ref, ...]], tuple[tuple[Ref, int], ...]]:
    """The past events of each two people who took part in them, by date, and the crowds that are left out."""
    found: dict[Pair, list[Ref]] = defaultdict(list)
    crowds = []
    for ref in corpus.events:
        event = corpus.event(ref)
        if to_come(event.date, corpus.today):
            continue  # nobody has taken part in it yet
        people = sorted({p.who for p in event.participants if p.who.kind == "people" and p.who in corpus.pages})
        if len(people) > CROWD:
            crowds.append((ref, len(people)))
            continue
        for pair in combinations(people, 2):
            found[pair].append(ref)
    return {pair: tuple(events) for pair, events in found.items()}, tuple(crowds)


def _remarks(corpus: Corpus) -> Mapping[Pair, tuple[tuple[Link, Date | None], ...]]:
    """For each speaker and each person named in the speaker's quoted words: the paragraphs."""
    found: dict[Pair, dict[Link, Date | None]] = defaultdict(dict)
    for reading in corpus.readings:
        mentions = [m for m in reading.annotation.mentions if m.ref.kind == "people" and m.ref in corpus.pages]
        place = 0
        for utterance in corpus.said_in.get(reading.article.ref, ()):
            quotation = utterance.quotation
            while place < len(mentions) and mentions[place].start < quotation.start:
                place += 1
            speaker = quotation.speaker
            if speaker is None or speaker.kind != "people" or speaker not in corpus.pages:
                continue
            for mention in mentions[place:]:
                if mention.end > quotation.end:
                    break
                if mention.ref != speaker:
                    link = corpus.cite(reading.article, utterance.paragraph)
                    found[speaker, mention.ref][link] = reading.article.date
    return {pair: tuple(places.items()) for pair, places in found.items()}


def _named(corpus: Corpus) -> Counter[Pair]:
    """In how many paragraphs two people are named together."""
    named: Counter[Pair] = Counter()
    for one, others in corpus.shared_paragraphs.items():
        if one.kind == "people" and one in corpus.pages:
            for other, count in others.items():
                if other.kind == "people" and one < other and other in corpus.pages:
                    named[one, other] = count
    return named


def _picture(
    corpus: Corpus,
    ranked: Sequence[Pair],
    spoken: Sequence[Pair],
    events: Mapping[Pair, Sequence[Ref]],
    remarks: Mapping[Pair, Sequence[object]],
) -> Diagram | None:
    """The strongest ties: shared events first; a remark only between two who share none."""
    ties: list[ring.Tie] = []
    people: dict[Ref, None] = {}
    drawn: set[frozenset[Ref]] = set()
    weighed: tuple[tuple[Literal["event", "quotation"], Sequence[Pair], Mapping[Pair, Sequence[object]]], ...] = (
        ("event", ranked, events),
        ("quotation", spoken, remarks),
    )
    for kind, pairs, counts in weighed:
        for pair in pairs:
            new = [ref for ref in pair if ref not in people]
            if len(ties) < EDGES and len(people) + len(new) <= NODES and frozenset(pair) not in drawn:
                people.update(dict.fromkeys(new))
                drawn.add(frozenset(pair))
                ties.append(ring.Tie(f"{pair[0]}.md", f"{pair[1]}.md", len(counts[pair]), kind))
    if not ties:
        return None
    degree = Counter(ref for pair in events for ref in pair)
    members = [ring.Member(corpus.page(ref), _note(corpus, ref, degree[ref]), _country(corpus, ref)) for ref in people]
    return ring.ring(members, ties)


def _note(corpus: Corpus, ref: Ref, count: int) -> str:
    role = corpus.standing(ref)
    others = f"shared events with {count:,} {'person' if count == 1 else 'people'}" if count else "no shared events"
    return f"{corpus.name(ref)}{', ' if role else ''}{role}: {others}"


def _country(corpus: Corpus, ref: Ref) -> str:
    """The country that a person stands for, or is a national of; empty where neither is known."""
    person = corpus.entries[ref]
    if not isinstance(person, Person):
        return ""
    held = corpus.position(ref, corpus.today)
    posts = [held, *person.positions] if held else person.positions
    for country in (*(post.country for post in posts), *person.nationality):
        if country and isinstance(corpus.get(country), Country):
            return corpus.name(country)
    return ""


def _tie(corpus: Corpus, pair: Pair, events: Sequence[Ref], paragraphs: int) -> Tie:
    latest = events[::-1][:EVENTS_A_PAIR]
    dated = tuple((corpus.page(ref), corpus.event(ref).date) for ref in latest)
    one, other = corpus.page(pair[0]), corpus.page(pair[1])
    return Tie(one, other, dated, len(events), len(events) - len(latest), paragraphs)


def _remark(corpus: Corpus, pair: Pair, places: Sequence[tuple[Link, Date | None]]) -> Remark:
    latest = tuple(places[::-1][:PLACES_A_PAIR])
    return Remark(corpus.page(pair[0]), corpus.page(pair[1]), latest, len(places), len(places) - len(latest))


def _events(count: int) -> str:
    return f"{count:,} shared event{'' if count == 1 else 's'}"


def _strongest(corpus: Corpus, pairs: Collection[Pair], strength: Callable[[Pair], tuple[int, int]]) -> list[Pair]:
    """The strongest pairs, as many as a table shows; between equals, and only between these, their names decide."""
    ranks = nlargest(PAIRS_SHOWN, map(strength, pairs))
    near = [pair for pair in pairs if ranks and strength(pair) >= ranks[-1]]
    near.sort(key=lambda pair: (tuple(-n for n in strength(pair)), *_names(corpus, pair)))
    return near[:PAIRS_SHOWN]


def _names(corpus: Corpus, pair: Pair) -> tuple[str, str, Ref, Ref]:
    return corpus.sort_name(pair[0]), corpus.sort_name(pair[1]), *pair
