"""Pages about events, topics and claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossier.edtf import Date, Day
from dossier.model import Ref
from dossier.parts import (
    ArticleLine,
    Attendance,
    Cited,
    Common,
    Dispute,
    Happening,
    Inline,
    Link,
    Prose,
    View,
    Voice,
    Words,
    Year,
)
from dossier.schema import Claim, Event, Topic
from dossier.views.chronicle import attendance, happening, place, precision, recent
from dossier.views.common import article_lines, common, fact, linked, prose, sentence, view
from dossier.views.corpus import Corpus
from dossier.views.passages import ARTICLES_SHOWN, dispute, fragments, latest_first, quotes, voices
from dossier.views.readings import Utterance, by_date
from dossier.views.stretches import listed, steps

SAID_SHOWN = 30
PRECISION = {
    "month": "Only the month is known.",
    "season": "Only the season is known.",
    "year": "Only the year is known.",
    "decade": "Only the decade is known.",
    "century": "Only the century is known.",
    "about": "The date is approximate or uncertain.",
    "open": "Not over, or the end is not known.",
}
#: The seven bands of likelihood and what each stands for, as in the Analytic Standards, ICD 203 (2015), D.6.e.(2)(a).
BANDS = {
    "almost no chance": "1–5 %",
    "very unlikely": "5–20 %",
    "unlikely": "20–45 %",
    "roughly even chance": "45–55 %",
    "likely": "55–80 %",
    "very likely": "80–95 %",
    "almost certain": "95–99 %",
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
    outcome: Words
    accounts: tuple[Account, ...]
    parts: tuple[Happening, ...]
    #: The nearest events that share a participant, a topic or the larger event or, if none does, the nearest of all.
    before: Happening | None
    after: Happening | None
    kindred: bool
    reports: tuple[ArticleLine, ...]
    #: The pages of all reports, where there are more than these.
    report_pages: tuple[tuple[Link, int], ...]
    report_count: int


@dataclass(frozen=True, slots=True)
class TopicData:
    """What the page of a topic shows."""

    entry: Common
    status: str
    voices: tuple[Voice, ...]
    more_quotes: int
    timeline: tuple[Year, ...]
    earlier: tuple[tuple[Link, int], ...]
    reports: tuple[ArticleLine, ...]
    #: The pages of all reports, where there are more than these.
    report_pages: tuple[tuple[Link, int], ...]
    report_count: int


@dataclass(frozen=True, slots=True)
class ClaimData:
    """What the page of a claim shows."""

    entry: Common
    dispute: Dispute
    #: The bands of likelihood in order, and whether each is the one; none where no likelihood is given.
    scale: tuple[tuple[str, bool], ...]
    percent: str
    #: Nothing where it only repeats the statement.
    summary: Words
    assessment: Prose | None


def sub_events(corpus: Corpus) -> dict[Ref, list[Ref]]:
    """The parts of each event, in order."""
    parts: dict[Ref, list[Ref]] = {}
    for ref in corpus.events:
        whole = corpus.event(ref).part_of
        if whole:
            parts.setdefault(whole, []).append(ref)
    return parts


def event_view(corpus: Corpus, ref: Ref, event: Event, parts: Mapping[Ref, list[Ref]]) -> View:
    """The page of an event: an event record; `parts` are the parts of each event."""
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
    before, after = _kindred(corpus, ref, event, parts)
    kindred = bool(before or after)
    if event.date and not kindred:
        before, after = (other if other and corpus.event(other).date else None for other in corpus.beside[ref])
    data = EventData(
        entry=entry,
        when=event.date,
        precision=PRECISION.get(precision(event.date), ""),
        participants=attendance(corpus, event),
        outcome=sentence(corpus, ref, event.outcome or ""),
        accounts=accounts(entry.citations),
        parts=tuple(happening(corpus, part) for part in parts.get(ref, ())),
        before=happening(corpus, before) if before else None,
        after=happening(corpus, after) if after else None,
        kindred=kindred,
        reports=article_lines(corpus, reports[-ARTICLES_SHOWN:]),
        report_pages=steps(listed(corpus, f"{ref}/reports", reports[::-1])),
        report_count=len(reports),
    )
    return view(corpus, ref, data)


def _kindred(corpus: Corpus, ref: Ref, event: Event, parts: Mapping[Ref, list[Ref]]) -> tuple[Ref | None, Ref | None]:
    """The nearest events before and after one that share a participant, a topic or the larger event with it.

    The larger event itself and the event's own parts are passed over.
    """
    if event.date is None:
        return None, None
    shared = (s for s in (*event.topics, *(p.who for p in event.participants)) if s in corpus.entries)
    rows = [corpus.events_of.get(subject, ()) for subject in shared]
    if event.part_of:
        rows.append(tuple(parts.get(event.part_of, ())))
    passed = {event.part_of, *parts.get(ref, ())}
    before = (_next(corpus, row, ref, passed, -1) for row in rows)
    after = (_next(corpus, row, ref, passed, 1) for row in rows)
    return (
        max((r for r in before if r), key=lambda r: _order(corpus, r), default=None),
        min((r for r in after if r), key=lambda r: _order(corpus, r), default=None),
    )


def _next(corpus: Corpus, row: Sequence[Ref], ref: Ref, passed: Container[Ref | None], step: int) -> Ref | None:
    """The first event before or after one in a row of events in order."""
    place = bisect_left(row, _order(corpus, ref), key=lambda other: _order(corpus, other)) + step
    while 0 <= place < len(row) and row[place] in passed:
        place += step
    found = row[place] if 0 <= place < len(row) else None
    return found if found and corpus.event(found).date else None


def _order(corpus: Corpus, ref: Ref) -> tuple[tuple[Day, Day, str], Ref]:
    return by_date(corpus.event(ref).date, ref)


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


def topic_view(
    corpus: Corpus, ref: Ref, topic: Topic, narrower: Mapping[Ref, list[Ref]], about: Mapping[Ref, Sequence[Utterance]]
) -> View:
    """The page of a topic: how it stands, how it developed, and what was said; `about` are the words on each topic."""
    entry = common(
        corpus,
        ref,
        (
            fact("Type", topic.type),
            fact("Signed", topic.signed),
            fact("Parties", *corpus.links(topic.parties)),
            fact("Part of", linked(corpus, topic.broader)),
            fact("Within it", *corpus.links(narrower.get(ref, ()))),
            fact("Related", *corpus.links(other for other in topic.related if other not in narrower.get(ref, ()))),
        ),
    )
    years, earlier = recent(corpus, ref)
    said = fragments(quotes(corpus, latest_first(about.get(ref, ()))))[0]
    reports = corpus.reports_of.get(ref, ())
    data = TopicData(
        entry=entry,
        status=topic.status or "",
        voices=voices(said[:SAID_SHOWN]),
        more_quotes=max(0, len(said) - SAID_SHOWN),
        timeline=years,
        earlier=earlier,
        reports=article_lines(corpus, reports[-ARTICLES_SHOWN:]),
        report_pages=steps(listed(corpus, f"{ref}/reports", reports[::-1])),
        report_count=len(reports),
    )
    return view(corpus, ref, data)


def claim_view(corpus: Corpus, ref: Ref, claim: Claim) -> View:
    """The page of a claim: both sides, quoted, with the assessment."""
    entry = common(corpus, ref, (fact("About", *corpus.links(claim.about)),))
    both = dispute(corpus, ref)
    data = ClaimData(
        entry=entry,
        dispute=both,
        scale=tuple((band, band == claim.likelihood) for band in BANDS) if claim.likelihood else (),
        percent=BANDS[claim.likelihood] if claim.likelihood else "",
        summary=entry.summary if claim.summary != both.statement else (),
        assessment=prose(corpus, ref, claim.assessment or ""),
    )
    return view(corpus, ref, data, description=claim.statement or "")
