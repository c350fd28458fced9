"""`dossier init`: a dossier that builds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dossier.schema import KINDS
from tests.authoring.conftest import Run, files_in
from tests.conftest import mkdocs


@pytest.mark.parametrize("there", [True, False])
def test_a_new_dossier_is_sound_and_builds(
    there: bool, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a new folder or an empty one: no problems, and a strict build without a warning."""
    folder = tmp_path / "vienna"
    if there:
        folder.mkdir()
    result = run("init", str(folder))
    assert result.exit_code == 0
    assert set(result.stdout.split()) == {
        f"{folder}/{name}" for name in files_in(folder) if not name.startswith(".dossier/")
    }
    monkeypatch.chdir(folder)
    assert run("check").stdout == "0 problems\n"
    if there:
        done = mkdocs(folder, "build", "--strict")
        assert done.returncode == 0, done.stderr
        assert (folder / "site/people/jane-roe/index.html").is_file()


def test_the_example_shows_what_dossier_does(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its article is read, its names are linked, its quotations have speakers."""
    run("init", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    text = run("inspect", "--all").stdout
    assert "[surname: Roe]" in text
    assert "John Doe" in text


def test_a_folder_that_is_not_empty_is_left_alone(here: Path, run: Run) -> None:
    """Whatever is in it."""
    before = files_in(here)
    result = run("init", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not empty" in result.stderr
    assert files_in(here) == before


def test_a_file_is_no_folder(here: Path, run: Run) -> None:
    """Nor is there a traceback."""
    assert run("init", "mkdocs.yml").exit_code == 2


def test_the_settings_of_the_editor_know_every_kind(tmp_path: Path, run: Run) -> None:
    """Each kind's folder has its schema, and the schema is there."""
    run("init", str(tmp_path))
    schemas = json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert schemas == {f".dossier/schema/{kind.folder}.json": f"content/{kind.folder}/*.yml" for kind in KINDS}
    assert all((tmp_path / path).is_file() for path in schemas)
