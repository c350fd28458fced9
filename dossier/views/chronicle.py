"""Events in order, and who occurs with whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from dossier.edtf import Date, Day, year_words
from dossier.model import Ref
from dossier.parts import Attendance, Companion, Happening, Link, Words, Year
from dossier.schema import Event, Person
from dossier.views.corpus import Corpus, day

COMPANIONS_SHOWN = 15
BEFORE_SHOWN = 4  # shared events before the latest
NEVER: Day = (-(10**9), 1, 1)
EVENTS_SHOWN = 60
PEOPLE_SHOWN, SOURCES_SHOWN = 12, 6  # in a line of a timeline
_LONG = 60  # days after which a timeline says how much time has passed


def recent(corpus: Corpus, ref: Ref) -> tuple[tuple[Year, ...], tuple[tuple[Link, int], ...]]:
    """The timeline of an entry's own page and, where it has more events than that, the pages that have all of them."""
    events = corpus.events_of.get(ref, ())
    all_of_them = corpus.events_on.get(ref, ()) if len(events) > EVENTS_SHOWN else ()
    return timeline(corpus, events[-EVENTS_SHOWN:], without=ref), all_of_them


def timeline(corpus: Corpus, events: Iterable[Ref], without: Ref | None = None) -> tuple[Year, ...]:
    """Events in order, grouped by year; `without` is left out of the participants (it is its own page)."""
    happenings: list[Happening] = []
    before: Date | None = None
    for ref in events:
        event = corpus.event(ref)
        happenings.append(happening(corpus, ref, gap(before, event.date), without))
        before = event.date or before
    return tuple(
        Year(label, tuple(group))
        for label, group in groupby(
            happenings, key=lambda h: "Undated" if h.when is None or h.when.year is None else year_words(h.when.year)
        )
    )


def happening(
    corpus: Corpus, ref: Ref, since: str = "", without: Ref | None = None, parts: Iterable[Ref] = ()
) -> Happening:
    """An event as a line of a timeline, with links to its `parts`."""
    event = corpus.event(ref)
    who = corpus.links(dict.fromkeys(p.who for p in event.participants if p.who != without))
    sources: dict[Link, None] = {}
    for citation in event.citations:
        reading = corpus.reading_of.get(citation.article)
        if reading:
            paragraph = corpus.find(citation.article, citation.quote)
            sources[corpus.cite(reading.article, paragraph, citation.quote or "")] = None
    return Happening(
        event.date,
        precision(event.date),
        corpus.page(ref),
        event.summary or "",
        place(corpus, event),
        who[:PEOPLE_SHOWN],
        event.type or "",
        since,
        tuple(corpus.page(claim) for claim in corpus.claims_about.get(ref, ())),
        tuple(sources)[:SOURCES_SHOWN],
        tuple(corpus.page(part) for part in parts),
        max(0, len(who) - PEOPLE_SHOWN),
        max(0, len(sources) - SOURCES_SHOWN),
    )


def place(corpus: Corpus, event: Event) -> Words:
    """Where an event happened: its location and its country, the country not twice."""
    country = corpus.link(event.country) if event.country else None
    if country is None:
        return (event.location,) if event.location else ()
    name = country if isinstance(country, str) else getattr(country, "text", "")
    if not event.location or event.location.casefold() == name.casefold():
        return (country,)
    return (event.location, ", ", country)


def precision(when: Date | None) -> str:
    """What is inexact about a date, in a word; nothing where it is one day.

    >>> from dossier.edtf import parse
    >>> [precision(parse(d)) for d in ("2022-09-22", "2022-07", "2022-07~", "2022-02-24/..", "../2022")]
    ['', 'month', 'about', 'open', 'until']
    """
    if when is None:
        return "undated"
    if when.approximate or when.uncertain:
        return "about"
    if when.precision == "interval":
        return "until" if when.earliest is None else "open" if when.latest is None else "span"
    return "" if when.precision == "day" else when.precision


