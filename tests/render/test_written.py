"""Pages written by hand: names are linked in prose, and nowhere else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Annotation, Mention, Ref, WrittenPage
from dossier.render import link_written, skipped

QIN = Ref("people", "qin-gang")
LINK = '[Qin]({up}people/qin-gang.md){{ data-ref="people/qin-gang" data-rule="surname" }}'


def annotate(text: str, skip: Sequence[tuple[int, int]]) -> Annotation:
    """Find `Qin` wherever it is not to be skipped."""
    return Annotation(
        tuple(
            Mention(m.start(), m.end(), m[0], QIN, "surname", "Qin")
            for m in re.finditer(r"\bQin\b", text)
            if not any(start < m.end() and m.start() < end for start, end in skip)
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Qin\n---\n",
        "# Qin\n",
        "## About Qin ##\n",
        "Qin\n===\n",
        "Qin and others\n---\n",
        "`Qin`\n",
        "`` a ` Qin ``\n",
        "```\nQin\n```\n",
        "~~~ text\nQin\n\nQin\n~~~\n",
        "```\nQin, never closed\n",
        "    Qin, indented\n",
        "\tQin, indented\n",
        "[Qin](https://example.org)\n",
        "[about Qin][ref]\n",
        "[a [b] Qin](x.md)\n",
        "![Qin](qin.png)\n",
        '[x](y.md "Qin")\n',
        '[ref]: https://example.org/Qin "Qin"\n',
        "[^note]: about Qin\n",
        "*[Qin]: a name\n",
        "<https://example.org/Qin>\n",
        "https://example.org/Qin/x\n",
        "www.example.org/Qin\n",
        "Qin@example.org\n",
        '<span title="Qin">x</span>\n',
        "<a href='x'>Qin</a>\n",
        "<code>Qin</code>\n",
        "<script>\nQin\n</script>\n",
        "<!-- Qin\nQin -->\n",
        'x {: title="Qin" }\n',
        "x { .Qin }\n",
        "{{ Qin }}\n",
    ],
)
def test_names_are_left_alone_in(text: str) -> None:
    """Front matter, headings, code, links, addresses, raw HTML and attribute lists stay as they are."""
    assert link_written(WrittenPage("a.md", text), annotate).markdown == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qin spoke.\n", "@ spoke.\n"),
        ("**Qin** and *Qin*\n", "**@** and *@*\n"),
        ("- Qin\n- [x](y.md) Qin\n", "- @\n- [x](y.md) @\n"),
        ("| Qin | x |\n| --- | --- |\n| a | Qin |\n", "| @ | x |\n| --- | --- |\n| a | @ |\n"),
        ("> Qin\n", "> @\n"),
        ("a\n\n---\n\nQin\n", "a\n\n---\n\n@\n"),
        ("<b>Qin</b>\n", "<b>@</b>\n"),
        ("It is 5 < 6, Qin said, and 7 > 6.\n", "It is 5 < 6, @ said, and 7 > 6.\n"),
    ],
)
def test_names_are_linked_in(text: str, expected: str) -> None:
    """Prose, emphasis, lists, tables and quotations carry links."""
    wanted = expected.replace("@", LINK.format(up=""))
    assert link_written(WrittenPage("a.md", text), annotate).markdown == wanted


def test_links_lead_from_where_the_page_stands() -> None:
    """A page in a folder links upwards."""
    page = link_written(WrittenPage("briefs/a/b.md", "Qin\n"), annotate)
    assert page.markdown == LINK.format(up="../../") + "\n"
    assert (page.uri, page.title, page.role) == ("briefs/a/b.md", "B", "written")


def test_linking_can_be_switched_off() -> None:
    """A page whose front matter says so is published as it is."""
    assert link_written(WrittenPage("a.md", "Qin\n", link=False), annotate).markdown == "Qin\n"


def test_only_entries_with_a_page_are_linked() -> None:
    """A name of something that has no page stays text."""
    assert link_written(WrittenPage("a.md", "Qin\n"), annotate, linked=frozenset()).markdown == "Qin\n"


def test_a_stretch_that_the_annotator_should_have_skipped_is_not_linked() -> None:
    """Even a careless annotator cannot write into code."""

    def careless(text: str, skip: Sequence[tuple[int, int]]) -> Annotation:
        return annotate(text, ())

    assert link_written(WrittenPage("a.md", "`Qin`\n"), careless).markdown == "`Qin`\n"


@given(st.text(alphabet="Qin `[]()<>!#-~=|\\{}:/\n*_ab1.\t'\"&;", max_size=80))
def test_skipping_never_fails_and_is_in_order(text: str) -> None:
    """Any text has stretches that lie within it, in order and apart."""
    spans = skipped(text)
    flat = [place for span in spans for place in span]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))


def test_a_row_of_at_signs_is_read_in_one_pass() -> None:
    """An address is skipped; what only begins like one, however often, does not hold up the build."""
    text = "Write to a.b@example.org now.\n"
    assert [text[start:end] for start, end in skipped(text)] == ["a.b@example.org"]
    assert skipped("a@" * 20_000) == []


def test_a_brace_further_down_the_line_swallows_nothing() -> None:
    """A link's attributes would run on to it: the name before it is left alone, the others are linked."""
    text = "Sam Short chose {a} and {b} of the set.\nSam Short left.\n"
    starts = [0, text.rindex("Sam Short")]
    sam = Ref("people", "sam")
    mentions = tuple(Mention(s, s + 9, "Sam Short", sam, "name", "Sam Short") for s in starts)
    page = link_written(WrittenPage("briefs/b.md", text), lambda _text, _spans: Annotation(mentions))
    first, second = page.markdown.splitlines()
    assert first == "Sam Short chose {a} and {b} of the set."
    assert second.startswith("[Sam Short](../people/sam.md){")


