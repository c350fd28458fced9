"""The plugin from outside: what MkDocs does with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from tests.conftest import ROOT, dossier_in, mkdocs

from .conftest import dead_links, pages_of

ARTICLE = """Ministers meet in Vienna

Jane Roe met John Doe in Austria on Monday.

“We talked for an hour,” Roe said, adding that the talks with her colleague would go on for some days.
"""
ENTRIES = {
    "articles/vienna.txt": ARTICLE,
    "people/jane-roe.yml": "name: Jane Roe\npronouns: she/her\naliases: [Giovanna Roe]\n",
    "events/meeting.yml": "name: Meeting in Vienna\ndate: 2023-03-06\nparticipants: [{who: jane-roe}]\n",
}


def test_the_shortest_configuration_builds(tmp_path: Path) -> None:
    """A folder with its own content and mkdocs.yml builds with nothing but the installed package."""
    folder = dossier_in(tmp_path, ENTRIES)
    done = mkdocs(folder, "build", "--strict")
    assert (done.returncode, done.stderr.count("WARNING")) == (0, 0), done.stderr
    page = pages_of(folder / "site")["articles/vienna/index.html"]
    refs = {a["data-ref"] for tag, a in page.elements if tag == "a" and "data-ref" in a}
    assert {"people/jane-roe", "countries/austria"} <= refs
    assert dead_links(folder / "site") == []


def test_an_empty_dossier_builds(tmp_path: Path) -> None:
    """No entries and no articles: every list and view is there, and says so."""
    folder = dossier_in(tmp_path, {"index.md": "# Nothing yet\n"})
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert (folder / "site" / "timeline" / "index.html").is_file()
    assert dead_links(folder / "site") == []


def test_problems_stop_the_build_with_a_line_each(tmp_path: Path) -> None:
    """One line a problem, no traceback, and the last good site stays as it was."""
    folder = dossier_in(tmp_path, ENTRIES)
    assert mkdocs(folder, "build").returncode == 0
    before = (folder / "site" / "index.html").read_bytes()
    (folder / "content/people/jane-roe.yml").write_text("nam: Jane Roe\n")
    (folder / "content/events/meeting.yml").write_text("name: Meeting\ndate: Monday\n")
    done = mkdocs(folder, "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    assert [re.sub(r"^ERROR +-  ", "", line).split(": ")[0] for line in lines] == [
        "content/events/meeting.yml:2:7",
        "content/people/jane-roe.yml:1:1",
        "content/people/jane-roe.yml:1:1",
    ]
    assert (folder / "site" / "index.html").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("serch: auto", "serch"),
        ("search: fast", "search"),
        ("audience: pink", "audience"),
        ("templates: nope", "nope"),
        ("silence: {nonsense: why}", "there is no rule 'nonsense'"),
        ("silence: {uncited-event: }", "uncited-event is silenced without a reason"),
    ],
)
def test_unknown_options_are_errors(tmp_path: Path, options: str, says: str) -> None:
    """An option that is not known, or a value that is not, ends the build and is named."""
    settings = f"site_name: T\ndocs_dir: content\ntheme: material\nplugins: [search, dossier: {{{options}}}]\n"
    done = mkdocs(dossier_in(tmp_path, ENTRIES, settings), "build")
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_warnings_are_counted_and_end_nothing(tmp_path: Path) -> None:
    """A strict build of a weak dossier says in a line that it is weak; what is silenced does not count."""
    done = mkdocs(dossier_in(tmp_path, ENTRIES), "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "Warnings of dossier check: 3." in done.stderr
    silence = "{undated-article: lost, unsourced-article: lost, uncited-event events/meeting: lost}"
    settings = f"site_name: T\ndocs_dir: content\ntheme: material\nplugins: [search, dossier: {{silence: {silence}}}]\n"
    done = mkdocs(dossier_in(tmp_path, ENTRIES, settings), "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "Warnings of dossier check" not in done.stderr


def test_search_can_be_switched_off(tmp_path: Path) -> None:
    """`search: off` makes no index."""
    settings = "site_name: T\ndocs_dir: content\ntheme: material\nplugins: [search, dossier: {search: off}]\n"
    folder = dossier_in(tmp_path, ENTRIES, settings)
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert not (folder / "site" / "search" / "search_index.json").exists()


def test_what_is_above_the_audience_is_left_out(tmp_path: Path) -> None:
    """An entry marked red is nowhere in a site for green, and its name is not linked."""
    settings = "site_name: T\ndocs_dir: content\ntheme: material\nplugins: [search, dossier: {audience: green}]\n"
    secret = {"people/john-doe.yml": "name: John Doe\ntlp: red\nsummary: An informant.\n"}
    folder = dossier_in(tmp_path, ENTRIES | secret, settings)
    assert mkdocs(folder, "build", "--strict").returncode == 0
    assert not (folder / "site/people/john-doe").exists()
    text = "".join(p.read_text() for p in (folder / "site").rglob("*") if p.suffix in (".html", ".json", ".xml"))
    assert "informant" not in text
    assert "people/john-doe" not in text


def test_own_templates_replace_the_packaged_ones(tmp_path: Path) -> None:
    """A template in the dossier's own folder wins, the others stay."""
    folder = dossier_in(tmp_path, ENTRIES)
    own = folder / "site_templates" / "pages"
    own.mkdir(parents=True)
    (own / "person.md.j2").write_text("# {{ title }}\n\nOur own page.\n")
    assert mkdocs(folder, "build", "--strict").returncode == 0
    assert "Our own page." in (folder / "site/people/jane-roe/index.html").read_text()
    assert "Our own page." not in (folder / "site/events/meeting/index.html").read_text()


