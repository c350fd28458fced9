"""The front page: what is next, what happened, who matters now, what is disputed, what is new, who reported when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dossier.edtf import Date, Day, parse
from dossier.model import Ref, WrittenPage
from dossier.parts import ArticleLine, Dispute, Happening, Inline, Link, Quote, View
from dossier.schema import KINDS
from dossier.views.chronicle import gap, happening
from dossier.views.common import article_line
from dossier.views.corpus import Corpus, day
from dossier.views.events import sub_events
from dossier.views.intensity import Intensity, intensity
from dossier.views.passages import WHOLE, dispute, quotes
from dossier.views.readings import Utterance
from dossier.views.sources import outlets, published_by

EVENTS_SHOWN, PARTS_SHOWN, COMING_SHOWN, ARTICLES_SHOWN = 8, 6, 6, 8
PEOPLE_SHOWN, DISPUTES_SHOWN, NAMES_SHOWN, SOURCES_SHOWN, FIRST_NAMED_SHOWN, SAID_SHOWN = 10, 4, 4, 6, 8, 4
#: What is new: the articles of the last so many days before the newest.
NEW_DAYS = 7
#: Who matters now: whom the articles of the last so many days name, but at least so many articles.
NOW_DAYS, NOW_ARTICLES = 90, 20


@dataclass(frozen=True, slots=True)
class Coming:
    """An event that is still to come, and how long until then in words."""

    happening: Happening
    until: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Someone who matters: today's post, the latest event, how many of the newest articles and of all name them."""

    who: Link
    role: str
    latest: Link | None
    when: Date | None
    now: int
    articles: int


@dataclass(frozen=True, slots=True)
class News:
    """The newest articles: `number` of them, since `since`, are new, and name these for the first time."""

    since: Date | None
    number: int
    articles: tuple[ArticleLine, ...]
    first_named: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BriefingData:
    """What the front page shows.

    `since` are the events that lie after the newest article, up to today: none of the articles can report them.
    `now` is how many of the newest articles tell who matters.
    """

    today: Date
    coming: tuple[Coming, ...]
    more_coming: int
    since: tuple[Happening, ...]
    latest: tuple[Happening, ...]
    said: tuple[Quote, ...]
    news: News
    people: tuple[Figure, ...]
    now: int
    disputes: tuple[Dispute, ...]
    more_disputes: int
    counts: tuple[tuple[Link, int], ...]
    first: Date | None
    last: Date | None
    intensity: Intensity
    written: tuple[Link, ...]
    quotations: int


def briefing_view(corpus: Corpus, written: Sequence[WrittenPage]) -> View:
    """The front page."""
    today = day(corpus.today)
    days = [r.article.date for r in corpus.readings if r.article.date]
    newest = days[-1].latest if days else None
    coming, since, past = _split(corpus, today, newest)
    claims = sorted(corpus.of("claims"), key=lambda ref: (*_weight(corpus, ref), corpus.sort_name(ref)))
    counts = Counter(ref.kind for ref in corpus.pages)
    recent = _recent(corpus, NOW_DAYS, NOW_ARTICLES)
    data = BriefingData(
        today=parse(corpus.today.isoformat()),
        coming=tuple(Coming(happening(corpus, ref), _until(corpus, ref)) for ref in coming[:COMING_SHOWN]),
        more_coming=max(0, len(coming) - COMING_SHOWN),
        since=tuple(happening(corpus, ref) for ref in reversed(since[-EVENTS_SHOWN:])),
        latest=_latest(corpus, past),
        said=_said(corpus),
        news=_news(corpus),
        people=_figures(corpus, recent),
        now=len(recent),
        disputes=tuple(dispute(corpus, ref) for ref in claims[:DISPUTES_SHOWN]),
        more_disputes=max(0, len(claims) - DISPUTES_SHOWN),
        counts=tuple((Link(k.plural, f"{k.folder}/index.md"), counts[k.folder]) for k in KINDS if counts[k.folder]),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        intensity=intensity(corpus, _rows(corpus)),
        written=tuple(Link(_title(page), page.path) for page in written if page.path != "index.md"),
        quotations=len(corpus.quotable),
    )
    return View(
        "index.md", "Briefing", "home", "index.md.j2", data, "Briefing", "What happened, who matters, what is disputed."
    )


def _split(corpus: Corpus, today: Day, newest: Day | None) -> tuple[list[Ref], list[Ref], list[Ref]]:
    """The events after today, those after the newest article but not after today, and those before, each in order."""
    coming: list[Ref] = []
    since: list[Ref] = []
    past: list[Ref] = []
    for ref in corpus.events:
        date = corpus.event(ref).date
        if date is None:
            continue
        begins = date.earliest or (-(10**9), 1, 1)
        (coming if begins > today else since if newest and begins > newest else past).append(ref)
    return coming, since, past


def _until(corpus: Corpus, ref: Ref) -> str:
    """How long it is until an event, in words; nothing where its day is not known."""
    date = corpus.event(ref).date
    if date is None or date.earliest is None or date.precision not in ("day", "interval") or date.approximate:
        return ""
    days = (dt.date(*date.earliest) - corpus.today).days if date.earliest[0] <= dt.MAXYEAR else 0
    return "tomorrow" if days == 1 else f"in {days} days" if 0 < days < 100 else ""


def _latest(corpus: Corpus, past: Sequence[Ref]) -> tuple[Happening, ...]:
    """The latest of some events, the last first, each with its parts."""
    latest = _whole(corpus, past)[-EVENTS_SHOWN:]
    parts = sub_events(corpus)
    gaps = [gap(corpus.event(a).date, corpus.event(b).date) for a, b in pairwise(latest)]
    return tuple(
        happening(corpus, ref, since, parts=parts.get(ref, ())[:PARTS_SHOWN])
        for ref, since in zip(reversed(latest), ["", *reversed(gaps)], strict=bool(latest))
    )


