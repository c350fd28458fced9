"""Articles and annotations for the tests of quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dossier.model import Annotation, Article, Mention, Paragraph, Ref


def article_of(text: str) -> Article:
    """An article of this text; paragraphs are apart by a blank line."""
    paragraphs = [m.span() for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]
    numbered = tuple(Paragraph(n, start, end, n) for n, (start, end) in enumerate(paragraphs, 1))
    return Article(Ref("articles", "a"), "articles/a.txt", "", "", None, None, None, (), None, {}, text, numbered, ())


def annotation_of(text: str, names: Mapping[str, Ref]) -> Annotation:
    """Every occurrence of the names, linked; a longer name goes before a shorter one."""
    pattern = "|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True))
    found = re.finditer(pattern, text) if names else ()
    return Annotation(tuple(Mention(*m.span(), m[0], names[m[0]], "name", m[0]) for m in found))
