"""Names of authors, from bylines and from what the markup of a page declares."""

from __future__ import annotations

import re

_BY = re.compile(
    r"^\W*(?:(?:(?:story|words|text|report|article|analysis|opinion|review|written|posted|reported|published|added"
    r"|created|submitted|compiled|exclusive)\s+)?by"
    r"|authors?|writer|reporter|von|par|por|door|di|av)\b\s*[:\s]\s*(?=\S)",
    re.I,
)
_CUT = re.compile(
    r"\s[|•·–—-]\s|[|•·]|\s{2,}|\s@\w|\(|\s(?:on|at|in|for|from|via|posted|published|updated|contributed"
    r"|contributing|last|special to|is|was|has)\s"
    r"|,?\s(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|,?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*\.?\s\d|\s\d|\d\d?[/.]\d|follow|email|e-mail|https?:|\bupdated\b|\bpublished\b",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:[,;/+]|&amp;|&|\band\b|\bund\b|\bet\b|\by\b|\bwith\b)\s*", re.I)
_PARTICLE = frozenset(
    ("de", "da", "di", "del", "della", "des", "do", "dos", "du", "van", "von", "der", "den", "ter", "el", "al", "bin",
     "ibn", "ben", "la", "le", "af", "av", "zu", "y", "e", "o", "mc")
)  # fmt: skip
_POST = (
    r"(?:senior |deputy |managing |staff |political |chief |contributing |special )*(?:writer|reporter|correspondent"
    r"|editor|columnist|contributor|analyst|professor|producer|photographer|journalist|fellow|director|blogger|ceo"
    r"|chief)"
)
_ROLE = re.compile(
    rf"\b(?:{_POST}|bureau|politics|news service|special to|ph\.?d|m\.?d|jr|sr|ii|iii|esq|today|times|post|tribune"
    r"|herald|inc|ltd|llc|magazine|network|press|wire)\b\.?",
    re.I,
)
_TRAILING = re.compile(rf"(?<=\w)\s+(?:\w+ )?{_POST}$", re.I)
_DESK = re.compile(
    r"^(?:[\w.'’&-]+ ){0,4}(?:staff|team|editors?|desk|newsroom|bureau|admin|editorial board|reporters?|news|reports?"
    r"|service)$",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]['’.\w-]*$")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?$", re.I)


def is_name(text: str) -> bool:
    """Whether a text is written like the name of a person: two to five words that begin in capitals.

    >>> is_name("Ludwig van Beethoven"), is_name("Read More About"), is_name("Trump")
    (True, True, False)
    """
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(map(_WORD.match, words)):
        return False
    return all(w[0].isupper() or w.lower() in _PARTICLE for w in words) and words[-1][0].isupper()


def from_byline(text: str) -> tuple[str, ...]:
    """The names of a byline, with or without its "By".

    >>> from_byline("By Matthew Lee and Aamer Madhani, Associated Press | March 3, 2023")
    ('Matthew Lee', 'Aamer Madhani')
    """
    led = _BY.match(text)
    rest = text[led.end() :] if led else text
    nested = _BY.match(rest)
    rest = rest[nested.end() :] if nested else rest
    cut = _CUT.search(rest, 1)
    rest = (rest[: cut.start()] if cut else rest).strip(" ,.:;-–—|•")
    return split(rest)


def split(text: str) -> tuple[str, ...]:
    """The single names of a list of names; roles and employers after a comma are left out.

    >>> split("Jane Roe, Senior Editor; JOHN DOE")
    ('Jane Roe', 'JOHN DOE')
    """
    parts = [part.strip(" .,;:|•–—-") for part in _SPLIT.split(text)]
    names: list[str] = []
    for whole in parts:
        post = _TRAILING.search(whole)
        part = whole[: post.start()] if post and " " in whole[: post.start()] else whole
        if names and _SUFFIX.match(part):
            continue
        if is_name(part) and not (names and _ROLE.search(part)) and part not in names:
            names.append(part)
    if names:
        return tuple(names)
    whole = text.strip(" .,;:|•–—-")
    if _DESK.match(whole) or (re.fullmatch(r"[^\W\d_][\w.'’-]{2,20}", whole) and whole[0].isupper()):
        return (whole,)
    return ()
