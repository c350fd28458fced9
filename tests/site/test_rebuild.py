"""Building again: what has not changed is taken from the last build, and the site is the same as a new one."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, dossier_in, mkdocs

SETTINGS = (
    "site_name: Vienna\nsite_url: https://vienna.example/\ndocs_dir: content\n"
    "theme: {name: material, font: false, custom_dir: own}\nplugins: [search, {dossier: {search: 'off'}}]\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "golden" / "vienna" / "content", tmp_path / "content")
    (tmp_path / "own").mkdir()
    return dossier_in(tmp_path, {}, SETTINGS)


def built(folder: Path, *args: str) -> dict[str, bytes]:
    """The files of the site after a build."""
    done = mkdocs(folder, "build", *args)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr
    assert "skipped" not in done.stderr
    return {
        p.relative_to(folder / "site").as_posix(): p.read_bytes() for p in (folder / "site").rglob("*") if p.is_file()
    }


def anew(folder: Path) -> dict[str, bytes]:
    """The files of the site when nothing is remembered."""
    for name in (".cache", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return built(folder)


def edit(folder: Path, kind: str) -> None:
    """One of the changes that curators make."""
    people = folder / "content" / "people"
    if kind == "rename":  # what it is called stands on many pages
        path = min(people.glob("*.yml"))
        path.write_text(re.sub(r"(?m)^name: (.*)", r"name: \1 Renamed", path.read_text()))
    elif kind == "article":
        text = "Vienna Talks Resume\n\n“We will talk,” Ingrid Halvorsen said in Vienna on Monday, 15 May 2023.\n"
        (folder / "content" / "articles" / "2023-05-15-talks-resume.txt").write_text(text)
        (folder / "content" / "talks.svg").write_text("<svg/>")
    elif kind == "gone":
        (folder / "content" / "articles" / "2023-05-15-talks-resume.txt").unlink()
        (folder / "content" / "talks.svg").unlink()
    elif kind == "theme":
        (folder / "own" / "main.html").write_text(
            '{% extends "base.html" %}{% block footer %}Our own foot{% endblock %}'
        )
        # and a page that has a template of its own
        (folder / "own" / "plain.html").write_text("<h1>{{ page.title }}</h1>{{ page.content }}")
        (folder / "content" / "plain.md").write_text("---\ntemplate: plain.html\n---\n\n# Plain\n\nWords.\n")
    elif kind == "partial":
        (folder / "own" / "partials").mkdir()
        (folder / "own" / "partials" / "copyright.html").write_text("<p>{{ page.title }} {{ page.canonical_url }}</p>")
    elif kind == "status":
        (folder / "content" / "note.md").write_text(
            "---\nstatus: new\n---\n\n# A note\n\nIngrid Halvorsen was there.\n"
        )
    elif kind == "settings":
        settings = (folder / "mkdocs.yml").read_text()
        (folder / "mkdocs.yml").write_text(settings.replace("site_name: Vienna", "site_name: Wien"))
    elif kind == "page":
        (folder / "content" / "note.md").write_text("# A note\n\nIngrid Halvorsen was there.\n")


def test_a_site_that_is_built_again_is_that_of_a_new_build(folder: Path) -> None:
    """After each of these edits, and after none, file by file."""
    built(folder)
    for kind in ("none", "rename", "article", "gone", "theme", "partial", "page", "status", "settings"):
        edit(folder, kind)
        again = built(folder)
        assert again == anew(folder), kind


def test_a_part_of_the_theme_that_shows_the_page_shows_each_page(folder: Path) -> None:
    """Only what is the same everywhere is laid out once: a foot of one's own may name the page it stands on."""
    (folder / "own" / "partials").mkdir()
    (folder / "own" / "partials" / "copyright.html").write_text("<p>This is {{ page.canonical_url }}.</p>")
    files = built(folder)
    for name, data in files.items():
        if name.startswith("people/"):
            assert f"This is https://vienna.example/{name.removesuffix('index.html')}.".encode() in data


def test_a_dirty_build_leaves_the_site_of_a_new_one(folder: Path) -> None:
    """`--dirty` publishes what has changed, takes away what is gone, and leaves all other files alone."""
    built(folder)
    for kind in ("rename", "article", "gone", "page"):
        edit(folder, kind)
        dirty = built(folder, "--dirty")
        assert dirty == anew(folder), kind


def test_the_search_of_a_dirty_build_is_that_of_a_new_one(folder: Path) -> None:
    """Its index, and the names of all pages, though few of them are looked at."""
    (folder / "mkdocs.yml").write_text(SETTINGS.replace("'off'", "pagefind"))
    built(folder)
    edit(folder, "article")
    dirty = built(folder, "--dirty")
    again = built(folder)
    assert dirty == again == anew(folder)
    assert b"talks-resume" in dirty["assets/names.js"]


