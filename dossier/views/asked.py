"""What the composition of a page asked, and whether the answers are still the same.

A page that is composed by itself is given tables that note what is looked up in them. When everything that was asked
has the same answer again, the page would come out the same, and need not be composed. That is what build systems call
verifying traces (A. Mokhov, N. Mitchell and S. Peyton Jones, Build systems à la carte, 2018).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, overload

from dossier.edtf import Date
from dossier.model import Annotation, Paragraph, Ref
from dossier.parts import Inline, Link
from dossier.schema import Country, Person, Position
from dossier.views.archive import ArchivePage
from dossier.views.corpus import Corpus
from dossier.views.indexes import IndexPage
from dossier.views.quotations import QuotesPage
from dossier.views.readings import Telling, Utterance
from dossier.work import digest

K = TypeVar("K")
V = TypeVar("V")

#: What was asked: the table, or a question that the corpus answers, and the key.
Question = tuple[str, object]
Asked = dict[Question, None]
#: The key of a question for a whole table.
ALL = "*"
_IN = "in "
_OWN = "own"
_UNKNOWN = b"-"
#: The parts of a corpus that are no tables to look anything up in.
_ASIDE = ("places", "known", "answers", "day", "annotate")
#: A longer answer is taken as its digest, a shorter one is filled up.
_WIDE = 20
#: What many pages ask: the answers are kept in memory.
_OFTEN = (
    *("called", "entries", "in ", "link", "name", "positions", "press.named", "reading_of", "rights", "sort_name"),
    *("standing", "titles"),
)
#: What the readings alone tell: the answers are kept as long as these are the same.
_READ = ("reading_of", "said_in", "shared_paragraphs", "sightings", "spoken", "told_in", "told_of")


class Table(Mapping[K, V]):
    """A table that notes what is looked up in it."""

    __slots__ = ("asked", "name", "table")

    def __init__(self, name: str, table: Mapping[K, V], asked: Asked) -> None:
        self.name, self.table, self.asked = name, table, asked

    def __getitem__(self, key: K) -> V:
        self.asked[self.name, key] = None
        return self.table[key]

    def get(self, key: K, default: Any = None) -> Any:
        """The value of a key, or the default."""
        self.asked[self.name, key] = None
        return self.table.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.asked[_IN + self.name, key] = None
        return key in self.table

    def __iter__(self) -> Iterator[K]:
        self.asked[self.name, ALL] = None
        return iter(self.table)

    def __len__(self) -> int:
        self.asked[self.name, ALL] = None
        return len(self.table)


class Members(Set[Ref]):
    """A set that notes what is looked for in it."""

    __slots__ = ("asked", "members", "name")

    def __init__(self, name: str, members: Set[Ref], asked: Asked) -> None:
        self.name, self.members, self.asked = name, members, asked

    def __contains__(self, ref: object) -> bool:
        self.asked[_IN + self.name, ref] = None
        return ref in self.members

    def __iter__(self) -> Iterator[Ref]:
        self.asked[self.name, ALL] = None
        return iter(self.members)

    def __len__(self) -> int:
        self.asked[self.name, ALL] = None
        return len(self.members)


class Row(Sequence[V]):
    """A row that notes whether it is looked at."""

    __slots__ = ("asked", "name", "row")

    def __init__(self, name: str, row: Sequence[V], asked: Asked) -> None:
        self.name, self.row, self.asked = name, row, asked

    @overload
    def __getitem__(self, place: int) -> V: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[V]: ...
    def __getitem__(self, place: int | slice) -> V | Sequence[V]:
        self.asked[self.name, ALL] = None
        return self.row[place]

    def __len__(self) -> int:
        self.asked[self.name, ALL] = None
        return len(self.row)


@dataclass(frozen=True, slots=True)
class Noting(Corpus):
    """A corpus that notes what it is asked.

    Where a page only wants to know what an entry is called, say, that alone is noted: what else the entry says may
    change without a consequence for the page.
    """

    plain: Corpus | None = field(default=None, repr=False)
    asked: Asked = field(default_factory=dict, repr=False, compare=False)

    @property
    def _plain(self) -> Corpus:
        if self.plain is None:
            raise TypeError("a corpus that notes needs one that answers")
        return self.plain

    @property
    def today(self) -> dt.date:
        """The day that the pages are made for."""
        self.asked["today", ALL] = None
        return self.day

    def name(self, ref: Ref) -> str:
        """What an entry is called."""
        self.asked["name", ref] = None
        return self._plain.name(ref)

    def sort_name(self, ref: Ref) -> str:
        """What an entry is sorted by."""
        self.asked["sort_name", ref] = None
        return self._plain.sort_name(ref)

    def link(self, ref: Ref) -> Inline | None:
        """A link to an entry, its bare name, or None."""
        self.asked["link", ref] = None
        return self._plain.link(ref)

    def page(self, ref: Ref, text: str = "", fragment: str = "") -> Link:
        """A link to the page of an entry that has one."""
        self.asked["name", ref] = None
        return self._plain.page(ref, text, fragment)

    def rights(self, article: Ref) -> str:
        """How much of an article's text the site may show."""
        self.asked["rights", article] = None
        return self._plain.rights(article)

    def find(self, article: Ref, words: str | None) -> Paragraph | None:
        """The paragraph of an article that says these words."""
        self.asked["reading_of", article] = None
        return self._plain.find(article, words)

    def position(self, ref: Ref, when: Date | dt.date | None) -> Position | None:
        """The post that a person held on a date."""
        self.asked["positions", ref] = None
        return self._plain.position(ref, when)

    def role(self, ref: Ref, when: Date | dt.date | None) -> str:
        """The title that a person bore on a date, with the country."""
        held = self.position(ref, when)
        if held and held.country:
            self.asked["called", held.country] = None
        return self._plain.role(ref, when)

    def standing(self, ref: Ref) -> str:
        """What a person is today or was last."""
        self.asked["standing", ref] = None
        return self._plain.standing(ref)


