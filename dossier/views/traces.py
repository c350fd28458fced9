"""The pages of entries, of which those that would come out as the last time are not composed again."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from dossier.model import Ref
from dossier.parts import View
from dossier.sheet import Sheet, sheet
from dossier.site import Site
from dossier.views.asked import Answers, Asked, noting, written
from dossier.views.corpus import Corpus
from dossier.views.entries import Around, addresses, entry_of, noted, page, tables
from dossier.work import Work, digest


@dataclass(frozen=True, slots=True)
class Trace:
    """How a page was composed: what it asked, line by line, the digest of the answers, and what came of it."""

    asked: tuple[str, ...]
    answers: bytes
    told: View
    digest: bytes

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return trace_of, ("\n".join(self.asked), self.answers, self.told, self.digest)


def trace_of(asked: str, answers: bytes, told: View, made: bytes) -> Trace:
    """A trace whose lines are in memory once, however many pages have asked the same."""
    return Trace(tuple(map(intern, asked.split("\n"))), answers, told, made)


@dataclass(frozen=True, slots=True)
class Before:
    """What the build before has found out, in a process that builds again and again: answers, and traces that hold."""

    answers: Answers
    traces: Mapping[str, Trace]
    site: Site
    names: bytes


def remembered(
    corpus: Corpus,
    known: Around,
    site: Site,
    work: Work,
    identities: Mapping[Ref, bytes],
    reached: Callable[[str], bytes],
    names: bytes,
) -> Iterator[Sheet]:
    """The pages of entries; composed are those of which something that they ask has another answer than the last time.

    `identities` are the digests of all that is known of each article; `reached` gives that of all that the names in a
    text of the curator's depend on, and `names` is that of all names.
    """
    answers = Answers(corpus, identities, tables(known), reached)
    last: Mapping[str, Trace] = {}
    doubtful: frozenset[str] | None = None
    before = work.live.get(_BEFORE) if work.live else None
    if isinstance(before, Before) and before.site == site:
        last = before.traces
        doubtful = answers.doubtful(before.answers) if before.names == names else None
    asked: Asked = {}
    listening, listening_around = noting(corpus, asked), noted(known, asked)
    traces: dict[str, Trace] = {}
    for uri in addresses(corpus, known):
        key = digest(repr((site, uri)).encode())
        trace = last.get(uri)
        holds = trace is not None and doubtful is not None and doubtful.isdisjoint(trace.asked)
        if trace is None:
            recalled = work.recall(key)
            trace = recalled if isinstance(recalled, Trace) else None
        if trace and (holds or answers.digest(trace.asked) == trace.answers):
            yield Sheet(trace.told, trace.digest, _anew(corpus, known, site, uri))
        else:
            asked.clear()
            made = sheet(page(listening, listening_around, site, uri))
            lines = written(asked, entry_of(uri))
            trace = Trace((*lines,), answers.digest(lines), made.told, made.digest)
            work.keep(key, trace)
            yield made
        traces[uri] = trace
    if work.live:
        answers.known.clear()  # of the build before, only the tables are looked at
        work.live[_BEFORE] = Before(answers, traces, site, names)


_BEFORE = b"pages of the build before"


def _anew(corpus: Corpus, known: Around, site: Site, uri: str) -> Callable[[], bytes]:
    return lambda: pickle.dumps(page(corpus, known, site, uri))
