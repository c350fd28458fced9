"""The page of a former address leads to the entry, and stands in no list."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from dossier import pipeline
from dossier.model import Ref
from dossier.packaged import page_templates
from dossier.site import Site
from tests.conftest import dossier_in, mkdocs

CONTENT = {
    "people/jane-roe.yml": 'name: Jane "J" <Roe>\n',
    "people/karl-moor.yml": "name: Karl Moor\ntlp: red\n",
    "people/lea-moor.yml": "name: Lea Moor\ndraft: true\n",
    "countries/france.yml": "name: France\niso: FR\n",
    "redirects.yml": "people/j-roe: people/jane-roe\npeople/k-moor: people/karl-moor\npeople/l-moor: people/lea-moor\n"
    "countries/germania: countries/germany\ntopics/roe: people/jane-roe\n",
    "articles/talks.txt": "Vienna, May 6 - Jane “J” Roe spoke for an hour on Monday, and nobody else said a word.\n",
}


def pages(folder: Path, audience: str = "red", site: Site | None = None) -> dict[str, str]:
    """The files that a build puts beside the pages, by path."""
    built = pipeline.build(
        folder / "content", page_templates(folder / "none"), dt.date(2024, 5, 7), audience, site or Site()
    )
    assert built.problems == ()
    return dict(built.beside)


def test_only_what_the_audience_may_see_is_led_to(tmp_path: Path) -> None:
    """No former address of a withheld entry, a draft, or a country without a page."""
    folder = dossier_in(tmp_path, CONTENT)
    found = {path for path in pages(folder) if path.endswith("index.html")}
    assert found == {"people/j-roe/index.html", "people/k-moor/index.html", "topics/roe/index.html"}
    assert "people/k-moor/index.html" not in pages(folder, "amber")


def test_the_page_says_where_to_go(tmp_path: Path) -> None:
    """It goes on by itself, has a plain link, names the page that counts, and is for no index; names are only text."""
    page = pages(dossier_in(tmp_path, CONTENT), site=Site("https://example.org/d/"))["topics/roe/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=../../people/jane-roe/">' in page
    assert '<link rel="canonical" href="https://example.org/d/people/jane-roe/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="../../people/jane-roe/">Jane &quot;J&quot; &lt;Roe&gt;</a>' in page
    assert '<script src="../../assets/redirect.js">' in page


def test_addresses_without_folders(tmp_path: Path) -> None:
    """Where pages are files, so are their former addresses."""
    found = pages(dossier_in(tmp_path, CONTENT), site=Site(directory_urls=False))
    assert 'url=jane-roe.html"' in found["people/j-roe.html"]
    assert 'href="../people/jane-roe.html"' in found["topics/roe.html"]
    assert '<script src="../assets/redirect.js">' in found["topics/roe.html"]


@pytest.mark.parametrize("urls", ["true", "false"])
def test_in_the_site(urls: str, tmp_path: Path) -> None:
    """MkDocs publishes the page under the old address; it is in no sitemap, search index, feed or listing."""
    settings = (
        "site_name: Test\nsite_url: https://example.org/\ndocs_dir: content\ntheme: {name: material, font: false}\n"
        f"use_directory_urls: {urls}\nplugins: [search, dossier: {{search: lunr}}]\n"
    )
    folder = dossier_in(tmp_path, CONTENT, settings)
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    old, new = ("people/j-roe/index.html", "people/jane-roe/index.html")
    if urls == "false":
        old, new = old.replace("/index", ""), new.replace("/index", "")
    page = (site / old).read_text(encoding="utf-8")
    target = page.partition("; url=")[2].partition('"')[0]
    assert ((site / old).parent / target / ("index.html" if urls == "true" else "")).resolve() == (site / new).resolve()
    assert (site / new).is_file()
    assert (site / "assets" / "redirect.js").is_file()
    assert not (site / "redirects.yml").exists()
    for path in ("sitemap.xml", "search/search_index.json", "llms.txt", "feed.xml"):
        assert "people/j-roe" not in (site / path).read_text(encoding="utf-8")


def test_in_the_project_of_another_publisher(tmp_path: Path) -> None:
    """`dossier build --out` writes the page, too, and plain MkDocs publishes it."""
    from tests.revising.test_cases import run

    folder = dossier_in(tmp_path, CONTENT)
    assert run(folder, "build", "--out", "out").exit_code == 0
    assert (folder / "out" / "docs" / "people" / "j-roe" / "index.html").is_file()
    done = mkdocs(folder / "out", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "../jane-roe/" in (folder / "out" / "site" / "people" / "j-roe" / "index.html").read_text(encoding="utf-8")


def test_the_paragraph_is_kept(tmp_path: Path, browser: Any) -> None:
    """In a browser the old address of a paragraph leads to the paragraph."""
    content = CONTENT | {"redirects.yml": "articles/old-talks: articles/talks\n"}
    folder = dossier_in(tmp_path, content)
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8") + "use_directory_urls: false\n"
    (folder / "mkdocs.yml").write_text(settings.replace("dossier]", "dossier: {search: 'off'}]"), encoding="utf-8")
    assert mkdocs(folder, "build").returncode == 0
    page = browser.new_page()
    page.goto((folder / "site" / "articles" / "old-talks.html").as_uri() + "#p1")
    page.wait_for_url("**/articles/talks.html#p1")
    page.close()


def test_redirects_are_read_as_references(tmp_path: Path) -> None:
    """The list of former addresses is part of what is loaded, not an entry."""
    from dossier.load import load

    loaded = load(dossier_in(tmp_path, CONTENT) / "content")
    assert loaded.redirects is not None
    assert json.loads(json.dumps(loaded.redirects.data))["people/j-roe"] == "people/jane-roe"
    assert Ref("", "redirects") not in loaded.documents
