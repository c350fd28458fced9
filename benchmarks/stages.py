"""How fast each stage of the text engine is on one core: `python benchmarks/stages.py FOLDER [--entries N]`.

FOLDER holds raw articles (.txt); each is read into memory first. Prints, for every stage, MB of
input a second of CPU time, and its share of the whole. The gazetteer holds the built-in countries,
and N made-up people, whose names are put together from parts that occur in news, so that the
matcher has near misses to reject.
"""

from __future__ import annotations

import argparse
import itertools
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dossier import countries
from dossier.annotate import annotate, gazetteer
from dossier.clean import clean
from dossier.model import RawArticle, Ref
from dossier.quote import quote
from dossier.schema import ArticleEntry, Entry, Person

_WORDS = re.compile(r"\w+")
GIVEN = _WORDS.findall("""
    Anna Boris Chen David Elena Farid Grace Hassan Ivan Jean Karim Laura Maria Nora Omar Paul Qin Rosa Sergey Tom
""")
STEMS = _WORDS.findall("Al Ber Car Don Es Fer Gol Har Iv Jor Kov Lin Mor Nov Or Pet Rom San Tor Vas")
ENDINGS = _WORDS.findall("""
    ak ander berg chuk dez enko feld gado hardt idze jian kar lund man nik owski pov quist rov sen son ton vic
    wald zadeh
""")
FAMILY = [f"{stem}{ending}" for stem, ending in itertools.product(STEMS, ENDINGS)]
T = TypeVar("T")


def main() -> None:
    """Read the arguments, run the stages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=10_000)
    options = parser.parse_args()
    raws = [
        RawArticle(Ref("articles", p.stem.lower()), p.name, p.read_bytes())
        for p in sorted(options.folder.glob("*.txt"))
    ]
    size = sum(len(raw.data) for raw in raws) / 1e6
    names = itertools.islice(itertools.product(FAMILY, GIVEN), options.entries)
    people = {Ref("people", f"p{n}"): Person(name=f"{given} {family}") for n, (family, given) in enumerate(names)}
    entries: dict[Ref, Entry] = {**countries.builtin(), **people}
    nothing = ArticleEntry()

    built, listed = timed(lambda: gazetteer(entries))
    cleaning, articles = timed(lambda: [clean(raw, nothing, {}) for raw in raws])
    text = sum(len(article.text.encode()) for article in articles) / 1e6
    linking, notes = timed(lambda: [annotate(article, listed, nothing) for article in articles])
    quoting, _ = timed(lambda: [quote(a, n, entries, nothing) for a, n in zip(articles, notes, strict=True)])
    whole = cleaning + linking + quoting
    print(f"{len(raws)} articles, {size:.1f} MB; {len(entries)} entries, gazetteer built in {built:.2f} s")
    for stage, seconds, amount in (("clean", cleaning, size), ("annotate", linking, text), ("quote", quoting, text)):
        print(f"{stage:9} {amount / seconds:6.1f} MB/s  {seconds / whole:4.0%} of the time")


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """The CPU seconds that a function takes, and what it returns."""
    began = time.process_time()
    result = run()
    return max(time.process_time() - began, 1e-9), result


if __name__ == "__main__":
    main()
