"""Every kind of page on paper: dark on white, without what only works on a screen, nothing cut off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import opened
from tests.browser.test_pages import ARTICLE, PAGES

#: A sheet of A4 between its margins of 18 mm, in CSS pixels.
SHEET = round((210 - 2 * 18) / 25.4 * 96)
#: What sorts a table (d-sort) is also the words at the head of a column.
ON_SCREEN_ONLY = ", ".join(
    (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".md-top", "nav", "button:not(.d-sort)", "input", "select")
)
CUT = """() => [...document.querySelectorAll("article *")].filter(e => {
  const style = getComputedStyle(e)
  return e.scrollWidth > e.clientWidth + 1 && e.clientWidth && style.overflowX !== "visible" && e.localName !== "svg"
}).map(e => e.outerHTML.slice(0, 90))"""
COLUMNS = """() => [...document.querySelectorAll("article :is(th, td)")]
  .filter(e => getComputedStyle(e).display === "none").length"""


def printed(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")
    page.emulate_media(media="print", color_scheme="dark")


def test_paper_shows_what_can_be_read_and_no_more(browser: Browser, served: str) -> None:
    """No menu, field or button; no column left out, nothing wider than the sheet, and nothing hidden behind an edge."""
    found: dict[str, object] = {}
    with opened(browser, served, viewport={"width": SHEET, "height": 1000}, color_scheme="dark") as (page, _):
        for address in PAGES:
            if address == "/search/":
                continue
            printed(page, address)
            shown = page.locator(f":is({ON_SCREEN_ONLY}):visible").count()
            wide = page.evaluate("document.documentElement.scrollWidth")
            cut, columns = page.evaluate(CUT), page.evaluate(COLUMNS)
            if shown or wide > SHEET or cut or columns:
                found[address] = (shown, wide, cut, columns)
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white(browser: Browser, served: str, scheme: str) -> None:
    """In either scheme a page is printed dark on white."""
    with opened(browser, served, color_scheme=scheme, reduced_motion="reduce") as (page, _):
        printed(page, ARTICLE)
        colours = page.evaluate("""() => [getComputedStyle(document.body).backgroundColor,
          ...[...document.querySelectorAll("#p1, h1, .d-panel a")].map(e => getComputedStyle(e).color)]""")
        ground, *inks = [[int(part) for part in re.findall(r"\d+", colour)[:3]] for colour in colours]
        assert ground == [255, 255, 255]
        assert all(max(ink) < 160 for ink in inks)


def test_what_is_folded_on_the_screen_is_open_on_paper(browser: Browser, served: str) -> None:
    """How to cite an article and what was taken out of it is printed; so is the address behind a link to elsewhere."""
    with opened(browser, served) as (page, _):
        printed(page, ARTICLE)
        heights = page.evaluate("""() => [...document.querySelectorAll("article details")].map(
          e => e.getBoundingClientRect().height - e.querySelector("summary").getBoundingClientRect().height)""")
        assert len(heights) == 2
        assert all(height > 20 for height in heights)
        behind = "e => getComputedStyle(e, '::after').content"
        assert "https://" in page.locator("article a[rel~=external]").first.evaluate(behind)
        assert page.locator(".d-printed").is_visible()


def test_a_short_page_is_one_sheet(browser: Browser, served: str) -> None:
    """No blank sheet follows a page that ends before the first is full; a long one has as many as it needs."""
    with opened(browser, served, color_scheme="dark") as (page, _):
        sheets = {}
        for address in ("/claims/encounter-of-september-2022/", ARTICLE):
            page.goto(address)
            sheets[address] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, format="A4")))
        assert sheets["/claims/encounter-of-september-2022/"] == 1
        assert 4 <= sheets[ARTICLE] <= 7
