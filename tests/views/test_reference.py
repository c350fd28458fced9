"""How to cite an article: what is known, and nothing that BibTeX would misread."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from dossier import edtf
from dossier.reference import reference
from dossier.schema import ArticleEntry
from tests.views.build import reading

ARTICLE = reading("articles/2023-03-03-talks", ["x"], "2023-03-03", title="Talks in Vienna").article
ENTRY = ArticleEntry.model_validate({"url": "https://gazette.example/a_b?c=1&d={e}#f", "retrieved": "2023-03-05"})


def test_everything_that_is_known_is_cited() -> None:
    """Authors, title, source, date, address and when it was fetched, in words and in BibTeX."""
    article = replace(ARTICLE, authors=("Jane Roe", "Agence News, Vienna"))
    found = reference(article, ENTRY, "The Gazette & Post")
    assert found.text == (
        "Jane Roe, Agence News, Vienna, “Talks in Vienna”, The Gazette & Post, 3 March 2023, "
        "https://gazette.example/a_b?c=1&d={e}#f, retrieved 5 March 2023."
    )
    assert found.bibtex == (
        "@article{2023-03-03-talks,",
        "author = {Jane Roe and {Agence News, Vienna}},",
        "title = {{Talks in Vienna}},",
        r"journal = {The Gazette \& Post},",
        "date = {2023-03-03},",
        "year = {2023},",
        "url = {https://gazette.example/a_b?c=1&d=%7Be%7D#f},",
        "urldate = {2023-03-05},",
        "langid = {en},",
        "}",
    )


def test_what_is_not_known_is_left_out() -> None:
    """No author, source, date or address: the title alone, and no empty field."""
    bare = replace(ARTICLE, date=None, language=None)
    found = reference(bare, ArticleEntry(), "")
    assert found.text == "“Talks in Vienna”."
    assert found.bibtex == ("@misc{2023-03-03-talks,", "title = {{Talks in Vienna}},", "}")


def test_a_date_is_cited_as_exactly_as_it_is_known() -> None:
    """An approximate month stays one; an interval has no year of its own."""
    for typed, lines in {
        "2022-07~": ("date = {2022-07~},", "year = {2022},"),
        "2022-12-30/2023-01-02": ("date = {2022-12-30/2023-01-02},",),
        "2022-09-22T19:30:00Z": ("date = {2022-09-22},", "year = {2022},"),
    }.items():
        found = reference(replace(ARTICLE, date=edtf.parse(typed)), ArticleEntry(), "")
        assert tuple(line for line in found.bibtex if line.startswith(("date", "year"))) == lines


@given(st.text(max_size=30), st.text(max_size=30), st.lists(st.text(min_size=1, max_size=20), max_size=3))
@example("{", "}", ["\\"])
@example("a%b", "$#_^~", ["x and y", "others"])
@example("one\ntwo", "@article{x,", ['"'])
def test_no_text_breaks_the_record(title: str, source: str, authors: list[str]) -> None:
    """Whatever a headline says: each field is on a line, its braces balance, and nothing in it is a command."""
    found = reference(replace(ARTICLE, title=title, authors=tuple(authors)), ArticleEntry(), source)
    assert found.bibtex[-1] == "}"
    for line in found.bibtex[1:-1]:
        assert len(line.splitlines()) == 1
        match = re.fullmatch(r"[a-z]+ = \{(.*)\},", line)
        assert match
        depth = 0
        for char in match[1]:
            depth += {"{": 1, "}": -1}.get(char, 0)
            assert depth >= 0
        assert depth == 0
        rest = re.sub(r"\\text(?:backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|\\[#$%&_]", "", match[1])
        assert not re.search(r"[\\#$%&_~^]", rest)
