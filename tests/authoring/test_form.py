"""What the browser form's server does with what it is sent, whoever sends it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.form import Desk, RefusedError, serve
from dossier.form.desk import MOST_PAGES
from dossier.form.server import Server
from dossier.model import Ref
from tests.authoring.conftest import Run, files_in

PAGE = "page"


@pytest.fixture
def desk(here: Path) -> Desk:
    """The desk of a small dossier, with one page of the form open."""
    desk = Desk(here / "content")
    desk.open(PAGE)
    return desk


def entry(desk: Desk, path: str) -> dict[str, Any]:
    """An entry as the form gets it."""
    found: dict[str, Any] = json.loads(desk.answer(PAGE, "getEntry", {"path": path})["data"])
    return found


def save(desk: Desk, path: str, data: dict[str, Any], page: str = PAGE) -> None:
    sent = {"path": path, "slug": path.rpartition("/")[2], "raw": json.dumps(data)}
    desk.answer(page, "persistEntry", {"dataFiles": [sent], "assets": [], "options": {}})


def test_entries_are_listed_by_kind(desk: Desk) -> None:
    """Also what may become an entry: articles without metadata, and the countries that are built in."""

    def ids(kind: str) -> list[str]:
        return [one["file"]["path"] for one in desk.answer(PAGE, "entriesByFolder", {"folder": kind})]

    assert ids("people") == ["people/jane-roe.yml"]
    assert ids("articles") == ["articles/2024-05-06-talks.yml"]
    assert "countries/austria.yml" in ids("countries")


def test_a_changed_field_is_the_only_line_that_changes(desk: Desk) -> None:
    """And the dossier is as sound as before."""
    path = desk.folder / "people/jane-roe.yml"
    path.write_text("# Of the embassy\nname: Jane Roe  # as she signs\nsummary: Old\naliases: [Jane A. Roe]\n")
    save(desk, "people/jane-roe.yml", entry(desk, "people/jane-roe.yml") | {"summary": "New: yes"})
    assert path.read_text() == (
        '# Of the embassy\nname: Jane Roe  # as she signs\nsummary: "New: yes"\naliases: [Jane A. Roe]\n'
    )


def test_nothing_is_written_where_nothing_was_changed(desk: Desk) -> None:
    """Saving an entry as it is leaves every byte of the folder as it is."""
    before = files_in(desk.folder)
    save(desk, "people/jane-roe.yml", entry(desk, "people/jane-roe.yml"))
    assert files_in(desk.folder) == before


def test_a_built_in_country_becomes_an_entry(desk: Desk) -> None:
    """With its name and code, and what was typed."""
    save(desk, "countries/austria.yml", entry(desk, "countries/austria.yml") | {"summary": "A republic."})
    assert (desk.folder / "countries/austria.yml").read_text().splitlines()[1:] == [
        "name: Austria",
        "summary: A republic.",
        "iso: AT",
    ]


def test_an_article_gets_metadata(desk: Desk) -> None:
    """Its raw file is not touched."""
    save(desk, "articles/2024-05-06-talks.yml", {"title": "Talks", "mentions": [{"name": "Vienna", "value": "none"}]})
    lines = (desk.folder / "articles/2024-05-06-talks.yml").read_text().splitlines()
    assert lines[1:] == ["title: Talks", 'mentions: {Vienna: "none"}']


def test_a_new_entry_has_the_id_of_its_name(desk: Desk) -> None:
    """By the rule of `dossier new`, one that is not taken; of its kind where the name has no letters for an id."""

    def made(kind: str, name: str) -> Any:
        return desk.answer(PAGE, "idFor", {"kind": kind, "name": name})["id"]

    assert made("people", "Lech Wałęsa") == "lech-walesa"
    assert made("people", "Jane Roe") == "jane-roe-2"
    assert made("people", "外交部") == "person"
    with pytest.raises(RefusedError, match="countries/austria"):
        made("countries", "Austria")


def test_a_new_entry_is_written_with_the_line_for_editors(desk: Desk) -> None:
    """And those who keep the schemas are told of it."""
    told: list[list[Ref]] = []
    desk.done = told.append
    save(desk, "people/john-doe.yml", {"name": "John Doe", "_id": "john-doe", "tags": ["", "envoy"], "draft": False})
    assert (desk.folder / "people/john-doe.yml").read_text() == (
        "# yaml-language-server: $schema=../../.dossier/schema/people.json\nname: John Doe\ntags: [envoy]\n"
    )
    assert Ref("people", "john-doe") in told[0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"name": "", "summary": "Who?"}, "name is missing"),
        ({"name": "John", "birth_date": "last May"}, "last May"),
        ({"name": "John", "positions": [{"title": "Envoy", "country": "atlantis"}]}, "no entry countries/atlantis"),
        ({"name": "Jane Roe"}, "jane-roe"),
        ({"name": "John", "citations": [{"article": "2024-05-06-talks", "quote": "not there"}]}, "does not occur"),
        ({"name": "John", "image": "../../x.png"}, "image"),
        ({"name": "John", "tags": ["a\u202eb"]}, "right-to-left override"),
    ],
)
def test_what_would_be_a_problem_is_refused(desk: Desk, data: dict[str, Any], why: str) -> None:
    """With the sentence of `dossier check`; nothing is written."""
    before = files_in(desk.folder)
    with pytest.raises(RefusedError, match=re.escape(why)):
        save(desk, "people/john.yml", data)
    assert files_in(desk.folder) == before


def test_a_problem_that_was_there_does_not_hinder(desk: Desk) -> None:
    """One can mend a dossier piece by piece."""
    (desk.folder / "people/john.yml").write_text("name: John\ncuontry: austria\ntags: nothing\n")
    save(desk, "people/john.yml", entry(desk, "people/john.yml") | {"summary": "A clerk."})
    assert "cuontry: austria\ntags: nothing\n" in (desk.folder / "people/john.yml").read_text()


def test_what_was_changed_elsewhere_is_kept(desk: Desk) -> None:
    """Fields that the person at the form did not touch stay as they are by now; the same field: a refusal."""
    path = desk.folder / "people/jane-roe.yml"
    form = entry(desk, "people/jane-roe.yml")
    path.write_text("name: Jane Roe\naliases: [Jane A. Roe, Janet]\nsummary: In the editor.\n")
    save(desk, "people/jane-roe.yml", form | {"pronouns": "she/her"})
    assert path.read_text() == (
        "name: Jane Roe\naliases: [Jane A. Roe, Janet]\nsummary: In the editor.\npronouns: she/her\n"
    )
    with pytest.raises(RefusedError, match="Summary was changed in the file meanwhile"):
        save(desk, "people/jane-roe.yml", form | {"pronouns": "she/her", "summary": "In the form."})


def test_a_page_can_save_again_and_again(desk: Desk) -> None:
    """Its own last save is no change from elsewhere."""
    form = entry(desk, "people/jane-roe.yml")
    for words in ("One", "Two", "Three"):
        save(desk, "people/jane-roe.yml", form | {"summary": words})
    assert "summary: Three" in (desk.folder / "people/jane-roe.yml").read_text()


def test_an_entry_that_is_referred_to_is_not_deleted(desk: Desk) -> None:
    """The refusal says who refers to it; others can be deleted."""
    (desk.folder / "events").mkdir()
    (desk.folder / "events/talks.yml").write_text("name: Talks\nparticipants: [{who: people/jane-roe}]\n")
    with pytest.raises(RefusedError, match=r"events/talks\.yml"):
        desk.answer(PAGE, "deleteFiles", {"paths": ["people/jane-roe.yml"]})
    desk.answer(PAGE, "deleteFiles", {"paths": ["events/talks.yml"]})
    assert not (desk.folder / "events/talks.yml").exists()
    assert (desk.folder / "people/jane-roe.yml").exists()


@pytest.mark.parametrize(
    "path",
    [
        "../mkdocs.yml", "people/../../mkdocs.yml", "/etc/passwd.yml", "people/x/y.yml", "people/jane-roe.txt",
        "people/Jane.yml", "people/.yml", "people/index.yml", "secrets/x.yml", "redirects.yml", "people\\x.yml", "",
        "articles/2024-05-06-talks.txt", "people/x\x00.yml",
    ],
)  # fmt: skip
@pytest.mark.parametrize("action", ["getEntry", "persistEntry", "deleteFiles"])
def test_no_path_leads_elsewhere(desk: Desk, action: str, path: str) -> None:
    """An entry is kind/id.yml in the content folder, and nothing else is read, written or deleted."""
    before = files_in(desk.folder.parent)
    sent = {"path": path, "raw": '{"name": "x"}'}
    with pytest.raises(RefusedError):
        desk.answer(PAGE, action, {"path": path, "paths": [path], "dataFiles": [sent]})
    assert files_in(desk.folder.parent) == before


def test_a_link_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    """A file that somebody linked into the folder is not written through."""
    (tmp_path / "elsewhere.yml").write_text("name: Else\n")
    (desk.folder / "people/else.yml").symlink_to(tmp_path / "elsewhere.yml")
    with pytest.raises(RefusedError):
        save(desk, "people/else.yml", {"name": "Changed"})
    assert (tmp_path / "elsewhere.yml").read_text() == "name: Else\n"


def test_pictures_are_not_taken(desk: Desk) -> None:
    """The form writes entries, and no other files."""
    sent = {"path": "people/x.yml", "raw": '{"name": "x"}'}
    with pytest.raises(RefusedError, match="by hand"):
        desk.answer(PAGE, "persistEntry", {"dataFiles": [sent], "assets": [{"path": "x.svg", "content": ""}]})
    with pytest.raises(RefusedError, match="not done here"):
        desk.answer(PAGE, "persistMedia", {})


def test_an_article_is_shown_in_numbered_paragraphs(desk: Desk) -> None:
    """As the site numbers them, after cleaning; there is no other file to be read that way."""
    found = desk.answer(PAGE, "textOf", {"id": "2024-05-06-talks"})
    assert found["paragraphs"] == [[1, "Jane Roe met her counterpart in Vienna on Monday. They talked for an hour."]]
    for name in ("nothing", "../people/jane-roe", "", None):
        with pytest.raises(RefusedError):
            desk.answer(PAGE, "textOf", {"id": name})


def test_pages_that_were_not_given_out_are_refused(desk: Desk) -> None:
    """Nor those of which there are too many."""
    with pytest.raises(RefusedError, match="out of date"):
        desk.answer("another", "info", {})
    for number in range(MOST_PAGES):
        desk.open(str(number))
    with pytest.raises(RefusedError, match="out of date"):
        desk.answer(PAGE, "info", {})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=10,
)
NAMES = st.sampled_from(["name", "aliases", "positions", "description", "identifiers", "tlp", "draft", "links", "_id"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.dictionaries(NAMES, JSON, max_size=4))
def test_whatever_is_sent_is_written_soundly_or_refused(desk: Desk, data: dict[str, Any]) -> None:
    """Never a traceback, and never a dossier with more problems than before."""
    path = desk.folder / "people/any.yml"
    path.unlink(missing_ok=True)
    desk.pages[PAGE].clear()
    try:
        save(desk, "people/any.yml", data)
    except RefusedError:
        assert not path.exists()
    else:
        assert not desk.shelf().content.problems


@pytest.fixture
def served(desk: Desk) -> Iterator[Server]:
    with serve(desk) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def ask(server: Server, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """A request as a browser on this machine would make it, but for the headers that are named."""
    host = f"127.0.0.1:{server.server_port}"
    sent = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json", **headers}
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {**sent, "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    response = connection.getresponse()
    found = response.status, response.read(), dict(response.getheaders())
    connection.close()
    return found


INFO = json.dumps({"action": "info", "params": {}}).encode()


def test_each_page_is_given_a_secret_of_its_own(served: Server) -> None:
    """With it the page may ask; the policy lets it load nothing from elsewhere, and nobody put it into a frame."""
    status, body, headers = ask(served, "GET", "/admin/")
    (secret,) = re.findall(rb'data-session="([\w-]{20,})"', body)
    assert status == 200
    assert ask(served, "GET", "/admin/")[1] != body
    assert ask(served, "POST", f"/api/v1/{secret.decode()}", INFO)[0] == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("page", {}, 200),
        ("page", {"Origin": "http://evil.example"}, 403),
        ("page", {"Origin": "null"}, 403),
        ("page", {"Host": "evil.example"}, 403),  # a name of another host that was made to point here
        ("page", {"Host": "127.0.0.1:1"}, 403),
        ("page", {"Content-Type": "text/plain"}, 403),  # what a form elsewhere may send without asking
        ("guessed", {}, 422),
        ("../x", {}, 400),
    ],
)
def test_only_the_form_itself_is_answered(served: Server, path: str, headers: dict[str, str], status: int) -> None:
    """Not other sites that are open in the same browser, nor names that were made to point to this machine."""
    assert ask(served, "POST", f"/api/v1/{path}", INFO, **headers)[0] == status


def test_other_names_of_this_machine_get_no_files(served: Server) -> None:
    """A page under another name could otherwise read the secret."""
    assert ask(served, "GET", "/admin/", Host="evil.example")[0] == 403


@pytest.mark.parametrize("path", ["/admin/../mkdocs.yml", "/content/people/jane-roe.yml", "/admin/%2e%2e/x", "/x"])
def test_only_the_files_of_the_form_are_served(served: Server, path: str) -> None:
    """The content folder is not."""
    assert ask(served, "GET", path)[0] == 404


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"action": 1}', b"\xff", b"[" * 5000, b'{"action":"getEntry","params":[]}']
)
def test_a_request_that_is_none_is_refused(served: Server, body: bytes) -> None:
    """With a status, not a traceback; the server goes on."""
    assert ask(served, "POST", "/api/v1/page", body)[0] in (400, 422)
    assert ask(served, "POST", "/api/v1/page", INFO)[0] == 200


def test_a_taken_port_is_said(here: Path, run: Run, served: Server) -> None:
    """In one line, with what to do."""
    result = run("cms", "--port", str(served.server_port))
    assert result.exit_code == 1
    assert "--port" in result.stderr


def test_the_command_serves_until_it_is_stopped(here: Path) -> None:
    """It prints the address; files of a folder that was exported and changed go before the packaged ones."""
    (here / "admin").mkdir()
    (here / "admin/start.css").write_text("/* ours */", encoding="utf-8")
    program = [Path(sys.executable).with_name("dossier"), "cms", "--port", "0", "--admin", "admin"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=here) as running:
        assert running.stdout
        address = running.stdout.readline().strip()
        try:
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/admin/", address)
            with urllib.request.urlopen(f"{address}start.css") as answer:
                assert answer.read() == b"/* ours */"
            with urllib.request.urlopen(f"{address}config.yml") as answer:
                assert b"people/jane-roe" in answer.read()
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 0
        finally:
            running.kill()  # it may not have stopped: nobody is to wait for it


def test_the_folder_is_read_anew_when_a_file_changes(desk: Desk) -> None:
    """And only then."""
    first = desk.shelf()
    assert desk.shelf() is first
    (desk.folder / "people/john-smith.yml").write_text("name: John Smith\n", encoding="utf-8")
    assert Ref("people", "john-smith") in desk.shelf().known
