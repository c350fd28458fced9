"""The build as one straight line: what happens to a content folder, in order."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dossier import countries
from dossier.annotate import RULES as LINKING
from dossier.annotate import Gazetteer, annotate, annotate_text, gazetteer
from dossier.clean import RULES as CLEANING
from dossier.clean import clean, without_repeated
from dossier.export import beside
from dossier.load import load
from dossier.model import Article, Content, Page, Problem, RawArticle, Reading, Ref
from dossier.quote import RULES as QUOTING
from dossier.quote import STATEMENT_RULES as REPORTING
from dossier.quote import quote, statements
from dossier.render import link_written, render, skipped
from dossier.schema import ArticleEntry, Entries, Source
from dossier.site import Site
from dossier.suggest import Suggestion, suggest
from dossier.validate import check, entries, published, withheld_pictures
from dossier.views import NOWHERE, compose

#: What each rule of the text engine does, in a sentence, by stage and name.
RULES: Mapping[str, str] = {
    f"{stage}/{name}": sentence
    for stage, rules in (("clean", CLEANING), ("annotate", LINKING), ("quote", QUOTING), ("report", REPORTING))
    for name, sentence in rules.items()
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What a content folder holds and what the text engine made of it."""

    content: Content
    entries: Entries
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A finished build: the pages, and the files of the content folder that are published as they are.

    `withheld` are the files of the folder that belong to entries this audience must not see;
    `beside` are files made from the pages, as (path, text). Where there are problems there are no
    pages.
    """

    pages: tuple[Page, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    withheld: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def build(
    content: Path, templates: Mapping[str, str], today: dt.date, audience: str = "red", site: Site = NOWHERE
) -> Dossier:
    """Turn a content folder into pages.

    `templates` maps the names of page templates to their text. `audience` is a TLP label: what is
    marked above it is left out. `site` is where the pages are to be published.
    """
    found = survey(content)
    if found.problems:
        return Dossier((), (), found.problems)
    shown = published(found.entries, audience)
    names = gazetteer(shown)
    readings = tuple(reported(read(article, shown, names), shown) for article in found.articles if article.ref in shown)
    views = compose(
        shown,
        readings,
        found.content.written,
        today,
        curated=frozenset(found.content.documents),
        rules=RULES,
        annotate=lambda text: annotate_text(text, names, skip=skipped(text)),
        site=site,
    )
    linked = {view.ref for view in views if view.ref}
    written = [
        link_written(page, lambda text, skip: annotate_text(text, names, skip=skip), linked)
        for page in found.content.written
    ]
    withheld = withheld_pictures(found.entries, shown)
    made = beside(views, [page for page in written if page.role == "written"], site, today)
    return Dossier(
        render(views, templates, written),
        tuple(name for name in found.content.files if name not in withheld),
        (),
        tuple(name for name in found.content.files if name in withheld),
        tuple((name, text) for name, text in made if name not in found.content.files),  # a curator's own file stands
    )


def survey(content: Path, more: Sequence[RawArticle] = ()) -> Survey:
    """Load, validate and clean; `more` are articles that are not in the folder."""
    loaded = load(content)
    known, faults = entries(loaded, countries.builtin())
    sources = {ref: entry for ref, entry in known.items() if isinstance(entry, Source)}
    curated = {raw.ref: metadata(known, raw.ref) for raw in (*loaded.articles, *more)}
    cleaned = [clean(raw, curated[raw.ref], sources) for raw in (*loaded.articles, *more)]
    articles = without_repeated(cleaned, curated)
    faults += check(loaded, known, {article.ref: article for article in articles if article.ref in known})
    return Survey(loaded, known, articles, tuple(sorted({*loaded.problems, *faults})))


def read(article: Article, shown: Entries, names: Gazetteer) -> Reading:
    """Annotate a cleaned article and find its quotations."""
    curated = metadata(shown, article.ref)
    annotation = annotate(article, names, curated)
    return Reading(article, annotation, quote(article, annotation, shown, curated))


def reported(reading: Reading, shown: Entries) -> Reading:
    """A reading with the indirect statements of its article, which only pages show."""
    return replace(reading, statements=statements(reading.article, reading.annotation, shown))


def metadata(known: Entries, ref: Ref) -> ArticleEntry:
    """The curated metadata of an article; empty for one from outside the folder."""
    entry = known.get(ref)
    return entry if isinstance(entry, ArticleEntry) else ArticleEntry()


def readings(found: Survey, wanted: Container[Ref]) -> Iterator[Reading]:
    """What the text engine makes of some of the articles, drafts among them."""
    names = gazetteer(published(found.entries, "red"))
    return (read(article, found.entries, names) for article in found.articles if article.ref in wanted)


def suggestions(found: Survey) -> tuple[Suggestion, ...]:
    """The names in the articles that no entry has, drafts among the entries."""
    names = gazetteer(found.entries)
    annotations = {
        article.ref: annotate(article, names, metadata(found.entries, article.ref)) for article in found.articles
    }
    return suggest(found.articles, annotations, found.entries)


def today() -> dt.date:
    """The day of the build: the one of SOURCE_DATE_EPOCH where it is set, as reproducible builds ask."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch else dt.date.today()
