"""The same dossier under other hosts: ProperDocs with the plugin; plain MkDocs and Zensical with what `build` wrote."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from tests.conftest import ENVIRONMENT, ROOT, mkdocs

from .conftest import Page, dead_links, pages_of

_GENERATOR = re.compile(r'<meta name="generator"[^>]*>')
#: Texts of the theme, not of the page.
_THEMES = {"script", "style", "nav", "button", "svg", "template"}


class Text(HTMLParser):
    """What is to be read in the <article> of a page, but for what the theme puts there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = self.skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "article"
        self.skipped += tag in _THEMES

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "article"
        self.skipped -= tag in _THEMES

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipped:
            self.words += data.split()


def text_of(site: Path, name: str) -> str:
    return " ".join(Text((site / name).read_text(encoding="utf-8")).words)


def run(folder: Path, host: str, *args: str) -> None:
    """Run a generator in a folder; it must succeed, with no warning."""
    command = [sys.executable, "-m", host, *args]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=ENVIRONMENT, encoding="utf-8"
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "WARNING" not in said
    assert "Error" not in said


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `dossier build` writes of the repository's own dossier."""
    out = tmp_path_factory.mktemp("written") / "pages"
    options = ["--content", str(ROOT / "content"), "--out", str(out), "--site-name", "Seed"]
    done = CliRunner().invoke(main, ["build", *options], env=ENVIRONMENT)
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture(scope="module")
def plain(written: Path) -> Path:
    """Those pages as plain MkDocs publishes them."""
    done = mkdocs(written, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return written / "site"


@pytest.fixture(scope="module")
def zensical(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Those pages as Zensical publishes them."""
    folder = tmp_path_factory.mktemp("zensical") / "pages"
    shutil.copytree(written, folder, ignore=shutil.ignore_patterns("site"))
    run(folder, "zensical", "build")
    return folder / "site"


def entries(pages: dict[str, Page]) -> Iterator[tuple[str, Page]]:
    """The pages but for those that are the theme's own."""
    return ((name, page) for name, page in sorted(pages.items()) if name not in ("404.html", "search/index.html"))


def mentions(page: Page) -> list[tuple[str, str]]:
    return [(a["data-ref"], a.get("data-rule", "")) for _, a in page.elements if "data-ref" in a]


def anchors(page: Page) -> list[str]:
    return [name for name in page.ids if re.fullmatch(r"p\d+", name)]


def test_properdocs_makes_the_same_site(site: Path, tmp_path: Path) -> None:
    """ProperDocs takes the plugin as it is and publishes the same bytes, but for its own name."""
    own = tmp_path / "site"
    run(ROOT, "properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir", str(own))
    there = {path.relative_to(own).as_posix() for path in own.rglob("*.html")}
    assert there == {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    differing = [
        name
        for name in sorted(there)
        if _GENERATOR.sub("", (own / name).read_text(encoding="utf-8"))
        != _GENERATOR.sub("", (site / name).read_text(encoding="utf-8"))
    ]
    assert differing == []


def test_plain_mkdocs_publishes_the_same_pages(plain: Path, site: Path) -> None:
    """Without the plugin every page is there, with the same text, mentions and paragraphs."""
    own, wanted = pages_of(plain), pages_of(site)
    assert own.keys() == wanted.keys()
    for name, page in entries(own):
        assert mentions(page) == mentions(wanted[name]), name
        assert anchors(page) == anchors(wanted[name]), name


def test_zensical_publishes_the_same_pages(zensical: Path, plain: Path) -> None:
    """Zensical makes every page that plain MkDocs makes, with the same words, mentions and paragraphs."""
    own, wanted = pages_of(zensical), pages_of(plain)
    assert own.keys() >= {name for name, _ in entries(wanted)}
    for name, page in entries(wanted):
        assert text_of(zensical, name) == text_of(plain, name) != "", name
        assert mentions(own[name]) == mentions(page), name
        assert anchors(own[name]) == anchors(page), name
    assert any(mentions(page) for page in own.values())
    assert any(anchors(page) for page in own.values())


@pytest.mark.parametrize("host", ["plain", "zensical"])
def test_no_link_is_dead_under_another_host(host: str, request: pytest.FixtureRequest) -> None:
    """Whoever publishes the pages, their links and fragments lead somewhere."""
    assert dead_links(request.getfixturevalue(host)) == []
