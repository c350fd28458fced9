"""How the commands do long work: with what a build remembers, and with a bar where somebody waits at a terminal."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dossier.cache import PLACE
from dossier.executors import ExecutorError, Means, at_work
from dossier.work import Work

if TYPE_CHECKING:
    from rich.progress import Progress

#: So long nobody waits for anything, in seconds.
PATIENCE = 2.0
#: What is done, by the name of the function that does it to each article or page.
PHASES: Mapping[str, str] = {
    "dossier.pipeline._cleaned": "Reading articles",
    "dossier.pipeline._annotated": "Linking names",
    "dossier.pipeline._read": "Linking names and finding quotations",
    "dossier.render.lay_out": "Writing pages",
    "dossier.render._lay_out_sent": "Writing pages",
}
_BETWEEN = "Working"

T = TypeVar("T")


AUTO = Means()


@contextlib.contextmanager
def complaining_of_executors() -> Iterator[None]:
    """Say in a line that an executor cannot be had."""
    try:
        yield
    except ExecutorError as error:
        raise click.ClickException(str(error)) from None


@contextlib.contextmanager
def working(content: Path, means: Means = AUTO, *, cache: bool = True) -> Iterator[Work]:
    """The work of a command: it uses the memory of `mkdocs build`, where there is one beside the content folder.

    What takes longer than two seconds is shown on standard error, if that is a terminal, and is gone afterwards.
    """
    remembered = content.resolve().parent / PLACE
    known = remembered if cache and remembered.is_file() else None
    with complaining_of_executors(), at_work(replace(means, cache=known), content) as work, shown() as bar:
        yield replace(work, watch=bar.watch) if bar else work


def watched(made: Iterable[T], total: int) -> Iterator[T]:
    """Values as they are made, with a bar, unless they are shown at the terminal themselves."""
    with contextlib.nullcontext() if sys.stdout.isatty() else shown() as bar:
        yield from bar.watch(made, total, "") if bar else made


class Bar:
    """What is being done, and how much of it is: it begins to be shown when patience ends."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.task = progress.add_task(_BETWEEN, total=None)
        self.timer = threading.Timer(PATIENCE, progress.start)
        self.timer.daemon = True

    def watch(self, made: Iterable[Any], total: int | None, name: str) -> Iterator[Any]:
        """Pass values on, and show how many of them there are."""
        self._begin(PHASES.get(name, _BETWEEN), total)
        for one in made:
            yield one
            self.progress.advance(self.task)
        self._begin(_BETWEEN)

    def _begin(self, phase: str, total: int | None = None) -> None:
        """Show another phase in the place of the last one; without a total it is not known how long it takes."""
        self.progress.remove_task(self.task)
        self.task = self.progress.add_task(phase, total=total)


@contextlib.contextmanager
def shown() -> Iterator[Bar | None]:
    """A bar on standard error; None where that is no terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console  # here, so that only who waits pays for loading rich
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Bar(Progress(*columns, console=Console(stderr=True), transient=True))
    bar.timer.start()
    try:
        yield bar
    finally:
        bar.timer.cancel()
        bar.timer.join()
        bar.progress.stop()
