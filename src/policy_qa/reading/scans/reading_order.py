"""The order in which the lines of a recognised page are read: row by row, but a head or a signature column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policy_qa.reading.pdf.printed import PrintedLine

_MOST_ROWS = 16
"""Rows of a head, or of the list of recipients beside a signature; more are a table."""
_ROWS_ABOVE = 3
_FAR = 2.6  # line heights; rows farther apart share no column
_NARROWEST = 3.0  # points between two columns


@dataclass(slots=True)
class _Gutter:
    """The place between two columns, from `low` to `high`, which every row makes narrower."""

    low: float
    high: float

    def takes(self, row: Sequence[PrintedLine]) -> bool:
        """Narrows the gutter by a row, where the row leaves room for it."""
        low, high = self.low, self.high
        for line in row:
            if line.cell is not None:
                return False
            if line.centre < (self.low + self.high) / 2:
                low = max(low, line.right)
            else:
                high = min(high, line.left)
        if len(row) > 2 or high - low < _NARROWEST:
            return False
        self.low, self.high = low, high
        return True


def in_reading_order(lines: Iterable[PrintedLine]) -> list[PrintedLine]:
    """The lines from the top; where a gutter runs through rows, first what is left of it, then what is right."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if rows and any(line.beside(other) for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.left)
    result: list[PrintedLine] = []
    at = 0
    while at < len(rows):
        first, last, gutter = _columns(rows, at)
        for row in rows[at:first]:
            result += row
        zone = [line for row in rows[first:last] for line in row]
        if gutter is not None:
            zone.sort(key=lambda line: line.centre > (gutter.low + gutter.high) / 2)  # stable: rows stay in order
        result += zone
        at = last
    return result


def _columns(rows: Sequence[Sequence[PrintedLine]], start: int) -> tuple[int, int, _Gutter | None]:
    """The first rows from `start` on that share a gutter, and the gutter; none and all rows where no rows do."""
    for i in range(start, len(rows)):
        row = rows[i]
        if len(row) != 2 or any(line.cell is not None for line in row):
            continue
        gutter = _Gutter(row[0].right, row[1].left)
        if gutter.high - gutter.low < _NARROWEST:
            continue
        first, last = i, i + 1
        while last < len(rows) and _near(rows[last - 1], rows[last]) and gutter.takes(rows[last]):
            last += 1
        while (
            first > max(start, i - _ROWS_ABOVE)
            and _near(rows[first - 1], rows[first])
            and gutter.takes(rows[first - 1])
        ):
            first -= 1
        if last - first <= _MOST_ROWS:
            return first, last, gutter
        return last, last, None
    return len(rows), len(rows), None


def _near(above: Sequence[PrintedLine], below: Sequence[PrintedLine]) -> bool:
    return min(line.bottom for line in above) - max(line.top for line in below) < _FAR * below[0].size
