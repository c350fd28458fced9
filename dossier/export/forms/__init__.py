"""The dossier in forms that other programs read: a list, one pure function a form.

Adding one is adding a function from a `Dataset` to text, or to several files, and a line to `FORMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dossier.export.dataset import Dataset
from dossier.export.forms.bibliography import bibtex
from dossier.export.forms.calendar import ics
from dossier.export.forms.editing import cms
from dossier.export.forms.graph import graphml
from dossier.export.forms.popolo import popolo
from dossier.export.forms.records import json, jsonld
from dossier.export.forms.tables import csv

__all__ = ["FORMS", "FORM_OF", "Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: its name, what it is for, and how it is made: as one text, or as files by name."""

    name: str
    about: str
    make: Callable[[Dataset], str] | Callable[[Dataset], Mapping[str, str]]


FORMS = (
    Form("json", "Everything: entries, articles, mentions and quotations, each with where it comes from.", json),
    Form("csv", "Tables for a spreadsheet, one a kind of thing, into a folder or a .zip file.", csv),
    Form("jsonld", "The entries in the terms of schema.org, as one graph of linked data.", jsonld),
    Form("popolo", "People, organizations, memberships, posts, areas and events as Popolo has them.", popolo),
    Form("bibtex", "The articles for a reference manager.", bibtex),
    Form("graphml", "Who refers to whom and who is named together, for a network program.", graphml),
    Form("ics", "The events for a calendar; a date that is not exact to the day says so.", ics),
    Form("cms", "The form that dossier cms serves, as a folder with its settings, to be changed.", cms),
)
FORM_OF = {form.name: form for form in FORMS}
