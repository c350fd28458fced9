"""The fields of a browser form, from the JSON Schema of a kind, and the values that they show.

A form wants lists where a curator may write a text (`aliases`), or a mapping (`mentions`). So every field
has a shape here, and a value goes through it twice: as the file has it, and as the form shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dossier.export.schemas import Schema, kinds_at, schema
from dossier.model import Ref

Shape = Literal[
    "line", "prose", "markdown", "choice", "grade", "flag", "reference", "list", "rows", "names", "pairs", "cleaning"
]

#: Texts of more than a few words, wherever they stand.
PROSE = frozenset(["summary", "statement", "outcome", "notes", "quote", "note", "says"])
#: Texts that are read as Markdown.
MARKDOWN = frozenset(["description", "assessment"])
#: What a mapping's keys and values are called in a form.
PAIRS: Mapping[str, tuple[str, str]] = {"identifiers": ("Catalogue", "Number"), "mentions": ("Words", "Entry")}
NOTHING: tuple[Any, ...] = (None, "", [], {}, False)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `options` are the values to choose from, `kinds` what a reference may point to (none named: anything),
    `nobody` tells that the word none may stand for a reference, `one` is what an item of a list is called, and
    `within` are the fields of each row, of each item (one) or of each pair (two).
    """

    name: str
    label: str
    hint: str
    shape: Shape
    needed: bool = False
    pattern: tuple[str, str] | None = None
    options: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    nobody: bool = False
    one: str = ""
    within: tuple[Field, ...] = ()


@cache
def fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind, in the order of its schema."""
    return _fields(whole := schema(kind, ()), whole["$defs"])


def _fields(node: Schema, defs: Mapping[str, Schema]) -> tuple[Field, ...]:
    needed = node.get("required", [])
    return tuple(_field(name, one, defs, name in needed) for name, one in node["properties"].items())


def _field(name: str, node: Schema, defs: Mapping[str, Schema], needed: bool = False) -> Field:
    label, hint = node.get("title", name), _hint(node)

    def made(shape: Shape, **more: Any) -> Field:
        return Field(name, label, hint, shape, needed, **more)

    match node:
        case {"$ref": target}:
            return made("reference", kinds=kinds_at(target), nobody="none:" in hint)
        case {"items": {"anyOf": [_, {"$ref": target}]}}:
            return made("names", one=_at(target, defs)["title"].lower(), within=_fields(_at(target, defs), defs))
        case {"items": {"$ref": target}} if "properties" in _at(target, defs):
            return made("rows", one=_at(target, defs)["title"].lower(), within=_fields(_at(target, defs), defs))
        case {"items": item}:
            return made(
                "list", one=label.lower().removesuffix("s"), within=(_field("item", {"title": label, **item}, defs),)
            )
        case {"oneOf": [_, {"$ref": target}]}:
            return made("cleaning", within=_fields(_at(target, defs), defs))
        case {"additionalProperties": dict(value)}:
            first, second = PAIRS.get(name, ("Name", "Value"))
            told = _field("value", {"title": second, **value}, defs)
            nobody = told.shape == "reference" and "none:" in hint
            told = Field("value", second, "", told.shape, True, kinds=told.kinds, nobody=nobody)
            return made(
                "pairs", one=f"{first.lower().removesuffix('s')}", within=(Field("name", first, "", "line", True), told)
            )
        case {"enum": [int(), *_] as grades}:
            return made("grade", options=tuple(map(str, grades)))
        case {"enum": options}:
            return made("choice", options=tuple(options))
        case {"type": "boolean"}:
            return made("flag")
        case {"pattern": pattern}:
            told = node.get("patternErrorMessage", f"write it like this: {node['examples'][0]}")
            return made("line", pattern=(pattern, told))
    return made("markdown" if name in MARKDOWN else "prose" if name in PROSE else "line")


def _at(target: str, defs: Mapping[str, Schema]) -> Schema:
    return defs[target.rpartition("/")[2]]


def _hint(node: Schema) -> str:
    """What a field means, with an example that a form can show."""
    meaning = str(node.get("description", ""))
    if "patternErrorMessage" in node:
        return f"{meaning} {node['patternErrorMessage'].partition(': ')[2]}"
    example = (node.get("examples") or [None])[0]
    if isinstance(example, list):
        example = ", ".join(map(str, example))
    return f"{meaning} For example: {example}" if isinstance(example, str) and "enum" not in node else meaning


def shown(all_fields: Iterable[Field], data: Mapping[str, Any], known: Callable[[str, tuple[str, ...]], str]) -> Any:
    """The values of a file as a form shows them, without those whose shape is not as it should be.

    `known(text, kinds)` is the reference that a text stands for, in full.
    """
    found = {f.name: value for f in all_fields if f.name in data and not _empty(value := _show(f, data[f.name], known))}
    return found | {name: value for name, value in data.items() if name not in {f.name for f in all_fields}}


def _show(field: Field, value: Any, known: Callable[[str, tuple[str, ...]], str]) -> Any:
    """A value as the form shows it; None where it has another shape."""

    def rows(items: Iterable[Any]) -> list[Any] | None:
        found = [shown(field.within, item, known) if isinstance(item, dict) else None for item in items]
        return found if None not in found else None

    match field.shape, value:
        case "flag", str():
            return {"true": True}.get(value, False)
        case "reference", str():
            return value if field.nobody and value == "none" else _pointing(known(value, field.kinds), field)
        case (("line" | "prose" | "markdown" | "choice" | "grade"), str()):
            return value
        case "list", list():
            found = [_show(field.within[0], item, known) for item in value]
            return found if None not in found else None
        case "rows", list():
            return rows(value)
        case "names", list():
            return rows({"name": item} if isinstance(item, str) else item for item in value)
        case "pairs", dict():
            return rows({"name": name, "value": one} for name, one in value.items())
        case "cleaning", "none":
            return {"as_it_stands": True}
        case "cleaning", dict():
            return shown(field.within, value, known)
    return None


def _pointing(reference: str, field: Field) -> str:
    """A reference as its field's list has it: the id alone where all are of one kind."""
    return reference.rpartition("/")[2] if len(field.kinds) == 1 else reference


