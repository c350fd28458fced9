"""A browser form for people who do not write YAML: Decap CMS, with settings made from the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files as resources
from typing import Any

from dossier.export.cms.fields import Field, bare, fields, label_of, shown, written
from dossier.model import Ref
from dossier.schema import KINDS, Kind

__all__ = [
    "ADDRESS",
    "CONFIG",
    "FILES",
    "Field",
    "bare",
    "config",
    "fields",
    "file",
    "files",
    "settings",
    "shown",
    "written",
]

#: Where the form asks for entries and sends them, on the machine that it came from.
ADDRESS = "/api/v1"
#: What a person can do in the editor of Markdown: nothing that the site would show as plain text.
_BUTTONS = ["bold", "italic", "link", "quote", "bulleted-list", "numbered-list"]
CONFIG = "config.yml"
FILES = (
    "index.html", "start.js", "start.css", "decap-cms.js", "decap-cms.js.LICENSE.txt", "LICENSE-decap-cms.txt"
)  # fmt: skip


def files(names: Mapping[Ref, str]) -> Mapping[str, bytes]:
    """The folder `admin/`, by path in it; `names` are the entries that references may point to."""
    return {CONFIG: config(names), **{name: file(name) for name in FILES}}


def file(name: str) -> bytes:
    """One of the files that are the same for every dossier."""
    return (resources("dossier.export.cms") / "admin" / name).read_bytes()


def config(names: Mapping[Ref, str]) -> bytes:
    """The settings as a file in JSON, which is YAML, too."""
    return f"{json.dumps(settings(names), ensure_ascii=False, indent=1)}\n".encode()


def settings(names: Mapping[Ref, str]) -> dict[str, Any]:
    """The form's settings: a collection a kind, a widget a field."""
    return {
        "backend": {"name": "proxy", "proxy_url": ADDRESS, "branch": "main"},
        "publish_mode": "simple",
        "show_preview_links": False,
        "media_folder": "pictures",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "collections": [_collection(kind, names) for kind in KINDS],
    }


def _collection(kind: Kind, names: Mapping[Ref, str]) -> dict[str, Any]:
    """The settings of a kind. Articles come by `dossier add`: here only what is known of them is edited."""
    article = kind.folder == "articles"
    name = "title" if article else "name"
    return {
        "name": kind.folder,
        "label": kind.plural,
        "label_singular": kind.singular,
        "description": f"{kind.schema.__doc__}" + (" (dossier add takes new ones in.)" if article else ""),
        "folder": kind.folder,
        "extension": "yml",
        "format": "json",  # on the way between form and dossier; the files are YAML
        "create": not article,
        "delete": not article,
        "editor": {"preview": article},  # its text, to copy words from
        "identifier_field": name,
        "summary": "{{filename}}" if article else "{{name}}",
        "slug": "{{fields._id}}",
        "sortable_fields": [name, "date"] if article or kind.folder == "events" else [name],
        "fields": [
            *(_widget(field, names) for field in fields(kind.folder)),
            {"name": "_id", "label": "Id", "widget": "hidden", "required": False},
        ],
    }


def _widget(field: Field, names: Mapping[Ref, str]) -> dict[str, Any]:
    """The settings of one field."""
    common = {"name": field.name, "label": field.label, "required": field.needed}
    common |= {"hint": field.hint} if field.hint else {}
    common |= {"pattern": [*field.pattern]} if field.pattern else {}
    within = [_widget(one, names) for one in field.within]
    match field.shape:
        case "line":
            return {**common, "widget": "string"}
        case "prose":
            return {**common, "widget": "text"}
        case "markdown":
            return {**common, "widget": "markdown", "buttons": _BUTTONS, "editor_components": [], "minimal": True}
        case "choice" | "grade":
            return {**common, "widget": "select", "options": [*field.options]}
        case "flag":
            return {**common, "widget": "boolean"}
        case "reference":
            return {**common, **_choosing(field, names)}
        case "list" if field.within[0].shape == "reference":
            return {**common, **_choosing(field.within[0], names), "multiple": True}
        case "list":
            return {
                **common,
                "widget": "list",
                "field": within[0],
                "label_singular": field.one,
                "summary": "{{fields.item}}",
            }
        case "cleaning":
            flag = {"name": "as_it_stands", "label": "As it stands", "widget": "boolean", "required": False}
            return {**common, "widget": "object", "collapsed": True, "fields": [flag, *within]}
        case "rows" | "names" | "pairs":
            return {
                **common,
                "widget": "list",
                "fields": within,
                "summary": _summary(field.within),
                "label_singular": field.one,
            }


def _summary(row: Sequence[Field]) -> str:
    """What a folded row shows: the fields that it must have, and another where that is only a choice."""
    told = [field for field in row if field.needed]
    if len(told) == 1 and told[0].shape in ("choice", "reference"):
        told = [told[0], next(field for field in row if field != told[0])]
    return " · ".join(f"{{{{fields.{field.name}}}}}" for field in told)


def _choosing(field: Field, names: Mapping[Ref, str]) -> dict[str, Any]:
    """How an entry is chosen: of one kind, from its collection; of several, from a list."""
    if len(field.kinds) == 1 and not field.nobody:
        article = field.kinds == ("articles",)
        return {
            "widget": "relation",
            "collection": field.kinds[0],
            "value_field": "{{slug}}",
            "search_fields": ["slug", "title"] if article else ["name", "slug"],
            "display_fields": ["slug"] if article else ["name"],
            "options_length": 50,
        }
    nobody = [{"label": "none", "value": "none"}] if field.nobody else []
    there = [(ref, name) for ref, name in sorted(names.items()) if not field.kinds or ref.kind in field.kinds]
    return {"widget": "select", "options": [*nobody, *({"label": label_of(r, n), "value": str(r)} for r, n in there)]}
