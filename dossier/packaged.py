"""Where the templates and theme files that travel with the package are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def site_templates() -> Path:
    """The folder `site_templates/`: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "site_templates"
    return inside if inside.is_dir() else here.parent / "site_templates"


def page_templates(own: Path | None = None) -> Mapping[str, str]:
    """The page templates by name; those in a folder of the dossier's own replace the packaged ones."""
    folders = [site_templates() / "pages", *([own] if own else [])]
    return {path.name: path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.j2"))}
