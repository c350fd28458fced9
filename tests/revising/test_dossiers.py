"""Renaming in whole dossiers: there and back again, and the site that is made of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dossier import pipeline
from dossier.schema import KIND_OF
from tests.conftest import ROOT, dossier_in, mkdocs
from tests.revising.test_cases import files_in, run

VIENNA = ROOT / "tests" / "golden" / "vienna" / "content"


@pytest.mark.parametrize("kind", KIND_OF)
def test_there_and_back_again(kind: str, tmp_path: Path) -> None:
    """Renamed and renamed back, every file of the dossier that uses every field is what it was, byte for byte."""
    content = shutil.copytree(VIENNA, tmp_path / "content")
    name = max(sorted(path.stem for path in (VIENNA / kind).glob("*.yml")), key=lambda stem: _uses(content, kind, stem))
    before = files_in(content)
    assert run(tmp_path, "rename", f"{kind}/{name}", f"{kind}/zyx").exit_code == 0
    between = files_in(content)
    assert not any(path.startswith(f"{kind}/{name}.") for path in between)
    assert pipeline.survey(content).problems == ()
    assert run(tmp_path, "rename", f"{kind}/zyx", f"{kind}/{name}").exit_code == 0
    after = files_in(content)
    assert after.pop("redirects.yml").decode().splitlines()[1:] == [f"{kind}/zyx: {kind}/{name}"]
    assert after == before


def _uses(content: Path, kind: str, name: str) -> int:
    """How often an id stands in the files of a dossier."""
    return sum(path.read_bytes().count(name.encode()) for path in content.rglob("*.*"))


def test_the_site_of_a_renamed_entry(tmp_path: Path) -> None:
    """After renames in this repository's own dossier the site builds without a warning, whatever links there are."""
    settings = (
        "site_name: Test\ndocs_dir: content\ntheme: {name: material, font: false}\n"
        "validation: {links: {not_found: warn, anchors: warn, unrecognized_links: warn}}\n"
        "plugins: [search, dossier: {search: 'off'}]\n"
    )
    folder = dossier_in(tmp_path, {"empty.txt": ""}, settings)
    shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
    for old, new in (
        ("events/geneva-meeting", "geneva-2022"),
        ("articles/2023-03-03-blinken-lavrov-new-delhi", "2023-03-03-a-brief-encounter"),
        ("people/sergey-lavrov", "sergei-lavrov"),
    ):
        result = run(folder, "rename", old, new)
        assert result.exit_code == 0, result.output
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    assert "../../events/geneva-2022/" in (site / "briefs" / "when-did-they-meet" / "index.html").read_text("utf-8")
    assert (site / "people" / "sergei-lavrov" / "index.html").is_file()
    assert "../sergei-lavrov/" in (site / "people" / "sergey-lavrov" / "index.html").read_text("utf-8")
