"""`dossier inspect`: the record of an article, key by key, and how articles are named."""

from __future__ import annotations

import hashlib
import itertools
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from dossier import pipeline
from dossier.cli import main
from dossier.export.inspection import record
from dossier.model import RawArticle, Ref

OPTIONAL_TEXT, OPTIONAL_NUMBER = (str, type(None)), (int, type(None))
#: The keys of a record in their order, with the types of their values.
RECORD = {
    "id": str,
    "path": str,
    "sha256": str,
    "title": str,
    "date": OPTIONAL_TEXT,
    "source": OPTIONAL_TEXT,
    "source_name": OPTIONAL_TEXT,
    "authors": list,
    "language": OPTIONAL_TEXT,
    "basis": dict,
    "text": str,
    "paragraphs": list,
    "removed": list,
    "mentions": list,
    "unresolved": list,
    "quotes": list,
}
ITEMS: dict[str, dict[str, Any]] = {
    "paragraphs": {"n": int, "start": int, "end": int, "line": int},
    "removed": {"line": int, "text": str, "rule": str},
    "mentions": {"start": int, "end": int, "text": str, "ref": str, "rule": str, "name": str},
    "unresolved": {"start": int, "end": int, "text": str, "candidates": list, "reason": str},
    "quotes": {
        "start": int,
        "end": int,
        "text": str,
        "speaker": OPTIONAL_TEXT,
        "speaker_name": OPTIONAL_TEXT,
        "speaker_text": OPTIONAL_TEXT,
        "speaker_start": OPTIONAL_NUMBER,
        "speaker_end": OPTIONAL_NUMBER,
        "cue": OPTIONAL_TEXT,
        "rule": str,
    },
}
BASIS = {
    "title": {"curated", "html", "text", None},
    "date": {"curated", "html", "text", "filename", None},
    "source": {"curated", "html", "text", None},
    "authors": {"curated", "html", "text", None},
}

