"""What a mention beat: every decision between candidates says what else was possible, and why it was not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.annotate import annotate_text, gazetteer
from dossier.countries import builtin
from dossier.model import Ref
from dossier.schema import Entry, Organization, Person, Topic

ENTRIES: dict[Ref, Entry] = {
    **builtin(),
    Ref("people", "ann-hill"): Person.model_validate({"name": "Ann Hill", "positions": [{"title": "Senator"}]}),
    Ref("people", "bob-hill"): Person.model_validate({"name": "Bob Hill"}),
    Ref("people", "carl-hill"): Person.model_validate({"name": "Carl Hill"}),
    Ref("organizations", "un"): Organization.model_validate({"name": "United Nations", "abbreviation": "U.N."}),
    Ref("organizations", "council"): Organization.model_validate({"name": "U.N. Security Council"}),
    Ref("organizations", "academy"): Organization.model_validate({"name": "Royal Academy"}),
    Ref("topics", "academy-show"): Topic.model_validate(
        {"name": "Summer show", "aliases": [{"name": "Royal Academy", "type": "weak"}]}
    ),
    Ref("topics", "georgia"): Topic.model_validate({"name": "Georgia", "type": "state"}),
}
NAMES = gazetteer(ENTRIES)
NOBODY = "not people/{}: never named in full here"


@pytest.mark.parametrize(
    ("text", "words", "beat"),
    [
        ("The U.N. Security Council met.", "U.N. Security Council", ("longer than U.N. → organizations/un",)),
        ("Georgia votes.", "Georgia", ("curated before the built-in countries/georgia",)),
        (
            "The Royal Academy opened.",
            "Royal Academy",
            ("more direct than the weak name of topics/academy-show",),
        ),
        (
            "Ann Hill left. Carl Hill came.\n\nBut Hill smiled.",
            "Hill",
            ("not people/carl-hill: named later in the article", NOBODY.format("bob-hill")),
        ),
        (
            "Bob Hill left. Ann Hill came. Senator Hill smiled.",
            "Hill",
            ("not people/bob-hill: the title does not fit", NOBODY.format("carl-hill")),
        ),
        (
            "Bob Hill left. Senator Hill smiled.",
            "Hill",
            ("not people/bob-hill, who is named in full: the title fits no position",),
        ),
        ("Peru votes.", "Peru", ()),
    ],
)
def test_beat(text: str, words: str, beat: tuple[str, ...]) -> None:
    """The last mention of these words names what it beat, and nothing where there was no contest."""
    found = [m for m in annotate_text(text, NAMES).mentions if m.text == words]
    assert found[-1].beat == beat


@given(st.permutations(sorted(ENTRIES)))
@settings(max_examples=10, deadline=None)
def test_order_of_entries(order: list[Ref]) -> None:
    """In what order the entries come does not matter, neither for the mentions nor for what they beat."""
    text = "Bob Hill and Carl Hill met the U.N. Security Council in Georgia. The Royal Academy shut.\n\nHill left."
    shuffled = gazetteer({ref: ENTRIES[ref] for ref in order})
    assert annotate_text(text, shuffled) == annotate_text(text, NAMES)


def test_the_curator_beats_the_rules() -> None:
    """A text that the article's own file decides says what the rules would have linked."""
    found = annotate_text("Peru votes.", NAMES, overrides={"Peru": Ref("topics", "georgia")})
    assert [(m.rule, m.beat) for m in found.mentions] == [
        ("curated", ("the article's own file decides against countries/peru",))
    ]