def noting(corpus: Corpus, asked: Asked) -> Noting:
    """The same corpus, as one that notes what it is asked."""
    values: dict[str, Any] = {part.name: getattr(corpus, part.name) for part in fields(corpus)}
    noted = {name: noted_table(name, value, asked) for name, value in values.items() if name not in _ASIDE}

    def annotate(text: str) -> Annotation:
        asked["annotate", text] = None
        return corpus.annotate(text)

    return Noting(**values | noted | {"annotate": annotate, "plain": corpus, "asked": asked})


def noted_table(name: str, value: Any, asked: Asked) -> Any:
    """A table, a set or a row as one that notes what it is asked."""
    if isinstance(value, Mapping):
        return Table(name, value, asked)
    return Members(name, value, asked) if isinstance(value, Set) else Row(name, value, asked)


class Answers:
    """The answers to questions, as digests.

    `identities` are the digests of all that is known of each article. `tables` are those that are asked besides the
    corpus' own, `told` says how a text of the curator's is read: by the digest of all that this depends on.
    """

    def __init__(
        self,
        corpus: Corpus,
        identities: Mapping[Ref, bytes],
        tables: Mapping[str, Mapping[Any, Any]],
        told: Callable[[str], bytes],
    ) -> None:
        self.corpus, self.identities = corpus, identities
        own: dict[str, Any] = {p.name: getattr(corpus, p.name) for p in fields(corpus) if p.name not in _ASIDE}
        self.tables: dict[str, Any] = {name: v for name, v in own.items() if isinstance(v, Mapping | Set)}
        self.tables |= tables
        self.known: dict[str, bytes] = {}
        self.told = told

    def digest(self, lines: Sequence[str]) -> bytes:
        """The answers to some questions, each as `written` gives it, all in one digest."""
        found = [*map(self.known.get, lines)]
        for place, answer in enumerate(found):
            if answer is None:
                found[place] = self._found_out(lines[place])
        return digest(b"".join(filter(None, found)))

    def doubtful(self, before: Answers) -> frozenset[str] | None:
        """The questions whose answers may not be those of the build before; None where that is not soon found out.

        That is so as long as the readings are the very same: then everything else that changes, changes in the
        tables, and is found by comparing them. What was asked of a whole table is always doubtful.
        """
        if self.corpus.answers is not before.corpus.answers or self.corpus.day != before.corpus.day:
            return None
        keys: set[object] = {ALL}
        for name, table in self.tables.items():
            old = before.tables[name]
            if isinstance(table, Set):
                keys |= table ^ old
            elif table is not old:
                keys |= {key for key in table.keys() | old.keys() if table.get(key) != old.get(key)}
        questions = (*_ANSWERS, *self.tables, *(_IN + name for name in self.tables))
        doubts = {f"{name}\t{key}" for name in questions for key in keys}
        return frozenset(doubts | {f"{_OWN}\t{key}" for key in keys})

    def _found_out(self, line: str) -> bytes:
        """The answer to a question that was not asked yet, in so many bytes."""
        read = self.corpus.answers
        answer = read.get(line)
        if answer is None:
            answer = _wide(self._answer(line))
            if line.startswith(_READ):
                read[line] = answer
        if line.startswith(_OFTEN):
            self.known[line] = answer
        return answer

    def _answer(self, line: str) -> bytes:
        name, _, key = line.partition("\t")
        if name == _OWN:
            address, _, tables = key.partition("\t")
            if not tables:
                return b""  # it stands there to be found by `doubtful`
            ref = read(address)
            return b"".join(_wide(self._looked_up(table, ref)) for table in tables.split(","))
        if name == "today":
            return self.corpus.today.isoformat().encode()
        if key == ALL:
            return self._everything()
        if name.startswith(_IN):
            return b"yes" if read(key) in self.tables[name.removeprefix(_IN)] else b"no"
        return self._looked_up(name, key if name == "annotate" else read(key))

    def _looked_up(self, name: str, key: Ref | str) -> bytes:
        answer = _ANSWERS.get(name)
        return answer(self, key) if answer else self._identified(self.tables[name].get(key))

    def _identified(self, value: Any) -> bytes:
        """What tells a value from others: of what stands in articles, these as a whole and the places in them."""
        first = value[0] if isinstance(value, tuple | list) and value else None
        if isinstance(first, Utterance):
            return self._standing_in(value, [said.quotation.start for said in value])
        if isinstance(first, Telling):
            return self._standing_in(value, [told.statement.start for told in value])
        return repr(value).encode()

    def _standing_in(self, parts: Iterable[Utterance | Telling], starts: object) -> bytes:
        articles = (self.identities.get(part.article.ref, _UNKNOWN) for part in parts)
        return b"".join(articles) + repr(starts).encode()

    def _entry(self, ref: Ref) -> bytes:
        entry = self.corpus.entries.get(ref)
        if entry is None:
            return _UNKNOWN
        # What is not set has the value that all entries of the kind have.
        return repr([(name, getattr(entry, name)) for name in sorted(entry.model_fields_set)]).encode()

    def _sighted(self, ref: Ref) -> bytes:
        articles = dict.fromkeys(sighting.article.ref for sighting in self.corpus.sightings.get(ref, ()))
        return b"".join(self.identities.get(article, _UNKNOWN) for article in articles)

    def _listed(self, uri: str) -> bytes:
        page: IndexPage | QuotesPage | ArchivePage | None = self.tables["lists"].get(uri)
        match page:
            case QuotesPage():
                told = repr((page.title, page.pages, page.within, page.newest)).encode()
                return told + self._identified(page.items)
            case ArchivePage(period=period):
                told = repr((page.heading, page.ways, period.label, period.name)).encode()
                known = (self.identities.get(article, _UNKNOWN) + b"%d" % len(found) for article, found in period.items)
                return told + b"".join(known)
            case _:
                return repr(page).encode()

    def _name(self, ref: Ref) -> bytes:
        return self.corpus.name(ref).encode() if ref in self.corpus.entries else _UNKNOWN

    def _link(self, ref: Ref) -> bytes:
        known = self.corpus.link(ref)
        return f"{type(known).__name__} {self._name(ref).decode()}".encode()

    def _called(self, ref: Ref) -> bytes:
        entry = self.corpus.entries.get(ref)
        return repr((entry.name, entry.demonyms)).encode() if isinstance(entry, Country) else _UNKNOWN

    def _positions(self, ref: Ref) -> bytes:
        entry = self.corpus.entries.get(ref)
        return repr(entry.positions).encode() if isinstance(entry, Person) else _UNKNOWN

    def _everything(self) -> bytes:
        if ALL not in self.known:
            told = (repr(item).encode() for item in sorted(self.corpus.entries.items(), key=lambda item: item[0]))
            read = (self.identities[reading.article.ref] for reading in self.corpus.readings)
            self.known[ALL] = digest(self.corpus.today.isoformat().encode(), *told, *read)
        return self.known[ALL]


