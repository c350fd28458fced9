"""The time and memory of each stage of one cold build, on one core.

`python -m benchmarks.build_stages FOLDER RESULT` builds the dossier in FOLDER with `on.yml`, an empty cache, and
Pagefind at the end, and writes RESULT, a JSON file. The stages are timed from outside: the functions that the pipeline
and MkDocs call are replaced by ones that look at the clock, too. A stage's time is without the stages that it calls.
"""

from __future__ import annotations

import functools
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mkdocs.commands.build
import mkdocs.config

import dossier.pipeline
import dossier.search
from benchmarks.measure import Cost

#: Where the functions are, what they are called, and as which stage they count.
STAGES: tuple[tuple[Any, str, str], ...] = (
    (dossier.pipeline, "load", "load"),
    (dossier.pipeline, "entries", "validate"),
    (dossier.pipeline, "check", "validate"),
    (dossier.pipeline, "clean", "clean"),
    (dossier.pipeline, "without_repeated", "clean"),
    (dossier.pipeline, "gazetteer", "annotate"),
    (dossier.pipeline, "annotate", "annotate"),
    (dossier.pipeline, "quote", "quote"),
    (dossier.pipeline, "statements", "statements"),
    (dossier.pipeline, "compose", "views"),
    (dossier.pipeline, "noted", "views"),  # in which they are composed one by one
    (dossier.pipeline, "render", "render"),
    (mkdocs.commands.build, "_populate_page", "MkDocs: contents"),
    (mkdocs.commands.build, "_build_page", "MkDocs: theme and writing"),
    (dossier.search, "index", "search"),
)


_END = object()


class Clock:
    """Which stage has the word, and how long each has had it."""

    def __init__(self) -> None:
        self.stack: list[str] = ["the rest"]
        self.costs: dict[str, list[float]] = {}
        self.at = (time.perf_counter(), _used())

    def switch(self) -> None:
        """Put down the time since the last change to the stage that had it."""
        now = (time.perf_counter(), _used())
        cost = self.costs.setdefault(self.stack[-1], [0.0, 0.0, 0.0])
        cost[0] += now[0] - self.at[0]
        cost[1] += now[1] - self.at[1]
        self.at = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function that counts as a stage; so does what it returns, where that makes things one by one."""

        @functools.wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            self.switch()
            self.stack.append(stage)
            try:
                made = function(*arguments, **named)
            finally:
                self.switch()
                self.stack.pop()
            if len(self.stack) == 1:
                self.costs[stage][2] = _memory()
            return self.one_by_one(stage, made) if isinstance(made, Iterator) else made

        return call

    def one_by_one(self, stage: str, things: Iterator[Any]) -> Iterator[Any]:
        """An iterator whose steps count as a stage."""
        step = self.timed(stage, functools.partial(next, things, _END))
        while (thing := step()) is not _END:
            yield thing


def _used() -> float:
    """The CPU seconds of this process and of those that it has waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _memory() -> float:
    """The memory of this process now, in MB."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    """Build, and write down what each stage took."""
    folder, result = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    clock = Clock()
    for place, name, stage in STAGES:
        setattr(place, name, clock.timed(stage, getattr(place, name)))
    with tempfile.TemporaryDirectory(dir=folder) as site:
        settings = mkdocs.config.load_config(
            str(folder / "on.yml"),
            site_dir=f"{site}/site",
            plugins=[{"dossier": {"search": "pagefind", "executor": "serial"}}],
        )
        settings.plugins.on_startup(command="build", dirty=False)
        mkdocs.commands.build.build(settings)
    clock.switch()
    found = {stage: Cost(*cost).record() for stage, cost in clock.costs.items()}
    result.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
