"""Articles about an entry that its own page cannot hold, and the way to each page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model import Reading
from dossier.packaged import page_templates
from dossier.parts import Common, View
from dossier.render import render
from dossier.site import Site
from dossier.views.archive import ArchiveData
from dossier.views.events import TopicData
from dossier.views.passages import ARTICLES_SHOWN
from dossier.views.sources import SourceData
from dossier.views.stretches import ON_PAGE
from tests.views.build import reading, views

SOURCE = "sources/the-morning-post"
SITE = Site("https://example.org/")
NAMED = {"people/bo-lind": {}}


def naming(dates: list[str | None]) -> list[Reading]:
    """An article for each date, which names Bo Lind once."""
    return [reading(f"articles/a{n}", ["[Lind](people/bo-lind) came."], date) for n, date in enumerate(dates)]


def archive(made: dict[str, View], folder: str) -> dict[str, ArchiveData]:
    """The pages of a folder, by address."""
    found = {uri: view.data for uri, view in made.items() if uri.startswith(f"{folder}/")}
    assert all(isinstance(data, ArchiveData) for data in found.values())
    return {uri: data for uri, data in found.items() if isinstance(data, ArchiveData)}


def common(view: View) -> Common:
    """What the pages of all entries show."""
    entry = getattr(view.data, "entry", None)
    assert isinstance(entry, Common)
    return entry


def test_the_page_of_an_entry_holds_what_it_can() -> None:
    """Up to the limit all articles are on the entry's page, and there is no other."""
    made = views(NAMED, naming(["2023-01-01"] * ARTICLES_SHOWN))
    assert len(common(made["people/bo-lind.md"]).coverage) == ARTICLES_SHOWN
    assert (common(made["people/bo-lind.md"]).archive, archive(made, "people/bo-lind")) == ((), {})


def test_beyond_that_all_articles_have_pages_of_their_own() -> None:
    """The entry's page keeps the latest and leads to the pages of all; each article is there with a sentence."""
    made = views(NAMED, naming([f"20{10 + n % 5}-06-{1 + n % 28:02}" for n in range(ARTICLES_SHOWN + 1)]))
    entry = common(made["people/bo-lind.md"])
    assert len(entry.coverage) == ARTICLES_SHOWN
    assert [(link.text, link.uri, n) for link, n in entry.archive] == [
        ("2010–2014", "people/bo-lind/2010.md", ARTICLES_SHOWN + 1)
    ]
    (data,) = archive(made, "people/bo-lind").values()
    assert [label for label, _ in data.months] == [f"June {year}" for year in (2014, 2013, 2012, 2011, 2010)]
    assert all(line.context and line.mentions == 1 for _, lines in data.months for line in lines)


def test_a_single_page_says_what_time_it_covers() -> None:
    """From the first year to the last, and what has no date."""
    for dates, label, stem in (
        (["2022-01-01", "2022-05-01"], "2022", "2022"),
        (["2020-01-01", "2022-05-01"], "2020–2022", "2020"),
        (["2020-01-01", None], "2020 and undated", "2020"),
        ([None], "Undated", "undated"),
    ):
        made = views(NAMED, naming(dates * (ARTICLES_SHOWN + 1)))
        ((link, _),) = common(made["people/bo-lind.md"]).archive
        assert (link.text, link.uri) == (label, f"people/bo-lind/{stem}.md")


def test_full_years_are_cut_into_months_and_quiet_ones_share_a_page() -> None:
    """Neighbours are on one page where it holds them, named after the oldest; no page is too long."""
    quiet = [f"20{10 + n % 4}-03-01" for n in range(20)]
    full = [f"2014-{1 + n % 12:02}-02" for n in range(ON_PAGE * 3)]
    made = archive(views(NAMED, naming([*quiet, *full, "2015-01-01", None])), "people/bo-lind")
    ways = next(iter(made.values())).pages
    assert [link.text for link in ways][-1] == "2010–2013"
    assert [link.text for link in ways][:2] == ["Undated", "2015"]
    assert "January–April 2014" in {link.text for link in ways}
    assert {link.uri for link in ways} == set(made)
    assert all(data.shown <= ON_PAGE for data in made.values())


def test_what_is_added_at_the_end_changes_the_last_page_only() -> None:
    """A new article leaves the older pages as they were, to the letter."""
    dates = [f"20{10 + n % 9}-{1 + n % 12:02}-01" for n in range(ON_PAGE * 2)] + ["2019-01-01"]
    before = archive(views(NAMED, naming([*dates])), "people/bo-lind")
    after = archive(views(NAMED, naming([*dates, "2019-12-31"])), "people/bo-lind")
    assert before.keys() == after.keys()
    assert len([uri for uri in after if before[uri] != after[uri]]) == 1


