"""All quotations: who said what, on what, when; to be narrowed, and cut into pages by year where there are many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Inline, Link, Quote, View
from dossier.schema import Claim, Event, Topic
from dossier.views.corpus import Corpus
from dossier.views.filters import Filter, Mark, Named, filters, token
from dossier.views.passages import fragments, latest_first, quotes, speaker_ref
from dossier.views.periods import Period, leaves, periods
from dossier.views.readings import Utterance

#: How many quotations a page may hold, and how many of the newest stand on the first page of many.
QUOTES_A_PAGE, NEWEST = 250, 50
SPEAKERS_LISTED = 100
FILTERS = {"speaker": "Speaker", "topic": "Topic"}

Steps = tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said what, the latest first; `count` is of this page."""

    who: Inline
    ref: Ref | None
    anchor: str
    role: str
    quotes: tuple[Quote, ...]
    fragments: tuple[Quote, ...]
    count: int


@dataclass(frozen=True, slots=True)
class QuotesData:
    """What the page of quotations shows, or one of its pages.

    `count` is the number of all quotations (only on the first page: the others need not change with it), `shown` that
    of those on the page: by `speakers` and `unattributed` or, on the first page of many, the `latest` in a row. `pages`
    are the years that they are cut into, `within` the months of a year that is cut, too. `most` are those who speak
    most in the whole dossier. `first` and `last` are the earliest and the latest day on the page.
    """

    uri: str
    speakers: tuple[Speaker, ...]
    unattributed: tuple[Quote, ...]
    latest: tuple[Quote, ...]
    count: int
    shown: int
    pages: Steps
    within: Steps
    whole: Link | None
    filters: tuple[Filter, ...]
    first: str
    last: str
    most: Steps
    more_speakers: int


def topics_at(corpus: Corpus) -> Mapping[Ref, Mapping[int, tuple[Ref, ...]]]:
    """The topics that each paragraph is about: it names them, or bears out an event or a claim that concerns them.

    By article, and the number of the paragraph in it. That an article as a whole is filed under a topic says nothing
    of a single paragraph.
    """
    found: dict[Ref, dict[int, dict[Ref, None]]] = defaultdict(lambda: defaultdict(dict))
    for ref in corpus.of("topics"):
        for sighting in corpus.sightings.get(ref, ()):
            found[sighting.article.ref][sighting.paragraph.n][ref] = None
    for ref, entry in sorted(corpus.entries.items(), key=lambda item: item[0]):
        about: Iterable[Ref] = ()
        cited: list[tuple[Ref, str | None]] = [(c.article, c.quote) for c in entry.citations]
        match entry:
            case Topic():
                about = (ref,)
            case Event(topics=topics):
                about = topics
            case Claim(about=subjects):
                about = (subject for subject in subjects if subject.kind == "topics")
                cited += [(item.article, item.quote) for item in entry.evidence if item.article]
        topics_here = [topic for topic in about if topic in corpus.pages]
        for article, words in cited if topics_here else ():
            if paragraph := corpus.find(article, words):
                found[article][paragraph.n].update(dict.fromkeys(topics_here))
    return {article: {n: tuple(topics) for n, topics in places.items()} for article, places in found.items()}


def quotation_pages(corpus: Corpus) -> tuple[Period[Utterance], ...]:
    """The years that the quotations are cut into, the latest first; none where one page has room for all."""
    return periods("quotes", corpus.quotable, lambda said: said.article.date, QUOTES_A_PAGE)


def spoken_on(corpus: Corpus, years: Sequence[Period[Utterance]]) -> Mapping[Ref, Steps]:
    """For each speaker with an entry the places of the quotations, the latest first, and how many each holds."""
    pages: list[tuple[str, str, Sequence[Utterance]]] = [(page.label, page.uri, page.items) for page in leaves(years)]
    found: dict[Ref, dict[str, tuple[Link, int]]] = defaultdict(dict)
    for label, uri, items in pages or [("all", "quotes.md", corpus.quotable)]:
        for said in items:
            if ref := speaker_ref(corpus, said):
                _, count = found[ref].get(uri, (None, 0))
                found[ref][uri] = (Link(label, uri, f"speaker-{_value(corpus, said)}"), count + 1)
    return {ref: tuple(steps.values()) for ref, steps in found.items()}


@dataclass(frozen=True, slots=True)
class QuotesPage:
    """A page of quotations before it is composed: which quotations, and the ways to the other pages.

    `newest`: it shows only the newest of its time, in a row, and leads to the pages that have all.
    """

    uri: str
    title: str
    items: tuple[Utterance, ...]
    pages: Steps
    within: Steps
    newest: bool


def quotes_pages(years: Sequence[Period[Utterance]]) -> dict[str, QuotesPage]:
    """The pages that the quotations are cut into, by address; `years` are those of `quotation_pages`."""
    pages = tuple(year.way for year in years)
    found = []
    for year in years:
        shown = year.items[:NEWEST] if year.within else year.items
        steps, ways = tuple(part.step for part in year.within), tuple(part.way for part in year.within)
        found.append(QuotesPage(year.uri, f"Quotations: {year.label}", shown, pages, steps, bool(year.within)))
        found += [QuotesPage(p.uri, f"Quotations: {p.label}", p.items, pages, ways, newest=False) for p in year.within]
    return {page.uri: page for page in found}


def quotes_view(corpus: Corpus, page: QuotesPage) -> View:
    """One of the pages that the quotations are cut into."""
    return _view(corpus, page, len(page.items), Link("Quotations", "quotes.md"))


