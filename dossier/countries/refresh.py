"""Make `world.json` and `cldr.json` anew from their sources.

    python -m dossier.countries.refresh countries.json

`countries.json` is the file of that name in the npm package world-countries; the CLDR names are
those of the installed Babel, which nothing but this module needs. See README.md beside it.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

#: Territories of CLDR with codes of two letters that ISO 3166-1 does not list: groups of states,
#: parts of countries with codes of their own, test locales. Kosovo's XK is kept.
NOT_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("’", "'").strip()


def reduced(countries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the table uses of world-countries, one object a country, in order of their codes.

    `alpha2`, `numeric` (its other code, which joins the shapes of the map), `name`, `official_name`,
    `un` (a member of the United Nations, or the Vatican), `capitals`, `region` (subregion), `demonyms`
    (English; "Antiguan, Barbudan" makes two) and `latlng` (degrees, two decimals). Its alternative spellings are left
    out: they mix English with transliterations of native names, and words such as Island (Iceland)
    or Thai.
    """
    rows = [
        {
            "alpha2": country["cca2"],
            "numeric": country["ccn3"],
            "name": _plain(country["name"]["common"]),
            "official_name": _plain(country["name"]["official"]),
            "un": country["unMember"],
            "capitals": [_plain(capital) for capital in country["capital"]],
            "region": country["subregion"],
            "demonyms": sorted(
                {
                    _plain(word)
                    for words in country["demonyms"].get("eng", {}).values()
                    for word in re.split(r", | or ", words)
                    if word
                }
            ),
            "latlng": [round(degrees, 2) for degrees in country["latlng"]],
        }
        for country in countries
    ]
    return sorted(rows, key=lambda row: str(row["alpha2"]))


def cldr_names(territories: Mapping[str, str]) -> dict[str, str]:
    """The English names of countries among CLDR's territories, by their codes, in order."""
    codes = [code for code in territories if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES]
    return {code: unicodedata.normalize("NFC", territories[code]) for code in sorted(codes)}


def in_lines(rows: Iterable[str], brackets: str) -> str:
    """A JSON text with one country a line, so that a refresh shows what changed."""
    return f"{brackets[0]}\n" + ",\n".join(rows) + f"\n{brackets[1]}\n"


def world_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """The text of `world.json`."""
    return in_lines((json.dumps(row, ensure_ascii=False) for row in rows), "[]")


def cldr_json(names: Mapping[str, str]) -> str:
    """The text of `cldr.json`."""
    lines = (f"{json.dumps(code)}: {json.dumps(name, ensure_ascii=False)}" for code, name in names.items())
    return in_lines(lines, "{}")


def main(source: str) -> None:
    """Write both files beside this module."""
    from babel import Locale  # installed with the tests only

    here = Path(__file__).parent
    countries = json.loads(Path(source).read_text("utf-8"))
    (here / "world.json").write_text(world_json(reduced(countries)), "utf-8", newline="\n")
    (here / "cldr.json").write_text(cldr_json(cldr_names(Locale("en").territories)), "utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
