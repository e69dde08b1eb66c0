"""The frame in which gold trees are written: a file's letters, counted by means that are not the product's own.

A gold span is `[first letter, last letter + 1)` in the sequence of the file's letters and figures (NFC, every
`str.isalnum`), as the plainest extraction gives them: PDFium's text page by page, `w:t` of a Word file, the text of a
saved page without its scripts. So gold survives every change of the product's reading, and another system's text can
be laid over it. Pages without letters (scans) are framed by place instead: page and height in thousandths.
"""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pypdfium2
from lxml import etree

from policy_qa.reading.vietnamese import nfc

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GRAM = 16
"""Letters that must agree in a row, and occur once on each side, before two texts are taken to say the same."""


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line as the plain extraction gives it, with its page (0: no pages)."""

    page: int
    text: str


def plain_lines(path: Path) -> list[PlainLine]:
    """The lines of a PDF, Word file, web page or text file, by the plainest means there are."""
    data = path.read_bytes()
    readers = {".pdf": _pdf, ".docx": _docx, ".html": _html}
    return list(readers.get(path.suffix, _text)(data))


def letters_of(text: str) -> str:
    """What counts in a frame: letters and figures."""
    return "".join(c for c in nfc(text) if c.isalnum())


def letters(path: Path) -> str:
    """The frame of a file."""
    return "".join(letters_of(line.text) for line in plain_lines(path))


def _pdf(data: bytes) -> Iterator[PlainLine]:
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, start=1):
        text = page.get_textpage().get_text_range()
        yield from (PlainLine(number, line) for line in text.splitlines() if line.strip())


def _docx(data: bytes) -> Iterator[PlainLine]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for paragraph in root.iter(f"{_W}p"):
        if any(up.tag in (f"{_W}p", _FALLBACK) for up in paragraph.iterancestors()):
            continue  # text boxes belong to the paragraph that holds them
        pieces: list[str] = []
        for node in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}p"):
            if any(up.tag == _FALLBACK for up in node.iterancestors()):
                continue
            pieces.append(node.text or "" if node.tag == f"{_W}t" else "\n")
        yield from (PlainLine(0, line) for line in "".join(pieces).splitlines() if line.strip())


def _html(data: bytes) -> Iterator[PlainLine]:
    root = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))
    for element in list(root.iter("script", "style", "noscript", "head")):
        element.drop_tree()
    for block in root.iter("p", "div", "td", "th", "li", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6"):
        block.tail = "\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n" + (block.text or "")
    yield from (PlainLine(0, " ".join(line.split())) for line in root.text_content().splitlines() if line.strip())


def _text(data: bytes) -> Iterator[PlainLine]:
    yield from (PlainLine(0, line) for line in data.decode("utf-8-sig").splitlines() if line.strip())


class Overlay:
    """Another text of the same file laid over its frame."""

    def __init__(self, text: str, frame: str) -> None:
        composed = nfc(text)
        self._places = [i for i, c in enumerate(composed) if c.isalnum()]  # offset in the text of each letter
        self._frame_at = _aligned("".join(composed[i] for i in self._places), frame)

    def spans(self, start: int, end: int) -> set[tuple[int, int]]:
        """What `text[start:end]` is in the frame: from its first letter to its last, and from its outermost to its outermost.

        The two differ where the frame has columns or formulas in another order. Empty where no letter is in the frame.
        """
        inside = self._frame_at[bisect_left(self._places, start) : bisect_left(self._places, end)]
        found = [place for place in inside if place >= 0]
        return {(found[0], found[-1] + 1), (min(found), max(found) + 1)} if found else set()


def _aligned(text: str, frame: str) -> list[int]:
    """For each letter of `text` its place in `frame`, -1 for none; passages may stand in another order."""
    text, frame = text.casefold(), frame.casefold()
    if len(text) != len(text.casefold()) or len(frame) != len(frame.casefold()):  # pragma: no cover - not Vietnamese
        raise ValueError("letters that change their number with case")
    at = [-1] * len(text)
    taken = bytearray(len(frame))
    there = _unique(frame)
    here = _unique(text)
    for gram, i in here.items():
        j = there.get(gram)
        if j is None or at[i] >= 0:
            continue
        first = 0
        while (
            i - first > 0
            and j - first > 0
            and text[i - first - 1] == frame[j - first - 1]
            and at[i - first - 1] < 0
            and not taken[j - first - 1]
        ):
            first += 1
        last = 0
        while (
            i + last < len(text)
            and j + last < len(frame)
            and text[i + last] == frame[j + last]
            and at[i + last] < 0
            and not taken[j + last]
        ):
            last += 1
        for k in range(-first, last):
            at[i + k] = j + k
            taken[j + k] = 1
    return at


def _unique(text: str) -> dict[str, int]:
    """Runs of `GRAM` letters that occur once, with their place."""
    grams = [text[i : i + GRAM] for i in range(len(text) - GRAM + 1)]
    counts = Counter(grams)
    return {gram: i for i, gram in enumerate(grams) if counts[gram] == 1}


def listing(lines: Sequence[PlainLine]) -> Iterator[str]:
    """The lines for a reader who makes a gold tree: number, page, place of the first letter, text."""
    place = 0
    for number, line in enumerate(lines, start=1):
        yield f"{number}\tp{line.page}\t{place}\t{line.text}"
        place += len(letters_of(line.text))
