"""The events for a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dossier.edtf import Date, Day
from dossier.export.dataset import Dataset
from dossier.export.drafts import one_line
from dossier.model import Ref
from dossier.schema import Event

LONGEST = 75  # octets of a line


def ics(data: Dataset) -> str:
    """The events that have a date, each as whole days.

    A calendar knows days only. What is not exact to the day stands on all the days that it may be, marked as
    tentative, with the date's words in its title; what goes on without an end stands on its first day. An event
    without any first or last day is left out.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dossier//EN", f"X-WR-CALNAME:{_text(data.site.name)}"]
    for ref, entry in data.entries.items():
        if isinstance(entry, Event) and entry.date and (days := _days(entry.date)):
            lines += _event(data, ref, entry, entry.date, *days)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(data: Dataset, ref: Ref, event: Event, date: Date, first: dt.date, last: dt.date) -> Iterator[str]:
    certain = _is_certain(date)
    who = [data.names.get(p.who, p.who.id) for p in event.participants]
    told = [event.summary or "", f"Participants: {', '.join(who)}" if who else "", event.outcome or ""]
    page = data.site.page(f"{ref}.md")
    country = data.names.get(event.country) if event.country else None
    place = ", ".join(name for name in (event.location, country) if name)
    yield "BEGIN:VEVENT"
    yield f"UID:{ref.kind}-{ref.id}@{data.site.url.partition('//')[2].partition('/')[0] or 'dossier'}"
    yield f"DTSTAMP:{data.today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_stamp(first)}"
    if last < dt.date.max:
        yield f"DTEND;VALUE=DATE:{_stamp(last + dt.timedelta(days=1))}"  # the day after the last
    yield f"SUMMARY:{_text(event.name if certain else f'{event.name} ({date.words})')}"
    if any(told):
        yield f"DESCRIPTION:{_text(chr(10).join(filter(None, told)))}"
    if place:
        yield f"LOCATION:{_text(place)}"
    if page:
        yield f"URL:{page}"
    if event.type:
        yield f"CATEGORIES:{_text(event.type)}"
    yield f"STATUS:{'CONFIRMED' if certain else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"  # it takes nobody's time
    yield "END:VEVENT"


def _is_certain(date: Date) -> bool:
    """Whether a date is one day, or from one day to another."""
    if date.approximate or date.uncertain:
        return False
    return all(len(part) == 10 and "X" not in part for part in date.edtf.partition("T")[0].split("/"))


def _days(date: Date) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a date may mean; of an open one the day that is known."""
    first, last = date.earliest or date.latest, date.latest or date.earliest
    if date.precision == "interval" and not (date.earliest and date.latest):
        last = first
    return (_day(first), _day(last)) if first and last and first[0] > 0 and last[0] < 10_000 else None


def _day(day: Day) -> dt.date:
    return dt.date(*day)


def _stamp(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    r"""A text as iCalendar has it.

    >>> print(_text("a; b,\nc\\"))
    a\; b\,\nc\\
    """
    lines = [one_line(line) for line in text.splitlines()]
    escaped = (line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)
    return "\\n".join(escaped)


def _folded(line: str) -> str:
    """A line broken before it has more octets than it may have, never within a character."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > LONGEST:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += width
    return "\r\n".join(pieces)
