"""The list of former addresses, with one more line."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.model import Document, Ref
from dossier.revise.layout import with_field, with_scalar, without_field

#: What a new list begins with.
HEAD = "# Where entries stood before: each old address leads to the one that the entry has now.\n"


def redirected(text: str, lines: dict[str, str], old: Ref, new: Ref) -> tuple[str, dict[str, str]]:
    """The text and the lines of `redirects.yml` when an entry has gone from `old` to `new`.

    What led to the old address leads to the new one, so that every redirect is a single step; and what an
    entry is called now is no former address any more.
    """
    after = {str(old): str(new)}
    for source, target in lines.items():
        if source == str(new):
            text = without_field(text, (), source)
            continue
        after[source] = target
        if target == str(old):
            text = with_scalar(text, (source,), target, str(new))
            after[source] = str(new)
    return with_field(text or HEAD, (), str(old), str(new)), after


def lines_of(document: Document | None) -> Iterator[tuple[str, str]]:
    """The lines of a list that is without faults."""
    for source, target in (document.data if document else {}).items():
        yield str(source), str(target)
