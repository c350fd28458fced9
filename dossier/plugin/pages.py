"""The dossier's pages as MkDocs takes them: what is laid out as HTML already is not converted again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents, get_toc

from dossier.model import Heading, Outline, Page
from dossier.site import MARKDOWN_EXTENSIONS
from dossier.work import Kept, digest

#: The field of the front matter by which a page has another template of the theme than all others.
TEMPLATE = "template"
_FRONT = re.compile(r"---\n(?P<fields>(?:[\w-]+: .*\n)*)---\n")
_FIELD = re.compile(r"(?P<name>[\w-]+): (?P<value>.*)")
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r"\sid=\"([^\"]+)\"")


class Laid:
    """The pages of a dossier, unpacked as they are looked at: of thousands, few are in memory at a time."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.page: Callable[[int], Page] = lru_cache(maxsize=8)(pages.__getitem__)
        self.digests = pages.digests if isinstance(pages, Kept) else None

    def key(self, place: int, surroundings: bytes | None) -> str:
        """What a page is known by again: it and all that it is published with; nothing where that is not known."""
        return digest(self.digests[place], surroundings).hex() if self.digests and surroundings else ""


class Noted(NamedTuple):
    """What is noted of a page: what it was made from, its size and time (ns) in the site, its row among the names."""

    key: str
    size: int
    time: int
    row: dict[str, object] | None = None


class DossierFile(File):
    """A file that is not on the disk: the Markdown of a page.

    `key` is what the page is known by to the next build; `before` is what the last build noted of the very same
    page, if that stands in the last site as it was left.
    """

    def __init__(self, laid: Laid, place: int, outline: Outline, config: MkDocsConfig) -> None:
        inclusion = InclusionLevel.NOT_IN_NAV if outline.role == "entry" else InclusionLevel.INCLUDED
        super().__init__(outline.uri, None, config.site_dir, config.use_directory_urls, inclusion=inclusion)
        self.laid, self.place, self.outline = laid, place, outline
        self.generated_by = "dossier"
        self.abs_src_path = None
        self.key = ""
        self.before: Noted | None = None

    @property
    def laid_out(self) -> Page:
        """The page, with its Markdown and, in most cases, its HTML."""
        return self.laid.page(self.place)

    @property
    def _content(self) -> str:  # type: ignore[override]  # MkDocs has a variable here
        return self.laid_out.markdown

    def is_modified(self) -> bool:
        """Whether the page has to be published anew."""
        return self.before is None


class DossierPage(MkDocsPage):
    """A page whose HTML is taken as it was laid out, unless somebody else changes its Markdown.

    Nothing of it is kept in memory: it is unpacked when it is looked at.
    """

    file: DossierFile

    def __init__(self, file: DossierFile, config: MkDocsConfig, title: str | None = None) -> None:
        self.taken = False  # as it was laid out
        self._passing = False  # what MkDocs hands from one to the next is looked at by nobody
        self._markdown: str | None = None
        self._html: str | None = None
        self._meta: MutableMapping[str, Any] | None = None
        self._toc: TableOfContents | None = None
        self._anchors: set[str] | None = None
        super().__init__(None, file, config)
        self.title = title or file.outline.title

    @property
    def markdown(self) -> str | None:
        """The Markdown without its front matter."""
        if self._passing:
            return ""
        return _body(self.file.laid_out.markdown) if self.taken else self._markdown

    @markdown.setter
    def markdown(self, text: str | None) -> None:
        if not (self.taken and text == self.markdown):
            self.taken, self._markdown = False, text

    @property
    def content(self) -> str | None:
        """The HTML of the page's body."""
        if self._passing:
            return ""
        ready = self.file.laid_out.ready if self.taken and self._html is None else None
        return ready.html if ready else self._html

    @content.setter
    def content(self, html: str | None) -> None:
        self._html = None if self.taken and html == self.content else html
        self._passing = False

    @property
    def meta(self) -> MutableMapping[str, Any]:
        """The front matter."""
        if self._meta is None and self.file.before:
            self._meta = _Unopened(lambda: self.file.laid_out.markdown)
        return (_fields(self.file.laid_out.markdown) or {}) if self._meta is None else self._meta

    @meta.setter
    def meta(self, fields: MutableMapping[str, Any]) -> None:
        self._meta = fields or None

    @property
    def toc(self) -> TableOfContents:
        """The headings."""
        ready = self.file.laid_out.ready if self._toc is None else None
        return _toc(ready.headings if ready else ()) if self._toc is None else self._toc

    @toc.setter
    def toc(self, toc: TableOfContents) -> None:
        self._toc = toc or None

    @property
    def present_anchor_ids(self) -> set[str] | None:
        """What can be linked to in the page."""
        if self._anchors is None:
            self._anchors = set(_ID.findall(self.content or ""))
        return self._anchors

    @present_anchor_ids.setter
    def present_anchor_ids(self, anchors: set[str] | None) -> None:
        self._anchors = anchors

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the page as it was laid out, if nobody reads more into it than its templates wrote."""
        page = None if self.file.before else self.file.laid_out
        alone = not config.plugins.events["page_read_source"] and _plain(config)
        if page is None or (alone and page.ready and _fields(page.markdown) is not None):
            self.taken = True
            looked_at = config.plugins.events["page_markdown"] or config.plugins.events["page_content"]
            self._passing = page is None and not looked_at
        else:
            super().read_source(config)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the Markdown, if that is not done yet, and if all that the page links to is there."""
        if self.taken and (self.file.before or knows(files, self.file.laid_out)):
            return
        if self.taken:
            self.meta, self._markdown, self.taken = self.meta, self.markdown, False
        super().render(config, files)


