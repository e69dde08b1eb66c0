"""Printed lines out of a page's characters, by geometry alone.

A line ends where the next character is not beside the last one: lower, far to the left, or across a gap as wide
as the line is high (two columns, cells of a table). Small raised figures are note marks, not text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from policy_qa.document import Box
from policy_qa.reading.characters import HYPHEN, Characters
from policy_qa.reading.vietnamese import compose, nfc

_NOT_TEXT = {
    code: None for code in (*range(0x20), 0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF) if code not in (9, 10, 13)
}
_NOT_TEXT[HYPHEN] = "-"  # type: ignore[assignment]
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, _NOT_TEXT))) + "]")
_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f]+")
_BEFORE_STOP = re.compile(r" (?=[.,;:)/])")
_NO_BREAK = 0xA0
_SPACE = 0.12  # of the line's height; letters of a word touch, a space is twice as wide
_WIDE_GAP = 1.05  # of the line's height; the widest space in a justified line is about half of it
_LABEL = re.compile(
    r"(?:[-–+•*·]|\(?[0-9]{1,3}(?:\.[0-9]+)*[.)]|\(?[a-zđ][0-9]?\)|[IVX]{1,5}[.)-]|(?:Điều|Mục|Chương)\s\d+[a-zđ]?\.)$"
)
_MOTTO = re.compile(r"(?<=\S)\s+(?=(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN) VIỆT NAM$)")
_UNIT = re.compile(r"(?<![^\W\d_])[kcdmh]?m$")


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The raised figure of a footnote, and the offset in its line's text where it stood."""

    mark: str
    offset: int


@dataclass(slots=True)
class PrintedLine:
    """One printed line, or one column's part of it.

    Coordinates are points of the page shown, origin bottom left; `size` is the height of its characters.
    `hyphenated`: ends in a hyphen that belongs to the word. `marks` are the note marks lifted out of it,
    `note`: it begins with one. `turned`: not written horizontally. `cell`: the cell of a table that it is printed in.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int
    hyphenated: bool = False
    turned: bool = False
    note: bool = False
    marks: tuple[NoteMark, ...] = ()
    first_word: float = 0.0
    cell: Box | None = None

    @property
    def middle(self) -> float:
        """Height of the line's centre."""
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2

    @property
    def box(self) -> Box:
        """The line's rectangle."""
        return Box(self.left, self.bottom, self.right, self.top)

    def beside(self, other: PrintedLine) -> bool:
        """Whether the two stand on one printed row."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return self.page == other.page and overlap > 0.4 * min(self.size, other.size)


def printed_lines(page: Characters, number: int) -> list[PrintedLine]:
    """The lines of page `number` in PDFium's order; turned text last."""
    lines = _lines(page, np.flatnonzero(~page.turned), number, page.boxes)
    if page.grid is not None:
        for line in lines:
            line.cell = page.grid.cell(line.centre, line.middle)
    if page.turned.any():
        # Seen along its own direction, turned text is a page like any other.
        chosen = np.flatnonzero(page.turned)
        left, top, right, bottom = page.boxes.T
        steps = np.diff(page.boxes[chosen, 1])
        up = 1.0 if np.median(steps[steps != 0] if steps.any() else [1.0]) > 0 else -1.0
        along = np.column_stack(
            (bottom, -left, top, -right) if up > 0 else (-top, right, -bottom, left),
        )
        for line in _lines(page, chosen, number, along):
            across, run = sorted((-up * line.top, -up * line.bottom)), sorted((up * line.left, up * line.right))
            line.left, line.right, line.bottom, line.top = across[0], across[1], run[0], run[1]
            line.turned = True
            lines.append(line)
    return lines


