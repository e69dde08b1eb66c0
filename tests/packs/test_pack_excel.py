"""The Excel file, opened again: values only, one row a question, one a citation."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from quoting import answered, cited

from policy_qa.packs.excel import CITATION_COLUMNS, CUT, QUESTION_COLUMNS, to_excel
from policy_qa.packs.pack import Item, Pack

if TYPE_CHECKING:
    from openpyxl import Workbook


def opened(pack: Pack) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_excel(pack)))


def rows(book: Workbook, sheet: int = 0) -> list[tuple[object, ...]]:
    return list(book.worksheets[sheet].iter_rows(min_row=2, values_only=True))


def test_a_pack_that_was_run(packed: Pack) -> None:
    book = opened(packed)
    assert [sheet.title for sheet in book.worksheets] == ["Hỏi đáp", "Viện dẫn"]
    for sheet, columns in zip(book.worksheets, (QUESTION_COLUMNS, CITATION_COLUMNS), strict=True):
        assert [cell.value for cell in sheet[1]] == [name for name, _ in columns]
    found = rows(book)
    assert [row[0] for row in found] == [1, 2, 3, 4, 5]
    assert found[1][1:4] == (
        "Hồ sơ gieo ươm phải lưu bao lâu?",
        "“2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm.”",
        "khoản 2 Điều 4 Quyết định số 345/QĐ-UBND, trang 2",
    )
    quoted = rows(book, 1)
    assert quoted[1][2:] == (
        "“2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm.”", "Nguyên văn", 2, "quyet-dinh-345.pdf",
    )  # fmt: skip
    assert str(quoted[2][2]).endswith("(bản tóm lược, không phải nguyên văn)")
    assert "“" not in str(quoted[2][2])


def test_edited_words_stand_beside_the_answers_own() -> None:
    item = Item("Gì?", answered(cited("Tưới cây mỗi ngày.")), state="accepted", edited="Tưới cây hằng ngày.")
    row = rows(opened(Pack(items=(item,))))[0]
    assert row[2] == "Tưới cây hằng ngày."
    assert row[5:] == ("Đã duyệt", "Tưới cây mỗi ngày.")
    assert "lời gốc ở cột cuối" in str(row[4])


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "=cmd|' /C calc'!A0", "\t=", " ="])
def test_nothing_is_a_formula(lead: str) -> None:
    item = Item(f"{lead}1+1", answered(cited(f"{lead}1+1", kind="digest")), edited=f"{lead}SUM(A1)")
    book = opened(Pack(title=f"{lead}x", items=(item, Item("Gì?", error=f"{lead}1"))))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.value
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                    assert cell.quotePrefix


def test_a_cell_holds_no_more_than_excel_allows_and_nothing_that_breaks_the_file() -> None:
    item = Item("Gì?\x00\x0b\ud800", answered(cited("a" * 40_000)))
    row = rows(opened(Pack(items=(item,))))[0]
    assert row[1] == "Gì? ?"
    assert len(str(row[2])) == 32_767
    assert str(row[2]).endswith(CUT)


def test_the_same_pack_gives_the_same_bytes(packed: Pack) -> None:
    data = to_excel(packed)
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"dcterms" not in parts.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")
    assert to_excel(packed) == data
