"""What of a suggestion goes into an entry: the kind, and the other names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from dossier.suggest import Suggestion
from dossier.suggest.cues import Sort

#: The kind of entry for each sort of name; places have none, as countries are built in.
KIND: Mapping[Sort, str] = {"person": "people", "organization": "organizations", "event": "events"}


def aliases(suggestion: Suggestion, taken: Collection[str]) -> Iterator[str | dict[str, str]]:
    """The other forms of a name as aliases; `taken` are the names of entries, casefolded.

    A part of a person's name is none, since a family name is linked without; any other part of a name
    counts only beside the whole.
    """
    seen = {*taken, suggestion.name.casefold()}
    words = suggestion.name.casefold().split()
    for form in (*suggestion.forms, suggestion.full_name):
        if form.casefold() in seen:
            continue
        seen.add(form.casefold())
        part = set(form.casefold().split()) <= set(words)
        if suggestion.type == "person":
            if not part and " " in form:
                yield form
        elif form.isupper() and " " not in form:
            yield {"name": form, "type": "abbreviation"}
        else:
            yield {"name": form, "type": "weak"} if part else form
