"""Printed lines out of a page's characters, by geometry alone.

A line ends where the next character is not beside the last one: lower, far to the left, across a gap as wide as the
line is high (two columns, cells of a table) or behind the border of a cell. Small raised figures are note marks, not text.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from policy_qa.document import Box
from policy_qa.reading.legacy import Encoding
from policy_qa.reading.pdf.characters import HYPHEN, Characters, letters_of
from policy_qa.reading.pdf.printed import NoteMark, PrintedLine, is_plain, plain_line, printed_line, upper_median
from policy_qa.reading.pdf.rules import Grid
from policy_qa.reading.syllables import is_broken, mended

_WIDE_GAP = 1.05  # of the line's height; the widest space in a justified line is about half of it
_BACK = 0.3  # of the line's height; kerning goes back less
_SAME = 0.01  # points
_SPACE = 0.12  # of the line's height; letters of a word touch, a space is twice as wide
_LABEL = re.compile(
    r"(?:[-–+•*·]|\(?[0-9]{1,3}(?:\.[0-9]+)*[.)]|\(?[a-zđ][0-9]?\)|[IVX]{1,5}[.)-]|(?:Điều|Mục|Chương)\s\d+[a-zđ]?\.)$"
)
_MOTTO = re.compile(r"(?<=\S)\s+(?=(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN) VIỆT NAM$)")


def printed_lines(page: Characters, number: int) -> list[PrintedLine]:
    """The lines of page `number` in PDFium's order; turned text last."""
    lines = _lines(page, np.flatnonzero(~page.turned), number, page.boxes)
    if page.grid is not None:
        rows: dict[Box, bool] = {}
        for line in lines:
            line.cell = cell = page.grid.cell(line.centre, line.middle)
            if cell is not None and cell not in rows:
                rows[cell] = page.grid.is_in_row(cell, line.middle)
            line.in_row = cell is not None and rows[cell]
    if page.turned.any():
        lines += _turned_lines(page, number)
    if is_broken(" ".join(line.text for line in lines)):
        for line in lines:
            line.marks = tuple(NoteMark(m.mark, len(mended(line.text[: m.offset]))) for m in line.marks)
            line.text = mended(line.text)
    return lines


def _turned_lines(page: Characters, number: int) -> list[PrintedLine]:
    """Seen along its own direction, turned text is a page like any other."""
    chosen = np.flatnonzero(page.turned)
    left, top, right, bottom = page.boxes.T
    steps = np.diff(page.boxes[chosen, 1])
    up = 1.0 if np.median(steps[steps != 0] if steps.any() else [1.0]) > 0 else -1.0
    along = np.column_stack((bottom, -left, top, -right) if up > 0 else (-top, right, -bottom, left))
    lines = _lines(dataclasses.replace(page, grid=None), chosen, number, along)
    for line in lines:
        across, run = sorted((-up * line.top, -up * line.bottom)), sorted((up * line.left, up * line.right))
        line.left, line.right, line.bottom, line.top = across[0], across[1], run[0], run[1]
        line.turned = True
    return lines


