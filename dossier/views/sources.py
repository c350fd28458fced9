"""Pages about the publishers of articles: how each is graded, what it covered, where it stands against others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import ArticleLine, Common, Inline, Link, Outside, View
from dossier.schema import Claim, Source
from dossier.views.common import article_line, common, fact, linked, span, view
from dossier.views.corpus import Corpus
from dossier.views.intensity import Intensity, intensity
from dossier.views.passages import ARTICLES_SHOWN, heard
from dossier.views.stretches import listed, steps

RELIABILITY = {
    "A": "Completely reliable (A)",
    "B": "Usually reliable (B)",
    "C": "Fairly reliable (C)",
    "D": "Not usually reliable (D)",
    "E": "Unreliable (E)",
    "F": "Reliability cannot be judged (F)",
}
#: How many of the entries that its articles name are shown for a source: on its page, and in the list of all.
COVERED_SHOWN, COVERED_LISTED = 12, 4
_LEAST_WEIGHT = 0.1  # below that an entry is named about as often as everywhere
Counted = Sequence[tuple[Ref, int]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that articles of a source bear out, or dispute, while articles of `others` do the reverse."""

    claim: Link
    supports: bool
    others: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Press:
    """Who published what (the latest first), who is at odds with whom, and how many articles name each entry."""

    published: Mapping[Ref, Sequence[Ref]]
    differences: Mapping[Ref, Sequence[Difference]]
    named: Mapping[Ref, int]


