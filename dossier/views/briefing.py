"""The front page: what happened, who matters, what is disputed, what is new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dossier.edtf import Date
from dossier.model import Ref, WrittenPage
from dossier.parts import ArticleLine, Dispute, Happening, Inline, Link, View
from dossier.schema import KINDS
from dossier.views.articles import published_by
from dossier.views.chronicle import gap, happening
from dossier.views.common import article_line
from dossier.views.corpus import Corpus, day
from dossier.views.events import sub_events
from dossier.views.passages import dispute, latest_first

EVENTS_SHOWN, PARTS_SHOWN, COMING_SHOWN, ARTICLES_SHOWN = 8, 6, 4, 8
PEOPLE_SHOWN, DISPUTES_SHOWN, NAMES_SHOWN = 10, 4, 4


@dataclass(frozen=True, slots=True)
class Figure:
    """Someone who matters: today's post, the latest event, how often named."""

    who: Link
    role: str
    latest: Link | None
    when: Date | None
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source, how many articles it has published and from when to when."""

    source: Inline
    articles: int
    first: Date | None
    last: Date | None


@dataclass(frozen=True, slots=True)
class BriefingData:
    """What the front page shows."""

    latest: tuple[Happening, ...]
    coming: tuple[Happening, ...]
    new: tuple[ArticleLine, ...]
    people: tuple[Figure, ...]
    disputes: tuple[Dispute, ...]
    more_disputes: int
    counts: tuple[tuple[Link, int], ...]
    first: Date | None
    last: Date | None
    outlets: tuple[Outlet, ...]
    written: tuple[Link, ...]
    quotations: int


def briefing_view(corpus: Corpus, written: Sequence[WrittenPage]) -> View:
    """The front page."""
    today = day(corpus.today)
    parts = sub_events(corpus)
    dated = [(ref, date) for ref in corpus.events if (date := corpus.event(ref).date) is not None]
    coming = [ref for ref, date in dated if date.earliest and date.earliest > today]
    past = [ref for ref, date in dated if not date.earliest or date.earliest <= today]
    latest = _whole(corpus, past)[-EVENTS_SHOWN:]
    gaps = [gap(corpus.event(a).date, corpus.event(b).date) for a, b in pairwise(latest)]
    happened = (
        [
            happening(corpus, ref, since, parts=parts.get(ref, ())[:PARTS_SHOWN])
            for ref, since in zip(reversed(latest), ["", *reversed(gaps)], strict=True)
        ]
        if latest
        else []
    )
    claims = sorted(corpus.of("claims"), key=lambda ref: (-_sides(corpus, ref), corpus.sort_name(ref)))
    counts = Counter(ref.kind for ref in corpus.pages)
    days = [r.article.date for r in corpus.readings if r.article.date]
    data = BriefingData(
        latest=tuple(happened),
        coming=tuple(happening(corpus, ref) for ref in coming[:COMING_SHOWN]),
        new=tuple(_news(corpus, r.article.ref) for r in corpus.readings[::-1][:ARTICLES_SHOWN]),
        people=_figures(corpus),
        disputes=tuple(dispute(corpus, ref) for ref in claims[:DISPUTES_SHOWN]),
        more_disputes=max(0, len(claims) - DISPUTES_SHOWN),
        counts=tuple((Link(k.plural, f"{k.folder}/index.md"), counts[k.folder]) for k in KINDS if counts[k.folder]),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        outlets=_outlets(corpus),
        written=tuple(Link(_title(page), page.path) for page in written if page.path != "index.md"),
        quotations=len(latest_first(corpus.utterances)),
    )
    return View(
        "index.md", "Briefing", "home", "index.md.j2", data, "Briefing", "What happened, who matters, what is disputed."
    )


def _whole(corpus: Corpus, events: Sequence[Ref]) -> list[Ref]:
    """The events that are not part of another one of them."""
    known = set(events)
    return [ref for ref in events if corpus.event(ref).part_of not in known]


def _sides(corpus: Corpus, ref: Ref) -> int:
    """2 for a claim with evidence on both sides, 1 for one with evidence on one, 0 for none."""
    found = dispute(corpus, ref)
    return bool(found.supports) + bool(found.disputes)


def _news(corpus: Corpus, ref: Ref) -> ArticleLine:
    """An article with the entries it names most."""
    counts = Counter(
        m.ref for m in corpus.reading_of[ref].annotation.mentions if m.ref in corpus.pages and m.ref.kind != "articles"
    )
    top = sorted(counts, key=lambda r: (-counts[r], r))[:NAMES_SHOWN]
    return replace(article_line(corpus, ref), names=tuple(corpus.page(r) for r in top))


def _figures(corpus: Corpus) -> tuple[Figure, ...]:
    """The people named in most articles, those in the most events first among equals."""
    figures: list[tuple[int, int, int, str, Figure]] = []
    for ref in corpus.of("people"):
        sightings = corpus.sightings.get(ref, ())
        events = [
            e
            for e in corpus.events_of.get(ref, ())
            if (date := corpus.event(e).date) and date.earliest and date.earliest <= day(corpus.today)
        ]
        articles = len({s.article.ref for s in sightings})
        if not articles:
            continue
        latest = events[-1] if events else None
        figure = Figure(
            corpus.page(ref),
            corpus.standing(ref),
            corpus.page(latest) if latest else None,
            corpus.event(latest).date if latest else None,
            articles,
            len(sightings),
        )
        figures.append((-articles, -len(sightings), -len(events), corpus.sort_name(ref), figure))
    figures.sort(key=lambda f: f[:4])
    return tuple(figure for *_, figure in figures[:PEOPLE_SHOWN])


def _outlets(corpus: Corpus) -> tuple[Outlet, ...]:
    """The sources by the number of their articles."""
    named: dict[str | Ref, list[Ref]] = defaultdict(list)
    for ref, articles in published_by(corpus).items():
        named[ref if ref in corpus.entries else ""] += articles
    for reading in reversed(corpus.readings):
        if reading.article.source is None:
            named[reading.article.source_name or ""].append(reading.article.ref)
    rows = []
    for source, articles in named.items():
        days = [d for a in articles if (d := corpus.reading_of[a].article.date)]
        name: Inline = (corpus.link(source) or "") if isinstance(source, Ref) else source
        rows.append(Outlet(name, len(articles), days[-1] if days else None, days[0] if days else None))
    rows.sort(key=lambda row: -row.articles)
    return tuple(rows)


def _title(page: WrittenPage) -> str:
    """The first heading of a page written by hand, or its file name in words."""
    for line in page.markdown.splitlines():
        if line.startswith("# "):
            return line[2:].strip().rstrip("#").strip()
    stem = page.path.rpartition("/")[2].removesuffix(".md")
    return stem.replace("-", " ").capitalize()
