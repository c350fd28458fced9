"""What pages say to machines: entries as data in the terms of schema.org, for JSON-LD.

Terms: https://schema.org/docs/full.html. What is unknown, inexact or withheld is left out: an
approximate date has no form there that says so. Addresses are absolute, or left out where the
address of the site is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, cast

from dossier.edtf import Date, parse
from dossier.model import Ref
from dossier.parts import Link, View
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
from dossier.views.passages import heard, latest_first
from dossier.views.readings import Utterance

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
SHOWN = 20  # of a list: a page is for reading, not an archive for machines
QUOTATIONS_SHOWN = 50  # on the page of all quotations


@dataclass(frozen=True, slots=True)
class Known:
    """The corpus and where it is published; `things` are the entries that others have referred to, as they do."""

    corpus: Corpus
    site: Site
    things: dict[Ref, Data] = field(default_factory=dict, repr=False)

    def page(self, ref: Ref) -> str:
        """The address of the page of an entry; empty where the site's is not known."""
        return self.site.page(f"{ref}.md") if self.site.url else ""

    def thing(self, ref: Ref | None) -> Data | None:
        """An entry as others refer to it, the same for all of them; None where it is withheld."""
        if ref is None:
            return None
        thing = self.things.get(ref)
        if thing is None and ref in self.corpus.entries:
            address = self.page(ref) if ref in self.corpus.pages else ""
            thing = _full({"@type": TYPES[ref.kind], "@id": address, "name": self.corpus.name(ref)})
            self.things[ref] = thing
        return thing

    def all(self, refs: Iterable[Ref]) -> list[Data]:
        """The first of these entries that are not withheld."""
        return [*islice((thing for ref in refs if (thing := self.thing(ref))), SHOWN)]


def described(corpus: Corpus, view: View, site: Site, parts: Mapping[Ref, list[Ref]]) -> View:
    """The view with what it says to machines; `parts` are the parts of each event.

    What is known of the site is found out for each page anew: a page is composed by itself, and all that it asks
    counts.
    """
    known = Known(corpus, site)
    told = _of_entry(known, view, view.ref, parts) if view.ref else _of_page(known, view)
    return replace(view, linked_data=told)


def _of_entry(known: Known, view: View, ref: Ref, parts: Mapping[Ref, list[Ref]]) -> Data:
    """The entry of a page in schema.org's terms; `parts` are the parts of each event."""
    entry, site = known.corpus.entries[ref], known.site
    own = _SPECIFIC[type(entry)](known, ref, entry)
    if ref in parts:
        own["subEvent"] = known.all(parts[ref])
    page = {"@type": "WebPage", "@id": site.page(view.uri), "breadcrumb": _trail(view, site)} if site.url else {}
    return _data({**_common(known, ref, entry), "mainEntityOfPage": _full(page), **own})


def _of_page(known: Known, view: View) -> Data:
    """A list or a view over all: what kind of page it is; that of all quotations has the latest of them."""
    site = known.site
    said = [*_quotations(known, known.corpus.quotable[:QUOTATIONS_SHOWN])] if view.uri == "quotes.md" else []
    listing = view.role == "index" or bool(said)
    return _data(
        {
            "@type": "WebSite" if view.role == "home" else "CollectionPage" if listing else "WebPage",
            "@id": site.page(view.uri),
            "name": site.name if view.role == "home" else view.title,
            "description": view.description,
            "breadcrumb": _trail(view, site),
            "hasPart": said,
        }
    )


def _data(fields: Data) -> Data:
    return {"@context": "https://schema.org"} | _full(fields)


def _full(fields: Data) -> Data:
    """The fields that are not empty. What is in them has been through here before."""
    return {key: value for key, value in fields.items() if value}


def _common(known: Known, ref: Ref, entry: Entry) -> Data:
    return {
        "@type": TYPES[ref.kind],
        "@id": known.page(ref),
        "name": known.corpus.name(ref),
        "alternateName": [*also(known.corpus, ref, without=("demonym", "metonym"))],
        "description": entry.summary,
        "sameAs": [url for key, value in sorted(entry.identifiers.items()) if (url := catalogued(key, value))],
    }


