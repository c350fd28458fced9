"""What the markup of a page declares: JSON-LD, meta elements, <time>, microdata and marked-up bylines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from dossier.clean import authors, dates
from dossier.clean.decode import tidy
from dossier.clean.draft import Facts
from dossier.clean.provenance import host

# In order of trust: what is meant for the article before what is meant for any page.
_META_TITLE = (
    "parsely-title", "sailthru.title", "citation_title", "og:title", "twitter:title", "dc.title", "title", "hdl",
)  # fmt: skip
_META_DATE = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "article:published", "og:published_time", "article.published", "rnews:datepublished",
    "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "publish-date", "publish_date",
    "published-date", "publication_date", "pubdate", "ptime", "pdate", "article_date_original",
    "originalpublicationdate", "displaydate", "cxenseparse:recs:publishtime", "cre-publishdate", "date.release",
    "article.created", "datecreated", "dc.date", "date", "created",
)  # fmt: skip
_META_AUTHORS = (
    "parsely-author", "sailthru.author", "citation_author", "author", "byl", "byline", "article:author",
    "og:article:author", "dc.creator", "dcterms.creator", "dc.contributor", "rnews:creator", "cxenseparse:author",
    "creator", "vr:author", "article.author", "authors", "article_author",
)  # fmt: skip
_META_SOURCE = (
    "og:site_name", "citation_journal_title", "dc.publisher", "application-name", "cre", "publisher", "sitename",
)  # fmt: skip
_MARKED_AUTHOR = (
    "//*[@itemprop='author']//*[@itemprop='name']", "//*[@itemprop='author']",
    "//a[@rel='author']", "//*[@rel='author']",
)  # fmt: skip
_ARTICLE = re.compile(
    r"(?:news|blog|report|opinion|review|analysis|live)?\w*(?:article|posting|report)$|^(?:review|webpage"
    r"|reportagenewsarticle)$",
    re.I,
)
_SEPARATOR = re.compile(r"\s+[|•·»–—:-]+\s+|\s*\|\s*")
_BYLINE = re.compile(
    r"\b(?:byline|by-line|author|authors|author-name|authorname|article-author|writer|contributor)\b", re.I
)
_NOT_BYLINE = re.compile(
    r"bio|about|avatar|image|photo|social|comment|related|follow|footer|nav|share|desc|title|links?\b", re.I
)
_NO_LETTERS = re.compile(r"[\W_]+")
_MOST_NODES = 60000


def facts(tree: Any) -> Facts:
    """The facts that a parsed page declares; the text around the body is not looked at."""
    linked = list(_linked_data(tree))
    meta = _meta(tree)
    address = _address(tree, meta)
    return Facts(
        title=_title(tree, linked, meta),
        date=_date(tree, linked, meta),
        source=_source(linked, meta, address),
        authors=_authors(tree, linked, meta),
        language=_language(tree),
        address=address,
    )


def _text(node: Any) -> str:
    return tidy("".join(node.itertext()))


def _meta(tree: Any) -> dict[str, list[str]]:
    """The meta elements by their name, property or itemprop in lower case."""
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        value = tidy(node.get("content") or node.get("value") or "")
        for attribute in ("property", "name", "itemprop"):
            if value and (name := node.get(attribute)):
                found.setdefault(name.strip().lower(), []).append(value)
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article (https://schema.org/Article and its kinds)."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        source = (node.text_content() or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(value, 0)


def _articles(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            if isinstance(value.get(key), (dict, list)):
                yield from _articles(value[key], depth + 1)


def _first(objects: Iterable[dict[str, Any]], *keys: str) -> Iterator[str]:
    for item in objects:
        for key in keys:
            value = item.get(key)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str) and (text := _plain(one)):
                    yield text


def _plain(text: str) -> str:
    """A declared text without the tags and entities that some pages leave in it."""
    return tidy(re.sub(r"<[^<>]{0,200}>", "", html.unescape(text)))


def letters(text: str) -> str:
    """A text as letters and digits only, in lower case: what two spellings of a title share."""
    return _NO_LETTERS.sub("", "".join(text.casefold().split()))


def _title(tree: Any, linked: list[dict[str, Any]], meta: dict[str, list[str]]) -> str | None:
    """The headline as printed: an <h1> about the same as what the page declares, else what it declares.

    Declared titles are written for search engines and for sharing, and often differ from the headline.
    """
    sites = {letters(text) for name in _META_SOURCE for text in meta.get(name, [])}
    headings = [text for node in tree.iter("h1") if (text := _text(node)) and len(text) < 300][:8]
    shown = [_without_site(_text(node), meta) for node in tree.iter("title")][:1]
    declared = [*list(_first(linked, "headline"))[:2]]
    declared += [_without_site(_plain(text), meta) for name in _META_TITLE for text in meta.get(name, [])[:1]]
    declared = [text for text in [*declared, *shown] if letters(text) not in sites]
    words = [_words(text) for text in declared]
    printed: list[tuple[float, str]] = []
    for heading in headings:
        own = _words(heading)
        if letters(heading) in sites or not own:
            continue
        shared = max((len(own & other) / len(own) for other in words), default=1.0)
        if shared > 0 and (len(own) > 1 or shared == 1):
            printed.append((shared, heading))
    if printed:
        return max(printed, key=lambda pair: pair[0])[1]
    return next((text for text in declared if text), None) or next(iter(headings), None)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]{3,}", text.casefold()))


def _without_site(title: str, meta: dict[str, list[str]]) -> str:
    """A title without the name of the site at its end or beginning."""
    sites = {letters(text) for name in _META_SOURCE for text in meta.get(name, [])}
    sites |= {f"{site}com" for site in sites}
    parts = _SEPARATOR.split(title)
    marks = _SEPARATOR.findall(title)
    if len(parts) > 1 and (letters(parts[-1]) in sites or ("|" in marks[-1] and len(parts[-1]) < 0.5 * len(title))):
        return title[: title.rindex(marks[-1] + parts[-1])].strip()
    if len(parts) > 1 and letters(parts[0]) in sites:
        return title[len(parts[0]) + len(marks[0]) :].strip()
    return title


def _day(text: str) -> str | None:
    """The ISO day of a declared date in whatever form."""
    text = text[:100]
    if dates.as_date(text):
        return text[:10]
    return next((day.iso for day in dates.days(text)), None)


def _date(tree: Any, linked: list[dict[str, Any]], meta: dict[str, list[str]]) -> str | None:
    """The day of publication: JSON-LD, meta elements, microdata, <time>, the address."""
    if day := next((day for text in _dated(tree, linked, meta) if (day := _day(text))), None):
        return day
    return dates.in_path(_address(tree, meta) or "")


def _dated(tree: Any, linked: list[dict[str, Any]], meta: dict[str, list[str]]) -> Iterator[str]:
    """What may tell the day of publication, the best first."""
    yield from _first(linked, "datePublished")
    yield from (text for name in _META_DATE for text in meta.get(name, []))
    for node in tree.xpath("//*[@itemprop='datePublished' or contains(@property, 'datePublished') or @pubdate]")[:5]:
        yield node.get("datetime") or node.get("content") or _text(node)
    for node in tree.xpath("//time")[:12]:
        marked = f"{node.get('class') or ''} {node.get('itemprop') or ''}".lower()
        if not any(word in marked for word in ("updat", "modif", "comment", "related")):
            yield from (node.get("datetime") or "", _text(node))


def _address(tree: Any, meta: dict[str, list[str]]) -> str | None:
    """The address that the page gives as its own."""
    canonical = [node.get("href") or "" for node in tree.xpath("//link[@rel='canonical']")[:1]]
    return next((text for text in (*canonical, *meta.get("og:url", [])) if "://" in text), None)


def _source(linked: list[dict[str, Any]], meta: dict[str, list[str]], address: str | None) -> str | None:
    """The publisher: the site's own name, else the publisher in JSON-LD, else the host of the address."""
    names = [text for name in _META_SOURCE[:1] for text in meta.get(name, [])]
    names += [*_names(item.get("publisher") for item in linked)]
    names += [text for name in _META_SOURCE[1:] for text in meta.get(name, [])]
    named = (name for text in names if (name := _plain(text)) and len(name) < 80 and "://" not in name)
    return next(named, None) or host(address or "") or None


