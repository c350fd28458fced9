"""The files of a new dossier: settings of the site and of an editor, a first page, an invented article, its entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from dossier.export.drafts import scalar

#: Called otherwise in the package, where it would keep files out of it.
_HIDDEN = {"gitignore": ".gitignore", "vscode": ".vscode"}


def starter(content: str = "content") -> Mapping[str, bytes]:
    """The files by their path in the new folder, in order; `content` is what its content folder is called."""
    found = _files(files("dossier.export") / "example")
    if content != "content":
        found = {re.sub(r"^content/", f"{content}/", name): data for name, data in found.items()}
        for name, before, after in (
            ("mkdocs.yml", "docs_dir: content", f"docs_dir: {scalar(content)}"),
            (".vscode/settings.json", '"content/', f'"{content}/'),
        ):
            found[name] = found[name].replace(before.encode(), after.encode())
    return dict(sorted(found.items()))


def _files(folder: Traversable, at: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for one in folder.iterdir():
        name = f"{at}{_HIDDEN.get(one.name, one.name)}"
        found |= _files(one, f"{name}/") if one.is_dir() else {name: one.read_bytes()}
    return found
