"""An Atom feed of the newest articles and events (RFC 4287)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from dossier.edtf import Date, Day
from dossier.parts import View
from dossier.site import Site

PATH = "feed.xml"
SHOWN = 50
KINDS = ("articles", "events")

_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 has no place for.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(views: Sequence[View], site: Site, today: dt.date) -> str:
    """The feed as XML, the newest first; `site` must have an address, for entries are known by theirs.

    An entry is dated by its earliest day, at midnight UTC: Atom has no date that is less exact, so
    that the words of a date that is go into the summary. What has no date, or lies ahead, is left out.
    """
    dated = [(day, view) for view in views if (day := _day(view)) and day <= (today.year, today.month, today.day)]
    newest = sorted(dated, key=lambda item: item[1].uri)
    newest = sorted(newest, key=lambda item: item[0], reverse=True)[:SHOWN]
    feed = ET.Element("feed", xmlns=_ATOM)
    _add(feed, "title", site.name)
    _add(feed, "id", site.url)
    _add(feed, "link", rel="self", type="application/atom+xml", href=site.file(PATH))
    _add(feed, "link", rel="alternate", type="text/html", href=site.url)
    latest = newest[0][0] if newest else (today.year, today.month, today.day)
    _add(feed, "updated", _instant(latest))
    _add(_add(feed, "author"), "name", site.name)
    for day, view in newest:
        _entry(feed, view, day, site)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _day(view: View) -> Day | None:
    """The earliest day of an article or event; None where there is none that a calendar of four digits has."""
    if view.ref is None or view.ref.kind not in KINDS or view.date is None:
        return None
    day = view.date.earliest
    return day if day and 0 < day[0] < 10**4 else None


def _entry(feed: ET.Element, view: View, day: Day, site: Site) -> None:
    entry = _add(feed, "entry")
    address = site.page(view.uri)
    _add(entry, "title", view.title)
    _add(entry, "id", address)
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "updated", _instant(day))
    if view.date and view.date.exact:
        _add(entry, "published", _instant(day))
    _add(entry, "category", term=view.kind)
    _add(entry, "summary", _summary(view.description, view.date))


def _summary(description: str, date: Date | None) -> str:
    """The description, and the date in words where it is less than a day."""
    if date is None or date.exact or date.words in description:
        return description
    return f"{description} ({date.words})" if description else date.words


def _instant(day: Day) -> str:
    year, month, number = day
    return f"{year:04}-{month:02}-{number:02}T00:00:00Z"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, {name: _NO_XML.sub("", value) for name, value in attributes.items()})
    if text:
        child.text = " ".join(_NO_XML.sub("", text).split())
    return child
