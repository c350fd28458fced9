"""Citations in a browser: the quoted words are there for pointer and keyboard, and nothing is fetched for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CARD = "#d-preview"


@pytest.fixture
def timeline(browser: Any, site: Path) -> Iterator[Any]:
    """The timeline, read from the disk; its citations stand beside no quotation."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((site / "timeline" / "index.html").as_uri())
    yield page
    context.close()


def cited(page: Any) -> Any:
    return page.locator("a[data-quoted]").first


def test_pointing_at_a_citation_shows_the_words(timeline: Any) -> None:
    """The words come up beside the link, stay while they are pointed at, and go with the pointer."""
    timeline.wait_for_load_state("networkidle")
    asked: list[str] = []
    timeline.on("request", lambda request: asked.append(request.url))
    link, card = cited(timeline), timeline.locator(CARD)
    link.hover()
    card.wait_for(state="visible")
    assert card.inner_text() == link.get_attribute("data-quoted")
    card.hover()
    timeline.wait_for_timeout(400)
    assert card.is_visible()
    timeline.mouse.move(1, 1)
    card.wait_for(state="hidden")
    assert [url for url in asked if "/articles/" in url] == []


def test_the_keyboard_shows_the_words_and_escape_closes_them(timeline: Any) -> None:
    """With the focus on the link the words describe it; Escape closes them and leaves the focus where it is."""
    link, card = cited(timeline), timeline.locator(CARD)
    timeline.keyboard.press("Tab")  # from here on the focus is the keyboard's
    link.focus()
    card.wait_for(state="visible")
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    timeline.keyboard.press("Escape")
    assert card.is_hidden()
    assert link.get_attribute("aria-describedby") is None
    assert timeline.evaluate("document.activeElement.matches('a[data-quoted]')")


def test_the_words_stay_on_the_screen(browser: Any, site: Path) -> None:
    """On a narrow screen, too, the card is within the page: nothing has to be scrolled sideways."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto((site / "timeline" / "index.html").as_uri())
    page.keyboard.press("Tab")
    for n in range(min(5, page.locator("a[data-quoted]").count())):
        page.locator("a[data-quoted]").nth(n).focus()
        page.locator(CARD).wait_for(state="visible")
        box = page.locator(CARD).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_touching_follows_the_link(browser: Any, site: Path) -> None:
    """A finger does not point: the link leads to its paragraph, and no card is in the way."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((site / "timeline" / "index.html").as_uri())
    target = cited(page).get_attribute("href")
    page.evaluate("document.addEventListener('click', (event) => event.preventDefault())")
    cited(page).tap()
    page.wait_for_timeout(400)
    assert target
    assert page.locator(CARD).count() == 0 or page.locator(CARD).is_hidden()
    context.close()


def test_beside_its_quotation_a_link_needs_no_card(browser: Any, site: Path) -> None:
    """Where the words stand in full beside the link, pointing at it brings up nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    found = 0
    for path in sorted((site / "claims").glob("*/index.html")):
        page.goto(path.as_uri())
        links = page.locator(".d-quote a[data-quoted]")
        if links.count():
            found += 1
            links.first.hover()
            page.wait_for_timeout(400)
            assert page.locator(CARD).count() == 0 or page.locator(CARD).is_hidden()
            break
    assert found
    context.close()
