"""Words recognised on a picture, set straight in points of the page, freed of what is not writing, cut into fragments.

A fragment is what stands side by side without a gap as wide as a line is high: a line, or one column's part of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from policy_qa.document import Box
from policy_qa.reading.hocr import Edges, Sheet, TextLine, Word, mean_confidence
from policy_qa.reading.rules import Grid
from policy_qa.reading.syllables import is_syllable
from policy_qa.reading.vietnamese import compose

FULL_HEIGHT = 1.15
"""Of the height from descender to ascender: the height of a font, which printed lines have for their size."""

_DESCENT = 0.22  # of a font's height
_WIDE_GAP = 1.05  # of a font's height: columns are at least that far apart, words of a stretched line half of it
_SPLIT_NUMBER = 0.3  # of a font's height: the parts of a document's number torn apart lie nearer
_SURE = 0.6  # nine words in ten that were read rightly have more
_DOUBTFUL = 0.3  # hardly any has less
_EVEN = 0.5
_CERTAIN = 0.9  # letters that stand alone are mostly specks
_TALL = 1.6  # of the usual height
_TOP, _BOTTOM = 0.905, 0.08  # parts of the page's height beyond which only page numbers and heads are printed

_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d.,/:-]*%?")
_REFERENCE = re.compile(r"\d{1,5}(?:/\d{4})?/[A-ZĐƯ][A-ZĐƯa-zđ]*\d*(?:-[A-ZĐƯ][A-ZĐƯa-z]*)*")
_ABBREVIATION = re.compile(r"[A-ZĐƯ]{2,}(?:[-/][A-ZĐƯ]+)*|[IVX]{1,5}")
_AROUND = "()“”\"'.,;:…/"
_REFERENCE_START = re.compile(r"\W?[\d§]{1,5}(?:/\d{4})?/[A-ZĐƯ]{1,5}-\W?$")
_LABEL = re.compile(r"(?:\(?(?:[a-zđ]{1,2}\d?|\d{1,3}(?:\.\d{1,3})*)[.)]|[IVX]{1,5}[.)-]|[-–+•*])$")
_MAYBE_LABEL = re.compile(r"\W?[\w©®\[{|!]{1,3}[).,:\]}]$")
_DASH = re.compile(r"(?:[-–—~+•*_]|[-–—~_.]{2})$")
_DASHES = frozenset("-–+•*")
_ALIGNED = 4.0  # points
_SIGNS_WITHIN = frozenset("-–—&/=+×%<>≤≥±")
_HEADING = re.compile(r"(?:Điều|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)$")
_MOTTO = re.compile(r"(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN) VIỆT NAM$")


@dataclass(frozen=True, slots=True)
class Straightening:
    """How a page of this size in points is turned about its centre so that its lines lie level.

    `slope` is that of the lines as they were scanned, down to the right.
    """

    width: float
    height: float
    slope: float = 0.0

    def level(self, x: float, y: float) -> tuple[float, float]:
        """A point of the scanned page, origin top left, on the level one, origin bottom left."""
        across, down = x - self.width / 2, y - self.height / 2
        return x + self.slope * down, self.height - y + self.slope * across

    def scanned(self, box: Box) -> Box:
        """The smallest rectangle of the scanned page around one of the level page; both have their origin bottom left."""
        corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        xs = [min(max(x + self.slope * (y - self.height / 2), 0.0), self.width) for x, y in corners]
        ys = [min(max(y - self.slope * (x - self.width / 2), 0.0), self.height) for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word in points of the level page; `raised` as in `Word`."""

    text: str
    confidence: float
    left: float
    right: float
    raised: tuple[int, ...] = ()


@dataclass(slots=True)
class Fragment:
    """Words side by side: the line they stand on and the height of their font, in points of the level page."""

    words: list[PlacedWord]
    base: float
    size: float

    @property
    def left(self) -> float:
        """The left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """The right edge."""
        return max(word.right for word in self.words)

    @property
    def bottom(self) -> float:
        """The lower edge of the font's height."""
        return self.base - _DESCENT * self.size

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.bottom + self.size

    @property
    def box(self) -> Box:
        """Its rectangle."""
        return Box(self.left, self.bottom, self.right, self.top)

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean over its characters, 0 to 1."""
        return mean_confidence(self.words)


def is_wordlike(text: str) -> bool:
    """Whether a recognised word can be one: syllables, a number, a document's number, an abbreviation."""
    bare = text.strip(_AROUND)
    if not bare:
        return False
    if _NUMBER.fullmatch(bare) or _REFERENCE.fullmatch(bare) or _ABBREVIATION.fullmatch(bare):
        return True
    parts = _LETTERS.findall(bare)
    # Syllables may be joined by hyphens and stops, but by nothing else.
    return bool(parts) and all(map(is_syllable, parts)) and len(bare) - sum(map(len, parts)) < 2


