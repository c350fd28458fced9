"""The frozen nouns that every stage shares.

Offsets are Unicode code points into `Article.text`, end exclusive. Line and column numbers
count from 1. Paths are relative to the content folder, with forward slashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import total_ordering
from sys import intern
from typing import Any, ClassVar, Literal, NamedTuple

from dossier.edtf import Date
from dossier.value import by_fields

#: Where a page stands in the site: `written` is one that a curator wrote by hand.
Role = Literal["home", "index", "view", "entry", "written"]
Fact = Literal["title", "date", "source", "authors"]
Basis = Literal["curated", "html", "text", "filename"]
Loc = tuple[str | int, ...]
Place = tuple[int, int]

#: Offsets and lines are much the same in all articles: of tens of millions of numbers, few are different.
_MANY = 1 << 16
_NUMBERS = (*range(_MANY),)


@total_ordering
class Ref:
    """The address of an entry: its kind (the folder) and its id (the file stem).

    There is one of each, however often it is made: they are compared, and looked for in tables, millions of times,
    and that is quickest by what they are in memory. In order by kind, then by id.
    """

    __slots__ = ("id", "kind")
    __match_args__ = ("kind", "id")
    kind: str
    id: str
    _known: ClassVar[dict[tuple[str, str], Ref]] = {}

    def __new__(cls, kind: str, id: str) -> Ref:  # noqa: A002  # as the address calls it
        ref = cls._known.get((kind, id))
        if ref is None:
            ref = object.__new__(cls)
            object.__setattr__(ref, "kind", kind)
            object.__setattr__(ref, "id", id)
            ref = cls._known.setdefault((kind, id), ref)
        return ref

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} of {self} stays as it is")

    def __lt__(self, other: Ref) -> bool:
        return (self.kind, self.id) < (other.kind, other.id)

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"

    def __repr__(self) -> str:
        return f"Ref(kind={self.kind!r}, id={self.id!r})"

    def __reduce__(self) -> tuple[Any, tuple[str, str]]:
        return Ref, (self.kind, self.id)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something the curator must mend: where it is, what was found and what to write instead."""

    path: str
    line: int
    column: int
    message: str
    rule: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message} [{self.rule}]"


@by_fields
@dataclass(frozen=True, slots=True)
class RawArticle:
    """A raw article exactly as it was dropped into `content/articles/`."""

    ref: Ref
    path: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """The file's ending in lower case, with the dot: `.txt`, `.html`, `.htm` or `.md`."""
        return "." + self.path.rpartition(".")[2].lower()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article's text; `line` is where it begins in the raw file."""

    n: int
    start: int
    end: int
    line: int

    def __reduce__(self) -> tuple[Any, tuple[int, ...]]:
        return same_paragraph, (self.n, self.start, self.end, self.line)


def same_paragraph(n: int, start: int, end: int, line: int) -> Paragraph:
    """A paragraph whose numbers are in memory once."""
    if end < _MANY and line < _MANY:
        start, end, line = _NUMBERS[start], _NUMBERS[end], _NUMBERS[line]
    return Paragraph(n, start, end, line)


@by_fields
@dataclass(frozen=True, slots=True)
class Removed:
    """A line of the raw file that is not part of the article, and the rule that took it out."""

    line: int
    text: str
    rule: str


