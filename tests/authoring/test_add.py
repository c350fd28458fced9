"""`dossier add`: raw articles are taken in byte for byte, and what was found in them is drafted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.intake import Arrival, drafted
from dossier.schema.fields import ID
from tests.authoring.conftest import Run, files_in
from tests.authoring.test_drafts import loaded

BODY = """The parliament of Porto Verde passed the budget on Saturday by three votes, its speaker said after the count.

The opposition had asked for a delay of two weeks. It announced that it would go to the constitutional court.
"""
TEXT = f"Budget passes by three votes\n\nBy Kim Sample\n\nFebruary 3, 2024\n\n{BODY}"
PAGE = f"""<!-- saved from url=(0042)https://www.example.org/news/budget -->
<html lang="en"><head><title>Budget passes</title>
<meta property="og:site_name" content="SITE"><meta property="article:published_time" content="2024-02-03T10:00:00Z">
<meta name="author" content="Kim Sample"></head>
<body><article><h1>Budget passes "narrowly": a first</h1>{"".join(f"<p>{line}</p>" for line in BODY.splitlines())}
</article></body></html>"""


def put(path: Path, data: str | bytes) -> str:
    """Write a file that is to be added; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return str(path)


def test_an_article_is_copied_and_its_metadata_drafted(here: Path, run: Run) -> None:
    """Byte for byte, under the day and the headline; the paths are printed; the dossier is still sound."""
    source = put(here / "in" / "Weird näme (1).TXT", TEXT.replace("\n", "\r\n").encode("utf-16"))
    result = run("add", source)
    stem = "content/articles/2024-02-03-budget-passes-by-three-votes"
    assert (result.exit_code, result.stdout.splitlines()) == (0, [f"{stem}.txt", f"{stem}.yml"])
    assert result.stderr == "1 article added\n"
    assert Path(f"{stem}.txt").read_bytes() == Path(source).read_bytes()
    assert Path(f"{stem}.yml").read_text(encoding="utf-8").splitlines() == [
        "# yaml-language-server: $schema=../../.dossier/schema/articles.json",
        "# Drafted from Weird näme (1).TXT.",
        "# Look it over: correct what is wrong, delete what you would not vouch for.",
        "title: Budget passes by three votes  # read in the text",
        "date: 2024-02-03  # read in the text",
        "authors: [Kim Sample]  # read in the text",
        "language: en  # as the page states it, or else by its words",
        "#retrieved: 2023-11-14  # the day of the file's last change",
    ]
    assert run("check").exit_code == 0
    assert "articles/2024-02-03-budget" in (here / ".dossier/schema/events.json").read_text(encoding="utf-8")


def test_a_known_source_is_filled_in(here: Path, run: Run) -> None:
    """By the reference to its entry; the address that the browser saved it from is there, too."""
    run("add", put(here / "a.html", PAGE.replace("SITE", "Example News")))
    (path,) = (here / "content/articles").glob("*budget*.yml")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert path.stem == "2024-02-03-budget-passes-narrowly-a-first"
    assert 'title: "Budget passes \\"narrowly\\": a first"  # from the page\'s markup' in lines
    assert "source: example-news  # from the page's markup" in lines
    assert "url: https://www.example.org/news/budget  # the address that the file gives" in lines
    assert run("check").exit_code == 0


def test_an_unknown_source_is_a_comment(here: Path, run: Run) -> None:
    """With the command that makes its entry, safe to copy."""
    run("add", put(here / "a.html", PAGE.replace("SITE", "Verde's $(date) Post")))
    (path,) = (here / "content/articles").glob("*budget*.yml")
    (line,) = [
        line for line in path.read_text(encoding="utf-8").splitlines() if "source" in line and "$schema" not in line
    ]
    assert line.startswith("#source: ")
    assert line.endswith("""dossier new source 'Verde'"'"'s $(date) Post'""")
    assert run("check").exit_code == 0


def test_the_same_bytes_are_taken_in_once(here: Path, run: Run) -> None:
    """Whatever the file is called: in one run and in the next."""
    first, second = put(here / "in/a.txt", TEXT), put(here / "in/b.md", TEXT)
    result = run("add", first, second)
    assert result.exit_code == 0
    assert "b.md: is here already as articles/2024-02-03-budget-passes-by-three-votes; passed over" in result.stderr
    assert result.stderr.endswith("1 article added, 1 passed over\n")
    before = files_in(here)
    again = run("add", first)
    assert (again.exit_code, again.stdout) == (0, "")
    assert files_in(here) == before


