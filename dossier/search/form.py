"""The form of the files that Pagefind 1.5 writes: compressed CBOR (RFC 8949) behind a signature.

The words of an index stand in chunks, each a list of words; a word is its text, its places and its variants (the same
word with other diacritics, and their places). The places are a record for each page: how many pages after the last
one, where in the text, and in which fields. Whatever is not of this form is a ValueError.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

_SIGNATURE = b"pagefind_dcd"
# The major types of CBOR that an index is written in.
_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_INTEGER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_INTEGERS = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)" + _INTEGER + rb"*+"
_RECORD = re.compile(rb"\x83(" + _INTEGER + rb")(" + _INTEGERS + rb")(" + _INTEGERS + rb")", re.DOTALL)


class Places(NamedTuple):
    """The pages that a word stands on: how many, the first, the last, and the records of all but its page number.

    The bytes begin after the number of the first page; those of the others are counted from the page before.
    """

    number: int
    first: int
    last: int
    records: bytes


class Word(NamedTuple):
    """A word, its places, and those of its variants by how they are written."""

    text: str
    places: Places
    variants: tuple[tuple[str, Places], ...]


NOWHERE = Places(0, 0, 0, b"")


def unpacked(data: bytes) -> list[Any]:
    """What is in a file of an index."""
    value, end = _read(plain := content(data), 0)
    if end != len(plain) or not isinstance(value, list):
        raise ValueError("it is no list")
    return value


def packed(value: object) -> bytes:
    """A file of an index."""
    return compressed(_written(value))


def content(data: bytes) -> bytes:
    """What is in a file of any form."""
    try:
        plain = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None
    if not plain.startswith(_SIGNATURE):
        raise ValueError("it has no signature")
    return plain[len(_SIGNATURE) :]


def compressed(plain: bytes) -> bytes:
    """A file of any form."""
    return gzip.compress(_SIGNATURE + plain, 6, mtime=0)


def words(data: bytes, pages: Sequence[int], fields: Sequence[int]) -> Iterator[Word]:
    """The words of a chunk. `pages` and `fields` are the new numbers of the pages and fields, by the old ones."""
    plain = content(data)
    number, place = _head(plain, 0, _LIST)
    total, place = _head(plain, place, _LIST)
    if number != 1:
        raise ValueError("it is no list of words")
    same = [*fields] == [*range(len(fields))]
    renumbered = partial(_places, pages=pages, field=None if same else lru_cache(4096)(partial(_renamed, fields)))
    for _ in range(total):
        text, place = _entitled(plain, place, 3)
        places, place = renumbered(plain, place)
        many, place = _head(plain, place, _LIST)
        variants = []
        for _ in range(many):
            form, place = _entitled(plain, place, 2)
            found, place = renumbered(plain, place)
            variants.append((form, found))
        yield Word(text, places, tuple(sorted(variants)))
    if place != len(plain):
        raise ValueError("there is more than words")


def _places(
    plain: bytes, place: int, pages: Sequence[int], field: Callable[[bytes], bytes] | None
) -> tuple[Places, int]:
    """The places that begin somewhere, with their pages and fields numbered anew, and where they end."""
    number, place = _head(plain, place, _LIST)
    found = []
    page = 0
    for _ in range(number):
        record = _RECORD.match(plain, place)
        if not record:
            raise ValueError("it is no place")
        step, where, meta = record.groups()
        page += step[0] if len(step) == 1 else int.from_bytes(step[1:], "big")
        found.append((pages[page], where + (field(meta) if field else meta)))
        place = record.end()
    if not found:
        return NOWHERE, place
    found.sort()
    before = found[0][0]
    parts = [found[0][1]]
    for page, rest in found[1:]:
        parts += (_opening(page - before), rest)
        before = page
    return Places(number, found[0][0], before, b"".join(parts)), place


def _entitled(plain: bytes, place: int, number: int) -> tuple[str, int]:
    """The text that a list of so many things begins with, and where the next of them stands."""
    found, place = _head(plain, place, _LIST)
    text, place = _read(plain, place)
    if found != number or not isinstance(text, str):
        raise ValueError("it is no word")
    return text, place


def _renamed(fields: Sequence[int], meta: bytes) -> bytes:
    """The fields that a word stands in, by their new numbers: a negative number opens a field, places in it follow."""
    numbers, _ = _read(meta, 0)
    runs: list[tuple[int, list[int]]] = []
    for number in numbers:
        if number < 0:
            runs.append((fields[-number - 1], []))
        else:
            runs[-1][1].append(number)
    return _written([number for field, inside in sorted(runs) for number in (-field - 1, *inside)])


def joined(parts: Sequence[tuple[int, Places]]) -> bytes:
    """The places of a word in all portions, in order; with each the number of its portion's first page."""
    total, page = sum(places.number for _, places in parts), 0
    written = [_opened(_LIST, total)]
    for offset, places in parts:
        if places.number:
            written += (_opening(offset + places.first - page), places.records)
            page = offset + places.last
    return b"".join(written)


