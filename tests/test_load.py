"""Reading a content folder: as typed, with places, and never a crash."""

from __future__ import annotations

import itertools
import json
import os
import re
import string
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from dossier import pipeline
from dossier.load import MAX_YAML_BYTES, load, read
from dossier.load.tree import MAX_DEPTH
from dossier.model import Content, Document, Problem, Ref
from dossier.schema import KIND_OF, KINDS
from dossier.schema.patterns import Lines
from dossier.unseen import faults

#: Reads scalars as texts, too; built on the same parser (the one in pure Python reads some tabs otherwise).
BARE = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
JANE = Ref("people", "jane")
#: What YAML counts as the end of a line.
LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def folder(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write a content folder."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def loaded(files: dict[str, str | bytes]) -> Content:
    """What `load` makes of some files."""
    with tempfile.TemporaryDirectory() as root:
        return load(folder(Path(root), files))


def jane(data: str | bytes) -> tuple[Document, tuple[Problem, ...]]:
    """The document people/jane, and what is wrong with it."""
    content = loaded({"people/jane.yml": data})
    return content.documents[JANE], content.problems


def survey(files: dict[str, str | bytes]) -> tuple[Problem, ...]:
    """All problems of a folder with these files."""
    with tempfile.TemporaryDirectory() as root:
        return pipeline.survey(folder(Path(root), files)).problems


def assert_in_order(problems: tuple[Problem, ...], path: str, data: bytes) -> None:
    """The problems are sorted, each once, each at a place of the file, each on one line."""
    assert list(problems) == sorted(set(problems))
    lines = LINE_END.split(data.decode("utf-8-sig", "replace"))
    for problem in problems:
        assert problem.path == path
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert len(str(problem).splitlines()) == 1


# --- scalars ---------------------------------------------------------------------------------------------------------


TYPED = ["NO", "on", "off", "yes", "y", "True", "2022-10", "2022-10-05", "1e3", "012", "0o17", "0x1F", "0b11", "1_000",
         "12:30:00", "190:20:30", ".inf", "-.INF", ".nan", "1.10", "+1", "=", "<<", "Q42", "199X", "𝟙"]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_scalar_is_what_the_curator_typed(typed: str) -> None:
    """YAML's own ideas of booleans, numbers and dates change nothing, as a value, in a list, or as a field's name."""
    document, problems = jane(f"name: {typed}\ntags: [{typed}, '{typed}', \"{typed}\"]\n{typed}: x\n")
    assert problems == ()
    assert document.data == {"name": typed, "tags": [typed] * 3, typed: "x"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\n  b", "a b"),
        ("a\n\n  b", "a\nb"),
        ("|\n  a\n   b\n", "a\n b\n"),
        ("|-\n  a\n  b\n", "a\nb"),
        (">\n  a\n  b\n\n  c\n", "a b\nc\n"),
        ("'it''s'", "it's"),
        (r'"a\tb\u00e9"', "a\tbé"),
        ("a # comment", "a"),
        ("a#b", "a#b"),
        ("'#1'", "#1"),
        ("! 12", "12"),
        ("'~'", "~"),
        ("'null'", "null"),
        ("''", ""),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    ],
)
def test_texts_of_several_lines_and_quotes_are_read_as_yaml_reads_them(written: str, read: str) -> None:
    """Folding, literal blocks, quotes, escapes and comments mean what they mean in YAML."""
    document, problems = jane(f"name: {written}\n")
    assert (document.data, problems) == ({"name": read}, ())


@pytest.mark.parametrize("nothing", ["", "~"])
def test_an_empty_field_is_as_good_as_none(nothing: str) -> None:
    """A field without a value, or with a tilde, is left out."""
    document, problems = jane(f"name: Jane\nsummary: {nothing}\n")
    assert (document.data, problems) == ({"name": "Jane"}, ())


@pytest.mark.parametrize("word", ["null", "Null", "NULL"])
def test_null_is_asked_about(word: str) -> None:
    """Somebody may be called Null: the curator has to say which is meant."""
    document, problems = jane(f"name: {word}\n")
    assert document.data == {}
    assert [(p.line, p.column, p.rule) for p in problems] == [(1, 7, "null")]


@pytest.mark.parametrize("item", ["", "~"])
def test_an_empty_item_is_a_problem(item: str) -> None:
    """A list has no holes."""
    document, problems = jane(f"name: Jane\ntags:\n  - a\n  - {item}\n  - b\n")
    assert document.data["tags"] == ["a", "b"]
    assert [(p.line, p.rule) for p in problems] == [(4, "empty")]