def test_own_theme_files_replace_the_packaged_ones(tmp_path: Path) -> None:
    """A style sheet in the dossier's own site_templates/theme wins, without any setting."""
    folder = dossier_in(tmp_path, ENTRIES)
    own = folder / "site_templates" / "theme" / "assets"
    own.mkdir(parents=True)
    (own / "dossier.css").write_text("/* ours */")
    assert mkdocs(folder, "build", "--strict").returncode == 0
    assert (folder / "site/assets/dossier.css").read_text() == "/* ours */"


def test_a_broken_template_is_a_plain_error(tmp_path: Path) -> None:
    """A mistake in a template is named with file and line, without a traceback."""
    folder = dossier_in(tmp_path, ENTRIES)
    own = folder / "site_templates" / "pages"
    own.mkdir(parents=True)
    (own / "person.md.j2").write_text("# {{ title }}\n\n{{ page.nmae }}\n")
    done = mkdocs(folder, "build")
    assert done.returncode == 1
    assert "person.md.j2:3" in done.stderr
    assert "Traceback" not in done.stderr


def test_plain_mkdocs_builds_what_dossier_build_wrote(tmp_path: Path) -> None:
    """Without the plugin, strictly, with the same addresses and no dead link."""
    result = CliRunner().invoke(main, ["build", "--content", str(ROOT / "content"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.stderr
    assert "dossier" not in (tmp_path / "out" / "mkdocs.yml").read_text().partition("plugins:")[2].splitlines()[0]
    done = mkdocs(tmp_path / "out", "build", "--strict")
    assert (done.returncode, done.stderr.count("WARNING")) == (0, 0), done.stderr
    assert (tmp_path / "out/site/people/sergey-lavrov/index.html").is_file()
    assert dead_links(tmp_path / "out" / "site") == []


def test_dossier_build_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """The second build replaces the first, with nothing left over and nothing changed."""
    out = tmp_path / "out"
    command = ["build", "--content", str(ROOT / "content"), "--out", str(out)]
    assert CliRunner().invoke(main, command).exit_code == 0
    first = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    (out / "docs" / "stale.md").write_text("left over")
    assert CliRunner().invoke(main, command).exit_code == 0
    assert {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()} == first


def test_dossier_build_does_not_overwrite_a_folder_of_others(tmp_path: Path) -> None:
    """A folder that holds something else is left alone."""
    (tmp_path / "mine.txt").write_text("precious")
    result = CliRunner().invoke(main, ["build", "--content", str(ROOT / "content"), "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert (tmp_path / "mine.txt").read_text() == "precious"
