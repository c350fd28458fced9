"""A built site on a port of this machine, under the policy that a careful host sets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, mkdocs


def policy() -> str:
    """The Content Security Policy that SECURITY.md publishes, on one line."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    return " ".join(text.partition("```csp\n")[2].partition("```")[0].split())


class Handler(SimpleHTTPRequestHandler):
    """Serves files with the policy, and says nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", policy())
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        pass


class Server(ThreadingHTTPServer):
    """A server that says nothing when a browser hangs up."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder until the tests that asked for it have ended; yields its address."""
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def opened(browser: Browser, served: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what went wrong in it: messages in the console, requests to other hosts; `served` may be a file://."""
    context = browser.new_context(base_url=served if served.startswith("http") else None, **options)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((served, "data:", "blob:")) else faults.append(r.url))
    yield page, faults
    context.close()


@pytest.fixture(scope="session")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site with the one setting for reading it from a disk."""
    folder = tmp_path_factory.mktemp("stick")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8") + "use_directory_urls: false\n"
    for key, path in (
        ("docs_dir", "content"),
        ("custom_dir", "site_templates/theme"),
        ("templates", "site_templates/pages"),
    ):
        settings = settings.replace(f"{key}: {path}", f"{key}: {ROOT}/{path}")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The repository's own site."""
    yield from serve(site)
