"""Reading an article's quotations in order, paragraph by paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from dossier.model import Annotation, Article, Quotation, Ref
from dossier.quote.attribute import attribute, introduction
from dossier.quote.focus import resolve, subject_spans
from dossier.quote.marks import Span, find_quotations
from dossier.quote.rules import TAGS
from dossier.quote.shape import Shape, mask, shape
from dossier.quote.speakers import Cast, Speaker
from dossier.schema import Entry

#: A transcript: the speaker's name in capitals stands inside the marks.
_TRANSCRIPT = re.compile(r"((?:[A-Z]{2,}[.’'-]?[A-Z]*)(?: [A-Z.’'-]{2,}){0,3}): \S")
#: What stands before words that are named, not said: titles of works, terms.
_TERM = re.compile(
    r"(?:so-called|known as|(?:en)?titled|nicknamed|the (?:word|term|phrase|song|film|movie|book|novel|play|show"
    r"|series|album|hashtag|single|documentary|painting|sitcom|musical|program|programme"
    r"|newspaper|magazine|website|blog)s?) ?$"
)
#: Words that a title prints with a small letter.
_SMALL = re.compile("a|an|and|as|at|but|by|for|from|in|into|of|on|or|the|to|with|vs|&|\\W.*|\\d.*")


#: Where more paragraphs than this are nothing but a quotation, none is a crosshead.
_CROSSHEADS = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What tells who said a quotation: the attributing mention, the cue, the rule."""

    speaker: Speaker
    cue: str | None
    rule: str


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """What an article is read with. Two are the same where they hold the very same objects, none of which changes."""

    article: Article
    annotation: Annotation
    entries: Mapping[Ref, Entry]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and (
            self.article is other.article and self.annotation is other.annotation and self.entries is other.entries
        )

    def __hash__(self) -> int:
        return hash((id(self.article), id(self.annotation), id(self.entries)))


def reader(article: Article, annotation: Annotation, entries: Mapping[Ref, Entry]) -> Reader:
    """The reader of an article that has read its quotations; the same one for its quotations and its statements."""
    return _read(Given(article, annotation, entries))


@lru_cache(maxsize=1)
def _read(given: Given) -> Reader:
    article = given.article
    spans = find_quotations(article.text, [(p.start, p.end) for p in article.paragraphs])
    return Reader(article, given.annotation, given.entries, spans)


