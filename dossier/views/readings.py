"""What the readings say of the entries, indexed once: who is mentioned and quoted where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from dossier.edtf import Date, Day
from dossier.model import Article, Mention, Paragraph, Quotation, Reading, Ref, Statement

AGENTS = ("people", "organizations", "countries")
_CROWD = 12  # a paragraph that names more than this is a list: it says nothing of who occurs with whom
_UNDATED = ((10**9, 1, 1), (10**9, 12, 31), "")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention and where it stands."""

    article: Article
    paragraph: Paragraph
    mention: Mention


@dataclass(frozen=True, slots=True)
class Utterance:
    """A quotation and where it stands."""

    article: Article
    paragraph: Paragraph
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class Telling:
    """An indirect statement and where it stands."""

    article: Article
    paragraph: Paragraph
    statement: Statement


@dataclass(frozen=True, slots=True)
class Index:
    """What the readings say of the entries, whatever the entries say themselves. Its parts are those of `Corpus`.

    `named` are the entries that are named or quoted anywhere. `answers` are what was found out about it before.
    """

    readings: tuple[Reading, ...]
    reading_of: Mapping[Ref, Reading] = field(repr=False)
    sightings: Mapping[Ref, tuple[Sighting, ...]] = field(repr=False)
    utterances: tuple[Utterance, ...] = field(repr=False)
    said_in: Mapping[Ref, tuple[Utterance, ...]] = field(repr=False)
    spoken: Mapping[Ref, tuple[Utterance, ...]] = field(repr=False)
    told_in: Mapping[Ref, tuple[Telling, ...]] = field(repr=False)
    told_of: Mapping[Ref, tuple[Telling, ...]] = field(repr=False)
    shared_paragraphs: Mapping[Ref, Mapping[Ref, int]] = field(repr=False)
    named: frozenset[Ref] = field(repr=False)
    answers: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)


def indexed(entries: Set[Ref], readings: Sequence[Reading]) -> Index:
    """What the readings say of these entries; time and memory are linear in the number of mentions."""
    ordered = tuple(sorted(readings, key=lambda r: by_date(r.article.date, r.article.ref)))
    ordered = tuple(r for r in ordered if r.article.ref in entries)
    sightings: dict[Ref, list[Sighting]] = defaultdict(list)
    said_in: dict[Ref, list[Utterance]] = defaultdict(list)
    spoken: dict[Ref, list[Utterance]] = defaultdict(list)
    told_in: dict[Ref, list[Telling]] = defaultdict(list)
    told_of: dict[Ref, list[Telling]] = defaultdict(list)
    utterances: list[Utterance] = []
    shared: dict[Ref, Counter[Ref]] = defaultdict(Counter)
    for reading in ordered:
        article = reading.article
        named: dict[int, dict[Ref, None]] = defaultdict(dict)
        for mention, paragraph in zip(
            reading.annotation.mentions,
            _paragraphs(article, [m.start for m in reading.annotation.mentions]),
            strict=True,
        ):
            if mention.ref in entries:
                sightings[mention.ref].append(Sighting(article, paragraph, mention))
                if mention.ref.kind in AGENTS:
                    named[paragraph.n][mention.ref] = None
        for refs in named.values():
            if len(refs) <= _CROWD:
                for a in refs:
                    shared[a].update(b for b in refs if b != a)
        quotations = sorted(reading.quotations, key=lambda q: q.start)
        for quotation, paragraph in zip(quotations, _paragraphs(article, [q.start for q in quotations]), strict=True):
            utterance = Utterance(article, paragraph, quotation)
            utterances.append(utterance)
            said_in[article.ref].append(utterance)
            if quotation.speaker in entries and quotation.speaker is not None:
                spoken[quotation.speaker].append(utterance)
        for statement, paragraph in zip(
            reading.statements, _paragraphs(article, [s.start for s in reading.statements]), strict=True
        ):
            if statement.speaker is None or statement.speaker in entries:
                telling = Telling(article, paragraph, statement)
                told_in[article.ref].append(telling)
                if statement.speaker is not None:
                    told_of[statement.speaker].append(telling)
    return Index(
        readings=ordered,
        reading_of={reading.article.ref: reading for reading in ordered},
        sightings={ref: tuple(found) for ref, found in sightings.items()},
        utterances=tuple(utterances),
        said_in={ref: tuple(found) for ref, found in said_in.items()},
        spoken={ref: tuple(found) for ref, found in spoken.items()},
        told_in={ref: tuple(found) for ref, found in told_in.items()},
        told_of={ref: tuple(found) for ref, found in told_of.items()},
        shared_paragraphs=shared,
        named=frozenset((*sightings, *spoken)),
    )


def by_date(when: Date | None, ref: Ref) -> tuple[tuple[Day, Day, str], Ref]:
    """Order by the earliest day; what has no date comes last."""
    return (when.sort_key if when else _UNDATED), ref


def _paragraphs(article: Article, offsets: Sequence[int]) -> list[Paragraph]:
    """The paragraph of each offset, in one pass; offsets must ascend."""
    found, place = [], 0
    for offset in offsets:
        while place + 1 < len(article.paragraphs) and article.paragraphs[place + 1].start <= offset:
            place += 1
        found.append(article.paragraphs[place])
    return found
