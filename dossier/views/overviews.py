"""Pages over everything: search and method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dossier.parts import Inline, Link, Quote, View
from dossier.schema import KINDS
from dossier.views.corpus import Corpus
from dossier.views.passages import quotes

TREATMENTS_SHOWN = 200
UNRESOLVED_SHOWN = 200


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
            if len(doubts) >= UNRESOLVED_SHOWN:
                continue
            paragraph = article.paragraph_at(unresolved.start)
            if corpus.may_show(article, paragraph):
                place = corpus.paragraph_link(article, paragraph)
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
