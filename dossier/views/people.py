"""Pages about people, countries and organizations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Common, Companion, Image, Inline, Link, Quote, Reported, Tenure, View, Words, Year
from dossier.pictures import Diagram
from dossier.schema import Country, Organization, Person, Position, Topic
from dossier.value import by_fields
from dossier.views.chronicle import companions, recent
from dossier.views.common import common, fact, is_current, linked, span, tenure, view
from dossier.views.corpus import Corpus
from dossier.views.flags import LARGE, flag_of
from dossier.views.network import neighbourhood
from dossier.views.passages import fragments, quotes, reported
from dossier.views.quotations import Steps, by_topic, newest_first
from dossier.views.stances import Stance, stances

QUOTES_SHOWN = 30
MEMBERS_SHOWN = 60
HOLDERS_SHOWN = 60


@by_fields
@dataclass(frozen=True, slots=True)
class Holder:
    """A person and the post held for a country or in an organization."""

    who: Inline
    post: str
    period: str
    current: bool


@by_fields
@dataclass(frozen=True, slots=True)
class AgentData:
    """What the page of a person, a country or an organization shows."""

    entry: Common
    image: str
    #: What stands in for a portrait.
    initials: str
    role: str
    positions: tuple[Tenure, ...]
    holders: tuple[Holder, ...]
    more_holders: int
    members: tuple[Inline, ...]
    parts: tuple[Inline, ...]
    topics: tuple[Inline, ...]
    sources: tuple[Inline, ...]
    timeline: tuple[Year, ...]
    earlier: Steps
    people: tuple[Companion, ...]
    countries: tuple[Companion, ...]
    organizations: tuple[Companion, ...]
    network: Diagram | None
    quotes: tuple[tuple[Link | None, tuple[Quote, ...]], ...]
    fragments: tuple[Quote, ...]
    more_quotes: Steps
    statements: tuple[Reported, ...]
    more_statements: int
    flag: Image | None = None
    stances: tuple[Stance, ...] = ()


@dataclass(frozen=True, slots=True)
class Belongings:
    """Who and what belongs to each country and organization, found in one pass over the entries."""

    holders: Mapping[Ref, list[tuple[Ref, Position | None]]]
    parts: Mapping[Ref, list[Ref]]
    memberships: Mapping[Ref, list[Ref]]
    topics: Mapping[Ref, list[Ref]]
    sources: Mapping[Ref, list[Ref]]


def belongings(corpus: Corpus) -> Belongings:
    """Turn the references from people, organizations, topics and sources around."""
    holders: dict[Ref, list[tuple[Ref, Position | None]]] = {}
    parts: dict[Ref, list[Ref]] = {}
    memberships: dict[Ref, list[Ref]] = {}
    topics: dict[Ref, list[Ref]] = {}
    sources: dict[Ref, list[Ref]] = {}
    for ref in sorted(corpus.pages, key=lambda r: (corpus.sort_name(r), r)):
        entry = corpus.entries[ref]
        if isinstance(entry, Person):
            holds: dict[Ref, Position | None] = {}
            for position in entry.positions:
                for place in (position.country, position.organization):
                    if place:
                        holds.setdefault(place, position)
            for country in entry.nationality:
                holds.setdefault(country, None)
            for place, held in holds.items():
                holders.setdefault(place, []).append((ref, held))
        elif isinstance(entry, Organization):
            for place in dict.fromkeys((entry.parent, entry.country)):
                if place:
                    parts.setdefault(place, []).append(ref)
            for member in entry.members:
                memberships.setdefault(member, []).append(ref)
        elif isinstance(entry, Topic):
            for party in entry.parties:
                topics.setdefault(party, []).append(ref)
        elif ref.kind == "sources":
            for owner in (getattr(entry, "country", None), getattr(entry, "parent", None)):
                if owner:
                    sources.setdefault(owner, []).append(ref)
    return Belongings(holders, parts, memberships, topics, sources)


def person_view(corpus: Corpus, ref: Ref, person: Person, of: Belongings) -> View:
    """The page of a person: a biographic sketch."""
    positions = _by_time(corpus, person)
    tenures = tuple(tenure(corpus, p) for p in positions)
    current = tuple((t.title,) for t in tenures if t.current)
    entry = common(
        corpus,
        ref,
        (
            fact("Position" if len(current) == 1 else "Positions", *current)
            if current
            else fact("Last position", *((t.title, f" ({t.period})" if t.period else "") for t in tenures[:1])),
            fact("Title", person.honorific),
            fact("Pronouns", person.pronouns),
            fact("Nationality", *corpus.links(person.nationality)),
            fact("Born", person.birth_date),
            fact("Died", person.death_date),
            fact("Member of", *corpus.links(of.memberships.get(ref, ()))),
        ),
    )
    return view(corpus, ref, _agent(corpus, ref, entry, of, positions=tenures, image=person.image or ""))


def country_view(corpus: Corpus, ref: Ref, country: Country, of: Belongings) -> View:
    """The page of a country: a country brief."""
    entry = common(
        corpus,
        ref,
        (
            fact("Official name", country.official_name if country.official_name != country.name else None),
            fact("Capital", country.capital),
            fact("Leaders", *(_with_role(corpus, leader) for leader in country.leaders)),
            fact("Region", country.region),
            fact("Member of", *corpus.links(of.memberships.get(ref, ()))),
        ),
    )
    data = _agent(corpus, ref, entry, of)
    return view(corpus, ref, replace(data, flag=flag_of(country, LARGE), stances=stances(corpus, ref)))


def organization_view(corpus: Corpus, ref: Ref, organization: Organization, of: Belongings) -> View:
    """The page of an organization."""
    entry = common(
        corpus,
        ref,
        (
            fact("Type", organization.type),
            fact("Short form", organization.abbreviation),
            fact("Part of", linked(corpus, organization.parent)),
            fact("Country", linked(corpus, organization.country)),
            fact("Headquarters", organization.headquarters),
            fact("Member of", *corpus.links(of.memberships.get(ref, ()))),
        ),
    )
    members = corpus.links(organization.members[:MEMBERS_SHOWN])
    return view(corpus, ref, _agent(corpus, ref, entry, of, members=members))


def _agent(
    corpus: Corpus,
    ref: Ref,
    entry: Common,
    of: Belongings,
    positions: tuple[Tenure, ...] = (),
    members: tuple[Inline, ...] = (),
    image: str = "",
) -> AgentData:
    said = newest_first(corpus, corpus.spoken.get(ref, ()))
    told = reported(corpus, corpus.told_of.get(ref, ()))
    years, earlier = recent(corpus, ref)
    whole, few = fragments(quotes(corpus, said[:QUOTES_SHOWN]))
    people, organizations = companions(corpus, ref, ("people",)), companions(corpus, ref, ("organizations",))
    return AgentData(
        entry=entry,
        image=image,
        initials=initials(corpus.name(ref)) if ref.kind == "people" else "",
        role=corpus.standing(ref),
        positions=positions,
        holders=_holders(corpus, of.holders.get(ref, ())),
        more_holders=max(0, len(of.holders.get(ref, ())) - HOLDERS_SHOWN),
        members=members,
        parts=corpus.links(of.parts.get(ref, ())[:MEMBERS_SHOWN]),
        topics=corpus.links(of.topics.get(ref, ())[:MEMBERS_SHOWN]),
        sources=corpus.links(of.sources.get(ref, ())[:MEMBERS_SHOWN]),
        timeline=years,
        earlier=earlier,
        people=people,
        countries=companions(corpus, ref, ("countries",)),
        organizations=organizations,
        network=neighbourhood(corpus, ref, (*people, *organizations)) if ref.kind != "countries" else None,
        quotes=by_topic(whole),
        fragments=few,
        more_quotes=corpus.quotes_on.get(ref, ()) if len(said) > QUOTES_SHOWN else (),
        statements=told[:QUOTES_SHOWN],
        more_statements=max(0, len(told) - QUOTES_SHOWN),
    )


def initials(name: str) -> str:
    """The first letters of the first and of the last part of a name.

    >>> initials("Sergey Lavrov"), initials("Jane A. van der Roe"), initials("Xi"), initials("王毅")
    ('SL', 'JR', 'X', '王')
    """
    parts = [part for part in name.split() if part[0].isalpha()]
    return "".join(part[0].upper() for part in dict.fromkeys((*parts[:1], *parts[-1:])))


def _with_role(corpus: Corpus, ref: Ref) -> Words | None:
    who, role = corpus.link(ref), corpus.position(ref, corpus.today)
    if who is None:
        return None
    return (who, f", {role.title}") if role else (who,)


def _holders(corpus: Corpus, belonging: Sequence[tuple[Ref, Position | None]]) -> tuple[Holder, ...]:
    """Who belongs to a country or an organization; of too many those that are named most, in the order given."""
    named = sorted(belonging, key=lambda item: -len(corpus.sightings.get(item[0], ())))[:HOLDERS_SHOWN]
    shown = {who for who, _ in named}
    return tuple(h for who, held in belonging if who in shown and (h := _holder(corpus, who, held)))


def _holder(corpus: Corpus, who: Ref, position: Position | None) -> Holder | None:
    link = corpus.link(who)
    if link is None:
        return None
    if position is None:
        return Holder(link, corpus.role(who, corpus.today), "", True)
    return Holder(link, position.title, span(position.start, position.end), is_current(position, corpus.today))


def _by_time(corpus: Corpus, person: Person) -> list[Position]:
    """Posts held today first, then the latest."""

    def began(position: Position) -> tuple[bool, tuple[int, int, int]]:
        when: Date | None = position.start or position.end
        earliest = (when.earliest or when.latest) if when else None
        return is_current(position, corpus.today), earliest or (-(10**9), 1, 1)

    return sorted(person.positions, key=began, reverse=True)