def _lines(page: Characters, chosen: NDArray[np.int64], number: int, boxes: NDArray[np.float64]) -> list[PrintedLine]:
    codes = page.codes[chosen]
    left, top, right, bottom = boxes[chosen].T
    drawn = (codes > 0x20) & (codes != 0xA0) & (right > left) & (top > bottom)
    visible = np.flatnonzero(drawn | (codes == HYPHEN))
    visible = visible[(right > left)[visible]]
    if not len(visible):
        return []
    left, top, right, bottom = left[visible], top[visible], right[visible], bottom[visible]
    height = top - bottom
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    gap = left[1:] - right[:-1]
    tallest = np.maximum(height[1:], height[:-1])
    lower = overlap < 0.3 * np.minimum(height[1:], height[:-1])
    back = ~lower & (gap < -0.3 * tallest)
    ruled = np.zeros(len(gap), np.bool_)
    if page.grid is not None and boxes is page.boxes:
        ruled = page.grid.parts(right[:-1], left[1:], (top[1:] + bottom[1:]) / 2) & ~lower
    cut = lower | ruled | ((gap > _WIDE_GAP * tallest) & ~_even(gap, lower, tallest, codes[visible])) | back
    starts = [0, *(np.flatnonzero(cut) + 1).tolist()]
    ends = [*starts[1:], len(visible)]
    mixed = _mixed_runs(starts, left, right, bottom, top) if back.any() else {}
    lines: list[PrintedLine] = []
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if i in mixed:
            line = (
                _sorted_line(
                    np.concatenate([np.arange(starts[j], ends[j]) for j in mixed[i]]),
                    codes[visible],
                    left,
                    right,
                    bottom,
                    top,
                )
                if mixed[i]
                else None
            )
        else:
            # A label and its text stay one line however wide the gap between them.
            joins = i and i - 1 not in mixed and not lower[start - 1] and not ruled[start - 1] and gap[start - 1] > 0
            if joins and lines and _LABEL.match(lines[-1].text):
                start = starts[i - 1]
                starts[i] = start
                lines.pop()
            last = visible[end] if end < len(visible) else len(codes)
            part = slice(start, end)
            line = _line(
                codes[visible[start] : last],
                (visible[part] - visible[start]),
                left[part],
                right[part],
                bottom[part],
                top[part],
            )
        if line is not None:
            line.page = number
            lines.extend(_without_motto(line))
    return lines


def _mixed_runs(
    starts: Sequence[int],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    bottom: NDArray[np.float64],
    top: NDArray[np.float64],
) -> dict[int, list[int]]:
    """Runs of one printed line that were drawn one after the other though they stand among each other.

    A program that lacks some letters in a font draws the others first and then those letters from another font into the
    gaps. The first run of such a line gets all its runs, the others an empty list.
    """
    # The characters of a run are of one height: its first speaks for all.
    middles, sizes = (bottom[starts] + top[starts]) / 2, top[starts] - bottom[starts]
    lefts, rights = np.minimum.reduceat(left, starts), np.maximum.reduceat(right, starts)
    spans = list(zip(lefts.tolist(), rights.tolist(), middles.tolist(), sizes.tolist(), strict=True))
    rows: list[list[int]] = []
    for i in sorted(range(len(spans)), key=lambda i: -spans[i][2]):
        middle, size = spans[i][2], spans[i][3]
        if rows and spans[rows[-1][-1]][2] - middle < 0.4 * min(size, spans[rows[-1][-1]][3]):
            rows[-1].append(i)
        else:
            rows.append([i])
    groups: list[list[int]] = []
    for row in rows:
        reach = -np.inf
        across = sorted(row, key=lambda i: spans[i][0])
        among = any(a > b or spans[b][0] < spans[a][1] - 1 for a, b in pairwise(across))
        for i in across:
            start, end, _, size = spans[i]
            if among and start < reach + _WIDE_GAP * size:  # wider gaps part columns
                groups[-1].append(i)
            else:
                groups.append([i])
            reach = max(reach, end)
    mixed: dict[int, list[int]] = {}
    for group in groups:
        if len(group) > 1:
            mixed |= {i: [] for i in group}
            mixed[min(group)] = sorted(group)
    return mixed


