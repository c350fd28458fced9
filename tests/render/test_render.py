"""From views to pages: links, front matter, the front page, and templates that compute nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any

import markdown
import pytest
import yaml

from dossier.model import Page, WrittenPage
from dossier.packaged import page_templates, site_templates
from dossier.parts import View
from dossier.render import LayoutError, render
from dossier.schema import KINDS
from dossier.site import MARKDOWN_EXTENSIONS
from tests.views.build import reading, views

TEMPLATES = site_templates() / "pages"
HOSTILE = (
    "<script>alert(1)</script> [x](javascript:y) {{ 7*7 }} {: onclick=z } &amp; *b* `c` | \\ :smile: #h ![i](//h/p)"
)
GIVEN: dict[str, dict[str, Any]] = {
    "people/ana-ruiz": {
        "name": f"Ana {HOSTILE}",
        "aliases": [f"Annie {HOSTILE}"],
        "summary": HOSTILE,
        "description": HOSTILE,
        "tags": [HOSTILE],
        "positions": [{"title": HOSTILE, "country": "countries/chile", "start": "2020"}],
        "links": [{"title": HOSTILE, "url": "https://example.org/a_(b)?c=*d*&e"}],
        "identifiers": {"other": HOSTILE, "wikidata": "Q42"},
        "citations": [{"article": "articles/one", "quote": "We stay", "note": HOSTILE}, {"article": "articles/one"}],
        "image": "pictures/ana (1).jpg",
        "tlp": "amber",
    },
    "people/bo-lind": {"nationality": ["countries/chile"]},
    "countries/chile": {"name": "Chile", "leaders": ["people/ana-ruiz"], "capital": HOSTILE},
    "organizations/club": {"members": ["people/bo-lind", "countries/chile"], "country": "countries/chile"},
    "organizations/part": {"parent": "organizations/club", "type": HOSTILE},
    "events/whole": {"date": "2023-01", "location": HOSTILE, "country": "countries/chile", "summary": HOSTILE},
    "events/talks": {
        "date": "2023-01-05~",
        "part_of": "events/whole",
        "type": HOSTILE,
        "outcome": HOSTILE,
        "participants": [
            {"who": "people/ana-ruiz", "role": HOSTILE, "stance": HOSTILE, "on_behalf_of": "countries/chile"},
            {"who": "people/bo-lind"},
        ],
        "topics": ["topics/treaty"],
        "citations": [{"article": "articles/one", "quote": "We stay", "note": HOSTILE}],
    },
    "events/undated": {"participants": [{"who": "organizations/club"}]},
    "topics/treaty": {"status": HOSTILE, "parties": ["countries/chile"], "signed": "1999", "related": ["claims/one"]},
    "topics/annex": {"broader": "topics/treaty"},
    "sources/gazette": {
        "name": HOSTILE,
        "reliability": "B",
        "url": "https://example.org",
        "country": "countries/chile",
    },
    "sources/sister": {"parent": "sources/gazette"},
    "claims/one": {
        "statement": HOSTILE,
        "about": ["people/ana-ruiz", "events/talks", "countries/chile", "topics/treaty"],
        "evidence": [
            {
                "stance": "supports",
                "article": "articles/one",
                "quote": "We stay",
                "says": HOSTILE,
                "speaker": "people/bo-lind",
            },
            {"stance": "disputes", "says": HOSTILE},
            {"stance": "unclear", "article": "articles/two", "quote": "Nothing"},
        ],
        "assessment": HOSTILE,
        "likelihood": "likely",
        "confidence": "low",
    },
    "articles/one": {
        "summary": HOSTILE,
        "events": ["events/talks"],
        "credibility": "2",
        "url": "https://example.org/1",
    },
    "articles/two": {"rights": "excerpt", "events": ["events/talks"], "url": "https://example.org/2"},
}
READINGS = (
    reading(
        "articles/one",
        [
            f"“We stay,” said [Ana](people/ana-ruiz) {HOSTILE}.",
            "[Lind](people/bo-lind) and [Chile](countries/chile) agree.",
        ],
        "2023-01-06",
        title=HOSTILE,
        source="sources/gazette",
        quotes={"We stay,": "people/ana-ruiz", HOSTILE: HOSTILE},
    ),
    reading("articles/two", ["Nothing.", "Nothing.", "[Lind](people/bo-lind)."], title="Two", source="sources/gazette"),
)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    made = views(GIVEN, READINGS)
    return {page.uri: page for page in render(tuple(made.values()), page_templates())}


def html(page: Page) -> list[tuple[str, dict[str, str | None]]]:
    """The elements of a page, as the Markdown extensions that are agreed on make them."""
    parser = _Html()
    body = page.markdown.split("\n---\n", 1)[1]
    parser.feed(markdown.markdown(body, extensions=[*MARKDOWN_EXTENSIONS]))
    return parser.tags


def front(page: Page) -> dict[str, object]:
    """The front matter of a page."""
    read: dict[str, object] = yaml.safe_load(page.markdown.split("---\n", 2)[1])
    return read


def test_a_hostile_text_does_nothing_on_any_page(pages: dict[str, Page]) -> None:
    """Whatever an article or an entry says: no script, handler, picture, or scheme but that of the web."""
    for page in pages.values():
        for tag, attributes in html(page):
            assert tag not in {"script", "iframe", "style", "form"}, page.uri
            assert tag != "svg" or attributes["class"] in {"d-diagram", "d-map"}, page.uri
            assert not any(name.startswith("on") for name in attributes), page.uri
            assert "javascript" not in (attributes.get("href") or ""), page.uri
            if tag == "img":
                assert attributes["src"] == "../pictures/ana%20%281%29.jpg"
        assert "49" not in re.findall(r"\b49\b", page.markdown), page.uri
        assert not {"\x00", "\x01"} & set(page.markdown)


def test_every_link_within_the_site_leads_to_a_page_and_a_place_on_it(pages: dict[str, Page]) -> None:
    """Links are relative, to Markdown files that exist; a fragment is the id of an element there."""
    elements = {uri: html(page) for uri, page in pages.items()}
    ids = {uri: {a["id"] for _, a in found if "id" in a} for uri, found in elements.items()}
    count = 0
    for uri, found in elements.items():
        for tag, attributes in found:
            href = attributes.get("href") or ""
            if tag == "a" and not href.startswith("https://"):
                path, _, fragment = href.partition("#")
                target = uri
                if path:
                    parts: list[str] = list(PurePosixPath(uri).parent.parts)
                    for part in path.split("/"):
                        parts = parts[:-1] if part == ".." else [*parts, part]
                    target = "/".join(parts)
                assert target in pages, f"{uri}: {href}"
                assert not fragment or fragment in ids[target], f"{uri}: {href}"
                count += 1
    assert count > 100


def test_mentions_and_quotations_say_whose_they_are(pages: dict[str, Page]) -> None:
    """A mention carries its reference and its rule, a paragraph its number, a quotation its speaker."""
    found = html(pages["articles/one.md"])
    assert [(a["data-ref"], a["data-rule"]) for tag, a in found if tag == "a" and "data-ref" in a] == [
        ("people/ana-ruiz", "name"),
        ("people/bo-lind", "name"),
        ("countries/chile", "name"),
    ]
    assert [a["id"] for tag, a in found if tag == "p" and "id" in a] == ["p1", "p2"]
    for page in pages.values():
        figures = [a for tag, a in html(page) if tag == "figure" and "d-figure" not in (a.get("class") or "")]
        assert all("data-speaker" in a for a in figures), page.uri
        assert all(re.fullmatch(r"([a-z]+/[a-z0-9-]+)?", a["data-speaker"] or "") for a in figures), page.uri


def test_every_page_has_its_front_matter_and_one_title(pages: dict[str, Page]) -> None:
    """Title, description and kind stand in the front matter as text; the page has one heading of the first rank."""
    for page in pages.values():
        fields = front(page)
        assert isinstance(fields["title"], str)
        assert "<" not in fields["title"]
        assert {"description", "kind", "role", "hide"} <= set(fields)
        assert [tag for tag, _ in html(page)].count("h1") == 1, page.uri


def test_likelihood_and_confidence_are_never_in_one_sentence(pages: dict[str, Page]) -> None:
    """The two are separate facts with separate labels."""
    for page in pages.values():
        for line in page.markdown.splitlines():
            assert not ("ikelihood" in line and "onfidence" in line), page.uri


def test_the_front_page_is_built_around_the_one_written_by_hand() -> None:
    """`index.md` keeps its own front matter, heading and text; what is generated follows, ours fills the gaps."""
    text = (
        '---\ndescription: "Ours: first"\nauthor: Me\n---\n\n# The *week*\n\nIt was **calm**.\n\n{{ not a template }}\n'
    )
    made = views(GIVEN, READINGS)
    written = (Page("index.md", "The *week*", text, "home"), Page("about.md", "About", "# About\n", "written"))
    found = {page.uri: page for page in render(tuple(made.values()), page_templates(), written)}
    home = found["index.md"]
    assert len([uri for uri in found if uri == "index.md"]) == 1
    assert home.title == "The *week*"
    assert front(home)["description"] == "Ours: first"
    assert front(home)["author"] == "Me"
    assert front(home)["kind"] == "Briefing"
    assert home.markdown.count("\n# ") == 1
    assert (
        home.markdown.index("# The *week*")
        < home.markdown.index("It was **calm**.")
        < home.markdown.index("## What happened")
    )
    assert "{{ not a template }}" in home.markdown
    assert found["about.md"].markdown == "# About\n"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("# x\n\n{{ page.nothing }}\n", "x.md.j2:3:1: .*no attribute 'nothing' .template."),
        ("{{ nothing }}", "x.md.j2:1:1: 'nothing' is undefined"),
        ("{% import 'part.md.j2' as p %}\n{{ p.show(page) }}", "part.md.j2:2:1: .*no attribute 'nothing'"),
        ("one\n{% for %}", "x.md.j2:2:1: "),
        ("{% include 'gone.md.j2' %}", "x.md.j2:1:1: there is no template gone.md.j2"),
        ("\n{{ page }}", "x.md.j2:2:1: .*neither text nor a part of a page"),
        ("{{ 'x' | safe }}", "x.md.j2:1:1: No filter named 'safe'"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_place(source: str, told: str) -> None:
    """A name that does not exist is an error, not an empty place; it says the template and the line."""
    view = View("x.md", "X", "entry", "x.md.j2", object())
    part = "{% macro show(x) %}\n{{ x.nothing }}{% endmacro %}"
    with pytest.raises(LayoutError, match=told) as caught:
        render((view,), {"x.md.j2": source, "part.md.j2": part})
    assert caught.value.problem.rule == "template"


def test_a_folder_of_templates_overrides_file_by_file(tmp_path: Path) -> None:
    """The first folder that has a template wins; the others fill the gaps."""
    (tmp_path / "person.md.j2").write_text("# {{ title }}\n\nMine.\n", encoding="utf-8")
    made = views({"people/bo-lind": {}, "countries/chile": {}})
    found = {page.uri: page.markdown for page in render(tuple(made.values()), page_templates(tmp_path))}
    assert found["people/bo-lind.md"].endswith("# Bo Lind\n\nMine.\n")
    assert "d-panel" in found["countries/chile.md"]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda path: path.name)
def test_templates_only_lay_out(path: Path) -> None:
    """No template sets a variable, joins texts (which would escape them for HTML only) or marks a text as safe."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\{%-?\s*(set|call|filter|autoescape)\b", source)
    assert not re.search(r"\{[{%][^}]*(~|\|\s*safe)[^}]*[}%]\}", source)


def test_each_kind_has_its_templates() -> None:
    """The list of kinds and the folder of templates agree."""
    names = {path.name for path in TEMPLATES.glob("*.j2")}
    assert {name for kind in KINDS for name in (kind.template, kind.index_template)} <= names


def test_written_pages_are_pages_of_their_own() -> None:
    """The briefing lists the pages that were written by hand."""
    from dossier.schema import ArticleEntry  # noqa: F401  the import proves that the layer below is enough
    from dossier.views import compose
    from tests.views.build import TODAY

    made = tuple(compose({}, (), (WrittenPage("briefs/next-week.md", "# Next week\n"),), TODAY, curated=frozenset()))
    home = next(page for page in render(made, page_templates()) if page.uri == "index.md")
    assert "[Next week](briefs/next-week.md)" in home.markdown
