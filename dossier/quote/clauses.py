"""Reported clauses within a sentence: what somebody is reported to have said, in the reporter's words.

Like the rules of attribution, these are patterns over the word classes of `shape`; what follows a verb of
saying tells a reported clause ("said that he would go", "said he would go") from other objects ("said no").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dossier.quote.attribute import read, subject_of
from dossier.quote.rules import ACCORDING_TO, CLAUSES, ROLE, SAID_BY
from dossier.quote.shape import Shape
from dossier.quote.words import FINITE, PLURAL_NOUNS, STATING, UNSAID


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports something in a sentence: the speaker's tokens `low:high`, and the cue's token."""

    low: int
    high: int
    cue: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens of a reported clause, who reports it, and the rule that found it."""

    start: int
    end: int
    told: Report
    rule: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens `low:high` of a paragraph; `high` is the one that ends the sentence.

    `kinds` are the word classes of the paragraph up to there, so that a pattern's `$` is that end.
    """

    shape: Shape
    text: str
    low: int
    high: int
    kinds: str

    def word(self, token: int) -> str:
        """A token in small letters; nothing beyond the end."""
        return (self.shape.words(self.text, token) or "").lower() if token < self.high else ""

    def words(self, low: int, high: int) -> list[str]:
        """The single words of some tokens, in small letters."""
        return [word for token in range(low, high) for word in self.word(token).replace("’", "'").split()]

    def states(self, token: int) -> bool:
        """Whether a token is a verb that reports a statement."""
        return self.word(token).partition(" ")[0] in STATING

    def verb(self, told: Report) -> str:
        """The bare form of the verb that reports; nothing where it reports no clauses."""
        return STATING.get(self.word(told.cue).partition(" ")[0], ("", frozenset()))[0]

    def takes(self, told: Report, use: str) -> bool:
        """Whether the verb is on a list of `words.toml`: `that`, `bare`, `tag`, `addressing`."""
        return use in STATING.get(self.word(told.cue).partition(" ")[0], ("", frozenset()))[1]


#: A verb with its subject beside it, and one that shares the subject of another.
_BESIDE, _SHARED = CLAUSES[0].pattern, CLAUSES[2].pattern
#: Whom a verb of telling addresses.
_ADDRESSED = re.compile(r"N(?!s)|[oih]|D?[wN]{0,3}T|D[wNBAk]{1,4}(?=[tpdPD])|P(?=t)")
#: What may stand between a verb and "that": when, where, on what occasion.
_OCCASION = r"(?:[Xd0,]|[pSjy](?:[DhI]|N?s)?[w0TBAkdNGVS]{1,6}?)"
_THAT = re.compile(rf"{_OCCASION}{{0,6}}t")
_TOLD_THAT = re.compile(rf"(?:[^,.;:QVUGt-]{{1,9}}?)?{_OCCASION}{{0,6}}t")
_WHEN = re.compile(r"(?:p?D?d|p[Dh0]?w{1,2}(?=[PI]))*")
#: Where a reported clause ends within its sentence: at another report, at what the writer adds.
_END = re.compile(
    r"[;:]|,X?G|,X?(?P<aside>z)|,a|(?P<dash>-)|(?:,?c|,)X*(?P<verb>[VU])(?=[tjNDPpihwSoQ])"
    r"|,?c(?:[PI]|[DwN0TBA]{1,4})X*[VU](?!y)|,(?=[NP]X?V$)"
)
#: What the writer adds to a report.
_ASIDES = frozenset(("although", "though", "while", "whereas"))
#: Before the one who reports: the sentence begins with a subordinate clause, which a comma will end.
_SUBORDINATE = re.compile(r"(?:^|[,c-])X*[zS][^,]*$")
#: A tag within or after a clause: ", Roe said", ", said Roe, the minister".
_WHO = (
    rf"(?:(?:[DhwN0BAkT]|Ns){{0,6}}[Tw],(?P<s9>N),|(?P<s>(?:[DhwN0BAkT]|Ns){{0,6}}?N(?!s)|[PI]|{ROLE})b?"
    r"(?:,(?=[DwT])[^,]{1,40},)?)[Xe]*(?P<c>[VB])"
)
_TAG = re.compile(rf",(?:{_WHO}|(?P<c1>V){SAID_BY})(?P<rest>[^Q]*)$")
_PHRASES = r"(?:[dX]|[pSDy][DhN]?[wN0dTBAks]{0,8}){0,3}"
_LAST = re.compile(rf"{_PHRASES}$")
_INSERTED = re.compile(rf"(?:{_PHRASES}),")
_ACCORDING_LAST = re.compile(rf",?(?P<c>a)j{ACCORDING_TO}(?P<rest>[^,]*)$")
_ACCORDING_FIRST = re.compile(rf"[cX,]*(?P<c>a)j{ACCORDING_TO}(?P<rest>[^,]{{0,14}}),")