def _sorted_line(
    run: NDArray[np.int64],
    codes: NDArray[np.int64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    bottom: NDArray[np.float64],
    top: NDArray[np.float64],
) -> PrintedLine | None:
    """A line whose characters are put in order by their places; spaces are where a gap is."""
    run = run[np.argsort(left[run], kind="stable")]
    gaps = left[run][1:] - right[run][:-1] > _SPACE * _median((top - bottom)[run])
    places = np.arange(len(run)) + np.concatenate(([0], np.cumsum(gaps)))
    spaced = np.full(places[-1] + 1, 0x20, np.int64)
    spaced[places] = codes[run]
    return _line(spaced, places, left[run], right[run], bottom[run], top[run])


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
    for a, b in pairwise(words.tolist()):
        if not lower[a] and not lower[b] and abs(gap[a] - gap[b]) < 0.12 * gap[a] and gap[a] < 4 * tallest[a]:
            even[a], even[b] = not figures[a], not figures[b]
    return even


def _line(
    codes: NDArray[np.int64],
    drawn: NDArray[np.int64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    bottom: NDArray[np.float64],
    top: NDArray[np.float64],
) -> PrintedLine | None:
    """One line from its characters; `drawn` are the places of those with a box, to which the edges belong."""
    height = top - bottom
    size = _median(height)
    codes = _without_run_ends(codes, drawn, left, right, size)
    letters = _letters(codes)
    raised = (height < 0.8 * size) & (bottom + top > _median(bottom) + _median(top))
    lifted = _note_marks(letters, drawn, raised) if raised.any() else []
    note = any(not "".join(letters[: drawn[places[0]]]).strip() for places in lifted)
    body = np.ones(len(drawn), np.bool_)
    signs = ["".join(letters[drawn[k]] for k in places) for places in lifted]
    for k in (k for places in lifted for k in places):
        body[k] = False
        letters[drawn[k]] = ""
    text = _tidy(letters)
    marks = tuple(
        NoteMark(sign, min(len(_tidy(letters[: drawn[places[0]]])), len(text)))
        for sign, places in zip(signs, lifted, strict=True)
    )
    if not text and not marks:
        return None
    if marks:
        text = _BEFORE_STOP.sub("", text)  # the blank that parted the mark from what follows
    edges = np.flatnonzero(body) if marks and body.any() else np.arange(len(drawn))
    word_end = edges[_first_word(codes, drawn[edges])]
    return PrintedLine(
        text=text or marks[0].mark,
        left=float(left[edges[0]]),
        bottom=_median(bottom[edges]),
        right=float(right[edges].max()),
        top=_median(top[edges]),
        size=_median(height[edges]),
        page=0,
        hyphenated=HYPHEN in codes[drawn[-1] :] and text.endswith("-"),
        note=note,
        marks=marks,
        first_word=float(right[word_end] - left[edges[0]]),
    )


_BOUND = frozenset({"số", "điều", "khoản", "điểm", "ngày", "tháng", "năm", "chương", "mục"})
"""Words that typists bind to the number after them by a no-break space, which PDFium gives as an ordinary one."""


def _first_word(codes: NDArray[np.int64], drawn: NDArray[np.int64]) -> int:
    """The place in `drawn` of the last character that could not be left on the line above without the others."""
    first = last = len(drawn) - 1
    for k in np.flatnonzero(np.diff(drawn) > 1).tolist():
        if (codes[drawn[k] + 1 : drawn[k + 1]] == _NO_BREAK).all():
            continue
        if first < last:
            return int(k)  # the number, too, had to stay
        first = int(k)
        is_number = 0x30 <= codes[drawn[k + 1]] <= 0x39
        if not is_number or nfc("".join(_letters(codes[drawn[: k + 1]]))).lower() not in _BOUND:
            break
    return first


def _letters(codes: NDArray[np.int64]) -> list[str]:
    """The characters of code points; a blank where there is none."""
    known = (codes > 0) & (codes < 0x110000) & ((codes < 0xD800) | (codes > 0xDFFF))
    return list(np.where(known, codes, 0x20).astype("<u4").tobytes().decode("utf-32-le"))


def _tidy(letters: Sequence[str]) -> str:
    text = "".join(letters)
    if _ODD.search(text):
        text = text.translate(_NOT_TEXT)
    return compose(_BLANKS.sub(" ", text)).strip()


def _without_run_ends(
    codes: NDArray[np.int64],
    drawn: NDArray[np.int64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    size: float,
) -> NDArray[np.int64]:
    """Line ends that PDFium puts between parts of one word (each piece of turned text ends a line for it) dropped."""
    ends = np.flatnonzero((codes == 10) | (codes == 13))
    if not len(ends):
        return codes
    codes = codes.copy()
    after = np.searchsorted(drawn, ends)
    for end, k in zip(ends.tolist(), after.tolist(), strict=True):
        if 0 < k < len(drawn) and left[k] - right[k - 1] < 0.12 * size:
            codes[end] = 1
    return codes


def _note_marks(letters: list[str], drawn: NDArray[np.int64], raised: NDArray[np.bool_]) -> list[list[int]]:
    """Runs of raised figures, but not the exponent of a unit (m², km³)."""
    found = []
    for places in _runs(np.flatnonzero(raised)):
        before = "".join(letters[: drawn[places[0]]])
        if all(letters[drawn[k]].isdigit() for k in places) and not _UNIT.search(before):
            found.append(places)
    return found


def _median(values: NDArray[np.float64]) -> float:
    """The upper median: a value that occurs."""
    return float(np.sort(values)[len(values) // 2])


def _runs(places: NDArray[np.int64]) -> list[list[int]]:
    """Consecutive places grouped."""
    if not len(places):
        return []
    return [group.tolist() for group in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)]


def _without_motto(line: PrintedLine) -> list[PrintedLine]:
    """The issuer and the national motto printed so close that no gap parts them; the place is estimated."""
    parts = _MOTTO.split(line.text, maxsplit=1)
    if len(parts) < 2:
        return [line]
    cut = line.left + (line.right - line.left) * len(parts[0]) / len(line.text)
    issuer = PrintedLine(parts[0], line.left, line.bottom, cut, line.top, line.size, line.page)
    motto = PrintedLine(parts[1], cut + 1, line.bottom, line.right, line.top, line.size, line.page)
    return [issuer, motto]
