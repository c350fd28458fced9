"""Changing fields of a file, line by line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.form.edit import UnwritableError, edited, plain, read

ORDER = ["name", "aliases", "summary", "given_name", "positions", "tags", "notes"]
FILE = """\
# yaml-language-server: $schema=../../.dossier/schema/people.json
name: Jane Roe   # as she signs
summary: >-
  She is
  # not a comment
# Her other names
aliases:
  - J. Roe   # in the Courier
  # two more are doubtful
  - {name: Roe, type: weak}

# Take away the # before a field.
#draft: true
"""


def test_other_lines_stay_as_they_are() -> None:
    """Byte for byte: comments, blanks, the layout of other fields."""
    assert edited(FILE, {"summary": "She was."}, ORDER) == FILE.replace(">-\n  She is\n  # not a comment", "She was.")


def test_comments_within_a_field_stand_before_it() -> None:
    """None is lost, and none is made of what only looks like one."""
    made = edited(FILE, {"aliases": ["J. Roe", "Janet"], "summary": None, "name": "Janet"}, ORDER)
    assert (
        made
        == """\
# yaml-language-server: $schema=../../.dossier/schema/people.json
name: Janet  # as she signs
# Her other names
# in the Courier
# two more are doubtful
aliases: [J. Roe, Janet]

# Take away the # before a field.
#draft: true
"""
    )


def test_a_new_field_stands_where_it_belongs() -> None:
    """Behind those that come before it in the schema, before the comments at the end."""
    made = edited(FILE, {"tags": ["a, b"], "given_name": "Jane"}, ORDER)
    assert '  - {name: Roe, type: weak}\ngiven_name: Jane\ntags: ["a, b"]\n\n# Take away' in made


def test_rows_are_written_below_one_another() -> None:
    """And what YAML would take for something else is put in quotes."""
    rows = [{"title": "NO", "start": "2020-10"}, {"title": "Yes: no", "end": "2021~"}]
    assert edited("name: x\n", {"positions": rows}, ORDER) == (
        'name: x\npositions:\n  - title: "NO"\n    start: 2020-10\n  - title: "Yes: no"\n    end: 2021~\n'
    )


@pytest.mark.parametrize("text", ["", "# only a comment\n", "{name: x, tags: [a]}", "name: x", "---\nname: x\n...\n"])
def test_every_form_of_file_is_taken(text: str) -> None:
    """Empty, in braces, without an end of line, with marks of a document."""
    before = read(text)
    assert before is not None
    assert read(edited(text, {"summary": "New"}, ORDER)) == before | {"summary": "New"}


def test_ends_of_lines_and_the_byte_order_mark_stay() -> None:
    """As the editor that wrote the file has them."""
    assert edited("\ufeffname: x\r\ntags: [a]\r\n", {"tags": ["b"]}, ORDER) == "\ufeffname: x\r\ntags: [b]\r\n"


def test_a_file_with_faults_is_not_touched() -> None:
    """What cannot be read cannot be kept."""
    with pytest.raises(UnwritableError):
        edited("name: [\n", {"name": "x"}, ORDER)


TEXT = st.text(min_size=1, max_size=40) | st.sampled_from(
    [
        "NO",
        "2022-10",
        "a: b",
        "# x",
        "- a",
        "'",
        '"',
        "a\nb",
        "a\n\n  b\n",
        "\x85",
        "x " * 90,
        "|",
        "~",
        "null",
        "&a *b",
    ]
)
VALUE = TEXT | st.lists(TEXT, min_size=1, max_size=3) | st.dictionaries(TEXT, TEXT, min_size=1, max_size=2)
ROWS = st.lists(st.dictionaries(st.sampled_from(["title", "start"]), VALUE, min_size=1), min_size=1, max_size=3)


@given(st.dictionaries(st.sampled_from(ORDER), VALUE | ROWS, max_size=4))
def test_what_is_written_is_read_again(changes: dict[str, Any]) -> None:
    """Any text in any place: it is in the file as it was meant, or the file is refused, but never misread."""
    try:
        made = edited(FILE, changes, ORDER)
    except UnwritableError:
        return
    before = read(FILE)
    assert before is not None
    assert read(made) == before | {name: plain(value) for name, value in changes.items()}
    for line in ("# Her other names", "# Take away the # before a field.", "#draft: true"):
        assert line in made.splitlines()


@given(TEXT.filter(lambda text: text.isprintable()))
def test_every_printable_text_can_be_written(text: str) -> None:
    """Nothing that a person types into a form is refused for its characters."""
    assert read(edited(FILE, {"summary": text}, ORDER)) == (read(FILE) or {}) | {"summary": text}