#: The answers that are not what stands in a table. They are not kept in each of the `Answers`: these would then hold
#: themselves, and all that they know, in memory.
_ANSWERS: Mapping[str, Callable[[Answers, Any], bytes]] = {
    "annotate": lambda answers, text: answers.told(json.loads(text)),
    "called": Answers._called,
    "entries": Answers._entry,
    "link": Answers._link,
    "lists": Answers._listed,
    "name": Answers._name,
    "positions": Answers._positions,
    "reading_of": lambda answers, ref: answers.identities.get(ref, _UNKNOWN),
    "rights": lambda answers, ref: answers.corpus.rights(ref).encode(),
    "said_in": lambda answers, ref: answers.identities.get(ref, _UNKNOWN),
    "shared_paragraphs": lambda answers, ref: repr(
        sorted(answers.corpus.shared_paragraphs.get(ref, {}).items())
    ).encode(),
    "sightings": Answers._sighted,
    "sort_name": lambda answers, ref: (
        answers.corpus.sort_name(ref).encode() if ref in answers.corpus.entries else _UNKNOWN
    ),
    "standing": lambda answers, ref: answers.corpus.standing(ref).encode(),
}


def _wide(answer: bytes) -> bytes:
    return answer.ljust(_WIDE, b"\0") if len(answer) <= _WIDE else hashlib.blake2b(answer, digest_size=_WIDE).digest()


def written(asked: Iterable[Question], own: Ref) -> list[str]:
    """Questions as lines; what is looked up of the page's own entry in one of them."""
    lines, tables = [], []
    for table, key in asked:
        if key is own and not table.startswith((_IN, *_READ, *_OFTEN)):
            tables.append(table)
        else:
            lines.append(f"{table}\t{_key(table, key)}")
    return [f"{_OWN}\t{own}", *lines, f"{_OWN}\t{own}\t{','.join(tables)}"] if tables else lines


def _key(table: str, key: object) -> str:
    return json.dumps(key) if table == "annotate" else str(key)


def read(key: str) -> Ref | str:
    """The key of a question, from its line."""
    kind, slash, name = key.partition("/")
    return key if not slash or name.endswith(".md") else Ref(kind, name)
