"""What holds for all modules of the package together."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import dossier
from dossier import pipeline
from dossier.packaged import page_templates
from dossier.schema import KINDS

MODULES = [dossier.__name__, *(m.name for m in pkgutil.walk_packages(dossier.__path__, "dossier."))]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_are_true(name: str) -> None:
    """Every doctest of every module says what happens."""
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    """A module begins with a sentence, and is short enough to be read at once."""
    module = importlib.import_module(name)
    assert module.__doc__
    assert module.__file__
    assert len(Path(module.__file__).read_text(encoding="utf-8").splitlines()) <= 430


def test_a_folder_with_problems_has_no_pages(tmp_path: Path) -> None:
    """Nothing is built on defaults: problems come instead of pages, never beside them."""
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "jane.yml").write_text("name: Jane\nnationality: [nowhere]\n")
    found = pipeline.build(tmp_path, page_templates(), dt.date(2024, 1, 15))
    assert (found.pages, found.files) == ((), ())
    assert [(p.path, p.rule) for p in found.problems] == [("people/jane.yml", "dangling-reference")]


def test_an_empty_folder_is_a_dossier(tmp_path: Path) -> None:
    """Every index and view is there from the first day."""
    found = pipeline.build(tmp_path, page_templates(), dt.date(2024, 1, 15))
    assert found.problems == ()
    views = {
        "index.md",
        "timeline.md",
        "map.md",
        "map/articles.md",
        "network.md",
        "quotes.md",
        "search.md",
        "method.md",
    }
    assert {page.uri for page in found.pages} == views | {f"{kind.folder}/index.md" for kind in KINDS}


def test_the_day_of_the_build_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH counts seconds in UTC, whatever the time zone of the machine."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(23 * 3600 + 59 * 60))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert pipeline.today() == dt.date(1970, 1, 1)


def test_names_in_the_curators_texts_are_linked(tmp_path: Path) -> None:
    """Summary, description, outcome and assessment lead to the entries they name, but not to their own page."""
    texts = {
        "people/jane-roe.yml": "name: Jane Roe\nsummary: Jane Roe met John Doe.\n"
        "description: |\n  In *Austria* Roe saw [John Doe](https://example.org/) and `John Doe`.\n",
        "people/john-doe.yml": "name: John Doe\n",
        "events/talks.yml": "name: Talks\nsummary: Jane Roe talked.\noutcome: John Doe signed.\n",
        "claims/one.yml": "name: One\nstatement: It rained.\nassessment: So says **Jane Roe**.\n",
        "articles/one.txt": "A headline\n\nJane Roe met John Doe in Austria on Monday, and they talked for an hour.\n",
        "articles/one.yml": "summary: Jane Roe met somebody.\n",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = pipeline.build(tmp_path, page_templates(), dt.date(2024, 1, 15))
    assert found.problems == ()
    refs = {
        page.uri: re.findall(r'data-ref="([^"]+)"', page.markdown.split('<div class="d-text"')[0])
        for page in found.pages
        if page.role == "entry"
    }
    assert refs["people/jane-roe.md"] == ["people/john-doe", "countries/austria"]
    assert refs["events/talks.md"] == ["people/jane-roe", "people/john-doe"]
    assert refs["claims/one.md"] == ["people/jane-roe"]
    assert refs["articles/one.md"] == ["people/jane-roe"]


def test_a_name_that_is_withheld_is_not_linked(tmp_path: Path) -> None:
    """What the curator wrote stands, but nothing leads to an entry that this audience must not see."""
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "jane-roe.yml").write_text("name: Jane Roe\nsummary: Jane Roe met John Doe.\n")
    (tmp_path / "people" / "john-doe.yml").write_text("name: John Doe\ntlp: red\n")
    found = pipeline.build(tmp_path, page_templates(), dt.date(2024, 1, 15), "green")
    assert not any("people/john-doe" in page.markdown for page in found.pages)
