"""What the rules of the `guide` stage look at, and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dossier.model import Annotation, Article, Content, Loc, Problem, Ref
from dossier.schema import ArticleEntry, Entries


@dataclass(frozen=True, slots=True, order=True)
class Weakness:
    """Something that could be better: where it is, what was found and what to write; and what it is `about`.

    `about` is a reference or, of what has no entry, a name.
    """

    problem: Problem
    about: str


@dataclass(frozen=True, slots=True)
class Uncurated:
    """A name that no entry bears, and where it occurs: how often, and in which articles, in order."""

    name: str
    count: int
    articles: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rules look at: the content as typed, the entries made of it and the cleaned articles.

    `annotations` tell what names what in each article, and `names` what no entry bears; without the
    former the articles are not read.
    """

    content: Content
    entries: Entries
    articles: Mapping[Ref, Article]
    annotations: Mapping[Ref, Annotation] | None = None
    names: tuple[Uncurated, ...] = field(default=())

    def curated(self) -> Iterator[Ref]:
        """The entries that have a file of their own and are no drafts."""
        return (ref for ref in self.content.documents if ref in self.entries and not self.entries[ref].draft)

    def read(self) -> Iterator[tuple[Article, ArticleEntry]]:
        """The articles that are no drafts, with their metadata."""
        for ref, article in self.articles.items():
            entry = self.entries.get(ref)
            if isinstance(entry, ArticleEntry) and not entry.draft:
                yield article, entry

    def weakness(self, ref: Ref, loc: Loc, message: str, rule: str) -> Weakness:
        """A weakness of an entry, at a location of its file; of an article without one, at its raw file."""
        document = self.content.documents.get(ref)
        if document is None:
            return Weakness(Problem(self.articles[ref].path, 1, 1, message, rule), str(ref))
        return Weakness(Problem(document.path, *document.place(loc), message, rule), str(ref))
