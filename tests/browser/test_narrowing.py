"""The timeline, the quotations and the map in a browser: narrowed by hand, through the address, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dossier.views.timeline import EVENTS_A_PAGE
from tests.browser.conftest import opened, serve
from tests.conftest import dossier_in, mkdocs

EVENTS = ".d-timeline > li:visible"
QUOTATIONS = "main .d-item:visible"


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A new page; a message in its console or a request to another host fails the test."""
    with opened(browser, served, viewport={"width": 1280, "height": 900}) as (page, faults):
        yield page
    assert faults == []


def field(page: Page, label: str) -> Locator:
    """The field of a filter by its label."""
    return page.locator(".d-narrow label", has_text=re.compile(rf"^{label}\b")).locator("select, input")


def offered(page: Page, label: str, name: str) -> int:
    """The number that stands behind a value of a filter."""
    words = field(page, label).locator("option", has_text=name).first.text_content() or ""
    found = re.search(r"\((\d+)\)$", words)
    assert found
    return int(found[1])


def choose(page: Page, label: str, name: str) -> None:
    """Choose a value of a filter by what readers see of it."""
    options = field(page, label).locator("option", has_text=name)
    field(page, label).select_option(options.first.get_attribute("value"))


def test_the_timeline_is_narrowed_by_person_country_topic_and_kind(page: Page) -> None:
    """Each filter shows as many events as it says; years without one of them are not shown; two filters mean both."""
    page.goto("/timeline/")
    events = page.locator(EVENTS)
    everything = events.count()
    for label, name in (("Person", "Qin Gang"), ("Country", "Ukraine"), ("Topic", "New START"), ("Kind", "Meeting")):
        choose(page, label, name)
        expect(events).to_have_count(offered(page, label, name))
        assert 0 < events.count() < everything
        expect(page.locator(".d-narrow output")).to_have_text(f"{events.count()} of {everything} events")
        page.get_by_role("button", name="Show all").click()
        expect(events).to_have_count(everything)
        expect(page).to_have_url(re.compile(r"/timeline/$"))
    choose(page, "Person", "Qin Gang")
    choose(page, "Person", "Sergey Lavrov")
    lavrov = events.count()
    choose(page, "Kind", "Telephone call")
    expect(events).to_have_count(1)
    assert lavrov > 1
    expect(page.locator("h2:visible")).to_have_text(["2022"])


def test_the_back_button_undoes_a_choice(page: Page) -> None:
    """Each choice is a step: back and forward restore fields and list, also after reading one of the events."""
    page.goto("/timeline/")
    events = page.locator(EVENTS)
    everything = events.count()
    choose(page, "Person", "Sergey Lavrov")
    lavrov = events.count()
    choose(page, "Country", "India")
    both = events.count()
    expect(page).to_have_url(re.compile(r"\?person=sergey-lavrov&country=india$"))
    assert both < lavrov < everything
    page.locator(".d-timeline > li:visible .d-what a").first.click()
    expect(page).to_have_url(re.compile("/events/"))
    page.go_back()
    expect(events).to_have_count(both)
    expect(field(page, "Country")).to_have_value("india")
    page.go_back()
    expect(events).to_have_count(lavrov)
    expect(field(page, "Country")).to_have_value("")
    page.go_back()
    expect(events).to_have_count(everything)
    page.go_forward()
    expect(events).to_have_count(lavrov)
    expect(field(page, "Person")).to_have_value("sergey-lavrov")


def test_an_address_that_was_sent_opens_narrowed(page: Page) -> None:
    """What is asked for that this page does not have gives an empty list that says so, not the whole one."""
    page.goto("/timeline/?topic=new-start")
    expect(page.locator(EVENTS)).to_have_count(offered(page, "Topic", "New START"))
    page.goto("/timeline/?person=%3Cb%3Enobody")
    expect(page.locator(EVENTS)).to_have_count(0)
    expect(page.locator(".d-narrow output")).to_contain_text("0 of")
    assert page.locator(".d-narrow b").count() == 0


def test_a_narrowed_timeline_does_not_say_how_long_a_hidden_event_is_past(page: Page) -> None:
    """A pause is told after the event before it; where that is hidden, it would be wrong."""
    page.goto("/timeline/")
    assert page.locator(".d-gap:visible").count() > 0
    choose(page, "Person", "Sergey Lavrov")
    expect(page.locator(".d-gap:visible")).to_have_count(0)


