"""Parts of people's names that stand alone, and abbreviations that an article introduces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from dossier.annotate.context import Context
from dossier.annotate.gazetteer import Form, Gazetteer
from dossier.annotate.guards import Surroundings, is_blocked, is_plain, name_before, surroundings
from dossier.annotate.match import is_bounded
from dossier.annotate.resolve import Choice, Scene
from dossier.annotate.words import BESIDE_PEOPLE, CALENDAR, GIVEN_NAMES, ORDINARY, SPEAKING, TITLE_WORDS, TITLES, VERBS
from dossier.model import Ref

#: Titles of women, and of men.
_HERS, _HIS = (
    frozenset({"mrs", "ms", "miss", "dame", "lady", "madame", "frau"}),
    frozenset({"mr", "sir", "lord", "monsieur", "herr"}),
)
#: Where an article names each entry beyond doubt, in order; -1: in the title.
Places = Mapping[Ref, Sequence[int]]

_SUBJECT = re.compile(r"'s |,| and [A-Z]| (?:(?:also|has|had|never|\w+ly) )*(\w+)")
_NEXT = re.compile(r" (?:(?:also|has|had|\w+ly) )?(\w+)")
_JOINED = re.compile(r"(?:[A-Z][\w'.-]* ){1,4}(?:and|or|&) ")
_LAST_TWO = re.compile(r"(?:^|\W)((?:[a-z]+ )?([a-z]+)) $")


class Part(NamedTuple):
    """A place where a part of a name, or an introduced abbreviation, stands.

    `here` are its surroundings, None where nothing around calls for a look.
    """

    start: int
    end: int
    surface: str
    forms: tuple[Form, ...]
    here: Surroundings | None

    def titles(self, context: Context) -> set[str]:
        """The titles directly before, in lower case."""
        return titles_before(context, self.start) if self.here and self.here.before[:1].isupper() else set()


def choose_parts(
    scene: Scene,
    gazetteer: Gazetteer,
    covered: list[tuple[int, int]],
    named: Places,
    short: Mapping[str, Form],
) -> list[Choice]:
    """Family and given names of people named in full, titled and rare family names, introduced abbreviations.

    Of several people of one family name, who is named first has it, unless the same paragraph has just
    named another. `covered` are the stretches of the text that are decided already.
    """
    local = _local_forms(gazetteer, named, short)
    parts = list(_occurrences(scene, gazetteer, local, sorted(covered)))
    strangers = _strangers(parts)
    decided = [(part, choice) for part in parts if (choice := _decide(scene, part, gazetteer, named, strangers))]
    at_work = {part.surface for part, choice in decided if choice.reason and _at_work(scene.context, part)}
    return [_vouched(choice, part.surface in at_work) for part, choice in decided]


def _at_work(context: Context, part: Part) -> bool:
    """Whether a family name stands behind a title, speaks, acts or is dealt with: clearly a person in the news."""
    return bool(part.titles(context)) or _speaks(context.text, part.end) or _is_dealt_with(context.text, part.start)


def _speaks(text: str, end: int) -> bool:
    """Whether what ends here says something or has a government, a campaign, allies."""
    following = _NEXT.match(text, end)
    return following is not None and following[1] in SPEAKING


def _is_dealt_with(text: str, start: int) -> bool:
    """Whether something is done with what starts here that is done with people: talks with, allies of."""
    before = _LAST_TWO.search(text, max(0, start - 24), start)
    return before is not None and (before[1] in BESIDE_PEOPLE or before[2] in BESIDE_PEOPLE)


def _vouched(choice: Choice, at_work: bool) -> Choice:
    """A rare family name counts throughout an article that shows its bearer at work."""
    if at_work and len(choice.forms) == 1 and choice.forms[0].rule == "surname-alone":
        return Choice(choice.start, choice.end, choice.forms, beat=choice.beat)
    return choice


def _local_forms(gazetteer: Gazetteer, named: Places, short: Mapping[str, Form]) -> dict[str, list[Form]]:
    local: dict[str, list[Form]] = {text: [form] for text, form in short.items()}
    for ref in named:
        parts = gazetteer.people.get(ref)
        if parts:
            for family in parts.families:
                local.setdefault(family, []).append(Form(ref, "surname", parts.families[0]))
            for given in parts.givens:
                local.setdefault(given, []).append(Form(ref, "given-name", given))
    return local


def _occurrences(
    scene: Scene, gazetteer: Gazetteer, local: Mapping[str, list[Form]], covered: list[tuple[int, int]]
) -> Iterator[Part]:
    """Where a local form, or any family name, stands outside what is covered."""
    context, text = scene.context, scene.context.text
    places = _places(scene, gazetteer, local)
    starts = {start for start, _ in covered} | {start for start, _ in places}
    ends = {end for _, end in covered} | {start + len(surfaces[0]) for start, surfaces in places}
    reached = at = 0
    for start, surfaces in places:
        while at < len(covered) and covered[at][1] <= start:
            at += 1
        limit = covered[at][0] if at < len(covered) else len(text)
        if start < reached or start >= limit:
            continue
        for surface in surfaces:
            end = start + len(surface)
            if end > limit or text[start:end] not in (surface, surface.upper()) or not is_bounded(text, start, end):
                continue
            reached = end
            forms = tuple(local.get(surface, ()))
            if not forms:
                if surface not in gazetteer.rare and context.word_before(start) not in TITLES:
                    break
                forms = tuple(Form(ref, "surname-alone", surface) for ref in gazetteer.families[surface])
            here = None
            if not is_plain(text, start, end):
                here = surroundings(context, start, end, surface, "person", forms[0].rule, starts, ends)
            yield Part(start, end, surface, forms, here)
            break


def _places(scene: Scene, gazetteer: Gazetteer, local: Mapping[str, list[Form]]) -> list[tuple[int, list[str]]]:
    """The places where a part of a name may begin, also in capitals and in lower case (al-Assad), with the parts."""
    firsts: dict[str, list[str]] = {}
    for surface in sorted(local, key=len, reverse=True):
        firsts.setdefault(re.split(r"\W", surface, maxsplit=1)[0], []).append(surface)
    begins = {first.upper(): surfaces for first, surfaces in firsts.items()} | firsts
    places: list[tuple[int, list[str]]] = []
    for start, word in scene.words:
        if word in begins:
            places.append((start, begins[word]))
        elif word in gazetteer.rare or (word in gazetteer.families and _may_have_title(scene.context.text, start)):
            places.append((start, [word]))
    for first, surfaces in firsts.items():
        if first not in gazetteer.part_words or first[:1].islower():
            places += [(m.start(), surfaces) for m in re.finditer(rf"\b{re.escape(first)}\b", scene.context.text)]
    return sorted(places)


def _may_have_title(text: str, start: int) -> bool:
    """Whether a capitalised word stands directly before."""
    before = text.rfind(" ", 0, start - 1) + 1
    return text[before : before + 1].isupper()


def _strangers(parts: Iterable[Part]) -> dict[str, int]:
    """Family names that the article gives to somebody without an entry, and where first: Elizabeth Whelan."""
    strangers: dict[str, int] = {}
    for part in parts:
        here = part.here
        if not here or part.forms[0].rule not in ("surname", "surname-alone") or not name_before(here):
            continue
        opens = here.context.opens_sentence(part.start - len(here.before) - 1)
        if not opens or here.before in GIVEN_NAMES:
            strangers.setdefault(part.surface, part.start)
    return strangers


def _decide(
    scene: Scene, part: Part, gazetteer: Gazetteer, named: Places, strangers: Mapping[str, int]
) -> Choice | None:
    start, end, surface, forms, here = part
    context = scene.context
    if forms[0].rule == "introduced-abbreviation":
        return Choice(start, end, forms[:1])
    if here and is_blocked(here):
        return None
    families = tuple(form for form in forms if form.rule != "given-name")
    if not families:
        return _given(context, part, gazetteer)
    titles = part.titles(context)
    fitting = _fitting(families, titles, gazetteer) if titles else families
    if titles and families[0].rule == "surname":
        others = tuple(Form(ref, "titled-surname", surface) for ref in gazetteer.families.get(surface, ()))
        if not _posted(fitting, titles, gazetteer) and (posted := _posted(others, titles, gazetteer)):
            beat = tuple(f"not {form.ref}, who is named in full: the title fits no position" for form in families)
            return Choice(start, end, posted, _SEVERAL_POSTED if len(posted) > 1 else "", beat)
    if families[0].rule == "surname-alone":
        return _alone(part, fitting, titles, gazetteer, strangers)
    if surface in ORDINARY and not titles and context.opens_sentence(start) and not _is_subject(context.text, end):
        return None
    first, *rest = sorted(fitting, key=lambda form: (named[form.ref][0], form.ref))
    fits = bool(titles & gazetteer.people[first.ref].positions)
    if not fits and surface in strangers and strangers[surface] < named[first.ref][0]:
        return Choice(start, end, fitting, "Somebody without an entry bears this family name first.")
    if len(fitting) > 1 and titles & _HERS and not any(gazetteer.people[form.ref].pronoun for form in fitting):
        return Choice(start, end, fitting, "The title means one of several people of this family name.")
    paragraph = context.line(start)[0]
    if any(paragraph <= place < start for form in rest for place in named[form.ref]):
        return Choice(start, end, fitting, "Several people of this family name are named in the article.")
    if any(_named_together(context, named[first.ref][0], named[form.ref][0]) for form in rest):
        return Choice(start, end, fitting, "Several people of this family name are named in one breath.")
    misfits = (f"not {form.ref}: the title does not fit" for form in families if form not in fitting)
    later = (f"not {form.ref}: named later in the article" for form in fitting if form != first)
    absent = (f"not {ref}: never named in full here" for ref in gazetteer.families.get(surface, ()) if ref not in named)
    return Choice(start, end, (first,), beat=(*misfits, *later, *islice(absent, _ENOUGH)))


#: So many others of a family name are told of.
_ENOUGH = 5


def _named_together(context: Context, first: int, second: int) -> bool:
    """Whether two names are joined where each stands first, so that neither goes before: Ann Hill and Bob Hill.

    A title before the first does put it before: President Ann Hill and Bob Hill.
    """
    joined = 0 <= first < second < first + 80 and _JOINED.fullmatch(context.text, first, second)
    return bool(joined) and not titles_before(context, first)


def _is_subject(text: str, end: int) -> bool:
    """Whether what ends here has, does or is something: the verb tells a person from a thing."""
    match = _SUBJECT.match(text, end)
    verb = match[1] if match else ""
    return verb is None or verb.endswith("ed") or verb in VERBS or _speaks(text, end)


def _fitting(forms: tuple[Form, ...], titles: set[str], gazetteer: Gazetteer) -> tuple[Form, ...]:
    """Those whose positions best fit the titles before the name, or whose pronouns allow them; else all."""
    shared = {form.ref: len(titles & gazetteer.people[form.ref].positions) for form in forms}
    best = max(shared.values())
    if best:
        return tuple(form for form in forms if shared[form.ref] == best)
    wrong = "he" if titles & _HERS else "she" if titles & _HIS else None
    allowed = tuple(form for form in forms if wrong is None or gazetteer.people[form.ref].pronoun != wrong)
    return allowed or forms


def _posted(forms: tuple[Form, ...], titles: set[str], gazetteer: Gazetteer) -> tuple[Form, ...]:
    """Those of whom a position fits the titles."""
    return tuple(form for form in forms if titles & gazetteer.people[form.ref].positions)


_SEVERAL_POSTED = "Several people of this family name have a position that fits the title."


def _given(context: Context, part: Part, gazetteer: Gazetteer) -> Choice | None:
    """A given name alone names the one person who bears it in the article."""
    if (part.here and part.here.before in TITLES) or part.surface in CALENDAR:
        return None
    if part.surface in ORDINARY and (context.opens_sentence(part.start) or context.is_headline(part.start)):
        return None
    if part.surface not in context.shared:
        families = {family for form in part.forms for family in gazetteer.people[form.ref].families}
        context.shared[part.surface] = names_other(context.text, part.surface, families)
    if context.shared[part.surface]:
        return None
    reason = "Several people of this given name are named in the article." if len(part.forms) > 1 else ""
    return Choice(part.start, part.end, part.forms, reason)


def names_other(text: str, given: str, families: set[str]) -> bool:
    """Whether a text names somebody with this given name and another family name."""
    for match in re.finditer(rf"\b{re.escape(given)} (?:[A-Z]\.? )?((?:[a-z]{{1,3}} )?[A-Z][\w'-]+)", text):
        if match[1].removesuffix("'s") not in families and match[1] not in CALENDAR:
            return True
    return False


def _alone(
    part: Part, fitting: tuple[Form, ...], titles: set[str], gazetteer: Gazetteer, strangers: Mapping[str, int]
) -> Choice | None:
    """A family name whose bearer the article never names in full."""
    start, end, surface = part[:3]
    posted = _posted(fitting, titles, gazetteer)
    if posted:
        forms = tuple(Form(form.ref, "titled-surname", surface) for form in posted)
        misfits = (f"not {form.ref}: the title fits no position" for form in part.forms if form not in posted)
        return Choice(start, end, forms, _SEVERAL_POSTED if len(forms) > 1 else "", tuple(misfits))
    if surface in strangers or surface not in gazetteer.rare:
        return None
    return Choice(start, end, fitting, "The article never names in full anybody of this family name.")


def titles_before(context: Context, start: int) -> set[str]:
    """The titles directly before a name, in lower case, abbreviations spelled out."""
    titles: set[str] = set()
    place = start
    while word := context.word_before(place):
        if word not in TITLES and word not in ("of", "State") and not (titles and word[0].isupper()):
            break
        titles |= set(TITLE_WORDS.get(word, word).lower().split())
        place -= len(word) + (2 if context.text[place - 2] == "." else 1)
    return titles - {"of", "the"}
