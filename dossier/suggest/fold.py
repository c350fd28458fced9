"""One record for the forms of one name: family names under full names, acronyms under what they stand for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from dossier.suggest.tally import Record, Tally
from dossier.suggest.words import GIVEN, PARTICLES, SUFFIXES

_DOUBLED = re.compile(r"(.)\1+")


def fold(found: Tally) -> list[Record]:
    """The records, with the forms of one name joined; people are joined under names of two words or more."""
    _look_inside(found.records)
    _fold_capitals(found.records)
    _fold_acronyms(found)
    _fold_full_names(found.records)
    _fold_works(found.records)
    _fold_parts(found.records)
    return [record for record in found.records.values() if record.places]


def _merge(into: Record, other: Record, article: int | None = None) -> None:
    """Move the sightings of a record, or those in one article, to another."""
    places = other.places if article is None else {article: other.places[article]}
    moved = sum(map(len, places.values()))
    into.folded[other.name] += moved
    into.folded.update(other.folded)
    share = moved / max(1, other.count)
    for number, starts in places.items():
        into.places[number] = sorted([*into.places.get(number, []), *starts])
    into.proven += round(other.proven * share)
    for sort, weight in other.cues.items():
        into.cues[sort] += weight * share
    other.places = {} if article is None else {n: s for n, s in other.places.items() if n != article}


def _look_inside(records: dict[str, Record]) -> None:
    """Note where names that also occur by themselves begin or end longer ones: Norland in University of Norland."""
    for record in records.values():
        words = record.key.split()
        if len(words) < 2 or record.sort == "person":
            continue
        parts = {*words, *(" ".join(words[:n]) for n in range(2, len(words)))}
        parts |= {" ".join(words[n:]) for n in range(1, len(words) - 1)}
        for part in sorted(parts):
            inner = records.get(part)
            if inner and inner.proven and inner.sort in ("place", "other"):
                inner.cues["place"] += record.key.endswith(f" of {part}")
                for number, starts in record.places.items():
                    inner.within.setdefault(number, []).extend(starts)


def _fold_capitals(records: dict[str, Record]) -> None:
    """CAIRO under Cairo, and NGOs under NGO."""
    for key in [k for k in records if k.isupper() and len(k) > 2]:
        if other := records.get(key.lower()):
            _merge(other, records.pop(key))
    for key in [k for k in records if k.endswith("s") and k[:-1].upper() in records]:
        if records[key].name[:-1].isupper():
            _merge(records[key[:-1].upper()], records.pop(key))


def _fold_acronyms(found: Tally) -> None:
    """An acronym under the name that it was introduced for, or the only one that it can stand for."""
    records = found.records
    by_initials: dict[str, list[str]] = {}
    for key, record in records.items():
        words = [w for part in record.words for w in part.split("-")]
        if len(words) > 1 and not key.isupper():
            capitals = "".join(w[0] for w in words if w and w[0].isupper())
            every = "".join(w[0] for w in words if w).upper()
            for initials in {capitals, every}:
                by_initials.setdefault(initials, []).append(key)
    for key in [k for k in records if k.isupper() and 2 <= len(k) <= 8 and " " not in k]:
        introduced = [k for k, _ in found.acronyms.get(key, Counter[str]()).most_common() if k in records]
        possible = introduced or [k for k in by_initials.get(key, ()) if _stands_for(records[key], records[k])]
        if introduced or len(possible) == 1:
            whole, short = records[possible[0]], records.pop(key)
            _merge(whole, short)
    # A name introduced with an acronym that was printed in mixed case: "Islamic State (Isis)".
    for key, wholes in found.acronyms.items():
        if not key.isupper() and key in records:
            longer = next((k for k, _ in wholes.most_common() if k in records and k != key), "")
            if key == "".join(word[0] for word in longer.split()):
                _merge(records[longer], records.pop(key))


def _stands_for(short: Record, whole: Record) -> bool:
    """Whether an acronym may stand for a name with these initials: a body that one of the same articles names."""
    return (
        whole.evidence["organization"] >= 5
        and whole.sort == "organization"
        and not short.places.keys().isdisjoint(whole.places)
    )


def _fold_full_names(records: dict[str, Record]) -> None:
    """Jane Q. Roe and Jane Roe are one, and so are Sergey and Sergei Roe."""
    groups: dict[tuple[str, str], list[str]] = {}
    for key, record in records.items():
        words = _own_words(record)
        if _is_full(record):
            groups.setdefault((_sound(words[0]), _sound(_short(words[-1]))), []).append(key)
    for keys in groups.values():
        keys.sort(key=lambda k: (-records[k].count, k))
        for other in keys[1:]:
            _merge(records[keys[0]], records.pop(other))


def _is_full(record: Record) -> bool:
    """Whether a record is a person's full name."""
    return 2 <= len(record.words) <= 5 and record.words[0] not in PARTICLES and record.sort == "person"


