"""Write an invented archive of news, as large as wanted: `python -m benchmarks.corpus --articles 10000 OUT`.

OUT becomes a dossier of its own: `content/` and `mkdocs.yml`. The archive is like a real one in what
makes building hard: a few names are everywhere and most are rare (Zipf), one country stands in three articles
of five, family names are shared, people are called by title, alias, first name or pronoun, quotations and reported
speech have varied cues, the articles are spread over twelve years and come as text, noisy dumps, HTML and Markdown from
many sources, a part with curated metadata. Citations and evidence are words that the articles really contain.

The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks import entries
from benchmarks.entries import Cited
from benchmarks.printed import FORMS, Printed
from benchmarks.prose import Report, report
from benchmarks.world import FIRST, LAST, Paper, Story, World, slug, world
from dossier.site import THEME

#: Words of an article: the median, and how widely they are spread (log-normal).
LENGTH, SPREAD = 560, 0.38
#: The part of articles with a YAML file beside them.
CURATED = 0.35
_KEPT = 5  # cited passages an entry


def main() -> None:
    """Read the arguments and write the archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="the folder to write; it must not exist, or be empty")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--entries", type=int, help="a fifth of the articles, if not given")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.out.exists() and any(options.out.iterdir()):
        parser.error(f"{options.out} is not empty")
    many = options.entries if options.entries is not None else options.articles // 5
    size = write(options.out, options.articles, many, options.seed)
    print(f"{options.articles} articles and {many} entries, {size / 1e6:.1f} MB in {options.out}")


def write(out: Path, articles: int, many: int, seed: int) -> int:
    """Write the dossier of an invented archive; how many bytes stand in its articles and entries."""
    for kind in ("articles", *entries_folders()):
        (out / "content" / kind).mkdir(parents=True, exist_ok=True)
    (out / "mkdocs.yml").write_text(settings(articles), encoding="utf-8")
    size = 0
    for path, text in files(articles, many, seed):
        data = text.encode()
        size += len(data)
        (out / "content" / path).write_bytes(data)
    return size


def entries_folders() -> tuple[str, ...]:
    """The folders that entries are written into."""
    return ("people", "countries", "organizations", "events", "topics", "sources", "claims")


def files(articles: int, many: int, seed: int) -> Iterator[tuple[str, str]]:
    """The files of the content folder, as (path, text): first the articles in order, then the entries."""
    known = world(seed, many)
    sample: defaultdict[str, list[Cited]] = defaultdict(list)
    ids: set[str] = set()
    for number in range(articles):
        yield from article(known, number, ids, sample)
    yield from entries.files(known, sample)
    yield "index.md", f"# Archive\n\nWhat {articles} articles say, and who says it.\n"


def settings(articles: int) -> str:
    """The `mkdocs.yml` of the archive; JSON is YAML."""
    name = f"An archive of {articles:,} articles"
    return f"site_name: {json.dumps(name)}\ndocs_dir: content\ntheme: {json.dumps(THEME)}\nplugins: [search, dossier]\n"


def article(
    known: World, number: int, ids: set[str], sample: defaultdict[str, list[Cited]]
) -> Iterator[tuple[str, str]]:
    """One article and perhaps its metadata, as (path, text); what it says is added to the sample of citations."""
    chance = random.Random(f"article {known.seed} {number}")
    story = known.stories.draw(chance)
    paper = known.papers.draw(chance)
    date = story.start + dt.timedelta(int(chance.random() * ((story.end - story.start).days + 1)))
    date = min(max(date, FIRST), LAST)
    said = report(known, story, date, chance, int(chance.lognormvariate(0, SPREAD) * LENGTH))
    name = f"{date}-{slug(said.headline)[:60].rstrip('-')}"
    ref = name if name not in ids else f"{name}-{number}"
    ids.add(ref)
    suffix, form = FORMS[paper.form]
    address = f"https://{paper.id}.example/{date:%Y/%m}/{number}"
    author, place = chance.choice(paper.authors), chance.choice(story.places)
    shown = f"{date:%B} {date.day}, {date.year}"
    printed = Printed(said, paper, author, place, date.isoformat(), shown, address)
    yield f"articles/{ref}{suffix}", form(printed, chance)
    if chance.random() < CURATED:
        yield f"articles/{ref}.yml", entries.yaml(_metadata(printed, story, paper, chance))
    _collect(known, ref, said, story, chance, sample)


def _metadata(printed: Printed, story: Story, paper: Paper, chance: random.Random) -> dict[str, object]:
    """What a curator noted about an article."""
    near = [event.id for event in story.events if abs((event.date - dt.date.fromisoformat(printed.date)).days) < 60]
    said = [quote for quote in printed.report.said if quote[0].count(" ") > 5]
    corrected = [{"quote": said[0][0], "speaker": f"people/{said[0][1]}"}] if said and chance.random() < 0.06 else []
    return {
        "title": printed.report.headline,
        "date": printed.date,
        "source": paper.id,
        "authors": [printed.author],
        "url": printed.address,
        "language": "en",
        "credibility": str(chance.choice((1, 2, 2, 3, 3, 4))) if chance.random() < 0.5 else None,
        "rights": "excerpt" if chance.random() < 0.04 else None,
        "summary": printed.report.sentences[0].text if chance.random() < 0.5 else None,
        "events": near[:2],
        "topics": [story.id],
        "quotes": corrected,
    }


def _collect(
    known: World, ref: str, said: Report, story: Story, chance: random.Random, sample: defaultdict[str, list[Cited]]
) -> None:
    """Keep some sentences to cite, so that an entry's are spread over the archive."""
    for sentence in said.sentences:
        if not 40 <= len(sentence.text) <= 230:
            continue
        for about in (*sentence.about, f"topics/{story.id}" if sentence.speaker else ""):
            kept = sample[about]
            if len(kept) < _KEPT:
                kept.append(Cited(ref, sentence.text, sentence.speaker))
            elif chance.random() < 0.01:
                kept[chance.randrange(_KEPT)] = Cited(ref, sentence.text, sentence.speaker)


if __name__ == "__main__":
    main()
