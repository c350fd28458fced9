"""What a large dossier costs, as ratios in one run on one machine: `python -m benchmarks.scale` (`make bench`).

Invented archives (see `corpus`) are built, built again after small edits, served, and published by other generators;
each measurement is a process of its own. What is done stands in `steps`, with the time that it is reckoned to take. It
prints a table in Markdown and writes it, with all numbers, into a folder. Each result is written down as it comes: an
interrupted run goes on where it was with `--resume`. A step that fails or takes far too long is left out, and the table
says so.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import drawing, editing, measure, serving, table
from benchmarks.measure import CommandError
from benchmarks.runs import ENVIRONMENT, RECKONED, RESULTS, SEED, Bench, Sizes, Step, archive, weighed

#: The sizes of which the plot is drawn, as far as they are not larger than the largest archive.
DRAWN = (100, 300, 1_000, 3_000, 10_000)
#: Stands in an archive that is no longer what the generator wrote.
EDITED = "edited"
PICTURE = "How time and memory of a cold build grow with the number of articles; both axes are logarithmic"
FULL, QUICK = Sizes(RECKONED, 1_000, 3_000, 1_000), Sizes(1_000, 100, 100, 100)


def main() -> None:
    """Read the arguments, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="where everything is written")
    parser.add_argument("--quick", action="store_true", help="small archives: less than five minutes")
    parser.add_argument("--articles", type=int, metavar="N", help="archives of up to N articles: to try it out")
    parser.add_argument("--resume", action="store_true", help="keep the results of an interrupted run")
    parser.add_argument("--plot", type=Path, help="also draw how the time grows, as an SVG file")
    parser.add_argument("--report", type=Path, help="a Markdown file in which the tables of the last run are replaced")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that what was started ends, too
    sizes, name = (QUICK, "quick") if options.quick else (FULL, "full")
    if n := options.articles:
        sizes, name = Sizes(n, max(n // 5, 10), n, max(n // 5, 10)), str(n)
    bench = begun((options.out / name).resolve(), sizes, resume=options.resume)
    try:
        for step in steps(bench, drawn=bool(options.plot)):
            bench.do(step)
    finally:  # also what an interrupted run has found can be read
        text = table.report(bench.found)
        (bench.folder / "table.md").write_text(text, encoding="utf-8")
        (bench.folder / "results.json").write_text(json.dumps(bench.found, indent=1) + "\n", encoding="utf-8")
    print(text)
    if options.plot:
        points = [(n, bench.found[f"drawn {n}"]) for n in DRAWN if f"drawn {n}" in bench.found]
        options.plot.write_text(drawing.scaling(points), encoding="utf-8")
    if options.report:
        document = options.report.read_text(encoding="utf-8")
        if options.plot:
            text += f"\n![{PICTURE}]({os.path.relpath(options.plot, options.report.parent)})\n"
        options.report.write_text(table.replaced(document, text), encoding="utf-8")


def begun(folder: Path, sizes: Sizes, *, resume: bool) -> Bench:
    """A run in a folder, with the results of the last one if it is to be resumed, and without what that has left.

    Raises SystemExit where something is at work in the folder: what a run that was killed had started goes on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if busy := measure.at_work_in(folder):
        raise SystemExit(f"processes are at work in {folder}; end them first: {', '.join(map(str, busy))}")
    results = folder / RESULTS
    found: dict[str, Any] = {"sizes": asdict(sizes)}
    if resume and results.exists():
        for line in map(json.loads, results.read_text(encoding="utf-8").splitlines()):
            found[line["name"]] = line["found"]
            found.setdefault("took", {})[line["name"]] = line["took"]
    else:
        results.unlink(missing_ok=True)
        for old in folder.glob("archive-*"):
            shutil.rmtree(old)
    return Bench(folder, sizes, found)


def machine() -> dict[str, Any]:
    """What the numbers depend on."""
    processor = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory = int(next(line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")))
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": processor,
        "memory": round(memory * 1024 / 1e9),
        "python": platform.python_version(),
        "day": dt.date.today().isoformat(),
        "load": round(os.getloadavg()[0], 1),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()


def steps(bench: Bench, *, drawn: bool) -> Iterator[Step]:
    """Everything that is measured, in order: the most telling first, and nothing built twice."""
    sizes, found = bench.sizes, bench.found
    small = f"archive-{sizes.small}"
    plotted = [n for n in DRAWN if n <= sizes.large] if drawn else []
    yield Step("machine", 0, machine)
    yield Step("archives", 25, lambda: archives(bench, {*plotted, sizes.large, sizes.small, sizes.middle, sizes.hosts}))
    yield Step("text", 0, lambda: int((bench.large / "made").read_text()))
    yield Step("check", 15, lambda: check(bench))
    yield Step("small cold", 17, lambda: bench.cold(bench.folder / small, "off"))
    yield Step("cold", 145, lambda: cold(bench))
    yield Step("entry again", 50, lambda: after(bench, edited))
    yield Step("article again", 50, lambda: after(bench, added))
    yield Step("entry dirty", 30, lambda: after(bench, edited, "--dirty"))
    yield Step("article dirty", 30, lambda: after(bench, added, "--dirty"))
    yield Step("clean", 145, lambda: clean(bench))
    yield Step("serve", 300, lambda: serve(bench))
    yield Step("out", 110, lambda: bench.program(fresh(bench.large, "out").parent, "build", "--out", "out"))
    yield Step("plain", 300, lambda: plain(bench, bench.large, "off"))
    yield Step("cold search", 210, lambda: bench.cold(bench.large, "on"))
    yield Step("plain search", 380, lambda: plain(bench, bench.large, "on"))
    hosts = bench.folder / f"archive-{sizes.hosts}"
    yield Step("host mkdocs", 20, lambda: bench.cold(hosts, "on"))
    yield Step("host properdocs", 20, lambda: bench.cold(hosts, "on", host="properdocs"))
    yield Step("host plain", 45, lambda: plain(bench, hosts, "on"))
    yield Step("host zensical", 50, lambda: zensical(bench, hosts))
    for size, seconds in ((sizes.small, 27), (sizes.middle, 80)):
        yield Step(f"stages {size}", seconds, partial(stages, bench, size))
    for size in plotted:
        known = found.get({sizes.large: "cold", sizes.small: "small cold"}.get(size, ""))
        again = partial(bench.cold, bench.folder / f"archive-{size}", "off")
        yield Step(f"drawn {size}", 0 if known else size / 75, partial(dict, known) if known else again)


def archives(bench: Bench, sizes: set[int]) -> None:
    """Make all archives, the largest first, on all cores."""
    with ProcessPoolExecutor() as pool:
        folders = [bench.folder / f"archive-{size}" for size in sorted(sizes, reverse=True)]
        for _ in pool.map(archive, folders, sorted(sizes, reverse=True)):
            pass


def fresh(folder: Path, name: str) -> Path:
    """The path of a folder in another, in which nothing is left of an earlier run."""
    shutil.rmtree(folder / name, ignore_errors=True)
    return folder / name


def check(bench: Bench) -> dict[str, Any]:
    """What `dossier check` costs while nothing is remembered."""
    bench.warm = False
    fresh(bench.large, ".cache")
    return bench.program(bench.large, "check")


def cold(bench: Bench) -> dict[str, Any]:
    """What a cold build of the largest archive costs; its site and its cache are warm then."""
    found = bench.cold(bench.large, "off")
    bench.warm = True
    return found


def warmed(bench: Bench) -> Path:
    """The largest archive with a site and a cache of what stands in it, for what is compared with it or builds on it.

    They are there, unless the run was interrupted: then all is as after the cold build.
    """
    if not bench.warm:
        if (bench.folder / f"archive-{bench.sizes.large}" / EDITED).exists():
            shutil.rmtree(bench.folder / f"archive-{bench.sizes.large}")
        bench.deadline += 1000  # this was not foreseen
        cold(bench)
    return bench.large


def edited(bench: Bench) -> editing.Seen:
    """An entry of the largest archive says something new."""
    (bench.large / EDITED).touch()
    return editing.summary(bench.large, _word())


def renamed(bench: Bench) -> editing.Seen:
    """An entry of the largest archive has another name."""
    (bench.large / EDITED).touch()
    return editing.name(bench.large, _word())


def added(bench: Bench) -> editing.Seen:
    """The largest archive has one more article."""
    (bench.large / EDITED).touch()
    return editing.article(bench.large, bench.sizes.large, SEED)


def _word() -> str:
    """A word that was never written before, so that what is seen is not left from an earlier run."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(time.time_ns())[:-3]).capitalize()


def after(bench: Bench, edit: Callable[[Bench], editing.Seen], *options: str) -> dict[str, Any]:
    """What a build after a small edit costs. Raises CommandError where the edit cannot be seen on the site."""
    folder = warmed(bench)
    bench.warm = False
    seen = edit(bench)
    found = bench.built(folder, "off", *options)
    if not seen(editing.published(folder / "site-off")):
        raise CommandError("what was edited is not to be seen on the site")
    bench.warm = True
    return found


def clean(bench: Bench) -> dict[str, Any]:
    """What a build without a cache costs, and in which files the site of the dirty builds differs from it."""
    if not bench.warm:
        after(bench, edited, "--dirty")
        after(bench, added, "--dirty")
    fresh(bench.large, "site-uncached")
    found = bench.built(bench.large, "uncached")
    differing = measure.differences(bench.large / "site-off", bench.large / "site-uncached")
    fresh(bench.large, "site-uncached")
    return found | {"differing": differing}


def serve(bench: Bench) -> dict[str, Any]:
    """How long one who edits waits for the server; its first build finds a warm cache."""
    bench.warm = False  # the site on the disk is not changed with what is served
    edits = {what: partial(edit, bench) for what, edit in EDITS.items()}
    limit = bench.deadline - time.monotonic()
    return serving.serve(bench.large, "off.yml", ENVIRONMENT, edits, limit)


#: What is edited while the server runs.
EDITS: dict[str, Callable[[Bench], editing.Seen]] = {
    "an entry's summary, on its page": edited,
    "an entry's name, on the page of an article that names it": renamed,
    "an added article, on its page and on that of an entry in it": added,
}


def plain(bench: Bench, folder: Path, settings: str) -> dict[str, Any]:
    """What MkDocs alone needs for the pages that `dossier build` wrote, with its own search or none."""
    pages = bench.out(folder)
    if settings == "off":
        text = (pages / "mkdocs.yml").read_text(encoding="utf-8")
        without = text.replace('plugins: ["search"]', "plugins: []")
        if without == text:
            raise CommandError(f"{pages / 'mkdocs.yml'} has no line of plugins that is known")
        (pages / "off.yml").write_text(without, encoding="utf-8")
    site = fresh(pages, f"site-{settings}")
    configuration = "off.yml" if settings == "off" else "mkdocs.yml"
    cost = bench.run(["-m", "mkdocs", "build", "-q", "-f", configuration, "-d", site.name], pages)
    weight = weighed(folder, site)
    shutil.rmtree(site)
    return cost | weight


def zensical(bench: Bench, folder: Path) -> dict[str, Any]:
    """What Zensical needs for the same pages."""
    pages = bench.out(folder)
    fresh(pages, "site")
    cost = bench.run(["-m", "zensical", "build", "--clean"], pages)
    return cost | weighed(folder, pages / "site")


def stages(bench: Bench, size: int) -> dict[str, Any]:
    """The CPU time and memory of each stage of a cold build on one core."""
    folder = bench.archive(size)
    output = folder / "stages.json"
    bench.run(["-m", "benchmarks.build_stages", str(folder), str(output)], Path.cwd())
    found: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main()
