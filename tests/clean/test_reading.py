"""What holds for every file, whatever is in it, and for single steps of the reading."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dossier import edtf
from dossier.clean import clean
from dossier.clean.closing import CLOSING
from dossier.clean.curation import matcher
from dossier.clean.dates import days, in_path
from dossier.clean.decode import decode, lines, plain
from dossier.clean.furniture import FURNITURE
from dossier.clean.provenance import match_source
from dossier.model import Article, RawArticle, Ref
from dossier.schema import ArticleEntry, Cleaning, Source
from dossier.schema.patterns import LONGEST_LINE

WORDS = st.sampled_from(
    ["The minister said on Tuesday that nothing would change.", "By Jane Roe", "March 3, 2023", "Share", "* News", "—",
     "Sponsor: X", "Comments", "“No,” he said.", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\u202e", "\x00", "é",
     "e\u0301", "# Head", "**b**", "> q", "Read more", "© 2023 X", "3/4/2023", "---", "title: x", "a" * 300]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=40).map("\n".join)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<h1>", "<br>", "<script>", "<li>", "<a href='x'>", "</a>", "<!--", "-->",
     "<h2>", "<meta name=author content='A B'>", "&nbsp;", "&#0;", "<", ">", "<article>", "<span hidden>", "</span>",
     "<?xml version='1.0' encoding='x'?>"]
)  # fmt: skip
PAGES = st.lists(st.one_of(TAGS, WORDS), max_size=60).map(" ".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp1251", "gb18030"])


def read(data: bytes, suffix: str = ".txt", entry: ArticleEntry | None = None) -> Article:
    return clean(RawArticle(Ref("articles", "a"), f"articles/a{suffix}", data), entry or ArticleEntry(), {})


def check(article: Article) -> None:
    """The offsets, numbers and texts of an article agree with each other."""
    words = [article.words_of(p) for p in article.paragraphs]
    assert article.text == "\n\n".join(words)
    assert all(text and text == " ".join(text.split()) for text in words)
    assert [p.n for p in article.paragraphs] == list(range(1, len(words) + 1))
    assert all(p.line >= 1 for p in article.paragraphs)
    assert article.title
    assert unicodedata.is_normalized("NFC", article.text)
    assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in article.text)
    known = {"date": article.date, "authors": article.authors, "source": article.source_name}
    assert set(article.basis) - {"title"} == {name for name, value in known.items() if value}


def test_a_page_whose_head_is_not_closed() -> None:
    """Paragraphs that stand in the head by mistake, where no browser shows them as such, are still its text."""
    words = "The ministers met in Vienna, and they talked for an hour about the treaty and the bridge."
    page = f"<html><head><title>Talks</title></head:<body><article><h1>Talks</h1><p>{words}</p></article></body></html>"
    article = read((page * 3).encode(), ".html")
    check(article)
    assert words in article.text
    assert "<" not in article.text


def test_a_sentence_is_no_byline() -> None:
    """A name in a short first sentence, near the date, is that of somebody in the news."""
    prose = "Roe met her Norwegian counterpart, Erik Lund, in Vienna on Monday.\n\nThey talked for an hour, she said.\n"
    assert read(f"Ministers meet\n\nMay 6, 2024\n\n{prose}".encode()).authors == ()
    assert read(f"Ministers meet in Vienna\n\nAnna Berg\n\nMay 6, 2024\n\n{prose}".encode()).authors == ("Anna Berg",)


def test_a_page_of_scripts_has_no_text() -> None:
    """Where all that a page would say is made by scripts, nothing is left, and nothing of them is shown."""
    article = read(b"<html><body><script>var text = 'The ministers met.';</script></body></html>", ".html")
    check(article)
    assert article.paragraphs == ()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".htm", ""]))
def test_any_bytes(data: bytes, suffix: str) -> None:
    """Whatever the bytes, an article comes out and agrees with itself."""
    check(read(data, suffix))


@settings(deadline=None)
@given(TEXTS, ENCODINGS)
def test_nothing_is_lost(text: str, encoding: str) -> None:
    """Every non-blank line of a plain text is in a paragraph or among the removed lines, word for word."""
    data = text.encode(encoding, "replace")
    article = read(data)
    check(article)
    rows = [row.text for row in lines(decode(data))]
    there = " ".join([article.words_of(p) for p in article.paragraphs] + [r.text for r in article.removed])
    assert sorted(there.split()) == sorted(" ".join(rows).split())


@settings(deadline=None)
@given(TEXTS, ENCODINGS)
def test_as_it_stands(text: str, encoding: str) -> None:
    """With `clean: none` the text is that of the file, whitespace and invisible characters aside."""
    data = text.encode(encoding, "replace")
    article = read(data, entry=ArticleEntry(clean="none"))
    check(article)
    assert "".join(article.text.split()) == "".join(plain(decode(data)).split())
    assert article.removed == ()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
def test_pages(page: str) -> None:
    """Whatever the tags, a page comes out as an article made of its own words."""
    article = read(page.encode(), ".html")
    check(article)
    own = set("".join(html.unescape(plain(decode(page.encode(), markup=True))).split()))
    assert set("".join(article.text.split())) <= own


@settings(deadline=None)
@given(TEXTS)
def test_markdown_words(text: str) -> None:
    """Markdown adds no words of its own."""
    article = read(text.encode(), ".md")
    check(article)
    assert set(article.text) <= set(plain(decode(text.encode()))) | {"\n", " "}


def test_empty() -> None:
    """A file without words has no text, no paragraphs, and its name for a title."""
    for suffix in (".txt", ".md", ".html"):
        article = clean(
            RawArticle(Ref("articles", "x"), f"articles/harbour-treaty{suffix}", b" \n\r\n"), ArticleEntry(), {}
        )
        assert (article.text, article.paragraphs, article.title) == ("", (), "Harbour treaty")
        assert not article.basis


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "“Nothing – at all,” said Zoë."),
        ("utf-16", "“Nothing – at all,” said Zoë."),
        ("utf-16-le", "Nothing at all was said in the hall."),
        ("utf-16-le", "Министр иностранных дел заявил во вторник, что переговоры продолжатся."),
        ("utf-16-be", "Ο υπουργός Εξωτερικών δήλωσε ότι οι συνομιλίες θα συνεχιστούν."),
        ("utf-32", "“Nothing – at all,” said Zoë."),
        ("cp1252", "“Nothing – at all,” said the minister, and left for the airport at once."),
        ("cp1251", "Министр иностранных дел заявил во вторник, что переговоры продолжатся весной в столице."),
    ],
)
def test_encodings(encoding: str, text: str) -> None:
    """An encoding is found by its mark, by being UTF-8, or by its bytes."""
    assert decode(text.encode(encoding)).strip("\ufeff") == text


def test_declared_encoding() -> None:
    """A page is read in the encoding that it declares, and latin-1 means Windows-1252, as in browsers."""
    page = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'
    cyrillic = page.format("windows-1251", "Да")
    assert decode(cyrillic.encode("cp1251"), markup=True) == cyrillic
    quoted = page.format("iso-8859-1", "“ja”")
    assert decode(quoted.encode("cp1252"), markup=True) == quoted


def test_broken_utf8() -> None:
    """A text that was cut in the middle of a character is UTF-8 all the same."""
    assert decode("Zoë said: “nothing”".encode()[:-1]).startswith("Zoë said: “nothing")


def test_characters() -> None:
    """Invisible characters go, exotic spaces become plain, typography and joiners of other scripts stay."""
    assert plain("a\u00adb\u200bc\u202ed\x00e\ufeff") == "abcde"
    assert plain("a\U000e0041b\U000e0101c\u2067d\ufe0f\ufe0e\ufe00") == "abcd\ufe0f"
    assert plain("葛\U000e0100 ❤\ufe0f می\u200cخواهم") == "葛\U000e0100 ❤\ufe0f می\u200cخواهم"
    assert plain("10\u202f000\u00a0km – “so”") == "10 000 km – “so”"
    assert plain("می\u200cخواهم 👩\u200d💻 a\u200db") == "می\u200cخواهم 👩\u200d💻 ab"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("March 3, 2023", ["2023-03-03"]),
        ("Mar. 3 2023 and 3rd of March, 2023", ["2023-03-03", "2023-03-03"]),
        ("Fri 3 Mar 2023 10.15 GMT", ["2023-03-03"]),
        ("2023-03-03T10:15:00Z", ["2023-03-03"]),
        ("2023/3/3 or 03.03.2023 or 3/3/2023", ["2023-03-03"] * 3),
        ("12/22/16 6:50pm", ["2016-12-22"]),
        ("22/12/2016", ["2016-12-22"]),
        ("3 mars 2023, 3. März 2023, 3 de marzo de 2023, 3 марта 2023", ["2023-03-03"] * 4),
        ("2023年3月3日", ["2023-03-03"]),
        ("Nov. 20, 2019 - 11:28 AM", ["2019-11-20"]),
        ("3/4/2023", []),
        ("Feb. 24", []),
        ("30 February 2023", []),
        ("room 2023, line 3", []),
        ("1.2.3.2023", []),
    ],
)
def test_days(text: str, found: list[str]) -> None:
    """Full dates are found in all common forms; what is incomplete, impossible or reads two ways is none."""
    assert [day.iso for day in days(text)] == found


def test_roles_of_days() -> None:
    """The words before a date tell publication and update apart."""
    text = "Published March 9, 2017 | Modified March 10, 2017 | Retrieved 11 March 2017 | 12 March 2017"
    assert [day.role for day in days(text)] == ["published", "updated", "updated", "plain"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-03-03-foo.txt", "2023-03-03"),
        ("20230303.txt", "2023-03-03"),
        ("003_59670d51a8f6aaf8.txt", None),
        ("2023-13-40.txt", None),
    ],
)
def test_day_in_name(name: str, day: str | None) -> None:
    """A date in a file's name counts if it is one."""
    assert in_path(name) == day


