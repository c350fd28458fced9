"""What an audience must not see is nowhere in what is published: a mark is put into every field of what is withheld."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.export.forms import FORM_OF
from dossier.schema import KIND_OF, KINDS, TLP
from tests.conftest import dossier_in, mkdocs

from .conftest import dead_links

LEVELS = ("green", "amber", "red", "draft")

#: Every field of each kind, with a mark in it wherever a text of one's own can stand; @ is the level.
NAMED = """name: Qzname$ @
aliases: [Qzalias$ @, {{name: Qzweak$ @, type: weak}}]
summary: Qzsummary @.
description: "**Qzdescription @** is [linked](https://qzlinked-@.example/)."
identifiers: {{wikidata: Q871871871}}
links: [{{title: Qzlink @, url: "https://qzlink-@.example/"}}]
tags: [qztag @]
citations: [{{article: qz-@, quote: Qztext of @, note: Qznote @.}}]
tlp: {tlp}
draft: {draft}
"""
OWN = {
    "people": """given_name: Qzgiven @
family_name: Qzfamily @
honorific: Qzhonorific @
pronouns: she/her
nationality: [austria]
birth_date: 2871-01-02
death_date: 2871-01-03
image: pictures/qz-@.svg
positions: [{title: Qzposition @, organization: qz-@, country: austria, start: 2871-02}]
""",
    "countries": """official_name: Qzofficial @
capital: Qzcapital @
region: Qzregion @
demonyms: [Qzdemonym @]
leaders: [qz-@]
""",
    "organizations": """type: qztype @
abbreviation: QZABB@
parent: organizations/top
country: austria
headquarters: Qzheadquarters @
members: [people/qz-@]
""",
    "events": """date: 2871-03-04
type: qztype @
location: Qzlocation @
country: austria
part_of: events/top
participants: [{who: people/qz-@, role: qzrole @, on_behalf_of: organizations/qz-@, stance: qzstance @}]
topics: [qz-@]
outcome: Qzoutcome @.
""",
    "topics": """type: qztype @
parties: [people/qz-@]
signed: 2871-04
status: qzstatus @
broader: topics/top
related: [events/qz-@]
""",
    "sources": """type: qztype @
url: https://qzsource-@.example/
country: austria
reliability: B
affiliation: Qzaffiliation @
parent: sources/top
""",
    "claims": """statement: Qzstatement @.
about: [people/qz-@]
evidence: [{stance: supports, article: qz-@, quote: Qztext of @, speaker: people/qz-@, says: Qzsays @.}]
assessment: Qzassessment @.
likelihood: likely
confidence: low
""",
    "articles": """title: Qztitle @
date: 2871-05-06
source: sources/qz-@
authors: [Qzauthor @]
url: https://qzurl-@.example/
archived_url: https://qzarchived-@.example/
retrieved: 2871-05-07
language: en
rights: full
credibility: "2"
events: [qz-@]
topics: [qz-@]
mentions: {Qztext: people/qz-@}
quotes: [{quote: Qzquoted words of the one who is, speaker: people/qz-@}]
clean: {drop: [Qzdropped @]}
notes: Qznotes @.
aliases: [Qzalias @]
summary: Qzsummary @.
description: Qzdescription @.
links: [{title: Qzlink @, url: "https://qzlink-@.example/"}]
tags: [qztag @]
""",
}
ARTICLE = """Qztext of @ begins here, and it goes on for some words more than that.

“Qzquoted words of the one who is @,” she said in the end.

Qzdropped @
"""

#: What everybody may see, with a reference to what is withheld wherever one may stand; * stands for a list of them.
OPEN = {
    "people/open.yml": """name: Jane Open
nationality: [*countries]
positions: [{title: Minister, organization: qz-amber, country: qz-red}, {title: Envoy, country: austria}]
citations: [{article: qz-amber, quote: Qztext of amber, note: Qznoted amber.}, {article: open, note: Said so.}]
description: "She met [one](../people/qz-amber.md), [another][1] and [a third](qz-red.md#quotes).\\n\\n[1]: qz-green.md"
""",
    "countries/open.yml": "name: Openland\nleaders: [*people]\n",
    "organizations/open.yml": "name: Open Body\nparent: qz-amber\ncountry: qz-red\nmembers: [*people, people/open]\n",
    "events/open.yml": """name: Open meeting
