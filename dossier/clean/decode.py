"""Bytes to text to lines: the encoding found, invisible characters dropped, spaces made plain."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{3,20})", re.I
)
_CHARSET = re.compile(
    r"(windows-?\d+|cp-?\d+|iso-?8859-?\d+|latin-?\d|koi8-?[rut]|gb\w+|big5\S*|shift\S*|x-sjis|euc\S*)"
)
# What pages declare and what browsers read instead (https://encoding.spec.whatwg.org/#names-and-labels).
_READ_AS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_READ_AS |= {"shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "iso-8859-9": "cp1254"}
_DETECT_BYTES = 65536

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
# Joiners shape words in Persian, Arabic and the scripts of India; between Latin letters they are litter.
_STRAY_JOINER = re.compile("(?<![\u0600-\u109f\u1780-\u18aa\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]")
# Selectors of a form of the character before them: more than one, or behind letters, they hide a text in the text.
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_STRAY_SELECTOR = re.compile(
    "(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+|(?<![\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]+"
)
_SPACES = re.compile("[\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
#: Every character that one of these is about: a single set is found at many times the speed of what looks back.
_ODD = re.compile(f"{_INVISIBLE.pattern[:-1]}{_SPACES.pattern[1:-1]}{_SELECTOR.pattern[1:-1]}\u200c\u200d]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the raw file (counted from 1) as tidy text; for HTML, a block and the line it is on."""

    number: int
    text: str


def decode(data: bytes, *, markup: bool = False) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as declared (`markup`), or as detected.

    Never raises; what no encoding explains becomes U+FFFD.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A long file with a broken character or two is UTF-8 all the same (a cut, a stray byte).
        lossy = data.decode("utf-8", "replace")
        good = sum(char > "\x7f" for char in lossy) - lossy.count("\ufffd")
        if good > 10 * lossy.count("\ufffd") or (error.start >= len(data) - 3 and good):
            return lossy
    declared = _DECLARED.search(data, 0, 4096) if markup else None
    if declared and (text := _as_declared(data, declared[1].decode("ascii").lower())) is not None:
        return text
    return data.decode(_detect(data[:_DETECT_BYTES]), "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: no other text has zero bytes; here every blank and line end has one, all on one side."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 4:
        return None
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) > 0.02 * half and low.count(0) < 0.1 * high.count(0):
            try:
                codecs.getincrementaldecoder(encoding)().decode(sample)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _as_declared(data: bytes, name: str) -> str | None:
    encoding = _READ_AS.get(name, name)
    if not _CHARSET.fullmatch(encoding):  # not every codec Python knows is an encoding of pages
        return None
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return None


def _detect(data: bytes) -> str:
    """The likeliest one-byte or East Asian encoding of bytes that are not UTF-8."""
    high = sum(byte > 0x7F for byte in data)
    quotes = sum(byte in b"\x85\x91\x92\x93\x94\x96\x97" for byte in data)
    if quotes and high < 0.15 * len(data):  # Western text with typographic quotation marks and dashes
        return "cp1252"
    # Slow to import (30 ms) and seldom needed.
    from charset_normalizer import from_bytes

    best = from_bytes(data).best() if high >= 0.05 * len(data) else None
    return best.encoding if best else "cp1252"


def tidy(text: str) -> str:
    """One line of text: invisible characters dropped, exotic spaces plain and single, NFC.

    >>> tidy(" a\\u00a0 b\\u200b\\u202ec ")
    'a bc'
    """
    return " ".join(plain(text).split())


def plain(text: str) -> str:
    """A text of any length without invisible characters and exotic spaces, in NFC; its line ends stay."""
    odd = _ODD.search(text)
    if odd and ("\u200c" in text or "\u200d" in text):
        text = _STRAY_JOINER.sub("", text)
    if odd and _SELECTOR.search(text):
        text = _STRAY_SELECTOR.sub("", text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)) if odd else text


def lines(text: str) -> list[Line]:
    """The non-blank lines of a decoded file, tidied, with their numbers."""
    text = plain(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [Line(n, " ".join(words)) for n, line in enumerate(text.split("\n"), 1) if (words := line.split())]
