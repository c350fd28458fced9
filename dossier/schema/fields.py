"""The types of the fields of an entry, from the text a curator typed to a checked value.

Every scalar arrives as the text that stands in the file, so each type here reads text. A type
raises PydanticCustomError(rule, message); the message says what was found and what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Annotated, Any, LiteralString, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from dossier import edtf
from dossier.model import Ref
from dossier.schema.markdown import LONGEST, markdown_fault

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Known:
    """The entries that a reference may point to: every known reference, by kind, with its names.

    Passed to pydantic as the validation context.
    """

    names: Mapping[Ref, tuple[str, ...]]
    #: Built-in countries that a curator keeps under an id of their own: the old reference and the new one.
    moved: Mapping[Ref, Ref] = field(default_factory=dict)

    def of_kinds(self, kinds: Iterable[str]) -> list[Ref]:
        """The known references of some kinds (of all, when none is named), sorted."""
        wanted = set(kinds)
        return sorted(ref for ref in self.names if not wanted or ref.kind in wanted)


def fault(rule: LiteralString, message: str) -> PydanticCustomError:
    """A fault in a field's value; braces in the message are kept as they are."""
    return PydanticCustomError(rule, "{message}", {"message": message})


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """`; did you mean x?` for the closest option, or nothing.

    >>> did_you_mean("naem", ["name", "date"])
    '; did you mean name?'
    >>> did_you_mean("zzz", ["name", "date"])
    ''
    """
    close = get_close_matches(word, list(options), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fault("wrong-type", f"a text is needed here, not {_shape(value)}; write one, in quotes if need be")
    return value


def _shape(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "a list"
    return "fields of its own" if isinstance(value, dict) else "nothing" if value is None else repr(value)


def read_reference(value: Any, kinds: tuple[str, ...], known: Known | None) -> Ref:
    """Resolve `kind/id`, or a bare id where only one of `kinds` has it; no kinds: any kind."""
    text = _text(value)
    allowed = " or ".join(kinds) or "any kind"
    kind, slash, entry_id = text.rpartition("/")
    if not ID.fullmatch(entry_id) or (slash and not ID.fullmatch(kind)):
        hint = _by_name(text, kinds, known)
        form = hint or f"{kinds[0] if kinds else 'kind'}/<id>"
        raise fault("reference", f"{text!r} is not a reference; write {form}")
    if slash and kinds and kind not in kinds:
        meant = [ref for ref in known.of_kinds(kinds) if ref.id == entry_id] if known else []
        instead = f"did you mean {meant[0]}?" if meant else f"an entry of {allowed} is needed"
        raise fault("reference-kind", f"{text!r} cannot stand here; {instead}")
    if known is None:
        return Ref(kind or (kinds[0] if kinds else ""), entry_id)
    if slash:
        ref = known.moved.get(Ref(kind, entry_id), Ref(kind, entry_id))
        if ref in known.names:
            return ref
        found = [ref]
    else:
        wanted = [Ref(k, entry_id) for k in kinds or sorted({r.kind for r in known.names})]
        found = [known.moved.get(ref, ref) for ref in wanted]
        real = [ref for ref in found if ref in known.names]
        if len(real) == 1:
            return real[0]
        if real:
            raise fault("reference", f"{text!r} could be {' or '.join(map(str, real))}; write the one that is meant")
    guess = _by_name(entry_id.replace("-", " "), kinds, known) or ""
    near = f"; did you mean {guess}?" if guess else _by_id(entry_id, found, known)
    near = near or f"; correct it, or write the file {kind or (kinds[0] if kinds else '<kind>')}/{entry_id}.yml"
    where = str(found[0]) if len(found) == 1 else f"{text!r} in {allowed}"
    raise fault("dangling-reference", f"there is no entry {where}{near}")


def _by_id(entry_id: str, missing: list[Ref], known: Known) -> str:
    """A hint at the known reference whose id is this one, in another kind, or most like this one."""
    same = [ref for ref in known.names if ref.id == entry_id]
    if same:
        return f"; did you mean {min(same)}?"
    ids = {ref.id: ref for ref in known.of_kinds(ref.kind for ref in missing)}
    close = get_close_matches(entry_id, ids, n=1, cutoff=0.6)
    return f"; did you mean {ids[close[0]]}?" if close else ""


def _by_name(text: str, kinds: tuple[str, ...], known: Known | None) -> str | None:
    """The reference of the one entry that bears this name, for a hint."""
    if known is None:
        return None
    wanted = text.casefold()
    hits = [ref for ref in known.of_kinds(kinds) if any(n.casefold() == wanted for n in known.names[ref])]
    return str(hits[0]) if len(hits) == 1 else None


@dataclass(frozen=True, slots=True)
class To:
    """Marks a field as a reference to an entry of one of these kinds (of any kind: none named)."""

    kinds: tuple[str, ...] = ()

    def read(self, value: Any, info: core_schema.ValidationInfo) -> Ref:
        """The reference that a field's text stands for."""
        if isinstance(value, Ref):
            return value
        return read_reference(value, self.kinds, info.context if isinstance(info.context, Known) else None)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        kinds = "|".join(self.kinds) or "[a-z]+"
        return {"type": "string", "pattern": f"^(({kinds})/)?[a-z0-9-]+$", "x-kinds": list(self.kinds)}


def _read_date(value: Any) -> edtf.Date:
    if isinstance(value, edtf.Date):
        return value
    try:
        return edtf.parse(_text(value))
    except ValueError as error:
        raise fault("date", str(error)) from None


def _read_url(value: Any) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s\x00-\x1f\x7f\\<>\"]", text):
        raise fault("url", f"{text!r} is not a web address; write it in full: https://example.org/page")
    return text


def _read_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value)
    if text not in ("true", "false"):
        raise fault("wrong-type", f"{text!r} is neither true nor false; write true or false")
    return text == "true"


