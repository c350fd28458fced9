"""Lists that are sorted and narrowed: by mouse and key, through the address, across groups, and without JavaScript."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.conftest import ROOT

SCRIPT = ROOT / "site_templates" / "theme" / "assets" / "tables.js"
ROWS = ".d-index tbody tr:visible"


def column(page: Page, place: int) -> list[str]:
    """The words of a column, of the lines that are shown."""
    return page.locator(f"{ROWS} > :nth-child({place})").all_inner_texts()


def test_a_list_is_sorted_by_its_headings_and_the_address_keeps_it(browser: Browser, served: str) -> None:
    """The most come first, a second time the least; a reload keeps it, and Back undoes it step by step."""
    with opened(browser, served) as (page, faults):
        page.goto("/countries/")
        by_name = column(page, 1)
        mentions = page.get_by_role("button", name="Mentions")
        mentions.focus()
        page.keyboard.press("Enter")
        counts = [int(n) for n in column(page, 6)]
        assert counts == sorted(counts, reverse=True)
        assert len(set(counts)) > 1
        assert page.url.endswith("?sort=mentions")
        expect(page.get_by_role("columnheader", name="Mentions")).to_have_attribute("aria-sort", "descending")
        mentions.click()
        assert [int(n) for n in column(page, 6)] == counts[::-1]
        assert page.url.endswith("?sort=-mentions")
        page.reload()
        assert [int(n) for n in column(page, 6)] == counts[::-1]
        page.go_back()
        assert [int(n) for n in column(page, 6)] == counts
        page.go_back()
        assert column(page, 1) == by_name
        assert faults == []


def test_a_list_is_narrowed_by_a_word_and_a_choice(browser: Browser, served: str) -> None:
    """What was chosen stands in the address and comes back with it; how many are left is told."""
    with opened(browser, served) as (page, _):
        page.goto("/countries/")
        everything = page.locator(ROWS).count()
        page.locator("select[name=region]").select_option(index=1)
        some = page.locator(ROWS).count()
        assert 0 < some < everything
        expect(page.locator("output")).to_have_text(f"{some} of {everything}")
        page.goto("/countries/?region=Eastern+Asia&q=jap")
        assert [name.strip() for name in column(page, 1)] == ["Japan"]
        page.get_by_role("link", name="Japan").click()
        page.go_back()
        assert [name.strip() for name in column(page, 1)] == ["Japan"]
        page.goto("/countries/?region=Nowhere&sort=nothing")
        assert page.locator(ROWS).count() == everything


def test_groups_are_one_list_when_sorted_by_something_else(browser: Browser, served: str) -> None:
    """Sorted by name the years of events fall away; in the order they came in they are back."""
    with opened(browser, served) as (page, _):
        page.goto("/events/")
        headings = page.locator("main h2:visible")
        years, events = headings.count(), column(page, 1)
        assert years > 1
        page.locator("select[name=sort]").select_option(label="Event")
        assert headings.count() == 0
        assert column(page, 1) == sorted(events, key=str.casefold)
        page.locator("select[name=sort]").select_option(label="Date ↓")
        assert (headings.count(), column(page, 1)) == (years, events)


def test_a_phone_shows_the_column_that_a_list_is_sorted_by(browser: Browser, served: str) -> None:
    """A narrow table leaves columns out, but not the one that was asked for."""
    with opened(browser, served, viewport={"width": 390, "height": 800}) as (page, _):
        page.goto("/countries/")
        expect(page.locator(f"{ROWS} > :nth-child(6)").first).to_be_hidden()
        page.locator("select[name=sort]").select_option(label="Mentions ↓")
        expect(page.locator(".d-index tbody tr > :nth-child(6)").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_a_list_is_whole_and_in_order(browser: Browser, served: str) -> None:
    """Every country is there by name, with its flag, and no control that does nothing."""
    with opened(browser, served, java_script_enabled=False) as (page, _):
        page.goto("/countries/")
        names = [name.strip() for name in column(page, 1)]
        assert len(names) >= 20
        assert [name.split("\n")[0] for name in names] == sorted(name.split("\n")[0] for name in names)
        assert page.locator("main form:visible, main th button").count() == 0
        expect(page.get_by_alt_text("Flag of Russia")).to_be_visible()


def test_one_page_of_a_long_list_says_what_it_sorts(browser: Browser) -> None:
    """Where the list goes on elsewhere, the lines of this page are counted, and those of all."""
    rows = "".join(f"<tr><td>N{n}</td><td>{'–' if n == 3 else n}</td></tr>" for n in range(14))
    page = browser.new_context().new_page()
    page.set_content(
        f'<div class="d-table d-index" data-order="name" data-count="1200"><table>'
        f"<thead><tr><th>Name</th><th>Mentions</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    page.add_script_tag(path=SCRIPT)
    expect(page.locator("output")).to_have_text("14 on this page; 1,200 in all")
    page.get_by_label("Find").fill("n1")
    expect(page.locator("output")).to_have_text("5 of 14 on this page; 1,200 in all")
    page.context.close()


def test_what_is_empty_comes_last_whichever_way(browser: Browser) -> None:
    """A line without a number is neither the most nor the least."""
    rows = "".join(f"<tr><td>N{n}</td><td>{'–' if n == 3 else n}</td></tr>" for n in range(20))
    page = browser.new_context().new_page()
    page.set_content(
        f'<div class="d-table"><table><thead><tr><th>Name</th><th>Mentions</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    page.add_script_tag(path=SCRIPT)
    for first in ("19", "0"):
        page.get_by_role("button", name="Mentions").click()
        found = page.locator("tbody tr > :nth-child(2)").all_inner_texts()
        assert (found[0], found[-1]) == (first, "–")
    page.context.close()


def test_a_missing_page_looks_for_what_was_asked(browser: Browser, served: str, site: Path) -> None:
    """Its search has the words of the address, and every list is a click away."""
    with opened(browser, served) as (page, faults):
        page.route("**/sergei-lavrow/", lambda route: route.fulfill(path=site / "404.html"))
        page.goto("/people/sergei-lavrow/")
        expect(page.get_by_label("Look for it")).to_have_value("sergei lavrow")
        page.get_by_role("main").get_by_role("link", name="People").click()
        expect(page.locator("h1")).to_have_text("People")
        page.goto("/404.html")
        expect(page.get_by_label("Look for it")).to_have_value("")
        assert faults == []
