"""What was made before, kept in a file beside the dossier: an edge, which the pipeline is given."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import sys
import tempfile
import weakref
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from dossier.packaged import code
from dossier.work import digest

log = logging.getLogger(__name__)

#: Where the cache of a dossier is, from the folder of its `mkdocs.yml`; `.cache/` is where Material keeps its own.
PLACE = Path(".cache") / "dossier.sqlite"
#: How many bytes it may hold, once a build has ended: what was not used for the longest time goes first.
LIMIT = 2_000_000_000
#: How many bytes wait in memory until they are written, in one transaction.
_WAITING = 8_000_000
#: So many bytes before a value tell whether it is whole.
_CHECK = 8
#: The form of the file; one of another form is emptied. What is noted of a value stands apart from it: it changes with
#: each build, and a row is written as a whole.
_FORM = 2
_TABLES = (
    "CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS noted (key BLOB PRIMARY KEY, size INTEGER NOT NULL, used INTEGER NOT NULL)"
    " WITHOUT ROWID",
)
_LIBRARIES = ("jinja2", "lxml", "markdown", "markupsafe", "nh3", "pydantic", "trafilatura")


class Cache:
    """Values by the digest of all that they depend on.

    A cache is never needed: where its file cannot be read or written, or another build holds it for long,
    values are made anew. Builds may share one; whatever ends a build leaves it whole.
    """

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self.limit = limit
        self.waiting: dict[bytes, bytes] = {}
        self.weight = 0
        self.used: set[bytes] = set()
        self.number = 0
        self.database = _open(path)

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, or None."""
        if key in self.waiting:
            return self.waiting[key]
        row = self._ask("SELECT value FROM made WHERE key = ?", key)
        if row is None or not isinstance(row[0], bytes):
            return None
        value: bytes = row[0][_CHECK:]
        if digest(value)[:_CHECK] != row[0][:_CHECK]:
            return None  # the disk has not kept it well
        self.used.add(key)
        return value

    def __setitem__(self, key: bytes, value: bytes) -> None:
        self.waiting[key] = value
        self.weight += len(value)
        if self.weight > _WAITING:
            self._write()

    def close(self) -> None:
        """Write what is waiting, note what was used, and keep within the limit."""
        self._write()
        with self._transaction() as database:
            if database and self.used:
                turn = self._turn()
                database.executemany("UPDATE noted SET used = ? WHERE key = ?", [(turn, key) for key in self.used])
        self._trim()
        if self.database:
            self.database.close()
            self.database = None

    def _write(self) -> None:
        with self._transaction() as database:
            if database and self.waiting:
                turn = self._turn()
                rows = [(key, digest(value)[:_CHECK] + value) for key, value in self.waiting.items()]
                database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)
                noted = [(key, len(value), turn) for key, value in rows]
                database.executemany("INSERT OR REPLACE INTO noted VALUES (?, ?, ?)", noted)
        self.waiting.clear()
        self.weight = 0

    def _turn(self) -> int:
        """A number for this build, higher than those before; all that it writes and uses bears it."""
        if not self.number:
            row = self._ask("SELECT max(used) FROM noted")
            self.number = (row[0] or 0) + 1 if row else 1
        return self.number

    def _trim(self) -> None:
        row = self._ask("SELECT sum(size) FROM noted")
        excess = (row[0] or 0) - self.limit if row else 0
        if excess <= 0 or not self.database:
            return
        gone = []
        with self._transaction() as database:
            if database:
                for key, size in database.execute("SELECT key, size FROM noted ORDER BY used, key"):
                    if excess <= 0:
                        break
                    gone.append((key,))
                    excess -= size
                for table in ("made", "noted"):
                    database.executemany(f"DELETE FROM {table} WHERE key = ?", gone)
        with contextlib.suppress(sqlite3.Error):
            if self.database:
                self.database.execute("VACUUM")

    def _ask(self, question: str, *values: bytes) -> tuple[Any, ...] | None:
        if not self.database:
            return None
        try:
            row: tuple[Any, ...] | None = self.database.execute(question, values).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return row

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection | None]:
        try:
            if self.database:
                with self.database:
                    yield self.database
            else:
                yield None
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        log.debug(f"the cache is not used: {error}")
        self.database = None


class Scratch:
    """A shelf in a file that is gone when nobody looks at it any more."""

    def __init__(self) -> None:
        self.file, path = tempfile.mkstemp(prefix="dossier-")
        weakref.finalize(self, os.close, self.file)
        Path(path).unlink()
        self.starts: list[int] = []
        self.size = 0

    def put(self, value: bytes) -> int:
        """Put a value away; the number that it is found by. Raises OSError, with the folder, where there is no room."""
        view = memoryview(value)
        try:
            while view:
                view = view[os.write(self.file, view) :]
        except OSError as error:
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from None
        self.starts.append(self.size)
        self.size += len(value)
        return len(self.starts) - 1

    def take(self, number: int) -> bytes:
        """The value of a number."""
        start, end = (*self.starts[number : number + 2], self.size)[:2]
        return os.pread(self.file, end - start, start)


def _open(path: Path) -> sqlite3.Connection | None:
    """The database; a file that is none is replaced."""
    for attempt in (1, 2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=10)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            with database:
                if database.execute("PRAGMA user_version").fetchone()[0] != _FORM:
                    database.execute("DROP TABLE IF EXISTS made")
                    database.execute(f"PRAGMA user_version = {_FORM}")
                for table in _TABLES:
                    database.execute(table)
        except (sqlite3.Error, OSError) as error:
            log.debug(f"the cache {path} cannot be used: {error}")
            if isinstance(error, sqlite3.OperationalError | OSError) or attempt == 2:
                return None
            with contextlib.suppress(OSError):
                path.unlink()
        else:
            return database
    return None


def version() -> bytes:
    """What all that is made depends on: the code of the dossier, and the libraries that it uses."""
    return digest(code(), sys.version.encode(), *(f"{name} {metadata.version(name)}".encode() for name in _LIBRARIES))
