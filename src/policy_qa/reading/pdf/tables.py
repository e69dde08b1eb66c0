"""Bordered tables: the rows of a page, and the heads that a table repeats on every page it runs over."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from policy_qa.reading.pdf.printed import PrintedLine

_HEAD_ROWS = 3
"""A table's head has no more rows than this."""
_APART = 3.0
"""Points between two tables; the rows of one share their border."""
_MARGIN = 5.4
"""Points that Word leaves free at each side of a cell."""
_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CUT = re.compile(r".*\.\d{1,2}")
"""An amount that lacks figures at its end: they stand by threes."""


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


def broken_figures(rows: Mapping[float, Sequence[Sequence[PrintedLine]]]) -> Iterator[PrintedLine]:
    """The lines that end within a figure, which goes on in the next line of its cell: "202" over "0".

    A cell that is too narrow for a figure breaks it where its room ends. Figures may also stand below each other on purpose:
    they are one only where the upper has no room left beside it, and where together they look like a figure that stands
    whole in their column, like a year beside another year of their row ("202" over "0"), or like an amount whose upper part
    is none.
    """
    level = {top: [cell for cell in row if not any(line.turned for line in cell)] for top, row in rows.items()}
    whole = {
        (place, _shape(cell[0].text))
        for top, row in level.items()
        for cell in row
        if len(cell) == 1 and _FIGURE.fullmatch(cell[0].text)
        for place in _places(top, cell)
    }
    for top, row in level.items():
        for cell in row:
            pieces = [line.text for line in cell]
            if len(cell) < 2 or not all(map(_FIGURE.fullmatch, pieces)) or not _is_filled(cell):
                continue
            figure = "".join(pieces)
            is_amount = bool(_AMOUNT.fullmatch(figure) and _CUT.fullmatch(pieces[0]))
            row_place, *column = ((place, _shape(figure)) for place in _places(top, cell))
            in_row = row_place in whole and len(pieces[0]) == 3 and _YEAR.fullmatch(figure)
            if is_amount or in_row or any(place in whole for place in column):
                yield from cell[:-1]


def _places(top: float, cell: Sequence[PrintedLine]) -> tuple[tuple[str, int], ...]:
    """The row and the column of a cell; the borders of one column may miss each other by parts of a point."""
    box = cell[0].cell
    return (("row", round(top)), *((("column", round(box.left)),) if box is not None else ()))


def _shape(figure: str) -> str:
    return re.sub(r"\d", "0", figure)


def _is_filled(cell: Sequence[PrintedLine]) -> bool:
    """Whether no line of a cell but the last has room left for the first figure of the next."""
    box = cell[0].cell
    if box is None:
        return False
    room = box.right - box.left - 2 * _MARGIN
    return all(
        above.right - above.left + (line.right - line.left) / len(line.text) > room for above, line in pairwise(cell)
    )


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
