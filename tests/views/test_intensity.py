"""Bars that show how many articles appeared when."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Ref
from dossier.views.corpus import gather
from dossier.views.intensity import HEIGHT, MOST_BARS, Intensity, intensity
from dossier.views.readings import indexed
from tests.views.build import TODAY, entries, reading


def drawn(*rows: tuple[str, ...]) -> Intensity:
    """The strips of rows of articles, given by their dates; an empty text for none."""
    articles = [reading(f"articles/a{n}-{m}", ["x"], date) for n, row in enumerate(rows) for m, date in enumerate(row)]
    known = entries({str(article.article.ref): {} for article in articles})
    corpus = gather(known, indexed(known.keys(), articles), frozenset(known), TODAY)
    named = [(f"s{n}", [Ref("articles", f"a{n}-{m}") for m in range(len(row))]) for n, row in enumerate(rows)]
    return intensity(corpus, named)


def test_a_bar_is_a_month_a_quarter_or_a_year() -> None:
    """The longer the time, the longer is what a bar stands for, so that there are never too many."""
    for last, unit, bars in (("2022-03-31", "month", 3), ("2026-12-31", "quarter", 20), ("2049-05-01", "year", 28)):
        found = drawn(("2022-01-01", last))
        assert (found.unit, len(found.numbers)) == (unit, bars)


def test_bars_have_one_scale() -> None:
    """The highest bar of all strips fills its strip; that of one article can still be seen."""
    found = drawn(("2022-01-01",) * 100, ("2022-02-01",))
    heights = [[int(h) for h in re.findall(r"v-(\d+)", strip.bars)] for strip in found.strips]
    assert heights == [[HEIGHT], [heights[1][0]]]
    assert 0 < heights[1][0] < HEIGHT / 5
    assert [strip.note for strip in found.strips] == [
        "At most 100 in a month: January 2022",
        "At most 1 in a month: February 2022",
    ]


def test_the_numbers_are_those_of_the_bars_the_latest_first() -> None:
    """Each row of the table has the count of each strip; a month without articles has its row, too."""
    found = drawn(("2022-01-01", "2022-03-01", "2022-03"), ("2022-01-31",))
    assert found.numbers == (("March 2022", (2, 0)), ("February 2022", (0, 0)), ("January 2022", (1, 1)))
    assert (found.start, found.end) == ("January 2022", "March 2022")


def test_what_has_no_month_is_in_no_bar() -> None:
    """An article of which the year alone is known is counted, and not made more exact than it is."""
    found = drawn(("2022", "", "2022-03-01"))
    assert (found.undated, found.strips[0].articles, found.numbers) == (2, 3, (("March 2022", (1,)),))


def test_nothing_to_draw() -> None:
    """Without a date there are no bars, and no numbers."""
    found = drawn(("",))
    assert (found.numbers, found.strips[0].bars, found.strips[0].period) == ((), "", "")


@given(st.lists(st.dates(dt.date(1000, 1, 1), dt.date(2050, 1, 1)), min_size=1, max_size=30))
def test_no_article_is_lost(dates: list[dt.date]) -> None:
    """However the dates lie (one year may be mistyped), every article is in one bar, and there are few bars."""
    found = drawn(tuple(date.isoformat() for date in dates))
    assert sum(sum(counts) for _, counts in found.numbers) == len(dates)
    assert len(found.numbers) <= MOST_BARS
    places = [int(x) for x in re.findall(r"M(\d+) \d+v", found.strips[0].bars)]
    assert all(0 <= place < found.width for place in places)
