"""The commands that write what others publish or read on: pages and data."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

import click

from dossier import pipeline
from dossier.cli.disk import complaining, files_in, put, replace_folder, zipped
from dossier.cli.options import AUDIENCE, CONTENT, tell, web_address
from dossier.cli.working import working
from dossier.executors import EXECUTORS, Means
from dossier.export import mkdocs as mkdocs_project
from dossier.export.forms import FORM_OF, FORMS
from dossier.packaged import page_templates, site_templates
from dossier.render import LayoutError
from dossier.site import Site


@click.command()
@CONTENT
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option(
    "--templates",
    type=click.Path(file_okay=False, path_type=Path),
    default="site_templates/pages",
    show_default=True,
    help="Page templates that replace the packaged ones, file by file.",
)
@click.option(
    "--theme",
    type=click.Path(file_okay=False, path_type=Path),
    default="site_templates/theme",
    show_default=True,
    help="Theme files that replace the packaged ones, file by file.",
)
@AUDIENCE
@click.option("--site-name", default="Dossier", show_default=True, help="The name of the site.")
@click.option("--site-url", default="", help="Its address, for a feed and for what the pages say to machines.")
@click.option("--executor", type=click.Choice(EXECUTORS), default="auto", show_default=True, help="Who does the work.")
@click.option("--workers", type=click.IntRange(0), default=0, help="How many processes; 0: one for each core.")
@click.option("--scheduler", default="", help="The address of a Dask cluster.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, whatever an earlier build remembers.")
def build(
    content: Path,
    out: Path,
    templates: Path,
    theme: Path,
    audience: str,
    site_name: str,
    site_url: str,
    executor: str,
    workers: int,
    scheduler: str,
    no_cache: bool,
) -> None:
    """Write the Markdown pages and a mkdocs.yml that publishes them without the plugin.

    \b
    Example:
      dossier build --out pages
      mkdocs build --strict -f pages/mkdocs.yml
    """
    if out.exists() and any(out.iterdir()) and not _is_ours(out):
        raise click.UsageError(f"{out} holds something else; name an empty or new folder")
    try:
        site = Site(web_address(site_url), site_name)
        with working(content, Means(executor, workers, scheduler), cache=not no_cache) as work:
            dossier = pipeline.build(content, page_templates(templates), pipeline.today(), audience, site, work)
    except LayoutError as error:
        raise click.ClickException(str(error)) from None
    if dossier.problems:
        tell(content, dossier.problems)
        sys.exit(1)
    project = mkdocs_project.project(dossier.pages, site_name, site.url, dossier.beside)
    folders = (site_templates() / "theme", theme)
    themed = ((f"theme/{name}", data) for folder in folders for name, data in files_in(folder))
    copied = ((f"docs/{name}", (content / name).read_bytes()) for name in dossier.files)
    replace_folder(out, chain(project, themed, copied))
    click.echo(f"{len(dossier.pages)} pages in {out}", err=True)


@click.command(
    help="""Write the data in a form that other programs read.

    What the audience may not see is left out, and of each article what its rights do not allow.

    \b
    """
    + "\n    ".join(f"{form.name:8} {form.about}" for form in FORMS)
    + """

    \b
    Example:
      dossier export csv --out tables
      dossier export bibtex > articles.bib
    """
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*FORM_OF]))
@CONTENT
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write; of several, the folder or the .zip file."
)
@AUDIENCE
@click.option("--site-name", default="Dossier", show_default=True, help="The name of the site.")
@click.option("--site-url", default="", help="Its address: with it, the data names the pages in full.")
def export(form: str, content: Path, out: Path | None, audience: str, site_name: str, site_url: str) -> None:
    site = Site(web_address(site_url), site_name)
    with working(content) as work:
        found = pipeline.survey(content, work=work)
        if found.problems:
            tell(content, found.problems)
            sys.exit(1)
        made = FORM_OF[form].make(pipeline.dataset(found, pipeline.today(), audience, site, work))
    with complaining():
        if isinstance(made, str):
            _write_file(made.encode(), out)
        elif out is None:
            raise click.UsageError(f"{form} is several files; name a folder or a .zip file with --out")
        elif out.suffix == ".zip":
            _write_file(zipped({name: text.encode() for name, text in made.items()}), out)
        else:
            left = [name for name, _ in files_in(out) if name not in made] if out.is_dir() else []
            if left:  # tables of an earlier export, perhaps for another audience
                more = f" and {len(left) - 1} more" if len(left) > 1 else ""
                raise click.UsageError(
                    f"{out} holds {left[0]}{more}, which this would leave; name an empty or new folder"
                )
            for name, text in made.items():
                put(out / name, text.encode(), replace=True)
                click.echo(click.format_filename(out / name))


def _write_file(data: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(data, nl=False)
        return
    if out.is_dir():
        raise click.UsageError(f"{click.format_filename(out)} is a folder; name a file with --out")
    put(out, data, replace=True)
    click.echo(click.format_filename(out))


def _is_ours(out: Path) -> bool:
    settings = out / "mkdocs.yml"
    return settings.is_file() and settings.read_text(encoding="utf-8").startswith(mkdocs_project.MARK)
