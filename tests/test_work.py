"""By whom work is done, and what is remembered of it, changes nothing in what is made."""

from __future__ import annotations

import datetime as dt
import errno
import gc
import os
import pickle
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dossier import pipeline
from dossier.cache import Cache, Scratch
from dossier.executors import ExecutorError, Means, at_work
from dossier.model import Mention, Page, Problem, Ref
from dossier.packaged import page_templates
from dossier.parts import View
from dossier.views import traces
from dossier.views.asked import Answers
from dossier.work import ALONE, Kept, Live, Pile, Shelf, Work, canonical, digest, pack, unpack
from tests.conftest import ROOT

VIENNA = ROOT / "tests" / "golden" / "vienna" / "content"
TODAY = dt.date(2024, 1, 15)
#: How many rows of random edits are tried: more than these were when it was written.
SEEDS = int(os.environ.get("SEEDS", "4"))


def pages(
    content: Path, work: Work = ALONE, today: dt.date = TODAY, audience: str = "red"
) -> list[tuple[str, str, object]]:
    """Everything that is published of a content folder, and what is wrong with it."""
    found = pipeline.build(content, page_templates(), today, audience, work=work)
    return [
        *((page.uri, page.markdown, page.ready) for page in found.pages),
        *((path, text, None) for path, text in found.beside),
        *((problem.path, str(problem), None) for problem in found.problems),
    ]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VIENNA, tmp_path / "content"))


@pytest.mark.parametrize("means", [Means("processes", 2), Means("processes", 1), Means("dask", 2)], ids=str)
def test_the_executor_changes_nothing(
    means: Means, content: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    """One process or several, here or in a Dask cluster of two workers: the pages are the same, byte for byte."""
    monkeypatch.setattr("dossier.work.BATCH", 3)
    with at_work(means, content) as work:
        assert work.executor is not None
        assert pages(content, work) == pages(content)


def test_a_cluster_that_does_not_answer_is_said(content: Path) -> None:
    """The address of a cluster is the user's: an error says what was tried."""
    means = Means("dask", 1, scheduler="no-such-scheme://nowhere:1")
    with pytest.raises(ExecutorError, match=r"no-such-scheme://nowhere:1"), at_work(means, content):
        pass


#: What any entry is given, or loses.
FIELDS = {
    "summary": ("So NAME says.", "Nothing."),
    "description": ("Of NAME and *others*.", "Nobody."),
    "tlp": ("clear", "amber", "red"),
    "rights": ("full", "excerpt", "metadata"),
    "draft": ("true", "false"),
    "country": ("austria", "latvia"),
    "citations": ("[{article: 2023-05-12-cable-talks}]", "[]"),
    "events": ("[vienna-talks]", "[]"),
    "year": (),
    "gone": (),
    "without": (),
}


def edits(folder: Path, chance: random.Random) -> Iterator[str]:
    """Changes such as curators make, one after the other, each told in a few words."""
    articles = sorted((folder / "articles").glob("*.txt"))
    entries = sorted(p for p in folder.rglob("*.yml") if p.parent.name not in ("articles", "claims"))
    names = [
        line[6:].strip("\"' ") for p in entries for line in p.read_text().splitlines() if line.startswith("name: ")
    ]
    while True:
        article, entry, name = chance.choice(articles), chance.choice(entries), chance.choice(names)
        anything = chance.choice(sorted(folder.rglob("*.yml")))
        kind = chance.choice((*("text", "title", "alias", "name", "person", "none", "tag", "source"), *FIELDS, *FIELDS))
        yield f"{kind}: {article.name}, {entry.relative_to(folder)}, {anything.relative_to(folder)}, {name}"
        if kind == "text":
            article.write_text(
                f"{article.read_text()}\n\n“I have met {name},” said {chance.choice(names)} on Monday.\n"
            )
        elif kind == "title":
            article.with_suffix(".yml").write_text(f"title: {name} speaks\ndate: 2024-01-0{chance.randint(1, 9)}\n")
        elif kind == "alias":
            lines = [line for line in entry.read_text().splitlines() if not line.startswith(("aliases:", "  - "))]
            entry.write_text("\n".join([*lines, f"aliases: [Monday{chance.randint(1, 99)}, Wien {entry.stem}]", ""]))
        elif kind == "name":
            entry.write_text(entry.read_text().replace("name: ", f"name: X{chance.randint(1, 99)} ", 1))
        elif kind == "person":
            more = (
                f"name: Ada {chance.choice(names).split()[-1]}\npositions: [{{title: Chancellor, country: austria}}]\n"
            )
            (folder / "people" / f"ada-{chance.randint(1, 3)}.yml").write_text(more)
        elif kind == "tag":
            entry.write_text(f"{entry.read_text().rstrip()}\ntags: [t{chance.randint(1, 9)}]\n")
        elif kind == "gone":
            anything.unlink()
        elif kind == "year":
            anything.write_text(re.sub(r"\b202\d", f"202{chance.randint(0, 4)}", anything.read_text(), count=1))
        elif kind == "without":
            blocks = re.split(r"(?m)^(?=\w)", anything.read_text())
            blocks.pop(chance.randrange(len(blocks)))
            anything.write_text("".join(blocks) or "# nothing\n")
        elif kind in FIELDS:
            lines = [line for line in anything.read_text().splitlines() if not line.startswith(f"{kind}:")]
            value = chance.choice(FIELDS[kind]).replace("NAME", name)
            anything.write_text("\n".join([*lines, f"{kind}: {value}", ""]))
        elif kind == "source":
            (folder / "sources" / "monday-post.yml").write_text(f"name: Monday {chance.randint(1, 9)}\n")


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_remembered_is_what_would_be_made_anew(seed: int, content: Path, tmp_path: Path) -> None:
    """After whatever edit, on whatever day and for whom, a build that remembers gives the pages of one that does not.

    So it is with what is kept in a file, and with what is kept in memory besides.

    An edit that makes a mistake is shown as one, and taken back.
    """
    chance = random.Random(seed)
    steps, good = edits(content, chance), tmp_path / "good"
    cache = Cache(tmp_path / "cache.sqlite")
    live = Live(Pile()) if seed % 2 else None
    for _ in range(12):
        shutil.rmtree(good, ignore_errors=True)
        shutil.copytree(content, good)
        told = next(steps)
        today, audience = TODAY + dt.timedelta(chance.choice((0, 0, 0, 1, 400))), chance.choice(("red", "red", "green"))
        anew = pages(content, today=today, audience=audience)
        assert pages(content, Work(cache=cache, live=live), today, audience) == anew, told
        if live and chance.random() < 0.8:  # others have failed
            live.turn()
        if len(anew) < 20:
            shutil.rmtree(content)
            shutil.copytree(good, content)
    cache.close()


def test_nothing_is_made_twice(content: Path, tmp_path: Path) -> None:
    """A second build, in another process, finds everything that the first one made."""
    script = (
        "import datetime as dt, sys; from pathlib import Path; from dossier import pipeline; "
        "from dossier.executors import Means, at_work; from dossier.packaged import page_templates\n"
        "with at_work(Means('serial', cache=Path(sys.argv[2])), Path(sys.argv[1])) as work:\n"
        "    pipeline.build(Path(sys.argv[1]), page_templates(), dt.date(2024, 1, 15), work=work)\n"
    )
    counts = []
    for seed in ("1", "2"):
        command = [sys.executable, "-c", script, str(content), str(tmp_path / "cache.sqlite")]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}, cwd=ROOT)
        with sqlite3.connect(tmp_path / "cache.sqlite") as database:
            counts.append(database.execute("SELECT count(*) FROM made").fetchone()[0])
        database.close()
    assert counts[0] == counts[1] > 40


