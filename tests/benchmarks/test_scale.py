"""How the benchmark measures, what it does one after another, and what it makes of its results."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import build_stages, drawing, editing, measure, runs, scale, serving, table
from benchmarks.runs import Bench, Sizes, Step, archive
from tests.conftest import ENVIRONMENT, dossier_in, mkdocs

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
SERVED = "site_name: T\ndocs_dir: content\ntheme: material\nplugins: [dossier: {search: off}]\n"
SIZES = {"large": 10_000, "small": 1_000, "middle": 3_000, "hosts": 1_000}
FOUND = {
    "machine": {"cores": 2, "processor": "some", "memory": 8, "python": "3.11", "day": "2024-01-15", "load": 0.1},
    "sizes": SIZES,
    "text": 1_000_000,
    "cold": {"wall": 100.0, "cpu": 180.0, "others": 20.0, "memory": 900.0, "apart": 0.0, "bytes": 13_000_000,
             "pages": 9, "largest": 299_000, "largest_page": "countries/one/index.html"},
    "plain": {"wall": 250.0, "cpu": 250.0, "memory": 500.0, "apart": 0.0},
    "entry dirty": {"wall": 16.0, "cpu": 20.0, "memory": 400.0, "apart": 0.0},
    "clean": {"wall": 100.0, "cpu": 180.0, "memory": 900.0, "apart": 0.0, "differing": ["a.html"]},
    "serve": {"wall": 60.0, "cpu": 60.0, "memory": 700.0, "start": 40.0,
              "edits": {"a name": {"wall": 4.0, "cpu": 3.0}}},
    "stages 1000": {"views": {"cpu": 2.0, "memory": 100.0}},
    "stages 3000": {"views": {"cpu": 8.0, "memory": 300.0}},
    "took": {"cold": 150.0, "plain": 300.0, "serve": 630.0},
    "failed": {"plain search": "CommandError: not finished after 1200 seconds"},
}  # fmt: skip


def test_the_table_sets_each_ratio_beside_its_target() -> None:
    """What keeps its target is met, what does not is missed, what has none of its two numbers is not measured."""
    text = table.report(FOUND)
    assert "| cold build against plain MkDocs, search off | 0.40 | 0.72 | <= 0.5 | met |" in text
    assert "| `--dirty` after one edited entry, against cold | 0.16 | 0.11 | <= 0.15 | **missed** |" in text
    assert "| the same, search on |  |  | <= 0.9 | not measured |" in text
    assert "| largest page (countries/one/index.html) | 299 KB | <= 300 KB | met |" in text
    assert "| published size against the text that went in | 13.0 times | <= 12 times | **missed** |" in text
    assert "differs from a clean one without cache | 1 | 0 | **missed** |" in text
    assert "| a name | 4.0 | 3.0 | 0.04 | <= 5 s | met |" in text


def test_the_table_tells_what_the_run_took_and_what_failed_in_it() -> None:
    """Minutes in all and seconds of each step, what others used of the machine, and each step that came to nothing."""
    text = table.report(FOUND)
    assert "This run took 18 minutes; 10% of the CPU time went to other processes." in text
    assert "- plain search: CommandError: not finished after 1200 seconds" in text
    assert "| cold | 100.0 | 180.0 | 20.0 | 900 |  | 150 |" in text
    assert table.report({"sizes": SIZES})  # a run that was interrupted at once


def test_the_table_tells_what_each_stage_adds_for_every_thousand_articles() -> None:
    """From the two sizes at which the stages are timed."""
    assert "| views | 2.0 | 100 | 8.0 | 300 | 3.0 | 100 |" in table.report(FOUND)


def test_every_row_of_a_table_has_the_cells_of_its_head() -> None:
    """Whatever was measured and whatever was not."""
    for found in (FOUND, {"sizes": SIZES}):
        width = 0
        for line in table.report(found).splitlines():
            cells = line.count("|") if line.startswith("|") else 0
            assert cells in (0, width or cells), line
            width = cells


def test_a_full_run_is_reckoned_at_less_than_forty_minutes(tmp_path: Path) -> None:
    """What `steps` says of each step, on two cores; no step is there twice."""
    steps = list(scale.steps(Bench(tmp_path, scale.FULL, {"cold": {}, "small cold": {}}), drawn=True))
    assert sum(step.seconds for step in steps) < 40 * 60
    assert len({step.name for step in steps}) == len(steps)


@linux
def test_a_step_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is noted why, and the run goes on; resumed, only what has no result is done again."""

    def fails() -> float:
        raise ValueError("no such thing")

    bench = scale.begun(tmp_path, Sizes(10, 10, 10, 10), resume=False)
    for name, make in (("one", lambda: 1), ("two", fails), ("three", lambda: 3)):
        bench.do(Step(name, 1, make))
    assert bench.found["failed"] == {"two": "ValueError: no such thing"}
    assert (bench.found["one"], bench.found["three"], [*bench.found["took"]]) == (1, 3, ["one", "three"])
    again = scale.begun(tmp_path, Sizes(10, 10, 10, 10), resume=True)
    for name in ("one", "two"):
        again.do(Step(name, 1, lambda: 2))
    assert (again.found["one"], again.found["two"], again.found["three"]) == (1, 2, 3)
    assert "one" not in scale.begun(tmp_path, Sizes(10, 10, 10, 10), resume=False).found


def test_the_stages_are_functions_that_are_there() -> None:
    """Each is found under its name in its module; one that was renamed would be counted as the rest."""
    assert [(place, name) for place, name, _ in build_stages.STAGES if not callable(getattr(place, name, None))] == []


