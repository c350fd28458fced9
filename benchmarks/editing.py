"""What a curator does to an archive between two builds, and how one sees on its pages that a build has noticed.

An edit writes files and returns what is to be seen then: a function that looks at pages by their address, through a
function from an address to its text (None: there is no such page), so that a folder and a server are asked alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from benchmarks import corpus
from benchmarks.world import world

#: From the address of a page within the site, `people/jane-roe/`, to its HTML.
Reader = Callable[[str], str | None]
Seen = Callable[[Reader], bool]
_CITED = re.compile(r'^ *- article: "(.+)"\n +quote: "(.*)"$', re.M)
_NAME = re.compile(r'\Aname: "(.+)"$', re.M)
_SUMMARY = re.compile(r'^summary: "(.+)"$', re.M)
_LINK = re.compile(r'href="([^"]+)"')
_LINKED = re.compile(r'data-ref="([a-z]+/[a-z0-9-]+)"')


class EditError(Exception):
    """There is nothing in an archive that could be edited so."""


def published(site: Path) -> Reader:
    """The pages of a site that is on the disk."""

    def text(address: str) -> str | None:
        path = site / address / "index.html"
        return path.read_text(encoding="utf-8") if path.is_file() else None

    return text


def summary(folder: Path, word: str) -> Seen:
    """Write a word into the summary of a person; it is on the person's page. Raises EditError."""
    path, text = next(_people(folder, _SUMMARY))
    path.write_text(_SUMMARY.sub(rf'summary: "{word}: \1"', text), encoding="utf-8")
    return lambda read: word in (read(f"people/{path.stem}/") or "")


def name(folder: Path, word: str) -> Seen:
    """Give a person another name, with a word in it, and keep the old one as an alias. Raises EditError.

    The new name is on the page of an article that has the old one, and what is printed there is still a link.
    """
    for path, text in _people(folder, _NAME):
        (old,) = _NAME.findall(text)
        first, _, last = old.partition(" ")
        article = next((article for article, quote in _CITED.findall(text) if old in quote), None)
        if article and last and "\naliases:" not in text:
            new = f"{first} {word} {last}"
            path.write_text(text.replace(f'"{old}"', f'"{new}"\naliases: ["{old}"]', 1), encoding="utf-8")
            link = f'data-ref="people/{path.stem}"'
            return lambda read: all(words in (read(f"articles/{article}/") or "") for words in (new, link))
    raise EditError(f"{folder}: no person is cited by a full name")


def article(folder: Path, size: int, seed: int) -> Seen:
    """Add the article that would come next in an archive of so many, of the same world.

    It has a page, on which entries are linked, and one of these links back to it.
    """
    known = world(seed, size // 5)
    there = {path.name.partition(".")[0] for path in (folder / "content" / "articles").iterdir()}
    for number in range(size, 2 * size + 1000):
        made = [*corpus.article(known, number, set(), defaultdict(list))]
        stem = Path(made[0][0]).name.partition(".")[0]
        if stem not in there:
            for path, text in made:
                (folder / "content" / path).write_text(text, encoding="utf-8")
            return lambda read: linked(read, stem)
    raise EditError(f"{folder}: all articles that could be added are there")


def linked(read: Reader, stem: str) -> bool:
    """Whether an article has a page, and an entry that is linked there has it on one of its own pages."""
    refs = dict.fromkeys(_LINKED.findall(read(f"articles/{stem}/") or ""))
    entries = (ref for ref in refs if not ref.startswith("articles/"))
    return any(f"/articles/{stem}/" in text for ref in entries for text in _pages(read, f"{ref}/"))


def _pages(read: Reader, address: str) -> Iterator[str]:
    """The page of an entry, and its further pages of articles, which have addresses beneath."""
    ahead, known = [address], {address}
    while ahead:
        page = ahead.pop()
        text = read(page) or ""
        yield text
        links = {urljoin(f"/{page}", link).partition("#")[0].removeprefix("/") for link in _LINK.findall(text)}
        beneath = {link for link in links if link.startswith(address)} - known
        ahead += sorted(beneath)
        known |= beneath


def _people(folder: Path, needed: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
    """The people in whose files there is something, as file and text, from the middle of the alphabet on."""
    paths = sorted((folder / "content" / "people").glob("*.yml"))
    middle = len(paths) // 2
    for path in (*paths[middle:], *paths[:middle]):
        text = path.read_text(encoding="utf-8")
        if needed.search(text):
            yield path, text
    raise EditError(f"{folder}: there are no people in which {needed.pattern} is found")
