"""An index that is made in portions: the same as one that is made at once, and no more of it anew than has changed."""

from __future__ import annotations

import os
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import search
from dossier.search import form, portions, reading

from .conftest import PAGES, files, known, page, written

ARTICLE = "articles/2024-03-15-story-2/index.html"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages the program was given, run by run."""
    given: list[int] = []
    run = portions.run

    def counted(source: Path, target: Path) -> str:
        given.append(sum(1 for _ in source.rglob("*.html")))
        return run(source, target)

    monkeypatch.setattr(portions, "run", counted)
    return given


def test_the_portions_are_not_seen(site: Path, runs: list[int]) -> None:
    """One portion or many: the same bytes, and never more pages at once than were allowed."""
    search.index(site)
    assert runs == [48]
    at_once = files(site)
    for most in (20, 12):
        runs.clear()
        search.index(site, most=most)
        assert len(runs) > 48 // most
        assert max(runs) <= most
        assert files(site) == at_once


def test_it_is_the_index_that_the_program_makes_of_all_pages(site: Path, tmp_path: Path) -> None:
    """Words, places, facets, order by date and texts are those of one run over the whole site, in each language."""
    search.index(site, most=16)
    portions.run(site, tmp_path / "whole")
    for language in ("en", "de"):
        found, expected = known(site / "pagefind", language), known(tmp_path / "whole", language)
        for order in (found, expected):  # pages of one date are in any order
            order["orders"] = {name: {*urls} for name, urls in order["orders"].items()}
        for about, value in expected.items():
            assert found[about] == value, (language, about)
        assert found["words"]


def test_pages_sort_by_date_across_portions(site: Path) -> None:
    """The order by date is that of the dates, whichever portions the pages were in; of one date, that of addresses."""
    search.index(site, most=16)
    order = known(site / "pagefind")["orders"]["date"]
    dates = [url[10:20] if url.startswith("/articles/") else "0000-00-00" for url in order]
    assert len(set(dates)) > 10
    assert [*zip(dates, order, strict=True)] == sorted(zip(dates, order, strict=True))


def test_an_edited_page_costs_its_own_portion(site: Path, tmp_path: Path, runs: list[int]) -> None:
    """Only the portion with what is read otherwise is made again; the texts of the others keep their bytes."""
    memory = tmp_path / "memory"
    search.index(site, memory, 16)
    before, made = files(site), len(runs)
    runs.clear()
    search.index(site, memory, 16)
    assert runs == []
    assert files(site) == before
    (site / ARTICLE).write_text(PAGES[ARTICLE].replace("Last words", "Other words"), encoding="utf-8")
    search.index(site, memory, 16)
    assert len(runs) == 1 < made
    after = files(site)
    gone = [name for name in before if name.startswith("fragment/") and after.get(name) != before[name]]
    assert len(gone) == 1
    search.index(site, most=1_000)
    assert files(site) == after


def test_only_what_is_new_is_written(site: Path, tmp_path: Path) -> None:
    """Files of before stay the very same files; none is written into, as another site may have it by a link."""
    search.index(site, most=16)
    index = site / search.FOLDER
    before = {path: path.stat().st_ino for path in index.rglob("*") if path.is_file() and path.suffix.startswith(".pf")}
    shutil.copytree(index, tmp_path / "linked", copy_function=os.link)
    linked = files(tmp_path, "linked")
    (site / ARTICLE).write_text(PAGES[ARTICLE].replace("Last words", "Other words"), encoding="utf-8")
    search.index(site, most=16)
    assert files(tmp_path, "linked") == linked
    assert sum(path.is_file() and path.stat().st_ino == node for path, node in before.items()) > 48 - 2
    fresh = written(
        tmp_path / "fresh",
        {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")},
    )
    search.index(fresh)
    assert files(site) == files(fresh)


def test_what_is_not_read_does_not_count(site: Path, tmp_path: Path, runs: list[int]) -> None:
    """A page that was written anew, with other things around its text, costs nothing."""
    memory = tmp_path / "memory"
    search.index(site, memory, 16)
    before = files(site)
    runs.clear()
    (site / ARTICLE).write_text(PAGES[ARTICLE].replace("Related", "Newly related"), encoding="utf-8")
    (site / "new.html").write_text("<html><body>A list</body></html>", encoding="utf-8")
    search.index(site, memory, 16)
    assert runs == []
    assert files(site) == before


def test_a_page_of_the_same_size_and_time_is_not_read_again(site: Path, tmp_path: Path) -> None:
    """So a site of which little is new is not read as a whole; a new time has the page read."""
    memory = tmp_path / "memory"
    search.index(site, memory, 16)
    before, state = files(site), (site / ARTICLE).stat()
    (site / ARTICLE).write_text(PAGES[ARTICLE].replace("Last words", "Past words"), encoding="utf-8")
    os.utime(site / ARTICLE, ns=(state.st_atime_ns, state.st_mtime_ns))
    search.index(site, memory, 16)
    assert files(site) == before
    os.utime(site / ARTICLE)
    search.index(site, memory, 16)
    assert files(site) != before


def test_pages_come_and_go(site: Path, tmp_path: Path, runs: list[int]) -> None:
    """After any of it the index is what it would be without memory, and most portions were not made again."""
    memory = tmp_path / "memory"
    search.index(site, memory, 16)
    made = len(runs)
    for change in ("new", "gone"):
        runs.clear()
        if change == "new":
            written(site, {"articles/2024-06-01-news/index.html": page("News", "A quetzal", "2024-06-01")})
        else:
            shutil.rmtree(site / "people" / "baker")
        search.index(site, memory, 16)
        assert 0 < len(runs) < made / 2
        remembered = files(site)
        search.index(site)
        assert files(site) == remembered


def test_what_the_disk_has_not_kept_is_made_again(site: Path, tmp_path: Path, runs: list[int]) -> None:
    """Files that are cut off or changed are of no use, and do no harm."""
    memory = tmp_path / "memory"
    search.index(site, memory, 20)
    before = files(site)
    for n, path in enumerate(sorted(memory.iterdir())):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if n % 2 else data.replace(b"pagefind", b"pagefound"))
    runs.clear()
    search.index(site, memory, 20)
    assert runs
    assert files(site) == before


def test_memory_is_bounded(tmp_path: Path) -> None:
    """What was not used for the longest time goes first; what was used just now stays, however much it is."""
    for n in range(4):
        portions.keep(tmp_path / f"{n}.zip", [("a", bytes(1000))])
        os.utime(tmp_path / f"{n}.zip", (n, n))
    portions.trim(tmp_path, [tmp_path / "0.zip"], 2500)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.zip", "3.zip"]


def test_an_index_of_an_unknown_form_is_taken_as_it_is(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a later Pagefind may write is not touched: the site is indexed at once, and the report says so."""
    monkeypatch.setattr(form, "_SIGNATURE", b"pagefind_new")
    assert "a form that is not known" in search.index(site, most=16)
    monkeypatch.undo()
    assert len(known(site / "pagefind")["texts"]) == 47


