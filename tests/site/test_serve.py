"""`mkdocs serve` while a curator works: what is saved is seen, and what is wrong is said in the page."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from dossier.plugin.serving import announcing
from tests.conftest import ENVIRONMENT, dossier_in

from .test_plugin import ENTRIES

SETTINGS = "site_name: T\ndocs_dir: content\ntheme: material\nplugins: [search, dossier: {search: off}]\n"
DOE = "name: John Doe\nsummary: He is an envoy.\n"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a dossier is served, as long as it is looked at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=quiet, stderr=quiet) as server:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.kill()


def page(address: str) -> str | None:
    """The text of a page; None where there is none (or no server yet)."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return str(answer.read().decode())
    except OSError:  # not found, or not yet served
        return None


def comes(address: str, true: Callable[[str | None], bool], tries: int = 240) -> bool:
    """Whether something becomes true of a page, sooner or later."""
    for _ in range(tries):
        if true(page(address)):
            return True
        time.sleep(0.25)
    return False


def shows(address: str, words: str) -> bool:
    """Whether a page comes to show some words."""
    return comes(address, lambda text: text is not None and words in text)


def is_gone(address: str) -> bool:
    """Whether a page comes to be missing, while the server answers."""
    return comes(address, lambda text: text is None and page(address.partition("/people/")[0]) is not None)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A small dossier that is served: its address, and its content folder."""
    folder = dossier_in(tmp_path_factory.mktemp("serve"), ENTRIES | {"people/john-doe.yml": DOE}, SETTINGS)
    with served(folder) as address:
        assert shows(address, "Jane Roe")
        yield address, folder / "content"


def test_a_change_is_seen(small: tuple[str, Path]) -> None:
    """A changed summary is on the page of its entry."""
    address, content = small
    (content / "people/john-doe.yml").write_text(DOE.replace("an envoy", "a judge"), encoding="utf-8")
    assert shows(f"{address}people/john-doe/", "He is a judge.")
    assert shows(f"{address}people/jane-roe/", "Giovanna Roe")


def test_files_come_and_go_without_a_restart(small: tuple[str, Path]) -> None:
    """So it is with pictures, and with pages that are written by hand."""
    address, content = small
    picture, note = content / "talks.svg", content / "note.md"
    picture.write_text("<svg/>")
    note.write_text("# A note\n\nJane Roe was there.\n")
    assert shows(f"{address}talks.svg", "<svg/>")
    assert shows(f"{address}note/", 'data-ref="people/jane-roe"')
    picture.unlink()
    note.unlink()
    for name in ("talks.svg", "note/"):
        assert comes(f"{address}{name}", lambda text: text is None and page(address) is not None)
    assert page(f"{address}people/jane-roe/")


def test_entries_are_added_renamed_and_deleted_without_a_restart(small: tuple[str, Path]) -> None:
    """A new entry has a page and is linked; under another id it has another page; deleted it has none, and no link."""
    address, content = small
    old, new = content / "people/ann-poe.yml", content / "people/annabel-poe.yml"
    (content / "articles/more.txt").write_text("More talks\n\nAnn Poe met Jane Roe again on Tuesday in Vienna.\n")
    old.write_text("name: Ann Poe\nsummary: She is an envoy.\n", encoding="utf-8")
    assert shows(f"{address}people/ann-poe/", "She is an envoy.")
    assert shows(f"{address}articles/more/", 'data-ref="people/ann-poe"')
    old.rename(new)
    assert shows(f"{address}people/annabel-poe/", "She is an envoy.")
    assert shows(f"{address}articles/more/", 'data-ref="people/annabel-poe"')
    assert is_gone(f"{address}people/ann-poe/")
    new.unlink()
    assert is_gone(f"{address}people/annabel-poe/")
    assert comes(f"{address}articles/more/", lambda text: text is not None and "people/annabel-poe" not in text)


def test_problems_are_said_in_the_pages_until_they_are_mended(small: tuple[str, Path]) -> None:
    """Each with its file, line, column and message, on every page of the last good site; mended, they go."""
    address, content = small
    entry, event = content / "people/jane-roe.yml", content / "events/meeting.yml"
    good, meeting = entry.read_text(encoding="utf-8"), event.read_text(encoding="utf-8")
    entry.write_text(f"{good}naem: <b>a mistake</b>\n", encoding="utf-8")
    event.write_text(meeting.replace("2023-03-06", "on Monday"), encoding="utf-8")
    first = "content/events/meeting.yml:2:7: date: &#39;on Monday&#39; is not an EDTF date; write 2022-09-22"
    second = (
        "content/people/jane-roe.yml:4:1: there is no field &#39;naem&#39; here; did you mean name? [unknown-field]"
    )
    for path in ("", "people/jane-roe/", "articles/vienna/"):
        assert shows(f"{address}{path}", first)
        assert shows(f"{address}{path}", second)
    assert "Giovanna Roe" in (page(f"{address}people/jane-roe/") or "")
    entry.write_text(good, encoding="utf-8")
    assert comes(f"{address}people/jane-roe/", lambda text: text is not None and "naem" not in text and first in text)
    event.write_text(meeting, encoding="utf-8")
    assert comes(f"{address}people/jane-roe/", lambda text: text is not None and "EDTF" not in text)


def test_a_browser_is_told_of_problems_by_itself(small: tuple[str, Path], browser) -> None:
    """Nobody has to reload the page: a mistake appears in it, and disappears when it is mended."""
    address, content = small
    entry = content / "people/jane-roe.yml"
    good = entry.read_text(encoding="utf-8")
    tab = browser.new_page()
    try:
        tab.goto(f"{address}people/jane-roe/")
        message = tab.get_by_text("there is no field 'nationalty' here; did you mean nationality?")
        assert not message.is_visible()
        entry.write_text(f"{good}nationalty: [austria]\n", encoding="utf-8")
        message.wait_for(timeout=60_000)
        assert "content/people/jane-roe.yml:4:1" in tab.locator(".md-banner").inner_text()
        entry.write_text(f"{good}nationality: [austria]\n", encoding="utf-8")
        message.wait_for(state="hidden", timeout=60_000)
        assert tab.get_by_role("link", name="Austria").first.is_visible()
    finally:
        tab.close()
        entry.write_text(good, encoding="utf-8")


def test_a_dossier_with_problems_is_served_all_the_same(tmp_path: Path) -> None:
    """Where there is no last good site, the problems stand on an empty one, until they are mended."""
    folder = dossier_in(tmp_path, {"people/john-doe.yml": "nam: John Doe\n"}, SETTINGS)
    with served(folder) as address:
        assert shows(address, "content/people/john-doe.yml:1:1: there is no field &#39;nam&#39; here")
        (folder / "content/people/john-doe.yml").write_text(DOE, encoding="utf-8")
        assert shows(f"{address}people/john-doe/", "He is an envoy.")
        assert "is no field" not in (page(address) or "")


def test_the_repository_is_served(seeds: Path) -> None:
    """With its own search and settings: a change is seen, a mistake is said, and mended it is gone."""
    with served(seeds) as base:
        address = f"{base}people/sergey-lavrov/"
        entry = seeds / "content/people/sergey-lavrov.yml"
        good = entry.read_text(encoding="utf-8")
        assert shows(address, "Sergey Lavrov")
        entry.write_text(f"{good}\nnaem: a mistake\n", encoding="utf-8")
        assert shows(address, "there is no field &#39;naem&#39; here")
        entry.write_text(re.sub("(?m)^summary:.*$", "summary: Changed while serving.", good), encoding="utf-8")
        assert shows(address, "Changed while serving.")
        assert "naem" not in (page(address) or "")


def test_the_index_follows_the_pages(seeds: Path) -> None:
    """The pages do not wait for the search; it finds what has changed a little later."""
    with served(seeds) as base:
        entry = seeds / "content/people/sergey-lavrov.yml"
        index = f"{base}pagefind/pagefind-entry.json"
        assert shows(base, "Briefing")
        assert shows(index, '"hash"')
        first = page(index)
        entry.write_text(re.sub("(?m)^summary:.*$", "summary: Zanzibar.", entry.read_text("utf-8")), encoding="utf-8")
        assert shows(f"{base}people/sergey-lavrov/", "Zanzibar.")
        assert comes(index, lambda text: text is not None and text != first)


@pytest.mark.parametrize("place", ['<div data-md-component="announce">', "<body dir=ltr>", ""])
def test_a_notice_is_told_on_pages_and_nowhere_else(place: str) -> None:
    """It stands where the theme's announcements are, else first of all; the length that is told is true."""
    said = "problem"
    told: list[tuple[str, dict[str, str]]] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        kind = "text/html" if environ["PATH_INFO"] == "/" else "text/css"
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", "5")])
        return [place.encode(), b"words"]

    def ask(path: str) -> str:
        answer = announcing(application, lambda: said)(
            {"PATH_INFO": path}, lambda status, headers, *_: told.append((status, dict(headers))) or told.append
        )
        return b"".join(answer).decode()

    text = ask("/")
    assert text.startswith(f'{place}<aside class="md-banner">')
    assert text.endswith("problem</div></aside>words")
    assert told[-1] == ("200 OK", {"Content-Type": "text/html", "Content-Length": str(len(text))})
    assert ask("/style.css") == f"{place}words"
    said = ""
    assert ask("/") == f"{place}words"
