"""When the name of a capital stands for a government."""

from __future__ import annotations

import re

from dossier.annotate.words import ACTS, DEALT, HOLDINGS, LOCATIVE, RELATIONAL, RELATIONS, STANCES

_MATTERS = RELATIONS | HOLDINGS
_WORDS_BEFORE = re.compile(r"([\w'-]+) ([\w'-]+) $|([\w'-]+) $")
_PARTNER_BEFORE = re.compile(r"((?:[A-Z]\w+ ){0,2}[A-Z]\w+(?:, [A-Z]\w+)*),? (?:and|or) $")
_PARTNER_AFTER = re.compile(r"(?:, [A-Z]\w+)*,? (?:and|or) [A-Z]\w+\b")
_ADVERB = r"(?:(?:also|still|now|then|repeatedly|already|later|initially|\w+ly) )?"
_ACTING = re.compile(rf" {_ADVERB}(\w+)(?: {_ADVERB}(\w+))?")
_HOLDING = re.compile(r"'s? (?:(?:\w+-)?\w+ )?(\w+)")


def acts_as_government(text: str, start: int, end: int) -> bool:
    """Whether a capital city, at start:end of a folded text, acts or is dealt with as a government.

    >>> acts_as_government("He urged Moscow to stop.", 9, 15)
    True
    >>> acts_as_government("He flew to Moscow on Monday.", 11, 17)
    False
    """
    left, right = start, end
    partner = _PARTNER_BEFORE.search(text, max(0, start - 60), start)
    if partner:
        left = partner.start()
    after = _PARTNER_AFTER.match(text, end)
    if after:
        right = after.end()
    before = _WORDS_BEFORE.search(text, max(0, left - 60), left)
    first, second = (before[1] or "", before[2] or before[3] or "") if before else ("", "")
    if second.lower() in LOCATIVE and not (second == "to" and first.lower() in _MATTERS):
        return False
    if second.lower() in DEALT:
        return True
    if second.lower() == "against" or (second.lower() in RELATIONAL and first.lower() in _MATTERS):
        return True
    held = _HOLDING.match(text, end)
    if held:
        return held[1] in HOLDINGS or held[0].split()[-2 if len(held[0].split()) > 2 else -1] in HOLDINGS
    if second.lower() in RELATIONAL - {"to", "and"}:
        return False
    acting = _ACTING.match(text, right)
    if not acting:
        return False
    verb, complement = acting[1], acting[2] or ""
    if verb in ("is", "was", "are", "were"):
        return complement in STANCES
    return verb in ACTS
