"""Where everything stands in the text of a YAML file, for those who change a stretch of it and leave the rest."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from dossier.load.tree import PARSER
from dossier.model import Loc


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file: `text[start:end]`, in code points.

    `items` are those of a list, `fields` those of a mapping, as (key, value), both in order; a scalar
    has neither, and `value` is its text. A list or mapping in brackets is `flow`; one that is not runs
    on to the next token, over comments and blank lines. A scalar is in `quotes`, a `|` or `>`, or plain: "".
    """

    start: int
    end: int
    value: str | None = None
    quotes: str = ""
    items: tuple[Node, ...] | None = None
    fields: tuple[tuple[Node, Node], ...] | None = None
    flow: bool = False

    def at(self, loc: Loc) -> Node:
        """The node at a location; raises KeyError where there is none."""
        node = self
        for part in loc:
            node = dict(enumerate(node.items or ()))[part] if isinstance(part, int) else node.field(part)[1]
        return node

    def field(self, name: str) -> tuple[Node, Node]:
        """A field of a mapping, as (key, value); raises KeyError where there is none."""
        return {key.value: (key, value) for key, value in self.fields or ()}[name]


def nodes(text: str) -> Node | None:
    """The node of the whole text, None where there is none.

    The text is that of a file in which no fault was found: without anchors, tags, or more than one
    document, and nested within bounds. Raises ValueError where it is no YAML after all.
    """
    try:
        root = yaml.compose(text, Loader=PARSER)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    return None if root is None else _node(root)


def _node(node: yaml.Node) -> Node:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.MappingNode):
        fields = tuple((_node(key), _node(value)) for key, value in node.value)
        return Node(start, end, fields=fields, flow=bool(node.flow_style))
    if isinstance(node, yaml.SequenceNode):
        return Node(start, end, items=tuple(map(_node, node.value)), flow=bool(node.flow_style))
    return Node(start, end, value=node.value, quotes=getattr(node, "style", None) or "")
