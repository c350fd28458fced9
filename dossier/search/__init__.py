"""The search program Pagefind: whether it is installed, how it is run, and what is made of what it writes.

What it reads of a page is said there: `data-pagefind-body` marks the text, `meta` elements give title, other names,
facets and date. It is given portions of the pages, one after the other, so that it needs no more memory for a larger
site; its indexes are joined to the one that it would have made of all (`mergeIndex`, by which a reader could search
several at once, ranks each by its own, knows no common order by date, and takes shorter words where a portion lacks
one). A portion of which nothing else is read than before is taken from what was kept.

    reading ──► portions ──────────► joining ──► pagefind/
    the part    indexed by the       one index
    that counts program, and kept
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from dossier.packaged import code
from dossier.search import joining, portions, reading
from dossier.search.names import names, names_of
from dossier.search.portions import SearchError
from dossier.work import digest

__all__ = ["FOLDER", "NAMES", "PORTION", "SearchError", "index", "installed", "names", "names_of"]

#: The folder of the index in the site.
FOLDER = "pagefind"
#: The file of the site with the names of its pages.
NAMES = "assets/names.js"
#: How many pages the program indexes at once, at most: it holds some 0.2 MB for each.
PORTION = 1_000
# What is kept of an index of several portions beside its files: of which portion each text is, and its two names.
_TEXTS = "texts.json"
_SCRIPTS = (".js", ".pagefind")

# Files by their names in an index, with their sizes and how to get what is in them.
Files = Iterable[tuple[str, int, Callable[[], bytes]]]


def installed() -> bool:
    """Whether the search program is there: `pip install 'pagefind[bin]'`, or the extra `search`."""
    return find_spec("pagefind") is not None and any(map(find_spec, ("pagefind_bin", "pagefind_bin_extended")))


def index(site: Path, memory: Path | None = None, most: int = PORTION) -> str:
    """Write the index of a finished site into it; a report.

    `memory` is a folder where portions of the index are kept from one build to the next (None: nothing is), `most` how
    many pages one may have. The same pages give the same bytes. Of an index that is there already only what is new is
    written, its first file last, so that it can be read all the while. Raises SearchError, also where a page goes away
    meanwhile.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="dossier-") as scratch, ExitStack() as opened:
            return _index(site, memory or Path(scratch) / "kept", Path(scratch), most, opened)
    except OSError as error:
        raise SearchError(str(error)) from None


def _index(site: Path, memory: Path, scratch: Path, most: int, opened: ExitStack) -> str:
    pages = reading.noted(site, memory / "read.json")
    if not pages:
        return _at_once(site, scratch)
    shares = [{path: pages[path] for path in share} for share in portions.divided([*pages], most)]
    keys = [portions.key({path: known.digest for path, known in share.items()}) for share in shares]
    files = [memory / f"{key}.zip" for key in keys]
    parts, made = [], 0
    for share, file in zip(shares, files, strict=True):
        archive = portions.kept(file)
        if not archive:
            made += 1
            _make(site, share, file, scratch / file.stem)
            archive = zipfile.ZipFile(file)
        parts.append(opened.enter_context(archive))
    whole = memory / f"{digest(code(), *map(bytes.fromhex, keys)).hex()}.zip"
    archive = portions.kept(whole)
    try:
        if not archive:
            portions.keep(whole, _joined(parts, {reading.address(path): page.date for path, page in pages.items()}))
            archive = zipfile.ZipFile(whole)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        report = _at_once(site, scratch)
        return f"{report}\nIt was made in one: what the program writes is of a form that is not known ({error!r})."
    _write(site / FOLDER, _files(opened.enter_context(archive), parts), archive.read(joining.ENTRY))
    portions.trim(memory, [whole, *files])
    return f"The index of {len(pages)} pages is of {len(shares)} portions; {made} of them were made."


def _at_once(site: Path, scratch: Path) -> str:
    """Have the program index a site as it stands, and take what it writes as it is."""
    report = portions.run(site, made := scratch / "whole")
    files = {path.relative_to(made).as_posix(): path for path in made.rglob("*") if path.is_file()}
    entry = files.pop(joining.ENTRY).read_bytes()
    _write(site / FOLDER, ((name, path.stat().st_size, path.read_bytes) for name, path in files.items()), entry)
    return report


def _make(site: Path, share: Mapping[str, reading.Noted], file: Path, scratch: Path) -> None:
    """Make a portion, and put it away. Raises SearchError."""
    texts = {}
    for path, known in share.items():
        found = reading.page(site, path)
        if not found or found[1] != known:
            raise SearchError(f"{path} was changed while it was read")
        texts[path] = found[0]
    made = portions.make(texts, scratch)
    portions.keep(file, ((name, path.read_bytes()) for name, path in made.items()))
    shutil.rmtree(scratch)


def _joined(parts: Sequence[zipfile.ZipFile], dates: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """What is kept of the index of all portions: its files but the texts, and where these are."""
    known = [joining.indexes(part.read, dates) for part in parts]
    yield from joining.joined(parts[0].read(joining.ENTRY), known)
    texts = []
    for language in sorted({language for indexes in known for language in indexes}):
        of = [(n, indexes[language]) for n, indexes in enumerate(known) if language in indexes]
        places = [(n, page.fragment) for n, one in of for page in one.pages]
        names = joining.fragments(language, [one for _, one in of])
        texts += [[*place, name] for place, name in zip(places, names, strict=True)]
    yield _TEXTS, json.dumps(texts).encode()


def _files(whole: zipfile.ZipFile, parts: Sequence[zipfile.ZipFile]) -> Files:
    """The files of an index but the first: its own, the texts of its portions, and the scripts that all have alike."""
    texts = [(n, fragment, f"fragment/{name}.pf_fragment") for n, fragment, name in json.loads(whole.read(_TEXTS))]
    scripts = {name: part for part in parts for name in part.namelist() if Path(name).suffix in _SCRIPTS}
    own = {name: whole for name in whole.namelist() if name not in (_TEXTS, joining.ENTRY)}
    for name, inside, archive in [
        *((name, name, archive) for name, archive in [*own.items(), *scripts.items()]),
        *((name, fragment, parts[n]) for n, fragment, name in texts),
    ]:
        yield name, archive.getinfo(inside).file_size, partial(archive.read, inside)


def _write(folder: Path, files: Files, entry: bytes) -> None:
    """Write an index into a folder, its first file after the others, and take away what is no part of it.

    A file of the same name and size is the same: but for scripts, names are digests. None is written into, as it may
    be a link.
    """
    first = folder / joining.ENTRY
    there = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    kept = {first}
    for name, size, load in files:
        kept.add(path := folder / name)
        if there.get(path) != size or path.suffix in _SCRIPTS:
            _replace(path, load())
    if first not in there or first.read_bytes() != entry:
        _replace(first, entry)
    for path in there.keys() - kept:
        path.unlink()


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}")
    beside.write_bytes(data)
    beside.replace(path)
