"""The built-in table of countries and territories; README.md beside it names its sources and licences."""

from __future__ import annotations

from dossier.countries.flags import flag, flag_path
from dossier.countries.table import table
from dossier.countries.worldmap import Shape, WorldMap, shapes
from dossier.model import Ref
from dossier.schema import Country

__all__ = ["Shape", "WorldMap", "builtin", "flag", "flag_path", "shapes"]


def builtin() -> dict[Ref, Country]:
    """Every country and territory of ISO 3166-1, and Kosovo, in order of their ids.

    The id is the slug of the English name in CLDR: `countries/united-states`. `official_name` is
    None where it says no more than `name`. `demonyms` are adjectives and nouns, one and several.
    Aliases have the types of `schema.AliasFields`: a name that two countries share is `weak` on both,
    and no name of another type is borne by two; a `metonym` (Moscow, White House) stands for the
    government where the context bears it out. No name is in two of these fields.

    >>> builtin()[Ref("countries", "russia")].capital
    'Moscow'
    """
    return dict(table())
