"""Everything that is published, indexed once: who is mentioned where, and what points to what."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from dossier import passage
from dossier.edtf import Date, Day
from dossier.model import Annotation, Article, Paragraph, Reading, Ref
from dossier.parts import Inline, Link
from dossier.schema import ArticleEntry, Claim, Country, Entries, Entry, Event, Named, Person, Position, Topic
from dossier.views.readings import Index, Sighting, Telling, Utterance, by_date

#: What names what in a text that is not an article's, its markup left alone.
Annotate = Callable[[str], Annotation]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The published entries and readings, with the indexes that the pages are made from.

    Readings and what comes from them are in order of the articles' dates, undated ones last;
    events likewise. `pages` are the entries that have a page.
    """

    entries: Entries
    readings: Sequence[Reading]
    pages: Set[Ref]
    day: dt.date
    reading_of: Mapping[Ref, Reading] = field(repr=False)
    sightings: Mapping[Ref, tuple[Sighting, ...]] = field(repr=False)
    utterances: Sequence[Utterance] = field(repr=False)
    said_in: Mapping[Ref, tuple[Utterance, ...]] = field(repr=False)
    spoken: Mapping[Ref, tuple[Utterance, ...]] = field(repr=False)
    told_in: Mapping[Ref, tuple[Telling, ...]] = field(repr=False)
    told_of: Mapping[Ref, tuple[Telling, ...]] = field(repr=False)
    events: Sequence[Ref] = field(repr=False)
    events_of: Mapping[Ref, tuple[Ref, ...]] = field(repr=False)
    claims_about: Mapping[Ref, tuple[Ref, ...]] = field(repr=False)
    shared_paragraphs: Mapping[Ref, Mapping[Ref, int]] = field(repr=False)
    reports_of: Mapping[Ref, tuple[Ref, ...]] = field(repr=False)
    #: The articles, or the events, that come before and after each in time.
    beside: Mapping[Ref, tuple[Ref | None, Ref | None]] = field(repr=False)
    #: The quotations whose words may be shown, the latest first, none twice.
    quotable: Sequence[Utterance] = field(default=(), repr=False)
    #: The topics that the paragraphs of an article are about, by number.
    topics_at: Mapping[Ref, Mapping[int, tuple[Ref, ...]]] = field(default_factory=dict, repr=False)
    #: For each entry the places of the timeline that have its events, and how many; the same of its quotations.
    events_on: Mapping[Ref, tuple[tuple[Link, int], ...]] = field(default_factory=dict, repr=False)
    quotes_on: Mapping[Ref, tuple[tuple[Link, int], ...]] = field(default_factory=dict, repr=False)
    annotate: Annotate = field(default=lambda _: Annotation(), repr=False, compare=False)
    #: Where words were found before: many pages cite the same passage.
    places: dict[tuple[Ref, str], Paragraph | None] = field(default_factory=dict, repr=False, compare=False)
    #: The links that were made before: many pages have the same.
    known: dict[Ref, Link] = field(default_factory=dict, repr=False, compare=False)
    #: What was found out about the readings before (see `Index`).
    answers: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def today(self) -> dt.date:
        """The day that the pages are made for."""
        return self.day

    def of(self, kind: str) -> list[Ref]:
        """The entries of a kind that have a page, by name."""
        return sorted((ref for ref in self.pages if ref.kind == kind), key=lambda ref: (self.sort_name(ref), ref))

    def get(self, ref: Ref) -> Entry | None:
        """The entry, or None where it is withheld."""
        return self.entries.get(ref)

    def event(self, ref: Ref) -> Event:
        """The event of this reference; KeyError if it is not published."""
        entry = self.entries[ref]
        if not isinstance(entry, Event):
            raise KeyError(ref)
        return entry

    def name(self, ref: Ref) -> str:
        """What an entry is called; an article by its headline."""
        entry = self.entries[ref]
        if isinstance(entry, Named):
            return entry.name
        reading = self.reading_of.get(ref)
        return reading.article.title if reading else ref.id

    def sort_name(self, ref: Ref) -> str:
        """What an entry is sorted by: people by their family name."""
        entry = self.entries[ref]
        name = self.name(ref)
        if isinstance(entry, Person) and entry.family_name:
            name = f"{entry.family_name} {entry.given_name or name}"
        return name.casefold().removeprefix("the ")

    def link(self, ref: Ref) -> Inline | None:
        """A link to an entry, its bare name where it has no page, None where it is withheld."""
        if ref not in self.entries:
            return None
        if ref not in self.pages:
            return self.name(ref)
        return self.page(ref)

    def links(self, refs: Iterable[Ref]) -> tuple[Inline, ...]:
        """Links to the entries that are not withheld."""
        return tuple(link for ref in refs if (link := self.link(ref)) is not None)

    def page(self, ref: Ref, text: str = "", fragment: str = "") -> Link:
        """A link to the page of an entry that has one."""
        link = self.known.get(ref)
        if link is None:
            link = self.known[ref] = Link(self.name(ref), f"{ref}.md", "", ref)
        return Link(text or link.text, link.uri, fragment, ref) if text or fragment else link

    def paragraph_link(self, article: Article, paragraph: Paragraph | None) -> Link:
        """A link to a paragraph, where the page of the article shows it."""
        if paragraph is None:
            return self.page(article.ref, "article")
        shown = paragraph.n <= self.shown_paragraphs(article)
        return self.page(article.ref, f"¶{paragraph.n}", f"p{paragraph.n}" if shown else "")

    def cite(self, article: Article, paragraph: Paragraph | None, quoted: str = "") -> Link:
        """A link to a paragraph that says whose article it is in, with the words it is cited for."""
        link, source = self.paragraph_link(article, paragraph), self.source(article)
        name = source if isinstance(source, str) else source.text if isinstance(source, Link) else ""
        return replace(link, text=f"{name} {link.text}".strip(), quoted=excerpt(quoted))

    def find(self, article: Ref, words: str | None) -> Paragraph | None:
        """The paragraph of an article that says these words."""
        reading = self.reading_of.get(article)
        if reading is None or not words:
            return None
        if (article, words) not in self.places:
            found = passage.find(reading.article, words)
            self.places[article, words] = found.paragraph if found else None
        return self.places[article, words]

    def topics_of(self, article: Ref, paragraph: int) -> tuple[Ref, ...]:
        """The topics that a paragraph of an article is about."""
        return self.topics_at.get(article, {}).get(paragraph, ())

    def rights(self, article: Ref) -> str:
        """How much of an article's text the site may show: full, excerpt or metadata."""
        entry = self.entries.get(article)
        return entry.rights if isinstance(entry, ArticleEntry) else "full"

    def shown_paragraphs(self, article: Article) -> int:
        """How many paragraphs of an article the site shows."""
        return passage.shown(article, self.rights(article.ref))

    def may_show(self, article: Article, paragraph: Paragraph) -> bool:
        """Whether the site may print the words of a paragraph."""
        return paragraph.n <= self.shown_paragraphs(article)

    def source(self, article: Article) -> Inline:
        """Who published an article: a link where the source is an entry, or its name, or nothing."""
        if article.source is not None:
            return self.link(article.source) or ""
        return article.source_name or ""

    def position(self, ref: Ref, when: Date | dt.date | None) -> Position | None:
        """The post that a person held on a date (None: whichever is known), the first that fits."""
        entry = self.entries.get(ref)
        if not isinstance(entry, Person) or when is None:
            return None
        dated = [p for p in entry.positions if (p.start or p.end) and held(p, when)]
        return next(iter(dated or [p for p in entry.positions if not (p.start or p.end)]), None)

    def role(self, ref: Ref, when: Date | dt.date | None) -> str:
        """The title that a person bore on a date, with the country; empty where it is not known."""
        position = self.position(ref, when)
        return self._title(position) if position else ""

    def _title(self, position: Position) -> str:
        country = self.entries.get(position.country) if position.country else None
        if not isinstance(country, Country):
            return position.title
        title = position.title.casefold()
        told = any(word.casefold() in title for word in (country.name, *country.demonyms))
        return position.title if told else f"{position.title}, {country.name}"

    def standing(self, ref: Ref) -> str:
        """What a person is today or, where no post is known, was last: `formerly …`."""
        entry, role = self.entries.get(ref), self.role(ref, self.today)
        if role or not isinstance(entry, Person):
            return role
        ended = [p for p in entry.positions if p.end and p.end.earliest]
        last = max(ended, key=lambda p: p.end.sort_key if p.end else (), default=None)
        return f"formerly {self._title(last)}" if last else ""


