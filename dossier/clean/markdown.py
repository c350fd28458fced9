"""Reading Markdown: front matter becomes facts, markup becomes plain text, blocks become paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dossier.clean import authors, dates
from dossier.clean.decode import Line, decode, lines
from dossier.clean.draft import Draft, Facts, merge
from dossier.clean.furniture import rule_of
from dossier.clean.metadata import state
from dossier.clean.provenance import host
from dossier.model import Removed

_FIELD = re.compile(r"^([A-Za-z][\w -]{1,20}):\s*(.*)$")
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"^(?:[-*_=]\s?){3,}$")
_FENCE = re.compile(r"^(?:```|~~~)")
_ITEM = re.compile(r"^(?:[-*+]|\d{1,3}[.)])\s+(?=\S)")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,100}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,100}\])")
_REFERENCE = re.compile(r"^\[[^\]\n]{1,100}\]:\s+\S+")
_AUTOLINK = re.compile(r"<(https?://[^>\s]{1,500})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{0,500}[^\s*_])\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])")
_MARKUP = (
    (_IMAGE, ""),
    (_LINK, r"\1"),
    (_AUTOLINK, r"\1"),
    (_STRONG, r"\2"),
    (_EMPHASIS, r"\2"),
    (_CODE, r"\1"),
    (_ESCAPE, r"\1"),
)
_TITLE = ("title", "headline")
_DATE = ("date", "published", "publication date", "pubdate", "datepublished")
_SOURCE = ("source", "publisher", "site", "site_name", "sitename", "publication")
_AUTHORS = ("author", "authors", "by", "byline", "creator")
_ADDRESS = ("url", "link", "canonical", "address")
_LANGUAGE = ("language", "lang")


def read_markdown(data: bytes, kept: Callable[[str], bool], dropped: Callable[[str], bool]) -> Draft:
    """Read a `.md`: nobody writes navigation in Markdown, so only furniture that says what it is goes."""
    whole = lines(decode(data))
    front, rows = _front_matter(whole)
    removed = [Removed(row.number, row.text, "front matter") for row in front]
    heading: str | None = None
    blocks: list[Line] = []
    last = -1  # the line on which the open block ends
    for row in rows:
        title, text = _HEADING.match(row.text), plain(row.text)
        if title and len(title[1]) == 1 and not heading and not blocks:
            heading = plain(title[2])
            removed.append(Removed(row.number, row.text, "title"))
        elif not text or any(mark.match(row.text) for mark in (_RULE, _FENCE, _REFERENCE)):
            removed.append(Removed(row.number, row.text, "markup"))
        elif last == row.number - 1 and not title and not _ITEM.match(row.text):
            blocks[-1] = Line(blocks[-1].number, f"{blocks[-1].text} {text}")
            last = row.number
        else:
            blocks.append(Line(row.number, text))
            last = row.number if not title else -1  # a heading is a block of its own
    return replace(_draft(blocks, removed, _facts(front), heading, kept, dropped), whole=tuple(whole))


def _draft(
    blocks: list[Line],
    removed: list[Removed],
    declared: Facts,
    heading: str | None,
    kept: Callable[[str], bool],
    dropped: Callable[[str], bool],
) -> Draft:
    rules = [None if kept(block.text) else rule_of(block.text) for block in blocks]
    stated = state(blocks, rules, 0, len(blocks))
    titled = Facts(title=declared.title or heading)
    facts, basis = merge(("text", declared), ("text", titled), ("text", replace(stated.facts, title=None)))
    paragraphs: list[Line] = []
    for place, (block, rule) in enumerate(zip(blocks, rules, strict=True)):
        used = stated.used.get(place)
        why = "curated" if dropped(block.text) else used if used and used != "title" else rule
        if why and not kept(block.text):
            removed.append(Removed(block.number, block.text, why))
        else:
            paragraphs.append(block)
    return Draft(facts, basis, tuple(paragraphs), tuple(sorted(removed, key=lambda r: r.line)))


def _front_matter(rows: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines between two rules of dashes at the head of a file, and the rest."""
    if not rows or rows[0].number != 1 or rows[0].text != "---":
        return [], rows
    close = next((place for place, row in enumerate(rows[1:60], 1) if row.text in ("---", "...")), None)
    return ([], rows) if close is None else (rows[: close + 1], rows[close + 1 :])


def _facts(front: list[Line]) -> Facts:
    """What the front matter states, read line by line: only plain `key: value` and lists of dashes."""
    values: dict[str, list[str]] = {}
    key = ""
    for row in front:
        if match := _FIELD.match(row.text):
            key = match[1].lower().strip()
            values[key] = [match[2]] if match[2] else []
        elif key and row.text.startswith("- "):
            values[key].append(row.text[2:])
    bare = {key: [text for value in found if (text := value.strip("[] \"'"))] for key, found in values.items()}

    def first(names: tuple[str, ...]) -> str | None:
        return next((bare[name][0] for name in names if bare.get(name)), None)

    day = next((d.iso for d in dates.days(first(_DATE) or "")), None) or (first(_DATE) or "")[:10]
    source, address = first(_SOURCE), first(_ADDRESS)
    if source and "://" in source:  # clippers put the address there
        source, address = host(source) or None, source
    language = first(_LANGUAGE)
    listed = [text for key in _AUTHORS for text in bare.get(key, [])]
    names = [name for text in listed for name in authors.split(plain(text))]
    return Facts(
        title=first(_TITLE),
        date=day if dates.as_date(day) else None,
        source=source,
        authors=tuple(dict.fromkeys(names)),
        address=address,
        language=language if language and re.fullmatch(r"[a-z]{2,3}", language) else None,
    )


def plain(text: str) -> str:
    """A line of Markdown without its markup.

    >>> plain("> **Mr. Lavrov** [said](https://example.org) *no*. ![](a.png)")
    'Mr. Lavrov said no.'
    """
    while text[:1] == ">":
        text = text[1:].lstrip()
    if heading := _HEADING.match(text):
        text = heading[2]
    text = _ITEM.sub("", text)
    for pattern, put in _MARKUP:
        text = pattern.sub(put, text)
    return " ".join(text.split())
