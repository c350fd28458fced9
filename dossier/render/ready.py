"""From the Markdown of a laid-out page straight to HTML, without a Markdown parser.

The templates write a small part of Markdown: HTML elements with `markdown` attributes, headings, links with
attributes and plain paragraphs, and `escape` leaves nothing else active in what they show. A page in this part is
turned into what Python-Markdown makes of it, at a tenth of its time; a page with anything else in it (a curator's
own lists, code, emphasis) is left to Python-Markdown as a whole.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache

from markdown.extensions.toc import slugify, unique

from dossier.model import Heading, Ready
from dossier.site import Site

_BLOCK = (
    "address article aside blockquote dd details div dl dt fieldset figcaption figure footer form header hr legend li "
    "main menu nav noscript ol p pre section summary table tbody td th thead tr ul"
)
_TAG = re.compile(rf"<(?P<tag>{'|'.join(_BLOCK.split())})(?=[\s>])(?P<attributes>[^<>]*)>")
_CLOSING = re.compile(r"</(?P<tag>[a-z]+)>")
_MODE = re.compile(r"\s+markdown=\"(?P<mode>block|span|1)\"")
_HEADING = re.compile(r"(?P<marks>#{1,6}) (?P<text>[^{}]+?)(?: \{ (?P<attributes>[^{}]*) \})?")
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s\"'<>]*)\)(?:\{ (?P<attributes>[^{}]*) \})?")
_ATTRIBUTE = re.compile(
    r"\.(?P<css>[\w-]+)|#(?P<id>[\w-]+)|(?P<key>[\w-]+)(?:=(?:\"(?P<value>[^\"]*)\"|(?P<bare>[\w%.-]+)))?(?=\s|$)"
)
_IN_TEXT = (
    "a abbr b br button cite code em i img input label mark option q s select small span strong sub sup time u wbr "
    "circle defs ellipse g line path pattern polygon polyline rect svg text title tspan use"
)
_INLINE = re.compile(rf"</?(?:{'|'.join(_IN_TEXT.split())})(?=[\s>/])[^<>]*>")
_STRONG = re.compile(r"\*\*(?=\S)(?P<words>[^*\n]*[^*\s])\*\*")
#: What Markdown may read as markup where it stands in a text: then the page is not one of ours alone.
_ACTIVE = re.compile(r"[*_`\[\]{}\\<>|]|&(?!#?\w+;)")
_TAGS = re.compile(r"<[^<>]*>")
#: References to characters that are no markup in HTML: they are for Markdown, which is over here.
_REFERENCE = re.compile(r"&#\d+;")
_MARKUP = "&<>\"'"
#: A quotation mark between tags.
_QUOTED = re.compile(r"&#34;(?=[^<>]*<)")
#: Where a heading is to stand, whose anchor may depend on those that come after it.
_PLACE = re.compile("\x03(\\d+)\x03")
_ALIGNED = re.compile(r"\| *(:?)-+(:?) *(?=\|)")
#: What begins a list, a rule, a quotation, code or a definition where it stands first in a line.
_OPENS = re.compile(r"\s|[-+>:~=]|\d+[.)]|#")


class _OtherMarkdownError(Exception):
    """There is something in the page that is not for us to read."""


def ready(markdown: str, uri: str, site: Site) -> Ready | None:
    """The HTML of a page without its front matter, or None where it takes a Markdown parser."""
    try:
        return _Page(uri, site).read(markdown)
    except _OtherMarkdownError:
        return None


class _Page:
    """One page while it is read, line by line."""

    def __init__(self, uri: str, site: Site) -> None:
        self.site, self.folder = site, posixpath.dirname(uri)
        self.here = posixpath.dirname(site.path(uri) + "x")
        self.links: set[str] = set()
        self.out: list[str] = []
        self.paragraph: list[str] = []
        self.rows: list[str] = []
        self.headings: list[tuple[int, str, str, str]] = []
        #: The elements that are open over several lines: tag, mode, and how many of this tag are open in it.
        self.open: list[tuple[str, str]] = []
        self.depth = 0

    def read(self, markdown: str) -> Ready:
        for line in markdown.split("\n"):
            self._line(line)
        self._end_paragraph()
        if self.open:
            raise _OtherMarkdownError
        text = "\n".join(self.out)
        taken = {*re.findall(r"\sid=\"([^\"]*)\"", text), *(anchor for _, anchor, _, _ in self.headings)}
        headings = [
            Heading(level, anchor or unique(slugify(html.unescape(_TAGS.sub("", words)), "-"), taken), words)
            for level, anchor, words, _ in self.headings
        ]
        made = [
            f'<h{heading.level} id="{heading.id}"{attributes}>{heading.words}</h{heading.level}>'
            for heading, (*_, attributes) in zip(headings, self.headings, strict=True)
        ]
        text = _PLACE.sub(lambda place: made[int(place[1])], text)
        text = _REFERENCE.sub(lambda reference: _character(reference[0]), _QUOTED.sub('"', text))
        return Ready(text, tuple(headings), frozenset(self.links))

    def _line(self, line: str) -> None:
        mode = self.open[-1][1] if self.open else "block"
        if mode == "raw":
            self._raw(line)
        elif not line.strip():
            self._end_paragraph()
        elif mode == "span":
            self._span(line)
        elif closing := _CLOSING.fullmatch(line):
            self._end_paragraph()
            if not self.open or self.open.pop()[0] != closing["tag"]:
                raise _OtherMarkdownError
            self.out.append(line)
        elif heading := _HEADING.fullmatch(line):
            self._end_paragraph()
            self._heading(heading)
        elif tag := _TAG.match(line):
            self._end_paragraph()
            self._element(line, tag)
        elif line.startswith("|") and not self.paragraph:
            self.rows.append(line)
        elif _OPENS.match(line) or self.rows:
            raise _OtherMarkdownError
        else:
            self.paragraph.append(self._inline(line))

    def _raw(self, line: str) -> None:
        """A line of an element that holds no Markdown."""
        tag = self.open[-1][0]
        self.depth += len(re.findall(rf"<{tag}(?=[\s>])", line)) - line.count(f"</{tag}>")
        self.out.append(line)
        if self.depth == 0:
            if not line.endswith(f"</{tag}>"):
                raise _OtherMarkdownError
            self.open.pop()

    def _element(self, line: str, tag: re.Match[str]) -> None:
        """A line that begins with an element of its own."""
        name, attributes = tag["tag"], tag["attributes"]
        mode = found["mode"].replace("1", "block") if (found := _MODE.search(attributes)) else "raw"
        if found:
            attributes = attributes[: found.start()] + attributes[found.end() :]
        opening, rest = f"<{name}{attributes}>", line[tag.end() :]
        if mode == "raw":
            depth = 1 + len(re.findall(rf"<{name}(?=[\s>])", rest)) - rest.count(f"</{name}>")
            if name == "hr":
                depth = 0
            elif depth < 0 or (depth == 0 and not rest.endswith(f"</{name}>")):
                raise _OtherMarkdownError
            if depth:
                self.open.append((name, mode))
                self.depth = depth
            self.out.append(line)
        elif not rest:
            self.open.append((name, mode))
            self.out.append(opening)
        else:
            if mode == "block":
                raise _OtherMarkdownError
            self.open.append((name, mode))
            self._span(rest, opening)

    def _span(self, line: str, opening: str = "") -> None:
        """A line of an element that holds words and links, which may begin or end there."""
        name = self.open[-1][0]
        words = line.removesuffix(f"</{name}>")
        if words == line:
            self.out.append(f"{opening}{self._inline(line)}")
        else:
            self.open.pop()
            self.out.append(f"{opening}{self._inline(words)}</{name}>")

    def _heading(self, heading: re.Match[str]) -> None:
        words = self._inline(heading["text"])
        listed = heading["attributes"] or ""
        anchor = found["id"] if (found := re.search(r"(?:^|\s)#(?P<id>[\w-]+)", listed)) else ""
        self.out.append(f"\x03{len(self.headings)}\x03")
        self.headings.append((len(heading["marks"]), anchor, words, _attributes(listed, with_id=False)))

    def _end_paragraph(self) -> None:
        if self.paragraph:
            self.out.append("<p>" + "\n".join(self.paragraph) + "</p>")
            self.paragraph = []
        if self.rows:
            self._table(*self.rows)
            self.rows = []

    def _table(self, head: str, below: str = "", *rows: str) -> None:
        aligned = [
            ("center" if right else "left") if left else "right" if right else ""
            for left, right in _ALIGNED.findall(below)
        ]
        if not aligned or _ALIGNED.sub("", below).strip() != "|":
            raise _OtherMarkdownError
        self.out += ["<table>", "<thead>", self._row(head, "th", aligned), "</thead>", "<tbody>"]
        self.out += [*(self._row(row, "td", aligned) for row in rows), "</tbody>", "</table>"]

    def _row(self, row: str, tag: str, aligned: Sequence[str]) -> str:
        cells = row.strip().removeprefix("|").removesuffix("|").split("|")
        if len(cells) != len(aligned):
            raise _OtherMarkdownError
        styles = (f' style="text-align: {side};"' if side else "" for side in aligned)
        made = (f"<{tag}{s}>{self._inline(c.strip())}</{tag}>" for s, c in zip(styles, cells, strict=True))
        return f"<tr>{''.join(made)}</tr>"

    def _inline(self, text: str) -> str:
        """A text with its links; nothing else in it may be markup."""
        if "**" in text:
            text = _STRONG.sub(r"<strong>\g<words></strong>", text)
        if "](" not in text:
            return self._plain(text)
        self._plain(_LINK.sub(r"\g<text>", text))
        return _LINK.sub(self._link, text)

    def _link(self, link: re.Match[str]) -> str:
        image, words, target, listed = link.groups()
        address = target if target[:1] == "#" else self._target(target)
        attributes = _attributes(listed) if listed else ""
        if image:
            return f'<img alt="{words}" src="{address}"{attributes}>'
        return f'<a href="{address}"{attributes}>{words}</a>'

    def _plain(self, text: str) -> str:
        if _ACTIVE.search(_INLINE.sub("", text) if "<" in text else text):
            raise _OtherMarkdownError
        return text

    def _target(self, target: str) -> str:
        place, address = _led(self.folder, self.here, target, self.site)
        self.links.add(place)
        return address


@lru_cache(maxsize=1_000)
def _character(reference: str) -> str:
    """The character that a reference stands for, where HTML takes it for nothing else.

    >>> _character("&#58;"), _character("&#60;")
    (':', '&#60;')
    """
    char = html.unescape(reference)
    return reference if char in _MARKUP or not char.isprintable() else char


@lru_cache(maxsize=5_000)
def _led(folder: str, here: str, target: str, site: Site) -> tuple[str, str]:
    """The file that a target leads to from a folder of files, and its address from a folder of the site."""
    path, tail = _cut(target)
    if not path or ":" in path or path.startswith("/"):
        raise _OtherMarkdownError
    place = posixpath.normpath(posixpath.join(folder, path))
    return place, _way(here, place, site) + tail


def _cut(target: str) -> tuple[str, str]:
    """The path of a target, and what stands behind it: a query, an anchor."""
    end = min((n for n in (target.find("?"), target.find("#")) if n >= 0), default=len(target))
    return target[:end], target[end:]


@lru_cache(maxsize=10_000)
def _attributes(listed: str, *, with_id: bool = True) -> str:
    """An attribute list as the attributes of a tag."""
    css, found, place = [], "", 0
    for part in _ATTRIBUTE.finditer(listed):
        if listed[place : part.start()].strip():
            raise _OtherMarkdownError
        place = part.end()
        if part["css"]:
            css.append(part["css"])
        elif part["id"]:
            found += f' id="{part["id"]}"' if with_id else ""
        else:
            value = part["bare"] if part["value"] is None else part["value"]
            found += f" {part['key']}" if value is None else f' {part["key"]}="{value}"'
    if listed[place:].strip():
        raise _OtherMarkdownError
    return (f' class="{" ".join(css)}"' if css else "") + found


@lru_cache(maxsize=5_000)  # a page has most of its links several times; from another page the way is another
def _way(folder: str, target: str, site: Site) -> str:
    """The way from a folder of the site to a page or another file of it, as addresses."""
    place = site.path(target) if target.endswith(".md") else target
    found = posixpath.relpath(place or ".", folder or ".")
    return found + "/" if not place or place.endswith("/") else found
