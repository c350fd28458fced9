"""`dossier suggest --write`: drafts of entries that stand up to `dossier check`, and overwrite nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossier import pipeline
from dossier.cli import main
from dossier.model import Ref
from dossier.schema import Organization, Person
from dossier.suggest import Suggestion
from dossier.suggest.entry import aliases

FIRST = """Envoy speaks

Envoy Henrik Vale spoke on Monday of the new bridge. Vale did not explain it to the people who had come to listen.

The National Bridge Authority (NBA) said that it would look at the bridge. The Authority was founded in Graz.

“We will look at it,” said Henrik J. Vale, the envoy. Vale then met officials of the National Bridge Authority in Graz.
"""
SECOND = """Envoy returns

Henrik Vale came back to Graz on Tuesday and told the NBA that the bridge was too long for the people of the town.

The National Bridge Authority thanked Vale for his report, and said that the bridge was as long as the river is wide.
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with two articles and no entries."""
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    (articles / "first.txt").write_text(FIRST, encoding="utf-8")
    (articles / "second.txt").write_text(SECOND, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return articles.parent


def suggest(*args: str) -> Result:
    return CliRunner().invoke(main, ["suggest", *args])


def test_a_draft_is_written_for_a_name(content: Path) -> None:
    """Its kind follows from the name, it says where the name was found, and it is a draft."""
    done = suggest("--write", "Henrik Vale")
    assert (done.exit_code, done.stdout) == (0, "content/people/henrik-vale.yml\n")
    text = (content / "people/henrik-vale.yml").read_text(encoding="utf-8")
    assert "\nname: Henrik Vale\n" in text
    assert "# Drafted from the articles: named 6 times, in 2 articles, the first is articles/first.\n" in text
    found = pipeline.survey(content)
    assert found.problems == ()
    entry = found.entries[Ref("people", "henrik-vale")]
    assert isinstance(entry, Person)
    assert entry.draft
    assert [alias.name for alias in entry.aliases] == ["Henrik J. Vale"]


def test_what_was_drafted_is_suggested_no_more(content: Path) -> None:
    """The draft bears the name; the page comes with the deletion of one line."""
    suggest("--write", "Henrik Vale")
    assert [one["name"] for one in json.loads(suggest("--json").stdout)] == ["National Bridge Authority", "Graz"]
    path = content / "people/henrik-vale.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("draft:")) + "\n", encoding="utf-8")
    found = pipeline.survey(content)
    assert not found.entries[Ref("people", "henrik-vale")].draft


def test_the_first_of_the_list_are_written(content: Path) -> None:
    """`--top N` takes the first N; each stands up to the check."""
    done = suggest("--write", "--top", "2")
    assert done.stdout.splitlines() == [
        "content/people/henrik-vale.yml",
        "content/organizations/national-bridge-authority.yml",
    ]
    assert done.stderr == "2 drafts written\n"
    found = pipeline.survey(content)
    assert found.problems == ()
    body = found.entries[Ref("organizations", "national-bridge-authority")]
    assert isinstance(body, Organization)
    assert ("NBA", "abbreviation") in {(alias.name, alias.type) for alias in body.aliases}


def test_nothing_is_overwritten(content: Path) -> None:
    """A file of that id, whatever is in it, stays as it is."""
    path = content / "people/henrik-vale.yaml"
    path.parent.mkdir()
    path.write_text("name: Somebody else\n", encoding="utf-8")
    done = suggest("--write", "Henrik Vale")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "Henrik Vale: people/henrik-vale is there already; passed over\n0 drafts written\n"
    assert path.read_text(encoding="utf-8") == "name: Somebody else\n"
    assert [p.name for p in path.parent.iterdir()] == ["henrik-vale.yaml"]


def test_a_place_needs_a_kind(content: Path) -> None:
    """Nothing is guessed: a place has no kind of its own, and gets the one that is given."""
    done = suggest("--write", "Graz")
    assert (done.stdout, done.stderr.splitlines()[0]) == (
        "",
        "Graz: is a place, for which there is no kind; write one with --kind",
    )
    done = suggest("--write", "Graz", "--kind", "topic")
    assert done.stdout == "content/topics/graz.yml\n"
    assert pipeline.survey(content).problems == ()


def test_names_narrow_the_list(content: Path) -> None:
    """A suggestion is found by any of its forms, and a name that is not suggested is wrong usage."""
    assert len(suggest("NBA").stdout.splitlines()) == 2
    done = suggest("Hendrik Vale")
    assert done.exit_code == 2
    assert "did you mean Henrik Vale?" in done.stderr


@pytest.mark.parametrize(
    "args", [["--write"], ["--write", "--json", "Graz"], ["--kind", "topic", "Graz"], ["--write", "--top", "0"]]
)
def test_wrong_usage_writes_nothing(content: Path, args: list[str]) -> None:
    """What to write has to be said."""
    assert suggest(*args).exit_code == 2
    assert [path.name for path in content.iterdir()] == ["articles"]


def test_aliases_that_others_bear_are_left_out() -> None:
    """A form that is the name of another entry would be a problem, and a part of a person's name needs no alias."""
    one = Suggestion("Henrik Vale", "person", 3, (), "", "Henrik J. Vale", ("Vale", "Henrik J. Vale", "Hank Vale"))
    assert [*aliases(one, {"hank vale"})] == ["Henrik J. Vale"]
    body = Suggestion("Bridge Authority", "organization", 3, (), "", "Bridge Authority", ("Authority", "BA"))
    assert [*aliases(body, ())] == [{"name": "Authority", "type": "weak"}, {"name": "BA", "type": "abbreviation"}]
