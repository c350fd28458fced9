"""Two entries that become one: what the first says and the second does not goes over, as it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from dossier.export.drafts import entry_draft, flow
from dossier.export.schemas import schema
from dossier.load.nodes import Node, nodes
from dossier.model import Document
from dossier.revise.layout import says, source_lines, with_field, with_item, with_scalar
from dossier.revise.plan import Draft, covers, drop_item
from dossier.schema import KIND_OF, TLP, Entry, Known
from dossier.schema.references import references

#: What limits who may see how much: of two values the one that shows less, the last of these, is kept.
STRICTER: dict[str, tuple[str, ...]] = {"tlp": TLP, "rights": ("full", "excerpt", "metadata")}


def unite(draft: Draft, one: Document, other: Document, after: Known) -> None:
    """Bring into the file of `other` what only `one` says; what is dropped is noted, word for word.

    References stand in both as they are to be; `after` is what they may point to.
    """
    data, target = draft.expected(one), draft.expected(other)
    model = KIND_OF[one.ref.kind].schema
    theirs, ours = (model.model_validate(fields, context=after) for fields in (data, target))
    carried: list[str] = []
    for name, value in data.items():
        if name == "name":
            _name(draft, other, value, "alias")
        elif name == "aliases":
            for n, alias in enumerate(value):
                _alias(draft, one, other, n, alias, carried)
        elif name == "draft":
            draft.notes.append(f"{one.ref}: draft: {value} is not carried over")
        elif name == "abbreviation" and target.get(name, value) != value:
            _name(draft, other, value, "abbreviation")
        elif name in STRICTER and name in target:
            _stricter(draft, one, other, name)
        elif isinstance(value, list) and isinstance(target.get(name), list):
            _list(draft, one, other, name, theirs, ours, carried)
        elif isinstance(value, dict) and isinstance(target.get(name), dict) and name != "clean":
            _mapping(draft, one, other, name)
        elif name not in target:
            _field(draft, one, other, name, getattr(theirs, name), carried)
        elif value != target[name]:
            draft.notes.append(f"{one.ref}: {name} is dropped, {other.ref} has its own: {flow(value)}")
    for comment in _comments_left(draft.text(one.path), one, carried):
        draft.notes.append(f"{one.ref}: a comment is dropped: {comment}")


def _bearing(draft: Draft, other: Document) -> set[str]:
    """The names that an entry bears already, in small letters."""
    fields = draft.expected(other)
    names = [fields.get("name", ""), fields.get("abbreviation", "")]
    names += [alias["name"] if isinstance(alias, dict) else alias for alias in fields.get("aliases", [])]
    return {_folded(name) for name in names}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _name(draft: Draft, other: Document, name: str, sort: str) -> None:
    """Make a name an alias."""
    if _folded(name) not in _bearing(draft, other):
        _add_item(draft, other, "aliases", name if sort == "alias" else {"name": name, "type": sort})


def _alias(draft: Draft, one: Document, other: Document, n: int, alias: Any, carried: list[str]) -> None:
    name = alias["name"] if isinstance(alias, dict) else alias
    if _folded(name) not in _bearing(draft, other):
        _carry_item(draft, one, other, "aliases", n, carried)
    elif alias not in draft.expected(other).get("aliases", []) and isinstance(alias, dict):
        draft.notes.append(f"{one.ref}: an alias is dropped, {other.ref} bears this name: {flow(alias)}")


def _stricter(draft: Draft, one: Document, other: Document, name: str) -> None:
    order, value, own = STRICTER[name], draft.expected(one)[name], draft.expected(other)[name]
    if order.index(value) > order.index(own):
        draft.texts[other.path] = with_scalar(draft.text(other.path), (name,), own, value)
        draft.expected(other)[name] = value
        draft.notes.append(f"{other.ref}: {name} is {value} now, as in {one.ref}: of the two, what shows less ({own})")
    elif value != own:
        draft.notes.append(f"{one.ref}: {name}: {value} is dropped, {other.ref} stays {own}")


def _list(
    draft: Draft, one: Document, other: Document, name: str, theirs: Entry, ours: Entry, carried: list[str]
) -> None:
    """Join two lists: each item once, and of two that say the same of one thing the one that says more."""
    own: list[Any] = list(getattr(ours, name))
    for n, item in enumerate(getattr(theirs, name)):
        if item == other.ref:
            draft.notes.append(f"{one.ref}: {name}: {item} is dropped: nothing refers to itself")
            continue
        if any(covers(there, item) for there in own):
            continue
        for m in reversed([m for m, there in enumerate(own) if covers(item, there)]):
            if len(own) > 1:
                drop_item(draft, other, name, m)
                del own[m]
        _carry_item(draft, one, other, name, n, carried)
        own.append(item)


def _mapping(draft: Draft, one: Document, other: Document, name: str) -> None:
    own = draft.expected(other)[name]
    for key, value in draft.expected(one)[name].items():
        if key not in own:
            draft.texts[other.path] = with_field(draft.text(other.path), (name,), key, value)
            own[key] = value
        elif own[key] != value:
            draft.notes.append(f"{one.ref}: {name}: {key} is dropped, {other.ref} has its own: {flow(value)}")


def _field(draft: Draft, one: Document, other: Document, name: str, value: Any, carried: list[str]) -> None:
    """Take a whole field over, with the comments above it and behind its lines."""
    data = draft.expected(one)[name]
    if value == other.ref:
        draft.notes.append(f"{one.ref}: {name}: {value} is dropped: nothing refers to itself")
        return
    if isinstance(data, list) and any(ref == other.ref for _, ref in references(value)):
        for n, item in enumerate(value):
            if item == other.ref:
                draft.notes.append(f"{one.ref}: {name}: {item} is dropped: nothing refers to itself")
            elif name not in draft.expected(other):
                _add_item(draft, other, name, data[n])
            else:
                _carry_item(draft, one, other, name, n, carried)
        return
    text = draft.text(one.path)
    key, node = _root(text).field(name)
    lines = source_lines(text, key.start, node, key)
    draft.expected(other)[name] = data
    _carry(draft, other, lambda shown: with_field(draft.text(other.path), (), name, data, shown), lines, carried)


def _carry_item(draft: Draft, one: Document, other: Document, name: str, n: int, carried: list[str]) -> None:
    """Take an item of a list over, with its comments."""
    if name not in draft.expected(other):
        _add_item(draft, other, name, draft.expected(one)[name][n])
        return
    text = draft.text(one.path)
    node = _root(text).at((name, n))
    lines = source_lines(text, node.start, node)
    value = draft.expected(one)[name][n]
    draft.expected(other)[name].append(value)
    _carry(draft, other, lambda shown: with_item(draft.text(other.path), (name,), value, shown), lines, carried)


def _carry(
    draft: Draft, other: Document, put: Callable[[list[str]], str], lines: list[str], carried: list[str]
) -> None:
    """Put lines in as they stand, or, where they would say something else there, what they say on one line."""
    text = put(lines)
    if not says(text, draft.expected(other)):
        text = put([])
    elif all(line.strip() in text for line in lines):
        carried += lines
    draft.texts[other.path] = text


def _add_item(draft: Draft, other: Document, name: str, value: Any) -> None:
    """Add an item to a list of an entry, which may have none yet."""
    text, fields = draft.text(other.path), draft.expected(other)
    if name in fields:
        draft.texts[other.path] = with_item(text, (name,), value)
        fields[name].append(value)
    else:
        draft.texts[other.path] = with_field(text, (), name, [value], after="name" if name == "aliases" else None)
        fields[name] = [value]


def _root(text: str) -> Node:
    node = nodes(text)
    return node if node else Node(0, 0, fields=())


def _comments_left(text: str, document: Document, carried: list[str]) -> Iterator[str]:
    """The comments of a file that were not taken over; not those of a file as `dossier new` writes it."""
    kind = document.ref.kind
    draft = entry_draft(kind, str(document.data.get("name", "")), schema(kind, ()))
    known = {*map(str.strip, draft.splitlines()), *map(str.strip, carried)}
    spans = [*_scalars(_root(text))]
    for match in re.finditer(r"(?:^|(?<=\s))#[^\r\n]*", text, re.MULTILINE):
        inside = any(start <= match.start() < end for start, end in spans)
        line = text[: match.end()].splitlines()[-1].strip()
        if not inside and line not in known and match[0].strip() not in known and "yaml-language-server:" not in line:
            yield match[0].strip()


def _scalars(node: Node) -> Iterator[tuple[int, int]]:
    """Where the scalars of a value begin and end."""
    if node.value is not None:
        yield node.start, node.end
    for item in node.items or ():
        yield from _scalars(item)
    for key, value in node.fields or ():
        yield from _scalars(key)
        yield from _scalars(value)
