"""How the benchmark measures, and what it makes of its results."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import drawing, measure, table

FOUND = {
    "machine": {"cores": 2, "processor": "some", "memory": 8, "python": "3.11", "day": "2024-01-15", "load": 0.1},
    "sizes": {"large": 10_000, "small": 1_000, "hosts": 1_000},
    "text": 1_000_000,
    "cold": {"wall": 100.0, "cpu": 180.0, "memory": 900.0, "apart": 0.0, "bytes": 13_000_000, "pages": 9,
             "largest": 299_000, "largest_page": "countries/one/index.html"},
    "plain": {"wall": 250.0, "cpu": 250.0, "memory": 500.0, "apart": 0.0},
    "entry dirty": {"wall": 16.0, "cpu": 20.0, "memory": 400.0, "apart": 0.0},
    "differing": ["a.html"],
}  # fmt: skip


def test_the_table_sets_each_ratio_beside_its_target() -> None:
    """What keeps its target is met, what does not is missed, what was not measured is left out."""
    text = table.report(FOUND)
    assert "| cold build against plain MkDocs, search off | 0.40 | 0.72 | <= 0.5 | met |" in text
    assert "| `--dirty` after one edited entry, against cold | 0.16 | 0.11 | <= 0.15 | **missed** |" in text
    assert "| largest page (countries/one/index.html) | 299 KB | <= 300 KB | met |" in text
    assert "| published size against the text that went in | 13.0 times | <= 12 times | **missed** |" in text
    assert "differs from a clean one without cache | 1 | 0 | **missed** |" in text
    assert "added article" not in text


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


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_command_is_measured_with_all_that_it_starts(tmp_path: Path) -> None:
    """The memory of a child counts, too; a command that fails is an error with what it said."""
    hold = "import time; data = bytearray(60_000_000); time.sleep(1.5)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}], check=True)"
    cost = measure.run([sys.executable, "-c", start], tmp_path, {"PATH": "/usr/bin:/bin"})
    assert cost.memory > 60
    assert cost.apart == 0
    with pytest.raises(measure.CommandError, match="no such thing"):
        measure.run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path, {"PATH": "/usr/bin:/bin"})


def test_a_folder_is_weighed_and_compared_file_by_file(tmp_path: Path) -> None:
    """All files count; the largest page is named."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("123456")
    (tmp_path / "index.html").write_text("1")
    (tmp_path / "data.json").write_text("12345678")
    weight = {"bytes": 15, "pages": 2, "largest": 6, "largest_page": "a/index.html"}
    assert measure.weigh(tmp_path) == weight
    assert set(measure.digests(tmp_path)) == {"a/index.html", "index.html", "data.json"}
