"""Links to entries that are left out of the site: they are taken out, and their words stay."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from urllib.parse import unquote

_LABEL = r"\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_TITLE = r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?"
_INLINE = re.compile(rf"{_LABEL}\([ \t]*<?(?P<target>[^()\s<>]*)>?{_TITLE}[ \t]*\)(?:\{{[^{{}}\n]*\}})?")
_DEFINITION = re.compile(
    rf"^ {{0,3}}\[(?P<label>[^\]\n]+)\]:[ \t]*<?(?P<target>[^\s<>]+)>?{_TITLE}[ \t]*\n?", re.MULTILINE
)
_REFERENCE = re.compile(rf"{_LABEL}(?:\[(?P<label>[^\]\n]*)\])?(?![(:])")
_HTML = re.compile(r"\s(?:href|data-ref)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'<>]+))", re.IGNORECASE)
_ENTRY = re.compile(r"(?:^|/)(?P<ref>[a-z]+/[a-z0-9-]+)(?:/[a-z0-9-]+){0,3}(?:\.md|\.html|/|/index\.html)?$")


def unlinked(markdown: str, folder: str, gone: Container[str]) -> str:
    """The same Markdown without links to entries that are not on the site; `gone` are these, as `kind/id`.

    `folder` is the one that the page stands in, from which its links lead.

    >>> unlinked("[He](john-doe.md#quotes) met [her](jane-roe.md).", "people", {"people/john-doe"})
    'He met [her](jane-roe.md).'
    >>> unlinked("[John\\nDoe](john-doe.md) [and [all] others](john-doe/2023.md)", "people", {"people/john-doe"})
    'John\\nDoe and [all] others'
    >>> unlinked("Met [him][1].\\n\\n[1]: ../people/john-doe.md\\n", "briefs", {"people/john-doe"})
    'Met him.\\n\\n'
    >>> unlinked('<a class="x" href="/people/john-doe/">He</a>', "", {"people/john-doe"})
    '<a class="x">He</a>'
    """

    def leads_away(target: str | None) -> bool:
        if not target or ":" in target:
            return False
        path = unquote(re.split("[?#]", target, maxsplit=1)[0])
        found = _ENTRY.search(path), _ENTRY.search(posixpath.normpath(f"{folder}/{path}"))
        return any(match["ref"] in gone for match in found if match)

    labels = {_folded(m["label"]) for m in _DEFINITION.finditer(markdown) if leads_away(m["target"])}
    if labels:
        markdown = _DEFINITION.sub(lambda m: "" if leads_away(m["target"]) else m[0], markdown)
        markdown = _REFERENCE.sub(
            lambda m: m["words"] if _folded(m["label"] or m["words"]) in labels else m[0], markdown
        )
    markdown = _INLINE.sub(lambda m: m["words"] if leads_away(m["target"]) else m[0], markdown)
    return _HTML.sub(lambda m: "" if leads_away(m["a"] or m["b"] or m["c"]) else m[0], markdown)


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
