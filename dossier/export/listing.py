"""A plain listing of the pages for programs that read text (https://llmstxt.org/): titles, addresses, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.model import Page
from dossier.parts import View
from dossier.schema import KINDS
from dossier.site import Site

PATH = "llms.txt"
SHOWN = 100  # of each kind
_ACTIVE = re.compile(r"[\\\[\]<>*_`]")


def listing(views: Sequence[View], written: Sequence[Page], site: Site) -> str:
    """The listing as Markdown; its addresses are relative to its own where that of the site is not known."""
    return "\n".join(_lines(views, written, site))


def _lines(views: Sequence[View], written: Sequence[Page], site: Site) -> Iterator[str]:
    yield f"# {_text(site.name)}"
    home = next((view.description for view in views if view.role == "home"), "")
    if home:
        yield f"\n> {_text(home)}"
    over_all = [v for v in views if v.role in ("home", "view") and "/" not in v.uri]  # not each year of them
    yield from _section("Views", [(v.uri, v.title, v.description) for v in over_all], site)
    yield from _section("Pages", [(page.uri, page.title, "") for page in written], site)
    for kind in KINDS:
        entries = [view for view in views if view.ref and view.ref.kind == kind.folder]
        if kind.folder in ("articles", "events"):
            dated = [view for view in entries if view.date]
            undated = [view for view in entries if not view.date]
            entries = sorted(dated, key=lambda v: v.date.sort_key if v.date else (), reverse=True) + undated
        rows = [(v.uri, v.title, v.description) for v in entries]
        yield from _section(kind.plural, rows[:SHOWN], site)
        if len(rows) > SHOWN:
            yield f"- [All {len(rows)}]({_address(f'{kind.folder}/index.md', site)})"
    yield ""


def _section(heading: str, rows: Sequence[tuple[str, str, str]], site: Site) -> Iterator[str]:
    if rows:
        yield f"\n## {heading}\n"
        for uri, title, description in rows:
            told = f": {_text(description)}" if description else ""
            yield f"- [{_text(title)}]({_address(uri, site)}){told}"


def _address(uri: str, site: Site) -> str:
    return site.page(uri) or site.path(uri) or "./"


def _text(text: str) -> str:
    r"""Text on one line that is no markup.

    >>> print(_text("a [b]\n*c*"))
    a \[b\] \*c\*
    """
    return _ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
