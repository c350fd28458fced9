"""The repository's own dossier as a reader finds it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from dossier.schema import KINDS
from tests.conftest import ROOT, mkdocs

from .conftest import Page, dead_links

VIEWS = ("timeline", "map", "network", "quotes", "search", "method")


def test_every_address_exists(site: Path) -> None:
    """Every entry, every list and every view has its page."""
    wanted = ["index.html", *(f"{name}/index.html" for name in VIEWS)]
    for kind in KINDS:
        wanted.append(f"{kind.folder}/index.html")
        files = [path for path in (ROOT / "content" / kind.folder).iterdir() if path.suffix == ".yml"]
        wanted += [f"{kind.folder}/{path.stem}/index.html" for path in files]
    assert [name for name in wanted if not (site / name).is_file()] == []


def test_no_link_is_dead(site: Path) -> None:
    """Every internal link and fragment of the built site leads somewhere."""
    assert dead_links(site) == []


def test_nothing_loads_from_another_host(pages: dict[str, Page]) -> None:
    """No picture, script, style or font comes from elsewhere; links to elsewhere are links only."""
    loading = {"script", "link", "img", "iframe", "source", "video", "audio", "embed", "object"}
    found = [
        (name, tag, value)
        for name, page in pages.items()
        for tag, attributes in page.elements
        if tag in loading and attributes.get("rel") not in ("canonical", "alternate")
        for key, value in attributes.items()
        if key in ("src", "href", "srcset", "data") and re.match(r"(?:https?:)?//", value)
    ]
    assert found == []


def test_styles_load_nothing_from_another_host(site: Path) -> None:
    """Neither do the style sheets."""
    found = [
        path.name
        for path in site.rglob("*.css")
        if re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", path.read_text())
    ]
    assert found == []


def test_raw_articles_and_yaml_are_not_published(site: Path) -> None:
    """What the curator works on stays with the curator; the sitemap is the site's own."""
    assert [
        p
        for p in site.rglob("*")
        if p.suffix in (".yml", ".yaml") or (p.parent.name == "articles" and p.suffix == ".txt")
    ] == []


def test_the_same_content_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Two builds are byte-identical."""
    done = mkdocs(ROOT, "build", "--strict", "--site-dir", str(tmp_path / "again"))
    assert done.returncode == 0, done.stderr
    assert _sums(tmp_path / "again") == _sums(site)


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_ids_are_unique(pages: dict[str, Page]) -> None:
    """No page uses an id twice: a fragment means one place."""
    twice = {name: {i for i in page.ids if page.ids.count(i) > 1} for name, page in pages.items()}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_paragraphs_mentions_and_quotations_are_marked(pages: dict[str, Page]) -> None:
    """Article pages carry paragraph anchors, links that say what they name and why, and speakers."""
    for name, page in pages.items():
        if re.fullmatch(r"articles/[^/]+/index\.html", name):
            assert "p1" in page.ids
            named = [a for tag, a in page.elements if tag == "a" and "data-ref" in a]
            assert named
            assert all(re.fullmatch(r"[a-z]+/[a-z0-9-]+", a["data-ref"]) and a["data-rule"] for a in named)
            assert any(a.get("data-speaker") for _, a in page.elements)


def test_ordinary_pages_are_light(site: Path) -> None:
    """No page of the seed dossier is over 100 KB of HTML."""
    assert [p.name for p in site.rglob("*.html") if p.stat().st_size > 100_000] == []


def test_the_navigation_is_short(site: Path) -> None:
    """Every page carries the navigation, so it has 20 entries at most; the menu of small screens has all of them."""
    html = (site / "people" / "antony-blinken" / "index.html").read_text(encoding="utf-8")
    row, menu = (
        set(re.findall(r'href="([^"]*)"', re.search(rf'<nav class="{name}.*?</nav>', html, re.DOTALL)[0]))
        for name in ("md-tabs", "md-nav--primary")
    )
    assert 5 < len(row) < len(menu) <= 20
    assert row < menu


def test_a_page_carries_nothing_that_nobody_sees(site: Path) -> None:
    """A page without a table of contents beside it has none hidden in it, and the theme leaves no blank lines."""
    for name in ("people/antony-blinken", "people", "timeline", "articles/2022-09-22-blinken-lavrov-security-council"):
        html = (site / name / "index.html").read_text(encoding="utf-8")
        assert 'data-md-type="toc"' not in html, name
        assert "\n\n" not in html.replace("</pre>", ""), name
    assert 'data-md-type="toc"' in (site / "briefs/when-did-they-meet/index.html").read_text(encoding="utf-8")
