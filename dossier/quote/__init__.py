"""The quote stage: direct quotations and indirect statements, and who made them.

`marks` finds them; `shape` turns the words around them into a row of word classes (`words`, `cues`), on
which the patterns of `rules` are matched (`attribute`); `speakers`, `names` and `focus` tell who is meant;
`reader` applies it all in reading order, and `curated` has the last word. `statements` are what is reported
without quotation marks: `clauses` finds them, on the same shapes and with the same speakers.
"""

from __future__ import annotations

from collections.abc import Mapping

from dossier.model import Annotation, Article, Quotation, Ref
from dossier.quote.clauses import STATEMENT_RULES
from dossier.quote.curated import mend
from dossier.quote.marks import Span, find_quotations
from dossier.quote.reader import reader
from dossier.quote.rules import RULES
from dossier.quote.statements import statements
from dossier.schema import ArticleEntry, Entry

__all__ = ["RULES", "STATEMENT_RULES", "Span", "find_quotations", "quote", "statements"]


def quote(
    article: Article, annotation: Annotation, entries: Mapping[Ref, Entry], curated: ArticleEntry
) -> tuple[Quotation, ...]:
    """The direct quotations of an article in order, each with its speaker where the article tells.

    They never overlap. `annotation` links names to `entries`; people without an entry are named as the
    article names them. `curated.quotes` corrects, adds and suppresses. Never raises.
    """
    quotations = reader(article, annotation, entries).quotations
    return tuple(mend(quotations, article, entries, curated.quotes) if curated.quotes else quotations)