# --- places ----------------------------------------------------------------------------------------------------------

PLACED = """\
# a comment
name: 🚢 Jane
positions:
  - title: Minister
    start: 2022
  - {title: "é🚢", start: 2023}
tags: [a, "🚢", c]
"""


@pytest.mark.parametrize(
    ("loc", "key", "place"),
    [
        (("name",), True, (2, 1)),
        (("name",), False, (2, 7)),
        (("positions",), False, (4, 3)),
        (("positions", 0), False, (4, 5)),
        (("positions", 0, "start"), True, (5, 5)),
        (("positions", 0, "start"), False, (5, 12)),
        (("positions", 1), False, (6, 5)),
        (("positions", 1, "start"), False, (6, 26)),
        (("tags", 2), False, (7, 16)),
        (("tags", 7), False, (7, 7)),
        (("nowhere",), False, (2, 1)),
        (("positions", 0, "organization"), False, (4, 5)),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_everything_has_its_place(loc: tuple[str | int, ...], key: bool, place: Any, ending: str, mark: str) -> None:
    """Lines and columns count from 1, in characters; a byte order mark and the kind of line ends change nothing."""
    document, problems = jane(mark + PLACED.replace("\n", ending))
    assert problems == ()
    assert document.place(loc, key=key) == place


def test_a_file_that_is_not_sound_says_so() -> None:
    """What a broken file lacks is no news: it is not reported as missing."""
    assert not jane("name: [")[0].sound
    assert jane("name: Jane")[0].sound
    assert [p.rule for p in survey({"people/jane.yml": "family_name: [Roe"})] == ["yaml"]


# --- hostile input ---------------------------------------------------------------------------------------------------

TOKENS = ["name", ": ", ":", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", "&a ", "*a", "!!str ", "!x ", "'"]
TOKENS += ['"', "|", ">", "|2-", "#", " #", "? ", "---", "\n---\n", "\n...\n", "%YAML 1.1\n", "<<", "~", "null", "\t"]
TOKENS += ["\r", "\r\n", "\ufeff", "\x85", "\u2028", "\x00", "\x07", "🚢", "é", "a", "0", "\\", "@", "`", "tags", " "]
YAMLISH = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)


@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda s: s.encode("utf-8", "surrogatepass"))))
@example(b"\xef\xbb\xbf\xef\xbb\xbfname: x")
@example(b"\xef\xbb\xbfname: \xff")
@example(b"\xef\xbb\xbf\xff")
@example(b"\xff\xfen\x00a\x00m\x00e\x00")
def test_any_bytes_are_read_or_reported(data: bytes) -> None:
    """Whatever stands in an entry's file, the result is an entry or problems with a place, never an exception."""
    assert_in_order(survey({"people/jane.yml": data}), "people/jane.yml", data)


@given(text=YAMLISH)
@example("a: [&a x, *a, !!python/name:os.system y]")
@example("? [a]\n: b\n? {c: d}\n: e")
@example("name: x\x85\x85\x07")
@example("name: x\u2028  \x07")
@example("{a: b}: c")
@example("*a : b")
@example("!!binary x: y")
def test_whatever_looks_like_yaml_is_read_or_reported(text: str) -> None:
    """The same for texts made of the marks of YAML."""
    assert_in_order(survey({"people/jane.yml": text}), "people/jane.yml", text.encode())


@given(text=YAMLISH)
def test_what_is_read_without_a_problem_is_what_yaml_means(text: str) -> None:
    """A second opinion: where nothing is reported, the loader of bare texts reads the same."""
    document, problems = jane(text)
    if not problems:
        assert without_nothing(yaml.load(text.removeprefix("\ufeff"), Loader=BARE)) == document.data


def without_nothing(value: Any) -> Any:
    """The value without empty and `~` fields (the tokens above have no quoted ones that matter)."""
    if isinstance(value, dict):
        return {key: without_nothing(item) for key, item in value.items() if item not in ("", "~")}
    return [without_nothing(item) for item in value] if isinstance(value, list) else value


#: Without the line ends that PyYAML writes in a way it cannot read, and what nobody sees.
TEXT = st.text(st.characters(exclude_characters="\x85\u2028\u2029", exclude_categories=["Cs"])).filter(
    lambda text: not list(faults(text))
)
LEAVES = st.one_of(TEXT.filter(bool), st.integers(), st.booleans(), st.floats(), st.dates())
DATA = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)


