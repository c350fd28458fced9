"""The results of a run as tables in Markdown, the targets beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Found = Mapping[str, Any]
#: Bytes in a kilobyte and in a megabyte.
KB, MB = 1000, 1e6


#: Between these lines of a document stand the tables.
BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"


def replaced(document: str, tables: str) -> str:
    """A Markdown document with the tables of another run. Raises ValueError where it has no place for them."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the document has no lines {BEGIN} and {END}")
    return f"{before}{begin}\n\n{tables}\n{end}{after}"


def report(found: Found) -> str:
    """All tables of a run. What was not measured is said to be so, where it has a target; else it is left out."""
    parts = (_head, _targets, _served, _stages, _hosts, _costs)
    return "\n".join(line for part in parts for line in part(found)) + "\n"


def _head(found: Found) -> Iterator[str]:
    on, sizes, took = found.get("machine"), found["sizes"], found.get("took", {})
    if not on:
        return
    yield (
        f"{sizes['large']:,} articles of about 600 words and {sizes['large'] // 5:,} entries; measured on {on['day']}, "
        f"{on['cores']} cores ({on['processor']}), {on['memory']} GB, Python {on['python']}, "
        f"load {on['load']} at the start. This run took {_minutes(sum(took.values()))}{_disturbed(found)}."
    )
    yield ""
    if failed := found.get("failed"):
        yield "**Not measured**, because a step failed or took too long:"
        yield ""
        yield from (f"- {name}: {' '.join(why.split())[:300]}" for name, why in failed.items())
        yield ""


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.{1 if seconds < 600 else 0}f} minutes"


def _disturbed(found: Found) -> str:
    """What part of the CPU time went to others while something was measured."""
    measured = (cost for name, cost in found.items() if not name.startswith("drawn"))  # some are the same again
    costs = [cost for cost in measured if isinstance(cost, dict) and "others" in cost]
    own, others = (sum(cost[name] for cost in costs) for name in ("cpu", "others"))
    return f"; {others / (own + others):.0%} of the CPU time went to other processes" if own + others else ""


def _row(what: str, value: float | None, target: float, shown: str, wanted: str) -> str:
    verdict = "not measured" if value is None else "met" if value <= target else "**missed**"
    return f"| {what} | {shown if value is not None else ''} | {wanted} | {verdict} |"


def ratio(found: Found, one: str, other: str, number: str = "wall") -> float | None:
    """How many times as much one measurement is as another."""
    return found[one][number] / found[other][number] if found.get(one) and found.get(other) else None


def _targets(found: Found) -> Iterator[str]:
    times = found["sizes"]["large"] / found["sizes"]["small"]
    yield "| what | wall | CPU | target | |"
    yield "|---|---|---|---|---|"
    for what, one, other, target in (
        ("cold build against plain MkDocs, search off", "cold", "plain", 0.5),
        ("the same, search on", "cold search", "plain search", 0.9),
        (f"{times:g} times the articles", "cold", "small cold", 1.05 * times),
        ("again after one edited entry, against cold", "entry again", "cold", 0.4),
        ("again after one added article, against cold", "article again", "cold", 0.4),
        ("`--dirty` after one edited entry, against cold", "entry dirty", "cold", 0.15),
        ("`--dirty` after one added article, against cold", "article dirty", "cold", 0.15),
        ("`dossier check` against cold", "check", "cold", 0.1),
    ):
        wall, cpu = ratio(found, one, other), ratio(found, one, other, "cpu")
        shown = f"{wall:.2f} | {cpu:.2f}" if wall is not None and cpu is not None else " | "
        yield _row(what, wall, target, shown, f"<= {target:g}").replace("|  | <=", "|  |  | <=")
    yield ""
    yield "| what | measured | target | |"
    yield "|---|---|---|---|"
    yield from _sizes(found)
    yield ""


#: The builds of the largest archive, one of which takes the most memory.
BUILDS = ("cold", "cold search", "entry again", "article again", "entry dirty", "article dirty")


def _sizes(found: Found) -> Iterator[str]:
    searched, cold = found.get("cold search"), found.get("cold")
    built = searched or cold or {}
    known = {name: found[name]["memory"] for name in BUILDS if name in found}
    highest = max(known, key=lambda name: known[name], default="")
    most, apart = known.get(highest), searched["apart"] if searched else None
    largest = built["largest"] / KB if built else None
    differing = len(found["clean"]["differing"]) if "clean" in found else None
    yield _row(f"peak memory, Pagefind apart ({highest})", most, 1000, f"{most or 0:,.0f} MB", "<= 1,000 MB")
    yield _row("Pagefind's own memory", apart, 1000, f"{apart or 0:,.0f} MB", "bounded: <= 1,000 MB")
    yield _row(f"largest page ({built.get('largest_page', '')})", largest, 300, f"{largest or 0:,.0f} KB", "<= 300 KB")
    for one, what in (
        (cold, "published size against the text that went in"),
        (searched, "the same, with the search index"),
    ):
        size = one["bytes"] / found["text"] if one else None
        yield _row(what, size, 12, f"{size or 0:.1f} times", "<= 12 times")
    what = "files in which the site after both dirty builds differs from a clean one without cache"
    yield _row(what, differing, 0, str(differing), "0")