@by_fields
@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article: what it says of itself, and its text in numbered paragraphs.

    `text` is the paragraphs joined by a blank line. What is unknown is None, never guessed;
    `basis` tells where each known fact came from.
    """

    ref: Ref
    path: str
    sha256: str
    title: str
    date: Date | None
    source: Ref | None
    source_name: str | None
    authors: tuple[str, ...]
    language: str | None
    basis: Mapping[Fact, Basis]
    text: str = field(repr=False)
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    removed: tuple[Removed, ...] = field(repr=False)

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that an offset into `text` falls in (or the last one before it)."""
        return next(p for p in reversed(self.paragraphs) if p.start <= offset)

    def words_of(self, paragraph: Paragraph) -> str:
        """The text of one paragraph."""
        return self.text[paragraph.start : paragraph.end]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entry, with the rule and the name that made it.

    `beat` says in short sentences what else could have been meant, and why it was not.
    """

    start: int
    end: int
    text: str
    ref: Ref
    rule: str
    name: str
    beat: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return same_words, (self.start, self.end, self.text, self.ref, self.rule, self.name, self.beat)


def same_words(start: int, end: int, text: str, ref: Ref, rule: str, name: str, beat: tuple[str, ...]) -> Mention:
    """A mention whose words and numbers are in memory once, however many mentions have them."""
    if end < _MANY:
        start, end = _NUMBERS[start], _NUMBERS[end]
    return Mention(start, end, intern(text), ref, intern(rule), intern(name), beat)


@by_fields
@dataclass(frozen=True, slots=True)
class Unresolved:
    """A stretch of text that could name several entries and was therefore left alone."""

    start: int
    end: int
    text: str
    candidates: tuple[Ref, ...]
    reason: str


@by_fields
@dataclass(frozen=True, slots=True)
class Annotation:
    """What names what in one article: both tuples in order of their start, never overlapping."""

    mentions: tuple[Mention, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


@by_fields
@dataclass(frozen=True, slots=True)
class Quotation:
    """A direct quotation and, where the article itself tells, who said it.

    `start:end` is the quoted stretch without its marks. `speaker_text/start/end` is the
    attributing mention as printed. `speaker_name` is filled also for people without an entry.
    """

    start: int
    end: int
    text: str
    speaker: Ref | None = None
    speaker_name: str | None = None
    speaker_text: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    cue: str | None = None
    rule: str = "none"


@by_fields
@dataclass(frozen=True, slots=True)
class Statement:
    """An indirect statement: what somebody is reported to have said, in the words of the article.

    `start:end` is the reported clause as printed; `cue` is the verb, or "according", that reports it. The
    speaker is always named (`speaker_name`), and `speaker` is the entry if there is one.
    """

    start: int
    end: int
    text: str
    speaker: Ref | None
    speaker_name: str
    speaker_text: str
    speaker_start: int
    speaker_end: int
    cue: str
    rule: str


@by_fields
@dataclass(frozen=True, slots=True)
class Reading:
    """What the text engine made of one article."""

    article: Article
    annotation: Annotation
    quotations: tuple[Quotation, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page that a curator wrote by hand; `link` tells whether the names in it are to be linked."""

    path: str
    markdown: str = field(repr=False)
    link: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its fields as typed (texts, lists, mappings) and where each stands.

    `values` and `keys` map a location such as ("positions", 0, "start") to (line, column). A file
    that could not be read to its end is not `sound`: what it lacks is no news.
    """

    ref: Ref
    path: str
    data: dict[str, Any]
    values: Mapping[Loc, Place]
    keys: Mapping[Loc, Place]
    sound: bool = True

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """Where a location stands; parts that are not in the file are passed over."""
        found: Loc = ()
        for part in loc:
            if (*found, part) in self.values:
                found = (*found, part)
        return (self.keys if key else self.values).get(found) or self.values.get(found, (1, 1))


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a content folder holds."""

    documents: Mapping[Ref, Document]
    articles: tuple[RawArticle, ...]
    written: tuple[WrittenPage, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    #: `redirects.yml`: the addresses that entries had before, and those they have now.
    redirects: Document | None = None


@by_fields
@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level from 1, its anchor, and its words as HTML."""

    level: int
    id: str
    words: str


@by_fields
@dataclass(frozen=True, slots=True)
class Ready:
    """A page as HTML, with links as they are published, and its headings.

    `links` are the Markdown files that the page links to: whoever publishes it has to know them all.
    """

    html: str = field(repr=False)
    headings: tuple[Heading, ...]
    links: frozenset[str]


class Outline(NamedTuple):
    """What is known of a page before it is laid out."""

    uri: str
    title: str
    role: Role


@by_fields
@dataclass(frozen=True, slots=True)
class Page:
    """A page to publish: its path among the Markdown files and its Markdown."""

    uri: str
    title: str
    markdown: str = field(repr=False)
    role: Role = "entry"
    #: The page as HTML where it takes no Markdown parser.
    ready: Ready | None = field(default=None, repr=False, compare=False)
