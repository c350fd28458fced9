"""A built site on a port of this machine, under the policy that a careful host sets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

#: What a careful host allows: nothing from elsewhere, no eval but that of WebAssembly.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)


class Handler(SimpleHTTPRequestHandler):
    """Serves files with the policy, and says nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
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


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The repository's own site."""
    yield from serve(site)