#: Before a clause without "that": what the verb has for an object instead.
_OBJECTS = frozenset(("so", "no", "nothing", "something", "anything", "more", "much", "little", "that", "what", "yes"))
#: Before the one who reports: what makes it doubtful.
_DOUBTFUL = frozenset(("if", "unless", "whether", "how", "why", "what"))

#: A pronoun with its verb: "she’ll", "they’re".
_CONTRACTED = re.compile("[’'](?:ll|re|ve|d)$")

#: The first token of a clause, the one after its last, and who reports it.
Found = Iterator[tuple[int, int, Report]]


def reports(sentence: Sentence) -> Iterator[Report]:
    """Who says in a sentence, in order: verbs with their subject beside them or earlier in the sentence."""
    found: dict[int, Report] = {}
    for rule in (_BESIDE, _SHARED):
        for match in rule.finditer(sentence.kinds, sentence.low):
            told = _report(match)
            if told is None or told.cue in found or not sentence.states(told.cue):
                continue
            if rule is _SHARED:
                subject = subject_of(sentence.shape, sentence.low, told.cue)
                if subject is None or not _shares(sentence, told.cue):
                    continue
                told = Report(*subject, told.cue)
            elif _object(sentence, told) and not _who(sentence, told):
                continue
            if told.low < told.cue and _said(sentence, told):
                found[told.cue] = told
    return iter([told for _, told in sorted(found.items())])


def _report(match: re.Match[str]) -> Report | None:
    """What the groups of a pattern matched."""
    found = read(match, "")
    return None if found.cue is None else Report(found.low, found.high, found.cue)


def _object(sentence: Sentence, told: Report) -> bool:
    """Whether the name before a verb is the object of a preposition: "those who spoke to Roe said"."""
    before = sentence.kinds[max(sentence.low, told.low - 2) : told.low]
    return sentence.kinds[told.low] == "N" and re.search("[pjSy]D?$", before) is not None


def _shares(sentence: Sentence, cue: int) -> bool:
    """Whether a verb shares the subject of another one; an -ing form does after a comma or "by"."""
    return sentence.kinds[cue] != "G" or sentence.kinds[cue - 1] in ",Xy"


def _who(sentence: Sentence, told: Report) -> bool:
    """Whether a relative clause follows the name at once: "Roe, who …"."""
    return sentence.kinds[told.high : told.high + 2] == ",r"


def _said(sentence: Sentence, told: Report) -> bool:
    """Whether what is reported was said, by the words before the verb."""
    between = sentence.kinds[told.high : told.cue]
    near = sentence.words(max(told.high + between.rfind(",") + 1, told.cue - 4), told.cue)
    relative = _in_relative(sentence, told) and not _who(sentence, told)
    doubtful = told.low > sentence.low and sentence.word(told.low - 1) in _DOUBTFUL
    return not (relative or doubtful or any(w in UNSAID or w.endswith("n't") for w in near))


