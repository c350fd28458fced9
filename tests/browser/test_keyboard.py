"""Without a mouse, zoomed in, with motion turned off: every page can still be used."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.browser.test_pages import ARTICLE, PAGES
from tests.render.test_theme import contrast

WALKED = ("/", ARTICLE, "/events/new-delhi-exchange/", "/people/", "/network/", "/search/")

#: Numbers what the keyboard should reach: shown, not turned off, not taken out of the order.
CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true })
    && e.getClientRects().length && e.type !== "radio" && !e.matches(".md-top")
    && !e.closest("details:not([open]) > :not(summary)"))
  .map((e, n) => { e.dataset.walk = n; return e.outerHTML.slice(0, 90) })"""
FOCUSED = """() => {
  const e = document.activeElement
  const box = e.getBoundingClientRect()
  const style = getComputedStyle(e)
  return {
    number: e.dataset.walk === undefined ? null : Number(e.dataset.walk),
    html: e.outerHTML.slice(0, 90),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
      || [e, ...e.querySelectorAll("*")].some(part => getComputedStyle(part).strokeWidth >= "2px"),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }
}"""


def walk(page: Page) -> tuple[list[str], list[dict[str, Any]]]:
    """What the keyboard should reach, and what the Tab key does reach, in order."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    controls = page.evaluate(CONTROLS)
    reached: list[dict[str, Any]] = []
    for _ in range(len(controls) + 12):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if reached and (found["html"].startswith("<body") or found["number"] == reached[0]["number"]):
            break
        reached.append(found)
    return controls, reached


@pytest.mark.parametrize("address", WALKED)
def test_the_tab_key_reaches_everything_in_order(browser: Browser, served: str, address: str) -> None:
    """Each link and control gets the focus once, in the order of the page, in view and with an outline."""
    with opened(browser, served, viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as (page, _):
        page.goto(address, wait_until="networkidle")
        controls, reached = walk(page)
        numbers = [found["number"] for found in reached if found["number"] is not None]
        assert [html for n, html in enumerate(controls) if n not in numbers] == []
        assert numbers == sorted(numbers)
        assert [found["html"] for found in reached if not found["seen"] or not found["ring"]] == []


def test_the_first_key_leads_past_the_menus(browser: Browser, served: str) -> None:
    """The skip link leads to the heading: the next key reaches what comes after it."""
    with opened(browser, served) as (page, _):
        page.goto(ARTICLE)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.md-skip') && document.activeElement.checkVisibility()")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        after = "document.querySelector('h1').compareDocumentPosition(document.activeElement) & 4"
        assert page.evaluate(f"Boolean({after}) && document.activeElement.closest('article') !== null")


def test_the_menu_of_a_phone_works_by_keyboard(browser: Browser, served: str) -> None:
    """What the closed menu holds is not in the way of the Tab key; Enter opens it, and Escape closes it."""
    with opened(browser, served, viewport={"width": 390, "height": 800}, reduced_motion="reduce") as (page, _):
        page.goto("/claims/encounter-of-september-2022/")
        _, reached = walk(page)
        assert [found["html"] for found in reached if not found["seen"]] == []
        page.get_by_role("button", name="Menu").focus()
        page.keyboard.press("Enter")
        entry = page.locator(".md-nav--primary a", has_text="Timeline").first
        expect(entry).to_be_in_viewport()
        entry.focus()
        page.keyboard.press("Escape")
        expect(entry).not_to_be_in_viewport()
        expect(page.get_by_role("button", name="Menu")).to_be_focused()


@pytest.mark.parametrize("width", [320, 640])
def test_pages_reflow(browser: Browser, served: str, width: int) -> None:
    """With a zoom of 400% or 200% (a window of 1280 pixels then has 320 or 640) nothing is wider than the window."""
    found = {}
    with opened(browser, served, viewport={"width": width, "height": 450}) as (page, _):
        for address in PAGES:
            page.goto(address, wait_until="load")
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found[address] = wide
    assert found == {}


TEXTS = """() => [...document.querySelectorAll("article svg text")].filter(text => text.checkVisibility()).map(text => {
  const under = text.classList.contains("d-number") ? text.parentElement.querySelector("circle")
    : text.closest(".d-core")?.querySelector("rect")
  const ground = under ? getComputedStyle(under).fill : getComputedStyle(document.body).backgroundColor
  return [text.textContent, getComputedStyle(text).fill, ground]
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_in_pictures_stand_out(browser: Browser, served: str, scheme: str) -> None:
    """Text in a picture has the contrast of small text (4.5 to 1) with the shape it stands on, or with the paper."""
    pale = []
    with opened(browser, served, color_scheme=scheme) as (page, _):
        for address in ("/network/", "/map/", "/people/sergey-lavrov/", "/countries/russia/"):
            page.goto(address)
            texts = page.evaluate(TEXTS)
            assert texts or address.startswith("/countries")
            pale += [t for t in texts if contrast(_hexadecimal(t[1]), _hexadecimal(t[2])) < 4.5]
    assert pale == []


def _hexadecimal(colour: str) -> str:
    """`rgb(23, 74, 134)` as #174a86."""
    parts = colour[colour.index("(") + 1 : -1].replace(",", " ").split()
    return "#" + "".join(f"{round(float(part)):02x}" for part in parts[:3])


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, served: str) -> None:
    """With reduced motion nothing glides, fades or scrolls by itself."""
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
      const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(e)
      const long = durations => durations.split(",").some(d => parseFloat(d) > 0)
      const moves = animationName !== "none" && long(animationDuration)
      return long(transitionDuration) || scrollBehavior === "smooth" || moves
    }).length"""
    with opened(browser, served, reduced_motion="reduce") as (page, _):
        for address in ("/", ARTICLE, "/timeline/"):
            page.goto(address)
            assert page.evaluate(moving) == 0


def test_the_panel_follows_the_reader(browser: Browser, served: str) -> None:
    """Beside an article the panel stays in view and marks what the paragraphs in view name."""
    with opened(browser, served, viewport={"width": 1280, "height": 900}) as (page, _):
        page.goto(ARTICLE)
        page.locator("#p24").evaluate("p => scrollTo(0, p.getBoundingClientRect().top + scrollY - 300)")
        expect(page.locator(".d-panel .d-here").first).to_be_visible()
        here = page.locator(".d-panel .d-here a:first-child").all_text_contents()
        assert "Sergey Lavrov" in here
        assert "Paul Whelan" not in here
        assert page.locator(".d-panel").bounding_box()["y"] > 0
