"""Linking names: which stretch of an article's text names which entry, and by which rule."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType

from dossier.annotate.folding import Folded, fold, fold_name
from dossier.annotate.gazetteer import Form, Gazetteer, gazetteer
from dossier.annotate.match import is_bounded
from dossier.annotate.parts import choose_parts
from dossier.annotate.reach import Reach, reach, reached, words_of
from dossier.annotate.resolve import (
    Choice,
    choose_outright,
    introduced,
    look,
    named_outright,
    settle,
)
from dossier.annotate.rules import RULES
from dossier.model import Annotation, Article, Mention, Ref, Unresolved
from dossier.schema import ArticleEntry

__all__ = ["RULES", "Gazetteer", "Reach", "annotate", "annotate_text", "gazetteer", "reach", "reached", "words_of"]

#: What stands before the first word of a sentence, up to that word.
_OPENS = re.compile(r"(?:\A|[.!?…:]|\n)[\s\"'“”‘’(]*\Z")
_NOTHING: Mapping[str, Ref | None] = MappingProxyType({})


def annotate(article: Article, gazetteer: Gazetteer, curated: ArticleEntry) -> Annotation:
    """Link the names in an article; the title helps to decide, and the curator's `mentions` come first."""
    return annotate_text(article.text, gazetteer, title=article.title, overrides=curated.mentions)


def annotate_text(
    text: str,
    gazetteer: Gazetteer,
    *,
    title: str = "",
    overrides: Mapping[str, Ref | None] = _NOTHING,
    skip: Sequence[tuple[int, int]] = (),
) -> Annotation:
    """Link the names in a text.

    `overrides` maps a text to the entry that it stands for here, or to None for no entry at all;
    `skip` are stretches (code point offsets) that get no mention but count as evidence.
    """
    folded = fold(text)
    scene, headline = look(folded.text, gazetteer), look(fold(title).text, gazetteer)
    outright, titular = choose_outright(scene, gazetteer), choose_outright(headline, gazetteer)
    curated = [_set_right(c, outright) for c in _curated(folded.text, overrides) if not _inside(c, outright)]
    outright = [c for c in outright if not any(o.start < c.end and c.start < o.end for o in curated)]
    named = named_outright(titular, sorted([*outright, *(c for c in curated if c.forms)]))
    settled = [choice for c in outright if (choice := settle(c, named))]
    short = {**introduced(headline.context, titular), **introduced(scene.context, settled)}
    covered = [(c.start, c.end) for c in (*settled, *curated)]
    settled += choose_parts(scene, gazetteer, covered, named, short)
    settled += [c for c in curated if c.forms]
    return _annotation(text, folded, settled, skip)


def _inside(part: Choice, choices: Sequence[Choice]) -> bool:
    """Whether a stretch is only a part of a longer name: "Price" in "Ned Price"."""
    return any(c.start <= part.start and part.end <= c.end and c.end - c.start > part.end - part.start for c in choices)


def _set_right(curated: Choice, outright: Sequence[Choice]) -> Choice:
    """A curator's decision with what the rules would have made of the text."""
    others = [c for c in outright if c.start < curated.end and curated.start < c.end] if curated.forms else []
    refs = dict.fromkeys(form.ref for c in others for form in c.forms if form.ref != curated.forms[0].ref)
    return curated._replace(beat=tuple(f"the article's own file decides against {ref}" for ref in refs))


def _curated(text: str, overrides: Mapping[str, Ref | None]) -> list[Choice]:
    """Every occurrence, as a whole word, of the texts that the curator has decided; longest first."""
    found: list[Choice] = []
    # What is typed small stands with a capital where it begins a sentence.
    spelled = {
        form: (words, ref) for words, ref in overrides.items() for form in (words[:1].upper() + words[1:], words)
    }
    for form, (words, ref) in sorted(spelled.items(), key=lambda item: (-len(item[0]), item[0])):
        wanted = fold_name(form)
        start = text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            here = form == words or form in overrides or _OPENS.search(text, max(0, start - 4), start)
            if here and is_bounded(text, start, end) and not any(c.start < end and start < c.end for c in found):
                found.append(Choice(start, end, (Form(ref, "curated", words),) if ref else ()))
            start = text.find(wanted, end)
    return found


def _annotation(text: str, folded: Folded, choices: list[Choice], skip: Sequence[tuple[int, int]]) -> Annotation:
    mentions: list[Mention] = []
    unresolved: list[Unresolved] = []
    bracketed = "[" in text or "]" in text
    skipped = sorted(start for start, _ in skip)
    furthest = list(accumulate((end for _, end in sorted(skip)), max))
    for choice in sorted(choices, key=_span):
        start, end = folded.span(choice.start, choice.end) if folded.cuts else choice[:2]
        if bracketed:
            start, end = _with_brackets(text, start, end)
        if (place := bisect_left(skipped, end)) and furthest[place - 1] > start:
            continue
        words = text[start:end]
        if not choice.reason:
            form = choice.forms[0]
            rule = "bracketed" if "[" in words and form.rule != "curated" else form.rule
            mentions.append(Mention(start, end, words, form.ref, rule, form.name, form.beat + choice.beat))
        else:
            candidates = tuple(sorted(form.ref for form in choice.forms))
            unresolved.append(Unresolved(start, end, words, candidates, choice.reason))
    return Annotation(tuple(mentions), tuple(unresolved))


def _span(choice: Choice) -> tuple[int, int]:
    return choice[:2]


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened by the bracket that opens or closes inside it."""
    inside = text[start:end]
    if inside.count("]") > inside.count("[") and text[start - 1 : start] == "[":
        start -= 1
    elif inside.count("[") > inside.count("]") and text[end : end + 1] == "]":
        end += 1
    return start, end
