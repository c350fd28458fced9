"""Speakers that are entries: by name, description and pronoun, and what the curator says of quotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dossier.edtf import parse
from dossier.model import Annotation, Mention, Quotation, Ref, Unresolved
from dossier.quote import quote
from dossier.schema import ArticleEntry, Country, Named, Organization, Person, Source
from tests.quote.articles import annotation_of, article_of

LINDQVIST = Ref("people", "mara-lindqvist")
OKORO = Ref("people", "sam-okoro")
QUILL = Ref("people", "robin-quill")
FREEDONIA = Ref("countries", "freedonia")
HARBOURS = Ref("organizations", "harbour-office")
GAZETTE = Ref("sources", "harbour-gazette")

ENTRIES: Mapping[Ref, Named] = {
    FREEDONIA: Country.model_validate({"name": "Freedonia", "demonyms": ["Freedonian"]}),
    HARBOURS: Organization.model_validate({"name": "Harbour Office", "country": FREEDONIA}),
    GAZETTE: Source.model_validate({"name": "Harbour Gazette"}),
    LINDQVIST: Person.model_validate(
        {
            "name": "Mara Lindqvist",
            "pronouns": "she/her",
            "positions": [{"title": "Foreign Minister", "country": FREEDONIA}],
        }
    ),
    OKORO: Person.model_validate(
        {
            "name": "Sam Okoro",
            "pronouns": "he/him",
            "positions": [{"title": "spokesman", "organization": HARBOURS}],
        }
    ),
    QUILL: Person.model_validate({"name": "Robin Quill", "honorific": "Ms."}),
}
NAMES = {
    "Mara Lindqvist": LINDQVIST,
    "Lindqvist": LINDQVIST,
    "Sam Okoro": OKORO,
    "Okoro": OKORO,
    "Robin Quill": QUILL,
    "Freedonia": FREEDONIA,
    "Harbour Office": HARBOURS,
    "Harbour Gazette": GAZETTE,
}


def read(text: str, **curated: Any) -> tuple[Quotation, ...]:
    """The quotations of a text in which the names above are linked."""
    return quote(article_of(text), annotation_of(text, NAMES), ENTRIES, ArticleEntry.model_validate(curated))


@pytest.mark.parametrize(
    ("text", "speaker", "mention"),
    [
        ("“The port is open,” Lindqvist said.", LINDQVIST, "Lindqvist"),
        ("“The port is open,” Foreign Minister Mara Lindqvist said.", LINDQVIST, "Mara Lindqvist"),
        ("Lindqvist met Okoro on Monday. “The port is open,” she said.", LINDQVIST, "she"),
        ("Lindqvist met Okoro on Monday. “The port is open,” he said.", OKORO, "he"),
        ("Robin Quill met Okoro on Monday. “The port is open,” she said.", QUILL, "she"),
        ("Lindqvist met Okoro. “The port is open,” the spokesman said.", OKORO, "the spokesman"),
        ("Lindqvist met Okoro. “The port is open,” the Freedonian foreign minister said.", LINDQVIST, None),
        ("“The port is open,” Freedonia said in a statement.", FREEDONIA, "Freedonia"),
        ("The Harbour Office described the delay as “nobody’s fault at all.”", HARBOURS, "Harbour Office"),
        ("“The port is open,” the Harbour Gazette reported.", GAZETTE, "Harbour Gazette"),
        ("“The port is open,” Freedonia’s ambassador said.", None, "Freedonia’s ambassador"),
    ],
)
def test_speaker_is_the_entry(text: str, speaker: Ref | None, mention: str | None) -> None:
    """A speaker who is linked, described by a position or meant by a pronoun is the entry."""
    (found,) = read(text)
    assert found.speaker == speaker
    assert found.speaker_name == (ENTRIES[speaker].name if speaker else None)
    assert mention is None or found.speaker_text == mention


def test_bracketed_name() -> None:
    """A name that the article completes in brackets is one mention."""
    text = "“The port is open,” [Mara] Lindqvist said."
    place = text.index("[Mara]")
    link = Mention(place, place + 16, "[Mara] Lindqvist", LINDQVIST, "bracketed", "Mara Lindqvist")
    (found,) = quote(article_of(text), Annotation((link,)), ENTRIES, ArticleEntry())
    assert (found.speaker, found.speaker_text) == (LINDQVIST, "[Mara] Lindqvist")


def test_ambiguous_name_stays_as_printed() -> None:
    """A name that could be several entries' is not guessed."""
    text = "Sam Okoro came. Sam Okoro and Kim Okoro left. “The port is open,” Okoro said."
    place = text.rindex("Okoro")
    unsure = Unresolved(place, place + 5, "Okoro", (OKORO, Ref("people", "kim-okoro")), "two bear the name")
    (found,) = quote(article_of(text), Annotation((), (unsure,)), ENTRIES, ArticleEntry())
    assert (found.speaker, found.speaker_name) == (None, "Okoro")