def test_an_edit_is_seen_when_the_site_is_built_after_it_and_not_before(tmp_path: Path) -> None:
    """Each edit leaves an archive without problems, and is on the pages that a build makes then."""
    folder = archive(tmp_path / "archive", 30)
    build = ("build", "-q", "-f", "off.yml", "-d", "site")
    assert mkdocs(folder, *build).returncode == 0
    read = editing.published(folder / "site")
    seen = [editing.summary(folder, "Wordabc"), editing.name(folder, "Wordabd"), editing.article(folder, 30, 1)]
    assert [each(read) for each in seen] == [False] * 3
    done = mkdocs(folder, *build)
    assert done.returncode == 0, done.stderr
    assert [each(read) for each in seen] == [True] * 3


def test_an_article_is_linked_also_where_an_entry_has_it_on_a_further_page() -> None:
    """The pages beneath that of an entry count; the article's own does not."""
    pages = {
        "articles/a/": '<a data-ref="people/jane-roe" href="../../people/jane-roe/">Roe</a> <a href="/articles/a/">',
        "people/jane-roe/": '<a href="2012/">2012</a>',
        "people/jane-roe/2012/": '<a href="05/#p1">May</a>',
        "people/jane-roe/2012/05/": '<a href="../../../../articles/a/">A</a>',
    }
    assert editing.linked(pages.get, "a")
    assert not editing.linked((pages | {"people/jane-roe/2012/05/": ""}).get, "a")


@linux
def test_what_one_waits_for_a_server_is_measured(tmp_path: Path) -> None:
    """From an edit until it is seen; the server is gone afterwards. What is never seen is an error in the end."""
    folder = dossier_in(tmp_path, {"people/jane-roe.yml": "name: Jane Roe\n"}, SERVED)
    entry = folder / "content" / "people" / "jane-roe.yml"

    def edit() -> editing.Seen:
        entry.write_text("name: Jane Roe\nsummary: She is an envoy.\n", encoding="utf-8")
        return lambda read: "She is an envoy." in (read("people/jane-roe/") or "")

    found = serving.serve(folder, "mkdocs.yml", ENVIRONMENT, {"a summary": edit}, 60)
    assert found["edits"]["a summary"]["wall"] > 0
    assert found["memory"] > 20
    assert measure.at_work_in(folder) == []
    with pytest.raises(measure.CommandError, match="the first page not to be seen"):
        serving.serve(folder, "mkdocs.yml", ENVIRONMENT, {}, 0.1)
    assert measure.at_work_in(folder) == []


def test_a_document_keeps_what_stands_around_its_tables() -> None:
    """Only what is between the two marks is replaced; a document without them is refused."""
    document = f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n"
    assert table.replaced(document, "new") == f"before\n{table.BEGIN}\n\nnew\n{table.END}\nafter\n"
    with pytest.raises(ValueError, match="no lines"):
        table.replaced("before", "new")


def test_the_plot_is_a_picture_that_tells_its_numbers() -> None:
    """The SVG is well-formed and says in words what it shows."""
    points = [(100, {"wall": 2.0, "cpu": 2.5, "memory": 90.0}), (1_000, {"wall": 14.0, "cpu": 25.0, "memory": 200.0})]
    root = ET.fromstring(drawing.scaling(points))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    described = root.find("{http://www.w3.org/2000/svg}desc")
    assert described is not None
    assert described.text == "100 articles: 2 s, 90 MB; 1,000 articles: 14 s, 200 MB"


@linux
def test_a_command_is_measured_with_all_that_it_starts(tmp_path: Path) -> None:
    """The memory of a child counts, too; a command that fails is an error with what it said."""
    hold = "import time; data = bytearray(60_000_000); time.sleep(1.5)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}], check=True)"
    cost = measure.run([sys.executable, "-c", start], tmp_path, {"PATH": "/usr/bin:/bin"})
    assert cost.memory > 60
    assert cost.apart == 0
    with pytest.raises(measure.CommandError, match="no such thing"):
        measure.run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path, {"PATH": "/usr/bin:/bin"})


@linux
def test_a_command_that_takes_too_long_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what does not end when it is asked to."""
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {deaf!r}])"
    monkeypatch.setattr(measure, "PATIENCE", 0.5)
    with pytest.raises(measure.CommandError, match="not finished after 1 sec"):
        measure.run([sys.executable, "-c", start], tmp_path, {"PATH": "/usr/bin:/bin"}, 1)
    assert measure.at_work_in(tmp_path) == []


def test_a_folder_is_weighed_and_compared_file_by_file(tmp_path: Path) -> None:
    """All files count; the largest page is named."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("123456")
    (tmp_path / "index.html").write_text("1")
    (tmp_path / "data.json").write_text("12345678")
    weight = {"bytes": 15, "pages": 2, "largest": 6, "largest_page": "a/index.html"}
    assert measure.weigh(tmp_path) == weight
    assert set(measure.digests(tmp_path)) == {"a/index.html", "index.html", "data.json"}


def test_the_files_are_named_in_which_two_folders_differ(tmp_path: Path) -> None:
    """Those with other contents, and those that only one has, hidden ones too."""
    for name, files in {"one": {"a": "1", "b": "2", ".c": "3"}, "two": {"a": "1", "b": "3", "d": "4"}}.items():
        (tmp_path / name).mkdir()
        for path, text in files.items():
            (tmp_path / name / path).write_text(text)
    assert measure.differences(tmp_path / "one", tmp_path / "two") == [".c", "b", "d"]


def test_a_site_without_a_page_for_each_article_is_no_measurement(tmp_path: Path) -> None:
    """Whatever the exit status of the generator said."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "a.txt").touch()
    (tmp_path / "site").mkdir()
    with pytest.raises(measure.CommandError, match="1 articles have no page, as a"):
        runs.weighed(tmp_path, tmp_path / "site")
