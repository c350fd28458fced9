"""Reading HTML: trafilatura finds the body, the markup gives the facts, the blocks of the page fill the gaps."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from html import unescape
from typing import Any, NamedTuple

from dossier.clean import markup
from dossier.clean.body import weight
from dossier.clean.decode import Line, decode, lines, plain
from dossier.clean.draft import Draft, Facts, merge
from dossier.clean.furniture import BETWEEN, rule_of
from dossier.clean.metadata import state
from dossier.clean.page import Block, blocks, texts, unseen
from dossier.clean.text import read_lines
from dossier.model import Removed

_PROSE = 10.0  # the weight from which on a block that was left out reads like a paragraph of the article
_FAR, _FARTHER = 3, 25  # blocks between the body and a paragraph of it that was left out: before it, in or after it
_BEGINNING = 24  # letters by which a paragraph is found among the blocks
_PARAGRAPH = 100  # letters from which on a block may well be a paragraph
_ENOUGH = 1000  # letters of a body that is no fragment
_CROSSHEADS, _LONGEST_CROSSHEAD = ("h2", "h3", "h4"), 16

# A start tag of several thousand characters, quoted values and all.
_LONG_TAG = re.compile(r"<([A-Za-z][^\s<>/]*)(?=[^<]{4000})(?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+>")
_MOST_ATTRIBUTES = 1000

Say = Callable[[str], bool]


def read_html(data: bytes, kept: Say, dropped: Say) -> Draft:
    """Read a page; one whose body nobody finds is read like a dump of its blocks."""
    engine = _engine()  # outside the `try`, because without it nothing would be read rightly
    source = _LONG_TAG.sub(_slim, plain(decode(data, markup=True)))
    try:
        rows, body, declared = _parse(source, engine)
    except Exception:  # parsers of what the web holds trip over some of it; that must not stop the build
        return read_lines(lines(unescape(source)), kept, dropped)
    if not (rows and body):  # neither, where all that the page says is in scripts: then there is no text
        shown = [Line(row.number, row.text) for row in rows] or [Line(1, text) for text in body]
        draft = read_lines(shown, kept, dropped)
        facts, basis = merge(("html", declared), ("text", draft.facts))
        return replace(draft, facts=facts, basis=basis)
    return _draft(rows, body, declared, kept, dropped)


def _slim(tag: re.Match[str]) -> str:
    """A start tag without its attributes where these are thousands: the parser compares each with all before it."""
    return f"<{tag[1]}>" if len(tag[0].split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES else tag[0]


class _Engine(NamedTuple):
    """What parses a page, and three ways to find the body of one."""

    parse: Callable[[str], Any]
    quick: Callable[[Any], Any]
    strict: Callable[[Any], Any]
    generous: Callable[[Any], Any]


@cache
def _engine() -> _Engine:
    """trafilatura, each of its ways set up once: that takes a good part of the time in which it reads a page."""
    # Imported here, because it takes longer to import (0.2 s) than all the rest, and text needs none of it.
    from trafilatura import bare_extraction
    from trafilatura.settings import Extractor
    from trafilatura.utils import load_html

    # What it tried before it found the body is nothing that a curator could act on.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def way(*, fast: bool, precision: bool) -> Callable[[Any], Any]:
        return partial(
            bare_extraction, options=Extractor(output_format="python", comments=False, fast=fast, precision=precision)
        )

    return _Engine(
        load_html,
        quick=way(fast=True, precision=True),
        strict=way(fast=False, precision=True),
        generous=way(fast=False, precision=False),
    )


def _parse(source: str, engine: _Engine) -> tuple[list[Block], list[str], Facts]:
    """The visible blocks of a page, the paragraphs of its body, and the facts it declares.

    Raises whatever the parsers raise, and ValueError for what is no page.
    """
    tree: Any = engine.parse(source)
    if tree is None:  # too little markup to be taken for a page
        tree = engine.parse(f"<html><body>{source}</body></html>")
    if tree is None:
        raise ValueError("no page")
    declared = markup.facts(tree)
    for node in [node for node in tree.iter("span", "div", "p", "a") if node.getparent() is not None and unseen(node)]:
        _drop(node)
    rows = list(blocks(tree))
    return rows, _body(tree, [row.text for row in rows], engine), declared


def _body(tree: Any, rows: Sequence[str], engine: _Engine) -> list[str]:
    """The paragraphs of the body of a page that shows these blocks.

    The strict reading is the better one, unless it threw the article away; and no other can tell that where it has
    half of what there is to see. Where the rules of the strict reading alone have that much, it is not even compared
    with the engines that help it out. What takes no time is asked first: whether there is that much prose at all.
    """

    def found(way: Callable[[Any], Any]) -> tuple[list[str], int]:
        document = way(tree)
        paragraphs = texts(document.body) if document is not None else []
        return paragraphs, sum(map(len, paragraphs))

    seen = sum(map(len, rows))
    if 2 * sum(len(row) for row in rows if len(row) >= _PARAGRAPH) >= seen:
        quick, length = found(engine.quick)
        if 2 * length >= seen and length >= _ENOUGH:
            return quick
    strict, length = found(engine.strict)
    if 2 * length >= seen:
        return strict
    generous, most = found(engine.generous)
    return strict if 2 * length >= most else generous


def _drop(node: Any) -> None:
    """Take an element out of its tree, but not the text after it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _draft(rows: Sequence[Block], body: Sequence[str], declared: Facts, kept: Say, dropped: Say) -> Draft:
    flat = [Line(row.number, row.text) for row in rows]
    rules = [None if kept(row.text) else rule_of(row.text) for row in rows]
    keys = [markup.letters(row.text) for row in rows]
    found = _align(rows, keys, body)
    chosen = _fill(rows, rules, found)
    start, end = min(chosen), max(chosen) + 1
    stated = state(flat, rules, start, end)
    facts, basis = merge(("html", declared), ("text", stated.facts))
    titles = {markup.letters(title) for title in (declared.title, facts.title) if title}
    paragraphs: list[Line] = []
    removed: list[Removed] = []
    for place, row in enumerate(rows):
        said = chosen.get(place)
        why = None
        if dropped(row.text):
            why = "curated"
        elif keys[place] in titles:
            why = "title"
        elif said is None:
            why = (
                stated.used.get(place)
                or rules[place]
                or ("before" if place < start else "after" if place >= end else "aside")
            )
        else:
            why = stated.used.get(place) or (rules[place] if rules[place] in BETWEEN else None)
        if kept(row.text) or not why:
            paragraphs += [Line(row.number, text) for text in said or [row.text]]
        else:
            removed.append(Removed(row.number, row.text, why))
    return Draft(facts, basis, tuple(paragraphs), tuple(removed), tuple(flat))