@given(data=st.dictionaries(TEXT, DATA, max_size=5), flow=st.booleans(), ascii_only=st.booleans())
def test_data_written_as_yaml_come_back_as_texts(data: dict[str, Any], flow: bool, ascii_only: bool) -> None:
    """Nested lists and mappings keep their shape, and every scalar is the text that was written for it."""
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=not ascii_only, sort_keys=False)
    document, problems = jane(text)
    assert problems == ()
    assert document.data == as_texts(data)


def as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_texts(item) for item in value]
    return value if isinstance(value, str) else yaml.safe_dump(value).removesuffix("...\n").strip()


FIELDS = sorted({name for kind in KINDS for name in kind.schema.model_fields} | {"who", "stance", "quote", "article"})
WORDS = [
    "",
    "x",
    "none",
    "true",
    "people/jane",
    "jane",
    "countries/norway",
    "2022-02-30",
    "Q1",
    "/(/",
    "/[[a]/",
    "https://[",
]
VALUES = st.recursive(
    st.sampled_from(WORDS) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3),
    max_leaves=8,
)


@given(kind=st.sampled_from(sorted(KIND_OF)), data=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6))
@example("articles", {"clean": {"drop": ["/[[a]/"]}})
@example("articles", {"clean": {"drop": ["/" + "(" * 500 + "/"]}})
@example("articles", {"mentions": {"": "none"}})
@example("sources", {"name": "x", "url": "http://[::1"})
@example("people", {"name": "x", "positions": [[], {}, "x", {"title": {"title": []}}]})
def test_any_values_in_any_fields_are_read_or_reported(kind: str, data: dict[str, Any]) -> None:
    """Whatever shape a field's value has, it is read by the schema or reported, and nothing is raised."""
    text = yaml.safe_dump(data, allow_unicode=True)
    files: dict[str, str | bytes] = {f"{kind}/jane.yml": text}
    if kind == "articles":
        files["articles/jane.txt"] = "Jane Roe said nothing in the harbour on Thursday.\n"
    problems = survey(files)
    assert_in_order(problems, f"{kind}/jane.yml", text.encode())


# --- what would grow -------------------------------------------------------------------------------------------------


def test_an_alias_bomb_does_not_go_off() -> None:
    """Aliases are not followed: a file has at most as many values as it has characters."""
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    names = string.ascii_lowercase[:12]
    levels += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in itertools.pairwise(names)]
    document, problems = jane("\n".join(levels))
    assert len(problems) == len(names) + 9 * (len(names) - 1)
    assert sum(len(value) for value in document.data.values()) == 9


def test_an_alias_to_itself_is_reported() -> None:
    """A value that holds itself is refused where it stands."""
    _, problems = jane("name: &a [*a]\n")
    assert [(p.line, p.column, p.rule) for p in problems] == [(1, 7, "yaml"), (1, 11, "yaml")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "a:\n ", "[{a: ", "'", '"', "&a [", "!!seq ["])
def test_deep_nesting_is_reported_once(opening: str) -> None:
    """A hundred thousand open brackets end at the bound: one problem, and one for each anchor or tag before it."""
    text = opening * 100_000
    if opening == "a:\n ":
        text = "".join(" " * n + "a:\n" for n in range(200))
    _, problems = jane(text)
    assert problems
    assert len(problems) <= MAX_DEPTH + 2


def test_a_huge_file_is_not_read() -> None:
    """A YAML file has a largest size; a file of that size is read."""
    content = loaded({"people/jane.yml": b"#" * (MAX_YAML_BYTES + 1)})
    assert [(p.path, p.rule) for p in content.problems] == [("people/jane.yml", "file")]
    assert "larger than 1 MB" in content.problems[0].message
    assert jane(b"name: x #" + b"#" * (MAX_YAML_BYTES - 9))[1] == ()


@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n"])
def test_a_dump_of_a_million_lines_is_refused(ending: bytes) -> None:
    """A raw article has a most of lines, whatever ends them; as many as that are read."""
    content = loaded({"articles/dump.txt": b"x" + ending * 1_000_000, "articles/long.txt": b"x" + ending * 100_000})
    assert [(p.path, p.rule) for p in content.problems] == [("articles/dump.txt", "file")]
    assert "more than 100,000 lines; " in content.problems[0].message
    assert [article.path for article in content.articles] == ["articles/long.txt"]


