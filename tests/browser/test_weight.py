"""What a slow line has to carry: the bytes of a first visit to every kind of page."""

from __future__ import annotations

import gzip

from playwright.sync_api import Browser, Response

from tests.browser.conftest import opened
from tests.browser.test_pages import PAGES

PAGE = 100_000  # bytes of HTML of an ordinary page, as they are
VISIT = 120_000  # bytes of everything that a first visit loads, compressed as hosts do
RAW = 450_000  # the same, from a host that does not compress


#: The kinds of page that a visit may begin with; search is apart.
VISITED = [address for address in PAGES if address.count("/") > 2 or address in ("/", "/people/", "/map/", "/network/")]


def loaded(browser: Browser, served: str, address: str) -> dict[str, bytes]:
    """What a first visit loads: each file with its bytes, the page first."""
    with opened(browser, served) as (page, _):
        found: list[Response] = []
        page.on("response", lambda response: found.append(response))
        page.goto(address, wait_until="networkidle")
        return {response.url.removeprefix(served): response.body() for response in found}


def test_a_first_visit_is_light(browser: Browser, served: str) -> None:
    """Page, styles, scripts and pictures together stay within the budget, and nothing of the search is among them."""
    heavy = {}
    for address in VISITED:
        files = loaded(browser, served, address)
        html, raw = len(files[address]), sum(map(len, files.values()))
        sent = sum(len(gzip.compress(body, 6)) for body in files.values())
        searches = [name for name in files if "pagefind" in name or "names.js" in name]
        if html > PAGE or sent > VISIT or raw > RAW or searches:
            heavy[address] = (html, sent, raw, searches)
    assert heavy == {}
