"""A page as its visible blocks, each with the line it is on and what kind of element holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dossier.clean.decode import tidy

_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "select", "option", "svg", "iframe", "object", "canvas",
     "textarea", "button", "math", "dialog")
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
     "sup", "time", "tt", "u", "var", "wbr", "hi", "ref")
)  # fmt: skip
_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-reader(?:-text)?|visually-?hidden|visuallyhidden|tooltip|popover|rollover\S*block|offscreen)(?:$|[\s_-])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A visible block: its line in the file, its text, its element, that with its parent's, whether it is quoted."""

    number: int
    text: str
    tag: str
    kind: str
    quoted: bool


def unseen(node: Any) -> bool:
    """Whether an element is there but not to be read: scripts, controls, what is hidden or pops up."""
    if not isinstance(node.tag, str) or node.tag in _UNSEEN or node.get("hidden") is not None:
        return True
    if (style := node.get("style")) and "display:none" in style.replace(" ", "").lower():
        return True
    return bool((marked := node.get("class")) and _UNSEEN_CLASS.search(marked))


def _kind(node: Any) -> str:
    parent = node.getparent()
    above = f"{parent.tag}.{parent.get('class') or ''}" if parent is not None else ""
    return f"{above}>{node.tag}.{node.get('class') or ''}"


def blocks(tree: Any) -> Iterator[Block]:
    """The visible blocks below an element, in order.

    Every element that is not inline begins and ends a block, so a line break does, too.
    """
    for text, holder, quoted in _held(tree):
        yield Block(holder.sourceline or 1, text, holder.tag, _kind(holder), quoted)


def texts(tree: Any) -> list[str]:
    """The texts of the visible blocks below an element."""
    return [text for text, _, _ in _held(tree)]


def _held(tree: Any) -> Iterator[tuple[str, Any, bool]]:
    """The text of each block, the element that holds it, and whether it is quoted."""
    parts: list[str] = []
    where: list[Any] = [tree]  # the element that holds the open block
    quotes = 0
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if not leaving and node is not tree and unseen(node):
            if node.tail:
                parts.append(node.tail)
            continue
        if tag not in _INLINE:
            if parts:
                if text := tidy("".join(parts)):
                    yield text, where[-1], quotes > 0
                parts.clear()
            if not leaving:
                where.append(node)
                quotes += tag == "blockquote"
            elif len(where) > 1:
                where.pop()
                quotes -= tag == "blockquote"
        if leaving:
            if node.tail and node is not tree:
                parts.append(node.tail)
            continue
        stack.append((node, True))
        if node.text:
            parts.append(node.text)
        stack.extend((child, False) for child in reversed(node))
    if text := tidy("".join(parts)):
        yield text, where[-1], quotes > 0
