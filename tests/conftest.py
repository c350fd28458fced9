"""What all tests share: the option that blesses golden files, and the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("dossier", deadline=None, print_blob=True)
settings.load_profile("dossier")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write what is found as what is expected")


class Golden:
    """Compares with a file of what is expected, or writes it with --bless."""

    def __init__(self, bless: bool) -> None:
        self.bless = bless

    def check(self, path: Path, found: str) -> None:
        """Fail unless the file says what was found."""
        if self.bless:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: look at what was found, then run pytest with --bless"
        assert found == path.read_text(encoding="utf-8"), f"{path.name} differs: pytest --bless takes the new text"

    def check_folder(self, folder: Path, found: dict[str, str]) -> None:
        """Fail unless the folder holds these files, and no others, with these texts."""
        if self.bless:
            shutil.rmtree(folder, ignore_errors=True)
        for name, text in found.items():
            self.check(folder / name, text)
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert there == set(found), "files are missing or left over: pytest --bless"


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium. Without one the test is skipped, but not in CI."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        message = "no Chromium on this machine: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=[*flags, "--disable-sync", "--no-first-run", "--disable-quic"]
        )
        yield chromium
        chromium.close()
