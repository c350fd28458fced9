"""Small dossiers shaped like a real one, and every byte that is made of them (see tests/golden/)."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from dossier import pipeline, schema
from dossier.cli import main
from dossier.packaged import page_templates

HERE = Path(__file__).parent / "golden"
VIENNA, AUDIENCE = HERE / "vienna", HERE / "audience"
TODAY = dt.date(2024, 1, 15)

#: The pages that are compared: of each kind one, and the pages over all.
COMPARED = (
    "about.md",
    "articles/2023-05-12-cable-talks.md",
    "articles/2023-05-13-who-cut-the-cable.md",
    "briefs/names.md",
    "claims/anchor.md",
    "claims/index.md",
    "countries/index.md",
    "countries/norge.md",
    "events/vienna-talks.md",
    "index.md",
    "method.md",
    "organizations/cable-commission.md",
    "people/index.md",
    "people/ingrid-halvorsen.md",
    "quotes.md",
    "sources/harbour-herald.md",
    "sources/index.md",
    "timeline.md",
    "topics/amber-cable.md",
)


def built(content: Path, audience: str = "red") -> dict[str, str]:
    """The pages of a dossier by their path, with the packaged templates and on a fixed day."""
    dossier = pipeline.build(content, page_templates(), TODAY, audience)
    assert dossier.problems == ()
    return {page.uri: page.markdown for page in dossier.pages}


def phrases(path: Path) -> list[str]:
    """The lines of a list, without its comments."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def test_vienna_has_its_pages(golden) -> None:
    """The site is exactly the pages in expected/: their list, and the text of one of each kind."""
    pages = built(VIENNA / "content")
    found = {name: pages[name] for name in COMPARED}
    golden.check_folder(VIENNA / "expected" / "pages", found)
    golden.check(VIENNA / "expected" / "pages.txt", "".join(f"{uri}\n" for uri in sorted(pages)))


