"""The data of one YAML file, as typed, with the line and column of everything.

YAML's own ideas of types are not used: a scalar is the text that stands there, and the schema
decides what it is. The events of the parser are read instead of composed nodes, so that an alias,
a tag or deep nesting is refused where it stands, before it can grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from dossier.model import Loc, Place, Problem
from dossier.unseen import CONTROL, faults

MAX_DEPTH = 20

_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what YAML counts as one
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may come without its C part
_NOWHERE = "\0"  # where the value of a refused field is put: no field can have this name


def place_after(text: str) -> Place:
    r"""The line and column that follow a text.

    >>> place_after("name: x\r\nsum")
    (2, 4)
    """
    lines = _LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1


class Tree:
    """The data of one YAML file, built from the parser's events."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.root: Any = None
        self.broken = False
        self.values: dict[Loc, Place] = {}
        self.keys: dict[Loc, Place] = {}

    def read(self, text: str) -> None:
        """Read a text; what is wrong with it is in `problems`, and `broken` if the rest is not known."""
        if control := CONTROL.search(text):
            self._break(
                place_after(text[: control.start()]),
                f"the control character U+{ord(control[0]):04X} cannot stand here; remove it",
            )
            return
        for start, message in faults(text):
            self._unseen(place_after(text[:start]), message)
        try:
            self._events(_parsed(text))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            place = min(place, place_after(text))  # the parser takes an end without a line end for one line more
            self._break(place, f"this is not YAML: {error.problem or error.context}{_hint(str(error.problem))}")
        except yaml.YAMLError as error:
            self._break((1, 1), f"this is not YAML: {' '.join(str(error).split())}")

    def _break(self, place: Place, message: str) -> None:
        self.broken = True
        self._fault(place, message, "yaml")

    def _fault(self, place: Place, message: str, rule: str) -> None:
        self.problems.append(Problem(self.name, *place, message, rule))

    def _unseen(self, place: Place, message: str) -> None:
        """Report an invisible character, once a file."""
        if not any(problem.message == message for problem in self.problems):
            self._fault(place, message, "invisible")

    def _events(self, events: Iterator[yaml.Event]) -> None:
        stack: list[Open] = []
        documents = 0
        for event in events:
            mark = event.start_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            match event:
                case yaml.ScalarEvent():  # first: these are the most
                    self._refuse(event, place)
                    self._scalar(stack, event, place)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._break(place, "a second document begins here; one file is one entry")
                        return
                case yaml.AliasEvent():
                    self._fault(place, f"the alias *{event.anchor} is not followed; write its value out", "yaml")
                    self._put(stack, None, place)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._refuse(event, place)
                    if len(stack) >= MAX_DEPTH:
                        self._break(place, f"fields are nested more than {MAX_DEPTH} deep here; flatten them")
                        return
                    container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                    stack.append(Open(container, self._put(stack, container, place)))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    stack.pop()

    def _refuse(self, event: Any, place: Place) -> None:
        if event.anchor:
            self._fault(place, f"the anchor &{event.anchor} is not used here; remove it", "yaml")
        if event.tag and event.tag != "!":
            self._fault(place, f"the tag {event.tag} is not used here; remove it", "yaml")

    def _scalar(self, stack: list[Open], event: yaml.ScalarEvent, place: Place) -> None:
        plain = event.style in (None, "")
        if plain and event.value in ("null", "Null", "NULL"):
            self._fault(
                place,
                f"{event.value} is neither a text nor nothing; leave the field empty, or write '{event.value}'",
                "null",
            )
        if event.style == '"':  # in these an escape may stand for any character
            for _, message in faults(event.value):
                self._unseen(place, message)
        nothing = plain and event.value in ("", "~", "null", "Null", "NULL")
        if nothing and event.value in ("", "~") and stack and isinstance(stack[-1].container, list):
            self._fault(place, "an empty item says nothing; fill it in or remove it", "empty")
        self._put(stack, None if nothing else event.value, place)

    def _put(self, stack: list[Open], value: Any, place: Place) -> Loc:
        """Put a value where the open container awaits it; return its location."""
        if not stack:
            self.root, self.values[()] = value, place
            return ()
        top = stack[-1]
        if isinstance(top.container, list):
            loc: Loc = (*top.loc, len(top.container))
            if value is not None:  # an empty item was reported
                top.container.append(value)
        elif not top.has_key:
            top.key, top.has_key = self._key(top, value, place), True
            return (*top.loc, _NOWHERE)
        else:
            loc = (*top.loc, _NOWHERE if top.key is None else top.key)
            if top.key is not None and value is not None:
                top.container[top.key] = value
            top.key, top.has_key = None, False
        self.values[loc] = place
        return loc

    def _key(self, top: Open, value: Any, place: Place) -> str | None:
        """The name of a field; None where it is none, and its value is then passed over."""
        if not isinstance(value, str):
            self._fault(place, "a field's name is a text; write name: value", "yaml")
            return None
        loc = (*top.loc, value)
        if loc in self.keys:
            line = self.keys[loc][0]
            self._fault(
                place,
                f"the field {value!r} stands here for the second time (first on line {line}); keep one",
                "duplicate-key",
            )
            return None
        self.keys[loc] = place
        return value


def _parsed(text: str) -> Iterator[yaml.Event]:
    """The events of a text, as `yaml.parse` gives them, which asks twice for each."""
    parser: Any = PARSER(text)
    try:
        yield from iter(parser.get_event, None)
    finally:
        parser.dispose()


@dataclass(slots=True)
class Open:
    """A mapping or list that is being read, and the field that awaits its value."""

    container: Any
    loc: Loc
    key: str | None = None
    has_key: bool = False


def _hint(problem: str) -> str:
    """What to write instead, for the commonest mistakes."""
    if "mapping values are not allowed" in problem:
        return "; put quotes around a text with ': ' in it"
    if "cannot start any token" in problem:
        return "; put quotes around the text, and indent with blanks, not tabs"
    if "tab character" in problem:
        return "; indent with blanks, not tabs"
    if "could not find expected ':'" in problem:
        return "; write name: value, with a blank after the colon"
    if "did not find expected" in problem:
        return "; look at the indentation, and at brackets and quotes that are not closed"
    if "unexpected end of stream" in problem:
        return "; look for a quotation mark that opens a text and is not closed"
    if "incompatible YAML document" in problem or "directive" in problem:
        return "; remove the line that begins with %"
    return ""
