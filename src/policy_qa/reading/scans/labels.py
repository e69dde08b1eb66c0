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

from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.scans.label_runs import Reading, numbered
from policy_qa.reading.vietnamese import SMALL

_Kind: TypeAlias = Literal["break", "container", "article", "section", "clause", "point"]

_POINTS: Final = "abcdđeghiklmnopqrstuvxy"
"""The letters of điểm in their order: without f, j, w and z."""
_READ_AS: Final = {
    "0": "0OoØÔ", "1": "1IlLíÍìÌ|![{İT", "2": "2Z", "3": "3", "4": "4#A", "5": "5S§šŠ", "6": "6&G", "7": "7N?", "8": "8&B§", "9": "9gq",
    "a": "a4äáà", "b": "b6", "c": "c©€¢eo", "d": "dđä", "đ": "đdä", "e": "ec©", "g": "gøq98", "h": "hb", "i": "iíì1l!¡", "l": "l1I|", "o": "oO0",
    "q": "qg",
}  # fmt: skip
"""For each sign what it was read as, in print of 13 points scanned at 96 to 200 dpi."""
_ROMAN_SIGNS: Final = str.maketrans(
    {"H": "II", "Ị": "I", "Í": "I", "Ì": "I", "Ỉ": "I", "l": "I", "1": "I", "|": "I", "!": "I", "Y": "V", "Ý": "V"}
)
_ROMANS: Final = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip
_SPECKS: Final = r"[-–_.,'`ˆ ]{0,2}"
"""What is read before a label that is not there; quotation marks and brackets are."""
_PATTERNS: Final[tuple[tuple[_Kind, re.Pattern[str]], ...]] = (
    (
        "break",
        re.compile(
            r"(?P<word>)(?P<label>(?i:phụ lục|mẫu số)|\((?:Ban hành )?[Kk]èm theo|Nơi nhận|(?:TM|KT|TL)\.)(?P<stop>)"
        ),
    ),
    (
        "container",
        re.compile(rf"{_SPECKS}(?P<word>Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC) (?P<label>[^\s.:,]{{1,6}})(?P<stop>)$"),
    ),
    (
        "article",
        re.compile(
            rf"[“\"]?{_SPECKS}(?P<word>[ĐDÐ]i[êềếểễèẽ][unưn]) (?P<label>[^\s.:,]{{1,4}})(?P<stop>[.:,]?)(?=$| [^\W{SMALL}]| [“(\[])"
        ),
    ),
    ("section", re.compile(rf"(?P<word>)(?P<label>[IVXHl1|!]{{1,5}})(?P<stop>[.-]) ?(?=[^\W{SMALL}\d_]{{2}})")),
    (
        "point",
        re.compile(rf"{_SPECKS}(?P<word>)(?P<label>[^\s.,:;)\]}}“\"(-]{{1,2}})(?P<stop>[)\]}}])[.:,]?(?= \S)"),
    ),
    (
        "clause",
        re.compile(
            rf"{_SPECKS}(?P<word>)(?P<label>[^\s.,:;)\]}}–-]{{1,3}})(?P<stop>[.,:;]{{0,2}})(?= [^\W{SMALL}]| [“(\[])"
        ),
    ),
)
_QUOTES: Final = ("“", '"')
_SENTENCE_END = re.compile(r"[.:;][”\"’)]*$")
_ADDRESSEES = re.compile(r"^[\W_]*(?:\w{0,2}n)?h ?gửi\s?:")
"""The head of a letter, over which stamps of incoming mail are often set."""
_GAZETTE = re.compile(r"^(\d{1,4} )?C[ÔÒÓO]NG BÁO\s?/\s?S[^\W\d_a-z]? ?(\d)")
"""The gazette's running head."""
_STUCK = re.compile(r"^(\d{1,3}\.|[a-zđ]\)|-)[`'´‘ˆ^-](?=[^\W\d_]|\[)")
"""A speck between a label and the word after it."""
_HEAD_LINES = 20
_MOST = 0.75
_INDENT = 0.5  # of a line's height, from the left edge of the text


@dataclass(slots=True)
class _Label:
    """What may be a label: the line it begins, its match in the line's text, and what it is taken for.

    Of a line that the page has as text it is as it is printed.
    """

    line: PrintedLine
    kind: _Kind
    match: re.Match[str]
    is_printed: bool = False

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
        if self.line.text[:end] != text and not self.is_printed:
            self.line.text = text + self.line.text[end:]
            self.line.marks = tuple(
                replace(mark, offset=mark.offset + moved) if mark.offset >= end else mark for mark in self.line.marks
            )


