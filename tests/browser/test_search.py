"""The search page in a real browser, on the repository's own dossier."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dossier import search
from tests.browser.conftest import opened, serve
from tests.conftest import dossier_in, mkdocs

FOUND = ".d-results .d-what a"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, with Pagefind's index; without Pagefind the tests are skipped, but not in CI."""
    if not search.installed():
        message = "no Pagefind here: pip install 'pagefind[bin]'"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    yield from serve(site)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A new page; a message in its console or a request to another host fails the test."""
    with opened(browser, address, viewport={"width": 1280, "height": 900}) as (page, faults):
        yield page
    assert faults == []


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Sergey Lavrov", "Sergey Lavrov"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Сергей Лавров", "Sergey Lavrov"),
        ("UN", "United Nations"),
        ("U.N.", "United Nations"),
        ("UNSC", "United Nations Security Council"),
        ("america", "United States"),
        ("Russian", "Russia"),
        ("Zelensky", "Volodymyr Zelenskyy"),
        ("canada", "Canada"),
        ("new start", "New START"),
    ],
)
def test_a_name_finds_its_entry_first(page: Page, asked: str, first: str) -> None:
    """A name, another spelling, another script, an abbreviation or an adjective puts its entry first."""
    page.goto("/search/")
    page.get_by_label("Search all entries and articles").fill(asked)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"“{asked}”")
    expect(page.locator(FOUND).first).to_have_text(first)


def test_an_entry_comes_before_the_many_articles_on_it(browser: Browser, address: str, tmp_path: Path) -> None:
    """However often the name stands in headlines and texts: who types it wants the entry."""
    content = {"organizations/council.yml": "name: Council\ndescription: It meets.\n"}
    content |= {
        f"articles/a{n:02}.txt": f"Council\n\nMay {1 + n % 28}, 2024\n\n{f'The Council met the Council {n}. ' * 4}\n"
        for n in range(60)
    }
    folder = dossier_in(tmp_path, content)
    done = mkdocs(folder, "build")
    assert done.returncode == 0, done.stderr
    for at in serve(folder / "site"):
        context = browser.new_context(base_url=at)
        page = context.new_page()
        for asked in ("council", "Council", "council&kind=Article&kind=Organization"):
            page.goto(f"/search/?q={asked}")
            expect(page.locator(".d-results .d-what + .d-role").first).to_have_text("Organization")
            expect(page.locator(FOUND)).to_have_count(20)
        context.close()


def test_each_page_is_found_once(page: Page) -> None:
    """No page stands twice among the results; each says its kind."""
    page.goto("/search/?q=lavrov")
    expect(page.locator(FOUND).first).to_have_text("Sergey Lavrov")
    targets = [link.get_attribute("href") for link in page.locator(FOUND).all()]
    assert len(targets) == len(set(targets)) > 5
    kinds = page.locator(".d-results li > .d-what + .d-role").all_inner_texts()
    assert len(kinds) == len(targets)
    assert kinds[0] == "Person"
    assert any(re.fullmatch(r"Article · [^·]+ · \d+ \w+ \d{4}", kind) for kind in kinds)


def test_an_article_is_shown_with_the_paragraph(page: Page) -> None:
    """The words around a hit lead to the paragraph that they stand in."""
    page.goto("/search/?q=nuclear&kind=Article")
    place = page.locator(".d-excerpt .d-para").first
    expect(page.locator(".d-excerpt mark").first).to_have_text(re.compile("nuclear", re.IGNORECASE))
    words = page.locator(".d-excerpt").first.inner_text().split("¶")[0].strip("… \n")
    number = place.inner_text()
    place.click()
    target = page.locator(f"#p{number.removeprefix('¶')}")
    assert words[:40] in " ".join(target.inner_text().split())


def test_facets_narrow(page: Page) -> None:
    """Two values of one facet mean either, two facets mean both; the counts say what a tick would give."""
    page.goto("/search/?q=lavrov")
    status = page.get_by_role("status")
    expect(status).to_contain_text("pages for")

    def number() -> int:
        return int(status.inner_text().split()[0])

    def offered(value: str) -> int:
        return int(page.locator("label", has=page.get_by_role("checkbox", name=value)).locator(".d-count").inner_text())

    every, events, claims = number(), offered("Event"), offered("Claim")
    page.get_by_role("checkbox", name="Event").check()
    expect(status).to_have_text(f"{events} pages for “lavrov”")
    page.get_by_role("checkbox", name="Claim").check()
    expect(status).to_have_text(f"{events + claims} pages for “lavrov”")
    both = offered("Qin Gang")
    page.get_by_role("checkbox", name="Qin Gang").check()
    expect(status).to_have_text(re.compile(rf"{both} pages? for “lavrov”"))
    assert both < events + claims < every
    page.get_by_role("button", name="Remove all filters").click()
    expect(status).to_have_text(f"{every} pages for “lavrov”")


def test_the_address_keeps_what_was_asked(page: Page) -> None:
    """Words, facets and order stand in the address; reloading keeps them and the back button undoes a step."""
    page.goto("/search/?q=lavrov")
    status = page.get_by_role("status")
    expect(status).to_contain_text("pages for")
    every = status.inner_text()
    page.get_by_role("checkbox", name="Event").check()
    expect(status).not_to_have_text(every)
    narrowed = status.inner_text()
    page.get_by_label("Sort").select_option("Newest first")
    expect(page).to_have_url(re.compile(r"\?q=lavrov&kind=Event&sort=date$"))
    page.reload()
    expect(status).to_have_text(narrowed)
    expect(page.get_by_role("checkbox", name="Event")).to_be_checked()
    expect(page.get_by_label("Sort")).to_have_value("date")
    page.locator(FOUND).first.click()
    expect(page).to_have_url(re.compile("/events/"))
    page.go_back()
    expect(status).to_have_text(narrowed)
    page.go_back()
    expect(page.get_by_label("Sort")).to_have_value("relevance")
    page.go_back()
    expect(status).to_have_text(every)
    expect(page.get_by_role("checkbox", name="Event")).not_to_be_checked()


def test_newest_first(page: Page) -> None:
    """By date, what is dated comes before what is not, the latest first."""
    page.goto("/search/?q=blinken&sort=date")
    expect(page.locator(FOUND).first).to_be_visible()
    years = [re.search(r"\d{4}", about) for about in page.locator(".d-what + .d-role").all_inner_texts()]
    dated = [int(year[0]) if year else 0 for year in years]
    assert dated == sorted(dated, reverse=True)
    assert dated[0]


def test_without_a_word_everything_can_be_narrowed(page: Page) -> None:
    """The empty search lists all pages, the newest first; facets narrow it."""
    page.goto("/search/?kind=Claim")
    expect(page.get_by_role("status")).to_contain_text("the newest first")
    kinds = page.locator(".d-what + .d-role").all_inner_texts()
    assert kinds
    assert {kind.split(" · ")[0] for kind in kinds} == {"Claim"}


def test_more_results_are_fetched_when_asked_for(page: Page) -> None:
    """Twenty at once; the button adds the next and moves the focus to the first of them."""
    page.goto("/search/")
    expect(page.locator(FOUND)).to_have_count(20)
    page.get_by_role("button", name="More results").click()
    expect(page.locator(FOUND)).to_have_count(40)
    expect(page.locator(FOUND).nth(20)).to_be_focused()


def test_nothing_found_is_said(page: Page) -> None:
    """A word that nobody wrote finds nothing, and the page says so."""
    page.goto("/search/?q=xylophonist")
    expect(page.get_by_role("status")).to_have_text("Nothing found for “xylophonist”.")
    expect(page.locator(FOUND)).to_have_count(0)


def test_words_in_quotation_marks_stand_in_a_row(page: Page) -> None:
    """`"security council"` finds the words in this order only."""
    page.goto('/search/?q="security council"')
    expect(page.get_by_role("status")).to_contain_text('pages for "security council"')
    page.goto('/search/?q="council security"')
    expect(page.get_by_role("status")).to_have_text('Nothing found for "council security".')


def test_what_is_typed_is_no_markup(page: Page) -> None:
    """A query is text wherever it is shown."""
    page.goto("/search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&kind=%3Cb%3E")
    expect(page.get_by_role("status")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".d-find img, .d-find b").count() == 0


def test_the_box_in_the_header_leads_to_the_search(page: Page) -> None:
    """The key `s` goes to the box, Enter to the results."""
    page.goto("/people/")
    page.keyboard.press("s")
    page.keyboard.type("Sergei Lavrov")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=Sergei\+Lavrov$"))
    expect(page.locator(FOUND).first).to_have_text("Sergey Lavrov")


def test_escape_leaves_the_box(page: Page) -> None:
    """The keys that move over the page work again, and nothing is asked for."""
    page.goto("/people/")
    page.keyboard.press("/")
    box = page.locator(".d-search-box input")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    expect(page).to_have_url(re.compile(r"/people/$"))


def test_no_page_fetches_the_index_unasked(page: Page) -> None:
    """Only the search page loads what the search needs."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/people/sergey-lavrov/", wait_until="networkidle")
    assert [url for url in fetched if re.search(r"pagefind|search|names\.js", url)] == []


