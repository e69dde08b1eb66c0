"""The lines drawn on a PDF page, and the table cells that they enclose.

Word draws a border as many thin rectangles, other programs as one path of many segments; both become thin boxes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray

from policy_qa.document import Box

_THIN = 3.0  # points; a drawn line is no thicker
_SHORT = 6.0  # points; shorter pieces are corners and dots
_OPEN = 0.3  # points; letters that touch have no border between them
_NEAR = 2.0  # points by which borders may miss each other
_NARROW = 10.0  # points; no column is narrower
_MOST_OBJECTS = 20_000  # a drawing, not a table
_MOST_SEGMENTS = 40_000
_DEPTH = 3

Edges = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of a PDF's transformation: x' = a·x + c·y + e, y' = b·x + d·y + f."""


class _IsDrawing(Exception):
    """A page has more objects and segments than tables have."""


def drawn_rules(page: pypdfium2.PdfPage) -> NDArray[np.float64]:
    """The straight lines of a page as thin boxes (n, 4): left, top, right, bottom in points of the unrotated page."""
    try:
        found = list(_Drawing().rules(page.raw))
    except _IsDrawing:
        found = []
    return np.array(found, np.float64).reshape(-1, 4)


class _Drawing:
    """Goes through what is drawn on a page, forms within it included, as long as it may be a table."""

    def __init__(self) -> None:
        self._objects = self._segments = 0

    def rules(self, page: object) -> Iterator[Edges]:
        """The straight lines among the objects of a page."""
        return self._inside(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)

    def _inside(self, holder: object, count: object, get: object, placed: Matrix, depth: int) -> Iterator[Edges]:
        total = count(holder)  # type: ignore[operator]
        self._objects += total
        if self._objects > _MOST_OBJECTS:
            raise _IsDrawing
        for i in range(total):
            item = get(holder, i)  # type: ignore[operator]
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield from self._path(item, placed)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                inner = _within(placed, _matrix(item))
                yield from self._inside(
                    item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1
                )

    def _path(self, item: object, placed: Matrix) -> Iterator[Edges]:
        left, bottom, right, top = (c_float() for _ in range(4))
        if not pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
            return
        edges = _line(_moved(placed, left.value, bottom.value), _moved(placed, right.value, top.value))
        if _is_rule(edges):
            yield edges
            return
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
        # A large filled shape is a shading; its edges are no borders.
        if stroke.value:
            yield from filter(_is_rule, self._lines(item, _within(placed, _matrix(item))))

    def _lines(self, item: object, placed: Matrix) -> Iterator[Edges]:
        """The straight segments of a path."""
        total = pdfium.FPDFPath_CountSegments(item)
        self._segments += total
        if self._segments > _MOST_SEGMENTS:
            raise _IsDrawing
        x, y = c_float(), c_float()
        start = last = (0.0, 0.0)
        for i in range(total):
            segment = pdfium.FPDFPath_GetPathSegment(item, i)
            pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            here = _moved(placed, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = here
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                yield _line(last, here)
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield _line(here, start)
            last = here


def _matrix(item: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(found)):
        return (1, 0, 0, 1, 0, 0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _within(outer: Matrix, inner: Matrix) -> Matrix:
    """The transformation of what is drawn with `inner` inside of `outer`."""
    a, b, c, d, e, f = inner
    return (*_moved(outer, a, b, 0), *_moved(outer, c, d, 0), *_moved(outer, e, f))


def _moved(matrix: Matrix, x: float, y: float, shift: int = 1) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + shift * e, b * x + d * y + shift * f


def _line(a: tuple[float, float], b: tuple[float, float]) -> Edges:
    return (min(a[0], b[0]), max(a[1], b[1]), max(a[0], b[0]), min(a[1], b[1]))


def _is_rule(edges: Edges) -> bool:
    width, height = edges[2] - edges[0], edges[1] - edges[3]
    return min(width, height) <= _THIN and max(width, height) > _SHORT


@dataclass(frozen=True, slots=True)
class Grid:
    """The borders of a page's tables, in points, origin bottom left.

    `across` (n, 3) are height, left, right of the horizontal ones, `down` (n, 3) are place, bottom, top of the others.
    """

    across: NDArray[np.float64]
    down: NDArray[np.float64]

    def parts(
        self, right: NDArray[np.float64], left: NDArray[np.float64], middle: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """For each gap between two characters (from `right` to `left`, at height `middle`) whether a border runs through."""
        cut = np.zeros(len(right), np.bool_)
        open_gaps = np.flatnonzero(left - right > _OPEN)
        before, after, height = (values[open_gaps, np.newaxis] for values in (right, left, middle))
        place, bottom, top = self.down.T
        crossed = (before - 1 <= place) & (place <= after + 1) & (bottom <= height) & (height <= top)
        cut[open_gaps] = crossed.any(axis=1)
        return cut

    def cell(self, x: float, y: float) -> Box | None:
        """The cell around a point; None outside of tables."""
        sides = self.down[(self.down[:, 1] - _NEAR <= y) & (y <= self.down[:, 2] + _NEAR), 0]
        ends = self.across[(self.across[:, 1] - _NEAR <= x) & (x <= self.across[:, 2] + _NEAR), 0]
        left, right = sides[sides <= x], sides[sides > x]
        below, above = ends[ends <= y], ends[ends > y]
        if not (len(left) and len(right) and len(below) and len(above)):
            return None
        return Box(*(round(float(v), 1) for v in (left.max(), below.max(), right.min(), above.min())))

    def is_in_row(self, cell: Box, y: float) -> bool:
        """Whether another cell stands beside this one at height `y`; that between the lines of a double border is none."""
        beside = (self.cell(cell.left - 2 * _NEAR, y), self.cell(cell.right + 2 * _NEAR, y))
        return any(other is not None and other.right - other.left > _NARROW for other in beside)


def grid(rules: NDArray[np.float64]) -> Grid | None:
    """The borders among the rules (n, 4: left, top, right, bottom); None where nothing can be a table."""
    if len(rules) < 4:
        return None
    left, top, right, bottom = rules.T
    lying = right - left >= top - bottom
    down = rules[~lying]
    if len(down) < 2 or lying.sum() < 2:
        return None
    across = rules[lying]
    return Grid(
        np.column_stack(((across[:, 1] + across[:, 3]) / 2, across[:, 0], across[:, 2])),
        np.column_stack(((down[:, 0] + down[:, 2]) / 2, down[:, 3], down[:, 1])),
    )
