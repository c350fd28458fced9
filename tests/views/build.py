"""Readings and entries built by hand, so that a test can say in a few lines what is published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dossier import edtf
from dossier.model import Annotation, Article, Mention, Paragraph, Quotation, Reading, Ref
from dossier.parts import View
from dossier.schema import KIND_OF, ArticleEntry, Entry
from dossier.site import Site
from dossier.views import NOWHERE, compose

TODAY = dt.date(2024, 6, 1)
_NAMED = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<kind>[a-z]+)/(?P<id>[a-z0-9-]+)\)")


def ref(address: str) -> Ref:
    """The reference of an address such as `people/qin-gang`."""
    kind, _, entry_id = address.partition("/")
    return Ref(kind, entry_id)


def entries(given: Mapping[str, Mapping[str, Any]]) -> dict[Ref, Entry]:
    """Entries from their fields; the name is the id in words where it is not given."""
    made: dict[Ref, Entry] = {}
    for address, fields in given.items():
        at = ref(address)
        named = {} if at.kind == "articles" else {"name": at.id.replace("-", " ").title()}
        made[at] = KIND_OF[at.kind].schema.model_validate(named | dict(fields))
    return made


def reading(
    address: str,
    paragraphs: Sequence[str],
    date: str | None = None,
    title: str = "A headline",
    source: str | None = None,
    quotes: Mapping[str, str | None] | None = None,
) -> Reading:
    """A reading of paragraphs in which `[Qin](people/qin-gang)` is a mention; `quotes` maps words to speakers."""
    text, mentions, numbered = "", [], []
    for n, marked in enumerate(paragraphs, 1):
        start, place = len(text), 0
        for match in _NAMED.finditer(marked):
            text += marked[place : match.start()]
            at = Ref(match["kind"], match["id"])
            mentions.append(
                Mention(len(text), len(text) + len(match["text"]), match["text"], at, "name", match["text"])
            )
            text += match["text"]
            place = match.end()
        text += marked[place:]
        numbered.append(Paragraph(n, start, len(text), n))
        text += "\n\n"
    text = text.removesuffix("\n\n")
    found = tuple(
        Quotation(
            start := text.index(words),
            start + len(words),
            words,
            ref(who) if who and "/" in who else None,
            None if who and "/" in who else who,
        )
        for words, who in (quotes or {}).items()
    )
    article = Article(
        ref(address),
        f"{address}.txt",
        "0" * 64,
        title,
        edtf.parse(date) if date else None,
        ref(source) if source else None,
        None,
        (),
        "en",
        {"title": "text"},
        text,
        tuple(numbered),
        (),
    )
    return Reading(article, Annotation(tuple(mentions)), found)


def views(
    given: Mapping[str, Mapping[str, Any]],
    readings: Sequence[Reading] = (),
    curated: Sequence[str] | None = None,
    site: Site = NOWHERE,
) -> dict[str, View]:
    """The views of a dossier, by address of the page; `curated` None: every entry is."""
    known = entries(given)
    for one in readings:
        known.setdefault(one.article.ref, ArticleEntry())
    chosen = frozenset(known) if curated is None else frozenset(map(ref, curated))
    return {view.uri: view for view in compose(known, readings, (), TODAY, curated=chosen, site=site)}
