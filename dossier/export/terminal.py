"""What the text engine made of an article, for a reader at a terminal: every decision with its reasons."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from dossier.model import Article, Fact, Mention, Paragraph, Quotation, Reading, Removed, Unresolved
from dossier.schema import Entries, Named

#: The colour of each kind of entry.
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "people": "cyan",
        "countries": "green",
        "organizations": "magenta",
        "events": "yellow",
        "topics": "blue",
        "sources": "bright_black",
    }
)
_OPEN = "bold red"
_CLOSING_MARKS = "\"'”’»"
# Control characters would steer the terminal; each becomes a picture of itself, so that offsets stay.
_PICTURES = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"},
    **dict.fromkeys((*range(0x7F, 0xA0), 0x2028, 0x2029), "\N{REPLACEMENT CHARACTER}"),
}
_SHOWN_WORDS = 8
_SHOWN_LINES = 3
_NARROWEST = 20


class Line(NamedTuple):
    """A text to wrap, with the indentation of its first and its other lines, in cells."""

    first: int
    others: int
    text: Text


def show(reading: Reading, entries: Entries, *, width: int, styled: bool, coloured: bool) -> str:
    """The facts, each paragraph with the decisions in it, and what was removed, in lines of at most `width` cells.

    With `styled`, mentions are underlined and quotations in italics, with `coloured` also in the colours
    of their kinds; without both there are no escape codes, and ‹ › stand around the mentions.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, _NARROWEST),
        force_terminal=styled,
        color_system="standard" if styled else None,
        no_color=not coloured,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for first, others, text in _lines(reading, entries, marks=not styled):
        for number, line in enumerate(text.wrap(console, console.width - max(first, others), overflow="fold")):
            line.rstrip()
            console.print(Text.assemble(" " * (others if number else first) if line else "", line))
    return out.getvalue()


def _lines(reading: Reading, entries: Entries, *, marks: bool) -> Iterator[Line]:
    """Everything that is shown, in order."""
    article = reading.article
    yield from _facts(article)
    for paragraph in article.paragraphs:
        yield Line(0, 0, Text())
        yield Line(0, 0, Text(f"¶{paragraph.n}  line {paragraph.line}", "dim"))
        yield Line(2, 2, _marked(reading, paragraph, entries, marks=marks))
        yield from (Line(4, 8, line) for line in _decisions(reading, paragraph, entries))
    if article.removed:
        yield Line(0, 0, Text())
        yield from _removed(article.removed)
    yield Line(0, 0, Text())
    yield Line(0, 0, _totals(reading))


def _facts(article: Article) -> Iterator[Line]:
    yield Line(0, 0, Text(_safe(article.title), "bold"))
    yield Line(0, 0, Text(str(article.ref), "dim"))
    source = article.source_name or "unknown"
    facts: tuple[tuple[Fact, str], ...] = (
        ("title", article.title),
        ("date", article.date.edtf if article.date else "unknown"),
        ("source", f"{source} → {article.source}" if article.source else source),
        ("authors", ", ".join(article.authors) or "unknown"),
    )
    for fact, value in facts:
        basis = article.basis.get(fact)
        told = Text.assemble((f"{fact:10}", "dim"), _safe(value), (f"  ({basis})" if basis else "", "dim"))
        yield Line(2, 12, told)
    yield Line(2, 12, Text.assemble((f"{'language':10}", "dim"), article.language or "unknown"))


def _marked(reading: Reading, paragraph: Paragraph, entries: Entries, *, marks: bool) -> Text:
    """The text of a paragraph with its mentions marked and the speaker behind each quotation."""
    text = Text(_safe(reading.article.words_of(paragraph)))
    begin, end = paragraph.start, paragraph.end
    added: list[tuple[int, str, str]] = []
    for quotation in reading.quotations:
        text.stylize("italic", max(0, quotation.start - begin), max(0, quotation.end - begin))
        if begin < quotation.end <= end:
            behind = quotation.end + (reading.article.text[quotation.end : quotation.end + 1] in _CLOSING_MARKS)
            added.append((min(behind, end) - begin, f" (— {_speaker(quotation, entries)})", "dim"))
    named = [(m.start, m.end, f"underline {COLOURS.get(m.ref.kind, '')}") for m in reading.annotation.mentions]
    for first, last, style in [*named, *((u.start, u.end, _OPEN) for u in reading.annotation.unresolved)]:
        if first < end and begin < last:
            text.stylize(style, max(0, first - begin), last - begin)
            if marks:
                added += [(max(0, first - begin), "‹", ""), (min(last, end) - begin, "›", "")]
    return _with(text, added)


