"""JSON-LD in a page: data that no text can turn into markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dossier.render.escape import plain

# In a script element only these can end it or open a comment; the last two end a line in JavaScript.
_IN_HTML = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def jsonld(data: Mapping[str, Any]) -> Markup:
    """Data as JSON that can stand in `<script type="application/ld+json">`; every text of it on one line.

    >>> print(jsonld({"name": "</script><!-- & 'x'"}))
    {"name":"\\u003c/script\\u003e\\u003c!-- \\u0026 'x'"}
    """
    return Markup(json.dumps(_plain(data), ensure_ascii=False, separators=(",", ":")).translate(_IN_HTML))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value).strip()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
