"""Lists of everything: an index for each kind and the timeline, cut into pages where they are long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import ArticleLine, Dispute, Happening, Inline, Link, View, Year
from dossier.schema import KINDS, Claim, Country, Event, Kind, Organization, Person, Source, Topic
from dossier.views.articles import RELIABILITY, published_by
from dossier.views.chronicle import happening, timeline
from dossier.views.common import article_line
from dossier.views.corpus import Corpus
from dossier.views.passages import dispute

#: How many lines a page may list; a longer list is cut by letter or year, and these again.
LONGEST = 250
#: From how many lines on a list by name has headings for its letters.
LETTERED = 50
#: How many of the newest lines stand on the first page of a list that is cut.
NEWEST = 50
ARTICLES_BESIDE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an index: the entry, what it is, and where it last came up."""

    entry: Link
    detail: str
    country: Inline
    summary: str
    events: int
    mentions: int
    articles: int
    reports: int
    last: Link | None
    when: Date | None
    happening: Happening | None = None
    dispute: Dispute | None = None
    source: Inline = ""


@dataclass(frozen=True, slots=True)
class IndexData:
    """What an index shows: its lines in groups, or where its pages are.

    A group has a letter or a year for its label, or none where the list is not divided.
    `count` is the number of all lines; `whole` leads from one of several pages to the first.
    """

    kind: str
    singular: str
    count: int
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    pages: tuple[tuple[Link, int], ...]
    whole: Link | None


@dataclass(frozen=True, slots=True)
class TimelineData:
    """What the timeline shows, or one of its pages."""

    years: tuple[Year, ...]
    count: int
    pages: tuple[tuple[Link, int], ...]
    whole: Link | None
    articles: tuple[ArticleLine, ...]
    more_articles: int


@dataclass(frozen=True, slots=True)
class Cut:
    """One of the pages that a long list is cut into."""

    link: Link
    refs: tuple[Ref, ...]


def cut(title: str, folder: str, refs: Sequence[Ref], label: Callable[[Ref], str]) -> tuple[Cut, ...]:
    """The pages that a list is cut into, by its labels; none where it is short enough for one."""
    if len(refs) <= LONGEST:
        return ()
    cuts = []
    for name, group in groupby(refs, key=label):
        members = tuple(group)
        slug = name.lower() if name.isascii() and name.isalnum() else "-".join(f"{ord(c):x}" for c in name)
        for n in range(0, len(members), LONGEST):
            part = "" if len(members) <= LONGEST else f" ({n // LONGEST + 1})"
            uri = f"{folder}/{slug}{f'-{n // LONGEST + 1}' if part else ''}.md"
            cuts.append(Cut(Link(f"{title}: {name}{part}", uri), members[n : n + LONGEST]))
    return tuple(cuts)


def timeline_views(corpus: Corpus) -> tuple[View, ...]:
    """All events in order; beside them, when the articles were published."""
    latest = [article_line(corpus, r.article.ref) for r in corpus.readings[::-1][:ARTICLES_BESIDE]]
    more, count = len(corpus.readings) - len(latest), len(corpus.events)
    cuts = cut("Timeline", "timeline", corpus.events, lambda ref: year_of(corpus.event(ref).date))
    pages = tuple((c.link, len(c.refs)) for c in cuts)
    shown = corpus.events[-NEWEST:] if cuts else corpus.events
    first = TimelineData(timeline(corpus, shown), count, pages, None, tuple(latest), more)
    whole = Link("Timeline", "timeline.md")
    return (
        View("timeline.md", "Timeline", "view", "timeline.md.j2", first, "Timeline", "Every event, with its sources."),
        *(
            View(
                c.link.uri,
                c.link.text,
                "view",
                "timeline.md.j2",
                TimelineData(timeline(corpus, c.refs), count, pages, whole, (), 0),
                "Timeline",
                f"{len(c.refs)} events, with their sources.",
            )
            for c in cuts
        ),
    )


def index_views(corpus: Corpus) -> tuple[View, ...]:
    """The index of each kind."""
    published = published_by(corpus)
    return tuple(view for kind in KINDS for view in _index(corpus, kind, published))


