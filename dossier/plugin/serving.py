"""While a dossier is served: what is wrong is said on each page as it is sent, and the index follows the pages."""

from __future__ import annotations

import logging
import multiprocessing
import re
import signal
import sys
from collections.abc import Callable, Iterable
from multiprocessing.process import BaseProcess
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from dossier import search

log = logging.getLogger("mkdocs.plugins.dossier")

#: Where the theme's pages have their announcements; pages without such a place have them first of all.
_PLACE = re.compile(rb'data-md-component="?announce"?[^>]*>|<body[^>]*>')
_AS_ANNOUNCED = '<aside class="md-banner"><div class="md-banner__inner md-grid md-typeset">{}</div></aside>'


def announcing(application: WSGIApplication, notice: Callable[[], str]) -> WSGIApplication:
    """The application of a server, whose pages say at their top what `notice` gives (HTML; nothing where it is empty).

    So a mistake is told on thousands of pages, none of which has to be laid out for it.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        text = notice()
        if not text:
            return application(environ, start_response)
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return parts.append

        parts: list[bytes] = []
        sent = application(environ, begin)
        try:
            parts += sent
        finally:
            if callable(close := getattr(sent, "close", None)):
                close()
        data = b"".join(parts)
        status, headers = begun[-1]
        if any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            data = _announced(data, text)
            headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
            headers.append(("Content-Length", str(len(data))))
        start_response(status, headers)
        return [data]

    return answer


def _announced(page: bytes, text: str) -> bytes:
    place = _PLACE.search(page)
    end = place.end() if place else 0
    return page[:end] + _AS_ANNOUNCED.format(text).encode() + page[end:]


class Indexing:
    """The search index of a site that is served, made by a process of its own after the pages are there.

    Until it is finished the index is the one before, or none.
    """

    def __init__(self) -> None:
        self._process: BaseProcess | None = None

    def begin(self, site: Path, memory: Path | None) -> None:
        """Have a site indexed."""
        self.end()
        process = multiprocessing.get_context("spawn").Process(target=_index, args=(site, memory), daemon=True)
        process.start()
        self._process = process

    def end(self) -> None:
        """Give up what is not finished: the pages are to change, or to go."""
        if self._process:
            self._process.terminate()
            self._process.join()
            self._process = None


def _index(site: Path, memory: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends this
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # with what was begun cleared away
    try:
        search.index(site, memory)
    except search.SearchError as error:
        print(f"WARNING -  the search is not up to date: {error}", file=sys.stderr)
