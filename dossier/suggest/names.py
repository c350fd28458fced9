"""From a run of capitalised words to the names in it, without titles, offices and demonyms, joined names told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dossier.suggest.runs import Run, Token
from dossier.suggest.words import (
    ABBREVIATED,
    BODIES,
    BODIES_ON,
    CALENDAR,
    EVENTS,
    GIVEN,
    HEADS,
    HEADS_OF,
    LEADING,
    MODIFIERS,
    OFFICES,
    OPENING,
    ORDINARY,
    OWNERS,
    PARTICLES,
    PEOPLES,
    SUBJECTS,
    SUFFIXES,
    TAILS,
    TITLES,
)

Tokens = tuple[Token, ...]

_JOINERS = frozenset({"of", "for", "on", "and", "&", "the"})
_POSSESSIVE = re.compile(r"['’]s$")
#: A member of a parliament, of whose party and from where: Jane Roe (D-N.Y.).
_MEMBER = re.compile(r"[DRI]-[A-Z]")
_ROMAN = re.compile(r"[ivx]{1,4}$")


@dataclass(frozen=True, slots=True)
class Name:
    """One name in a run: its words, whether its first word begins a sentence, whether a title led to it."""

    tokens: Tokens
    opens: bool
    titled: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the article's text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the article's text."""
        return self.tokens[-1].end


def names(run: Run, wholes: Mapping[str, Sequence[tuple[str, ...]]]) -> Iterator[Name]:
    """The names in a run, in order; `wholes` are those known to be one name, by their first words."""
    tokens = run.tokens
    for at, token in enumerate(tokens):
        for whole in wholes.get(token.text, ()):
            if tuple(t.text for t in tokens[at : at + len(whole)]) == whole:
                yield from names(Run(tokens[:at], run.opens), {})
                yield Name(tokens[at : at + len(whole)], run.opens and not at)
                yield from names(Run(tokens[at + len(whole) :], False), wholes)
                return
    for piece, opens in _pieces(run):
        for found, titled in _named(piece):
            yield Name(found, opens and found[0] is piece[0], titled)


def spelled_out(tokens: Tokens, acronym: str) -> Tokens:
    """The last words of a run that an acronym is made of; at least two.

    Small words may count or not: the Organisation for the Prohibition of Chemical Weapons (OPCW).
    """
    wanted = acronym.replace(".", "").upper().rstrip("S" if acronym.endswith("s") else "")
    for at in range(len(tokens) - 2, -1, -1):
        if tokens[at].text[0].islower() and tokens[at].text[1:2] != "l":
            continue
        letters = [part[0] for t in tokens[at:] for part in t.text.split("-") if part and part.lower() not in _JOINERS]
        all_letters = [part[0] for t in tokens[at:] for part in t.text.split("-") if part]
        if wanted in ("".join(letters).upper(), "".join(all_letters).upper()):
            return tokens[at:]
    return ()


def _pieces(run: Run) -> Iterator[tuple[Tokens, bool]]:
    """The stretches between words that belong to no name: The, But, Monday, and what ends a name: 's, -led."""
    piece: list[Token] = []
    opens = run.opens
    tokens = run.tokens
    for at, token in enumerate(tokens):
        if _is_break(tokens, at):
            ended, stem = True, None
        else:
            ended, stem = _stem(token)
        if stem:
            piece.append(stem)
        if ended:
            yield from _trimmed(piece, opens)
            piece, opens = [], False
    yield from _trimmed(piece, opens)


def _is_break(tokens: Tokens, at: int) -> bool:
    """Whether a word belongs to no name: The, But, Monday; but WHO and Theresa May do."""
    token = tokens[at]
    if token.low in CALENDAR:
        called = at > 0 and tokens[at - 1].low in GIVEN | TITLES
        return not called and not (at + 1 < len(tokens) and tokens[at + 1].low in HEADS)
    if token.low in OPENING:
        return token.text[0].isupper() and not (token.text.isupper() and len(token.text) > 1 and "'" not in token.low)
    return False


def _stem(token: Token) -> tuple[bool, Token | None]:
    """Whether a name ends with this word, and the word without what ends it."""
    if token.low in OWNERS:
        return False, token
    if possessive := _POSSESSIVE.search(token.text):
        return True, token.cut(possessive.start())
    if _MEMBER.match(token.text):
        return True, None
    stem, dash, tail = token.text.rpartition("-")
    if dash and tail.lower() in TAILS:
        return True, token.cut(len(stem))
    if dash and stem.lower() in LEADING:
        return True, None
    return False, token


def _trimmed(piece: list[Token], opens: bool) -> Iterator[tuple[Tokens, bool]]:
    """A piece without small words at its ends; "al-", "bin" and the like may begin it."""
    begin, end = 0, len(piece)
    while begin < end and piece[begin].text in _JOINERS:
        begin += 1
    while end > begin and piece[end - 1].text[0].islower() and "-" not in piece[end - 1].text:
        end -= 1
    if begin < end:
        yield tuple(piece[begin:end]), opens and begin == 0


def _named(tokens: Tokens) -> Iterator[tuple[Tokens, bool]]:
    """The names in a piece, each with whether a title stands before it."""
    at = _last_title(tokens)
    if at is None:
        for name in _parted(tokens):
            yield from ((bare, False) for bare in _bare(name))
        return
    begin = at
    while begin and (tokens[begin - 1].low in MODIFIERS | TITLES or (begin > 1 and _is_office(tokens, begin - 1))):
        begin -= 1
    if begin:
        yield from _named_left(tokens[:begin])
    rest = tokens[at + 1 :]
    if not rest:
        return
    if rest[0].text in ("of", "for"):
        yield from _behind_office(rest)
    else:
        for number, name in enumerate(_parted(rest)):
            yield from ((bare, number == 0) for bare in _bare(name))


