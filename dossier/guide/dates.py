"""Rules over dates: what articles say of a day, against the day that the dossier gives.

Words about days are many-sided, so only the plainest are read: a warning that is wrong is worse than
none. Sentences that look ahead, report speech, or relate a day to something else are passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from dossier import passage
from dossier.edtf import MONTHS, Date, Day
from dossier.guide.weighed import Weakness, Weighed
from dossier.model import Article, Ref
from dossier.schema import Citation, Event

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: So many days lie between an event and an article that still calls its day by the day of the week.
_A_WEEK = 7
_WEEKDAY = re.compile(rf"(?P<before>\b\w+) (?P<day>{'|'.join(WEEKDAYS)})\b(?!['’]s| [A-Z]| [a-z]+ing\b)")
_NO_ADVERB = frozenset(["the", "a", "an", "every", "each", "this", "that", "last", "next", "of", "and", "or"])
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]}|t)?" for month in MONTHS[1:])
_FULL = rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}}), (?P<year>\d{{4}})|(?P<d>\d{{1,2}}) (?P<m>{_MONTH}) (?P<y>\d{{4}})"
_PAST = (
    r"(?:was|were|came|took|went|gave|made|spoke|met|held|said|told|began|left|won|lost|fell|died|signed|arrived|visited"
    r"|voted|adopted|agreed|launched|announced|arrested|released|elected|appointed|resigned|killed|opened|happened)"
)
#: A thing done on a day: a verb in the past tense, a few words without a comma, "on", and the day in full.
_DONE_ON = re.compile(rf"\b{_PAST}\b(?: [\w’'.-]+){{0,6}} on (?:(?:{'|'.join(WEEKDAYS)}),? )?(?:{_FULL})")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|to be|plan\w*|expect\w*|schedul\w*|set|due|upcoming|next|ahead|going|intend\w*|could"
    r"|(?-i:may)|might|should|if|unless|tomorrow|later|coming|promis\w*|threat\w*|vow\w*|propos\w*|invit\w*|demand\w*|want\w*"
    r"|hope\w*|prepar\w*|postpon\w*|delay\w*|call\w* for|agreed to|announced that|until|when)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\b(?:since|after|before|until|till|ahead|following|from|by|between|last|next|earlier|later|previous"
    r"|sa(?:id|ys|ying)|told|telling|announc\w*|according|report\w*|wrote|statement)\b",
    re.IGNORECASE,
)
_IN_THE_PAST = re.compile(rf"\b{_PAST}\b")
_SENTENCE_END = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“(])")


def day_of_the_week(weighed: Weighed) -> Iterator[Weakness]:
    """An event falls on the day of the week that the words cited for it give."""
    for ref, event, citation in _cited(weighed):
        days = _days(event.date) if event.date else []
        weekday = _weekday(citation.quote or "")
        if not weekday or not days or not _near(days, weighed.articles[citation.article].date):
            continue
        if weekday not in {WEEKDAYS[day.weekday()] for day in days}:
            message = f"date: {event.date} is no {weekday}, which the words cited for it say; correct one of the two"
            yield weighed.weakness(ref, ("date",), message, "day-of-the-week")


def reported_before_it_happened(weighed: Weighed) -> Iterator[Weakness]:
    """An article that is cited for what happened was not published before it."""
    for ref, event, citation in _cited(weighed):
        article = weighed.articles[citation.article]
        if not (event.date and article.date and _asserted(article.date)):
            continue
        if _later(event.date.earliest, article.date.latest) and _told_as_past(article, citation.quote or ""):
            message = f"date: {event.date} is after {article.ref} ({article.date}), which reports it; correct a date"
            yield weighed.weakness(ref, ("date",), message, "reported-before-it-happened")


def words_after_the_date(weighed: Weighed) -> Iterator[Weakness]:
    """An article is not dated before a day on which, in its own words, something was done."""
    for article, _ in weighed.read():
        if not article.date or not _asserted(article.date):
            continue
        for found in _DONE_ON.finditer(article.text):
            if _AHEAD.search(found[0]) or not _later(_day(found), article.date.latest):
                continue
            line = article.paragraph_at(found.start()).line
            message = f"date: {article.date} is before what the article reports (line {line}: {found[0]!r}); correct it"
            yield weighed.weakness(article.ref, ("date",), message, "words-after-the-date")
            break


def _cited(weighed: Weighed) -> Iterator[tuple[Ref, Event, Citation]]:
    """The words that are cited for events with a date, each with its event."""
    for ref in weighed.curated():
        event = weighed.entries[ref]
        if isinstance(event, Event) and event.date and _asserted(event.date):
            for citation in event.citations:
                if citation.quote and citation.article in weighed.articles:
                    yield ref, event, citation


def _asserted(date: Date) -> bool:
    """Whether a date is given as certain, and begins on a known day."""
    return date.precision in ("day", "interval") and not (date.approximate or date.uncertain)


def _weekday(words: str) -> str | None:
    """The one day of the week on which something was done, where the words say so and relate it to nothing else.

    >>> _weekday("met briefly in India on Thursday"), _weekday("met after the talks on Thursday")
    ('Thursday', None)
    """
    found = [match for match in _WEEKDAY.finditer(words) if match["before"].lower() not in _NO_ADVERB]
    if len(found) != 1 or len(re.findall("|".join(WEEKDAYS), words)) > 1 or _RELATED.search(words):
        return None
    return found[0]["day"]


def _days(date: Date) -> list[dt.date]:
    """The days of a date, if they are known and less than a week."""
    if date.earliest is None or date.latest is None:
        return []
    try:
        first, last = dt.date(*date.earliest), dt.date(*date.latest)
    except ValueError:  # a year that the calendar does not reach
        return []
    length = (last - first).days
    return [first + dt.timedelta(days=n) for n in range(length + 1)] if length < _A_WEEK - 1 else []


def _near(days: list[dt.date], published: Date | None) -> bool:
    """Whether an article was published in the week after these days, give or take one for the hour of the place."""
    if published is None or not published.exact:
        return False
    since = [(when - days[0]).days for when in _days(published)]
    return bool(since) and -1 <= since[0] <= _A_WEEK


def _later(day: Day | None, than: Day | None) -> bool:
    """Whether a day is later than another by more than the hour of the place can explain."""
    try:
        return bool(day and than and dt.date(*day) - dt.date(*than) > dt.timedelta(days=1))
    except ValueError:
        return False


def _told_as_past(article: Article, words: str) -> bool:
    """Whether the sentence that words stand in tells something as done, and looks at nothing to come."""
    found = passage.find(article, words)
    if found is None:
        return False
    paragraph = article.words_of(found.paragraph)
    first = found.start - found.paragraph.start
    ends = [match.end() for match in _SENTENCE_END.finditer(paragraph)]
    begin = max((end for end in ends if end <= first), default=0)
    end = min((end for end in ends if end >= first + len(words)), default=len(paragraph))
    sentence = paragraph[begin:end]
    return bool(_IN_THE_PAST.search(sentence)) and not _AHEAD.search(sentence)


def _day(found: re.Match[str]) -> Day:
    """The day in full that `_FULL` found."""
    name, day, year = (found[one] or found[other] for one, other in (("month", "m"), ("day", "d"), ("year", "y")))
    return int(year), next(n for n, month in enumerate(MONTHS) if n and month.startswith(name[:3])), int(day)
