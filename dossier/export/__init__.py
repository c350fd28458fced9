"""The dossier in other forms: one function a format, from finished pages to files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from dossier.export import feed, listing, previews
from dossier.export.flags import flags
from dossier.export.redirects import redirects
from dossier.model import Page, Ref
from dossier.parts import View
from dossier.site import Site

__all__ = ["beside", "flags"]


def beside(
    views: Sequence[View], written: Sequence[Page], moved: Mapping[Ref, Ref], site: Site, today: dt.date
) -> tuple[tuple[str, str], ...]:
    """The files that stand beside the pages, as (path, text).

    The listing, where the address of the site is known the feed, what links tell of the pages that they lead to,
    and a page at each former address: `moved` maps the references that entries had to those that they have.
    """
    feeds = [(feed.PATH, feed.atom(views, site, today))] if site.url else []
    titles = {view.ref: view.title for view in views if view.ref}
    listed = (listing.PATH, listing.listing(views, written, site))
    return (*feeds, listed, *previews.previews(views), *redirects(moved, titles, site))
