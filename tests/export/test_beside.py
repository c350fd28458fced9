"""The feed and the listing: valid, bounded, and nothing but what the pages say."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree as ET

from dossier.export import beside, feed, listing
from dossier.model import Page
from dossier.site import Site
from tests.views.build import TODAY, reading, views

SITE = Site("https://example.org/news/", "News & <views>")
ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
EVENTS: dict[str, dict[str, Any]] = {
    "events/talks": {"date": "2023-03-01", "summary": "They <b>talked</b> & left."},
    "events/month": {"date": "2023-02~", "summary": "Something was said."},
    "events/ahead": {"date": "2030-01-01"},
    "events/undated": {},
    "people/ana-ruiz": {},
}
ARTICLES = (reading("articles/one", ["It rained."], "2023-03-03", title="Rain\x08 & [shine]"),)


def atom(given: dict[str, dict[str, Any]] | None = None, site: Site = SITE) -> ET.Element:
    made = views(EVENTS if given is None else given, ARTICLES if given is None else (), site=site)
    return ET.fromstring(feed.atom([*made.values()], site, TODAY))


def text(parent: ET.Element, tag: str) -> str:
    found = parent.find(f"{ATOM}{tag}")
    assert found is not None
    return found.text or ""


def test_the_feed_has_what_atom_asks_for() -> None:
    """Feed and entries have one id, title and date each (RFC 4287, 4.1); ids are absolute and differ."""
    root = atom()
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{tag}")) == 1
        assert INSTANT.fullmatch(text(element, "updated"))
        assert text(element, "id").startswith("https://example.org/news/")
    author = root.find(f"{ATOM}author/{ATOM}name")
    assert author is not None
    assert author.text == "News & <views>"
    ids = [text(entry, "id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert {(link.get("rel"), link.get("href")) for link in root.findall(f"{ATOM}link")} == {
        ("self", "https://example.org/news/feed.xml"),
        ("alternate", "https://example.org/news/"),
    }


def test_articles_and_events_come_newest_first() -> None:
    """What is undated or ahead is left out; a date that is no exact day is told in words."""
    root = atom()
    entries = root.findall(f"{ATOM}entry")
    assert [text(entry, "id").removeprefix("https://example.org/news/") for entry in entries] == [
        "articles/one/",
        "events/talks/",
        "events/month/",
    ]
    assert text(entries[0], "title") == "Rain & [shine]"
    assert text(entries[1], "summary") == "They <b>talked</b> & left."
    assert text(entries[2], "summary") == "Something was said. (about February 2023)"
    assert [text(entry, "updated")[:10] for entry in entries] == ["2023-03-03", "2023-03-01", "2023-02-01"]
    assert [entry.find(f"{ATOM}published") is not None for entry in entries] == [True, True, False]
    assert text(root, "updated")[:10] == "2023-03-03"


def test_the_feed_is_bounded() -> None:
    """Fifty entries at most, the newest."""
    given: dict[str, dict[str, Any]] = {
        f"events/e-{n}": {"date": (dt.date(2022, 1, 1) + dt.timedelta(n)).isoformat()} for n in range(60)
    }
    entries = atom(given).findall(f"{ATOM}entry")
    assert len(entries) == feed.SHOWN == 50
    assert text(entries[0], "updated")[:10] == "2022-03-01"


def test_an_empty_feed_is_a_feed() -> None:
    """Without entries the feed is as old as the build."""
    assert text(atom({}), "updated") == "2024-06-01T00:00:00Z"


def test_there_is_a_feed_only_where_the_address_is_known() -> None:
    """Ids need the address of the site; the listing does not."""
    made = [*views(EVENTS, ARTICLES).values()]
    assert [path for path, _ in beside(made, (), {}, SITE, TODAY)] == ["feed.xml", "llms.txt", "assets/previews.js"]
    assert [path for path, _ in beside(made, (), {}, Site(), TODAY)] == ["llms.txt", "assets/previews.js"]


def test_the_listing_names_every_page_on_a_line() -> None:
    """Titles, addresses and a line each, kind by kind; markup in a title is text."""
    made = [*views(EVENTS, ARTICLES, site=SITE).values()]
    lines = listing.listing(made, [Page("briefs/next.md", "Next", "", "written")], SITE).splitlines()
    assert lines[0] == r"# News & \<views\>"
    assert "- [Next](https://example.org/news/briefs/next/)" in lines
    assert r"- [Talks](https://example.org/news/events/talks/): They \<b\>talked\</b\> & left." in lines
    assert [line.partition("](")[0] for line in lines if "/events/" in line] == [
        "- [Ahead",
        "- [Talks",
        "- [Month",
        "- [Undated",
    ]
    relative = listing.listing(made, (), Site())
    assert "(events/talks/)" in relative
    assert "(./)" in relative


def test_a_long_list_is_cut() -> None:
    """A hundred of each kind, and a link to all of them."""
    given: dict[str, dict[str, Any]] = {f"people/p-{n}": {} for n in range(listing.SHOWN + 1)}
    lines = listing.listing([*views(given).values()], (), SITE).splitlines()
    assert sum("/people/p-" in line for line in lines) == listing.SHOWN
    assert "- [All 101](https://example.org/news/people/)" in lines
