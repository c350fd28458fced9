"""A curator's say over single lines: `drop` and `keep`, as the text of a line or as /regex/."""

from __future__ import annotations

from collections.abc import Callable

from dossier.clean.decode import tidy
from dossier.schema.patterns import Lines, regex_in


def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """A test whether a line is meant by one of the patterns; those that cannot be used mean no line."""
    if not patterns:
        return lambda line: False
    return Lines([p if regex_in(p) is not None else tidy(p) for p in patterns]).mean
