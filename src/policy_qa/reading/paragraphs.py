"""Printed lines joined into paragraphs: indents, line ends, gaps, centring decide; labels only where geometry does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from policy_qa.reading.layout import PrintedLine
from policy_qa.reading.marginals import PrintedPage

_LABEL = re.compile(
    r"(?:[-–+•*·]\s|[“\"]?(?:Điều|Mục|Chương|Phần|Phụ lục|Khoản|Tiểu mục)\s+[\dIVXLC]+[a-zđ]?\s?[.:]"
    r"|\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ]\d?\)\s|[IVX]{1,6}[.)-]\s?[^\W\d_])"
)
_NUMBER_LINE = re.compile(
    r"(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục|TIỂU MỤC|Phụ lục|PHỤ LỤC|Mẫu số|MẪU SỐ)(?:\s+(?:[\dIVXLC.]+|thứ \w+|THỨ \w+))?"
)
_KIND_LINE = re.compile(
    r"(?:NGHỊ ĐỊNH|QUYẾT ĐỊNH|CHỈ THỊ|THÔNG TƯ(?: LIÊN TỊCH)?|NGHỊ QUYẾT(?: LIÊN TỊCH)?|KẾT LUẬN|THÔNG BÁO|HƯỚNG DẪN|LUẬT|BỘ LUẬT"
    r"|PHÁP LỆNH|LỆNH|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|CÔNG ĐIỆN|CÔNG VĂN|ĐIỀU LỆ|DANH MỤC|BÁO CÁO|TỜ TRÌNH|ĐỀ ÁN|CHƯƠNG TRÌNH|HIẾN PHÁP"
    r"|QUYẾT NGHỊ|QUY TRÌNH|VĂN BẢN QUY PHẠM PHÁP LUẬT)\s?:?"
)
_HEAD_LINE = re.compile(
    r"(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN) VIỆT NAM|Độc lập|(?:TM|KT|TL|TUQ|Q)\.|Số\s?:|\*$"
)
_SENTENCE_END = re.compile(r"[.:;!?…][”\"’)]*$")
_CELL_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})*\.?|[IVXLC]{1,6}|S?TT")


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph; in a table row the lines that begin a cell are `cells` (places in `lines`)."""

    lines: list[PrintedLine]
    cells: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Block:
    """Lines below each other: a column, a cell, or the page's body."""

    lines: list[PrintedLine]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges between which lines are set, and the usual distance from one line to the next (0: unknown)."""

    left: float
    right: float
    pitch: float
    is_cell: bool = False


def paragraphs(pages: Sequence[PrintedPage]) -> list[Paragraph]:
    """The paragraphs of a document in reading order, across page breaks."""
    result: list[Paragraph] = []
    columns = _columns(pages)
    previous: _Column | None = None
    for page, column in zip(pages, columns, strict=True):
        for row in _rows(page.lines, column):
            if len(row) > 1 and _is_table_row(row):
                result.append(_table_row(row))
                previous = None
                continue
            for block in row:
                inner = (
                    column
                    if len(row) == 1 and not _is_narrow(block, column)
                    else _Column(block.left, block.right, 0.0, is_cell=True)
                )
                for i, line in enumerate(block.lines):
                    last = result[-1] if result and previous is not None else None
                    if (i and last is not None and _continues(last, line, inner)) or (
                        not i
                        and last is not None
                        and previous is not None
                        and not inner.is_cell
                        and not previous.is_cell
                        and _continues_over_break(last, line, previous, inner)
                    ):
                        last.lines.append(line)
                    else:
                        result.append(Paragraph([line]))
                    previous = inner
    return result


def _columns(pages: Sequence[PrintedPage]) -> list[_Column]:
    """The body column of each page; a page with few full lines takes that of the last page of its width."""
    known: dict[int, _Column] = {}
    columns: list[_Column | None] = []
    for page in pages:
        widest = max((line.right - line.left for line in page.lines), default=0.0)
        full = [line for line in page.lines if line.right - line.left > 0.8 * widest and widest > 0.45 * page.width]
        if len(full) < 3:
            columns.append(None)
            continue
        pitches = sorted(p.middle - n.middle for p, n in pairwise(full) if 0 < p.middle - n.middle < 3 * p.size)
        # The lower quartile: distances between paragraphs are larger, never smaller.
        pitch = pitches[len(pitches) // 4] if pitches else 0.0
        column = _Column(_edge([line.left for line in full]), -_edge([-line.right for line in full]), pitch)
        usual = known.get(round(page.width))
        # A page of tables has full lines of its own; its titles are still centred between the usual edges.
        if usual is not None and column.right - column.left < 0.95 * (usual.right - usual.left):
            column = usual
        known[round(page.width)] = column
        columns.append(column)
    return [
        column or known.get(round(page.width)) or _Column(0.14 * page.width, 0.92 * page.width, 0.0)
        for page, column in zip(pages, columns, strict=True)
    ]


def _edge(places: Sequence[float]) -> float:
    """The outermost place that two lines share; one line alone may stick out."""
    ordered = sorted(places)
    return next((a for a, b in pairwise(ordered) if b - a < 3), ordered[0])


def _rows(lines: Sequence[PrintedLine], column: _Column) -> list[list[_Block]]:
    """Blocks, those that stand side by side in one row."""
    rows: list[list[_Block]] = []
    row: list[_Block] = []
    for block in _blocks(lines, column):
        last = row[-1] if row else None
        first = block.lines[0]
        if (
            last is not None
            and block.left >= last.right - 2
            and first.top > min(line.bottom for line in last.lines) + 1
            and first.bottom < max(line.top for line in last.lines) + 2 * first.size * len(block.lines)
        ):
            row.append(block)
        else:
            row = [block]
            rows.insert(_place(rows, block), row)
    return rows


def _place(rows: Sequence[Sequence[_Block]], block: _Block) -> int:
    """Where a block belongs: at the end, or, drawn late (a text box, a stamp), before the rows printed below it."""
    place = len(rows)
    foot = min(line.bottom for line in block.lines)
    while place and max(line.top for line in rows[place - 1][0].lines) < foot + 1:
        place -= 1
    return place


def _blocks(lines: Sequence[PrintedLine], column: _Column) -> list[_Block]:
    blocks: list[_Block] = []
    half = 0.5 * (column.right - column.left)
    accompanied = _accompanied(lines)
    for i, line in enumerate(lines):
        if blocks:
            block = blocks[-1]
            above = block.lines[-1]
            # Between a title over the whole width and a column of the head under it, or the other way round.
            turns = accompanied[i] != accompanied[i - 1] and abs(above.centre - line.centre) > 20
            turns = turns and abs(above.left - line.left) > 3
            below = 0.2 * line.size < above.middle - line.middle and above.bottom - line.top < 2.5 * line.size
            shares = min(above.right, line.right) > max(above.left, line.left)
            inside = block.left - column.left > 0.4 * half or block.right - block.left < half
            leaves = (
                inside
                and line.left < block.left - 12
                and not (_same_centre(above, line) and abs(above.left - line.left) > 3)
            )
            if (
                below
                and shares
                and not leaves
                and not (turns and _short(above, line, half))
                and not _CELL_NUMBER.fullmatch(line.text)
            ):
                block.lines.append(line)
                continue
        blocks.append(_Block([line]))
    return blocks


def _short(above: PrintedLine, line: PrintedLine, half: float) -> bool:
    return above.right - above.left < 1.6 * half and line.right - line.left < 1.6 * half


def _accompanied(lines: Sequence[PrintedLine]) -> list[bool]:
    """For each line whether another stands beside it."""
    top, bottom, size = (np.array([getattr(line, name) for line in lines]) for name in ("top", "bottom", "size"))
    overlap = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
    beside = overlap > 0.4 * np.minimum.outer(size, size)
    return [bool(count > 1) for count in beside.sum(axis=1)] if len(lines) else []


def _is_narrow(block: _Block, column: _Column) -> bool:
    """A block set in a column of its own: narrow, flush left, most lines as wide as it is."""
    width = block.right - block.left
    if len(block.lines) < 3 or width > 0.5 * (column.right - column.left):
        return False
    flush = sum(line.left - block.left < 3 for line in block.lines)
    full = sum(block.right - line.right < 0.2 * width for line in block.lines)
    alike = len({line.text.split(" ", 1)[0] for line in block.lines}) == 1  # a list, not running text
    return not alike and flush == len(block.lines) and full >= 0.6 * len(block.lines)


def _is_table_row(row: Sequence[_Block]) -> bool:
    if any(_HEAD_LINE.match(line.text) for block in row for line in block.lines):
        return False
    return len(row) > 2 or bool(_CELL_NUMBER.fullmatch(row[0].lines[0].text))


def _table_row(row: Sequence[_Block]) -> Paragraph:
    paragraph = Paragraph([])
    for block in row:
        paragraph.cells.append(len(paragraph.lines))
        paragraph.lines.extend(block.lines)
    return paragraph


def _continues(paragraph: Paragraph, line: PrintedLine, column: _Column) -> bool:
    """Whether `line`, printed below the last line of `paragraph`, goes on with it."""
    above = paragraph.lines[-1]
    if above.hyphenated:
        return True
    pitch = above.middle - line.middle
    if pitch > 1.45 * (column.pitch or 1.25 * max(above.size, line.size)) + 2:
        return False
    if _is_title(above, line, column):
        return _title_goes_on(above, line)
    if column.is_cell:
        return not _HEAD_LINE.match(line.text) and not _starts_item(above, line) and _is_full(above, line, column)
    return _is_full(above, line, column) and _no_new_start(paragraph, line, column)


def _continues_over_break(paragraph: Paragraph, line: PrintedLine, before: _Column, after: _Column) -> bool:
    above = paragraph.lines[-1]
    if above.hyphenated:
        return True
    if (
        above.page == line.page
        or abs(above.size - line.size) > 0.15 * line.size
        or (_centred(line, after) and line.left > after.left + 12)
    ):
        return False
    return _is_full(above, line, before) and _no_new_start(paragraph, line, after)


def _no_new_start(paragraph: Paragraph, line: PrintedLine, column: _Column) -> bool:
    """Whether `line` is not set as the first line of a paragraph."""
    above = paragraph.lines[-1]
    if _starts_item(above, line):
        return False
    indented = line.left - column.left > 0.7 * line.size
    if not indented:
        return True
    goes_on = not _SENTENCE_END.search(above.text) and line.text[:1].islower() and not _LABEL.match(line.text)
    hangs = len(paragraph.lines) > 1 and abs(above.left - line.left) < 3
    return goes_on or hangs


def _starts_item(above: PrintedLine, line: PrintedLine) -> bool:
    """A label counts only after the end of a sentence: a wrapped line may begin with a figure and a full stop."""
    return bool(_LABEL.match(line.text)) and bool(_SENTENCE_END.search(above.text))


def _is_full(above: PrintedLine, line: PrintedLine, column: _Column) -> bool:
    """Whether the first word of `line` had no room left on the line above."""
    return column.right - above.right < line.first_word + 0.3 * line.size


def _is_title(above: PrintedLine, line: PrintedLine, column: _Column) -> bool:
    """Whether both lines are centred in their column, and not merely full lines of running text."""
    if not _same_centre(above, line):
        return False
    if column.is_cell:
        return abs(above.left - line.left) > 3
    inset = min(above.left, line.left) - column.left > 15 and column.right - max(above.right, line.right) > 15
    return _centred(above, column) and _centred(line, column) and (abs(above.left - line.left) > 3 or inset)


def _same_centre(above: PrintedLine, line: PrintedLine) -> bool:
    return abs(above.centre - line.centre) < 6


def _centred(line: PrintedLine, column: _Column) -> bool:
    return abs(line.centre - (column.left + column.right) / 2) < 12


def _title_goes_on(above: PrintedLine, line: PrintedLine) -> bool:
    """Whether two centred lines are one title."""
    if _NUMBER_LINE.fullmatch(above.text) or _KIND_LINE.fullmatch(above.text) or above.text.endswith((".", ":")):
        return False
    if (
        _LABEL.match(line.text)
        or line.text.startswith("(")
        or _HEAD_LINE.match(above.text)
        or _HEAD_LINE.match(line.text)
    ):
        return False
    if (
        _KIND_LINE.fullmatch(line.text)
        or _NUMBER_LINE.fullmatch(line.text)
        or abs(above.size - line.size) > 0.3 * line.size
    ):
        return False
    return _is_upper(above.text) == _is_upper(line.text)


def _is_upper(text: str) -> bool:
    letters = [c for c in _LABEL.sub("", text, count=1) if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)
