"""The built site works under the Content Security Policy that SECURITY.md publishes."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from tests.conftest import ROOT

POLICY = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("```csp\n")[2].partition("```")[0]
_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


def directives() -> dict[str, list[str]]:
    """What the policy allows, by directive."""
    return {name: values for name, *values in (part.split() for part in POLICY.split(";"))}


def inline_scripts(site: Path) -> dict[str, str]:
    """The inline scripts that a browser would run, by their hashes, each with a page that it is in."""
    found: dict[str, str] = {}
    for page in sorted(site.rglob("*.html")):
        for match in _SCRIPT.finditer(page.read_text(encoding="utf-8")):
            if "src=" in match["attributes"] or "json" in match["attributes"]:
                continue  # a file, or data
            digest = base64.b64encode(hashlib.sha256(match["text"].encode()).digest()).decode()
            found.setdefault(f"'sha256-{digest}'", page.relative_to(site).as_posix())
    return found


def test_the_policy_names_the_inline_scripts_of_the_site(site: Path) -> None:
    """Each small script of the theme is in the policy by its hash, and nothing else is."""
    allowed = {value for value in directives()["script-src"] if value.startswith("'sha256-")}
    scripts = inline_scripts(site)
    assert {page for digest, page in scripts.items() if digest not in allowed} == set(), sorted(scripts)
    assert allowed <= scripts.keys()


def test_the_policy_is_strict() -> None:
    """Nothing but what is named; no host but the own one; no inline script without a hash; no script text evaluated."""
    policy = directives()
    assert policy["default-src"] == ["'none'"]
    assert set(policy["script-src"]) - {v for v in policy["script-src"] if "sha256-" in v} == {
        "'self'",
        "'wasm-unsafe-eval'",
    }
    others = {value for name, values in policy.items() if name != "script-src" for value in values}
    assert others == {"'none'", "'self'", "'unsafe-inline'", "data:"}
    assert [name for name, values in policy.items() if "'unsafe-inline'" in values] == ["style-src-attr"]


def test_no_page_needs_more_than_the_policy_allows(site: Path) -> None:
    """No inline style sheet, no script in an attribute, no frame, no plugin, no base."""
    for page in site.rglob("*.html"):
        bare = _SCRIPT.sub("", page.read_text(encoding="utf-8"))
        assert not re.search(r"<(?:style|iframe|frame|object|embed|base)\b", bare), page
        assert not re.search(r"<[^>]*\s(?:on\w+\s*=|(?:href|src|action)\s*=\s*[\"']?\s*javascript:)", bare, re.I), page
