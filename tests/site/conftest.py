"""What is in the pages of a built site."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.conftest import ROOT, dossier_in

LINKS = {"href", "src", "xlink:href", "poster", "data", "cite", "srcset", "action"}


class Page(HTMLParser):
    """The links of a page, the ids one can point at, and its elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self.links += [value for name, value in attributes.items() if name in LINKS and value]
        if "id" in attributes:
            self.ids.append(attributes["id"])


def pages_of(site: Path) -> dict[str, Page]:
    """The pages of a built site by their path."""
    return {p.relative_to(site).as_posix(): Page(p.read_text(encoding="utf-8")) for p in site.rglob("*.html")}


def dead_links(site: Path) -> list[str]:
    """`page: link` for each internal link or fragment that leads nowhere, and each that leaves the site on load."""
    pages = pages_of(site)
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    found = []
    for name, page in sorted(pages.items()):
        if name == "404.html":  # its links are absolute: it is served from every address
            continue
        for link in page.links:
            url = urlsplit(urljoin(f"site://site/{name}", link))
            if url.scheme != "site":
                continue
            target = unquote(url.path).lstrip("/")
            target += "index.html" if target == "" or target.endswith("/") else ""
            lost = target not in files
            if not lost and url.fragment and target in pages:
                lost = unquote(url.fragment) not in pages[target].ids
            if lost:
                found.append(f"{name}: {link}")
    return found


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    return pages_of(site)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the repository's content, to change."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return dossier_in(tmp_path, {})
