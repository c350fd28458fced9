"""What an entry of each kind can say, and what its references may point to."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from dossier import countries, edtf, pipeline, schema
from dossier.model import Ref
from dossier.schema import KIND_OF, KINDS, ArticleEntry, Country, Entries, Known, Named, Person, did_you_mean
from dossier.schema.fields import ID, To

COMMON = "aliases summary description identifiers links tags citations tlp draft"
#: Every field of every kind, in the words of the contract.
FIELDS = {
    "articles": "title date source authors url archived_url retrieved language rights credibility events topics "
    f"mentions quotes clean notes {COMMON}",
    "people": "name given_name family_name honorific pronouns nationality birth_date death_date image positions "
    f"{COMMON}",
    "countries": f"name iso official_name capital demonyms region leaders {COMMON}",
    "organizations": f"name type abbreviation parent country headquarters members {COMMON}",
    "events": f"name date type location country part_of participants topics outcome {COMMON}",
    "topics": f"name type parties signed status broader related {COMMON}",
    "sources": f"name type url country reliability affiliation parent {COMMON}",
    "claims": f"name statement about evidence assessment likelihood confidence {COMMON}",
}
#: The fields of what is within a field.
WITHIN = {
    ("people", "positions"): "title organization country start end",
    ("events", "participants"): "who role on_behalf_of stance",
    ("claims", "evidence"): "stance article quote speaker says",
    ("articles", "quotes"): "quote speaker suppress",
    ("articles", "clean"): "drop keep",
    ("people", "aliases"): "name type lang",
    ("people", "links"): "title url",
    ("people", "citations"): "article quote note",
}


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The classes of fields within an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def marks_in(annotation: Any, metadata: Any = ()) -> list[To]:
    """The marks that make a field a reference."""
    found = [mark for mark in (*metadata, *getattr(annotation, "__metadata__", ())) if isinstance(mark, To)]
    return found + [mark for part in get_args(annotation) for mark in marks_in(part)]


def test_the_kinds_are_the_eight_of_the_contract() -> None:
    """Folder by folder, in the order of the site's navigation."""
    assert set(KIND_OF) == set(FIELDS)
    assert len(KINDS) == 8


@pytest.mark.parametrize("kind", FIELDS)
def test_a_kind_has_its_fields_and_no_other(kind: str) -> None:
    """The fields of a kind are those of the contract."""
    assert set(KIND_OF[kind].schema.model_fields) == set(FIELDS[kind].split())


