"""The markup of every page: parsed without an error, and with a structure that assistive technology can follow.

The checks here run everywhere. The Nu HTML checker knows more and needs Java: with VNU_JAR=path/to/vnu.jar
in the environment it runs, too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from justhtml import Element, JustHTML

PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "b", "em", "strong", "mark", "time", "q", "dt"}
PHRASING |= {"button", "label", "summary", "code"}
BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "figure", "blockquote", "section", "aside", "nav", "form", "details"}
BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup"},
}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
OBSOLETE = {"align", "bgcolor", "border", "cellpadding", "valign", "width", "hspace", "nowrap"}


def elements(node: Element) -> Iterator[Element]:
    """The elements in a node, in order."""
    for child in node.children:
        if not child.name.startswith(("#", "!")):
            yield child
            yield from elements(child)


def ancestors(node: Element) -> Iterator[Element]:
    while node.parent is not None:
        node = node.parent
        yield node


def wrong_children(page: Element) -> Iterator[str]:
    """Lists hold items, tables rows, and rows cells."""
    for element in elements(page):
        for child in element.children:
            if element.name in CHILDREN and child.name not in {*CHILDREN[element.name], "#text", "#comment"}:
                yield f"<{child.name}> in <{element.name}>"


def blocks_in_lines(page: Element) -> Iterator[str]:
    """What stands in a line of text is no block."""
    for element in elements(page):
        if element.name in BLOCKS:
            yield from (f"<{element.name}> in <{a.name}>" for a in ancestors(element) if a.name in PHRASING - {"a"})


def nested_controls(page: Element) -> Iterator[str]:
    """A link or a control is not in another one."""
    for element in elements(page):
        if element.name in INTERACTIVE - {"label"}:
            outer = [a.name for a in ancestors(element) if a.name in INTERACTIVE - {"label"}]
            yield from (f"<{element.name}> in <{name}>" for name in outer)


def levels(page: Element) -> Iterator[str]:
    """There is one heading of the first level, and none skips a level."""
    found = [int(e.name[1]) for e in elements(page) if re.fullmatch(r"h[1-6]", e.name)]
    if found.count(1) != 1:
        yield f"{found.count(1)} headings of the first level"
    yield from (f"h{b} after h{a}" for a, b in pairwise(found) if b > a + 1)


def empty_headings(page: Element) -> Iterator[str]:
    """A heading, a link and a button say something."""
    for element in elements(page):
        named = element.attrs.get("aria-label") or element.to_text().strip() or element.query("img, svg")
        if re.fullmatch(r"h[1-6]|a|button|dt|th|summary", element.name) and not named:
            yield f"empty <{element.name}>"


def ragged_tables(page: Element) -> Iterator[str]:
    """Every row of a table has as many cells as its head."""
    for table in page.query("table"):
        cells = [sum(c.name in ("th", "td") for c in row.children) for row in table.query("tr")]
        if len(set(cells)) > 1:
            yield f"rows of {sorted(set(cells))} cells"


def nameless_pictures(page: Element) -> Iterator[str]:
    """A picture has its text; a drawing that is shown to all has a name."""
    yield from ("<img> without alt" for image in page.query("img") if "alt" not in image.attrs)
    for drawing in page.query("svg"):
        hidden = drawing.attrs.get("aria-hidden") == "true"
        if not hidden and drawing.attrs.get("role") and not drawing.attrs.get("aria-label"):
            yield "<svg role> without a name"


def obsolete(page: Element) -> Iterator[str]:
    """Looks are in the style sheet."""
    for element in elements(page):
        if element.name not in ("svg", "rect", "img", "image", "input", "path", "text"):
            yield from (f"<{element.name} {name}>" for name in OBSOLETE & element.attrs.keys())
        if element.name in ("center", "font", "strike", "tt", "big"):
            yield f"<{element.name}>"


CHECKS: tuple[Callable[[Element], Iterator[str]], ...] = (
    wrong_children,
    blocks_in_lines,
    nested_controls,
    levels,
    empty_headings,
    ragged_tables,
    nameless_pictures,
    obsolete,
)


@pytest.fixture(scope="session")
def documents(site: Path, vienna: Path) -> dict[str, JustHTML]:
    """The pages of the repository's own site and of the one that uses every field, as parsed."""
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": JustHTML(
            path.read_text(encoding="utf-8"), collect_errors=True, sanitize=False
        )
        for name, folder in (("site", site), ("vienna", vienna))
        for path in sorted(folder.rglob("*.html"))
        if "pagefind" not in path.parts
    }


def ours(document: JustHTML) -> Element:
    """The part of a page that is not the theme's frame."""
    return document.query("article")[0]


def test_every_page_is_parsed_without_an_error(documents: dict[str, JustHTML]) -> None:
    """The parser that the HTML standard describes has nothing to mend, in the frame neither."""
    assert {name: [str(e) for e in d.errors][:3] for name, d in documents.items() if d.errors} == {}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_structure_of_every_page(documents: dict[str, JustHTML], check: Callable[..., Iterator[str]]) -> None:
    """Each check holds on every page."""
    found = {name: Counter(check(ours(document))) for name, document in documents.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_what_refers_to_an_id_finds_it(documents: dict[str, JustHTML]) -> None:
    """Labels and descriptions name an element of the same page."""
    lost = []
    for name, document in documents.items():
        ids = {e.attrs["id"] for e in elements(document.root) if "id" in e.attrs}
        for element in elements(ours(document)):
            wanted = [i for attribute in REFERENCES for i in (element.attrs.get(attribute) or "").split()]
            lost += [f"{name}: {element.name} {i}" for i in wanted if i not in ids]
    assert lost == []


def test_landmarks_are_told_apart(documents: dict[str, JustHTML]) -> None:
    """There is one main part; regions of one kind have names, and no two have the same."""
    wrong = []
    for name, document in documents.items():
        if len(document.query("main")) != 1:
            wrong.append(f"{name}: main")
        for kind in ("nav", "aside", "form"):
            names = [e.attrs.get("aria-label") or e.attrs.get("aria-labelledby") for e in ours(document).query(kind)]
            if None in names or len(set(names)) != len(names):
                wrong.append(f"{name}: {kind} {names}")
    assert wrong == []


FAULTY = """<!doctype html><title>x</title><article>
<ul><p>one</ul><span><div>two</div></span><h3>three</h3><h2></h2><a href=x><button>four</button></a>
<table><tr><th>a<th>b</tr><tr><td>c</tr></table><img src=x><center align=left>five</center></article>"""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_checks_find_what_they_are_for(check: Callable[..., Iterator[str]]) -> None:
    """Each check finds its fault in a page that has them all."""
    assert list(check(ours(JustHTML(FAULTY, sanitize=False))))


def test_the_nu_html_checker_agrees(site: Path, vienna: Path) -> None:
    """It finds nothing but the faults of the theme that theme_faults.txt names."""
    jar, java = os.environ.get("VNU_JAR"), shutil.which("java")
    if not jar or not java:
        pytest.skip("the Nu HTML checker runs where VNU_JAR names it and there is Java")
    faults = Path(__file__).with_name("theme_faults.txt")
    command = [java, "-jar", jar, "--filterfile", str(faults), "--skip-non-html", str(site), str(vienna)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout + done.stderr).strip() == ""
    assert done.returncode == 0
