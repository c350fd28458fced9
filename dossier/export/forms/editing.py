"""The browser form as a folder."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.export import cms as form
from dossier.export.dataset import Dataset


def cms(data: Dataset) -> Mapping[str, str]:
    """What `dossier cms` serves, with the entries of today in its settings: to be looked at, and changed."""
    return {name: text.decode("utf-8") for name, text in form.files(data.names).items()}