@pytest.mark.parametrize(("kind", "field"), WITHIN)
def test_a_field_has_its_fields_and_no_other(kind: str, field: str) -> None:
    """The fields within a field are those of the contract."""
    found = models_in(KIND_OF[kind].schema.model_fields[field].annotation)
    assert {name for model in found for name in model.model_fields} == set(WITHIN[kind, field].split())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_every_field_is_described(kind: schema.Kind) -> None:
    """An editor can show one plain sentence for each field, also within fields."""
    todo, done = [kind.schema], set()
    while todo:
        model = todo.pop()
        done.add(model)
        assert model.__doc__
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            assert field.description[-1] in ".:?!)"
            todo += [found for found in models_in(field.annotation) if found not in done]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_only_the_name_is_needed(kind: schema.Kind) -> None:
    """Every field is optional but `name`; an article needs none at all. Anything else is refused."""
    needed = {name for name, field in kind.schema.model_fields.items() if field.is_required()}
    assert needed == ({"name"} if issubclass(kind.schema, Named) else set())
    data = dict.fromkeys(needed, "x")
    assert kind.schema.model_validate(data)
    assert rules(kind.schema, data | {"nmae": "x"}) == {"nmae": "extra_forbidden"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_the_json_schema_can_be_written(kind: schema.Kind) -> None:
    """Every kind has a JSON Schema that names its fields."""
    written = json.loads(json.dumps(kind.schema.model_json_schema()))
    assert set(written["properties"]) == set(FIELDS[kind.folder].split())
    assert written["additionalProperties"] is False


# --- values ----------------------------------------------------------------------------------------------------------

ARTICLE = "articles/a"
#: kind, field, what may be typed, what may not
VALUES: list[tuple[str, str, list[Any], list[Any]]] = [
    ("people", "name", ["Jane", "NO", "12", " Jane "], ["", "  ", ["Jane"], {"a": "b"}, None]),
    ("people", "aliases", [[], ["J."], [{"name": "J.", "type": "weak", "lang": "pt-BR"}]],
     ["J.", [""], [{"type": "weak"}]]),
    ("people", "aliases",
     [[{"name": "J.", "type": t}] for t in ("alias", "previous", "abbreviation", "demonym", "metonym")],
     [[{"name": "J.", "type": "nickname"}], [{"name": "J.", "lang": "English"}], [["J."]]]),
    ("people", "summary", ["One sentence."], [["One."], ""]),
    ("people", "description", ["*Two*\n\nparagraphs."], [{"a": "b"}]),
    ("people", "identifiers", [{"wikidata": "Q1"}, {"viaf": "012"}, {}],
     [{"wikidata": "1"}, {"wikidata": "Q１"}, {"a": ["b"]}, ["a"]]),
    ("people", "links", [[{"title": "a", "url": "https://example.org/ü?b=c#d"}]],
     [[{"title": "a", "url": "javascript:alert(1)"}], [{"url": "https://example.org"}], ["https://example.org"]]),
    ("people", "tags", [["a", "NO", "1e3"], []], ["a", [["a"]], [""]]),
    ("people", "citations", [[{"article": "a"}], [{"article": ARTICLE, "quote": "x", "note": "y"}]],
     [[{"quote": "x"}], ["articles/a"], [{"article": "people/jane"}]]),
    ("people", "tlp", ["clear", "green", "amber", "red"], ["white", "RED", ""]),
    ("people", "draft", ["true", "false"], ["yes", "on", "True", "1"]),
    ("people", "given_name", ["Jane"], [["Jane"]]),
    ("people", "family_name", ["Roe"], [{}]),
    ("people", "honorific", ["Dr."], [""]),
    ("people", "pronouns", ["they/them"], [""]),
    ("people", "nationality", [["norway"], ["countries/norway", "latvia"]], ["norway", [["norway"]]]),
    ("people", "birth_date", ["1960", "1960~", "196X"], ["1960-13", "in 1960", ["1960"]]),
    ("people", "death_date", ["../2020"], ["0"]),
    ("people", "image", ["portraits/jane.jpg"], [[""]]),
    ("people", "positions",
     [[{"title": "x", "organization": "un", "country": "norway", "start": "2010", "end": "2011-02"}]],
     [[{"start": "2010"}], ["Minister"], [{"title": "x", "until": "2010"}], {"title": "x"}]),
    ("countries", "iso", ["NO", "no", " No "], ["NOR", "1", "", "N0"]),
    ("countries", "official_name", ["The Kingdom"], [""]),
    ("countries", "capital", ["Oslo"], [["Oslo"]]),
    ("countries", "demonyms", [["Norwegian"]], ["Norwegian"]),
    ("countries", "region", ["Northern Europe"], [[]]),
    ("countries", "leaders", [["jane"], ["people/jane"]], [["countries/norway"], "jane"]),
    ("organizations", "type", ["ministry"], [[]]),
    ("organizations", "abbreviation", ["U.N."], [[]]),
    ("organizations", "headquarters", ["New York"], [[]]),
    ("organizations", "members", [["jane", "un", "countries/norway"]], [["claims/c"], "jane"]),
    ("events", "date", ["2022-09-22", "2022-09", "2022", "2022-21", "2022-02-24/..", "2022-XX-XX", "2022-07-01T10:00Z"],
     ["today", "2022-02-30", "2022/2021", "../.."]),
    ("events", "type", ["talks"], [[]]),
    ("events", "location", ["Vienna"], [[]]),
    ("events", "participants", [[{"who": "jane", "role": "host", "on_behalf_of": "un", "stance": "for"}]],
     [["jane"], [{"role": "host"}]]),
    ("events", "outcome", ["None."], [[]]),
    ("topics", "type", ["treaty"], [[]]),
    ("topics", "signed", ["2010-04-08"], ["8 April"]),
    ("topics", "status", ["suspended"], [[]]),
    ("sources", "type", ["agency"], [[]]),
    ("sources", "url", ["http://example.org", "https://[::1]/"],
     ["example.org", "ftp://example.org", "https://", "https://a b", "https://[::1"]),
    ("sources", "reliability", list("ABCDEF"), ["G", "a", "1", ""]),
    ("sources", "affiliation", ["state-owned"], [[]]),
    ("claims", "statement", ["It rained."], [[]]),
    ("claims", "evidence", [[{"stance": s} for s in ("supports", "disputes", "unclear")],
                            [{"stance": "supports", "article": "a", "quote": "x", "speaker": "post", "says": "y"}]],
     [[{"stance": "for"}], [{"article": "a"}], [{"stance": "supports", "speaker": "events/e"}]]),
    ("claims", "assessment", ["Open."], [[]]),
    ("claims", "likelihood",
     ["almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely",
      "almost certain"], ["probable", "Likely"]),
    ("claims", "confidence", ["low", "moderate", "high"], ["medium"]),
    ("articles", "title", ["A headline"], [[]]),
    ("articles", "date", ["2023-03-03"], ["3 March"]),
    ("articles", "authors", [["Jane Roe"], []], ["Jane Roe"]),
    ("articles", "url", ["https://example.org"], ["x"]),
    ("articles", "archived_url", ["https://example.org"], ["x"]),
    ("articles", "retrieved", ["2025-05-31"], ["now"]),
    ("articles", "language", ["en", "pt-BR", "zh-Hant"], ["english", "EN", ""]),
    ("articles", "rights", ["full", "excerpt", "metadata"], ["none"]),
    ("articles", "credibility", list("123456"), ["0", "7", "A", "1.0", "", ["1"]]),
    ("articles", "mentions", [{"Price": "none", "the minister": "people/jane", "x": "jane"}, {}],
     [["Price"], "none", {"x": "nobody"}]),
    ("articles", "quotes",
     [[{"quote": "x"}], [{"quote": "x", "speaker": "none"}], [{"quote": "x", "speaker": "post", "suppress": "true"}]],
     [["x"], [{"speaker": "jane"}], [{"quote": "x", "suppress": "yes"}]]),
    ("articles", "clean", ["none", {"drop": ["a", "/^b.*$/"], "keep": ["/"]}, {}],
     ["all", ["a"], {"drop": "a"}, {"drop": ["/(/"]}, {"remove": []}]),
    ("articles", "notes", ["Not published."], [[]]),
]  # fmt: skip
KNOWN = Known(
    {
        Ref("people", "jane"): ("Jane Roe",),
        Ref("countries", "norway"): ("Norway", "NO"),
        Ref("countries", "latvia"): ("Latvia", "LV"),
        Ref("organizations", "un"): ("United Nations", "U.N."),
        Ref("events", "e"): ("The event",),
        Ref("topics", "t"): ("The topic",),
        Ref("claims", "c"): ("The claim",),
        Ref("sources", "post"): ("The Post",),
        Ref("articles", "a"): (),
    }
)


def rules(model: type[BaseModel], data: dict[str, Any], known: Known | None = KNOWN) -> dict[str, str]:
    """The rules that data break, by the field that breaks them first."""
    try:
        model.model_validate(data, context=known)
    except ValidationError as error:
        return {str(fault["loc"][0]): fault["type"] for fault in error.errors(include_url=False)}
    return {}


def entry(kind: str, field: str, value: Any) -> dict[str, Any]:
    return ({} if kind == "articles" else {"name": "x"}) | {field: value}


@pytest.mark.parametrize(
    ("kind", "field", "good", "bad"), VALUES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_field_takes_what_it_should_and_nothing_else(kind: str, field: str, good: list[Any], bad: list[Any]) -> None:
    """Each example of a field is read, each counter-example refused, and the fault names the field."""
    model = KIND_OF[kind].schema
    assert [value for value in good if rules(model, entry(kind, field, value))] == []
    assert [value for value in bad if list(rules(model, entry(kind, field, value))) != [field]] == []


def test_every_field_but_references_has_an_example() -> None:
    """The list above leaves no field out."""
    shown = {(kind, field) for kind, field, _, _ in VALUES} | {(kind, field) for kind, field, _ in REFERENCES}
    common = {("people", field) for field in COMMON.split()}
    own = {(kind, field) for kind, fields in FIELDS.items() for field in fields.split() if field not in COMMON.split()}
    assert {pair for pair in (own | common) - shown if pair[1] != "name"} == set()


def test_values_are_read_as_what_they_mean() -> None:
    """Dates are dates, grades numbers, flags booleans, aliases names with a type; texts lose blanks at their ends."""
    person = Person.model_validate({"name": " Jane ", "birth_date": "1960~", "aliases": ["J."], "draft": "true"})
    assert (person.name, person.birth_date, person.draft) == ("Jane", edtf.parse("1960~"), True)
    assert [(a.name, a.type, a.lang) for a in person.aliases] == [("J.", "alias", None)]
    article = ArticleEntry.model_validate(
        {"credibility": "2", "mentions": {"Price": "none"}, "quotes": [{"quote": "x", "speaker": "none"}]},
        context=KNOWN,
    )
    assert (article.credibility, article.mentions, article.quotes[0].speaker) == (2, {"Price": None}, None)
    assert "speaker" in article.quotes[0].model_fields_set
    assert Country.model_validate({"name": "Norway", "iso": "no"}).iso == "NO"


def test_an_entry_cannot_be_changed() -> None:
    """Entries are frozen, and their lists are tuples."""
    person = Person(name="Jane")
    with pytest.raises(ValidationError):
        person.name = "Joan"
    assert isinstance(Person.model_validate({"name": "x", "tags": ["a"]}).tags, tuple)


# --- references ------------------------------------------------------------------------------------------------------

ALL = tuple(FIELDS)
AGENTS = ("people", "organizations", "countries")
#: kind, field, the kinds it may point to
REFERENCES: list[tuple[str, str, tuple[str, ...]]] = [
    ("people", "nationality", ("countries",)),
    ("people", "positions.organization", ("organizations",)),
    ("people", "positions.country", ("countries",)),
    ("people", "citations.article", ("articles",)),
    ("countries", "leaders", ("people",)),
    ("organizations", "parent", ("organizations",)),
    ("organizations", "country", ("countries",)),
    ("organizations", "members", AGENTS),
    ("events", "country", ("countries",)),
    ("events", "part_of", ("events",)),
    ("events", "topics", ("topics",)),
    ("events", "participants.who", AGENTS),
    ("events", "participants.on_behalf_of", ("countries", "organizations")),
    ("topics", "parties", AGENTS),
    ("topics", "broader", ("topics",)),
    ("topics", "related", ("topics", "events", "claims")),
    ("sources", "country", ("countries",)),
    ("sources", "parent", ("sources", "organizations")),
    ("claims", "about", ALL),
    ("claims", "evidence.article", ("articles",)),
    ("claims", "evidence.speaker", (*AGENTS, "sources")),
    ("articles", "source", ("sources",)),
    ("articles", "events", ("events",)),
    ("articles", "topics", ("topics",)),
    ("articles", "quotes.speaker", (*AGENTS, "sources")),
]  # fmt: skip


def holding(kind: str, field: str, reference: str) -> dict[str, Any]:
    """An entry with a reference in a field."""
    outer, _, inner = field.partition(".")
    model = KIND_OF[kind].schema
    listed = "tuple" in str(model.model_fields[outer].annotation)
    others = {"title": "x", "quote": "x", "stance": "supports", "who": "jane", "article": "a"}
    value: Any = reference
    if inner:
        within = models_in(model.model_fields[outer].annotation)[0]
        value = {name: others[name] for name, part in within.model_fields.items() if part.is_required()} | {
            inner: reference
        }
    return entry(kind, outer, [value] if listed else value)


@pytest.mark.parametrize(
    ("kind", "field", "kinds"), REFERENCES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_reference_points_to_its_kinds_only(kind: str, field: str, kinds: tuple[str, ...]) -> None:
    """`kind/id` and the bare id of an entry of these kinds are read as the same; every other kind is refused."""
    outer, model = field.partition(".")[0], KIND_OF[kind].schema
    for ref in KNOWN.names:
        wanted = {} if ref.kind in kinds else {outer: "reference-kind"}
        assert rules(model, holding(kind, field, str(ref))) == wanted, ref
        bare = rules(model, holding(kind, field, ref.id))
        assert bare == ({} if ref.kind in kinds else {outer: "dangling-reference"}), ref
        if ref.kind in kinds:
            both = [model.model_validate(holding(kind, field, form), context=KNOWN) for form in (str(ref), ref.id)]
            assert both[0] == both[1]
    assert rules(model, holding(kind, field, f"{kinds[0]}/nobody")) == {outer: "dangling-reference"}
    for typed in (
        "Jane Roe",
        "NO",
        "people/",
        "/jane",
        "people/jane/",
        "people/Jane",
        "a/people/jane",
        "people\\jane",
        "-a",
    ):
        assert rules(model, holding(kind, field, typed)) == {outer: "reference"}, typed


def test_the_table_of_references_is_complete() -> None:
    """No field is a reference but those above (and the values of `mentions`)."""
    found = set()
    for kind in KINDS:
        for name, field in kind.schema.model_fields.items():
            if marks := marks_in(field.annotation, field.metadata):
                found.add((kind.folder, name, frozenset(marks[0].kinds or ALL)))
            for model in models_in(field.annotation):
                found |= {
                    (kind.folder, f"{name}.{inner}", frozenset(mark.kinds or ALL))
                    for inner, part in model.model_fields.items()
                    for mark in marks_in(part.annotation, part.metadata)
                }
    listed = {(kind, field, frozenset(kinds)) for kind, field, kinds in REFERENCES}
    citations = {(kind, "citations.article", frozenset({"articles"})) for kind in KIND_OF}
    assert found == listed | citations | {("articles", "mentions", frozenset(ALL))}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("nationality", "norwy", "there is no entry countries/norwy; did you mean countries/norway?"),
        ("nationality", "no", "there is no entry countries/no; did you mean countries/norway?"),
        ("nationality", "NO", "'NO' is not a reference; write countries/norway"),
        ("nationality", "Norway", "'Norway' is not a reference; write countries/norway"),
        ("nationality", "Nowhere", "'Nowhere' is not a reference; write countries/<id>"),
        ("nationality", "qqq", "there is no entry countries/qqq; correct it, or write the file countries/qqq.yml"),
        ("nationality", "people/jane", "'people/jane' cannot stand here; an entry of countries is needed"),
    ],
)
def test_a_reference_that_fails_says_what_to_write(field: str, typed: str, message: str) -> None:
    """The hint is the entry that bears the name, has the code, or has the id most like it."""
    with pytest.raises(ValidationError) as error:
        Person.model_validate({"name": "x", field: [typed]}, context=KNOWN)
    assert [fault["msg"] for fault in error.value.errors()] == [message]


def test_a_bare_id_of_two_kinds_is_asked_about() -> None:
    """Where two kinds have the id, the curator has to say which is meant."""
    known = Known({Ref("people", "x"): (), Ref("countries", "x"): ()})
    with pytest.raises(ValidationError, match="'x' could be people/x or countries/x; write the one that is meant"):
        KIND_OF["organizations"].schema.model_validate({"name": "y", "members": ["x"]}, context=known)


@pytest.mark.parametrize("name", ["a", "0", "a-b-c", "2022-09-22-talks"])
def test_an_id_is_small_letters_digits_and_hyphens(name: str) -> None:
    """What may be an id."""
    assert ID.fullmatch(name)
    assert did_you_mean(name, [name]) == f"; did you mean {name}?"


# --- countries -------------------------------------------------------------------------------------------------------


def entries(files: dict[str, str]) -> Entries:
    """The entries of a sound folder with these files."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            (Path(root) / name).parent.mkdir(exist_ok=True)
            (Path(root) / name).write_text(text, encoding="utf-8")
        found = pipeline.survey(Path(root))
    assert found.problems == ()
    return found.entries


def country(found: Entries, name: str) -> Country:
    one = found[Ref("countries", name)]
    assert isinstance(one, Country)
    return one


NORWAY = country(countries.builtin(), "norway")


def test_a_country_needs_no_file() -> None:
    """References to the built-in countries work in an empty dossier, by the slug of their English name."""
    found = entries({"people/jane.yml": "name: Jane\nnationality: [norway, countries/south-korea, russia]"})
    assert country(found, "norway") == NORWAY
    assert {ref for ref in found if ref.kind == "countries"} == set(countries.builtin())


def test_a_file_of_the_same_id_extends_the_built_in_country() -> None:
    """Its own fields win, what it does not say comes from the table, and names are added to."""
    norway = country(entries({"countries/norway.yml": "name: Norway\ncapital: Bergen\ndemonyms: [Norse]"}), "norway")
    assert (norway.capital, norway.iso, norway.region) == ("Bergen", "NO", NORWAY.region)
    assert norway.official_name == NORWAY.official_name
    assert norway.demonyms == ("Norse", *NORWAY.demonyms)
    assert {a.name for a in NORWAY.aliases} <= {a.name for a in norway.aliases}


def test_a_file_with_the_code_replaces_the_built_in_country_under_its_own_id() -> None:
    """There is one Norway: the curator's, with the table's names, and the built-in id leads to it."""
    found = entries({"countries/norge.yml": "name: Norge\niso: NO", "people/jane.yml": "name: J\nnationality: [norge]"})
    norge = country(found, "norge")
    assert Ref("countries", "norway") not in found
    assert (norge.capital, norge.region) == (NORWAY.capital, NORWAY.region)
    assert "Norway" in {a.name for a in norge.aliases}
    with tempfile.TemporaryDirectory() as root:
        for name, text in {
            "countries/norge.yml": "name: Norge\niso: no",
            "people/j.yml": "name: J\nnationality: [norway]",
        }.items():
            (Path(root) / name).parent.mkdir(exist_ok=True)
            (Path(root) / name).write_text(text)
        problems = pipeline.survey(Path(root)).problems
    assert problems == ()


def test_a_code_and_the_name_of_a_file_do_not_contradict_each_other() -> None:
    """A file named like one country with the code of another is a problem, and so is a code nobody has."""
    with tempfile.TemporaryDirectory() as root:
        (Path(root) / "countries").mkdir()
        (Path(root) / "countries/georgia.yml").write_text("name: Peach State\niso: US")
        (Path(root) / "countries/nowhere.yml").write_text("name: Nowhere\niso: ZZ")
        problems = pipeline.survey(Path(root)).problems
    assert [(p.path, p.rule) for p in problems] == [
        ("countries/georgia.yml", "colliding-id"),
        ("countries/nowhere.yml", "not-allowed"),
    ]


def test_a_country_that_is_not_in_the_table_stands_alone() -> None:
    """A territory without a code, or a country of the past, is an entry like any other."""
    found = entries({"countries/east-germany.yml": "name: East Germany\ndemonyms: [East German]"})
    assert country(found, "east-germany") == Country(name="East Germany", demonyms=("East German",))
    assert len([ref for ref in found if ref.kind == "countries"]) == len(countries.builtin()) + 1
