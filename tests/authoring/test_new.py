"""`dossier new`: one commented file, never over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.schema import KIND_OF
from tests.authoring.conftest import Run, files_in


@pytest.mark.parametrize("kind", [kind for kind in KIND_OF if kind != "articles"])
def test_a_new_entry_is_sound(kind: str, here: Path, run: Run) -> None:
    """Its path is printed, and the dossier still has no problems."""
    result = run("new", kind, "Porto Verde")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"content/{kind}/porto-verde.yml\n", "")
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("NO", "no"),
        ("yes: no", "yes-no"),
        ('Ann "Bo" O’Hara', "ann-bo-o-hara"),
        ("Søren Łęcki-Ærø", "soren-lecki-aero"),
    ],
)
def test_awkward_names_are_kept(name: str, made: str, here: Path, run: Run) -> None:
    """The id is plain; the name is as it was typed."""
    assert run("new", "person", name).stdout == f"content/people/{made}.yml\n"
    assert run("check").exit_code == 0


def test_a_name_may_be_typed_without_quotes(here: Path, run: Run) -> None:
    """All further words belong to it."""
    assert run("new", "person", "John", "Doe").stdout == "content/people/john-doe.yml\n"


def test_the_schema_that_the_file_names_is_there(here: Path, run: Run) -> None:
    """Beside the content folder, and it knows the new entry."""
    run("new", "person", "John Doe")
    line = (here / "content/people/john-doe.yml").read_text(encoding="utf-8").splitlines()[0]
    schema = here / "content/people" / line.partition("$schema=")[2]
    assert schema.resolve() == here / ".dossier/schema/people.json"
    assert "people/john-doe" in (here / ".dossier/schema/events.json").read_text(encoding="utf-8")


def test_nothing_is_overwritten(here: Path, run: Run) -> None:
    """An id that exists is refused, also where the file cannot be read as an entry."""
    (here / "content/people/broken.yaml").write_bytes(b"\xff")
    before = files_in(here)
    for name in ("Jane Roe", "Broken"):
        result = run("new", "person", name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "is there already" in result.stderr
    assert files_in(here) == before


def test_a_namesake_is_mentioned(here: Path, run: Run) -> None:
    """The entry is written under the other id, and what to expect is said."""
    result = run("new", "person", "Jane A. Roe", "--id", "jane-roe-2")
    assert result.stdout == "content/people/jane-roe-2.yml\n"
    assert "people/jane-roe bears this name, too" in result.stderr


def test_stdout_writes_nothing(here: Path, run: Run) -> None:
    """The text of the file is printed instead."""
    before = files_in(here)
    text = run("new", "event", "Vienna talks", "--stdout").stdout
    assert files_in(here) == before
    run("new", "event", "Vienna talks")
    assert (here / "content/events/vienna-talks.yml").read_text(encoding="utf-8") == text


def test_a_country_is_joined_to_the_table(here: Path, run: Run) -> None:
    """By any of its names: it gets its id and its code."""
    assert run("new", "country", "Turkey").stdout == "content/countries/turkiye.yml\n"
    assert "\niso: TR\n" in (here / "content/countries/turkiye.yml").read_text(encoding="utf-8")
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["persn", "X"], "did you mean person?"),
        (["article", "X"], "dossier add"),
        (["topic", "外交部"], "--id"),
        (["topic", " "], "the name is empty"),
        (["topic", "a\x07b"], "cannot be printed"),
        (["topic", "Index"], "'index' is not an id"),
        (["topic", "X", "--id", "../x"], "'../x' is not an id"),
        (["country", "Korea"], "could be"),
        (["person"], "Missing argument"),
    ],
)
def test_wrong_usage_is_explained(arguments: list[str], said: str, here: Path, run: Run) -> None:
    """Exit status 2, nothing on standard output, nothing written."""
    before = files_in(here)
    result = run("new", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert files_in(here) == before


@pytest.mark.parametrize("command", ["new", "add", "init", "schema"])
def test_every_command_has_an_example(command: str, run: Run) -> None:
    """In its help."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example:\n    dossier {command} " in result.stdout
