"""Every kind of page in a real browser: wide and narrow, light and dark, with and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dossier.schema import KINDS
from tests.browser.conftest import opened

ARTICLE = "/articles/2023-03-03-blinken-lavrov-new-delhi/"
PAGES = (
    "/",
    "/people/sergey-lavrov/",
    "/countries/russia/",
    "/organizations/g20/",
    "/events/new-delhi-exchange/",
    "/topics/new-start/",
    "/claims/encounter-of-september-2022/",
    "/sources/cnsnews/",
    ARTICLE,
    *(f"/{kind.folder}/" for kind in KINDS),
    "/timeline/",
    "/map/",
    "/map/articles/2022/",
    "/network/",
    "/quotes/",
    "/search/",
    "/method/",
    "/briefs/when-did-they-meet/",
    "/404.html",
)
#: Beside its usual rules: room enough to hit a link with a finger (WCAG 2.2, 2.5.8).
RULES = {"rules": {"target-size": {"enabled": True}}}

# No colour is halfway to another; an inline style sheet would be against the policy of the site.
STILL = """
    const still = new CSSStyleSheet()
    still.replaceSync("* { transition: none !important }")
    document.adoptedStyleSheets.push(still)
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_kind_of_page_is_sound_and_accessible(browser: Browser, served: str, width: int, scheme: str) -> None:
    """No message in the console, no other host, nothing wider than the window, nothing that axe-core finds."""
    found: dict[str, object] = {}
    with opened(browser, served, viewport={"width": width, "height": 900}, color_scheme=scheme) as (page, faults):
        for address in PAGES:
            page.goto(address, wait_until="load")
            page.evaluate(STILL)
            wide = page.evaluate("document.documentElement.scrollWidth")
            violations = [v["id"] for v in Axe().run(page, options=RULES).response["violations"]]
            if faults or wide > width or violations:
                found[address] = (faults[:], wide, violations)
                faults.clear()
    assert found == {}


def test_everything_can_be_read_without_javascript(browser: Browser, served: str) -> None:
    """Text, lists, quotations and pictures are there; what only a script could work is not shown."""
    with opened(browser, served, java_script_enabled=False) as (page, _):
        page.goto(ARTICLE)
        expect(page.locator("#p1")).to_be_visible()
        expect(page.locator("#p28")).to_be_visible()
        page.goto("/timeline/")
        expect(page.get_by_role("link", name="Blinken and Lavrov speak in New Delhi").first).to_be_visible()
        page.goto("/network/")
        expect(page.locator("svg.d-diagram").first).to_be_visible()


def test_a_paragraph_is_found_by_its_anchor(browser: Browser, served: str) -> None:
    """A link to a paragraph brings it below the header, marked."""
    with opened(browser, served, viewport={"width": 1280, "height": 700}) as (page, _):
        page.goto(f"{ARTICLE}#p12")
        page.wait_for_function("window.scrollY > 0")
        top = page.evaluate("document.querySelector('#p12').getBoundingClientRect().top")
        header = page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom")
        assert header <= top < 400
        marked = "getComputedStyle(document.querySelector('{}')).backgroundColor"
        assert page.evaluate(marked.format("#p12")) != page.evaluate(marked.format("#p11"))


def test_the_scheme_of_the_reader_and_then_the_reader_s_choice(browser: Browser, served: str) -> None:
    """The site is dark where the reader's machine is; the switch changes it and is remembered."""
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    with opened(browser, served, color_scheme="dark") as (page, _):
        page.goto("/")
        page.wait_for_function(f"{scheme} === 'slate'")
        page.locator("label[for^='__palette']:visible").first.click()
        page.wait_for_function(f"{scheme} === 'default'")
        page.goto("/people/")
        page.wait_for_function(f"{scheme} === 'default'")


def test_the_drawer_on_a_phone(browser: Browser, served: str) -> None:
    """The menu opens, lists the pages, and closes again."""
    with opened(browser, served, viewport={"width": 390, "height": 800}) as (page, _):
        page.goto("/people/sergey-lavrov/")
        page.get_by_role("button", name="Menu").click()
        entry = page.locator(".md-nav--primary a", has_text="Timeline").first
        expect(entry).to_be_in_viewport()
        page.locator(".md-overlay").click(position={"x": 380, "y": 400})
        expect(entry).not_to_be_in_viewport()


def test_the_drawer_without_javascript(browser: Browser, served: str) -> None:
    """The menu opens by the label in the header alone, and shows where the reader is."""
    with opened(browser, served, viewport={"width": 390, "height": 800}, java_script_enabled=False) as (page, _):
        page.goto("/people/")
        entry = page.locator(".md-nav--primary a", has_text="Method")
        expect(entry).not_to_be_in_viewport()
        page.locator(".md-header label[for=__drawer]").click()
        expect(entry).to_be_in_viewport()
        expect(page.locator(".md-nav--primary [aria-current=page]")).to_have_text("People")


def test_a_paragraph_s_number_is_announced_as_one(browser: Browser, served: str) -> None:
    """To a screen reader the number is a link called “Paragraph 3”; what is seen, and copied, is the number."""
    with opened(browser, served) as (page, _):
        page.goto(ARTICLE)
        link = page.get_by_role("link", name="Paragraph 3", exact=True)
        expect(link).to_have_attribute("href", "#p3")
        assert link.inner_text() == "3"


def test_from_a_memory_stick(browser: Browser, stick: Path) -> None:
    """With one setting the site is read from a disk: styles, links and pages are all found."""
    page = browser.new_context().new_page()
    page.goto((stick / "index.html").as_uri())
    page.locator("main a", has_text="Antony Blinken").first.click()
    expect(page.locator("h1")).to_have_text("Antony Blinken")
    assert page.evaluate("[...document.styleSheets].some(s => s.href && s.href.includes('assets/dossier.css'))")
    page.context.close()
