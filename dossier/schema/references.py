"""Where an entry refers to others: by the types of its fields, not by the look of a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from dossier.model import Loc, Ref
from dossier.schema import KIND_OF
from dossier.schema.fields import Markdown, To


def references(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Ref]]:
    """Every reference of an entry, or of a part of it, with its location: as in the file, which is without faults."""
    match value:
        case Ref():
            yield loc, value
        case BaseModel():
            for name in type(value).model_fields:
                yield from references(getattr(value, name), (*loc, name))
        case tuple():
            for n, item in enumerate(value):
                yield from references(item, (*loc, n))
        case dict():
            for name, item in value.items():
                yield from references(item, (*loc, name))


def kinds_at(kind: str, loc: Loc) -> tuple[str, ...]:
    """The kinds that the reference at a location of an entry may point to; empty: any."""
    annotation, metadata = _field(kind, loc)
    return next((one.kinds for one in _markers(annotation, metadata) if isinstance(one, To)), ())


def is_markdown(kind: str, loc: Loc) -> bool:
    """Whether the text at a location of an entry is Markdown."""
    own: tuple[object, ...] = getattr(Markdown, "__metadata__", ())
    return any(one in own for one in _markers(*_field(kind, loc)))


def _field(kind: str, loc: Loc) -> tuple[Any, list[Any]]:
    """The annotation and the markers of the innermost field on the way to a location."""
    schema: type[BaseModel] | None = KIND_OF[kind].schema
    annotation: Any = None
    metadata: list[Any] = []
    for part in loc:
        if isinstance(part, int):
            continue
        if schema is None:  # the name of a mention, or of an identifier
            break
        field = schema.model_fields[part]
        annotation, metadata = field.annotation, field.metadata
        schema = next(_models(annotation), None)
    return annotation, metadata


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _markers(annotation: Any, metadata: list[Any]) -> Iterator[Any]:
    """What a type is annotated with, and what its parts are; not what stands in fields of its own."""
    yield from metadata
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _markers(part, [])
