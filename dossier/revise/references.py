"""What has to stand where an entry refers to another that is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from dossier.model import Ref
from dossier.schema import Known
from dossier.schema.fields import read_reference


def mapped(value: Any, names: Mapping[Ref, Ref]) -> Any:
    """A value of an entry as it is when references are called otherwise."""
    match value:
        case Ref():
            return names.get(value, value)
        case BaseModel():
            return value.model_copy(update={n: mapped(getattr(value, n), names) for n in type(value).model_fields})
        case tuple():
            return tuple(mapped(item, names) for item in value)
        case dict():
            return {name: mapped(item, names) for name, item in value.items()}
        case _:
            return value


def rewritten(text: str, ref: Ref, new: Ref | None, kinds: tuple[str, ...], after: Known) -> str:
    """What is to stand where `text` refers to `ref`; `new` is what that is called, if otherwise.

    A bare id stays bare where it still says enough. A reference to something else stays as it is, unless
    the new name makes it ambiguous.
    """
    bare = "/" not in text
    wanted = new or ref
    if new is None and not bare:
        return text
    if bare:
        short = wanted.id if new else text
        try:
            if read_reference(short, kinds, after) == wanted:
                return short
        except PydanticCustomError:  # it could be several
            pass
    return str(wanted)
