"""An article that came by mail: the text of the message, and what its head says."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from dossier.export.drafts import one_line, scalar
from dossier.intake.arrival import Arrival, UnreadableError
from dossier.schema import ArticleEntry

_ANSWERED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+", re.I)
_TOLD = "from the head of the mail"


def from_mail(data: bytes) -> Arrival:
    """The text of a message in the form of RFC 5322, plain where there is such a part, else HTML.

    Raises UnreadableError where it has none.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    part = message.get_body(("plain", "html"))
    text = _text(part) if isinstance(part, EmailMessage) else ""
    if part is None or not text.strip():
        raise UnreadableError("the mail has no text of its own; save what is attached to it, and add that")
    html = part.get_content_type() == "text/html"
    title, day = _ANSWERED.sub("", _head(message, "subject")), _day(message)
    facts = {name: value for name, value in (("title", title), ("date", day)) if value}
    sender = _head(message, "from")
    remarks = (f"#authors: [{scalar(sender)}]  # who sent the mail: an author, the source, or neither",) * bool(sender)
    # The mark of the byte order tells that the text is UTF-8, whatever the markup says that it was.
    return Arrival(
        ".html" if html else ".txt",
        text.encode("utf-8-sig" if html else "utf-8", "replace"),
        ArticleEntry.model_validate(facts),
        _TOLD,
        remarks,
    )


def _text(part: EmailMessage) -> str:
    """The text of a part, in the characters that it says it is in, or else in those that most mails are in."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _head(message: EmailMessage, name: str) -> str:
    """A line of the head as text, a sender without the address; empty where it is missing or cannot be read."""
    try:
        found = message[name]
        senders = [one.display_name or one.addr_spec for one in getattr(found, "addresses", ())]
        return one_line(", ".join(senders) or str(found or ""))
    except Exception:  # the standard library's parser of heads raises whatever a broken one leads it to
        return ""


def _day(message: EmailMessage) -> str | None:
    """The day that the mail was sent (ISO), in the sender's time."""
    try:
        sent = message["date"].datetime
    except Exception:  # as above
        return None
    return sent.date().isoformat() if sent and sent.year >= 1000 else None
