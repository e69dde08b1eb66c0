"""Bordered tables: the rows of a page, and the heads that a table repeats on every page it runs over."""

from __future__ import annotations

from collections.abc import Sequence

from policy_qa.reading.printed import PrintedLine

_HEAD_ROWS = 3
"""A table's head has no more rows than this."""


def row_of(line: PrintedLine) -> float | None:
    """The height of the upper border of the line's cell, by which the cells of a row are known; None outside of tables."""
    return None if line.cell is None else line.cell.top


def ruled_rows(lines: Sequence[PrintedLine]) -> dict[float, list[list[PrintedLine]]]:
    """The rows of bordered tables on a page, by the height of their upper border: the lines of each cell, left to right.

    A row of one cell (a heading across the table, a frame around a text) is none.
    """
    cells: dict[float, dict[float, list[PrintedLine]]] = {}
    for line in lines:
        key = row_of(line)
        if key is not None and line.cell is not None:
            cells.setdefault(key, {}).setdefault(line.cell.left, []).append(line)
    return {
        key: [sorted(inside, key=lambda line: -line.middle) for _, inside in sorted(row.items())]
        for key, row in cells.items()
        if len(row) > 1
    }


class RepeatedHeads:
    """Tells, page by page, which lines only repeat the head of a table that began on an earlier page."""

    def __init__(self) -> None:
        self._heads: set[tuple[str, ...]] = set()

    def on(self, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
        """The lines of the next page that repeat a head: its first rows, in the words of the page before."""
        rows = sorted(ruled_rows(lines).items(), reverse=True)
        first = [(tuple(" ".join(line.text for line in cell) for cell in cells), cells) for _, cells in rows[:_HEAD_ROWS]]
        repeated: list[PrintedLine] = []
        for words, cells in first:
            if words not in self._heads:
                break
            repeated += [line for cell in cells for line in cell]
        self._heads = {words for words, _ in first}
        return repeated
