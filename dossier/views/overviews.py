"""Pages over everything: quotations, search and method."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dossier.model import Ref
from dossier.parts import Inline, Link, Quote, View
from dossier.schema import KINDS
from dossier.views.corpus import Corpus
from dossier.views.passages import fragments, latest_first, quotes, speaker_ref

TREATMENTS_SHOWN = 200
SPEAKERS_SHOWN = 100
UNRESOLVED_SHOWN = 200
QUOTES_A_SPEAKER = 30


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said what, the latest first."""

    who: Inline
    ref: Ref | None
    anchor: str
    role: str
    quotes: tuple[Quote, ...]
    fragments: tuple[Quote, ...]
    count: int
    more: int


@dataclass(frozen=True, slots=True)
class QuotesData:
    """What the page of quotations shows."""

    speakers: tuple[Speaker, ...]
    unattributed: tuple[Quote, ...]
    more_speakers: int
    count: int


@dataclass(frozen=True, slots=True)
class SearchData:
    """What the search page shows: where to browse, and how many there are of each kind."""

    kinds: tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What was done to one article."""

    article: Link
    path: str
    paragraphs: int
    removed: tuple[tuple[str, int], ...]
    mentions: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that could not be resolved."""

    text: str
    candidates: tuple[Inline, ...]
    reason: str
    place: Link


@dataclass(frozen=True, slots=True)
class MethodData:
    """What the method page shows: counts per stage, the rules, and what remains open."""

    counts: tuple[tuple[str, int], ...]
    cleaning: tuple[tuple[str, str, int], ...]
    linking: tuple[tuple[str, str, int], ...]
    quoting: tuple[tuple[str, str, int], ...]
    reporting: tuple[tuple[str, str, int], ...]
    treatments: tuple[Treatment, ...]
    more_treatments: int
    doubts: tuple[Doubt, ...]
    more_doubts: int
    unattributed: tuple[Quote, ...]


def quotes_view(corpus: Corpus) -> View:
    """All quotations, by speaker; those that speak most first."""
    by: dict[tuple[Ref | None, str], list[Quote]] = defaultdict(list)
    for utterance in latest_first(corpus.utterances):
        ref = speaker_ref(corpus, utterance)
        for quote in quotes(corpus, (utterance,)):
            name = quote.speaker if isinstance(quote.speaker, str) else getattr(quote.speaker, "text", "")
            by[ref, name].append(quote)
    silent = [quote for (ref, name), said in by.items() if ref is None and not name for quote in said]
    ranked = sorted(((key, said) for key, said in by.items() if any(key)), key=lambda i: (-len(i[1]), i[0][1]))
    speakers = tuple(
        Speaker(
            corpus.link(ref) or name if ref else name,
            ref,
            f"speaker-{n}",
            corpus.standing(ref) if ref else "",
            *fragments(said[:QUOTES_A_SPEAKER]),
            len(said),
            max(0, len(said) - QUOTES_A_SPEAKER),
        )
        for n, ((ref, name), said) in enumerate(ranked[:SPEAKERS_SHOWN], 1)
    )
    data = QuotesData(
        speakers, tuple(silent[:QUOTES_A_SPEAKER]), len(ranked) - len(speakers), sum(len(said) for said in by.values())
    )
    return _view("quotes", "Quotations", data, "Who said what, with the paragraph it stands in.")


def search_view(corpus: Corpus) -> View:
    """How to search, and where to browse instead."""
    counts = Counter(ref.kind for ref in corpus.pages)
    kinds = tuple((Link(k.plural, f"{k.folder}/index.md"), counts[k.folder]) for k in KINDS)
    return _view("search", "Search", SearchData(kinds), "How to find something in this dossier.")


def method_view(corpus: Corpus, rules: Mapping[str, str]) -> View:
    """How the pages were made, and what could not be resolved."""
    removed: Counter[str] = Counter()
    linked: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    treatments: list[Treatment] = []
    doubts: list[Doubt] = []
    doubtful = 0
    for reading in corpus.readings:
        article = reading.article
        taken = Counter(r.rule for r in article.removed)
        removed.update(taken)
        mentions = [m for m in reading.annotation.mentions if m.ref in corpus.entries]
        linked.update(m.rule for m in mentions)
        quoted.update(q.rule for q in reading.quotations)
        treatments.append(
            Treatment(
                corpus.page(article.ref),
                article.path.rpartition("/")[2],
                len(article.paragraphs),
                tuple(sorted(taken.items(), key=lambda item: (-item[1], item[0]))),
                len(mentions),
                len(reading.quotations),
            )
        )
        for unresolved in reading.annotation.unresolved:
            doubtful += 1
            if len(doubts) < UNRESOLVED_SHOWN and corpus.rights(article.ref) != "metadata":
                place = corpus.paragraph_link(article, article.paragraph_at(unresolved.start))
                doubts.append(Doubt(unresolved.text, corpus.links(unresolved.candidates), unresolved.reason, place))
    reporting = Counter(t.statement.rule for told in corpus.told_in.values() for t in told)
    silent = [u for u in corpus.utterances if u.quotation.speaker is None and not u.quotation.speaker_name]
    counts = Counter(ref.kind for ref in corpus.pages)
    data = MethodData(
        counts=(
            *((k.plural, counts[k.folder]) for k in KINDS),
            ("Lines removed", sum(removed.values())),
            ("Names linked", sum(linked.values())),
            ("Names left open", doubtful),
            ("Quotations", len(corpus.utterances)),
            ("Quotations without a speaker", len(silent)),
            ("Reported statements", sum(reporting.values())),
        ),
        cleaning=_ruled(removed, rules, "clean"),
        linking=_ruled(linked, rules, "annotate"),
        quoting=_ruled(quoted, rules, "quote"),
        reporting=_ruled(reporting, rules, "report"),
        treatments=tuple(treatments[-TREATMENTS_SHOWN:]),
        more_treatments=max(0, len(treatments) - TREATMENTS_SHOWN),
        doubts=tuple(doubts),
        more_doubts=doubtful - len(doubts),
        unattributed=quotes(corpus, silent[:UNRESOLVED_SHOWN]),
    )
    return _view("method", "Method", data, "How these pages were made, and what could not be resolved.")


def _ruled(counts: Counter[str], rules: Mapping[str, str], stage: str) -> tuple[tuple[str, str, int], ...]:
    told = ((rule, rules.get(f"{stage}/{rule}", ""), count) for rule, count in counts.items())
    return tuple(sorted(told, key=lambda row: (-row[2], row[0])))


def _view(name: str, title: str, data: object, description: str) -> View:
    return View(f"{name}.md", title, "view", f"{name}.md.j2", data, title, description)
