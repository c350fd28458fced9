"""What comes out of a file that holds an article among other things."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier.schema import ArticleEntry


class UnreadableError(Exception):
    """Why there is no article in a file, and what to do."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article as it is kept: the ending and the bytes of its file, and what came with it.

    `stated` is what the file says of its article outside the text, `told` where it says so, and `remarks`
    are lines for the curator: what is not certain enough to be taken over.
    """

    suffix: str
    data: bytes
    stated: ArticleEntry = field(default_factory=ArticleEntry)
    told: str = ""
    remarks: tuple[str, ...] = ()
