"""A curator's say over single lines: `drop` and `keep`, as the text of a line or as /regex/."""

from __future__ import annotations

import re
from collections.abc import Callable

from dossier.clean.decode import tidy
from dossier.schema.patterns import pattern_fault, regex_in

LONGEST_LINE = 300  # a pattern sees the beginning of a line only: see schema.patterns


def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """A test whether a line is meant by one of the patterns; those that cannot be used mean no line."""
    if not patterns:
        return lambda line: False
    texts = frozenset(tidy(p) for p in patterns if regex_in(p) is None)
    regexes = [
        re.compile(source) for p in patterns if (source := regex_in(p)) is not None and not pattern_fault(source)
    ]

    def meant(line: str) -> bool:
        return line in texts or any(regex.search(line[:LONGEST_LINE]) for regex in regexes)

    return meant
