"""Truths that hold for any text: where mentions may stand, and that nothing around them matters."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.annotate import RULES, annotate, annotate_text, gazetteer
from dossier.annotate.folding import fold
from dossier.annotate.reach import words_of
from dossier.countries import builtin
from dossier.model import Article, Mention, Paragraph, Ref, Unresolved
from dossier.schema import ArticleEntry, Entry, Event, Organization, Person, Topic

ENTRIES: dict[Ref, Entry] = {
    **builtin(),
    Ref("people", "antony-blinken"): Person.model_validate({"name": "Antony Blinken"}),
    Ref("people", "ned-price"): Person.model_validate({"name": "Ned Price", "aliases": ["Edward Price"]}),
    Ref("people", "bashar-al-assad"): Person.model_validate({"name": "Bashar al-Assad"}),
    Ref("people", "vladimir-putin"): Person.model_validate({"name": "Vladimir Putin", "aliases": ["Putin"]}),
    Ref("organizations", "un"): Organization.model_validate({"name": "United Nations", "abbreviation": "U.N."}),
    Ref("organizations", "council"): Organization.model_validate(
        {"name": "U.N. Security Council", "aliases": ["security council"]}
    ),
    Ref("topics", "paris"): Topic.model_validate({"name": "Paris", "type": "city"}),
    Ref("events", "talks"): Event.model_validate({"name": "Geneva talks"}),
}
NAMES = gazetteer(ENTRIES)

PIECES = """
    Antony Blinken Blinken Ned Price Price price Bashar al-Assad Assad [Vladimir] Putin Putin’s Moscow Paris, Texas
    Georgia Russian French U.N. US UN Security Council council Geneva talks Mr. President said in the of and - — “ ” ( )
    NATO BLINKEN MOSCOW é _ * ` i I
"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\n\n", "\u00a0", "\u00ad", "\u0301", ""])
TEXTS = st.one_of(
    st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map("".join), st.text(max_size=200)
)
SPANS = st.lists(st.tuples(st.integers(0, 150), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1])), max_size=3)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, title=TEXTS, skip=SPANS)
def test_spans(text: str, title: str, skip: list[tuple[int, int]]) -> None:
    """Mentions and open questions are in order, never overlap, say what stands there, and keep out of `skip`."""
    found = annotate_text(text, NAMES, title=title, overrides={"the": None, "said": Ref("events", "talks")}, skip=skip)
    everything: list[Mention | Unresolved] = sorted([*found.mentions, *found.unresolved], key=lambda m: m.start)
    assert list(found.mentions) == sorted(found.mentions, key=lambda m: m.start)
    assert list(found.unresolved) == sorted(found.unresolved, key=lambda m: m.start)
    for before, after in pairwise(everything):
        assert before.end <= after.start
    for mention in everything:
        assert text[mention.start : mention.end] == mention.text
        assert not any(start < mention.end and mention.start < end for start, end in skip)
        assert mention.text == mention.text.strip()
    for unresolved in found.unresolved:
        assert unresolved.candidates
        assert unresolved.reason.endswith(".")
    for named in found.mentions:
        assert named.rule in RULES


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_whole_words(text: str) -> None:
    """No mention begins or ends inside a word."""
    found = annotate_text(text, NAMES)
    unseen = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
    everything: list[Mention | Unresolved] = [*found.mentions, *found.unresolved]
    for mention in everything:
        before = text[: mention.start].rstrip(unseen)[-1:]
        assert not (before.isalnum() and text[mention.start].isalnum())
        after = text[mention.end :].lstrip(unseen)[:1]
        assert not (after.isalnum() and text[mention.end - 1].isalnum())


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_nothing_is_remembered(text: str) -> None:
    """The same text gives the same annotation, whatever was read in between."""
    first = annotate_text(text, NAMES)
    annotate_text("Antony Blinken met Ned Price in Paris, Texas.", NAMES)
    assert annotate_text(text, NAMES) == first


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_folding_keeps_the_way_back(text: str) -> None:
    """Every letter of a folded text comes from a letter of the text, in order."""
    folded = fold(text)
    places = [folded.original(offset) for offset in range(len(folded.text))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(text) for place in places)
    for offset, place in enumerate(places):
        assert folded.text[offset].isalnum() == text[place].isalnum()


@given(st.permutations(sorted(ENTRIES)))
@settings(max_examples=10, deadline=None)
def test_order_of_entries(order: list[Ref]) -> None:
    """In what order the entries come does not matter."""
    text = (
        "Antony Blinken and Price of the U.N. Security Council met Ned Price in Congo, Korea and Paris. Blinken spoke."
    )
    shuffled = gazetteer({ref: ENTRIES[ref] for ref in order})
    assert annotate_text(text, shuffled) == annotate_text(text, NAMES)


def test_every_country_is_found_by_its_names() -> None:
    """Every name and alias of a built-in country, alone in a sentence, names that country or is shared."""
    names = gazetteer(builtin())
    for ref, country in builtin().items():
        for name in (country.name, *(alias.name for alias in country.aliases if alias.type == "alias")):
            found = annotate_text(f"We talk about {name} today.", names)
            assert [m.ref for m in found.mentions] == [ref], name


def test_skipped_stretches_are_evidence() -> None:
    """A name inside a link gets no mention, but its bearer is known from there on."""
    text = "[Antony Blinken](people/x.md) left. Blinken slept."
    found = annotate_text(text, NAMES, skip=[(0, 29)])
    assert [(m.text, m.rule) for m in found.mentions] == [("Blinken", "surname")]


def test_entries_that_are_not_linked() -> None:
    """Claims and articles have no names in the text; drafts are left out by whoever passes the entries."""
    assert annotate_text("Nothing here.", gazetteer({})).mentions == ()


def test_hostile_repetition() -> None:
    """Long runs of one character, or of one word, are read in one go."""
    for piece in (".", "A.", "A ", " ", "\n", "[", "'", "-", "Paris ", "Paris, ", "Bob ", "AAA.", "of ", "Moscow and "):
        assert annotate_text("AAA" + piece * 3000, NAMES, title=piece * 300) is not None


def test_article() -> None:
    """An article's title helps to decide, and the mentions of its YAML come first."""
    text = "Price spoke in Geneva. Putin did not."
    article = Article(
        ref=Ref("articles", "a"),
        path="articles/a.txt",
        sha256="0" * 64,
        title="Ned Price speaks",
        date=None,
        source=None,
        source_name=None,
        authors=(),
        language=None,
        basis={},
        text=text,
        paragraphs=(Paragraph(1, 0, len(text), 1),),
        removed=(),
    )
    curated = ArticleEntry.model_validate({"mentions": {"Putin": "none", "Geneva": "events/talks"}})
    found = annotate(article, NAMES, curated)
    assert [(m.text, str(m.ref), m.rule) for m in found.mentions] == [
        ("Price", "people/ned-price", "surname"),
        ("Geneva", "events/talks", "curated"),
    ]


def test_a_decision_of_the_curator_holds_at_the_beginning_of_a_sentence() -> None:
    """What is typed small stands with a capital there."""
    ref = Ref("people", "sam")
    text = "The minister was angry. Then the minister left."
    found = annotate_text(text, gazetteer({}), overrides={"the minister": ref})
    assert [m.text for m in found.mentions] == ["The minister", "the minister"]
    name = annotate_text("They met The minister. A may b. Theresa May left.", gazetteer({}), overrides={"may": ref})
    assert [(m.start, m.text) for m in name.mentions] == [(25, "may")]


def test_what_is_linked_does_not_depend_on_names_that_do_not_occur() -> None:
    """A name in small letters is found the same way among few such names and among many."""
    group = Ref("organizations", "al-shabaab")
    few: dict[Ref, Entry] = {group: Organization.model_validate({"name": "al-Shabaab", "aliases": ["d'urgence"]})}
    many = few | {
        Ref("topics", f"t{n}"): Topic.model_validate({"name": f"word{chr(97 + n % 26)}{n}x plan"}) for n in range(100)
    }
    text = "Fighters of al-Shabaab left. The comité d'urgence said so; al-Shabaab's men did not."
    found = [annotate_text(text, gazetteer(entries)).mentions for entries in (few, many)]
    assert found[0] == found[1]
    assert [mention.ref for mention in found[0]] == [group] * 3


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_words_taken_apart_are_the_words_of_the_folded_text(text: str) -> None:
    """What an article is said to depend on misses no word: to fold each piece between blanks folds the text."""
    assert set(words_of(text)) == set(re.findall(r"\w+", fold(text).text.casefold()))
