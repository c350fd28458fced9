"""How the cost of a build grows with the number of articles, drawn as an SVG picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 400, 64, 48, 40, 120
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#555}.grid{stroke:#8883;stroke-width:1}"
    ".s{fill:none;stroke-width:2}.linear{stroke:#888;stroke-dasharray:4 4;fill:none}"
    "@media(prefers-color-scheme:dark){text{fill:#bbb}}"
)


def scaling(points: Sequence[tuple[int, Mapping[str, Any]]]) -> str:
    """Seconds on the clock, seconds of CPU and MB of memory over the number of articles, both axes logarithmic.

    A dashed line shows what linear growth from the largest measurement would be. `points` are (articles, cost).
    """
    series = {
        "wall (s)": ("#4051b5", [(n, cost["wall"]) for n, cost in points]),
        "CPU (s)": ("#c2571a", [(n, cost["cpu"]) for n, cost in points]),
        "memory (MB)": ("#2e7d32", [(n, cost["memory"]) for n, cost in points]),
    }
    values = [value for _, line in series.values() for _, value in line if value > 0] or [1.0]
    sizes = [n for n, _ in points] or [1]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    left, right = math.log10(min(sizes)), max(math.log10(max(sizes)), math.log10(min(sizes)) + 0.1)

    def x(n: float) -> float:
        return LEFT + (math.log10(n) - left) / (right - left) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(value) - low) / max(1, high - low) * (HEIGHT - BOTTOM - TOP)

    told = "; ".join(f"{n:,} articles: {cost['wall']:.0f} s, {cost['memory']:,.0f} MB" for n, cost in points)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        '<title id="t">What a cold build costs, by the number of articles</title>',
        f'<desc id="d">{told}</desc>',
        f"<style>{_STYLE}</style>",
        f'<text x="{LEFT}" y="20">A cold build, by the number of articles (both axes logarithmic)</text>',
    ]
    for power in range(low, high + 1):
        parts.append(f'<path class="grid" d="M{LEFT} {y(10**power):.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(10**power) + 4:.1f}" text-anchor="end">{10**power:,g}</text>')
    for n in sizes:
        parts.append(f'<path class="grid" d="M{x(n):.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{x(n):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{n:,}</text>')
    for name, (colour, line) in series.items():
        line = [(n, value) for n, value in line if value > 0]
        if not line:
            continue
        (last, value), (first, _) = line[-1], line[0]
        start = max(value * first / last, 10**low)
        parts.append(
            f'<path class="linear" d="M{x(start / value * last):.1f} {y(start):.1f}L{x(last):.1f} {y(value):.1f}"/>'
        )
        path = "L".join(f"{x(n):.1f} {y(value):.1f}" for n, value in line)
        parts.append(f'<path class="s" stroke="{colour}" d="M{path}"/>')
        parts += [f'<circle cx="{x(n):.1f}" cy="{y(value):.1f}" r="3.5" fill="{colour}"/>' for n, value in line]
        parts.append(f'<text x="{x(last) + 10:.1f}" y="{y(value) + 4:.1f}" style="fill:{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