def _index(corpus: Corpus, kind: Kind, published: dict[Ref, list[Ref]]) -> tuple[View, ...]:
    dated = kind.folder in ("events", "articles")
    if kind.folder == "events":
        refs = list(reversed(corpus.events))
    elif kind.folder == "articles":
        refs = [r.article.ref for r in reversed(corpus.readings)]
    else:
        refs = corpus.of(kind.folder)
    cuts = cut(kind.plural, f"{kind.folder}/{'year' if dated else 'letter'}", refs, lambda ref: _label(corpus, ref))
    pages = tuple((c.link, len(c.refs)) for c in cuts)
    whole = Link(kind.plural, f"{kind.folder}/index.md")

    def made(link: Link, shown: Sequence[Ref], whole: Link | None) -> View:
        rows = [_row(corpus, ref, published) for ref in shown]
        groups = groupby(rows, key=lambda row: _label(corpus, row.entry.ref) if row.entry.ref else "")
        headed = dated or (len(rows) > LETTERED and whole is None)
        grouped = tuple((label, tuple(group)) for label, group in groups) if headed else (("", tuple(rows)),)
        data = IndexData(kind.plural, kind.singular, len(refs), grouped if rows else (), pages, whole)
        return View(
            link.uri,
            link.text,
            "index",
            kind.index_template,
            data,
            kind.plural,
            f"{len(shown):,} of the {kind.plural.lower()} of this dossier.",
        )

    first = refs if not cuts else refs[:NEWEST] if dated else []
    return made(whole, first, None), *(made(c.link, c.refs, whole) for c in cuts)


def year_of(when: Date | None) -> str:
    """The year of a date as a heading."""
    return str(when.year) if when and when.year is not None else "Undated"


def _label(corpus: Corpus, ref: Ref) -> str:
    """The letter that an entry is filed under; the year, for what has a date."""
    if ref.kind == "events":
        return year_of(corpus.event(ref).date)
    if ref.kind == "articles":
        return year_of(corpus.reading_of[ref].article.date)
    letter = corpus.sort_name(ref)[:1].upper()
    return letter if letter.isalpha() else "#"


def _row(corpus: Corpus, ref: Ref, published: dict[Ref, list[Ref]]) -> Row:
    entry = corpus.entries[ref]
    sightings = corpus.sightings.get(ref, ())
    articles = len({s.article.ref for s in sightings})
    last = sightings[-1] if sightings else None
    link = corpus.paragraph_link(last.article, last.paragraph) if last else None
    when = last.article.date if last else None
    detail = ""
    country: Inline = ""
    source: Inline = ""
    shown_event, shown_dispute = None, None
    match entry:
        case Person():
            detail = corpus.standing(ref)
            country = _first(corpus, entry.nationality)
        case Country():
            detail = entry.capital or ""
        case Organization():
            detail, country = entry.type or "", _first(corpus, (entry.country,))
        case Event():
            when, shown_event = entry.date, happening(corpus, ref)
        case Topic():
            detail = entry.status or entry.type or ""
        case Claim():
            shown_dispute = dispute(corpus, ref)
        case Source():
            detail = RELIABILITY[entry.reliability] if entry.reliability else ""
            country = _first(corpus, (entry.country,))
            mine = published.get(ref, [])
            articles = len(mine)
            link = corpus.page(mine[0]) if mine else None
            when = corpus.reading_of[mine[0]].article.date if mine else None
        case _:
            article = corpus.reading_of[ref].article
            when, source = article.date, corpus.source(article)
    return Row(
        entry=corpus.page(ref),
        detail=detail,
        country=country,
        summary=entry.summary or "",
        events=len(corpus.events_of.get(ref, ())),
        mentions=len(sightings),
        articles=articles,
        reports=len(corpus.reports_of.get(ref, ())),
        last=link,
        when=when,
        happening=shown_event,
        dispute=shown_dispute,
        source=source,
    )


def _first(corpus: Corpus, refs: Iterable[Ref | None]) -> Inline:
    """The first of these countries, as a link; nothing where there is none."""
    return next(iter(corpus.links(ref for ref in refs if ref)), "")