def test_a_page_of_a_million_tags_is_refused() -> None:
    """A saved page has a most of tags; in a text they are no tags."""
    content = loaded({"articles/page.html": b"<b>" * 100_001, "articles/text.txt": b"<b>" * 100_001})
    assert [(p.path, p.rule) for p in content.problems] == [("articles/page.html", "file")]
    assert [article.path for article in content.articles] == ["articles/text.txt"]


def test_an_article_has_no_more_text_than_a_page_can_show() -> None:
    """More than a million characters, or ten thousand paragraphs, are a problem of the article."""
    line = "The minister said on Monday that talks would go on for some days.\n\n"
    long, short = line * 10_001, line * 9_000
    words = ("The minister said so on Monday, and the talks went on for some days after that. " * 50 + "\n\n") * 260
    problems = survey({"articles/a.txt": long, "articles/b.txt": short, "articles/c.txt": words})
    assert [(p.path, p.rule) for p in problems] == [
        ("articles/a.txt", "long-article"),
        ("articles/c.txt", "long-article"),
    ]


@pytest.mark.parametrize("folder", ["", "people/"])
def test_markdown_that_would_keep_the_parser_busy_is_refused(folder: str) -> None:
    """In a field as on a page written by hand, with its place."""
    heavy = "# Head\n\nText.\n\n" + "[" * 20_000
    files = {"people/jane.yml": json.dumps({"name": "Jane", "description": heavy})} if folder else {"a.md": heavy}
    (problem,) = survey(files)
    place = (1, 33) if folder else (5, 1)
    assert (problem.rule, problem.line, problem.column) == ("markdown", *place)
    assert "too many brackets" in problem.message


@pytest.mark.parametrize(
    "pattern",
    [
        "/.*.*.*x/",
        "/(?i:.*.*.*x)/",
        "/a{0,60000}a{0,60000}a{0,60000}b/",
        f"/{'(?:a|aa)' * 20}b/",
        f"/{'a?' * 50}b/",
        "/(a|b?)+c/",
    ],
)
def test_a_pattern_that_explodes_is_refused(pattern: str) -> None:
    """What can be tried in too many ways is a problem where it stands."""
    files = {"articles/a.txt": "Nothing was said.\n", "articles/a.yml": json.dumps({"clean": {"drop": [pattern]}})}
    assert [(p.path, p.line, p.column) for p in survey(files)] == [("articles/a.yml", 1, 21)]


@pytest.mark.parametrize(
    "pattern", ["/^(?:Share|Tweet|Email|Print|Save) (?:this|it)?/", r"/^\d+ min(?:ute)?s? read$/", "/Photo.*AP.*/"]
)
def test_an_ordinary_pattern_is_let_through(pattern: str) -> None:
    """Choices and repeats as they are needed are no problem."""
    files = {"articles/a.txt": "Nothing was said.\n", "articles/a.yml": json.dumps({"clean": {"drop": [pattern]}})}
    assert survey(files) == ()