def test_precedence() -> None:
    """What the curator states wins over the page, and the page over the file's name."""
    page = (
        b"<html><head><meta property='article:published_time' content='2020-01-02'></head><body><p>x</p></body></html>"
    )
    raw = RawArticle(Ref("articles", "a"), "articles/2019-01-01-a.html", page)
    by_page = clean(raw, ArticleEntry(), {})
    assert by_page.date == edtf.parse("2020-01-02")
    assert by_page.basis["date"] == "html"
    by_hand = clean(raw, ArticleEntry(date=edtf.parse("2021"), authors=("Jane Roe",), title="T"), {})
    assert (str(by_hand.date), by_hand.authors, by_hand.title) == ("2021", ("Jane Roe",), "T")
    assert dict(by_hand.basis) == {"date": "curated", "authors": "curated", "title": "curated"}
    nameless = RawArticle(raw.ref, raw.path, b"<p>x</p>")
    assert clean(nameless, ArticleEntry(), {}).basis["date"] == "filename"


def test_source() -> None:
    """A source is matched to its entry by name, alias or host; one that two entries share is left alone."""
    news = Source(name="Example News", aliases=["EN Wire"], url="https://www.example.org/")
    sources = {Ref("sources", "en"): news, Ref("sources", "other"): Source(name="Other", aliases=["EN Wire 2"])}
    for name in ("example news", "The Example News", "EN-Wire", "example.org", "https://example.org/a"):
        assert match_source(name, sources) == Ref("sources", "en")
    assert match_source("Elsewhere", sources) is None
    twins = {**sources, Ref("sources", "twin"): news}
    assert match_source("Example News", twins) is None
    text = b"example.org\n3 Mar 2023\n\nTreaty signed at last\n\n"
    text += b"The treaty was signed on Tuesday after a night of talks, officials said.\n"
    article = clean(RawArticle(Ref("articles", "a"), "articles/a.txt", text), ArticleEntry(), sources)
    assert (article.source, article.source_name) == (Ref("sources", "en"), "Example News")


