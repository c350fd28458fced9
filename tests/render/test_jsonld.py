"""JSON-LD in a page: whatever a text says, it stays data."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from dossier.parts import View
from dossier.render import render
from dossier.render.escape import front_matter
from dossier.render.jsonld import jsonld

PIECES = ["</script>", "<!--", "-->", "<script", "]]>", "&lt;", '"', "\\", "\\u003c", "\u2028", "\x02", "é"]
TEXTS = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


class Scripts(HTMLParser):
    """The elements of a page and what its scripts hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.script = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["script"]:
            self.script += data

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")


@given(st.dictionaries(st.sampled_from(["name", "text", "author"]), TEXTS | st.lists(TEXTS, max_size=3)))
@example({"name": "</script><script>alert(1)</script>"})
@example({"name": "<!-- <script>"})
def test_no_text_leaves_the_script(data: dict[str, object]) -> None:
    """The script holds all of the data and nothing but the data, by way of the front matter, too."""
    written = jsonld(data)
    page = Scripts(f'<script type="application/ld+json">{written}</script>')
    assert page.tags == ["script"]
    assert page.script == str(written)
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written).keys() == data.keys()
    front = yaml.safe_load(front_matter({"jsonld": written}).split("---\n")[1])
    assert front == {"jsonld": str(written)}


def test_a_page_carries_its_data() -> None:
    """The data of a view is in the front matter of its page, where the theme finds it."""
    view = View("search.md", "Search", "view", "search.md.j2", None, linked_data={"@type": "Thing", "name": "A & <b>"})
    (page,) = render([view], {"search.md.j2": "# {{ title }}"})
    front = yaml.safe_load(page.markdown.split("---\n")[1])
    assert json.loads(front["jsonld"]) == {"@type": "Thing", "name": "A & <b>"}
