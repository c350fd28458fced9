"""Renaming and merging, folder by folder: `README.md` beside this file says how to add a case."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossier.cli import main
from tests.conftest import Golden

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name, with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(folder: Path, *arguments: str) -> Result:
    """Run the command line on the folder `content` of a folder."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(main, arguments)
    finally:
        os.chdir(here)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def prepared(case: Path, folder: Path) -> list[str]:
    """Copy what a case begins with; return its command."""
    shutil.copytree(case / "before", folder / "content")
    return (case / "command.txt").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, golden: Golden) -> None:
    """The command makes of `before` exactly `after`, byte for byte, and says what is in `said.txt`."""
    result = run(tmp_path, *prepared(case, tmp_path))
    found = files_in(tmp_path / "content")
    golden.check(case / "said.txt", result.stderr)
    if golden.bless:
        shutil.rmtree(case / "after", ignore_errors=True)
        if found != files_in(case / "before"):
            shutil.copytree(tmp_path / "content", case / "after")
    changed = (case / "after").exists()
    assert found == files_in(case / ("after" if changed else "before"))
    assert result.exit_code == (0 if changed else 1)
    assert result.stdout.splitlines() == sorted(result.stdout.splitlines()) or changed


@pytest.mark.parametrize("case", [case for case in CASES if (case / "after").exists()], ids=lambda case: case.name)
def test_what_comes_out_is_sound(case: Path, tmp_path: Path) -> None:
    """`dossier check` finds no problem in what was renamed or merged."""
    shutil.copytree(case / "after", tmp_path / "content")
    result = run(tmp_path, "check")
    assert result.exit_code == 0, result.stdout


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_dry_run_prints_the_change_and_makes_none(case: Path, tmp_path: Path) -> None:
    """With --dry-run nothing changes, and `git apply` makes of what it prints what the command would have made."""
    result = run(tmp_path, *prepared(case, tmp_path), "--dry-run")
    assert files_in(tmp_path / "content") == files_in(case / "before")
    if not (case / "after").exists():
        assert (result.exit_code, result.stdout) == (1, "")
        return
    if not shutil.which("git"):
        pytest.skip("no git on this machine")
    subprocess.run(["git", "apply", "-"], input=result.stdout_bytes, cwd=tmp_path, check=True)
    assert files_in(tmp_path / "content") == files_in(case / "after")


def test_files_keep_their_rights(tmp_path: Path) -> None:
    """A file that only its owner may read stays so."""
    command = prepared(CASES[[case.name for case in CASES].index("rename-everywhere")], tmp_path)
    path = tmp_path / "content" / "organizations" / "ministry.yml"
    path.chmod(0o600)
    assert run(tmp_path, *command).exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
