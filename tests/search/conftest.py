"""Sites as the search program finds them, and what can be read of an index."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dossier import search
from dossier.search import form


@pytest.fixture(autouse=True)
def program() -> None:
    """Pagefind. Without it the test is skipped, but not in CI."""
    if not search.installed():
        message = "no Pagefind here: pip install 'pagefind[bin]'"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


def page(title: str, text: str, date: str = "0000-00-00", also: str = "", language: str = ' lang="en"') -> str:
    """A page as the theme lays it out: what is told of it in its head, its text, and what is around."""
    other = f'<meta data-pagefind-meta="also[content]" content="{also}">' if also else ""
    return (
        f'<!doctype html><html{language}><head><title>{title}</title><meta name="theme" content="x">'
        f'<meta data-pagefind-meta="title[content]" content="{title}">{other}'
        f'<meta data-pagefind-filter="Kind[content]" content="{"Entry" if also else "Article"}">'
        f'<meta data-pagefind-filter="Year[content]" content="{date[:4]}">'
        f'<meta data-pagefind-sort="date[content]" content="{date}"></head>'
        f'<body><nav>Menu of many words</nav><main><div class="d-text" data-pagefind-body="">'
        f'<p id="p1"><span class="d-n">1</span>{text}</p><div>Last words.</div></div><div>Related pages</div>'
        f'<p class="d-printed" data-pagefind-ignore>Printed</p></main></body></html>'
    )


WORDS = (
    "harbour",
    "cable",
    "treaty",
    "résumé",
    "resume",
    "naïve",
    "naive",
    "Öl",
    "ferry",
    "talks",
    "cables",
    "treaties",
)
PAGES = {
    **{
        f"articles/2024-{1 + n % 12:02}-{1 + n * 7 % 28:02}-story-{n}/index.html": page(
            f"Story {n}",
            " ".join(WORDS[(n * k) % len(WORDS)] for k in range(1, 40)) + f" w{n} h{n % 5}",
            f"2024-{1 + n % 12:02}-{1 + n * 7 % 28:02}",
        )
        for n in range(40)
    },
    **{
        f"people/{name}/index.html": page(name.title(), f"{name} spoke of the treaty.", also=f"Mr {name} · Öl {name}")
        for name in ("able", "baker", "charlie", "dog", "easy", "fox")
    },
    "über uns/index.html": page("Über uns", "Wer wir sind", language=' lang="de"'),
    "briefs/a.html": page("A", "A brief on a treaty"),
    "people/index.html": '<html lang="en"><body><h1>People</h1></body></html>',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of some fifty pages, one in another language, and a list that is not searched."""
    return written(tmp_path / "site", PAGES)


def written(folder: Path, pages: dict[str, str]) -> Path:
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def files(site: Path, name: str = search.FOLDER) -> dict[str, bytes]:
    """The index of a site: what is in each of its files."""
    folder = site / name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def known(folder: Path, language: str = "en") -> dict[str, Any]:
    """All that an index says in a language, whatever its files are called and however its pages are numbered."""
    start = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))["languages"][language]
    meta = form.unpacked((folder / f"pagefind.{start['hash']}.pf_meta").read_bytes())
    _, pages, chunks, filters, sorts, fields = meta
    texts = [json.loads(form.content((folder / "fragment" / f"{name}.pf_fragment").read_bytes())) for name, _ in pages]
    urls = [text["url"] for text in texts]
    order = sorted(urls)
    numbers = [order.index(url) for url in urls]
    facets = {}
    for name, file in filters:
        _, values = form.unpacked((folder / "filter" / f"{file}.pf_filter").read_bytes())
        facets[name] = {value: sorted(urls[n] for n in found) for value, found in values}
    return {
        "count": start["page_count"],
        "texts": {text["url"]: text for text in texts},
        "lengths": {url: length for url, (_, length) in zip(urls, pages, strict=True)},
        "facets": facets,
        "orders": {name: [urls[n] for n in by] for name, by in sorts},
        "fields": fields,
        "words": {
            word.text: word
            for *_, name in chunks
            for word in form.words((folder / "index" / f"{name}.pf_index").read_bytes(), numbers, [*range(len(fields))])
        },
    }