PLAIN = """\
Ministers meet by the sea 🚢

Jane Roe 🇳🇴 met John Poe on the quay on Thursday, and the cafe\u0301 “Zum Anker” stayed open for both of them.

“We 🚢 will not sail without a signed paper, whatever the weather,” Roe said. 𝕹othing came of it.

“The paper is in my pocket, and it stays there until spring,” said Kim Vale, a harbour pilot.

Ann Lindqvist and Bob Lindqvist waved from the bridge. Lindqvist sang all afternoon for the people of Norway.
"""
HTML = """\
<html lang="en"><head><title>Fog over the quay</title>
<meta property="og:title" content="Fog over the quay"><meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2023-03-03T10:00:00Z"><meta name="author" content="Ann Lee"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Fog over the quay</h1>
<p>Fog lay over the quay all day on Friday, and Jane Roe did not see the ship that she had waited for since noon.</p>
<p>“I have never seen such a fog in all my years by the sea,” Jane Roe said in the evening.</p>
</article></body></html>
"""
FILES = {
    "articles/2023-03-04-by-the-sea.txt": PLAIN,
    "articles/fog.html": HTML,
    "articles/fog.yml": "authors: [A. Lee]\n",
    "people/jane-roe.yml": "name: Jane Roe\ngiven_name: Jane\nfamily_name: Roe\n",
    "people/ann-lindqvist.yml": "name: Ann Lindqvist\nfamily_name: Lindqvist\n",
    "people/bob-lindqvist.yml": "name: Bob Lindqvist\nfamily_name: Lindqvist\n",
    "sources/post.yml": "name: The Post\n",
}


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small dossier, in the current folder."""
    for name, text in FILES.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def inspect(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["inspect", *arguments])


def records(*arguments: str) -> list[dict[str, Any]]:
    """The records printed as one JSON list."""
    result = inspect(*arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def assert_contract(found: dict[str, Any]) -> None:
    """A record has exactly the keys and types of the contract, and its offsets point at its texts."""
    assert list(found) == list(RECORD)
    for key, types in RECORD.items():
        assert isinstance(found[key], types), key
    for key, shape in ITEMS.items():
        for item in found[key]:
            assert list(item) == list(shape)
            assert all(isinstance(item[name], types) for name, types in shape.items()), item
    assert list(found["basis"]) == list(BASIS)
    assert all(found["basis"][fact] in allowed for fact, allowed in BASIS.items())
    assert all(isinstance(author, str) for author in found["authors"])
    text = found["text"]
    assert "\n\n".join(text[p["start"] : p["end"]] for p in found["paragraphs"]) == text
    assert [p["n"] for p in found["paragraphs"]] == list(range(1, len(found["paragraphs"]) + 1))
    spans = sorted((s["start"], s["end"]) for s in (*found["mentions"], *found["unresolved"]))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    for key in ("mentions", "unresolved", "quotes"):
        assert [s["start"] for s in found[key]] == sorted(s["start"] for s in found[key])
        for s in found[key]:
            assert 0 <= s["start"] < s["end"] <= len(text)
            assert text[s["start"] : s["end"]] == s["text"]
    for q in found["quotes"]:
        missing = [q[name] is None for name in ("speaker_text", "speaker_start", "speaker_end")]
        assert all(missing) or not any(missing)
        if q["speaker_text"] is not None:
            assert text[q["speaker_start"] : q["speaker_end"]] == q["speaker_text"]
        assert q["speaker"] is None or q["speaker_name"]
    for u in found["unresolved"]:
        assert len(set(u["candidates"])) == len(u["candidates"]) >= 1


def test_a_record_keeps_the_contract(content: Path) -> None:
    """Keys, types, order, and what offsets point at; for a plain text and for HTML."""
    found = records("--all")
    assert [one["id"] for one in found] == ["2023-03-04-by-the-sea", "fog"]
    for one in found:
        assert_contract(one)
        path = Path(one["path"])
        assert path.as_posix() == f"content/articles/{path.name}"
        assert one["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_facts_come_with_their_basis(content: Path) -> None:
    """Each fact says where it was found; what nobody says is null."""
    plain, html = records("--all")
    assert (html["title"], html["basis"]["title"]) == ("Fog over the quay", "html")
    assert (html["date"], html["basis"]["date"]) == ("2023-03-03", "html")
    assert (html["source"], html["source_name"], html["basis"]["source"]) == ("sources/post", "The Post", "html")
    assert (html["authors"], html["basis"]["authors"]) == (["A. Lee"], "curated")
    assert (plain["date"], plain["basis"]["date"]) == ("2023-03-04", "filename")
    assert (plain["source"], plain["source_name"], plain["basis"]["source"]) == (None, None, None)
    assert (plain["authors"], plain["basis"]["authors"]) == ([], None)


def test_offsets_are_code_points(content: Path) -> None:
    """Ships, flags and combined letters before a mention shift it by as many code points as they have."""
    (found,) = records("2023-03-04-by-the-sea")
    text = found["text"]
    roe = [m for m in found["mentions"] if m["ref"] == "people/jane-roe"]
    assert [m["text"] for m in roe] == ["Jane Roe", "Roe"]
    assert [m["start"] for m in roe] == [text.index("Jane Roe"), text.index("Roe said")]
    assert [m["text"] for m in found["mentions"] if m["ref"] == "countries/norway"] == ["Norway"]
    quote = next(q for q in found["quotes"] if q["speaker"] == "people/jane-roe")
    assert (quote["start"], quote["text"][:4]) == (text.index("We 🚢"), "We 🚢")
    assert len("🚢") == 1 < len("🚢".encode("utf-16-le")) // 2  # not units of UTF-16


def test_a_speaker_without_an_entry_has_a_name(content: Path) -> None:
    """`speaker` is null and `speaker_name` as printed; the mention's place is given."""
    (found,) = records("2023-03-04-by-the-sea")
    quote = next(q for q in found["quotes"] if "pocket" in q["text"])
    assert (quote["speaker"], quote["speaker_name"], quote["speaker_text"]) == (None, "Kim Vale", "Kim Vale")
    assert quote["cue"] == "said"


def test_a_name_of_several_entries_is_unresolved(content: Path) -> None:
    """A family name that two entries share is not linked, and both are named."""
    (found,) = records("2023-03-04-by-the-sea")
    assert [(u["text"], u["candidates"]) for u in found["unresolved"]] == [
        ("Lindqvist", ["people/ann-lindqvist", "people/bob-lindqvist"])
    ]
    assert found["unresolved"][0]["reason"]


def test_jsonl_is_one_object_a_line(content: Path) -> None:
    """The lines hold the same records as the list; texts are written as they are."""
    result = inspect("--all", "--jsonl")
    lines = result.stdout.split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == records("--all")
    assert "🚢" in lines[0]


def test_without_a_form_it_is_a_text_to_read(content: Path) -> None:
    """Without --json or --jsonl the terminal shows paragraphs with what was found in them."""
    result = inspect("--all")
    assert result.exit_code == 0
    assert "articles/fog" in result.stdout
    assert "people/jane-roe" in result.stdout
    with pytest.raises(json.JSONDecodeError):
        json.loads(result.stdout)


@pytest.mark.parametrize("name", ["fog", "articles/fog", "content/articles/fog.html", "./content/articles/fog.html"])
def test_an_article_is_named_by_id_reference_or_file(content: Path, name: str) -> None:
    """All the ways to name an article of the folder give the same record."""
    assert records(name) == records("--all")[1:]


def test_an_article_is_named_by_the_full_path_of_its_file(content: Path) -> None:
    """Also from elsewhere, with --content."""
    found = records(str(content / "articles" / "fog.html"), "--content", str(content))
    assert [one["id"] for one in found] == ["fog"]


def test_the_metadata_beside_an_article_name_it_too(content: Path) -> None:
    """The YAML file of an article stands for the article."""
    assert records("content/articles/fog.yml") == records("fog")


