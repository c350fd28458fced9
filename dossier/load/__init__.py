"""Read a content folder: what is in it, as typed, with the line and column of everything.

The only stage that reads content, and the only one that knows YAML.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from dossier.load.tree import Tree, place_after
from dossier.model import Content, Document, Problem, RawArticle, Ref, WrittenPage
from dossier.schema import KIND_OF, did_you_mean
from dossier.schema.fields import ID

RAW_SUFFIXES = (".txt", ".html", ".htm", ".md")
YAML_SUFFIXES = (".yml", ".yaml")
MAX_YAML_BYTES = 1_000_000
MAX_ARTICLE_BYTES = 20_000_000

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)


def load(content: Path) -> Content:
    """Read a content folder. What cannot be read becomes a problem; nothing is raised for it."""
    documents: dict[Ref, Document] = {}
    articles: dict[Ref, RawArticle] = {}
    written: list[WrittenPage] = []
    files: list[str] = []
    problems: list[Problem] = []
    if not content.is_dir():
        return Content(
            {}, (), (), (), (Problem(".", 1, 1, "there is no such folder; write the content folder", "file"),)
        )
    for path, fault in _walk(content):
        name = path.relative_to(content).as_posix()
        folder, _, _ = name.rpartition("/")
        suffix = path.suffix.lower()
        raw = folder == "articles" and suffix in RAW_SUFFIXES
        if fault:
            problems.append(Problem(_printable(name), 1, 1, fault, "file"))
        elif suffix in YAML_SUFFIXES or raw:
            if misplaced := _misplaced(name, folder, path.stem):
                problems.append(misplaced)
                continue
            ref = Ref(folder, path.stem)
            if raw:
                if clash := articles.get(ref):
                    problems.append(_clash(name, clash.path))
                elif data := _read(path, name, MAX_ARTICLE_BYTES, problems):
                    articles[ref] = RawArticle(ref, name, data)
                elif data is not None:
                    problems.append(Problem(name, 1, 1, "the file is empty; an article has text", "empty-article"))
            elif clash_with := documents.get(ref):
                problems.append(_clash(name, clash_with.path))
            elif (data := _read(path, name, MAX_YAML_BYTES, problems)) is not None:
                documents[ref] = _document(ref, name, data, problems)
        elif suffix == ".md":
            if (data := _read(path, name, MAX_ARTICLE_BYTES, problems)) is not None:
                written.append(_written(name, data, problems))
        else:
            files.append(name)
    return Content(documents, tuple(articles.values()), tuple(written), tuple(files), tuple(problems))


def _walk(content: Path) -> Iterator[tuple[Path, str | None]]:
    """Every file below a folder in order of its name, hidden ones left out, with what is wrong with it."""
    root = content.resolve()
    try:
        children = sorted(content.iterdir(), key=lambda child: child.name)
    except OSError as error:
        yield content, f"the folder cannot be read: {error.strerror}"
        return
    stack = children[::-1]
    while stack:
        path = stack.pop()
        if path.name.startswith("."):
            continue
        target = Path(os.path.realpath(path))  # Path.resolve raises for a link to itself
        if path.is_symlink() and not target.is_relative_to(root):
            yield path, "a link that leads out of the content folder is not followed; put the file itself here"
        elif path.is_symlink() and path.is_dir():
            yield path, "a link to a folder is not followed; put the folder itself here"
        elif _printable(path.name) != path.name:
            yield path, "its name has characters that cannot be printed; rename it"
        elif path.is_dir():
            try:
                stack += sorted(path.iterdir(), key=lambda child: child.name)[::-1]
            except OSError as error:
                yield path, f"the folder cannot be read: {error.strerror}"
        elif not path.is_file():
            yield path, "neither a file nor a folder; remove it"
        else:
            yield path, None


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _misplaced(name: str, folder: str, stem: str) -> Problem | None:
    """What is wrong with the place or the name of an entry's file."""
    top, _, below = folder.partition("/")
    if top not in KIND_OF:
        where = (
            f"the folder {top!r} is not a kind of entry" if top else "an entry's file stands in the folder of its kind"
        )
        return Problem(
            name, 1, 1, f"{where}; use one of {', '.join(KIND_OF)}{did_you_mean(top, KIND_OF)}", "unknown-folder"
        )
    if below:
        return Problem(name, 1, 1, f"entries stand directly in {top}/; move the file there", "unknown-folder")
    if not ID.fullmatch(stem) or stem == "index":
        good = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "an-id"
        message = f"{stem!r} is not an id (small letters a-z, digits and single hyphens); rename the file to {good}"
        if stem == "index":
            message = f"'index' is the list of all {top}; rename the file after its entry"
        return Problem(name, 1, 1, message, "id")
    return None


def _clash(name: str, other: str) -> Problem:
    return Problem(name, 1, 1, f"{other} has the same id; rename one of the two or join them", "colliding-id")


def _read(path: Path, name: str, limit: int, problems: list[Problem]) -> bytes | None:
    try:
        if path.stat().st_size > limit:
            problems.append(Problem(name, 1, 1, f"the file is larger than {limit // 1_000_000} MB; shorten it", "file"))
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(Problem(name, 1, 1, f"the file cannot be read: {error.strerror}", "file"))
        return None


def _decode(data: bytes, name: str, problems: list[Problem]) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = place_after(error.object[: error.start].decode())  # `object` is without the byte order mark
        message = f"the byte 0x{error.object[error.start]:02x} is not UTF-8; save the file in UTF-8"
        problems.append(Problem(name, line, column, message, "encoding"))
        return None


def _document(ref: Ref, name: str, data: bytes, problems: list[Problem]) -> Document:
    unsound = Document(ref, name, {}, {(): (1, 1)}, {}, sound=False)
    text = _decode(data, name, problems)
    if text is None:
        return unsound
    tree = Tree(name)
    tree.read(text)
    problems += tree.problems
    if tree.broken:
        return unsound
    if tree.root is None and ref.kind != "articles":
        problems.append(Problem(name, 1, 1, "the file is empty; write at least name: …", "missing-field"))
        return unsound
    if tree.root is not None and not isinstance(tree.root, dict):
        place = tree.values[()]
        problems.append(Problem(name, *place, "fields are needed here; write name: … on the first line", "wrong-type"))
        return unsound
    return Document(ref, name, tree.root or {}, {(): (1, 1)} | tree.values, tree.keys)


def _written(name: str, data: bytes, problems: list[Problem]) -> WrittenPage:
    """A page written by hand; its front matter says whether the names in it are to be linked."""
    text = (_decode(data, name, problems) or "").replace("\r\n", "\n").replace("\r", "\n")
    link = True
    if front := _FRONT_MATTER.match(text):
        tree = Tree(name)
        tree.read("\n" + front[1])  # the line of dashes stands before it
        problems += tree.problems
        options = tree.root.get("dossier") if isinstance(tree.root, dict) else None
        if options is not None and not tree.broken:
            answer = options.get("link") if isinstance(options, dict) and options.keys() <= {"link"} else None
            if answer not in ("true", "false"):
                line, column = tree.values.get(("dossier", "link")) or tree.values[("dossier",)]
                problems.append(
                    Problem(
                        name,
                        line,
                        column,
                        "dossier takes link: true or false; write dossier: {link: false}",
                        "front-matter",
                    )
                )
            link = answer != "false"
    return WrittenPage(name, text, link)
