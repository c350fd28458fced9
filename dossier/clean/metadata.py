"""Title, date, source and authors from the lines around the body of a dump."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dossier.clean import authors, dates
from dossier.clean.body import weight
from dossier.clean.decode import Line
from dossier.clean.draft import Facts
from dossier.clean.furniture import unbulleted

_BEFORE, _AFTER = 90, 4  # lines before and after the beginning of the body where facts are looked for
_SAMPLE = 8000  # characters of the body that a title is compared with
_WORD = re.compile(r"[^\W\d_]{4,}")
_PREFIX = re.compile(r"^(?:(?:next|prev(?:ious)?)(?:img|image|slide|photo)|title|headline)\s?:\s?", re.I)
_DOMAIN = re.compile(
    r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+){0,2}\.(?:com|org|net|info|news|tv|co|eu|us|[a-z]{2})$", re.I
)
_SOURCE = re.compile(r"^(?:source|publisher|publication|quelle|fuente|fonte)\s*:\s*(\S.{1,60})$", re.I)
_PLACELINE = re.compile(r"^\(([\w.-]+\.(?:com|org|net|info|news|tv|co(?:\.\w\w)?|[a-z]{2}))\)\s*[–—-]", re.I)
_ADDRESS = re.compile(r"(?<!\S)https?://\S+$")
_SILENT = frozenset(["number", "share", "navigation", "sponsor"])
_NOT_TITLE = frozenset(
    ("number", "sponsor", "cookies", "comments", "share", "navigation", "legal", "read-next", "related",
     "subscription", "time", "location", "byline", "credits")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """The facts that a dump states, and the lines (by place) that state them, each with its rule."""

    facts: Facts
    used: dict[int, str]


def state(lines: Sequence[Line], rules: Sequence[str | None], start: int, end: int) -> Stated:
    """The facts told by the lines before, around and after a body (`start:end`, places in `lines`)."""
    used: dict[int, str] = {}
    window = range(max(0, start - _BEFORE), min(len(lines), start + _AFTER))
    credited = {place: kind for place in window if (kind := _credit(lines[place].text, rules[place]))}
    title_at, title = find_title(lines, rules, credited, start, end)
    top = title_at if title_at is not None else start
    below = max(start + _AFTER, top + 2 * _AFTER)
    head = [i for i in range(max(0, min(top, start) - 6), min(len(lines), below)) if i != title_at]
    tail = range(max(below, end - 2), min(len(lines), end + 6))
    date_at, date = find_date(lines, rules, head, tail, top)
    by_at, names = find_authors(lines, rules, head, tail, top)
    above = [i for i in head if i <= start]
    source_at, source = find_source(lines, above, tail, start, top)
    address = next((found[0] for i in above if (found := _ADDRESS.search(lines[i].text))), None)
    for place, rule in ((title_at, "title"), (date_at, "date"), (by_at, "byline"), (source_at, "source")):
        # a date or a name may stand in the first paragraph, too, which stays
        if place is not None and (not start <= place < end or weight(lines[place].text, rules[place]) < 0):
            used.setdefault(place, rule)
    return Stated(Facts(title, date, source, names, address=address), used)


def _credit(text: str, rule: str | None) -> str:
    """Whether a line says who or when, as the lines below a headline do."""
    if rule in ("byline", "time"):
        return rule
    return "date" if len(text) <= 110 and text[0] not in "—–-" and any(dates.days(text)) else ""


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """The words of a body in lower case, the longer ones at least: what a title is about is said again below it."""
    said = frozenset("\n".join(line.text for line in lines)[:_SAMPLE].lower().split())
    words = frozenset(filter(str.isalpha, said))  # most are: to match the rest alone takes half of the time
    return words.union(_WORD.findall("\n".join(said - words)))


def find_title(
    lines: Sequence[Line], rules: Sequence[str | None], credited: Mapping[int, str], start: int, end: int
) -> tuple[int | None, str | None]:
    """The line most like a headline: in the body's own words, of some length, above a byline or date."""
    words = vocabulary(lines[start:end])
    first = max(0, start - _BEFORE)
    steps: dict[int, int] = {}  # distance is counted in lines that say something
    for place in range(first, min(len(lines), start + _AFTER)):
        steps[place] = steps.get(place - 1, 0) + (rules[place] not in _SILENT)
    seen = Counter(unbulleted(line.text) for line in lines[first : start + _AFTER])
    start_step = steps.get(start, 0)
    best: tuple[float, int, str] | None = None
    for place in range(first, min(len(lines), start + 1, max(end, 1))):
        raw = lines[place].text
        marked = _PREFIX.match(raw)
        if not marked and (rules[place] in _NOT_TITLE or place in credited):
            continue
        text = raw[marked.end() :] if marked else unbulleted(raw)
        count = text.count(" ") + 1
        if not 2 <= count <= 32 or len(text) > 220 or (place >= start and text[-1] in ".,;:"):
            continue
        own = _WORD.findall(text.lower())
        score = 2.0 * sum(word in words for word in own) / max(3, len(own))
        score += min(count, 7) * 0.15 - 0.03 * abs(start_step - steps[place])
        score -= 0.8 * (text[-1] in ".,;:") + 0.7 * (count > 22) + 0.5 * (rules[place] == "caption")
        score += 1.5 * bool(marked) - 0.4 * (text != raw and not marked)
        score -= 0.6 * (text[0] in "“\"(‘'[" and text[-1] in "”\")’']")  # a quotation set apart, a credit
        score += 0.4 * (seen[text] > 1) - 0.5 * (place >= start)
        below = min((steps[credit] - steps[place] for credit in credited if credit > place), default=9)
        score += max(0.0, 1.1 - 0.2 * below)
        above = min((steps[place] - steps[credit] for credit in credited if credit < place), default=9)
        score -= 0.5 * (above < min(below, 6))  # between byline and body stand captions and standfirsts
        # a headline stands above its standfirst, which is about the same
        if best is None or score > best[0] + (0.35 if place - best[1] <= 4 else 0.0):
            best = (score, place, text)
    if best is None or best[0] < 1.0:
        return None, None
    return best[1], best[2]


