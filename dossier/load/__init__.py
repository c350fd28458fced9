"""Read a content folder: what is in it, as typed, with the line and column of everything.

The only stage that reads content, and the only one that knows YAML.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from dossier.load.tree import Tree, place_after
from dossier.model import Content, Document, Problem, RawArticle, Ref, WrittenPage
from dossier.schema import KIND_OF, did_you_mean
from dossier.schema.fields import ID
from dossier.schema.markdown import markdown_fault
from dossier.unseen import faults

RAW_SUFFIXES = (".txt", ".html", ".htm", ".md")
YAML_SUFFIXES = (".yml", ".yaml")
MAX_YAML_BYTES = 1_000_000
MAX_ARTICLE_BYTES = 20_000_000
MAX_ARTICLE_LINES = 100_000
MAX_ARTICLE_TAGS = 100_000
REDIRECTS = "redirects.yml"

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)


def load(content: Path, instead: Mapping[str, bytes | None] = MappingProxyType({})) -> Content:
    """Read a content folder. What cannot be read becomes a problem; nothing is raised for it.

    `instead` are files that are taken to hold other bytes than they do, by name; None: not to be there.
    """
    documents: dict[Ref, Document] = {}
    articles: dict[Ref, RawArticle] = {}
    written: list[WrittenPage] = []
    files: list[str] = []
    problems: list[Problem] = []
    if not content.is_dir():
        return Content(
            {}, (), (), (), (Problem(".", 1, 1, "there is no such folder; write the content folder", "file"),)
        )
    redirects: Document | None = None
    for name, fault in _with(_walk(content), instead):
        folder, _, own = name.rpartition("/")
        stem, _, ending = own.rpartition(".")
        suffix = f".{ending.lower()}" if stem else ""
        raw = folder == "articles" and suffix in RAW_SUFFIXES
        if fault:
            problems.append(Problem(_printable(name), 1, 1, fault, "file"))
        elif name == REDIRECTS:
            if (data := _read(content, name, MAX_YAML_BYTES, problems, instead)) is not None:
                redirects = _document(Ref("", "redirects"), name, data, problems)
        elif suffix in YAML_SUFFIXES or raw:
            if misplaced := _misplaced(name, folder, stem):
                problems.append(misplaced)
                continue
            ref = Ref(folder, stem)
            if raw:
                if clash := articles.get(ref):
                    problems.append(_clash(name, clash.path))
                elif data := _read(content, name, MAX_ARTICLE_BYTES, problems, instead):
                    if too_many := _too_many(data, suffix):
                        problems.append(Problem(name, 1, 1, too_many, "file"))
                    else:
                        articles[ref] = RawArticle(ref, name, data)
                elif data is not None:
                    problems.append(Problem(name, 1, 1, "the file is empty; an article has text", "empty-article"))
            elif clash_with := documents.get(ref):
                problems.append(_clash(name, clash_with.path))
            elif (data := _read(content, name, MAX_YAML_BYTES, problems, instead)) is not None:
                documents[ref] = _document(ref, name, data, problems)
        elif suffix == ".md":
            if (data := _read(content, name, MAX_YAML_BYTES, problems, instead)) is not None:
                written.append(_written(name, data, problems))
        else:
            files.append(name)
    return Content(documents, tuple(articles.values()), tuple(written), tuple(files), tuple(problems), redirects)


def read(content: Path, name: str) -> bytes:
    """The bytes of a file of a content folder; raises OSError where it cannot be read."""
    return (content / name).read_bytes()


def _with(
    found: Iterator[tuple[str, str | None]], instead: Mapping[str, bytes | None]
) -> Iterator[tuple[str, str | None]]:
    """The files that were found, without those that are not to be there, and those that are to be there in addition."""
    there = set()
    for name, fault in found:
        there.add(name)
        if instead.get(name, b"") is not None:
            yield name, fault
    yield from ((name, None) for name, data in instead.items() if data is not None and name not in there)


def _walk(content: Path) -> Iterator[tuple[str, str | None]]:
    """Every file below a folder in order of its name, hidden ones left out, with what is wrong with it."""
    root = content.resolve()
    try:
        stack = _children(content, "")
    except OSError as error:
        yield ".", f"the folder cannot be read: {error.strerror}"
        return
    while stack:
        name, entry = stack.pop()
        if entry.is_symlink():  # asked of the folder that was read, unlike all that is asked of a path: files are many
            yield name, _link_fault(content / name, root) or _name_fault(entry.name)
        elif fault := _name_fault(entry.name):
            yield name, fault
        elif entry.is_dir():
            try:
                stack += _children(content / name, f"{name}/")
            except OSError as error:
                yield name, f"the folder cannot be read: {error.strerror}"
        elif not entry.is_file():
            yield name, "neither a file nor a folder; remove it"
        else:
            yield name, None


def _children(folder: Path, before: str) -> list[tuple[str, os.DirEntry[str]]]:
    """What stands in a folder, hidden things left out, with its name behind others, the last first."""
    with os.scandir(folder) as found:
        children = sorted(found, key=lambda child: child.name, reverse=True)
    return [(before + child.name, child) for child in children if not child.name.startswith(".")]


def _link_fault(path: Path, root: Path) -> str | None:
    """What is wrong with a link, unless it leads to a file of the content folder."""
    target = Path(os.path.realpath(path))  # Path.resolve raises for a link to itself
    if not target.is_relative_to(root):
        return "a link that leads out of the content folder is not followed; put the file itself here"
    if path.is_dir():
        return "a link to a folder is not followed; put the folder itself here"
    if not path.exists():
        return "a link that leads nowhere; put the file itself here, or remove it"
    return None if path.is_file() else "neither a file nor a folder; remove it"


def _name_fault(name: str) -> str | None:
    return None if name.isprintable() else "its name has characters that cannot be printed; rename it"


def _printable(name: str) -> str:
    return name if name.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in name)


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
        bare = unicodedata.normalize("NFKD", stem.lower()).encode("ascii", "ignore").decode()
        good = re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "an-id"
        message = f"{stem!r} is not an id (small letters a-z, digits and single hyphens); rename the file to {good}"
        if stem == "index":
            message = f"'index' is the list of all {top}; rename the file after its entry"
        return Problem(name, 1, 1, message, "id")
    return None


def _too_many(data: bytes, suffix: str) -> str:
    """What a raw article has too much of to be read within seconds; empty if nothing."""
    if data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > MAX_ARTICLE_LINES:
        return f"the file has more than {MAX_ARTICLE_LINES:,} lines; cut the article out of it"
    if suffix in (".html", ".htm") and data.count(b"<") > MAX_ARTICLE_TAGS:
        return f"the page has more than {MAX_ARTICLE_TAGS:,} tags; cut the article out of it"
    return ""


def _clash(name: str, other: str) -> Problem:
    return Problem(name, 1, 1, f"{other} has the same id; rename one of the two or join them", "colliding-id")


def _read(
    content: Path, name: str, limit: int, problems: list[Problem], instead: Mapping[str, bytes | None]
) -> bytes | None:
    if (other := instead.get(name)) is not None:
        return other
    try:
        if (content / name).stat().st_size > limit:
            problems.append(Problem(name, 1, 1, f"the file is larger than {limit // 1_000_000} MB; shorten it", "file"))
            return None
        return read(content, name)
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


def document(ref: Ref, name: str, data: bytes) -> tuple[Document, tuple[Problem, ...]]:
    """What the bytes of an entry's file say, and what is wrong with them."""
    problems: list[Problem] = []
    return _document(ref, name, data, problems), tuple(problems)


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
    if tree.root is None and ref.kind not in ("articles", ""):
        problems.append(Problem(name, 1, 1, "the file is empty; write at least name: …", "missing-field"))
        return unsound
    if tree.root is not None and not isinstance(tree.root, dict):
        place = tree.values[()]
        first = "name: …" if ref.kind else "people/old-id: people/new-id"
        message = f"fields are needed here; write {first} on the first line"
        problems.append(Problem(name, *place, message, "wrong-type"))
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
    start = front.end() if front else 0
    bad = [(start + offset, message, "invisible") for offset, message in faults(text[start:])]
    if heavy := markdown_fault(text):
        bad.append((*heavy, "markdown"))
    problems += (Problem(name, *place_after(text[:offset]), message, rule) for offset, message, rule in bad)
    return WrittenPage(name, text, link)
