"""The browser form: what it asks for, and what it sends, against the content folder."""

from __future__ import annotations

from dossier.form.desk import Desk, RefusedError
from dossier.form.server import serve

__all__ = ["Desk", "RefusedError", "serve"]