def _in_relative(sentence: Sentence, told: Report) -> bool:
    """Whether the verb stands in a relative clause: "Roe, who said …", not "Roe, who left, said …"."""
    return "r" in sentence.kinds[told.high : told.cue].rpartition(",")[2] if told.high < told.cue else False


def said_that(sentence: Sentence, told: Report) -> int | None:
    """After the verb comes a clause with “that”."""
    after = told.cue + 1
    match = (_TOLD_THAT if sentence.takes(told, "addressing") else _THAT).match(sentence.kinds, after)
    if not (match and sentence.takes(told, "that") and sentence.word(match.end() - 1) == "that"):
        return None
    if sentence.word(told.cue) in PLURAL_NOUNS and sentence.kinds[match.end() : match.end() + 1] not in "NDPI":
        return None
    following = sentence.kinds[match.end() : match.end() + 1]
    if following in ("e", "X") and match.end() > after + 1:
        return None  # "told reporters after the meeting that was held there"
    if following == "d" or sentence.word(match.end()) == "same":
        return None  # "that night", "that same day"
    end = end_of(sentence, match.end(), told)
    return match.end() if following in ("P", "I") or _is_clause(sentence, match.end(), end) else None


def said(sentence: Sentence, told: Report) -> int | None:
    """After the verb comes a clause without “that”."""
    after = _after_addressed(sentence, told)
    if not sentence.takes(told, "bare") or (sentence.verb(told) == "tell" and after == told.cue + 1):
        return None
    match = _WHEN.match(sentence.kinds, after)
    start = match.end() if match else after
    kinds = sentence.kinds[start : start + 12]
    if sentence.verb(told) == "tell" and kinds[:1] in ("w", "B", "A", "k"):
        return None
    if not kinds or kinds[0] not in "NDPIiTwh0BAkz" or sentence.word(start) in _OBJECTS:
        return None
    if kinds[0] == "z":
        told_if = sentence.word(start) == "if" and kinds[1:2] in ("N", "P", "D")
        return start if told_if and _is_clause(sentence, start + 1, start + 12) else None
    stop = next((start + n for n, kind in enumerate(kinds) if kind in ",cz-"), start + len(kinds))
    pronoun = stop - start > 2 and (kinds[0] in "PI" or (kinds[:2] == "Nw" and sentence.verb(told) == "say"))
    contracted = _CONTRACTED.search(sentence.word(start)) is not None
    return start if pronoun or contracted or _is_clause(sentence, start + 1, stop) else None


def accused(sentence: Sentence, told: Report) -> int | None:
    """After the verb comes who is accused and of what."""
    start = told.cue + 1
    ahead = [sentence.word(token) for token in range(start, start + 9)]
    return start if sentence.verb(told) == "accuse" and "of" in ahead[1:] else None


def called_for(sentence: Sentence, told: Report) -> int | None:
    """After the verb comes what somebody called for, or on whom to do what."""
    start = told.cue + 1
    return start if sentence.verb(told) == "call" and sentence.word(start) in ("for", "on") else None


def _after_addressed(sentence: Sentence, told: Report) -> int:
    """The token after the verb, and after the one addressed: “told reporters”."""
    after = told.cue + 1
    match = _ADDRESSED.match(sentence.kinds, after) if sentence.takes(told, "addressing") else None
    return match.end() if match else after


def _is_clause(sentence: Sentence, low: int, high: int) -> bool:
    """Whether some tokens have a verb that only a clause has."""
    return any(
        sentence.kinds[token] in "eVUH"
        or sentence.word(token).replace("’", "'") in FINITE
        or _CONTRACTED.search(sentence.word(token))
        or (sentence.kinds[token] == "w" and sentence.word(token).endswith("ed"))
        for token in range(low, high)
    )


