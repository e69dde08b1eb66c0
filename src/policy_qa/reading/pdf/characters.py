"""The characters of a PDF page with their boxes, as arrays: the one place that calls PDFium's text functions."""

from __future__ import annotations

from ctypes import CFUNCTYPE, addressof, c_int, c_ushort, c_void_p, cast, sizeof
from dataclasses import dataclass

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray

from policy_qa.reading.legacy import Encoding
from policy_qa.reading.pdf.rules import Grid, drawn_rules, grid

HYPHEN = 2
"""A hyphen that ends a printed line: U+0002 character by character, U+FFFE in PDFium's strings."""


# Called for every character: with plain addresses as arguments a call takes half the time.
_loose_box = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(cast(pdfium.FPDFText_GetLooseCharBox, c_void_p).value or 0)


@dataclass(frozen=True, slots=True)
class Characters:
    """`n` characters in PDFium's reading order.

    `codes` (n,) are Unicode code points, 0 where the font has none. `boxes` (n, 4) are left, top, right, bottom in
    points, origin bottom left, of the page turned so that most of its text is upright: `turn` degrees clockwise from
    how it is shown, `width` and `height` after that turn. They span the font's full height, so that the characters
    of a line share one height. `turned` (n,) marks the characters that are still not written horizontally. `grid` are
    the borders of tables, in the same coordinates. `encoding` is the old encoding that the codes are in, None for Unicode.
    """

    codes: NDArray[np.int64]
    boxes: NDArray[np.float64]
    turned: NDArray[np.bool_]
    width: float
    height: float
    turn: int = 0
    grid: Grid | None = None
    encoding: Encoding | None = None

    @property
    def text(self) -> str:
        """The characters as they stand in the file, blanks where the font has no code."""
        return "".join(letters_of(self.codes))


def letters_of(codes: NDArray[np.int64]) -> list[str]:
    """The characters of code points; a blank where there is none."""
    known = (codes > 0) & (codes < 0x110000) & ((codes < 0xD800) | (codes > 0xDFFF))
    return list(np.where(known, codes, 0x20).astype("<u4").tobytes().decode("utf-32-le"))


def characters(page: pypdfium2.PdfPage) -> Characters:
    """All characters of a page."""
    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        count = max(pdfium.FPDFText_CountChars(handle), 0)
        rectangles = (pdfium.FS_RECTF * count)()
        where, first = cast(handle, c_void_p).value, addressof(rectangles)
        for i, at in enumerate(range(first, first + count * sizeof(pdfium.FS_RECTF), sizeof(pdfium.FS_RECTF))):
            _loose_box(where, i, at)
        codes = _codes(handle, count)
        raw = np.frombuffer(rectangles, dtype=np.float32).reshape(-1, 4).astype(np.float64)
        rotation = page.get_rotation() % 360
        quarters = _quarters(handle, raw) if rotation or _is_askew(raw) else np.zeros(count, np.int64)
    finally:
        text_page.close()
    # PDFium counts from the corner of the sheet, which is not always that of the part that is shown.
    corner = np.array(page.get_bbox()[:2] * 2)
    raw, rules = raw - corner, drawn_rules(page) - corner
    width, height = page.get_size()
    drawn = quarters[raw[:, 2] > raw[:, 0]]
    upright = int(np.bincount(drawn, minlength=4).argmax())  # clockwise quarters at which most characters stand
    turn = -(90 * upright + rotation) % 360
    if turn in {90, 270}:
        width, height = height, width
    return Characters(
        codes,
        turned_boxes(raw, rotation + turn, width, height),
        quarters != upright,
        width,
        height,
        turn,
        grid(turned_boxes(rules, rotation + turn, width, height)),
    )


def _quarters(handle: object, boxes: NDArray[np.float64]) -> NDArray[np.int64]:
    """The direction of each character on the unrotated page, in quarter turns clockwise."""
    angle = pdfium.FPDFText_GetCharAngle
    angles = np.fromiter((angle(handle, i) for i in range(len(boxes))), np.float64, len(boxes))
    quarters = np.rint(angles / (np.pi / 2)).astype(np.int64) % 4
    # Blanks that PDFium adds have no box and no angle of their own: they go with the character before them.
    drawn = boxes[:, 2] > boxes[:, 0]
    return quarters[np.maximum.accumulate(np.where(drawn, np.arange(len(boxes)), 0))] if len(boxes) else quarters


def _codes(handle: object, count: int) -> NDArray[np.int64]:
    """The code point of each character: in one call where the string PDFium gives has just one unit for each."""
    buffer = (c_ushort * (count + 2))()
    written = pdfium.FPDFText_GetText(handle, 0, count, buffer) if count else 0
    units = np.frombuffer(bytes(buffer), np.uint16)[:count].astype(np.int64)
    if written == count + 1 and not ((units >= 0xD800) & (units < 0xE000)).any():
        return np.where(units == 0xFFFE, HYPHEN, units)
    unicode = pdfium.FPDFText_GetUnicode
    return np.fromiter((unicode(handle, i) for i in range(count)), np.int64, count)


def _is_askew(boxes: NDArray[np.float64]) -> bool:
    """Whether some of the text does not run to the right: many characters stand above, below or left of the one before."""
    drawn = boxes[boxes[:, 2] > boxes[:, 0]]
    if len(drawn) < 2:
        return False
    across, along = np.diff(drawn[:, 0]), np.abs(np.diff(drawn[:, 3]))
    sideways = (along > 1) & (along > 4 * np.abs(across))
    upside_down = (along < 1) & (across < 0)
    return bool(sideways.sum() > 8 or upside_down.sum() > 0.5 * len(drawn))


def turned_boxes(boxes: NDArray[np.float64], degrees: int, width: float, height: float) -> NDArray[np.float64]:
    """Boxes (n, 4) of a page that is turned clockwise by `degrees`; `width` and `height` are those after the turn."""
    left, top, right, bottom = boxes.T
    if degrees % 360 == 90:
        return np.column_stack((bottom, height - left, top, height - right))
    if degrees % 360 == 180:
        return np.column_stack((width - right, height - bottom, width - left, height - top))
    if degrees % 360 == 270:
        return np.column_stack((width - top, right, width - bottom, left))
    return boxes
