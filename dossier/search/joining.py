"""Several indexes of Pagefind as one: the very index that one run over all their pages would have made.

Pages are numbered by their addresses, so that neither the order in which files lie on a disk nor the bounds of the
portions are seen in it.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from dossier.search import form

#: How many bytes of words a reader loads at once, before compression; as much as Pagefind's own chunks have.
CHUNK = 55_000
#: The first file of an index, which names all others.
ENTRY = "pagefind-entry.json"

Load = Callable[[str], bytes]
Made = Iterator[tuple[str, bytes]]


class Page(NamedTuple):
    """A page of an index: its address in the site, the file with its text, how many words it has, its date."""

    url: str
    fragment: str
    words: int
    date: str


@dataclass(frozen=True, slots=True)
class Index:
    """What Pagefind has made of some pages in one language; `load` gives the content of a file by its name.

    `pages` stand in the order of their addresses; `numbers` are their places there, by the numbers they had.
    """

    load: Load
    version: str
    wasm: str
    pages: Sequence[Page]
    numbers: Sequence[int]
    chunks: Sequence[str]
    filters: Mapping[str, str]
    fields: Sequence[str]


def indexes(load: Load, dates: Mapping[str, str]) -> dict[str, Index]:
    """The indexes of a bundle, by language. `dates` has those of the pages by their addresses, `` where there is none.

    Raises ValueError or KeyError where the bundle is not of the known form.
    """
    found = {}
    for language, known in json.loads(load(ENTRY))["languages"].items():
        version, pages, chunks, filters, sorts, fields = form.unpacked(load(f"pagefind.{known['hash']}.pf_meta"))
        rows = [_page(load, f"fragment/{name}.pf_fragment", words, dates) for name, words in pages]
        order = sorted(range(len(rows)), key=lambda n: rows[n].url)
        numbers = [0] * len(rows)
        for new, old in enumerate(order):
            numbers[old] = new
        dated = {n for n, row in enumerate(rows) if row.date}
        if {name: {*by} for name, by in sorts} != ({"date": dated} if dated else {}):
            raise ValueError("it is sorted otherwise than by date")
        found[language] = Index(
            load,
            version,
            known["wasm"],
            [rows[n] for n in order],
            numbers,
            [f"index/{name}.pf_index" for *_, name in chunks],
            {name: f"filter/{digest}.pf_filter" for name, digest in filters},
            fields,
        )
    return found


def _page(load: Load, fragment: str, words: int, dates: Mapping[str, str]) -> Page:
    url = json.loads(form.content(load(fragment)))["url"]
    return Page(url, fragment, words, dates[url])


def joined(entry: bytes, portions: Sequence[Mapping[str, Index]]) -> Made:
    """The files of the index of all pages, but for their texts: the name and the content of each.

    `entry` is the first file of one of the portions.
    """
    start: dict[str, Any] = json.loads(entry)
    start["languages"] = {}
    languages = sorted({language for portion in portions for language in portion})
    if len(portions) > 1 and len(languages) > 1 and "unknown" in languages:
        raise ValueError("pages that tell no language go with those of the most frequent one")
    for language in languages:
        parts = [portion[language] for portion in portions if language in portion]
        offsets = [0, *accumulate(len(part.pages) for part in parts)]
        filters, chunks = [], []
        for name, values in _filters(parts, offsets):
            data = form.packed([name, [[value, pages] for value, pages in sorted(values.items())]])
            filters.append([name, _named(language, data)])
            yield f"filter/{filters[-1][1]}.pf_filter", data
        fields = sorted({field for part in parts for field in part.fields})
        for first, last, written in _chunks(_words(parts, offsets, fields)):
            data = form.compressed(form.chunk(written))
            chunks.append((first, last, _named(language, data)))
            yield f"index/{chunks[-1][2]}.pf_index", data
        ends = form.ends((first, last) for first, last, _ in chunks)
        pages = [page for part in parts for page in part.pages]
        names = fragments(language, parts)
        dated = sorted((page.date, n) for n, page in enumerate(pages) if page.date)
        meta = form.packed(
            [
                parts[0].version,
                [[name, page.words] for name, page in zip(names, pages, strict=True)],
                [[first, last, name] for (first, last), (_, _, name) in zip(ends, chunks, strict=True)],
                filters,
                [["date", [n for _, n in dated]]] if dated else [],
                fields,
            ]
        )
        name = _named(language, meta)
        yield f"pagefind.{name}.pf_meta", meta
        start["languages"][language] = {"hash": name, "wasm": parts[0].wasm, "page_count": len(pages)}
    yield ENTRY, json.dumps(start, ensure_ascii=False, separators=(",", ":")).encode()


def fragments(language: str, parts: Sequence[Index]) -> list[str]:
    """What the files with the texts of the pages are called in the index of all: by what is in them, and in short."""
    names: dict[str, None] = {}
    for part in parts:
        for page in part.pages:
            digest = hashlib.sha256(part.load(page.fragment)).hexdigest()
            names[next(name for n in range(7, 65) if (name := f"{language}_{digest[:n]}") not in names)] = None
    return [*names]


def _filters(parts: Sequence[Index], offsets: Sequence[int]) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """The values of each facet, with the numbers of the pages that have them."""
    for name in sorted({name for part in parts for name in part.filters}):
        values: dict[str, list[int]] = defaultdict(list)
        for part, offset in zip(parts, offsets, strict=False):
            if name in part.filters:
                for value, pages in form.unpacked(part.load(part.filters[name]))[1]:
                    values[value] += sorted(offset + part.numbers[page] for page in pages)
        yield name, values


def _words(parts: Sequence[Index], offsets: Sequence[int], fields: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each word of the index, in order, as it stands in a chunk."""
    streams = [_numbered(n, part, [fields.index(field) for field in part.fields]) for n, part in enumerate(parts)]
    before = ""
    for text, group in groupby(heapq.merge(*streams), key=itemgetter(0)):
        if text <= before:
            raise ValueError("the words are in no order")
        before = text
        found = [(offsets[n], word) for _, n, word in group]
        variants: dict[str, list[tuple[int, form.Places]]] = defaultdict(list)
        for offset, word in found:
            for written, places in word.variants:
                variants[written].append((offset, places))
        yield (
            text,
            form.word(
                text,
                form.joined([(offset, word.places) for offset, word in found]),
                [(written, form.joined(places)) for written, places in sorted(variants.items())],
            ),
        )


def _numbered(number: int, part: Index, fields: Sequence[int]) -> Iterator[tuple[str, int, form.Word]]:
    for name in part.chunks:
        for word in form.words(part.load(name), part.numbers, fields):
            yield word.text, number, word


def _chunks(words: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, str, list[bytes]]]:
    """The words that readers load at once: the first, the last, and all as they are written."""
    texts: list[str] = []
    written: list[bytes] = []
    size = 0
    for text, data in words:
        texts.append(text)
        written.append(data)
        size += len(data)
        if size >= CHUNK:
            yield texts[0], texts[-1], written
            texts, written, size = [], [], 0
    if texts:
        yield texts[0], texts[-1], written


def _named(language: str, data: bytes) -> str:
    return f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
