"""What only the whole dossier can show: a list of checks, one rule each.

A check is a generator; its docstring is the rule as the curator reads it. Adding a check is adding
a function to the list and a case to the tests.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dossier import countries, passage
from dossier.edtf import Date
from dossier.model import Article, Content, Loc, Problem, Ref
from dossier.schema import (
    KIND_OF,
    ArticleEntry,
    Claim,
    Cleaning,
    Country,
    Entries,
    Event,
    Named,
    Organization,
    Person,
    Source,
    Topic,
    did_you_mean,
)
from dossier.schema.fields import ID
from dossier.schema.patterns import Lines
from dossier.site import VIEWS

MOST_CHARACTERS = 1_000_000
MOST_PARAGRAPHS = 10_000
STRONG = ("alias", "previous", "abbreviation")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks look at: the content as typed, the entries made of it and the cleaned articles."""

    content: Content
    entries: Entries
    articles: Mapping[Ref, Article]

    def problem(self, ref: Ref, loc: Loc, message: str, rule: str, *, key: bool = False) -> Problem:
        """A problem at a location of an entry's file."""
        document = self.content.documents[ref]
        return Problem(document.path, *document.place(loc, key=key), message, rule)

    def curated(self) -> Iterator[Ref]:
        """The entries that have a file of their own."""
        return iter(self.content.documents)


def quoted_words(checked: Checked) -> Iterator[Problem]:
    """What is quoted in citations, evidence and quotes occurs in the article."""
    for ref, document in checked.content.documents.items():
        for name in ("citations", "evidence", "quotes"):
            items = document.data.get(name)
            for n, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict) and isinstance(words := item.get("quote"), str):
                    yield from _quoted(
                        checked, ref, (name, n), words, ref.id if name == "quotes" else item.get("article")
                    )


def _quoted(checked: Checked, ref: Ref, loc: Loc, words: str, source: Any) -> Iterator[Problem]:
    """What is wrong with quoted words, looked at as typed: other fields beside them may be faulty."""
    if source is None:
        if loc[0] == "evidence":
            message = "quote: nothing tells which article these words are from; write article: <id> beside them"
            yield checked.problem(ref, (*loc, "quote"), message, "quote-without-article")
        return
    article = checked.articles.get(Ref("articles", str(source).removeprefix("articles/")))
    if article and words.strip() and not passage.occurs(article, words):
        message = f"quote: {_shortened(words)} does not occur in {article.ref}; copy the words from the article"
        yield checked.problem(ref, (*loc, "quote"), message, "quote-not-found")


def colliding_names(checked: Checked) -> Iterator[Problem]:
    """No two entries share a name; an alias that several may bear is of type weak."""
    bearers: defaultdict[str, list[tuple[Ref, Loc, str]]] = defaultdict(list)
    for ref in checked.curated():
        entry = checked.entries[ref]
        if not isinstance(entry, Named) or isinstance(entry, Claim):
            continue
        names: list[tuple[Loc, str]] = [(("name",), entry.name)]
        names += [(("aliases", n), a.name) for n, a in enumerate(entry.aliases) if a.type in STRONG]
        if isinstance(entry, Organization) and entry.abbreviation:
            names.append((("abbreviation",), entry.abbreviation))
        for loc, name in names:
            if loc not in checked.content.documents[ref].values:
                continue  # the built-in table's, not the curator's
            bearers[" ".join(name.casefold().split())].append((ref, loc, name))
    for bearing in bearers.values():
        first = bearing[0][0]
        for ref, loc, name in bearing:
            if ref != first:
                message = f"{name!r} is a name of {first}, too; drop it from one of the two, or give it type: weak"
                yield checked.problem(ref, loc, message, "colliding-name")


def one_file_a_country(checked: Checked) -> Iterator[Problem]:
    """A country's code exists, stands in one file only, and is not at odds with the file's name."""
    table = countries.builtin()
    codes = {country.iso: ref for ref, country in table.items()}
    seen: dict[str, Ref] = {}
    for ref in checked.curated():
        entry = checked.entries[ref]
        if not isinstance(entry, Country) or not entry.iso or "iso" not in checked.content.documents[ref].data:
            continue
        other = seen.setdefault(entry.iso, ref)
        if entry.iso not in codes:
            message = f"iso: no country has the code {entry.iso}; correct it, or leave it out"
            yield checked.problem(ref, ("iso",), message, "not-allowed")
        elif other != ref:
            message = f"iso: {entry.iso} is the code of {other}, too; join the two files"
            yield checked.problem(ref, ("iso",), message, "colliding-id")
        elif ref in table and table[ref].iso != entry.iso:
            message = f"iso: {entry.iso} is {codes[entry.iso]}, not {ref}; correct the code or the file's name"
            yield checked.problem(ref, ("iso",), message, "colliding-id")


