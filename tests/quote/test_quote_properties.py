"""What holds for the quotations of any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model import Annotation, Article, Mention, Paragraph, Ref
from dossier.quote import RULES, find_quotations, quote
from dossier.schema import ArticleEntry

_WORDS = (
    *("Jane Roe", "Roe", "Mr. Doe", "the spokesman", "she", "He", "officials", "the ministry", "U.S.", "Monday"),
    *(
        "said",
        "told",
        "called",
        "saying",
        "said that",
        "accused",
        "quoted",
        "as",
        "according to",
        "that",
        "and",
        "who",
        "was",
        "claim",
        "s",
    ),
    *("“", "”", '"', "‘", "’", "'", "«", "»", "„", "``", "''", ",", ".", ":", "?", "!", "—", "(", ")", "…", "[", "]"),
    *(" ", " ", " ", "\n\n", "\ue000", "\ue001", "\ue002", "water", "a", "12"),
)
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_WORDS), max_size=80).map("".join))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The stretches between blank lines that hold something."""
    spans: list[tuple[int, int]] = []
    start = 0
    for part in text.split("\n\n"):
        if part.strip():
            spans.append((start, start + len(part)))
        start += len(part) + 2
    return spans


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, Annotation]:
    """Any text with any links."""
    text = draw(_TEXTS)
    paragraphs = tuple(Paragraph(n, *span, n) for n, span in enumerate(_paragraphs(text), 1))
    article = Article(
        Ref("articles", "a"), "articles/a.txt", "", "", None, None, None, (), None, {}, text, paragraphs, ()
    )
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    kinds = st.sampled_from(["people", "countries", "organizations", "sources", "topics"])
    mentions = [
        Mention(low, high, text[low:high], Ref(draw(kinds), "x"), draw(st.sampled_from(["name", "demonym"])), "X")
        for low, high in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return article, Annotation(tuple(mentions))


@settings(max_examples=400, deadline=None)
@given(articles())
def test_any_text(case: tuple[Article, Annotation]) -> None:
    """Quotations stand in order, never overlap, and say where their words and their speakers are printed."""
    article, annotation = case
    end = 0
    for q in quote(article, annotation, {}, ArticleEntry()):
        assert end <= q.start < q.end <= len(article.text)
        assert article.text[q.start : q.end] == q.text == q.text.strip()
        assert q.rule in RULES
        assert (q.speaker_start is None) == (q.speaker_end is None) == (q.speaker_text is None)
        if q.speaker_start is not None and q.speaker_end is not None:
            assert article.text[q.speaker_start : q.speaker_end] == q.speaker_text
            assert q.speaker_text
        if q.rule == "none":
            assert (q.speaker, q.speaker_name, q.speaker_text, q.cue) == (None, None, None, None)
        end = q.end


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_quotations_stay_in_their_paragraph(text: str) -> None:
    """A quotation never runs over the end of a paragraph, and its marks stand around it."""
    paragraphs = _paragraphs(text)
    for span in find_quotations(text, paragraphs):
        assert any(a <= span.outer_start <= span.start < span.end <= span.outer_end <= b for a, b in paragraphs)


@settings(max_examples=100, deadline=None)
@given(articles())
def test_same_text_same_quotations(case: tuple[Article, Annotation]) -> None:
    """Reading an article twice gives the same."""
    article, annotation = case
    assert quote(article, annotation, {}, ArticleEntry()) == quote(article, annotation, {}, ArticleEntry())
