"""The frame in which gold trees are written: a file's letters, counted by means that are not the product's own.

A gold span is `[first letter, last letter + 1)` in the sequence of the file's letters and figures (NFC, every
`str.isalnum`), as the plainest extraction gives them: PDFium's text page by page, `w:t` of a Word file, the text of a
saved page without its scripts. So gold survives every change of the product's reading, and another system's text can
be laid over it. Pages without letters (scans) are framed by place instead: page and height in thousandths.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import lxml.html
import pypdfium2
from lxml import etree

from policy_qa.reading.vietnamese import nfc

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GRAM = 16
"""Letters that must agree in a row, and occur once on each side, before two texts are taken to say the same."""
GAP = 600
"""Letters between two places that are sure, within which the rest is compared letter by letter."""


_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(r"^\W*([^\W_]{1,4})[.)/-]", re.MULTILINE)


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
        words = [(m.start(), m.end()) for m in _WORD.finditer(composed)]
        first = {place: n for n, place in enumerate(self._places)}
        self._frame_at = _aligned(
            "".join(composed[i] for i in self._places), frame, [(first[a], first[b - 1] + 1) for a, b in words]
        )
        labels = [(first[m.start(1)], first[m.end(1) - 1] + 1) for m in _LABEL.finditer(composed)]
        _join_labels("".join(composed[i] for i in self._places), frame, self._frame_at, labels)

    def spans(self, start: int, end: int) -> set[tuple[int, int]]:
        """What `text[start:end]` is in the frame: from its first letter to its last, and from its outermost to its outermost.

        The two differ where the frame has columns or formulas in another order. Empty where no letter is in the frame.
        """
        inside = self._frame_at[bisect_left(self._places, start) : bisect_left(self._places, end)]
        found = [place for place in inside if place >= 0]
        return {(found[0], found[-1] + 1), (min(found), max(found) + 1)} if found else set()


def _aligned(text: str, frame: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """For each letter of `text` its place in `frame`, -1 for none; passages may stand in another order.

    `words` are the ranges of letters that are words: letters of one word lie side by side.
    """
    text, frame = "".join(c.lower()[:1] for c in text), "".join(c.lower()[:1] for c in frame)
    at = [-1] * len(text)
    taken = bytearray(len(frame))
    there = _unique(frame)
    for gram, i in _unique(text).items():
        j = there.get(gram)
        if j is None or at[i] >= 0:
            continue
        for step in (-1, 1):
            k = 0 if step == 1 else -1
            while (
                0 <= i + k < len(text)
                and 0 <= j + k < len(frame)
                and text[i + k] == frame[j + k]
                and at[i + k] < 0
                and not taken[j + k]
            ):
                at[i + k] = j + k
                taken[j + k] = 1
                k += step
    _fill_gaps(text, frame, at)
    _keep_words_whole(text, frame, at, words)
    return at


def _fill_gaps(text: str, frame: str, at: list[int]) -> None:
    """Letters between two that are placed not far apart: repeated words, labels beside a note mark."""
    placed = [-1, *(i for i, place in enumerate(at) if place >= 0), len(text)]
    ends = {-1: -1, len(text): len(frame)}
    for before, after in pairwise(placed):
        first, last = (
            ends.get(before, at[before] if before >= 0 else -1),
            ends.get(after, at[after] if after < len(text) else 0),
        )
        if after - before < 2 or not 1 < last - first <= GAP or after - before > GAP:
            continue
        matcher = SequenceMatcher(None, text[before + 1 : after], frame[first + 1 : last], autojunk=False)
        for block in matcher.get_matching_blocks():
            for k in range(block.size):
                at[before + 1 + block.a + k] = first + 1 + block.b + k


def _keep_words_whole(text: str, frame: str, at: list[int], words: Sequence[tuple[int, int]]) -> None:
    """A word whose letters were placed apart (its first taken for the like letter before a page's head) is put together."""
    for start, end in words:
        shifts = Counter(at[i] - i for i in range(start, end) if at[i] >= 0)
        if len(shifts) < 2:
            continue
        for shift, _ in shifts.most_common():
            if text[start:end] == frame[start + shift : end + shift]:
                at[start:end] = range(start + shift, end + shift)
                break
    _place_beside(text, frame, at, words)


def _place_beside(text: str, frame: str, at: list[int], words: Sequence[tuple[int, int]]) -> None:
    """Words not placed that stand right before or after a placed one: repeated lines between long footnotes."""
    taken = {place for place in at if place >= 0}
    for run, step in ((reversed(words), 1), (words, -1)):
        for start, end in run:
            beside = end if step == 1 else start - 1
            if at[start] >= 0 or not 0 <= beside < len(at) or at[beside] < 0:
                continue
            place = _beside(frame, at[beside], text[start:end], before=step == 1)
            if place and taken.isdisjoint(place):
                at[start:end] = place
                taken.update(place)


def _beside(frame: str, place: int, word: str, *, before: bool) -> range | None:
    """Where `word` stands right before (or after) `place` in the frame, at most the two figures of a note mark between."""
    for mark in range(3):
        first = place - len(word) - mark if before else place + 1 + mark
        between = frame[first + len(word) : place] if before else frame[place + 1 : first]
        if first >= 0 and (not mark or between.isdigit()) and frame[first : first + len(word)] == word:
            return range(first, first + len(word))
    return None


def _join_labels(text: str, frame: str, at: list[int], labels: Sequence[tuple[int, int]]) -> None:
    """A label at the start of a line ("2.", "b)") stands before its own words, not behind the line above or a page's head."""
    for start, end in labels:
        placed = end < len(at) and at[end] >= 0
        place = _beside(frame.lower(), at[end], text[start:end].lower(), before=True) if placed else None
        if place:
            at[start:end] = place


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
