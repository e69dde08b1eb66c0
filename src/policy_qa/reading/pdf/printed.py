"""One printed line out of its characters: the words, the edges, the marks of notes that are lifted out of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policy_qa.document import Box
from policy_qa.reading.invisible import RANGES
from policy_qa.reading.legacy import Encoding
from policy_qa.reading.pdf.characters import HYPHEN, letters_of
from policy_qa.reading.pdf.recoding import recoded
from policy_qa.reading.vietnamese import compose, nfc

_ODD = re.compile(rf"[{RANGES}\x0b\x0c\ufdd0\ufdd1]")
_DROPPED = 1  # a code that vanishes from the text
_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f]+")
_BEFORE_STOP = re.compile(r" (?=[.,;:)/])")
_BREAK = re.compile(r"[^\S\u00a0]+")
_HARD = re.compile(f"[\r\n{chr(HYPHEN)}\ufffe]")
_UNIT = re.compile(r"(?<![^\W\d_])[kcdmh]?m$")
_BOUND = frozenset({"số", "điều", "khoản", "điểm", "ngày", "tháng", "năm", "chương", "mục"})
"""Words that typists bind to the number after them by a no-break space, which PDFium gives as an ordinary one."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The raised figure of a footnote, and the offset in its line's text where it stood."""

    mark: str
    offset: int


@dataclass(slots=True)
class PrintedLine:
    """One printed line, or one column's part of it.

    Coordinates are points of the page shown, origin bottom left; `size` is the height of its characters.
    `hyphenated`: ends in a hyphen that belongs to the word. `marks` are the note marks lifted out of it,
    `note`: it begins with one. `turned`: not written horizontally. `cell`: the cell of a table that it is printed in,
    `in_row`: others stand beside that. `broken`: it ends within a figure that its cell was too narrow for. `first_word`: the width of what would have stood on the line above, had there been room.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int
    hyphenated: bool = False
    turned: bool = False
    note: bool = False
    marks: tuple[NoteMark, ...] = ()
    first_word: float = 0.0
    cell: Box | None = None
    in_row: bool = False
    broken: bool = False

    @property
    def middle(self) -> float:
        """Height of the line's centre."""
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2

    @property
    def box(self) -> Box:
        """The line's rectangle."""
        return Box(self.left, self.bottom, self.right, self.top)

    def beside(self, other: PrintedLine) -> bool:
        """Whether the two stand on one printed row."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return self.page == other.page and overlap > 0.4 * min(self.size, other.size)


def printed_line(
    codes: NDArray[np.int64], drawn: NDArray[np.int64], boxes: NDArray[np.float64], page: int, encoding: Encoding | None
) -> PrintedLine | None:
    """One line from its characters.

    `codes` (n,) are code points, blanks included; `drawn` (m,) the places in `codes` of those with a box, `boxes` (m, 4)
    their left, top, right, bottom. None where nothing is left to read.
    """
    left, top, right, bottom = boxes.T
    height = top - bottom
    size, low, high = upper_median(height), upper_median(bottom), upper_median(top)
    codes = _without_run_ends(codes, drawn, left, right, size)
    letters = letters_of(codes)
    if encoding is not None:
        letters = recoded(letters, encoding)
    raised = (height < 0.8 * size) & (bottom + top > low + high)
    lifted = _note_marks(letters, drawn, raised) if raised.any() else []
    if not lifted:
        text = _tidy("".join(letters))
        if not text:
            return None
        end = _first_word_end("".join(letters)) if encoding is None else len(letters)
        return PrintedLine(
            text, float(left[0]), low, float(right.max()), high, size, page,
            hyphenated=HYPHEN in codes[drawn[-1] :] and text.endswith("-"),
            first_word=float(right[max(int(np.searchsorted(drawn, end)) - 1, 0)] - left[0]),
        )  # fmt: skip
    return _line_with_notes(codes, letters, drawn, boxes, lifted, page)


def plain_line(
    raw: str, left: float, right: float, bottom: float, top: float, page: int, until: Callable[[int], float]
) -> PrintedLine | None:
    """A line whose characters all stand on one foot, without old encodings, notes or hyphens: most lines are such.

    `raw` are its characters, the blanks that PDFium gives behind them included; `until` tells the right edge of the last
    one drawn before a place in `raw`. None where nothing is left to read.
    """
    text = _tidy(raw)
    if not text:
        return None
    first_word = until(_first_word_end(raw)) - left
    return PrintedLine(text, left, bottom, right, top, top - bottom, page, first_word=first_word)


def is_plain(raw: str) -> bool:
    """Whether a line's characters need no more care than blanks: no hyphen at its end, no line end inside of it."""
    return _HARD.search(raw.rstrip()) is None


