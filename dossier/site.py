"""What a publisher of the pages has to be told: which Markdown they are in, and how they are arranged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dossier.model import Outline, Page
from dossier.schema import KINDS

#: The Python-Markdown extensions that the pages are written in.
MARKDOWN_EXTENSIONS: Mapping[str, Mapping[str, object]] = {
    "attr_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": False},
}

#: Files of a content folder that are read, not published: YAML wherever it stands, and raw articles.
NOT_PUBLISHED = re.compile(r".*\.ya?ml|articles/[^/]*\.(?:txt|html?|md)", re.IGNORECASE)

#: The theme's settings for these pages.
THEME: Mapping[str, Any] = {
    "name": "material",
    "font": False,
    "features": ["navigation.tabs", "navigation.indexes", "navigation.top", "toc.follow"],
    "palette": [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "toggle": {"icon": "material/weather-night", "name": "Dark"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "toggle": {"icon": "material/weather-sunny", "name": "Light"},
        },
    ],
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are published; `url` is empty where that is not known, and ends in a slash else."""

    url: str = ""
    name: str = "Dossier"
    directory_urls: bool = True

    def page(self, uri: str) -> str:
        """The absolute address of a page of these Markdown files; empty where the site's is not known.

        >>> site = Site("https://example.org/news/")
        >>> site.page("index.md"), site.page("people/index.md"), site.page("people/qin-gang.md")
        ('https://example.org/news/', 'https://example.org/news/people/', 'https://example.org/news/people/qin-gang/')
        >>> Site("https://example.org/", directory_urls=False).page("people/qin-gang.md")
        'https://example.org/people/qin-gang.html'
        """
        return self.file(self.path(uri))

    def path(self, uri: str) -> str:
        """The address of a page from the root of the site."""
        stem = uri.removesuffix(".md")
        if not self.directory_urls:
            return f"{stem}.html"
        folder, _, name = stem.rpartition("/")
        parts = [folder] if name == "index" else [folder, name]
        return "".join(f"{part}/" for part in parts if part)

    def file(self, path: str) -> str:
        """The absolute address of a published file."""
        return self.url + quote(path, safe="/") if self.url else ""


#: Where pages are published of which nothing is known.
NOWHERE = Site()

#: The pages over everything, by name.
VIEWS = ("timeline", "quotes", "map", "network", "search", "method")

#: How many pages written by hand the navigation lists; a longer list would be in every page.
MOST_WRITTEN = 5

_FIRST = ("index", "timeline", *(kind.folder for kind in KINDS if kind.folder != "sources"))
_MORE = ("sources", *(view for view in VIEWS if view not in _FIRST))
_TITLES = {"index": "Briefing"} | {kind.folder: kind.plural for kind in KINDS}


def nav(pages: Sequence[Page | Outline]) -> list[Any]:
    """The navigation as MkDocs takes it: the lists and views, and what was written by hand; no entries."""
    written = [{page.title: page.uri} for page in pages if page.role == "written"][:MOST_WRITTEN]
    return [*map(_item, _FIRST), {"More": [*map(_item, _MORE), *written]}]


def _item(name: str) -> dict[str, str]:
    folder = any(kind.folder == name for kind in KINDS)
    return {_TITLES.get(name, name.capitalize()): f"{name}/index.md" if folder else f"{name}.md"}