def _own_words(record: Record) -> list[str]:
    words = record.name.lower().split()
    while len(words) > 2 and words[-1].strip(".,") in SUFFIXES:
        words.pop()
    return words


def _sound(word: str) -> str:
    """What the customary spellings of one name from another alphabet have in common.

    >>> _sound("sergey"), _sound("sergei"), _sound("zelenskyy"), _sound("andré")
    ('sergei', 'sergei', 'zelenski', 'andre')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _DOUBLED.sub(r"\1", plain.replace("y", "i"))


def _short(family: str) -> str:
    """A family name without its Arabic article."""
    head, dash, rest = family.partition("-")
    return rest if dash and rest and head in PARTICLES | {"an", "as", "ar"} else family


def _families(record: Record) -> Iterator[str]:
    """The forms in which a person's family name stands alone."""
    words = _own_words(record)
    yield _short(words[-1])
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
        yield " ".join(words[at:])


def _fold_works(records: dict[str, Record]) -> None:
    """What is somebody's, without a head that makes it a body: the Roe Diaries tell of Jane Roe."""
    bearers: dict[str, list[str]] = {}
    for key, record in records.items():
        if 2 <= len(record.words) <= 4 and record.count > 1 and record.evidence["person"] >= 5:
            for family in dict.fromkeys(_families(record)):
                bearers.setdefault(family, []).append(key)
    for key in [k for k in records if " " in k]:
        first = records[key].words[0].lower()
        own = [k for k in bearers.get(first, ()) if k in records and k != key]
        doubtful = records[key].sort in ("person", "other") and sum(records[key].evidence.values()) < 5
        if len(own) == 1 and first not in GIVEN and doubtful:
            whole, work = records[own[0]], records.pop(key)
            _merge(whole, work)
            del whole.folded[work.name]


def _foremost(bearers: list[Record]) -> list[Record]:
    """Of all who bear a family name, the one that is named twice as often as any other, if there is one."""
    sure = sorted((b for b in bearers if b.evidence["person"] >= 4), key=lambda b: (-b.count, b.key))
    return sure[:1] if sure and (len(sure) == 1 or sure[0].count >= 2 * sure[1].count) else []


def _fold_parts(records: dict[str, Record]) -> None:
    """Family names, and given names, under the full name that the article, or else the dossier, has for them.

    What most likely is a place is left alone: Paris stays in France though a Jane Paris is in the news.
    """
    everywhere: dict[str, list[Record]] = {}
    families: dict[tuple[str, int], list[Record]] = {}
    givens: dict[tuple[str, int], list[Record]] = {}
    fulls = [record for record in records.values() if _is_full(record)]
    for record in fulls:
        for family in dict.fromkeys(_families(record)):
            everywhere.setdefault(family, []).append(record)
            for article in record.places:
                families.setdefault((family, article), []).append(record)
        for article in record.places:
            givens.setdefault((record.words[0].lower(), article), []).append(record)
    taken = {id(record) for record in fulls}
    for record in list(records.values()):
        low = record.name.lower().replace("’", "'")
        if id(record) in taken or (" " in low and low.split()[0] not in PARTICLES):
            continue
        place, person = record.evidence["place"], record.evidence["person"]
        if place >= 4 and place > 2 * person:
            continue
        family = _short(low)
        foremost = [] if place > max(3, person) else _foremost(everywhere.get(family, []))
        for article in list(record.places):
            called = givens.get((low, article), []) if low in GIVEN else []
            bearers = families.get((family, article)) or foremost or (called if len(called) == 1 else [])
            if bearers:
                _merge(max(bearers, key=lambda b: (len(b.places.get(article, ())), b.count, b.key)), record, article)
