"""How often each name occurs, where, and what the words around it tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossier.model import Annotation, Article, Ref
from dossier.suggest.cues import SORTS, Sort, around, is_dateline, is_state, shape
from dossier.suggest.names import Name, names, own, spelled_out
from dossier.suggest.runs import Run, Token, runs, small_words
from dossier.suggest.words import CALENDAR, GIVEN, HEADS, MODIFIERS, OFFICES, OPENING, ORDINARY, PEOPLES, TITLES

#: These words are no name by themselves.
_NO_NAME = ORDINARY | PEOPLES | CALENDAR | OPENING | TITLES | MODIFIERS | OFFICES
#: Less evidence than this decides nothing.
_ENOUGH = 1.0
#: However often a name occurs, the words around it tell no more than those around so many sightings.
_HEARD = 6
_ARTICLE = re.compile(r"\b(a[lnrsdtz]|el|ash|u[lr])-(?=\w)")
_ACRONYM = re.compile(r" ?\((?:the |or )?[“\"‘']?([A-Z][A-Za-z.]{1,9})[”\"’']?\)")
_DERIVED = re.compile(r".{3,}(?:ly|ing|ed|ers|ists?)$")


@dataclass(slots=True)
class Record:
    """What is known of one name: `printed` forms, sightings by article, evidence for what it is.

    `proven` counts the sightings that do not begin a sentence.
    """

    key: str
    printed: Counter[str] = field(default_factory=Counter)
    places: dict[int, list[int]] = field(default_factory=dict)
    cues: dict[Sort, float] = field(default_factory=lambda: dict.fromkeys(SORTS, 0.0))
    proven: int = 0
    #: Forms of other records that were joined to this one.
    folded: Counter[str] = field(default_factory=Counter)
    #: Where it stands inside longer names, by article.
    within: dict[int, list[int]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How often the name occurs by itself."""
        return sum(map(len, self.places.values()))

    @property
    def inside(self) -> int:
        """How often the name occurs inside longer names."""
        return sum(map(len, self.within.values()))

    @property
    def name(self) -> str:
        """The form most often printed."""
        return min(self.printed, key=lambda form: (-self.printed[form], form.isupper(), form))

    @property
    def words(self) -> list[str]:
        """The words of the name."""
        return self.name.split()

    @property
    def evidence(self) -> dict[Sort, float]:
        """The weight of evidence for each sort but `other`: the name's own, and some sightings' worth of cues."""
        share = min(1.0, _HEARD / max(1, self.count))
        return {sort: weight + share * self.cues[sort] for sort, weight in shape(self.name).items()}

    @property
    def sort(self) -> Sort:
        """The sort that most evidence speaks for; `other` where there is next to none."""
        evidence = self.evidence
        best = max(SORTS, key=evidence.__getitem__)
        return best if evidence[best] >= _ENOUGH else "other"


@dataclass(slots=True)
class Tally:
    """Every name of the articles by its key; `acronyms` maps the keys of acronyms to those of what they stand for."""

    records: dict[str, Record] = field(default_factory=dict)
    acronyms: dict[str, Counter[str]] = field(default_factory=dict)


def key_of(form: str) -> str:
    """What two spellings of one name have in common.

    >>> key_of("Al-Roe’s Party"), key_of("al Roe's Party"), key_of("U.N."), key_of("UN")
    ("al roe's party", "al roe's party", 'UN', 'UN')
    """
    bare = " ".join(form.replace("’", "'").replace(".", "").split())
    return bare if bare.isupper() else _ARTICLE.sub(r"\1 ", bare.lower())


def tally(articles: Sequence[Article], annotations: Mapping[Ref, Annotation]) -> Tally:
    """Count the names of the articles that no mention covers."""
    small = small_words(articles)
    found = Tally()
    read = [(n, run) for n, a in enumerate(articles) for run in runs(a, annotations.get(a.ref, Annotation()))]
    wholes = _introduced(articles, read)
    sightings = [(number, name) for number, run in read for name in names(run, wholes)]
    inside = Counter(key_of(printed(name.tokens)) for number, name in sightings if not name.opens)
    for number, name in sightings:
        settled = _settled(articles[number], name, small, inside)
        if settled and not is_state(articles[number].text, settled):
            _add(found, articles[number], number, settled)
    for key in [key for key, record in found.records.items() if _is_common(record, small)]:
        del found.records[key]
    return found


def _introduced(articles: Sequence[Article], read: list[tuple[int, Run]]) -> dict[str, list[tuple[str, ...]]]:
    """The names that an acronym in brackets shows to be one, by their first words, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for number, run in read:
        behind = _ACRONYM.match(articles[number].text, run.tokens[-1].end)
        whole = tuple(t.text for t in spelled_out(run.tokens, behind[1])) if behind else ()
        if whole and whole not in found.setdefault(whole[0], []):
            found[whole[0]].append(whole)
    return {first: sorted(wholes, key=len, reverse=True) for first, wholes in found.items()}


def printed(tokens: Sequence[Token]) -> str:
    """The words of a name as one text."""
    return " ".join(token.text for token in tokens)


def _settled(article: Article, name: Name, small: Counter[str], inside: Counter[str]) -> Name | None:
    """A name that begins a sentence, without its first word if that owes its capital to the sentence."""
    if not name.opens or inside[key_of(printed(name.tokens))]:
        return name
    if is_dateline(article.text, name.start, name.end):
        return replace(name, opens=False)
    first = name.tokens[0]
    if first.low in GIVEN or (first.text.isupper() and len(first.text) > 1):
        return name
    if first.low not in ORDINARY and not small[first.low] and not _DERIVED.match(first.low):
        return name
    rest = own(name.tokens[1:])
    headed = name.tokens[-1].low in HEADS and first.low not in ORDINARY
    if headed and len(name.tokens) > 1 and not (rest and inside[key_of(printed(rest))]):
        return name
    return Name(rest, False) if rest else None


def _add(found: Tally, article: Article, number: int, name: Name) -> None:
    form = printed(name.tokens)
    record = found.records.setdefault(key_of(form), Record(key_of(form)))
    record.printed[form] += 1
    record.places.setdefault(number, []).append(name.start)
    record.proven += not name.opens
    for sort, weight in around(article.text, name):
        record.cues[sort] += weight
    behind = _ACRONYM.match(article.text, name.end)
    if behind and len(name.tokens) > 1:
        found.acronyms.setdefault(key_of(behind[1]), Counter())[record.key] += 1


def _is_common(record: Record, small: Counter[str]) -> bool:
    """Whether a single word is an ordinary word, here or everywhere: "the Government", "Police"."""
    lows = [word.lower().rstrip(".") for word in record.words]
    low = lows[-1]
    if len(lows) > 1:
        return low not in HEADS and not record.name.isupper() and all(w in _NO_NAME | HEADS for w in lows)
    if low in ORDINARY or (record.name.isupper() and len(low) > 1):
        return low in ORDINARY
    if low in HEADS or (low in _NO_NAME and record.cues["person"] < 3):
        return True
    return bool(small[low]) and 3 * small[low] >= record.proven