def test_vienna_is_read_as_expected(golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """`dossier inspect --all --jsonl` prints exactly expected/inspect.jsonl."""
    monkeypatch.chdir(VIENNA)
    result = CliRunner().invoke(main, ["inspect", "--all", "--jsonl"])
    assert (result.exit_code, result.stderr) == (0, "")
    golden.check(VIENNA / "expected" / "inspect.jsonl", result.stdout)


def test_vienna_compares_a_page_of_every_kind() -> None:
    """No kind of entry is left out of the comparison."""
    kinds = {name.partition("/")[0] for name in COMPARED if not name.endswith("index.md")}
    assert kinds >= {kind.folder for kind in schema.KINDS}


def test_vienna_uses_every_field() -> None:
    """Every field that an entry, or a part of one, can have is used at least once."""
    found = pipeline.survey(VIENNA / "content")
    used: defaultdict[str, set[str]] = defaultdict(set)
    for ref in found.content.documents:
        for part in parts(found.entries[ref]):
            for owner in (c for c in type(part).__mro__ if issubclass(c, BaseModel)):
                used[owner.__name__] |= part.model_fields_set & owner.__annotations__.keys()
    known = {
        owner.__name__: set(owner.__annotations__) & owner.model_fields.keys()
        for owner in vars(schema).values()
        if isinstance(owner, type) and issubclass(owner, BaseModel)
    }
    assert {name: fields - used[name] for name, fields in known.items() if fields - used[name]} == {}


def parts(value: object) -> Iterator[BaseModel]:
    """An entry and all models within it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


def test_drafts_are_checked_and_not_shown() -> None:
    """A draft has no page, is named by no page, and is still read by the text engine."""
    pages = built(VIENNA / "content")
    drafts = ("zephyr", "2023-06-20-rumour", "claims/money", "Zephyr", "rumour from the quay")
    assert [(uri, word) for uri, text in pages.items() for word in drafts if word in uri or word in text] == []
    found = pipeline.survey(VIENNA / "content")
    assert "2023-06-20-rumour" in {article.ref.id for article in found.articles}


def test_a_curated_country_takes_the_place_of_the_built_in_one() -> None:
    """countries/norge.yml with iso: NO is the only Norway; Latvia needs no file."""
    pages = built(VIENNA / "content")
    assert {"countries/norge.md", "countries/latvia.md"} <= pages.keys()
    assert [uri for uri, text in pages.items() if "countries/norway" in uri + text] == []


def test_a_written_page_is_linked_unless_it_says_otherwise() -> None:
    """about.md has links to the names in it, none in code; briefs/names.md has none at all."""
    pages = built(VIENNA / "content")
    assert 'data-ref="topics/amber-cable"' in pages["about.md"]
    assert "`Norway`" in pages["about.md"]
    assert "data-ref" not in pages["briefs/names.md"]


def test_what_is_withheld_is_on_no_page() -> None:
    """For the audience green, nothing of an amber or red entry or of a draft is on any page or in any path."""
    pages = built(AUDIENCE / "content", "green")
    withheld = phrases(AUDIENCE / "withheld.txt")
    assert [(uri, words) for uri, text in pages.items() for words in withheld if words in uri or words in text] == []


def test_the_picture_of_a_withheld_person_is_no_file_of_the_site() -> None:
    """novak.svg belongs to an amber entry: for green it is not published, for amber it is."""
    found = {
        audience: pipeline.build(AUDIENCE / "content", page_templates(), TODAY, audience)
        for audience in ("green", "amber")
    }
    assert (found["green"].files, found["green"].withheld) == ((), ("novak.svg",))
    assert (found["amber"].files, found["amber"].withheld) == (("novak.svg",), ())


def test_what_is_withheld_is_there_for_those_who_may_see_it() -> None:
    """For the audience red, the same phrases are on pages: the list of them is no list of misprints."""
    pages = built(AUDIENCE / "content", "red")
    everything = "\n".join([*pages, *pages.values()])
    assert [words for words in phrases(AUDIENCE / "withheld.txt") if words not in everything] == []


@pytest.mark.parametrize("audience", schema.TLP)
def test_the_text_of_an_article_without_rights_is_never_printed(audience: str) -> None:
    """Of an article of rights: metadata no sentence is on any page, not even as context or quotation."""
    pages = built(AUDIENCE / "content", audience)
    unprinted = phrases(AUDIENCE / "unprinted.txt")
    assert [(uri, words) for uri, text in pages.items() for words in unprinted if words in text] == []


@pytest.mark.parametrize("audience", ["green", "red"])
def test_each_audience_has_its_pages(golden, audience: str) -> None:
    """The list of pages for an audience is the one in expected/."""
    pages = built(AUDIENCE / "content", audience)
    golden.check(AUDIENCE / "expected" / f"{audience}.txt", "".join(f"{uri}\n" for uri in sorted(pages)))


def test_a_wider_audience_sees_no_more() -> None:
    """Every page for a wider audience is there for a narrower one, too."""
    seen = [built(AUDIENCE / "content", audience).keys() for audience in schema.TLP]
    assert all(wide <= narrow for wide, narrow in itertools.pairwise(seen))


DIGEST = """
import datetime, hashlib, json, sys
from pathlib import Path
from dossier import pipeline
from dossier.export.inspection import record
from dossier.packaged import page_templates
content = Path(sys.argv[1])
made = hashlib.sha256()
for audience in ("green", "red"):
    for page in pipeline.build(content, page_templates(), datetime.date(2024, 1, 15), audience).pages:
        made.update(f"{page.uri} {page.title} {page.role} {page.markdown}".encode())
found = pipeline.survey(content)
for reading in pipeline.readings(found, {article.ref for article in found.articles}):
    made.update(json.dumps(record(reading, reading.article.path)).encode())
print(made.hexdigest())
"""


def digest(content: Path, **environment: str) -> str:
    """A digest of all that is made of a content folder, by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", DIGEST, str(content)],
        env={"PATH": os.environ.get("PATH", ""), **environment},
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("ascii").strip()


def test_two_builds_make_the_same_bytes() -> None:
    """Building twice in one process makes the same pages: nothing is kept from the first."""
    digests = [hashlib.sha256(repr(built(VIENNA / "content")).encode()).digest() for _ in range(2)]
    assert digests[0] == digests[1]


def test_the_machine_leaves_no_trace(tmp_path: Path) -> None:
    """Hash seed, locale, encoding, time zone, the folder and the order and age of the files change nothing."""
    elsewhere = tmp_path / "some where" / "cøntent"
    for path in sorted((VIENNA / "content").rglob("*"), reverse=True):
        if path.is_file():
            copy = elsewhere / path.relative_to(VIENNA / "content")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (0, 0))
    here = digest(VIENNA / "content", PYTHONHASHSEED="1", LC_ALL="C.UTF-8", TZ="Pacific/Kiritimati")
    plain = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert digest(elsewhere, PYTHONHASHSEED="2", TZ="Pacific/Pago_Pago", **plain) == here
