"""What the search is given to read, and which search a site gets."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import ConfigurationError

from dossier import search
from dossier.plugin import DossierPlugin
from dossier.schema import KINDS
from tests.conftest import ENVIRONMENT, ROOT, dossier_in, mkdocs

from .conftest import Page

ARTICLE = "Ministers meet in Vienna\n\nMay 6, 2024\n\nJane Roe met her Norwegian counterpart in Vienna on Monday.\n"
CONTENT = {
    "people/jane-roe.yml": 'name: Jane "J" Roe\naliases: [Jeanne Roe]\nnationality: [austria]\n',
    "events/talks.yml": (
        "name: Talks\ndate: 2024-05~\nparticipants: [{who: people/jane-roe}, {who: countries/norway}]\n"
    ),
    "articles/2024-05-06-vienna.txt": ARTICLE,
    "articles/2024-05-06-vienna.yml": "events: [talks]\nmentions: {Jane Roe: people/jane-roe}\nsource: post\n",
    "sources/post.yml": "name: Evening Post\n",
    "brief.md": "# A brief\n\nWords of a brief.\n",
}


@pytest.fixture
def program() -> None:
    """Pagefind. Without it the test is skipped, but not in CI."""
    if not search.installed():
        message = "no Pagefind here: pip install 'pagefind[bin]'"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@pytest.fixture
def vienna(tmp_path: Path, program: None) -> Path:
    """A small site with Pagefind's index."""
    folder = dossier_in(tmp_path, CONTENT)
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def settings(choice: str) -> str:
    return (
        "site_name: T\ndocs_dir: content\ntheme: {name: material, font: false}\n"
        f"plugins: [search, dossier: {{search: {choice}}}]\n"
    )


