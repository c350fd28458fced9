"""What a shell offers while a command is typed: kinds, ids and entries of the dossier."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from dossier.load import RAW_SUFFIXES, YAML_SUFFIXES
from dossier.schema import KIND_OF, KINDS

#: The variable by which a shell asks for what it may offer.
VARIABLE = "_DOSSIER_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


def kinds(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The kinds of entries, by what one and many are called."""
    words = [word for kind in KINDS for word in (kind.singular.lower(), kind.folder)]
    return [CompletionItem(word) for word in words if word.startswith(typed.lower())]


def articles(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The ids of the articles, or files where none begins like that."""
    found = [name for name in _ids(_content(context) / "articles", RAW_SUFFIXES) if name.startswith(typed)]
    return [CompletionItem(name) for name in found] or [CompletionItem(typed, type="file")]


def entries(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The entries that have a file, as kind/id; the kinds first, where none is typed yet."""
    kind, slash, _ = typed.partition("/")
    folders = [folder for folder in KIND_OF if folder.startswith(kind)]
    if not slash and len(folders) > 1:
        return [CompletionItem(f"{folder}/") for folder in folders]
    suffixes = (*RAW_SUFFIXES, *YAML_SUFFIXES)
    found = [f"{folder}/{name}" for folder in folders for name in _ids(_content(context) / folder, suffixes)]
    return [CompletionItem(name) for name in found if name.startswith(typed)]


def _content(context: click.Context) -> Path:
    return Path(context.params.get("content") or "content")


def _ids(folder: Path, suffixes: Iterable[str]) -> list[str]:
    try:
        return sorted({path.stem for path in folder.iterdir() if path.suffix.lower() in suffixes})
    except OSError:
        return []


def _print_script(context: click.Context, parameter: click.Parameter, shell: str | None) -> None:
    if not shell or context.resilient_parsing:
        return
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}; write one of {', '.join(SHELLS)}")
    template, words = kind.source_template, kind(context.command, {}, "dossier", VARIABLE).source_vars()
    click.echo(template % words)
    context.exit()


COMPLETION = click.option(
    "--completion",
    type=click.Choice(SHELLS),
    callback=_print_script,
    is_eager=True,
    expose_value=False,
    help='Print what makes a shell complete this command: eval "$(dossier --completion bash)"',
)
