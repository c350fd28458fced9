"""Lines that a source prints under article after article are furniture; what it reports is not."""

from __future__ import annotations

from dossier.clean import clean, without_repeated
from dossier.model import Article, RawArticle, Ref
from dossier.schema import ArticleEntry, Source

SOURCE = Ref("sources", "gazette")
SOURCES = {SOURCE: Source(name="The Gazette")}
FOOT = "The Gazette was founded in 1871 and has its seat in the old harbour, where it is read every morning."
BACKGROUND = (
    "The two countries have been at odds since the border was drawn anew eleven years ago, when the larger of the two "
    "closed its ports to the smaller one and the smaller one asked its neighbours for help in return."
)


def story(n: int, *lines: str, entry: ArticleEntry | None = None) -> tuple[Article, ArticleEntry]:
    """An article of the source with a headline of its own, told in sentences of its own, and these lines."""
    own = [
        f"Report number {n} says that minister {n} spoke with envoy {m} for {m} hours on that day." for m in (4, 5, 6)
    ]
    text = "\n\n".join([f"Minister {n} speaks", own[0], own[1], *lines[:-1], own[2], *lines[-1:]])
    entry = entry or ArticleEntry(source=SOURCE)
    return clean(RawArticle(Ref("articles", f"a{n}"), f"articles/a{n}.txt", text.encode()), entry, SOURCES), entry


def settle(*stories: tuple[Article, ArticleEntry]) -> tuple[Article, ...]:
    return without_repeated([a for a, _ in stories], {a.ref: e for a, e in stories})


def test_a_line_in_three_articles_of_a_source_is_furniture() -> None:
    """It is taken out of each of them and listed as removed; the numbers and offsets fit what is left."""
    for article in settle(*(story(n, FOOT) for n in (1, 2, 3))):
        assert FOOT not in article.text
        assert [(r.text, r.rule) for r in article.removed if r.rule == "repeated"] == [(FOOT, "repeated")]
        assert [p.n for p in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))
        assert article.text == "\n\n".join(map(article.words_of, article.paragraphs))


def test_two_articles_may_be_one_story() -> None:
    """Twice is not enough."""
    assert all(FOOT in article.text for article in settle(story(1, FOOT), story(2, FOOT)))


def test_background_that_an_agency_repeats_stays() -> None:
    """A long paragraph in the middle of the text is part of the report."""
    told = settle(*(story(n, BACKGROUND, f"Envoy {n} agreed, minister {n} said in the end.") for n in (1, 2, 3)))
    assert all(BACKGROUND in article.text for article in told)


def test_other_sources_do_not_count() -> None:
    """Only articles of the same source tell: the same words elsewhere may be news."""
    other = ArticleEntry()
    told = settle(story(1, FOOT), story(2, FOOT), story(3, FOOT, entry=other))
    assert all(FOOT in article.text for article in told)


def test_the_same_story_again_stays_whole() -> None:
    """Articles that share most of their lines are versions of one story."""
    one = story(1, FOOT)
    copies = [(Article(**{**_fields(one[0]), "ref": Ref("articles", f"c{n}")}), one[1]) for n in range(3)]
    assert all(article.text == one[0].text for article in settle(*copies))


def test_what_the_curator_says_comes_first() -> None:
    """`clean: none` and `keep` win over the rule."""
    as_it_stands = ArticleEntry(source=SOURCE, clean="none")
    kept = ArticleEntry.model_validate({"source": SOURCE, "clean": {"keep": ["/founded in 1871/"]}})
    first, second, third = settle(story(1, FOOT, entry=as_it_stands), story(2, FOOT, entry=kept), story(3, FOOT))
    assert FOOT in first.text
    assert FOOT in second.text
    assert FOOT not in third.text


def _fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__}
