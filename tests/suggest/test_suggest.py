"""The cases in `cases/*.md`, and what holds of any text.

A file may begin with entries in a TOML block. Each `## heading` is one case: lines
`name: Jane Roe | person | 3`, with `| Roe, J. Roe` for its other forms, each of which must be
suggested so; lines `never: Roe`, none of which may be suggested; `language: de` for the articles;
then the articles, parted by `---`. The built-in countries are always there. Cases in
`known-failures.md` must fail.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.annotate import annotate, gazetteer
from dossier.annotate.gazetteer import Gazetteer
from dossier.cli import main
from dossier.countries import builtin
from dossier.model import Annotation, Article, Mention, Paragraph, Ref
from dossier.schema import KIND_OF, ArticleEntry, Entry
from dossier.suggest import Suggestion, suggest
from dossier.suggest.tally import key_of

CASES = Path(__file__).with_name("cases")
KNOWN = "known-failures"


@dataclass(frozen=True)
class Case:
    """Some articles with the entries of their file, what must be suggested and what must not."""

    name: str
    entries: dict[Ref, Entry]
    names: Gazetteer
    wanted: tuple[str, ...]
    never: tuple[str, ...]
    articles: tuple[Article, ...]


def article(number: int, text: str, language: str | None = "en") -> Article:
    """An article with this text, in paragraphs by blank lines."""
    paragraphs: list[Paragraph] = []
    at = 0
    for n, words in enumerate(re.split(r"\n{2,}", text.strip()), 1):
        paragraphs.append(Paragraph(n, at, at + len(words), n))
        at += len(words) + 2
    body = "\n\n".join(re.split(r"\n{2,}", text.strip()))
    ref = Ref("articles", f"a{number}")
    return Article(ref, f"{ref}.txt", "", "", None, None, None, (), language, {}, body, tuple(paragraphs), ())


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    head, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    block = re.search(r"```toml\n(.*?)```", head, re.DOTALL)
    entries: dict[Ref, Entry] = dict(builtin())
    for kind, group in tomllib.loads(block[1]).items() if block else ():
        for entry, fields in group.items():
            entries[Ref(kind, entry)] = KIND_OF[kind].schema.model_validate(fields)
    names = gazetteer(entries)
    for section in sections:
        heading, _, body = section.partition("\n")
        said: dict[str, list[str]] = {"name": [], "never": [], "language": []}
        while match := re.match(r"\s*(name|never|language): (.*)\n", body):
            body = body[match.end() :]
            said[match[1]].append(match[2].strip())
        language = said["language"][0] if said["language"] else "en"
        texts = re.split(r"^---$", body, flags=re.MULTILINE)
        articles = tuple(article(n, text, language) for n, text in enumerate(texts))
        title = f"{path.stem}: {heading.strip()}"
        yield Case(title, entries, names, tuple(said["name"]), tuple(said["never"]), articles)


def suggested(case: Case) -> tuple[Suggestion, ...]:
    """What is suggested for a case."""
    annotations = {a.ref: annotate(a, case.names, ArticleEntry()) for a in case.articles}
    return suggest(case.articles, annotations, case.entries)


def shown(suggestion: Suggestion, wanted: str) -> str:
    """A suggestion as the line of a case, with as many fields as the wanted line has."""
    fields = [suggestion.name, suggestion.type, str(suggestion.count), ", ".join(sorted(suggestion.forms))]
    return " | ".join(fields[: wanted.count("|") + 1])


ALL = [case for path in sorted(CASES.glob("*.md")) for case in cases_of(path)]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=[pytest.mark.xfail(strict=True)] if case.name.startswith(KNOWN) else [])
        for case in ALL
    ],
)
def test_case(case: Case) -> None:
    """What a case wants is suggested with its type, count and forms, and nothing that it forbids."""
    found = suggested(case)
    by_name = {s.name: s for s in found}
    for wanted in case.wanted:
        name = wanted.partition(" | ")[0]
        assert name in by_name, f"{name} is not among {sorted(by_name)}"
        assert shown(by_name[name], wanted) == wanted
    assert not [name for name in case.never if name in by_name]


def test_best_first() -> None:
    """A name that occurs often and in several articles comes before one that occurs twice."""
    texts = ["In Oldhaven they met Jane Roe.", "Near Oldhaven it rained. They like Jane Roe.", "It snowed in Oldhaven."]
    articles = [article(n, text) for n, text in enumerate(texts)]
    found = suggest(articles, {}, {})
    assert [(s.name, s.count, [ref.id for ref in s.articles]) for s in found] == [
        ("Oldhaven", 3, ["a0", "a1", "a2"]),
        ("Jane Roe", 2, ["a0", "a1"]),
    ]


def test_example() -> None:
    """The example is a whole sentence, in which a title's full stop is no end."""
    text = (
        "It rained.\n\nNobody came. At last Gov. Jane Roe of the U.S. Treasury opened the door to everyone. Roe left."
    )
    (found,) = (s for s in suggest([article(0, text)], {}, {}) if s.type == "person")
    assert found.example == "At last Gov. Jane Roe of the U.S. Treasury opened the door to everyone."


