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
from functools import lru_cache, partial
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, overload

Item = TypeVar("Item")
Sent = TypeVar("Sent")
Made = TypeVar("Made")


def _itself(item: Any) -> Any:
    return item


#: How many things are sent at once: enough that the sending does not count, and a share for each process.
BATCH = 100


class Memory(Protocol):
    """Where values are kept by the digest of all that they depend on."""

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, or None."""

    def __setitem__(self, key: bytes, value: bytes) -> None: ...


class Shelf(Protocol):
    """Where values are put away until they are looked at; `size` is how many bytes there are."""

    size: int

    def put(self, value: bytes) -> int:
        """Put a value away; the number that it is found by."""

    def take(self, number: int) -> bytes:
        """The value of a number."""


class Pile:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.values: list[bytes] = []
        self.size = 0

    def put(self, value: bytes) -> int:
        """Put a value away; the number that it is found by."""
        self.values.append(value)
        self.size += len(value)
        return len(self.values) - 1

    def take(self, number: int) -> bytes:
        """The value of a number."""
        return self.values[number]


class Live:
    """Values as they are, of the build before: for a process that builds again and again.

    What a build that is done has not asked for is forgotten.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.before: dict[bytes, Any] = {}
        self.now: dict[bytes, Any] = {}

    def get(self, key: bytes) -> Any:
        """The value of a key, or None."""
        found = self.now.get(key)
        if found is None:
            found = self.before.get(key)
            if found is not None:
                self.now[key] = found
        return found

    def __setitem__(self, key: bytes, value: Any) -> None:
        self.now[key] = value

    def turn(self) -> None:
        """A build is done: what it has not asked for is forgotten. One that failed has not asked for all."""
        self.before, self.now = self.now, {}


@dataclass(frozen=True, slots=True)
class Work:
    """By whom work is done, and what is remembered of it.

    `executor` has the interface of `concurrent.futures` (None: here and now); what it returns does not depend on
    which it is. `cache` maps the digest of all that a value depends on to its bytes (None: nothing is remembered);
    `version` is what every value depends on: the code that makes it. `waiting` is how many batches are sent before the
    first of them has come back: those that wait are in memory. `shelf` makes the place where values are put away, and
    `live` has those of the build before, as they are (None: there was none in this process). `watch` is given the
    values as they are made, their number and the name of the function, and passes them on (None: nobody looks on).
    """

    executor: Executor | None = None
    cache: Memory | None = None
    version: bytes = b""
    waiting: int = 16
    shelf: Callable[[], Shelf] = Pile
    live: Live | None = None
    watch: Callable[[Iterable[Any], int | None, str], Iterable[Any]] | None = None

    def recall(self, key: bytes) -> object:
        """What was kept under a key by this version of the code; None where nothing was."""
        key = digest(self.version, key)
        if self.live and (known := self.live.get(key)) is not None:
            return known
        blob = self.cache.get(key) if self.cache is not None else None
        value = None if blob is None else unpack(blob)
        if self.live and value is not None:
            self.live[key] = value
        return value

    def keep(self, key: bytes, value: object) -> None:
        """Keep a value under a key, in the place of what was there."""
        key = digest(self.version, key)
        if self.live:
            self.live[key] = value
        if self.cache is not None:
            self.cache[key] = pack(value)

    def once(self, key: bytes, make: Callable[[], Made]) -> Made:
        """A value that is soon made, and not made again while this process goes on."""
        if not self.live:
            return make()
        known: Made | None = self.live.get(key)
        if known is None:
            known = self.live[key] = make()
        return known

    def values(self, made: Sequence[Made]) -> tuple[Made, ...]:
        """Values as they are; those of the build before are the very same."""
        if not (self.live and isinstance(made, Kept)):
            return tuple(made)
        return tuple(
            self.once(b"value" + key, partial(made.__getitem__, n)) if key else made[n]
            for n, key in enumerate(made.keys)
        )

    def each(
        self,
        function: Callable[[Sent], Made],
        items: Iterable[Item],
        keys: Callable[[Item], bytes] | None = None,
        send: Callable[[Item], Sent] = _itself,
        batch: int = BATCH,
    ) -> Sequence[Made]:
        """What a function makes of each of some items, in their order.

        `keys` gives the digest of all that the value for an item depends on, the version of the code apart; without
        it nothing is remembered. `send` gives of an item what the function is given, `batch` is how many are sent
        at once. Items are taken as the work goes on, and not kept; values are kept packed, and unpacked whenever they
        are looked at.
        """
        if self.watch:
            items = self.watch(items, len(items) if isinstance(items, Sized) else None, function_name(function))
        if self.executor is None and self.cache is None:
            return tuple(function(send(item)) for item in items)
        name = function_name(function).encode()
        packed = pickle.dumps(function, protocol=5) if self.executor else b""
        small = self.cache is not None
        made: Kept[Made] = Kept(self.shelf())
        todo: list[_Missing[Sent]] = []
        sent: deque[tuple[list[_Missing[Sent]], Future[list[bytes]]]] = deque()
        for place, item in enumerate(items):
            key = digest(self.version, name, keys(item)) if keys and self.cache is not None else b""
            if not made.add(key, self.live):
                known = self.cache.get(key) if key and self.cache is not None else None
                if known is not None:
                    made.fill(place, known, self.live)
                    continue
                todo.append(_Missing(place, key, send(item)))
            if len(todo) == batch:
                given = [missing.item for missing in todo]
                if self.executor:
                    sent.append((todo, self.executor.submit(_sent, packed, given, small)))
                else:
                    self._settle(made, todo, _batch(function, given, small))
                todo = []
            if len(sent) > self.waiting:
                self._settle(made, *_finished(sent.popleft()))
        for rest in sent:
            self._settle(made, *_finished(rest))
        self._settle(made, todo, _batch(function, [missing.item for missing in todo], small))
        return made

    def _settle(self, made: Kept[Made], missing: Sequence[_Missing[Any]], blobs: Sequence[bytes]) -> None:
        """Put what was made in its places, and in the cache."""
        for one, blob in zip(missing, blobs, strict=True):
            made.fill(one.place, blob, self.live)
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
    """Values as they are kept: packed, on a shelf, and unpacked anew whenever one is looked at.

    `keys` are the digests of all that they depend on (empty where that is not known), `digests` those of their bytes.
    """

    def __init__(self, shelf: Shelf, of: Kept[Made] | None = None, part: slice = slice(None)) -> None:
        self.shelf = shelf
        self.keys: list[bytes] = of.keys[part] if of else []
        self.places: list[tuple[Shelf, int, bytes] | None] = of.places[part] if of else []

    @property
    def digests(self) -> list[bytes]:
        """The digests of the values' bytes."""
        return [place[2] if place else b"" for place in self.places]

    def add(self, key: bytes, live: Live | None = None) -> bool:
        """Add the place for a value at the end; whether it is filled with one of the build before."""
        known = live.get(b"place" + key) if live and key else None
        self.keys.append(key)
        self.places.append(known)
        return known is not None

    def fill(self, place: int, blob: bytes, live: Live | None = None) -> None:
        """Put a packed value in a place."""
        self.places[place] = there = self.shelf, self.shelf.put(blob), digest(blob)
        if live and self.keys[place]:
            live[b"place" + self.keys[place]] = there

    @overload
    def __getitem__(self, place: int) -> Made: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Made]: ...
    def __getitem__(self, place: int | slice) -> Made | Sequence[Made]:
        if isinstance(place, slice):
            return Kept(self.shelf, self, place)
        there = self.places[place]
        if there is None:
            raise LookupError(place)
        made: Made = unpack(there[0].take(there[1]))
        return made

    def __len__(self) -> int:
        return len(self.places)


