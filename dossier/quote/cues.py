"""The inflected forms of the verbs that tell of speech, each with its class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

#: By list of verbs: the class of their finite forms.
KINDS = {"weak": "H", "judging": "U", "saying": "V"}


def past(verb: str) -> str:
    """The past tense of a regular verb.

    >>> [past(verb) for verb in ("urge", "deny", "warn")]
    ['urged', 'denied', 'warned']
    """
    if _ends_in_y(verb):
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def third(verb: str) -> str:
    """The third person of a verb.

    >>> [third(verb) for verb in ("say", "deny", "stress")]
    ['says', 'denies', 'stresses']
    """
    if _ends_in_y(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")


def participle(verb: str) -> str:
    """The -ing form of a regular verb.

    >>> [participle(verb) for verb in ("say", "urge", "see")]
    ['saying', 'urging', 'seeing']
    """
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def _ends_in_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in "aeiou"


def forms(
    verbs: Mapping[str, list[str]], nouns: frozenset[str], irregular: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Every form of the verbs with its class: V saying, U judging, H weak (finite), G the -ing form.

    B is a bare form, A a bare form that is a noun as often (`nouns`); weak verbs keep H.
    """
    table: dict[str, str] = {}
    for name, kind in KINDS.items():
        for verb in verbs[name]:
            bare = kind if kind == "H" else "A" if verb in nouns else "B"
            table |= dict(_forms(verb, kind, bare, irregular.get(verb, {})))
    return table


def _forms(verb: str, kind: str, bare: str, irregular: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    tense = irregular.get("past") or past(verb)
    yield verb, bare
    yield irregular.get("ing") or participle(verb), "G"
    yield irregular.get("participle") or tense, kind
    yield tense, kind
    yield third(verb), kind


def inflected(verb: str, irregular: Mapping[str, str]) -> set[str]:
    """Every form of a verb."""
    return {form for form, _ in _forms(verb, "", "", irregular)}
