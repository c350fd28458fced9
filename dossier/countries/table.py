"""The table of countries: two data sets, our corrections, and the rules of spelling put together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, TypeAdapter

from dossier.countries.spelling import plural, slug, spellings
from dossier.model import Ref
from dossier.schema import AliasFields, Country


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceRow(_Row):
    """A country of `world.json`."""

    alpha2: str
    numeric: str
    name: str
    official_name: str
    un: bool
    capitals: tuple[str, ...]
    region: str
    demonyms: tuple[str, ...]
    latlng: tuple[float, float]


class Correction(_Row):
    """What `corrections.toml` says of a country; its head explains the fields."""

    name: str | None = None
    official_name: str | None = None
    capital: str | None = None
    region: str | None = None
    aliases: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    not_metonyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    not_demonyms: tuple[str, ...] = ()


class Corrections(_Row):
    """`corrections.toml` as a whole."""

    english_words: frozenset[str]
    invariable: frozenset[str]
    regions: dict[str, str]
    countries: dict[str, Correction]


def _text(name: str) -> str:
    return files("dossier.countries").joinpath(name).read_text("utf-8")


@cache
def source() -> tuple[SourceRow, ...]:
    """The rows of `world.json`, in order of their codes."""
    return TypeAdapter(tuple[SourceRow, ...]).validate_json(_text("world.json"))


@cache
def cldr() -> dict[str, str]:
    """The CLDR English name of every country, by its code."""
    return TypeAdapter(dict[str, str]).validate_json(_text("cldr.json"))


@cache
def corrections() -> Corrections:
    """What this project adds and mends."""
    return Corrections.model_validate(tomllib.loads(_text("corrections.toml")))


#: The lists of names in a correction and the type of alias that each makes; where a name is on
#: several lists, or in a data set, too, the first has it.
_TYPES = (
    ("weak", "weak"),
    ("previous", "previous"),
    ("abbreviations", "abbreviation"),
    ("metonyms", "metonym"),
    ("aliases", "alias"),
)
_SHOWN = ("alias", "abbreviation", "previous", "metonym", "weak")
#: CLDR names that nobody writes: Hong Kong SAR China, Congo - Kinshasa, Myanmar (Burma).
_ONLY_IN_LISTS = re.compile(r" SAR | - | \([A-Z]\w+\)$")


@cache
def table() -> dict[Ref, Country]:
    """Every country and territory of ISO 3166-1, and Kosovo, in order of their ids."""
    fixes, nothing = corrections().countries, Correction()
    found = {
        Ref("countries", slug(cldr()[row.alpha2])): country(row, fixes.get(row.alpha2, nothing)) for row in source()
    }
    return dict(sorted(found.items()))


def country(row: SourceRow, fix: Correction) -> Country:
    """The entry of one country, as a row and its correction make it."""
    name = fix.name or row.name
    official = row.official_name if fix.official_name is None else fix.official_name
    capital = ", ".join(row.capitals) if fix.capital is None else fix.capital
    demonyms = tuple(dict.fromkeys(_demonyms(row, fix)))
    aliases: dict[str, str] = {}
    for other, kind in _other_names(row, fix):
        if other not in (name, official, *demonyms):
            aliases.setdefault(other, kind)
    return Country(
        name=name,
        iso=row.alpha2,
        official_name=official if official not in ("", name) else None,
        capital=capital or None,
        region=fix.region or corrections().regions.get(row.region, row.region) or None,
        demonyms=demonyms,
        aliases=tuple(
            AliasFields.model_validate({"name": other, "type": kind})
            for other, kind in sorted(aliases.items(), key=lambda item: _SHOWN.index(item[1]))
        ),
    )


def _spelt(names: Iterable[str]) -> Iterator[str]:
    """Names in all their spellings, but for those that are words of another meaning."""
    words = corrections().english_words
    return (other for name in names for other in spellings(name) if other not in words)


def _demonyms(row: SourceRow, fix: Correction) -> Iterator[str]:
    """What one and several people of a country, and its things, are called."""
    known = [demonym for demonym in row.demonyms if demonym not in fix.not_demonyms]
    for demonym in _spelt((*known, *fix.demonyms)):
        yield demonym
        several = plural(demonym)
        if several and demonym not in corrections().invariable:
            yield several


def _other_names(row: SourceRow, fix: Correction) -> Iterator[tuple[str, str]]:
    """Every name but the demonyms, with its type."""
    if row.un:
        capitals = row.capitals if fix.capital is None else (fix.capital,)
        yield from ((name, "metonym") for name in _spelt(c for c in capitals if c not in fix.not_metonyms))
    for field, kind in _TYPES:
        yield from ((name, kind) for name in _spelt(getattr(fix, field)))
    cldr_name = cldr()[row.alpha2].replace("’", "'")
    known = [fix.name or row.name, row.name]
    known += [row.official_name] if fix.official_name is None else [fix.official_name] if fix.official_name else []
    known += [] if _ONLY_IN_LISTS.search(cldr_name) else [cldr_name]
    yield from ((name, "alias") for name in _spelt(known))
