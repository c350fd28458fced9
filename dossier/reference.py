"""How to cite an article: in words, and in BibTeX. What is not known is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dossier.model import Article
from dossier.schema import ArticleEntry

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts braces whether or not a backslash is before them.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)
_IN_URL = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
# What BibTeX would take apart: "Smith and Sons", "Agency, The", "others".
_ONE_NAME = re.compile(r",|\band\b|^others$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """An article as others cite it; `bibtex` line by line."""

    text: str
    bibtex: tuple[str, ...]


def reference(article: Article, entry: ArticleEntry, source: str) -> Reference:
    """How to cite an article that `source` published (empty: not known)."""
    return Reference(_text(article, entry, source), tuple(_bibtex(article, entry, source)))


def _text(article: Article, entry: ArticleEntry, source: str) -> str:
    known = (
        ", ".join(article.authors),
        f"“{article.title}”",
        source,
        article.date.words if article.date else "",
        entry.url or "",
        f"retrieved {entry.retrieved.words}" if entry.retrieved else "",
    )
    return f"{', '.join(part for part in known if part)}."


def _bibtex(article: Article, entry: ArticleEntry, source: str) -> Iterator[str]:
    date = article.date
    fields = {
        "author": " and ".join(_name(author) for author in article.authors),
        "title": f"{{{tex(article.title)}}}",  # the inner braces keep the capitals
        "journal": tex(source),
        # biblatex reads EDTF; older styles want a year, which an interval does not have.
        "date": date.edtf.partition("T")[0] if date else "",
        "year": str(date.year) if date and date.precision in ("day", "month", "season", "year") else "",
        "url": (entry.url or "").translate(_IN_URL),
        "urldate": (entry.retrieved.edtf.partition("T")[0] if entry.retrieved else ""),
        "langid": article.language or "",
    }
    yield f"@{'article' if source else 'misc'}{{{article.ref.id},"
    for name, value in fields.items():
        if value:
            yield f"{name} = {{{value}}},"
    yield "}"


def _name(author: str) -> str:
    return f"{{{tex(author)}}}" if _ONE_NAME.search(author) else tex(author)


def tex(text: str) -> str:
    r"""Text on one line that LaTeX prints as it is.

    >>> print(tex("R&D_1: 5% of {x} ~ \\"))
    R\&D\_1: 5\% of \textbraceleft{}x\textbraceright{} \textasciitilde{} \textbackslash{}
    """
    return " ".join(text.split()).translate(_ESCAPES)
