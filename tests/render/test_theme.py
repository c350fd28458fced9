"""The theme: nothing from elsewhere, and colours that can be read."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from dossier.packaged import site_templates

THEME = site_templates() / "theme"
CSS = (THEME / "assets" / "dossier.css").read_text(encoding="utf-8")
SCHEMES: dict[str, dict[str, str]] = {}
for scheme, block in re.findall(
    r'^\[data-md-color-scheme="(\w+)"\]\[data-md-color-primary\] \{(.*?)^\}', CSS, re.M | re.S
):
    SCHEMES.setdefault(scheme, {}).update(re.findall(r"(--d-[a-z0-9-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("scheme", "text", "ground"),
    [
        *product(("default", "slate"), ("ink", "muted", "link"), ("paper", "soft", "target")),
        *product(("default", "slate"), ("for", "against"), ("paper",)),
        *product(("default", "slate"), ("ink",), ("mark",)),
    ],
)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    """Every pair of text and ground has the contrast that WCAG asks of small text (AA)."""
    colours = SCHEMES[scheme]
    assert contrast(colours[f"--d-{text}"], colours[f"--d-{ground}"]) >= 4.5


TEXTS = sorted(p for p in THEME.rglob("*") if p.is_file() and p.suffix != ".png")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    """No file of the theme names another host (but the vocabulary of JSON-LD) or imports a style sheet."""
    text = path.read_text(encoding="utf-8").replace('"@context": "https://schema.org"', "")
    assert not re.search(r"https?://|@import|url\((?!['\"]?data:)", text)
