"""The word lists of `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

_TABLE = tomllib.loads(files("dossier.annotate").joinpath("words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(str(_TABLE["words"][name]).split())


TITLES = frozenset(str(_TABLE["titles"]).split())
TITLE_WORDS: Mapping[str, str] = MappingProxyType(dict(_TABLE["title_words"]))
OPENING = _words("opening")
CALENDAR = _words("calendar")
OFFICES = _words("offices")
BODIES = _words("bodies")
THINGS = _words("things")
BRANDS = _words("brands")
GIVEN_NAMES = _words("given_names")
COMMON_FAMILIES = _words("common_families")
GIVEN_PLACES = _words("given_places")
FAMILY_PLACES = _words("family_places")
COMPASS = _words("compass")
PARTS = _words("parts")
ORDINARY = _words("ordinary")
SHOUTED = _words("shouted")
AMERICAN_AFFAIRS = _words("american_affairs")
HEADS = _words("heads")
LOCATIVE = _words("locative")
ACTS = _words("acts")
VERBS = _words("verbs")
SPEAKING = _words("speaking")
BESIDE_PEOPLE = frozenset(str(words) for words in _TABLE["words"]["beside_people"])
DEALT = _words("dealt")
RELATIONAL = _words("relational")
RELATIONS = _words("relations")
RESIDENCES = _words("residences")
HOLDINGS = _words("holdings")
PARTICLES = _words("particles")
FUNCTION_WORDS = _words("function_words")
PLACE_TYPES = _words("place_types")
STANCES = _words("stances")
EAST_ASIAN = _words("east_asian")
REGIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(demonyms) for name, demonyms in _TABLE["regions"].items()}
)
RENAMED: tuple[tuple[str, ...], ...] = tuple(tuple(names) for names in _TABLE["renamed"]["places"])
AMERICAN = tuple(str(sign) for sign in _TABLE["american"]["signs"])
PROVINCES = frozenset(str(name) for name in _TABLE["provinces"]["names"])
SPELLED: tuple[tuple[str, ...], ...] = tuple(tuple(names) for names in _TABLE["spellings"]["names"])
NICKNAMES: tuple[tuple[str, ...], ...] = tuple(tuple(names) for names in _TABLE["nicknames"]["names"])