BODY = "The treaty was signed on Tuesday after a night of talks, officials said in the capital.\n"


@pytest.mark.parametrize(
    ("suffix", "text", "url", "basis"),
    [
        (".txt", f"Example News\nTreaty signed at last\n\n{BODY}", None, "text"),
        (".txt", f"Treaty signed at last\n\nPORT (EN Wire) – {BODY}", None, "text"),
        (".txt", f"https://example.org/treaty\nTreaty signed at last\n\n{BODY}", None, "text"),
        (".txt", f"Source: Elsewhere\nTreaty signed at last\n\n{BODY}", "https://www.example.org/t", "curated"),
        (
            ".html",
            f"<html><head><link rel=canonical href='https://example.org/t'></head><p>{BODY}</p></html>",
            None,
            "html",
        ),
        (".txt", f"Treaty signed at last\n\n{BODY} Example News said nothing.", None, None),
    ],
)
def test_known_source(suffix: str, text: str, url: str | None, basis: str | None) -> None:
    """A curated source is known by its name above the article, its dateline, or the address of either side."""
    ref = Ref("sources", "en")
    sources = {ref: Source(name="Example News", aliases=["EN Wire"], url="https://www.example.org/")}
    raw = RawArticle(Ref("articles", "a"), f"articles/a{suffix}", text.encode())
    article = clean(raw, ArticleEntry(url=url), sources)
    assert article.source == (ref if basis else None)
    assert article.basis.get("source") == basis


