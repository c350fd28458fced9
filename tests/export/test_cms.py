"""The settings of the browser form, and how values go into the form and back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.export import cms, schemas
from dossier.export.cms.fields import MARKDOWN, PAIRS, PROSE
from dossier.model import Ref
from dossier.schema import KIND_OF, KINDS
from tests.conftest import ROOT

NAMES = {Ref("people", "jane-roe"): "Jane Roe", Ref("countries", "austria"): "Austria", Ref("claims", "one"): "One"}
WIDGETS = {"string", "text", "markdown", "select", "boolean", "relation", "list", "object", "hidden"}
DECAP = "7c1efd6b616b4786e279aeef194dd21649a72058d3bc8d1f78901b574610dfb8"


def known(text: str, kinds: tuple[str, ...]) -> str:
    """References as they stand, in full."""
    return text if "/" in text or not kinds else f"{kinds[0]}/{text}"


def widgets(settings: Any) -> Iterator[dict[str, Any]]:
    """A widget's settings, and those of every widget within it."""
    yield settings
    for one in [*settings.get("fields", []), *([settings["field"]] if "field" in settings else [])]:
        yield from widgets(one)


def every(fields: tuple[cms.Field, ...]) -> Iterator[cms.Field]:
    for field in fields:
        yield field
        yield from every(field.within)


@pytest.mark.parametrize("kind", KIND_OF)
def test_the_form_has_every_field(kind: str) -> None:
    """Every field of the schema, and every field within one, stands in the form of its kind, with what it means."""
    shown = {field.name: field for field in cms.fields(kind)}
    assert [*sorted(shown)] == [*sorted(KIND_OF[kind].schema.model_fields)]
    defs = schemas.schema(kind, ())["$defs"]
    for name, node in schemas.schema(kind, ())["properties"].items():
        assert shown[name].hint.startswith(node["description"])
        for target in re.findall(r"#/\$defs/(\w+)", json.dumps(node)):
            for part in defs.get(target, {}).get("properties", {}):
                assert part in {field.name for field in every(shown[name].within)}, (name, part)


def test_settings_are_a_collection_a_kind() -> None:
    """Each keeps its files as kind/id.yml, and gives every field a widget that is shipped with the form."""
    settings = cms.settings(NAMES)
    assert [one["folder"] for one in settings["collections"]] == [kind.folder for kind in KINDS]
    for collection in settings["collections"]:
        assert collection["extension"] == "yml"
        for widget in (one for field in collection["fields"] for one in widgets(field)):
            assert widget["widget"] in WIDGETS
            if widget["widget"] == "relation":
                assert widget["collection"] in KIND_OF
    assert json.loads(cms.config(NAMES)) == settings


def test_references_to_several_kinds_are_chosen_from_a_list() -> None:
    """Of the entries that there are, and only those that may stand there."""
    events = next(one for one in cms.settings(NAMES)["collections"] if one["name"] == "events")
    who = next(one for field in events["fields"] for one in widgets(field) if one["name"] == "who")
    assert [option["value"] for option in who["options"]] == ["countries/austria", "people/jane-roe"]
    country = next(field for field in events["fields"] if field["name"] == "country")
    assert (country["widget"], country["collection"]) == ("relation", "countries")


def test_a_date_is_a_text_with_a_form() -> None:
    """So that a date that is less than a day can be typed, and no calendar makes it more exact."""
    date = next(field for field in cms.fields("events") if field.name == "date")
    assert date.shape == "line"
    assert date.pattern
    assert "2022-07~" in date.hint
    assert re.search(date.pattern[0], "2022-07~")
    assert not re.search(date.pattern[0], "last May")


def test_the_lists_of_names_name_fields() -> None:
    """What is told by a field's name is told of a field that there is."""
    there = {field.name for kind in KIND_OF for field in every(cms.fields(kind))}
    assert {*PROSE, *MARKDOWN, *PAIRS} <= there