def _read_plain(value: Any) -> str:
    text = _text(value).strip()
    if not text:
        raise fault("empty", "an empty text says nothing; fill it in or remove the field")
    return text


def _read_markdown(value: Any) -> str:
    text = _read_plain(value)
    if len(text) > LONGEST:
        raise fault("markdown", f"{len(text):,} characters are too many for a field; write at most {LONGEST:,}")
    if found := markdown_fault(text):
        raise fault("markdown", found[1])
    return text


def one_of(*options: str, rule: LiteralString = "not-allowed") -> BeforeValidator:
    """Refuse every text but these, with a suggestion."""

    def read(value: Any) -> str:
        text = _text(value)
        if text not in options:
            near = did_you_mean(text.lower(), options)
            raise fault(rule, f"{text!r} is not one of {', '.join(options)}{near}")
        return text

    return BeforeValidator(read)


def matching(pattern: str, needed: str, change: Callable[[str], str] = str) -> BeforeValidator:
    """Refuse a text that is not of one form; `needed` says which, with an example.

    `pattern` goes into the JSON Schema, too, unless the text is changed before it is compared.
    """
    form = re.compile(pattern)
    shown = Field(pattern=f"^(?:{pattern})$") if change is str else None

    def read(value: Any) -> str:
        text = change(_text(value).strip())
        if not form.fullmatch(text):
            raise fault("format", f"{text!r} is not {needed}")
        return text

    return BeforeValidator(read, json_schema_input_type=Annotated[str, shown])


def _read_list(value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        found = _shape(value)
        raise fault(
            "wrong-type", f"a list is needed here, not {found}; write [a, b], or each item on a line after '- '"
        )
    return tuple(value)


T = TypeVar("T")
Listed = Annotated[tuple[T, ...], BeforeValidator(_read_list)]
Text = Annotated[str, BeforeValidator(_read_plain)]
Markdown = Annotated[str, BeforeValidator(_read_markdown)]
#: The form of an EDTF date, for editors: what it lets through may still be a day that does not exist.
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)(?:T[\d:.Z+-]+)?"
_MONTH = rf"(?:(?:0[1-9]|1[0-2])(?:-{_DAY})?|XX(?:-XX)?|2[1-4])"
_ONE_DATE = rf"(?:-?\d{{4}}(?:-{_MONTH})?|-?\d{{3}}X|-?\d{{2}}XX|Y-?\d{{5,9}})[?~%]?"
EdtfDate = Annotated[
    edtf.Date,
    PlainValidator(_read_date),
    WithJsonSchema(
        {
            "type": ["string", "integer"],  # a year is a number to other readers of YAML
            "pattern": rf"^(?:{_ONE_DATE}|(?:{_ONE_DATE}|\.\.)?/(?:{_ONE_DATE}|\.\.)?)$",
            "patternErrorMessage": "a date is needed here: 2022-09-22, 2022-09, 2022, 2022-07~ or 2022-02-24/..",
            "examples": ["2022-09-22", "2022-07", "2022-07~", "2022-02-24/.."],
        }
    ),
]
_WEB = {
    "format": "uri",
    "pattern": r'^https?://[^\s/\\<>"]+[^\s\\<>"]*$',
    "patternErrorMessage": "a web address is needed here, in full: https://example.org/page",
}
Url = Annotated[str, BeforeValidator(_read_url), Field(json_schema_extra=_WEB)]
Flag = Annotated[bool, BeforeValidator(_read_bool)]
