"""What all tests share: the option that blesses golden files, the built site, and the browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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


ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "NO_MKDOCS_2_WARNING": "1",
    "LANG": "C.UTF-8",
    "SOURCE_DATE_EPOCH": "1700000000",
}


def mkdocs(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs` in a folder, without the theme's notice of its end of life."""
    command = [sys.executable, "-m", "mkdocs", *args]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=ENVIRONMENT, encoding="utf-8"
    )


def dossier_in(folder: Path, content: dict[str, str], settings: str = "") -> Path:
    """Write a small dossier: its content, file by file, and the shortest configuration."""
    for name, text in content.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    lines = [
        "site_name: Test",
        "docs_dir: content",
        "theme: {name: material, font: false}",
        "plugins: [search, dossier]",
    ]
    (folder / "mkdocs.yml").write_text(settings or "\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, as `mkdocs build --strict` makes it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = mkdocs(ROOT, "build", "--strict", "--site-dir", str(folder))
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="session")
def vienna(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the golden dossier that uses every field of every kind, with an address of its own."""
    folder = tmp_path_factory.mktemp("vienna")
    shutil.copytree(ROOT / "tests" / "golden" / "vienna" / "content", folder / "content")
    settings = "theme: {name: material, font: false, features: [navigation.tabs]}\nplugins: [search, dossier]\n"
    address = "site_name: Vienna\nsite_url: https://vienna.example/talks/\ndocs_dir: content\n"
    done = mkdocs(dossier_in(folder, {}, address + settings), "build")
    assert done.returncode == 0, done.stderr
    return folder / "site"


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
