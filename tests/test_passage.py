"""Quoted words are found whatever the typography, and lead to the paragraph that says them."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dossier.model import Article, Paragraph, Ref
from dossier.passage import find, occurs


def article(*paragraphs: str) -> Article:
    """A cleaned article of these paragraphs."""
    numbered: list[Paragraph] = []
    at = 0
    for n, words in enumerate(paragraphs, 1):
        numbered.append(Paragraph(n, at, at + len(words), n))
        at += len(words) + 2
    return Article(
        Ref("articles", "a"), "articles/a.txt", "", "", None, None, None, (), None, {}, "\n\n".join(paragraphs),
        tuple(numbered), (),
    )  # fmt: skip


SAID = article(
    "“PR and self-promotion”",
    "Lavrov’s ministry described it as “PR and self-promotion.” He\u00a0added: «It’s over – for good».",
    "A soft\u00adhyphen, an em—dash, a “‘nested’ one” and the end.",
)


@pytest.mark.parametrize(
    ("words", "found", "paragraph"),
    [
        ("It's over - for good", "It’s over – for good", 2),
        ("He added:   \n  \"It's over", "He\u00a0added: «It’s over", 2),
        ("'nested' one", "nested’ one", 3),
        ("nested one", "nested’ one", 3),
        ("softhyphen, an em-dash", "soft\u00adhyphen, an em—dash", 3),
        ("`PR and self-promotion.´", "PR and self-promotion.", 2),
        ("PR   and self-promotion", "PR and self-promotion", 2),
        ("for good». A soft", "for good».\n\nA soft", 2),
    ],
)
def test_typography_does_not_matter(words: str, found: str, paragraph: int) -> None:
    """Blanks and line ends, the style of quotation marks, dashes and soft hyphens are as good as any other."""
    passage = find(SAID, words)
    assert passage
    assert (SAID.text[passage.start : passage.end], passage.paragraph.n) == (found, paragraph)
    assert occurs(SAID, words)


@pytest.mark.parametrize("words", ["pr and self-promotion", "Its over, for good", "self promotional", "", " ", "“”"])
def test_words_that_differ_are_not_found(words: str) -> None:
    """Letters, their case and the other marks matter; nothing, or marks alone, is found nowhere."""
    said = article("PR and self-promotion. It’s over for good")
    assert find(said, words) is None
    assert not occurs(said, words)


def test_a_crosshead_gives_way_to_the_paragraph_that_says_it() -> None:
    """Of several places the one in a paragraph that says more is meant; else the first."""
    twice = article("“A good day”", "“It was a good day” is what she said.", "A good day", "A good day indeed.")
    assert [p.paragraph.n for p in [find(twice, "A good day")] if p] == [4]
    assert [p.paragraph.n for p in [find(article("So be it", "So be it"), "So be it")] if p] == [1]


def test_nothing_is_found_in_an_article_without_text() -> None:
    """An article without paragraphs has no passages."""
    assert find(article(), "words") is None


WORDS = st.text(st.sampled_from("aAbé🚢e\u0301 \u00a0\t.,-–—―'’‘\"“”«»\u00ad(["), min_size=1, max_size=25)
SAME = {"'": "‘", "’": "'", '"': "„", "“": '"', "”": "»", "«": "“", "–": "-", "—": "–", "\u00a0": " ", " ": " \n "}


@given(data=st.data(), paragraphs=st.lists(WORDS.filter(lambda w: re.search(r"\w", w)), min_size=1, max_size=4))
def test_every_part_of_an_article_is_found_however_it_is_typed(data: st.DataObject, paragraphs: list[str]) -> None:
    """Any stretch with a letter in it is found, with other marks and blanks too, at a place that reads the same."""
    whole = article(*paragraphs)
    start, end = sorted(data.draw(st.integers(0, len(whole.text))) for _ in range(2))
    words = whole.text[start:end]
    assume(re.search(r"\w", words))
    for typed in (words, "".join(SAME.get(char, char) for char in words), f" “{words}” "):
        passage = find(whole, typed)
        assert passage
        assert plain(whole.text[passage.start : passage.end]) == plain(words)
        assert passage.paragraph.start <= passage.start < passage.paragraph.end
        assert passage.start < passage.end <= len(whole.text)


def plain(words: str) -> str:
    """The words without blanks and quotation marks, with one kind of dash."""
    return re.sub("[–—―]", "-", re.sub("[\\s'’‘\"“”„«»\u00ad]", "", words))
