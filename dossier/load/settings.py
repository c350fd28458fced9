"""What `mkdocs.yml` says to the command line: the option of the plugin that both of them heed.

Only MkDocs evaluates that file; here its tags (`!ENV`, `!!python/name:`) are passed over, and nothing of it is run.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from dossier.load.tree import MAX_DEPTH, PARSER
from dossier.model import Place

NAMES = ("mkdocs.yml", "mkdocs.yaml")
MAX_SETTINGS_BYTES = 1_000_000

#: An option as typed: a text, a mapping with the place of each key, or None for anything else.
Option = str | dict[str, tuple[str | None, Place]] | None


def settings_file(content: Path) -> Path | None:
    """The `mkdocs.yml` beside a content folder, if there is one."""
    beside = (content.resolve().parent / name for name in NAMES)
    return next((path for path in beside if path.is_file()), None)


def plugin_option(path: Path, option: str) -> tuple[Option, Place] | None:
    """An option of the plugin `dossier` as it stands in a `mkdocs.yml`, and where; None if it does not stand there.

    A file that cannot be read has no options: MkDocs will say what is wrong with it.
    """
    try:
        if path.stat().st_size > MAX_SETTINGS_BYTES:
            return None
        text = path.read_text(encoding="utf-8-sig")
        root = None if _deep(text) else yaml.compose(text, Loader=PARSER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    found = _plugin(_field(root, "plugins"))
    value = _field(found, option)
    if value is None:
        return None
    if isinstance(value, yaml.MappingNode):
        return {_text(key): (_text(node) or None, _place(key)) for key, node in value.value}, _place(value)
    return (_text(value) if isinstance(value, yaml.ScalarNode) else None), _place(value)


def _deep(text: str) -> bool:
    """Whether a text is nested so deeply that the composer, which calls itself, could not bear it."""
    depth = 0
    for event in yaml.parse(text, Loader=PARSER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return True
    return False


def _plugin(plugins: yaml.Node | None) -> yaml.Node | None:
    """The options of the plugin, in a list of plugins or in a mapping."""
    if isinstance(plugins, yaml.SequenceNode):
        return next((found for one in plugins.value if (found := _field(one, "dossier"))), None)
    return _field(plugins, "dossier")


def _field(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if _text(key) == name), None)


def _text(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _place(node: yaml.Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1
