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
    """All tables of a run; what was not measured is left out."""
    return "\n".join([*_head(found), *_targets(found), *_stages(found), *_hosts(found), *_costs(found)]) + "\n"


def _head(found: Found) -> Iterator[str]:
    on, sizes = found["machine"], found["sizes"]
    yield (
        f"{sizes['large']:,} articles of about 600 words and {sizes['large'] // 5:,} entries; measured on {on['day']}, "
        f"{on['cores']} cores ({on['processor']}), {on['memory']} GB, Python {on['python']}, "
        f"load {on['load']} at the start."
    )
    yield ""


def _row(what: str, value: float | None, target: float | None, shown: str, wanted: str) -> str | None:
    if value is None:
        return None
    verdict = "" if target is None else "met" if value <= target else "**missed**"
    return f"| {what} | {shown} | {wanted} | {verdict} |"


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
        if wall is not None and cpu is not None:
            verdict = "met" if wall <= target else "**missed**"
            yield f"| {what} | {wall:.2f} | {cpu:.2f} | <= {target:g} | {verdict} |"
    yield ""
    rows = [*_sizes(found), *_same(found)]
    if rows:
        yield "| what | measured | target | |"
        yield "|---|---|---|---|"
        yield from rows
        yield ""


def _sizes(found: Found) -> Iterator[str]:
    searched, cold = found.get("cold search") or {}, found.get("cold") or {}
    built = searched or cold
    if not built:
        return
    most = max(searched.get("memory", 0), cold.get("memory", 0))
    size, into = built["bytes"] / found["text"], built["largest"] / KB
    for row in (
        _row("peak memory, Pagefind apart", most, 1000, f"{most:,.0f} MB", "<= 1,000 MB"),
        _row("Pagefind's own", searched.get("apart"), None, f"{searched.get('apart', 0):,.0f} MB", ""),
        _row(f"largest page ({built['largest_page']})", into, 300, f"{into:,.0f} KB", "<= 300 KB"),
        _row("published size against the text that went in", size, 12, f"{size:.1f} times", "<= 12 times"),
    ):
        if row:
            yield row


def _same(found: Found) -> Iterator[str]:
    if "differing" in found:
        what = "files in which the site after both dirty builds differs from a clean one without cache"
        yield str(_row(what, len(found["differing"]), 0, str(len(found["differing"])), "0"))


def _stages(found: Found) -> Iterator[str]:
    sizes = [found["sizes"][name] for name in ("small", "large") if f"stages {found['sizes'][name]}" in found]
    if not sizes:
        return
    yield "CPU seconds of each stage of a cold build on one core, and the memory of the process at its end:"
    yield ""
    yield "| stage |" + "".join(f" {size:,} | MB |" for size in sizes) + " times |"
    yield "|---|" + "---|---|" * len(sizes) + "---|"
    stages = [found[f"stages {size}"] for size in sizes]
    for name in stages[-1]:
        costs = [stage.get(name, {"cpu": 0.0, "memory": 0.0}) for stage in stages]
        cells = "".join(f" {cost['cpu']:.1f} | {cost['memory'] or 0:,.0f} |" for cost in costs)
        grown = f"{costs[-1]['cpu'] / costs[0]['cpu']:.1f}" if len(costs) > 1 and costs[0]["cpu"] else ""
        yield f"| {name} |{cells} {grown} |"
    yield ""


def _hosts(found: Found) -> Iterator[str]:
    names = {
        "host mkdocs": "MkDocs with the plugin, Pagefind",
        "host properdocs": "ProperDocs with the plugin, Pagefind",
        "host plain": "plain MkDocs, what `dossier build --out` wrote, built-in search",
        "host zensical": "Zensical, the same pages",
    }
    if any(name in found for name in names):
        yield f"Other hosts, {found['sizes']['hosts']:,} articles, cold:"
        yield ""
        yield "| host | wall s | CPU s | peak MB |"
        yield "|---|---|---|---|"
        for name, what in names.items():
            if cost := found.get(name):
                yield f"| {what} | {cost['wall']:.1f} | {cost['cpu']:.1f} | {cost['memory']:,.0f} |"
        yield ""


def _costs(found: Found) -> Iterator[str]:
    yield "Every measurement:"
    yield ""
    yield "| step | wall s | CPU s | peak MB | Pagefind MB |"
    yield "|---|---|---|---|---|"
    for name, cost in found.items():
        if isinstance(cost, dict) and "wall" in cost:
            apart = f"{cost['apart']:,.0f}" if cost["apart"] else ""
            yield f"| {name} | {cost['wall']:.1f} | {cost['cpu']:.1f} | {cost['memory']:,.0f} | {apart} |"
