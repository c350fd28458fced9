"""The curators' walk-through in README.md, done as it stands there: its files, its commands, what they print."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from tests.conftest import ROOT, mkdocs

README = (ROOT / "README.md").read_text(encoding="utf-8")
WALK = README.partition("## For curators")[2].partition("\n### ")[0]
#: What a curator does: write a file, mend a word, delete a line, run a command, look at a page.
STEP = re.compile(
    r"`(?P<file>content/[^`]+)`[^`]*(?:`[^`/]+`[^`]*)*?\n\n```(?:\w+)?\n(?P<text>.*?)```"
    r"|Write `(?P<right>[^`]+)` in place of `(?P<wrong>[^`]+)`"
    r"|delete the line that begins with `(?P<line>[^`]+)`"
    r"|(?P<block>(?:^    \$ [^\n]+\n(?:(?:    [^\n]*)?\n(?!    \$ ))*)+)"
    r"|`(?P<page>site/[^`]+\.html)`",
    re.DOTALL | re.MULTILINE,
)


def steps() -> Iterator[re.Match[str]]:
    return STEP.finditer(WALK)


def commands(block: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a block, each with what it prints."""
    for part in re.split(r"^    \$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield shlex.split(command), re.sub(r"^    ", "", printed, flags=re.MULTILINE).strip("\n")


def run(command: list[str], folder: Path) -> str:
    """What a command prints; it must be one of the two programs."""
    program, *args = command
    if program == "dossier":
        return CliRunner().invoke(main, args, catch_exceptions=False).stdout.strip("\n")
    assert command == ["mkdocs", "build"]
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return ""


def the_only(paths: Iterator[Path], words: str) -> Path:
    """The one file that has some words."""
    (found,) = [path for path in paths if words in path.read_text(encoding="utf-8")]
    return found


class Links(HTMLParser):
    """The links of a page, by what they lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets.append(dict(attrs).get("href") or "")


def test_the_walk_through_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word for word: the article, the entry with its mistake, the problem, its mending, the suggestion, the pages."""
    monkeypatch.chdir(tmp_path)
    shortest = re.search(r"this `mkdocs.yml`:\n\n```yaml\n(.*?)```", README, re.DOTALL)
    assert shortest
    Path("mkdocs.yml").write_text(shortest[1], encoding="utf-8")
    last = Path()
    for step in steps():
        if step["file"]:
            last = Path(step["file"])
            last.parent.mkdir(parents=True, exist_ok=True)
            last.write_text(step["text"], encoding="utf-8")
        elif step["right"]:
            path = the_only(tmp_path.glob("content/people/*.yml"), step["wrong"])
            path.write_text(path.read_text(encoding="utf-8").replace(step["wrong"], step["right"]), encoding="utf-8")
        elif step["line"]:
            path = the_only(tmp_path.glob("content/*/*.yml"), f"\n{step['line']}")
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text("".join(one for one in lines if not one.startswith(step["line"])), encoding="utf-8")
        elif step["block"]:
            for command, printed in commands(step["block"]):
                assert run(command, tmp_path) == printed, command
        else:
            assert Path(step["page"]).is_file(), step["page"]
    for name in ("jane-roe", "erik-lund"):
        targets = Links(Path(f"site/people/{name}/index.html").read_text(encoding="utf-8")).targets
        assert [t for t in targets if re.fullmatch(r"\.\./\.\./articles/2024-05-06-talks-in-vienna/#p\d", t)]


def test_the_walk_through_has_every_step() -> None:
    """Nothing of it is passed over: an article, an entry, a mistake mended, a suggestion followed, pages looked at."""
    done = [next(name for name, value in step.groupdict().items() if value and name != "text") for step in steps()]
    ran = [command[:2] for step in steps() if step["block"] for command, _ in commands(step["block"])]
    assert [*dict.fromkeys(done)] == ["file", "block", "right", "line", "page"] or sorted({*done}) == [
        "block",
        "file",
        "line",
        "page",
        "right",
    ]
    assert ran == [
        ["dossier", "check"],
        ["dossier", "check"],
        ["dossier", "inspect"],
        ["dossier", "suggest"],
        ["dossier", "suggest"],
        ["mkdocs", "build"],
    ]
    assert len(re.findall(r"^    \$ ", WALK, re.MULTILINE)) == len(ran)
    assert WALK.count("```") == 2 * done.count("file")
