"""Labels of provisions that were misread on a picture, mended where the labels around them leave no doubt.

Only what stands at the beginning of a line that begins a paragraph is touched, and only where the label that must come
next looks like what was read: "L." before "2." is "1.", "©)" after "b)" is "c)", "Chương HI" after "Chương II" is III.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from policy_qa.reading.printed import PrintedLine
from policy_qa.reading.vietnamese import SMALL

_Kind: TypeAlias = Literal["container", "article", "clause", "point"]

_POINTS: Final = "abcdđeghiklmnopqrstuvxy"
"""The letters of điểm in their order: without f, j, w and z."""
_READ_AS: Final = {
    "0": "0OoØÔ", "1": "1IlLíÍìÌ|![{İT", "2": "2Z", "3": "3", "4": "4#A", "5": "5S§šŠ", "6": "6&G", "7": "7N?", "8": "8&B§", "9": "9gq",
    "a": "a4äáà", "b": "b6", "c": "c©€¢eo", "d": "dđä", "đ": "đdä", "e": "ec©", "g": "gøq9", "h": "hb", "i": "iíì1l!", "l": "l1I|", "o": "oO0",
    "q": "qg",
}  # fmt: skip
"""For each sign what it was read as, in print of 13 points scanned at 96 to 200 dpi."""
_ROMAN_SIGNS: Final = str.maketrans(
    {"H": "II", "Ị": "I", "Í": "I", "Ì": "I", "Ỉ": "I", "l": "I", "1": "I", "|": "I", "!": "I", "Y": "V", "Ý": "V"}
)
_ROMANS: Final = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip
_PATTERNS: Final[tuple[tuple[_Kind, re.Pattern[str]], ...]] = (
    ("container", re.compile(r"\W{0,2}(?P<word>Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC) (?P<label>[^\s.:,]{1,6})(?P<stop>)$")),
    (
        "article",
        re.compile(
            rf"\W{{0,2}}(?P<word>[ĐDÐ]i[êềếểễèẽ][unưn]) (?P<label>[^\s.:,]{{1,4}})(?P<stop>[.:,]?)(?=$| [^\W{SMALL}]| [“(\[])"
        ),
    ),
    ("point", re.compile(r"\W?(?P<word>)(?P<label>[^\s.,:;)\]}]{1,2})(?P<stop>[)\]}])(?= \S)")),
    (
        "clause",
        re.compile(rf"(?P<word>)(?P<label>[^\s.,:;)\]}}–-]{{1,3}})(?P<stop>[.,:;]{{0,2}})(?= [^\W{SMALL}]| [“(\[])"),
    ),
)
_SENTENCE_END = re.compile(r"[.:;][”\"’)]*$")
_ADDRESSEES = re.compile(r"^\W*\S{0,4}h ?gửi\s?:")
"""The head of a letter, over which stamps of incoming mail are often set."""
_STUCK = re.compile(r"^(\d{1,3}\.|[a-zđ]\)|-)[`'´‘ˆ^-](?=[^\W\d_]|\[)")
"""A speck between a label and the word after it."""
_HEAD_LINES = 20
_MOST = 0.75
_INDENT = 0.5  # of a line's height, from the left edge of the text


@dataclass(slots=True)
class _Label:
    """What may be a label: the line it begins, its match in the line's text, and what it is taken for."""

    line: PrintedLine
    kind: _Kind
    match: re.Match[str]

    @property
    def read(self) -> str:
        """The label without the word before it and the stop after it."""
        return self.match["label"]

    def is_marked(self) -> bool:
        """Whether the mark of a note stands where the stop should."""
        return any(mark.offset == self.match.end() for mark in self.line.marks)

    def mend(self, label: str, word: str, stop: str) -> None:
        """Writes the label as it must have been printed."""
        text = f"{word} {label}{stop}" if word else label + stop
        end = self.match.end()
        moved = len(text) - end
        if self.line.text[:end] != text:
            self.line.text = text + self.line.text[end:]
            self.line.marks = tuple(
                replace(mark, offset=mark.offset + moved) if mark.offset >= end else mark for mark in self.line.marks
            )


def mend_labels(pages: Sequence[Sequence[PrintedLine]]) -> None:
    """Mends the labels on the recognised pages of a document, in place."""
    for lines in pages:
        for line in lines:
            line.text = _STUCK.sub(r"\1 ", line.text)
        for line in lines[:_HEAD_LINES]:
            line.text = _ADDRESSEES.sub("Kính gửi:", line.text)
    labels = [label for lines in pages for label in _labels(lines)]
    _mend_containers([label for label in labels if label.kind == "container"])
    _mend_articles([label for label in labels if label.kind == "article"])
    _mend_items(labels)


def _labels(lines: Sequence[PrintedLine]) -> Iterator[_Label]:
    """The lines of a page that begin with what may be a label, where a paragraph may begin."""
    edge = _left_edge(lines)
    above: PrintedLine | None = None
    for line in lines:
        begins = line.left - edge > _INDENT * line.size or above is None or bool(_SENTENCE_END.search(above.text))
        above = line
        if not begins or line.note or line.turned or line.cell is not None:
            continue
        for kind, pattern in _PATTERNS:
            match = pattern.match(line.text)
            if match:
                yield _Label(line, kind, match)
                break


