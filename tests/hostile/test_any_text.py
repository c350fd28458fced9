"""Any text, in an article or a field of an entry: the build ends, and the pages show it and do nothing with it."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import markdown
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dossier import pipeline
from dossier.export.drafts import scalar
from dossier.model import Page
from dossier.packaged import page_templates
from dossier.render.escape import plain
from dossier.site import MARKDOWN_EXTENSIONS
from dossier.unseen import faults
from tests.render.test_escape import TEXTS

TODAY = dt.date(2024, 1, 15)
TEMPLATES = page_templates()
ACTIVE_TAGS = {
    "script",
    "iframe",
    "object",
    "embed",
    "applet",
    "frame",
    "frameset",
    "base",
    "meta",
    "style",
    "form",
    "link",
}
ADDRESSES = {"href", "src", "action", "formaction", "srcset", "poster", "data", "xlink:href", "background", "ping"}
HARMLESS = re.compile(r"(?:https?://|(?![a-z][a-z0-9+.-]*:)(?!//)|mailto:)", re.IGNORECASE)

WORDS = st.sampled_from(
    [
        "Jane",
        "Roe",
        "said",
        "that",
        "Austria",
        "would",
        "not",
        "talk",
        "“We",
        "talked,”",
        "on",
        "Monday",
        "the",
        "minister,",
    ]
)
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<iframe src=//evil.example></iframe>",
        '"><svg onload=alert(1)>',
        "[click](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)",
        "{{ 7 * 191 }}",
        "{% for x in page %}{{ x }}{% endfor %}",
        "{: onclick=alert(1) }",
        "{ .x onmouseover=alert(1) }",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "</article></div></main>",
        "</script><script>alert(1)</script>",
        "<style>*{display:none}</style>",
        "<base href=//evil.example>",
        "<meta http-equiv=refresh content=0;url=//evil.example>",
        "<a href=data:text/html,x>x</a>",
        '--8<-- "/etc/passwd"',
        "[TOC]",
        "[^1]",
        "*[HTML]: x",
        "```",
        "~~~ { onclick=x }",
        "<div markdown=1>",
        ":smile:",
        "# Heading {#id}",
        "1. one",
        "| a | b |",
        "***",
        "\\<script\\>",
        "`<b>`",
        "wzxhzdk:0",
        "\x02wzxhzdk:0\x03",
        "klzzwxh:0001",
    ]
)
#: What can be seen: what cannot is a problem in an entry and left out of an article, and tested with the damages.
SEEN = st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp"])
PRINTED = st.text(SEEN, min_size=1, max_size=30).filter(lambda text: not [*faults(text)])
LINES = st.lists(WORDS | HOSTILE | PRINTED, min_size=1, max_size=12).map(" ".join).filter(str.strip)
ANY = TEXTS | st.text(max_size=300)
FIELDS = ("summary", "description", "honorific", "pronouns")


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return squeeze("".join(self.words))


def squeeze(text: str) -> str:
    """A text without its blanks, and in the form (NFC) in which articles are read."""
    return unicodedata.normalize("NFC", re.sub(r"\s+", "", text))


def html_of(page: Page) -> str:
    """A page as it is published: its own HTML, or that which its Markdown becomes."""
    _, body = parts(page)
    return page.ready.html if page.ready else markdown.markdown(body, extensions=[*MARKDOWN_EXTENSIONS])


def parts(page: Page) -> tuple[str, str]:
    """The front matter of a page, and the rest."""
    found = re.match(r"\A---\n(.*?)^---\n", page.markdown, re.DOTALL | re.MULTILINE)
    assert found, page.markdown[:200]
    return found[1], page.markdown[found.end() :]


def assert_inert(page: Page) -> None:
    """Nothing on a page acts: no element or attribute that does, no address that is code, no template's result."""
    head, _ = parts(page)
    assert isinstance(yaml.safe_load(head), dict)
    for text in (html_of(page), markdown.markdown(parts(page)[1], extensions=[*MARKDOWN_EXTENSIONS])):
        seen = Seen(text)
        for tag, attributes in seen.elements:
            data = tag == "script" and attributes.get("type") == "application/ld+json"
            assert data or tag not in ACTIVE_TAGS, (page.uri, tag, attributes)
            for name, value in attributes.items():
                assert not name.startswith("on"), (page.uri, tag, attributes)
                assert name not in ADDRESSES or HARMLESS.match((value or "").strip()), (page.uri, tag, attributes)
                assert name != "src" or not re.match(r"https?:|//", value or ""), (page.uri, tag, attributes)
        assert "1337" not in seen.text


