"""By what means the work on articles and pages is done: by which processes, and with which memory."""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier.cache import Cache, Scratch, version
from dossier.work import Live, Pile, Shelf, Work

#: The executors that can be chosen: `auto` is `processes` for a dossier of some size, and `serial` for others.
EXECUTORS = ("auto", "serial", "processes", "dask")
#: Fewer articles than this are done sooner than other processes are started.
FEW = 300
#: How many bytes may lie on the shelf of a process that builds again and again, until it begins with an empty one.
SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Means:
    """What a user chose: `executor` is one of EXECUTORS, `workers` the number of processes (0: one for each core).

    `scheduler` is the address of a Dask cluster (empty: one of this machine's own). `cache` is the file in which is
    kept what was made (None: nothing is).
    """

    executor: str = "auto"
    workers: int = 0
    scheduler: str = ""
    cache: Path | None = None


@contextlib.contextmanager
def at_work(means: Means, content: Path, live: Live | None = None) -> Iterator[Work]:
    """The executor and the cache of a choice, for one build of a content folder; both are closed afterwards.

    `live` has the values of the build before, in a process that builds again and again (see `lasting`).

    The collector of garbage rests meanwhile, and passes over what was made then: frozen values hold no cycles, and
    to look for some takes half of the time that a large dossier is composed in.

    Raises ExecutorError where Dask is not installed, the cluster does not answer, or a process is lost.
    """
    cold = means.cache is None or not means.cache.is_file()
    cache = Cache(means.cache) if means.cache else None
    live = live if cache else None  # what is known by nothing cannot be known again
    collecting = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        articles = _articles(content)
        shelf = (lambda: live.shelf) if live else _shelf if articles >= FEW else Pile
        with executor(means, articles, soon=cold) as pool:
            yield Work(pool, cache, version() if cache else b"", 2 * (means.workers or _cores()), shelf, live)
    except BrokenExecutor:
        raise ExecutorError(
            "a process that did a share of the work has ended abruptly, for want of memory perhaps; "
            "write executor: serial, or fewer workers"
        ) from None
    finally:
        if cache:
            cache.close()
        gc.freeze()
        if collecting:
            gc.enable()


def lasting(before: Live | None) -> Live:
    """Where the values of a build wait for the next one of the same process."""
    if before and before.shelf.size < SPACE:
        return before
    return Live(_shelf())


def _shelf() -> Shelf:
    return Scratch() if os.name == "posix" else Pile()  # elsewhere an open file has to have a name


def _articles(content: Path) -> int:
    """About how many articles there are."""
    try:
        return sum(1 for _ in (content / "articles").iterdir())
    except OSError:
        return 0


class ExecutorError(RuntimeError):
    """The executor that was chosen cannot be had."""


@contextlib.contextmanager
def executor(means: Means, articles: int, *, soon: bool = False) -> Iterator[Executor | None]:
    """The executor of a choice, or None for this process; it is gone afterwards.

    `soon`: it is certain to be needed, and is made ready while this process reads the content folder.
    """
    choice, workers = means.executor, means.workers or _cores()
    if choice == "auto":
        choice = "processes" if workers > 1 and articles >= FEW else "serial"
    if choice == "processes":
        # Not `fork`: while serving, there are threads. The server of `forkserver` has none.
        ways = multiprocessing.get_all_start_methods()
        way = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
        if hasattr(way, "set_forkserver_preload"):
            way.set_forkserver_preload(["dossier.pipeline", "trafilatura"])
        if soon and "forkserver" in ways:
            from multiprocessing import forkserver  # there is none on Windows

            forkserver.ensure_running()
        # Frozen values hold no cycles: in the other processes, too, the collector need hardly look for some.
        with ProcessPoolExecutor(workers, way, gc.set_threshold, (50_000, 20, 20)) as pool:
            yield pool
    elif choice == "dask":
        with _dask(workers, means.scheduler) as cluster:
            yield cluster
    else:
        yield None


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _dask(workers: int, scheduler: str) -> Iterator[Executor]:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise ExecutorError("executor: dask needs its library; install it: pip install 'dossier[dask]'") from None
    with contextlib.ExitStack() as open_until_end:
        try:
            cluster = scheduler or open_until_end.enter_context(
                distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            )
            client = open_until_end.enter_context(distributed.Client(cluster))
        except (OSError, ValueError) as error:
            raise ExecutorError(f"the Dask cluster {scheduler} does not answer: {error}") from None
        yield client.get_executor()
