"""The forms of export: each says what its readers expect, and none says more than the audience may see."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from dossier import pipeline
from dossier.cli import main
from dossier.export.dataset import Dataset
from dossier.export.forms import FORM_OF, FORMS
from dossier.export.forms.tables import cell
from dossier.site import Site
from tests.conftest import ROOT, Golden, dossier_in

DAY = dt.date(2024, 6, 1)
VIENNA = ROOT / "tests" / "golden" / "vienna" / "content"


def data_of(content: Path, audience: str = "red", site: Site | None = None) -> Dataset:
    found = pipeline.survey(content)
    assert found.problems == ()
    return pipeline.dataset(found, DAY, audience, site or Site())


@pytest.fixture(scope="module")
def vienna() -> Dataset:
    """The dossier that uses every field of every kind."""
    return data_of(VIENNA)


def made(form: str, data: Dataset) -> Mapping[str, str]:
    """The files of a form, by name."""
    files = FORM_OF[form].make(data)
    return {form: files} if isinstance(files, str) else files


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


# What is withheld is absent.

SECRETS = ("Zyx", "ZYX", "zyx")
WITHHELD = {
    "people/jane-roe.yml": "name: Jane Roe\nnationality: [austria]\n",
    "people/zyx.yml": "name: Zyx Red\ntlp: red\nimage: people/zyx.png\naliases: [Zyxy]\nnationality: [austria]\n",
    "people/zyx.png": "ZYX",
    "people/zyx-draft.yml": "name: Zyx Draft\ndraft: true\n",
    "organizations/zyx-office.yml": "name: Zyx Office\ntlp: amber\n",
    "organizations/ministry.yml": "name: Ministry\nparent: zyx-office\nmembers: [people/zyx, people/jane-roe]\n",
    "events/talks.yml": "name: Talks\ndate: 2024-05-06\nparticipants:\n  - {who: people/zyx, role: ZYX role}\n"
    "  - {who: people/jane-roe, on_behalf_of: organizations/zyx-office}\n",
    "sources/zyx-news.yml": "name: Zyx News\ntlp: red\n",
    "claims/hour.yml": "name: They talked for an hour\nabout: [people/zyx, events/talks]\nevidence:\n"
    "  - {stance: supports, speaker: people/zyx, says: ZYX words}\n"
    "  - {stance: unclear, article: zyx-report, says: ZYX words}\n  - {stance: unclear, says: Heard of it}\n",
    "articles/talks.txt": "Jane Roe met the press in Vienna on Monday.\n\nShe said nothing of note to anybody.\n\n"
    "“Zyx was there,” Jane Roe said, and left the building at once.\n",
    "articles/talks.yml": "rights: excerpt\nsource: zyx-news\nnotes: ZYX note\nmentions: {Zyx: none}\n"
    "clean: {keep: [ZYX line]}\nquotes:\n  - {quote: Zyx was there, speaker: people/jane-roe}\n",
    "articles/metadata.txt": "Zyx and Jane Roe spoke in Vienna on Tuesday.\n\n“Zyx it is,” Jane Roe said to them.\n",
    "articles/metadata.yml": "rights: metadata\ntitle: Talks go on\ndate: 2024-05-07\n",
    "articles/zyx-report.txt": "Vienna, May 8 - The Zyx report speaks of Jane Roe on every page that it has.\n",
    "articles/zyx-report.yml": "tlp: amber\n",
}


@pytest.mark.parametrize("form", FORM_OF)
def test_nothing_that_is_withheld_is_exported(form: str, tmp_path: Path) -> None:
    """Above the audience, in drafts, in paragraphs that the rights withhold, for curators only: in no form at all."""
    content = dossier_in(tmp_path, WITHHELD) / "content"
    for name, text in made(form, data_of(content, "green", Site("https://example.org/"))).items():
        found = [line for line in text.splitlines() if any(secret in line for secret in SECRETS)]
        assert found == [], name
    assert any("Zyx Red" in text for text in made(form, data_of(content)).values()) or form in ("bibtex", "ics")


def test_what_is_left_says_what_it_said(tmp_path: Path) -> None:
    """What referred to something withheld stays, without it; what only said that goes."""
    content = dossier_in(tmp_path, WITHHELD) / "content"
    found = json.loads(FORM_OF["json"].make(data_of(content, "green")))
    assert found["entries"]["organizations/ministry"]["members"] == ["people/jane-roe"]
    assert found["entries"]["events/talks"]["participants"] == [{"who": "people/jane-roe"}]
    assert found["entries"]["claims/hour"]["evidence"] == [{"stance": "unclear", "says": "Heard of it"}]
    assert [len(found["articles"][f"articles/{name}"]["paragraphs"]) for name in ("talks", "metadata")] == [2, 0]
    assert found["articles"]["articles/metadata"]["names"] == {"people/jane-roe": 2}


# Each form.


def test_json_holds_together(vienna: Dataset) -> None:
    """Offsets point at the words that they are of; every reference leads to an entry or an article."""
    found = json.loads(FORM_OF["json"].make(vienna))
    there = {*found["entries"], *found["articles"]}
    assert len(found["articles"]) == len(vienna.readings) > 0
    for article in found["articles"].values():
        for one in (*article["mentions"], *article["quotations"], *article["statements"]):
            assert article["text"][one["start"] : one["end"]] == one["text"]
            assert one["rule"]
        assert {m["ref"] for m in article["mentions"]} <= {*article["names"]} <= there
        assert re.fullmatch(r"[0-9a-f]{64}", article["sha256"])
    for value in re.findall(r'"((?:people|events|topics|claims|organizations|sources)/[a-z0-9-]+)"', json.dumps(found)):
        assert value in there


def test_tables_have_a_row_for_everything(vienna: Dataset) -> None:
    """Each kind is a table with its fields; each row has as many cells as the table has columns."""
    tables = {
        name: [*csv.reader(io.StringIO(text.removeprefix("\ufeff")))] for name, text in made("csv", vienna).items()
    }
    for rows in tables.values():
        assert len({len(row) for row in rows}) == 1
    entries = [row[0] for name in ("people", "events", "topics", "claims") for row in tables[f"{name}.csv"][1:]]
    assert entries == [str(r) for k in ("people", "events", "topics", "claims") for r in vienna.entries if r.kind == k]
    assert tables["people_positions.csv"][0][:3] == ["entry", "n", "title"]
    assert {"names.csv", "citations.csv", "claims_evidence.csv", "mentions.csv", "articles.csv"} <= {*tables}
    assert len(tables["mentions.csv"]) - 1 == sum(len(r.annotation.mentions) for r in vienna.readings)


@given(st.text() | st.text(alphabet="=+-@\t\r\n |%＝'\" A1(").map(str))
def test_no_cell_begins_a_formula(text: str) -> None:
    """A spreadsheet shows the text and does nothing; nothing else is lost of it but control characters."""
    shown = cell(text)
    assert not re.match(r"\s*[=+\-@＝＋－＠|%]", shown)
    assert "".join(c for c in shown.removeprefix("'") if c.isprintable()) == "".join(
        c
        for c in (text.removeprefix("'") if not shown.startswith("'") or text.startswith("'") else text)
        if c.isprintable()
    )


def test_a_hostile_dossier_in_tables(tmp_path: Path) -> None:
    """Names, titles and quotations from strangers stay within their cells, and start no formula."""
    hostile = {
        "people/a.yml": 'name: "=HYPERLINK(\\"http://x\\",\\"y\\")"\nsummary: "@SUM(1)\\n=1"\ntags: ["+1", "a;=2"]\n',
        "articles/b.txt": "=cmd|' /C calc'!A0\n\nJane Roe said on Monday that “=1+1, \"and\" more” is what is meant.\n",
    }
    for text in made("csv", data_of(dossier_in(tmp_path, hostile) / "content")).values():
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
            assert [value for value in row if re.match(r"\s*[=+\-@|%]", value)] == []
        assert text.count("\n") == text.count("\r\n") + sum("\n" in v for r in csv.reader(io.StringIO(text)) for v in r)


def test_linked_data_is_one_graph(tmp_path: Path) -> None:
    """Every entry with a page is a node, known by the address of the page."""
    for site, start in ((Site("https://example.org/d/"), "https://example.org/d/"), (Site(), "./")):
        graph = json.loads(FORM_OF["jsonld"].make(data_of(VIENNA, site=site)))["@graph"]
        assert all(node["@id"].startswith(start) for node in graph)
        assert len({node["@id"] for node in graph}) == len(graph)


def test_popolo_refers_to_what_is_there(vienna: Dataset) -> None:
    """Memberships, posts and parents name people and organizations of the same file; dates are ISO 8601."""
    found = json.loads(FORM_OF["popolo"].make(vienna))
    ids = {one["id"] for many in found.values() for one in many}
    assert len(ids) == sum(map(len, found.values()))
    for one in (one for many in found.values() for one in many):
        assert {value for key, value in one.items() if key.endswith("_id")} <= ids
        for key, value in one.items():
            if key.endswith("_date"):
                assert re.fullmatch(r"\d{4}(-\d\d){0,2}", value)
    assert all(one["role"] or one["person_id"] for one in found["memberships"] if "role" in one)


def test_the_network_is_a_graph(vienna: Dataset) -> None:
    """Every edge leads from a node to a node, says how they are related, and how often."""
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    graph = ET.fromstring(FORM_OF["graphml"].make(vienna))
    nodes = {node.get("id") for node in graph.iterfind(".//g:node", space)}
    assert nodes == {str(ref) for ref in vienna.entries}
    edges = graph.findall(".//g:edge", space)
    assert edges
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= nodes
        relation, weight = (edge.findtext(f"g:data[@key='{key}']", namespaces=space) for key in ("relation", "weight"))
        assert relation
        assert int(weight or 0) > 0
        assert (edge.get("directed") == "false") == (relation == "named together")


def test_control_characters_break_no_xml(tmp_path: Path) -> None:
    """A title from a raw file may hold anything; the graph can be read."""
    content = dossier_in(
        tmp_path, {"articles/a.txt": "A \x0b title\x1f of \ufffe Jane\n\nSome words that are long enough to stay.\n"}
    )
    ET.fromstring(FORM_OF["graphml"].make(data_of(content / "content")))


DATES = {
    "day": ("2023-03-02", "20230302", "20230303", "Talks", "CONFIRMED"),
    "days": ("2023-03-01/2023-03-02", "20230301", "20230303", "Talks", "CONFIRMED"),
    "leap": ("2024-02-29", "20240229", "20240301", "Talks", "CONFIRMED"),
    "month": ("2022-07", "20220701", "20220801", "Talks (July 2022)", "TENTATIVE"),
    "about": ("2022-07-04~", "20220704", "20220705", "Talks (about 4 July 2022)", "TENTATIVE"),
    "open": ("2022-02-24/..", "20220224", "20220225", "Talks (since 24 February 2022)", "TENTATIVE"),
    "until": ("../2022-02-24", "20220224", "20220225", "Talks (until 24 February 2022)", "TENTATIVE"),
    "last": ("9999-12-31", "99991231", None, "Talks", "CONFIRMED"),
    "early": ("0476-09-04", "04760904", "04760905", "Talks", "CONFIRMED"),
}


@pytest.mark.parametrize("date", DATES)
def test_a_calendar_is_no_more_exact_than_the_dossier(date: str, tmp_path: Path) -> None:
    """A day is a day; what is not exact to the day is tentative, over all the days that it may be, and says so."""
    edtf, start, end, title, status = DATES[date]
    content = dossier_in(tmp_path, {"events/talks.yml": f'name: Talks\ndate: "{edtf}"\n'}) / "content"
    lines = FORM_OF["ics"].make(data_of(content))
    assert isinstance(lines, str)
    assert f"DTSTART;VALUE=DATE:{start}\r\n" in lines
    assert (f"DTEND;VALUE=DATE:{end}\r\n" in lines) == (end is not None)
    assert ("DTEND" in lines) == (end is not None)
    assert f"SUMMARY:{title}\r\n" in lines
    assert f"STATUS:{status}\r\n" in lines


@pytest.mark.parametrize("date", ["", "date: -0043-03-15\n"])
def test_events_that_no_calendar_has_a_day_for(date: str, tmp_path: Path) -> None:
    """An event without a date, or before the year 1, is left out."""
    content = dossier_in(tmp_path, {"events/talks.yml": f"name: Talks\n{date}"}) / "content"
    assert "VEVENT" not in str(FORM_OF["ics"].make(data_of(content)))


def test_calendar_lines(tmp_path: Path) -> None:
    """Lines have at most 75 octets and end as RFC 5545 has it; texts from outside are escaped and start no property."""
    name = "Größe, 大きさ; \\n " * 9
    content = {"events/a.yml": f"name: '{name}'\ndate: 2024-01-01\nsummary: \"one\\nBEGIN:VALARM\"\n"}
    text = str(FORM_OF["ics"].make(data_of(dossier_in(tmp_path, content) / "content", site=Site(name="A\r\nB:c"))))
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert not any("\n" in line or "\r" in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75
    whole = re.sub("\r\n ", "", text)
    escaped = re.search(r"\r\nSUMMARY:(.*)\r\n", whole)
    assert escaped is not None
    assert re.sub(r"\\(.)", r"\1", escaped[1]) == " ".join(name.split())
    assert "\r\nBEGIN:VALARM" not in whole
    assert "X-WR-CALNAME:A\\nB:c\r\n" in whole


def test_every_article_can_be_cited(vienna: Dataset) -> None:
    """BibTeX has an entry for each article, under its id."""
    text = str(FORM_OF["bibtex"].make(vienna))
    keys = re.findall(r"^@(?:article|misc)\{(.*),$", text, re.MULTILINE)
    assert keys == [reading.article.ref.id for reading in vienna.readings]


@pytest.mark.parametrize("form", ["popolo", "ics", "bibtex", "csv"])
def test_golden(form: str, vienna: Dataset, golden: Golden) -> None:
    """What the dossier with every field looks like in this form."""
    files = {name: text for name, text in made(form, vienna).items() if name not in ("mentions.csv", "named.csv")}
    ending = {"popolo": ".json", "bibtex": ".bib", "ics": ".ics", "csv": ""}[form]
    folder = Path(__file__).parent / "vienna" / form
    golden.check_folder(folder, {f"{name}{ending}": text.replace("\r\n", "\n") for name, text in files.items()})


# The command.


def test_help_names_every_form() -> None:
    """`dossier export --help` has a line for each form, and so has the page for curators."""
    text = run("--help").stdout
    docs = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    for form in FORMS:
        assert re.search(rf"^  {form.name} +{re.escape(form.about)}$", text, re.MULTILINE)
        assert f"| `{form.name}` |" in docs


@pytest.mark.parametrize("form", FORM_OF)
def test_the_same_input_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    """Two runs write the same file; a form of several files can be one .zip file."""
    ending = ".txt" if isinstance(FORM_OF[form].make(data_of(VIENNA)), str) else ".zip"
    for name in ("one", "two"):
        result = run(form, "--content", str(VIENNA), "--out", str(tmp_path / f"{name}{ending}"))
        assert (result.exit_code, result.stdout) == (0, f"{tmp_path / name}{ending}\n")
    assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()
    if ending == ".zip":
        with zipfile.ZipFile(tmp_path / "one.zip") as archive:
            assert archive.testzip() is None
            assert form != "csv" or "people.csv" in archive.namelist()


def test_where_it_goes(tmp_path: Path) -> None:
    """One file goes to standard output unless --out says otherwise; several need a folder, and replace their like."""
    assert json.loads(run("json", "--content", str(VIENNA)).stdout)["dossier"] == 1
    several = run("csv", "--content", str(VIENNA))
    assert (several.exit_code, several.stdout) == (2, "")
    assert "name a folder or a .zip file with --out" in several.stderr
    for _ in range(2):
        result = run("csv", "--content", str(VIENNA), "--out", str(tmp_path / "tables"))
        assert f"{tmp_path / 'tables' / 'people.csv'}" in result.stdout.splitlines()
    (tmp_path / "tables" / "secrets.csv").write_text("left from an export for others", encoding="utf-8")
    left = run("csv", "--content", str(VIENNA), "--out", str(tmp_path / "tables"))
    assert (left.exit_code, left.stdout) == (2, "")
    assert "holds secrets.csv, which this would leave" in left.stderr
    assert run("json", "--content", str(VIENNA), "--out", str(tmp_path)).exit_code == 2
    assert run("xml", "--content", str(VIENNA)).exit_code == 2


def test_problems_come_first(tmp_path: Path) -> None:
    """A dossier with problems is not exported: they are told, and nothing is written."""
    folder = dossier_in(tmp_path, {"people/a.yml": "nam: A\n"})
    result = run("json", "--content", str(folder / "content"), "--out", str(tmp_path / "x.json"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[unknown-field]" in result.stderr
    assert not (tmp_path / "x.json").exists()