def _whole(corpus: Corpus, events: Sequence[Ref]) -> list[Ref]:
    """The events that are not part of another one of them."""
    known = set(events)
    return [ref for ref in events if corpus.event(ref).part_of not in known]


def _weight(corpus: Corpus, ref: Ref) -> tuple[int, ...]:
    """Orders claims: evidence on both sides first, then what was cited last."""
    found = dispute(corpus, ref)
    sides = bool(found.supports) + bool(found.disputes)
    cited = (c.date for c in (*found.supports, *found.disputes, *found.unclear))
    latest = max((date.earliest for date in cited if date and date.earliest), default=(-(10**9), 1, 1))
    return -sides, *(-part for part in latest)


def _recent(corpus: Corpus, days: int, fewest: int) -> list[Ref]:
    """The articles of so many days before the newest, but at least so many articles; the latest first."""
    dated = [r.article for r in reversed(corpus.readings) if r.article.date and r.article.date.earliest]
    newest = dated[0].date.earliest if dated and dated[0].date else None
    if newest is None:
        return [r.article.ref for r in corpus.readings[::-1][:fewest]]
    start = day(dt.date(*newest) - dt.timedelta(days)) if 1 < newest[0] <= dt.MAXYEAR else newest
    recent = [a.ref for a in dated if a.date and a.date.earliest and a.date.earliest >= start]
    return recent if len(recent) >= fewest else [a.ref for a in dated[:fewest]]


def _news(corpus: Corpus) -> News:
    """What came in last. Where all articles are new, none is newer, and nothing is named for the first time."""
    new = _recent(corpus, NEW_DAYS, 1)
    among = set(new) if len(new) < len(corpus.readings) else set()
    first = {
        ref: len(seen)
        for ref, seen in corpus.sightings.items()
        if seen[0].article.ref in among and ref in corpus.pages and ref.kind != "articles"
    }
    named = sorted(first, key=lambda ref: (-first[ref], corpus.sort_name(ref), ref))
    shown = (_line(corpus, r.article.ref) for r in corpus.readings[::-1][:ARTICLES_SHOWN])
    since = corpus.reading_of[new[-1]].article.date if among else None
    return News(since, len(new), tuple(shown), tuple(corpus.page(ref) for ref in named[:FIRST_NAMED_SHOWN]))


def _said(corpus: Corpus) -> tuple[Quote, ...]:
    """The latest words of those who have an entry: of each the longest quotation of the last article that has one."""
    longest: dict[Ref, Utterance] = {}
    for utterance in corpus.quotable:
        who, words = utterance.quotation.speaker, utterance.quotation.text
        if who is None or who not in corpus.pages:
            continue
        known = longest.get(who)
        latest = len(longest) < SAID_SHOWN and len(words.split()) >= WHOLE
        if known:
            latest = known.article is utterance.article and len(words) > len(known.quotation.text)
        if latest:
            longest[who] = utterance
    return quotes(corpus, longest.values())


def _line(corpus: Corpus, ref: Ref) -> ArticleLine:
    """An article with the entries it names most."""
    counts = Counter(
        m.ref for m in corpus.reading_of[ref].annotation.mentions if m.ref in corpus.pages and m.ref.kind != "articles"
    )
    top = sorted(counts, key=lambda r: (-counts[r], r))[:NAMES_SHOWN]
    return replace(article_line(corpus, ref), names=tuple(corpus.page(r) for r in top))


def _figures(corpus: Corpus, recent: Sequence[Ref]) -> tuple[Figure, ...]:
    """The people that most of the newest articles name, and those named most in all among equals."""
    now: Counter[Ref] = Counter()
    for article in recent:
        now.update({m.ref for m in corpus.reading_of[article].annotation.mentions})
    people = [ref for ref in corpus.of("people") if ref in corpus.sightings]
    people.sort(key=lambda ref: (-now[ref], -len(corpus.sightings[ref]), corpus.sort_name(ref)))
    return tuple(_figure(corpus, ref, now[ref]) for ref in people[:PEOPLE_SHOWN])


def _figure(corpus: Corpus, ref: Ref, now: int) -> Figure:
    dated = [(e, date) for e in corpus.events_of.get(ref, ()) if (date := corpus.event(e).date) and date.earliest]
    latest, when = next(
        ((e, date) for e, date in reversed(dated) if date.earliest and date.earliest <= day(corpus.today)), (None, None)
    )
    articles = len({s.article.ref for s in corpus.sightings[ref]})
    return Figure(corpus.page(ref), corpus.standing(ref), corpus.page(latest) if latest else None, when, now, articles)


def _rows(corpus: Corpus) -> list[tuple[Inline, Sequence[Ref]]]:
    """The sources with most articles, and the others together."""
    rows = outlets(corpus, published_by(corpus))
    shown, rest = rows[:SOURCES_SHOWN], rows[SOURCES_SHOWN:]
    if len(rest) < 2:
        return rows
    return [*shown, (f"{len(rest)} others", [article for _, articles in rest for article in articles])]


def _title(page: WrittenPage) -> str:
    """The first heading of a page written by hand, or its file name in words."""
    for line in page.markdown.splitlines():
        if line.startswith("# "):
            return line[2:].strip().rstrip("#").strip()
    stem = page.path.rpartition("/")[2].removesuffix(".md")
    return stem.replace("-", " ").capitalize()
