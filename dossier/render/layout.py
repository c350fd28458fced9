"""Templates: how the data of a view becomes Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined, Undefined
from markupsafe import Markup

from dossier.edtf import Date
from dossier.model import Ref
from dossier.parts import Image, Link, Marked, Outside, Prose, Said
from dossier.render.escape import address, escape, local, prose

# Stands for the way from a page to the root of the site until the page is laid out; no text can
# forge it, for escaping removes control characters.
ROOT = "\x00"
# Stands for the list of the page's sections, which is known only once they are laid out.
SECTIONS = "\x01"
_SECTION = re.compile(r"^## (?P<text>[^\[{\n]+?) \{ #(?P<id>[A-Za-z0-9-]+)[^}\n]*\}$", re.MULTILINE)
_FEWEST_SECTIONS = 3
_MARKS = ("“", '"', "‘", "'", "«", "„", "”")
_RULE = re.compile(r"[^a-z0-9-]+")


def environment(templates: Mapping[str, str]) -> Environment:
    """A Jinja environment in which whatever a template shows is escaped, unless it is a part made for it.

    Filters: `prose` for a curator's Markdown, `local` for the address of a file in the content
    folder, `count` for a number with its noun, `quoted` for words in quotation marks. Undefined names are errors.
    """
    jinja = Environment(
        loader=_loader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=show,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    for unsafe in ("safe", "e", "escape", "forceescape", "format", "join", "replace", "urlize", "xmlattr", "tojson"):
        del jinja.filters[unsafe]
    jinja.filters.update(prose=_prose, local=lambda path: Markup(local(path)), count=count, quoted=quoted)
    return jinja


def _loader(templates: Mapping[str, str]) -> FunctionLoader:
    # With its name for a file name, a template is named in the trace of an error.
    return FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None)


def quoted(words: str) -> str:
    """Words in quotation marks, unless they begin with one.

    >>> quoted("No."), quoted("“No,” he said.")
    ('“No.”', '“No,” he said.')
    """
    return words if words.startswith(_MARKS) else f"“{words}”"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "event"), count(1200, "event"), count(2, "country", "countries")
    ('1 event', '1,200 events', '2 countries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def show(value: object) -> Markup:
    """The Markdown of a value: text escaped, links, dates and marks as such, a tuple as its items in a row.

    >>> print(show("a*b"), show(Link("Qin Gang", "people/qin-gang.md")).replace(ROOT, "../"))
    a&#42;b [Qin Gang](../people/qin-gang.md)
    """
    return value if isinstance(value, Markup) else Markup(_shown(value))


def _shown(value: object) -> str:
    match value:
        case Markup():
            return value
        case str():
            return escape(value)
        case Link():
            return _link(value)
        case tuple():
            return "".join(map(_shown, value))
        case Date():
            return _time(value)
        case Outside(text, url):
            target = address(url)
            return f'<a href="{target}" rel="external noopener">{escape(text)}</a>' if target else escape(text)
        case Image():
            size = f"width={value.width} height={value.height}"
            return f"![{escape(value.alt)}]({ROOT}{_path(value.uri)}){{ .{value.style} {size} loading=lazy }}"
        case Marked(text):
            return f"<mark>{escape(text)}</mark>"
        case Said():
            who = f' title="{escape(value.name)}"' if value.name else ""
            return f'<span class="d-said" data-speaker="{_ref(value.speaker)}"{who}>{_shown(value.words)}</span>'
        case Ref():
            return str(value)
        case int():
            return f"{value:,}"
        case float():  # a measure in a picture, which is no number to be read
            return f"{value:g}"
        case None:
            return ""
        case Undefined():
            return str(value)  # raises UndefinedError, with the name
        case _:
            raise TypeError(f"a template shows {value!r}, which is neither text nor a part of a page")


def _ref(ref: Ref | None) -> str:
    return str(ref) if ref else ""


@lru_cache(maxsize=20_000)
def _path(uri: str) -> str:
    """The path of a file as it stands in a link; there are as many as pages, each in many links."""
    return quote(uri, safe="/")


@lru_cache(maxsize=20_000)
def _named(ref: Ref | None, rule: str) -> str:
    """What a link tells of the mention that made it."""
    return f'data-ref="{_ref(ref)}" data-rule="{_RULE.sub("-", rule)}"'


def _link(link: Link) -> str:
    query = f"?{urlencode(link.query)}" if link.query else ""
    fragment = f"#{link.fragment}" if link.fragment else ""
    attributes = []
    if link.rule is not None:
        attributes = [_named(link.ref, link.rule)]
    if link.quoted:
        attributes.append(f'data-quoted="{escape(link.quoted)}"')
    if link.again:
        attributes.insert(0, ".d-again")
    listed = f"{{ {' '.join(attributes)} }}" if attributes else ""
    return f"[{escape(link.text)}]({ROOT}{_path(link.uri)}{query}{fragment}){listed}"


def _prose(text: Prose | str) -> Markup:
    """A curator's Markdown, with the names in it linked where the view has found them."""
    if isinstance(text, str):
        return Markup(prose(text))
    return Markup(prose(text.markdown, [(start, end, _link(link)) for start, end, link in text.names]))


def _time(date: Date) -> str:
    return f'<time datetime="{date.machine}">{escape(date.words)}</time>' if date.machine else escape(date.words)


def finish(markdown: str, uri: str) -> str:
    """The Markdown of a page with its list of sections, and with its links relative to it."""
    found = [f"[{m['text']}](#{m['id']})" for m in _SECTION.finditer(markdown)]
    nav = f'<nav class="d-sections" aria-label="On this page" markdown="span">\n{" ".join(found)}\n</nav>'
    markdown = markdown.replace(SECTIONS, nav if len(found) >= _FEWEST_SECTIONS else "")
    return re.sub(r"\n{3,}", "\n\n", markdown.replace(ROOT, "../" * uri.count("/"))).strip("\n") + "\n"
