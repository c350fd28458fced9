"""An article in a PDF: its text, by the library pypdf (the extra `pdf`)."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dossier.export.drafts import one_line, scalar
from dossier.intake.arrival import Arrival, UnreadableError

if TYPE_CHECKING:
    from pypdf import DocumentInformation

#: More pages than any article has.
MOST_PAGES = 500
#: More strokes than any article is drawn with, a piece of text counting for ten: about ten seconds of CPU time.
MOST_STROKES = 1_000_000
_TEXT = frozenset([b"Tj", b"TJ", b"'", b'"'])

_BROKEN = re.compile(r"(\w+)[-\u00ad\u2010]\n(\w+)")
_WORD = re.compile(r"\w+")


def from_pdf(data: bytes) -> Arrival:
    """The text of a PDF, page after page, a blank line between them.

    Raises UnreadableError where it has none, or pypdf is not installed.
    """
    try:
        import pypdf  # here, so that only who adds a PDF needs it
    except ImportError:
        raise UnreadableError("to read a PDF, install the extra pdf: pip install 'dossier[pdf]'") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # of what it passes over it would print pages
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("the PDF is locked by a password; save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableError(f"the PDF has more than {MOST_PAGES} pages; save those of the article")
        strokes = 0

        def count(operator: bytes, *_: object) -> None:
            nonlocal strokes
            strokes += 10 if operator in _TEXT else 1
            if strokes > MOST_STROKES:
                raise UnreadableError("the PDF draws more than an article does; save its text, and add that")

        pages = [page.extract_text(visitor_operand_before=count) for page in reader.pages]
        remarks = tuple(_remarks(reader.metadata))
    except UnreadableError:
        raise
    except Exception as error:  # a PDF is a program's whole world, and pypdf raises whatever a broken one leads it to
        raise UnreadableError(f"the PDF cannot be read ({type(error).__name__}); save it anew, or as text") from None
    text = joined(pages)
    if not text:
        raise UnreadableError("the PDF has no text: a picture of pages? have a program read it (OCR), and add that")
    return Arrival(".txt", text.encode("utf-8", "replace"), remarks=remarks)


def _remarks(facts: DocumentInformation | None) -> Iterator[str]:
    """What a PDF says of itself: of the file, more often than of the article in it."""
    title, author, made = (facts.title, facts.author, facts.creation_date) if facts else (None, None, None)
    if title and one_line(str(title)):
        yield f"#title: {scalar(one_line(str(title)))}  # what the PDF calls itself"
    if made:
        yield f"#date: {made.date().isoformat()}  # the day the PDF was made"
    if author and one_line(str(author)):
        yield f"#authors: [{scalar(one_line(str(author)))}]  # whom the PDF names as its author"


def joined(pages: Sequence[str]) -> str:
    r"""The text of pages; a word that the end of a line divides is joined if it occurs undivided elsewhere.

    >>> joined(["The govern-\nment, a well-\nknown one.", "A government."])
    'The government, a well-known one.\n\nA government.'
    """
    text = "\n\n".join(filter(None, (page.replace("\r", "").strip() for page in pages)))
    words = {word.lower() for word in _WORD.findall(text)}

    def whole(found: re.Match[str]) -> str:
        first, second = found.groups()
        return f"{first}{second}" if f"{first}{second}".lower() in words else f"{first}-{second}"

    return _BROKEN.sub(whole, text)
