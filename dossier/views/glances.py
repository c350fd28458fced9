"""What a link to an entry tells of it beforehand: what it is, its summary, where it was named last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dossier.model import Ref
from dossier.parts import Glance, Link, View
from dossier.schema import Claim, Country, Event, Organization, Person, Source, Topic
from dossier.views.corpus import Corpus, excerpt
from dossier.views.sources import RELIABILITY


def glanced(corpus: Corpus, view: View, ref: Ref) -> View:
    """The view of an entry with what is seen of it at a glance."""
    return replace(view, glance=_glance(corpus, ref))


def _glance(corpus: Corpus, ref: Ref) -> Glance:
    entry = corpus.entries[ref]
    sightings = corpus.sightings.get(ref, ())
    statement = entry.statement if isinstance(entry, Claim) else ""
    lines = [*_about(corpus, ref), excerpt(entry.summary or statement or "")]
    if sightings and ref.kind != "events":
        dated = [s.article for s in sightings if s.article.date]
        if dated and dated[-1].date:
            source = _plain(corpus.source(dated[-1]))
            lines.append(f"Last named {dated[-1].date.words}{f', {source}' if source else ''}")
    return Glance(tuple(line for line in lines if line), len(sightings))


def _about(corpus: Corpus, ref: Ref) -> Iterator[str]:
    """What an entry is, in a few words."""
    match corpus.entries[ref]:
        case Person():
            yield corpus.standing(ref)
        case Country(official_name=official, name=name):
            yield official if official and official != name else ""
        case Organization(type=sort):
            yield sort or ""
        case Event(date=date, location=place, type=sort):
            yield " · ".join(filter(None, (date.words if date else "No date", place, sort)))
        case Topic(status=status, type=sort):
            yield status or sort or ""
        case Claim(likelihood=likelihood):
            yield f"Judged {likelihood}" if likelihood else ""
        case Source(reliability=grade):
            yield RELIABILITY[grade] if grade else ""
        case _:
            article = corpus.reading_of[ref].article
            yield ", ".join(filter(None, (_plain(corpus.source(article)), article.date.words if article.date else "")))


def _plain(source: object) -> str:
    return source.text if isinstance(source, Link) else str(source)
