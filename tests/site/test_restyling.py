"""The example of docs/restyling.md does what it says: one template and one style sheet change a page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dossier.schema import KINDS
from tests.conftest import ROOT, dossier_in, mkdocs

GUIDE = (ROOT / "docs" / "restyling.md").read_text(encoding="utf-8")
#: The files of the example: a path, and the block of code that follows it.
FILES = dict(re.findall(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE))
CLAIM = "claims/encounter-of-september-2022/index.html"


@pytest.fixture(scope="module")
def restyled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own content with the example's files beside it."""
    folder = dossier_in(tmp_path_factory.mktemp("restyled"), {})
    shutil.copytree(ROOT / "content", folder / "content")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (setting,) = re.findall(r"^```yaml\n(extra_css.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(setting)
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_one_template_changes_one_kind_of_page(restyled: Path, site: Path) -> None:
    """The page of a claim is laid out as the example says, and the pages of other kinds as before."""
    assert set(FILES) == {"site_templates/pages/claim.md.j2", "content/house.css"}
    page = (restyled / CLAIM).read_text(encoding="utf-8")
    assert '<p class="house-verdict">Very unlikely</p>' in page
    assert page.index("For and against") < page.index("What we make of it")
    person = "people/sergey-lavrov/index.html"
    body = re.compile(r'<div class="d-sheet">.*?<p class="d-printed"', re.DOTALL)
    ours, theirs = ((folder / person).read_text(encoding="utf-8") for folder in (site, restyled))
    assert body.findall(ours) == body.findall(theirs)


def test_one_style_sheet_changes_all_pages(restyled: Path, browser: Any) -> None:
    """Rules of a style sheet of one's own win: links are red, and the sides stand below each other."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto((restyled / CLAIM).as_uri())
    colour = "e => getComputedStyle(e).color"
    assert page.locator(".d-panel a").first.evaluate(colour) == "rgb(138, 28, 28)"
    upper, lower = (page.locator(side).bounding_box() for side in (".d-for", ".d-against"))
    assert upper["y"] + upper["height"] <= lower["y"]
    page.context.close()


def test_the_guide_names_every_template() -> None:
    """Its table lists the template of each page; of the lists, one for each kind, it names some."""
    named = set(re.findall(r"`([a-z_]+\.md\.j2)`", GUIDE))
    there = {path.name for path in (ROOT / "site_templates" / "pages").glob("*.j2")}
    assert named <= there
    assert there - named <= {f"{kind.folder}.md.j2" for kind in KINDS}