def test_only_what_depends_on_an_edit_is_made_anew(content: Path) -> None:
    """A new alias that no article has leaves all readings as they were, and most pages."""
    cache: dict[bytes, bytes] = {}
    pages(content, Work(cache=cache))
    before = set(cache)
    person = next((content / "people").glob("*.yml"))
    person.write_text(re.sub(r"(?m)^summary: .*", "summary: Something else.", person.read_text()))
    pages(content, Work(cache=cache))
    made = [unpack(cache[key]) for key in cache.keys() - before]
    assert {page.uri for page in made if isinstance(page, Page)} >= {f"people/{person.stem}.md"}
    assert len(made) < len(before) / 2


@pytest.mark.parametrize("live", [None, Live(Pile())], ids=["from a file", "from memory"])
def test_a_page_is_composed_again_where_what_it_asked_has_another_answer(
    live: Live | None, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an edit none is; after one, those that show something of it, and few others.

    In a process that builds again, few of the others are even looked at.
    """
    composed: list[str] = []
    compose = traces.page
    looked_at: list[Sequence[str]] = []
    answer = Answers.digest

    def asked(answers: Answers, lines: Sequence[str]) -> bytes:
        looked_at.append(lines)
        return answer(answers, lines)

    monkeypatch.setattr(Answers, "digest", asked)

    def noted(*given: Any) -> View:
        composed.append(given[-1])
        return compose(*given)

    monkeypatch.setattr(traces, "page", noted)
    cache: dict[bytes, bytes] = {}
    before = {uri: markdown for uri, markdown, _ in pages(content, Work(cache=cache, live=live))}
    single = len(composed)
    assert single > 30
    if live:
        live.turn()
    composed.clear()
    pages(content, Work(cache=cache, live=live))
    assert not composed
    if live:
        live.turn()
    looked_at.clear()
    person = content / "people" / "elena-marsh.yml"
    person.write_text(re.sub(r"(?m)^summary: .*", "summary: Something else.", person.read_text()))
    after = {uri: markdown for uri, markdown, _ in pages(content, Work(cache=cache, live=live))}
    over_everything = {"index.md", "timeline.md", "network.md", "quotes.md", "search.md", "method.md"}
    changed = {uri for uri in after if uri.endswith(".md") and after[uri] != before.get(uri)} - over_everything
    assert "people/elena-marsh.md" in changed <= set(composed)
    assert len(composed) < single / 4
    assert len(looked_at) < single if live else len(looked_at) >= single


def test_what_earlier_builds_knew_is_let_go(content: Path) -> None:
    """A process that builds again and again keeps what the last build knew, and nothing that waits for a collector."""
    live, cache = Live(Pile()), dict[bytes, bytes]()
    gc.collect()
    others = sum(isinstance(value, Answers) for value in gc.get_objects())  # of the tests before
    gc.disable()
    try:
        for _ in range(4):
            pages(content, Work(cache=cache, live=live))
            live.turn()
        assert sum(isinstance(value, Answers) for value in gc.get_objects()) == others + 1
    finally:
        gc.enable()


def test_a_cache_that_is_broken_is_no_harm(content: Path, tmp_path: Path) -> None:
    """A file that is no database, a folder in its place, a value that was cut: the pages are made anew."""
    (tmp_path / "noise.sqlite").write_bytes(b"This is no database. " * 400)
    (tmp_path / "folder.sqlite").mkdir()
    expected = pages(content)
    for name in ("noise.sqlite", "folder.sqlite"):
        cache = Cache(tmp_path / name)
        assert pages(content, Work(cache=cache)) == expected
        cache.close()
    cache = Cache(tmp_path / "cut.sqlite")
    pages(content, Work(cache=cache))
    cache.close()
    with sqlite3.connect(tmp_path / "cut.sqlite") as database:
        database.execute("UPDATE made SET value = substr(value, 1, length(value) / 2)")
    database.close()
    cache = Cache(tmp_path / "cut.sqlite")
    assert pages(content, Work(cache=cache)) == expected
    cache.close()


def test_two_builds_share_a_cache(tmp_path: Path) -> None:
    """Each sees what the other has written; neither waits for the other for long."""
    one, two = Cache(tmp_path / "cache.sqlite"), Cache(tmp_path / "cache.sqlite")
    one[b"a"] = b"1"
    two[b"b"] = b"2"
    one.close()
    assert two.get(b"a") == b"1"
    two.close()
    three = Cache(tmp_path / "cache.sqlite")
    assert (three.get(b"a"), three.get(b"b"), three.get(b"c")) == (b"1", b"2", None)
    three.close()


def test_a_cache_keeps_within_its_limit(tmp_path: Path) -> None:
    """What was not used for the longest time goes first."""
    for turn in range(6):
        cache = Cache(tmp_path / "cache.sqlite", limit=3_500)
        assert cache.get(b"0") == (bytes(1_000) if turn else None)  # used in each build
        cache[str(turn).encode()] = bytes(1_000)
        cache.close()
    cache = Cache(tmp_path / "cache.sqlite")
    assert [key for key in range(6) if cache.get(str(key).encode())] == [0, 4, 5]
    cache.close()


@pytest.mark.parametrize("value", [print, subprocess.run, Path("x"), Cache, {"a": sys.exit}], ids=str)
def test_a_cache_from_a_stranger_runs_nothing(value: object) -> None:
    """Nothing but the dossier's own frozen values is built from the bytes of a cache."""
    with pytest.raises(pickle.UnpicklingError, match="is no part of a dossier"):
        unpack(zlib.compress(pickle.dumps(value)))


def test_equal_values_have_equal_bytes() -> None:
    """Whatever parts they share in memory: so a value that was made anew is known again."""
    ref = Ref("people", "jane-roe")
    shared = (Mention(0, 4, "Jane", ref, "name", "Jane"), Mention(9, 13, "Jane", ref, "name", "Jane"))
    apart = tuple(Mention(m.start, m.end, "".join("Jane"), Ref("people", "jane-roe"), m.rule, "Jane") for m in shared)
    assert canonical(shared) == canonical(apart)
    assert unpack(pack(shared)) == shared
    assert digest(b"ab", b"c") != digest(b"a", b"bc")


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where values cannot be put away for want of room, the error says in which folder."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    shelf = Scratch()
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        shelf.put(b"value")
    assert caught.value.filename == tempfile.gettempdir()


@pytest.mark.parametrize("shelf", [Pile, Scratch])
def test_values_are_kept_packed(shelf: type[Shelf]) -> None:
    """A row of values looks like any other, in parts and as a whole, in memory or in a file."""
    problems = [Problem("a.yml", n, 1, "a fault", "rule") for n in range(3)]
    kept: Kept[Problem] = Kept(shelf())
    for _ in problems:
        kept.add(b"")
    for place in (1, 2, 0):
        kept.fill(place, pack(problems[place]))
    assert list(kept) == problems
    assert kept.digests == [digest(pack(problem)) for problem in problems]
    assert (kept[1], list(kept[1:]), len(kept)) == (problems[1], problems[1:], 3)