@dataclass(frozen=True, slots=True)
class SourceData:
    """What the page of a source shows."""

    entry: Common
    intensity: Intensity | None
    #: What most of its articles name, and what they name more often than those of others; with how many do.
    covered: tuple[tuple[Link, int], ...]
    peculiar: tuple[tuple[Link, int], ...]
    differences: tuple[Difference, ...]
    articles: tuple[ArticleLine, ...]
    number: int
    archive: tuple[tuple[Link, int], ...]
    subsidiaries: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A source as a line of the list of all; one without an entry has little more than a name."""

    source: Inline
    reliability: str
    about: tuple[Inline, ...]
    articles: int
    first: Date | None
    last: Date | None
    peculiar: tuple[Link, ...]
    differences: tuple[Difference, ...]


def press(corpus: Corpus) -> Press:
    """What there is to know of all sources, found in one pass."""
    named: Counter[Ref] = Counter()
    for reading in corpus.readings:
        named.update({m.ref for m in reading.annotation.mentions})
    return Press(published_by(corpus), differences(corpus), named)


def published_by(corpus: Corpus) -> dict[Ref, list[Ref]]:
    """The articles of each source, the latest first."""
    found: dict[Ref, list[Ref]] = {}
    for reading in reversed(corpus.readings):
        if reading.article.source:
            found.setdefault(reading.article.source, []).append(reading.article.ref)
    return found


def outlets(corpus: Corpus, published: Mapping[Ref, Sequence[Ref]]) -> list[tuple[Inline, Sequence[Ref]]]:
    """Everybody who published articles, with an entry or without, and the articles, the latest first.

    Those with most articles come first. What comes from a source that is withheld, or unknown, is under an empty name.
    """
    named: dict[Inline, list[Ref]] = defaultdict(list)
    for ref, articles in published.items():
        named[corpus.link(ref) or ""] += articles
    for reading in reversed(corpus.readings):
        if reading.article.source is None:
            named[reading.article.source_name or ""].append(reading.article.ref)
    return sorted(named.items(), key=lambda row: -len(row[1]))


def source_view(corpus: Corpus, ref: Ref, source: Source, known: Press, owned: Mapping[Ref, list[Ref]]) -> View:
    """The page of a source: what it is, how it is graded, what it published, where others say the reverse."""
    articles = known.published.get(ref, ())
    first, last = _extent(corpus, articles)
    entry = common(
        corpus,
        ref,
        (
            fact("Type", source.type),
            fact("Reliability", RELIABILITY[source.reliability] if source.reliability else "Not graded"),
            fact("Affiliation", source.affiliation),
            fact("Country", linked(corpus, source.country)),
            fact("Owner", linked(corpus, source.parent)),
            fact("Articles here", f"{len(articles):,}", span(first, last) if first != last else first),
            fact("Home page", Outside(source.url.split("://")[-1].rstrip("/"), source.url) if source.url else None),
        ),
    )
    drawn = intensity(corpus, [(corpus.name(ref), articles)])
    covered = _covered(corpus, articles)
    data = SourceData(
        entry=entry,
        intensity=drawn if len(drawn.numbers) > 1 else None,
        covered=tuple((corpus.page(at), n) for at, n in covered[:COVERED_SHOWN]),
        peculiar=tuple((corpus.page(at), n) for at, n in _peculiar(corpus, covered, articles, known)[:COVERED_SHOWN]),
        differences=tuple(known.differences.get(ref, ())),
        articles=tuple(article_line(corpus, article) for article in articles[:ARTICLES_SHOWN]),
        number=len(articles),
        archive=steps(listed(corpus, f"{ref}/articles", articles)),
        subsidiaries=corpus.links(owned.get(ref, ())),
    )
    return view(corpus, ref, data)


def profile(corpus: Corpus, ref: Ref, source: Source, known: Press) -> Profile:
    """A source as a line of the list of all."""
    about = (source.type or "", linked(corpus, source.country) or "", source.affiliation or "")
    graded = RELIABILITY[source.reliability] if source.reliability else ""
    differ = tuple(known.differences.get(ref, ()))
    return _profile(
        corpus, corpus.page(ref), graded, tuple(filter(None, about)), known.published.get(ref, ()), differ, known
    )


def unlisted(corpus: Corpus, known: Press, most: int) -> tuple[Profile, ...]:
    """At most so many of the publishers without an entry, those with most articles first."""
    found = [(name, articles) for name, articles in outlets(corpus, known.published) if isinstance(name, str)][:most]
    return tuple(_profile(corpus, name, "", (), articles, (), known) for name, articles in found)


def _profile(
    corpus: Corpus,
    source: Inline,
    graded: str,
    about: tuple[Inline, ...],
    articles: Sequence[Ref],
    differ: tuple[Difference, ...],
    known: Press,
) -> Profile:
    first, last = _extent(corpus, articles)
    named = _peculiar(corpus, _covered(corpus, articles), articles, known)[:COVERED_LISTED]
    return Profile(
        source, graded, about, len(articles), first, last, tuple(corpus.page(ref) for ref, _ in named), differ
    )


def differences(corpus: Corpus) -> dict[Ref, list[Difference]]:
    """The claims on which the articles of a source bear evidence for one side only, and those of others for the other.

    That says where they stand against each other, not who is right; a source that brings both sides is on neither.
    """
    found: dict[Ref, list[Difference]] = defaultdict(list)
    for ref in corpus.of("claims"):
        sides = _sides(corpus, ref)
        for source, stances in sides.items():
            if len(stances) == 1:
                reverse = {"supports": {"disputes"}, "disputes": {"supports"}}[next(iter(stances))]
                others = corpus.links(sorted(other for other, held in sides.items() if held == reverse))
                if others:
                    found[source].append(Difference(corpus.page(ref), "supports" in stances, others))
    return found


def _sides(corpus: Corpus, claim: Ref) -> dict[Ref, set[str]]:
    """The sources that are cited on a claim, each with the stances it is cited for."""
    entry = corpus.entries[claim]
    sides: dict[Ref, set[str]] = defaultdict(set)
    for item in entry.evidence if isinstance(entry, Claim) else ():
        reading = corpus.reading_of.get(item.article) if item.article else None
        if reading and reading.article.source and item.stance != "unclear" and heard(corpus, item.speaker):
            sides[reading.article.source].add(item.stance)
    return sides


def _covered(corpus: Corpus, articles: Iterable[Ref]) -> list[tuple[Ref, int]]:
    """What most of some articles name, and how many of them do; what they name more often first among equals."""
    mentions: Counter[Ref] = Counter()
    counts: Counter[Ref] = Counter()
    for article in articles:
        named = Counter(m.ref for m in corpus.reading_of[article].annotation.mentions)
        mentions.update(named)
        counts.update(named.keys())
    told = [ref for ref in counts if ref in corpus.pages and ref.kind not in ("sources", "articles")]
    told.sort(key=lambda ref: (-counts[ref], -mentions[ref], corpus.sort_name(ref), ref))
    return [(ref, counts[ref]) for ref in told]


def _peculiar(corpus: Corpus, covered: Counted, articles: Sequence[Ref], known: Press) -> Counted:
    """What some articles name more often than all do, most telling first.

    Each entry weighs as much as it adds to the divergence of what these articles name from what all name (S. Kullback
    and R. A. Leibler, On information and sufficiency, 1951).
    """
    share = len(articles) / max(1, len(corpus.readings))
    weights = {ref: n * math.log(n / (known.named[ref] * share)) for ref, n in covered if known.named[ref]}
    told = [(ref, n) for ref, n in covered if weights.get(ref, 0) > _LEAST_WEIGHT]
    return sorted(told, key=lambda item: -weights[item[0]])


def _extent(corpus: Corpus, articles: Iterable[Ref]) -> tuple[Date | None, Date | None]:
    """When the first and the last of some articles appeared."""
    days = [date for article in articles if (date := corpus.reading_of[article].article.date)]
    days.sort(key=lambda date: date.sort_key)
    return (days[0], days[-1]) if days else (None, None)