def _with(text: Text, added: Iterable[tuple[int, str, str]]) -> Text:
    """A text with more words (offset, words, style) put in; at one place a closing mark comes first."""
    places = sorted(added, key=lambda item: (item[0], item[1] != "›"))
    pieces = text.divide([place for place, _, _ in places])
    whole = pieces[0].copy()
    for (_, words, style), piece in zip(places, pieces[1:], strict=True):
        whole.append(words, style)
        whole.append_text(piece)
    return whole


def _decisions(reading: Reading, paragraph: Paragraph, entries: Entries) -> Iterator[Text]:
    """What was decided in a paragraph, in the order of the text; the same decision only once."""
    inside = range(paragraph.start, paragraph.end)
    found: list[tuple[int, Text]] = []
    mentions: dict[tuple[object, ...], list[Mention]] = {}
    for mention in reading.annotation.mentions:
        if mention.start in inside:
            same = (mention.text, mention.ref, mention.rule, mention.name, mention.beat)
            mentions.setdefault(same, []).append(mention)
    found += [(group[0].start, _decision(group[0], len(group))) for group in mentions.values()]
    found += [(u.start, _question(u)) for u in reading.annotation.unresolved if u.start in inside]
    found += [(q.start, _attribution(q, entries)) for q in reading.quotations if q.start in inside]
    return (line for _, line in sorted(found, key=lambda item: item[0]))


def _decision(mention: Mention, times: int) -> Text:
    line = Text.assemble(
        (_safe(mention.text), f"underline {COLOURS.get(mention.ref.kind, '')}"),
        f" → {mention.ref}",
        (f"  [{mention.rule}: {_safe(mention.name)}]", "dim"),
        f"  ×{times}" if times > 1 else "",
    )
    for reason in mention.beat:
        line.append(f"\n{_safe(reason)}", "dim")
    return line


def _question(question: Unresolved) -> Text:
    candidates = " or ".join(map(str, question.candidates))
    return Text.assemble((_safe(question.text), _OPEN), f" → ? {candidates}", (f"\n{question.reason}", "dim"))


def _attribution(quotation: Quotation, entries: Entries) -> Text:
    words = _safe(quotation.text).split()
    shown = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
    speaker = _speaker(quotation, entries)
    words_there = _safe(quotation.speaker_text or speaker)
    printed = f", printed as “{words_there}”" if words_there != speaker else ""
    cue = f": {_safe(quotation.cue)}" if quotation.cue else ""
    return Text.assemble(
        (f"“{shown}”", "italic"),
        f" — {speaker}{f' → {quotation.speaker}' if quotation.speaker else ''}{printed}",
        (f"  [{quotation.rule}{cue}]", "dim"),
    )


def _speaker(quotation: Quotation, entries: Entries) -> str:
    entry = entries.get(quotation.speaker) if quotation.speaker else None
    name = entry.name if isinstance(entry, Named) else quotation.speaker_name or quotation.speaker_text
    return _safe(name or "nobody named")


def _removed(removed: Iterable[Removed]) -> Iterator[Line]:
    """The removed lines by rule, the most frequent first, with the first lines of each."""
    by_rule: dict[str, list[Removed]] = {}
    for line in removed:
        by_rule.setdefault(line.rule, []).append(line)
    yield Line(0, 0, Text("removed", "bold"))
    for rule, lines in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Line(2, 4, Text(f"{len(lines)} × {rule}"))
        for line in lines[:_SHOWN_LINES]:
            yield Line(4, 8, Text.assemble((f"line {line.line}: ", "dim"), _safe(line.text)))
        if len(lines) > _SHOWN_LINES:
            yield Line(4, 8, Text(f"and {len(lines) - _SHOWN_LINES} more", "dim"))


def _totals(reading: Reading) -> Text:
    """The counts of everything above in one line."""
    found = reading.annotation
    rules = Counter(mention.rule for mention in found.mentions)
    how = ", ".join(f"{n} {rule}" for rule, n in sorted(rules.items(), key=lambda item: (-item[1], item[0])))
    speakers = sum(bool(q.speaker_name or q.speaker) for q in reading.quotations)
    return Text(
        f"{_count(len(found.mentions), 'mention')}{f' ({how})' if how else ''}, {len(found.unresolved)} left open, "
        f"{_count(len(reading.quotations), 'quotation')} ({speakers} with a speaker), "
        f"{_count(len(reading.article.removed), 'line')} removed"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _safe(words: str) -> str:
    return words.translate(_PICTURES)
