"""The marks of footnotes on recognised pages: small raised figures, often read as other signs, numbered by their order."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from policy_qa.reading.pdf.printed import NoteMark, PrintedLine
from policy_qa.reading.scans.fragments import Fragment, PlacedWord

_SIGNS = frozenset("0123456789!?*°®©'`\"”“’‘#^")
"""What small raised figures are read as."""
_NEVER_TEXT = frozenset("!?*°®^#")
_QUOTES = frozenset("”\"’'")
_AFTER = ".,;:)/"
_LONGEST = 3
_LOST = 6  # marks of a document that were not recognised at all
_READ_AS = {
    "0": "0°O", "1": "1!'`Ìí|l*", "2": "2?”", "3": "3*ế", "4": "4*#“^", "5": "5Š§*“", "6": "6®°Êế", "7": "7?”'", "8": "8®#“", "9": "9®?°”",
}  # fmt: skip
"""For each figure the signs that it was read as in print of 8 points, scanned at 200 dpi."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """A fragment's words without the marks of notes, and those as they were read; `note`: it begins with one."""

    text: str
    marks: tuple[NoteMark, ...]
    note: bool


def lifted(fragment: Fragment, quoted: bool) -> Lifted:
    """Takes the marks out of a fragment; `quoted`: a quotation that began before it is still open."""
    text = ""
    marks: list[NoteMark] = []
    note = False
    for word in fragment.words:
        start, end = _mark(word, opens_quote(text, quoted)) or (len(word.text), len(word.text))
        before, sign, after = word.text[:start], word.text[start:end], word.text[end:]
        if before or not sign:
            text += (" " if text else "") + before
        if sign:
            note = note or not text
            marks.append(NoteMark(sign, len(text)))
        text += after
    return Lifted(text, tuple(marks), note)


def opens_quote(text: str, quoted: bool) -> bool:
    """Whether a quotation is open at the end of `text`; `quoted` tells whether one was at its start."""
    last = max(text.rfind("“"), text.rfind("”"))
    return text.count('"') % 2 == 1 or (quoted if last < 0 else text[last] == "“")


def _mark(word: PlacedWord, quoted: bool) -> tuple[int, int] | None:
    """Where a word's mark stands in it: the raised glyphs that end it, stops aside."""
    if not word.raised:
        return None
    end = max(word.raised) + 1
    start = end - 1
    while start and (start - 1 in word.raised or word.text[start - 1] in _NEVER_TEXT):
        start -= 1
    while end < len(word.text) and word.text[end].isdigit():
        end += 1
    sign = word.text[start:end]
    is_sign = sign[0] in _SIGNS or (sign == word.text and not _SIGNS.isdisjoint(sign))
    if len(sign) > _LONGEST or not is_sign or word.text[end : end + 1].strip(_AFTER):
        return None
    closes = sign in _QUOTES and opens_quote(word.text[:start], quoted)
    return None if closes else (start, end)


def number_notes(pages: Sequence[Sequence[PrintedLine]]) -> None:
    """Gives the marks on the pages of a document their numbers, by their order and by what they were read as.

    Numbers run through the document, or begin anew on every page, whichever fits better what was read.
    """
    notes = [[line for line in lines if line.note] for lines in pages]
    signs = [[line.marks[0].mark for line in page] for page in notes]
    through, misread = _numbers([sign for page in signs for sign in page])
    anew = [_numbers(page) for page in signs]
    if misread <= sum(count for _, count in anew):
        rest = iter(through)
        numbers = [[next(rest) for _ in page] for page in signs]
    else:
        numbers = [found for found, _ in anew]
    for lines, page_notes, found in zip(pages, notes, numbers, strict=True):
        for line, number in zip(page_notes, found, strict=True):
            line.marks = (NoteMark(str(number), 0), *line.marks[1:])
        _number_marks([line for line in lines if not line.note and line.marks], found)


def _numbers(signs: Sequence[str]) -> tuple[list[int], int]:
    """The numbers from 1 on, some perhaps lost, that marks in a row most likely are; and how badly that fits, 0 for best.

    A mark that was read as another counts one, a number left out two.
    """
    costs = [2 * lost for lost in range(_LOST + 1)]  # by how many numbers were left out so far
    came_from: list[list[int]] = []
    for i, sign in enumerate(signs, 1):
        before = [min((costs[k] + 2 * (lost - k), k) for k in range(lost + 1)) for lost in range(_LOST + 1)]
        came_from.append([k for _, k in before])
        costs = [cost + (not _reads_as(sign, i + lost)) for lost, (cost, _) in enumerate(before)]
    cost, lost = min((cost, lost) for lost, cost in enumerate(costs))
    numbers: list[int] = []
    for i in range(len(signs), 0, -1):
        numbers.append(i + lost)
        lost = came_from[i - 1][lost]
    return numbers[::-1], cost


def _number_marks(lines: Sequence[PrintedLine], numbers: Sequence[int]) -> None:
    """The marks in a page's text have the numbers of its notes, in their order."""
    left = list(numbers)
    total = sum(len(line.marks) for line in lines)
    for line in lines:
        marks = []
        for mark in line.marks:
            at = 0 if total == len(numbers) else next((i for i, n in enumerate(left) if _reads_as(mark.mark, n)), 0)
            left = left[at:]
            marks.append(dataclasses.replace(mark, mark=str(left.pop(0))) if left else mark)
        line.marks = tuple(marks)


def _reads_as(sign: str, number: int) -> bool:
    figures = str(number)
    return len(sign) == len(figures) and all(c in _READ_AS[f] for c, f in zip(sign, figures, strict=True))
