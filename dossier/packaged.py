"""Where the templates and theme files that travel with the package are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from dossier.work import digest


def site_templates() -> Path:
    """The folder `site_templates/`: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "site_templates"
    return inside if inside.is_dir() else here.parent / "site_templates"


def page_templates(own: Path | None = None) -> Mapping[str, str]:
    """The page templates by name; those in a folder of the dossier's own replace the packaged ones."""
    folders = [site_templates() / "pages", *([own] if own else [])]
    return {path.name: path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.j2"))}


@lru_cache(maxsize=1)
def code() -> bytes:
    """The digest of the package's own modules and tables of data."""
    here = Path(__file__).resolve().parent
    files = sorted(p for p in here.rglob("*") if p.is_file() and p.suffix in (".py", ".json", ".toml", ".txt"))
    return digest(*(part for p in files for part in (p.relative_to(here).as_posix().encode(), p.read_bytes())))
