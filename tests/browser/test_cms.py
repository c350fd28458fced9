"""The browser form, as somebody uses it who has never seen YAML."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dossier import pipeline
from dossier.form import Desk, serve
from tests.conftest import ROOT

SLOW = 20_000  # milliseconds: the form is a program of 5 MB


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's own dossier; each test edits an entry of its own."""
    return Path(shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("cms") / "content"))


@pytest.fixture(scope="module")
def opened(browser: Any, content: Path) -> Iterator[Any]:
    """The form of that copy in a browser, which may ask for nothing but what this machine's server has."""
    asked: list[str] = []
    faults: list[str] = []
    with serve(Desk(content)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(SLOW)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(server.address)
        page.get_by_role("link", name="Antony Blinken").wait_for()
        yield page
        context.close()
        server.shutdown()
        home = server.address.removesuffix("admin/")
    assert [url for url in asked if not url.startswith((home, "data:", "blob:"))] == []
    assert faults == []


@pytest.fixture
def form(opened: Any) -> Iterator[Any]:
    """The form at the list of people; what a test has not saved is thrown away."""
    opened.on("dialog", accept)
    opened.goto(f"{opened.url.partition('#')[0]}#/collections/people")
    opened.get_by_role("link", name="Antony Blinken").wait_for()
    yield opened
    opened.remove_listener("dialog", accept)


def accept(dialog: Any) -> None:
    dialog.accept()


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def save(form: Any) -> None:
    press_save(form)
    form.get_by_text("Changes saved").wait_for()


def press_save(form: Any) -> None:
    form.get_by_role("button", name="Save", exact=True).click()
    form.get_by_text("Save now").click()


def test_an_entry_is_found_edited_and_saved(form: Any, content: Path) -> None:
    """One line of its file changes, and the dossier is as sound as before."""
    before = {path: lines(path) for path in content.rglob("*.yml")}
    assert form.get_by_role("link", name="Sergey Lavrov").count() == 1
    form.get_by_role("link", name="Sergey Lavrov").click()
    form.get_by_label("Summary").fill("He is Russia's minister: of foreign affairs.")
    save(form)
    path = content / "people/sergey-lavrov.yml"
    (was,) = [line for line in before[path] if line.startswith("summary:")]
    new = 'summary: "He is Russia\'s minister: of foreign affairs."'
    assert lines(path) == [new if line == was else line for line in before[path]]
    assert all(lines(other) == was for other, was in before.items() if other != path)
    assert pipeline.survey(content).problems == ()


def test_references_show_names_and_are_chosen_from_the_entries(form: Any, content: Path) -> None:
    """What stands in the file is shown by its name; another is added from the list of countries, curated or not."""
    form.get_by_role("link", name="Maria Zakharova").click()
    form.get_by_text("Russia", exact=True).first.wait_for()
    box = form.locator("[id^=nationality]").first
    box.click()
    form.keyboard.type("Norw")
    form.get_by_role("option", name="Norway").or_(form.get_by_text("Norway", exact=True)).first.click()
    save(form)
    assert "nationality: [russia, norway]" in lines(content / "people/maria-zakharova.yml")
    assert pipeline.survey(content).problems == ()


def test_a_new_entry_gets_its_id_from_its_name(form: Any, content: Path) -> None:
    """By the rule of `dossier new`."""
    form.get_by_text("New Person").click()
    form.get_by_label("Name", exact=True).first.fill("Lech Wałęsa")
    form.get_by_label("Birth date").fill("1943-09~")
    save(form)
    assert lines(content / "people/lech-walesa.yml")[1:] == ["name: Lech Wałęsa", "birth_date: 1943-09~"]
    assert pipeline.survey(content).problems == ()


def test_what_is_wrong_is_said_at_the_form(form: Any, content: Path) -> None:
    """A date in words by the form itself; what only the dossier knows in its own sentence. The file stays."""
    path = content / "people/antony-blinken.yml"
    before = path.read_bytes()
    form.get_by_role("link", name="Antony Blinken").click()
    date = form.get_by_label("Birth date")
    date.fill("in the sixties")
    press_save(form)
    form.get_by_text("a date is needed here").first.wait_for()
    date.clear()
    date.fill("1962-02-30")
    press_save(form)
    form.get_by_text("Not saved: ").filter(has_text="February 1962 has 28 days").wait_for()
    assert path.read_bytes() == before


def test_the_text_of_an_article_stands_beside_it(form: Any, content: Path) -> None:
    """To copy words from; whatever markup stands in it is text."""
    hostile = "<img src=x onerror=alert(1)> was what the minister said to Antony Blinken in the hall on Monday."
    (content / "articles/2024-01-01-hall.txt").write_text(f"A word in the hall\n\n{hostile}\n", encoding="utf-8")
    form.goto(f"{form.url.partition('#')[0]}#/collections/articles")
    form.get_by_role("link", name="2024-01-01-hall").click()
    form.frame_locator("iframe").get_by_text(hostile).wait_for()
    assert form.frame_locator("iframe").locator("img").count() == 0


def test_every_kind_can_be_opened(form: Any, content: Path) -> None:
    """Each list has its entries, and the first of each opens with its fields; there is nothing to publish."""
    folders = ["countries", "organizations", "events", "topics", "claims", "articles", "sources"]
    home = form.url.partition("#")[0]
    for folder in folders:
        form.goto(f"{home}#/collections/{folder}")
        form.locator(f'a[href*="/collections/{folder}/entries/"]').first.click()
        form.get_by_text("TLP label").first.wait_for()
        for word in ("Publish", "Check for Preview"):
            assert form.get_by_role("button", name=word).count() == 0
    form.goto(f"{home}#/collections/people")
    form.get_by_role("link", name="Antony Blinken").wait_for()
    assert form.get_by_role("button", name="Media").count() == 0
