"""The theme's part of a page: what is the same on thousands of pages is laid out once."""

from __future__ import annotations

import contextlib
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, TemplateNotFound
from jinja2.ext import Extension
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.runtime import Context
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation

from dossier.plugin.last import comes_with_a_package
from dossier.plugin.pages import TEMPLATE, DossierPage

__all__ = ["Environment", "WithoutIndentation", "laid_out", "once_outside_nav", "taken_over", "without_blank_lines"]

#: The theme's templates that show all pages that are not in the navigation the same, but for the way to the root.
SAME_EVERYWHERE = ("partials/nav.html", "partials/menu.html", "partials/tabs.html", "partials/footer.html")


_INDENTATION = re.compile(r"\n\s+")
_BLANK_LINES = re.compile(r"\n{2,}")
#: What is shown, or run, as it stands.
_AS_IT_STANDS = re.compile(r"<(pre|textarea|script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


class WithoutIndentation(Extension):
    """Templates without the blanks that begin their lines: a seventh of what a page weighs, and nobody sees it.

    Not those that show text as it stands; what a page itself holds does not pass here.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The text of a template before it is read."""
        return source if "<pre" in source or "<textarea" in source else _INDENTATION.sub("\n", source)


def without_blank_lines(text: str, content: str) -> str:
    """A page without the blank lines that the theme's templates leave; `content`, what is its own, stays as it is.

    >>> without_blank_lines("<p>\\n\\n\\n<b>a\\n\\nb</b>\\n\\n<pre>\\n\\n</pre>", "<b>a\\n\\nb</b>")
    '<p>\\n<b>a\\n\\nb</b>\\n<pre>\\n\\n</pre>'
    """
    before, content, after = text.partition(content) if content else (text, "", "")
    return f"{_joined_lines(before)}{content}{_joined_lines(after)}"


def _joined_lines(text: str) -> str:
    made, end = [], 0
    for kept in _AS_IT_STANDS.finditer(text):
        made += [_BLANK_LINES.sub("\n", text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join(made) + _BLANK_LINES.sub("\n", text[end:])


#: The template of a whole page.
WHOLE = "main.html"


def taken_over(env: Environment, made: Callable[[DossierPage], str | None]) -> Environment:
    """Have a page that is made already taken as it is; `made` gives its HTML. The others have no blank lines."""
    template = env.get_template(WHOLE)
    lay_out = template.root_render_func

    def unless_known(context: Context) -> Iterator[str]:
        page = context.get("page")
        known = made(page) if isinstance(page, DossierPage) else None
        if known is None:
            known = without_blank_lines("".join(lay_out(context)), getattr(page, "content", None) or "")
        yield known

    template.root_render_func = unless_known
    return env


def laid_out(page: DossierPage, pages: Sequence[File], nav: Navigation, env: Environment, config: MkDocsConfig) -> str:
    """A whole page, as MkDocs lays it out."""
    page.active = True
    context = get_context(nav, pages, config, page)
    context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
    made = env.get_template(page.meta.get(TEMPLATE, WHOLE)).render(context)
    page.active = False
    return made


def once_outside_nav(env: Environment) -> Environment:
    """Have these templates laid out once for each folder, for all pages that the navigation does not list.

    Such a page is active in no list, and has no neighbours; these templates then show nothing of the page itself,
    and the addresses in them are the same from all pages of a folder.
    """
    for name in SAME_EVERYWHERE:
        with contextlib.suppress(TemplateNotFound):
            template = env.get_template(name)
            if _is_the_same(env, name, set()):
                template.root_render_func = _once(template.root_render_func)
    return env


def _is_the_same(env: Environment, name: str, seen: set[str]) -> bool:
    """Whether a template, with all that it includes, is the theme's own, or at least shows nothing of the page."""
    seen.add(name)
    source, path, _ = env.loader.get_source(env, name) if env.loader else ("", None, None)
    tree = env.parse(source)
    if not (path and comes_with_a_package(Path(path))) and "page" in find_undeclared_variables(tree):
        return False
    others = {other for other in find_referenced_templates(tree) if other} - seen
    return all(_is_the_same(env, other, seen) for other in others)


def _once(lay_out: Callable[[Context], Iterator[str]]) -> Callable[[Context], Iterator[str]]:
    made: dict[str, list[str]] = {}

    def once(context: Context) -> Iterator[str]:
        page = context.get("page")
        if not isinstance(page, DossierPage) or any(listed.url.startswith(page.url) for listed in context["nav"].pages):
            yield from lay_out(context)
            return
        folder = posixpath.dirname(page.url.rstrip("/"))
        if folder not in made:
            made[folder] = list(lay_out(context))
        yield from made[folder]

    return once
