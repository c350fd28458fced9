"""Mistakes in page templates, told with the file and the line."""

from __future__ import annotations

from pathlib import PurePath
from traceback import walk_tb

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from dossier.model import Problem


class LayoutError(ValueError):
    """A page could not be laid out; `problem` says which template is at fault, where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem

    def __reduce__(self) -> tuple[type[LayoutError], tuple[Problem]]:
        """As it is sent between processes: by the problem, not by its words."""
        return LayoutError, (self.problem,)


def fault(error: Exception, template: str) -> LayoutError:
    """What went wrong while a template was laid out, with the innermost place in a template that can be told."""
    if isinstance(error, TemplateSyntaxError):
        return _error(error.name or template, error.lineno, error.message or "cannot be read")
    if isinstance(error, TemplateNotFound):
        return _error(template, 1, f"there is no template {error.name}")
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [(PurePath(name).name, line) for name, line in places if name.endswith((".j2", ".html", ".xml"))]
    name, line = inside[-1] if inside else (template, 1)
    return _error(name, line, str(error))


def theme_fault(error: Exception) -> str | None:
    """What went wrong in a template of the theme, and where; None for an error of another kind."""
    return str(fault(error, "theme")) if isinstance(error, TemplateError) else None


def _error(name: str, line: int, message: str) -> LayoutError:
    return LayoutError(Problem(name, line, 1, message, "template"))
