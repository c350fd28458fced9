"""What pages say to machines: entries as data in the terms of schema.org, for JSON-LD.

Terms: https://schema.org/docs/full.html. What is unknown, inexact or withheld is left out: an
approximate date has no form there that says so. Addresses are absolute, or left out where the
address of the site is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from dossier.edtf import Date, parse
from dossier.model import Ref
from dossier.parts import Link, Quote, View
from dossier.schema import (
    ArticleEntry,
    Claim,
    Country,
    Entry,
    Event,
    Organization,
    Person,
    Position,
    Source,
    Topic,
)
from dossier.site import Site
from dossier.views.common import also, catalogued, is_current
from dossier.views.corpus import Corpus
from dossier.views.events import sub_events
from dossier.views.passages import heard, latest_first, quotes

Data = dict[str, Any]

TYPES = {
    "people": "Person",
    "countries": "Country",
    "organizations": "Organization",
    "events": "Event",
    "topics": "Thing",
    "claims": "Claim",
    "articles": "NewsArticle",
    "sources": "NewsMediaOrganization",
}
EMPTY: tuple[Any, ...] = (None, "", [], {})
SHOWN = 20  # of a list: a page is for reading, not an archive for machines
QUOTATIONS_SHOWN = 50  # on the page of all quotations


def described(corpus: Corpus, views: Iterable[View], site: Site) -> Iterator[View]:
    """The views with what they say to machines."""
    parts = sub_events(corpus)
    return (
        replace(
            view,
            linked_data=entry_data(corpus, view, view.ref, site, parts) if view.ref else _of_page(corpus, view, site),
        )
        for view in views
    )


def entry_data(corpus: Corpus, view: View, ref: Ref, site: Site, parts: Mapping[Ref, list[Ref]]) -> Data:
    """The entry of a page in schema.org's terms; `parts` are the parts of each event."""
    entry = corpus.entries[ref]
    own = _SPECIFIC[type(entry)](corpus, ref, entry, site)
    if ref in parts:
        own["subEvent"] = _things(corpus, parts[ref], site)
    page = {"@type": "WebPage", "@id": site.page(view.uri), "breadcrumb": _trail(view, site)} if site.url else {}
    return _data({**_common(corpus, ref, entry, site), "mainEntityOfPage": page, **own})


def _of_page(corpus: Corpus, view: View, site: Site) -> Data:
    """A list or a view over all: what kind of page it is; that of all quotations has the latest of them."""
    said = quotes(corpus, corpus.quotable[:QUOTATIONS_SHOWN]) if view.uri == "quotes.md" else ()
    listing = view.role == "index" or bool(said)
    return _data(
        {
            "@type": "WebSite" if view.role == "home" else "CollectionPage" if listing else "WebPage",
            "@id": site.page(view.uri),
            "name": site.name if view.role == "home" else view.title,
            "description": view.description,
            "breadcrumb": _trail(view, site),
            "hasPart": [_quotation(corpus, quote, site) for quote in said],
        }
    )


def _data(fields: Data) -> Data:
    return {"@context": "https://schema.org"} | {
        k: full for k, v in fields.items() if (full := _filled(v)) not in EMPTY
    }


def _common(corpus: Corpus, ref: Ref, entry: Entry, site: Site) -> Data:
    return {
        "@type": TYPES[ref.kind],
        "@id": site.page(f"{ref}.md"),
        "name": corpus.name(ref),
        "alternateName": [*also(corpus, ref, without=("demonym", "metonym"))],
        "description": entry.summary,
        "sameAs": [url for key, value in sorted(entry.identifiers.items()) if (url := catalogued(key, value))],
    }


