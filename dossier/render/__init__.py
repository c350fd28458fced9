"""From views to Markdown pages: only layout and escaping, nothing is computed here."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from jinja2 import Environment, TemplateError
from markupsafe import Markup

from dossier.edtf import Date
from dossier.model import Outline, Page
from dossier.parts import View
from dossier.render.escape import front_matter
from dossier.render.fault import LayoutError, fault, theme_fault
from dossier.render.jsonld import jsonld
from dossier.render.layout import ROOT, SECTIONS, environment, finish
from dossier.render.ready import ready
from dossier.render.written import HEADING, front_end, link_written, skipped
from dossier.sheet import Sheet, sheet
from dossier.site import NOWHERE, Site
from dossier.work import ALONE, Work, canonical, digest, joined

__all__ = ["LayoutError", "front_end", "link_written", "outlines", "render", "skipped", "theme_fault"]

# How far up the theme's search puts a page. Lists and views say what the entries say in full: they are left out.
_BOOSTS = {"people": 8, "countries": 8, "organizations": 8, "topics": 4, "events": 2, "claims": 2, "sources": 2}

#: How many pages are sent at once: as views they are larger than anything else that is sent.
PAGES = 25


def render(
    views: Iterable[View | Sheet],
    templates: Mapping[str, str],
    written: Sequence[Page] = (),
    site: Site = NOWHERE,
    work: Work = ALONE,
) -> Sequence[Page]:
    """Lay out each view with its template, in their order; pages written by hand follow.

    `templates` maps the names of templates to their text. `written` are the pages written by hand:
    `index.md` becomes the middle of the front page, the others follow unchanged. Raises LayoutError
    where a template is missing or wrong.
    """
    middle = {page.uri: page for page in written}.get("index.md")
    listed = tuple(sorted(templates.items()))
    plain = partial(lay_out, listed, middle, site)
    if work.executor is None and work.cache is None:
        made = work.each(plain, (pickle.loads(view.view()) if isinstance(view, Sheet) else view for view in views))
    else:
        # A view is turned into bytes once: they tell whether it is known, and are what is sent.
        context = digest(canonical((listed, middle, site)))
        sheets = (view if isinstance(view, Sheet) else sheet(view) for view in views)
        made = work.each(
            partial(_lay_out_sent, plain),
            sheets,
            lambda one: digest(context, one.digest),
            lambda one: one.view(),
            PAGES,
        )
    return joined(made, [page for page in written if page.uri != "index.md"])


def _lay_out_sent(lay_out: Callable[[View], Page], sent: bytes) -> Page:
    return lay_out(pickle.loads(sent))


def outlines(views: Sequence[View], written: Sequence[Page], pages: Sequence[Page]) -> Iterator[Outline]:
    """Of each of the pages that `render` made of these where it stands, in the same order."""
    for place, view in enumerate(views):
        # A curator's own front page may have another title.
        yield Outline(view.uri, pages[place].title if view.role == "home" else view.title, view.role)
    yield from (Outline(page.uri, page.title, page.role) for page in written if page.uri != "index.md")


def lay_out(templates: tuple[tuple[str, str], ...], middle: Page | None, site: Site, view: View) -> Page:
    """The page of a view; `middle` is the page written by hand that stands in the midst of the front page."""
    page = _lay_out(view, _environment(templates), middle if view.role == "home" else None)
    return replace(page, ready=ready(page.markdown[front_end(page.markdown) :], page.uri, site))


@lru_cache(maxsize=2)
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    return environment(dict(templates))


def _lay_out(view: View, jinja: Environment, middle: Page | None) -> Page:
    front, heading, body = _parts(middle.markdown) if middle else ("", "", "")
    title = middle.title if middle and heading else view.title
    try:
        laid_out = jinja.get_template(view.template).render(
            page=view.data,
            title=title,
            trail=view.trail,
            heading=Markup(heading),
            middle=Markup(body),
            sections=Markup(SECTIONS),
        )
    except (TemplateError, TypeError, AttributeError, LookupError, ValueError) as error:
        raise fault(error, view.template) from error
    fields = _fields(view) | {"title": title}
    return Page(view.uri, title, _merge(fields, front) + finish(laid_out, view.uri), view.role)


def _fields(view: View) -> dict[str, object]:
    fields: dict[str, object] = {
        "title": view.title,
        "description": view.description,
        "kind": view.kind,
        "role": view.role,
        "hide": ["navigation", "toc", "tags"],
    }
    if view.role in ("index", "view"):
        fields["search"] = {"exclude": True}
    elif view.ref:
        fields["search"] = {"boost": _BOOSTS.get(view.ref.kind, 1)}
        if view.also:
            fields["tags"] = view.also  # the theme's search ranks what it finds here highest
        fields["dossier"] = {"facets": dict(view.facets)} | _date(view.date)
    if view.linked_data:
        fields["jsonld"] = jsonld(view.linked_data)
    return fields


def _date(date: Date | None) -> dict[str, str]:
    """A date in words, and the earliest day it may mean, by which pages are sorted."""
    if date is None or date.earliest is None:
        return {}
    year, month, day = date.earliest
    return {"date": f"{year:04}-{month:02}-{day:02}", "when": date.words}


def _parts(markdown: str) -> tuple[str, str, str]:
    """The lines of the front matter, the first heading if the page begins with it, and the rest."""
    end = front_end(markdown)
    front = "\n".join(markdown[:end].strip().splitlines()[1:-1])
    body = markdown[end:].translate({ord(ROOT): None, ord(SECTIONS): None}).lstrip()
    match = HEADING.match(body)
    if not match:
        return front, "", body
    return front, f"# {match['text'] or match['underlined']}", body[match.end() :]


def _merge(fields: Mapping[str, object], front: str) -> str:
    """Front matter with a curator's own lines, which win over ours."""
    own = set(re.findall(r"^([A-Za-z_][\w-]*)[ \t]*:", front, re.MULTILINE))
    if front.strip() and not own:  # not a block mapping of plain keys: nothing can be added to it safely
        return f"---\n{front}\n---\n\n"
    ours = front_matter({key: value for key, value in fields.items() if key not in own})
    return ours.removesuffix("---\n") + (f"{front}\n" if front.strip() else "") + "---\n\n"