@pytest.mark.parametrize("change", [lambda path: path.write_bytes(b"<p>New</p>"), Path.unlink], ids=["new", "gone"])
def test_a_page_that_changes_meanwhile_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    """The index of before stays, and nothing else is left in the site."""
    search.index(site)
    before, noted = {*site.rglob("*")}, reading.noted
    index = files(site)

    def overtaken(*given: Path) -> dict[str, reading.Noted]:
        pages = noted(*given)
        change(site / ARTICLE)
        return pages

    monkeypatch.setattr(reading, "noted", overtaken)
    with pytest.raises(search.SearchError, match=ARTICLE):
        search.index(site)
    assert before - {site / ARTICLE} == {*site.rglob("*")} - {site / ARTICLE}
    assert files(site) == index


def test_a_site_without_marks_is_indexed_whole(tmp_path: Path) -> None:
    """Where no page says what is to be read, all of it is."""
    site = written(tmp_path, {"index.html": '<html lang="en"><body><p>Hello</p></body></html>'})
    search.index(site)
    assert [*known(site / "pagefind")["texts"]] == ["/"]


@given(
    st.sets(st.text("abcdef", min_size=1, max_size=6), min_size=1), st.integers(1, 40), st.text("abcdef", min_size=1)
)
def test_portions_are_all_pages_and_none_too_large(names: set[str], most: int, another: str) -> None:
    """Each page is in one of them, in order; a further page leaves those before it as they are."""
    pages = sorted(names)
    found = portions.divided(pages, most)
    assert [page for portion in found for page in portion] == pages
    assert all(0 < len(portion) <= most for portion in found)
    if len(pages) > most:
        after = portions.divided(sorted({*pages, another}), most)
        untouched = [portion for portion in found if portion[-1] < another and portion is not found[-1]]
        assert after[: len(untouched)] == untouched


def test_a_further_page_changes_few_of_many_portions() -> None:
    """Bounds depend on the names around them: after a new page they are soon where they were."""
    pages = sorted(f"articles/{zlib.crc32(str(n).encode())}/index.html" for n in range(5_000))
    before = {tuple(portion) for portion in portions.divided(pages, 100)}
    changed = []
    for n in range(50):
        after = {tuple(portion) for portion in portions.divided(sorted([*pages, f"articles/{n * 8 + 10}5"]), 100)}
        changed.append(len(after - before))
    assert sum(changed) / len(changed) < 2.5
    assert len(before) > 60


def test_what_is_kept_is_a_plain_archive(site: Path, tmp_path: Path) -> None:
    """Nothing that could run when it is read back: files by name, with their check sums."""
    search.index(site, tmp_path / "memory", 20)
    archives = [*(tmp_path / "memory").glob("*.zip")]
    assert len(archives) > 2
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert all(name.endswith((".js", ".json")) or ".p" in name for name in archive.namelist())