def _trail(view: View, site: Site) -> Data:
    """The way to a page from the front page."""
    if not (site.url and view.trail):
        return {}
    way = (*((link.text, link.uri) for link in view.trail), (view.title, view.uri))
    steps = [
        _full({"@type": "ListItem", "position": n, "name": name, "item": site.page(uri)})
        for n, (name, uri) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _person(known: Known, ref: Ref, person: Person) -> Data:
    current = [p for p in person.positions if is_current(p, known.corpus.today)]
    return {
        "givenName": person.given_name,
        "familyName": person.family_name,
        "honorificPrefix": person.honorific,
        "birthDate": _day(person.birth_date),
        "deathDate": _day(person.death_date),
        "nationality": known.all(person.nationality),
        "image": known.site.file(person.image.removeprefix("/")) if person.image else None,
        "jobTitle": [*dict.fromkeys(p.title for p in current)],
        "worksFor": known.all(dict.fromkeys(p.organization for p in current if p.organization)),
        "hasOccupation": [_occupation(known, p) for p in person.positions[:SHOWN]],
    }


def _occupation(known: Known, position: Position) -> Data:
    """A post and the time it was held, as a role (https://schema.org/Role)."""
    where = known.all([position.country] if position.country else [])
    post = _full({"@type": "Occupation", "name": position.title, "occupationLocation": where})
    start, end = _day(position.start), _day(position.end)
    return _full({"@type": "Role", "startDate": start, "endDate": end, "hasOccupation": post})


def _country(known: Known, ref: Ref, country: Country) -> Data:
    names = [*also(known.corpus, ref, without=("demonym", "metonym"))]
    official = country.official_name
    return {
        "alternateName": [official, *names] if official and official not in (*names, country.name) else names,
        "identifier": _property("ISO 3166-1 alpha-2", country.iso),
        "containedInPlace": _place(country.region),
    }


def _organization(known: Known, ref: Ref, organization: Organization) -> Data:
    return {
        "parentOrganization": known.thing(organization.parent),
        "location": _place(organization.headquarters),
        "address": _address(known.corpus, organization.country),
        # schema.org knows no countries as members.
        "member": known.all(m for m in organization.members if m.kind != "countries"),
    }


def _event(known: Known, ref: Ref, event: Event) -> Data:
    start, end = _days(event.date)
    place = _place(event.location)
    where = _full({**place, "address": _address(known.corpus, event.country)}) if place else known.thing(event.country)
    agents = (p.who for p in event.participants if p.who.kind != "countries")  # as schema.org has it
    return {
        "startDate": start,
        "endDate": end,
        "location": where,
        "superEvent": known.thing(event.part_of),
        "attendee": known.all(dict.fromkeys(agents)),
        "about": known.all(event.topics),
        "subjectOf": known.all(reversed(known.corpus.reports_of.get(ref, ()))),
    }


def _topic(known: Known, ref: Ref, topic: Topic) -> Data:
    return {"subjectOf": known.all(reversed(known.corpus.reports_of.get(ref, ())))}


def _claim(known: Known, ref: Ref, claim: Claim) -> Data:
    found = (e for e in claim.evidence if e.stance == "supports" and heard(known.corpus, e.speaker))
    for_it = (e.article for e in found if e.article)
    return {
        "text": claim.statement or claim.name,
        "about": known.all(claim.about),
        "appearance": known.all(dict.fromkeys(for_it)),
    }


def _source(known: Known, ref: Ref, source: Source) -> Data:
    return {
        "url": source.url,
        "address": _address(known.corpus, source.country),
        "parentOrganization": known.thing(source.parent),
    }


def _article(known: Known, ref: Ref, entry: ArticleEntry) -> Data:
    corpus, reading = known.corpus, known.corpus.reading_of[ref]
    article = reading.article
    said = _quotations(known, latest_first(corpus.said_in.get(ref, ())))
    publisher = corpus.source(article)
    return {
        "headline": article.title,
        "description": None,
        "abstract": entry.summary,
        "datePublished": _day(article.date),
        "author": [*article.authors],
        "publisher": (known.thing(article.source) if isinstance(publisher, Link) else None)
        or ({"@type": "Organization", "name": publisher} if publisher else None),
        "inLanguage": article.language,
        "url": entry.url,
        "archivedAt": entry.archived_url,
        "about": known.all((*entry.events, *entry.topics)),
        "mentions": known.all(dict.fromkeys(m.ref for m in reading.annotation.mentions)),
        "hasPart": [*islice(said, SHOWN)],
    }


def _quotations(known: Known, utterances: Iterable[Utterance]) -> Iterator[Data]:
    """The quotations whose words may be shown."""
    for said in utterances:
        if known.corpus.may_show(said.article, said.paragraph):
            quotation, page = said.quotation, known.page(said.article.ref)
            yield _full(
                {
                    "@type": "Quotation",
                    "text": quotation.text.removesuffix(","),
                    "spokenByCharacter": known.thing(quotation.speaker)
                    if quotation.speaker
                    else quotation.speaker_name,
                    "url": f"{page}#p{said.paragraph.n}" if page else "",
                }
            )


#: What is particular to each kind.
_SPECIFIC = cast(
    Mapping[type[Entry], Callable[[Known, Ref, Entry], Data]],
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


def _place(name: str | None) -> Data:
    return {"@type": "Place", "name": name} if name else {}


def _address(corpus: Corpus, country: Ref | None) -> Data:
    if country is None or country not in corpus.entries:
        return {}
    return _full({"@type": "PostalAddress", "addressCountry": corpus.name(country)})


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
