"""The flags of the countries as SVG, by their codes; README.md beside it names their source and licence."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=512)
def flag(iso: str) -> str | None:
    """The flag of a country as SVG, four wide and three high; None for a code that has none."""
    found = files("dossier.countries").joinpath("flags", f"{iso.lower()}.svg")
    return found.read_text("utf-8") if iso.isalpha() and found.is_file() else None


def flag_path(iso: str) -> str:
    """Where a site has the flag of a country."""
    return f"assets/flags/{iso.lower()}.svg"
