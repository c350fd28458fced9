"""The JSON Schemas that editors are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dossier import countries, edtf
from dossier.export import schemas
from dossier.load import load
from dossier.model import Ref
from dossier.schema import KIND_OF, KINDS
from dossier.validate import entries
from tests.authoring.conftest import Run, files_in
from tests.conftest import ROOT

REFS = [Ref("people", "jane-roe"), Ref("countries", "austria"), Ref("articles", "2024-05-06-talks")]
KEYWORDS = {
    "$schema", "$ref", "$defs", "title", "description", "examples", "default", "type", "enum", "const", "pattern",
    "format", "minLength", "errorMessage", "patternErrorMessage", "properties", "additionalProperties", "required",
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


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2, where 2022-10-01 and NO are texts."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", "~|null|Null|NULL|", "~nN"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), [*first])


@cache
def complaints(content: Path) -> dict[str, list[str]]:
    """What an editor marks in each entry of a content folder, by its path; files that are no YAML are left out."""
    loaded = load(content)
    known = frozenset(entries(loaded, countries.builtin())[0])
    found = {}
    for path in sorted(content.glob("*/*.yml")):
        if path.parent.name not in KIND_OF:
            continue
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), EditorLoader)
        except (yaml.YAMLError, UnicodeDecodeError, OSError):
            continue
        validator = Draft202012Validator(schemas.schema(path.parent.name, known))
        errors = validator.iter_errors({} if data is None else data)
        found[f"{path.parent.name}/{path.name}"] = [f"{error.json_path}: {error.message}" for error in errors]
    return found


@pytest.mark.parametrize("content", [ROOT / "content", ROOT / "tests/golden/vienna/content"], ids=["seed", "vienna"])
def test_editors_find_nothing_wrong_with_sound_entries(content: Path) -> None:
    """The entries of this repository, and those that use every field of every kind."""
    found = complaints(content)
    assert len(found) > 10
    assert {path: told for path, told in found.items() if told} == {}


#: Rules that a schema can know of.
FORMAL = {
    "unknown-field", "missing-field", "wrong-type", "not-allowed", "date", "url", "format", "reference",
    "reference-kind", "null", "empty",
}  # fmt: skip
#: What is wrong in a way that only dossier knows.
DEEPER = (
    "no country has the code",  # a list of countries
    "does not exist: ",  # a calendar
    "could be ",  # an id that entries of two kinds have
    "an empty text",  # blanks
)


def faulty() -> Iterator[tuple[Path, str, str]]:
    """The dossiers that have such a fault, the file that has it, and what is said of it."""
    for told in sorted((ROOT / "tests/faults").glob("*/expected.txt")):
        for line in told.read_text(encoding="utf-8").splitlines():
            found = re.fullmatch(r"content/(\w+/[^/:]+\.yml):\d+:\d+: (.*) \[([a-z-]+)\]", line)
            if found and found[3] in FORMAL and not any(words in found[2] for words in DEEPER):
                yield told.parent / "content", found[1], found[2]


FAULTY = [*faulty()]


@pytest.mark.parametrize(("content", "path", "message"), FAULTY, ids=[f"{one[0].parent.name}" for one in FAULTY])
def test_editors_mark_what_a_schema_can_know(content: Path, path: str, message: str) -> None:
    """Fields that there are not, values of another form, references to another kind: while they are typed."""
    found = complaints(content)
    assert path not in found or found[path], message


def test_there_are_faults_to_mark() -> None:
    """So that the test above is about something."""
    assert len(FAULTY) > 50
    assert sum(path in complaints(content) for content, path, _ in FAULTY) > 0.9 * len(FAULTY)


def test_the_settings_for_vs_code_give_every_kind_its_schema() -> None:
    """Those of a new dossier: for entries without a first line, too."""
    settings = json.loads((ROOT / "dossier/export/example/vscode/settings.json").read_text(encoding="utf-8"))
    given_out = settings["yaml.schemas"]
    for kind in KINDS:
        (schema,) = [name for name in given_out if name.endswith(f"/{kind.folder}.json")]
        assert f"{kind.folder}/" in json.dumps(given_out[schema])