def gap(before: Date | None, after: Date | None) -> str:
    """How much time lies between two events, in words; nothing where it is short or unknown.

    >>> from dossier.edtf import parse
    >>> gap(parse("2022-02-24"), parse("2022-07")), gap(parse("2022-07"), parse("2022-07-03"))
    ('4 months', '')
    >>> gap(parse("1987"), parse("2022-01"))
    '34 years'
    """
    if not (before and after and before.latest and after.earliest):
        return ""
    (y1, m1, d1), (y2, m2, d2) = before.latest, after.earliest
    if (y2 - y1) * 365 + (m2 - m1) * 30 + d2 - d1 < _LONG:
        return ""
    months = (y2 - y1) * 12 + m2 - m1 - (d2 < d1)
    return f"{months} months" if months < 24 else f"{months // 12} years"


def companions(corpus: Corpus, ref: Ref, kinds: tuple[str, ...]) -> tuple[Companion, ...]:
    """Who an entry occurs with: in events both took part in, and in paragraphs that name both.

    The most shared events come first, then the most shared paragraphs. An event that is still to come is not
    shared yet.
    """
    together: dict[Ref, list[Ref]] = {}
    for event_ref in corpus.events_of.get(ref, ()):
        event = corpus.event(event_ref)
        taking_part = {p.who for p in event.participants} | {p.on_behalf_of for p in event.participants}
        if ref not in taking_part or to_come(event.date, corpus.today):
            continue
        for other in taking_part:
            if other is not None and other != ref:
                together.setdefault(other, []).append(event_ref)
    paragraphs = corpus.shared_paragraphs.get(ref, {})
    own = _own(corpus, ref)
    others = [r for r in {*together, *paragraphs} if r.kind in kinds and r in corpus.pages and r not in own]
    others.sort(key=lambda r: (-len(together.get(r, ())), -paragraphs.get(r, 0), corpus.sort_name(r), r))
    return tuple(
        _companion(corpus, other, together.get(other, ()), paragraphs.get(other, 0))
        for other in others[:COMPANIONS_SHOWN]
    )


def _companion(corpus: Corpus, who: Ref, events: Sequence[Ref], paragraphs: int) -> Companion:
    dated = [(corpus.page(ref), when) for ref in events if (when := corpus.event(ref).date)]
    newest = sorted(dated, key=lambda event: _ended(event[1]), reverse=True)
    latest, when = newest[0] if newest else (None, None)
    before = tuple(newest[1 : 1 + BEFORE_SHOWN])
    return Companion(corpus.page(who), corpus.standing(who), len(events), latest, when, paragraphs, before)


def _ended(when: Date) -> tuple[Day, Day]:
    """When an event was over, as far as is known: what lies in a longer time is not later than its beginning tells."""
    first, last = when.earliest or when.latest, when.latest or when.earliest
    exact = when.precision in ("day", "interval") and when.latest is not None
    return (last if exact and last else first or NEVER), first or NEVER


def _own(corpus: Corpus, ref: Ref) -> set[Ref | None]:
    """The countries and organizations that a person stands for, who goes with them as a matter of course."""
    person = corpus.entries[ref]
    if not isinstance(person, Person):
        return set()
    return {*person.nationality, *(r for p in person.positions for r in (p.country, p.organization))}


def to_come(when: Date | None, today: dt.date) -> bool:
    """Whether an event is still to come; one without a date has happened."""
    return bool(when and when.earliest and when.earliest > day(today))


def attendance(corpus: Corpus, event: Event) -> tuple[Attendance, ...]:
    """Who took part in an event; withheld participants are left out."""
    rows = []
    for participant in event.participants:
        who = corpus.link(participant.who)
        if who is not None:
            behalf = corpus.link(participant.on_behalf_of) if participant.on_behalf_of else None
            role, stance = participant.role or "", participant.stance or ""
            position = corpus.position(participant.who, event.date)
            post = position.title if position and behalf else corpus.role(participant.who, event.date)
            rows.append(Attendance(who, post, "" if role == post else role, behalf or "", stance))
    return tuple(rows)
