"""The dossier in other forms: one function a format, from finished pages to files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dossier.export import feed, listing
from dossier.model import Page
from dossier.parts import View
from dossier.site import Site


def beside(views: Sequence[View], written: Sequence[Page], site: Site, today: dt.date) -> tuple[tuple[str, str], ...]:
    """The files that stand beside the pages, as (path, text): the listing and, where the address is known, the feed."""
    feeds = [(feed.PATH, feed.atom(views, site, today))] if site.url else []
    return (*feeds, (listing.PATH, listing.listing(views, written, site)))
