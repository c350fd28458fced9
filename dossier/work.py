"""How work on many things is done: in order, by whatever executor there is, and not twice.

The functions that are applied must be such that a process elsewhere can be sent them (a function of a module, or a
`partial` of one), and pure: the same arguments always give the same value.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence, Sized
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, overload

Item = TypeVar("Item")
Made = TypeVar("Made")

#: How many things are sent at once: enough that the sending does not count, and a share for each process.
BATCH = 100
#: How many such batches are sent before the first of them has come back.
WAITING = 16


class Memory(Protocol):
    """Where values are kept by the digest of all that they depend on."""

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, or None."""

    def __setitem__(self, key: bytes, value: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Work:
    """By whom work is done, and what is remembered of it.

    `executor` has the interface of `concurrent.futures` (None: here and now); what it returns does not depend on
    which it is. `cache` maps the digest of all that a value depends on to its bytes (None: nothing is remembered);
    `version` is what every value depends on: the code that makes it. `watch` is given the values as they are made,
    their number and the name of the function, and passes them on (None: nobody looks on).
    """

    executor: Executor | None = None
    cache: Memory | None = None
    version: bytes = b""
    watch: Callable[[Iterable[Any], int | None, str], Iterable[Any]] | None = None

    def each(
        self, function: Callable[[Item], Made], items: Iterable[Item], keys: Callable[[Item], bytes] | None = None
    ) -> Sequence[Made]:
        """What a function makes of each of some items, in their order.

        `keys` gives the digest of all that the value for an item depends on, the version of the code apart; without
        it nothing is remembered. Items are taken as the work goes on, and not kept; values are kept packed, and
        unpacked whenever they are looked at.
        """
        if self.watch:
            items = self.watch(items, len(items) if isinstance(items, Sized) else None, function_name(function))
        if self.executor is None and self.cache is None:
            return tuple(function(item) for item in items)
        name = function_name(function).encode()
        blobs: list[bytes] = []
        todo: list[_Missing[Item]] = []
        sent: deque[tuple[list[_Missing[Item]], Future[list[bytes]]]] = deque()
        for place, item in enumerate(items):
            key = digest(self.version, name, keys(item)) if keys and self.cache is not None else b""
            known = self.cache.get(key) if key and self.cache is not None else None
            blobs.append(known or b"")
            if known is None:
                todo.append(_Missing(place, key, item))
            if len(todo) == BATCH:
                batch = [missing.item for missing in todo]
                if self.executor:
                    sent.append((todo, self.executor.submit(_batch, function, batch)))
                else:
                    self._settle(blobs, todo, _batch(function, batch))
                todo = []
            if len(sent) > WAITING:
                self._settle(blobs, *_finished(sent.popleft()))
        for rest in sent:
            self._settle(blobs, *_finished(rest))
        self._settle(blobs, todo, _batch(function, [missing.item for missing in todo]))
        return Kept(blobs)

    def _settle(self, blobs: list[bytes], missing: Sequence[_Missing[Item]], made: Sequence[bytes]) -> None:
        """Put what was made in its places, and in the cache."""
        for one, blob in zip(missing, made, strict=True):
            blobs[one.place] = blob
            if one.key and self.cache is not None:
                self.cache[one.key] = blob


class _Missing(NamedTuple, Generic[Item]):
    """An item whose value is not known yet: its place, and the key of the value."""

    place: int
    key: bytes
    item: Item


def _finished(
    batch: tuple[list[_Missing[Item]], Future[list[bytes]]],
) -> tuple[list[_Missing[Item]], list[bytes]]:
    return batch[0], batch[1].result()


#: Work that is done here and now, and forgotten.
ALONE = Work()


class Kept(Sequence[Made], Generic[Made]):
    """Values as they are kept: packed, and unpacked anew whenever one is looked at."""

    def __init__(self, blobs: Sequence[bytes]) -> None:
        self.blobs = blobs

    @overload
    def __getitem__(self, place: int) -> Made: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Made]: ...
    def __getitem__(self, place: int | slice) -> Made | Sequence[Made]:
        if isinstance(place, slice):
            return Kept(self.blobs[place])
        made: Made = unpack(self.blobs[place])
        return made

    def __len__(self) -> int:
        return len(self.blobs)


def joined(made: Sequence[Made], more: Sequence[Made]) -> Sequence[Made]:
    """Values and more of them, kept packed where the first ones are."""
    return Kept([*made.blobs, *map(pack, more)]) if isinstance(made, Kept) else (*made, *more)


def digest(*parts: bytes) -> bytes:
    """A digest of some byte strings; where one ends and the next begins makes a difference."""
    made = hashlib.blake2b(digest_size=20)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def function_name(function: Callable[..., Any]) -> str:
    """The name of a function, or of the one that a `partial` stands for."""
    inner = function.func if isinstance(function, partial) else function
    return f"{inner.__module__}.{inner.__qualname__}"


def canonical(value: object) -> bytes:
    """The bytes of a value for a digest: those of equal values are equal, whatever parts they share in memory."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.fast = True
    pickler.dump(value)
    return buffer.getvalue()


def pack(value: object) -> bytes:
    """The bytes of a value for keeping; parts that it shares in memory are shared when it is unpacked."""
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


def unpack(blob: bytes) -> Any:
    """The value of some bytes; pickle.UnpicklingError where there is in it what no value of ours is made of.

    A cache may have been brought along by strangers: nothing but the dossier's own frozen values is ever built.
    """
    return _Values(io.BytesIO(zlib.decompress(blob))).load()


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] == "dossier" and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and getattr(getattr(found, "__dataclass_params__", None), "frozen", False):
                return found
        elif (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a dossier")


#: What frozen values hold besides each other, texts, numbers and tuples.
_PLAIN = {("builtins", "frozenset"), ("datetime", "date")}


def _batch(function: Callable[[Item], object], items: Sequence[Item]) -> list[bytes]:
    return [pack(function(item)) for item in items]