def end_of(sentence: Sentence, start: int, told: Report) -> int:
    """Where the clause that begins at a token ends: what the writer adds or reports anew is left out."""
    kinds = sentence.kinds
    if _in_relative(sentence, told) or _SUBORDINATE.search(kinds, sentence.low, told.low):
        comma = kinds.find(",", start)
        return comma if comma > 0 else sentence.high
    opened = kinds.find("-", start + 1) if kinds[start : start + 1] == "-" else -1
    place = opened + 1 if opened > 0 else start + 2
    while match := _END.search(kinds, place):
        dashes = kinds.find("-", match.end()) if match["dash"] else -1
        verb, aside = match.start("verb"), match.start("aside")
        kept = (verb >= 0 and not sentence.states(verb)) or (aside >= 0 and sentence.word(aside) not in _ASIDES)
        if dashes < 0 and not kept:
            return match.start()
        place = max(match.end(), dashes + 1)
    return sentence.high


def tag_last(sentence: Sentence) -> Found:
    """The sentence ends in who said it."""
    for told, tag, rest in _tags(sentence):
        apposition = rest[:1] == "," and told.low > told.cue
        if (apposition or _LAST.match(rest)) and _is_clause(sentence, sentence.low, tag):
            yield sentence.low, tag, told


def tag_inside(sentence: Sentence) -> Found:
    """Who said it stands between commas, and the sentence goes on."""
    for told, _, rest in _tags(sentence):
        inserted = _INSERTED.match(rest)
        goes_on = len(sentence.kinds) - len(rest) + (inserted.end() if inserted else 0)
        own = sentence.kinds[goes_on : goes_on + 1] in ("z", "c", "r")
        if inserted and told.low < told.cue and not own and _is_clause(sentence, goes_on, sentence.high):
            yield sentence.low, sentence.high, told


def _tags(sentence: Sentence) -> Iterator[tuple[Report, int, str]]:
    """Who said it, for each tag of a sentence; the token it begins at, and what follows it."""
    for match in _TAG.finditer(sentence.kinds, sentence.low):
        told = _report(match)
        if told is None or not sentence.takes(told, "tag"):
            continue
        after = _after_addressed(sentence, told)
        first = told.low < told.cue  # "Roe said", not "said Roe"
        told_whom = sentence.verb(told) != "tell" or (first and after > told.cue + 1)
        of_quotation = re.search("(?:[Qr]|Q,)$", sentence.kinds[sentence.low : match.start()])
        if told_whom and not of_quotation:
            yield told, match.start(), sentence.kinds[after:] if first else match["rest"]


def according_last(sentence: Sentence) -> Found:
    """The sentence ends in according to whom."""
    for match in _ACCORDING_LAST.finditer(sentence.kinds, sentence.low):
        told = _report(match)
        if told and _is_clause(sentence, sentence.low, match.start()):
            yield sentence.low, match.start(), told


def according_first(sentence: Sentence) -> Found:
    """The sentence begins with according to whom."""
    match = _ACCORDING_FIRST.match(sentence.kinds, sentence.low)
    told = _report(match) if match else None
    if match and told:
        yield match.end(), end_of(sentence, match.end(), told), told


#: How a sentence reports around a clause, and after a verb; the first that finds a clause has it.
AROUND: tuple[Callable[[Sentence], Found], ...] = (tag_last, tag_inside, according_last, according_first)
AFTER_VERB: tuple[Callable[[Sentence, Report], int | None], ...] = (said_that, said, accused, called_for)
#: What each rule goes by, in a sentence, by its name.
STATEMENT_RULES: dict[str, str] = {
    rule.__name__.replace("_", "-"): (rule.__doc__ or "").strip() for rule in (*AROUND, *AFTER_VERB)
}


def clauses(sentence: Sentence) -> Iterator[Clause]:
    """The reported clauses of a sentence in order, never overlapping: one within another is not told apart."""
    for around in AROUND:
        for start, end, told in around(sentence):
            yield Clause(start, end, told, around.__name__.replace("_", "-"))
            return
    done = sentence.low
    for told in reports(sentence):
        for rule in AFTER_VERB:
            first = None if told.cue < done else rule(sentence, told)
            if first is not None:
                done = end_of(sentence, first, told)
                yield Clause(first, done, told, rule.__name__.replace("_", "-"))
                break
