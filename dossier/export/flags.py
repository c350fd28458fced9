"""The flags of the countries that have a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossier import countries
from dossier.parts import View
from dossier.schema import Country, Entries


def flags(views: Iterable[View], entries: Entries) -> Iterator[tuple[str, str]]:
    """Each flag as (path, SVG), once."""
    shown = (entries[view.ref] for view in views if view.ref and view.ref.kind == "countries")
    codes = sorted({entry.iso for entry in shown if isinstance(entry, Country) and entry.iso})
    return ((countries.flag_path(code), svg) for code in codes if (svg := countries.flag(code)))
