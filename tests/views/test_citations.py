"""What a citation carries along, and what stands where nothing is quoted."""

from __future__ import annotations

import re
from typing import Any

import markdown

from dossier.packaged import page_templates
from dossier.parts import View
from dossier.render import render
from dossier.site import MARKDOWN_EXTENSIONS
from dossier.views.corpus import QUOTED
from dossier.views.events import ClaimData, EventData
from dossier.views.people import AgentData
from dossier.views.timeline import TimelineData
from tests.views.build import reading, views

LONG = "word " * 100
GIVEN: dict[str, dict[str, Any]] = {
    "people/ana-ruiz": {"honorific": "Dr.", "pronouns": "she/her"},
    "events/talks": {
        "date": "2023-03-01",
        "citations": [
            {"article": "articles/one", "quote": 'We stay "here" | {now}'},
            {"article": "articles/one", "quote": "stay"},
            {"article": "articles/two", "quote": LONG.strip()},
            {"article": "articles/two"},
            {"article": "articles/two", "note": "It is said."},
        ],
    },
    "claims/one": {
        "about": ["people/ana-ruiz"],
        "evidence": [
            {"stance": "supports", "article": "articles/one", "quote": "stay", "says": "They stay."},
            {"stance": "disputes", "article": "articles/one", "quote": "stay"},
        ],
    },
    "sources/gazette": {"name": "Gazette"},
}
READINGS = (
    reading("articles/one", ['“We stay "here" | {now},” they said.'], "2023-03-02", source="sources/gazette"),
    reading("articles/two", [LONG.strip()], "2023-03-03", title="Words", source="sources/gazette"),
)


def html(view: View) -> str:
    """The page of a view as HTML."""
    (page,) = render([view], page_templates())
    return markdown.markdown(page.markdown.split("---\n", 2)[2], extensions=[*MARKDOWN_EXTENSIONS])


def test_a_line_of_the_timeline_carries_the_words_it_is_cited_for() -> None:
    """Each source of an event is there once, with the first words cited from its paragraph, cut if they are long."""
    data = views(GIVEN, READINGS)["timeline.md"].data
    assert isinstance(data, TimelineData)
    sources = data.years[0].events[0].sources
    assert [link.text for link in sources] == ["Gazette ¶1", "Gazette ¶1", "Gazette article"]
    assert sources[0].quoted == 'We stay "here" | {now}'
    assert len(sources[1].quoted) <= QUOTED
    assert sources[1].quoted.endswith("word …")
    assert sources[2].quoted == ""


def test_carried_words_are_an_attribute_and_nothing_else() -> None:
    """Quotation marks, braces and bars in the words do not end the attribute."""
    page = html(views(GIVEN, READINGS)["timeline.md"])
    assert 'data-quoted="We stay &#34;here&#34; &#124; &#123;now&#125;"' in page
    assert page.count("data-quoted=") == 2


def test_evidence_carries_the_words_only_where_something_else_is_shown() -> None:
    """Where a page says in its own words what is said, the quotation is carried along; else it stands there."""
    data = views(GIVEN, READINGS)["claims/one.md"].data
    assert isinstance(data, ClaimData)
    (told,), (quoted,) = data.dispute.supports, data.dispute.disputes
    assert told.place is not None
    assert quoted.place is not None
    assert (told.place.quoted, quoted.place.quoted) == ("stay", "")


def test_an_account_without_a_quotation_names_the_article() -> None:
    """A citation of an article as a whole is a link to it; a note is followed by its place; no bracket comes first."""
    view = views(GIVEN, READINGS)["events/talks.md"]
    assert isinstance(view.data, EventData)
    lines = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r'<p class="d-says">(.*?)</p>', html(view), re.DOTALL)]
    assert lines == ["Words, 3 March 2023", "It is said. (3 March 2023, article)"]


def test_a_persons_title_and_pronouns_are_facts() -> None:
    """What the curator knows of how a person is addressed stands among the facts."""
    data = views(GIVEN, READINGS)["people/ana-ruiz.md"].data
    assert isinstance(data, AgentData)
    facts = {fact.label: fact.values for fact in data.entry.facts}
    assert (facts["Title"], facts["Pronouns"]) == ((("Dr.",),), (("she/her",),))
