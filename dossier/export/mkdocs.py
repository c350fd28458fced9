"""A project that plain MkDocs (or ProperDocs, or Zensical) publishes without the plugin."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from dossier.export import feed
from dossier.model import Page
from dossier.site import MARKDOWN_EXTENSIONS, THEME, nav

#: The first line of the configuration, by which a folder is known to hold such a project.
MARK = "# Written by `dossier build`; what you change here is lost with the next one."


def project(
    pages: Sequence[Page], site_name: str, site_url: str = "", beside: Sequence[tuple[str, str]] = ()
) -> Iterator[tuple[str, bytes]]:
    """The files of the project, as (path, bytes): `mkdocs.yml` and everything in `docs/`.

    The theme's files belong in `theme/` beside them, published files in `docs/`. `beside` are files
    made from the pages, as (path, text).
    """
    # JSON is YAML, and needs no library that writes YAML.
    settings = {
        "site_name": site_name,
        **({"site_url": site_url} if site_url else {}),
        "docs_dir": "docs",
        "use_directory_urls": True,
        "theme": {**THEME, "custom_dir": "theme"},
        "markdown_extensions": {name: dict(options) for name, options in MARKDOWN_EXTENSIONS.items()},
        "plugins": ["search"],
        "validation": VALIDATION,
        "nav": nav(pages),
        "extra": {"dossier_feed": feed.PATH} if any(path == feed.PATH for path, _ in beside) else {},
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items()]
    yield "mkdocs.yml", "\n".join([MARK, *lines, ""]).encode()
    for page in pages:
        yield f"docs/{page.uri}", page.markdown.encode()
    for path, text in beside:
        yield f"docs/{path}", text.encode()


VALIDATION = {
    "nav": {"omitted_files": "ignore", "not_found": "warn", "absolute_links": "warn"},
    "links": {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"},
}
