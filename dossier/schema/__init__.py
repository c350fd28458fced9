"""What an entry of each kind looks like, and the list of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossier.model import Ref
from dossier.schema.entries import (
    TLP,
    Alias,
    AliasFields,
    ArticleEntry,
    Citation,
    Claim,
    Cleaning,
    Country,
    CuratedQuote,
    Entry,
    Event,
    Evidence,
    Link,
    Named,
    Organization,
    Participant,
    Person,
    Position,
    Source,
    Topic,
)
from dossier.schema.fields import Known, did_you_mean

Entries = Mapping[Ref, Entry]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: its folder, what one and many are called, its class and its templates."""

    folder: str
    singular: str
    plural: str
    schema: type[Entry]
    template: str
    index_template: str


KINDS = (
    Kind("people", "Person", "People", Person, "person.md.j2", "people.md.j2"),
    Kind("countries", "Country", "Countries", Country, "country.md.j2", "countries.md.j2"),
    Kind("organizations", "Organization", "Organizations", Organization, "organization.md.j2", "organizations.md.j2"),
    Kind("events", "Event", "Events", Event, "event.md.j2", "events.md.j2"),
    Kind("topics", "Topic", "Topics", Topic, "topic.md.j2", "topics.md.j2"),
    Kind("claims", "Claim", "Claims", Claim, "claim.md.j2", "claims.md.j2"),
    Kind("articles", "Article", "Articles", ArticleEntry, "article.md.j2", "articles.md.j2"),
    Kind("sources", "Source", "Sources", Source, "source.md.j2", "sources.md.j2"),
)
KIND_OF = {kind.folder: kind for kind in KINDS}

__all__ = [
    "KINDS",
    "KIND_OF",
    "TLP",
    "Alias",
    "AliasFields",
    "ArticleEntry",
    "Citation",
    "Claim",
    "Cleaning",
    "Country",
    "CuratedQuote",
    "Entries",
    "Entry",
    "Event",
    "Evidence",
    "Kind",
    "Known",
    "Link",
    "Named",
    "Organization",
    "Participant",
    "Person",
    "Position",
    "Source",
    "Topic",
    "did_you_mean",
]
