"""From views to Markdown pages: only layout and escaping, nothing is computed here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jinja2 import Environment, TemplateError
from markupsafe import Markup

from dossier.edtf import Date
from dossier.model import Page
from dossier.parts import View
from dossier.render.escape import front_matter
from dossier.render.fault import LayoutError, fault
from dossier.render.jsonld import jsonld
from dossier.render.layout import ROOT, SECTIONS, environment, finish
from dossier.render.written import HEADING, front_end, link_written, skipped

__all__ = ["LayoutError", "link_written", "render", "skipped"]

# How far up the theme's search puts a page. Lists and views say what the entries say in full: they are left out.
_BOOSTS = {"people": 8, "countries": 8, "organizations": 8, "topics": 4, "events": 2, "claims": 2, "sources": 2}


def render(views: Sequence[View], templates: Mapping[str, str], written: Sequence[Page] = ()) -> tuple[Page, ...]:
    """Lay out each view with its template.

    `templates` maps the names of templates to their text. `written` are the pages written by hand:
    `index.md` becomes the middle of the front page, the others follow unchanged. Raises LayoutError
    where a template is missing or wrong.
    """
    jinja = environment(templates)
    middle = {page.uri: page for page in written}.get("index.md")
    made = tuple(_lay_out(view, jinja, middle if view.role == "home" else None) for view in views)
    return (*made, *(page for page in written if page.uri != "index.md"))


def _lay_out(view: View, jinja: Environment, middle: Page | None) -> Page:
    front, heading, body = _parts(middle.markdown) if middle else ("", "", "")
    title = middle.title if middle and heading else view.title
    try:
        laid_out = jinja.get_template(view.template).render(
            page=view.data, title=title, heading=Markup(heading), middle=Markup(body), sections=Markup(SECTIONS)
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
