"""The flags of countries, as files of the site."""

from __future__ import annotations

from dossier import countries
from dossier.parts import Image
from dossier.schema import Country

#: The widths of a flag in a list and on the page of its country, in px; the height is three quarters of it.
SMALL, LARGE = 24, 96


def flag_of(country: Country, width: int) -> Image | None:
    """A country's flag; None where the table of countries has none."""
    if not country.iso or countries.flag(country.iso) is None:
        return None
    return Image(f"Flag of {country.name}", countries.flag_path(country.iso), "d-flag", width, width * 3 // 4)
