"""Rows out of Excel and Word files from strangers: unpacked within limits before any library sees them, values only."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import TypeAlias

from policy_qa.packs.questions import UnreadableQuestions
from policy_qa.reading.archive import open_archive
from policy_qa.reading.source import note_place

Rows: TypeAlias = list[list[str]]

MAX_UNPACKED = 12 * 2**20
"""Bytes of all parts together; 500 long questions take half a megabyte, and XML in memory some thirty times its size."""
MOST_ROWS, MOST_COLUMNS = 5000, 40
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_NOTE_PLACE = re.compile(note_place(0).replace("0", r"\d+"))
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError,
           NotImplementedError, OSError, RecursionError, SyntaxError)  # fmt: skip
"""What zipfile, its decompressors, openpyxl and the XML parsers raise over broken files; XML errors are syntax errors."""


def xlsx_rows(data: bytes, shown: str) -> tuple[Rows, list[str]]:
    """The rows of the first visible sheet that has any, and what was passed over.

    Raises:
        UnreadableQuestions: damaged, protected by a password, or unpacking to an unreasonable size.
    """
    _check(data, shown, "Excel")
    try:
        return _sheet_rows(data)
    except _BROKEN as error:
        raise _damaged(shown, "Excel") from error


def _sheet_rows(data: bytes) -> tuple[Rows, list[str]]:
    import io

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not keep: it is only read
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            filled = []
            for sheet in sheets:
                sheet.reset_dimensions()  # what a file says of its size may be a lie
                cells = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
                rows = [[_words(value) for value in row] for row in cells]
                if any(any(row) for row in rows):
                    filled.append((sheet.title, rows))
        finally:
            book.close()
    notes = []
    if len(filled) > 1:
        names = ", ".join(f"“{title}”" for title, _ in filled[1:6])
        notes.append(f"Chỉ đọc trang tính “{filled[0][0]}”; chưa đọc {names}: chuyển trang cần đọc lên đầu.")
    return (filled[0][1] if filled else []), notes


def _words(value: object) -> str:
    return "" if value is None else str(value)


def docx_rows(data: bytes, shown: str) -> tuple[Rows, list[str]]:
    """The table of questions where the file has one, otherwise its paragraphs, automatic numbers as printed.

    Raises:
        UnreadableQuestions: damaged, protected by a password, or unpacking to an unreasonable size.
    """
    from policy_qa.errors import UnreadableFile
    from policy_qa.reading.source import RawFile, TableBlock, TextBlock
    from policy_qa.reading.word.reader import read_blocks

    _check(data, shown, "Word")
    try:
        blocks = read_blocks(RawFile(Path(shown), data, ""))
    except UnreadableFile as error:
        raise UnreadableQuestions(str(error)) from error
    paragraphs = [line for block in blocks if isinstance(block, TextBlock) for line in _plain(block.text).split("\n")]
    tables = [[list(map(_plain, row)) for row in block.rows] for block in blocks if isinstance(block, TableBlock)]
    largest = max(tables, key=len, default=[])
    if len(largest) < 2 or sum(map(len, paragraphs)) > sum(len(cell) for row in largest for cell in row):
        return [[line] for line in paragraphs], []
    passed = sum(bool(line.strip()) for line in paragraphs)
    return largest, [f"Đã đọc bảng câu hỏi; bỏ qua {passed} đoạn ngoài bảng."] if passed else []


def _plain(text: str) -> str:
    """The words without the places of footnotes."""
    return _NOTE_PLACE.sub("", text)


def _check(data: bytes, shown: str, program: str) -> None:
    """Unpacks every part within the limit, so that what a library reads afterwards is known to be small."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableQuestions(
            f"Tệp “{shown}” được bảo vệ bằng mật khẩu hoặc thuộc bản {program} cũ: mở tệp, gỡ mật khẩu, lưu lại rồi chọn lại."
        )
    left = MAX_UNPACKED
    try:
        with open_archive(data) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    words = stream.read(left + 1)
                left -= len(words)
                if left < 0:
                    raise UnreadableQuestions(
                        f"Tệp “{shown}” khi giải nén phình to bất thường nên không mở: chép câu hỏi sang tệp mới."
                    )
                if any(mark in words for mark in _DOCTYPES):
                    raise _damaged(shown, program)
    except _BROKEN as error:
        raise _damaged(shown, program) from error


def _damaged(shown: str, program: str) -> UnreadableQuestions:
    return UnreadableQuestions(
        f"Tệp “{shown}” không phải tệp {program} hợp lệ hoặc đã hỏng: mở bằng {program}, lưu lại rồi chọn lại."
    )
