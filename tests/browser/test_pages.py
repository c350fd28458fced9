"""Every kind of page in a real browser: wide and narrow, light and dark, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dossier.schema import KINDS
from tests.conftest import ROOT, mkdocs

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
    "/network/",
    "/quotes/",
    "/search/",
    "/method/",
    "/briefs/when-did-they-meet/",
    "/404.html",
)


@contextmanager
def opened(browser: Browser, served: str, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what went wrong in it: messages in the console, requests to other hosts."""
    context = browser.new_context(base_url=served, **options)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((served, "data:", "blob:")) else faults.append(r.url))
    yield page, faults
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_kind_of_page_is_sound_and_accessible(browser: Browser, served: str, width: int, scheme: str) -> None:
    """No message in the console, no other host, nothing wider than the window, nothing that axe-core finds."""
    found: dict[str, object] = {}
    with opened(browser, served, viewport={"width": width, "height": 900}, color_scheme=scheme) as (page, faults):
        for address in PAGES:
            page.goto(address, wait_until="load")
            page.add_style_tag(content="* { transition: none !important }")  # no colour is halfway to another
            wide = page.evaluate("document.documentElement.scrollWidth")
            violations = [v["id"] for v in Axe().run(page).response["violations"]]
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
        assert page.locator("select:visible").count() == 0
        page.goto("/network/")
        expect(page.locator("svg.d-diagram").first).to_be_visible()


def test_the_timeline_is_filtered_through_its_address(browser: Browser, served: str) -> None:
    """A choice narrows the list, stands in the address, survives a reload, and can be taken back."""
    with opened(browser, served) as (page, faults):
        page.goto("/timeline/")
        events = page.locator("main li:has(time):visible, main .d-event:visible")
        everything = events.count()
        choice = page.locator("select:visible").first
        choice.select_option(index=1)
        page.wait_for_function("location.search !== ''")
        narrowed = events.count()
        assert 0 < narrowed < everything
        page.reload()
        assert events.count() == narrowed
        page.locator("select:visible").first.select_option(index=0)
        page.wait_for_function("location.search === ''")
        assert events.count() == everything
        assert faults == []


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
        page.locator("label.md-header__button[for='__drawer']").click()
        entry = page.locator(".md-nav--primary a", has_text="Timeline").first
        expect(entry).to_be_in_viewport()
        page.locator(".md-overlay").click(position={"x": 380, "y": 400})
        expect(entry).not_to_be_in_viewport()


def test_the_keyboard_shows_where_it_is(browser: Browser, served: str) -> None:
    """The first key leads past the menus, and what has the focus has an outline."""
    with opened(browser, served) as (page, _):
        page.goto(ARTICLE)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.md-skip')")
        link = page.locator("#p1 a[data-ref]").first
        link.focus()
        outline = "getComputedStyle(document.activeElement)"
        shown = page.evaluate(f"{outline}.outlineStyle !== 'none' || {outline}.boxShadow !== 'none'")
        assert shown


def test_paper_is_white(browser: Browser, served: str) -> None:
    """Printed from the dark scheme, a page is dark on light, without the header."""
    with opened(browser, served, color_scheme="dark") as (page, _):
        page.goto(ARTICLE)
        page.emulate_media(media="print", color_scheme="dark")
        assert not page.locator(".md-header").is_visible()
        red = page.evaluate("parseInt(getComputedStyle(document.querySelector('#p1')).color.match(/\\d+/)[0])")
        assert red < 100
        assert len(page.pdf()) > 10_000


def test_from_a_memory_stick(browser: Browser, tmp_path: Path) -> None:
    """With one setting the site is read from a disk: styles, links and pages are all found."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8") + "use_directory_urls: false\n"
    own = tmp_path / "mkdocs.yml"
    own.write_text(
        settings.replace("docs_dir: content", f"docs_dir: {ROOT}/content")
        .replace("custom_dir: site_templates/theme", f"custom_dir: {ROOT}/site_templates/theme")
        .replace("templates: site_templates/pages", f"templates: {ROOT}/site_templates/pages"),
        encoding="utf-8",
    )
    done = mkdocs(tmp_path, "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = browser.new_context().new_page()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.locator("main a", has_text="Antony Blinken").first.click()
    expect(page.locator("h1")).to_have_text("Antony Blinken")
    assert page.evaluate("[...document.styleSheets].some(s => s.href && s.href.includes('assets/dossier.css'))")
    page.context.close()