def test_templates_may_look_at_all_pages(folder: Path) -> None:
    """A list that a template of one's own makes of the pages is the same, whether they are as before or new."""
    (folder / "content" / "list.txt").write_text(
        "{% for file in pages %}{{ file.page.title }}: {{ file.page.meta.description }} {{ file.page.content }}"
        "{{ file.page.meta.get('template', 'none') }} {{ file.page.meta | length }}\n{% endfor %}"
    )
    (folder / "mkdocs.yml").write_text(SETTINGS + "extra_templates: [list.txt]\n")
    first = built(folder)
    assert b"Ingrid Halvorsen" in first["list.txt"]
    assert built(folder) == first


def files(folder: Path) -> dict[str, os.stat_result]:
    return {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*.html")}


def test_a_page_that_is_as_before_is_the_same_file(folder: Path) -> None:
    """Nothing of it is read or written: the new site has it as the last one had it, with its time."""
    built(folder)
    before = files(folder / "site")
    edit(folder, "rename")
    built(folder)
    after = files(folder / "site")
    same = [path for path, found in before.items() if after[path].st_ino == found.st_ino]
    assert 10 < len(same) < len(before) - 1
    assert all(after[path].st_mtime_ns == before[path].st_mtime_ns for path in same)
    assert all(found.st_nlink == 1 for found in after.values())


def test_a_finished_site_that_a_hook_changes_is_changed_once(folder: Path) -> None:
    """What a hook adds to the finished pages is not there twice after the next build, and no part of the last site."""
    expected = built(folder)
    (folder / "hook.py").write_text(
        "import pathlib\n\ndef on_post_build(config):\n"
        "    for page in pathlib.Path(config.site_dir).rglob('*.html'):\n"
        "        with page.open('a') as file:\n            file.write('<!-- seen -->')\n"
        "    if pathlib.Path(config.config_file_path).with_name('fail').exists():\n        raise OSError(28, 'full')\n"
    )
    (folder / "mkdocs.yml").write_text(SETTINGS + "hooks: [hook.py]\n")
    (folder / "fail").touch()
    assert mkdocs(folder, "build").returncode == 1
    there = {path: (folder / "site" / path).read_bytes() for path in expected}
    assert there == expected
    (folder / "fail").unlink()
    for _ in range(2):
        assert all(data.count(b"<!-- seen -->") == 1 for path, data in built(folder).items() if path.endswith(".html"))


def test_only_what_has_changed_is_laid_out(folder: Path) -> None:
    """The pages that do not name an entry stay as they are when it is edited."""
    built(folder)
    pages = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*.html")}
    time.sleep(0.02)
    edit(folder, "rename")
    built(folder, "--dirty")
    same = [path for path, stamp in pages.items() if path.stat().st_mtime_ns == stamp]
    assert 10 < len(same) < len(pages) - 1


def test_a_page_that_somebody_changed_in_the_site_is_made_anew(folder: Path) -> None:
    """The site is what the content says, whatever has happened to its files."""
    expected = built(folder)
    page = next((folder / "site" / "people").glob("*/index.html"))
    page.write_text(page.read_text().replace("</h1>", "!</h1>"))
    other = next((folder / "site" / "events").glob("*/index.html"))
    other.unlink()
    assert built(folder, "--dirty") == expected
    os.utime(page)
    assert built(folder) == expected


def test_another_plugin_that_makes_pages_is_asked_each_time(folder: Path) -> None:
    """What a hook does to pages cannot be known beforehand, so nothing is taken from the last build."""
    (folder / "hook.py").write_text(
        "import pathlib\n\ndef on_post_page(output, page, config):\n"
        "    word = pathlib.Path(config.config_file_path).with_name('word').read_text()\n"
        "    return output.replace('</h1>', word + '</h1>')\n"
    )
    (folder / "mkdocs.yml").write_text(SETTINGS + "hooks: [hook.py]\n")
    for word in ("first", "second"):
        (folder / "word").write_text(word)
        files = built(folder)
        assert all(word.encode() in data for name, data in files.items() if name.startswith("people/"))


def test_nothing_is_kept_where_that_is_not_wanted(folder: Path) -> None:
    """`cache: false` leaves no file behind, and changes nothing in the site."""
    expected = built(folder)
    shutil.rmtree(folder / ".cache")
    (folder / "mkdocs.yml").write_text(SETTINGS.replace("search: 'off'", "search: 'off', cache: false"))
    assert built(folder) == expected
    assert not (folder / ".cache").exists()
