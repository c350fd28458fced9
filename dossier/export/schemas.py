"""JSON Schema (draft 2020-12) of the entries, for editors: from the classes, with the dossier's own ids as values.

What an editor makes of a YAML file is not what dossier makes of it: there, `title: 1984` is a number.
So a text may be a number here, and a reference may be an id that is still to come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.model import Ref
from dossier.schema import KIND_OF, KINDS, Entry

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Where the schemas are, seen from the folder that the content folder stands in.
FOLDER = ".dossier/schema"

_TITLES = {
    "AliasFields": "Alias",
    "ArticleEntry": "Article",
    "CuratedQuote": "Quotation",
    "Archived url": "Archived URL",
    "Tlp": "TLP label",
    "Url": "URL",
}
_REFERENCE = re.compile(rf"(?:{'|'.join(KIND_OF)})/[a-z0-9-]+")
_FIRST = ("name", "title", "aliases", "summary")


def schema(kind: str, refs: Iterable[Ref]) -> Schema:
    """The JSON Schema of an entry of one kind; `refs` are what its references may point to.

    Raises KeyError for a kind that there is not.
    """
    written = KIND_OF[kind].schema.model_json_schema()
    found: dict[tuple[str, ...], None] = {}
    plain: Schema = _plain(written, found)
    plain["properties"] = {field: plain["properties"][field] for field in _in_order(kind)}
    known = sorted(refs)
    firsts = {f"{ref.kind}/": str(ref) for ref in reversed(known)}
    _use_own_ids(plain, firsts | {str(ref): str(ref) for ref in known})
    targets = {_target(kinds): _values(kinds, known) for kinds in found}
    head: Schema = {"$schema": DIALECT, "title": plain.pop("title"), "description": plain.pop("description")}
    defs = plain.pop("$defs", {}) | targets
    return head | plain | {"$defs": dict(sorted(defs.items()))}


def schemas(refs: Iterable[Ref]) -> dict[str, Schema]:
    """The JSON Schemas of all kinds, by folder."""
    known = [*refs]
    return {kind.folder: schema(kind.folder, known) for kind in KINDS}


def files(refs: Iterable[Ref]) -> Mapping[str, bytes]:
    """The JSON Schemas of all kinds as files: `people.json` and so on."""
    return {f"{kind}.json": f"{as_json(one)}\n".encode() for kind, one in schemas(refs).items()}


def as_json(value: object) -> str:
    """A schema, or several, as text."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _in_order(kind: str) -> list[str]:
    """The fields of a kind: what every entry should have, what only this kind has, the rest."""
    fields = KIND_OF[kind].schema.model_fields
    place = {field: n for n, field in enumerate(_FIRST)}
    return sorted(fields, key=lambda field: (place.get(field, 9), field in Entry.model_fields))


def _use_own_ids(node: Schema, ids: Mapping[str, str]) -> None:
    """Put ids of the dossier into examples that name entries it does not have: editors offer examples as values.

    `ids` are those of the dossier, and for each kind it has entries of (`people/`) the first of them.
    """
    for field in node.values():
        if isinstance(field, dict):
            if "examples" in field:
                field["examples"] = [_own(example, ids) for example in field["examples"]]
            _use_own_ids(field, ids)


def _own(example: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(example, list):
        return [*dict.fromkeys(_own(one, ids) for one in example)]
    if isinstance(example, str) and _REFERENCE.fullmatch(example):
        return ids.get(example) or ids.get(f"{example.partition('/')[0]}/", example)
    return example


def _plain(node: Any, found: dict[tuple[str, ...], None], name: str | None = None) -> Any:
    """A schema as editors show it best; the kinds that references point to are put into `found`."""
    if isinstance(node, list):
        return [_plain(item, found) for item in node]
    if not isinstance(node, dict):
        return node
    if "x-kinds" in node:
        kinds = (*node["x-kinds"],)
        found[kinds] = None
        rest = {key: value for key, value in node.items() if key in ("description", "examples")}
        return {"$ref": f"#/$defs/{_target(kinds)}"} | _titled(rest, name)
    if "anyOf" in node and {"type": "null"} in node["anyOf"]:
        return _plain(_needed(node), found, name)
    plain = {key: _below(key, value, found) for key, value in node.items()}
    if plain.get("default", ...) in (None, [], {}):
        del plain["default"]
    if plain.get("type") == "string" and not plain.keys() & {"enum", "const", "pattern", "format"}:
        plain |= {"type": ["string", "number", "boolean"], "minLength": 1}
    return _titled(plain, name)


def _below(key: str, value: Any, found: dict[tuple[str, ...], None]) -> Any:
    if key == "properties":
        return {field: _plain(one, found, field) for field, one in value.items()}
    if key == "$defs":
        return {name: _plain(one, found) for name, one in value.items()}
    return value if key in ("examples", "enum", "default", "required") else _plain(value, found)


def _needed(node: Schema) -> Schema:
    """An optional value without the null that stands for its absence: editors would offer it."""
    options = [option for option in node["anyOf"] if option != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return options[0] | rest if len(options) == 1 else {"anyOf": options} | rest


def _titled(node: Schema, name: str | None) -> Schema:
    title = name.replace("_", " ").capitalize() if name else node.get("title")
    return ({"title": _TITLES.get(title, title)} if title else {}) | {k: v for k, v in node.items() if k != "title"}


def _target(kinds: tuple[str, ...]) -> str:
    return "-or-".join(kinds) or "any-entry"


def kinds_at(target: str) -> tuple[str, ...]:
    """The kinds that a `$ref` to a reference stands for; none: any.

    >>> kinds_at("#/$defs/people-or-countries"), kinds_at("#/$defs/any-entry")
    (('people', 'countries'), ())
    """
    name = target.rpartition("/")[2]
    return () if name == _target(()) else tuple(name.split("-or-"))


def _values(kinds: tuple[str, ...], known: Iterable[Ref]) -> Schema:
    """What a reference to these kinds may be: one of the dossier's own, or anything of its form."""
    ids = [str(ref) for ref in known if not kinds or ref.kind in kinds]
    folders = "|".join(kinds or KIND_OF)
    # Two words of the YAML language server, which would list every id, or print the pattern.
    needed = f"a reference is needed here: {' or '.join(f'{kind}/<id>' for kind in kinds) or '<kind>/<id>'}"
    form = {
        "type": "string",
        "pattern": f"^(?:(?:{folders})/)?[a-z0-9]+(?:-[a-z0-9]+)*$",
        "patternErrorMessage": needed,
    }
    options = [{"enum": ids, "errorMessage": needed}, form] if ids else [form]
    return {"description": f"A reference: {_target(kinds).replace('-', ' ')}.", "anyOf": options}
