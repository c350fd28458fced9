"""Every rule that takes a line out of an article, with the sentence that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dossier.clean.closing import CLOSING
from dossier.clean.furniture import FURNITURE

#: Rules that go by what a line is to the article, or by where it stands.
_PLACES = {
    "title": "The headline, which stands above the article.",
    "date": "The line that tells the day of publication.",
    "source": "The line that names the publisher.",
    "byline": "The line that names the authors.",
    "before": "What stands above the beginning of the article.",
    "after": "What stands below its end.",
    "aside": "A block of the page beside or between the parts of the article.",
    "markup": "A line of markup, not of text.",
    "repeated": "A line that the source prints in article after article.",
    "curated": "The article's own YAML file says to drop it.",
}

RULES: Mapping[str, str] = MappingProxyType(
    {name: (rule.__doc__ or "").strip().splitlines()[0] for name, rule in (*FURNITURE, *CLOSING)} | _PLACES
)
