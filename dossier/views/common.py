"""What the pages of entries of all kinds have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable

from dossier.edtf import Date, between
from dossier.model import Ref
from dossier.parts import ArticleLine, Common, Fact, Inline, Link, Outside, Prose, Tenure, View, Words
from dossier.schema import KIND_OF, Organization, Position
from dossier.views.corpus import Corpus, day
from dossier.views.passages import citations, coverage, dispute, naming
from dossier.views.stretches import mentioning, steps

LINKED_IDENTIFIERS = {
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "viaf": "https://viaf.org/viaf/{}",
    "isni": "https://isni.org/isni/{}",
    "orcid": "https://orcid.org/{}",
    "geonames": "https://www.geonames.org/{}",
    "lei": "https://search.gleif.org/#/record/{}",
}


def common(corpus: Corpus, ref: Ref, facts: Iterable[Fact | None]) -> Common:
    """The parts that every entry's page has; facts without a value are left out."""
    entry, kind = corpus.entries[ref], KIND_OF[ref.kind]
    name = corpus.name(ref)
    named = naming(corpus, ref)
    identified = [fact for key, value in sorted(entry.identifiers.items()) if (fact := _identifier(key, value))]
    return Common(
        ref=ref,
        name=name,
        kind=kind.singular,
        kinds=Link(kind.plural, f"{kind.folder}/index.md"),
        tlp="" if entry.tlp == "clear" else entry.tlp.upper(),
        summary=sentence(corpus, ref, entry.summary or ""),
        description=prose(corpus, ref, entry.description or ""),
        also=also(corpus, ref, without=("demonym", "metonym")),
        tags=entry.tags,
        facts=(*(fact for fact in facts if fact and fact.values), *identified),
        links=tuple(Outside(link.title, link.url) for link in entry.links),
        citations=citations(corpus, entry.citations),
        claims=tuple(dispute(corpus, claim) for claim in corpus.claims_about.get(ref, ())),
        coverage=coverage(corpus, named),
        archive=steps(mentioning(corpus, ref, named)),
        mentions=sum(len(places) for _, places in named),
        articles=len(named),
    )


def sentence(corpus: Corpus, own: Ref, text: str) -> Words:
    """A curator's plain text with the names in it linked, but for that of the page it stands on."""
    words: list[Inline] = []
    place = 0
    for start, end, link in _names(corpus, own, text):
        words += [text[place:start], link]
        place = end
    return tuple(word for word in (*words, text[place:]) if word != "")


def prose(corpus: Corpus, own: Ref, markdown: str) -> Prose | None:
    """A curator's Markdown with the names in it, but for that of the page it stands on; None where there is none."""
    return Prose(markdown, tuple(_names(corpus, own, markdown))) if markdown else None


def _names(corpus: Corpus, own: Ref, text: str) -> Iterable[tuple[int, int, Link]]:
    seen: set[Ref] = set()
    for m in corpus.annotate(text).mentions if text else ():
        if m.ref in corpus.pages and m.ref != own:
            link = Link(text[m.start : m.end], f"{m.ref}.md", ref=m.ref, rule=m.rule, again=m.ref in seen)
            yield m.start, m.end, link
            seen.add(m.ref)


def view(corpus: Corpus, ref: Ref, data: object, description: str = "") -> View:
    """The view of an entry's own page."""
    kind = KIND_OF[ref.kind]
    entry = corpus.entries[ref]
    name = corpus.name(ref)
    return View(
        uri=f"{ref}.md",
        title=name,
        role="entry",
        template=kind.template,
        data=data,
        kind=kind.singular,
        description=description or entry.summary or f"{name}: {kind.singular.lower()}",
        ref=ref,
        also=also(corpus, ref),
    )


def also(corpus: Corpus, ref: Ref, without: Container[str] = ("demonym",)) -> tuple[str, ...]:
    """The other names of an entry, each once, `without` those of some types."""
    entry = corpus.entries[ref]
    short = [entry.abbreviation] if isinstance(entry, Organization) and entry.abbreviation else []
    names = [alias.name for alias in entry.aliases if alias.type not in without]
    return tuple(name for name in dict.fromkeys([*short, *names]) if name != corpus.name(ref))


def fact(label: str, *values: Inline | Words | None) -> Fact:
    """A fact; what is None, empty or withheld does not count as a value."""
    return Fact(label, tuple(v if isinstance(v, tuple) else (v,) for v in values if v))


def linked(corpus: Corpus, ref: Ref | None) -> Inline | None:
    """A link to an entry that a field may name."""
    return corpus.link(ref) if ref else None


def span(start: Date | None, end: Date | None) -> str:
    """A period in words.

    >>> from dossier.edtf import parse
    >>> span(parse("2021-01-26"), None), span(parse("2004"), parse("2012-05")), span(None, parse("2020"))
    ('since 26 January 2021', '2004 to May 2012', 'until 2020')
    """
    if start and end:
        return between(start, end)
    if start:
        return f"since {start.words}"
    return f"until {end.words}" if end else ""


def tenure(corpus: Corpus, position: Position) -> Tenure:
    """A position with where and when it is or was held."""
    places = corpus.links(ref for ref in (position.organization, position.country) if ref)
    where: Words = places if len(places) < 2 else (places[0], ", ", places[1])
    return Tenure(position.title, where, span(position.start, position.end), is_current(position, corpus.today))


def is_current(position: Position, today: dt.date) -> bool:
    """Whether a post is held today: it has begun, and nothing says that it has ended."""
    begun = not (position.start and position.start.earliest and position.start.earliest > day(today))
    over = bool(position.end and position.end.latest and position.end.latest < day(today))
    return begun and not over


def article_line(corpus: Corpus, ref: Ref) -> ArticleLine:
    """An article as a line of a list."""
    article = corpus.reading_of[ref].article
    entry = corpus.entries[ref]
    return ArticleLine(corpus.page(ref), corpus.source(article), article.date, entry.summary or "")


def article_lines(corpus: Corpus, refs: Iterable[Ref]) -> tuple[ArticleLine, ...]:
    """The articles that are not withheld, in the order given."""
    return tuple(article_line(corpus, ref) for ref in refs if ref in corpus.reading_of)


def catalogued(key: str, value: str) -> str | None:
    """The address of an entry in a catalogue; None for one that is not linked, or a value that cannot be its number."""
    sound = key in LINKED_IDENTIFIERS and all(c.isalnum() or c in "-_." for c in value)
    return LINKED_IDENTIFIERS[key].format(value) if sound else None


def _identifier(key: str, value: str) -> Fact | None:
    if url := catalogued(key, value):
        return fact(key.capitalize(), Outside(value, url))
    return fact(key.replace("_", " ").capitalize(), value)
