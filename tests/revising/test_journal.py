"""A change of several files is made as a whole, even when the machine fails in the middle of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier import journal
from tests.conftest import dossier_in, mkdocs
from tests.revising.test_cases import files_in, run

BEFORE: dict[str, bytes | None] = {"a.md": b"old a", "b.md": b"old b", "c.md": None, "d.md": b"old d"}
AFTER: dict[str, bytes | None] = {"a.md": b"new a", "b.md": None, "c.md": b"new c", "d.md": b""}
STEPS = ("_make_folder", "_write", "_rename", "_replace", "_remove", "_sync")


class Killed(BaseException):
    """The process ends here."""


def laid_out(folder: Path, files: dict[str, bytes | None]) -> Path:
    folder.mkdir()
    for name, data in files.items():
        if data is not None:
            (folder / name).write_bytes(data)
    return folder


def there(files: dict[str, bytes | None]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if data is not None}


def dying(monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool) -> None:
    """Let the process die before, or right after, its n-th step."""
    count = iter(range(10_000))

    def step(name: str, do: Callable[..., None]) -> Callable[..., None]:
        def wrapped(*arguments: object) -> None:
            if next(count) != at:
                do(*arguments)
                return
            if after:
                do(*arguments)
            elif name == "_write":  # half of a file
                Path(str(arguments[0])).write_bytes(b"ne")
            raise Killed

        return wrapped

    for name in STEPS:
        monkeypatch.setattr(journal, name, step(name, getattr(journal, name)))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(16))
def test_all_or_none_wherever_it_is_interrupted(
    at: int, after: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever step is the last one, the next command leaves the old files or the new ones, and nothing else."""
    content = laid_out(tmp_path / "content", BEFORE)
    with monkeypatch.context() as patched:
        dying(patched, at, after=after)
        try:
            journal.change(content, BEFORE, AFTER)
            done = True
        except Killed:
            done = False
    assert done == (at >= steps_of_a_change(tmp_path))
    monkeypatch.setattr(journal, "_running", lambda process: False)
    journal.finish(content)
    found = files_in(content)
    assert found in (there(BEFORE), there(AFTER))
    assert found == there(AFTER) or not done
    assert [*content.glob(".*")] == []
    journal.change(content, {k: found.get(k) for k in AFTER}, AFTER)
    assert files_in(content) == there(AFTER)


def steps_of_a_change(folder: Path) -> int:
    """How many steps the change of these tests has."""
    shutil.rmtree(folder / "count", ignore_errors=True)
    content = laid_out(folder / "count", BEFORE)
    count = 0

    def counted(do: Callable[..., None]) -> Callable[..., None]:
        def wrapped(*arguments: object) -> None:
            nonlocal count
            count += 1
            do(*arguments)

        return wrapped

    with pytest.MonkeyPatch.context() as patched:
        for name in STEPS:
            patched.setattr(journal, name, counted(getattr(journal, name)))
        journal.change(content, BEFORE, AFTER)
    return count


