"""The judge of a curator's Markdown: what Python-Markdown makes of it has to pass an HTML sanitizer as it is.

`prose` takes the activity out of a field's Markdown before it is read; this looks at what comes
out. The Markdown is read as the site will read it, and nh3 (ammonia, a sanitizer on a browser's own
parsing rules) cleans the result by the list below. Only where the cleaning changes nothing is the
Markdown published. It stays Markdown, so that every generator can follow its links.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser

import nh3
from markdown import Markdown

from dossier.site import MARKDOWN_EXTENSIONS

#: What a field may be made of: elements, and the attributes of each.
ALLOWED: dict[str, set[str]] = {
    "a": {"class", "data-quoted", "data-ref", "data-rule", "href", "title"},
    "blockquote": set(),
    "br": set(),
    "code": set(),
    "div": {"class"},  # around footnotes
    "em": set(),
    **{f"h{level}": {"id"} for level in (3, 4, 5, 6)},
    "hr": set(),
    "li": {"id"},
    "ol": {"start"},
    "p": set(),
    "pre": set(),
    "strong": set(),
    "sup": {"id"},
    "table": set(),
    "tbody": set(),
    "td": {"style"},
    "th": {"style"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
#: Where a link may lead, besides within the site.
SCHEMES = {"http", "https", "mailto"}

_CLASSES = {"d-again", "footnote", "footnote-ref", "footnote-backref"}
_ALIGNED = re.compile(r"text-align: (?:left|center|right);")
# Not the names with two underscores: the theme's scripts look for their own elements by those.
_ID = re.compile(r"fn(?:ref\d*)?:[\w-]+|[^\W_][\w-]*")


def _value(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute where it may stand; None where it may not."""
    if name == "class":
        return value if set(value.split()) <= _CLASSES else None
    if name == "style":
        return value if _ALIGNED.fullmatch(value) else None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "start":
        return value if value.isdecimal() else None
    if name == "href":
        return None if value.startswith(("/", "\\")) else value
    return value


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes=ALLOWED,
    attribute_filter=_value,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)


@lru_cache(maxsize=4096)
def harmless(markdown: str) -> bool:
    """Whether this Markdown becomes nothing but what a field may be made of.

    >>> harmless("Some *words*, and [a link](../people/x.md)."), harmless("<b onclick=alert(1)>x</b>")
    (True, False)
    """
    try:
        html = _reader().reset().convert(markdown)
    except RecursionError:
        return False
    return _pieces(html) == _pieces(_CLEANER.clean(html))


@lru_cache(maxsize=1)
def _reader() -> Markdown:
    return Markdown(
        extensions=[*MARKDOWN_EXTENSIONS],
        extension_configs={name: dict(options) for name, options in MARKDOWN_EXTENSIONS.items()},
    )


def _pieces(html: str) -> list[object]:
    """The elements, attributes and words of some HTML, whatever the style it is written in."""
    reader = _Pieces()
    reader.feed(html)
    reader.close()
    return reader.pieces


class _Words(str):
    """Words, which are no element."""

    __slots__ = ()


class _Pieces(HTMLParser):
    """What stands in some HTML, piece by piece."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.pieces and isinstance(self.pieces[-1], _Words):
            data = str(self.pieces.pop()) + data
        self.pieces.append(_Words(data))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(("!", data))

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(("!", decl))

    def unknown_decl(self, data: str) -> None:
        self.pieces.append(("!", data))

    def handle_pi(self, data: str) -> None:
        self.pieces.append(("!", data))