def knows(files: Files, page: Page) -> bool:
    """Whether all that a page links to is published."""
    return page.ready is not None and all(files.get_file_from_path(uri) for uri in page.ready.links)


def _toc(headings: Sequence[Heading]) -> TableOfContents:
    tokens: list[Any] = [
        {"level": h.level, "id": h.id, "name": _TAG.sub("", h.words), "html": h.words, "data-toc-label": ""}
        for h in headings
    ]
    return get_toc(nest_toc_tokens(tokens))


class _Unopened(MutableMapping[str, Any]):
    """The front matter of a page that is as before, unpacked when somebody looks at it. It names no template."""

    def __init__(self, markdown: Callable[[], str]) -> None:
        self._markdown = markdown
        self._opened: dict[str, Any] | None = None

    @property
    def _all(self) -> dict[str, Any]:
        if self._opened is None:
            self._opened = _fields(self._markdown()) or {}
        return self._opened

    def get(self, name: str, default: Any = None) -> Any:
        return default if name == TEMPLATE else self._all.get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self._all[name]

    def __setitem__(self, name: str, value: object) -> None:
        self._all[name] = value

    def __delitem__(self, name: str) -> None:
        del self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def listed(nav: object, title: str = "") -> Iterator[tuple[str, str]]:
    """The paths in the navigation of a configuration, each with the title that it gives the page (or none)."""
    if isinstance(nav, str):
        yield nav, title
    elif isinstance(nav, Mapping):
        for name, value in nav.items():
            yield from listed(value, str(name or ""))
    elif isinstance(nav, Sequence):
        for item in nav:
            yield from listed(item)


def _body(markdown: str) -> str:
    front = _FRONT.match(markdown)
    return markdown[front.end() :].lstrip("\n") if front else markdown


def _fields(markdown: str) -> dict[str, Any] | None:
    """The front matter of a page, or None where it is not all our own."""
    front = _FRONT.match(markdown)
    if not front:
        return None
    try:
        return {m["name"]: json.loads(m["value"]) for line in front["fields"].splitlines() if (m := _FIELD.match(line))}
    except ValueError:
        return None


def _plain(config: MkDocsConfig) -> bool:
    """Whether Markdown is read as the pages are written in it: another extension may read more into it."""
    own = {name: dict(options) for name, options in MARKDOWN_EXTENSIONS.items()}
    settings = {name: dict(config.mdx_configs.get(name) or {}) for name in config.markdown_extensions}
    return settings == own | {name: {} for name in ("fenced_code",) if name in settings}
