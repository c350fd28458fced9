"""The cases in this folder, read from the files that README.md describes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dossier.clean import clean
from dossier.clean.closing import CLOSING, closing_rule_of
from dossier.clean.furniture import FURNITURE, rule_of
from dossier.clean.language import detect
from dossier.model import Article, RawArticle, Ref
from dossier.schema import ArticleEntry, Cleaning

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content" / "articles"


@dataclass
class Case:
    """An `.expected` file: fields (each may occur more than once), paragraphs and removed lines."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: list[tuple[int, str]] = field(default_factory=list)
    removed: list[tuple[int, str]] = field(default_factory=list)

    def one(self, name: str) -> str | None:
        """The value of a field, if it is given."""
        return self.fields.get(name, [None])[0]


def read_case(path: Path) -> Case:
    case = Case()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("¶ ", "- ")):
            number, _, rest = line[2:].partition(" ")
            (case.paragraphs if line[0] == "¶" else case.removed).append((int(number), rest))
        elif line.strip():
            name, _, value = line.partition(":")
            case.fields.setdefault(name.strip(), []).append(value.strip())
    return case


def article_of(path: Path, case: Case) -> Article:
    if begins := case.one("raw"):
        data = next(d for p in sorted(CONTENT.glob("*.txt")) if (d := p.read_bytes()).startswith(begins.encode()))
        name = f"articles/{path.stem}.txt"
    else:
        file = next(p for p in path.parent.glob(f"{path.stem}.*") if p.suffix != ".expected")
        data, name = file.read_bytes(), f"articles/{file.name}"
    how = "none" if case.one("clean") == "none" else None
    if drop_or_keep := {name: tuple(case.fields[name]) for name in ("drop", "keep") if name in case.fields}:
        return clean(_raw(case.one("path") or name, data), ArticleEntry(clean=Cleaning(**drop_or_keep)), {})
    return clean(_raw(case.one("path") or name, data), ArticleEntry(clean=how, title=case.one("curated-title")), {})


def _raw(path: str, data: bytes) -> RawArticle:
    return RawArticle(Ref("articles", "case"), path, data)


def told(article: Article) -> dict[str, str]:
    return {
        "title": article.title,
        "date": article.date.edtf if article.date else "none",
        "source": article.source_name or "none",
        "authors": "; ".join(article.authors) or "none",
        "language": article.language or "none",
        "basis": ", ".join(f"{fact} {basis}" for fact, basis in sorted(article.basis.items())) or "none",
    }


CASES = sorted((HERE / "cases").rglob("*.expected"))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=str(path.relative_to(HERE / "cases").with_suffix("")),
            marks=[pytest.mark.xfail(strict=True)] if path.parent.name == "known-failures" else [],
        )
        for path in CASES
    ],
)
def test_case(path: Path) -> None:
    """An article comes out with the facts, the paragraphs and the removed lines that its case states."""
    case = read_case(path)
    article = article_of(path, case)
    facts = told(article)
    if basis := case.one("basis"):
        assert facts["basis"] == ", ".join(sorted(part.strip() for part in basis.split(",")))
    assert {name: facts[name] for name in case.fields if name in facts and name != "basis"} == {
        name: values[0] for name, values in case.fields.items() if name in facts and name != "basis"
    }
    if case.paragraphs:
        found = [(p.line, article.words_of(p)) for p in article.paragraphs]
        assert [(n, text[: len(words)]) for (n, text), (_, words) in zip(found, case.paragraphs, strict=False)] == (
            case.paragraphs[: len(found)]
        )
        assert len(found) == len(case.paragraphs)
    if case.removed:
        assert [(r.line, r.rule) for r in article.removed] == case.removed


def lines_of(name: str) -> list[tuple[str, str]]:
    """(heading, line) for every line below a `# heading` of a file."""
    found, heading = [], ""
    for line in (HERE / "lines" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:].strip()
        elif line.strip():
            found.append((heading, line))
    return found


@pytest.mark.parametrize(("rule", "line"), lines_of("furniture.txt"))
def test_furniture(rule: str, line: str) -> None:
    """A line of furniture is recognised, and by the rule of its kind."""
    assert (closing_rule_of if rule in dict(CLOSING) else rule_of)(line) == rule


@pytest.mark.parametrize(("_why", "line"), lines_of("negative.txt"))
def test_not_furniture(_why: str, line: str) -> None:
    """A line of an article is not taken for furniture because of the words in it."""
    assert rule_of(line) is None


@pytest.mark.parametrize(
    ("rule", "line"),
    [pytest.param(*pair, marks=pytest.mark.xfail(strict=True)) for pair in lines_of("known-failures.txt")],
)
def test_known_failure(rule: str, line: str) -> None:
    """What single lines are still told wrongly."""
    assert rule_of(line) == (None if rule == "none" else rule)


@pytest.mark.parametrize(("language", "line"), lines_of("languages.txt"))
def test_language(language: str, line: str) -> None:
    """The language is told by small words or the script, and not at all where there are too few."""
    assert (detect(line) or "none") == language


def test_every_rule_has_a_line() -> None:
    """Every rule of the lists has a docstring that says what it removes, and a fixture."""
    shown = {rule for rule, _ in lines_of("furniture.txt")}
    for name, rule in (*FURNITURE, *CLOSING):
        assert name in shown
        assert rule.__doc__
        assert rule.__doc__.endswith(".")