def _left_edge(lines: Sequence[PrintedLine]) -> float:
    """The outermost place where long lines begin; one alone may stick out."""
    widest = max((line.right - line.left for line in lines), default=0.0)
    places = sorted(line.left for line in lines if line.right - line.left > 0.7 * widest)
    return next((a for a, b in pairwise(places) if b - a < 3), places[0] if places else 0.0)


def _looks_like(read: str, label: str) -> bool:
    """Whether a label may have been read so."""
    return len(read) == len(label) and all(c in _READ_AS.get(d, d) for c, d in zip(read, label, strict=True))


# --- containers and articles --------------------------------------------------------------------------------------


def _mend_containers(labels: Sequence[_Label]) -> None:
    """Chương and Phần run through the document; a Mục begins anew in every Chương, and may have a figure."""
    last: dict[str, int] = {}
    for label in labels:
        word = label.match["word"].capitalize()
        if label.read.isdigit():
            continue
        roman = label.read.translate(_ROMAN_SIGNS)
        number = _ROMANS.index(roman) if roman in _ROMANS else 0
        if number == last.get(word, 0) + 1 or number == 1:
            label.mend(roman, label.match["word"], "")
        last[word] = number or last.get(word, 0)


def _mend_articles(labels: Sequence[_Label]) -> None:
    """Điều run through the document, or begin anew in an annex; all have a full stop after their number, or none has."""
    stopped = sum(label.match["stop"] == "." for label in labels) > _MOST * len(labels)
    last = 0
    for i, label in enumerate(labels):
        wanted = str(last + 1)
        after = labels[i + 1].read if i + 1 < len(labels) else ""
        between = last > 0 and after == str(last + 2)
        if label.read == wanted or between or (not label.read.isdigit() and _looks_like(label.read, wanted)):
            label.mend(wanted, "Điều", "." if stopped else label.match["stop"].replace(",", "."))
            last += 1
        elif label.read.isdigit():
            last = int(label.read)


# --- clauses and points -------------------------------------------------------------------------------------------


def _mend_items(labels: Sequence[_Label]) -> None:
    """Khoản within a điều (or the document), điểm within a khoản."""
    has_sections = any(label.kind == "clause" and label.read in {"II", "III"} for label in labels)
    clause, point = 0, -1
    for i, label in enumerate(labels):
        if label.kind in {"container", "article"}:
            clause, point = 0, -1
        elif label.kind == "clause":
            found = _clause(label, clause + 1, _next(labels, i, "clause"), has_sections=has_sections)
            clause, point = (found, -1) if found else (clause, point)
        else:
            point = _point(label, point, _next(labels, i, "point"))


def _next(labels: Sequence[_Label], at: int, kind: _Kind) -> str:
    """What the next label of a kind was read as, before one of a higher kind; empty where there is none."""
    higher = {"container", "article"} if kind == "clause" else {"container", "article", "clause"}
    for label in labels[at + 1 :]:
        if label.kind in higher:
            break
        if label.kind == kind:
            return label.read
    return ""


def _clause(label: _Label, wanted: int, after: str, *, has_sections: bool) -> int:
    """The number of a khoản, mended where it must be `wanted`; 0 where it is no label."""
    read, stop = label.read, label.match["stop"]
    followed = after == str(wanted + 1)
    if read.isdigit():
        # Two khoản with one number, the next but one: the first was misread.
        is_double = int(read) == wanted + 1 and after == read
        if is_double or (int(read) == wanted and (stop or label.is_marked())):
            label.mend(str(wanted), "", ".")
            return wanted
        return int(read) if stop == "." else 0
    is_roman = read == "I" and has_sections
    if _looks_like(read, str(wanted)) and (stop or label.is_marked()) and (followed or not is_roman):
        label.mend(str(wanted), "", ".")
        return wanted
    return 0


def _point(label: _Label, last: int, after: str) -> int:
    """The place of a điểm in their order, mended where it must be the one after `last` (-1: the first)."""
    read = label.read
    wanted = _POINTS[last + 1] if last + 1 < len(_POINTS) else ""
    following = _POINTS[last + 2] if last + 2 < len(_POINTS) else ""
    is_letter = len(read) == 1 and read in _POINTS
    if wanted and (read == wanted or all(_looks_like(c, wanted) for c in read)):
        # A letter that comes later, or a figure, is taken for the one wanted where nothing speaks for itself.
        certain = read == wanted or not (is_letter or read.isdigit()) or (bool(after) and after == following)
        skips = is_letter and _POINTS.index(read) > last + 1 and not after
        repeats = is_letter and _POINTS.index(read) == last
        if certain or skips or repeats:
            label.mend(wanted, "", ")")
            return last + 1
    return _POINTS.index(read) if is_letter else last
