"""What the curator says of an article's quotations goes before what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dossier.model import Article, Quotation, Ref
from dossier.passage import find
from dossier.schema import CuratedQuote, Entry, Named


def mend(
    quotations: Sequence[Quotation], article: Article, entries: Mapping[Ref, Entry], curated: Iterable[CuratedQuote]
) -> list[Quotation]:
    """The quotations after the curator's corrections, in order.

    A correction applies to every quotation of the same words, else to those it overlaps; where there is
    none, the words become a quotation of their own.
    """
    mended = list(quotations)
    for correction in curated:
        words = _letters(correction.quote)
        passage = find(article, correction.quote)
        place = (passage.start, passage.end) if passage else (0, 0)
        meant = [q for q in mended if words and _letters(q.text) == words]
        meant = meant or [q for q in mended if q.start < place[1] and place[0] < q.end]
        if correction.suppress:
            mended = [q for q in mended if q not in meant]
        elif meant and "speaker" in correction.model_fields_set:
            mended = [_said_by(q, correction.speaker, entries) if q in meant else q for q in mended]
        elif not meant and place[0] < place[1]:
            added = Quotation(*place, article.text[slice(*place)], rule="curated")
            mended.append(_said_by(added, correction.speaker, entries))
    return sorted(mended, key=lambda q: q.start)


def _letters(words: str) -> str:
    """What counts when words are compared: letters and digits."""
    return re.sub(r"[\W_]+", "", words).casefold()


def _said_by(quotation: Quotation, speaker: Ref | None, entries: Mapping[Ref, Entry]) -> Quotation:
    """The quotation with the curator's speaker; the printed mention stays only if it names the same one."""
    if speaker is not None and quotation.speaker == speaker:
        return replace(quotation, rule="curated")
    entry = entries.get(speaker) if speaker else None
    name = entry.name if isinstance(entry, Named) else None
    bare = Quotation(quotation.start, quotation.end, quotation.text)
    return replace(bare, speaker=speaker, speaker_name=name, rule="curated")