def test_patterns_have_so_much_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is spent, patterns mean nothing, texts still do, and the article has a problem."""
    monkeypatch.setattr("dossier.schema.patterns._MOST_SECONDS", 1e-12)
    lines = Lines(("/a.*x/", "Home"))
    assert [lines.slow, lines.mean("Home"), lines.mean("b"), lines.slow, lines.mean("a x")] == [
        False,
        True,
        False,
        True,
        False,
    ]
    files = {"articles/a.txt": "Nothing was said.\n", "articles/a.yml": "clean: {keep: [/a.*x/]}\n"}
    assert [(p.path, p.line, p.column, p.rule) for p in survey(files)] == [("articles/a.yml", 1, 15, "slow-pattern")]


def test_a_huge_page_is_not_read() -> None:
    """A page written by hand has the largest size of an entry."""
    content = loaded({"a.md": b"x" * (MAX_YAML_BYTES + 1)})
    assert [(p.path, p.rule) for p in content.problems] == [("a.md", "file")]


SEEN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Mn"]))


@given(
    before=SEEN,
    after=SEEN,
    char=st.sampled_from("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\U000e0041\u206a\ufff9"),
)
def test_what_misleads_the_eye_is_told_with_its_place(before: str, after: str, char: str) -> None:
    """A character that turns or hides text is found wherever it stands, and told once."""
    text = before + char + after + char
    assert [offset for offset, _ in faults(text)] == [len(before)]


NEEDED = [
    "می\u200cخواهم",
    "👩\u200d👩\u200d👧",
    "שלום\u200f!",
    "❤\ufe0f",
    "葛\U000e0100",
    "co\u00adoperate",
    "ไทย\u200bไทย",
]
NEEDED += ["🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "\t\n\r\x85\u2028"]


@pytest.mark.parametrize("text", NEEDED)
def test_what_scripts_need_is_let_through(text: str) -> None:
    """Joiners, marks of direction, soft hyphens, selectors of a form and flags are part of what people write."""
    assert list(faults(text)) == []


def test_a_problem_for_each_repeated_field() -> None:
    """The first of two equal fields counts, at any depth."""
    document, problems = jane("name: a\nname: b\nidentifiers: {x: 1, x: 2}\n")
    assert document.data == {"name": "a", "identifiers": {"x": "1"}}
    assert [(p.line, p.column, p.rule) for p in problems] == [(2, 1, "duplicate-key"), (3, 21, "duplicate-key")]


# --- files -----------------------------------------------------------------------------------------------------------


def test_what_is_what() -> None:
    """Folder and ending decide: entry, raw article, page written by hand, or a file published as it is."""
    content = loaded(
        {
            "people/jane.yml": "name: Jane",
            "people/joan.YAML": "name: Joan",
            "articles/a.txt": b"a",
            "articles/b.HTML": b"b",
            "articles/c.htm": b"c",
            "articles/d.md": b"d",
            "articles/d.yml": "",
            "articles/pictures/e.md": "e",
            "index.md": "# i",
            "people/picture.jpg": b"\xff",
            "people/.jane.yml.swp": b"\xff",
            ".hidden/x.yml": "x",
        }
    )
    assert content.problems == ()
    assert [str(ref) for ref in content.documents] == ["articles/d", "people/jane", "people/joan"]
    assert [article.path for article in content.articles] == [
        f"articles/{n}" for n in ("a.txt", "b.HTML", "c.htm", "d.md")
    ]
    assert [article.data for article in content.articles] == [b"a", b"b", b"c", b"d"]
    assert [page.path for page in content.written] == ["articles/pictures/e.md", "index.md"]
    assert content.files == ("people/picture.jpg",)


@pytest.mark.parametrize(
    ("front", "link"),
    [
        ("", True),
        ("---\ndossier: {link: false}\n---\n", False),
        ("---\r\ntitle: x\r\ndossier:\r\n  link: false\r\n---\r\n", False),
        ("---\ndossier: {link: true}\n---\n", True),
        ("---\ntitle: dossier\n---\n", True),
        ("\n---\ndossier: {link: false}\n---\n", True),
    ],
)
def test_front_matter_says_whether_to_link(front: str, link: bool) -> None:
    """Names are linked unless the front matter says `dossier: {link: false}`."""
    content = loaded({"about.md": f"{front}Text."})
    assert (content.problems, content.written[0].link) == ((), link)


@pytest.mark.parametrize(
    ("front", "place"),
    [("dossier: off", (3, 10)), ("dossier: {link: NO}", (3, 17)), ("dossier: {links: false}", (3, 10))],
)
def test_front_matter_that_says_something_else_is_reported(front: str, place: tuple[int, int]) -> None:
    """What the front matter says to the dossier is one of two things; the place counts from the file's first line."""
    problems = loaded({"about.md": f"---\ntitle: x\n{front}\n---\n"}).problems
    assert [(p.path, (p.line, p.column), p.rule) for p in problems] == [("about.md", place, "front-matter")]


@given(text=YAMLISH)
def test_any_page_is_read_or_reported(text: str) -> None:
    """The same bytes as front matter of a page: no exception, and places within the page."""
    page = f"---\n{text}\n---\n"
    assert_in_order(tuple(sorted(set(loaded({"about.md": page}).problems))), "about.md", page.encode())


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("people/Jane Roe.yml", "id"),
        ("people/jane_roe.yml", "id"),
        ("people/-jane.yml", "id"),
        ("people/jané.yml", "id"),
        ("people/١.yml", "id"),
        ("people/index.yml", "id"),
        ("people/jane.roe.yml", "id"),
        ("People/jane.yml", "unknown-folder"),
        ("people/x/jane.yml", "unknown-folder"),
        ("jane.yml", "unknown-folder"),
        ("articles/Jane.txt", "id"),
        ("people/new\nline.yml", "file"),
        ("people/bell\x07.jpg", "file"),
        ("a\nfolder/page.md", "file"),
        ("right\u202eleft/page.md", "file"),
    ],
)
def test_a_file_with_an_odd_name_is_reported(name: str, rule: str) -> None:
    """Every name that is no id, or could break a line of the report, is a problem on one line."""
    problems = loaded({name: "name: x\n"}).problems
    assert [p.rule for p in problems] == [rule]
    assert len(str(problems[0]).splitlines()) == 1


