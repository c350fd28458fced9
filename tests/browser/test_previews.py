"""What a link tells of the entry it leads to: for pointer and keyboard, over http and from a disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened

CARD = "#d-preview"
ARTICLE = "articles/2023-03-03-blinken-lavrov-new-delhi"
LINK = "#p1 a[data-ref='people/antony-blinken']"


@pytest.fixture(params=["http", "file"])
def article(request: pytest.FixtureRequest, browser: Browser, served: str, stick: Path) -> Iterator[Page]:
    """An article, served and read from a disk; a message in its console fails the test."""
    root, path = (served, f"/{ARTICLE}/") if request.param == "http" else (stick.as_uri(), f"/{ARTICLE}.html")
    with opened(browser, root, viewport={"width": 1280, "height": 900}) as (page, faults):
        page.goto(root + path)
        yield page
    assert faults == []


def test_pointing_at_a_name_tells_who_it_is(article: Page) -> None:
    """Name, kind, post, summary and last mention; the card stays while it is pointed at, and goes with the pointer."""
    fetched: list[str] = []
    article.on("request", lambda request: fetched.append(request.url))
    article.locator(LINK).first.hover()
    card = article.locator(CARD)
    expect(card).to_be_visible()
    expect(card).to_contain_text("Antony Blinken")
    expect(card).to_contain_text("Person")
    expect(card).to_contain_text("Secretary of State")
    expect(card).to_contain_text("Last named 3 March 2023")
    card.hover()
    article.wait_for_timeout(400)
    expect(card).to_be_visible()
    article.mouse.move(1, 1)
    expect(card).to_be_hidden()
    article.locator("#p1 a[data-ref='countries/india']").hover()
    expect(card).to_contain_text("India")
    assert len([url for url in fetched if "previews" in url]) == 1  # not one for each


def test_the_keyboard_brings_it_up_and_escape_closes_it(article: Page) -> None:
    """The card describes the link that has the focus; Escape closes it, and Tab goes on to the next link."""
    link, card = article.locator(LINK).first, article.locator(CARD)
    article.keyboard.press("Tab")  # from here on the focus is the keyboard's
    link.focus()
    expect(card).to_be_visible()
    expect(card).to_have_role("tooltip")
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    if article.url.startswith("http"):  # on a disk axe-core may not read the stylesheets
        assert Axe().run(article).response["violations"] == []
    article.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None
    assert link.evaluate("link => link === document.activeElement")
    article.keyboard.press("Tab")
    assert article.evaluate("document.activeElement.matches('#article a, .md-content a')")
    assert not link.evaluate("link => link === document.activeElement")


def test_who_hurries_past_is_not_held_up(article: Page) -> None:
    """A link that the focus leaves at once brings up nothing, and nothing is fetched for it."""
    fetched: list[str] = []
    article.on("request", lambda request: fetched.append(request.url))
    article.keyboard.press("Tab")
    article.locator(LINK).first.focus()
    article.keyboard.press("Tab")
    article.keyboard.press("Shift+Tab")
    article.locator("body").press("Escape")
    article.evaluate("document.activeElement.blur()")
    article.wait_for_timeout(600)
    expect(article.locator(CARD)).to_be_hidden()
    assert [url for url in fetched if "previews" in url] == []


def test_a_place_and_the_page_itself_bring_up_nothing(browser: Browser, served: str) -> None:
    """A paragraph's link leads to words, not to an entry; a page tells nothing of itself."""
    context = browser.new_context(base_url=served)
    page = context.new_page()
    page.goto("/people/sergey-lavrov/")
    page.locator("#in-the-articles ~ .d-coverage a", has_text="¶").first.hover()
    page.wait_for_timeout(600)
    expect(page.locator(CARD)).to_be_hidden()
    context.close()


def test_touching_a_name_follows_the_link(browser: Browser, served: str) -> None:
    """A finger brings up no card that would stand in its way."""
    context = browser.new_context(
        base_url=served, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"/{ARTICLE}/")
    page.locator(LINK).first.tap()
    expect(page.locator("h1")).to_have_text("Antony Blinken")
    expect(page.locator(CARD)).to_be_hidden()
    context.close()