CASES: list[tuple[str, str, Any, Any]] = [
    ("people", "aliases", ["J. Roe", {"name": "R", "lang": "en"}], [{"name": "J. Roe"}, {"name": "R", "lang": "en"}]),
    ("people", "nationality", ["austria", "countries/norway"], ["austria", "norway"]),
    ("people", "identifiers", {"wikidata": "Q1"}, [{"name": "wikidata", "value": "Q1"}]),
    ("people", "draft", "true", True),
    ("people", "positions", [{"title": "x", "country": "countries/austria"}], [{"title": "x", "country": "austria"}]),
    ("articles", "mentions", {"Price": "none"}, [{"name": "Price", "value": "none"}]),
    ("articles", "mentions", {"she": "people/jane-roe"}, [{"name": "she", "value": "people/jane-roe"}]),
    ("articles", "clean", "none", {"as_it_stands": True}),
    ("articles", "clean", {"drop": ["/^Ad/"]}, {"drop": ["/^Ad/"]}),
    ("articles", "quotes", [{"quote": "We talked", "speaker": "none"}], [{"quote": "We talked", "speaker": "none"}]),
    ("articles", "credibility", "2", "2"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "typed", "form"), CASES)
def test_values_go_into_the_form_and_back(kind: str, name: str, typed: Any, form: Any) -> None:
    """A value that was not changed is given back as it was typed."""
    field = next(field for field in cms.fields(kind) if field.name == name)
    assert cms.shown([field], {name: typed}, known) == {name: form}
    assert cms.written(field, form, typed, known) == typed


def test_a_changed_row_leaves_the_others_as_they_were_typed() -> None:
    """Also the order of their fields, and references in full."""
    field = next(field for field in cms.fields("people") if field.name == "positions")
    typed = [{"country": "countries/austria", "title": "Envoy"}, {"title": "Clerk", "country": "countries/norway"}]
    form = [{"title": "Envoy", "country": "austria"}, {"title": "Head clerk", "country": "norway"}]
    assert cms.written(field, form, typed, known) == [
        {"country": "countries/austria", "title": "Envoy"},
        {"title": "Head clerk", "country": "countries/norway"},
    ]


def test_what_a_form_adds_is_not_written() -> None:
    """Empty texts, empty rows, and switches that are off."""
    field = next(field for field in cms.fields("people") if field.name == "links")
    assert cms.written(field, [{"title": "", "url": ""}, {}], None, known) is None
    flag = next(field for field in cms.fields("people") if field.name == "draft")
    assert cms.written(flag, False, "true", known) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=12,
)


@given(st.sampled_from([field for kind in KIND_OF for field in cms.fields(kind)]), JSON)
def test_a_value_of_another_shape_is_not_shown(field: cms.Field, value: Any) -> None:
    """A form never gets what it cannot draw: whatever stands in the file, a list is a list, a text a text."""
    found = cms.shown([field], {field.name: value}, known).get(field.name)
    shapes = {"flag": bool, "list": list, "rows": list, "names": list, "pairs": list, "cleaning": dict}
    assert found is None or isinstance(found, shapes.get(field.shape, str))


def test_the_form_is_vendored_as_it_was_published() -> None:
    """The program is the one that the README beside it names, with its licence; nothing names another host."""
    folder = files("dossier.export.cms")
    admin = cms.files(NAMES)
    assert hashlib.sha256(admin["decap-cms.js"]).hexdigest() == DECAP
    assert DECAP in (folder / "README.md").read_text(encoding="utf-8")
    assert b"MIT License" in admin["LICENSE-decap-cms.txt"]
    for name in ("index.html", "start.js", "start.css"):
        assert not re.search(rb"(?:https?:)?//[a-z]", re.sub(rb"^\s*//.*$", b"", admin[name], flags=re.M)), name
    assert {path.name for path in (ROOT / "dossier/export/cms/admin").iterdir()} == {*admin} - {"config.yml"}