def test_quotations_are_narrowed_by_speaker_topic_and_date(page: Page) -> None:
    """By each alone and together; a speaker of whom nothing is left is not shown."""
    page.goto("/quotes/")
    said = page.locator(QUOTATIONS)
    everything = said.count()
    choose(page, "Speaker", "Sergey Lavrov")
    expect(said).to_have_count(offered(page, "Speaker", "Sergey Lavrov"))
    expect(page.locator("main h2:visible")).to_have_text(["Sergey Lavrov"])
    expect(page.get_by_role("navigation", name="Speakers").get_by_role("link")).to_have_text(["Sergey Lavrov"])
    choose(page, "Topic", "Isolation of Russia")
    assert 0 < said.count() < offered(page, "Speaker", "Sergey Lavrov")
    assert all("topic:isolation-of-russia" in str(one.get_attribute("data-about")) for one in said.all())
    page.get_by_role("button", name="Show all").click()
    expect(said).to_have_count(everything)
    field(page, "To").fill("2022-12-31")
    early = said.count()
    assert 0 < early < everything
    expect(page).to_have_url(re.compile(r"/quotes/\?to=2022-12-31$"))
    field(page, "To").fill("2022-09-21")  # typed over: one step of the history
    expect(said).to_have_count(0)
    page.go_back()
    expect(said).to_have_count(everything)
    field(page, "From").fill("2023-01-01")
    expect(said).to_have_count(everything - early)
    page.reload()
    expect(said).to_have_count(everything - early)
    expect(field(page, "From")).to_have_value("2023-01-01")


def test_the_map_shows_a_chosen_period(page: Page) -> None:
    """Links lead to the year and from there to the other measure; the counts are those of the table."""
    page.goto("/map/")
    page.get_by_role("navigation", name="Period").get_by_role("link", name="2022").click()
    expect(page).to_have_url(re.compile(r"/map/2022/$"))
    expect(page.get_by_role("navigation", name="Period").locator("[aria-current=page]")).to_have_text("2022")
    row = page.locator("#countries ~ .d-table tbody tr", has_text="Ukraine").first
    events = row.locator("td").nth(1).inner_text()
    expect(page.locator("svg.d-map title", has_text=re.compile(rf"^Ukraine: {events} event"))).to_have_count(1)
    page.get_by_role("link", name="Articles", exact=True).last.click()
    expect(page).to_have_url(re.compile(r"/map/articles/2022/$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/map/2022/$"))
    page.locator("svg.d-map a", has_text="Ukraine").click()
    expect(page.locator("h1")).to_have_text("Ukraine")


def test_without_javascript_all_of_it_is_there(browser: Browser, served: str) -> None:
    """The lists are whole, no filter is shown that would not work, and every period of the map has its page."""
    context = browser.new_context(java_script_enabled=False, base_url=served)
    page = context.new_page()
    page.goto("/timeline/?person=qin-gang")
    assert page.locator(EVENTS).count() > 10
    page.goto("/quotes/?speaker=ned-price")
    assert page.locator(QUOTATIONS).count() > 20
    assert page.locator("form.d-narrow:visible").count() == 0
    page.goto("/map/")
    page.get_by_role("navigation", name="Period").get_by_role("link", name="2023").click()
    expect(page.locator("h1")).to_have_text("Map: 2023")
    context.close()


def test_a_list_is_narrowed_from_a_memory_stick(browser: Browser, stick: Path) -> None:
    """On a disk, too, the choice stands in the address and survives a reload."""
    context = browser.new_context()
    page = context.new_page()
    page.goto((stick / "quotes.html").as_uri())
    choose(page, "Speaker", "Ned Price")
    expect(page).to_have_url(re.compile(r"quotes\.html\?speaker=ned-price$"))
    narrowed = page.locator(QUOTATIONS).count()
    page.reload()
    expect(page.locator(QUOTATIONS)).to_have_count(narrowed)
    context.close()


def test_on_one_of_many_pages_the_choice_is_of_that_page_and_goes_along(browser: Browser, tmp_path: Path) -> None:
    """The list says that it counts this page; links to other years, also a person's, keep the choice."""
    content = {"people/bo-lind.yml": "name: Bo Lind\n", "people/cy-oak.yml": "name: Cy Oak\n"}
    content |= {
        f"events/e{n:03}.yml": f"name: Event {n}\ndate: {2020 + n % 2}-{1 + n % 12:02}\n"
        f"participants: [{{who: people/{'bo-lind' if n % 3 else 'cy-oak'}}}]\n"
        for n in range(EVENTS_A_PAGE + 10)
    }
    plugins = "plugins: [{dossier: {search: 'off'}}]\n"
    settings = f"site_name: T\ndocs_dir: content\ntheme: {{name: material, font: false}}\n{plugins}"
    folder = dossier_in(tmp_path, content, settings)
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    for address in serve(folder / "site"):
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/timeline/2020/")
        choose(page, "Person", "Cy Oak")
        number = offered(page, "Person", "Cy Oak")
        expect(page.locator(EVENTS)).to_have_count(number)
        expect(page.locator(".d-narrow output")).to_have_text(re.compile(rf"^{number} of \d+ events on this page$"))
        page.get_by_role("navigation", name="Years").get_by_role("link", name="2021").click()
        expect(page).to_have_url(re.compile(r"/timeline/2021/\?person=cy-oak$"))
        expect(page.locator(EVENTS)).to_have_count(offered(page, "Person", "Cy Oak"))
        page.goto("/people/bo-lind/")
        page.locator("#events + p a", has_text="2020").click()
        expect(page).to_have_url(re.compile(r"/timeline/2020/\?person=bo-lind$"))
        expect(field(page, "Person")).to_have_value("bo-lind")
        context.close()