date: 2023-03-06
country: qz-amber
part_of: qz-red
participants:
  - {who: people/qz-amber, role: qzrole amber, stance: qzstance amber}
  - {who: people/open, on_behalf_of: organizations/qz-red}
topics: [*topics]
""",
    "topics/open.yml": "name: Open topic\nparties: [*people]\nbroader: qz-amber\nrelated: [*events, *claims]\n",
    "sources/open.yml": "name: Open Press\ncountry: qz-amber\nparent: sources/qz-red\n",
    "claims/open.yml": """name: Open claim
statement: It was so.
about: [*people, *events, people/open]
evidence:
  - {stance: supports, article: qz-amber, quote: Qztext of amber, speaker: people/qz-amber, says: Qzsaid amber.}
  - {stance: disputes, article: open, quote: some days, speaker: people/qz-red, says: Qzsaid red.}
  - {stance: unclear, article: open, quote: met in Vienna, speaker: people/open}
""",
    "articles/open.yml": """title: Open news
date: 2023-03-07
source: open
events: [*events, open]
topics: [*topics, open]
mentions: {Vienna: people/qz-amber}
quotes: [{quote: Words of the envoy are here for all to hear, speaker: people/qz-red}]
""",
    "articles/open.txt": """Jane Open met in Vienna on Monday, and the talks with the envoy went on for some days.

“Words of the envoy are here for all to hear,” he said when it was over and done with.
""",
    "about.md": """# About