def all_quotes_view(corpus: Corpus, years: Sequence[Period[Utterance]]) -> View:
    """All quotations, by speaker, those that speak most first; where they are cut, the newest, and the way to all."""
    everything = tuple(corpus.quotable)
    ranked = sorted(corpus.quotes_on, key=lambda ref: (-_said(corpus, ref), corpus.sort_name(ref), ref))
    most = tuple((corpus.page(ref), _said(corpus, ref)) for ref in ranked if ref in corpus.pages) if years else ()
    shown, steps = everything[:NEWEST] if years else everything, tuple(year.step for year in years)
    page = QuotesPage("quotes.md", "Quotations", shown, steps, (), newest=bool(years))
    return _view(corpus, page, len(everything), None, most)


def _view(corpus: Corpus, page: QuotesPage, count: int, whole: Link | None, most: Steps = ()) -> View:
    voices = [_value(corpus, one) for one in page.items]
    said = tuple(map(_marked, quotes(corpus, page.items), voices))
    groups, silent = ((), ()) if page.newest else _by_speaker(corpus, said, voices)
    dates = sorted(filter(None, (_day(quote.date) for quote in said)))
    data = QuotesData(
        page.uri,
        groups,
        silent,
        said if page.newest else (),
        count,
        len(said),
        page.pages,
        page.within,
        whole,
        filters(FILTERS, [quote.marks for quote in said], _named(corpus, said, voices)),
        dates[0] if dates else "",
        dates[-1] if dates else "",
        most[:SPEAKERS_LISTED],
        max(0, len(most) - SPEAKERS_LISTED),
    )
    told = "Who said what, with the paragraph it stands in."
    return View(page.uri, page.title, "view", "quotes.md.j2", data, "Quotations", told)


def by_topic(said: Sequence[Quote]) -> tuple[tuple[Link | None, tuple[Quote, ...]], ...]:
    """Quotations of one speaker under their topics, the order within each kept; all under None where few are on any.

    One that is on several topics stands under that of which the speaker says most.
    """
    counts: dict[Link, int] = defaultdict(int)
    for quote in said:
        for topic in quote.topics:
            counts[topic] += 1
    groups: dict[Link | None, list[Quote]] = {}
    for quote in said:
        best = max(quote.topics, key=lambda topic: (counts[topic], topic.text), default=None)
        groups.setdefault(best, []).append(quote)
    if len(groups) < 2 or len(said) < FEWEST_BY_TOPIC:
        return ((None, tuple(said)),) if said else ()
    rest = groups.pop(None, [])
    ordered: list[tuple[Link | None, list[Quote]]] = sorted(
        groups.items(), key=lambda group: (-len(group[1]), group[0].text if group[0] else "")
    )
    return tuple((topic, tuple(found)) for topic, found in [*ordered, (None, rest)] if found)


#: Fewer quotations than this are read as they come.
FEWEST_BY_TOPIC = 5


def newest_first(corpus: Corpus, said: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """The quotations whose words may be shown, the latest first, none twice."""
    return tuple(one for one in latest_first(said) if corpus.may_show(one.article, one.paragraph))


def _said(corpus: Corpus, ref: Ref) -> int:
    return sum(count for _, count in corpus.quotes_on[ref])


def _by_speaker(
    corpus: Corpus, said: Sequence[Quote], voices: Sequence[str]
) -> tuple[tuple[Speaker, ...], tuple[Quote, ...]]:
    """The quotations of each speaker, and those of nobody known."""
    by: dict[str, list[Quote]] = defaultdict(list)
    for quote, voice in zip(said, voices, strict=True):
        by[voice].append(quote)
    silent = tuple(by.pop("", ()))
    groups = []
    for voice in sorted(by, key=lambda voice: (-len(by[voice]), voice)):
        ref = by[voice][0].speaker_ref
        role = corpus.standing(ref) if ref else ""
        groups.append(
            Speaker(by[voice][0].speaker, ref, f"speaker-{voice}", role, *fragments(by[voice]), len(by[voice]))
        )
    return tuple(groups), silent


def _value(corpus: Corpus, one: Utterance) -> str:
    """A speaker in an address: the id of a person, the kind and id of another entry, or the name in small letters."""
    if ref := speaker_ref(corpus, one):
        return ref.id if ref.kind == "people" else f"{ref.kind}-{ref.id}"
    name = "" if one.quotation.speaker else token(one.quotation.speaker_name or "")
    return f"named-{name}" if name else ""


def _marked(quote: Quote, voice: str) -> Quote:
    """A quotation with what a page is narrowed by: its speaker, as in an address, and its topics."""
    topics = (("topic", topic.ref.id) for topic in quote.topics if topic.ref)
    return replace(quote, marks=((("speaker", voice),) if voice else ()) + tuple(topics))


def _named(corpus: Corpus, said: Sequence[Quote], voices: Sequence[str]) -> Named:
    """What the marks of quotations are called, and what they are sorted by."""
    named: dict[Mark, tuple[str, str]] = {}
    for quote, voice in zip(said, voices, strict=True):
        ref, who = quote.speaker_ref, quote.speaker
        if voice and ("speaker", voice) not in named:
            name = str(who) if ref is None else corpus.name(ref)
            named["speaker", voice] = (name, corpus.sort_name(ref) if ref else name.casefold())
        for topic in quote.topics:
            if topic.ref:
                named["topic", topic.ref.id] = (topic.text, corpus.sort_name(topic.ref))
    return named


def _day(when: Date | None) -> str:
    return "-".join(f"{part:02}" for part in when.earliest) if when and when.earliest else ""
