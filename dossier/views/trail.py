"""The way to a page from the front page, told by its address: people/qin-gang is below people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dossier.parts import Link, View

HOME = "index.md"


def on_trail(view: View, titles: Mapping[str, str]) -> View:
    """The view with the pages above it, from the front page down; `titles` are those of all pages by address."""
    return replace(view, trail=trail(view.uri, titles))


def trail(uri: str, titles: Mapping[str, str]) -> tuple[Link, ...]:
    """The pages above an address; `titles` are those of all pages by their addresses.

    >>> titles = {"index.md": "Briefing", "people/index.md": "People", "people/qin-gang.md": "Qin Gang"}
    >>> [link.text for link in trail("people/qin-gang/2023.md", titles)]
    ['Briefing', 'People', 'Qin Gang']
    >>> [link.text for link in trail("people/index.md", titles)], trail("index.md", titles)
    (['Briefing'], ())
    """
    if uri == HOME:
        return ()
    folders = uri.split("/")[:-1]
    paths = ["/".join(folders[: n + 1]) for n in range(len(folders))]
    above = [HOME, *(page for path in paths for page in (f"{path}/{HOME}", f"{path}.md"))]
    return tuple(Link(titles[page], page) for page in above if page in titles and page != uri)
