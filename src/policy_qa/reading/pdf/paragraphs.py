"""Printed lines joined into paragraphs: indents, line ends, gaps, centring decide; labels only where geometry does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_qa.reading.pdf.blocks import (
    CELL_NUMBER,
    ITEM,
    Block,
    Column,
    Row,
    columns_of,
    is_narrow,
    rows_of,
    same_centre,
)
from policy_qa.reading.pdf.marginals import PrintedPage
from policy_qa.reading.pdf.printed import PrintedLine

_LABEL = re.compile(
    r"(?:[-–+•*·]\s|[“\"]?(?:Điều|Mục|Chương|Phần|Phụ lục|Khoản|Tiểu mục)\s+[\dIVXLC]+[a-zđ]?\s?[.:]"
    r"|\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ]\d?\)\s|[IVX]{1,6}[.)-]\s?[^\W\d_])"
)
_NUMBER_LINE = re.compile(
    r"(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục|TIỂU MỤC|Điều|ĐIỀU|Phụ lục|PHỤ LỤC|Mẫu số|MẪU SỐ)(?:\s+(?:[\dIVXLC.]+|thứ \w+|THỨ \w+))?"
)
_KIND_LINE = re.compile(
    r"(?:NGHỊ ĐỊNH|QUYẾT ĐỊNH|CHỈ THỊ|THÔNG TƯ(?: LIÊN TỊCH)?|NGHỊ QUYẾT(?: LIÊN TỊCH)?|KẾT LUẬN|THÔNG BÁO|HƯỚNG DẪN|LUẬT|BỘ LUẬT"
    r"|PHÁP LỆNH|LỆNH|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|CÔNG ĐIỆN|CÔNG VĂN|ĐIỀU LỆ|DANH MỤC|BÁO CÁO|TỜ TRÌNH|ĐỀ ÁN|CHƯƠNG TRÌNH|HIẾN PHÁP"
    r"|QUYẾT NGHỊ|QUY TRÌNH|VĂN BẢN QUY PHẠM PHÁP LUẬT)\s?:?"
)
_HEAD_LINE = re.compile(
    r"(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN) VIỆT NAM|Độc lập|(?:TM|KT|TL|TUQ|Q)\.|Số\s?:|\*$"
)
_ATTACHED = re.compile(r"(?:Mẫu|MẪU) (?:số|SỐ)\s*\d|(?:Phụ lục|PHỤ LỤC)\s+(?:[IVXLC]+|\d+)\b")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU) \d+[a-zđ]?\s?[.:] ")
_FIRST_ITEM = re.compile(r"(?:1\.|a\)) [^\W\d_a-z]")
_AWAITS_NUMBER = re.compile(r"\s(?:số|ngày|tháng|năm|Điều|điều|khoản|điểm)$")
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|_{4,})$")
"""Dots to write on: the next line is another field of the form."""
_SENTENCE_END = re.compile(r"[.:;!?…][”\"’)]*$")


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph; in a table row the lines that begin a cell are `cells` (places in `lines`)."""

    lines: list[PrintedLine]
    cells: list[int] = field(default_factory=list)


def paragraphs(pages: Sequence[PrintedPage]) -> list[Paragraph]:
    """The paragraphs of a document in reading order, across page breaks."""
    result: list[Paragraph] = []
    columns = columns_of(pages)
    previous: Column | None = None
    for page, column in zip(pages, columns, strict=True):
        for row in rows_of(page.lines, column):
            if _is_table_row(row):
                result.append(_table_row(row.blocks))
                previous = None
                continue
            for block in row.blocks:
                inner = (
                    column
                    if len(row.blocks) == 1 and not is_narrow(block, column)
                    else Column(block.left, block.right, 0.0, is_cell=True)
                )
                for i, line in enumerate(block.lines):
                    last = result[-1] if result and previous is not None else None
                    if (i and last is not None and _continues(last, line, inner)) or (
                        not i
                        and last is not None
                        and previous is not None
                        and not inner.is_cell
                        and not previous.is_cell
                        and _continues_over_break(last, line, previous, inner)
                    ):
                        last.lines.append(line)
                    else:
                        result.append(Paragraph([line]))
                    previous = inner
    return result


def _is_table_row(row: Row) -> bool:
    blocks = row.blocks
    # The head of a document and its signature are set in two cells, at times with borders.
    may_be_head = len(blocks) <= 2 or not row.ruled
    if may_be_head and any(_HEAD_LINE.match(line.text) for block in blocks for line in block.lines):
        return False
    first = blocks[0].lines[0]
    if row.ruled or len(blocks) > 2 or (len(blocks) == 2 and CELL_NUMBER.fullmatch(first.text)):
        return True
    # "1. Tên chức danh      - Mã số: …": an item whose second half is set in a column of its own.
    if len(blocks) < 2 or not ITEM.match(first.text):
        return False
    return len(blocks[1].lines) == 1 and blocks[1].lines[0].beside(first)


def _table_row(row: Sequence[Block]) -> Paragraph:
    paragraph = Paragraph([])
    for block in row:
        paragraph.cells.append(len(paragraph.lines))
        paragraph.lines.extend(block.lines)
    return paragraph


