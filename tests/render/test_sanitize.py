"""What a curator's Markdown becomes: nothing but what the sanitizer would leave as it is, and the words stay."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from dossier.render.escape import prose
from dossier.render.sanitize import ALLOWED, harmless
from dossier.schema.markdown import DEEPEST, LONGEST, MOST_HEADINGS, markdown_fault
from dossier.site import MARKDOWN_EXTENSIONS

PAYLOADS = [
    line
    for line in (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def html_of(text: str) -> str:
    return markdown.markdown(text, extensions=[*MARKDOWN_EXTENSIONS])


def faults(html: str) -> list[str]:
    """What is in some HTML, read as browsers read it, that a field may not become: a second opinion, without nh3."""
    document = JustHTML(f"<!doctype html><title>x</title><body>{html}", sanitize=False)
    found = []
    for node in document.query("body *"):
        attributes = {name: value or "" for name, value in (node.attrs or {}).items()}
        if node.name not in ALLOWED:
            found.append(f"<{node.name}>")
        found += [f"{node.name} {name}" for name in attributes if name not in ALLOWED.get(node.name, ())]
        target = re.sub(r"[\x00-\x20]", "", attributes.get("href", "").lower())
        if re.match(r"[a-z][a-z0-9+.-]*:|[/\\\\]", target) and not target.startswith(("http:", "https:", "mailto:")):
            found.append(target)
        if attributes.get("id", "").startswith("__"):  # the theme's scripts look for their elements by such names
            found.append(attributes["id"])
    return found + ["<!-- -->" for _ in re.findall("<!", html)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_does_nothing(payload: str) -> None:
    r"""No line of payloads.txt becomes active in a field: by itself, within other Markdown, beside a linked name."""
    payload = payload.replace("\\n", "\n")
    name = ("Qin Gang", '[Qin Gang](people/qin-gang.md){ data-ref="people/qin-gang" data-rule="name" }')
    for before, after in (
        ("", ""),
        ("- ", ""),
        ("> ", " end"),
        ("[a](", ")"),
        ("**", "**"),
        ("| a |\n|---|\n| ", " |"),
    ):
        text = f"{before}{payload}{after}"
        assert faults(html_of(prose(text))) == [], prose(text)
    text = f"{payload}{name[0]}{payload}"
    linked = prose(text, [(len(payload), len(payload) + len(name[0]), name[1])])
    assert faults(html_of(linked)) == [], linked


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if "<" in p or "](" in p])
def test_the_judge_refuses_what_nobody_took_out(payload: str) -> None:
    """The sanitizer finds an active payload by itself, were the first gate open."""
    payload = payload.replace("\\n", "\n")
    if faults(html_of(payload)):
        assert not harmless(payload)


PIECES = [
    *"<>&`*_[]()!#{}:\\\"'\n|a",
    *("\n\n", "    ", "- ", "> ", "1. ", "---", "b ", "http:", "javascript:", "<b>", "<script>", "<!--", "-->", "x.md"),
    *("[^1]", "[^1]: ", "[TOC]", "\x02", "\x03", "\x00", "=====", "&#106;", "onclick=x", "__config", "<svg/onload=x>"),
    "{: .x }",
]


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=80)))
@example('# "__config"')
@example("[TOC]")
@example("Title\n=====")
@example("`a\x02b`")
@example("1. " * 18 + "x")
def test_any_field_becomes_nothing_but_plain_elements(text: str) -> None:
    """Whatever stands in a field, its page gets elements of the list and nothing else, and nothing is raised."""
    made = prose(text)
    assert faults(html_of(made)) == [], made


def test_what_the_judge_refuses_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that the sanitizer would change is shown as it was typed, paragraph by paragraph, its names linked."""
    monkeypatch.setattr("dossier.render.escape.harmless", lambda made: False)
    link = '[Qin](people/qin-gang.md){ data-ref="people/qin-gang" data-rule="name" }'
    made = prose("**One** Qin\n\n- two", [(8, 11, link)])
    assert html_of(made) == (
        '<p>&#42;&#42;One&#42;&#42; <a data-ref="people/qin-gang" data-rule="name" href="people/qin-gang.md">Qin</a>'
        "</p>\n"
        "<p>&#45; two</p>"
    )


def test_code_shows_what_was_typed() -> None:
    """Code is shown character by character, markup and all."""
    assert html_of(prose("`<b>` and ``a ` {b}`` and `&amp;`")) == (
        "<p><code>&#60;b&#62;</code> and <code>a &#96; &#123;b&#125;</code> and <code>&#38;amp;</code></p>"
    )


def test_headings_stand_below_those_of_the_page() -> None:
    """Headings of both forms begin at the third rank."""
    html = html_of(prose("One\n===\n\nTwo\n---\n\n# Three\n\nText"))
    assert re.findall(r"<(h\d)", html) == ["h3", "h4", "h3"]


HEAVY = {
    "brackets": "[" * 20_000,
    "pictures": "![" * 10_000,
    "links": "[a](" * 8_000,
    "lists": "- " * (DEEPEST + 1),
    "quotations": "> " * (DEEPEST + 1),
    "numbers": "1. " * (DEEPEST + 1),
    "headings": "# a\n\n" * (MOST_HEADINGS + 1),
    "lines": "a\n" * 12_000,
    "emphasis": "*a **b " * 20_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_would_keep_the_parser_busy_is_refused(name: str) -> None:
    """Each of these takes Python-Markdown minutes, or more of the stack than there is."""
    assert markdown_fault(HEAVY[name]) is not None


@pytest.mark.parametrize("char", [*"[]()*_`<>&{}!#|:\\", "](", "]: ", "<!--", "`a", "- a\n", "> a\n", "a\n\n"])
def test_what_is_let_through_is_read(char: str) -> None:
    """A long field of one thing only is refused or read: nothing is raised."""
    text = (char * LONGEST)[: LONGEST // 3]
    if markdown_fault(text) is None:
        assert faults(html_of(prose(text))) == []


def test_ordinary_markdown_is_not_refused() -> None:
    """A long text with a list of five hundred links is nothing unusual."""
    listed = "".join(f"- [entry {n}](../people/p{n}.md), and *something* about it\n" for n in range(500))
    assert markdown_fault(f"# Head\n\n{'Some *words* and `code`. ' * 300}\n\n{listed}") is None
