"""The `suggest` stage: names that occur in the articles and have no entry, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossier.model import Annotation, Article, Ref
from dossier.schema import Country, Entry, Named, Organization, Person
from dossier.suggest.cues import Sort
from dossier.suggest.fold import fold
from dossier.suggest.runs import begins_sentence
from dossier.suggest.tally import Record, key_of, tally
from dossier.suggest.words import GIVEN

__all__ = ["Sort", "Suggestion", "suggest"]

#: So much evidence lets a name count that occurs only once: a head word, a title, or "in" before it.
CLEAR = 1.5
#: A sentence is looked for so many characters before and behind a name.
_REACH = 600
_END = re.compile(r"[.!?][\"”’)]*\s+|\n\n")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name without an entry.

    `name` is the form an entry would bear: of a person the full name, else the form most often printed;
    `forms` are the other forms in the articles, `full_name` is the longest of all. `type` is `person`,
    `organization`, `place`, `event`, or `other` where nothing tells. `count` is how often the name
    occurs, in all its forms; `articles` where, in the order of the articles. `example` is a sentence
    that has it.
    """

    name: str
    type: Sort
    count: int
    articles: tuple[Ref, ...]
    example: str
    full_name: str
    forms: tuple[str, ...] = ()


def suggest(
    articles: Sequence[Article], annotations: Mapping[Ref, Annotation], entries: Mapping[Ref, Entry]
) -> tuple[Suggestion, ...]:
    """The names in the articles that no entry covers, best first: those that recur, then clear single ones.

    What a mention or an open question of the annotations covers is no name, nor is anything that an entry
    bears as a name. Only a capital is left to the annotations: where it is but a place, no entry has it.
    Articles that are known to be in another language than English are passed over, as the rules are those
    of English. Takes time in proportion to the text.
    """
    read = [article for article in articles if (article.language or "en").startswith("en")]
    found = tally(read, annotations)
    for key in found.records.keys() & {*_borne(entries), *_linked(annotations)}:
        del found.records[key]
    records = sorted(filter(_counts, fold(found)), key=lambda record: (-_worth(record), record.key))
    return tuple(_suggestion(record, read) for record in records)


def _borne(entries: Mapping[Ref, Entry]) -> Iterator[str]:
    """The keys of all names that entries bear; metonyms are names of something else, too."""
    for entry in entries.values():
        if isinstance(entry, Named):
            yield key_of(entry.name)
            yield from (key_of(alias.name) for alias in entry.aliases if alias.type != "metonym")
        if isinstance(entry, Country):
            yield from map(key_of, (*entry.demonyms, entry.official_name or entry.name))
        if isinstance(entry, Organization) and entry.abbreviation:
            yield key_of(entry.abbreviation)
        if isinstance(entry, Person):
            yield key_of(entry.family_name or entry.name.split()[-1])


def _linked(annotations: Mapping[Ref, Annotation]) -> Iterator[str]:
    """The keys of all names that the annotations link or leave open."""
    for annotation in annotations.values():
        yield from {key_of(mention.text) for mention in annotation.mentions if mention.rule != "metonym"}
        yield from {key_of(question.text) for question in annotation.unresolved}


def _counts(record: Record) -> bool:
    """Whether a name recurs, or is shown for what it is by its own words or those around it."""
    if record.count + record.inside > 1:
        return True
    return record.proven > 0 and record.sort != "other" and max(record.evidence.values()) >= CLEAR


def _worth(record: Record) -> float:
    """How much a name is worth: how often and how widely it occurs, and how sure it is that it is one.

    Inside longer names it counts half; evidence decides among names that occur equally often; what only
    begins sentences may be none, and what a given name alone says, or a name that nothing tells of, is little.
    """
    worth = record.count + 0.5 * min(record.inside, 2 * record.count) + 0.5 * (len(record.places) - 1)
    worth += 0.1 * min(5.0, max(record.evidence.values()))
    if not record.proven:
        worth *= 0.3
    if record.sort == "other":
        worth *= 0.8
    if record.key in GIVEN:
        worth *= 0.5
    return worth


def _suggestion(record: Record, articles: Sequence[Article]) -> Suggestion:
    forms = record.printed + record.folded
    named = record.printed if record.sort == "person" else forms
    name = min(named, key=lambda form: (-forms[form], form.isupper(), form))
    return Suggestion(
        name=name,
        type=record.sort,
        count=record.count,
        articles=tuple(articles[number].ref for number in sorted(record.places)),
        example=_example(record, articles, name),
        full_name=max(forms, key=lambda form: (form.count(" "), len(form), form)),
        forms=tuple(sorted(forms.keys() - {name}, key=lambda form: (-forms[form], form))),
    )


def _example(record: Record, articles: Sequence[Article], name: str) -> str:
    """The sentence that best shows a name: one with its own form, neither curt nor endless."""
    found = [
        _sentence(articles[number].text, start)
        for number in sorted(record.places)[:4]
        for start in record.places[number][:4]
    ]
    return max(found, key=lambda sentence: (name in sentence, 50 <= len(sentence) <= 300, len(sentence) <= 300))


def _sentence(text: str, start: int) -> str:
    """The sentence that a name stands in, on one line."""
    begin, end = max(0, start - _REACH), min(len(text), start + _REACH)
    for match in _END.finditer(text, begin, end):
        if "\n\n" not in match[0] and not begins_sentence(text, match.end()):
            continue
        if match.end() > start:
            end = match.start() + len(match[0].rstrip())
            break
        begin = match.end()
    return " ".join(text[begin:end].split())
