"""A small dossier in the current folder, and the command line run in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossier.cli import main
from tests.conftest import dossier_in

Run = Callable[..., Result]

CONTENT = {
    "people/jane-roe.yml": "name: Jane Roe\naliases: [Jane A. Roe]\n",
    "sources/example-news.yml": "name: Example News\n",
    "articles/2024-05-06-talks.txt": "Jane Roe met her counterpart in Vienna on Monday. They talked for an hour.\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds the dossier; it is the current one."""
    monkeypatch.chdir(tmp_path)
    return dossier_in(tmp_path, CONTENT)


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
