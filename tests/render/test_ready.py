"""Pages that are laid out as HTML at once are those that Python-Markdown would make of their Markdown."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from dossier import pipeline
from dossier.model import Page
from dossier.packaged import page_templates
from dossier.render.escape import escape
from dossier.render.ready import ready
from dossier.render.written import front_end
from dossier.site import MARKDOWN_EXTENSIONS, Site
from tests.conftest import ROOT

SITE = Site("https://example.org/")


def converted(markdown: str) -> Markdown:
    """Python-Markdown as it reads the pages, after it has read this one; its HTML is in `lines`."""
    reader = Markdown(extensions=list(MARKDOWN_EXTENSIONS), extension_configs=dict(MARKDOWN_EXTENSIONS))
    reader.lines = [reader.convert(markdown)]
    return reader


def elements(text: str) -> Iterator[object]:
    """The elements and texts of some HTML in their order, white space evened out, links by their targets alone."""
    yield from _walk(html.fragment_fromstring(text, create_parent="div"))


def _walk(element: html.HtmlElement) -> Iterator[object]:
    attributes = {
        key: re.sub(r"\s+", " ", value) for key, value in element.attrib.items() if key not in ("href", "src")
    }
    yield element.tag, sorted((key, "" if value in ("", key) else value) for key, value in attributes.items())
    for text in (element.text, *(part for child in element for part in (child, child.tail))):
        if isinstance(text, str) and text.strip():
            yield re.sub(r"\s+", " ", text).strip()
        elif text is not None and not isinstance(text, str):
            yield from _walk(text)
    yield f"/{element.tag}"


@pytest.fixture(scope="module", params=["content", "tests/golden/vienna/content"])
def pages(request: pytest.FixtureRequest) -> list[Page]:
    found = pipeline.build(ROOT / request.param, page_templates(), dt.date(2024, 1, 15), site=SITE)
    assert not found.problems
    return list(found.pages)


def test_they_are_what_python_markdown_makes_of_them(pages: list[Page]) -> None:
    """The same elements with the same attributes and texts, the same headings with the same anchors."""
    for page in pages:
        if page.ready:
            body = page.markdown[front_end(page.markdown) :]
            made = converted(body)
            assert list(elements(page.ready.html)) == list(elements(made.lines[0])), page.uri
            tokens = re.findall(r"'id': '([^']*)'", str(vars(made)["toc_tokens"]))
            assert [heading.id for heading in page.ready.headings] == tokens


def test_hardly_a_page_needs_a_markdown_parser(pages: list[Page]) -> None:
    """Only what a curator wrote, or lists, with Markdown of their own."""
    others = {page.uri for page in pages if page.role != "written" and page.ready is None}
    assert len(others) <= len(pages) // 10, others
    assert not {uri for uri in others if uri.startswith(("timeline", "quotes", "map", "network"))}


@pytest.mark.parametrize("flat", [False, True])
def test_links_lead_to_the_addresses_of_the_pages(pages: list[Page], flat: bool) -> None:
    """From wherever a page is, whichever way addresses are written; and they are listed."""
    site = Site(directory_urls=not flat)
    uris = {page.uri for page in pages}
    for page in pages:
        made = ready(page.markdown[front_end(page.markdown) :], page.uri, site)
        if made is None:
            continue
        assert {link for link in made.links if link.endswith(".md")} <= uris, page.uri
        here = posixpath.dirname(site.path(page.uri) + "x")
        targets = {site.path(uri).rstrip("/") or "." for uri in made.links if uri.endswith(".md")}
        hrefs = {match.partition("#")[0] for match in re.findall(r'<a href="([^":&]*)"', made.html)} - {""}
        found = {
            posixpath.normpath(posixpath.join(here, href)) for href in hrefs if not re.search(r"\.\w+$", href) or flat
        }
        assert {place for place in found if not place.startswith("assets/")} <= targets, page.uri


@given(st.text(max_size=60))
def test_any_text_stays_what_it_is(text: str) -> None:
    """Whatever stands in an article reads the same either way, and does nothing."""
    shown = escape(text)
    for page in (
        f'<p markdown="span">{shown}</p>',
        f"## {shown.strip() or 'x'} {{ #x }}",
        f"[{shown}](x.md)",
        f"| A |\n| --- |\n| {shown} |",
    ):
        made = ready(page, "people/a.md", SITE)
        if made is not None:
            assert list(elements(made.html)) == list(elements(converted(page).lines[0]))


@pytest.mark.parametrize(
    "markdown",
    [
        "*a*",
        "`a`",
        "- a",
        "1. a",
        "> a",
        "    a",
        "a  \nb *c*",
        "[a][b]",
        "<b onclick=x>a</b> _b_",
        "a\n===",
        "***",
        "~~~\na\n~~~",
        "<script>a</script>",
        "![a](http://x.org/a.png)",
        "[a](https://x.org/)",
        '[a](#"onclick="location=name")',
        '[a](b.md#"x")',
        "[a](b.md?'x)",
        "<p>a",
        "| a | b |\n| --- |\n| c |",
    ],
)
def test_other_markdown_is_left_alone(markdown: str) -> None:
    """What the templates do not write is for a Markdown parser, and with it the whole page."""
    assert ready(markdown, "people/a.md", SITE) is None
    assert ready(f'<div markdown="block">\n\n{markdown}\n\n</div>', "people/a.md", SITE) is None


def test_templates_of_ones_own_may_write_what_they_like(tmp_path: Path) -> None:
    """A page with any other Markdown in it is published all the same, by Python-Markdown."""
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "jane.yml").write_text("name: Jane\n")
    templates = dict(page_templates()) | {"person.md.j2": "# {{ title }}\n\n* {{ page.entry.name }}\n"}
    found = pipeline.build(tmp_path, templates, dt.date(2024, 1, 15))
    page = next(page for page in found.pages if page.uri == "people/jane.md")
    assert page.markdown.endswith("* Jane\n")
    assert page.ready is None
