"""Links in Markdown to the page of an entry, and what has to stand there when it is called otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from urllib.parse import unquote

from dossier.model import Ref
from dossier.render.spans import code_spans
from dossier.render.written import FENCE

# A target in brackets after a link's text, or after the name of one: [words](target "title"), [name]: target
_TARGET = re.compile(r"(?:\]\(\s*|^ {0,3}\[[^\]\n]+\]:[ \t]*)<?(?P<path>[^\s()<>#?]+?\.md)(?=[\s)>#?]|$)", re.MULTILINE)


def relinked(markdown: str, folder: str, names: Mapping[Ref, Ref]) -> Iterator[tuple[int, int, str]]:
    """The stretches of a page in `folder` that name the file of an entry, with what is to stand there, in order.

    >>> [*relinked("[x](../people/x.md#p3)", "briefs", {Ref("people", "x"): Ref("people", "y")})]
    [(4, 18, '../people/y.md')]
    """
    files = {f"{old}.md": new for old, new in names.items()}
    code = [match.span() for match in FENCE.finditer(markdown)]
    code += [(start, end) for start, end, _ in code_spans(markdown, ends=r"\n[ \t]*\n")]
    for match in _TARGET.finditer(markdown):
        path = match["path"]
        new = files.get(normpath(join("/", folder, unquote(path))).lstrip("/"))
        if new and not any(start <= match.start() < end for start, end in code):
            head, slash, _ = path.rpartition("/")
            yield match.start("path"), match.end("path"), f"{head}{slash}{new.id}.md"
