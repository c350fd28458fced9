"""The text of new files: names as ids and as YAML, examples that hold."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import countries, pipeline
from dossier.export import drafts, schemas
from dossier.load import load
from dossier.model import Ref
from dossier.schema import KIND_OF
from dossier.schema.fields import ID
from dossier.unseen import without

AWKWARD = [
    "NO", "yes: no", "null", "~", "1e3", "012", "2022-10", "- a", "a #b", "a: b", "'quoted'", 'say "no"', "back\\slash",
    "{a: b}", "[a]", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "?", "a,b", "O’Neill", "Jan Novák", "外交部",
    "😀 a", "a\u200db", "true", "#", "…", "a:", "-", "---", "...",
    ".inf", "0x1F", "on", "=", "<<", "a\u2028b",
]  # fmt: skip
KINDS = [kind for kind in KIND_OF if kind != "articles"]


def loaded(kind: str, text: str) -> tuple[dict[str, object], list[str]]:
    """A file's fields as dossier reads them, and its problems."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, kind, "one.yml")
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        content = load(Path(folder))
    return content.documents[Ref(kind, "one")].data, [str(problem) for problem in content.problems]


def uncommented(text: str) -> str:
    """A draft with the # taken away before every field."""
    return re.sub(r"^#(?=[a-z_]+:|  )", "", text, flags=re.M)


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_name_is_what_was_typed(name: str) -> None:
    """Whatever YAML would make of it."""
    assert loaded("people", f"name: {drafts.scalar(name)}\n") == ({"name": name}, [])
    assert loaded("people", f"aliases: [{drafts.scalar(name)}]\n") == ({"aliases": [name]}, [])


@given(st.text(min_size=1))
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    """A scalar stands on one line, and loses nothing (no name has characters that nobody sees)."""
    name = without("".join(char for char in text if char > "\x1f")) or "x"
    written = drafts.scalar(name)
    assert "\n" not in written
    assert loaded("people", f"name: {written}\n") == ({"name": name}, [])


@given(st.text())
def test_an_id_made_of_a_name_is_an_id(name: str) -> None:
    """Or nothing, where the name has no letter that an id can have."""
    made = drafts.slug(name)
    assert made == "" or ID.fullmatch(made)
    assert len(made) <= drafts.LONGEST_ID
    assert drafts.slug(made) == made


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_its_name_only(kind: str) -> None:
    """Everything else is a comment."""
    text = drafts.entry_draft(kind, "Jane: Roe", schemas.schema(kind, []))
    assert text.startswith(f"# yaml-language-server: $schema=../../.dossier/schema/{kind}.json\nname: ")
    assert loaded(kind, text) == ({"name": "Jane: Roe"}, [])


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_stands_in_a_draft_once(kind: str) -> None:
    """With the # taken away, the file has every field of the kind."""
    fields, problems = loaded(kind, uncommented(drafts.entry_draft(kind, "Jane Roe", schemas.schema(kind, []))))
    assert problems == []
    assert sorted(fields) == sorted(KIND_OF[kind].schema.model_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_a_draft_are_right(kind: str, tmp_path: Path) -> None:
    """With the # taken away, nothing is wrong but that entries, articles and pictures of the examples are not there."""
    path = tmp_path / kind / "jane-roe.yml"
    path.parent.mkdir()
    draft = drafts.entry_draft(kind, "Jane Roe", schemas.schema(kind, countries.builtin()))
    path.write_text(uncommented(draft), encoding="utf-8")
    rules = {problem.rule for problem in pipeline.survey(tmp_path).problems}
    assert rules <= {"dangling-reference", "quote-without-article", "file"}


def test_the_examples_of_an_article_are_right(tmp_path: Path) -> None:
    """Every example of a field of an article's metadata is a value that it takes."""
    schema = schemas.schema("articles", countries.builtin())
    lines = [
        f"{field}: {drafts.flow(about['examples'][0])}"
        for field, about in schema["properties"].items()
        if "examples" in about
    ]
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.yml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (folder / "one.txt").write_text("Price met Roe in Vienna. They talked for an hour.\n", encoding="utf-8")
    assert {problem.rule for problem in pipeline.survey(tmp_path).problems} <= {"dangling-reference"}


def test_a_person_has_guesses_as_comments() -> None:
    """The last word is often the family name; it is no more than a guess."""
    text = drafts.entry_draft("people", "Jane A. Roe", schemas.schema("people", []))
    assert "(A guess.)\n#given_name: Jane A.\n" in text
    assert "(A guess.)\n#family_name: Roe\n" in text
    assert "guess" not in drafts.entry_draft("people", "Madonna", schemas.schema("people", []))
