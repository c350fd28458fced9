"""Rules over names: entries and aliases that no article uses, and names that many use and no entry has."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.guide.weighed import Weakness, Weighed
from dossier.model import Problem, Ref
from dossier.schema import ArticleEntry, Claim, Named, Source
from dossier.schema.references import references

#: A name is often named that occurs so many times, in so many articles, and in one in so many of all.
OFTEN, WIDELY, ONE_IN = 5, 2, 100
#: So many names are reported; the rest are for `dossier suggest`.
MOST_NAMES = 20


def never_mentioned(weighed: Weighed) -> Iterator[Weakness]:
    """An entry is named in an article, is the source of one, or is referred to by another entry."""
    known = {mention.ref for found in (weighed.annotations or {}).values() for mention in found.mentions}
    known |= {article.source for article in weighed.articles.values() if article.source}
    for ref, entry in weighed.entries.items():
        known |= {other for _, other in references(entry) if other != ref}
    for ref in weighed.curated():
        entry = weighed.entries[ref]
        if ref not in known and isinstance(entry, Named) and not isinstance(entry, Claim):
            message = "no article names it and no entry refers to it; add the alias that articles use, or remove it"
            yield weighed.weakness(ref, ("name",), message, "never-mentioned")


def unmatched_alias(weighed: Weighed) -> Iterator[Weakness]:
    """An alias occurs in an article, if there is one in its language."""
    annotations = weighed.annotations or {}
    used: dict[Ref, set[str]] = {}
    for found in annotations.values():
        for mention in found.mentions:
            used.setdefault(mention.ref, set()).update((mention.name.casefold(), mention.text.casefold()))
    languages = {(article.language or "en").partition("-")[0] for article in weighed.articles.values()}
    for ref in weighed.curated():
        entry = weighed.entries[ref]
        written = weighed.content.documents[ref].values
        if isinstance(entry, (ArticleEntry, Claim, Source)):
            continue  # their names are not looked for in texts, or not only there
        unused = [
            (n, alias.name)
            for n, alias in enumerate(entry.aliases)
            if ("aliases", n) in written and alias.name.casefold() not in used.get(ref, ())
            if alias.lang is None or alias.lang.partition("-")[0] in languages
        ]
        if unused:
            names = ", ".join(repr(name) for _, name in unused)
            message = f"in no article: {names}; correct the spelling, remove what nobody writes, or say why it is kept"
            yield weighed.weakness(ref, ("aliases", unused[0][0]), message, "unmatched-alias")


def often_named(weighed: Weighed) -> Iterator[Weakness]:
    """A name that articles use again and again has an entry."""
    widely = max(WIDELY, -(-len(weighed.articles) // ONE_IN))
    often = [name for name in weighed.names if name.count >= OFTEN and len(name.articles) >= widely]
    for name in often[:MOST_NAMES]:
        article = weighed.articles[name.articles[0]]
        line = next((p.line for p in article.paragraphs if name.name in article.words_of(p)), 1)
        message = (
            f"{name.name!r} occurs {name.count} times in {len(name.articles)} articles and has no entry; "
            f'write one: dossier suggest --write "{name.name}"'
        )
        yield Weakness(Problem(article.path, line, 1, message, "often-named"), name.name)