#: Seconds that one who edits should wait for at most.
SEEN = 5


def _served(found: Found) -> Iterator[str]:
    yield (
        f"`mkdocs serve`, {found['sizes']['large']:,} articles, search off: from saving a file until the server gives "
        "the right page. The target is in seconds, so it is one of this machine."
    )
    yield ""
    yield "| edit | seconds | CPU s | against cold | target | |"
    yield "|---|---|---|---|---|---|"
    served, cold = found.get("serve"), found.get("cold")
    for what, cost in served["edits"].items() if served else ():
        against = f"{cost['wall'] / cold['wall']:.2f}" if cold else ""
        shown = f"{cost['wall']:.1f} | {cost['cpu']:.1f} | {against}"
        yield _row(what, cost["wall"], SEEN, shown, f"<= {SEEN} s")
    if not served:
        yield f"| all | | | | <= {SEEN} s | not measured |"
    yield ""
    if served:
        yield f"The server takes {served['start']:.0f} s to start with a warm cache, and {served['memory']:,.0f} MB."
        yield ""


def _stages(found: Found) -> Iterator[str]:
    sizes = sorted({found["sizes"][name] for name in ("small", "middle")})
    sizes = [size for size in sizes if f"stages {size}" in found]
    if not sizes:
        return
    yield (
        "CPU seconds of each stage of a cold build on one core, and the memory of the process at its end"
        + ("; on the right, what each further 1,000 articles add:" if len(sizes) > 1 else ":")
    )
    yield ""
    yield "| stage |" + "".join(f" {size:,} | MB |" for size in sizes) + (" + s | + MB |" if len(sizes) > 1 else "")
    yield "|---|" + "---|---|" * (len(sizes) + (len(sizes) > 1))
    stages = [found[f"stages {size}"] for size in sizes]
    for name in stages[-1]:
        costs = [stage.get(name, {"cpu": 0.0, "memory": 0.0}) for stage in stages]
        cells = "".join(f" {cost['cpu']:.1f} | {_or_nothing(cost['memory'])} |" for cost in costs)
        if len(sizes) > 1:
            thousands = (sizes[-1] - sizes[0]) / 1000
            cells += f" {(costs[-1]['cpu'] - costs[0]['cpu']) / thousands:.1f} |"
            grown = (costs[-1]["memory"] - costs[0]["memory"]) / thousands
            cells += f" {_or_nothing(grown) if costs[0]['memory'] else ''} |"
        yield f"| {name} |{cells}"
    yield ""


def _or_nothing(value: float) -> str:
    return f"{value:,.0f}" if value else ""


def _hosts(found: Found) -> Iterator[str]:
    names = {
        "host mkdocs": "MkDocs with the plugin, Pagefind",
        "host properdocs": "ProperDocs with the plugin, Pagefind",
        "host plain": "plain MkDocs, what `dossier build --out` wrote, built-in search",
        "host zensical": "Zensical, the same pages",
    }
    yield f"Other hosts, {found['sizes']['hosts']:,} articles, cold:"
    yield ""
    yield "| host | wall s | CPU s | peak MB |"
    yield "|---|---|---|---|"
    for name, what in names.items():
        if cost := found.get(name):
            yield f"| {what} | {cost['wall']:.1f} | {cost['cpu']:.1f} | {cost['memory']:,.0f} |"
        else:
            yield f"| {what} | not measured | | |"
    yield ""


def _costs(found: Found) -> Iterator[str]:
    yield (
        "Every measurement; `others` is what the rest of the machine used meanwhile, `in all` how long the step took "
        "with its preparations. `out` is `dossier build --out` with a warm cache."
    )
    yield ""
    yield "| step | wall s | CPU s | others, CPU s | peak MB | Pagefind MB | in all s |"
    yield "|---|---|---|---|---|---|---|"
    for name, took in found.get("took", {}).items():
        cost = found[name]
        cells = " | | | | "
        if isinstance(cost, dict) and "wall" in cost:
            others = f"{cost['others']:.1f}" if "others" in cost else ""
            apart = _or_nothing(cost.get("apart", 0))
            cells = f"{cost['wall']:.1f} | {cost['cpu']:.1f} | {others} | {cost['memory']:,.0f} | {apart}"
        if took >= 1:
            yield f"| {name} | {cells} | {took:.0f} |"