def test_a_file_whose_name_is_no_text_is_reported(tmp_path: Path) -> None:
    """A name of bytes that are not UTF-8 is a problem that can be printed."""
    (tmp_path / "people").mkdir()
    try:
        (tmp_path / os.fsdecode(b"people/\xff.yml")).write_text("name: x")
    except OSError:
        pytest.skip("this file system takes no such name")
    problems = load(tmp_path).problems
    assert [p.rule for p in problems] == ["file"]
    str(problems[0]).encode()


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    """A symbolic link to a file elsewhere is reported, not read; one to a file within the folder is read."""
    folder(
        tmp_path, {"outside/secret.yml": "name: Secret", "outside/deep/x.md": "x", "content/people/jane.yml": "name: J"}
    )
    people = tmp_path / "content" / "people"
    (people / "secret.yml").symlink_to(tmp_path / "outside" / "secret.yml")
    (people / "joan.yml").symlink_to(people / "jane.yml")
    (people / "deep").symlink_to(tmp_path / "outside" / "deep")
    (people / "round").symlink_to(people)
    (people / "broken.yml").symlink_to(people / "nothing.yml")
    (people / "itself.yml").symlink_to(people / "itself.yml")
    content = load(tmp_path / "content")
    assert [str(ref) for ref in content.documents] == ["people/jane", "people/joan"]
    names = ["broken.yml", "deep", "itself.yml", "round", "secret.yml"]
    assert [(p.path, p.rule) for p in content.problems] == [(f"people/{name}", "file") for name in names]


def test_what_is_neither_file_nor_folder_is_reported(tmp_path: Path) -> None:
    """A pipe is not waited for."""
    os.mkfifo(tmp_path / "pipe.md")
    assert [(p.path, p.rule) for p in load(tmp_path).problems] == [("pipe.md", "file")]


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system's refusal becomes a problem of that file; the others are read."""
    folder(
        tmp_path,
        {"people/jane.yml": "name: Jane", "people/joan.yml": "name: Joan", "articles/a.txt": b"a", "b.md": "b"},
    )

    def refuse(content: Path, name: str) -> bytes:
        if Path(name).stem in ("jane", "a", "b"):
            raise PermissionError(13, "Permission denied")
        return read(content, name)

    monkeypatch.setattr("dossier.load.read", refuse)
    content = load(tmp_path)
    assert [str(ref) for ref in content.documents] == ["people/joan"]
    assert [str(p) for p in content.problems] == [
        f"{name}:1:1: the file cannot be read: Permission denied [file]"
        for name in ("articles/a.txt", "b.md", "people/jane.yml")
    ]


def test_a_byte_that_is_not_utf_8_is_reported_where_it_stands() -> None:
    """Line and column count characters, and a byte order mark is none."""
    for mark in (b"", b"\xef\xbb\xbf"):
        problems = jane(mark + "name: é\r\nsummary: é".encode() + b"\xe9")[1]
        assert [(p.line, p.column, p.rule) for p in problems] == [(2, 11, "encoding")]
        assert "0xe9" in problems[0].message


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    """No content folder is a problem, not an exception."""
    assert [p.rule for p in load(tmp_path / "nowhere").problems] == ["file"]


def test_two_files_with_one_id_are_reported() -> None:
    """`.yml` and `.yaml`, or two raw articles, of one id: the first counts."""
    content = loaded(
        {"people/a.yaml": "name: A", "people/a.yml": "name: B", "articles/b.html": b"x", "articles/b.txt": b"y"}
    )
    assert [(p.path, p.rule) for p in content.problems] == [
        ("articles/b.txt", "colliding-id"),
        ("people/a.yml", "colliding-id"),
    ]
    assert content.documents[Ref("people", "a")].data == {"name": "A"}
