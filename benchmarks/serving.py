"""How long one who edits waits for `mkdocs serve`: from saving a file until the server gives the page as it is then."""

from __future__ import annotations

import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any

from benchmarks.editing import Seen
from benchmarks.measure import CommandError, Watched, end_of, watched

#: Seconds between two looks at a page.
EVERY = 0.1
#: Seconds before an edit: the server first has to know how everything was before it.
REST = 1.5


def serve(
    folder: Path, settings: str, environment: dict[str, str], edits: Mapping[str, Callable[[], Seen]], limit: float
) -> dict[str, Any]:
    """Serve a dossier, edit it while it is looked at, and say what each edit took.

    `edits` are done in order; each writes files and returns what is to be seen then. `limit` is the number of seconds
    that all may take together. Raises CommandError where the server ends by itself, or it takes longer. The server and
    all that it started are gone afterwards, and so is the site that it served.
    """
    with tempfile.TemporaryDirectory(prefix="served-") as place:
        address, port = "127.0.0.1", _free_port()
        command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-f", settings, "-a", f"{address}:{port}"]
        said = Path(place) / "said"
        began, deadline = time.perf_counter(), time.perf_counter() + limit
        with watched(command, folder, environment | {"TMPDIR": place}, said) as server:
            read = partial(_page, f"http://{address}:{port}/")

            def wait(seen: Seen, what: str) -> None:
                while not seen(read):
                    if server.process.poll() is not None:
                        raise CommandError(f"mkdocs serve has ended: {end_of(said)}")
                    if time.perf_counter() > deadline:
                        raise CommandError(f"mkdocs serve: {what} not to be seen after {limit:.0f} seconds in all")
                    time.sleep(EVERY)

            wait(lambda read: read("") is not None, "the first page")
            start = time.perf_counter() - began
            costs = {}
            for what, edit in edits.items():
                costs[what] = _timed(server, edit, partial(wait, what=what))
            wall = time.perf_counter() - began
            return {
                "wall": round(wall, 2), "cpu": round(server.cpu, 2), "memory": round(server.memory, 2),
                "start": round(start, 2), "edits": costs,
            }  # fmt: skip


def _timed(server: Watched, edit: Callable[[], Seen], wait: Callable[[Seen], None]) -> dict[str, float]:
    """The seconds, on the clock and of the cores, between an edit and the moment in which it is seen."""
    time.sleep(REST)
    server.look()
    cpu = server.cpu
    seen = edit()
    saved = time.perf_counter()
    wait(seen)
    wall = time.perf_counter() - saved
    server.look()
    return {"wall": round(wall, 2), "cpu": round(server.cpu - cpu, 2)}


def _free_port() -> int:
    """A port that nothing listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _page(root: str, address: str) -> str | None:
    """The text of a page; None where there is none, or nobody answers. A server that builds answers afterwards."""
    try:
        with urllib.request.urlopen(root + address, timeout=60) as answer:
            return str(answer.read().decode())
    except (OSError, HTTPException):
        return None