def _trail(view: View, site: Site) -> Data:
    """The way to a page from the front page."""
    if not (site.url and view.trail):
        return {}
    way = (*((link.text, link.uri) for link in view.trail), (view.title, view.uri))
    steps = [
        {"@type": "ListItem", "position": n, "name": name, "item": site.page(uri)}
        for n, (name, uri) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _person(corpus: Corpus, ref: Ref, person: Person, site: Site) -> Data:
    current = [p for p in person.positions if is_current(p, corpus.today)]
    return {
        "givenName": person.given_name,
        "familyName": person.family_name,
        "honorificPrefix": person.honorific,
        "birthDate": _day(person.birth_date),
        "deathDate": _day(person.death_date),
        "nationality": _things(corpus, person.nationality, site),
        "image": site.file(person.image.removeprefix("/")) if person.image else None,
        "jobTitle": [*dict.fromkeys(p.title for p in current)],
        "worksFor": _things(corpus, dict.fromkeys(p.organization for p in current if p.organization), site),
        "hasOccupation": [_occupation(corpus, p, site) for p in person.positions[:SHOWN]],
    }


def _occupation(corpus: Corpus, position: Position, site: Site) -> Data:
    """A post and the time it was held, as a role (https://schema.org/Role)."""
    where = _things(corpus, [position.country] if position.country else [], site)
    return {
        "@type": "Role",
        "startDate": _day(position.start),
        "endDate": _day(position.end),
        "hasOccupation": {"@type": "Occupation", "name": position.title, "occupationLocation": where},
    }


def _country(corpus: Corpus, ref: Ref, country: Country, site: Site) -> Data:
    names = [*also(corpus, ref, without=("demonym", "metonym"))]
    official = country.official_name
    return {
        "alternateName": [official, *names] if official and official not in (*names, country.name) else names,
        "identifier": _property("ISO 3166-1 alpha-2", country.iso),
        "containedInPlace": _place(country.region),
    }


def _organization(corpus: Corpus, ref: Ref, organization: Organization, site: Site) -> Data:
    return {
        "parentOrganization": _thing(corpus, organization.parent, site),
        "location": _place(organization.headquarters),
        "address": _address(corpus, organization.country),
        # schema.org knows no countries as members.
        "member": _things(corpus, (m for m in organization.members if m.kind != "countries"), site),
    }


def _event(corpus: Corpus, ref: Ref, event: Event, site: Site) -> Data:
    start, end = _days(event.date)
    where = _place(event.location) or (_thing(corpus, event.country, site) or {})
    if where and event.location:
        where["address"] = _address(corpus, event.country)
    agents = (p.who for p in event.participants if p.who.kind != "countries")  # as schema.org has it
    return {
        "startDate": start,
        "endDate": end,
        "location": where,
        "superEvent": _thing(corpus, event.part_of, site),
        "attendee": _things(corpus, dict.fromkeys(agents), site),
        "about": _things(corpus, event.topics, site),
        "subjectOf": _things(corpus, reversed(corpus.reports_of.get(ref, ())), site),
    }


def _topic(corpus: Corpus, ref: Ref, topic: Topic, site: Site) -> Data:
    return {"subjectOf": _things(corpus, reversed(corpus.reports_of.get(ref, ())), site)}


def _claim(corpus: Corpus, ref: Ref, claim: Claim, site: Site) -> Data:
    for_it = (e.article for e in claim.evidence if e.stance == "supports" and e.article and heard(corpus, e.speaker))
    return {
        "text": claim.statement or claim.name,
        "about": _things(corpus, claim.about, site),
        "appearance": _things(corpus, dict.fromkeys(for_it), site),
    }


def _source(corpus: Corpus, ref: Ref, source: Source, site: Site) -> Data:
    return {
        "url": source.url,
        "address": _address(corpus, source.country),
        "parentOrganization": _thing(corpus, source.parent, site),
    }


def _article(corpus: Corpus, ref: Ref, entry: ArticleEntry, site: Site) -> Data:
    article = corpus.reading_of[ref].article
    mentions = dict.fromkeys(m.ref for m in corpus.reading_of[ref].annotation.mentions)
    said = quotes(corpus, latest_first(corpus.said_in.get(ref, ())))[:SHOWN]
    publisher = corpus.source(article)
    return {
        "headline": article.title,
        "description": None,
        "abstract": entry.summary,
        "datePublished": _day(article.date),
        "author": [*article.authors],
        "publisher": (_thing(corpus, article.source, site) if isinstance(publisher, Link) else None)
        or ({"@type": "Organization", "name": publisher} if publisher else None),
        "inLanguage": article.language,
        "url": entry.url,
        "archivedAt": entry.archived_url,
        "about": _things(corpus, (*entry.events, *entry.topics), site),
        "mentions": _things(corpus, mentions, site),
        "hasPart": [_quotation(corpus, quote, site) for quote in said],
    }


def _quotation(corpus: Corpus, quote: Quote, site: Site) -> Data:
    place = site.page(quote.place.uri)
    speaker = _thing(corpus, quote.speaker_ref, site) if quote.speaker_ref else quote.speaker
    return {
        "@type": "Quotation",
        "text": quote.words,
        "spokenByCharacter": speaker,
        "url": f"{place}#{quote.place.fragment}" if place and quote.place.fragment else place,
    }


#: What is particular to each kind.
_SPECIFIC = cast(
    Mapping[type[Entry], Callable[[Corpus, Ref, Entry, Site], Data]],
    {
        Person: _person,
        Country: _country,
        Organization: _organization,
        Event: _event,
        Topic: _topic,
        Claim: _claim,
        Source: _source,
        ArticleEntry: _article,
    },
)


def _thing(corpus: Corpus, ref: Ref | None, site: Site) -> Data | None:
    """An entry as others refer to it; None where it is withheld."""
    if ref is None or ref not in corpus.entries:
        return None
    known = {"@id": site.page(f"{ref}.md")} if ref in corpus.pages else {}
    return {"@type": TYPES[ref.kind], **known, "name": corpus.name(ref)}


def _things(corpus: Corpus, refs: Iterable[Ref], site: Site) -> list[Data]:
    return [thing for ref in refs if (thing := _thing(corpus, ref, site))][:SHOWN]


def _place(name: str | None) -> Data:
    return {"@type": "Place", "name": name} if name else {}


def _address(corpus: Corpus, country: Ref | None) -> Data:
    if country is None or country not in corpus.entries:
        return {}
    return {"@type": "PostalAddress", "addressCountry": corpus.name(country)}


def _property(name: str, value: str | None) -> Data:
    return {"@type": "PropertyValue", "propertyID": name, "value": value} if value else {}


def _day(date: Date | None) -> str | None:
    """A date in ISO 8601, to the day, the month or the year; None where it is not exact to that.

    >>> [_day(parse(d)) for d in ("2022-09-22", "2022-09", "2022-09~", "2022-21", "2022-01/2022-02")]
    ['2022-09-22', '2022-09', None, None, None]
    """
    return date.machine if date and not (date.approximate or date.uncertain) else None


def _days(date: Date | None) -> tuple[str | None, str | None]:
    """When an event began and ended, each as far as it is known.

    >>> _days(parse("2022-03-01/2022-03-02")), _days(parse("2022-02-24/..")), _days(parse("2022-09-22"))
    (('2022-03-01', '2022-03-02'), ('2022-02-24', None), ('2022-09-22', None))
    """
    if date is None:
        return None, None
    start, slash, end = date.edtf.partition("/")
    if not slash:
        return _day(date), None
    first, last = (_day(parse(text)) if text not in ("", "..") else None for text in (start, end))
    return first, last


def _filled(data: Any) -> Any:
    """The data without what is empty, all the way down."""
    if isinstance(data, dict):
        return {key: full for key, value in data.items() if (full := _filled(value)) not in EMPTY}
    if isinstance(data, list):
        return [_filled(value) for value in data]
    return data
