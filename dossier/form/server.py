"""The form on a port of this machine, for its own browser only."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any

from dossier.export import cms
from dossier.form.desk import Desk, RefusedError

HOST = "127.0.0.1"
LARGEST = 2_000_000  # bytes of a request
#: Nothing from elsewhere. Decap compiles the schema of its settings (hence eval), and writes styles into the page.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".yml": "text/yaml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_HOME = "/admin/"
_MARK = b'data-session=""'


class Server(ThreadingHTTPServer):
    """Serves the form of one desk. `own` are files of `admin/` that replace the packaged ones."""

    daemon_threads = True

    def __init__(self, port: int, desk: Desk, own: Mapping[str, bytes]) -> None:
        self.desk, self.own = desk, own
        super().__init__((HOST, port), Handler)

    @property
    def address(self) -> str:
        """Where a browser finds the form."""
        return f"http://{HOST}:{self.server_port}{_HOME}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a browser hangs up."""


def serve(desk: Desk, port: int = 0, own: Mapping[str, bytes] | None = None) -> Server:
    """A server of the form, at the port (0: any that is free). Raises OSError where the port is taken."""
    return Server(port, desk, own or {})


class Handler(BaseHTTPRequestHandler):
    """Answers this machine's browser, and only pages that this server gave out."""

    server: Server
    server_version, sys_version = "dossier", ""
    timeout = 30

    def do_GET(self) -> None:
        """The files of the form."""
        path = self.path.partition("?")[0]
        if not self._from_here():
            self._refuse(HTTPStatus.FORBIDDEN, "this form answers only to the browser of this machine")
        elif path in ("/", "/admin"):
            self._send(HTTPStatus.FOUND, b"", "text/plain", Location=_HOME)
        else:
            name = path.removeprefix(_HOME) or "index.html"
            data = self._file(name) if path.startswith(_HOME) else None
            if data is None:
                self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")
                return
            if name == "index.html":
                self.server.desk.open(page := secrets.token_urlsafe(24))
                data = data.replace(_MARK, f'data-session="{page}"'.encode(), 1)
            self._send(HTTPStatus.OK, data, _TYPES.get(PurePosixPath(name).suffix, "application/octet-stream"))

    def do_POST(self) -> None:
        """What the form asks for."""
        origin, kind = self.headers.get("Origin"), self.headers.get_content_type()
        if not self._from_here() or origin != f"http://{self.headers['Host']}" or kind != "application/json":
            self._refuse(HTTPStatus.FORBIDDEN, "this form answers only to pages that it gave out")
            return
        root, _, page = self.path.rpartition("/")
        size = self.headers.get("Content-Length", "")
        if root != cms.ADDRESS or not size.isdecimal() or int(size) > LARGEST:
            self._refuse(HTTPStatus.BAD_REQUEST, "this is no request of the form, or a text is too long")
            return
        try:
            asked: Any = json.loads(self.rfile.read(int(size)))
            found = self.server.desk.answer(page, str(asked["action"]), asked.get("params") or {})
        except RefusedError as refusal:
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._refuse(HTTPStatus.BAD_REQUEST, "this is no request of the form")
        else:
            self._send_json(HTTPStatus.OK, found)

    def _file(self, name: str) -> bytes | None:
        """A file of the form; the settings are made anew each time, for they list the entries."""
        if name in self.server.own:
            return self.server.own[name]
        if name == cms.CONFIG:
            return cms.config(self.server.desk.names())
        return cms.file(name) if name in cms.FILES else None

    def _from_here(self) -> bool:
        """Whether a browser was told to come here by this address: no name of another host that points to it."""
        port = self.server.server_port
        return self.headers.get("Host") in (f"{HOST}:{port}", f"localhost:{port}")

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self.close_connection = True
        self._send_json(status, {"error": message})

    def _send_json(self, status: HTTPStatus, value: object) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: HTTPStatus, data: bytes, kind: str, **more: str) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(data)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing of each request."""
