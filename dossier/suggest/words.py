"""The words that tell where a name begins and ends, and what it is the name of."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLE: dict[str, dict[str, str]] = tomllib.loads(files("dossier.suggest").joinpath("words.toml").read_text("utf-8"))


def _words(table: str, name: str = "words") -> frozenset[str]:
    return frozenset(_TABLE[table][name].split())


OPENING = _words("opening")
ORDINARY = _words("ordinary")
CALENDAR = _words("calendar")
PEOPLES = _words("peoples")
TAILS = _words("tails")
LEADING = _words("affixes", "leading")
OWNERS = _words("affixes", "owners")

ABBREVIATED = _words("titles", "abbreviated")
TITLES = _words("titles", "nouns") | ABBREVIATED
MODIFIERS = _words("titles", "modifiers")
OFFICES = _words("titles", "offices")
SUFFIXES = _words("titles", "suffixes")

BODIES = _words("organizations", "heads")
BODIES_ON = _words("organizations", "on")
BODIES_OF = _words("organizations", "of")
PARTIES = _words("organizations", "parties")
SUBJECTS = _words("organizations", "subjects")
BEHIND_BODIES = _words("organizations", "behind")
BEFORE_BODIES = _words("organizations", "before")

PLACES = _words("places", "heads")
PLACE_OPENERS = _words("places", "openers")
PLACES_OF = _words("places", "of")
BEFORE_PLACES = _words("places", "before")
KINDS_OF_PLACES = _words("places", "kinds")
KNOWN_PLACES = _words("places", "known")

EVENTS = _words("events", "heads")
EVENT_OPENERS = _words("events", "openers")

STATES = _words("states")

SPEECH = _words("people", "speech")
GIVEN = _words("people", "given")
FAMILY_FIRST = _words("people", "family_first")
PARTICLES = _words("people", "particles")

#: With one of these at its end, a run of capitalised words is one name, whatever it begins with.
HEADS = BODIES | PLACES | EVENTS
#: They go on behind "of" or "for".
HEADS_OF = BODIES_OF | PLACES_OF | EVENTS
