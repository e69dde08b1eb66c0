"""The characters of a PDF page with their boxes, as arrays: the one place that calls PDFium's text functions."""

from __future__ import annotations

from ctypes import byref, c_ushort
from dataclasses import dataclass

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray

HYPHEN = 2
"""A hyphen that ends a printed line: U+0002 character by character, U+FFFE in PDFium's strings."""


@dataclass(frozen=True, slots=True)
class Characters:
    """`n` characters in PDFium's reading order.

    `codes` (n,) are Unicode code points, 0 where the font has none; `boxes` (n, 4) are left, top, right, bottom
    in points of the page as it is shown (rotation applied), origin bottom left; they span the font's full height,
    so that the characters of a line share one height. `turned` (n,) marks characters not written horizontally.
    """

    codes: NDArray[np.int64]
    boxes: NDArray[np.float64]
    turned: NDArray[np.bool_]
    width: float
    height: float


def characters(page: pypdfium2.PdfPage) -> Characters:
    """All characters of a page."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        count = max(pdfium.FPDFText_CountChars(handle), 0)
        rectangles = (pdfium.FS_RECTF * count)()
        loose_box = pdfium.FPDFText_GetLooseCharBox
        for i, rectangle in enumerate(rectangles):
            loose_box(handle, i, byref(rectangle))
        codes = _codes(handle, count)
        raw = np.frombuffer(rectangles, dtype=np.float32).reshape(-1, 4).astype(np.float64)
        rotation = page.get_rotation() % 360
        turned = np.zeros(count, np.bool_)
        if rotation or _runs_upwards(raw):
            angles = np.fromiter((pdfium.FPDFText_GetCharAngle(handle, i) for i in range(count)), np.float64, count)
            shown = np.degrees(angles) + rotation
            turned = np.abs((shown + 45) % 180 - 45) > 30
    finally:
        text_page.close()
    if turned.any():
        # Blanks that PDFium adds have no box and no angle of their own: they go with the character before them.
        drawn = raw[:, 2] > raw[:, 0]
        turned = turned[np.maximum.accumulate(np.where(drawn, np.arange(count), 0))]
    return Characters(codes, _as_shown(raw, rotation, width, height), turned, width, height)


def _codes(handle: object, count: int) -> NDArray[np.int64]:
    """The code point of each character: in one call where the string PDFium gives has just one unit for each."""
    buffer = (c_ushort * (count + 2))()
    written = pdfium.FPDFText_GetText(handle, 0, count, buffer) if count else 0
    units = np.frombuffer(bytes(buffer), np.uint16)[:count].astype(np.int64)
    if written == count + 1 and not ((units >= 0xD800) & (units < 0xE000)).any():
        return np.where(units == 0xFFFE, HYPHEN, units)
    unicode = pdfium.FPDFText_GetUnicode
    return np.fromiter((unicode(handle, i) for i in range(count)), np.int64, count)


def _runs_upwards(boxes: NDArray[np.float64]) -> bool:
    """Whether some of the text is not written horizontally: many characters stand above or below the one before."""
    drawn = boxes[boxes[:, 2] > boxes[:, 0]]
    if len(drawn) < 2:
        return False
    across, along = np.abs(np.diff(drawn[:, 0])), np.abs(np.diff(drawn[:, 3]))
    return bool(((along > 1) & (along > 4 * across)).sum() > 8)


def _as_shown(boxes: NDArray[np.float64], rotation: int, width: float, height: float) -> NDArray[np.float64]:
    """Boxes of the unrotated page turned clockwise by `rotation`; `width` and `height` are those of the page shown."""
    left, top, right, bottom = boxes.T
    if rotation == 90:
        return np.column_stack((bottom, height - left, top, height - right))
    if rotation == 180:
        return np.column_stack((width - right, height - bottom, width - left, height - top))
    if rotation == 270:
        return np.column_stack((width - top, right, width - bottom, left))
    return boxes