def _lines(page: Characters, chosen: NDArray[np.int64], number: int, boxes: NDArray[np.float64]) -> list[PrintedLine]:
    """The lines of the characters `chosen` of a page, in PDFium's order; `boxes` are those of all its characters."""
    codes = page.codes[chosen]
    left, top, right, bottom = boxes[chosen].T
    drawn = (codes > 0x20) & (codes != 0xA0) & (right > left) & (top > bottom)
    visible = np.flatnonzero(drawn | (codes == HYPHEN))
    visible = visible[(right > left)[visible]]
    if not len(visible):
        return []
    boxes = boxes[chosen][visible]
    left, top, right, bottom = boxes.T
    height = top - bottom
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    gap = left[1:] - right[:-1]
    tallest = np.maximum(height[1:], height[:-1])
    lower = overlap < 0.3 * np.minimum(height[1:], height[:-1])
    back = ~lower & (gap < -_BACK * tallest)
    ruled = np.zeros(len(gap), np.bool_)
    if page.grid is not None:
        ruled = page.grid.parts(right[:-1], left[1:], (top[1:] + bottom[1:]) / 2) & ~lower
    wide = (gap > _WIDE_GAP * tallest) & ~_even(gap, lower, tallest, codes[visible])
    starts = [0, *(np.flatnonzero(lower | ruled | wide | back) + 1).tolist()]
    ends = [*starts[1:], len(visible)]
    climbs = lower & (top[1:] + bottom[1:] > top[:-1] + bottom[:-1])
    # On a page that is shown upside down PDFium gives the words of each line from its end.
    near = np.inf if back.sum() > 0.5 * len(starts) else _SPACE
    mixed = _mixed_runs(starts, boxes, page.grid, near) if (back | climbs).any() else {}
    runs = _Runs(codes, visible, boxes, page.encoding)
    lines: list[PrintedLine] = []
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if i in mixed:
            run = [place for j in mixed[i] for place in range(starts[j], ends[j])]
            line = _sorted_line(np.array(run), codes[visible], boxes, page, number) if run else None
        else:
            # A label and its text stay one line however wide the gap between them.
            beside = (
                i > 0 and i - 1 not in mixed and not lower[start - 1] and not ruled[start - 1] and gap[start - 1] > 0
            )
            if beside and lines and _LABEL.match(lines[-1].text):
                start = starts[i] = starts[i - 1]
                lines.pop()
            line = runs.line(start, end, number)
        if line is not None:
            lines.extend(_without_motto(line))
    return lines


