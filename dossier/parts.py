"""The parts that pages are made of: frozen values, with nothing left to compute.

Texts are plain; escaping them is the work of `render`. Addresses are those of Markdown files,
from the root of the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dossier.edtf import Date
from dossier.model import Ref
from dossier.value import by_fields


@by_fields
@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site; `rule` where a mention in a text made it."""

    text: str
    uri: str
    fragment: str = ""
    ref: Ref | None = None
    rule: str | None = None
    #: True for a name that this paragraph has linked before.
    again: bool = False
    #: The words it is cited for, where they do not stand beside it.
    quoted: str = field(default="", compare=False)
    #: What the page is narrowed to: (name, value) pairs of its filters.
    query: tuple[tuple[str, str], ...] = ()


@by_fields
@dataclass(frozen=True, slots=True)
class Outside:
    """A link to a page elsewhere."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture among the files of the site, and what it shows in words; `style` is its class, its size is in px."""

    alt: str
    uri: str
    style: str
    width: int
    height: int


@by_fields
@dataclass(frozen=True, slots=True)
class Marked:
    """The name that a passage is shown for."""

    text: str


@by_fields
@dataclass(frozen=True, slots=True)
class Said:
    """A quoted stretch of a text, with who said it."""

    words: tuple[str | Link, ...]
    speaker: Ref | None
    name: str


@by_fields
@dataclass(frozen=True, slots=True)
class Prose:
    """A curator's Markdown, and the names in it as stretches of it: (start, end, link)."""

    markdown: str
    names: tuple[tuple[int, int, Link], ...] = ()


#: What can stand in a line of text.
Inline = str | Link | Outside | Image | Marked | Said | Date
Words = tuple[Inline, ...]


@by_fields
@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the panel of facts: a label and its values."""

    label: str
    values: tuple[Words, ...]


@by_fields
@dataclass(frozen=True, slots=True)
class Cited:
    """What bears a statement out: the quoted words, what they show, and where they stand.

    `article` and `place` are None for what the curator knows from elsewhere.
    """

    article: Link | None
    source: Inline
    date: Date | None
    place: Link | None
    quote: str = ""
    note: str = ""
    stance: str = ""
    speaker: Inline = ""
    speaker_ref: Ref | None = None
    says: str = ""


@by_fields
@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, who said it and where it stands; `topics` are those that the paragraph is about.

    `marks` are what a page of quotations can be narrowed by: (filter, value).
    """

    words: str
    speaker: Inline
    speaker_ref: Ref | None
    place: Link
    source: Inline
    date: Date | None
    topics: tuple[Link, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()


@by_fields
@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is quoted, or nobody that is named, and the words."""

    who: Inline
    ref: Ref | None
    quotes: tuple[Quote, ...]


@by_fields
@dataclass(frozen=True, slots=True)
class Reported:
    """An indirect statement: the words that report it, the clause as printed, and where it stands.

    `tagged` tells that those words follow the clause or stand in it, instead of leading up to it.
    """

    cue: str
    words: str
    tagged: bool
    speaker: Inline
    speaker_ref: Ref | None
    place: Link
    source: Inline
    date: Date | None


@by_fields
@dataclass(frozen=True, slots=True)
class Context:
    """A sentence that names an entry, and the paragraph it stands in."""

    words: Words
    place: Link


@by_fields
@dataclass(frozen=True, slots=True)
class Coverage:
    """An article with the sentences that name an entry; `more` are not shown."""

    article: Link
    source: Inline
    date: Date | None
    contexts: tuple[Context, ...]
    mentions: int
    more: int = 0


@by_fields
@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a line of a timeline.

    `precision` is a word only where the date is less than exact. `gap` says how long after the
    event before it, where that is long. `disputed` are the claims about it.
    """

    when: Date | None
    precision: str
    event: Link
    summary: str
    place: Words
    people: tuple[Inline, ...]
    type: str
    gap: str
    disputed: tuple[Link, ...]
    sources: tuple[Link, ...]
    parts: tuple[Link, ...] = ()
    #: How many who took part, and how many sources, are only on the event's own page.
    more_people: int = 0
    more_sources: int = 0
    #: What a timeline can be narrowed by: (filter, value).
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """The events of a year, in order; `label` is `Undated` for those without a date."""

    label: str
    events: tuple[Happening, ...]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return f"y{self.label.replace(' ', '-')}"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A participant of an event: the post held at the time, the role, for whom, the stance taken."""

    who: Inline
    post: str
    role: str
    behalf: Inline
    stance: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A post that a person holds or held."""

    title: str
    where: Words
    period: str
    current: bool


@by_fields
@dataclass(frozen=True, slots=True)
class Companion:
    """Someone or something that an entry occurs with, and where."""

    who: Link
    role: str
    events: int
    latest: Link | None
    when: Date | None
    paragraphs: int
    #: The events before the latest, the newest first, as far as there is room.
    before: tuple[tuple[Link, Date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim in short: the statement, and what stands for and against it."""

    claim: Link
    statement: str
    supports: tuple[Cited, ...]
    disputes: tuple[Cited, ...]
    unclear: tuple[Cited, ...]
    assessment: str
    likelihood: str
    confidence: str


@by_fields
@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article as a line of a list."""

    article: Link
    source: Inline
    date: Date | None
    summary: str
    #: The entries it names most often.
    names: tuple[Link, ...] = ()


@by_fields
@dataclass(frozen=True, slots=True)
class Common:
    """What the pages of all entries show."""

    ref: Ref
    name: str
    kind: str
    kinds: Link
    tlp: str
    summary: Words
    description: Prose | None
    also: tuple[str, ...]
    tags: tuple[str, ...]
    facts: tuple[Fact, ...]
    links: tuple[Outside, ...]
    citations: tuple[Cited, ...]
    claims: tuple[Dispute, ...]
    coverage: tuple[Coverage, ...]
    #: The pages of all articles that name it, each with how many it lists, where `coverage` has not room for them.
    archive: tuple[tuple[Link, int], ...]
    mentions: int
    articles: int


@by_fields
@dataclass(frozen=True, slots=True)
class Glance:
    """What a link to an entry tells of it, line by line, and how often it is named."""

    lines: tuple[str, ...]
    named: int


@by_fields
@dataclass(frozen=True, slots=True)
class View:
    """A page before it is laid out: where it stands, the template that lays it out, and its data."""

    uri: str
    title: str
    role: Literal["home", "index", "view", "entry"]
    template: str
    data: object = field(repr=False)
    kind: str = ""
    description: str = ""
    ref: Ref | None = None
    #: Other names to find the page by.
    also: tuple[str, ...] = ()
    #: What the page says to machines, in schema.org's terms.
    linked_data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    #: By what a search can be narrowed to this page: each facet with its values.
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: What a search sorts the page by.
    date: Date | None = None
    #: What a link to it tells beforehand.
    glance: Glance | None = None
    #: The pages above it, from the front page down.
    trail: tuple[Link, ...] = ()