def test_ids_are_unique_and_short(here: Path, run: Run) -> None:
    """Articles of one day and one headline are numbered; long headlines are cut between words."""
    title = "Ministers agree on the cap on prices of gas after talks that lasted all night in the capital"
    for number in range(3):
        put(
            here / f"in/{number}.txt",
            f"{title}\n\nMarch 4, 2024\n\n{BODY}\n\nThe vote was number {number} of that day, he said.\n",
        )
    stems = [Path(line).stem for line in run("add", "in").stdout.splitlines()[::2]]
    assert stems[0].startswith("2024-03-04-ministers-agree-on-the-cap")
    assert stems[1] == "2024-03-04-ministers-agree-on-the-cap-on-prices-of-gas-2"
    assert stems[2] == "2024-03-04-ministers-agree-on-the-cap-on-prices-of-gas-3"
    assert all(len(stem) <= 60 for stem in stems)
    assert run("check").exit_code == 0


def test_a_good_name_is_kept(here: Path, run: Run) -> None:
    """One that is a day and words already."""
    assert "2024-02-04-the-budget.txt" in run("add", put(here / "in/2024-02-04-the-budget.txt", TEXT)).stdout


def test_folders_are_walked_in_order(here: Path, run: Run) -> None:
    """Without hidden files, other files, and the folder that a browser saves along with a page."""
    for name in (
        "b/2024-01-02-b.txt",
        "a/2024-01-01-a.htm",
        "a/2024-01-01-a_files/frame.html",
        ".git/x.txt",
        "a/x.png",
    ):
        put(here / "in" / name, PAGE + name if name.endswith(("htm", "html")) else TEXT + name)
    result = run("add", "in")
    assert result.stdout.splitlines()[::2] == ["content/articles/2024-01-01-a.htm", "content/articles/2024-01-02-b.txt"]
    assert result.exit_code == 0


