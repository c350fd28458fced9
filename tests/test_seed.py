"""The two articles of the repository's own dossier, against a careful reading by hand (see tests/seed/)."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest

from dossier import passage, pipeline
from dossier.clean import clean
from dossier.model import Reading, Ref
from dossier.schema import ArticleEntry, Named, Source

ROOT = Path(__file__).resolve().parent.parent
GOLD = Path(__file__).parent / "seed"
CLEAN, NOISY = "2022-09-22-blinken-lavrov-security-council", "2023-03-03-blinken-lavrov-new-delhi"
Span = tuple[int, int, str]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    found = pipeline.survey(ROOT / "content")
    assert found.problems == ()
    wanted = {article.ref for article in found.articles}
    return {reading.article.ref.id: reading for reading in pipeline.readings(found, wanted)}


def rows(article: str, name: str) -> list[dict[str, str]]:
    """The rows of a file of the careful reading."""
    with (GOLD / f"{article}.{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def spans(reading: Reading, name: str) -> set[Span]:
    """The mentions of the careful reading as (start, end, ref)."""
    found = set()
    for row in rows(reading.article.ref.id, name):
        paragraph = reading.article.paragraphs[int(row["paragraph"]) - 1]
        words = reading.article.words_of(paragraph)
        places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(row['text'])}(?!\w)", words)]
        start = paragraph.start + places[int(row["occurrence"]) - 1]
        found.add((start, start + len(row["text"]), row["ref"]))
    return found


@pytest.mark.parametrize(
    ("article", "digest"),
    [
        (CLEAN, "7e43d3d6e162"),
        (NOISY, "5b3f9f58bd04"),
    ],
)
def test_the_raw_articles_are_kept_byte_for_byte(article: str, digest: str) -> None:
    """Nobody, no editor and no line-ending setting, has touched them."""
    data = (ROOT / "content" / "articles" / f"{article}.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest().startswith(digest)


@pytest.mark.parametrize("article", [CLEAN, NOISY])
def test_mentions_against_a_careful_reading(readings: dict[str, Reading], article: str) -> None:
    """People, countries and organizations are linked with recall and precision of at least 0.97."""
    reading = readings[article]
    kinds = ("people/", "countries/", "organizations/")
    gold = {span for span in spans(reading, "mentions") if span[2].startswith(kinds)}
    may = spans(reading, "mentions-optional")
    got = {(m.start, m.end, str(m.ref)) for m in reading.annotation.mentions if str(m.ref).startswith(kinds)}
    wrong = {span for span in got - gold if span not in may}
    missed = {g for g in gold - got if not any(o[0] <= g[0] and g[1] <= o[1] for o in may)}
    assert 1 - len(wrong) / len(got) >= 0.97, wrong
    assert 1 - len(missed) / len(gold) >= 0.97, missed


@pytest.mark.parametrize("article", [CLEAN, NOISY])
def test_every_quotation_of_five_words_has_its_speaker(readings: dict[str, Reading], article: str) -> None:
    """The speaker is the one a careful reader names."""
    reading = readings[article]
    found = {reading.article.paragraph_at(q.start).n: [] for q in reading.quotations}
    for q in reading.quotations:
        found[reading.article.paragraph_at(q.start).n].append(q)
    for row in rows(article, "quotes"):
        if len(row["quote"].split()) < 5 or row["type"] not in ("quote", "fragment"):
            continue
        start = reading.article.paragraphs[int(row["paragraph"]) - 1].start
        there = [q for q in found.get(int(row["paragraph"]), []) if _same(q.text, row["quote"])]
        assert there, f"¶{row['paragraph']} {row['quote']!r} is not found (from {start})"
        assert str(there[0].speaker or "-") == row["speaker"], row["quote"]


def _same(found: str, gold: str) -> bool:
    return found.strip(" ,.") == gold.strip(" ,.")


def test_no_scare_quotes_are_given_a_speaker_they_do_not_have(readings: dict[str, Reading]) -> None:
    """Words in marks that nobody is said to have said have no speaker, or the one of the reading."""
    for article in (CLEAN, NOISY):
        reading = readings[article]
        for row in rows(article, "quotes"):
            for q in reading.quotations:
                here = reading.article.paragraph_at(q.start).n == int(row["paragraph"])
                if here and _same(q.text, row["quote"]) and q.speaker:
                    assert str(q.speaker) == row["speaker"], (article, row)


def test_the_noisy_article_comes_out_clean() -> None:
    """Title, date and source from the text alone; the scrape date and the furniture are removed, not lost."""
    found = pipeline.survey(ROOT / "content")
    raw = next(raw for raw in found.content.articles if raw.ref.id == NOISY)
    sources = {ref: entry for ref, entry in found.entries.items() if isinstance(entry, Source)}
    article = clean(raw, ArticleEntry(), sources)
    assert set(article.basis.values()) == {"text"}
    assert article.title == (
        "Russia Accuses Blinken of ‘PR and Self-Promotion’ After He Holds Rare, Brief Meeting With Lavrov"
    )
    assert article.date is not None
    assert (article.date.edtf, article.source) == ("2023-03-03", Ref("sources", "cnsnews"))
    assert len(article.paragraphs) == 28
    assert article.words_of(article.paragraphs[0]).startswith("(CNSNews.com) – Secretary of State Antony Blinken met")
    assert article.words_of(article.paragraphs[-1]).startswith("The G20 members are Argentina")
    removed = {r.text.strip() for r in article.removed}
    for furniture in ("THE AMERICA ONE NEWS", "Sponsor:", "topic"):
        assert any(furniture in text for text in removed), furniture
        assert furniture not in article.text
    assert "May 31, 2025" not in article.text + article.title


def test_the_clean_article_keeps_every_paragraph(readings: dict[str, Reading]) -> None:
    """The first line is the title, every other line a paragraph; nothing is removed but the title."""
    article = readings[CLEAN].article
    assert article.title == "Blinken, Lavrov come face-to-face at U.N. Security Council showdown"
    assert [p.line for p in article.paragraphs] == list(range(2, 11))
    assert [r.rule for r in article.removed] == ["title"]


def test_every_curated_quotation_is_found_in_a_paragraph() -> None:
    """What the entries quote stands in the articles, so that every page can link to the paragraph."""
    found = pipeline.survey(ROOT / "content")
    articles = {article.ref: article for article in found.articles}
    cited = [c for e in found.entries.values() if isinstance(e, Named) for c in e.citations if c.quote]
    assert len(cited) > 50
    assert all(passage.find(articles[c.article], c.quote or "") for c in cited)
