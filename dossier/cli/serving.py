"""The command that serves the browser form."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from dossier.cli.disk import complaining, files_in, put_schemas
from dossier.cli.options import CONTENT
from dossier.form import Desk, serve


@click.command()
@CONTENT
@click.option("--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="0: any that is free.")
@click.option(
    "--admin",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that dossier export cms wrote, and you changed: its files replace the packaged ones.",
)
def cms(content: Path, port: int, admin: Path | None) -> None:
    """Serve a form for people who do not write YAML, on this machine only.

    Open the address that it prints in a browser. What is saved there goes into the content folder, if it makes
    no new problem. Stop it with Ctrl-C.

    \b
    Example:
      dossier cms
      http://127.0.0.1:8010/admin/
    """
    desk = Desk(content, partial(put_schemas, content))
    own = dict(files_in(admin)) if admin else {}
    try:
        server = serve(desk, port, own)
    except OSError as error:
        raise click.ClickException(f"port {port}: {error.strerror}; name another one with --port") from None
    with complaining(), server:
        click.echo(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
