"""How frozen values are packed."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)


def by_fields(cls: Class) -> Class:
    """Have the values of a frozen dataclass packed as a call with its fields.

    That is packed and unpacked three times as quickly as what dataclasses with slots do on their own.
    """
    names = [part.name for part in fields(cls)]
    parts = attrgetter(*names)

    def reduce(self: Any) -> tuple[Any, tuple[Any, ...]]:
        return cls, (parts(self) if len(names) > 1 else (parts(self),))

    type.__setattr__(cls, "__reduce__", reduce)
    return cls
