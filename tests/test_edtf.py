"""EDTF level 1: as exact as typed, never more."""

from __future__ import annotations

import doctest

import edtf as second_opinion
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import edtf, passage
from dossier.schema import fields

ROWS = [
    # typed                       earliest        latest          words
    ("2022-09-22", (2022, 9, 22), (2022, 9, 22), "22 September 2022"),
    ("2022-09-22T19:30:00Z", (2022, 9, 22), (2022, 9, 22), "22 September 2022"),
    ("2022-07", (2022, 7, 1), (2022, 7, 31), "July 2022"),
    ("2022-07-XX", (2022, 7, 1), (2022, 7, 31), "July 2022"),
    ("2022", (2022, 1, 1), (2022, 12, 31), "2022"),
    ("2022-XX", (2022, 1, 1), (2022, 12, 31), "2022"),
    ("2024-02", (2024, 2, 1), (2024, 2, 29), "February 2024"),
    ("1900-02", (1900, 2, 1), (1900, 2, 28), "February 1900"),
    ("2022-07~", (2022, 7, 1), (2022, 7, 31), "about July 2022"),
    ("2022-07?", (2022, 7, 1), (2022, 7, 31), "July 2022 (uncertain)"),
    ("2022-07%", (2022, 7, 1), (2022, 7, 31), "about July 2022 (uncertain)"),
    ("202X", (2020, 1, 1), (2029, 12, 31), "the 2020s"),
    ("19XX", (1900, 1, 1), (1999, 12, 31), "the 1900s (century)"),
    ("2022-21", (2022, 3, 1), (2022, 5, 31), "spring 2022"),
    ("2022-02-24/..", (2022, 2, 24), None, "since 24 February 2022"),
    ("../2022-02-24", None, (2022, 2, 24), "until 24 February 2022"),
    ("2022-02-24/", (2022, 2, 24), None, "24 February 2022 to an unknown date"),
    ("/2022-02-24", None, (2022, 2, 24), "an unknown date to 24 February 2022"),
    ("2022-03-01/2022-03-02", (2022, 3, 1), (2022, 3, 2), "1–2 March 2022"),
    ("2022-02-28/2022-03-03", (2022, 2, 28), (2022, 3, 3), "28 February to 3 March 2022"),
    ("2022-12-30/2023-01-02", (2022, 12, 30), (2023, 1, 2), "30 December 2022 to 2 January 2023"),
    ("2022-03-01/2022-03-01", (2022, 3, 1), (2022, 3, 1), "1 March 2022"),
    ("2022-03/2022-05", (2022, 3, 1), (2022, 5, 31), "March to May 2022"),
    ("2022-03-01/2022-03", (2022, 3, 1), (2022, 3, 31), "1 March 2022 to March 2022"),
    ("2022-03-01/2022-03-02~", (2022, 3, 1), (2022, 3, 2), "1 March 2022 to about 2 March 2022"),
    ("2022-03-01?/2022-03-02", (2022, 3, 1), (2022, 3, 2), "1 March 2022 (uncertain) to 2 March 2022"),
    ("2021~/2022-05?", (2021, 1, 1), (2022, 5, 31), "about 2021 to May 2022 (uncertain)"),
    ("-0043", (-43, 1, 1), (-43, 12, 31), "44 BC"),
    ("Y17000", (17000, 1, 1), (17000, 12, 31), "17000"),
]


@pytest.mark.parametrize(("typed", "earliest", "latest", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_a_date_is_as_exact_as_typed(typed: str, earliest: edtf.Day, latest: edtf.Day, words: str) -> None:
    """The earliest and the latest day, and the words, say no more than the notation."""
    date = edtf.parse(typed)
    assert (date.earliest, date.latest, date.words) == (earliest, latest, words)


@pytest.mark.parametrize("typed", [row[0] for row in ROWS if "/" not in row[0] and "T" not in row[0]])
def test_another_library_reads_the_same_days(typed: str) -> None:
    """The package `edtf`, slower and without open intervals, agrees on the first and the last day."""
    theirs = second_opinion.parse_edtf(typed)
    ours = edtf.parse(typed)
    assert tuple(theirs.lower_strict()[:3]) == ours.earliest
    assert tuple(theirs.upper_strict()[:3]) == ours.latest


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("22/09/2022", "write 2022-09-22"),
        ("9/22/2022", "write 2022-09-22"),
        ("Sept. 22, 2022", "write 2022-09-22"),
        ("22 September 2022", "write 2022-09-22"),
        ("September 2022", "write 2022-09"),
        ("2022-9-2", "write 2022-09-02"),
        ("03/02/2022", "write 2022-09-22, 2022-09"),
        ("last week", "write 2022-09-22, 2022-09"),
        ("2022-13", "write a month from 01 to 12"),
        ("2022-02-30", "February 2022 has 28 days"),
        ("2022/2021", "write 2021/2022"),
        ("../..", "write at least one of them"),
        ("", "write 2022-09-22"),
    ],
)
def test_what_is_no_date_is_told_how_to_write_it(typed: str, instead: str) -> None:
    """The error says what to write; where two readings are possible it does not choose."""
    with pytest.raises(ValueError, match=r"is not|has no|ends before|neither|does not exist") as error:
        edtf.parse(typed)
    assert instead in str(error.value)


def test_the_short_form_of_an_interval_says_the_same() -> None:
    """Months are cut short, and what both ends share is said once there, too."""
    assert [edtf.parse(d).short for d in ("2022-03-01/2022-03-02", "2022-02-28/2022-03-03", "2022-03-01/2022-05")] == [
        "1–2 Mar 2022",
        "28 Feb to 3 Mar 2022",
        "1 Mar 2022 to May 2022",
    ]


def test_dates_sort_by_their_earliest_day() -> None:
    """An open beginning is first, then the earliest day, then the shorter stretch."""
    typed = ["2022-07", "../2021", "2022-07-01", "2022", "2021-12-31", "2022-02-24/.."]
    ordered = sorted(map(edtf.parse, typed), key=lambda date: date.sort_key)
    assert [date.edtf for date in ordered] == [
        "../2021",
        "2021-12-31",
        "2022",
        "2022-02-24/..",
        "2022-07-01",
        "2022-07",
    ]


@given(st.text(alphabet="0123456789-/.~?%XYT: ", max_size=24) | st.text(max_size=12))
def test_any_text_is_a_date_or_a_plain_error(text: str) -> None:
    """Nothing but ValueError comes out, and a date keeps what was typed."""
    try:
        date = edtf.parse(text)
    except ValueError:
        return
    assert date.edtf == text
    assert date.earliest or date.latest
    if date.earliest and date.latest:
        assert date.earliest <= date.latest


@pytest.mark.parametrize("module", [edtf, passage, fields], ids=lambda module: module.__name__)
def test_examples_in_docstrings(module: object) -> None:
    """The examples in the docstrings hold."""
    assert doctest.testmod(module).failed == 0
