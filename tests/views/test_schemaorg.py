"""What pages say to machines: true, exact, and nothing that is withheld."""

from __future__ import annotations

from typing import Any

import pytest

from dossier.site import Site
from dossier.views.schemaorg import SHOWN, TYPES
from tests.views.build import reading, views

SITE = Site("https://example.org/news/")
GIVEN: dict[str, dict[str, Any]] = {
    "people/ana-ruiz": {
        "given_name": "Ana",
        "family_name": "Ruiz",
        "honorific": "Dr.",
        "aliases": ["Annie Ruiz"],
        "nationality": ["countries/chile"],
        "birth_date": "1968~",
        "death_date": "2023-05",
        "identifiers": {"wikidata": "Q42", "other": "x"},
        "image": "pictures/ana ruiz.jpg",
        "summary": "She leads the talks.",
        "positions": [
            {
                "title": "Minister",
                "organization": "organizations/ministry",
                "country": "countries/chile",
                "start": "2020-03",
            },
            {"title": "Envoy", "start": "2015?", "end": "2018"},
        ],
    },
    "countries/chile": {"name": "Chile", "iso": "CL", "official_name": "Republic of Chile", "region": "South America"},
    "organizations/ministry": {"country": "countries/chile", "members": ["people/ana-ruiz", "countries/chile"]},
    "events/round": {"date": "2023-03-01/2023-03-02", "location": "Lima", "country": "countries/peru"},
    "events/talks": {
        "date": "2023-03-01",
        "part_of": "events/round",
        "participants": [{"who": "people/ana-ruiz"}, {"who": "countries/chile"}],
        "topics": ["topics/treaty"],
    },
    "topics/treaty": {},
    "sources/gazette": {"url": "https://gazette.example/", "country": "countries/chile"},
    "claims/rain": {
        "statement": "It rained.",
        "about": ["events/talks"],
        "evidence": [{"stance": "supports", "article": "articles/one", "quote": "We stay here"}],
    },
    "articles/one": {"url": "https://gazette.example/1", "events": ["events/talks"], "summary": "They stay."},
    "countries/peru": {"name": "Peru"},
}
ARTICLE = reading(
    "articles/one",
    ["It rained.", "“We stay here,” said [Ruiz](people/ana-ruiz). “I go,” said a guard."],
    "2023-03-03",
    title="They stay",
    source="sources/gazette",
    quotes={"We stay here,": "people/ana-ruiz", "I go,": "a guard"},
)
BASE = "https://example.org/news"
RUIZ = {"@type": "Person", "@id": f"{BASE}/people/ana-ruiz/", "name": "Ana Ruiz"}
CHILE = {"@type": "Country", "@id": f"{BASE}/countries/chile/", "name": "Chile"}


def said(uri: str, given: dict[str, dict[str, Any]] | None = None, site: Site = SITE) -> dict[str, Any]:
    """What a page says to machines, without what every page says of itself."""
    data = dict(views(given or GIVEN, [ARTICLE], site=site)[uri].linked_data)
    assert data.pop("@context") == "https://schema.org"
    return data


@pytest.mark.parametrize("address", sorted(GIVEN))
def test_every_entry_says_what_it_is(address: str) -> None:
    """The page of every entry has its type, its name, its address and the way to it."""
    data = said(f"{address}.md")
    kind = address.partition("/")[0]
    assert (data["@type"], data["@id"]) == (TYPES[kind], f"{BASE}/{address}/")
    assert data["name"]
    steps = data["mainEntityOfPage"]["breadcrumb"]["itemListElement"]
    assert [step["item"] for step in steps] == [f"{BASE}/", f"{BASE}/{kind}/", f"{BASE}/{address}/"]


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("index.md", "WebSite"),
        ("people/index.md", "CollectionPage"),
        ("quotes.md", "CollectionPage"),
        ("timeline.md", "WebPage"),
    ],
)
def test_lists_and_views_say_what_page_they_are(uri: str, kind: str) -> None:
    """The front page is the site, a list is a collection."""
    data = said(uri)
    assert (data["@type"], data["@id"]) == (kind, SITE.page(uri))