@pytest.mark.parametrize("pattern", ["/(a+)+$/", "/(a|a)*b/", "/(/", "/a*b*c*d*e*/", f"/{'a' * 300}/", r"/(\w+\s?)*x/"])
def test_costly_patterns(pattern: str) -> None:
    """A pattern that is broken or could take for ever is reported and means no line."""
    with pytest.raises(ValidationError) as error:
        Cleaning.model_validate({"drop": ["Home", pattern]})
    assert [(fault["loc"], fault["type"]) for fault in error.value.errors()] == [(("drop", 1), "pattern")]
    assert not matcher((pattern,))("a" * 5000 + "!")


@pytest.mark.parametrize(
    "pattern", [r"/^Widget \d+: .*/", r"/[(a|b)+]+c/", "/(?:https?|ftp):/", "/(ab)+/", r"/\(.*\)\+/", "/a{2,3}/"]
)
def test_sound_patterns(pattern: str) -> None:
    """An ordinary pattern is not taken for a costly one."""
    assert Cleaning.model_validate({"drop": [pattern]}).drop == (pattern,)


def test_patterns_see_the_beginning() -> None:
    """A pattern is tried on the beginning of a line, the text of a line as a whole."""
    assert not matcher(("/x$/",))("a" * LONGEST_LINE + "x")
    assert matcher(("Home  page",))("Home page")


@pytest.mark.parametrize("rule", [rule for _, rule in (*FURNITURE, *CLOSING)])
@pytest.mark.parametrize(
    "hostile", ["google+" * 34, "x" * 240, " " * 240, "a|" * 120, "share on " * 26, "9:" * 120, "(" * 240, "By A " * 48]
)
def test_rules_are_quick(rule: Callable[[str], bool], hostile: str) -> None:
    """No rule loses its way in a line made to confuse it (the test would not end)."""
    assert rule(hostile + "\u2007!") in (True, False)


def test_an_element_of_a_hundred_thousand_attributes_is_read() -> None:
    """The parser compares each attribute with all before it: a start tag with thousands of them has none."""
    attributes = " ".join(f"a{n}=b" for n in range(100_000))
    page = f"<html><body><p {attributes}>The minister said on Monday that the talks would go on.</p></body></html>"
    raw = RawArticle(Ref("articles", "x"), "articles/x.html", page.encode())
    assert clean(raw, ArticleEntry(), {}).text == "The minister said on Monday that the talks would go on."
