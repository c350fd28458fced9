"""Text is data: whatever it says, the page shows it and nothing of it becomes active."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dossier.render.escape import address, escape, front_matter, local, plain, prose
from dossier.site import MARKDOWN_EXTENSIONS

# Where a template may put a text: {} stands for the text.
PLACES = {
    "paragraph": "{}",
    "after text": "Before {} after",
    "heading": "# {}",
    "heading with an id": "## {} {{ #here data-x }}",
    "list item": "- {}",
    "link text": "[{}](page.md)",
    "link with attributes": '[{}](page.md){{ data-ref="people/x" data-rule="name" }}',
    "table cell": "| A | B |\n| --- | --- |\n| {} | x |",
    "attribute": '<p markdown="span"><span title="{}">x</span></p>',
    "span in block": '<div markdown="block">\n<p markdown="span">{}</p>\n</div>',
    "raw block": "<dl>\n<dt>{}</dt>\n</dl>",
    "quotation": '<figure markdown="block">\n<blockquote><p>{}</p></blockquote>\n</figure>',
}
FRAME = "text that is safe"
TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [
            *"\\`*_{}[]()#+-.!<>&|~^=:;\"'$%@/,?\n\t\r\x02\x03\x00\x0b\u2028\u202e\u00a0 ",
            "a",
            "Lavrov",
            "1.",
            "10)",
            "    ",
            "\n\n",
            "- ",
            "> ",
            "===",
            "---",
            "***",
            "```\n",
            "~~~\n",
            "{: .x }",
            "{ onclick=alert(1) }",
            "{{ x }}",
            "{% raw %}",
            "[^1]",
            "[^1]: note",
            "*[HTML]: ab",
            "[a](javascript:alert(1))",
            "[a]: http://x",
            "![i](//h/x.png)",
            "<https://example.org>",
            "https://example.org/a_b_c",
            "www.example.org",
            "a@b.org",
            "<script>",
            "</div>",
            "<!--",
            "-->",
            "<?x ?>",
            "&amp;",
            "&#42;",
            "&lt;",
            ":smile:",
            "|---|",
            "wzxhzdk:0",
            "klzzwxh:0001",
            "\x02wzxhzdk:0\x03",
            "==m==",
            "[TOC]",
            "]]>",
            "<![CDATA[",
            "!!! note",
            "--8<--",
            "$$",
            "\\(",
            "++k++",
            "😀",
            "Ω",
            "עברית",
            "\ud83d",
        ]
    ),
    max_size=12,
).map("".join)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", {}))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("!", {}))

    def handle_pi(self, data: str) -> None:
        self.tags.append(("?", {}))


def read(source: str) -> _Page:
    page = _Page()
    page.feed(markdown.markdown(source, extensions=[*MARKDOWN_EXTENSIONS]))
    page.close()
    return page


def squeeze(text: str) -> str:
    return " ".join(re.sub(r"\s", " ", text).split())


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
@example("*[HTML]: x")
@example("{: .x }")
@example("[^1]: note")
@example("1. one")
@example("a\\")
@example("| --- |")
def test_a_text_stays_text_wherever_it_stands(place: str, text: str) -> None:
    """Any text, anywhere in a page: the same words come out, and no element or attribute that was not there."""
    assume(plain(text).strip())  # an entry's texts are never empty
    safe, page = read(PLACES[place].format(FRAME)), read(PLACES[place].format(escape(text)))

    def shape(tags: list[tuple[str, dict[str, str | None]]]) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(name for name in attributes)) for tag, attributes in tags]

    assert shape(page.tags) == shape(safe.tags)
    shown = page.tags[-1][1]["title"] or "" if place == "attribute" else page.text
    expected = {"attribute": "{}", "table cell": "A B {} x", "after text": "Before {} after"}.get(place, "{}")
    assert squeeze(shown).replace(" ", "") == squeeze(expected.format(plain(text))).replace(" ", "")


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_an_escaped_text_is_one_line_of_plain_characters(text: str) -> None:
    """Nothing in an escaped text can begin markup: no active punctuation but that of character references."""
    assert not re.search(r"[\x00-\x1f\x7f\\`*_{}\[\]<>|~^=:\"@$+!/]", escape(text))
    assert re.fullmatch(r"(?:[^&#]|&#\d+;)*", escape(text))


@settings(max_examples=300, deadline=None)
@given(title=TEXTS, tags=st.lists(TEXTS, max_size=3))
def test_front_matter_reads_back_and_is_inert_in_html(title: str, tags: list[str]) -> None:
    """What YAML reads from the front matter is the text, already fit to be printed into HTML."""
    head = front_matter({"title": title, "tags": tags, "hide": ["toc"], "boost": 2})
    assert head.startswith("---\n")
    assert head.endswith("\n---\n")
    read_back = yaml.safe_load(head.removeprefix("---\n").removesuffix("---\n"))
    assert read_back["hide"] == ["toc"]
    assert read_back["boost"] == 2
    assert len(read_back["tags"]) == len(tags)
    page = _Page()
    page.feed(f'<title>{read_back["title"]}</title><meta name="d" content="{read_back["title"]}">')
    page.close()
    assert [tag for tag, _ in page.tags] == ["title", "meta"]
    assert page.tags[1][1]["content"] == plain(title).strip()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//host/x",
        "/x",
        "x",
        "http://[",
        "",
    ],
)
def test_only_web_addresses_lead_outside(url: str) -> None:
    """An address of another scheme, or none, becomes no link."""
    assert address(url) == ""


@pytest.mark.parametrize(
    "path", ["https://host/x.png", "//host/x.png", "/etc/x", "data:image/png;base64,x", "javascript:x"]
)
def test_only_files_of_the_site_are_pictures(path: str) -> None:
    """A picture comes from the content folder, never from another host."""
    assert local(path) == ""


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
@example("[x](java\\script:alert(1))")
@example("[x](<javascript:alert(1)>)")
@example("[x]( javascript:alert(1))")
@example("[x](\njavascript:alert(1))")
@example("[x][y]\n\n[y]: javascript:alert(1)")
@example("[x][y]\n\n[y]:\n  javascript:alert(1)")
@example("[x](&#106;avascript:alert(1))")
@example("[x](javascript&colon;alert(1))")
@example("![x](https://host/pixel.png)")
@example("a {: onclick=alert(1) }")
@example("[x](y){: onclick=alert(1) }")
@example('<img src=x onerror="alert(1)">')
@example("<https://example.org>")
@example("[a [b](javascript:x)](y)")
def test_a_description_is_markdown_and_nothing_else(text: str) -> None:
    """A description may hold Markdown; it brings no raw HTML, attribute, picture or script into the page."""
    page = read(f'<div markdown="block">\n\n{prose(text)}\n\n</div>')
    for tag, attributes in page.tags:
        assert tag not in {"script", "img", "iframe", "style", "object", "svg", "form", "input", "!--", "?", "!"}
        assert not any(name.startswith("on") for name in attributes)
        href = re.sub(r"[\s\x00-\x20]", "", (attributes.get("href") or "").lower())
        assert not re.match(r"[a-z][a-z0-9+.-]*:", href) or href.startswith(("http:", "https:", "mailto:"))


@settings(max_examples=400, deadline=None)
@given(before=TEXTS, after=TEXTS)
@example("!", "")
@example("a\\", "")
@example("[x](", "javascript:alert(1))")
@example("[x]", "(javascript:alert(1))")
@example("[x]: ", "")
@example("[", "](javascript:alert(1))")
@example("a", "{: onclick=alert(1) }")
@example("# ", "")
@example("\x02", "\x02")
def test_a_linked_name_changes_nothing_around_it(before: str, after: str) -> None:
    """A name that is linked in a description makes its neighbours neither markup, picture nor script."""
    name = "Qin Gang"
    link = f'[{name}](people/qin-gang.md){{ data-ref="people/qin-gang" data-rule="name" }}'
    linked = prose(before + name + after, [(len(before), len(before) + len(name), link)])
    page = read(f'<div markdown="block">\n\n{linked}\n\n</div>')
    for tag, attributes in page.tags:
        assert tag not in {"script", "img", "iframe", "style", "object", "svg", "form", "input", "!--", "?", "!"}
        assert attributes.keys() <= {"href", "data-ref", "data-rule", "title", "id", "class", "start"}
        href = re.sub(r"[\s\x00-\x20]", "", (attributes.get("href") or "").lower())
        assert not re.match(r"[a-z][a-z0-9+.-]*:", href) or href.startswith(("http:", "https:", "mailto:"))


def test_a_name_in_a_description_is_a_link() -> None:
    """The link stands where the name stood, with the rule that made it; the text around it is as it was."""
    text = "The *minister*, Qin Gang, <b>agreed</b>."
    link = '[Qin Gang](people/qin-gang.md){ data-ref="people/qin-gang" data-rule="name" }'
    page = read(prose(text, [(text.index("Qin"), text.index("Qin") + 8, link)]))
    assert page.text == text.replace("*", "")
    assert ("a", {"href": "people/qin-gang.md", "data-ref": "people/qin-gang", "data-rule": "name"}) in page.tags


def test_a_description_keeps_its_markdown() -> None:
    """Emphasis, lists, links and headings of a description are shown as such."""
    page = read(prose("# Head\n\nSome *words*, **more**, `a < b`.\n\n- one\n- [two](../people/x.md)\n"))
    assert [tag for tag, _ in page.tags] == ["h3", "p", "em", "strong", "code", "ul", "li", "li", "a"]
