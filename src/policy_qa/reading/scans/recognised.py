"""Printed lines out of recognised pages: what comes after cannot tell them from those of pages with text."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from policy_qa.document import Box
from policy_qa.reading.pdf.printed import NoteMark, PrintedLine
from policy_qa.reading.pdf.rules import Grid, grid
from policy_qa.reading.scans.fragments import (
    FULL_HEIGHT,
    Fragment,
    Straightening,
    fragment_rows,
    straightening,
    usual_size,
)
from policy_qa.reading.scans.hocr import Edges, Sheet, is_lying, mean_confidence
from policy_qa.reading.scans.noise import is_in_cell, written
from policy_qa.reading.scans.note_marks import lifted, number_notes, opens_quote
from policy_qa.reading.scans.reading_order import in_reading_order

_ALIKE = 0.12
"""By this part a line's height may differ from the usual one: measured by its own few high letters it is never the same."""
_CAPITALS = 1.45
"""Lines of capitals, and lines with an underline, are measured as much too high."""
_SMALL = 0.93  # of the usual size; the print of notes is smaller
_NOTE_SIZE = 0.85  # of the usual size, at most
_NOTE_RULE = (0.15, 0.4)
"""The length of the rule above footnotes in page widths; Word draws a quarter."""
_NUMBER = re.compile(r"[-–— ]*\d{1,3}[-–— .]*")
_APART, _OUTSIDE = 1.6, 0.3  # line heights to the next row; part of the page's height from its middle
_SENTENCE_END = re.compile(r"[.”\"]$")


@dataclass(slots=True)
class RecognisedPage:
    """What was recognised on page `number`: rows of fragments from the top, and how the page was levelled.

    `foot` is the height of the rule above footnotes; `layer` are lines that the page has as text. `confidence` is the mean
    over the characters, 0 to 1, None where nothing was recognised. `borders` are those of tables. `printed_number` is the
    page's number where the picture is smaller than the page, so that its height does not tell.
    """

    number: int
    place: Straightening
    rows: list[list[Fragment]]
    foot: float | None
    confidence: float | None
    borders: Grid | None
    layer: Sequence[PrintedLine] = ()
    printed_number: Fragment | None = None


def recognised_page(
    sheet: Sheet, number: int, width: float, height: float, layer: Sequence[PrintedLine] = ()
) -> RecognisedPage:
    """A page of `width` by `height` points that was recognised as `sheet`; what stands in `layer` is left out."""
    place = straightening(sheet, width, height)
    borders = _borders(sheet, place)
    usual = usual_size(sheet) * FULL_HEIGHT * place.width / sheet.width
    rows = fragment_rows(sheet, place, borders, [_wider(line.box) for line in layer])
    rows = written(rows, usual, place, borders)
    words = [word for row in rows for fragment in row for word in fragment.words]
    confidence = mean_confidence(words) if words else None
    level = [_levelled(line, place) for line in layer]
    at = _number_row(rows, place, borders)
    printed = rows.pop(at)[0] if at is not None else None
    return RecognisedPage(number, place, rows, _foot(sheet, place), confidence, borders, level, printed)


def printed_pages(pages: Sequence[RecognisedPage]) -> list[list[PrintedLine]]:
    """The lines of the recognised pages of a document, on each page in reading order."""
    usual = _usual_size(pages)
    printed: list[list[PrintedLine]] = []
    notes_end = True
    for page in pages:
        lines = _lines(page, usual)
        small = [line for line in lines if page.foot is not None and line.top < page.foot]
        if small and _are_notes(small, usual):
            _as_notes(small, _NOTE_SIZE * usual, goes_on=not notes_end)
            notes_end = bool(_SENTENCE_END.search(small[-1].text))
        else:
            notes_end = True
        printed.append(lines)
    number_notes(printed)
    return [in_reading_order([*page.layer, *lines]) for page, lines in zip(pages, printed, strict=True)]


def _number_row(rows: Sequence[Sequence[Fragment]], place: Straightening, borders: Grid | None) -> int | None:
    """Which row is the page's number: the first or the last, alone, far from the others and from the page's middle."""
    if len(rows) < 2:
        return None
    for at, beside in ((0, 1), (-1, -2)):
        row, other = rows[at], rows[beside]
        apart = abs(row[0].base - other[0].base) > _APART * other[0].size
        outside = abs(row[0].base / place.height - 0.5) > _OUTSIDE
        if len(row) == 1 and _NUMBER.fullmatch(row[0].text) and apart and outside and not is_in_cell(row[0], borders):
            return at
    return None


