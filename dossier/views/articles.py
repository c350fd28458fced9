"""Pages about articles: the text, what is in it, where it came from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dossier.edtf import Date
from dossier.model import Article, Mention, Paragraph, Quotation, Reading, Ref, Removed
from dossier.parts import ArticleLine, Common, Inline, Link, Outside, Reported, Said, View, Voice, Words
from dossier.reference import Reference, reference
from dossier.schema import KINDS, ArticleEntry, Claim
from dossier.value import by_fields
from dossier.views.common import article_line, common, fact, view
from dossier.views.corpus import Corpus
from dossier.views.passages import heard, latest_first, quotes, reported, voices

CREDIBILITY = {
    1: "Confirmed by other sources (1)",
    2: "Probably true (2)",
    3: "Possibly true (3)",
    4: "Doubtful (4)",
    5: "Improbable (5)",
    6: "Truth cannot be judged (6)",
}
BASIS = {
    "curated": "set by the curator",
    "html": "from the page’s metadata",
    "text": "from the text",
    "filename": "from the file name",
}
REMOVED_SHOWN = 300
_REMOVED_LENGTH = 160


@by_fields
@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph of an article with its names linked; `said` are the names of those quoted in it."""

    n: int
    words: Words
    said: tuple[str, ...]


@by_fields
@dataclass(frozen=True, slots=True)
class Named:
    """How often an article names an entry, and where first."""

    who: Link
    count: int
    place: Link


@by_fields
@dataclass(frozen=True, slots=True)
class ArticleData:
    """What the page of an article shows."""

    entry: Common
    source: Inline
    date: Date | None
    authors: tuple[str, ...]
    rights: str
    paragraphs: tuple[Numbered, ...]
    hidden: int
    url: Outside | None
    named: tuple[tuple[str, tuple[Named, ...]], ...]
    voices: tuple[Voice, ...]
    reported: tuple[Inline, ...]
    disputed: tuple[Inline, ...]
    statements: tuple[Reported, ...]
    path: str
    sha256: str
    basis: tuple[tuple[str, str], ...]
    removed: tuple[Removed, ...]
    removed_more: int
    before: ArticleLine | None
    after: ArticleLine | None
    same: tuple[ArticleLine, ...]
    reference: Reference


def article_view(corpus: Corpus, ref: Ref, claims: Mapping[Ref, Sequence[Ref]]) -> View:
    """The page of an article; `claims` are those of each article."""
    reading = corpus.reading_of[ref]
    article = reading.article
    before, after = corpus.beside[ref]
    entry = corpus.entries[ref]
    if not isinstance(entry, ArticleEntry):
        raise KeyError(ref)
    shown = article.paragraphs[: corpus.shown_paragraphs(article)]
    source = corpus.source(article)
    publisher = source if isinstance(source, str) else source.text if isinstance(source, Link) else ""
    facts = common(
        corpus,
        ref,
        (
            fact("Published", article.date),
            fact("Source", source),
            fact("Authors" if len(article.authors) > 1 else "Author", ", ".join(article.authors)),
            fact("Credibility", CREDIBILITY[entry.credibility] if entry.credibility else None),
            fact("Language", article.language if article.language not in (None, "en") else None),
            fact("Original", Outside("As published", entry.url) if entry.url else None),
            fact("Archived", Outside("Archived copy", entry.archived_url) if entry.archived_url else None),
            fact("Retrieved", entry.retrieved),
        ),
    )
    removed = article.removed if entry.rights == "full" else ()
    data = ArticleData(
        entry=facts,
        source=source,
        date=article.date,
        authors=article.authors,
        rights=entry.rights,
        paragraphs=tuple(body(corpus, reading, shown)),
        hidden=len(article.paragraphs) - len(shown),
        url=Outside("the article as published", entry.url) if entry.url else None,
        named=_named(corpus, reading),
        voices=voices(quotes(corpus, latest_first(corpus.said_in.get(ref, ())))),
        reported=corpus.links(entry.events),
        disputed=corpus.links(claims.get(ref, ())),
        statements=reported(corpus, corpus.told_in.get(ref, ())),
        path=article.path.rpartition("/")[2],
        sha256=article.sha256,
        basis=tuple((label.capitalize(), BASIS[article.basis[label]]) for label in article.basis),
        removed=tuple(
            Removed(r.line, r.text if len(r.text) <= _REMOVED_LENGTH else r.text[:_REMOVED_LENGTH] + "…", r.rule)
            for r in removed[:REMOVED_SHOWN]
        ),
        removed_more=max(0, len(removed) - REMOVED_SHOWN),
        before=article_line(corpus, before) if before else None,
        after=article_line(corpus, after) if after else None,
        same=_same_events(corpus, ref, entry.events),
        reference=reference(article, entry, publisher),
    )
    about = f"{publisher}, {article.date or 'undated'}"
    return view(corpus, ref, data, description=entry.summary or about.removeprefix(", "))


