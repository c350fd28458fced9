"""The rules by which a stretch of text names an entry, each with the sentence that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "name": "The entry's own name.",
        "alias": "Another name that the entry lists.",
        "abbreviation": "An abbreviation that the entry lists, with or without its stops.",
        "previous": "A former name that the entry lists.",
        "weak": "A name that others bear too; it counts because the same article names the entry outright.",
        "transliteration": "A name of the entry in another customary spelling, such as Sergei for Sergey.",
        "shorter-name": "A person's name without the middle names or the suffix that the entry gives.",
        "nickname": "A person's name with a customary short or full form of the given name, such as Joe for Joseph.",
        "middle-name": "A person's given and family name with a middle name or initial between them.",
        "surname": "The family name of a person whom the same article names in full.",
        "titled-surname": "A family name behind a title that fits a position of the person.",
        "surname-alone": "A rare family name that one entry bears, of somebody with a title or speaking, "
        "in an article that never gives a full name.",
        "given-name": "The given name of a person named in full in the same article, when nobody else bears it there.",
        "demonym": "A word for a country's people or things, such as Russian.",
        "metonym": "A capital or seat that stands for a government, such as the Kremlin.",
        "introduced-abbreviation": "An abbreviation that the same article introduces in brackets behind the full name.",
        "bracketed": "A name with an editor's square brackets in it, such as [Vladimir] Putin.",
        "curated": "The article's own YAML file says what this text stands for.",
    }
)