@pytest.mark.parametrize(("step", "new"), [("_rename", False), ("_replace", True), ("_remove", True)])
def test_a_process_that_is_killed(step: str, new: bool, tmp_path: Path) -> None:
    """After kill -9 in the middle of a rename, `dossier check` finds the old dossier or the new one, whole."""
    shutil.copytree(Path(__file__).parent / "cases" / "rename-everywhere" / "before", tmp_path / "content")
    program = (
        "import os, signal\nfrom dossier import journal\nfrom dossier.cli import main\n"
        f"journal.{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "main(['rename', 'people/jane-row', 'people/jane-roe'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    assert [*(tmp_path / "content").glob(".revision*")] != []
    checked = run(tmp_path, "check")
    assert checked.exit_code == 0, checked.output
    assert ("it is complete now" in checked.stderr) == new
    state = "after" if new else "before"
    expected = files_in(Path(__file__).parent / "cases" / "rename-everywhere" / state)
    assert files_in(tmp_path / "content") == expected


def test_a_build_does_not_show_half_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mkdocs build` finishes what was interrupted before it reads the content folder."""
    before = {"people/a.yml": "name: Jane Roe\n", "topics/t.yml": "name: Talks\nparties: [people/a]\n"}
    theme = "theme: {name: material, font: false}\n"
    settings = f"site_name: Test\ndocs_dir: content\n{theme}plugins: [dossier: {{search: 'off'}}]\n"
    folder = dossier_in(tmp_path, before, settings)
    with monkeypatch.context() as patched:
        patched.setattr(journal, "_remove", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            run(folder, "rename", "people/a", "people/b")
    assert (folder / "content" / "people" / "a.yml").exists()
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert not (folder / "content" / "people" / "a.yml").exists()
    assert (folder / "site" / "people" / "b" / "index.html").is_file()


def test_what_was_changed_since_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody wrote into a file after the interruption, the next command asks instead of deciding."""
    content = laid_out(tmp_path / "content", BEFORE)
    with monkeypatch.context() as patched:
        patched.setattr(journal, "_replace", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            journal.change(content, BEFORE, AFTER)
    (content / "a.md").write_bytes(b"mine")
    result = run(tmp_path, "check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "a.md was changed since; put back what stood there, or remove the folder" in result.stderr
    assert (content / "a.md").read_bytes() == b"mine"
    shutil.rmtree(content / journal.FOLDER)
    assert run(tmp_path, "check").exit_code == 0


def test_a_file_that_was_changed_in_the_meantime(tmp_path: Path) -> None:
    """What was saved in an editor while the change was prepared stands, and nothing is changed."""
    content = laid_out(tmp_path / "content", BEFORE)
    (content / "d.md").write_bytes(b"mine")
    with pytest.raises(journal.ConflictError, match=r"d\.md was changed in the meantime"):
        journal.change(content, BEFORE, AFTER)
    assert files_in(content) == there(BEFORE) | {"d.md": b"mine"}


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk refuses, nothing has changed and nothing is left behind."""
    content = laid_out(tmp_path / "content", BEFORE)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(journal, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        journal.change(content, BEFORE, AFTER)
    assert files_in(content) == there(BEFORE)
    assert [*content.glob(".*")] == []


def test_a_change_that_leads_elsewhere(tmp_path: Path) -> None:
    """A folder of steps that is a link is not followed."""
    content = laid_out(tmp_path / "content", BEFORE)
    elsewhere = laid_out(tmp_path / "elsewhere", {"0": b"secret"})
    step = {"path": "a.md", "old": journal._digest(b"old a"), "new": journal._digest(b"secret"), "staged": "0"}
    (elsewhere / journal.LIST).write_text(json.dumps([step]), encoding="utf-8")
    (content / journal.FOLDER).symlink_to(elsewhere)
    assert run(tmp_path, "check").exit_code == 1
    assert (elsewhere / "0").read_bytes() == b"secret"
    assert (content / "a.md").read_bytes() == b"old a"


@pytest.mark.parametrize(
    "listed",
    [
        [{"path": "../outside.txt", "old": "OLD", "new": None, "staged": None}],
        [{"path": "OUTSIDE", "old": "OLD", "new": None, "staged": None}],
        [{"path": "link/outside.txt", "old": "OLD", "new": None, "staged": None}],
        [{"path": "a.md", "old": None, "new": "x", "staged": "../../outside.txt"}],
        [{"path": 7}],
        {"path": "a.md"},
        [["a.md"]],
        "a.md",
        None,
    ],
)
def test_a_change_that_came_from_a_stranger(listed: object, tmp_path: Path) -> None:
    """A list of steps in a folder that was received touches nothing outside the content folder."""
    content = laid_out(tmp_path / "content", BEFORE)
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"keep")
    (content / "link").symlink_to(tmp_path)
    (content / journal.FOLDER).mkdir()
    text = json.dumps(listed).replace("OUTSIDE", str(outside)).replace("OLD", journal._digest(b"keep") or "")
    (content / journal.FOLDER / journal.LIST).write_text(text, encoding="utf-8")
    result = run(tmp_path, "check")
    assert result.exit_code == 1
    assert "is no change that dossier has begun" in result.stderr
    assert outside.read_bytes() == b"keep"
    assert (content / "a.md").read_bytes() == b"old a"
