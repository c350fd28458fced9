"""The rules of attribution: what stands around a quotation, as patterns over word classes.

A rule is a name, one sentence, and (most of them) a pattern over the letters of `shape`. Group `s` is the
speaker, group `c` the cue. Adding a rule is adding one of these, and a fixture that fires it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DET = "(?:[Dh]|N?s)"
#: A person by role ("the senior Treasury official", "officials"), a thing that speaks ("the ministry").
ROLE = r"(?:[Dh]|Ns)?(?:[wN0TBAk]|Ns){0,6}T(?!s)"
_OBJECT = r"(?:[Dh]|Ns)(?:[wN0TBAkX]|[wNT]s){0,4}[wBAk](?!s)"
_THING = rf"(?<![pjy]){_OBJECT}"
_SPEAKER = rf"[PI]|N(?!s)|{ROLE}|{_THING}"
#: What may follow the head of the subject: prepositional phrases, brackets, insertions.
_PHRASES = r"0?(?:(?:[pSj]|w?y)(?:[Dh]|N?s)?(?:[w0TBAdk]|Ns?){0,8}[NwTdBA0k]){0,4}"
_INSERTION = r"b?(?:,(?=[D0TwpSbGXrdhjacAk]|N[,bs]|Nw)[^.?;:Q]{1,60}?,|-[^-.?:Q]{1,40}-)?"
_AFTER_HEAD = rf"{_PHRASES}{_INSERTION}(?:,?r)?[Xde]*"
#: The same without an insertion, which the object of a preposition cannot have: "In a letter to Roe, Doe, …, said".
_RIGHT_AFTER_HEAD = rf"{_PHRASES}b?(?:,?r)?[Xde]*"
_NO_OBJECT = "(?<![pSjy])(?<![pSjy]D)"
#: A verb that has the words before it as its subject: not a passive ("was called", "reported by").
_CUE = r"s?(?P<{0}>(?<!e)[VUH](?!y)|(?<=[es])G|(?<=eX)G|(?<=[XTPIN])B|(?<=X)A)"
#: A speaker after the verb: "said the minister, Jane Roe", "said Roe", "said the minister", "said he".
_INVERTED = (
    rf"(?:(?:{_DET}|Ns)?(?:[wN0BAkT]|Ns){{0,8}}?T,?(?P<s1>N)(?!s)|(?:[Dh]|Ns)[wN0BAk]{{0,6}}w,(?P<s0>N)(?=[.,b]|$)"
    rf"|N[wBAk]{{1,2}}(?P<s2>N)(?!s)|(?:[Dh]|Ns)?(?P<s5>N)(?!%s)|(?P<s3>{ROLE}|{_OBJECT})|(?P<s4>[PI]))"
)
SAID_BY = _INVERTED % "[sT]"
ACCORDING_TO = _INVERTED % "[sTwAk]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of attribution: its name, the sentence the method page prints, its pattern if it is one."""

    name: str
    sentence: str
    pattern: re.Pattern[str]


def _rule(name: str, sentence: str, pattern: str) -> Rule:
    return Rule(name, sentence, re.compile(pattern))


