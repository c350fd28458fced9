"""A build that fails late, or is interrupted, leaves the last site as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dossier import staging
from tests.conftest import dossier_in, mkdocs

SETTINGS = """site_name: T
docs_dir: content
theme: {name: material, font: false, custom_dir: theme}
plugins: [search, dossier: {search: pagefind}]
hooks: [hook.py]
"""
CONTENT = {"people/jane-roe.yml": "name: Jane Roe\n", "index.md": "# Hello\n"}

#: What goes wrong: a hook of MkDocs, a template of the theme, the front page, and what is said then.
FAILURES = {
    "a full disk": (
        "def on_post_page(output, page, config):\n    raise OSError(28, 'No space left on device', 'a/b.html')\n",
        "",
        "",
        "Aborted: a/b.html: No space left on device",
    ),
    "an interrupt": ("def on_post_page(output, page, config):\n    raise KeyboardInterrupt\n", "", "", "Aborted!"),
    "a search program that fails": (
        "from dossier import search\n"
        "def fail(*_):\n    raise search.SearchError('the search program failed: no memory')\n"
        "search.index = fail\n",
        "",
        "",
        "the search program failed: no memory",
    ),
    "a theme's template": ("", "<p>\n{{ nothing.at.all }}</p>\n", "", "404.html:2:1: 'nothing' is undefined"),
    "a theme's template that cannot be read": ("", "{% if %}\n", "", "404.html:1:1: Expected an expression"),
    "a warning of a strict build": ("", "", "# Hello\n\n[gone](gone.md)\n", "strict mode"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small dossier with a site that has hidden files of its own."""
    folder = dossier_in(tmp_path_factory.mktemp("late"), CONTENT, SETTINGS)
    (folder / "theme").mkdir()
    (folder / "hook.py").touch()
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    (folder / "site" / ".nojekyll").touch()
    return folder


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a dossier's folder, but for its sources."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in found if "site" in str(p.relative_to(folder).parts[0])}


@pytest.mark.parametrize("name", FAILURES)
def test_the_last_site_stays(built: Path, name: str) -> None:
    """Whatever goes wrong at the end, the site is byte for byte the last one, nothing is left over, no traceback."""
    hook, template, page, says = FAILURES[name]
    before = state(built)
    theme = built / "theme"
    (built / "hook.py").write_text(hook)
    try:
        (built / "content/index.md").write_text(page or CONTENT["index.md"])
        if template:
            (theme / "404.html").write_text(template)
        done = mkdocs(built, "build", "--strict")
    finally:
        (theme / "404.html").unlink(missing_ok=True)
    assert done.returncode == 1
    assert says in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert state(built) == before


def tree(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_finished_site_takes_the_place_of_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    """The new files are there, the old ones gone, hidden ones kept; also where the folder itself cannot be replaced."""
    site = tree(tmp_path / "site", {"old.html": "old", "a/old.html": "old", ".nojekyll": "", ".git/config": "mine"})
    stage = staging.begin(site)
    tree(stage.folder, {"new.html": "new", "a/new.html": "new"})
    assert texts(site)["old.html"] == "old"
    if elsewhere:

        def refused(self: Path, target: Path) -> Path:
            raise OSError(18, "Invalid cross-device link", str(self))

        monkeypatch.setattr(Path, "rename", refused)
    staging.publish(stage)
    assert texts(site) == {"new.html": "new", "a/new.html": "new", ".nojekyll": "", ".git/config": "mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(("share", "refused"), [(True, False), (True, True), (False, False)])
def test_files_of_the_last_site_stand_in_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: bool, refused: bool
) -> None:
    """They are the same files, or copies with the same time where the disk knows no links or none are wanted."""
    site = tree(tmp_path / "site", {"a/b/old.html": "old", "other.html": "old", "gone.html": "old"})
    stage = staging.begin(site)
    tree(stage.folder, {"other.html": "of a file of the same name", "new.html": "new"})
    if refused:

        def refuse(old: str, new: str) -> None:
            raise OSError(1, "Operation not permitted", old)

        monkeypatch.setattr(os, "link", refuse)
    staging.carry(stage, ["a/b/old.html", "other.html"], share=share)
    assert texts(stage.folder) == {"a/b/old.html": "old", "other.html": "old", "new.html": "new"}
    for path in ("a/b/old.html", "other.html"):
        old, new = (site / path).stat(), (stage.folder / path).stat()
        assert (new.st_ino == old.st_ino) == (share and not refused)
        assert new.st_mtime_ns == old.st_mtime_ns
    staging.discard(stage)
    assert texts(site) == {"a/b/old.html": "old", "other.html": "old", "gone.html": "old"}


def test_a_link_to_a_site_stays_a_link(tmp_path: Path) -> None:
    """Where the site's folder is a link, what it leads to is replaced."""
    tree(tmp_path / "www", {"old.html": "old"})
    (tmp_path / "site").symlink_to(tmp_path / "www")
    stage = staging.begin(tmp_path / "site")
    tree(stage.folder, {"new.html": "new"})
    staging.publish(stage)
    assert (tmp_path / "site").is_symlink()
    assert texts(tmp_path / "www") == {"new.html": "new"}


def test_a_build_cut_off_at_its_last_step_is_taken_back(tmp_path: Path) -> None:
    """Between its two last steps the last site stands beside its place; the next build puts it back."""
    tree(tmp_path / ".site.before", {"old.html": "old"})
    tree(tmp_path / ".site.building", {"half.html": ""})
    stage = staging.begin(tmp_path / "site")
    assert texts(tmp_path / "site") == {"old.html": "old"}
    assert texts(stage.folder) == {}
    staging.discard(stage)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
