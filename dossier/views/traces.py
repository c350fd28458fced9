"""The pages of entries, of which those that would come out as the last time are not composed again."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dossier.model import Ref
from dossier.parts import View
from dossier.sheet import Sheet, sheet
from dossier.site import Site
from dossier.value import by_fields
from dossier.views.asked import Answers, Asked, noting, written
from dossier.views.corpus import Corpus
from dossier.views.entries import Around, addresses, entry_of, noted, page, tables
from dossier.work import Work, digest


@by_fields
@dataclass(frozen=True, slots=True)
class Trace:
    """How a page was composed: what it asked, line by line, the digest of the answers, and what came of it."""

    asked: str
    answers: bytes
    told: View
    digest: bytes


def remembered(
    corpus: Corpus,
    known: Around,
    site: Site,
    work: Work,
    identities: Mapping[Ref, bytes],
    reached: Callable[[str], bytes],
) -> Iterator[Sheet]:
    """The pages of entries; composed are those of which something that they ask has another answer than the last time.

    `identities` are the digests of all that is known of each article; `reached` gives that of all that the names in a
    text of the curator's depend on.
    """
    answers = Answers(corpus, identities, tables(known), reached)
    asked: Asked = {}
    listening, around = noting(corpus, asked), noted(known, asked)
    for uri in addresses(corpus, known):
        key = digest(repr((site, uri)).encode())
        trace = work.recall(key)
        if isinstance(trace, Trace) and answers.digest(trace.asked.split("\n")) == trace.answers:
            yield Sheet(trace.told, trace.digest, _anew(corpus, known, site, uri))
            continue
        asked.clear()
        made = sheet(page(listening, around, site, uri))
        lines = written(asked, entry_of(uri))
        work.keep(key, Trace("\n".join(lines), answers.digest(lines), made.told, made.digest))
        yield made


def _anew(corpus: Corpus, known: Around, site: Site, uri: str) -> Callable[[], bytes]:
    return lambda: pickle.dumps(page(corpus, known, site, uri))
