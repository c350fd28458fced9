"""Tables for spreadsheets: a file a kind of thing, made from the fields of the schema."""

from __future__ import annotations

import csv as writer
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from dossier.edtf import Date
from dossier.export.dataset import INTERNAL, Dataset, address
from dossier.model import Quotation, Ref, Statement
from dossier.schema import KINDS, Entry

Row = Mapping[str, Any]

#: What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"[\s\x00-\x20]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
#: Between the items of a cell.
JOINT = " | "


def csv(data: Dataset) -> Mapping[str, str]:
    """The tables by the name of their file, as RFC 4180 has it, with a byte order mark for spreadsheets.

    `people.csv` has a row for each person; a list of several fields a table of its own, `people_positions.csv`.
    What all kinds have in common stands together: `names.csv`, `citations.csv`, `links.csv`.
    """
    tables: dict[str, list[Row]] = {}
    for kind in KINDS:
        entries = [(ref, entry) for ref, entry in data.entries.items() if ref.kind == kind.folder]
        if kind.folder != "articles":
            tables[kind.folder] = [_entry(data, ref, entry) for ref, entry in entries]
        for ref, entry in entries:
            for name, item, n in _parts(entry):
                table = name if name in Entry.model_fields else f"{kind.folder}_{name}"
                row = {"entry": ref, "n": n} | {field: getattr(item, field) for field in type(item).model_fields}
                tables.setdefault("names" if name == "aliases" else table, []).append(row)
    tables |= {"articles": [*_articles(data)], "mentions": [*_mentions(data)], "quotations": [*_quotations(data)]}
    tables["named"] = [
        {"article": article, "entry": ref, "count": count}
        for article, named in data.named.items()
        for ref, count in named.items()
    ]
    return {f"{name}.csv": _table(rows) for name, rows in sorted(tables.items()) if rows}


def _entry(data: Dataset, ref: Ref, entry: Entry) -> Row:
    """The fields of an entry that fit into a cell."""
    fields = {name: getattr(entry, name) for name in type(entry).model_fields if name not in INTERNAL}
    first = {"entry": ref, "name": data.names[ref], "page": address(data, ref)}
    return first | {name: value for name, value in fields.items() if name != "name" and not _is_parts(entry, name)}


def _is_parts(entry: Entry, name: str) -> bool:
    """Whether a field is a list of several fields each, filled in or not."""
    return any(_models(type(entry).model_fields[name].annotation))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _parts(entry: Entry) -> Iterator[tuple[str, BaseModel, int]]:
    """The items of an entry's lists that have fields of their own, numbered from 1."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, tuple) and name not in INTERNAL:
            yield from ((name, item, n) for n, item in enumerate(value, 1) if isinstance(item, BaseModel))


def _articles(data: Dataset) -> Iterator[Row]:
    for reading in data.readings:
        article, entry = reading.article, data.article(reading.article.ref)
        yield {
            "entry": article.ref,
            "title": article.title,
            "page": address(data, article.ref),
            "date": article.date,
            "date_words": article.date.words if article.date else "",
            "source": article.source,
            "source_name": article.source_name,
            "authors": article.authors,
            "language": article.language,
            **{
                name: getattr(entry, name)
                for name in ("url", "archived_url", "retrieved", "rights", "credibility", "events", "topics", "summary")
            },
            "tlp": entry.tlp,
            "path": article.path,
            "sha256": article.sha256,
        }


def _mentions(data: Dataset) -> Iterator[Row]:
    for reading in data.readings:
        for m in reading.annotation.mentions:
            place = reading.article.paragraph_at(m.start).n
            where = {"article": reading.article.ref, "paragraph": place, "start": m.start, "end": m.end}
            yield {**where, "words": m.text, "entry": m.ref, "rule": m.rule, "name": m.name}


def _quotations(data: Dataset) -> Iterator[Row]:
    for reading in data.readings:
        said: tuple[Quotation | Statement, ...] = (*reading.quotations, *reading.statements)
        for one in said:
            yield {
                "article": reading.article.ref,
                "paragraph": reading.article.paragraph_at(one.start).n,
                "form": "direct" if isinstance(one, Quotation) else "indirect",
                "words": one.text,
                "speaker": one.speaker,
                "speaker_name": one.speaker_name,
                "cue": one.cue,
                "rule": one.rule,
            }


def _table(rows: Sequence[Row]) -> str:
    columns = [*dict.fromkeys(name for row in rows for name in row)]
    out = io.StringIO(newline="")
    table = writer.writer(out, quoting=writer.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return f"\ufeff{out.getvalue()}"


def cell(value: object) -> str:
    r"""A value as a spreadsheet shows it: text that would begin a formula has an apostrophe before it.

    >>> cell("=1+1"), cell(" @SUM(A1)"), cell(("a", "b")), cell(True), cell(None)
    ("'=1+1", "' @SUM(A1)", 'a | b', 'true', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Date():
            text = value.edtf
        case tuple() | list():
            text = JOINT.join(map(_bare, value))
        case dict():
            text = JOINT.join(f"{key}: {_bare(item)}" for key, item in value.items())
        case _:
            text = _bare(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(value: object) -> str:
    text = value.edtf if isinstance(value, Date) else str(value)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
