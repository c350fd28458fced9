"""Which curated source an article is from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import urlsplit

from dossier.clean.draft import Draft
from dossier.model import Basis, Ref
from dossier.schema import ArticleEntry, Source

_DATELINE = re.compile(r"^[^()]{0,60}\(([^()]{2,40})\)\s*(?:[–—-]|:)")


def host(address: str) -> str:
    """The host of an address in lower case, without `www.`; empty if there is none.

    >>> host("https://www.Example.org/a"), host("example.org"), host("Example News")
    ('example.org', 'example.org', '')
    """
    if "." not in address:
        return ""
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.") if "." in name and " " not in name else ""


class Register(dict[Ref, Source]):
    """Sources that know by what they are called: each article asks several times, whatever their number."""

    @cached_property
    def bearers(self) -> Mapping[str, frozenset[Ref]]:
        """The sources by each name in plain letters and by host."""
        found: defaultdict[str, set[Ref]] = defaultdict(set)
        for ref, source in self.items():
            for key in _keys(source):
                found[key].add(ref)
        return {key: frozenset(refs) for key, refs in found.items()}


def _keys(source: Source) -> Iterator[str]:
    """The names of a source in lower case, letters and digits only, and the host of its address."""
    for name in (source.name, *(alias.name for alias in source.aliases)):
        yield _plain(name)
    if source.url:
        yield host(source.url)


def _plain(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold().removeprefix("the "))


def match_source(name: str | None, sources: Mapping[Ref, Source]) -> Ref | None:
    """The one source that bears a name or whose address has this host; None if there is none or several."""
    wanted = {_plain(name), host(name)} - {""} if name else set()
    if not wanted or not sources:
        return None
    bearers = (sources if isinstance(sources, Register) else Register(sources)).bearers
    hits = {ref for key in wanted for ref in bearers.get(key, ())}
    return hits.pop() if len(hits) == 1 else None


def source_of(curated: ArticleEntry, draft: Draft, sources: Mapping[Ref, Source]) -> tuple[Ref | None, Basis | None]:
    """The curated source of an article, and what tells it (also where only a name is known)."""
    clues = _clues(curated, draft, sources)
    return next((clue for clue in clues if clue[0]), (None, draft.basis.get("source")))


def _clues(
    curated: ArticleEntry, draft: Draft, sources: Mapping[Ref, Source]
) -> Iterator[tuple[Ref | None, Basis | None]]:
    facts, told_by = draft.facts, draft.basis.get("source")
    yield curated.source, "curated"
    yield match_source(curated.url, sources), "curated"
    yield match_source(facts.source, sources), told_by
    yield match_source(facts.address, sources), told_by or "text"
    yield None if facts.source else known_source(draft, sources), "text"


def known_source(draft: Draft, sources: Mapping[Ref, Source]) -> Ref | None:
    """The source that the lines above an article name, the nearest first, or else its dateline."""
    if not sources or not draft.paragraphs:
        return None
    first = draft.paragraphs[0]
    above = [row.text for row in draft.removed if row.line <= first.number and len(row.text) <= 60]
    dateline = _DATELINE.match(first.text)
    named = [*reversed(above), *([dateline[1]] if dateline else [])]
    return next((ref for text in named if (ref := match_source(text, sources))), None)
