"""The network of the entries (GraphML, http://graphml.graphdrawing.org/)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

from dossier.export.dataset import Dataset, address
from dossier.model import Ref
from dossier.schema import KIND_OF
from dossier.schema.references import references

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A paragraph that names more entries than this is a list: it says nothing of who is named with whom.
MOST_TOGETHER = 12

_KEYS = (
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("summary", "node", "string"),
    ("page", "node", "string"),
    ("mentions", "node", "int"),
    ("relation", "edge", "string"),
    ("weight", "edge", "int"),
)


def graphml(data: Dataset) -> str:
    """Entries as nodes; as edges what an entry refers to, with the field, and which are named in one paragraph.

    The weight of an edge is how often. "named together" has no direction; the paragraphs are those that the rights of
    their articles allow to show.
    """
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name, of, sort in _KEYS:
        ET.SubElement(root, "key", {"id": name, "for": of, "attr.name": name, "attr.type": sort})
    graph = ET.SubElement(root, "graph", {"id": "dossier", "edgedefault": "directed"})
    counts: Counter[Ref] = Counter()
    for named in data.named.values():
        counts.update(named)
    for ref, entry in data.entries.items():
        node = ET.SubElement(graph, "node", {"id": str(ref)})
        told = (data.names[ref], KIND_OF[ref.kind].singular, entry.summary or "", address(data, ref))
        for key, value in zip(("name", "kind", "summary", "page"), told, strict=True):
            _say(node, key, value)
        _say(node, "mentions", str(counts[ref]))
    for (one, other, relation), weight in sorted(Counter(_edges(data)).items()):
        ends = {"source": str(one), "target": str(other)}
        edge = ET.SubElement(graph, "edge", ends | ({"directed": "false"} if relation == TOGETHER else {}))
        _say(edge, "relation", relation)
        _say(edge, "weight", str(weight))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


TOGETHER = "named together"


def _edges(data: Dataset) -> Iterator[tuple[Ref, Ref, str]]:
    for ref, entry in data.entries.items():
        for loc, target in references(entry):
            if target in data.entries and target != ref:
                yield ref, target, ".".join(part for part in loc if isinstance(part, str))
    for article, named in data.named.items():
        yield from ((article, ref, "mentions") for ref, count in named.items() for _ in range(count))
    for reading in data.readings:
        for paragraph in reading.article.paragraphs:
            there = {m.ref for m in reading.annotation.mentions if paragraph.start <= m.start < paragraph.end}
            if len(there) <= MOST_TOGETHER:
                yield from ((one, other, TOGETHER) for one, other in combinations(sorted(there), 2))


def _say(parent: ET.Element, key: str, value: str) -> None:
    if value:
        ET.SubElement(parent, "data", key=key).text = _NO_XML.sub("", value)
