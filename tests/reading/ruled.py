"""Tables with drawn borders for the tests, in each of the ways in which programs draw them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from printed import HEIGHT, Sheet

Way = Literal["thin rectangles", "stroked rectangles", "one path", "lines"]
WAYS: tuple[Way, ...] = ("thin rectangles", "stroked rectangles", "one path", "lines")
PITCH = 15.0
"""Points from one line of a cell to the next."""
PAD = 4.0

Cell = str | Sequence[str]


def table(
    sheet: Sheet,
    y: float,
    columns: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    way: Way = "lines",
    size: float = 11,
) -> float:
    """Draws rows below each other from `y` (down from the top); returns the height of the lower border.

    `columns` are the borders' places from left to right. A row of one cell stretches over all columns; a cell is one
    line or several. Words are drawn row by row, cell by cell.
    """
    for cells in rows:
        tall = [[cell] if isinstance(cell, str) else list(cell) for cell in cells]
        height = PITCH * max(len(lines) for lines in tall) + PAD
        edges = [columns[0], columns[-1]] if len(tall) == 1 else list(columns)
        borders(sheet, edges, y, y + height, way)
        for left, lines in zip(edges, tall, strict=False):
            for k, words in enumerate(lines):
                sheet.text(left + PAD, y + PITCH * (k + 1) - 2, words, size)
        y += height
    return y


def borders(sheet: Sheet, edges: Sequence[float], top: float, bottom: float, way: Way) -> None:
    """The borders of a row of cells between `edges`; `top` and `bottom` count down from the top of the page."""
    canvas = sheet.canvas
    canvas.setLineWidth(0.5)
    above, below = HEIGHT - top, HEIGHT - bottom
    sides = [
        *((left, at, right, at) for left, right in pairwise(edges) for at in (above, below)),
        *((x, below, x, above) for x in edges),
    ]
    if way == "thin rectangles":
        for left, low, right, high in sides:
            canvas.rect(left - 0.25, low - 0.25, right - left + 0.5, high - low + 0.5, stroke=0, fill=1)
    elif way == "stroked rectangles":
        for left, right in pairwise(edges):
            canvas.rect(left, below, right - left, above - below)
    elif way == "one path":
        path = canvas.beginPath()
        for left, low, right, high in sides:
            path.moveTo(left, low)
            path.lineTo(right, high)
        canvas.drawPath(path)
    else:
        for side in sides:
            canvas.line(*side)
