"""Whether a PDF page has its text as text: pages that are pictures, or whose letters are wrong, must be recognised.

Everything is decided page by page and by measurement. The figures are of the 248 pages of 24 files of the gazette: a page
with text has at least 280 characters, 79 % of its words at least are syllables, 9 % at most have no vowel, and no picture is
on it; on the scanned ones the gazette's own head and some signatures are text, 90 characters at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from policy_qa.reading import legacy
from policy_qa.reading.pdf.characters import HYPHEN, Characters
from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.syllables import has_vowel, syllabic_share

Flaw: TypeAlias = Literal["picture", "letters", "layer", "asked"]
"""A picture in place of text; letters that mean nothing; the poor text that a scanner has put under its picture; or a
person has found the text to be wrong."""

NO_TEXT, LITTLE_TEXT = 40, 400
"""Characters: without a line of text any picture is worth a look; with no more than a few lines one that fills a good part
of the page (`SMALL_PICTURE`, `LARGE_PICTURE`, in parts of the page) is."""
SMALL_PICTURE, LARGE_PICTURE = 0.02, 0.2
OUTLINES = 100
"""Shapes on a page without text or picture: letters drawn as outlines."""
CODELESS = 0.2
"""Characters that the font gives no letter for, of all; bullets of symbol fonts make one in a hundred."""
FEW_WORDS = 20
"""Fewer words are not judged."""
VOWELLESS = 0.3
"""Words without a vowel, or of two scripts at once, of all in Latin letters: 9 % at most in text, English included; nearly
all where the codes of glyphs are taken for letters."""
VIETNAMESE, SYLLABIC = 0.1, 0.5
"""Words with letters that only Vietnamese has, and the share of syllables that text with so many of them must have."""
WELL_READ = 0.9
"""Share of syllables of a good text under a scan; 75 % where English was looked for in it."""
COVERED = 0.5  # part of the page; what lies under so large a picture is the text of a scan

_GAZETTE = re.compile(r"CÔNG BÁO\s?/\s?Số \d", re.IGNORECASE)
_VIETNAMESE_ONLY = re.compile(
    r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_WHOLE = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
"""Words without a figure in them."""
_GRID = 100  # cells to a side of the page on which the places of pictures are marked


def flaw(page: pypdfium2.PdfPage, found: Characters, lines: Sequence[PrintedLine]) -> Flaw | None:
    """What is wrong with a page's text; None where it can be read, or where there is nothing to read."""
    text = found.text
    is_good = found.encoding is not None or is_well_read(text)
    if _is_codeless(found) or (not is_good and _is_garbled(text)):
        return "letters"
    length = text_length(lines)
    if length < LITTLE_TEXT:
        pictured = pictured_share(page)
        if pictured > (LARGE_PICTURE if length >= NO_TEXT else SMALL_PICTURE):
            return "picture"
        return "picture" if length < NO_TEXT and not pictured and _is_outlined(page) else None
    if not is_good and len(legacy.plain_words(text)) >= FEW_WORDS and pictured_share(page) > COVERED:
        return "layer"
    return None


def text_length(lines: Iterable[PrintedLine]) -> int:
    """How many characters lines have, the gazette's running head aside."""
    return sum(len(line.text) for line in lines if not _GAZETTE.search(line.text))


def is_well_read(text: str) -> bool:
    """Whether nearly all words are syllables; in another language they are not, however well it was read."""
    found = legacy.plain_words(text)
    return len(found) >= FEW_WORDS and syllabic_share(found) >= WELL_READ


def _is_codeless(found: Characters) -> bool:
    codes = found.codes[found.boxes[:, 2] > found.boxes[:, 0]]
    private = (codes >= 0xE000) & (codes < 0xF900)
    control = (codes < 0x20) & ~np.isin(codes, (9, 10, 13, HYPHEN))
    return bool((private | control | (codes == 0xFFFD)).sum() > CODELESS * max(len(codes), 1))


def _is_garbled(text: str) -> bool:
    """Whether the letters are not those that are seen; other scripts, other languages and old encodings are none of it."""
    latin = [word for word in _WHOLE.findall(text) if len(word) > 1 and _LATIN.search(word)]
    if len(latin) < FEW_WORDS:
        return False
    if sum(not _is_sayable(word) for word in latin) > VOWELLESS * len(latin):
        return True
    found = legacy.plain_words(text)
    vietnamese = sum(bool(_VIETNAMESE_ONLY.search(word)) for word in found)
    return len(found) >= FEW_WORDS and vietnamese > VIETNAMESE * len(found) and syllabic_share(found) < SYLLABIC


def _is_sayable(word: str) -> bool:
    return has_vowel(word) and all(map(_LATIN.match, word))


def pictured_share(page: pypdfium2.PdfPage) -> float:
    """The part of a page that pictures cover, 0 to 1."""
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    covered = np.zeros((_GRID, _GRID), np.bool_)
    for box in _boxes(page, pdfium.FPDF_PAGEOBJ_IMAGE):
        x0, x1 = (_cell((x - left) / width) for x in (box[0], box[2]))
        y0, y1 = (_cell((y - bottom) / height) for y in (box[1], box[3]))
        covered[y0:y1, x0:x1] = True
    return float(covered.mean())


def _cell(part: float) -> int:
    return round(min(max(part, 0.0), 1.0) * _GRID)


def _is_outlined(page: pypdfium2.PdfPage) -> bool:
    return sum(1 for _ in _boxes(page, pdfium.FPDF_PAGEOBJ_PATH)) > OUTLINES


def _boxes(page: pypdfium2.PdfPage, kind: int) -> Iterable[tuple[float, float, float, float]]:
    try:
        for item in page.get_objects(filter=(kind,), max_depth=5):
            yield item.get_bounds()
    except pypdfium2.PdfiumError:
        return