@pytest.mark.parametrize(("day", "speaker"), [("2020-05-01", OKORO), ("2024-05-01", QUILL)])
def test_description_means_who_held_the_post_then(day: str, speaker: Ref) -> None:
    """Of two who held a post, the one who held it on the day of the article is meant."""
    posts = {
        OKORO: [{"title": "director", "start": parse("2015"), "end": parse("2022")}],
        QUILL: [{"title": "director", "start": parse("2022")}],
    }
    known: dict[Ref, Named] = dict(ENTRIES)
    for ref, positions in posts.items():
        known[ref] = Person.model_validate({"name": ENTRIES[ref].name, "positions": positions})
    text = "Sam Okoro met Robin Quill. “The port is open,” the director said."
    article = replace(article_of(text), date=parse(day))
    (found,) = quote(article, annotation_of(text, NAMES), known, ArticleEntry())
    assert found.speaker == speaker


def test_demonym_is_no_speaker() -> None:
    """A demonym before a role does not make the country the speaker."""
    text = "“The port is open,” Freedonia officials said."
    (found,) = read(text)
    assert (found.speaker, found.speaker_text) == (None, "Freedonia officials")


TEXT = "“The port is open,” Lindqvist said. “It will stay open.”\n\nNobody knows who wrote no ships today on the wall."


def test_curator_corrects_the_speaker() -> None:
    """A curated speaker goes before the one that was read; the mention of another goes."""
    first, second = read(TEXT, quotes=[{"quote": "The port is open,", "speaker": OKORO}])
    assert (first.speaker, first.speaker_name, first.speaker_text, first.rule) == (OKORO, "Sam Okoro", None, "curated")
    assert second.speaker == LINDQVIST


def test_curator_confirms_the_speaker() -> None:
    """A curated speaker that is the one that was read keeps the printed mention."""
    first, _ = read(TEXT, quotes=[{"quote": "the port is open", "speaker": LINDQVIST}])
    assert (first.speaker_text, first.rule) == ("Lindqvist", "curated")


def test_curator_knows_of_no_speaker() -> None:
    """`speaker: none` takes the speaker away; a correction without a speaker leaves it."""
    taken, _ = read(TEXT, quotes=[{"quote": "The port is open,", "speaker": "none"}])
    left, _ = read(TEXT, quotes=[{"quote": "The port is open,"}])
    assert (taken.speaker, taken.speaker_name, taken.speaker_text) == (None, None, None)
    assert left.speaker == LINDQVIST


def test_curator_suppresses() -> None:
    """A suppressed quotation is gone, whatever the style of its marks."""
    assert [q.text for q in read(TEXT, quotes=[{"quote": '"It will stay  open."', "suppress": "true"}])] == [
        "The port is open,"
    ]


def test_curator_adds() -> None:
    """Words that were not found as a quotation become one, in their place."""
    found = read(TEXT, quotes=[{"quote": "no ships today", "speaker": OKORO}])
    added = found[-1]
    assert (added.text, added.speaker, added.rule) == ("no ships today", OKORO, "curated")
    assert TEXT[added.start : added.end] == added.text


def test_words_that_do_not_occur_change_nothing() -> None:
    """A correction of words that are not in the article is for `check` to report."""
    assert read(TEXT, quotes=[{"quote": "no such words", "speaker": OKORO}]) == read(TEXT)