def mend_labels(pages: Sequence[Sequence[PrintedLine]], printed: Sequence[PrintedLine] = ()) -> None:
    """Mends the labels on the recognised pages of a document, in place; lines of `printed` are as they are."""
    fixed = {id(line) for line in printed}
    for line in (line for lines in pages for line in lines if id(line) not in fixed):
        line.text = _GAZETTE.sub(r"\1CÔNG BÁO/Số \2", _STUCK.sub(r"\1 ", line.text))
    for line in (line for lines in pages[:1] for line in lines[:_HEAD_LINES] if id(line) not in fixed):
        line.text = _ADDRESSEES.sub("Kính gửi:", line.text)
    labels = [label for lines in pages for label in _labels(lines)]
    for label in labels:
        label.is_printed = id(label.line) in fixed
    _mend_containers([label for label in labels if label.kind == "container"])
    _mend_articles([label for label in labels if label.kind == "article"])
    _mend_sections([label for label in labels if label.kind in {"break", "container", "article", "section"}])
    _mend_items(labels)


def _labels(lines: Sequence[PrintedLine]) -> Iterator[_Label]:
    """The lines of a page that begin with what may be a label, where a paragraph may begin."""
    edge = _left_edge(lines)
    above: PrintedLine | None = None
    for line in lines:
        begins = line.left - edge > _INDENT * line.size or above is None or bool(_SENTENCE_END.search(above.text))
        # What an amending act quotes is another document's; a quotation mark that nothing announces is a speck.
        quoted = line.text[:1] in _QUOTES and (above is None or above.text.endswith(":"))
        above = line
        if not begins or quoted or line.note or line.turned or line.cell is not None:
            continue
        for kind, pattern in _PATTERNS:
            match = pattern.match(line.text)
            if match and (kind != "section" or line.text[match.end() :].isupper()):
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


def _mend_sections(labels: Sequence[_Label]) -> None:
    """Roman sections, which lose some of their I: "I", "I", "II", "IV" are I to IV, where nothing else begins between."""
    last = 0
    for label in labels:
        if label.kind != "section":
            last = 0
            continue
        roman = label.read.translate(_ROMAN_SIGNS)
        number = _ROMANS.index(roman) if roman in _ROMANS else 0
        wanted = _ROMANS[last + 1] if last + 1 < len(_ROMANS) else ""
        lost = (
            bool(roman)
            and number <= last
            and len(roman) < len(wanted)
            and roman == wanted.replace("I", "", len(wanted) - len(roman))
        )
        if number == last + 1 or lost:
            label.mend(wanted, "", f"{label.match['stop']} ")
            last += 1
        elif number:
            last = number


# --- clauses and points -------------------------------------------------------------------------------------------


def _mend_items(labels: Sequence[_Label]) -> None:
    """Khoản within a điều (or the document), điểm within a khoản."""
    romans = any(label.kind == "clause" and label.read in {"II", "III"} for label in labels)

    def like_clause(read: str, number: int) -> bool:
        return not (romans and read == "I") and _looks_like(read, str(number))

    def like_point(read: str, number: int) -> bool:
        return number <= len(_POINTS) and all(_looks_like(sign, _POINTS[number - 1]) for sign in read)

    known: list[_Label] = []
    for run in _runs(labels, {"clause"}, through={"point"}):
        numbers = numbered([_clause_reading(label) for label in run], like_clause)
        for label, number in zip(run, numbers, strict=True):
            if number is not None:
                label.mend(str(number), "", ".")
                known.append(label)
    clauses = {id(label) for label in known}
    rest = [label for label in labels if label.kind != "clause" or id(label) in clauses]
    for run in _runs(rest, {"point"}, through=set()):
        numbers = numbered([_point_reading(label) for label in run], like_point)
        for label, number in zip(run, numbers, strict=True):
            if number is not None:
                label.mend(_POINTS[number - 1], "", ")")


def _runs(labels: Sequence[_Label], kinds: set[_Kind], *, through: set[_Kind]) -> Iterator[list[_Label]]:
    """The labels of these kinds in a row; those of `through` may stand between, others end it."""
    run: list[_Label] = []
    for label in labels:
        if label.kind in kinds:
            run.append(label)
        elif label.kind not in through:
            yield run
            run = []
    yield run


def _clause_reading(label: _Label) -> Reading:
    # A word without a stop is none; after a label a note's mark may have hidden it.
    has_stop = bool(label.match["stop"]) or label.is_marked()
    number = int(label.read) if label.read.isdigit() and has_stop else None
    return Reading(label.read if has_stop else "", number, label.match["stop"] == ".")


def _point_reading(label: _Label) -> Reading:
    number = _POINTS.index(label.read) + 1 if len(label.read) == 1 and label.read in _POINTS else None
    return Reading(label.read, number, label.match["stop"] == ")")
