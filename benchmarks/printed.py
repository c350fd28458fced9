"""How an article of an invented newspaper looks as a file: plain text, a noisy dump of a page, HTML or Markdown."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.prose import Report
from benchmarks.world import Paper, words


@dataclass(frozen=True, slots=True)
class Printed:
    """An article ready to be printed; `date` is an ISO day, `shown` the same as the paper writes it."""

    report: Report
    paper: Paper
    author: str
    place: str
    date: str
    shown: str
    address: str

    def paragraphs(self) -> list[str]:
        """The body, with the dateline, in the paper's own quotation marks."""
        first, *rest = self.report.paragraphs
        found = [f"{self.place.upper()} ({self.paper.name}) — {first}", *rest]
        if self.paper.straight:
            found = [text.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'"}) for text in found]
        return found


def plain(article: Printed, chance: random.Random) -> str:
    """The article as somebody copied it: headline, byline, day, text."""
    head = [article.report.headline, f"By {article.author}, {article.paper.name}", article.shown]
    return "\n\n".join([*head, *article.paragraphs(), *_note(article)]) + "\n"


def noisy(article: Printed, chance: random.Random) -> str:
    """The article as a scraper left it, with what stood around it on the page."""
    say = words()["furniture"]
    above = [article.paper.name, *chance.sample(say["above"], 9)]
    below = chance.sample(say["below"], 7)
    head = [article.report.headline, f"By {article.author}", article.shown, "Share this article"]
    return "\n".join(above) + "\n\n" + "\n".join(head) + "\n\n" + "\n\n".join(
        [*article.paragraphs(), *_note(article)]
    ) + "\n\n" + "\n".join(below) + "\n"  # fmt: skip


def markdown(article: Printed, chance: random.Random) -> str:
    """The article in Markdown."""
    title = article.report.headline
    return "\n\n".join([f"# {title}", f"*By {article.author}, {article.shown}*", *article.paragraphs()]) + "\n"


def web(article: Printed, chance: random.Random) -> str:
    """The article as a page, with its markup and metadata."""
    title, body = html.escape(article.report.headline), article.paragraphs()
    stated = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.report.headline,
        "datePublished": f"{article.date}T06:30:00Z",
        "author": [{"@type": "Person", "name": article.author}],
        "publisher": {"@type": "Organization", "name": article.paper.name},
    }
    links = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(words()["furniture"]["above"][:8]))
    more = "".join(f'<li><a href="/m/{n}">{html.escape(text)}</a></li>' for n, text in enumerate(_teasers(chance)))
    text = "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in body)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} - {html.escape(article.paper.name)}</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{html.escape(article.paper.name)}">
<link rel="canonical" href="{article.address}">
<script type="application/ld+json">{json.dumps(stated)}</script>
</head>
<body>
<header><nav><ul>{links}</ul></nav></header>
<main>
<article>
<h1>{title}</h1>
<p class="byline">By {html.escape(article.author)} | {article.shown}</p>
{text}
</article>
<aside><h2>Most read</h2><ul>{more}</ul></aside>
</main>
<footer><p>{html.escape(article.paper.name)}. All rights reserved. <a href="/terms">Terms of use</a></p></footer>
</body>
</html>
"""


def _note(article: Printed) -> Sequence[str]:
    return [article.paper.note] if article.paper.note else []


def _teasers(chance: random.Random) -> list[str]:
    slots = words()["slots"]
    return [f"{chance.choice(slots['good']).capitalize()}: {chance.choice(slots['scare'])}?" for _ in range(5)]


#: How a paper's articles are written down, by its `form`: the ending of the file and the function.
FORMS: dict[str, tuple[str, Callable[[Printed, random.Random], str]]] = {
    "plain": (".txt", plain),
    "noisy": (".txt", noisy),
    "md": (".md", markdown),
    "html": (".html", web),
}