def test_full_name() -> None:
    """The likely full form is the longest, whatever form is printed most often."""
    text = "The Northern Farmers Union (NFU) met. It was the NFU that sang. In the end the NFU voted."
    (found,) = suggest([article(0, text)], {}, {})
    assert (found.name, found.full_name, found.forms) == ("NFU", "Northern Farmers Union", ("Northern Farmers Union",))


def test_command(tmp_path: Path) -> None:
    """The command prints a table, or records with the ids of the articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text(
        "It rained in Oldhaven. A friend of Jane Roe stayed in Oldhaven.", encoding="utf-8"
    )
    (folder / "first.yml").write_text("clean: none\ntitle: Rain\n", encoding="utf-8")
    table = CliRunner().invoke(main, ["suggest", "--content", str(tmp_path)])
    assert table.exit_code == 0
    assert re.search(r"^ +2 +1  place +Oldhaven +It rained in Oldhaven\.", table.output, re.MULTILINE)
    records = json.loads(CliRunner().invoke(main, ["suggest", "--json", "--content", str(tmp_path)]).stdout)
    assert records[0] == {
        "name": "Oldhaven",
        "type": "place",
        "count": 2,
        "articles": ["first"],
        "example": "It rained in Oldhaven.",
    }


PRINTED = """
Roe Jane McRoe al-Roe O’Roe J. U.S. NFU N.D. The the of and for & President Mr. Union Bank River Battle Monday May in
near said spokesman French Oldhaven Oldhaven-based anti-Roe [Roe] (NFU) Roe’s Roe's — . , ? ! " “ ” ' ß Ä İ 12 -
Resolution 2254 bin van People’s
"""
WORDS = [*re.findall(r"\S+", PRINTED), "\n\n", "\n", "\u00a0", "\u200b"]
STRINGS = st.lists(st.sampled_from(WORDS), max_size=60)
TEXTS = st.one_of(st.text(max_size=200), STRINGS.map(" ".join), STRINGS.map("".join))


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=3), st.data())
def test_any_text(texts: list[str], data: st.DataObject) -> None:
    """Whatever the text: names occur in it, whitespace aside, and none is a mention; twice gives the same."""
    articles = [article(n, text) for n, text in enumerate(texts)]
    annotations: dict[Ref, Annotation] = {}
    for one in articles:
        words = list(re.finditer(r"\w+", one.text))
        chosen = data.draw(st.sets(st.sampled_from(range(len(words))), max_size=3)) if words else set()
        mentions = [
            Mention(m.start(), m.end(), m[0], Ref("people", "jane-roe"), "name", m[0])
            for m in (words[i] for i in sorted(chosen))
        ]
        annotations[one.ref] = Annotation(tuple(mentions))
    found = suggest(articles, annotations, {})
    body = {a.ref: " ".join(a.text.split()) for a in articles}
    linked = {key_of(m.text) for a in annotations.values() for m in a.mentions}
    for s in found:
        assert s.name == " ".join(s.name.split()) != ""
        assert all(any(form in text for text in body.values()) for form in (s.name, s.full_name, *s.forms))
        assert key_of(s.name) not in linked
        assert s.count >= len(s.articles) > 0
        assert s.example
    assert len({s.name for s in found}) == len(found)
    assert suggest(articles, annotations, {}) == found