LINKS = {
    "[He](people/x.md)": "He",
    '[He](people/x.md#quotes "T")': "He",
    "[He](<people/x.md>)": "He",
    "[He](./people/../people/x.md?a=b)": "He",
    "[He](people/x/)": "He",
    "[He](people/x.html){ .wide }": "He",
    "[He][1]\n\n[1]: people/x.md\n": "He\n\n",
    "[He][]\n\n[he]: <people/x.md> 'T'\n": "He\n\n",
    "[1] [one][2]\n\n[1]: people/x.md\n[2]: people/y.md": "1 [one][2]\n\n[2]: people/y.md",
    '<a href="people/x/">He</a>': "<a>He</a>",
    "<a class=b href=/people/x/>He</a>": "<a class=b>He</a>",
    "[She](people/y.md) [he](https://example.org/people/x.md) [xx](people/xx.md)": None,
    "people/x is no link": None,
}


@pytest.mark.parametrize("markdown", LINKS)
def test_a_link_to_what_is_left_out_is_taken_out(markdown: str) -> None:
    """Of a link in any form to an entry that is not on the site the words stay; all other links stay as they are."""
    page = link_written(WrittenPage("a.md", markdown), lambda text, skip: Annotation(), gone={"people/x"})
    assert page.markdown == (markdown if LINKS[markdown] is None else LINKS[markdown])


def test_a_link_leads_from_its_folder() -> None:
    """A link is read from the folder that the page stands in."""
    page = WrittenPage("people/notes.md", "[He](x.md), [not he](../topics/x.md)")
    found = link_written(page, lambda text, skip: Annotation(), gone={"people/x"})
    assert found.markdown == "He, [not he](../topics/x.md)"


@pytest.mark.parametrize("sign", ["{{", "{%", "<!--", "<a ", "</b", "`", "``x`", "~~~\n", "<code>", "[", "a@", "{"])
def test_what_never_closes_is_looked_at_once(sign: str) -> None:
    """A page of a hundred thousand openings is read: what opens and never closes hides nothing."""
    spans = skipped(sign * 100_000)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