def test_several_articles_come_in_the_order_of_the_folder(content: Path) -> None:
    """Each once, however often it is named."""
    assert [one["id"] for one in records("fog", "2023-03-04-by-the-sea", "articles/fog")] == [
        "2023-03-04-by-the-sea",
        "fog",
    ]


def test_a_file_from_elsewhere_is_read_with_the_entries_of_the_dossier(content: Path, tmp_path: Path) -> None:
    """It need not be in the folder, and its name becomes an id; the path is as given."""
    elsewhere = tmp_path / "Some where" / "Über den Hafen_2.txt"
    elsewhere.parent.mkdir()
    elsewhere.write_text(
        "A day by the sea\n\nJane Roe came back to the quay on Monday, and nobody waited for her there.\n"
    )
    (found,) = records("Some where/Über den Hafen_2.txt")
    assert_contract(found)
    assert found["path"] == "Some where/Über den Hafen_2.txt"
    assert [m["ref"] for m in found["mentions"]] == ["people/jane-roe"]
    assert found["id"] == "ber-den-hafen-2"


def test_a_file_from_elsewhere_may_share_its_name_with_an_article(content: Path, tmp_path: Path) -> None:
    """The one that was named is shown, not the one of the folder, and not both."""
    (tmp_path / "fog.txt").write_text(
        "No fog at all\n\nThe sun shone on Jane Roe all day long, and she stayed on the quay.\n"
    )
    (found,) = records("fog.txt")
    assert "sun shone" in found["text"]
    assert found["path"] == "fog.txt"


def test_two_files_from_elsewhere_may_share_a_name(content: Path, tmp_path: Path) -> None:
    """Both are shown."""
    for n in ("1", "2"):
        (tmp_path / n).mkdir()
        (tmp_path / n / "a.txt").write_text(
            f"Day {n}\n\nJane Roe counted {n} ships by the quay on this long and quiet day.\n"
        )
    assert [one["path"] for one in records("1/a.txt", "2/a.txt")] == ["1/a.txt", "2/a.txt"]


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["people/jane-roe"], ["content/articles/nothing.txt"], [], ["--all", "fog"]]
)
def test_wrong_usage_exits_with_2(content: Path, arguments: list[str]) -> None:
    """An article that is not there, no article, or both all and one: a reason and no data."""
    result = inspect(*arguments, "--jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_problems_are_told_and_data_still_printed(content: Path) -> None:
    """Exit status 1, one line a problem and a count on standard error, the records on standard output."""
    (content / "people" / "kim.yml").write_text("name: Kim\nnationality: [nowhere]\n")
    result = inspect("--all", "--jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["2023-03-04-by-the-sea", "fog"]
    problem, count = result.stderr.splitlines()
    assert problem.startswith("content/people/kim.yml:2:15: ")
    assert problem.endswith(" [dangling-reference]")
    assert count == "1 problem"


def test_drafts_are_read_too(content: Path) -> None:
    """An article that is left out of the site can be inspected."""
    (content / "articles" / "fog.yml").write_text("draft: true\n")
    assert [one["id"] for one in records("--all")] == ["2023-03-04-by-the-sea", "fog"]


PIECES = [
    "Jane Roe",
    "Roe",
    "Lindqvist",
    "Ann Lindqvist",
    "“",
    "”",
    '"',
    "‘",
    "’",
    "'s",
    " said",
    " told reporters that ",
    ", ",
    ". ",
]
PIECES += [
    "\n",
    "\n\n",
    " ",
    "the ",
    "Norway",
    "🚢",
    "e\u0301",
    "\u200b",
    "\u00a0",
    "\u2028",
    "[",
    "]",
    "(",
    ")",
    "—",
    "NORWAY",
]
PIECES += [
    "she",
    "He",
    ":",
    "-",
    "…",
    "ß",
    "İ",
    "ﬁ",
    "\x85",
    "\r\n",
    "Kim Vale",
    "spokesman ",
    "<p>",
    "&amp;",
    "U.N.",
    "\ufeff",
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60), suffix=st.sampled_from([".txt", ".html", ".md"]))
def test_any_text_gives_a_record_that_keeps_the_contract(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], suffix: str
) -> None:
    """Whatever an article says, and in whatever letters, its offsets fit and nothing overlaps."""
    root = tmp_path_factory.getbasetemp() / "inspected"
    for name, text in FILES.items():
        if not name.startswith("articles/"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
    text = "The harbour news of the day in plain words\n\n" + "".join(pieces)
    raw = RawArticle(Ref("articles", "x"), f"articles/x{suffix}", text.encode())
    found = pipeline.survey(root, (raw,))
    (reading,) = pipeline.readings(found, {raw.ref})
    assert_contract(json.loads(json.dumps(record(reading, raw.path))))


def test_combined_letters_are_kept_or_composed_once(content: Path) -> None:
    """Whatever form a letter has in the text, offsets are into that very text."""
    (found,) = records("2023-03-04-by-the-sea")
    assert unicodedata.normalize("NFC", found["text"]).count("café") == 1