def written(field: Field, value: Any, before: Any, known: Callable[[str, tuple[str, ...]], str]) -> Any:
    """A value of a form as the file is to have it; `before` is what it has, kept wherever it says the same.

    None stands for a field that is to be taken out.
    """
    value = bare(value)
    if _empty(value):
        return None
    if before is not None and bare(_show(field, before, known)) == value:
        return before
    old = before if isinstance(before, list) else []

    def row(n: int, item: Mapping[str, Any]) -> Any:
        same = next((one for one in old if _shown_alike(field, one, item, known)), None)
        if same is not None:
            return same
        was = old[n] if n < len(old) and isinstance(old[n], dict) else {}
        made = {f.name: written(f, item.get(f.name), was.get(f.name), known) for f in field.within}
        made |= {name: one for name, one in item.items() if name not in made}
        return {name: one for name, one in made.items() if one is not None}

    match field.shape:
        case "flag":
            return True
        case "grade":
            return int(value)
        case "list":
            kept = {str(_show(field.within[0], one, known)): one for one in old}
            return [kept.get(str(item), item) for item in value]
        case "rows":
            return [row(n, item) for n, item in enumerate(value)]
        case "names":
            made = [row(n, item) for n, item in enumerate(value)]
            return [item["name"] if isinstance(item, dict) and item.keys() == {"name"} else item for item in made]
        case "pairs":
            return {str(item.get("name", "")): str(item.get("value", "")) for item in value}
        case "cleaning":
            if value.get("as_it_stands"):
                return "none"
            return row(0, value) or None
    return str(value)


def _shown_alike(field: Field, one: Any, item: Any, known: Callable[[str, tuple[str, ...]], str]) -> bool:
    """Whether a row of the file says what a row of the form says."""
    found = _show(field, [one], known)
    return bool(found) and bare(found[0]) == item


def bare(value: Any) -> Any:
    """A value of a form without what a form adds: empty texts, lists and fields, and blanks around texts.

    >>> bare({"name": " Jane ", "lang": "", "draft": False, "links": [{}]})
    {'name': 'Jane'}
    """
    match value:
        case dict():
            return {name: one for name, item in value.items() if not _empty(one := bare(item))}
        case list():
            return [one for item in value if not _empty(one := bare(item))]
        case str():
            return value.replace("\r\n", "\n").strip()
    return value


def _empty(value: Any) -> bool:
    return value in NOTHING


def label_of(ref: Ref, name: str) -> str:
    """What a reference is called in a list of entries of several kinds."""
    return f"{name} · {ref.kind}"
