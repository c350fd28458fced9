"""Lists of everything: an index for each kind, cut into pages where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Dispute, Happening, Inline, Link, View
from dossier.schema import KINDS, Claim, Country, Event, Kind, Organization, Person, Source, Topic
from dossier.value import by_fields
from dossier.views.chronicle import happening
from dossier.views.corpus import Corpus
from dossier.views.flags import SMALL, flag_of
from dossier.views.passages import dispute
from dossier.views.periods import year_label
from dossier.views.sources import Press, Profile, profile, unlisted

#: How many lines a page may list; a longer list is cut by letter or year, and these again.
LONGEST = 250
#: From how many lines on a list by name has headings for its letters.
LETTERED = 50
#: How many lines stand on the first page of a list that is cut: the newest, or what is named most.
FIRST = 50


@by_fields
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
    profile: Profile | None = None
    region: str = ""
    flag: Inline = ""


@dataclass(frozen=True, slots=True)
class IndexData:
    """What an index shows: its lines in groups, or where its pages are.

    A group has a letter or a year for its label, or none where the list is not divided.
    `count` is the number of all lines, `shown` of those on this page, `order` the column they are in order of (with
    a minus: the largest first). `others` are publishers without an entry.
    """

    uri: str
    kind: str
    singular: str
    count: int
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    pages: tuple[tuple[Link, int], ...]
    shown: int
    order: str
    others: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """One of the pages that a long list is cut into; `name` is short: a letter or a year."""

    name: str
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
            cuts.append(Cut(f"{name}{part}", Link(f"{title}: {name}{part}", uri), members[n : n + LONGEST]))
    return tuple(cuts)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A page of an index before it is composed: which entries, in what order, and the ways to the other pages.

    `count` is the number of all entries; `headed`: whether the lines stand under letters or years.
    """

    kind: Kind
    link: Link
    refs: Sequence[Ref]
    order: str
    count: int
    pages: tuple[tuple[Link, int], ...]
    headed: bool
    others: tuple[Profile, ...] = ()


def index_pages(corpus: Corpus, known: Press) -> dict[str, IndexPage]:
    """The index of each kind, and the pages that it is cut into, by address."""
    return {page.link.uri: page for kind in KINDS for page in _pages(corpus, kind, known)}


def _pages(corpus: Corpus, kind: Kind, known: Press) -> Iterator[IndexPage]:
    dated = kind.folder in ("events", "articles")
    if kind.folder == "events":
        refs = list(reversed(corpus.events))
    elif kind.folder == "articles":
        refs = [r.article.ref for r in reversed(corpus.readings)]
    else:
        refs = corpus.of(kind.folder)
    cuts = cut(kind.plural, f"{kind.folder}/{'year' if dated else 'letter'}", refs, lambda ref: _label(corpus, ref))
    pages = tuple((Link(c.name, c.link.uri), len(c.refs)) for c in cuts)
    whole, first, order = Link(kind.plural, f"{kind.folder}/index.md"), refs, "-date" if dated else "name"
    if cuts and not dated:
        first, order = sorted(refs, key=lambda ref: -len(corpus.sightings.get(ref, ())))[:FIRST], "-mentions"
    elif cuts:
        first = refs[:FIRST]
    others = unlisted(corpus, known, FIRST) if kind.folder == "sources" else ()
    headed = dated or (len(first) > LETTERED and not cuts)
    yield IndexPage(kind, whole, first, order, len(refs), pages, headed, others)
    for c in cuts:
        yield IndexPage(kind, c.link, c.refs, "-date" if dated else "name", len(refs), pages, dated)


def index_view(corpus: Corpus, page: IndexPage, known: Press) -> View:
    """One of the pages of an index."""
    kind, link = page.kind, page.link
    rows = [_row(corpus, ref, known) for ref in page.refs]
    groups = groupby(rows, key=lambda row: _label(corpus, row.entry.ref) if row.entry.ref else "")
    grouped = tuple((label, tuple(group)) for label, group in groups) if page.headed else (("", tuple(rows)),)
    data = IndexData(
        link.uri,
        kind.plural,
        kind.singular,
        page.count,
        grouped if rows else (),
        page.pages,
        len(rows),
        page.order,
        page.others,
    )
    told = f"{len(rows):,} of the {kind.plural.lower()} of this dossier."
    return View(link.uri, link.text, "index", kind.index_template, data, kind.plural, told)


def _label(corpus: Corpus, ref: Ref) -> str:
    """The letter that an entry is filed under; the year, for what has a date."""
    if ref.kind == "events":
        return year_label(corpus.event(ref).date)
    if ref.kind == "articles":
        return year_label(corpus.reading_of[ref].article.date)
    letter = corpus.sort_name(ref)[:1].upper()
    return letter if letter.isalpha() else "#"


def _row(corpus: Corpus, ref: Ref, known: Press) -> Row:
    entry = corpus.entries[ref]
    sightings = corpus.sightings.get(ref, ())
    articles = len({s.article.ref for s in sightings})
    last = sightings[-1] if sightings else None
    link = corpus.paragraph_link(last.article, last.paragraph) if last else None
    when = last.article.date if last else None
    detail = ""
    country: Inline = ""
    source: Inline = ""
    flag: Inline = ""
    region = ""
    shown_event, shown_dispute, shown_profile = None, None, None
    match entry:
        case Person():
            detail = corpus.standing(ref)
            country = _first(corpus, entry.nationality)
        case Country():
            detail, region, flag = entry.capital or "", entry.region or "", flag_of(entry, SMALL) or ""
        case Organization():
            detail, country = entry.type or "", _first(corpus, (entry.country,))
        case Event():
            when, shown_event = entry.date, happening(corpus, ref)
        case Topic():
            detail = entry.status or entry.type or ""
        case Claim():
            shown_dispute = dispute(corpus, ref)
            cited = (*shown_dispute.supports, *shown_dispute.disputes, *shown_dispute.unclear)
            when = max((c.date for c in cited if c.date), key=lambda date: date.sort_key, default=None)
        case Source():
            shown_profile = profile(corpus, ref, entry, known)
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
        profile=shown_profile,
        region=region,
        flag=flag,
    )


def _first(corpus: Corpus, refs: Iterable[Ref | None]) -> Inline:
    """The first of these countries, as a link; nothing where there is none."""
    return next(iter(corpus.links(ref for ref in refs if ref)), "")
