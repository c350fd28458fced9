"""What is cut out of a page for the search program: all that it would read there, or else the page as it is."""

from __future__ import annotations

import pytest

from dossier.search.reading import read

HEAD = '<meta data-pagefind-meta="title[content]" content="T &gt; U">'
BODY = '<div class="d-text" data-pagefind-body=""><div><p>Words</p></div></div>'
NESTED = "<article data-pagefind-body><article>In</article> out</article>"
ANGLE = '<div title="a > b" data-pagefind-body>Words</div>'
TOKEN = "<span data-pagefind-body hidden>ꙮ</span>"


def html(head: str, body: str) -> str:
    return f'<!doctype html><html lang="en" class="no-js"><head>{head}</head><body>{body}</body></html>'


def cut(about: str, bodies: str) -> str:
    return f'<html lang="en" class="no-js"><head>{about}</head><body>{bodies}</body></html>'


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (html("", "<p>Words</p>"), None),
        (html(f"<title>T</title>{HEAD}", f"<nav>Menu</nav>{BODY}<p>After</p>{TOKEN}"), cut(HEAD, BODY + TOKEN)),
        (html("", f"<div>{BODY}</div><div>More</div>"), cut("", BODY)),
        (html("", f'{BODY}<p data-pagefind-ignore="">Printed</p>'), cut("", BODY)),
        (html("", f"{NESTED}x"), cut("", NESTED)),
        (html("", f"{ANGLE}x"), cut("", ANGLE)),
    ],
    ids=["nothing marked", "head and bodies", "elements around", "ignored after", "nested", "an angle in an attribute"],
)
def test_what_is_read(page: str, expected: str | None) -> None:
    """The marked elements, whole, and what the head tells of the page."""
    assert read(page) == expected


@pytest.mark.parametrize(
    "page",
    [
        html("", f'{BODY}<p data-pagefind-filter="Kind">Person</p>'),
        html("", f'<p data-pagefind-meta="title">Title</p>{BODY}'),
        html("", f"<div data-pagefind-ignore>{BODY}</div>"),
        html("", '<div data-pagefind-body><div class="left open">Words</div><p>More</p>'),
        html("", "<p>Write data-pagefind-body on it.</p>" + BODY),
        BODY,
    ],
    ids=["a facet in the text", "a title in the text", "ignored around", "left open", "told of in words", "no root"],
)
def test_what_is_not_plain_is_left_to_the_program(page: str) -> None:
    """Where anything else is marked, or the elements do not come out even, it is given the page as it is."""
    assert read(page) == page
