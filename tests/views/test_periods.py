"""Long lists are cut into years and months that lose nothing and hold no more than a page may."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dossier.edtf import Date, parse
from dossier.views.periods import leaves, periods

DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2023, 12, 31)).map(lambda day: parse(day.isoformat()))
VAGUE = st.sampled_from(["2021", "2022-07~", "2022-21", "2021-05/..", "../2020-03", "2020/2022", "202X", "-0043"])
DATES = st.lists(st.one_of(st.none(), DAYS, VAGUE.map(parse)), max_size=80)


def cut(dates: list[Date | None], most: int = 5) -> list[tuple[str, str, int]]:
    made = periods("quotes", list(enumerate(dates)), lambda item: item[1], most)
    return [(page.label, page.uri, len(page.items)) for page in leaves(made)]


@given(DATES, st.booleans())
def test_everything_is_on_one_page_and_no_page_is_too_long(dates: list[Date | None], backwards: bool) -> None:
    """Each thing stands on exactly one of the last pages, in its order; none holds more than the most."""
    known = sorted((date for date in dates if date), key=lambda date: date.sort_key, reverse=backwards)
    items = list(enumerate([*known, *(date for date in dates if not date)]))
    made = periods("quotes", items, lambda item: item[1], 5)
    found = [item for page in leaves(made) for item in page.items]
    assert sorted(n for n, _ in found) == ([n for n, _ in items] if made else [])
    assert bool(made) == (len(items) > 5)
    for page in leaves(made):
        assert 0 < len(page.items) <= 5
        assert [n for n, _ in page.items] == sorted(n for n, _ in page.items)
    uris = [page.uri for year in made for page in (year, *year.within)]
    assert len(uris) == len(set(uris))
    assert all(len(year.items) == sum(len(part.items) for part in year.within) for year in made if year.within)


def test_a_short_year_is_one_page_and_a_long_one_is_cut_by_month() -> None:
    """A year that fits has one page; another has its months; a month that does not fit has parts."""
    dates: list[Date | None] = [parse(f"2023-05-{day:02}") for day in range(1, 8)]
    dates += [parse("2023-06-01"), parse("2022-01-01"), parse("2022-01-02"), None]
    assert cut(dates) == [
        ("May 2023 (1 of 2)", "quotes/2023/05-1.md", 5),
        ("May 2023 (2 of 2)", "quotes/2023/05-2.md", 2),
        ("June 2023", "quotes/2023/06.md", 1),
        ("2022", "quotes/2022.md", 2),
        ("Undated", "quotes/undated.md", 1),
    ]


def test_months_share_a_page_where_it_holds_them() -> None:
    """From the oldest on, whichever way the list runs; what is added at the end changes the last page only."""
    dates: list[Date | None] = [parse(f"2023-{month:02}-{day:02}") for month in range(1, 7) for day in (1, 2)]
    pages = [("January–February 2023", "quotes/2023/01.md", 4), ("March–April 2023", "quotes/2023/03.md", 4)]
    assert cut(dates) == [*pages, ("May–June 2023", "quotes/2023/05.md", 4)]
    assert cut(dates[::-1]) == [("May–June 2023", "quotes/2023/05.md", 4), *pages[::-1]]
    assert cut([*dates, parse("2023-06-30"), parse("2023-06-30")])[:2] == pages


def test_what_has_no_month_is_in_none() -> None:
    """A date that is known to its year, or to a season, is not put into January."""
    dates = [parse(text) for text in ("2022", "2022-21", "2022-01-03", "2022-03/2023", "2022/2023", "2022-03~")]
    assert cut(list(dates)) == [
        ("2022, no month", "quotes/2022/no-month.md", 3),
        ("January–March 2022", "quotes/2022/01.md", 3),
    ]
    assert cut([parse("2022")] * 7) == [
        ("2022 (1 of 2)", "quotes/2022/no-month-1.md", 5),
        ("2022 (2 of 2)", "quotes/2022/no-month-2.md", 2),
    ]