def _align(rows: Sequence[Block], keys: Sequence[str], body: Sequence[str]) -> dict[int, list[str]]:
    """The paragraphs of a body by the place of the block that each begins in; `keys` are the letters of the blocks."""
    whole: dict[str, list[int]] = {}
    begun: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        whole.setdefault(key, []).append(place)
        begun.setdefault(key[:_BEGINNING], []).append(place)
    letters = {row.text: key for row, key in zip(rows, keys, strict=True)}
    found: dict[int, list[str]] = {}
    last = 0
    for text in body:
        key = letters.get(text) or markup.letters(text)
        hits = whole.get(key) or begun.get(key[:_BEGINNING]) or [last]
        last = hits[min(bisect_left(hits, last), len(hits) - 1)]
        found.setdefault(last, []).append(text)
    return found


def _fill(rows: Sequence[Block], rules: Sequence[str | None], found: dict[int, list[str]]) -> dict[int, list[str]]:
    """Add the blocks that were left out but are built like the body's paragraphs and read like them."""
    kinds = {rows[place].kind for place in found if weight(rows[place].text, rules[place]) >= _PROSE}
    first, last = min(found), max(found)
    chosen = dict(found)
    edge = last
    for place in range(max(0, first - _FAR), len(rows)):
        row = rows[place]
        if place in found or rules[place] or weight(row.text, None) < _PROSE:
            continue
        inside = first < place < last
        if (row.kind in kinds and place - edge <= _FARTHER) or (inside and row.quoted):
            chosen[place] = [row.text]
            edge = max(edge, place)
    for place in range(max(chosen), min(chosen), -1):  # crossheads, from the end: one may stand above another
        row = rows[place]
        short = row.tag in _CROSSHEADS and row.text.count(" ") < _LONGEST_CROSSHEAD
        if short and place not in chosen and place + 1 in chosen and not rules[place]:
            chosen[place] = [row.text]
    return chosen
