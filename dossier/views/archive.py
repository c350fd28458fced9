"""All articles about an entry, on pages of their own where the entry's page cannot hold them: by year, or by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossier.edtf import MONTHS
from dossier.model import Ref
from dossier.parts import ArticleLine, Context, Link, View
from dossier.value import by_fields
from dossier.views.common import article_line
from dossier.views.corpus import Corpus
from dossier.views.passages import Group, contexts, naming
from dossier.views.periods import Period, year_label
from dossier.views.readings import Sighting
from dossier.views.stretches import listed, mentioning, steps


@by_fields
@dataclass(frozen=True, slots=True)
class Listed:
    """An article with the first sentence that names the entry (where one may be shown), and how often it does."""

    article: ArticleLine
    context: Context | None
    mentions: int


@by_fields
@dataclass(frozen=True, slots=True)
class ArchiveData:
    """What one of the pages shows: some of the articles about an entry, month by month, and the way to the others.

    It tells nothing of the others but where they are, so that a new article leaves them as they are.
    """

    uri: str
    shown: int
    pages: tuple[Link, ...]
    months: tuple[tuple[str, tuple[Listed, ...]], ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A page of articles about an entry before it is composed: which articles, and the ways to the other pages."""

    heading: str
    ways: tuple[Link, ...]
    period: Period[Group]


def archive_pages(corpus: Corpus, published: Mapping[Ref, Sequence[Ref]]) -> dict[str, ArchivePage]:
    """Every page of articles about an entry that the entry's own page cannot hold, by address."""
    found: dict[str, ArchivePage] = {}
    for ref in sorted(corpus.pages):
        name = corpus.name(ref)
        named = mentioning(corpus, ref, naming(corpus, ref))
        found |= _pages(f"{name} in the articles", named)
        if ref.kind == "sources":
            found |= _pages(f"Articles of {name}", listed(corpus, f"{ref}/articles", published.get(ref, ())))
        elif reports := corpus.reports_of.get(ref, ()):
            found |= _pages(f"Reports on {name}", listed(corpus, f"{ref}/reports", reports[::-1]))
    return found


def _pages(heading: str, pages: Sequence[Period[Group]]) -> dict[str, ArchivePage]:
    ways = tuple(link for link, _ in steps(pages))
    return {page.uri: ArchivePage(heading, ways, page) for page in pages}


def archive_view(corpus: Corpus, page: ArchivePage) -> View:
    """One of the pages of articles about an entry."""
    uri, items = page.period.uri, page.period.items
    months = tuple(
        (label, tuple(_listed(corpus, article, sightings) for article, sightings in group))
        for label, group in groupby(items, key=lambda item: _month(corpus, item[0]))
    )
    data = ArchiveData(uri, len(items), page.ways, months)
    told = f"{len(items):,} articles, the latest first."
    return View(uri, f"{page.heading}: {page.period.label}", "index", "archive.md.j2", data, page.heading, told)


def _listed(corpus: Corpus, article: Ref, sightings: Sequence[Sighting]) -> Listed:
    return Listed(article_line(corpus, article), next(contexts(corpus, sightings), None), len(sightings))


def _month(corpus: Corpus, article: Ref) -> str:
    """The month of an article in words, or as much as is known of it."""
    when = corpus.reading_of[article].article.date
    if when is None or when.earliest is None or when.precision not in ("day", "month"):
        return year_label(when)
    return f"{MONTHS[when.earliest[1]]} {year_label(when)}"
