"""Attribution within a sentence: which words tell who said a quotation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from re import Match, Pattern

from dossier.quote.rules import AFTER, CLAUSES, MAIN, NEAR, TAGS, TO_THE_END, WITH
from dossier.quote.shape import Shape


@dataclass(frozen=True, slots=True)
class Attribution:
    """The tokens of a paragraph that tell who said a quotation: the speaker's, the cue's, and the rule."""

    low: int
    high: int
    cue: int | None
    rule: str


def attribute(shape: Shape, token: int) -> Attribution | None:
    """Who said the quotation at a token, as far as its own sentence tells."""
    low, high = shape.sentence(token)
    before = _before(shape, low, token)
    after = _after(shape, token, high)
    return after if before is None or (after and _tags(shape, after, before, token)) else before


def _tags(shape: Shape, after: Attribution, before: Attribution, token: int) -> bool:
    """Whether what follows the quotation goes before what precedes it: “It was hard: “…,” she said.”."""
    if before.rule in ("colon", "label"):
        return after.rule in TAGS
    if after.rule not in TAGS or after.cue is None or after.rule == "quoted-as" or before.cue is None:
        return False
    introduces_another = shape.kinds[after.cue + 1 :].lstrip(",:t").startswith("Q")
    beside = shape.kinds[token + 1 : after.cue + 1] in (",NV", ",PV", "NV", "PV", ",IV")
    return beside and not introduces_another and before.cue < token - 2


def _after(shape: Shape, token: int, high: int) -> Attribution | None:
    """What follows the quotation in its sentence; a question mark inside it need not end the sentence."""
    if shape.kinds[high : high + 1] == "?" and high == token + 1:
        high = shape.sentence(high + 1)[1]
    for rule in AFTER:
        if match := rule.pattern.match(shape.kinds, token, len(shape.kinds) if rule.name in TO_THE_END else high):
            return read(match, rule.name)
    return None


def _before(shape: Shape, low: int, token: int) -> Attribution | None:
    """What stands before the quotation in its sentence: of all that tells of speech the nearest."""
    best: Attribution | None = None
    if low == token:
        return None
    for rule in CLAUSES:
        for match in rule.pattern.finditer(shape.kinds, low, token):
            found = read(match, rule.name)
            if found.cue is not None and shape.kinds[found.cue] in "UBAH" and "z" in shape.kinds[found.cue : token]:
                continue  # "called for talks although …": the quoted words are in another clause
            if best and not _nearer(shape, found, best):
                continue
            if rule.name == "shared-subject":
                cue = found.cue or 0
                subject = subject_of(shape, low, cue)
                if subject is None:
                    continue
                found = Attribution(*subject, cue, rule.name)
            best = found
    return best


def _nearer(shape: Shape, found: Attribution, best: Attribution) -> bool:
    """Whether a clause stands nearer to the quotation; a verb of mind gives way to a verb of saying."""
    if found.cue is None or best.cue is None:
        return False
    if found.rule == "colon":
        return False
    if shape.kinds[found.cue] == "H" and shape.kinds[best.cue] == "V":
        return False
    if shape.kinds[found.low] == "I" and shape.kinds[best.cue] == "V" and shape.kinds[found.low - 1] != "z":
        return False  # "she said it showed …": what "it" stands for does not speak
    return found.cue > best.cue


def read(match: Match[str], rule: str) -> Attribution:
    """What the groups of a rule's pattern matched: `s…` the speaker, `c…` the cue."""
    speakers, cues = _groups(match.re)
    speaker = next((span for number in speakers if (span := match.span(number))[0] >= 0), (0, 0))
    cue = next((start for number in cues if (start := match.start(number)) >= 0), None)
    return Attribution(*speaker, cue, rule)


@lru_cache(maxsize=64)
def _groups(pattern: Pattern[str]) -> tuple[list[int], list[int]]:
    """The numbers of a pattern's groups for the speaker and for the cue, in order."""
    named = pattern.groupindex.items()
    return [number for name, number in named if name[0] == "s"], [number for name, number in named if name[0] == "c"]


def subject_of(shape: Shape, low: int, cue: int) -> tuple[int, int] | None:
    """The subject of a verb that has none beside it."""
    if shape.kinds[cue] == "G" and (match := WITH.search(shape.kinds, low, cue)):
        return match.span("s")
    main = MAIN.match(shape.kinds, low, cue)
    if main:
        return main.span("s0" if main["s0"] else "s")
    near = list(NEAR.finditer(shape.kinds, low, cue))
    return near[-1].span("s") if near else None


def introduction(shape: Shape, token: int) -> Attribution | None:
    """Who is about to speak, by the sentence that ends before a token: it tells of speech."""
    kinds = shape.kinds[:token].rstrip(".?")
    colon = kinds.endswith(":")
    kinds = kinds.rstrip(":")
    low = max(kinds.rfind("."), kinds.rfind("?")) + 1
    found = _before(shape, low, len(kinds) + 1 if colon else len(kinds))
    if found is None or found.cue is None:
        return None
    said = shape.kinds[found.cue] in "VGB" and shape.kinds[found.low : found.high] in ("N", "P")
    return replace(found, rule="introduced") if colon or said else None
