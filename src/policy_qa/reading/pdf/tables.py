"""Bordered tables: the rows of a page, and the heads that a table repeats on every page it runs over."""

from __future__ import annotations

import math
from collections.abc import Sequence

from policy_qa.reading.pdf.printed import PrintedLine

_HEAD_ROWS = 3
"""A table's head has no more rows than this."""
_APART = 3.0
"""Points between two tables; the rows of one share their border."""


def row_of(line: PrintedLine) -> float | None:
    """The height of the upper border of the line's cell, by which the cells of a row are known; None outside of rows.

    A cell that stands alone (a heading across the table, a frame around a text) is no row.
    """
    return line.cell.top if line.cell is not None and line.in_row else None


def ruled_rows(lines: Sequence[PrintedLine]) -> dict[float, list[list[PrintedLine]]]:
    """The rows of bordered tables on a page, by the height of their upper border: the lines of each cell, left to right."""
    cells: dict[float, dict[float, list[PrintedLine]]] = {}
    for line in lines:
        key = row_of(line)
        if key is not None and line.cell is not None:
            cells.setdefault(key, {}).setdefault(line.cell.left, []).append(line)
    return {
        key: [sorted(inside, key=lambda line: -line.middle) for _, inside in sorted(row.items())]
        for key, row in cells.items()
    }


class RepeatedHeads:
    """Tells, page by page, which lines only repeat the head of a table that began on an earlier page."""

    def __init__(self) -> None:
        self._heads: set[tuple[str, ...]] = set()

    def on(self, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
        """The lines of the next page's text that repeat a head: its first rows, in the words of the page before.

        Only a table that ended the page before and begins this one goes on; another may well have the same head.
        """
        level = [line for line in lines if not line.turned]
        rows = sorted(ruled_rows(level).items(), reverse=True)
        worded = [(top, tuple(" ".join(line.text for line in cell) for cell in cells), cells) for top, cells in rows]
        repeated: list[PrintedLine] = []
        if level and max(level, key=lambda line: line.top).cell is not None:
            for _, words, cells in worded[:_HEAD_ROWS]:
                if words not in self._heads:
                    break
                repeated += [line for cell in cells for line in cell]
        start = _start_of_last_table(level)
        self._heads = {words for _, words, _ in [row for row in worded if row[0] <= start][:_HEAD_ROWS]}
        return repeated


def _start_of_last_table(lines: Sequence[PrintedLine]) -> float:
    """The upper border of the table that ends a page; minus infinity where something else does."""
    if not lines or min(lines, key=lambda line: line.bottom).cell is None:
        return -math.inf
    start = foot = math.inf
    for cell in sorted({line.cell for line in lines if line.cell is not None}, key=lambda cell: -cell.top):
        if cell.top < foot - _APART:
            start = cell.top
            foot = cell.bottom
        foot = min(foot, cell.bottom)
    return start