def told(site: Path, name: str) -> dict[str, list[str]]:
    """What the head of a page tells the search: facet, meta or sort, with its values."""
    page = Page((site / name / "index.html").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for tag, attributes in page.elements:
        for key in ("data-pagefind-filter", "data-pagefind-meta", "data-pagefind-sort"):
            if tag == "meta" and key in attributes:
                found.setdefault(attributes[key].removesuffix("[content]"), []).append(attributes["content"])
    return found


def test_an_entry_tells_its_names_and_what_it_is_about(vienna: Path) -> None:
    """Title, other names, facets and date stand in the head, quotation marks and all."""
    assert told(vienna, "people/jane-roe") == {
        "title": ['Jane "J" Roe'],
        "also": ["Jeanne Roe"],
        "Kind": ["Person"],
        "Person": ['Jane "J" Roe'],
        "Country": ["Austria"],
        "date": ["0000-00-00"],
    }
    event = told(vienna, "events/talks")
    assert event["Person"] == ['Jane "J" Roe']
    assert (event["Country"], event["Year"], event["date"], event["when"]) == (
        ["Norway"],
        ["2024"],
        ["2024-05-01"],
        ["about May 2024"],
    )


def test_an_article_is_about_what_it_names(vienna: Path) -> None:
    """Its facets are the entries it mentions, its source and its year."""
    article = told(vienna, "articles/2024-05-06-vienna")
    assert article["Kind"] == ["Article"]
    assert article["Person"] == ['Jane "J" Roe']
    assert article["Country"] == ["Norway"]
    assert (article["Source"], article["Year"], article["date"]) == (["Evening Post"], ["2024"], ["2024-05-06"])


def test_a_country_is_found_by_its_adjective(vienna: Path) -> None:
    """`Norwegian` is one of the names by which Norway is found."""
    assert "Norwegian" in told(vienna, "countries/norway")["also"][0].split(" · ")


def test_entries_and_pages_written_by_hand_are_indexed_and_lists_are_not(vienna: Path) -> None:
    """Each entry, each article and each page written by hand is found once; views say what these say."""
    fragments = [
        json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        for path in (vienna / "pagefind" / "fragment").iterdir()
    ]
    found = sorted(fragment["url"] for fragment in fragments)
    kinds = [kind.folder for kind in KINDS]
    entries = [path.parent for path in vienna.rglob("*/*/index.html") if path.parent.parent.name in kinds]
    assert found == sorted(["/brief/", *(f"/{path.relative_to(vienna)}/" for path in entries)])
    assert len(found) == len(set(found)) > 5


def test_paragraph_numbers_are_not_words(vienna: Path) -> None:
    """The search reads the words of an article, not the numbers beside them."""
    for path in (vienna / "pagefind" / "fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        if fragment["url"].startswith("/articles/"):
            assert "Jane Roe met her" in fragment["content"]
            assert not re.search(r"\b1\s*Jane", fragment["content"])
            assert "p1" in [anchor["id"] for anchor in fragment["anchors"]]


def test_the_theme_s_own_index_is_not_made_beside_it(vienna: Path) -> None:
    """One index is enough; for use without a server there is the list of names, which has no texts."""
    assert not (vienna / "search" / "search_index.json").exists()
    names = (vienna / search.NAMES).read_text(encoding="utf-8")
    assert "Jeanne Roe" in names
    assert "counterpart" not in names
    assert not list((vienna / "pagefind").glob("*ui*"))


def test_what_was_indexed_is_not_indexed_again(tmp_path: Path, program: None) -> None:
    """Where the search would read the same as before, the program is not run; without the cache the index is that."""
    folder = dossier_in(tmp_path, CONTENT)

    def built(ending: int = 0) -> dict[str, bytes]:
        done = mkdocs(folder, "build", "--strict")
        assert done.returncode == ending, done.stderr
        index = folder / "site" / "pagefind"
        return {path.relative_to(index).as_posix(): path.read_bytes() for path in index.rglob("*") if path.is_file()}

    first = built()
    (folder / "pagefind").mkdir()
    for module in ("__init__", "__main__"):  # it comes before the installed one
        (folder / "pagefind" / f"{module}.py").write_text("raise SystemExit('broken')" if module == "__main__" else "")
    assert built() == first
    article = folder / "content" / "articles" / "2024-05-06-vienna.txt"
    article.write_text(ARTICLE.replace("counterpart", "quetzal"), encoding="utf-8")
    assert built(1) == first, "a build that fails leaves the last site"
    shutil.rmtree(folder / "pagefind")
    assert (second := built()) != first
    shutil.rmtree(folder / ".cache")
    dossier_in(folder, {}, settings("auto").replace("search: auto", "cache: false"))
    assert built() == second
    assert not (folder / ".cache").exists()


def test_pagefind_has_to_be_there_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """`search: pagefind` without the program is an error that says what to install."""
    monkeypatch.setattr(search, "installed", lambda: False)
    plugin = DossierPlugin()
    plugin.load_config({"search": "pagefind"})
    with pytest.raises(ConfigurationError, match=r"pip install 'pagefind\[bin\]'"):
        plugin.on_config(SimpleNamespace(theme=SimpleNamespace(name="material")))


def test_without_the_program_the_theme_s_search_serves(tmp_path: Path) -> None:
    """`search: auto` where Pagefind is not installed: the theme's index with the texts, and no trace of Pagefind."""
    folder = dossier_in(tmp_path, CONTENT)
    script = "import sys; sys.modules['pagefind'] = None; from mkdocs.__main__ import cli; cli(['build', '--strict'])"
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    index = (folder / "site" / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "Jeanne Roe" in index
    assert "counterpart" in index
    assert not (folder / "site" / "pagefind").exists()
    assert not told(folder / "site", "people/jane-roe")


@pytest.mark.parametrize(("choice", "made"), [("lunr", True), ("off", False)])
def test_a_choice_is_kept(tmp_path: Path, choice: str, made: bool) -> None:
    """`lunr` is the theme's search even where Pagefind is installed, `off` is none."""
    folder = dossier_in(tmp_path, CONTENT, settings(choice))
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert (folder / "site" / "search" / "search_index.json").exists() is made
    assert not (folder / "site" / "pagefind").exists()


def test_the_site_of_this_repository_has_the_real_search(site: Path, program: None) -> None:
    """`make site` indexes with Pagefind, and every page has a box that leads to the search page."""
    assert (site / "pagefind" / "pagefind.js").is_file()
    for path in site.rglob("*.html"):
        assert 'class="d-search-box"' in path.read_text(encoding="utf-8"), path.relative_to(site)
    assert "pagefind" in (ROOT / "requirements.txt").read_text(encoding="utf-8")


def test_this_site_s_index_is_the_same_in_portions(site: Path, tmp_path: Path, program: None) -> None:
    """What the tests in a browser say of the search holds of an index that was made in many portions."""
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind", "assets"))
    assert " 1 portions" not in search.index(tmp_path / "site", most=20)
    expected = {path.relative_to(site): path.read_bytes() for path in (site / "pagefind").rglob("*") if path.is_file()}
    index = tmp_path / "site" / "pagefind"
    assert {
        path.relative_to(index.parent): path.read_bytes() for path in index.rglob("*") if path.is_file()
    } == expected