def joined(made: Sequence[Made], more: Sequence[Made]) -> Sequence[Made]:
    """Values and more of them, kept packed where the first ones are."""
    if not isinstance(made, Kept):
        return (*made, *more)
    both: Kept[Made] = Kept(made.shelf, made)
    for place, value in enumerate(more, len(made)):
        both.add(b"")
        both.fill(place, pack(value))
    return both


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
    plain = blob if blob.startswith(pickle.PROTO) else zlib.decompress(blob)
    return _Values(io.BytesIO(plain)).load()


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        known = _FOUND.get((module, name))
        if known is None:
            known = _FOUND[module, name] = self._found(module, name)
        return known

    def _found(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] == "dossier" and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and getattr(getattr(found, "__dataclass_params__", None), "frozen", False):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a dossier")


#: What was found among the following, or among the dossier's own.
_FOUND: dict[tuple[str, str], Any] = {}
#: What frozen values are made by or hold besides each other, texts, numbers and tuples.
_PLAIN = {
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("dossier.model", "Ref"),
    ("dossier.model", "same_paragraph"),
    ("dossier.model", "same_words"),
    ("dossier.views.traces", "trace_of"),
}


def _batch(function: Callable[[Item], object], items: Sequence[Item], small: bool) -> list[bytes]:
    """What a function makes of some things, packed; `small`, if it is to be kept for long."""
    made = map(function, items)
    return [pack(value) if small else pickle.dumps(value, protocol=5) for value in made]


def _sent(packed: bytes, items: Sequence[Any], small: bool) -> list[bytes]:
    """What a function makes of some things that were sent with it, in another process."""
    return _batch(_function(packed), items, small)


@lru_cache(maxsize=1)
def _function(packed: bytes) -> Callable[[Any], object]:
    """A function that was sent: it may hold all names of a dossier, and comes with every batch."""
    function: Callable[[Any], object] = pickle.loads(packed)
    return function
