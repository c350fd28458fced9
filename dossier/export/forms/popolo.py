"""People, organizations and events as Popolo has them (http://www.popoloproject.com/specs/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps
from typing import Any

from dossier.edtf import Date, parse
from dossier.export.dataset import Dataset
from dossier.model import Ref
from dossier.schema import Country, Entry, Event, Named, Organization, Person, Position

Data = dict[str, Any]


def popolo(data: Dataset) -> str:
    """The parts of the dossier that Popolo has words for.

    A position is a membership, and a post where its organization is known; a member of an organization is one,
    too. Countries are areas. Dates are as exact as ISO 8601 can say; others are left out.
    """
    people = [(ref, entry) for ref, entry in data.entries.items() if isinstance(entry, Person)]
    groups = [(ref, entry) for ref, entry in data.entries.items() if isinstance(entry, Organization)]
    held = [(ref, n, position) for ref, person in people for n, position in enumerate(person.positions, 1)]
    whole = {
        "persons": [_person(data, ref, person) for ref, person in people],
        "organizations": [_organization(data, ref, group) for ref, group in groups],
        "posts": [*_posts(position for _, _, position in held)],
        "memberships": [
            *(_held(ref, n, position) for ref, n, position in held),
            *(_member(ref, member) for ref, group in groups for member in group.members if member.kind != "countries"),
        ],
        "areas": [_area(ref, entry) for ref, entry in data.entries.items() if isinstance(entry, Country)],
        "events": [_event(data, ref, entry) for ref, entry in data.entries.items() if isinstance(entry, Event)],
    }
    return f"{dumps(whole, ensure_ascii=False, indent=1)}\n"


def _filled(fields: Data) -> Data:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _common(data: Dataset, ref: Ref, entry: Entry) -> Data:
    page = data.site.page(f"{ref}.md")
    return {
        "id": str(ref),
        "name": entry.name if isinstance(entry, Named) else ref.id,
        "other_names": [
            _filled({"name": alias.name, "note": alias.type if alias.type != "alias" else None, "lang": alias.lang})
            for alias in entry.aliases
        ],
        "identifiers": [{"scheme": key, "identifier": value} for key, value in entry.identifiers.items()],
        "links": [{"url": link.url, "note": link.title} for link in entry.links],
        "sources": [{"url": page, "note": data.site.name}] if page else [],
    }


def _person(data: Dataset, ref: Ref, person: Person) -> Data:
    return _filled(
        {
            **_common(data, ref, person),
            "given_name": person.given_name,
            "family_name": person.family_name,
            "honorific_prefix": person.honorific,
            "birth_date": _date(person.birth_date),
            "death_date": _date(person.death_date),
            "image": data.site.file(person.image.removeprefix("/")) if person.image else None,
            "summary": person.summary,
            "biography": person.description,
            "national_identity": ", ".join(data.names.get(country, country.id) for country in person.nationality),
        }
    )


def _organization(data: Dataset, ref: Ref, group: Organization) -> Data:
    common = _common(data, ref, group)
    short = [{"name": group.abbreviation, "note": "abbreviation"}] if group.abbreviation else []
    return _filled(
        {
            **common,
            "other_names": [*common["other_names"], *short],
            "classification": group.type,
            "parent_id": _id(group.parent),
            "area_id": _id(group.country),
            "abstract": group.summary,
            "description": group.description,
        }
    )


def _posts(positions: Iterable[Position]) -> Iterator[Data]:
    """The posts of organizations, each once."""
    seen = dict.fromkeys((p.organization, p.title) for p in positions if p.organization)
    for organization, title in seen:
        yield {"id": _post_id(organization, title), "label": title, "organization_id": _id(organization)}


def _post_id(organization: Ref | None, title: str) -> str:
    return f"{organization}: {title}"


def _held(ref: Ref, n: int, position: Position) -> Data:
    return _filled(
        {
            "id": f"{ref}/{n}",
            "person_id": str(ref),
            "organization_id": _id(position.organization),
            "post_id": _post_id(position.organization, position.title) if position.organization else None,
            "role": position.title,
            "area_id": _id(position.country),
            "start_date": _date(position.start),
            "end_date": _date(position.end),
        }
    )


def _member(group: Ref, member: Ref) -> Data:
    of = {"person_id": str(member)} if member.kind == "people" else {"member_id": str(member)}
    return {"id": f"{group}/{member}", "organization_id": str(group), **of}


def _area(ref: Ref, country: Country) -> Data:
    return _filled({"id": str(ref), "name": country.name, "classification": "country", "identifier": country.iso})


def _event(data: Dataset, ref: Ref, event: Event) -> Data:
    start, _, end = event.date.edtf.partition("/") if event.date else ("", "", "")
    open_ended = event.date is None or event.date.precision != "interval"
    first = _date(event.date) if open_ended else _iso(start)
    return _filled(
        {
            **_common(data, ref, event),
            "classification": event.type,
            "description": event.summary,
            "start_date": first,
            "end_date": None if open_ended else _iso(end),
            "location": event.location,
            "area_id": _id(event.country),
            "parent_id": _id(event.part_of),
            "attendees": [{"id": str(p.who), "name": data.names.get(p.who, p.who.id)} for p in event.participants],
        }
    )


def _id(ref: Ref | None) -> str | None:
    return str(ref) if ref else None


def _date(date: Date | None) -> str | None:
    """A date in ISO 8601, to the day, the month or the year; None where it is not exact to that."""
    return date.machine if date and not (date.approximate or date.uncertain) else None


def _iso(text: str) -> str | None:
    """One end of an interval in ISO 8601; None where it is open, or not exact."""
    return _date(parse(text)) if text not in ("", "..") else None
