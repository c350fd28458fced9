"""However a file is laid out, a rename changes the references in it and not one byte else; a merge loses nothing."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier.export.drafts import scalar
from dossier.load import load
from dossier.model import Ref
from dossier.revise import RefusedError, merge, rename

OLD, NEW = Ref("people", "jane-row"), Ref("people", "jane-roe")
#: Stands for the id in a layout.
ID = "@@"

comments = st.sampled_from(["", "", "  # people/jane-row", " # é: [x], {y}", "   #"])
gaps = st.sampled_from(["", "\n", "# jane-row stood here\n", "\n\n  # - people/jane-row\n\n"])
references = st.sampled_from(
    [
        f"people/{ID}",
        ID,
        f'"people/{ID}"',
        f"'{ID}'",
        f'"{ID}"',
        f">-\n      people/{ID}",
        f"|-\n      {ID}",
        f"'people/{ID}'",
    ]
)
in_line = references.filter(lambda text: "\n" not in text)
others = st.sampled_from(["people/karl", "karl", "'karl'", '"people/k\\u0061rl"'])
blanks = st.sampled_from(["", " ", "  "])


@st.composite
def flow_lists(draw: st.DrawFn) -> str:
    items = draw(st.lists(in_line | others, min_size=1, max_size=4))
    joint = f"{draw(blanks)},{draw(st.sampled_from([' ', '   ', chr(10) + '    ']))}"
    return f" [{draw(blanks)}{joint.join(items)}{draw(blanks)}]{draw(comments)}\n"


@st.composite
def block_lists(draw: st.DrawFn) -> str:
    indent = draw(st.sampled_from(["", "  ", "    "]))
    dash = draw(st.sampled_from(["- ", "-   "]))
    text = f"{draw(comments)}\n"
    for item in draw(st.lists(references | others, min_size=1, max_size=4)):
        comment = "" if "\n" in item else draw(comments)
        text += f"{indent}{dash}{item}{comment}\n" + draw(gaps)
    return text


@st.composite
def members(draw: st.DrawFn) -> str:
    return f"members:{draw(flow_lists() | block_lists())}"


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """An organization, with its references in any form that YAML has."""
    parts = [
        f"name: {draw(st.sampled_from(['Office', '{q}Office{q}'.format(q=chr(34)), 'Office of people/jane-row']))}\n",
        draw(members()),
        f"summary: >\n  Folded words of people/jane-row,\n  and more.\n{draw(gaps)}",
        f"description: |\n  See [her](../people/{ID}.md) and `people/jane-row`.\n",
    ]
    parts = [part + draw(gaps) for part in draw(st.permutations(parts))]
    return draw(gaps) + draw(st.sampled_from(["", "---\n"])) + "".join(parts)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


PEOPLE = {"people/jane-row.yml": b"name: Jane Roe\n", "people/karl.yml": b"name: Karl Moor\n"}


@settings(max_examples=50)
@given(layouts(), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_nothing_but_the_references_changes(layout: str, newline: str, mark: bool, cut: bool) -> None:
    """What comes out is what would have been typed with the other id in the first place."""
    layout = layout.rstrip("\n") if cut else layout
    start = b"\xef\xbb\xbf" if mark else b""
    before, after = (start + layout.replace(ID, one.id).replace("\n", newline).encode() for one in (OLD, NEW))
    with tempfile.TemporaryDirectory() as scratch:
        folder = written(Path(scratch), PEOPLE | {"organizations/office.yml": before})
        revision = rename(folder, OLD, NEW)
    assert revision.after.get("organizations/office.yml", before) == after
    assert revision.after["people/jane-roe.yml"] == PEOPLE["people/jane-row.yml"]


words = st.sampled_from(
    ["Minister", "yes", "2022-10", "a: b", "#1", "- x", "[x", "{y", "it's", 'say "so"', "é", "null ", "~"]
)
texts = words.map(lambda text: "'" + text.replace("'", "''") + "'") | st.sampled_from(["Minister", "envoy", '"a\\tb"'])
fields = {
    "family_name": texts,
    "summary": texts | st.sampled_from([">\n  Folded\n  words.\n", "|\n  One.\n\n  Two.\n"]),
    "nationality": st.sampled_from(
        ["[austria]", "\n  - austria   # home\n  - france", "[france,\n   austria]", "\n- france"]
    ),
    "positions": st.sampled_from(
        [
            "\n  - title: Envoy   # first\n    country: austria",
            "\n- {title: Envoy}\n-   title: Minister\n    start: 2019",
            "[{title: Envoy, country: austria}]",
            "\n  # above\n  -\n    title: Minister\n",
        ]
    ),
    "tags": st.lists(texts, min_size=1, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    | st.lists(texts, min_size=1, max_size=3).map(lambda items: "".join(f"\n  - {item}  # tag" for item in items)),
    "identifiers": st.sampled_from(["{wikidata: Q1}", "\n  viaf: 12\n  wikidata: Q2  # checked", "{viaf: '12'}"]),
    "aliases": st.sampled_from(
        ["[J. R.]", "\n  - {name: Roe, type: weak}\n  - Janet", "\n-   name: JR\n    type: abbreviation  # on badges"]
    ),
    "draft": st.just("false"),
    "tlp": st.sampled_from(["green", "'amber'"]),
}


@st.composite
def people(draw: st.DrawFn, name: str) -> str:
    """An entry of a person in any layout."""
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), unique=True))
    parts = [f"name: {name}{draw(comments)}\n"]
    for field in chosen:
        value = draw(fields[field])
        parts.append(f"{field}: {value}" if value[:1] != "\n" else f"{field}:{value}")
        parts[-1] = parts[-1].rstrip("\n") + "\n" + draw(gaps)
    return draw(gaps) + "".join(draw(st.permutations(parts)))


@settings(max_examples=60)
@given(people("Jane Row"), people("Jane Roe"), st.sampled_from(["\n", "\r\n"]))
@example("name: Jane Row\ntags: ['a']\n", "name: Jane Roe\ntags: []\n", "\n")
@example("{name: Jane Row, tags: [a, b]}", "{name: Jane Roe, tags: [b]}", "\n")
def test_a_merge_loses_nothing(one: str, other: str, newline: str) -> None:
    """Every text and every comment of the two stands in what comes out, or is named as dropped; the rest stays."""
    files = {
        "people/jane-row.yml": one.replace("\n", newline).encode(),
        "people/jane-roe.yml": other.replace("\n", newline).encode(),
    }
    with tempfile.TemporaryDirectory() as scratch:
        folder = written(Path(scratch), files)
        before = load(folder)
        try:
            revision = merge(folder, OLD, NEW)
        except RefusedError as refusal:
            if refusal.problems:
                return
            raise  # never for the layout alone
        after = load(folder, revision.after)
    text = (revision.after.get("people/jane-roe.yml") or files["people/jane-roe.yml"]).decode()
    told = "\n".join(revision.notes)
    data = after.documents[NEW].data
    for ref, document in before.documents.items():
        for value in leaves({k: v for k, v in document.data.items() if k not in ("draft", "tlp")}):
            assert value in leaves(data) or value.strip() in told or scalar(value) in told, (ref, value)
    for comment in re.findall(r"(?m)(?:^|(?<=\s))#[^\r\n]*\S", uncommented(other)):
        assert comment in text
    for comment in re.findall(r"(?m)(?:^|(?<=\s))#[^\r\n]*\S", uncommented(one)):
        assert comment in text or comment in told
    for name, value in before.documents[NEW].data.items():
        if isinstance(value, str) and name != "tlp":
            assert data[name] == value


def uncommented(text: str) -> str:
    """A text without what is quoted in it."""
    return re.sub(r"'(?:[^']|'')*'", "''", text)


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [str(value)]