def test_what_cannot_be_taken_in_is_refused(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message each, exit status 1, and the others are added."""
    monkeypatch.setattr("dossier.cli.adding.MAX_ARTICLE_BYTES", 2000)
    folder = here / "in"
    good = put(folder / "good.txt", TEXT)
    put(folder / "empty.txt", b" \n")
    put(folder / "large.txt", TEXT * 20)
    (folder / "link.md").symlink_to(here / "mkdocs.yml")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    result = run("add", "in", put(here / "a.docx", b"PK"), "nowhere.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "content/articles/2024-02-03-budget-passes-by-three-votes.txt"
    assert Path(good).is_file()
    assert result.stderr.splitlines() == [
        "in/empty.txt: the file is empty; an article has text",
        "in/large.txt: the file is larger than 0 MB; shorten it",
        "in/link.md: a link in a folder is not followed; name the file itself",
        "in/loop.md: a link in a folder is not followed; name the file itself",
        "in/pipe.txt: neither a file nor a folder",
        f"{here}/a.docx: an article is a .txt, .html, .htm, .md, .eml or .pdf file; save it as one",
        "nowhere.txt: there is no such file",
        "1 article added, 7 refused",
    ]
    assert run("check").exit_code == 0


def test_a_link_that_is_named_is_followed(here: Path, run: Run) -> None:
    """The article is a file of its own, not a link."""
    put(here / "in/a.txt", TEXT)
    (here / "b.txt").symlink_to(here / "in/a.txt")
    path = Path(run("add", "b.txt").stdout.splitlines()[0])
    assert not path.is_symlink()
    assert path.read_bytes() == TEXT.encode()


def test_a_file_that_cannot_be_read_is_refused(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its owner may not read it, or the disk does not give it."""

    def fail(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    put(here / "in/a.txt", TEXT)
    monkeypatch.setattr("dossier.cli.adding.Path.read_bytes", lambda self: fail(self) if self.name == "a.txt" else b"")
    result = run("add", "in/a.txt")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "in/a.txt: the file cannot be read: Permission denied"


def test_an_article_dropped_by_hand_gets_its_metadata(here: Path, run: Run) -> None:
    """It stays where it is; metadata that are there stay as they are."""
    result = run("add", "content/articles")
    assert result.stdout == "content/articles/2024-05-06-talks.yml\n"
    before = files_in(here)
    assert run("add", "content/articles").stdout == ""
    assert files_in(here) == before
    assert run("check").exit_code == 0


def test_a_dry_run_writes_nothing(here: Path, run: Run) -> None:
    """And prints what would be written."""
    put(here / "in/a.txt", TEXT)
    before = files_in(here)
    dry = run("add", "in", "--dry-run")
    assert files_in(here) == before
    assert dry.stderr == "1 article would be added\n"
    assert run("add", "in").stdout == dry.stdout


def test_an_interrupted_write_leaves_nothing(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor an article without its metadata, and no file of its own making."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "articles")

    put(here / "in/a.txt", TEXT)
    before = files_in(here)
    monkeypatch.setattr("dossier.journal._write", fail)
    result = run("add", "in")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No space left on device" in result.stderr
    assert files_in(here) == before


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else wrote it between the look and the write."""
    put(here / "in/a.txt", TEXT)
    monkeypatch.setattr("dossier.intake._free", lambda wanted, taken: "2024-05-06-talks")
    result = run("add", "in")
    assert result.exit_code == 1
    assert "was changed in the meantime" in result.stderr
    assert b"Jane Roe met" in (here / "content/articles/2024-05-06-talks.txt").read_bytes()


@given(
    st.binary(),
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"])),
    st.sampled_from(["txt", "htm", "md"]),
)
def test_whatever_the_bytes_there_is_an_id_and_sound_metadata(data: bytes, stem: str, suffix: str) -> None:
    """From any file: an id of small letters and digits, and YAML that dossier reads."""
    new = drafted(f"{stem}.{suffix}", Arrival(f".{suffix}", data), "2024-01-01", {}, {"article"})
    assert ID.fullmatch(new.ref.id)
    assert new.ref.id != "article"
    assert [*new.files] == [f"{new.ref.id}.{suffix}", f"{new.ref.id}.yml"]
    _, problems = loaded("articles", new.files[f"{new.ref.id}.yml"].decode())
    assert problems == []


@pytest.mark.parametrize("language", ["en_US", "x-klingon", "EN", "", "de-CH", "&quot;: [", "e" * 50])
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a b", "https://x.example/a?b={c}#d: e", "//x", "https://é.example/"]
)
def test_markup_that_lies_makes_no_problem(language: str, address: str, here: Path, run: Run) -> None:
    """A language or an address that is none is left out."""
    page = PAGE.replace('lang="en"', f'lang="{language}"').replace(
        "<title>", f'<link rel="canonical" href="{address}"><title>'
    )
    assert run("add", put(here / "a.html", page)).exit_code == 0
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    "name", [b"\xff\xfe.txt", b"a\x1b[31m.txt", b"-rf.txt", b" .txt", b"..txt", "é\u202emd.txt".encode()]
)
def test_odd_names_are_handled(name: bytes, here: Path, run: Run) -> None:
    """Whatever a file is called, it gets a plain name, and a terminal is not told what to do."""
    put(here / "in" / os.fsdecode(name), TEXT)
    result = run("add", "in" if name != b"..txt" else "in/..txt")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1] == "content/articles/2024-02-03-budget-passes-by-three-votes.yml"
    again = run("add", "in")
    assert "\x1b" not in again.output
    assert run("check").exit_code == 0


def test_the_same_text_is_taken_in_once(here: Path, run: Run) -> None:
    """Whatever file it comes in; the message says where it is, and --copies takes it in nevertheless."""
    lines = "".join(f"<p>{line}</p>" for line in BODY.splitlines() if line)
    put(here / "in/a.txt", TEXT)
    put(here / "in/b.html", f"<html><body><article><h1>Budget</h1>{lines}</article></body></html>")
    result = run("add", "in")
    assert result.exit_code == 0
    same = "articles/2024-02-03-budget-passes-by-three-votes has the same text; passed over (--copies takes it in)"
    assert result.stderr.splitlines() == [f"in/b.html: {same}", "1 article added, 1 passed over"]
    assert run("add", "in/b.html", "--copies").stderr == "1 article added\n"
    assert run("check").exit_code == 0
