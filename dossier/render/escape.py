"""Escaping: text is data, never Markdown, HTML, a template or an attribute list.

Every character that a Markdown dialect may read as markup becomes a numeric character reference,
which Markdown passes through and the browser shows as the character. So one function serves for
running text, headings, table cells, link texts and attribute values alike.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from dossier.render.sanitize import harmless
from dossier.render.spans import code_spans

# Kept as they are: letters, marks and digits of all scripts, space, and the punctuation of prose.
_ACTIVE = re.compile(r"[!-&*+/:<=>@\[\\\]^_`{|}~]")
_START = re.compile(r"^ ?(?:-|\d+(?=[.)]))")
_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")
# Nothing to read: controls, non-characters, lone surrogates; what turns the direction of the text after it; tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u180e\u202a-\u202e\u2061-\u2069\u206a-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)

#: What there must be in a text if any of these is to change it: most texts are looked at once.
_NOT_PLAIN = re.compile(rf"{_ACTIVE.pattern}|{_UNSEEN.pattern}|[^\S \u00a0\u2007\u202f]|  |\A ?(?:-|\d+[.)])")


def plain(text: str) -> str:
    r"""The text on one line, without characters that cannot be shown.

    >>> plain("one\n\ttwo\x02 three\u202e")
    'one two three'
    """
    return _SPACE.sub(" ", _UNSEEN.sub("", text))


def escape(text: str) -> str:
    """Markdown that shows exactly this text, white space aside, and does nothing else.

    >>> escape("*a* <b> [c](d) {: .e } & `f`")
    '&#42;a&#42; &#60;b&#62; &#91;c&#93;(d) &#123;&#58; .e &#125; &#38; &#96;f&#96;'
    >>> escape("1. one"), escape("- two"), escape("Blinken said: “No.”")
    ('&#49;. one', '&#45; two', 'Blinken said&#58; “No.”')
    """
    if not _NOT_PLAIN.search(text):
        return text
    return _START.sub(_reference, _ACTIVE.sub(_reference, plain(text)))


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in match[0].lstrip())


def address(url: str) -> str:
    """The value of an `href` that leads outside; empty unless it is a web address.

    >>> address("https://example.org/a_b?c=1&d")
    'https&#58;&#47;&#47;example.org&#47;a&#95;b?c&#61;1&#38;d'
    >>> address("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    return escape(re.sub(r"\s", "", url)) if sound else ""


def local(path: str) -> str:
    """The address of a file of the site, safe as a Markdown link's target; empty if it leads elsewhere.

    >>> local("images/a b (1).png"), local("//host/x.png"), local("data:x")
    ('images/a%20b%20%281%29.png', '', '')
    """
    try:
        parts = urlsplit(path)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc or path.startswith("/") else quote(plain(path), safe="/")


def front_matter(fields: Mapping[str, object]) -> str:
    """YAML front matter; its values are JSON, which is YAML.

    Themes print the title and the description into HTML as they stand, so markup in a text is
    escaped here already; Markup is inert as it stands.

    >>> print(front_matter({"title": 'A "<b>" & c: d', "hide": ["toc"]}))
    ---
    title: "A &quot;&lt;b&gt;&quot; &amp; c: d"
    hide: ["toc"]
    ---
    <BLANKLINE>
    """
    lines = (f"{key}: {json.dumps(_inert(value), ensure_ascii=False)}" for key, value in fields.items())
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n"


def _inert(value: object) -> object:
    if isinstance(value, Markup):
        return str(value)
    if isinstance(value, str):
        return html.escape(plain(value).strip(), quote=False).replace('"', "&quot;")
    if isinstance(value, Mapping):
        return {str(key): _inert(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_inert(item) for item in value]
    return value


_LONGEST_TARGET = 2000
_TARGET = re.compile(rf"\]([(:])(?=\s{{0,99}}([^\s)]{{0,{_LONGEST_TARGET + 1}}}))")
_IMAGE = re.compile(r"!(?=[\[\x02])")
_ESCAPE = re.compile(r"\\(?=\x02)")
_HEADING = re.compile(r"^( {0,3})(#{1,6})(?=\s)", re.MULTILINE)
_UNDERLINED = re.compile(r"(\A|\n\n)(\S.*)\n(=|-)\3* *(?=\n|\Z)")
_BLANK = re.compile(r"\n[ \t]*\n\s*")


def prose(markdown: str, links: Sequence[tuple[int, int, str]] = ()) -> str:
    r"""A curator's Markdown with nothing in it but Markdown.

    Raw HTML, character references, attribute lists and images are shown as text; links lead to
    the web, to mail or within the site; headings stand below those of the page. What then still
    becomes anything that a sanitizer would change is shown as text as a whole. `links` are stretches
    of the text, in order, with the Markdown to put in their place.

    >>> prose("A [link](javascript:alert(1)), <b onclick=x> and *this*.{: onclick=y }")
    'A [link&#93;&#40;javascript:alert(1)), &lt;b onclick=x> and *this*.&#123;: onclick=y }'
    >>> prose("# One\n\n[home](../index.md) and [web](https://example.org/)")
    '### One\n\n[home](../index.md) and [web](https://example.org/)'
    """
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", _with_slots(markdown, links))
    text = "\n".join(line.rstrip() for line in lines)
    made = _filled(_neutral(text), links)
    if harmless(_UNSEEN.sub("", made)):  # without the sign for the root of the site, which is no character
        return made
    words = (_SLOT.join(map(escape, part.split(_SLOT))).strip() for part in _BLANK.split(text))
    return _filled("\n\n".join(words), links)


def _neutral(text: str) -> str:
    """Markdown without HTML, attribute lists, images, foreign schemes and headings of the page's own rank."""
    codes: list[str] = []
    pieces, place = [], 0
    for start, end, marks in code_spans(text, ends="[\n\x02]"):
        codes.append(f"<code>{escape(text[start + marks : end - marks].strip())}</code>")
        pieces += [text[place:start], _CODE]
        place = end
    text = "".join([*pieces, text[place:]])
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")
    text = _ESCAPE.sub("&#92;", _IMAGE.sub("&#33;", text))
    text = _TARGET.sub(_target, text)
    text = _UNDERLINED.sub(lambda m: f"{m[1]}{'#' if m[3] == '=' else '##'} {m[2]}\n", text)
    text = _HEADING.sub(lambda m: m[1] + ("##" + m[2])[:6], text).strip("\n")
    written = iter(codes)
    return re.sub(_CODE, lambda _: next(written), text)


def _filled(text: str, links: Sequence[tuple[int, int, str]]) -> str:
    written = iter(links)
    return re.sub(_SLOT, lambda _: next(written)[2], text)


# Stands for a link while the text around it is made safe; no text can forge it, for controls are removed first.
_SLOT = "\x02"
# Stands for a span of code in the same way.
_CODE = "\x03"


def _with_slots(markdown: str, links: Sequence[tuple[int, int, str]]) -> str:
    pieces, place = [], 0
    for start, end, _ in links:
        pieces.append(_UNSEEN.sub("", markdown[place:start]))
        place = end
    return _SLOT.join([*pieces, _UNSEEN.sub("", markdown[place:])])


def _target(match: re.Match[str]) -> str:
    scheme = re.match(r"[^/?#]*:", match[2])
    # A backslash or an open bracket could hide the scheme from this reading of it, not from Markdown's.
    safe = len(match[2]) <= _LONGEST_TARGET and (not scheme or scheme[0].lower() in ("http:", "https:", "mailto:"))
    return match[0] if safe and not re.search(r"^//|[\\<\[\x02]", match[2]) else f"&#93;&#{ord(match[1])};"
