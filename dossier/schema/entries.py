"""What an entry of each kind looks like: one class a kind, its fields in the order they are shown."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from dossier.edtf import Day
from dossier.model import Ref
from dossier.schema.fields import (
    EdtfDate,
    Flag,
    Listed,
    Markdown,
    Text,
    To,
    Url,
    fault,
    matching,
    one_of,
)
from dossier.schema.patterns import pattern_fault, regex_in

AGENTS = ("people", "organizations", "countries")

PersonRef = Annotated[Ref, To(("people",))]
CountryRef = Annotated[Ref, To(("countries",))]
OrganizationRef = Annotated[Ref, To(("organizations",))]
EventRef = Annotated[Ref, To(("events",))]
TopicRef = Annotated[Ref, To(("topics",))]
ArticleRef = Annotated[Ref, To(("articles",))]
SourceRef = Annotated[Ref, To(("sources",))]
AgentRef = Annotated[Ref, To(AGENTS)]
SpeakerRef = Annotated[Ref, To((*AGENTS, "sources"))]
AnyRef = Annotated[Ref, To()]
PrincipalRef = Annotated[Ref, To(("countries", "organizations"))]
OwnerRef = Annotated[Ref, To(("sources", "organizations"))]
SubjectRef = Annotated[Ref, To(("topics", "events", "claims"))]

Language = Annotated[str, matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language code, such as en or pt-BR")]
_TWO_LETTERS = Field(json_schema_extra={"pattern": "^[A-Za-z]{2}$"})
Iso = Annotated[
    str, matching(r"[A-Z]{2}", "a country code of two letters (ISO 3166-1), such as RU", str.upper), _TWO_LETTERS
]

Stance = Literal["supports", "disputes", "unclear"]
Likelihood = Literal[
    "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"
]
LIKELIHOODS = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)
TLP = ("clear", "green", "amber", "red")


_WIKIDATA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^Q\d+$",
    "description": "The number of the item in Wikidata.",
    "examples": ["Q58217"],
}


class Part(BaseModel):
    """The base of everything below: frozen, and no field that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _alias(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class AliasFields(Part):
    """Another name of an entry."""

    name: Text = Field(description="The other name.", examples=["Sergei Lavrov"])
    type: Annotated[
        Literal["alias", "weak", "previous", "abbreviation", "demonym", "metonym"],
        one_of("alias", "weak", "previous", "abbreviation", "demonym", "metonym"),
    ] = Field(
        "alias", description="weak: counts only in an article that names the entry in full, too.", examples=["weak"]
    )
    lang: Language | None = Field(None, description="The language of this name.", examples=["ru"])


Alias = Annotated[AliasFields, BeforeValidator(_alias, json_schema_input_type=str | AliasFields)]


class Link(Part):
    """A page elsewhere."""

    title: Text = Field(description="What the link leads to.", examples=["Official biography"])
    url: Url = Field(description="Its address.", examples=["https://www.state.gov/"])


class Citation(Part):
    """Words of an article that bear an entry out."""

    article: ArticleRef = Field(description="The article.", examples=["articles/2023-03-03-blinken-lavrov-new-delhi"])
    quote: Text | None = Field(
        None,
        description="Words that occur in the article; the page links to their paragraph.",
        examples=["on the margins of"],
    )
    note: Text | None = Field(None, description="What the words show.", examples=["That they spoke, and where."])


class Entry(Part):
    """What entries of all kinds have in common."""

    aliases: Listed[Alias] = Field(
        (), description="Other names; a text, or name, type and lang.", examples=[["Sergei Lavrov"]]
    )
    summary: Text | None = Field(
        None, description="One plain sentence.", examples=["The foreign minister of Russia since 2004."]
    )
    description: Markdown | None = Field(
        None, description="More, in Markdown.", examples=["Some **Markdown**, as long as need be."]
    )
    identifiers: Annotated[dict[str, Text], BeforeValidator(lambda value: _identifiers(value))] = Field(
        {},
        description="Numbers in other catalogues.",
        examples=[{"wikidata": "Q58217"}],
        json_schema_extra={"properties": {"wikidata": _WIKIDATA}},
    )
    links: Listed[Link] = Field((), description="Pages elsewhere.")
    tags: Listed[Text] = Field((), description="Free words to find the entry by.", examples=[["diplomacy"]])
    citations: Listed[Citation] = Field((), description="What bears the entry out.")
    tlp: Annotated[Literal["clear", "green", "amber", "red"], one_of(*TLP)] = Field(
        "clear", description="Traffic Light Protocol 2.0 label: who may see the entry.", examples=["green"]
    )
    draft: Flag = Field(False, description="true: left out of the site, still checked.", examples=[True])


class Named(Entry):
    """What entries of all kinds but articles have in common."""

    name: Text = Field(description="The name the entry is known by.", examples=["Sergey Lavrov"])


def _identifiers(value: Any) -> Any:
    wikidata = value.get("wikidata") if isinstance(value, dict) else None
    if isinstance(wikidata, str) and not (wikidata[:1] == "Q" and wikidata[1:].isdecimal() and wikidata.isascii()):
        raise fault("format", f"{wikidata!r} is not a Wikidata number; write it as Q58217")
    return value


class Position(Part):
    """A post that a person holds or held (as in Popolo)."""

    title: Text = Field(description="The post.", examples=["Minister of Foreign Affairs"])
    organization: OrganizationRef | None = Field(
        None, description="Where the post is.", examples=["organizations/russian-foreign-ministry"]
    )
    country: CountryRef | None = Field(None, description="The country it is held for.", examples=["countries/russia"])
    start: EdtfDate | None = Field(None, description="When it began.", examples=["2004-03-09"])
    end: EdtfDate | None = Field(None, description="When it ended; leave it out if it has not.", examples=["2024-05"])

    def held_between(self, first: Day | None, last: Day | None) -> bool:
        """Whether it may have been held between two days; an unknown day rules nothing out."""
        start = self.start.earliest if self.start else None
        end = self.end.latest if self.end else None
        begun = start is None or last is None or start <= last
        over = end is not None and first is not None and end < first
        return begun and not over


class Person(Named):
    """A person."""

    given_name: Text | None = Field(None, description="First name or names.", examples=["Sergey"])
    family_name: Text | None = Field(
        None, description="Last name: what an article calls the person after the first mention.", examples=["Lavrov"]
    )
    honorific: Text | None = Field(None, description="A title before the name.", examples=["Dr."])
    pronouns: Text | None = Field(None, description="The pronouns an article uses.", examples=["he/him"])
    nationality: Listed[CountryRef] = Field(
        (), description="Countries the person is a citizen of.", examples=[["countries/russia"]]
    )
    birth_date: EdtfDate | None = Field(None, description="When the person was born.", examples=["1950-03-21"])
    death_date: EdtfDate | None = Field(None, description="When the person died.", examples=["2024-02~"])
    image: Text | None = Field(
        None, description="A picture: its path in the content folder.", examples=["people/sergey-lavrov.jpg"]
    )
    positions: Listed[Position] = Field((), description="Posts, the latest first.")


class Country(Named):
    """A country or territory."""

    iso: Iso | None = Field(
        None, description="ISO 3166-1 alpha-2 code; it joins the entry to the built-in table.", examples=["RU"]
    )
    official_name: Text | None = Field(None, description="The name in full.", examples=["Russian Federation"])
    capital: Text | None = Field(None, description="The capital.", examples=["Moscow"])
    demonyms: Listed[Text] = Field(
        (), description="What its people and things are called.", examples=[["Russian", "Russians"]]
    )
    region: Text | None = Field(None, description="Where it lies.", examples=["Eastern Europe"])
    leaders: Listed[PersonRef] = Field((), description="Who leads it.", examples=[["people/vladimir-putin"]])


class Organization(Named):
    """An organization or body."""

    type: Text | None = Field(None, description="What it is.", examples=["ministry"])
    abbreviation: Text | None = Field(None, description="Its short form; it is linked like a name.", examples=["U.N."])
    parent: OrganizationRef | None = Field(
        None, description="The organization it is part of.", examples=["organizations/united-nations"]
    )
    country: CountryRef | None = Field(
        None, description="The country it belongs to.", examples=["countries/switzerland"]
    )
    headquarters: Text | None = Field(None, description="Where it sits.", examples=["New York"])
    members: Listed[AgentRef] = Field(
        (), description="Who belongs to it.", examples=[["countries/france", "countries/norway"]]
    )


class Participant(Part):
    """Someone who took part in an event."""

    who: AgentRef = Field(description="The participant.", examples=["people/sergey-lavrov"])
    role: Text | None = Field(None, description="In what part.", examples=["host"])
    on_behalf_of: PrincipalRef | None = Field(None, description="For whom.", examples=["countries/russia"])
    stance: Text | None = Field(None, description="What position was taken.", examples=["refused to sign"])


class Event(Named):
    """Something that happened."""

    date: EdtfDate | None = Field(None, description="When, as exactly as it is known.", examples=["2023-03-02"])
    type: Text | None = Field(None, description="What kind of event.", examples=["meeting"])
    location: Text | None = Field(None, description="Where, in words.", examples=["New Delhi"])
    country: CountryRef | None = Field(None, description="The country it happened in.", examples=["countries/india"])
    part_of: EventRef | None = Field(None, description="The larger event.", examples=["events/g20-ministers-new-delhi"])
    participants: Listed[Participant] = Field((), description="Who took part.")
    topics: Listed[TopicRef] = Field((), description="What it was about.", examples=[["topics/new-start"]])
    outcome: Text | None = Field(None, description="What came of it.", examples=["No joint statement was agreed."])


class Topic(Named):
    """An issue, agreement, plan or conflict."""

    type: Text | None = Field(None, description="What it is.", examples=["treaty"])
    parties: Listed[AgentRef] = Field(
        (), description="Who is party to it.", examples=[["countries/russia", "countries/united-states"]]
    )
    signed: EdtfDate | None = Field(None, description="When it was signed.", examples=["2010-04-08"])
    status: Text | None = Field(None, description="How it stands.", examples=["suspended by Russia"])
    broader: TopicRef | None = Field(
        None, description="The topic it is part of.", examples=["topics/us-russia-contacts"]
    )
    related: Listed[SubjectRef] = Field(
        (), description="What else to read.", examples=[["events/new-start-suspension"]]
    )


class Source(Named):
    """A publisher of articles."""

    type: Text | None = Field(None, description="What it is.", examples=["news agency"])
    url: Url | None = Field(None, description="Its home page.", examples=["https://news.example/"])
    country: CountryRef | None = Field(
        None, description="Where it publishes from.", examples=["countries/united-states"]
    )
    reliability: Annotated[Literal["A", "B", "C", "D", "E", "F"], one_of("A", "B", "C", "D", "E", "F")] | None = Field(
        None,
        description="Admiralty grade of the source: A completely reliable … E unreliable, F cannot be judged.",
        examples=["B"],
    )
    affiliation: Text | None = Field(None, description="Whom it is close to.", examples=["state-owned"])
    parent: OwnerRef | None = Field(None, description="Who owns it.", examples=["organizations/media-research-center"])


class Evidence(Part):
    """Words of an article for or against a claim."""

    stance: Annotated[Stance, one_of("supports", "disputes", "unclear")] = Field(
        description="For, against, or neither.", examples=["supports"]
    )
    article: ArticleRef | None = Field(
        None, description="The article.", examples=["articles/2023-03-03-blinken-lavrov-new-delhi"]
    )
    quote: Text | None = Field(None, description="Words that occur in the article.", examples=["on the margins of"])
    speaker: SpeakerRef | None = Field(None, description="Who says so.", examples=["people/antony-blinken"])
    says: Text | None = Field(
        None, description="What is said, in a sentence of your own.", examples=["The talk lasted ten minutes."]
    )


class Claim(Named):
    """A disputed or load-bearing statement."""

    statement: Text | None = Field(
        None, description="The statement, in one sentence.", examples=["The ministers met for ten minutes."]
    )
    about: Listed[AnyRef] = Field((), description="The entries it is about.", examples=[["people/sergey-lavrov"]])
    evidence: Listed[Evidence] = Field((), description="For and against.")
    assessment: Markdown | None = Field(
        None, description="What the curator makes of it.", examples=["Both sides say so; nobody else was there."]
    )
    likelihood: Annotated[Likelihood, one_of(*LIKELIHOODS)] | None = Field(
        None, description="How likely it is (ICD 203).", examples=["likely"]
    )
    confidence: Annotated[Literal["low", "moderate", "high"], one_of("low", "moderate", "high")] | None = Field(
        None, description="How sure the assessment is (ICD 203).", examples=["moderate"]
    )


def _or_none(value: Any) -> Any:
    return None if value == "none" else value


class CuratedQuote(Part):
    """A quotation of an article that the curator adds, corrects or suppresses."""

    quote: Text = Field(description="Its words, as they occur in the article.", examples=["We talked for an hour"])
    speaker: Annotated[SpeakerRef | None, BeforeValidator(_or_none)] = Field(
        None, description="Who said it; none: nobody that can be named.", examples=["people/antony-blinken"]
    )
    suppress: Flag = Field(False, description="true: it is no quotation.", examples=[True])


def _pattern(value: str) -> str:
    source = regex_in(value)
    if source is not None and (message := pattern_fault(source)):
        raise fault("pattern", message)
    return value


LinePattern = Annotated[Text, AfterValidator(_pattern)]


class Cleaning(Part):
    """What to take out of an article, and what to leave in, line by line."""

    drop: Listed[LinePattern] = Field(
        (), description="Lines to take out: their text, or /regex/.", examples=[["Read more", "/^Sponsor:/"]]
    )
    keep: Listed[LinePattern] = Field(
        (), description="Lines to leave in: their text, or /regex/.", examples=[["A line that looks like furniture."]]
    )


def _clean(value: Any) -> Any:
    if value != "none" and not isinstance(value, (dict, Cleaning)):
        raise fault("wrong-type", f"{value!r} is not a way to clean; write none, or {{drop: […], keep: […]}}")
    return value


AsItStands = Literal["none"]
HowToClean = Annotated[
    Annotated[AsItStands, Tag("none")] | Annotated[Cleaning, Tag("lines")],
    Discriminator(lambda value: "none" if value == "none" else "lines"),
    BeforeValidator(_clean),
]


def _mentions(value: Any) -> Any:
    if not isinstance(value, dict):
        raise fault("wrong-type", 'names and what they stand for are needed here; write {"Price": none}')
    return {name: _or_none(ref) for name, ref in value.items()}


def _credibility(value: Any) -> Any:
    if value not in list("123456"):
        raise fault("not-allowed", f"{value!r} is not a grade from 1 (confirmed) to 6 (cannot be judged)")
    return int(value)


class ArticleEntry(Entry):
    """Curated metadata of a raw article."""

    title: Text | None = Field(None, description="The headline.", examples=["Ministers meet in Vienna"])
    date: EdtfDate | None = Field(None, description="When it was published.", examples=["2024-05-06"])
    source: SourceRef | None = Field(None, description="Who published it.", examples=["sources/politico"])
    authors: Listed[Text] = Field((), description="Who wrote it.", examples=[["Jane Roe"]])
    url: Url | None = Field(None, description="Where it was published.", examples=["https://news.example/vienna"])
    archived_url: Url | None = Field(
        None,
        description="A copy in a web archive.",
        examples=["https://web.archive.org/web/2024/https://news.example/vienna"],
    )
    retrieved: EdtfDate | None = Field(None, description="When it was fetched.", examples=["2024-05-07"])
    language: Language | None = Field(None, description="The language it is written in.", examples=["en"])
    rights: Annotated[Literal["full", "excerpt", "metadata"], one_of("full", "excerpt", "metadata")] = Field(
        "full", description="How much of the text the site may show.", examples=["excerpt"]
    )
    credibility: (
        Annotated[int, BeforeValidator(_credibility, json_schema_input_type=Literal[1, 2, 3, 4, 5, 6])] | None
    ) = Field(
        None,
        description="Admiralty grade of the information: 1 confirmed … 5 improbable, 6 cannot be judged.",
        examples=[2],
    )
    events: Listed[EventRef] = Field((), description="The events it reports.", examples=[["events/new-delhi-exchange"]])
    topics: Listed[TopicRef] = Field((), description="The topics it is about.", examples=[["topics/new-start"]])
    mentions: Annotated[dict[str, AnyRef | None], BeforeValidator(_mentions)] = Field(
        {}, description="What a name stands for in this article; none: nothing.", examples=[{"Price": "none"}]
    )
    quotes: Listed[CuratedQuote] = Field((), description="Quotations mended.")
    clean: HowToClean | None = Field(
        None,
        description="none: take the text as it stands; or lines to drop and to keep.",
        examples=[{"drop": ["Read more"]}],
    )
    notes: Text | None = Field(
        None, description="For the curators; not published.", examples=["Came by mail; ask for the original."]
    )
