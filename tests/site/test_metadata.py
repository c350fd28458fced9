"""What the built site says to machines, and what it keeps back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from click.testing import CliRunner

from dossier.cli import main
from tests.conftest import dossier_in, mkdocs

from .conftest import Page, dead_links, pages_of

CONTENT = {
    "articles/2023-03-07-vienna.txt": "Ministers meet in Vienna\n\nJane Roe met John Doe in Austria on Monday.\n",
    "people/jane-roe.yml": 'name: Jane "JR" Roe\naliases: [Jane Roe]\nsummary: "Says </script><b>no</b> & “yes”."\n',
    "people/john-doe.yml": "name: John Doe\ntlp: red\nimage: pictures/john.svg\n",
    "pictures/john.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "events/meeting.yml": "name: Meeting in Vienna\ndate: 2023-03-06\nparticipants: [{who: jane-roe}]\n",
}
SETTINGS = """site_name: 'News "today" <now>'
docs_dir: content
theme: {name: material, font: false}
plugins: [search, dossier: {audience: green, search: lunr}]
"""


def cards(page: Page) -> dict[str, str]:
    """The properties by which a page introduces itself."""
    metas = [a for tag, a in page.elements if tag == "meta"]
    return {a.get("property") or a.get("name", ""): a.get("content", "") for a in metas}


def data_in(html: str) -> dict[str, object]:
    """The JSON-LD of a page."""
    found = re.findall(r'<script type="?application/ld\+json"?>(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    data: dict[str, object] = json.loads(found[0])
    return data


def test_with_an_address_pages_have_cards_ids_and_a_feed(tmp_path: Path) -> None:
    """site_url gives JSON-LD its ids, the cards their address and picture, and the site its feed."""
    folder = dossier_in(tmp_path, CONTENT, SETTINGS + "site_url: https://example.org/news/\n")
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    page = pages_of(site)["people/jane-roe/index.html"]
    card = cards(page)
    assert card["og:title"] == 'Jane "JR" Roe'
    assert card["og:description"] == card["description"] == "Says </script><b>no</b> & “yes”."
    assert card["og:site_name"] == 'News "today" <now>'
    assert card["og:url"] == "https://example.org/news/people/jane-roe/"
    assert (site / card["og:image"].removeprefix("https://example.org/news/")).is_file()
    data = data_in((site / "people/jane-roe/index.html").read_text(encoding="utf-8"))
    assert (data["@id"], data["name"]) == ("https://example.org/news/people/jane-roe/", 'Jane "JR" Roe')
    feeds = [a for tag, a in page.elements if tag == "link" and a.get("type") == "application/atom+xml"]
    assert [a["href"] for a in feeds] == ["../../feed.xml"]
    entries = ET.parse(site / "feed.xml").getroot().findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 2
    assert dead_links(site) == []


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    """Without site_url there are no ids, no feed, no link to one, and the listing is relative."""
    folder = dossier_in(tmp_path, CONTENT, SETTINGS)
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    html = (folder / "site/people/jane-roe/index.html").read_text(encoding="utf-8")
    assert "atom+xml" not in html
    assert "og:image" not in html
    assert "@id" not in data_in(html)
    assert not (folder / "site/feed.xml").exists()
    assert "(people/jane-roe/)" in (folder / "site/llms.txt").read_text(encoding="utf-8")


def test_the_picture_of_someone_withheld_is_not_published(tmp_path: Path) -> None:
    """A picture belongs to its person: whom the audience must not see has none on the site."""
    folder = dossier_in(tmp_path, CONTENT, SETTINGS)
    assert mkdocs(folder, "build").returncode == 0
    assert not (folder / "site/pictures/john.svg").exists()
    wider = dossier_in(tmp_path, {}, SETTINGS.replace("audience: green", "audience: red"))
    assert mkdocs(wider, "build").returncode == 0
    assert (wider / "site/pictures/john.svg").is_file()


def test_a_curators_own_listing_stands(tmp_path: Path) -> None:
    """A file of that name in the content folder is not replaced."""
    folder = dossier_in(tmp_path, CONTENT | {"llms.txt": "Mine.\n"}, SETTINGS)
    assert mkdocs(folder, "build", "--strict").returncode == 0
    assert (folder / "site/llms.txt").read_text(encoding="utf-8") == "Mine.\n"


def test_pages_for_other_generators_have_it_all(tmp_path: Path) -> None:
    """`dossier build` writes the feed and the listing among the pages, and MkDocs alone publishes them."""
    folder = dossier_in(tmp_path, CONTENT)
    options = ["--content", str(folder / "content"), "--audience", "green", "--site-url", "https://example.org/news"]
    done = CliRunner().invoke(main, ["build", "--out", str(tmp_path / "out"), *options])
    assert done.exit_code == 0, done.output
    assert mkdocs(tmp_path / "out", "build", "--strict").returncode == 0
    site = tmp_path / "out" / "site"
    assert (site / "feed.xml").is_file()
    assert (site / "llms.txt").is_file()
    html = (site / "people/jane-roe/index.html").read_text(encoding="utf-8")
    assert data_in(html)["@id"] == "https://example.org/news/people/jane-roe/"
    assert 'href="../../feed.xml"' in html


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    """--site-url takes a web address."""
    done = CliRunner().invoke(main, ["build", "--out", str(tmp_path / "out"), "--site-url", "example.org"])
    assert done.exit_code == 2
    assert "https://example.org/dossier/" in done.output
