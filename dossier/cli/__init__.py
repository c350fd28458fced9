"""The command line. Data goes to standard output, talk to standard error.

Exit status: 0 clean, 1 problems found, 2 wrong usage.
"""

from __future__ import annotations

import click

from dossier import __version__
from dossier.cli.adding import add
from dossier.cli.authoring import init, new, schema
from dossier.cli.checking import check
from dossier.cli.completing import COMPLETION
from dossier.cli.publishing import build, export
from dossier.cli.reading import inspect
from dossier.cli.revising import merge, rename
from dossier.cli.serving import cms
from dossier.cli.suggesting import suggest

COMMANDS: tuple[click.Command, ...] = (
    check,
    build,
    inspect,
    suggest,
    init,
    new,
    add,
    rename,
    merge,
    schema,
    export,
    cms,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dossier")
@COMPLETION
def main() -> None:
    """Turn raw news articles and YAML entries into a linked, searchable briefing site."""


for command in COMMANDS:
    main.add_command(command)
