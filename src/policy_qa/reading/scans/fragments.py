"""Words recognised on a picture, set straight in points of the page, and cut into fragments.

A fragment is what stands side by side without a gap as wide as a line is high: a line, or one column's part of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from policy_qa.document import Box
from policy_qa.reading.pdf.rules import Grid
from policy_qa.reading.scans.hocr import Edges, Sheet, TextLine, Word, mean_confidence
from policy_qa.reading.vietnamese import compose

FULL_HEIGHT = 1.15
"""Of the height from descender to ascender: the height of a font, which printed lines have for their size."""

_DESCENT = 0.22  # of a font's height
_WIDE_GAP = 1.05  # of a font's height: columns are at least that far apart, words of a stretched line half of it
_SPLIT_NUMBER = 0.3  # of a font's height: the parts of a document's number torn apart lie nearer
_REFERENCE_START = re.compile(r"\W?[\d§]{1,5}(?:/\d{4})?/[A-ZĐƯ]{1,5}-\W?$")
_LABEL = re.compile(r"(?:\(?(?:[a-zđ]{1,2}\d?|\d{1,3}(?:\.\d{1,3})*)[.)]|[IVX]{1,5}[.)-]|[-–+•*])$")
_SHORT = re.compile(r"\W?\w{1,3}[).,]?$")
_LABEL_GAP = 3.0  # of a font's height; a label stands no farther from its text
_BORDERS = "|¦"
_WRITTEN = 6.0  # of a font's height; the space left for a number that is written by hand
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


def fragment_rows(
    sheet: Sheet, place: Straightening, borders: Grid | None = None, covered: Collection[Box] = ()
) -> list[list[Fragment]]:
    """The rows of a sheet from the top, each from left to right, cut at the `borders` of tables.

    Words in `covered` boxes (of the scanned page, in points) are left out.
    """
    scale = place.width / sheet.width
    usual = usual_size(sheet)
    found: list[Fragment] = []
    for line in (line for line in sheet.lines if line.is_level):
        words = [word for word in line.words if not _is_covered(word.box, covered, scale, place)]
        size = (usual if 0.8 * usual < line.size < 1.5 * usual else line.size) * FULL_HEIGHT * scale
        placed = [placed for placed in (_placed(word, line, scale, place) for word in words) if placed.text]
        parts = _cut(_joined(placed, size), size, _base(placed, line, scale, place) + 0.3 * size, borders)
        found += [Fragment(p, _base(p, line, scale, place), line.size * FULL_HEIGHT * scale) for p in parts]
    rows: list[list[Fragment]] = []
    for fragment in sorted(found, key=lambda f: -f.base):
        row = rows[-1] if rows else []
        if row and abs(row[-1].base - fragment.base) < 0.4 * min(row[-1].size, fragment.size):
            row.append(fragment)
        else:
            rows.append([fragment])
    return [_mended(sorted(row, key=lambda f: f.left), borders) for row in rows]


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
    # A border of a table is read as a letter that no document has.
    text = compose(word.text).rstrip(_BORDERS)
    bare = text.lstrip(_BORDERS)
    raised = tuple(k - len(text) + len(bare) for k in word.raised)
    return PlacedWord(bare, word.confidence, ends[0], ends[1], tuple(k for k in raised if 0 <= k < len(bare)))


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


def _mended(row: list[Fragment], borders: Grid | None) -> list[Fragment]:
    """The parts of one line that were recognised apart, joined again."""
    result = row[:1]
    for fragment in row[1:]:
        last = result[-1]
        gap = fragment.left - last.right
        is_label = len(last.words) == 1 and _SHORT.match(last.text)
        near = -0.3 * last.size < gap < (_LABEL_GAP if is_label else 0.7) * last.size
        # "Số:" and "/QĐ-BNV" belong together however wide the space left for a number written by hand.
        near = near or (fragment.text.startswith("/") and last.text.startswith("Số") and gap < _WRITTEN * last.size)
        near = near and not _MOTTO.match(fragment.text)
        if near and not crosses_border(borders, last.right, fragment.left, last.base + 0.3 * last.size):
            longer = max(last, fragment, key=lambda f: len(f.text))
            last.base, last.size = longer.base, longer.size
            last.words = [*last.words, *fragment.words]
        else:
            result.append(fragment)
    return result
