"""Damaged files: whatever happens to the bytes of a dossier, it ends in clear problems or in pages.

A thousand copies of the repository's own content are damaged, each in its own way and always the same: bits turned,
bytes lost, put in, or repeated, files cut short, mixed up, emptied, or in another encoding.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from dossier import pipeline
from dossier.load import load
from dossier.model import Problem
from dossier.packaged import page_templates
from tests.conftest import ROOT

COPIES, BATCHES, OTHERS, WHOLE = 1000, 10, 6, 12
TODAY = dt.date(2024, 1, 15)
LINE = re.compile(r"[^\n]+:\d+:\d+: [^\n]+ \[[a-z-]+\]")

SIGNS = (*b"{{ }} [ ] : &a *a !!x --- | ' \" <!-- # {% %} ? >".split(), b"\t", b"\n", b"\n  - ", b": ", b"&a ")
NO_UTF8 = (b"\xe2\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xff", b"\xf5\x80\x80\x80")

Damage = Callable[[bytes, random.Random], bytes]


def turn_bits(data: bytes, chance: random.Random) -> bytes:
    """Some bytes have a bit turned."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def lose(data: bytes, chance: random.Random) -> bytes:
    """A stretch is lost."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randint(1, 200) :]


def put_in(data: bytes, chance: random.Random) -> bytes:
    """Bytes without any meaning are put in."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.randbytes(chance.randint(1, 40)) + data[start:]


def put_in_signs(data: bytes, chance: random.Random) -> bytes:
    """What means something to YAML, HTML or Jinja is put in."""
    start = chance.randrange(len(data) + 1)
    signs = [
        b"{{",
        b"}}",
        b"[",
        b"]",
        b": ",
        b"&a ",
        b"*a ",
        b"!!x ",
        b"---\n",
        b"\t",
        b"|\n",
        b"'",
        b'"',
        b"<!--",
        b"#",
        b"\n  - ",
    ]
    return data[:start] + b"".join(chance.choices(signs, k=chance.randint(1, 5))) + data[start:]


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data) + 1)]


def nul(data: bytes, chance: random.Random) -> bytes:
    """A stretch is full of NULs, as after a crash."""
    start = chance.randrange(len(data) + 1)
    length = chance.randint(1, 300)
    return data[:start] + b"\0" * length + data[start + length :]


def break_utf8(data: bytes, chance: random.Random) -> bytes:
    """Half a character, one that is too long, a surrogate, or a byte that is none."""
    start = chance.randrange(len(data) + 1)
    return (
        data[:start]
        + chance.choice([b"\xe2\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xff", b"\xf5\x80\x80\x80"])
        + data[start:]
    )


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A stretch stands there many times."""
    start = chance.randrange(len(data) + 1)
    stretch = data[start : start + chance.randint(1, 80)]
    return data[:start] + stretch * chance.randint(2, 60) + data[start:]


def shuffle_lines(data: bytes, chance: random.Random) -> bytes:
    """The lines stand in another order."""
    rows = data.splitlines(keepends=True)
    chance.shuffle(rows)
    return b"".join(rows)


def other_encoding(data: bytes, chance: random.Random) -> bytes:
    """The file was saved in another encoding."""
    return data.decode(errors="replace").encode(chance.choice(["utf-16", "utf-32", "cp1252", "utf-7"]), "replace")


def other_line_ends(data: bytes, chance: random.Random) -> bytes:
    """Lines end otherwise."""
    return data.replace(b"\n", chance.choice([b"\r\n", b"\r", "\u2028".encode(), b"\x85", b" "]))


def empty(data: bytes, chance: random.Random) -> bytes:
    """Nothing is left."""
    return b""


def become_another(data: bytes, chance: random.Random) -> bytes:
    """The file holds what another one should."""
    return chance.choice([*seed().values()])


DAMAGES: tuple[Damage, ...] = (
    turn_bits,
    lose,
    put_in,
    put_in_signs,
    cut,
    nul,
    break_utf8,
    repeat,
    shuffle_lines,
    other_encoding,
    other_line_ends,
    empty,
    become_another,
)


@cache
def seed() -> Mapping[str, bytes]:
    """The files of the repository's own content, by name."""
    content = ROOT / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in sorted(content.rglob("*.*"))}


