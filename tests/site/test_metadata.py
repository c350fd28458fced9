"""What the built site says to machines, and what it keeps back."""

from __future__ import annotations

import json
import re
import struct
from collections import Counter
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


ADDRESS = "https://vienna.example/talks/"
KIND_TYPES = {
    "people": "Person",
    "countries": "Country",
    "organizations": "Organization",
    "events": "Event",
    "topics": "Thing",
    "claims": "Claim",
    "articles": "NewsArticle",
    "sources": "NewsMediaOrganization",
}
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(site: Path) -> dict[str, Path]:
    """The pages of a built site by their address."""
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html") if path.name != "404.html"}
    return {ADDRESS + name.removesuffix("index.html"): path for name, path in pages.items()}


def types_in(data: object) -> Counter[str]:
    """How often each type of schema.org occurs in a page's data."""
    found: Counter[str] = Counter()
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        found += types_in(value)
    if isinstance(data, dict) and "@type" in data:
        found[str(data["@type"])] += 1
    return found


def test_every_page_says_what_it_is_about(vienna: Path) -> None:
    """Each page has one block of data, with its own address; an entry's is of the type of its kind."""
    for address, path in addresses(vienna).items():
        data = data_in(path.read_text(encoding="utf-8"))
        assert data["@context"] == "https://schema.org"
        assert data["@id"] == address
        assert data["name"]
        kind, _, name = address.removeprefix(ADDRESS).rstrip("/").partition("/")
        wanted = {"": "WebSite", "quotes": "CollectionPage"}.get(kind, "WebPage")
        if kind in KIND_TYPES:
            wanted = KIND_TYPES[kind] if name else "CollectionPage"
        assert data["@type"] == wanted, address


def test_data_names_who_said_what_and_the_way_there(vienna: Path) -> None:
    """An article's data has its quotations, and each entry's the way to it from the front page."""
    for address, path in addresses(vienna).items():
        kind, _, name = address.removeprefix(ADDRESS).rstrip("/").partition("/")
        if kind not in KIND_TYPES or not name:
            continue
        html = path.read_text(encoding="utf-8")
        data = data_in(html)
        found = types_in(data)
        assert found["BreadcrumbList"] == 1, address
        if kind == "articles" and "data-speaker" in html:
            assert found["Quotation"] > 0, address
    claim = data_in((vienna / "claims/anchor/index.html").read_text(encoding="utf-8"))
    assert claim["text"] == "The Amber Cable was cut by the anchor of a passing ship."
    assert claim["appearance"]


def test_every_page_has_a_card_with_a_picture(vienna: Path) -> None:
    """Canonical address, title, description and a picture of the size it is said to have."""
    for address, page in ((a, pages_of(p.parent)[p.name]) for a, p in addresses(vienna).items()):
        canonical = [a["href"] for tag, a in page.elements if tag == "link" and a.get("rel") == "canonical"]
        card = cards(page)
        assert canonical == [address] == [card["og:url"]]
        assert card["og:title"]
        assert card["twitter:card"] == "summary_large_image"
        picture = vienna / card["og:image"].removeprefix(ADDRESS)
        size = struct.unpack(">II", picture.read_bytes()[16:24])
        assert size == (int(card["og:image:width"]), int(card["og:image:height"]))


def test_sitemap_feed_and_listing_name_what_is_published(vienna: Path) -> None:
    """The sitemap has every page, the feed and the listing lead to pages, and a draft is in none of them."""
    pages = addresses(vienna)
    sitemap = ET.parse(vienna / "sitemap.xml").getroot()
    assert sorted(loc.text or "" for loc in sitemap.iter(f"{SITEMAP}loc")) == sorted(pages)
    feed = ET.parse(vienna / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").partition("#")[0] in pages
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    listing = (vienna / "llms.txt").read_text(encoding="utf-8")
    assert {link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", listing)} <= set(pages)
    for text in (listing, (vienna / "feed.xml").read_text(), (vienna / "sitemap.xml").read_text()):
        assert "zephyr" not in text.casefold()
