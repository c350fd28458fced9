"""The command that finds names without an entry, and drafts entries for them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from dossier import pipeline
from dossier.cli.disk import complaining, put, put_schemas
from dossier.cli.options import CONTENT, kind_named, tell
from dossier.cli.working import working
from dossier.export import drafts, schemas
from dossier.model import Ref
from dossier.schema import Entries, Named, did_you_mean
from dossier.suggest import Suggestion, listing
from dossier.suggest.entry import KIND, aliases


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@CONTENT
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list of objects.")
@click.option("--write", is_flag=True, help="Draft an entry for each NAME, or for the first N.")
@click.option("--kind", help="The kind of the entries to draft, where nothing tells it or it is another.")
def suggest(
    names: tuple[str, ...], content: Path, top: int | None, as_json: bool, write: bool, kind: str | None
) -> None:
    """List names that occur in the articles and have no entry, best first.

    With --write, entries are drafted for those that you name: with the names found, marked draft: true,
    so that nothing is shown before you have looked it over. A file that is there already is left alone.

    \b
    Example:
      dossier suggest --top 20
      dossier suggest --write "Henrik Vale"
      content/people/henrik-vale.yml
    """
    if write and (as_json or not (names or top)):
        raise click.UsageError("say which entries to write: name them, or the first with --top N")
    if kind and not write:
        raise click.UsageError("--kind is for entries to write; add --write")
    folder = kind_named(kind) if kind else None
    if folder in ("articles", "countries"):
        raise click.UsageError(f"{folder} cannot be drafted from a name; see dossier add and dossier new")
    with working(content) as work:
        found = pipeline.survey(content, work=work)
        made = pipeline.suggestions(found, work)
    suggestions = _chosen(made, names)[:top]
    if write:
        _write(content, suggestions, folder, found.entries)
    elif as_json:
        click.echo(json.dumps([listing.record(s) for s in suggestions], ensure_ascii=False, indent=1))
    else:
        click.echo(listing.as_table(suggestions))
    tell(content, found.problems)
    sys.exit(bool(found.problems))


def _chosen(found: Sequence[Suggestion], names: Iterable[str]) -> Sequence[Suggestion]:
    """The suggestions of these names, in any of their forms; all of them, where none is given."""
    forms = {form.casefold(): s for s in reversed(found) for form in (*s.forms, s.full_name, s.name)}
    chosen = {}
    for name in names:
        wanted = " ".join(name.casefold().split())
        if wanted not in forms:
            near = did_you_mean(name, [s.name for s in found]) or "; dossier suggest lists the names that have no entry"
            raise click.UsageError(f"{name!r} is not suggested{near}")
        chosen[forms[wanted].name] = forms[wanted]
    return [*chosen.values()] if chosen else found


def _write(content: Path, suggestions: Iterable[Suggestion], folder: str | None, known: Entries) -> None:
    """Draft an entry for each; say why not, where none can be drafted."""
    taken = {name.casefold() for entry in known.values() if isinstance(entry, Named) for name in _names(entry)}
    written: set[Ref] = set()
    for suggestion in suggestions:
        kind = folder or KIND.get(suggestion.type)
        name = drafts.one_line(suggestion.name)
        ref = Ref(kind or "", drafts.slug(name))
        if kind is None:
            what = "is a place, for which there is no kind" if suggestion.type == "place" else "may be anything"
            click.echo(f"{name}: {what}; write one with --kind", err=True)
        elif not ref.id:
            click.echo(f"{name}: no id can be made of it; write dossier new {kind} {name!r} --id …", err=True)
        elif {ref} & {*known, *written} or any((content / kind).glob(f"{ref.id}.*")):
            click.echo(f"{name}: {ref} is there already; passed over", err=True)
        else:
            others = [*aliases(suggestion, taken)]
            taken |= {name.casefold(), *(_name(alias).casefold() for alias in others)}
            more = {"aliases": others} if others else {}
            schema = schemas.schema(kind, {*known, *written})
            text = drafts.entry_draft(kind, name, schema, more, remarks=_remarks(suggestion))
            path = content / kind / f"{ref.id}.yml"
            with complaining():
                put(path, text.encode())
            written.add(ref)
            click.echo(click.format_filename(path))
    if written:
        with complaining():
            put_schemas(content, {*known, *written})
    click.echo(f"{len(written)} draft{'' if len(written) == 1 else 's'} written", err=True)


def _remarks(suggestion: Suggestion) -> list[str]:
    """Where a name was found, for whoever fills the entry in."""
    times = "once" if suggestion.count == 1 else f"{suggestion.count} times"
    many = len(suggestion.articles)
    where = f"{suggestion.articles[0]}" if many == 1 else f"{many} articles, the first is {suggestion.articles[0]}"
    return [f"Drafted from the articles: named {times}, in {where}.", f"“{drafts.one_line(suggestion.example)}”"]


def _names(entry: Named) -> Iterable[str]:
    return (entry.name, *(alias.name for alias in entry.aliases))


def _name(alias: str | dict[str, str]) -> str:
    return alias if isinstance(alias, str) else alias["name"]
