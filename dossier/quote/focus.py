"""Whom a pronoun stands for: who is in focus where it is printed.

The method is the simplest form of centering (Grosz, Joshi and Weinstein 1995): those in subject position
are tried from the nearest backwards, and gender rules out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dossier.quote.attribute import read
from dossier.quote.rules import CLAUSES, MAIN, SECOND
from dossier.quote.shape import Shape
from dossier.quote.speakers import Cast, Speaker

GENDERS = {"he": "M", "him": "M", "she": "F", "her": "F"}
#: How many paragraphs back the one in focus may have been named.
REACH = 3
_ADDRESSING = re.compile(r"(?:told|tells?|ask|assur|inform|remind|warn)")
#: Without one of these classes there is no clause of saying, asking or judging.
_CUE = re.compile("[VUHGBAK]")
_ASKING = re.compile(r"(?:ask|press|question|quizz|grill|interview)(?:s|ed|ing)?$")


def subject_spans(shape: Shape, text: str) -> list[tuple[int, int]]:
    """The tokens of all names, descriptions and pronouns in subject position in a paragraph, in order.

    Who is asked something counts, too: the next to speak is the one who answers.
    """
    kinds = shape.kinds
    spans: set[tuple[int, int]] = set()
    low = 0
    while low < len(kinds):
        _, high = shape.sentence(low)
        main = MAIN.match(kinds, low, high)
        if main and main.end() < high:
            first = main.span("s0" if main["s0"] else "s")
            spans.add(first)
            if kinds.startswith("Ns", first[0]):
                spans.add((first[0], first[0] + 1))  # "Roe’s campaign": Roe is in focus, too
        said = _CUE.search(kinds, low, high)
        clauses = [read(clause, "") for clause in CLAUSES[0].pattern.finditer(kinds, low, high)] if said else []
        for clause in clauses:
            spans.add((clause.low, clause.high))
            after = (clause.cue or 0) + 1
            if kinds[after : after + 1] == "N" and _ASKING.match(shape.words(text, clause.cue) or ""):
                spans.add((after, after + 1))
        if not clauses and "t" not in kinds[low:high]:
            spans.update(_second(shape, text, low, high))
        low = high + 1
    return sorted(spans)


def _second(shape: Shape, text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Subjects that are not the first of their sentence: "…, but Roe was late", "…, said Roe"."""
    for match in SECOND.finditer(shape.kinds, low, high):
        verb = shape.words(text, match.end() if match["s"] else match.start()) or ""
        if match["s"] and (shape.kinds[match.end()] != "w" or verb.endswith("ed")):
            yield match.span("s")
        elif match["s0"] and not _ADDRESSING.match(verb):
            yield match.span("s0")


def resolve(
    pronoun: Speaker,
    text: str,
    cast: Cast,
    subjects: Callable[[int], Sequence[Speaker]],
    names: Callable[[int], Sequence[Speaker]],
    paragraph: int,
) -> Speaker:
    """The pronoun with the name of whom it stands for; as it is, where nobody fits.

    `subjects(n)` gives those in subject position in paragraph `n`, in order; `names(n)` all names in it.
    """
    word = text[pronoun.start : pronoun.end].lower()
    if word in ("it", "they", "them"):
        return _body(pronoun, cast, subjects(paragraph))
    gender = GENDERS.get(word)
    if not gender:
        return pronoun
    for back in range(paragraph, max(-1, paragraph - 1 - REACH), -1):
        nearest = [s for s in reversed(subjects(back)) if s.end <= pronoun.start]
        for wanted in (2, 1):
            for subject in nearest:
                fits = subject.name and cast.person(subject) == wanted and cast.gender(subject) in (gender, "")
                if fits:
                    return replace(pronoun, ref=subject.ref, name=subject.name)
    for back in range(paragraph, max(-1, paragraph - 2), -1):
        named = {(s.ref, s.name) for s in names(back) if s.end <= pronoun.start and cast.gender(s) == gender}
        if named:
            ref, name = named.pop()
            return pronoun if named else replace(pronoun, ref=ref, name=name)
    return pronoun


def _body(pronoun: Speaker, cast: Cast, subjects: Sequence[Speaker]) -> Speaker:
    """What "it" or "they" stands for: the last subject before it in the paragraph, if that is a body."""
    before = [s for s in subjects if s.end <= pronoun.start and s.kind != "P"]
    if before and before[-1].name and not cast.person(before[-1]):
        return replace(pronoun, ref=before[-1].ref, name=before[-1].name)
    return pronoun
