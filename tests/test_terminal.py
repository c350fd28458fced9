"""`dossier inspect` for a reader: the plain text word for word, and what colours, widths and hostile text do to it."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dossier.cli import main
from dossier.edtf import parse
from dossier.export.terminal import show
from dossier.model import (
    Annotation,
    Article,
    Mention,
    Paragraph,
    Quotation,
    Reading,
    Ref,
    Removed,
    Unresolved,
)
from dossier.schema import Entry, Person

ROE = Ref("people", "jane-roe")
ENTRIES: dict[Ref, Entry] = {ROE: Person.model_validate({"name": "Jane Roe"})}
FIRST = "Jane Roe of the U.N. Security Council met Hill and Jane Roe."
SECOND = "“We talked for an hour, and then we talked for one more,” she said."
TEXT = f"{FIRST}\n\n{SECOND}"


def mention(words: str, kind: str, rule: str = "name", after: int = 0, beat: tuple[str, ...] = ()) -> Mention:
    """A mention of an entry whose id is the slug of these words."""
    start = TEXT.index(words, after)
    ref = Ref(kind, words.lower().replace(" ", "-").replace(".", ""))
    return Mention(start, start + len(words), words, ref, rule, words, beat)


QUOTED = TEXT.index("We talked"), TEXT.index("” she")
ARTICLE = Article(
    ref=Ref("articles", "talks"),
    path="articles/talks.txt",
    sha256="0" * 64,
    title="Ministers meet",
    date=parse("2024-05"),
    source=None,
    source_name="The Example",
    authors=("A. Writer", "B. Writer"),
    language="en",
    basis={"title": "text", "date": "curated", "authors": "html"},
    text=TEXT,
    paragraphs=(Paragraph(1, 0, len(FIRST), 7), Paragraph(2, len(FIRST) + 2, len(TEXT), 9)),
    removed=(*(Removed(line, f"Share {line}", "share-bar") for line in range(1, 6)), Removed(6, "Menu", "menu")),
)
READING = Reading(
    ARTICLE,
    Annotation(
        (
            mention("Jane Roe", "people"),
            mention("U.N. Security Council", "organizations", beat=("longer than U.N. → organizations/un",)),
            mention("Jane Roe", "people", after=9),
        ),
        (
            Unresolved(
                TEXT.index("Hill"),
                TEXT.index("Hill") + 4,
                "Hill",
                (Ref("people", "ann-hill"), Ref("people", "bob-hill")),
                "Several people of this family name are named in the article.",
            ),
        ),
    ),
    (
        Quotation(
            *QUOTED,
            TEXT[slice(*QUOTED)],
            ROE,
            "Jane Roe",
            "she",
            TEXT.index("she"),
            TEXT.index("she") + 3,
            "said",
            "pronoun",
        ),
    ),
)
PLAIN = """\
Ministers meet
articles/talks
  title     Ministers meet  (text)
  date      2024-05  (curated)
  source    The Example
  authors   A. Writer, B. Writer  (html)
  language  en

¶1  line 7
  ‹Jane Roe› of the ‹U.N. Security Council› met ‹Hill› and ‹Jane Roe›.
    Jane Roe → people/jane-roe  [name: Jane Roe]  ×2
    U.N. Security Council → organizations/un-security-council  [name: U.N.
        Security Council]
        longer than U.N. → organizations/un
    Hill → ? people/ann-hill or people/bob-hill
        Several people of this family name are named in the article.

¶2  line 9
  “We talked for an hour, and then we talked for one more,” (— Jane Roe) she said.
    “We talked for an hour, and then we …” — Jane Roe → people/jane-roe,
        printed as “she”  [pronoun: said]

removed
  5 × share-bar
    line 1: Share 1
    line 2: Share 2
    line 3: Share 3
    and 2 more
  1 × menu
    line 6: Menu

3 mentions (3 name), 1 left open, 1 quotation (1 with a speaker), 6 lines removed
"""
ESCAPES = re.compile(r"\x1b\[[\d;]*m")


def test_plain() -> None:
    """Into a pipe goes plain text: the facts, every decision with its reasons, what was removed, the totals."""
    assert show(READING, ENTRIES, width=82, styled=False, coloured=True) == PLAIN


def test_colours() -> None:
    """At a terminal people are cyan and organizations magenta, and what is left open is red."""
    shown = show(READING, ENTRIES, width=82, styled=True, coloured=True)
    assert "\x1b[4;36mJane Roe\x1b[0m" in shown
    assert "\x1b[4;35mU.N. Security Council\x1b[0m" in shown
    assert "\x1b[1;31mHill\x1b[0m" in shown
    assert ESCAPES.sub("", shown).startswith(PLAIN[:60])


def test_no_colours() -> None:
    """Without colours mentions are still underlined."""
    shown = show(READING, ENTRIES, width=82, styled=True, coloured=False)
    assert "\x1b[4mJane Roe\x1b[0m" in shown
    assert not re.search(r"\x1b\[[\d;]*3\d", shown)


@pytest.mark.parametrize("width", [20, 24, 40, 60, 200])
def test_width(width: int) -> None:
    """No line is wider than the terminal, and nothing is lost on a narrow one."""
    shown = show(READING, ENTRIES, width=width, styled=False, coloured=False)
    assert max(map(cell_len, shown.split("\n"))) <= width
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", PLAIN)


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=120), width=st.integers(1, 90))
def test_hostile_text(text: str, width: int) -> None:
    """Whatever an article holds, it cannot steer the terminal."""
    article = replace(ARTICLE, title=text, text=text, paragraphs=(Paragraph(1, 0, len(text), 1),), authors=(text,))
    whole = Mention(0, len(text), text, ROE, "name", text, (text,))
    quotation = Quotation(0, len(text), text, None, text)
    reading = Reading(article, Annotation((whole,)), (quotation,))
    for styled in (False, True):
        shown = ESCAPES.sub("", show(reading, {}, width=width, styled=styled, coloured=True))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)


def test_command(tmp_path: Path) -> None:
    """The command prints every article it is asked for, without escape codes where nobody looks."""
    (tmp_path / "articles").mkdir()
    for name in ("one", "two"):
        (tmp_path / "articles" / f"{name}.txt").write_text(
            "Norway and Peru agree\n\nNorway’s minister spoke in Peru for a long while about many things.\n"
        )
    result = CliRunner().invoke(main, ["inspect", "--all", "--content", str(tmp_path)])
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert re.findall(r"^articles/.*", result.output, re.MULTILINE) == ["articles/one", "articles/two"]
    assert result.output.count("Norway → countries/norway  [name: Norway]") == 2


def test_only_readers_load_rich() -> None:
    """The commands for machines do not pay for what only a reader sees."""
    probe = "import sys, dossier.cli; sys.exit(any(name.split('.')[0] == 'rich' for name in sys.modules))"
    assert run([sys.executable, "-c", probe], check=False).returncode == 0
