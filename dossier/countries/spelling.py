"""The other ways in which one name is spelt, derived by rules that hold for every country."""

from __future__ import annotations

import re
import unicodedata

_SAINT = re.compile(r"^(?:Saint|St\.) (?=[A-Z])")


def and_for_ampersand(name: str) -> str:
    """CLDR writes `&` in lists of islands; newspapers write `and`.

    >>> and_for_ampersand("Trinidad & Tobago")
    'Trinidad and Tobago'
    """
    return name.replace(" & ", " and ")


def saint_in_full(name: str) -> str:
    """`St.` stands for `Saint`.

    >>> saint_in_full("St. Lucia")
    'Saint Lucia'
    """
    return _SAINT.sub("Saint ", name)


def saint_with_point(name: str) -> str:
    """`Saint` is shortened to `St.` in American print.

    >>> saint_with_point("Saint Lucian")
    'St. Lucian'
    """
    return _SAINT.sub("St. ", name)


def saint_without_point(name: str) -> str:
    """`Saint` is shortened to `St` in British print.

    >>> saint_without_point("St. Lucia")
    'St Lucia'
    """
    return _SAINT.sub("St ", name)


def without_marks(name: str) -> str:
    """Wire copy drops the marks on letters.

    >>> without_marks("São Tomé")
    'Sao Tome'
    """
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


SPELLINGS = (and_for_ampersand, saint_in_full, saint_with_point, saint_without_point, without_marks)

#: Endings of adjectives, and of nouns that are the same in the plural: Dutch, Chinese, Greenlandic, Swiss, Manx.
_NO_PLURAL = re.compile(r"(?:nch|tch|sh|ese|ic|[sxz])$")
_MAN = re.compile(r"(?<=[cs]h)(?P<woman>wo)?man$")


def spellings(name: str) -> tuple[str, ...]:
    """A name as it is and in every other spelling the rules give.

    >>> spellings("St. Kitts & Nevis")[:3]
    ('St. Kitts & Nevis', 'St. Kitts and Nevis', 'Saint Kitts & Nevis')
    """
    found = [name]
    for respell in SPELLINGS:
        found += [new for old in tuple(found) if (new := respell(old)) not in found]
    return tuple(found)


def plural(demonym: str) -> str | None:
    """What several people of a country are called; None for an adjective that names nobody.

    >>> plural("Czech"), plural("Frenchwoman"), plural("Dutch")
    ('Czechs', 'Frenchwomen', None)
    """
    if _NO_PLURAL.search(demonym):
        return None
    if _MAN.search(demonym):
        return f"{demonym[:-2]}en"
    return f"{demonym}s"


def slug(name: str) -> str:
    """The id that a CLDR name gives: in plain letters and lower case, all else one hyphen.

    >>> slug("Côte d’Ivoire"), slug("U.S. Virgin Islands")
    ('cote-d-ivoire', 'u-s-virgin-islands')
    """
    return re.sub(r"[^a-z0-9]+", "-", without_marks(name).lower()).strip("-")
