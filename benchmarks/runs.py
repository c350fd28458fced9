"""A run of the benchmark: the archives it works on, what it has found so far, and how a step of it is done."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import corpus, measure
from benchmarks.measure import CommandError
from dossier.site import THEME

SEED = 1
#: The file in the folder of a run in which each result is a line.
RESULTS = "results.jsonl"
#: The size of the largest archive for which it is reckoned how long the steps take.
RECKONED = 10_000
#: How the plugins of `mkdocs.yml` are written, by what is measured.
PLUGINS: dict[str, list[object]] = {
    "off": [{"dossier": {"search": "off"}}],
    "on": ["search", {"dossier": {"search": "pagefind"}}],
    "uncached": [{"dossier": {"search": "off", "cache": False}}],
}
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH")},
    "NO_MKDOCS_2_WARNING": "1",
    "SOURCE_DATE_EPOCH": "1705312800",  # the same day at the beginning and the end of a run
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles the archives have: the one that the targets are about, and the one that it is compared with.

    `middle` is up to where the stages are timed one by one, from `small` on; `hosts` is where other hosts are compared.
    """

    large: int
    small: int
    middle: int
    hosts: int


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is measured: its name, the seconds it takes in a full run on two cores, and how it is done."""

    name: str
    seconds: float
    make: Callable[[], Any]


@dataclass
class Bench:
    """A run: where it works, and what it has found so far (also in the file `results.jsonl`).

    `warm` says whether the site and the cache of the largest archive are those of what now stands in it.
    """

    folder: Path
    sizes: Sizes
    found: dict[str, Any]
    warm: bool = False
    deadline: float = field(default=float("inf"))

    def do(self, step: Step) -> None:
        """Do a step, unless an earlier run that was interrupted has; write down what it found, or why nothing."""
        if step.name in self.found:
            return
        limit = 120 + 3 * step.seconds * self.sizes.large / RECKONED
        began = time.monotonic()
        self.deadline = began + limit
        os.sync()  # nobody is to wait for what others have left to be written
        try:
            found = step.make()
        except Exception as error:  # whatever it is: the other steps can still be done
            self.found.setdefault("failed", {})[step.name] = f"{type(error).__name__}: {error}"
            print(f"{step.name} failed: {error}", file=sys.stderr, flush=True)
            return
        self.note(step.name, found, round(time.monotonic() - began, 1))

    def note(self, name: str, found: Any, took: float) -> None:
        """Write down a result, and how long the step has taken in all."""
        self.found[name] = found
        self.found.setdefault("took", {})[name] = took
        with (self.folder / RESULTS).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, "found": found, "took": took}) + "\n")
        print(f"{dt.datetime.now():%H:%M:%S}  {name}: {json.dumps(found)}", file=sys.stderr, flush=True)

    def run(self, command: list[str], folder: Path) -> dict[str, Any]:
        """What a command costs. Raises CommandError where it fails, or the time of the step is over."""
        limit = self.deadline - time.monotonic()
        return measure.run([sys.executable, *command], folder, ENVIRONMENT, max(limit, 1)).record()

    def archive(self, articles: int) -> Path:
        """The folder of an archive of so many articles and a fifth as many entries."""
        return archive(self.folder / f"archive-{articles}", articles)

    @property
    def large(self) -> Path:
        """The folder of the largest archive."""
        return self.archive(self.sizes.large)

    def built(self, folder: Path, settings: str, *options: str, host: str = "mkdocs") -> dict[str, Any]:
        """Build a site with one of the settings, into the folder of the same name; what it cost, and what it became."""
        site = f"site-{settings}"
        cost = self.run(["-m", host, "build", "-q", "-f", f"{settings}.yml", *options, "-d", site], folder)
        return cost | weighed(folder, folder / site)

    def cold(self, folder: Path, settings: str, host: str = "mkdocs") -> dict[str, Any]:
        """Build a site of which nothing is there yet, with nothing remembered."""
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        shutil.rmtree(folder / f"site-{settings}", ignore_errors=True)
        return self.built(folder, settings, host=host)

    def program(self, folder: Path, *arguments: str) -> dict[str, Any]:
        """What a command of the command line costs."""
        return self.run(["-c", "from dossier.cli import main; main(prog_name='dossier')", *arguments], folder)

    def out(self, folder: Path) -> Path:
        """The pages that `dossier build --out` writes, made if they are not there."""
        if not (folder / "out" / "mkdocs.yml").exists():
            self.program(folder, "build", "--out", "out")
        return folder / "out"


def archive(folder: Path, articles: int) -> Path:
    """Make an archive, unless it is there already, with the settings to build it by."""
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        size = corpus.write(folder, articles, articles // 5, SEED)
        for name, plugins in PLUGINS.items():
            lines = ["site_name: An archive", "docs_dir: content", f"theme: {json.dumps(THEME)}"]
            (folder / f"{name}.yml").write_text("\n".join([*lines, f"plugins: {json.dumps(plugins)}\n"]))
        (folder / "made").write_text(str(size))
    return folder


def weighed(archive: Path, site: Path) -> dict[str, Any]:
    """What a site has become. Raises CommandError where it has not a page for each article: it is none, then."""
    weight = measure.weigh(site)
    names = {path.name.partition(".")[0] for path in (archive / "content" / "articles").iterdir()}
    if missing := [name for name in sorted(names) if not (site / "articles" / name / "index.html").exists()]:
        raise CommandError(f"{site}: {len(missing)} articles have no page, as {missing[0]}")
    return weight