def damaged(number: int, folder: Path, *, whole: bool = False) -> dict[str, bytes]:
    """Write a copy of the content with one to three files damaged, in the way of this number; return these.

    If not `whole`, it holds the articles, the damaged files and a few of the others: reading is what takes time.
    """
    chance = random.Random(number)
    names = [*seed()]
    bad = {}
    for name in chance.sample(names, chance.randint(1, 3)):
        data = seed()[name]
        for damage in chance.choices(DAMAGES, k=chance.randint(1, 2)):
            data = damage(data, chance)
        bad[name] = data
    others = names if whole else [n for n in names if n.startswith("articles/")] + chance.sample(names, OTHERS)
    for name in {*others, *bad}:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bad.get(name, seed()[name]))
    return bad


def assert_clear(problems: tuple[Problem, ...]) -> None:
    """Each problem is told once, on one line that can be printed."""
    lines = [str(problem) for problem in problems]
    assert lines == sorted(set(lines), key=lines.index)
    assert [line for line in lines if not (LINE.fullmatch(line) and line.isprintable())] == []


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_copy_ends_in_clear_problems(batch: int, tmp_path: Path) -> None:
    """Nothing is raised, whatever the bytes; what is wrong has its form, and is in a file that is there."""
    for number in range(batch, COPIES, BATCHES):
        folder = tmp_path / str(number)
        damaged(number, folder)
        found = pipeline.survey(folder)
        assert_clear(found.problems)
        assert {problem.path for problem in found.problems} <= {
            path.relative_to(folder).as_posix() for path in folder.rglob("*.*")
        }


@pytest.mark.parametrize("number", range(COPIES, COPIES + WHOLE))
def test_a_damaged_copy_ends_in_problems_or_pages(number: int, tmp_path: Path) -> None:
    """The whole of the content, built: problems and no page, or a page of every entry and no problem."""
    damaged(number, tmp_path, whole=True)
    made = pipeline.build(tmp_path, page_templates(), TODAY)
    assert_clear(made.problems)
    assert bool(made.pages) != bool(made.problems)


def test_damaged_articles_still_have_their_pages(tmp_path: Path) -> None:
    """An article may be any bytes: without what quotes it, each has a page, or a problem that says why not."""
    chance = random.Random(0)
    articles = [data for name, data in seed().items() if name.endswith(".txt")]
    for number in range(40):
        data = chance.choice(articles)
        for damage in chance.choices([one for one in DAMAGES if one is not empty], k=2):
            data = damage(data, chance)
        path = tmp_path / "articles" / f"a-{number}.{chance.choice(['txt', 'html', 'htm', 'md'])}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    made = pipeline.build(tmp_path, page_templates(), TODAY)
    for problem in made.problems:
        assert problem.rule == "empty-article"
        (tmp_path / problem.path).unlink()
    made = pipeline.build(tmp_path, page_templates(), TODAY)
    assert made.problems == ()
    pages = {page.uri for page in made.pages}
    assert {f"articles/{path.stem}.md" for path in (tmp_path / "articles").iterdir()} <= pages


def test_the_damages_do_damage(tmp_path: Path) -> None:
    """Each way changes the bytes, and most copies have problems: the test looks at something."""
    sample = seed()["people/sergey-lavrov.yml"]
    assert [damage.__name__ for damage in DAMAGES if damage(sample, random.Random(1)) == sample] == []
    faulty = 0
    for number in range(8):
        damaged(number, tmp_path / str(number), whole=True)
        faulty += bool(pipeline.survey(tmp_path / str(number)).problems)
    assert faulty > 4
    assert load(ROOT / "content").problems == ()