def _line_with_notes(
    codes: NDArray[np.int64],
    letters: list[str],
    drawn: NDArray[np.int64],
    boxes: NDArray[np.float64],
    lifted: Sequence[Sequence[int]],
    page: int,
) -> PrintedLine:
    """A line out of which the note marks at the places `lifted` (in `drawn`) are taken; its edges are those of the rest."""
    end = _first_word_end("".join(letters))
    note = any(not "".join(letters[: drawn[places[0]]]).strip() for places in lifted)
    signs = ["".join(letters[drawn[k]] for k in places) for places in lifted]
    body = np.ones(len(drawn), np.bool_)
    for k in (k for places in lifted for k in places):
        body[k] = False
        letters[drawn[k]] = ""
    text = _tidy("".join(letters))
    # The blank that parted a mark from the stop after it goes, before later marks as well.
    text = _BEFORE_STOP.sub("", text)
    before = (_BEFORE_STOP.sub("", _tidy("".join(letters[: drawn[places[0]]]))) for places in lifted)
    offsets = [min(len(words), len(text)) for words in before]
    edges = np.flatnonzero(body) if body.any() else np.arange(len(drawn))
    left, top, right, bottom = boxes[edges].T
    return PrintedLine(
        text=text or signs[0],
        left=float(left[0]),
        bottom=upper_median(bottom),
        right=float(right.max()),
        top=upper_median(top),
        size=upper_median(top - bottom),
        page=page,
        hyphenated=HYPHEN in codes[drawn[-1] :] and text.endswith("-"),
        note=note,
        marks=tuple(NoteMark(sign, offset) for sign, offset in zip(signs, offsets, strict=True)),
        first_word=float(right[max(int(np.searchsorted(drawn[edges], end)) - 1, 0)] - left[0]),
    )


def upper_median(values: NDArray[np.float64]) -> float:
    """The upper median: a value that occurs."""
    ordered = np.sort(values)
    return float(ordered[len(ordered) // 2])


def _tidy(text: str) -> str:
    text = _ODD.sub("", text.replace(chr(HYPHEN), "-"))
    return compose(_BLANKS.sub(" ", text)).strip()


def _first_word_end(text: str) -> int:
    """Where in a line's characters ends what could not be left on the line above without the rest of it."""
    first = _BREAK.search(text)
    if first is None:
        return len(text)
    following = _BREAK.search(text, first.end())
    is_number = text[first.end() : first.end() + 1].isdigit()
    if is_number and nfc(text[: first.start()]).lower() in _BOUND:
        return following.start() if following else len(text)  # the number, too, had to stay
    return first.start()


def _without_run_ends(
    codes: NDArray[np.int64],
    drawn: NDArray[np.int64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    size: float,
) -> NDArray[np.int64]:
    """Line ends that PDFium puts between parts of one word (each piece of turned text ends a line for it) dropped."""
    inside = codes[: drawn[-1]]
    ends = np.flatnonzero((inside == 10) | (inside == 13))
    if not len(ends):
        return codes
    codes = codes.copy()
    after = np.searchsorted(drawn, ends)
    for end, k in zip(ends.tolist(), after.tolist(), strict=True):
        if 0 < k < len(drawn) and left[k] - right[k - 1] < 0.12 * size:
            codes[end] = _DROPPED
    return codes


def _note_marks(letters: list[str], drawn: NDArray[np.int64], raised: NDArray[np.bool_]) -> list[list[int]]:
    """Runs of raised figures, but not the exponent of a unit (m², km³)."""
    places = np.flatnonzero(raised)
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    return [
        run.tolist()
        for run in runs
        if all(letters[drawn[k]].isdigit() for k in run) and not _UNIT.search("".join(letters[: drawn[run[0]]]))
    ]
