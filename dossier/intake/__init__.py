"""Taking a raw article in: under which id, and with what metadata beside it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from dossier.clean import address, clean
from dossier.export.drafts import LONGEST_ID, Found, article_draft, one_line, slug
from dossier.intake.arrival import Arrival, UnreadableError
from dossier.intake.mail import from_mail
from dossier.intake.pdf import from_pdf
from dossier.model import Article, RawArticle, Ref
from dossier.schema import ArticleEntry, Source
from dossier.schema.fields import ID

__all__ = ["CONVERTERS", "Arrival", "Drafted", "UnreadableError", "arrived", "article_id", "drafted", "words_of"]

#: Files that hold an article among other things, by their ending, and what takes it out of them.
CONVERTERS: Mapping[str, Callable[[bytes], Arrival]] = {".eml": from_mail, ".pdf": from_pdf}


def arrived(name: str, data: bytes) -> Arrival:
    """The article in a file: the file itself, or what it holds. Raises UnreadableError where it holds none."""
    suffix = f".{name.rpartition('.')[2].lower()}"
    return CONVERTERS[suffix](data) if suffix in CONVERTERS else Arrival(suffix, data)


@dataclass(frozen=True, slots=True)
class Drafted:
    """An article about to be taken in: its address, what was read in it, and the names and bytes of its files.

    The first file is the raw article, the second its metadata: an article without metadata is sound,
    metadata without an article are not.
    """

    ref: Ref
    article: Article
    files: Mapping[str, bytes]


def drafted(
    name: str,
    arrival: Arrival,
    changed: str | None,
    sources: Mapping[Ref, Source],
    taken: Container[str],
    ref: Ref | None = None,
) -> Drafted:
    """An article that came in a file, by the file's name and the day of its last change (ISO).

    `taken` are the ids that it must not get; with a `ref` it has one already.
    """
    stem = name.rpartition(".")[0]
    raw = RawArticle(ref or Ref("articles", "new"), f"articles/{one_line(stem)}{arrival.suffix}", arrival.data)
    article = clean(raw, arrival.stated, sources)
    ref = ref or Ref("articles", _free(article_id(article, stem), taken))
    language = _sound("language", article.language)
    found = Found(name, _sound("url", address(raw)), language, changed, arrival.told, arrival.remarks)
    draft = article_draft(article, found).encode()
    return Drafted(ref, article, {f"{ref.id}{arrival.suffix}": arrival.data, f"{ref.id}.yml": draft})


def words_of(article: Article) -> str:
    """The words of a text alone: two files with the same words hold the same article."""
    return " ".join(re.findall(r"\w+", article.text.casefold()))


def article_id(article: Article, stem: str) -> str:
    """The day, and the words of the headline, the source or the file's name: the first that is known.

    A file's `stem` that is such an id already is kept.
    """
    if re.match(r"\d{4}-\d\d-\d\d-", stem) and ID.fullmatch(stem) and len(stem) <= LONGEST_ID:
        return stem
    day = (article.date.machine if article.date else None) or ""
    room = LONGEST_ID - len(day) - 1
    texts = (article.title if "title" in article.basis else "", article.source_name or "", stem, article.title)
    words = next((words for text in texts if (words := slug(text, room))), "article")
    return f"{day}-{words}" if day and not words.startswith(day) else words


def _free(wanted: str, taken: Container[str]) -> str:
    """An id that nothing has yet; `index` is the list of all articles."""
    numbered = (f"{slug(wanted, LONGEST_ID - 1 - len(str(n)))}-{n}" for n in itertools.count(2))
    return next(one for one in itertools.chain([wanted], numbered) if one not in taken and one != "index")


def _sound(field: str, value: str | None) -> str | None:
    """A value for a field of an article's metadata, if it can stand there."""
    try:
        ArticleEntry.model_validate({field: value} if value else {})
    except ValidationError:
        return None
    return value
