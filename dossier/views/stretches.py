"""The stretches of time that the articles about an entry are cut into: years together, a year, months of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Link
from dossier.views.corpus import Corpus
from dossier.views.passages import ARTICLES_SHOWN, Group
from dossier.views.periods import UNDATED, Period, periods, slug, year_label

#: How many articles a page of them lists.
ON_PAGE = 200
_ALONE = re.compile(r"\(|^No month$|^Undated$")  # pages that do not stand for a whole stretch of time


def mentioning(corpus: Corpus, ref: Ref, named: Sequence[Group]) -> tuple[Period[Group], ...]:
    """The pages of the articles that name an entry; none where its own page holds them."""
    return _cut(corpus, str(ref), named)


def listed(corpus: Corpus, folder: str, articles: Sequence[Ref]) -> tuple[Period[Group], ...]:
    """The pages of some articles, the latest first, in a folder such as `sources/tass/articles`."""
    return _cut(corpus, folder, [(article, ()) for article in articles])


def steps(pages: Iterable[Period[Group]]) -> tuple[tuple[Link, int], ...]:
    """The ways to the pages, each with how many articles it lists."""
    return tuple((Link(page.label, page.uri), len(page.items)) for page in pages)


def _cut(corpus: Corpus, folder: str, groups: Sequence[Group]) -> tuple[Period[Group], ...]:
    """The pages of a list, the latest first; none where the entry's own page holds it."""
    if len(groups) <= ARTICLES_SHOWN:
        return ()

    def when(group: Group) -> Date | None:
        return corpus.reading_of[group[0]].article.date

    if found := periods(folder, groups, when, ON_PAGE):
        return joined(found)
    years = dict.fromkeys(year_label(when(group)) for group in reversed(groups))
    dated = [year for year in years if year != UNDATED]
    label = "–".join(dict.fromkeys((*dated[:1], *dated[-1:]))) or UNDATED
    stem = slug((dated or [UNDATED])[0])
    if dated and len(dated) < len(years):
        label += " and undated"
    return (Period(label, label, f"{folder}/{stem}.md", tuple(groups)),)


def joined(years: Sequence[Period[Group]]) -> tuple[Period[Group], ...]:
    """The pages of a list whose latest comes first, with neighbours put on one page where it holds them.

    Whole years are put together, or months of a year, from the oldest on, so that what is added at the end changes the
    last page only. A page has the address of the oldest on it.
    """
    pages: list[Period[Group]] = []
    before = ""  # what the last page may be joined with
    for year in reversed(years):
        for page in reversed(year.within or (year,)):
            like = "" if _ALONE.search(page.name) else year.label if year.within else "years"
            if like and like == before and len(pages[-1].items) + len(page.items) <= ON_PAGE:
                last, first = pages[-1], pages[-1].name.partition("–")[0]
                items = (*page.items, *last.items)
                pages[-1] = Period(f"{first}–{page.label}", f"{first}–{page.name}", last.uri, items)
            else:
                pages.append(page)
            before = like
    return tuple(reversed(pages))
