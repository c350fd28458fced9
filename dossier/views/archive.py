"""All articles about an entry, on pages of their own where the entry's page cannot hold them: by year, or by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossier.edtf import MONTHS
from dossier.model import Ref
from dossier.parts import ArticleLine, Context, Link, View
from dossier.views.common import article_line
from dossier.views.corpus import Corpus, Sighting
from dossier.views.passages import Group, contexts, naming
from dossier.views.periods import Period, year_label
from dossier.views.stretches import listed, mentioning, steps


@dataclass(frozen=True, slots=True)
class Listed:
    """An article with the first sentence that names the entry (where one may be shown), and how often it does."""

    article: ArticleLine
    context: Context | None
    mentions: int


@dataclass(frozen=True, slots=True)
class ArchiveData:
    """What one of the pages shows: some of the articles about an entry, month by month, and the way to the others.

    It tells nothing of the others but where they are, so that a new article leaves them as they are.
    """

    uri: str
    shown: int
    pages: tuple[Link, ...]
    months: tuple[tuple[str, tuple[Listed, ...]], ...]


def archive_views(corpus: Corpus, published: Mapping[Ref, Sequence[Ref]]) -> Iterator[View]:
    """Every page of articles about an entry that the entry's own page cannot hold."""
    for ref in sorted(corpus.pages):
        name = corpus.name(ref)
        named = mentioning(corpus, ref, naming(corpus, ref))
        yield from _views(corpus, f"{name} in the articles", named)
        if ref.kind == "sources":
            pages = listed(corpus, f"{ref}/articles", published.get(ref, ()))
            yield from _views(corpus, f"Articles of {name}", pages)
        elif reports := corpus.reports_of.get(ref, ()):
            pages = listed(corpus, f"{ref}/reports", reports[::-1])
            yield from _views(corpus, f"Reports on {name}", pages)


def _views(corpus: Corpus, heading: str, pages: Sequence[Period[Group]]) -> Iterator[View]:
    ways = tuple(link for link, _ in steps(pages))
    for page in pages:
        months = tuple(
            (label, tuple(_listed(corpus, article, sightings) for article, sightings in group))
            for label, group in groupby(page.items, key=lambda item: _month(corpus, item[0]))
        )
        data = ArchiveData(page.uri, len(page.items), ways, months)
        told = f"{len(page.items):,} articles, the latest first."
        yield View(page.uri, f"{heading}: {page.label}", "index", "archive.md.j2", data, heading, told)


def _listed(corpus: Corpus, article: Ref, sightings: Sequence[Sighting]) -> Listed:
    return Listed(article_line(corpus, article), next(contexts(corpus, sightings), None), len(sightings))


def _month(corpus: Corpus, article: Ref) -> str:
    """The month of an article in words, or as much as is known of it."""
    when = corpus.reading_of[article].article.date
    if when is None or when.earliest is None or when.precision not in ("day", "month"):
        return year_label(when)
    return f"{MONTHS[when.earliest[1]]} {year_label(when)}"
