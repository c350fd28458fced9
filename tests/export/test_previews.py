"""What links tell of the entries they lead to: small scripts, in which every entry is found."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dossier.export.previews import A_SCRIPT, FIRST, PATH, part_of, previews
from tests.views.build import reading, views

GIVEN: dict[str, dict[str, Any]] = {
    "people/bo-lind": {
        "summary": 'Lind is "the" minister],\u2028of <Norway>.',
        "positions": [{"title": "Minister", "country": "countries/norway", "start": "2020"}],
    },
    "countries/norway": {"official_name": "Kingdom of Norway"},
    "events/talks": {"date": "2022-07~", "location": "Oslo", "type": "talks"},
    "claims/cut": {"statement": "Somebody cut it.", "likelihood": "likely"},
    "topics/bare": {"name": "Nothing is known of it"},
}


def cards(script: str) -> dict[str, list[str]]:
    """The cards of a script: the last object in it, but for the braces around that of the first script."""
    start = script.index("{\n")
    found: dict[str, list[str]] = json.loads(script[start : script.rindex("\n}") + 2])
    return found


def test_a_card_says_what_an_entry_is_and_where_it_was_named_last() -> None:
    """Its name and kind, then in lines the post, the date, the summary, the last mention."""
    article = reading("articles/one", ["[Lind](people/bo-lind)."], "2023-01-02", "Lind speaks")
    ((path, script),) = previews([*views(GIVEN, [article]).values()])
    assert path == PATH
    assert cards(script) == {
        "articles/one": ["Lind speaks", "Article", "2 January 2023"],
        "claims/cut": ["Cut", "Claim", "Judged likely", "Somebody cut it."],
        "countries/norway": ["Norway", "Country", "Kingdom of Norway"],
        "events/talks": ["Talks", "Event", "about July 2022 · Oslo · talks"],
        "people/bo-lind": [
            "Bo Lind",
            "Person",
            "Minister, Norway",
            'Lind is "the" minister], of <Norway>.',
            "Last named 2 January 2023",
        ],
        "topics/bare": ["Nothing is known of it", "Topic"],
    }


def test_many_entries_are_shared_out_and_each_is_found() -> None:
    """The first script has those named most; every other is in the one that its address tells."""
    given = GIVEN | {f"people/p{n}": {"summary": f"Number {n}."} for n in range(FIRST + 5 * A_SCRIPT)}
    article = reading("articles/one", ["[Somebody](people/p695)."])
    scripts = dict(previews([*views(given, [article]).values()]))
    first, number = cards(scripts[PATH]), len(scripts) - 1
    assert f"{{parts: {number}, " in scripts[PATH]
    assert number > 4
    assert len(first) == FIRST
    assert "people/p695" in first
    for address in given:
        if address not in first:
            assert address in cards(scripts[f"assets/previews/{part_of(address, number)}.js"])
    assert max(len(script) for script in scripts.values()) < 40_000


@given(st.from_regex(r"(people|events)/[a-z0-9-]{1,40}", fullmatch=True), st.integers(1, 500))
def test_a_part_is_one_of_the_parts(address: str, parts: int) -> None:
    """Whatever the address."""
    assert 0 <= part_of(address, parts) < parts