def _levelled(line: PrintedLine, place: Straightening) -> PrintedLine:
    x, y = place.level(line.centre, place.height - line.middle)
    across, up = x - line.centre, y - line.middle
    return dataclasses.replace(
        line, left=line.left + across, right=line.right + across, bottom=line.bottom + up, top=line.top + up
    )


def _wider(box: Box) -> Box:
    return Box(box.left - 2, box.bottom - 1, box.right + 2, box.top + 1)


# --- rules --------------------------------------------------------------------------------------------------------


def _level(rule: Edges, sheet: Sheet, place: Straightening) -> tuple[float, float]:
    """The middle of a rule on the level page."""
    scale = place.width / sheet.width
    return place.level((rule[0] + rule[2]) / 2 * scale, (rule[1] + rule[3]) / 2 * scale)


def _borders(sheet: Sheet, place: Straightening) -> Grid | None:
    """The borders of tables among the rules of a sheet; None where it has none."""
    half = place.width / sheet.width / 2
    boxes = []
    for rule in sheet.rules:
        x, y = _level(rule, sheet, place)
        # A rule is as thick as the page is askew.
        across, up = ((rule[2] - rule[0]) * half, 0.0) if is_lying(rule) else (0.0, (rule[3] - rule[1]) * half)
        boxes.append((x - across, y + up, x + across, y - up))
    return grid(np.array(boxes, np.float64).reshape(-1, 4))


def _foot(sheet: Sheet, place: Straightening) -> float | None:
    """The height of the rule above footnotes: short, from the left edge of the text, below the head of the page."""
    heights = [
        _level(rule, sheet, place)[1]
        for rule in sheet.rules
        if is_lying(rule)
        and _NOTE_RULE[0] * sheet.width < rule[2] - rule[0] < _NOTE_RULE[1] * sheet.width
        and rule[0] < 0.25 * sheet.width
        and rule[1] > 0.3 * sheet.height
    ]
    return min(heights, default=None)


# --- rows and sizes -----------------------------------------------------------------------------------------------


def _usual_size(pages: Sequence[RecognisedPage]) -> float:
    """The size of most lines above the footnotes of all pages."""
    sizes = [f.size for page in pages for row in page.rows for f in row if page.foot is None or f.base > page.foot]
    return max(round(median(sizes), 1), 1.0) if sizes else 12.0


def _size(fragment: Fragment, usual: float) -> float:
    """The size of a line, steadied."""
    ratio = fragment.size / usual
    is_alike = 1 - _ALIKE <= ratio <= _CAPITALS or (ratio > 1 and len(fragment.words) > 2)
    return usual if is_alike else fragment.size


# --- lines --------------------------------------------------------------------------------------------------------


def _lines(page: RecognisedPage, usual: float) -> list[PrintedLine]:
    lines: list[PrintedLine] = []
    quoted = False
    for fragment in (fragment for row in page.rows for fragment in row):
        if page.foot is None or fragment.base > page.foot:
            fragment.size = _size(fragment, usual)
        found = lifted(fragment, quoted)
        quoted = opens_quote(found.text, quoted)
        if not found.text and not found.marks:
            continue
        lines.append(
            PrintedLine(
                text=found.text or found.marks[0].mark,
                left=fragment.left,
                bottom=fragment.bottom,
                right=fragment.right,
                top=fragment.top,
                size=fragment.size,
                page=page.number,
                hyphenated=bool(re.search(r"\w-$", found.text)),
                marks=found.marks,
                note=found.note and fragment.size < _SMALL * usual,
                first_word=fragment.words[0].right - fragment.left,
            )
        )
        if page.borders is not None:
            _place_in_table(lines[-1], page.borders)
    return lines


def _place_in_table(line: PrintedLine, borders: Grid) -> None:
    line.cell = borders.cell(line.centre, line.middle)
    line.in_row = line.cell is not None and borders.is_in_row(line.cell, line.middle)


def _are_notes(lines: Sequence[PrintedLine], usual: float) -> bool:
    """Whether lines below a short rule are footnotes: in small print, or with the mark of one."""
    first = lines[0]
    return median(line.size for line in lines) < _SMALL * usual or (bool(first.marks) and first.marks[0].offset == 0)


def _as_notes(lines: Sequence[PrintedLine], most: float, *, goes_on: bool) -> None:
    """Lines below the rule of footnotes: of one small size, the first with a mark unless it goes on from the page before."""
    size = min(round(median(line.size for line in lines), 1), most)
    for line in lines:
        line.size = size
        line.note = bool(line.marks) and line.marks[0].offset == 0
    first = lines[0]
    if not first.note and not goes_on:
        first.note, first.marks = True, (NoteMark("?", 0), *first.marks)