def word(text: str, places: bytes, variants: Sequence[tuple[str, bytes]]) -> bytes:
    """A word as it stands in a chunk."""
    parts = [b"\x83", _written(text), places, _opened(_LIST, len(variants))]
    for form, found in variants:
        parts += (b"\x82", _written(form), found)
    return b"".join(parts)


def chunk(written: Sequence[bytes]) -> bytes:
    """The words of a chunk, as a file of any form has them."""
    return b"\x81" + _opened(_LIST, len(written)) + b"".join(written)


def ends(chunks: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """From which word to which the chunks go, no longer than it takes to tell them apart.

    >>> ends([("apple", "apple"), ("apricot", "banana"), ("peach", "peach")])
    [('apple', 'apple'), ('apr', 'b'), ('p', 'peach')]
    """
    shortened = [*chunks]
    for n, ((_, a), (b, last)) in enumerate(pairwise(shortened)):
        shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        end = a[: shared + 1]
        shortened[n] = (shortened[n][0], end if end >= shortened[n][0] else a)
        shortened[n + 1] = (b[: shared + 1], last)
    return shortened


@lru_cache(4096)
def _opening(step: int) -> bytes:
    """How a record begins whose page comes so many after the last one."""
    return b"\x83" + _opened(_NUMBER, step)


def _head(data: bytes, place: int, kind: int) -> tuple[int, int]:
    """The number in the head of a value of a kind, and where its content begins."""
    found, size = divmod(data[place], 32)
    place += 1
    if size > 27 or found != kind:
        raise ValueError(f"unknown CBOR at {place}")
    if size > 23:
        width = 1 << (size - 24)
        size, place = int.from_bytes(data[place : place + width], "big"), place + width
    return size, place


def _read(data: bytes, place: int) -> tuple[Any, int]:
    """The CBOR value that stands at a place, and where it ends."""
    kind = data[place] >> 5
    size, place = _head(data, place, kind)
    if kind == _NUMBER:
        return size, place
    if kind == _NEGATIVE:
        return -1 - size, place
    if kind == _TEXT:
        return data[place : place + size].decode(), place + size
    if kind != _LIST:
        raise ValueError(f"unknown CBOR at {place}")
    items = []
    for _ in range(size):
        item, place = _read(data, place)
        items.append(item)
    return items, place


def _written(value: object) -> bytes:
    if isinstance(value, int):
        return _opened(_NUMBER, value) if value >= 0 else _opened(_NEGATIVE, -1 - value)
    if isinstance(value, str):
        data = value.encode()
        return _opened(_TEXT, len(data)) + data
    if isinstance(value, list):
        return _opened(_LIST, len(value)) + b"".join(map(_written, value))
    raise TypeError(f"{value!r} is in no index")


def _opened(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind * 32 + size])
    width = next(n for n in range(4) if size < 1 << (8 << n))
    return bytes([kind * 32 + 24 + width]) + size.to_bytes(1 << width, "big")
