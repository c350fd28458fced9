"""The parts that pages are made of: frozen values, with nothing left to compute.

Texts are plain; escaping them is the work of `render`. Addresses are those of Markdown files,
from the root of the site.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dossier.edtf import Date
from dossier.model import Ref


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


@dataclass(frozen=True, slots=True)
class Outside:
    """A link to a page elsewhere."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The name that a passage is shown for."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quoted stretch of a text, with who said it."""

    words: tuple[str | Link, ...]
    speaker: Ref | None
    name: str


#: What can stand in a line of text.
Inline = str | Link | Outside | Marked | Said | Date
Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the panel of facts: a label and its values."""

    label: str
    values: tuple[Words, ...]


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


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, who said it and where it stands."""

    words: str
    speaker: Inline
    speaker_ref: Ref | None
    place: Link
    source: Inline
    date: Date | None


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence that names an entry, and the paragraph it stands in."""

    words: Words
    place: Link


@dataclass(frozen=True, slots=True)
class Coverage:
    """An article with the sentences that name an entry; `more` are not shown."""

    article: Link
    source: Inline
    date: Date | None
    contexts: tuple[Context, ...]
    mentions: int
    more: int = 0


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


@dataclass(frozen=True, slots=True)
class Year:
    """The events of a year, in order; `label` is `Undated` for those without a date."""

    label: str
    events: tuple[Happening, ...]


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


@dataclass(frozen=True, slots=True)
class Companion:
    """Someone or something that an entry occurs with, and where."""

    who: Link
    role: str
    events: int
    latest: Link | None
    when: Date | None
    paragraphs: int


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


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article as a line of a list."""

    article: Link
    source: Inline
    date: Date | None
    summary: str
    #: The entries it names most often.
    names: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Common:
    """What the pages of all entries show."""

    ref: Ref
    name: str
    kind: str
    kinds: Link
    tlp: str
    summary: str
    description: str
    also: tuple[str, ...]
    tags: tuple[str, ...]
    facts: tuple[Fact, ...]
    links: tuple[Outside, ...]
    citations: tuple[Cited, ...]
    claims: tuple[Dispute, ...]
    coverage: tuple[Coverage, ...]
    #: How many articles name it that are not shown in `coverage`.
    further: int
    mentions: int
    articles: int


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