def excerpt(words: str) -> str:
    """The beginning of a long quotation, cut between words.

    >>> excerpt("one " * 100)[-9:], len(excerpt("one " * 100)) <= QUOTED, excerpt("“No.”")
    ('one one …', True, '“No.”')
    """
    return textwrap.shorten(words, QUOTED, placeholder=" …")


QUOTED = 240  # characters of a quotation that a link carries along


def day(when: dt.date) -> Day:
    """A calendar day as EDTF dates count it."""
    return when.year, when.month, when.day


def held(position: Position, when: Date | dt.date) -> bool:
    """Whether a post may have been held on a date; an unknown start or end rules nothing out."""
    if isinstance(when, Date):
        first, last = when.earliest or when.latest, when.latest or when.earliest
    else:
        first = last = day(when)
    return position.held_between(first, last)


def gather(
    entries: Entries,
    index: Index,
    curated: frozenset[Ref],
    today: dt.date,
    annotate: Annotate = lambda _: Annotation(),
) -> Corpus:
    """What is published, with the indexes that the pages are made from."""
    events, events_of, claims_about = _subjects(entries)
    return Corpus(
        entries=entries,
        readings=index.readings,
        pages=with_pages(entries, index, curated),
        day=today,
        reading_of=index.reading_of,
        sightings=index.sightings,
        utterances=index.utterances,
        said_in=index.said_in,
        spoken=index.spoken,
        told_in=index.told_in,
        told_of=index.told_of,
        events=events,
        events_of=events_of,
        claims_about=claims_about,
        shared_paragraphs=index.shared_paragraphs,
        reports_of=_reports(entries, index.readings),
        beside={**_beside([*index.reading_of]), **_beside(events)},
        annotate=annotate,
        answers=index.answers,
    )


