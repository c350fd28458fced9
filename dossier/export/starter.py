"""The files of a new dossier: settings of the site and of an editor, a first page, an invented article, its entries."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

#: Called otherwise in the package, where it would keep files out of it.
_HIDDEN = {"gitignore": ".gitignore", "vscode": ".vscode"}


def starter() -> Mapping[str, bytes]:
    """The files by their path in the new folder, in order."""
    return dict(sorted(_files(files("dossier.export") / "example").items()))


def _files(folder: Traversable, at: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for one in folder.iterdir():
        name = f"{at}{_HIDDEN.get(one.name, one.name)}"
        found |= _files(one, f"{name}/") if one.is_dir() else {name: one.read_bytes()}
    return found
