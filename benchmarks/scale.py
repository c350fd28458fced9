"""What a large dossier costs, as ratios in one run on one machine: `python -m benchmarks.scale` (`make bench`).

Invented archives (see `corpus`) are built, built again after small edits, and published by other generators; each
measurement is a process of its own. It prints a table in Markdown and writes it, with all numbers, into a folder.
Each result is written down as it comes: an interrupted run goes on where it was with `--resume`.
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
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import corpus, drawing, measure, table
from benchmarks.measure import CommandError
from dossier.site import THEME

#: The size that the targets are about, and the one that it is compared with; for `--quick`, smaller ones.
FULL, QUICK = (10_000, 1_000), (1_000, 200)
#: The sizes of which the plot is drawn, with the two above.
DRAWN = (100, 300, 1_000, 3_000, 10_000)
#: The size at which other hosts are compared.
HOSTS = 1_000
SEED = 1
#: Stands in an archive that is no longer what the generator wrote.
EDITED = "edited"
#: How the plugins of `mkdocs.yml` are written, by what is measured.
PLUGINS: dict[str, list[object]] = {
    "off": [{"dossier": {"search": "off"}}],
    "on": ["search", {"dossier": {"search": "pagefind"}}],
    "uncached": [{"dossier": {"search": "off", "cache": False}}],
}
PICTURE = "How time and memory of a cold build grow with the number of articles; both axes are logarithmic"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH")},
    "NO_MKDOCS_2_WARNING": "1",
    "SOURCE_DATE_EPOCH": "1705312800",  # the same day at the beginning and the end of a run
}


@dataclass
class Bench:
    """A run: where it works, and what it has found so far (also in the file `results.jsonl`)."""

    folder: Path
    size: int
    small: int
    found: dict[str, Any]

    def note(self, name: str, make: Callable[[], Any]) -> Any:
        """The result of a step: from an earlier run that was interrupted, or made now and written down."""
        if name not in self.found:
            try:
                self.found[name] = make()
            except CommandError as error:
                print(f"{name} failed: {error}", file=sys.stderr, flush=True)
                return None
            with (self.folder / "results.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps({name: self.found[name]}) + "\n")
            print(f"{dt.datetime.now():%H:%M:%S}  {name}: {json.dumps(self.found[name])}", file=sys.stderr, flush=True)
        return self.found[name]

    def archive(self, articles: int) -> Path:
        """The folder of an archive of so many articles and a fifth as many entries, new where it was edited."""
        folder = self.folder / f"archive-{articles}"
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            size = corpus.write(folder, articles, articles // 5, SEED)
            for name, plugins in PLUGINS.items():
                lines = ["site_name: An archive", "docs_dir: content", f"theme: {json.dumps(THEME)}"]
                (folder / f"{name}.yml").write_text("\n".join([*lines, f"plugins: {json.dumps(plugins)}\n"]))
            (folder / "made").write_text(str(size))
        return folder

    def build(self, folder: Path, settings: str, *options: str, host: str = "mkdocs") -> dict[str, Any]:
        """Build a site with one of the settings, into the folder of the same name; what it cost."""
        command = [sys.executable, "-m", host, "build", "-q", "-f", f"{settings}.yml", *options]
        cost = measure.run([*command, "-d", f"site-{settings}"], folder, ENVIRONMENT)
        return cost.record()

    def drawn(self, size: int) -> dict[str, Any]:
        """A cold build of an archive of some size."""
        return self.cold(self.archive(size), "off")

    def cold(self, folder: Path, settings: str) -> dict[str, Any]:
        """Build a site of which nothing is there yet, and look at what it has become."""
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        shutil.rmtree(folder / f"site-{settings}", ignore_errors=True)
        return self.build(folder, settings) | measure.weigh(folder / f"site-{settings}")


def main() -> None:
    """Read the arguments, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="where everything is written")
    parser.add_argument("--quick", action="store_true", help="small archives: some minutes instead of most of an hour")
    parser.add_argument("--resume", action="store_true", help="keep the results of an interrupted run")
    parser.add_argument("--plot", type=Path, help="also draw how the time grows, as an SVG file")
    parser.add_argument("--report", type=Path, help="a Markdown file in which the tables of the last run are replaced")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(number))  # so that what was started ends, too
    size, small = QUICK if options.quick else FULL
    folder = (options.out / ("quick" if options.quick else "full")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "results.jsonl"
    if not options.resume:
        results.unlink(missing_ok=True)
        for marker in folder.glob(f"archive-*/{EDITED}"):
            shutil.rmtree(marker.parent)
    found: dict[str, Any] = {}
    for line in results.read_text(encoding="utf-8").splitlines() if results.exists() else ():
        found |= json.loads(line)
    bench = Bench(folder, size, small, found)
    bench.note("machine", machine)
    bench.note("sizes", lambda: {"large": size, "small": small, "hosts": HOSTS})
    steps(bench, drawn=bool(options.plot))
    text = table.report(found)
    (folder / "table.md").write_text(text, encoding="utf-8")
    (folder / "results.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(text)
    if options.plot:
        points = [(n, found[f"drawn {n}"]) for n in DRAWN if f"drawn {n}" in found]
        options.plot.write_text(drawing.scaling(points), encoding="utf-8")
    if options.report:
        document = options.report.read_text(encoding="utf-8")
        if options.plot:
            text += f"\n![{PICTURE}]({os.path.relpath(options.plot, options.report.parent)})\n"
        options.report.write_text(table.replaced(document, text), encoding="utf-8")


def machine() -> dict[str, Any]:
    """What the numbers depend on."""
    processor = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory = int(next(line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")))
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": processor,
        "memory": round(memory / 1e6),
        "python": platform.python_version(),
        "day": dt.date.today().isoformat(),
        "load": round(os.getloadavg()[0], 1),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()


def steps(bench: Bench, *, drawn: bool) -> None:
    """Everything that is measured, the most telling first."""
    large, small = bench.archive(bench.size), bench.archive(bench.small)
    bench.note("text", lambda: int((large / "made").read_text()))
    bench.note("check", lambda: program(large, "check"))
    bench.note("small cold", lambda: bench.cold(small, "off"))
    bench.note("cold", lambda: bench.cold(large, "off"))
    again(bench)
    bench.note("out", lambda: program(large, "build", "--out", "out"))
    bench.note("plain", lambda: plain(large, "off"))
    bench.note("cold search", lambda: bench.cold(large, "on"))
    bench.note("plain search", lambda: plain(large, "on"))
    hosts(bench)
    for size in (bench.size, bench.small):
        bench.note(f"stages {size}", partial(stages, bench.archive(size)))
    if drawn:
        for size in DRAWN:
            known = bench.found.get({bench.size: "cold", bench.small: "small cold"}.get(size, ""))
            bench.note(f"drawn {size}", partial(dict, known) if known else partial(bench.drawn, size))


def program(folder: Path, *arguments: str) -> dict[str, Any]:
    """What a command of the command line costs."""
    command = [sys.executable, "-c", "from dossier.cli import main; main(prog_name='dossier')", *arguments]
    return measure.run(command, folder, ENVIRONMENT).record()


def again(bench: Bench) -> None:
    """Small edits, and a build after each: whole ones, and dirty ones, which must give what a clean one gives."""
    names = ("entry again", "article again", "entry dirty", "article dirty", "clean", "differing")
    if all(name in bench.found for name in names):
        return
    folder = bench.archive(bench.size)
    if (folder / EDITED).exists():  # by a run that was interrupted here
        (folder / "made").unlink()
        bench.build(bench.archive(bench.size), "off")
    (folder / EDITED).touch()
    people = sorted((folder / "content" / "people").glob("*.yml"))
    edit(people[len(people) // 2])
    bench.note("entry again", lambda: bench.build(folder, "off"))
    add(bench.small, folder, 1)
    bench.note("article again", lambda: bench.build(folder, "off"))
    edit(people[len(people) // 3])
    bench.note("entry dirty", lambda: bench.build(folder, "off", "--dirty"))
    add(bench.small, folder, 2)
    bench.note("article dirty", lambda: bench.build(folder, "off", "--dirty"))
    bench.note("clean", lambda: bench.cold(folder, "uncached"))
    bench.note("differing", lambda: differences(folder / "site-off", folder / "site-uncached"))
    shutil.rmtree(folder / "site-uncached", ignore_errors=True)


def edit(entry: Path) -> None:
    """Change what an entry says of itself."""
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace('\nsummary: "', '\nsummary: "As of today, '), encoding="utf-8")


def add(small: int, folder: Path, number: int) -> None:
    """Put in one more article, from another archive (whose people are strangers here, but not its countries)."""
    made = (item for item in corpus.files(50, small // 5, SEED + number) if item[0].endswith(".txt"))
    path, text = next(made)
    (folder / "content" / path).write_text(text, encoding="utf-8")


def differences(site: Path, another: Path) -> list[str]:
    """The files that are not the same in two sites."""
    one, other = measure.digests(site), measure.digests(another)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def plain(folder: Path, settings: str) -> dict[str, Any]:
    """What MkDocs alone needs for the pages that `dossier build` wrote, with its own search or none."""
    pages = folder / "out"
    if settings == "off":
        text = (pages / "mkdocs.yml").read_text(encoding="utf-8")
        (pages / "off.yml").write_text(text.replace('plugins: ["search"]', "plugins: []"), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", f"site-{settings}"]
    cost = measure.run([*command, "-f", "off.yml" if settings == "off" else "mkdocs.yml"], pages, ENVIRONMENT)
    weight = measure.weigh(pages / f"site-{settings}")
    shutil.rmtree(pages / f"site-{settings}")
    return cost.record() | weight


def hosts(bench: Bench) -> None:
    """The same dossier under other generators."""
    folder = bench.archive(HOSTS)
    known = bench.found if bench.size == HOSTS else {}  # the same has just been measured
    if not (folder / "out").exists():
        program(folder, "build", "--out", "out")

    def properdocs() -> dict[str, Any]:
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        shutil.rmtree(folder / "site-on", ignore_errors=True)
        return bench.build(folder, "on", host="properdocs")

    bench.note("host mkdocs", lambda: known.get("cold search") or bench.cold(folder, "on"))
    bench.note("host properdocs", properdocs)
    bench.note("host plain", lambda: known.get("plain search") or plain(folder, "on"))
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    bench.note("host zensical", lambda: measure.run(command, folder / "out", ENVIRONMENT).record())


def stages(folder: Path) -> dict[str, Any]:
    """The CPU time and memory of each stage of a cold build on one core."""
    output = folder / "stages.json"
    measure.run([sys.executable, "-m", "benchmarks.build_stages", str(folder), str(output)], Path.cwd(), ENVIRONMENT)
    found: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main()