def built(files: Mapping[str, str]) -> tuple[Page, ...]:
    """The pages of a small dossier; where there are problems, each must be a clear line."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        made = pipeline.build(Path(folder), TEMPLATES, TODAY)
    for problem in made.problems:
        assert re.fullmatch(r"[^\n]+:\d+:\d+: [^\n]+ \[[a-z-]+\]", str(problem))
        assert str(problem).isprintable()
    assert bool(made.pages) != bool(made.problems)
    return made.pages


JANE = "name: Jane Roe\n"
AS_IT_STANDS = "title: Talks\nclean: none\n"
TALKS = "Talks in Vienna\n\nJane Roe talked for an hour in Vienna on Monday, officials said.\n"


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(paragraphs=st.lists(LINES, min_size=1, max_size=4))
@example(["<script>alert(1)</script> {{ 7 * 191 }} [click](javascript:alert(1)) {: onclick=alert(1) }"])
def test_an_article_is_shown_word_for_word_and_does_nothing(paragraphs: list[str]) -> None:
    """Whatever stands in a raw article, its page shows the same words, and no page has anything active."""
    raw = "\n\n".join(paragraphs)
    files = {
        "articles/talks.txt": raw,
        "articles/talks.yml": "title: Talks\nclean: none\n",
        "people/jane-roe.yml": JANE,
    }
    pages = built(files)
    for page in pages:
        assert_inert(page)
    if pages:
        article = next(page for page in pages if page.uri == "articles/talks.md")
        text = Seen(html_of(article)).text
        assert [line for line in paragraphs if squeeze(plain(line)) not in text] == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.fixed_dictionaries(dict.fromkeys(FIELDS, LINES)), name=LINES, alias=LINES)
def test_a_field_is_shown_and_does_nothing(texts: dict[str, str], name: str, alias: str) -> None:
    """Whatever stands in a field of an entry: no page has anything active, and its page shows the summary."""
    fields = {"name": name, **texts}
    lines = [*(f"{field}: {scalar(text)}\n" for field, text in fields.items()), f"aliases: [{scalar(alias)}]\n"]
    title, words = scalar(f"Talks {alias}"), scalar(texts["summary"])
    event = f"name: {title}\noutcome: {words}\nlocation: {title}\nparticipants: [{{who: jane-roe, stance: {words}}}]\n"
    pages = built(
        {
            "people/jane-roe.yml": "".join(lines),
            "articles/talks.txt": TALKS,
            "articles/talks.yml": f"title: {title}\nsummary: {words}\nauthors: [{title}]\n",
            "claims/long.yml": f"name: {title}\nstatement: {words}\nassessment: {words}\nabout: [people/jane-roe]\n",
            "events/talks.yml": event,
        }
    )
    for page in pages:
        assert_inert(page)
    if pages:
        person = next(page for page in pages if page.uri == "people/jane-roe.md")
        shown = Seen(html_of(person)).text
        assert squeeze(plain(texts["summary"])) in shown
        assert squeeze(plain(name)) in squeeze(plain(person.title))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(entry=ANY, article=ANY, suffix=st.sampled_from(["txt", "html", "md"]))
def test_any_file_ends_in_problems_or_in_pages_that_do_nothing(entry: str, article: str, suffix: str) -> None:
    """Files of any text at all, YAML or not, markup or not."""
    entry, article = (text.encode("utf-8", "replace").decode() for text in (entry, article))
    for page in built({"people/jane-roe.yml": entry, f"articles/talks.{suffix}": article}):
        assert_inert(page)
    for page in built({"people/jane-roe.yml": JANE, f"articles/talks.{suffix}": f"{article}\n\n{TALKS}"}):
        assert_inert(page)