class _Runs:
    """The runs of a page's characters, made into lines; what all of them need is made ready once a page."""

    def __init__(
        self,
        codes: NDArray[np.int64],
        visible: NDArray[np.int64],
        boxes: NDArray[np.float64],
        encoding: Encoding | None,
    ) -> None:
        self._codes, self._visible, self._boxes, self._encoding = codes, visible, boxes, encoding
        self._text = "".join(letters_of(codes))
        self._places = [*visible.tolist(), len(codes)]
        self._lefts, self._tops, self._rights, self._bottoms = boxes.T.tolist()
        changes = np.abs(np.diff(boxes[:, 3])) > _SAME
        self._changes = np.concatenate(([0, 0], np.cumsum(changes))).tolist()  # of the foot, before each character

    def line(self, start: int, end: int, number: int) -> PrintedLine | None:
        """The line of the visible characters `[start, end)`."""
        first, last = self._places[start], self._places[end]
        raw = self._text[first:last]
        if self._encoding is None and self._changes[end] == self._changes[start + 1] and is_plain(raw):
            top = sorted(self._tops[start:end])[(end - start) // 2]  # marks on capitals reach higher
            edges = (self._lefts[start], max(self._rights[start:end]), self._bottoms[start], top)

            def until(place: int) -> float:
                return float(self._rights[bisect_left(self._places, first + place, start, end) - 1])

            return plain_line(raw, *edges, number, until)
        places = self._visible[start:end] - first
        return printed_line(self._codes[first:last], places, self._boxes[start:end], number, self._encoding)


def _mixed_runs(
    starts: Sequence[int], boxes: NDArray[np.float64], grid: Grid | None, near: float
) -> dict[int, list[int]]:
    """Runs of one printed line that were drawn one after the other though they stand among each other.

    A program that lacks some letters in a font draws the others first and then, at the end of the line or of the page,
    those letters from another font into the gaps. The first run of such a line gets all its runs, the others an empty list.
    A run that was drawn out of turn belongs to the one before it where it is as `near` (in heights) as the letters of a word.
    """
    left, top, right, bottom = boxes.T
    # The characters of a run are of one height: its first speaks for all.
    middles, sizes = ((bottom[starts] + top[starts]) / 2).tolist(), (top[starts] - bottom[starts]).tolist()
    lefts, rights = np.minimum.reduceat(left, starts).tolist(), np.maximum.reduceat(right, starts).tolist()
    ends = [*starts[1:], len(boxes)]
    rows: list[list[int]] = []
    for i in sorted(range(len(starts)), key=lambda i: -middles[i]):
        if rows and middles[rows[-1][0]] - middles[i] < 0.4 * min(sizes[i], sizes[rows[-1][0]]):
            rows[-1].append(i)
        else:
            rows.append([i])
    mixed: dict[int, list[int]] = {}
    for row in rows:
        groups: list[list[int]] = []
        reach = -np.inf
        for i in sorted(row, key=lambda i: lefts[i]):
            # Wider gaps and borders part columns.
            if lefts[i] < reach + _WIDE_GAP * sizes[i] and not _parted(grid, reach, lefts[i], middles[i]):
                groups[-1].append(i)
            else:
                groups.append([i])
            reach = max(reach, rights[i])
        for group in groups:
            touches = any(lefts[b] - rights[a] < (near * sizes[a] if a > b else -1) for a, b in pairwise(group))
            if touches and not _collide(boxes[[k for i in group for k in range(starts[i], ends[i])]]):
                mixed |= {i: [] for i in group}
                mixed[min(group)] = sorted(group)
    return mixed


def _parted(grid: Grid | None, right: float, left: float, middle: float) -> bool:
    return grid is not None and bool(grid.parts(*(np.array([value]) for value in (right, left, middle)))[0])


def _collide(boxes: NDArray[np.float64]) -> bool:
    """Whether characters (n, 4) stand on one another: then they are of two lines that nearly share a height."""
    inside = boxes[np.argsort(boxes[:, 0], kind="stable")]
    over = inside[:-1, 2] - inside[1:, 0]
    width = np.minimum(inside[:-1, 2] - inside[:-1, 0], inside[1:, 2] - inside[1:, 0])
    return bool((over > 0.5 * width).sum() > 0.1 * len(over))


def _sorted_line(
    run: NDArray[np.int64], codes: NDArray[np.int64], boxes: NDArray[np.float64], page: Characters, number: int
) -> PrintedLine | None:
    """A line whose characters are put in order by their places; spaces are where a gap is."""
    run = run[np.argsort(boxes[run, 0], kind="stable")]
    inside = boxes[run]
    gaps = inside[1:, 0] - inside[:-1, 2] > _SPACE * upper_median(inside[:, 1] - inside[:, 3])
    places = np.arange(len(run)) + np.concatenate(([0], np.cumsum(gaps)))
    spaced = np.full(places[-1] + 1, 0x20, np.int64)
    spaced[places] = codes[run]
    return printed_line(spaced, places, inside, number, page.encoding)


def _even(
    gap: NDArray[np.float64], lower: NDArray[np.bool_], tallest: NDArray[np.float64], codes: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Gaps as wide as the next one in their line: a line of few words stretched to both edges, no columns."""
    even = np.zeros(len(gap), np.bool_)
    digit = (codes >= 0x30) & (codes <= 0x39)
    figures = digit[1:] & digit[:-1]  # a row of figures is a table's
    if not ((gap > _WIDE_GAP * tallest) & ~lower).any():
        return even
    words = np.flatnonzero((gap > 0.2 * tallest) | lower)
    a, b = words[:-1], words[1:]
    alike = ~lower[a] & ~lower[b] & (np.abs(gap[a] - gap[b]) < 0.12 * gap[a]) & (gap[a] < 4 * tallest[a])
    chosen = np.concatenate((a[alike], b[alike]))
    even[chosen] = ~figures[chosen]
    return even


def _without_motto(line: PrintedLine) -> list[PrintedLine]:
    """The issuer and the national motto printed so close that no gap parts them; the place is estimated."""
    if not line.text.endswith("VIỆT NAM"):
        return [line]
    parts = _MOTTO.split(line.text, maxsplit=1)
    if len(parts) < 2:
        return [line]
    cut = line.left + (line.right - line.left) * len(parts[0]) / len(line.text)
    issuer = dataclasses.replace(line, text=parts[0], right=cut)
    motto = dataclasses.replace(line, text=parts[1], left=cut + 1, marks=())
    return [issuer, motto]