class Reader:
    """One article while its quotations are read."""

    def __init__(
        self, article: Article, annotation: Annotation, entries: Mapping[Ref, Entry], spans: Sequence[Span]
    ) -> None:
        self.text = article.text
        self.paragraphs = article.paragraphs
        self.spans = spans
        self.found: list[Found | None] = [None] * len(spans)
        self._cast = Cast(article.text, article.date, annotation, entries)
        lower_names = [(m.start, m.end) for m in annotation.mentions if m.text[:1].islower()]
        self._small = frozenset(article.text.split())
        self.masked = mask(article.text, spans, lower_names)
        self._shapes: dict[int, Shape] = {}
        self._subjects: dict[int, list[Speaker]] = {}
        self._starts, self._ends = [span.outer_start for span in spans], [span.outer_end for span in spans]
        starts = [p.start for p in article.paragraphs]
        self._inside: dict[int, list[int]] = {}
        for i, span in enumerate(spans):
            self._inside.setdefault(bisect_right(starts, span.outer_start) - 1, []).append(i)

        self.quotations = self._read()

    def _read(self) -> list[Quotation]:
        """The quotations in order, with their speakers."""
        for n, inside in self._inside.items():
            self._by_sentence(n, inside)
            self._by_paragraph(n, inside)
        self._by_repetition()
        return [self._quotation(span, found) for span, found in zip(self.spans, self.found, strict=True)]

    def _quotation(self, span: Span, found: Found | None) -> Quotation:
        words = self.text[span.start : span.end]
        if found is None:
            return Quotation(span.start, span.end, words)
        s = found.speaker
        printed = self.text[s.start : s.end]
        return Quotation(span.start, span.end, words, s.ref, s.name, printed, s.start, s.end, found.cue, found.rule)

    def shape(self, n: int) -> Shape:
        """The word classes of a paragraph."""
        if n not in self._shapes:
            p = self.paragraphs[n]
            spans = [self.spans[i] for i in self._inside.get(n, ())]
            self._shapes[n] = shape(self.text, self.masked, p.start, p.end, spans, self._small)
        return self._shapes[n]

    def subjects(self, n: int) -> list[Speaker]:
        """Who stands in subject position in a paragraph, in order."""
        if n not in self._subjects:
            self._subjects[n] = out = []  # filled as it is read: a pronoun may stand for the one before it
            for low, high in subject_spans(self.shape(n), self.text):
                out.append(self.speaker(n, low, high))
        said = [f.speaker for i in self._inside.get(n, ()) if (f := self.found[i])]
        return sorted({*self._subjects[n], *said}, key=lambda s: s.start)

    def spans_in(self, start: int, end: int) -> Sequence[Span]:
        """The quotations that meet a stretch of the text."""
        return self.spans[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def names(self, n: int) -> list[Speaker]:
        """Everybody who is named in a paragraph outside quotations, in order."""
        at = self.shape(n)
        return [self.speaker(n, i, i + 1) for i, kind in enumerate(at.kinds) if kind == "N"]

    def speaker(self, n: int, low: int, high: int) -> Speaker:
        """Whom some tokens of a paragraph name, describe or stand for."""
        at = self.shape(n)
        start, end = at.starts[low], at.ends[high - 1]
        kind = at.kinds[low:high]
        if kind == "N":
            return self._cast.named(start, end)
        if kind in ("P", "I", "o", "h"):
            return resolve(Speaker(start, end, "P"), self.text, self._cast, self.subjects, self.names, n)
        return self._cast.described(start, end)

    def _by_sentence(self, n: int, inside: Sequence[int]) -> None:
        """The rules that look at a quotation's own sentence."""
        at = self.shape(n)
        for i, token in zip(inside, at.quotations, strict=True):
            if i in self._echoes or self._is_term(i, at, token):
                continue
            if label := _TRANSCRIPT.match(self.text, self.spans[i].start, self.spans[i].end):
                self.found[i] = Found(self._cast.named(*label.span(1)), None, "label")
            elif told := attribute(at, token):
                speaker = self.speaker(n, told.low, told.high)
                if told.rule == "colon" and not self._may_speak(speaker):
                    continue
                self.found[i] = Found(speaker, at.words(self.text, told.cue), told.rule)

    def _may_speak(self, speaker: Speaker) -> bool:
        return speaker.kind == "P" or self._cast.person(speaker) > 0

    def _is_term(self, i: int, at: Shape, token: int) -> bool:
        """Whether the marks set off a title, a term or a doubtful word instead of speech."""
        span = self.spans[i]
        words = self.text[span.start : span.end].split()
        if _TERM.search(self.text[max(0, span.outer_start - 24) : span.outer_start]):
            return not at.alone(token)
        if len(words) > 1 and words[0][:1].isupper() and self.text[span.end - 1] not in ".?!,":
            return all(w[:1].isupper() or _SMALL.fullmatch(w) for w in words) and not at.alone(token)
        scare = len(words) <= 2 and at.kinds[token - 1 : token] in ("s", "D", "h", "p", "S", "c") and token > 0
        return (
            scare
            and at.kinds[token + 1 : token + 2] in ("w", "N", "T", "A")
            and "U" not in at.kinds[max(0, token - 4) : token]
        )

    def _by_paragraph(self, n: int, inside: Sequence[int]) -> None:
        """The rules that look at the quotations and sentences around."""
        at = self.shape(n)
        found = self.found
        for k, i in enumerate(inside):
            token = at.quotations[k]
            before = found[inside[k - 1]] if k else None
            if found[i] or not before:
                continue
            if at.alone(token):
                found[i] = replace(before, rule="same-paragraph")
            elif before.rule in TAGS and at.quotations[k - 1] >= at.sentence(token)[0]:
                found[i] = replace(before, rule="split")
        for k in range(len(inside) - 2, -1, -1):
            later = found[inside[k + 1]]
            if (
                not found[inside[k]]
                and at.alone(at.quotations[k])
                and later
                and later.rule in (*TAGS, "same-paragraph")
            ):
                found[inside[k]] = replace(later, rule="same-paragraph")
        first, token = inside[0], at.quotations[0]
        if found[first] or first in self._echoes or not at.alone(token):
            return
        lead = self._introduced(n, token) if token else self._from_paragraph_before(n)
        if lead:
            found[first] = lead
            for i, other in zip(inside[1:], at.quotations[1:], strict=True):
                if not found[i] and at.alone(other):
                    found[i] = replace(lead, rule="same-paragraph")

    def _from_paragraph_before(self, n: int) -> Found | None:
        """Who said a quotation that begins a paragraph, going by the paragraph before."""
        if n == 0:
            return None
        at, inside = self.shape(n - 1), self._inside.get(n - 1)
        if inside:
            last = self.found[inside[-1]]
            unclosed = not self.spans[inside[-1]].closed
            ends_in_it = not at.kinds[at.sentence(at.quotations[-1])[1] :].strip(".?")
            nothing_else = not self.shape(n).kinds.strip("Q.?,")
            if last and (unclosed or (ends_in_it and nothing_else)):
                return replace(last, rule="continued")
        return self._introduced(n - 1, len(at.kinds))

    def _introduced(self, n: int, token: int) -> Found | None:
        """Who is about to speak, by the sentence that ends before a token."""
        at = self.shape(n)
        told = introduction(at, token)
        if told is None:
            return None
        speaker = self.speaker(n, told.low, told.high)
        if told.cue is not None and at.kinds[told.cue] == ":" and not self._may_speak(speaker):
            return None
        return Found(speaker, at.words(self.text, told.cue), told.rule)

    @cached_property
    def _echoes(self) -> dict[int, int]:
        """Quotations that fill a paragraph and only repeat words of another one: crossheads and pull quotes."""
        alone = [i for n, inside in self._inside.items() if len(inside) == 1 for i in inside if self._fills(n, i)]
        if not 0 < len(alone) <= _CROSSHEADS:
            return {}
        keys = [re.sub(r"\W+", "", self.text[s.start : s.end]).casefold() for s in self.spans]
        echoes: dict[int, int] = {}
        for i in alone:
            others = (j for j, key in enumerate(keys) if j != i and j not in echoes and keys[i] in key)
            if len(keys[i]) >= 12 and (other := next(others, None)) is not None:
                echoes[i] = other
        return echoes

    def _fills(self, n: int, i: int) -> bool:
        p, s = self.paragraphs[n], self.spans[i]
        return s.outer_start == p.start and not self.text[s.outer_end : p.end].strip()

    def _by_repetition(self) -> None:
        for echo, said in self._echoes.items():
            if found := self.found[said]:
                self.found[echo] = replace(found, rule="repeated")
