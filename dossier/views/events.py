"""Pages about events, topics and claims."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import ArticleLine, Attendance, Cited, Common, Dispute, Happening, Inline, Prose, View, Words, Year
from dossier.schema import Claim, Event, Topic
from dossier.views.chronicle import attendance, happening, place, precision, recent
from dossier.views.common import article_lines, common, fact, linked, prose, sentence, view
from dossier.views.corpus import Corpus
from dossier.views.passages import dispute

REPORTS_SHOWN = 60
PRECISION = {
    "month": "Only the month is known.",
    "season": "Only the season is known.",
    "year": "Only the year is known.",
    "decade": "Only the decade is known.",
    "century": "Only the century is known.",
    "about": "The date is approximate or uncertain.",
    "open": "Not over, or the end is not known.",
}


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says of an event."""

    source: Inline
    passages: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class EventData:
    """What the page of an event shows."""

    entry: Common
    when: Date | None
    precision: str
    participants: tuple[Attendance, ...]
    behalf: bool
    outcome: Words
    accounts: tuple[Account, ...]
    parts: tuple[Happening, ...]
    before: Happening | None
    after: Happening | None
    reports: tuple[ArticleLine, ...]
    more_reports: int


@dataclass(frozen=True, slots=True)
class TopicData:
    """What the page of a topic shows."""

    entry: Common
    status: str
    parties: tuple[Inline, ...]
    narrower: tuple[Inline, ...]
    related: tuple[Inline, ...]
    timeline: tuple[Year, ...]
    earlier: int
    reports: tuple[ArticleLine, ...]
    more_reports: int


@dataclass(frozen=True, slots=True)
class ClaimData:
    """What the page of a claim shows."""

    entry: Common
    dispute: Dispute
    #: Nothing where it only repeats the statement.
    summary: Words
    assessment: Prose | None
    about: tuple[Inline, ...]


def sub_events(corpus: Corpus) -> dict[Ref, list[Ref]]:
    """The parts of each event, in order."""
    parts: dict[Ref, list[Ref]] = {}
    for ref in corpus.events:
        whole = corpus.event(ref).part_of
        if whole:
            parts.setdefault(whole, []).append(ref)
    return parts


def event_view(corpus: Corpus, ref: Ref, event: Event, position: int, parts: dict[Ref, list[Ref]]) -> View:
    """The page of an event: an event record. `position` is its place among all events."""
    entry = common(
        corpus,
        ref,
        (
            fact("Date", event.date),
            fact("Place", place(corpus, event)),
            fact("Type", event.type),
            fact("Part of", linked(corpus, event.part_of)),
            fact("Topics", *corpus.links(event.topics)),
        ),
    )
    reports = corpus.reports_of.get(ref, ())
    who = attendance(corpus, event)
    data = EventData(
        entry=entry,
        when=event.date,
        precision=PRECISION.get(precision(event.date), ""),
        participants=who,
        behalf=any(a.behalf for a in who),
        outcome=sentence(corpus, ref, event.outcome or ""),
        accounts=accounts(entry.citations),
        parts=tuple(happening(corpus, part) for part in parts.get(ref, ())),
        before=_neighbour(corpus, position - 1) if event.date else None,
        after=_neighbour(corpus, position + 1) if event.date else None,
        reports=article_lines(corpus, reports[-REPORTS_SHOWN:]),
        more_reports=max(0, len(reports) - REPORTS_SHOWN),
    )
    return view(corpus, ref, data)


def _neighbour(corpus: Corpus, position: int) -> Happening | None:
    if not 0 <= position < len(corpus.events) or corpus.event(corpus.events[position]).date is None:
        return None
    return happening(corpus, corpus.events[position])


def accounts(citations: tuple[Cited, ...]) -> tuple[Account, ...]:
    """The cited passages, source by source, in the order in which the sources first come up."""
    order = {source: n for n, source in reversed(list(enumerate(c.source for c in citations)))}
    ranked = sorted(citations, key=lambda c: order[c.source])
    return tuple(Account(source, tuple(group)) for source, group in groupby(ranked, key=lambda c: c.source))


def narrower_topics(corpus: Corpus) -> dict[Ref, list[Ref]]:
    """The topics that are part of each topic, by name."""
    found: dict[Ref, list[Ref]] = {}
    for ref in corpus.of("topics"):
        topic = corpus.entries[ref]
        if isinstance(topic, Topic) and topic.broader:
            found.setdefault(topic.broader, []).append(ref)
    return found


def topic_view(corpus: Corpus, ref: Ref, topic: Topic, narrower: dict[Ref, list[Ref]]) -> View:
    """The page of a topic: how it stands and how it developed."""
    entry = common(
        corpus,
        ref,
        (
            fact("Type", topic.type),
            fact("Status", topic.status),
            fact("Signed", topic.signed),
            fact("Part of", linked(corpus, topic.broader)),
        ),
    )
    years, earlier = recent(corpus, ref)
    reports = corpus.reports_of.get(ref, ())
    data = TopicData(
        entry=entry,
        status=topic.status or "",
        parties=corpus.links(topic.parties),
        narrower=corpus.links(narrower.get(ref, ())),
        related=corpus.links(topic.related),
        timeline=years,
        earlier=earlier,
        reports=article_lines(corpus, reports[-REPORTS_SHOWN:]),
        more_reports=max(0, len(reports) - REPORTS_SHOWN),
    )
    return view(corpus, ref, data)


def claim_view(corpus: Corpus, ref: Ref, claim: Claim) -> View:
    """The page of a claim: both sides, quoted, with the assessment."""
    about = corpus.links(claim.about)
    entry = common(
        corpus,
        ref,
        (
            fact("About", *about),
            fact("Likelihood", claim.likelihood.capitalize() if claim.likelihood else None),
            fact("Confidence", claim.confidence.capitalize() if claim.confidence else None),
        ),
    )
    both = dispute(corpus, ref)
    data = ClaimData(
        entry=entry,
        dispute=both,
        summary=entry.summary if claim.summary != both.statement else (),
        assessment=prose(corpus, ref, claim.assessment or ""),
        about=about,
    )
    return view(corpus, ref, data, description=claim.statement or "")
