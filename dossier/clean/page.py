"""A page as its visible blocks, each with the line it is on and what kind of element holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dossier.clean.decode import plain

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
    parts: list[str] = []
    where: list[Any] = [tree]  # the element that holds the open block
    quotes = 0
    stack: list[tuple[Any, bool]] = [(tree, False)]

    def flush() -> Iterator[Block]:
        text = " ".join(plain("".join(parts)).split())
        parts.clear()
        if text:
            yield Block(where[-1].sourceline or 1, text, where[-1].tag, _kind(where[-1]), quotes > 0)

    while stack:
        node, leaving = stack.pop()
        inline = node.tag in _INLINE
        if leaving:
            if not inline:
                yield from flush()
                if len(where) > 1:
                    where.pop()
                quotes -= node.tag == "blockquote"
            if node.tail and node is not tree:
                parts.append(node.tail)
            continue
        if node is not tree and unseen(node):
            if node.tail:
                parts.append(node.tail)
            continue
        if not inline:
            yield from flush()
            where.append(node)
            quotes += node.tag == "blockquote"
        stack.append((node, True))
        if node.text:
            parts.append(node.text)
        stack.extend((child, False) for child in reversed(node))
    yield from flush()
