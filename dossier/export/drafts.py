"""The text of new entry files: what is known is filled in, every other field stands there as a comment."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dossier.export.schemas import FOLDER, Schema
from dossier.model import Article, Basis
from dossier.unseen import without

LONGEST_ID = 60

#: Letters of Latin alphabets that are no letter with a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ə": "a"}
)
#: The marks that leave no gap: of a possessive, and of an abbreviation.
_RUN_TOGETHER = re.compile(r"(?<=\w)['’ʼ](?=s\b)|(?<=\b\w)\.(?=\w\b)")
_PLAIN = re.compile(r"[^\W\d_](?:[\w .()'’–/-]*[\w.)])?")
_NO_TEXT = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "none"])
_TOLD = {"html": "from the page's markup", "text": "read in the text", "filename": "from the file's name"}


def slug(name: str, longest: int = LONGEST_ID) -> str:
    """An id made of a name: small letters a-z, digits, single hyphens, cut between words; it may be empty.

    >>> slug("Côte d’Ivoire"), slug("Lech Wałęsa"), slug("U.N. Chair’s Summary"), slug("外交部")
    ('cote-d-ivoire', 'lech-walesa', 'un-chairs-summary', '')
    """
    folded = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    bare = _RUN_TOGETHER.sub("", bare)
    words = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    if len(words) <= longest:
        return words
    return (words[: longest + 1].rpartition("-")[0] or words[:longest]).strip("-")


def scalar(text: str) -> str:
    """A text as YAML, on one line: as it is where no reader of YAML takes it for something else, else in quotes.

    >>> scalar("Jane Roe"), scalar("NO"), scalar("yes: no"), scalar("2022-10")
    ('Jane Roe', '"NO"', '"yes: no"', '"2022-10"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT and text.isprintable():
        return text
    return f'"{"".join(_quoted(char) for char in text)}"'


def _quoted(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def schema_line(kind: str) -> str:
    """The comment that tells an editor where the JSON Schema of an entry is."""
    return f"# yaml-language-server: $schema=../../{FOLDER}/{kind}.json"


def entry_draft(
    kind: str, name: str, schema: Schema, known: Mapping[str, Any] | None = None, remarks: Iterable[str] = ()
) -> str:
    """The file of a new entry, with its name and what else is `known`; every other field is a comment.

    `schema` is the JSON Schema of the kind. Taking the `#` before a field's name away fills it in. With
    `remarks` on where it came from, the entry is a draft, to be looked over.
    """
    filled = {"name": name, **(known or {})}
    notes = [f"# {remark}" for remark in remarks]
    lines = [schema_line(kind), *notes, *(f"{field}: {_value(value)}" for field, value in filled.items())]
    if notes:
        lines.append("draft: true  # it is left out of the site; delete this line when you have looked it over")
        filled["draft"] = True
    lines.append("")
    lines += ["# Take away the # before a field, and write what you know. What you do not know, leave out."]
    guesses = _parts_of(name) if kind == "people" else {}
    for field, about in schema["properties"].items():
        if field in filled:
            continue
        guess = guesses.get(field)
        lines += ["", f"# {about['description']}{' (A guess.)' if guess else ''}"]
        lines += [f"#{line}" for line in _example(field, {**about, "examples": [guess]} if guess else about, schema)]
    return "\n".join([*lines, ""])


def _value(value: Any) -> str:
    return scalar(value) if isinstance(value, str) else flow(value)


def _parts_of(name: str) -> dict[str, str]:
    """What is often the given and the family name; nothing for a name that is one word."""
    words = name.split()
    return {"given_name": " ".join(words[:-1]), "family_name": words[-1]} if len(words) > 1 else {}


def _example(field: str, about: Schema, schema: Schema) -> list[str]:
    """A field with an example, as lines of YAML."""
    if about.get("examples"):
        return [f"{field}: {flow(about['examples'][0])}"]
    parts = schema["$defs"][about["items"]["$ref"].rpartition("/")[2]]["properties"]
    rows = [(f"{name}: {flow(part['examples'][0])}", part["description"]) for name, part in parts.items()]
    return [
        f"{field}:",
        *(f"  {' ' if n else '-'} {row}  # {told}" for n, (row, told) in enumerate(rows)),
    ]


def flow(value: Any) -> str:
    """A value as YAML on one line.

    >>> flow({"wikidata": "Q58217"}), flow(["a", "b, c"]), flow(True)
    ('{wikidata: Q58217}', '[a, "b, c"]', 'true')
    """
    match value:
        case bool() | int():
            return str(value).lower()
        case dict():
            return f"{{{', '.join(f'{scalar(key)}: {flow(item)}' for key, item in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(flow, value))}]"
        case _:
            # Dates and references are easier to read without quotes, and dossier takes what is typed.
            return value if re.fullmatch(r"\d{4}(?:-\d\d){0,2}~?|[a-z]+/[a-z0-9-]+", value) else scalar(str(value))


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a raw article beside its text.

    The name of its file, its address and its language where they are sound, the day of its last change (ISO).
    `told` is what told the facts that neither its text nor its markup tells, `remarks` are lines of comment.
    """

    name: str
    address: str | None = None
    language: str | None = None
    changed: str | None = None
    told: str = ""
    remarks: tuple[str, ...] = ()


def article_draft(article: Article, found: Found) -> str:
    """The metadata of a new article: what was found in it, each with what told it, to be looked over.

    What is not certain enough to be taken over stands there as a comment.
    """
    return "\n".join([schema_line("articles"), *_facts(article, found), ""])


def _facts(article: Article, found: Found) -> Iterator[str]:
    def told(fact: Any) -> str:
        basis: Basis | None = article.basis.get(fact)
        return _TOLD.get(basis or "", found.told or "found")

    title = one_line(article.title) or one_line(found.name)
    yield f"# Drafted from {one_line(found.name)}."
    yield "# Look it over: correct what is wrong, delete what you would not vouch for."
    if "title" in article.basis:
        yield f"title: {scalar(title)}  # {told('title')}"
    else:
        yield f"#title: {scalar(title)}  # no headline was found: the first words"
    if article.date:
        yield f"date: {article.date.edtf}  # {told('date')}"
    else:
        yield f"#date: {found.changed or '2024-05-06'}  # no day of publication was found: an example"
    if article.source:
        yield f"source: {article.source.id}  # {told('source')}"
    elif article.source_name and (name := one_line(article.source_name)):
        yield f"#source: {slug(name)}  # {told('source')}; it has no entry yet: dossier new source {shlex.quote(name)}"
    if authors := [*filter(None, map(one_line, article.authors))]:
        yield f"authors: [{', '.join(map(scalar, authors))}]  # {told('authors')}"
    if found.address:
        address = found.address if found.address.isascii() else scalar(found.address)
        yield f"url: {address}  # the address that the file gives"
    if found.language:
        yield f"language: {scalar(found.language)}  # as the page states it, or else by its words"
    yield from found.remarks
    if found.changed:
        yield f"#retrieved: {found.changed}  # the day of the file's last change"


def one_line(text: str) -> str:
    """A text on one line, without control characters and their like.

    >>> one_line("Ministers\\n meet\\x07")
    'Ministers meet'
    """
    return without(" ".join("".join(char if unicodedata.category(char)[0] != "C" else " " for char in text).split()))
