"""The build as one straight line: what happens to a content folder, in order."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from dossier import countries
from dossier.annotate import RULES as LINKING
from dossier.annotate import Gazetteer, Reach, annotate, annotate_text, gazetteer, reach, reached, words_of
from dossier.clean import RULES as CLEANING
from dossier.clean import Register, clean, without_repeated
from dossier.export import beside, flags
from dossier.export.dataset import Dataset
from dossier.export.dataset import dataset as as_dataset
from dossier.guide import Uncurated, Weakness, Weighed, guide
from dossier.load import load
from dossier.model import (
    Annotation,
    Article,
    Content,
    Outline,
    Page,
    Problem,
    Quotation,
    RawArticle,
    Reading,
    Ref,
    Statement,
)
from dossier.parts import View
from dossier.quote import RULES as QUOTING
from dossier.quote import STATEMENT_RULES as REPORTING
from dossier.quote import quote, statements
from dossier.render import link_written, outlines, render, skipped
from dossier.schema import ArticleEntry, Entries, Source
from dossier.sheet import Sheet, told
from dossier.site import NOWHERE, Site
from dossier.suggest import Suggestion, suggest
from dossier.validate import check, entries, published, redirects, withheld_pictures
from dossier.views import compose, indexed, with_pages
from dossier.work import ALONE, Kept, Work, canonical, digest

#: What each rule of the text engine does, in a sentence, by stage and name.
RULES: Mapping[str, str] = {
    f"{stage}/{name}": sentence
    for stage, rules in (("clean", CLEANING), ("annotate", LINKING), ("quote", QUOTING), ("report", REPORTING))
    for name, sentence in rules.items()
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What a content folder holds and what the text engine made of it.

    `digests` are those of the articles, where something is remembered.
    """

    content: Content
    entries: Entries
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    digests: Mapping[Ref, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A finished build: the pages, and the files of the content folder that are published as they are.

    `withheld` are the files of the folder that belong to entries this audience must not see;
    `beside` are files made from the pages, as (path, text). Where there are problems there are no
    pages. `weak` is where the entries are weak (the articles are not read for it). `outlines` tell of
    each of the pages where it stands, in the same order: of many pages, that is much less to look at.
    """

    pages: Sequence[Page]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    withheld: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    weak: tuple[Weakness, ...] = ()
    outlines: tuple[Outline, ...] = ()


def build(
    content: Path,
    templates: Mapping[str, str],
    today: dt.date,
    audience: str = "red",
    site: Site = NOWHERE,
    work: Work = ALONE,
) -> Dossier:
    """Turn a content folder into pages.

    `templates` maps the names of page templates to their text. `audience` is a TLP label: what is
    marked above it is left out. `site` is where the pages are to be published. `work` says by whom the
    work on articles and pages is done, and what is remembered of it; it changes nothing in the pages.
    """
    found = survey(content, work=work)
    if found.problems:
        return Dossier((), (), found.problems)
    weak, curated = weaknesses(found, read=False), frozenset(found.content.documents)
    found = replace(found, content=replace(found.content, articles=(), documents={}))  # not looked at again, and large
    shown = published(found.entries, audience)
    articles = [article for article in found.articles if article.ref in shown]
    of = naming(shown, work)
    names = of.names
    readings, known = read_all(articles, shown, of, work, found.digests)
    whole = digest(*known.values(), *(str(ref).encode() for ref in sorted(shown)))
    index = work.once(b"index" + whole, lambda: indexed(shown.keys(), readings))
    linked = with_pages(shown, index, curated)
    gone = frozenset(str(ref) for ref in found.entries if ref not in shown)
    written = [
        link_written(page, lambda text, skip: annotate_text(text, names, skip=skip), linked, gone)
        for page in found.content.written
    ]
    composed = compose(
        shown,
        index,
        found.content.written,
        today,
        curated=curated,
        rules=RULES,
        annotate=lambda text: annotate_text(text, names, skip=skipped(text)),
        site=site,
    )
    views: Iterable[View | Sheet] = composed
    if work.cache is not None:
        views = composed.remembered(work, known, lambda text: reached(words_of(text), of.within), of.digest)
    laid_out: list[View] = []
    pages = render(noted(views, laid_out), templates, written, site, work)
    withheld = withheld_pictures(found.entries, shown)
    moved = redirects(found.content)
    made = [*beside(laid_out, [page for page in written if page.role == "written"], moved, site, today)]
    made += flags(laid_out, shown)
    return Dossier(
        pages,
        tuple(name for name in found.content.files if name not in withheld),
        (),
        tuple(name for name in found.content.files if name in withheld),
        tuple((name, text) for name, text in made if name not in found.content.files),  # a curator's own file stands
        weak,
        tuple(outlines(laid_out, written, pages)),
    )


def noted(views: Iterable[View | Sheet], noted: list[View]) -> Iterator[View | Sheet]:
    """The views, of each of which is noted what is told of its page elsewhere."""
    for view in views:
        noted.append(view.told if isinstance(view, Sheet) else told(view))
        yield view


def dataset(found: Survey, today: dt.date, audience: str, site: Site, work: Work = ALONE) -> Dataset:
    """What the audience may see of a content folder without problems, as the forms of export take it."""
    shown = published(found.entries, audience)
    articles = [article for article in found.articles if article.ref in shown]
    readings, _ = read_all(articles, shown, naming(shown, work), work, found.digests)
    addressed = site if site.url else replace(site, url="./")  # ids relative to the file, where no more is known
    views = compose(shown, readings, (), today, curated=frozenset(found.content.documents), site=addressed)
    return as_dataset(shown, readings, tuple(views), site, today)


def survey(content: Path, more: Sequence[RawArticle] = (), work: Work = ALONE) -> Survey:
    """Load, validate and clean; `more` are articles that are not in the folder."""
    loaded = load(content)
    known, faults = entries(loaded, countries.builtin())
    sources = Register({ref: entry for ref, entry in known.items() if isinstance(entry, Source)})
    curated = {raw.ref: metadata(known, raw.ref) for raw in (*loaded.articles, *more)}
    made = clean_all((*loaded.articles, *more), curated, sources, work)
    cleaned = work.values(made)
    articles = work.once(
        digest(b"repeated", *_digests(made), *(_typed(entry) for entry in curated.values())),
        lambda: without_repeated(cleaned, curated),
    )
    faults += check(loaded, known, {article.ref: article for article in articles if article.ref in known})
    told = {
        article.ref: known_as if article is before else digest(canonical(article))
        for article, before, known_as in zip(articles, cleaned, _digests(made), strict=False)
    }
    return Survey(loaded, known, articles, tuple(sorted({*loaded.problems, *faults})), told)


def clean_all(
    articles: Sequence[RawArticle], curated: Mapping[Ref, ArticleEntry], sources: Mapping[Ref, Source], work: Work
) -> Sequence[Article]:
    """Clean raw articles; what each becomes depends on its file, its curated metadata and the known sources."""
    known = digest(repr(sources).encode())
    return work.each(
        partial(_cleaned, sources),
        [(raw, curated[raw.ref]) for raw in articles],
        lambda item: digest(known, str(item[0].ref).encode(), item[0].path.encode(), item[0].data, _typed(item[1])),
    )


def _cleaned(sources: Mapping[Ref, Source], item: tuple[RawArticle, ArticleEntry]) -> Article:
    return clean(item[0], item[1], sources)


@dataclass(frozen=True, slots=True)
class Naming:
    """The entries that an article can name, without what says nothing of their names; as a gazetteer; their reach."""

    entries: Entries
    names: Gazetteer
    within: Reach

    @property
    def digest(self) -> bytes:
        """The digest of the reach."""
        return digest(*(word.encode() + told for word, told in sorted(self.within.items())))


def naming(shown: Entries, work: Work = ALONE) -> Naming:
    """The entries that an article can name."""
    prose = dict.fromkeys(("summary", "description"), None) | dict.fromkeys(("links", "tags", "citations"), ())
    kept = ((ref, entry) for ref, entry in shown.items() if ref.kind not in ("articles", "claims"))
    named = {ref: entry.model_copy(update=prose) for ref, entry in kept}
    return Naming(named, gazetteer(named), reach(named) if work.cache is not None else {})


def read_all(
    articles: Sequence[Article], shown: Entries, of: Naming, work: Work, digests: Mapping[Ref, bytes]
) -> tuple[tuple[Reading, ...], Mapping[Ref, bytes]]:
    """Read articles, with their indirect statements; each depends on itself and on the entries it can name.

    Also the digests of all that is known of each article, where something is remembered: with `digests`, those of the
    articles alone.
    """
    everything = digest(repr(of.entries).encode()) if work.cache is not None else b""
    # As long as no name changes, the words of an article need not be looked at.
    recalled = work.recall(of.digest)
    before: Mapping[bytes, bytes] = recalled if isinstance(recalled, dict) else {}
    now: dict[bytes, bytes] = {}

    def key(item: tuple[Article, ArticleEntry]) -> bytes:
        article, curated = item
        itself = digest(digests[article.ref], _typed(curated))
        named = before.get(itself)
        if named is None:
            named = reached(words_of(f"{article.title}\n\n{article.text}"), of.within)
        now[itself] = named
        return digest(itself, named, everything if curated.mentions or curated.quotes else b"")

    items = [(article, metadata(shown, article.ref)) for article in articles]
    made = work.each(partial(_read, of.entries, of.names), items, key)
    if now != before:
        work.keep(of.digest, now)
    known = {}
    if isinstance(made, Kept) and digests:
        known = {
            a.ref: digest(digests[a.ref], read_in_it) for a, read_in_it in zip(articles, made.digests, strict=True)
        }
    readings = (Reading(article, *parts) for article, parts in zip(articles, work.values(made), strict=True))
    return tuple(readings), known


def _digests(made: Sequence[Article]) -> Sequence[bytes]:
    """The digests of values, where something is remembered of them."""
    return made.digests if isinstance(made, Kept) else ()


def _typed(curated: ArticleEntry) -> bytes:
    """What a curator says of an article; mostly nothing."""
    return repr(curated).encode() if curated.model_fields_set else b""


def _read(
    named: Entries, names: Gazetteer, item: tuple[Article, ArticleEntry]
) -> tuple[Annotation, tuple[Quotation, ...], tuple[Statement, ...]]:
    article, curated = item
    annotation = annotate(article, names, curated)
    return annotation, quote(article, annotation, named, curated), statements(article, annotation, named)


def read(article: Article, shown: Entries, names: Gazetteer) -> Reading:
    """Annotate a cleaned article and find its quotations."""
    curated = metadata(shown, article.ref)
    annotation = annotate(article, names, curated)
    return Reading(article, annotation, quote(article, annotation, shown, curated))


def metadata(known: Entries, ref: Ref) -> ArticleEntry:
    """The curated metadata of an article; empty for one from outside the folder."""
    entry = known.get(ref)
    return entry if isinstance(entry, ArticleEntry) else ArticleEntry()


def readings(found: Survey, wanted: Container[Ref]) -> Iterator[Reading]:
    """What the text engine makes of some of the articles, drafts among them."""
    names = gazetteer(published(found.entries, "red"))
    return (read(article, found.entries, names) for article in found.articles if article.ref in wanted)


def suggestions(found: Survey, work: Work = ALONE) -> tuple[Suggestion, ...]:
    """The names in the articles that no entry has, drafts among the entries."""
    return suggest(found.articles, _annotations(found, work), found.entries)


def weaknesses(found: Survey, *, read: bool, work: Work = ALONE) -> tuple[Weakness, ...]:
    """Where a dossier is weak; told only of one without problems, which would look like weaknesses.

    `read`: whether the articles are read for it, which takes about as long as all other checks together.
    """
    if found.problems:
        return ()
    articles = {article.ref: article for article in found.articles if article.ref in found.entries}
    annotations = _annotations(found, work) if read else None
    names = suggest(found.articles, annotations, found.entries) if annotations is not None else ()
    uncurated = tuple(Uncurated(s.name, s.count, s.articles) for s in names if s.type != "place")
    return guide(Weighed(found.content, found.entries, articles, annotations, uncurated))


def _annotations(found: Survey, work: Work) -> dict[Ref, Annotation]:
    """What names what in every article, drafts among the entries."""
    items = [(article, metadata(found.entries, article.ref)) for article in found.articles]
    made = work.each(partial(_annotated, gazetteer(found.entries)), items)
    return {article.ref: annotation for article, annotation in zip(found.articles, made, strict=True)}


def _annotated(names: Gazetteer, item: tuple[Article, ArticleEntry]) -> Annotation:
    return annotate(item[0], names, item[1])


def today() -> dt.date:
    """The day of the build: the one of SOURCE_DATE_EPOCH where it is set, as reproducible builds ask."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch else dt.date.today()
