"""The archives that the benchmark invents."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import corpus
from benchmarks.world import world
from dossier import pipeline
from tests.conftest import ROOT

ARTICLES, ENTRIES = 150, 60


@pytest.fixture(scope="module")
def archive() -> dict[str, str]:
    return dict(corpus.files(ARTICLES, ENTRIES, 1))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    corpus.write(out, ARTICLES, ENTRIES, 1)
    return out / "content"


def test_the_same_arguments_give_the_same_bytes(content: Path, tmp_path: Path) -> None:
    """A seed stands for one archive, whatever the process."""
    command = [sys.executable, "-m", "benchmarks.corpus", str(tmp_path / "again")]
    options = ["--articles", str(ARTICLES), "--entries", str(ENTRIES), "--seed", "1"]
    subprocess.run([*command, *options], cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    first, second = ({p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
                     for folder in (content, tmp_path / "again" / "content"))  # fmt: skip
    assert first == second


def test_another_seed_gives_another_archive(archive: dict[str, str]) -> None:
    """Nothing is said in the same words."""
    other = dict(corpus.files(20, ENTRIES, 2))
    assert not {text for path, text in other.items() if path.startswith("articles/")} & set(archive.values())


def test_more_articles_leave_the_first_ones_as_they_are(archive: dict[str, str]) -> None:
    """An archive grows at its end: what an article says depends on its number and on the entries."""
    fewer = dict(corpus.files(30, ENTRIES, 1))
    articles = {path: text for path, text in fewer.items() if path.startswith("articles/")}
    assert articles.items() <= archive.items()


def test_an_archive_has_no_problem(content: Path) -> None:
    """`dossier check` finds nothing: every name is free, every reference leads somewhere, every citation occurs."""
    assert pipeline.survey(content).problems == ()


def test_an_archive_has_entries_of_every_kind(archive: dict[str, str]) -> None:
    """About as many as asked for, with citations and evidence."""
    kinds = [path.split("/")[0] for path in archive if path.endswith(".yml")]
    assert set(kinds) == {"articles", *corpus.entries_folders()}
    assert abs(sum(kind != "articles" for kind in kinds) - ENTRIES) <= 10
    assert sum("\ncitations:\n" in text for text in archive.values()) > ENTRIES / 3
    assert any("\nevidence:\n" in text for path, text in archive.items() if path.startswith("claims/"))


def test_names_are_spread_unevenly(archive: dict[str, str]) -> None:
    """One country stands in about three articles of five; most people in few; family names are shared."""
    texts = [text for path, text in archive.items() if path.startswith("articles/") and not path.endswith(".yml")]
    known = world(1, ENTRIES)
    assert 0.45 < sum(known.focus.name in text for text in texts) / len(texts) < 0.75
    counts = sorted(sum(one.name in text for text in texts) for one in known.people.things)
    assert counts[-1] > 4 * counts[len(counts) // 2]
    families = [one.family for one in world(1, 2000).people.things]
    assert len(set(families)) < 0.8 * len(families)


def test_articles_come_in_every_form(archive: dict[str, str]) -> None:
    """As text, HTML and Markdown, over twelve years, with about 600 words."""
    articles = {path: text for path, text in archive.items() if path.startswith("articles/")}
    assert {Path(path).suffix for path in articles} == {".txt", ".html", ".md", ".yml"}
    assert len({path[len("articles/") :][:4] for path in articles}) == 12
    lengths = sorted(len(text.split()) for path, text in articles.items() if path.endswith((".txt", ".md")))
    assert 450 < lengths[len(lengths) // 2] < 750