def with_pages(entries: Entries, index: Index, curated: frozenset[Ref]) -> frozenset[Ref]:
    """The entries that have a page: articles, and all others that are curated, named or quoted."""
    return frozenset(
        ref
        for ref in entries
        if ref in index.reading_of or (ref.kind != "articles" and (ref in curated or ref in index.named))
    )


def _beside(ordered: Sequence[Ref]) -> dict[Ref, tuple[Ref | None, Ref | None]]:
    """What comes before and after each in a row."""
    return {
        ref: (before, after)
        for before, ref, after in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False)
    }


def _subjects(
    entries: Entries,
) -> tuple[tuple[Ref, ...], Mapping[Ref, tuple[Ref, ...]], Mapping[Ref, tuple[Ref, ...]]]:
    """The events in order, the events that each entry has to do with, and the claims about each entry."""
    dated = sorted(
        ((ref, e) for ref, e in entries.items() if isinstance(e, Event)),
        key=lambda item: by_date(item[1].date, item[0]),
    )
    of: dict[Ref, list[Ref]] = defaultdict(list)
    for ref, event in dated:
        concerned: dict[Ref, None] = {}
        for participant in event.participants:
            concerned[participant.who] = None
            if participant.on_behalf_of:
                concerned[participant.on_behalf_of] = None
            person = entries.get(participant.who)
            if isinstance(person, Person) and event.date:
                for post in person.positions:
                    if (post.start or post.end) and held(post, event.date):
                        concerned.update({r: None for r in (post.country, post.organization) if r})
        concerned.update({r: None for r in (event.country, *event.topics) if r})
        for subject in concerned:
            of[subject].append(ref)
    about: dict[Ref, list[Ref]] = defaultdict(list)
    for ref, claim in sorted(((ref, e) for ref, e in entries.items() if isinstance(e, Claim)), key=lambda i: i[0]):
        for subject in dict.fromkeys(claim.about):
            about[subject].append(ref)
    return (
        tuple(ref for ref, _ in dated),
        {ref: tuple(refs) for ref, refs in of.items()},
        {ref: tuple(refs) for ref, refs in about.items()},
    )


def _reports(entries: Entries, readings: Sequence[Reading]) -> Mapping[Ref, tuple[Ref, ...]]:
    """The articles that report an event or treat a topic, as curated or as cited there, by date."""
    found: dict[Ref, dict[Ref, None]] = defaultdict(dict)
    cited: dict[Ref, list[Ref]] = defaultdict(list)
    for ref, entry in entries.items():
        if isinstance(entry, (Event, Topic)):
            for citation in entry.citations:
                cited[citation.article].append(ref)
    for reading in readings:
        article = entries.get(reading.article.ref)
        subjects = (*article.events, *article.topics) if isinstance(article, ArticleEntry) else ()
        for subject in (*subjects, *cited[reading.article.ref]):
            found[subject][reading.article.ref] = None
    return {ref: tuple(articles) for ref, articles in found.items()}