def _named_left(tokens: Tokens) -> Iterator[tuple[Tokens, bool]]:
    for piece, _ in _trimmed([*tokens], False):
        yield from _named(piece)


def _is_office(tokens: Tokens, at: int) -> bool:
    """Whether this word goes on an office that a title before it began: Secretary *of State* General."""
    while at >= 0 and (tokens[at].low in OFFICES or tokens[at].text in _JOINERS):
        at -= 1
    return at >= 0 and tokens[at].low in TITLES and tokens[at + 1].text in ("of", "for")


def _last_title(tokens: Tokens) -> int | None:
    """Where the last title of a piece stands, if what follows it is no body: General Motors has none."""
    for at in range(len(tokens) - 1, -1, -1):
        low = tokens[at].low
        if low not in TITLES or (low in ("md", "dr") and at == len(tokens) - 1 and at):
            continue
        rest = tokens[at + 1 :]
        if rest and low not in ABBREVIATED and rest[-1].low in HEADS and rest[0].low not in GIVEN:
            return None
        if rest and rest[0].text == "and" and len(rest) > 1 and rest[1].low not in TITLES:
            continue
        return at
    return None


def _behind_office(rest: Tokens) -> Iterator[tuple[Tokens, bool]]:
    """The names behind "of" or "for": Secretary of State *Jane Roe*, King of *Jordan*."""
    at = 1
    while at < len(rest) and (rest[at].low in OFFICES or rest[at].text in _JOINERS):
        at += 1
    if at == len(rest):
        return
    if rest[at - 1].text[0].isupper() and not rest[at].taken:
        yield from ((bare, True) for bare in _bare(rest[at:]))
        return
    called = next((i for i in range(at + 1, len(rest)) if _begins_person(rest, i)), 0)
    if called:
        yield from _named_left(rest[at:called])
        yield from ((bare, True) for bare in _bare(rest[called:]))
    else:
        yield from _named_left(rest[at:])


def _begins_person(tokens: Tokens, at: int) -> bool:
    """Whether a person's name begins here, behind an office: the Middle East *Jane Roe*, the Treaty Council *Roe*."""
    if tokens[at].text[0].islower() or tokens[at - 1].text[0].islower() or tokens[at].taken:
        return False
    if tokens[at].low in GIVEN and at + 1 < len(tokens):
        return True
    return tokens[at - 1].low in BODIES and not any(t.low in HEADS or t.text in _JOINERS for t in tokens[at:])


def _parted(tokens: Tokens) -> Iterator[Tokens]:
    """A piece cut where a small word does not hold two parts of one name together."""
    begin = 0
    held = False
    at = 1
    while at < len(tokens):
        word = tokens[at].text
        if word not in _JOINERS:
            at += 1
            continue
        beyond = at + 1
        while beyond < len(tokens) and tokens[beyond].text in _JOINERS:
            beyond += 1
        if beyond == len(tokens):
            break
        if _holds(tokens[begin:at], word, tokens[at + 1], tokens[beyond:], held):
            held = held or word != "and"
        else:
            yield tokens[begin:at]
            begin, held = beyond, False
        at = beyond
    yield tokens[begin:]


def _holds(before: Tokens, word: str, next_word: Token, after: Tokens, held: bool) -> bool:
    """Whether a small word joins what is before it and after it to one name."""
    last, first = before[-1].low, after[0].low
    if word in ("of", "for"):
        return last in HEADS_OF and not (len(before) == 1 and first in CALENDAR)
    if word == "on":
        return last in BODIES_ON
    if word == "&":
        return True
    if word == "and" and next_word.text != "the":
        if before[-1].taken or after[0].taken:
            return False
        both = (last in SUBJECTS) + (first in SUBJECTS)
        return both == 2 or (both == 1 and (held or any(t.low in BODIES for t in after[:4])))
    return False


def _bare(tokens: Tokens) -> Iterator[Tokens]:
    """A name without demonyms and names of entries around it; nothing if nothing is left.

    What ends in a head, or has one before "of", keeps them: the Greek Orthodox Church.
    """
    if all(t.taken for t in tokens):
        return
    if len(tokens) > 1 and _has_head(tokens):
        yield tokens
        return
    part: list[Token] = []
    for token in tokens:
        if token.taken:
            yield from filter(None, [own(part)])
            part = []
        else:
            part.append(token)
    yield from filter(None, [own(part)])


def _has_head(tokens: Tokens) -> bool:
    if tokens[-1].low in HEADS:
        return True
    return any(a.low in HEADS_OF and b.text in ("of", "for", "on") for a, b in pairwise(tokens))


def own(part: Sequence[Token]) -> Tokens:
    """A stretch of a name without demonyms before it and ordinary words behind it."""
    begin, end = 0, len(part)
    while begin < end and (PEOPLES.issuperset(part[begin].low.split("-")) or part[begin].text in _JOINERS):
        begin += 1
    while end > begin and (
        part[end - 1].text in _JOINERS | PARTICLES or (end - begin > 1 and part[end - 1].low in ORDINARY - HEADS)
    ):
        end -= 1
    while end - begin > 2 and part[end - 1].low in SUFFIXES and part[end - 2].low not in EVENTS:
        end -= 1
    if begin < end and not (end - begin == 1 and (len(part[begin].low) < 2 or _ROMAN.fullmatch(part[begin].low))):
        return tuple(part[begin:end])
    return ()