def find_date(
    lines: Sequence[Line], rules: Sequence[str | None], head: Sequence[int], tail: Sequence[int], top: int
) -> tuple[int | None, str | None]:
    """The day of publication: as labelled, else the date nearest to the title; never an update."""
    found: list[tuple[float, int, str]] = []
    for place in (*head, *tail):
        text = lines[place].text
        if text[0] in "—–":  # the signature of a quoted post
            continue
        prose = weight(text, rules[place]) > 0
        text = text[: 60 if len(text) > 300 else 300]
        for day in dates.days(text):
            role = day.role
            if role == "plain" and day.start < 3 and place and len(label := lines[place - 1].text) <= 25:
                role = dates.role_of(label)  # "Published:" on a line of its own
            # A sentence tells a day of its story, unless it is a dateline or says no more than when.
            told = prose and (day.start > 40 or (role == "published" and text.count(" ") > 12))
            if role == "updated" or told or (role == "plain" and place in tail):
                continue
            far = abs(place - top) * 0.1 + 1.0 * (place in tail)
            found.append((far - 1.5 * (role == "published"), place, day.iso))
    if not found:
        return None, None
    _, place, iso = min(found)
    return place, iso


#: Eight words and a full stop: a line of prose, which is no byline, whatever names are in it.
_SENTENCE = re.compile(r"(?:\S+\s+){7}.*[.!?][\"”’]?$")


def find_authors(
    lines: Sequence[Line], rules: Sequence[str | None], head: Sequence[int], tail: Sequence[int], top: int
) -> tuple[int | None, tuple[str, ...]]:
    """The names of the byline nearest to the title; else a name alone on its line beside the date."""
    near = sorted(head, key=lambda i: abs(i - top))
    for place in (*near, *tail):
        text = unbulleted(lines[place].text)
        if rules[place] == "byline":
            names = authors.from_byline(text)
            if not names and text.lower() in ("by", "by:", "written by") and place + 1 < len(lines):
                names = authors.from_byline(lines[place + 1].text)
            if names:
                return place, names
    for place in near:
        text = unbulleted(lines[place].text)
        if place <= top or len(lines[place].text) > 90 or _SENTENCE.search(text):
            continue
        beside = any(rule == "time" for rule in rules[max(0, place - 1) : place + 3]) or any(dates.days(text))
        if beside and (names := authors.from_byline(text)) and all(map(authors.is_name, names)):
            return place, names
    return None, ()


def find_source(
    lines: Sequence[Line], head: Sequence[int], tail: Sequence[int], start: int, top: int
) -> tuple[int | None, str | None]:
    """The publisher: as labelled, else a web site's name alone on its line, else the dateline's."""
    for place in (*head, *tail):
        if match := _SOURCE.match(lines[place].text):
            return place, match[1].strip()
    for place in sorted(head, key=lambda i: abs(i - top)):
        if _DOMAIN.match(lines[place].text):
            return place, lines[place].text
    if start < len(lines) and (match := _PLACELINE.match(lines[start].text)):
        return None, match[1]
    return None, None