@settings(max_examples=30)
@given(st.lists(st.sampled_from([None, "2021", "2022-05", "2022-05-01", "2023-12-31"]), min_size=41, max_size=60))
def test_every_article_is_on_one_page(dates: list[str | None]) -> None:
    """However the articles are dated, each is listed once, and counted."""
    made = archive(views(NAMED, naming(dates)), "people/bo-lind")
    listed = Counter(a.article.article.uri for data in made.values() for _, lines in data.months for a in lines)
    assert listed == Counter(f"articles/a{n}.md" for n in range(len(dates)))
    assert sum(data.shown for data in made.values()) == len(dates)


def test_a_source_has_pages_of_all_that_it_published() -> None:
    """They are apart from those of the articles that name it."""
    articles = [
        reading(f"articles/a{n}", ["x"], "2022-01-01", source="sources/wire") for n in range(ARTICLES_SHOWN + 1)
    ]
    made = views({"sources/wire": {}}, articles)
    data = made["sources/wire.md"].data
    assert isinstance(data, SourceData)
    assert (
        [link.uri for link, _ in data.archive]
        == list(archive(made, "sources/wire"))
        == ["sources/wire/articles/2022.md"]
    )
    assert (len(data.articles), data.number, data.entry.archive) == (ARTICLES_SHOWN, ARTICLES_SHOWN + 1, ())


def test_a_topic_has_pages_of_all_that_treats_it() -> None:
    """What its articles' own files say of them is enough; the latest stand on the topic's page, too."""
    known: dict[str, dict[str, Any]] = {f"articles/a{n}": {"topics": ["cable"]} for n in range(ARTICLES_SHOWN + 1)}
    articles = [reading(ref, ["x"], f"2022-01-{1 + n % 28:02}") for n, ref in enumerate(known)]
    made = views({"topics/cable": {}, **known}, articles)
    data = made["topics/cable.md"].data
    assert isinstance(data, TopicData)
    assert (len(data.reports), data.report_count) == (ARTICLES_SHOWN, ARTICLES_SHOWN + 1)
    assert [link.uri for link, _ in data.report_pages] == list(archive(made, "topics/cable"))


def test_no_page_is_too_long_to_load() -> None:
    """Even where every sentence is long and names the entry, no page of it has more than 270 KB of HTML."""
    long = f"[Lind](people/bo-lind) {'spoke of many things, ' * 18} and left. "
    articles = [
        reading(
            f"articles/a{n:03}", [long * 2] * 4, "2023-05-01", title="A headline of some length " * 4, source=SOURCE
        )
        for n in range(ON_PAGE * 2)
    ]
    made = views(NAMED | {SOURCE: {}}, articles)
    shown = [view for uri, view in made.items() if uri.startswith(("people/bo-lind", "sources/"))]
    sizes = {
        page.uri: len((page.ready.html if page.ready else "").encode()) for page in render(shown, page_templates())
    }
    assert len(sizes) > 4
    assert 0 < min(sizes.values()) <= max(sizes.values()) < 270_000


def test_pages_of_articles_are_no_entries() -> None:
    """A search does not find them, they have no facets, and the way to them leads over the entry."""
    made = views(NAMED, naming(["2022-01-01"] * (ARTICLES_SHOWN + 1)))
    view = made["people/bo-lind/2022.md"]
    assert (view.role, view.ref, view.facets) == ("index", None, ())
    assert [link.text for link in view.trail] == ["Briefing", "People", "Bo Lind"]


def test_every_page_tells_machines_the_way_to_it() -> None:
    """Where the address of the site is known, each page but the first has its breadcrumbs, itself the last of them."""
    made = views(NAMED, naming(["2022-01-01"] * (ARTICLES_SHOWN + 1)), site=SITE)
    for uri, view in made.items():
        about = view.linked_data.get("mainEntityOfPage", view.linked_data)
        steps = [step["item"] for step in about.get("breadcrumb", {}).get("itemListElement", ())]
        assert (uri == "index.md") == (steps == [])
        assert uri == "index.md" or (steps[0], steps[-1]) == ("https://example.org/", SITE.page(uri))
    way = made["people/bo-lind/2022.md"].linked_data["breadcrumb"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in way] == [
        (1, "Briefing"),
        (2, "People"),
        (3, "Bo Lind"),
        (4, "Bo Lind in the articles: 2022"),
    ]


def test_the_way_to_a_page_is_told_by_its_address() -> None:
    """Every page but the first has the front page above it; nothing is above itself."""
    made = views(NAMED | {"events/talks": {"date": "2022"}}, naming(["2022-01-01"]))
    ways = {uri: [link.uri for link in view.trail] for uri, view in made.items()}
    assert ways["index.md"] == []
    assert ways["people/index.md"] == ways["map.md"] == ["index.md"]
    assert ways["people/bo-lind.md"] == ["index.md", "people/index.md"]
    assert all(way[0] == "index.md" and uri not in way for uri, way in ways.items() if way)
