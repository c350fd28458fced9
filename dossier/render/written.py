"""Pages written by hand: names in them are linked as in articles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Sequence

from dossier.model import Annotation, Page, Ref, WrittenPage
from dossier.render.spans import code_spans, enclosed
from dossier.schema.unlinked import unlinked

Annotate = Callable[[str, Sequence[tuple[int, int]]], Annotation]

_FRONT = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
HEADING = re.compile(r"^(?:# +(?P<text>.+)|(?P<underlined>\S.*)\n=+[ \t]*)$", re.MULTILINE)
FENCE = re.compile(r"^ *(?P<fence>`{3,}+|~{3,}+).*\n(?:.*\n)*?(?: *(?P=fence)[`~]* *$|.*\Z)", re.MULTILINE)
# What is markup already, or not prose: each a stretch in which no name may be linked.
_SKIPPED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^(?: {4}|\t).*$",  # indented code
        r"^ {0,3}#{1,6}(?:[ \t].*)?$",  # headings
        r"^[^\n]+\n {0,3}(?:=+|-+)[ \t]*$",  # underlined headings
        r"^ {0,3}\[[^\]\n]+\]:.*$",  # targets of links, footnotes
        r"^ {0,3}\*\[[^\]\n]+\]:.*$",  # abbreviations
        r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])?(?:\{[^}\n]*\})?",
        r"\b(?:https?|ftp|mailto):\S+|\bwww\.\S+",
        r"[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@]+",  # mail; bounded, for a row of @ would take for ever
        r"\{:?[^{}\n]*\}",  # attribute lists
        r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);",
        r":[a-z0-9_+-]+:",
    )
)
# The same for what has an end of its own: what it begins with, and what it ends with.
_OPENED = (
    (re.compile("<!--"), lambda _: "-->", True),
    (re.compile("</?[A-Za-z]"), lambda _: ">", True),
    (
        re.compile(r"<(a|code|pre|script|style|svg|title|button|h[1-6])\b[^<>]*>"),
        lambda opening: rf"</{opening[1]}\s*>",
        True,
    ),
    (re.compile(r"\{\{"), lambda _: r"\}\}", False),
    (re.compile(r"\{%"), lambda _: r"%\}", False),
)


def front_end(markdown: str) -> int:
    """Where the front matter of a page ends; 0 where it has none."""
    match = _FRONT.match(markdown)
    return match.end() if match else 0


def skipped(markdown: str) -> list[tuple[int, int]]:
    r"""The stretches of a page in which no name is linked, in order, not overlapping.

    >>> text = "# Qin\n\nQin met `Qin` and [Qin](x.md).\n"
    >>> [text[start:end] for start, end in skipped(text)]
    ['# Qin', '`Qin`', '[Qin](x.md)']
    """
    found = [(0, front_end(markdown)), *(m.span() for m in FENCE.finditer(markdown))]
    found += [(start, end) for start, end, _ in code_spans(markdown, ends=r"\n[ \t]*\n")]
    for opening, closing, across in _OPENED:
        found += enclosed(markdown, opening, closing, across=across)
    for pattern in _SKIPPED:
        found += [match.span() for match in pattern.finditer(markdown)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in found if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def title(page: WrittenPage) -> str:
    """The first heading of a page, or its file name in words.

    >>> title(WrittenPage("briefs/next-week.md", "Text."))
    'Next week'
    """
    match = HEADING.search(page.markdown, front_end(page.markdown))
    if match:
        return (match["text"] or match["underlined"]).strip().rstrip("#").strip()
    return page.path.rpartition("/")[2].removesuffix(".md").replace("-", " ").capitalize()


def link_written(
    page: WrittenPage, annotate: Annotate, linked: Container[Ref] | None = None, gone: Collection[str] = ()
) -> Page:
    """A page written by hand, with the names in it linked (unless its front matter switches that off).

    `annotate` is given the text and the stretches to leave alone; `linked` are the entries that
    have a page (None: all). `gone` are entries that the site leaves out, as `kind/id`: a link to one of
    them is taken out, and its words stay, so that one page serves every audience.
    """
    text = unlinked(page.markdown, page.path.rpartition("/")[0], gone) if gone else page.markdown
    if page.link:
        up = "../" * page.path.count("/")
        spans = skipped(text)
        pieces, place = [], 0
        for mention in annotate(text, spans).mentions:
            if _brace_follows(text, mention.end):
                continue  # the link's attributes would run on to that brace, and swallow the words between
            if (linked is None or mention.ref in linked) and not _within(mention.start, mention.end, spans):
                words = text[mention.start : mention.end]
                rule = re.sub(r"[^a-z0-9-]+", "-", mention.rule)
                link = f'[{words}]({up}{mention.ref}.md){{ data-ref="{mention.ref}" data-rule="{rule}" }}'
                pieces += [text[place : mention.start], link]
                place = mention.end
        text = "".join([*pieces, text[place:]])
    return Page(page.path, title(page), text, "home" if page.path == "index.md" else "written")


def _brace_follows(text: str, start: int) -> bool:
    """Whether a closing brace stands on the rest of the line."""
    return "}" in text[start : text.find("\n", start) % (len(text) + 1)]


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch meets one of the spans, which are in order and do not overlap."""
    place = bisect_left(spans, (end,)) - 1  # the last one that begins before the stretch ends
    return place >= 0 and spans[place][1] > start