def body(corpus: Corpus, reading: Reading, shown: Sequence[Paragraph]) -> Iterable[Numbered]:
    """The paragraphs with quotations marked and names linked, the first of each name in a paragraph told apart."""
    mentions = [m for m in reading.annotation.mentions if m.ref in corpus.pages]
    quotations = sorted(reading.quotations, key=lambda q: q.start)
    at_mention = at_quotation = 0
    for paragraph in shown:
        named: list[Mention] = []
        while at_mention < len(mentions) and mentions[at_mention].start < paragraph.end:
            if mentions[at_mention].start >= paragraph.start:
                named.append(mentions[at_mention])
            at_mention += 1
        while at_quotation < len(quotations) and quotations[at_quotation].end <= paragraph.start:
            at_quotation += 1
        said: list[Quotation] = []
        for quotation in quotations[at_quotation:]:
            if quotation.start >= paragraph.end:
                break
            said.append(quotation)
        words = tuple(_words(corpus, reading.article, paragraph, named, said))
        names = dict.fromkeys(word.name for word in words if isinstance(word, Said) and word.name)
        yield Numbered(paragraph.n, words, tuple(names))


def _words(
    corpus: Corpus, article: Article, paragraph: Paragraph, named: Sequence[Mention], said: Sequence[Quotation]
) -> Iterable[Inline]:
    seen: set[Ref] = set()
    place = paragraph.start
    for quotation in said:
        start, end = max(quotation.start, place), min(quotation.end, paragraph.end)
        for mention in named:  # a name that straddles a quotation mark belongs to neither side alone
            if mention.start < start < mention.end:
                start = mention.start
            if mention.start < end < mention.end:
                end = mention.end
        if start < place or start >= end:
            continue
        yield from _linked(article, named, place, start, seen)
        words = tuple(_linked(article, named, start, end, seen))
        ref = quotation.speaker if quotation.speaker in corpus.entries else None
        known = quotation.speaker is None or ref is not None
        name = (corpus.name(ref) if ref else quotation.speaker_name or "") if known else ""
        yield Said(words, ref, name)
        place = end
    yield from _linked(article, named, place, paragraph.end, seen)


def _linked(article: Article, named: Sequence[Mention], start: int, end: int, seen: set[Ref]) -> Iterable[str | Link]:
    place = start
    for mention in named:
        if mention.start < start or mention.end > end:
            continue
        if mention.start > place:
            yield article.text[place : mention.start]
        text = article.text[mention.start : mention.end]
        yield Link(text, f"{mention.ref}.md", ref=mention.ref, rule=mention.rule, again=mention.ref in seen)
        seen.add(mention.ref)
        place = mention.end
    if place < end:
        yield article.text[place:end]


def _named(corpus: Corpus, reading: Reading) -> tuple[tuple[str, tuple[Named, ...]], ...]:
    """What an article names, kind by kind, the most frequent first."""
    counts: Counter[Ref] = Counter()
    first: dict[Ref, Paragraph] = {}
    for mention in reading.annotation.mentions:
        if mention.ref in corpus.pages:
            counts[mention.ref] += 1
            if mention.ref not in first:
                first[mention.ref] = reading.article.paragraph_at(mention.start)
    kinds: dict[str, list[Ref]] = defaultdict(list)
    for ref in sorted(counts, key=lambda r: (-counts[r], corpus.sort_name(r), r)):
        kinds[ref.kind].append(ref)
    return tuple(
        (
            kind.plural,
            tuple(
                Named(corpus.page(ref), counts[ref], corpus.paragraph_link(reading.article, first[ref]))
                for ref in kinds[kind.folder]
            ),
        )
        for kind in KINDS
        if kinds[kind.folder]
    )


def claims_of(corpus: Corpus) -> dict[Ref, list[Ref]]:
    """The claims about each article, and those for or against which it is cited."""
    found: dict[Ref, list[Ref]] = defaultdict(list)
    for ref in corpus.of("claims"):
        claim = corpus.entries[ref]
        if isinstance(claim, Claim):
            cited = (item.article for item in claim.evidence if item.article and heard(corpus, item.speaker))
            for article in dict.fromkeys((*claim.about, *cited)):
                if article.kind == "articles":
                    found[article].append(ref)
    return found


def _same_events(corpus: Corpus, ref: Ref, events: Iterable[Ref]) -> tuple[ArticleLine, ...]:
    others = dict.fromkeys(o for event in events for o in corpus.reports_of.get(event, ()) if o != ref)
    return tuple(article_line(corpus, other) for other in list(others)[:10])
