"""The JSON Schemas that editors are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import edtf
from dossier.export import schemas
from dossier.model import Ref
from dossier.schema import KIND_OF, KINDS
from tests.authoring.conftest import Run, files_in

REFS = [Ref("people", "jane-roe"), Ref("countries", "austria"), Ref("articles", "2024-05-06-talks")]
KEYWORDS = {
    "$schema", "$ref", "$defs", "title", "description", "examples", "default", "type", "enum", "const", "pattern",
    "format", "errorMessage", "patternErrorMessage", "properties", "additionalProperties", "required",
    "items", "anyOf", "oneOf",
}  # fmt: skip
TYPES = {"string", "number", "integer", "boolean", "object", "array"}


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and every schema within it."""
    yield schema
    for key in ("properties", "$defs"):
        for one in schema.get(key, {}).values():
            yield from nodes(one)
    for key in ("anyOf", "oneOf"):
        for one in schema.get(key, []):
            yield from nodes(one)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from nodes(schema[key])


@pytest.mark.parametrize("kind", KIND_OF)
def test_a_schema_is_json_schema(kind: str) -> None:
    """Only keywords of draft 2020-12, and two of the YAML language server; every $ref leads somewhere."""
    schema = schemas.schema(kind, REFS)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(schemas.as_json(schema)) == schema
    for node in nodes(schema):
        assert node.keys() <= KEYWORDS
        types = node.get("type", [])
        assert {types} <= TYPES if isinstance(types, str) else {*types} <= TYPES
        assert all(
            isinstance(node[key], list) and node[key] for key in ("enum", "anyOf", "oneOf", "examples") if key in node
        )
        assert all(isinstance(node[key], str) for key in ("title", "description", "pattern", "format") if key in node)
        re.compile(node.get("pattern", ""))
        if "$ref" in node:
            assert node["$ref"].removeprefix("#/$defs/") in schema["$defs"]


@pytest.mark.parametrize("kind", KIND_OF)
def test_every_field_is_explained(kind: str) -> None:
    """Each field, also within a field, has a title, a description, and an example of its own or of its parts."""
    schema = schemas.schema(kind, REFS)
    assert [*sorted(schema["properties"])] == [*sorted(KIND_OF[kind].schema.model_fields)]
    for node in nodes(schema):
        for name, field in node.get("properties", {}).items():
            assert field["title"], name
            assert field["description"], name
            assert "examples" in field or "$ref" in field["items"], name


@pytest.mark.parametrize("kind", KIND_OF)
def test_a_schema_refuses_what_is_not_a_field(kind: str) -> None:
    """Fields that are not named are refused, a name is needed, and null is never offered: dossier refuses it."""
    schema = schemas.schema(kind, REFS)
    assert schema["additionalProperties"] is False
    assert schema.get("required", []) == ([] if kind == "articles" else ["name"])
    assert "null" not in [node.get("type") for node in nodes(schema)]


def test_references_offer_the_ids_of_the_dossier() -> None:
    """Those of the kinds that a field takes, and others of the right form are not refused."""
    schema = schemas.schema("people", REFS)
    assert schema["properties"]["nationality"]["items"]["$ref"] == "#/$defs/countries"
    known, form = schema["$defs"]["countries"]["anyOf"]
    assert known["enum"] == ["countries/austria"]
    assert re.search(form["pattern"], "countries/norway")
    assert re.search(form["pattern"], "norway")
    assert not re.search(form["pattern"], "people/jane-roe")
    assert not re.search(form["pattern"], "Norway")


def test_examples_name_entries_of_the_dossier() -> None:
    """Where it has some of the kind, since editors offer examples as values; else they show the form."""
    properties = schemas.schema("events", REFS)["properties"]
    assert properties["country"]["examples"] == ["countries/austria"]
    assert properties["part_of"]["examples"] == ["events/g20-ministers-new-delhi"]
    assert schemas.schema("people", REFS)["$defs"]["Citation"]["properties"]["article"]["examples"] == [str(REFS[2])]


def test_references_of_an_empty_dossier_have_a_form_only() -> None:
    """An empty list of values would be no JSON Schema."""
    assert [*schemas.schema("events", [])["$defs"]["topics"]["anyOf"][0]] == ["type", "pattern", "patternErrorMessage"]


def test_an_alias_is_a_text_or_fields() -> None:
    """And so editors take both."""
    text, fields = schemas.schema("people", [])["properties"]["aliases"]["items"]["anyOf"]
    assert "string" in text["type"]
    assert fields == {"$ref": "#/$defs/AliasFields"}


DATES = st.from_regex(r"-?\d{1,4}X{0,2}(-(\d\d|XX)(-(\d\d|XX))?)?[?~%]?(/(\d{4}(-\d\d)?|\.\.)?)?", fullmatch=True)


@given(
    DATES | st.sampled_from(["2022", "../2024", "/2024", "2022-02-24/", "2022-21", "Y-17000", "2022-03-04T05:06:07Z"])
)
def test_every_date_that_dossier_reads_has_the_form_in_the_schema(text: str) -> None:
    """The pattern may let through a day that does not exist, but refuses no date that does."""
    pattern = schemas.schema("events", [])["properties"]["date"]["pattern"]
    try:
        edtf.parse(text)
    except ValueError:
        return
    assert re.search(pattern, text)


def test_the_command_prints_one_kind_or_all(here: Path, run: Run) -> None:
    """All: one object, the schemas by folder. The kind may be called as one or as many."""
    everything = json.loads(run("schema").stdout)
    assert [*everything] == [kind.folder for kind in KINDS]
    assert json.loads(run("schema", "people").stdout) == everything["people"]
    assert json.loads(run("schema", "Person").stdout) == everything["people"]
    assert (
        "people/jane-roe" in everything["events"]["$defs"]["people-or-organizations-or-countries"]["anyOf"][0]["enum"]
    )


def test_an_unknown_kind_is_wrong_usage(here: Path, run: Run) -> None:
    """The message says which kinds there are."""
    result = run("schema", "persn")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean person?" in result.stderr


def test_the_command_writes_a_file_a_kind(here: Path, run: Run) -> None:
    """Into a folder, and prints their paths; a second time replaces them."""
    for _ in range(2):
        result = run("schema", "--out", ".dossier/schema")
        assert result.exit_code == 0
        assert result.stdout.splitlines() == [f".dossier/schema/{kind.folder}.json" for kind in KINDS]
    written = files_in(here / ".dossier/schema")
    assert json.loads(written["people.json"]) == json.loads(run("schema", "people").stdout)


def test_a_broken_dossier_still_has_schemas(here: Path, run: Run) -> None:
    """An editor needs them most while something is wrong."""
    (here / "content/people/ned.yml").write_text("name: [\n", encoding="utf-8")
    assert "people/ned" in run("schema", "events").stdout
