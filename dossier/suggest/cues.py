"""What the words around a name, and its own words, tell of what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from dossier.suggest.names import Name
from dossier.suggest.words import (
    BEFORE_BODIES,
    BEFORE_PLACES,
    BEHIND_BODIES,
    BODIES,
    BODIES_OF,
    EVENT_OPENERS,
    EVENTS,
    FAMILY_FIRST,
    GIVEN,
    KINDS_OF_PLACES,
    KNOWN_PLACES,
    OPENING,
    PARTICLES,
    PARTIES,
    PLACE_OPENERS,
    PLACES,
    PLACES_OF,
    SPEECH,
    STATES,
    SUBJECTS,
    TITLES,
)

Sort = Literal["person", "organization", "place", "event", "other"]

SORTS: tuple[Sort, ...] = ("person", "organization", "place", "event")

_BEFORE = re.compile(r"(?:([\w’'-]+),? )?([\w’'-]+) $")
_AFTER = re.compile(r"(?:['’]s?)? ([\w’'-]+)")
_WHO = r"(?:man|woman|mother|father|resident|lawyer|analyst|leader|minister|spokes\w+)"
_AGE = re.compile(rf", \d\d[,.]|, who\b|, (?:a|an|the) (?:[\w-]+ ){{0,2}}?{_WHO}\b")
#: Behind a town stands its state, in short: Springfield, N.D.
_STATE = re.compile(r", (?:[A-Z]\.){2}")


#: Behind the name of a place at the beginning of a dispatch: Oslo (AP) —, OSLO, May 3 -.
_DATELINE = re.compile(r"(?:, [A-Z][\w.]+){0,2},? ?(?:\([A-Z]\w+\)|[-–—_] |\d\d?-\d|[A-Z][a-z]{2,8}\.? \d\d? ?[-–—(])")


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a name begins a paragraph as the place from which it was sent.

    >>> is_dateline("Oslo (AP) — He left.", 0, 4), is_dateline("Roe (AP photo) left.", 4, 7)
    (True, False)
    """
    return (not start or text[start - 1] == "\n") and bool(_DATELINE.match(text, end))


def is_state(text: str, name: Name) -> bool:
    """Whether a name is a state in short, behind a town: N.D. in Springfield, N.D."""
    if len(name.tokens) > 1 or not text.startswith(", ", max(0, name.start - 2)):
        return False
    return bool(_STATE.match(text, name.start - 2, name.end)) or name.tokens[0].low in STATES


def around(text: str, name: Name) -> Iterator[tuple[Sort, float]]:
    """What the words around one occurrence of a name tell, with weights."""
    if name.titled:
        yield "person", 3
    if is_dateline(text, name.start, name.end):
        yield "place", 3
    after = _AFTER.match(text, name.end)
    owns = after is not None and after[0][0] != " "
    before = _BEFORE.search(text, max(0, name.start - 40), name.start)
    first, last = (before[1] or "", before[2]) if before else ("", "")
    low = last.lower()
    if low in BEFORE_PLACES:
        yield "place", 0.3 if owns else 1.5 if low in ("in", "near") else 2
    elif low == "of" and first in KINDS_OF_PLACES:
        yield "place", 2
    elif low in ("from", "at", "to"):
        yield "place", 0.3
    elif last in TITLES:
        yield "person", 2
    elif last in BEFORE_BODIES:
        yield "organization", 2
    modifies = after is not None and not owns and after[1].islower() and after[1] not in OPENING | SPEECH
    if low == "the" and not modifies:
        yield ("place", 0.5) if first.lower() in ("in", "across") else ("organization", 0.7)
    if after and after[1] in SPEECH:
        yield "person", 1
    elif after and after[1].lower() in BEHIND_BODIES:
        yield "organization", 1.5
    elif after and after[1] in KINDS_OF_PLACES:
        yield "place", 1
    if _AGE.match(text, name.end):
        yield "person", 2
    elif text.startswith("-based", name.end) or _STATE.match(text, name.end):
        yield "place", 2


@lru_cache(maxsize=1 << 16)
def shape(name: str) -> Mapping[Sort, float]:
    """What a name's own words tell, with weights."""
    found: dict[Sort, float] = dict.fromkeys(SORTS, 0.0)
    words = [w for w in name.split() if not w.isdigit()] or [name]
    first, last = words[0].lower(), words[-1].lower()
    inner = [w.lower() for w in words]
    if len(words) == 1:
        if words[0].isupper() and len(words[0]) > 1:
            found["organization"] += 3
        if first in KNOWN_PLACES:
            found["place"] += 5
        if first in BODIES | PARTIES:
            found["organization"] += 5
        if first in EVENTS and words[0] != name:
            found["event"] += 3
        if first in GIVEN:
            found["person"] += 2
        return found
    of = next((i for i, w in enumerate(inner) if w in ("of", "for", "on")), 0)
    head = inner[of - 1] if of else last
    if head in EVENTS or first in EVENT_OPENERS:
        found["event"] += 8
    if head in PLACES or (of and head in PLACES_OF):
        found["place"] += 6
    if head in BODIES | PARTIES or (of and head in BODIES_OF):
        found["organization"] += 7
    if last in EVENTS | PLACES | BODIES and of:
        found["event" if last in EVENTS else "place" if last in PLACES else "organization"] += 3
    if first in GIVEN or (first in FAMILY_FIRST and len(words) <= 3):
        found["person"] += 5
    if first in BODIES and first not in GIVEN:
        found["organization"] += 3
    if first in PLACE_OPENERS:
        found["place"] += 3
    if any(len(w) == 2 and w[1] == "." for w in words[1:-1]) or (set(inner[1:-1]) & (PARTICLES - {"la", "le", "el"})):
        found["person"] += 3
    if "&" in words or "and" in inner or any(w in SUBJECTS for w in inner):
        found["organization"] += 2
    if any(w.isupper() and len(w) > 2 for w in words):
        found["organization"] += 1
    if not any(found.values()) and 2 <= len(words) <= 3:
        found["person"] += 1
    return found
