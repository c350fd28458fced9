"""The cases in `cases/*.md`: what is linked in a text, by which rule, and what is left open.

A file begins with its entries in a TOML block. Each `## heading` is one case: lines `title: …` and
`override: words = reference` (or `none`), then the text. A mention is written
`[[words|reference|rule]]`, an open question `[[words|? reference reference]]`; nothing else may be
linked. The built-in countries are always there. Cases in `known-failures.md` must fail.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.annotate import RULES, annotate_text, gazetteer
from dossier.annotate.gazetteer import Gazetteer
from dossier.countries import builtin
from dossier.model import Ref
from dossier.schema import KIND_OF, Entry

CASES = Path(__file__).with_name("cases")
_MARK = re.compile(r"\[\[(?P<words>.+?)\|(?P<what>[^|\]]+)(?:\|(?P<rule>[\w-]+))?\]\](?!\])", re.DOTALL)


@dataclass(frozen=True)
class Case:
    """A marked text with the entries of its file."""

    name: str
    names: Gazetteer
    title: str
    overrides: dict[str, Ref | None]
    marked: str


def reference(text: str) -> Ref:
    """`kind/id` as a Ref."""
    kind, _, entry = text.strip().partition("/")
    return Ref(kind, entry)


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    head, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    block = re.search(r"```toml\n(.*?)```", head, re.DOTALL)
    entries: dict[Ref, Entry] = dict(builtin())
    for kind, group in tomllib.loads(block[1]).items() if block else ():
        for entry, fields in group.items():
            entries[Ref(kind, entry)] = KIND_OF[kind].schema.model_validate(fields)
    names = gazetteer(entries)
    for section in sections:
        heading, _, body = section.partition("\n")
        title, overrides = "", {}
        while match := re.match(r"\s*(title|override): (.*)\n", body):
            body = body[match.end() :]
            if match[1] == "title":
                title = match[2]
            else:
                words, _, ref = match[2].partition(" = ")
                overrides[words] = None if ref == "none" else reference(ref)
        yield Case(f"{path.stem}: {heading.strip()}", names, title, overrides, body.strip())


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The text without its marks, and (start, end, what, rule) of each."""
    pieces: list[str] = []
    spans: list[tuple[int, int, str, str]] = []
    done = length = 0
    for match in _MARK.finditer(marked):
        before = marked[done : match.start()]
        start = length + len(before)
        length = start + len(match["words"])
        pieces += (before, match["words"])
        spans.append((start, length, match["what"].strip(), match["rule"] or ""))
        done = match.end()
    return "".join(pieces) + marked[done:], spans


ALL = [case for path in sorted(CASES.glob("*.md")) for case in cases_of(path)]
KNOWN = "known-failures"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=[pytest.mark.xfail(strict=True)] if case.name.startswith(KNOWN) else [])
        for case in ALL
    ],
)
def test_case(case: Case) -> None:
    """Exactly the marked stretches are linked or left open, each by the rule that the mark names."""
    text, expected = unmarked(case.marked)
    found = annotate_text(text, case.names, title=case.title, overrides=case.overrides)
    shown = [(m.start, m.end, str(m.ref), m.rule) for m in found.mentions]
    shown += [(u.start, u.end, "? " + " ".join(map(str, u.candidates)), "") for u in found.unresolved]
    readable = [(text[s:e], what, rule) for s, e, what, rule in sorted(shown)]
    assert readable == [(text[s:e], what, rule) for s, e, what, rule in expected]
    assert sorted(shown) == expected


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case(rule: str) -> None:
    """Every rule that readers are told of is fired by a case that must pass."""
    marks = (mark for case in ALL if not case.name.startswith(KNOWN) for mark in unmarked(case.marked)[1])
    assert any(mark[3] == rule for mark in marks)


def test_no_other_rule() -> None:
    """No mark names a rule that readers are not told of."""
    rules = {mark[3] for case in ALL for mark in unmarked(case.marked)[1]} - {""}
    assert rules <= RULES.keys()
