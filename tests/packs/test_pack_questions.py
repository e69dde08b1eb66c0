"""Lists of questions: what trainers paste and hand in, told apart from titles, numbers, blanks and repeats."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from policy_qa.packs.questions import MAX_BYTES, MOST, UnreadableQuestions, pasted_questions, read_questions
from policy_qa.packs.tables import MAX_UNPACKED


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Ai ký?\nKý khi nào?", ("Ai ký?", "Ký khi nào?")),
        ("1. Ai ký?\r\n2. Ký khi nào?\r\n", ("Ai ký?", "Ký khi nào?")),
        ("1) Ai ký?\n2) Ký khi nào?", ("Ai ký?", "Ký khi nào?")),
        ("Câu 1: Ai ký?\nCâu hỏi số 2. Ký khi nào?", ("Ai ký?", "Ký khi nào?")),
        ("- Ai ký?\n• Ký khi nào?\n+ Ở đâu?", ("Ai ký?", "Ký khi nào?", "Ở đâu?")),
        ("1. Kinh phí của việc này\nlấy từ đâu?\n2. Ai ký?", ("Kinh phí của việc này lấy từ đâu?", "Ai ký?")),
        ("1. Ai ký?\nKý khi nào?\n2. Ở đâu?", ("Ai ký?", "Ký khi nào?", "Ở đâu?")),
        ("1/ Ai ký?\n2/ Ký khi nào?", ("Ai ký?", "Ký khi nào?")),
        ("a) Ai ký?\nb) Ký khi nào?", ("Ai ký?", "Ký khi nào?")),
        ("STT\tCâu hỏi\n1\tAi ký?\n2\tKý khi nào?", ("Ai ký?", "Ký khi nào?")),
        # What only looks like a label stays.
        ("57-KL/TW nêu gì?", ("57-KL/TW nêu gì?",)),
        ("72/NQ-CP nêu gì?\n12/2020/NĐ-CP nêu gì?", ("72/NQ-CP nêu gì?", "12/2020/NĐ-CP nêu gì?")),
        ("1.000 tỷ là của ai?\n2.000 tỷ nữa thì sao?", ("1.000 tỷ là của ai?", "2.000 tỷ nữa thì sao?")),
        ("Điều 5. quy định gì?", ("Điều 5. quy định gì?",)),
        ("5 nhóm giải pháp là gì?", ("5 nhóm giải pháp là gì?",)),
        ("Ky\u0301 khi na\u0300o?", ("Ký khi nào?",)),
        ("A\u200bi ký?\x07", ("Ai ký?",)),
    ],
)
def test_pasted_text_becomes_questions(text: str, questions: tuple[str, ...]) -> None:
    assert pasted_questions(text).questions == questions


def test_what_is_left_out_is_told() -> None:
    found = pasted_questions("CÂU HỎI TẬP HUẤN\n1. Ai ký?\n\n2. Ký khi nào?\n3. ai ky\n")
    assert found.questions == ("Ai ký?", "Ký khi nào?")
    assert found.notes == (
        "Đã bỏ qua dòng đứng trước câu hỏi đầu tiên: “CÂU HỎI TẬP HUẤN”.",
        "Đã bỏ qua 1 dòng trống.",
        "Đã bỏ 1 câu trùng: “ai ky”.",
    )


def test_a_question_that_nobody_could_ask_is_told() -> None:
    found = pasted_questions(f"Ai ký?\n{'dài ' * 600}?")
    assert found.questions == ("Ai ký?",)
    assert "dài quá 2000 ký tự" in found.notes[0]


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "1.\n2.\n", "12345\n???", "\u200b"])
def test_no_questions_is_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableQuestions, match="Không thấy câu hỏi nào"):
        pasted_questions(text)


def test_too_many_questions_and_too_much_text_are_refused() -> None:
    assert len(pasted_questions("\n".join(f"Câu hỏi thứ {n} là gì?" for n in range(MOST))).questions) == MOST
    with pytest.raises(UnreadableQuestions, match=f"{MOST + 1} câu hỏi, quá mức {MOST}"):
        pasted_questions("\n".join(f"Câu hỏi thứ {n} là gì?" for n in range(MOST + 1)))
    with pytest.raises(UnreadableQuestions, match="lớn quá 5 MB"):
        pasted_questions("a" * (MAX_BYTES + 1))


# --- text files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_are_read_in_every_unicode_form(tmp_path: Path, codec: str) -> None:
    file = tmp_path / "câu hỏi.TXT"
    file.write_bytes("Ai ký quyết định?\r\nKý khi nào?\r\n".encode(codec))
    assert read_questions(file).questions == ("Ai ký quyết định?", "Ký khi nào?")


def test_a_text_file_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ảnh.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    with pytest.raises(UnreadableQuestions, match="không phải văn bản Unicode"):
        read_questions(file)


def test_the_name_decides_and_may_be_given(tmp_path: Path) -> None:
    file = tmp_path / "tải-lên.bin"
    file.write_text("Ai ký?", encoding="utf-8")
    assert read_questions(file, "câu hỏi.txt").questions == ("Ai ký?",)
    with pytest.raises(UnreadableQuestions, match=r"phải là \.txt, \.xlsx hoặc \.docx"):
        read_questions(file)
    with pytest.raises(UnreadableQuestions, match="Không tìm thấy"):
        read_questions(tmp_path / "không có.txt")
    with pytest.raises(UnreadableQuestions, match="Không tìm thấy"):
        read_questions(tmp_path, "thư mục.txt")


# --- Excel --------------------------------------------------------------------------------------------------------


def sheet(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_the_column_is_the_one_that_says_so(tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "a.xlsx",
        ("Bảng câu hỏi của lớp", None, None),
        ("STT", "Người gửi, đơn vị công tác và địa chỉ", "Nội dung câu hỏi"),
        (1, "Một người ở một đơn vị rất dài tên", "Ai ký?"),
        (2, "Một người khác ở một đơn vị khác nữa", "Ký khi nào?"),
        (3, "Người thứ ba không hỏi gì cả", None),
    )
    found = read_questions(file)
    assert found.questions == ("Ai ký?", "Ký khi nào?")
    assert found.notes == ("Đã bỏ qua 1 dòng trống.",)


def test_without_a_head_the_column_with_the_most_words_is_taken(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", (1, "Ai ký quyết định này?", "A"), (2, "Quyết định ký khi nào?", "B"))
    assert read_questions(file).questions == ("Ai ký quyết định này?", "Quyết định ký khi nào?")


def test_one_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", ("Ai ký?",))
    book = openpyxl.load_workbook(file)
    book.create_sheet("Trống")
    book.create_sheet("Lớp B")["A1"] = "Ở đâu?"
    hidden = book.create_sheet("Ẩn")
    hidden["A1"], hidden.sheet_state = "Giấu gì?", "hidden"
    book.save(file)
    found = read_questions(file)
    assert found.questions == ("Ai ký?",)
    assert found.notes == ("Chỉ đọc trang tính “Sheet”; chưa đọc “Lớp B”: chuyển trang cần đọc lên đầu.",)


def test_formulas_are_not_reckoned(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", ("Ai ký?",), ('=HYPERLINK("http://x.vn","Bấm vào đây")',))
    assert read_questions(file).questions == ("Ai ký?",)


def test_a_cell_far_below_fills_no_memory(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", ("Ai ký?",))
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["XFD1048576"] = "Ở đâu?"
    book.save(file)
    assert read_questions(file).questions == ("Ai ký?",)


# --- Word ---------------------------------------------------------------------------------------------------------


def test_paragraphs_and_automatic_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Danh sách câu hỏi của lớp")
    for question in ("Ai ký?", "Ký khi nào?"):
        document.add_paragraph(question, style="List Number")
    document.save(str(tmp_path / "a.docx"))
    found = read_questions(tmp_path / "a.docx")
    assert found.questions == ("Ai ký?", "Ký khi nào?")
    assert "Danh sách câu hỏi của lớp" in found.notes[0]


def test_the_table_of_questions_goes_before_the_text_around_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Kính gửi ban tổ chức.")
    table = document.add_table(3, 3)
    rows = (("STT", "Câu hỏi", "Ghi chú"), ("1", "Ai ký?", "gấp"), ("2", "Ký khi nào?", ""))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    found = read_questions(tmp_path / "a.docx")
    assert found.questions == ("Ai ký?", "Ký khi nào?")
    assert found.notes[0] == "Đã đọc bảng câu hỏi; bỏ qua 1 đoạn ngoài bảng."


# --- hostile ------------------------------------------------------------------------------------------------------


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        archive(nothing=b"x"),
        archive(**{"xl/workbook.xml": b"<workbook", "word/document.xml": b"<w:document"}),
        archive(**{"[Content_Types].xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><Types/>"}),
        archive(**{"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")}),
    ],
)
def test_broken_files_are_one_sentence(tmp_path: Path, suffix: str, data: bytes) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(data)
    with pytest.raises(UnreadableQuestions, match="hỏng"):
        read_questions(file)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(archive(**{"xl/sharedStrings.xml": b"\0" * (MAX_UNPACKED + 1)}))
    assert file.stat().st_size < 100_000
    with pytest.raises(UnreadableQuestions, match="phình to bất thường"):
        read_questions(file)


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(UnreadableQuestions, match="mật khẩu"):
        read_questions(file)


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(bytes(MAX_BYTES + 1))
    with pytest.raises(UnreadableQuestions, match="lớn quá 5 MB"):
        read_questions(file)
