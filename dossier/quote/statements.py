"""Statements: what somebody is reported to have said, in the words of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dossier.model import Annotation, Article, Ref, Statement
from dossier.quote.clauses import Clause, Sentence, clauses
from dossier.quote.reader import Reader, reader
from dossier.quote.shape import Shape
from dossier.quote.words import CLASS, STATING
from dossier.schema import Entry

#: A quotation of so many words is no part of a reported clause: it stands for itself.
WHOLE = 5
#: A statement has at least so many tokens.
_SHORTEST = 3
#: A cue is printed up to its clause if it has no more characters.
_LONGEST_CUE = 60
#: What every rule of `clauses` goes by: a verb, or "according".
_CUE = re.compile("[VUHGBAKa]")
#: After a clause that only leads up to a quotation.
_BEFORE_QUOTATION = re.compile(":(?:Q|$)")
_LOOSE_MARK = re.compile('["“”„«»]')


#: Without one of these words a paragraph reports nothing.
_REPORTING = frozenset((*STATING, *(word for word, kind in CLASS.items() if kind == "a")))
_WORDS = re.compile(r"\w+")


def statements(article: Article, annotation: Annotation, entries: Mapping[Ref, Entry]) -> tuple[Statement, ...]:
    """The indirect statements of an article in order, never overlapping, each with its speaker.

    Only those are given whose speaker is named in the article: by name, by a description or a pronoun
    that can be resolved. A clause with a quotation of five words or more is none. Never raises.
    """
    reading = reader(article, annotation, entries)
    return tuple(
        statement
        for n, paragraph in enumerate(article.paragraphs)
        if not _REPORTING.isdisjoint(_WORDS.findall(article.words_of(paragraph).lower()))
        for sentence in _sentences(reading, n)
        for clause in clauses(sentence)
        if (statement := _statement(reading, n, sentence, clause))
    )


def _sentences(reader: Reader, n: int) -> Iterator[Sentence]:
    """The sentences of a paragraph that may report something: no questions."""
    shape = reader.shape(n)
    low = 0
    while low < len(shape.kinds):
        _, high = shape.sentence(low)
        if _CUE.search(shape.kinds, low, high) and (
            high == len(shape.kinds) or "?" not in (shape.words(reader.text, high) or "")
        ):
            yield Sentence(shape, reader.text, low, high, shape.kinds[:high])
        low = high + 1


def _statement(reader: Reader, n: int, sentence: Sentence, clause: Clause) -> Statement | None:
    """The statement of a reported clause, unless it quotes, or who made it is not named."""
    shape, text, told = sentence.shape, reader.text, clause.told
    low, high = clause.start, clause.end
    while low < high and shape.kinds[low] in "c,b-X":
        low += 1
    if high - low < _SHORTEST or _BEFORE_QUOTATION.match(sentence.kinds, high):
        return None
    start, end = shape.starts[low], shape.ends[high - 1]
    inside = reader.spans_in(start, end)
    first, last = shape.starts[sentence.low], shape.ends[min(sentence.high, len(shape.ends)) - 1]
    whole = any(len(text[span.start : span.end].split()) >= WHOLE for span in inside)
    if whole or _LOOSE_MARK.search(reader.masked, first, last):
        return None
    speaker = reader.speaker(n, told.low, told.high)
    if not speaker.name:
        return None
    cue = _cue(shape, text, told.cue, clause)
    printed = text[speaker.start : speaker.end]
    return Statement(
        start, end, text[start:end], speaker.ref, speaker.name, printed, speaker.start, speaker.end, cue, clause.rule
    )


def _cue(shape: Shape, text: str, token: int, clause: Clause) -> str:
    """The words that report a clause, up to it where it follows: "told reporters on Monday that"."""
    verb = shape.words(text, token) or ""
    if verb.lower() == "according":
        return f"{verb} to"
    if token > clause.start:
        return verb
    printed = " ".join(text[shape.starts[token] : shape.starts[clause.start]].split())
    return printed if len(printed) <= _LONGEST_CUE else f"{verb} …"