def straightening(sheet: Sheet, width: float, height: float) -> Straightening:
    """How a recognised sheet lies on a page of this size: by the median of its lines' slopes, each weighted by its length."""
    slopes = sorted(
        (line.slope, line.words[-1].box[2] - line.words[0].box[0])
        for line in sheet.lines
        if line.is_level and len(line.words) > 3
    )
    rest = sum(length for _, length in slopes) / 2
    for slope, length in slopes:
        rest -= length
        if rest <= 0:
            return Straightening(width, height, slope)
    return Straightening(width, height)


def fragments(
    sheet: Sheet, place: Straightening, borders: Grid | None = None, covered: Collection[Box] = ()
) -> list[Fragment]:
    """The fragments of a sheet, cut at the `borders` of tables.

    Words in `covered` boxes (of the scanned page, in points) are left out.
    """
    scale = place.width / sheet.width
    usual = usual_size(sheet)
    found: list[Fragment] = []
    for line in (line for line in sheet.lines if line.is_level):
        words = [word for word in line.words if not _is_covered(word.box, covered, scale, place)]
        size = (usual if 0.8 * usual < line.size < 1.5 * usual else line.size) * FULL_HEIGHT * scale
        placed = _joined([_placed(w, line, scale, place) for w in words], size)
        for part in _cut(placed, size, _base(placed, line, scale, place) + 0.3 * size, borders):
            found += _fragment(part, line, scale, place)
    found = _without_specks(found)
    return [fragment for fragment in found if _is_writing(fragment, usual * FULL_HEIGHT * scale, place)]


def usual_size(sheet: Sheet) -> float:
    """The size of most letters of a sheet, in pixels; 0 for an empty one."""
    sizes = sorted((line.size, sum(len(word.text) for word in line.words)) for line in sheet.lines)
    rest = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        rest -= length
        if rest <= 0:
            return size
    return 0.0


def _placed(word: Word, line: TextLine, scale: float, place: Straightening) -> PlacedWord:
    left, _, right, _ = word.box
    ends = [place.level(x * scale, (line.base + line.slope * x) * scale)[0] for x in (left, right)]
    return PlacedWord(compose(word.text), word.confidence, ends[0], ends[1], word.raised)


def _fragment(words: list[PlacedWord], line: TextLine, scale: float, place: Straightening) -> list[Fragment]:
    words = _without_noise(words)
    if not words:
        return []
    return [Fragment(words, _base(words, line, scale, place), line.size * FULL_HEIGHT * scale)]


def _base(words: Sequence[PlacedWord], line: TextLine, scale: float, place: Straightening) -> float:
    """Where a line stands, at the middle of some of its words: one slope does not fit all lines of a page."""
    middle = (words[0].left + words[-1].right) / 2 if words else 0.0
    return place.level(middle, line.base * scale + line.slope * middle)[1]


def _is_covered(box: Edges, covered: Collection[Box], scale: float, place: Straightening) -> bool:
    x, y = (box[0] + box[2]) / 2 * scale, place.height - (box[1] + box[3]) / 2 * scale
    return any(c.left <= x <= c.right and c.bottom <= y <= c.top for c in covered)


# --- columns ------------------------------------------------------------------------------------------------------


def _joined(words: Sequence[PlacedWord], size: float) -> list[PlacedWord]:
    """The parts of a document's number joined again: "86/2016/TT-" "-BQP", whose hyphen was read twice."""
    result: list[PlacedWord] = []
    for word in words:
        last = result[-1] if result else None
        if last is not None and _REFERENCE_START.match(last.text) and word.left - last.right < _SPLIT_NUMBER * size:
            tail = word.text.lstrip("-–.:'\"]")
            if tail[:1].isupper():
                text = last.text[: last.text.rindex("-") + 1] + tail
                confidence = mean_confidence((last, word))
                result[-1] = PlacedWord(text, confidence, last.left, word.right)
                continue
        result.append(word)
    return result


def _cut(words: Sequence[PlacedWord], size: float, height: float, borders: Grid | None) -> list[list[PlacedWord]]:
    """Cut where columns part; a label and its text stay together however wide the gap. `height` is the line's middle."""
    parts: list[list[PlacedWord]] = []
    for word in words:
        if parts:
            right = max(w.right for w in parts[-1])
            is_label = len(parts[-1]) == 1 and bool(_LABEL.match(parts[-1][0].text))
            is_wide = word.left - right > _WIDE_GAP * size and not is_label
        if not parts or is_wide or crosses_border(borders, right, word.left, height):
            parts.append([])
        parts[-1].append(word)
    return [piece for part in parts for piece in _motto_apart(part)]


