"""`dossier add` with mails, PDFs and saved pages."""

from __future__ import annotations

import contextlib
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.intake import CONVERTERS, Arrival, UnreadableError, arrived
from tests.authoring.conftest import Run, files_in
from tests.authoring.test_add import BODY, PAGE, put


def mail(text: str = BODY, subtype: str = "plain", charset: str = "utf-8", **head: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {
        "Subject": "Fwd: Budget passes",
        "From": "Example News <news@example.org>",
        "Date": "Sat, 03 Feb 2024 23:30:00 -0500",
        **head,
    }.items():
        message[name] = value
    message.set_content(text, subtype=subtype, charset=charset)
    return message


def pdf(*pages: str, info: str = "") -> bytes:
    """A PDF with lines of plain text, as simple as one can be."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, page in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in page.splitlines())
        stream = f"BT /F1 11 Tf 14 TL 40 800 Td\n{shown}ET"
        fonts = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {fonts} /Contents {5 + 2 * n} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}%%EOF\n".encode("latin-1")


def test_a_mail_becomes_its_text(here: Path, run: Run) -> None:
    """With the subject and the day of its head; who sent it is for the curator to judge."""
    put(here / "in/Fwd Budget.eml", mail().as_bytes())
    result = run("add", "in")
    stem = "content/articles/2024-02-03-budget-passes"
    assert (result.exit_code, result.stdout.splitlines()) == (0, [f"{stem}.txt", f"{stem}.yml"])
    assert Path(f"{stem}.txt").read_text(encoding="utf-8") == BODY
    assert Path(f"{stem}.yml").read_text(encoding="utf-8").splitlines()[1:] == [
        "# Drafted from Fwd Budget.eml.",
        "# Look it over: correct what is wrong, delete what you would not vouch for.",
        "title: Budget passes  # from the head of the mail",
        "date: 2024-02-03  # from the head of the mail",
        "language: en  # as the page states it, or else by its words",
        "#authors: [Example News]  # who sent the mail: an author, the source, or neither",
        "#retrieved: 2023-11-14  # the day of the file's last change",
    ]
    assert run("check").exit_code == 0


def test_a_mail_in_html_stays_html(here: Path, run: Run) -> None:
    """In UTF-8, whatever characters it came in and its markup says."""
    page = PAGE.replace("Saturday", "Saturday in Łódź").replace("<head>", '<head><meta charset="iso-8859-2">')
    put(here / "in/a.eml", mail(page, "html", "iso-8859-2").as_bytes())
    assert run("add", "in").exit_code == 0
    (article,) = (here / "content/articles").glob("*budget*.html")
    assert "Łódź" in article.read_text(encoding="utf-8-sig")
    assert "Saturday in Łódź" in run("inspect", article.stem).stdout
    assert run("check").exit_code == 0


def test_the_plain_part_goes_before_the_other(here: Path) -> None:
    """Most mails come in both, and the plain one has nothing around it."""
    message = mail()
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    assert arrived("x.eml", message.as_bytes()).data == BODY.encode()


def test_a_mail_without_text_is_refused(here: Path, run: Run) -> None:
    """Its message says what to do; others are added."""
    message = EmailMessage()
    message["Subject"] = "See attached"
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    put(here / "in/a.eml", message.as_bytes())
    put(here / "in/b.eml", mail().as_bytes())
    result = run("add", "in")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "in/a.eml: the mail has no text of its own; save what is attached to it, and add that",
        "1 article added, 1 refused",
    ]


def test_a_pdf_becomes_its_text(here: Path, run: Run) -> None:
    """Page after page; what it says of itself is left to the curator."""
    first, second = BODY.replace("parliament", "parlia-\nment").strip().split("\n\n")
    info = "/Title (budget.doc) /Author (K. Sample) /CreationDate (D:20240204101010Z)"
    put(here / "in/Budget passes.pdf", pdf(f"Budget passes\n\n{first}\nThe parliament rose.", second, info=info))
    result = run("add", "in")
    assert result.exit_code == 0, result.stderr
    raw, metadata = (Path(line) for line in result.stdout.splitlines())
    assert "The parliament of Porto Verde passed the budget on Saturday" in raw.read_text(encoding="utf-8")
    assert second in raw.read_text(encoding="utf-8")
    lines = metadata.read_text(encoding="utf-8").splitlines()
    assert "#title: budget.doc  # what the PDF calls itself" in lines
    assert "#date: 2024-02-04  # the day the PDF was made" in lines
    assert "#authors: [K. Sample]  # whom the PDF names as its author" in lines
    assert run("check").exit_code == 0


def test_a_pdf_of_pictures_is_refused(here: Path, run: Run) -> None:
    """Nothing is taken in that has no text."""
    result = run("add", put(here / "scan.pdf", pdf("")), put(here / "torn.pdf", b"%PDF-1.4 torn"))
    assert result.exit_code == 1
    scan, torn, _ = result.stderr.splitlines()
    assert "the PDF has no text" in scan
    assert "the PDF cannot be read" in torn
    assert [*(here / "content/articles").glob("*.yml")] == []


def test_a_pdf_that_would_take_minutes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small its file is: what it draws is counted, also what it draws again and again."""
    monkeypatch.setattr("dossier.intake.pdf.MOST_STROKES", 500)
    assert arrived("x.pdf", pdf("One line.\n" * 20)).data
    with pytest.raises(UnreadableError, match="more than an article"):
        arrived("x.pdf", pdf(*["One line.\n" * 20] * 5))
    with pytest.raises(UnreadableError, match="more than 500 pages"):
        arrived("x.pdf", pdf(*["x"] * 501))


def test_without_pypdf_the_extra_is_named(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, and everything else is added."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    put(here / "in/a.pdf", pdf(BODY))
    put(here / "in/b.eml", mail().as_bytes())
    result = run("add", "in")
    assert result.stderr.splitlines() == [
        "in/a.pdf: to read a PDF, install the extra pdf: pip install 'dossier[pdf]'",
        "1 article added, 1 refused",
    ]


@pytest.mark.parametrize("folder", ["Budget_files", "Budget-Dateien", "Budget.assets"])
def test_a_saved_page_comes_without_its_folder(here: Path, run: Run, folder: str) -> None:
    """What a browser saved along with a page are frames and scripts, no articles."""
    put(here / "in/Budget.html", PAGE)
    put(here / f"in/{folder}/frame.html", PAGE.replace("Saturday", "Sunday"))
    put(here / f"in/{folder}/script.txt", "var a;")
    assert run("add", "in/Budget.html", f"in/{folder}", "--dry-run").stderr == "1 article would be added\n"
    result = run("add", "in")
    assert result.stderr == "1 article added\n"
    assert len([name for name in files_in(here / "content/articles") if "budget" in name]) == 2


@given(st.sampled_from([*CONVERTERS]), st.binary() | st.text().map(str.encode))
def test_whatever_the_bytes_a_file_is_read_or_refused(suffix: str, data: bytes) -> None:
    """Never a traceback."""
    try:
        found = arrived(f"x{suffix}", data)
    except UnreadableError:
        return
    assert isinstance(found, Arrival)
    assert found.data.strip()


@given(st.data())
def test_a_damaged_mail_or_pdf_is_read_or_refused(data: st.DataObject) -> None:
    """Whichever bytes of it are changed."""
    suffix, whole = data.draw(st.sampled_from([(".eml", mail().as_bytes()), (".pdf", pdf(BODY))]))
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableError):
        assert arrived(f"x{suffix}", bytes(damaged)).data
