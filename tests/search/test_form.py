"""The form of Pagefind's files: what is written is read back, and what is not of that form is refused, not guessed."""

from __future__ import annotations

import gzip
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.search import form

VALUES = st.recursive(st.integers(-(2**31), 2**31) | st.text(max_size=40), lambda some: st.lists(some, max_size=30))


@given(st.lists(VALUES))
def test_what_is_written_is_read_back(value: list[object]) -> None:
    """Numbers, texts and lists, of any size and depth."""
    assert form.unpacked(form.packed(value)) == value


RECORDS = st.dictionaries(
    st.integers(0, 600),
    st.tuples(st.lists(st.integers(-255, 70_000), max_size=5), st.sampled_from([[], [-1, 3], [-2, 0, 1, -3, 4]])),
)


@given(RECORDS, st.randoms(), st.permutations(range(3)))
def test_places_are_numbered_anew(
    records: dict[int, tuple[list[int], list[int]]], chance: Random, fields: list[int]
) -> None:
    """However pages and fields were numbered: in one portion or joined from two, the places are those of the pages."""
    numbers = [*range(601)]
    chance.shuffle(numbers)
    found = form.Word("word", form.NOWHERE, ())
    for word in form.words(chunk(records), numbers, fields):
        found = word
    renamed = {numbers[page]: (where, sorted(runs(meta, fields))) for page, (where, meta) in records.items()}
    assert found.places.number == len(records)
    offset = 1_000
    joined = form.word("word", form.joined([(0, found.places), (offset, found.places)]), [])
    [[[text, places, variants]]] = form.unpacked(form.compressed(form.chunk([joined])))
    assert (text, variants) == ("word", [])
    page, read = 0, {}
    for step, where, meta in places:
        page += step
        read[page] = (where, runs(meta, [0, 1, 2]))
    assert read == renamed | {page + offset: rest for page, rest in renamed.items()}


def chunk(records: dict[int, tuple[list[int], list[int]]]) -> bytes:
    """A chunk with one word, as Pagefind writes it."""
    pages, before = [], 0
    for page, (where, meta) in sorted(records.items()):
        pages.append([page - before, where, meta])
        before = page
    return form.packed([[["word", pages, []]]])


def runs(meta: list[int], fields: list[int]) -> list[tuple[int, list[int]]]:
    """The fields of a word, with the places in each."""
    found: list[tuple[int, list[int]]] = []
    for number in meta:
        if number < 0:
            found.append((fields[-number - 1], []))
        else:
            found[-1][1].append(number)
    return found


@pytest.mark.parametrize(
    "data",
    [
        b"plain",
        gzip.compress(b"pagefind_dcd\x81\x81")[:-6],
        gzip.compress(b"pagefind_new\x81\x80"),
        gzip.compress(b"pagefind_dcd\x82\x80\x80"),
        gzip.compress(b"pagefind_dcd\x81\x81\x83\x61a\x81\x82\x00\x80\x80"),
        gzip.compress(b"pagefind_dcd\x81\x81\x84\x61a\x80\x80\x80"),
        gzip.compress(b"pagefind_dcd\x81\x80\x00"),
    ],
    ids=["not compressed", "cut off", "signature", "two lists", "a record of two", "a word of four", "more behind"],
)
def test_another_form_is_refused(data: bytes) -> None:
    """A ValueError, by which the index is then taken as it is."""
    with pytest.raises((ValueError, IndexError)):
        list(form.words(data, [0], [0]))