[One](people/qz-amber.md), [two](people/qz-red.md#quotes "Two"), [three][x], [x],
<a href="../people/qz-green/">four</a> and [five](people/open.md).

[x]: articles/qz-draft.md 'X'
""",
}
#: Of these no word but what says where they are from may be printed, and no more than two paragraphs.
RIGHTS = {
    "articles/listed.yml": "title: Listed news\ndate: 2023-03-08\nrights: metadata\nsource: open\n",
    "articles/listed.txt": "Zxlisted Jane Open in Zxlisted Austria.\n\n“Zxlisted words of hers,” Jane Open said.\n",
    "articles/cut.yml": "title: Cut news\ndate: 2023-03-09\nrights: excerpt\nsource: open\n",
    "articles/cut.txt": "Jane Open came on Monday.\n\nShe went on Tuesday.\n\n"
    "Zxcut Jane Open said “Zxcut words of hers are these”.\n\nZxcut Austria.\n",
}


def content() -> dict[str, str]:
    """The content folder: what is open, and one entry of each kind for each level."""
    files = dict(RIGHTS)
    files |= {f"{kind}/top.yml": f"name: Top of {kind}\n" for kind in ("organizations", "events", "topics", "sources")}
    for path, text in OPEN.items():
        lists = {kind.folder: ", ".join(f"{kind.folder}/qz-{level}" for level in LEVELS) for kind in KINDS}
        files[path] = (
            re.sub(r"\*([a-z]+)\b", lambda m, lists=lists: lists[m[1]], text) if path.endswith(".yml") else text
        )
    for level in LEVELS:
        tlp = level if level in TLP else "clear"
        marks = {"tlp": tlp, "draft": str(level == "draft").lower()}
        for kind, own in OWN.items():
            common = "tlp: {tlp}\ndraft: {draft}\n" if kind == "articles" else NAMED
            files[f"{kind}/qz-{level}.yml"] = (own + common.format(**marks)).replace("@", level).replace("$", kind)
        files[f"articles/qz-{level}.txt"] = ARTICLE.replace("@", level)
        files[f"pictures/qz-{level}.svg"] = (
            f"<svg xmlns='http://www.w3.org/2000/svg'><title>Qzpicture {level}</title></svg>"
        )
    return files


def test_every_field_is_marked() -> None:
    """A field that is added to a kind has to be added here."""
    for kind, own in OWN.items():
        text = own + (NAMED if kind != "articles" else "citations: x\nidentifiers: x\ntlp: x\ndraft: x\n")
        there = set(re.findall(r"^(\w+):", text, re.MULTILINE))
        assert {f.alias or name for name, f in KIND_OF[kind].schema.model_fields.items()} - {"iso"} == there, kind


def published(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of a folder with its name and its text, unpacked where it is packed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
            name = path.relative_to(folder).as_posix()
            yield name, f"{name}\n{data.decode('utf-8', 'replace')}"


def leaks(folder: Path, hidden: tuple[str, ...]) -> list[str]:
    """Each place in a folder where a mark of a hidden level, or of a text without rights, stands."""
    levels = "|".join(hidden)
    mark = re.compile(
        rf"Qz\w*[- ](?:of |the one who is )?(?:{levels})|QZABB(?:{levels})|qz\w*-(?:{levels})|Zx(?:listed|cut)", re.I
    )
    if set(hidden) == set(LEVELS):
        mark = re.compile(rf"\bqz|{mark.pattern}|\b2871\b|871871", re.I)
    found = []
    for name, text in published(folder):
        if name.endswith("decap-cms.js") or name.startswith(("assets/javascripts/", "assets/stylesheets/")):
            continue  # programs of others, with all sorts of letters and numbers
        found += [f"{name}: {text[max(0, m.start() - 60) : m.end() + 40]!r}" for m in mark.finditer(text)]
    return found


SETTINGS = """site_name: T
site_url: https://example.org/
docs_dir: content
theme: {{name: material, font: false}}
plugins: [search, dossier: {{audience: {}, search: {}}}]
"""


@pytest.mark.parametrize(("audience", "search"), [("clear", "pagefind"), ("green", "lunr"), ("amber", "pagefind")])
def test_nothing_above_the_audience_is_in_the_site(tmp_path: Path, audience: str, search: str) -> None:
    """Pages, search indexes, feed, sitemap, llms.txt, names, JSON-LD, pictures: no mark, and no dead link."""
    folder = dossier_in(tmp_path, content(), SETTINGS.format(audience, search))
    done = mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    hidden = LEVELS[TLP.index(audience) :]
    assert leaks(folder / "site", hidden) == []
    assert dead_links(folder / "site") == []
    if audience != "clear":
        shown = "".join(text for _, text in published(folder / "site"))
        assert all(f"qz{field} green" in shown.lower() for field in ("namepeople", "summary", "outcome", "text of"))


@pytest.mark.parametrize("audience", ["clear", "amber"])
def test_nothing_above_the_audience_is_in_what_is_exported(tmp_path: Path, audience: str) -> None:
    """The same for the Markdown pages of `dossier build` and for every form of `dossier export`."""
    folder = dossier_in(tmp_path, content())
    hidden = LEVELS[TLP.index(audience) :]
    source = ["--content", str(folder / "content"), "--audience", audience]
    done = CliRunner().invoke(main, ["build", *source, "--out", str(folder / "out" / "pages")])
    assert done.exit_code == 0, done.output
    for name in FORM_OF:
        done = CliRunner().invoke(main, ["export", name, *source, "--out", str(folder / "out" / name)])
        assert done.exit_code in (0, 2), (name, done.output)
        if done.exit_code == 2:  # several files
            done = CliRunner().invoke(main, ["export", name, *source, "--out", str(folder / "out" / f"{name}-files")])
        assert done.exit_code == 0, (name, done.output)
    assert leaks(folder / "out", hidden) == []


def test_the_marks_are_found_where_they_may_stand(tmp_path: Path) -> None:
    """For the audience red every mark is somewhere: what is looked for is no misprint."""
    folder = dossier_in(tmp_path, content())
    done = CliRunner().invoke(
        main, ["build", "--content", str(folder / "content"), "--out", str(tmp_path / "out"), "--audience", "red"]
    )
    assert done.exit_code == 0, done.output
    shown = "".join(text for _, text in published(tmp_path / "out")).lower()
    marks = {
        word
        for own in (NAMED, *OWN.values(), ARTICLE)
        for word in re.findall(r"\bqz(\w+)(?=\$? @|-@| of @)", own.lower())
    }
    unseen = {mark for mark in marks if not re.search(rf"qz{mark}\w*[- ](?:of )?red", shown)}
    assert unseen <= {"notes", "dropped"}, "these are not shown to anybody, or the marks are wrong"