#: Matched at a quotation and what follows it in its sentence.
AFTER = (
    _rule(
        "quoted-as",
        "An outlet quoted someone: the one it quoted is the speaker.",
        rf"Q[,?]?D?(?:{_SPEAKER})X*(?P<c>K)(?P<s>[ohN])",
    ),
    _rule(
        "verb-speaker",
        "A verb of saying follows the quotation, and then who said it.",
        rf"Q[,?]?X*(?P<c>[VH])X?{SAID_BY}",
    ),
    _rule(
        "speaker-verb",
        "Who said it follows the quotation, and then a verb of saying.",
        rf"Q[,?]?(?:[pSj][DhwNTks0]{{1,7}},)?-?c?b?"
        rf"(?:(?:{_DET}|Ns)?(?:[wN0TBAkXd]|Ns){{0,9}}?(?P<s1>N)(?!s)|(?P<s>{_SPEAKER})){_AFTER_HEAD}"
        r"(?P<c>[VH](?!y)|(?<=[PN])U(?=[.,]|$)|(?<=Q,[PN])w(?=[.,]|$)|(?<=[es])[Xd]?G|(?<=[XTPINdp])B)",
    ),
    _rule(
        "short-tag",
        "A sentence of who said it and a verb of saying follows the quotation.",
        rf"Q\.(?P<s>N(?!s)|[PI]|{ROLE})b?X*(?P<c>V)(?:[pSd][wDN0d]{{0,3}})?(?=\.|$)",
    ),
    _rule("according-to", "The sentence says according to whom.", rf"Q[,?]?[wX]*(?P<c>aj?){ACCORDING_TO}"),
    _rule(
        "closing-tag",
        "The sentence of the quotation ends in who said it and a verb of saying.",
        rf"Q[^.?;:Q]{{0,60}},(?P<s>N|[PI]|{ROLE}){_PHRASES}[Xd]*(?P<c>V)[pSdDwNT0Xb]{{0,20}}$",
    ),
    _rule("signed", "A dash or a colon and a name follow the quotation.", r"Q[,.?]?[-:](?P<s>N)(?=[,b.]|$)"),
)
#: Found in the sentence before a quotation; what stands nearest to it wins.
CLAUSES = (
    _rule(
        "reported-speech",
        "The words before the quotation in its sentence say who said or judged so.",
        rf"(?:[DhwN0BAkT]|Ns){{0,6}}[Tw],(?P<s2>N)b?,[Xde]*{_CUE.format('c3')}"
        rf"|(?P<s>{_SPEAKER}){_RIGHT_AFTER_HEAD}{_CUE.format('c')}"
        rf"|{_NO_OBJECT}(?P<s1>{_SPEAKER}){_AFTER_HEAD}{_CUE.format('c1')}"
        rf"|(?:{_SPEAKER})X*(?P<c2>K)(?P<s0>[ohN])",
    ),
    _rule(
        "opening-verb",
        "Before the quotation the verb comes first, and then who said it: “Said Jane Roe: …”.",
        rf"(?:^|(?<=[.?:]))X?(?P<c>[VU]){SAID_BY}|(?<=[^Q],)(?P<c1>V)(?:[DhwN0]{{0,4}}T,?)?(?P<s6>N)(?![sTeXVUHGwB])",
    ),
    _rule(
        "shared-subject",
        "The verb before the quotation has its subject earlier in the sentence: “…, and said”, “…, saying”.",
        "(?:(?<=[c,])|(?<=[c,]X))(?P<c>V(?![yw])|U(?!y))|(?P<c2>G)|(?P<c3>(?<=j)B)",
    ),
    _rule(
        "speech-noun",
        "The quotation follows a noun for words said and whose they are: “her remark that …”.",
        r"(?P<s>N|[Dh]?[wN]{0,3}[wT]|h)(?:(?<=h)|s)w{0,2}(?P<c>k)(?=t?$|,?t?$|:$)",
    ),
    _rule("label", "A name and a colon stand before the quotation.", r"(?:^|-)[wTX]*(?:Nc)?(?P<s>N)b?(?P<c>:)$"),
    _rule(
        "colon",
        "A sentence about one person ends in a colon, and the quotation follows.",
        r"(?:^|(?<=[.?]))[cX,Q]*(?:[pSjyzGraVdwt][^.;:Q]{0,60}?,)?X*(?P<s>N(?!s)|P)[^.;:Q]{0,60}(?P<c>:)$",
    ),
    _rule("according-to", "The sentence says according to whom.", rf"(?P<c>aj?){ACCORDING_TO}"),
)
#: Rules of `AFTER` that may look beyond the end of the sentence, and those that tag a whole quotation.
TO_THE_END = ("signed", "short-tag")
TAGS = ("quoted-as", "verb-speaker", "speaker-verb", "short-tag", "signed")
#: The subject of a sentence, after what may stand before it.
MAIN = re.compile(
    r"(?:b-|N(?:,[wN0dsp,.]{0,8})?b?-)?[cX,Q]*(?:[pSjyzGraVdwt][^.;:Q]{0,60}?,)?X*"
    rf"(?:(?:[Dh]|Ns)?(?:[wN0Bk]|Ns){{0,6}}T(?P<s0>N)(?!s)|(?P<s>{_SPEAKER}))"
)
#: The subject of a clause that is not the first of its sentence, and one that follows its verb.
SECOND = re.compile(r"(?<=[cz,;:-])X*(?P<s>N(?!s)|P)(?=[XeVUHw])|(?<=[,Q])V(?P<s0>N)(?!s)")
#: Any name or pronoun that may be a subject.
NEAR = re.compile(r"(?<![pjyUVGHs])(?P<s>[PI]|N(?![sN]))")
#: "with the agency calling it": the subject of an -ing form.
WITH = re.compile(r"(?<=p)(?P<s>N|[Dh][wNTBA0k]{0,8}[NwT])X*$")

#: What is told without a pattern: where a quotation stands among others.
PLACES = {
    "split": "The quotation goes on in the same sentence after who said it.",
    "same-paragraph": "The quotation stands alone beside an attributed one in its paragraph.",
    "introduced": "The sentence before the quotation ends in a colon or tells of someone speaking.",
    "continued": "The paragraph is nothing but a quotation and goes on from an attributed one.",
    "repeated": "The same words are attributed elsewhere in the article.",
    "curated": "The curator named the speaker.",
    "none": "The article does not tell who said it.",
}
RULES: dict[str, str] = {rule.name: rule.sentence for rule in (*AFTER, *CLAUSES)} | PLACES
