"""Reading plain text: a clean article as well as a dump of everything a page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from dossier.clean.body import find_body, is_page, within
from dossier.clean.decode import Line, decode, lines
from dossier.clean.draft import Draft, merge
from dossier.clean.furniture import rule_of
from dossier.clean.metadata import state
from dossier.model import Removed

_NARROW, _WIDE = 40, 140  # characters a line of a text that was broken at a fixed width

Keep = Callable[[str], bool]


def read_text(data: bytes, kept: Keep, dropped: Keep) -> Draft:
    """Read a `.txt`: the body is the run of lines that reads most like prose, less the furniture in it."""
    return read_lines(unwrap(lines(decode(data))), kept, dropped)


def read_lines(rows: Sequence[Line], kept: Keep, dropped: Keep) -> Draft:
    """An article from the lines of a dump; `kept` and `dropped` are the curator's say."""
    protected = [kept(row.text) for row in rows]
    cut = [dropped(row.text) and not keep for row, keep in zip(rows, protected, strict=True)]
    rules = [None if keep else rule_of(row.text) for row, keep in zip(rows, protected, strict=True)]
    start, end = find_body(rows, rules)
    page = end > 0 and is_page(rules)
    for place, given_away in within(rows, rules, start, end).items():
        rules[place] = None if protected[place] else given_away
    stated = state(rows, rules, start, end)
    facts, basis = merge(("text", stated.facts))
    headline = next((place for place, rule in stated.used.items() if rule == "title"), 0)
    paragraphs: list[Line] = []
    removed: list[Removed] = []
    for place, (row, rule) in enumerate(zip(rows, rules, strict=True)):
        why = "curated" if cut[place] else stated.used.get(place) or rule
        if not why and (place < headline or (page and not start <= place < end)):
            why = "before" if place < start else "after"
        if protected[place] or not why:
            paragraphs.append(row)
        else:
            removed.append(Removed(row.number, row.text, why))
    return Draft(facts, basis, tuple(paragraphs), tuple(removed), tuple(rows))


def unwrap(rows: list[Line]) -> list[Line]:
    """Join the lines of a text that was broken at a fixed width.

    A line was broken by a machine where the next word would not have fitted, by its author where it would.
    """
    widths = sorted(len(row.text) for row in rows)
    width = widths[int(0.9 * (len(widths) - 1))] if widths else 0  # a first line without its indent may be longer
    if not _NARROW <= width <= _WIDE:
        return rows
    pairs = [(row.text, after) for row, after in pairwise(rows) if after.number == row.number + 1]
    full = [_fits_no_more(text, after.text, width) for text, after in pairs]
    goes_on = sum(yes and after.text[0].islower() for yes, (_, after) in zip(full, pairs, strict=True))
    if sum(full) < max(2, 0.3 * len(pairs)) or goes_on < 0.4 * sum(full):
        return rows
    joined: list[Line] = []
    for before, row in zip([None, *rows], rows, strict=False):
        if before and row.number == before.number + 1 and _fits_no_more(before.text, row.text, width):
            joined[-1] = Line(joined[-1].number, f"{joined[-1].text} {row.text}")
        else:
            joined.append(row)
    return joined


def _fits_no_more(text: str, after: str, width: int) -> bool:
    return len(text) + 1 + len(after.split(" ", 1)[0]) > width
