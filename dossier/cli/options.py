"""What several commands share: their options, and how they speak of problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from dossier import countries, journal
from dossier.load import load
from dossier.model import Content, Problem
from dossier.schema import KIND_OF, KINDS, TLP, Entries, did_you_mean
from dossier.validate import entries


def _whole(context: click.Context, parameter: click.Parameter, content: Path) -> Path:
    """The folder, after what an interrupted command has left undone in it."""
    if context.resilient_parsing:  # a shell only asks what it may offer
        return content
    try:
        if journal.finish(content):
            click.echo("a change of several files had been interrupted; it is complete now", err=True)
    except (journal.ConflictError, OSError) as error:
        raise click.ClickException(str(error)) from None
    return content


CONTENT = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_whole,
    default="content",
    show_default=True,
    help="The folder of articles and entries.",
)

AUDIENCE = click.option(
    "--audience",
    type=click.Choice(TLP),
    default="red",
    show_default=True,
    help="Leave out what is marked above this TLP label.",
)


def tell(content: Path, problems: Iterable[Problem]) -> None:
    """Say what is wrong, on standard error."""
    lines = [f"{content}/{problem}" for problem in problems]
    if lines:
        click.echo("\n".join([*lines, count(lines)]), err=True)


def count(problems: Sequence[object]) -> str:
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"


def web_address(url: str) -> str:
    """The address of a site, ending in a slash."""
    if url and not re.match(r"https?://[^/\s]+", url):
        raise click.UsageError(f"--site-url: {url!r} is no web address; write it as https://example.org/dossier/")
    return f"{url.rstrip('/')}/" if url else ""


def known_in(content: Path) -> tuple[Content, Entries]:
    """What stands in a content folder, and the entries of it; its faults are for `dossier check` to tell."""
    loaded = load(content)
    return loaded, entries(loaded, countries.builtin())[0]


def kind_named(word: str) -> str:
    """The folder of a kind by what one or many are called."""
    words = {name.lower(): kind.folder for kind in KINDS for name in (kind.folder, kind.singular, kind.plural)}
    if word.lower() not in words:
        near = did_you_mean(word.lower(), words)
        raise click.UsageError(f"there is no kind {word!r}{near}; write one of {', '.join(KIND_OF)}")
    return words[word.lower()]