def built_in_names(checked: Checked) -> Iterator[Problem]:
    """A country's file does not claim the name of another, built-in country."""
    table = {ref: entry for ref, entry in checked.entries.items() if ref not in checked.content.documents}
    bearers = {
        name.casefold(): ref
        for ref, entry in table.items()
        if isinstance(entry, Country)
        for name in (*(a.name for a in entry.aliases if a.type in STRONG), entry.name)
    }
    for ref in checked.curated():
        entry = checked.entries[ref]
        if isinstance(entry, Country):
            names: list[tuple[Loc, str]] = [(("name",), entry.name)]
            names += [(("aliases", n), a.name) for n, a in enumerate(entry.aliases) if a.type in STRONG]
            for loc, name in names:
                other = bearers.get(name.casefold())
                if other and loc in checked.content.documents[ref].values:
                    message = f"{name!r} is a name of {other}, which is built in; drop it, or write its code as iso"
                    yield checked.problem(ref, loc, message, "colliding-name")


def no_circles(checked: Checked) -> Iterator[Problem]:
    """Nothing is part of itself, by whatever detour."""
    for ref in checked.curated():
        field = _upward(checked, ref)[0]
        path = [ref]
        while (above := _upward(checked, path[-1])[1]) and above not in path:
            path.append(above)
        if above == ref == min(path):
            message = f"{field}: this leads in a circle ({' > '.join(map(str, [*path, ref]))}); remove one of the steps"
            yield checked.problem(ref, (field,), message, "circle")


def _upward(checked: Checked, ref: Ref) -> tuple[str, Ref | None]:
    match checked.entries.get(ref):
        case Organization() as entry:
            return "parent", entry.parent
        case Source() as entry:
            return "parent", entry.parent
        case Event() as entry:
            return "part_of", entry.part_of
        case Topic() as entry:
            return "broader", entry.broader
        case _:
            return "", None


def order_of_dates(checked: Checked) -> Iterator[Problem]:
    """Nobody dies before being born, and no position ends before it begins."""
    for ref in checked.curated():
        entry = checked.entries[ref]
        if not isinstance(entry, Person):
            continue
        if _before(entry.death_date, entry.birth_date):
            message = f"death_date: {entry.death_date} is before the birth ({entry.birth_date}); mend one of the two"
            yield checked.problem(ref, ("death_date",), message, "date-order")
        for n, position in enumerate(entry.positions):
            if _before(position.end, position.start):
                message = f"end: {position.end} is before the start ({position.start}); mend one of the two"
                yield checked.problem(ref, ("positions", n, "end"), message, "date-order")


def _before(end: Date | None, start: Date | None) -> bool:
    return bool(end and start and end.latest and start.earliest and end.latest < start.earliest)


def pictures(checked: Checked) -> Iterator[Problem]:
    """A person's image is a file of the content folder."""
    for ref in checked.curated():
        entry = checked.entries[ref]
        if isinstance(entry, Person) and entry.image and entry.image.removeprefix("/") not in checked.content.files:
            message = f"image: there is no file {entry.image!r} in the content folder; write its path from there"
            yield checked.problem(ref, ("image",), message, "file")


def metadata_has_an_article(checked: Checked) -> Iterator[Problem]:
    """The YAML file of an article stands beside the raw article."""
    for ref in checked.curated():
        if ref.kind == "articles" and ref not in checked.articles:
            message = f"there is no raw article {ref.id}.txt, .html, .htm or .md beside this file; add or rename it"
            yield checked.problem(ref, (), message, "missing-article")


def articles_have_text(checked: Checked) -> Iterator[Problem]:
    """Something is left of every article after cleaning."""
    for article in checked.articles.values():
        if not article.paragraphs:
            message = "no text is left of this article after cleaning; see clean: {keep: […]} or clean: none"
            yield Problem(article.path, 1, 1, message, "empty-article")


def articles_of_a_length(checked: Checked) -> Iterator[Problem]:
    """An article has no more text than a page can show: a million characters, ten thousand paragraphs."""
    for article in checked.articles.values():
        if len(article.text) > MOST_CHARACTERS or len(article.paragraphs) > MOST_PARAGRAPHS:
            found = f"{len(article.text):,} characters in {len(article.paragraphs):,} paragraphs"
            most = f"{MOST_CHARACTERS:,} and {MOST_PARAGRAPHS:,}"
            message = f"the article has {found}, and at most {most} can be shown; divide it, or drop lines with clean"
            yield Problem(article.path, 1, 1, message, "long-article")


