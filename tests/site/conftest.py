"""The repository's own dossier, built once, and what is in the pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINKS = {"href", "src", "xlink:href", "poster", "data", "cite", "srcset", "action"}


def mkdocs(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs` in a folder, without the theme's notice of its end of life."""
    command = [sys.executable, "-m", "mkdocs", *args]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=ENVIRONMENT, encoding="utf-8"
    )


ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "NO_MKDOCS_2_WARNING": "1",
    "LANG": "C.UTF-8",
    "SOURCE_DATE_EPOCH": "1700000000",
}


def dossier_in(folder: Path, content: dict[str, str], settings: str = "") -> Path:
    """Write a small dossier: its content, file by file, and the shortest configuration."""
    for name, text in content.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    lines = [
        "site_name: Test",
        "docs_dir: content",
        "theme: {name: material, font: false}",
        "plugins: [search, dossier]",
    ]
    (folder / "mkdocs.yml").write_text(settings or "\n".join(lines) + "\n", encoding="utf-8")
    return folder


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
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, as `mkdocs build --strict` makes it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = mkdocs(ROOT, "build", "--strict", "--site-dir", str(folder))
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    return pages_of(site)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the repository's content, to change."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return dossier_in(tmp_path, {})
