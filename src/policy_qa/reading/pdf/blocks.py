"""Printed lines gathered into blocks (a column, a cell, the page's body), and blocks side by side into rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from policy_qa.reading.pdf.marginals import PrintedPage
from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.pdf.tables import broken_figures, row_of, ruled_rows

CELL_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})*\.?|[IVXLC]{1,6}|S?TT")

ITEM = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\))\s")
"""A numbered item."""


@dataclass(slots=True)
class Block:
    """Lines below each other: a column, a cell, or the page's body."""

    lines: list[PrintedLine]

    @property
    def left(self) -> float:
        """The left edge in points."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """The right edge in points."""
        return max(line.right for line in self.lines)


@dataclass(frozen=True, slots=True)
class Column:
    """The edges between which lines are set, and the usual distance from one line to the next (0: unknown)."""

    left: float
    right: float
    pitch: float
    is_cell: bool = False


def columns_of(pages: Sequence[PrintedPage]) -> list[Column]:
    """The body column of each page; a page with few full lines takes that of the last page of its width."""
    known: dict[int, Column] = {}
    columns: list[Column | None] = []
    for page in pages:
        widest = max((line.right - line.left for line in page.lines), default=0.0)
        full = [line for line in page.lines if line.right - line.left > 0.8 * widest and widest > 0.45 * page.width]
        if len(full) < 3:
            columns.append(None)
            continue
        pitches = sorted(p.middle - n.middle for p, n in pairwise(full) if 0 < p.middle - n.middle < 3 * p.size)
        # The lower quartile: distances between paragraphs are larger, never smaller.
        pitch = pitches[len(pitches) // 4] if pitches else 0.0
        column = Column(_edge([line.left for line in full]), -_edge([-line.right for line in full]), pitch)
        usual = known.get(round(page.width))
        # A page of tables has full lines of its own; its titles are still centred between the usual edges.
        if usual is not None and column.right - column.left < 0.95 * (usual.right - usual.left):
            column = usual
        known[round(page.width)] = column
        columns.append(column)
    return [
        column or known.get(round(page.width)) or Column(0.14 * page.width, 0.92 * page.width, 0.0)
        for page, column in zip(pages, columns, strict=True)
    ]


def _edge(places: Sequence[float]) -> float:
    """The outermost place that two lines share; one line alone may stick out."""
    ordered = sorted(places)
    return next((a for a, b in pairwise(ordered) if b - a < 3), ordered[0])


@dataclass(slots=True)
class Row:
    """Blocks side by side; `ruled` where borders make them cells of one table row."""

    blocks: list[Block]
    ruled: bool = False


def rows_of(lines: Sequence[PrintedLine], column: Column) -> list[Row]:
    """Blocks, those that stand side by side in one row."""
    cells = ruled_rows(lines)
    for line in broken_figures(cells):
        line.broken = True
    rows: list[Row] = []
    plain: list[PrintedLine] = []
    done: set[float] = set()
    for line in lines:
        key = row_of(line)
        if key is None or key not in cells:
            plain.append(line)
        elif key not in done:
            done.add(key)
            _add_plain(rows, plain, column)
            plain = []
            row = Row([Block(inside) for inside in cells[key]], ruled=True)
            rows.insert(_place(rows, row.blocks[0]), row)
    _add_plain(rows, plain, column)
    return _formulas_whole(rows)


def _formulas_whole(rows: Sequence[Row]) -> list[Row]:
    """Rows that follow each other and are one formula, left to right: its parts may be drawn in any order."""
    result: list[Row] = []
    for row in rows:
        blocks = sorted([*result[-1].blocks, *row.blocks], key=lambda block: block.left) if result else []
        if blocks and not (row.ruled or result[-1].ruled) and _is_formula(blocks):
            result[-1] = Row(blocks)
        else:
            result.append(row)
    return result


def _is_formula(blocks: Sequence[Block]) -> bool:
    """Whether blocks, left to right, stand beside each other at the height of a sign of equality, which is one of them."""
    sign = next((b.lines[0] for b in blocks if len(b.lines) == 1 and b.lines[0].text == "="), None)
    if sign is None or any(before.right > after.left for before, after in pairwise(blocks)):
        return False
    return all(block.lines[-1].bottom <= sign.middle <= block.lines[0].top for block in blocks)


def _add_plain(rows: list[Row], lines: Sequence[PrintedLine], column: Column) -> None:
    row: list[Block] = []
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
            rows.insert(_place(rows, block), Row(row))


def _place(rows: Sequence[Row], block: Block) -> int:
    """Where a block belongs: at the end, or, drawn late (a text box, a stamp), before the rows printed below it."""
    place = len(rows)
    foot = min(line.bottom for line in block.lines)
    while place and max(line.top for line in rows[place - 1].blocks[0].lines) < foot + 1:
        place -= 1
    return place


def _blocks(lines: Sequence[PrintedLine], column: Column) -> list[Block]:
    blocks: list[Block] = []
    half = 0.5 * (column.right - column.left)
    accompanied = _accompanied(lines)
    for i, line in enumerate(lines):
        if blocks:
            block = blocks[-1]
            above = block.lines[-1]
            # Between a title over the whole width and a column of the head under it, or the other way round.
            turns = accompanied[i] != accompanied[i - 1] and abs(above.centre - line.centre) > 20
            turns = turns and abs(above.left - line.left) > 3
            pairs = accompanied[i] and not accompanied[i - 1] and ITEM.match(line.text)
            below = 0.2 * line.size < above.middle - line.middle and above.bottom - line.top < 2.5 * line.size
            # A last line of one short word ends left of where an indented line above it begins.
            shares = min(above.right, line.right) > max(above.left, line.left) - 3 * line.size
            shares = shares and (above.right > line.left)
            inside = block.left - column.left > 0.4 * half or block.right - block.left < half
            leaves = (
                inside
                and line.left < block.left - 12
                and not (same_centre(above, line) and abs(above.left - line.left) > 3)
            )
            if (
                below
                and shares
                and not leaves
                and not (turns and _short(above, line, half))
                and not pairs
                and not CELL_NUMBER.fullmatch(line.text)
            ):
                block.lines.append(line)
                continue
        blocks.append(Block([line]))
    return blocks


def _short(above: PrintedLine, line: PrintedLine, half: float) -> bool:
    return above.right - above.left < 1.6 * half and line.right - line.left < 1.6 * half


def _accompanied(lines: Sequence[PrintedLine]) -> list[bool]:
    """For each line whether another stands beside it."""
    top, bottom, size = (np.array([getattr(line, name) for line in lines]) for name in ("top", "bottom", "size"))
    overlap = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
    beside = overlap > 0.4 * np.minimum.outer(size, size)
    return [bool(count > 1) for count in beside.sum(axis=1)] if len(lines) else []


def is_narrow(block: Block, column: Column) -> bool:
    """A block set in a column of its own: narrow, flush left, most lines as wide as it is."""
    width = block.right - block.left
    if len(block.lines) < 3 or width > 0.5 * (column.right - column.left):
        return False
    flush = sum(line.left - block.left < 3 for line in block.lines)
    full = sum(block.right - line.right < 0.2 * width for line in block.lines)
    alike = len({line.text.split(" ", 1)[0] for line in block.lines}) == 1  # a list, not running text
    return not alike and flush == len(block.lines) and full >= 0.6 * len(block.lines)


def same_centre(above: PrintedLine, line: PrintedLine) -> bool:
    """Whether two lines are centred on each other; Word centres with the trailing blank, hence the tolerance."""
    return abs(above.centre - line.centre) < 6