def _continues(paragraph: Paragraph, line: PrintedLine, column: Column) -> bool:
    """Whether `line`, printed below the last line of `paragraph`, goes on with it."""
    above = paragraph.lines[-1]
    if above.hyphenated:
        return True
    if _LEADER.search(above.text) and line.text[:1].isupper():
        return False
    pitch = above.middle - line.middle
    if pitch > 1.45 * (column.pitch or 1.25 * max(above.size, line.size)) + 2:
        return False
    if _is_title(above, line, column):
        return _title_goes_on(above, line)
    if column.is_cell:
        return not _HEAD_LINE.match(line.text) and not _starts_item(above, line) and _is_full(above, line, column)
    return (_is_full(above, line, column) or _in_mid_sentence(above, line)) and _no_new_start(paragraph, line, column)


def _in_mid_sentence(above: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line goes on in small letters: what had to stay together with its first word is not always known."""
    flush = abs(above.left - line.left) < 3 or line.left < above.left
    open_end = not _SENTENCE_END.search(above.text) and (
        line.text[:1].islower() or bool(_AWAITS_NUMBER.search(above.text))
    )
    return flush and open_end and not _LABEL.match(line.text)


def _continues_over_break(paragraph: Paragraph, line: PrintedLine, before: Column, after: Column) -> bool:
    above = paragraph.lines[-1]
    if above.hyphenated:
        return True
    if (
        above.page == line.page
        or abs(above.size - line.size) > 0.15 * line.size
        or (_centred(line, after) and line.left > after.left + 12)
    ):
        return False
    return _is_full(above, line, before) and _no_new_start(paragraph, line, after)


def _no_new_start(paragraph: Paragraph, line: PrintedLine, column: Column) -> bool:
    """Whether `line` is not set as the first line of a paragraph."""
    above = paragraph.lines[-1]
    if _starts_item(above, line) or _begins_article(paragraph, line) or _changes_case(above, line):
        return False
    indented = line.left - column.left > 0.7 * line.size
    if not indented:
        return True
    goes_on = not _SENTENCE_END.search(above.text) and line.text[:1].islower() and not _LABEL.match(line.text)
    hangs = len(paragraph.lines) > 1 and abs(above.left - line.left) < 3
    return goes_on or hangs


def _starts_item(above: PrintedLine, line: PrintedLine) -> bool:
    """A label counts only after the end of a sentence: a wrapped line may begin with a figure and a full stop."""
    return bool(_LABEL.match(line.text)) and bool(_SENTENCE_END.search(above.text))


def _changes_case(above: PrintedLine, line: PrintedLine) -> bool:
    """Whether a title in capitals ends here, or one begins after a sentence; names in capitals do not fill a line."""
    if min(len(above.text), len(line.text)) < 8 or line.text[:1].islower():
        return False
    ends = above.text.isupper() and not line.text.isupper()
    begins = line.text.isupper() and not above.text.isupper() and bool(_SENTENCE_END.search(above.text))
    return ends or begins


def _begins_article(paragraph: Paragraph, line: PrintedLine) -> bool:
    """The title of a điều has no full stop; what comes after it with the first label begins its text."""
    return bool(_ARTICLE.match(paragraph.lines[0].text) and _FIRST_ITEM.match(line.text))


def _is_full(above: PrintedLine, line: PrintedLine, column: Column) -> bool:
    """Whether the first word of `line` had no room left on the line above."""
    return column.right - above.right < line.first_word + 0.3 * line.size


def _is_title(above: PrintedLine, line: PrintedLine, column: Column) -> bool:
    """Whether both lines are centred in their column, and not merely full lines of running text."""
    if not same_centre(above, line):
        return False
    if column.is_cell:
        return abs(above.left - line.left) > 3
    inset = min(above.left, line.left) - column.left > 15 and column.right - max(above.right, line.right) > 15
    return _centred(above, column) and _centred(line, column) and (abs(above.left - line.left) > 3 or inset)


def _centred(line: PrintedLine, column: Column) -> bool:
    return abs(line.centre - (column.left + column.right) / 2) < 12


def _title_goes_on(above: PrintedLine, line: PrintedLine) -> bool:
    """Whether two centred lines are one title."""
    if _NUMBER_LINE.fullmatch(above.text) or _KIND_LINE.fullmatch(above.text) or above.text.endswith((".", ":")):
        return False
    if (
        _LABEL.match(line.text)
        or _ATTACHED.match(line.text)
        or line.text.startswith("(")
        or _HEAD_LINE.match(above.text)
        or _HEAD_LINE.match(line.text)
    ):
        return False
    if (
        _KIND_LINE.fullmatch(line.text)
        or _NUMBER_LINE.fullmatch(line.text)
        or abs(above.size - line.size) > 0.3 * line.size
    ):
        return False
    return _is_upper(above.text) == _is_upper(line.text)


def _is_upper(text: str) -> bool:
    letters = [c for c in _LABEL.sub("", text, count=1) if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)
