"""Who a speaker is: from the words that name the speaker to an entry or a full name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dossier.edtf import Date, Day
from dossier.model import Annotation, Ref
from dossier.quote.names import People, read_name
from dossier.quote.words import CLASS, role_gender
from dossier.schema import Country, Entry, Named, Person, Position

_SPEAKING = ("people", "organizations", "countries", "sources")
#: Marks a position that is held at the time of the article.
_PRESENT = "(present)"
#: "the TASS news agency" is TASS.
_OUTLETS = (
    "agency",
    "broadcaster",
    "channel",
    "daily",
    "magazine",
    "network",
    "newspaper",
    "paper",
    "service",
    "website",
)
_OUTLET = re.compile(r"(?:[Tt]he )?((?!The\b)[A-Z][\w.]*(?: [A-Z][\w.]*)*) [a-z]")
_FULL_NAME = r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}"
_NAME_AFTER = re.compile(rf",? ({_FULL_NAME})")
_NAME_BEFORE = re.compile(rf"({_FULL_NAME}), ((?:an? |the )?(?:[\w’'-]+ ){{0,4}})$")
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """An attributing mention: where it is printed, and whom it names as far as the article tells.

    `kind` is its word class: N a name, T a description, P a pronoun.
    """

    start: int
    end: int
    kind: str
    ref: Ref | None = None
    name: str | None = None


class Cast:
    """Everybody who can speak in one article."""

    def __init__(self, text: str, date: Date | None, annotation: Annotation, entries: Mapping[Ref, Entry]) -> None:
        self.text = text
        self.day = date.earliest if date else None
        self.mentions = annotation.mentions
        self.entries = entries
        self.people = People(text)
        self._ambiguous = frozenset(name.end for name in annotation.unresolved)
        self._by_role: dict[str, list[tuple[int, str, set[str]]]] = {}
        self._by_end = {m.end: m for m in annotation.mentions if m.ref.kind in _SPEAKING and m.rule != "demonym"}

    def named(self, start: int, end: int) -> Speaker:
        """The bearer of a name printed at `start:end`."""
        if mention := self._by_end.get(end):
            entry = self.entries.get(mention.ref)
            printed = entry.name if isinstance(entry, Named) else mention.text
            return Speaker(mention.start, mention.end, "N", mention.ref, printed)
        name = read_name(self.text[start:end])
        if not name.words:
            return Speaker(start, end, "N")
        begin = start + name.offset
        full = str(name) if end in self._ambiguous else self.people.fullest(name)
        return Speaker(begin, begin + len(str(name)), "N", None, full)

    def person(self, speaker: Speaker) -> int:
        """How sure it is that a named speaker is a person: 2 sure, 1 maybe, 0 no."""
        if speaker.ref:
            return 2 if speaker.ref.kind == "people" else 0
        if speaker.kind != "N":
            return 2 if speaker.name else 0
        return self.people.person(read_name(self.text[speaker.start : speaker.end]))

    def gender(self, speaker: Speaker) -> str:
        """M, F, N (they), or nothing where neither the entry nor the article tells."""
        entry = self.entries.get(speaker.ref) if speaker.ref else None
        if isinstance(entry, Person) and entry.pronouns:
            first = entry.pronouns.lower().partition("/")[0].strip()
            return {"he": "M", "she": "F"}.get(first, "N")
        if isinstance(entry, Person) and (known := role_gender(entry.honorific or "")):
            return known
        return self.people.gender(speaker.name) if speaker.name else ""

    def described(self, start: int, end: int) -> Speaker:
        """Whom a description printed at `start:end` means: by position, or by what the article calls people."""
        mention = self._by_end.get(end)
        if mention is not None and mention.start >= start:
            return self.named(mention.start, end)
        speaker = Speaker(start, end, "T")
        words = _WORD.findall(self.text[start:end]) or [""]
        if words[-1].lower() in _OUTLETS and (outlet := _OUTLET.match(self.text, start, end)):
            named = self.named(*outlet.span(1))
            return Speaker(start, end, "T", named.ref, named.name)
        if len(words) < 2 or words[0].lower() not in ("the", "this") or CLASS.get(words[-1].lower()) != "T":
            return speaker
        wanted = {w.lower() for w in words[1:]}
        if not wanted & {"former", "then"}:
            wanted.add(_PRESENT)
        holders = [ref for ref, said in self._descriptions.items() if any(wanted <= words for words in said)]
        if len(holders) == 1:
            entry = self.entries[holders[0]]
            name = entry.name if isinstance(entry, Named) else None
            return Speaker(start, end, "T", holders[0], name)
        return speaker if holders else self._called(speaker, words[-1], wanted)

    @cached_property
    def _descriptions(self) -> dict[Ref, list[set[str]]]:
        """The people linked in the article, with the words of each of their positions as of its date."""
        found: dict[Ref, list[set[str]]] = {}
        for ref in dict.fromkeys(m.ref for m in self.mentions if m.ref.kind == "people"):
            person = self.entries.get(ref)
            if isinstance(person, Person):
                begun = [p for p in person.positions if not (p.start and _after(p.start.earliest, self.day))]
                found[ref] = [self._words_of(person, position) for position in begun]
        return found

    def _words_of(self, person: Person, position: Position) -> set[str]:
        """What a holder of a position may be called: its title, its office, its country; "former" if it is over."""
        names = [position.title]
        if position.organization and isinstance(owner := self.entries.get(position.organization), Named):
            names.append(owner.name)
        for country in {position.country, *person.nationality}:
            if country and isinstance(state := self.entries.get(country), Country):
                names += [state.name, *state.demonyms, *(alias.name for alias in state.aliases)]
        past = position.end is not None and _after(self.day, position.end.latest)
        return {w.lower() for name in names for w in _WORD.findall(name)} | ({"former", "then"} if past else {_PRESENT})

    def _called(self, speaker: Speaker, head: str, wanted: set[str]) -> Speaker:
        """The one person whom the article calls so: "spokeswoman Jane Roe", "Jane Roe, a spokeswoman"."""
        people = {
            full
            for place, full, said in self._roles(head.lower())
            if place < speaker.start and wanted - {_PRESENT} <= said
        }
        if len(people) != 1:
            return speaker
        return Speaker(speaker.start, speaker.end, "T", None, self.people.fullest(read_name(people.pop())))

    def _roles(self, head: str) -> list[tuple[int, str, set[str]]]:
        """Where the article gives a name with a word for what its bearer is, and the words around that word."""
        if head not in self._by_role:
            found = self._by_role[head] = []
            for match in re.finditer(rf"\b{re.escape(head)}\b", self.text, re.IGNORECASE):
                before = self.text[max(0, match.start() - 80) : match.start()]
                if after := _NAME_AFTER.match(self.text, match.end()):
                    said = {w.lower() for w in _WORD.findall(before)[-4:]}
                    found.append((match.start(), after[1], said | {head}))
                if named := _NAME_BEFORE.search(before):
                    found.append((match.start(), named[1], {w.lower() for w in _WORD.findall(named[2])} | {head}))
        return self._by_role[head]


def _after(day: Day | None, other: Day | None) -> bool:
    """Whether both days are known and the one comes after the other."""
    return day is not None and other is not None and day > other
