"""A page at each address that an entry had before: it leads to the one that the entry has now."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from posixpath import relpath

from dossier.export.drafts import one_line
from dossier.model import Ref
from dossier.site import Site

#: A script of the theme: it takes the paragraph along that the old address ended in (`#p3`).
SCRIPT = "assets/redirect.js"


def redirects(moved: Mapping[Ref, Ref], titles: Mapping[Ref, str], site: Site) -> Iterator[tuple[str, str]]:
    """The pages as (path, HTML), of those redirects whose entry has a page; `titles` are those of the pages.

    They are no Markdown: so they stand in no list, no search index and no sitemap, whoever publishes them.
    """
    for old, new in sorted(moved.items()):
        if new in titles and old not in titles:
            path = site.path(f"{old}.md")
            folder = path.endswith("/")
            yield (f"{path}index.html" if folder else path), _page(path, new, titles[new], site)


def _page(path: str, new: Ref, title: str, site: Site) -> str:
    uri = f"{new}.md"
    here = path.rpartition("/")[0]
    target, script = (html.escape(relpath(to, here)) for to in (site.path(uri), SCRIPT))
    target += "/" * site.directory_urls
    name = html.escape(one_line(title))
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{name}</title>
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="canonical" href="{html.escape(site.page(uri)) or target}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<p>This page has moved: <a href="{target}">{name}</a></p>
<script src="{script}"></script>
</body>
</html>
"""