def test_a_person() -> None:
    """Names, citizenship, posts with their time, the post of today; an approximate birth is left out."""
    data = said("people/ana-ruiz.md")
    ministry = {"@type": "Organization", "@id": f"{BASE}/organizations/ministry/", "name": "Ministry"}
    assert data | {"mainEntityOfPage": None} == {
        **RUIZ,
        "alternateName": ["Annie Ruiz"],
        "description": "She leads the talks.",
        "sameAs": ["https://www.wikidata.org/wiki/Q42"],
        "mainEntityOfPage": None,
        "givenName": "Ana",
        "familyName": "Ruiz",
        "honorificPrefix": "Dr.",
        "deathDate": "2023-05",
        "nationality": [CHILE],
        "image": f"{BASE}/pictures/ana%20ruiz.jpg",
        "jobTitle": ["Minister"],
        "worksFor": [ministry],
        "hasOccupation": [
            {
                "@type": "Role",
                "startDate": "2020-03",
                "hasOccupation": {"@type": "Occupation", "name": "Minister", "occupationLocation": [CHILE]},
            },
            {"@type": "Role", "endDate": "2018", "hasOccupation": {"@type": "Occupation", "name": "Envoy"}},
        ],
    }


def test_an_event() -> None:
    """When, where, who, what about, within what, and where it is reported; countries do not attend."""
    data = said("events/talks.md")
    assert data["startDate"] == "2023-03-01"
    assert data["superEvent"]["@id"] == f"{BASE}/events/round/"
    assert data["attendee"] == [RUIZ]
    assert [a["name"] for a in data["subjectOf"]] == ["They stay"]
    whole = said("events/round.md")
    assert (whole["startDate"], whole["endDate"]) == ("2023-03-01", "2023-03-02")
    address = {"@type": "PostalAddress", "addressCountry": "Peru"}
    assert whole["location"] == {"@type": "Place", "name": "Lima", "address": address}
    assert [part["name"] for part in whole["subEvent"]] == ["Talks"]


def test_an_article() -> None:
    """Headline, day, publisher, what it mentions, and its quotations with their speakers and paragraphs."""
    data = said("articles/one.md")
    page = f"{BASE}/articles/one/"
    assert (data["headline"], data["datePublished"]) == ("They stay", "2023-03-03")
    assert (data["url"], data["abstract"]) == ("https://gazette.example/1", "They stay.")
    assert data["publisher"]["@type"] == "NewsMediaOrganization"
    assert data["mentions"] == [RUIZ]
    assert data["hasPart"] == [
        {"@type": "Quotation", "text": "We stay here", "spokenByCharacter": RUIZ, "url": f"{page}#p2"},
        {"@type": "Quotation", "text": "I go", "spokenByCharacter": "a guard", "url": f"{page}#p2"},
    ]
    assert said("quotes.md")["hasPart"] == data["hasPart"]


def test_a_claim() -> None:
    """Its statement, what it is about, and the articles in which it is made."""
    data = said("claims/rain.md")
    assert data["text"] == "It rained."
    assert [a["@id"] for a in data["appearance"]] == [f"{BASE}/articles/one/"]


def test_without_an_address_there_are_no_addresses() -> None:
    """Where it is not known where the site will be, nothing has an id or an address of the site."""
    for view in views(GIVEN, [ARTICLE]).values():
        shown = repr(view.linked_data)
        assert "@id" not in shown
        assert "mainEntityOfPage" not in shown
        assert "'image'" not in shown


def test_what_is_withheld_is_not_told_to_machines() -> None:
    """References to entries that are not published leave neither a name nor an id."""
    given = {key: value for key, value in GIVEN.items() if not key.startswith(("people", "topics", "sources"))}
    given["claims/rain"] = {
        "evidence": [{"stance": "supports", "article": "articles/one", "speaker": "people/ana-ruiz", "says": "Yes."}]
    }
    for uri, view in views(given, [ARTICLE], site=SITE).items():
        shown = repr(view.linked_data)
        for gone in ("ana-ruiz", "Ana Ruiz", "treaty", "gazette/"):
            assert gone not in shown, uri
    assert "appearance" not in said("claims/rain.md", given)


def test_words_without_rights_are_not_told_to_machines() -> None:
    """Of an article of rights: metadata no quotation is told."""
    given = GIVEN | {"articles/one": {"rights": "metadata"}}
    assert "hasPart" not in said("articles/one.md", given)
    assert "hasPart" not in said("quotes.md", given)


def test_long_lists_are_cut() -> None:
    """A page says no more to machines than fits a page."""
    members = [f"people/p-{n}" for n in range(3 * SHOWN)]
    given = GIVEN | {member: {} for member in members} | {"organizations/club": {"members": members}}
    assert len(said("organizations/club.md", given)["member"]) == SHOWN