def crosses_border(borders: Grid | None, right: float, left: float, height: float) -> bool:
    """Whether a border stands between what ends at `right` and what begins at `left`, at this height."""
    if borders is None:
        return False
    gap = (np.array([value]) for value in (right, max(left, right), height))
    return bool(borders.parts(*gap)[0])


def _motto_apart(words: list[PlacedWord]) -> list[list[PlacedWord]]:
    """The national motto stands beside the issuer, sometimes with no gap to part them."""
    for i in range(1, len(words)):
        if _MOTTO.match(" ".join(word.text for word in words[i:])):
            return [words[:i], words[i:]]
    return [words]


# --- what is not writing ------------------------------------------------------------------------------------------


def _without_noise(words: list[PlacedWord]) -> list[PlacedWord]:
    """Without signs that stand alone and words that are none at either end: rules, frames and specks are read as such."""
    while words and _is_end_noise(words[-1]):
        words = words[:-1]
    while words and not _is_start(words[0]) and _is_end_noise(words[0]):
        words = words[1:]
    return [
        word
        for i, word in enumerate(words)
        if i == 0 or word.raised or _has_letter(word.text) or _is_sign(word, in_middle=i < len(words) - 1)
    ]


def _is_start(word: PlacedWord) -> bool:
    """Whether it may be a label, a dash or the mark of a note, however badly read."""
    return bool(word.raised or _DASH.match(word.text) or _MAYBE_LABEL.match(word.text))


def _is_end_noise(word: PlacedWord) -> bool:
    if not _has_letter(word.text):
        return word.confidence < _SURE or not _is_sign(word, in_middle=False)
    alone = len(word.text.strip(_AROUND)) < 2 and not _LABEL.match(word.text) and not word.text.isdigit()
    return word.confidence < _DOUBTFUL and (alone or not is_wordlike(word.text))


def _is_sign(word: PlacedWord, *, in_middle: bool) -> bool:
    signs = _SIGNS_WITHIN if in_middle else frozenset("-–—")
    return word.text in signs and word.confidence >= (_DOUBTFUL if word.text in "-–—" else _SURE)


def _has_letter(text: str) -> bool:
    return any(map(str.isalnum, text))


def _without_specks(found: list[Fragment]) -> list[Fragment]:
    """Without what was read as a dash at the beginning of a line and is none.

    Where that is doubtful, a dash stands where other lines or other dashes begin, a speck before where they begin.
    """
    items = [f for f in found if len(f.words) > 1 and _DASH.match(f.words[0].text) and not f.words[0].raised]
    lines = [f.left for f in found if f not in items and len(f.words) > 3]
    sure = [f.left for f in items if f.words[0].confidence >= _SURE and f.words[0].text in _DASHES]
    for fragment in items:
        dash, after = fragment.words[:2]
        doubtful = dash.confidence < _SURE or dash.text not in _DASHES
        begins_there = _near(dash.left, sure) > 0 or (_near(dash.left, lines) > 1 and _near(after.left, lines) < 2)
        if _LABEL.match(after.text) or _HEADING.match(after.text) or (doubtful and not begins_there):
            fragment.words = fragment.words[1:]
        elif dash.text not in _DASHES:
            fragment.words[0] = replace(dash, text="-")
    return [f for f in found if _has_letter(f.text)]


def _near(place: float, others: Sequence[float]) -> int:
    return sum(abs(place - other) < _ALIGNED for other in others)


def _is_writing(fragment: Fragment, usual: float, place: Straightening) -> bool:
    """Whether a fragment is more than what a stamp, a signature or dirt was read as."""
    total = sum(len(word.text) for word in fragment.words)
    wordlike = sum(len(word.text) for word in fragment.words if is_wordlike(word.text)) / total
    confidence = fragment.confidence
    at_edge = fragment.base > _TOP * place.height or fragment.base < _BOTTOM * place.height
    if len(fragment.words) == 1 and total < 3 and not fragment.text.isdigit() and (at_edge or confidence < _SURE):
        return False
    if len(fragment.text.strip(_AROUND)) == 1 and confidence < _CERTAIN and not (at_edge and fragment.text.isdigit()):
        return False
    if fragment.size > _TALL * usual and confidence < _SURE:
        return False
    return confidence >= _EVEN or (wordlike >= _SURE and (confidence >= _DOUBTFUL or len(fragment.words) > 2))