def test_on_a_phone_the_field_is_in_sight(page: Page) -> None:
    """At 390 pixels the field is on the first screen, the facets fold away, and nothing scrolls sideways."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/people/")
    page.get_by_role("link", name="Search", exact=True).first.click()
    field = page.get_by_label("Search all entries and articles")
    field.fill("lavrov")
    expect(page.locator(FOUND).first).to_have_text("Sergey Lavrov")
    box = field.bounding_box()
    assert box
    assert box["y"] < 400
    expect(page.get_by_role("checkbox", name="Event")).not_to_be_visible()
    page.get_by_text("Narrow down").click()
    expect(page.get_by_role("checkbox", name="Event")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_the_page_says_what_to_do(browser: Browser, address: str) -> None:
    """It says that the search needs JavaScript, and links to the lists."""
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/search/?q=lavrov")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    expect(page.get_by_role("article").get_by_role("link", name="People")).to_be_visible()
    context.close()


def test_from_a_disk_names_are_found(browser: Browser, tmp_path: Path) -> None:
    """On file:// the list of names serves: a name finds its entry, and its link opens it."""
    content = {"people/jane-roe.yml": "name: Jane Roe\naliases: [Jeanne Roe]\nsummary: Jane Roe is a minister.\n"}
    settings = (
        "site_name: T\nsite_url: ''\nuse_directory_urls: false\ndocs_dir: content\n"
        "theme: {name: material, font: false}\nplugins: [search, dossier]\n"
    )
    folder = dossier_in(tmp_path, content, settings)
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.goto((folder / "site" / "people" / "index.html").as_uri())
    page.locator(".d-search-box input").fill("jeanne")
    page.keyboard.press("Enter")
    expect(page.locator(FOUND)).to_have_text(["Jane Roe"])
    expect(page.get_by_text("Without a server")).to_be_visible()
    page.locator(FOUND).first.click()
    expect(page.locator("h1")).to_have_text("Jane Roe")
    context.close()
    assert faults == []
