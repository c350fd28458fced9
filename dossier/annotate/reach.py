"""What of the entries the reading of an article can depend on: those that share a word with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from dossier.annotate.folding import fold, fold_name
from dossier.annotate.gazetteer import UNNAMED_KINDS, surfaces
from dossier.annotate.people import name_parts
from dossier.annotate.places import place_spellings
from dossier.model import Ref
from dossier.schema import Country, Entry, Named, Person
from dossier.work import digest

_WORD = re.compile(r"\w+")

#: The digest of all that the entries which bear a word in one of their names say, by word.
Reach = Mapping[str, bytes]


def reach(entries: Mapping[Ref, Entry]) -> Reach:
    """What an article depends on if it has a word: every entry with that word in one of its names.

    An entry is looked for by its names, and no name is found of which no word occurs; who speaks is told by the
    entries that are found and by those in which these hold a post.
    """
    named = {ref: entry for ref, entry in sorted(entries.items()) if ref.kind not in UNNAMED_KINDS}
    told = {ref: digest(str(ref).encode(), repr(entry).encode()) for ref, entry in named.items()}
    found: dict[str, list[bytes]] = defaultdict(list)
    for ref, entry in named.items():
        if isinstance(entry, Named):
            whole = digest(told[ref], *(told[other] for other in _posts(entry, named)))
            for word in _words(entry):
                found[word].append(whole)
    return {word: digest(*whole) for word, whole in found.items()}


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, each once and in order, as `reached` looks for them."""
    return tuple(sorted(set(chain.from_iterable(map(_words_in, set(text.split()))))))


def reached(words: Iterable[str], within: Reach) -> bytes:
    """The digest of what of the entries the reading of a text with these words can depend on."""
    return digest(*(part for word in words if word in within for part in (word.encode(), within[word])))


@lru_cache(maxsize=1 << 16)  # words repeat from article to article: to fold and take apart each costs twice as much
def _words_in(printed: str) -> tuple[str, ...]:
    """The words in what stands between two blanks, as a folded text has them: folding joins nothing over a blank."""
    return tuple(_WORD.findall(fold(printed).text.casefold()))


def _words(entry: Named) -> set[str]:
    parts = name_parts(entry) if isinstance(entry, Person) else None
    names = [surface for surface, _, _ in surfaces(entry, parts)]
    if parts:
        names += (*parts.families, *parts.givens)
    if isinstance(entry, Country) and entry.capital:
        names += place_spellings(fold_name(entry.capital))
    return {word for name in names for word in _WORD.findall(name.casefold())}


def _posts(entry: Named, entries: Mapping[Ref, Entry]) -> Iterator[Ref]:
    """The countries of a person, and the organizations and countries of the posts."""
    if isinstance(entry, Person):
        posts = (ref for post in entry.positions for ref in (post.organization, post.country))
        yield from (ref for ref in (*entry.nationality, *posts) if ref in entries and ref is not None)