def patterns_in_time(checked: Checked) -> Iterator[Problem]:
    """The patterns of an article's `clean` take no longer than two seconds on its lines."""
    for ref, article in checked.articles.items():
        entry = checked.entries.get(ref)
        if not isinstance(entry, ArticleEntry) or not isinstance(entry.clean, Cleaning):
            continue
        rows = [*(line.text for line in article.removed), *map(article.words_of, article.paragraphs)]
        for name in ("drop", "keep"):
            lines = Lines(getattr(entry.clean, name))
            if lines.regexes and not all(lines.mean(row) or not lines.slow for row in rows):
                message = f"{name}: these patterns take too long on this article; write them with fewer repeats"
                yield checked.problem(ref, ("clean", name), message, "slow-pattern")


def names_that_occur(checked: Checked) -> Iterator[Problem]:
    """A name that an article's mentions decide on occurs in the article."""
    for ref, article in checked.articles.items():
        entry = checked.entries[ref]
        if isinstance(entry, ArticleEntry):
            for name in entry.mentions:
                if not passage.occurs(article, name):
                    message = f"{name!r} does not occur in the article; copy the words from it"
                    yield checked.problem(ref, ("mentions", name), message, "mention-not-found", key=True)


def pages_apart(checked: Checked) -> Iterator[Problem]:
    """A page written by hand does not take the place of a page made from entries."""
    made = {f"{ref}.md": f"the entry {ref}" for ref in checked.entries}
    made |= {f"{kind}/index.md": f"the list of {kind}" for kind in KIND_OF}
    made |= {f"{view}.md": f"the page {view}" for view in VIEWS} | {"index.md": "the front page"}
    for page in checked.content.written:
        folder, slash, name = page.path.rpartition("/")
        path = f"{folder}{slash}index.md" if name == "README.md" else page.path
        if path in made and page.path != "index.md":
            message = f"this page would take the place of {made[path]}; rename it, or write into the entry"
            yield Problem(page.path, 1, 1, message, "page-collision")
        elif path.partition("/")[0] in VIEWS and slash:
            message = f"the pages in {path.partition('/')[0]}/ are made from entries; put this page into another folder"
            yield Problem(page.path, 1, 1, message, "page-collision")


def redirects(checked: Checked) -> Iterator[Problem]:
    """A redirect leads from the address that an entry had to the one that it has, in one step."""
    document = checked.content.redirects
    if document is None:
        return
    written = {page.path for page in checked.content.written}
    for old in (str(loc[0]) for loc in document.keys if len(loc) == 1):
        source = _address(old)
        if source is None:
            near = did_you_mean(old.partition("/")[0], KIND_OF)
            message = f"{old!r} is not an address that an entry can have had{near or '; write people/<id> or the like'}"
        elif source in checked.entries:
            message = f"{old} is an entry; take this line out, or rename the entry"
        elif f"{old}.md" in written:
            message = f"{old}.md is a page written by hand; take this line out, or rename the page"
        else:
            if message := _aim(checked, old, document.data.get(old)):
                yield Problem(document.path, *document.place((old,)), message, "redirect")
            continue
        yield Problem(document.path, *document.place((old,), key=True), message, "redirect")


def _aim(checked: Checked, old: str, new: Any) -> str:
    """What is wrong with where a redirect leads to; empty where nothing is."""
    lines = checked.content.redirects.data if checked.content.redirects else {}
    target = _address(new)
    if target is None:
        found = _shortened(new) if isinstance(new, str) else "what stands here"
        return f"{found} is not the address of an entry; write {old}: {old.partition('/')[0]}/<id>"
    if target in checked.entries:
        return ""
    path = [old]
    while isinstance(new, str) and new in lines and new not in path and _address(new) not in checked.entries:
        path.append(new)
        new = lines[new]
    if new in path:
        return f"this leads in a circle ({' > '.join([*path, new])}); write the address that the entry has now"
    if len(path) > 1:
        return f"{path[1]} is an old address itself; write {old}: {new}"
    near = did_you_mean(str(target), (str(ref) for ref in checked.entries if ref.kind == target.kind))
    return f"there is no entry {target}{near or '; correct it, or take this line out'}"


def _address(text: Any) -> Ref | None:
    kind, _, name = text.partition("/") if isinstance(text, str) else ("", "", "")
    return Ref(kind, name) if kind in KIND_OF and ID.fullmatch(name) and name != "index" else None


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return repr(words if len(words) <= 60 else f"{words[:57]}…")


CHECKS: tuple[Callable[[Checked], Iterator[Problem]], ...] = (
    quoted_words,
    colliding_names,
    one_file_a_country,
    built_in_names,
    no_circles,
    order_of_dates,
    pictures,
    metadata_has_an_article,
    articles_have_text,
    articles_of_a_length,
    patterns_in_time,
    names_that_occur,
    pages_apart,
    redirects,
)


def check(content: Content, entries: Entries, articles: Mapping[Ref, Article]) -> list[Problem]:
    """Run every check and return what they found."""
    checked = Checked(content, entries, articles)
    return list(itertools.chain.from_iterable(rule(checked) for rule in CHECKS))