def _names(values: Iterable[Any]) -> Iterator[str]:
    """The names in a JSON-LD value: a text, an object with a name, or a list of either."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _names(value[:20])
        elif isinstance(value, dict):
            yield from _names([value.get("name")])


def _authors(tree: Any, linked: list[dict[str, Any]], meta: dict[str, list[str]]) -> tuple[str, ...]:
    """Who wrote it: JSON-LD, meta elements, microdata and rel=author, elements marked as a byline."""
    publishers = [text for name in _META_SOURCE for text in meta.get(name, [])]
    publishers += _names(item.get("publisher") for item in linked)
    sites = {letters(text) for text in publishers}
    for group in _credited(tree, linked, meta):
        names: dict[str, str] = {}
        for text in map(_plain, group):
            if not text or len(text) > 200 or "://" in text or "@" in text.split(" ")[0]:
                continue
            for name in authors.from_byline(text):
                if letters(name) not in sites:
                    names.setdefault(letters(name), name)
        if names:
            return tuple(names.values())
    return ()


def _credited(tree: Any, linked: list[dict[str, Any]], meta: dict[str, list[str]]) -> Iterator[list[str]]:
    """What may name the authors, the best first."""
    for item in linked[:3]:
        yield [*_names([item.get("author")])] or [*_names([item.get("creator")])]
    yield from (meta.get(name, []) for name in _META_AUTHORS)
    yield from (_together(tree.xpath(path)[:8]) for path in _MARKED_AUTHOR)
    yield from ([text] for text in _bylines(tree))


def _together(nodes: list[Any]) -> list[str]:
    """The texts of the first of some elements and of those beside it: farther ones belong to other articles."""
    near = [node for node in nodes if node.getparent() is nodes[0].getparent()]
    return [_spaced(node) for node in near]


def _spaced(node: Any) -> str:
    """The text of an element whose parts stand apart on the page: a name, a post."""
    return tidy(" ".join(node.itertext()))


def _bylines(tree: Any) -> Iterator[str]:
    """The text of short elements whose class says that they name the author."""
    tags = ("a", "span", "div", "p", "address", "li", "cite", "em", "strong", "h3", "h4", "h5")
    for node in islice(tree.iter(*tags), _MOST_NODES):
        marked = f"{node.get('class') or ''} {node.get('id') or ''}"
        if marked != " " and _BYLINE.search(marked) and not _NOT_BYLINE.search(marked):
            text = _spaced(node)
            if 3 < len(text) < 150:
                yield text


def _language(tree: Any) -> str | None:
    """The language that the page declares, without its region."""
    for node in tree.xpath("/html")[:1]:
        declared = (node.get("lang") or node.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
        if match := re.match(r"[a-z]{2,3}(?![a-z])", declared):
            return match[0]
    return None
