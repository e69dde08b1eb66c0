"""Labels that were misread, mended by the labels around them, and nothing else."""

import pytest

from policy_qa.document import Box
from policy_qa.reading.pdf.printed import NoteMark, PrintedLine
from policy_qa.reading.scans.labels import mend_labels

TEXT = "các đơn vị lập kế hoạch và báo cáo kết quả trước ngày mười lăm"


def page(*texts: str) -> list[PrintedLine]:
    """Indented lines, each a paragraph of two: its second line begins at the edge of the text."""
    lines = []
    height = 800.0
    for text in texts:
        lines.append(PrintedLine(text, 120, height - 12, 540, height, 14, 1))
        lines.append(PrintedLine(TEXT, 85, height - 32, 540, height - 20, 14, 1))
        height -= 40
    return lines


def mended(*texts: str) -> list[str]:
    lines = page(*texts)
    mend_labels([lines])
    assert {line.text for line in lines[1::2]} <= {TEXT}
    return [line.text for line in lines[::2]]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Diều I. Một | Điền 2. Hai | Điều 3. Ba", "Điều 1. Một | Điều 2. Hai | Điều 3. Ba"),
        ("Điều 6. Một | Điều N Hai | Điều 8. Ba | Điều 9. Bốn | Điều 10. Năm", "Điều 6. Một | Điều 7. Hai | Điều 8. Ba | Điều 9. Bốn | Điều 10. Năm"),
        ("Điều 9. Một | Điều 1. Hai | Điều 2. Ba", "Điều 9. Một | Điều 1. Hai | Điều 2. Ba"),
        ("Chương I | Chương H | Chương HI | Chương IV", "Chương I | Chương II | Chương III | Chương IV"),
        ("Chương V | Chương VỊ | Chương VH", "Chương V | Chương VI | Chương VII"),
        ("Mục 1 | Mục 2", "Mục 1 | Mục 2"),
        ("I.QUAN ĐIỂM | I. MỤC TIÊU | II. GIẢI PHÁP | IV. KINH PHÍ", "I. QUAN ĐIỂM | II. MỤC TIÊU | III. GIẢI PHÁP | IV. KINH PHÍ"),
        ("I. QUAN ĐIỂM | PHỤ LỤC | I. DANH SÁCH", "I. QUAN ĐIỂM | PHỤ LỤC | I. DANH SÁCH"),
        ("L. Một | 2, Hai | #. Bốn", "1. Một | 2. Hai | #. Bốn"),
        ("1. Một | 3. Hai | 3. Ba | 4. Bốn", "1. Một | 2. Hai | 3. Ba | 4. Bốn"),
        ("-_3, Ba | 4. Bốn", "3. Ba | 4. Bốn"),
        ("I. Một | II. Hai | III. Ba", "I. Một | II. Hai | III. Ba"),
        ("a) Một | b} Hai | ©) Ba | đ) Bốn | đ) Năm | ©) Sáu", "a) Một | b) Hai | c) Ba | d) Bốn | đ) Năm | e) Sáu"),
        ("a) Một | b) Hai | e) Ba", "a) Một | b) Hai | c) Ba"),
        ("d) Bốn | d) Năm | e) Sáu | 8) Bảy | h) Tám", "d) Bốn | đ) Năm | e) Sáu | g) Bảy | h) Tám"),
        ("4) Một | b) Hai", "a) Một | b) Hai"),
        ("1) Một | 2) Hai | 3) Ba | 4) Bốn", "1) Một | 2) Hai | 3) Ba | 4) Bốn"),
        ("a) Một | b) Hai | c) Ba | d) Bốn | e) Năm", "a) Một | b) Hai | c) Ba | d) Bốn | e) Năm"),
        ("1.`Đồng ý | 2. Giao", "1. Đồng ý | 2. Giao"),
        ("__ hgửi: | - Ủy ban", "Kính gửi: | - Ủy ban"),
        ("CÔNG BÁO/Só 333/Ngày 16-06-2026", "CÔNG BÁO/Số 333/Ngày 16-06-2026"),
        ("Hà Nội và I. Kant | TL. BỘ TRƯỞNG | Bộ Ngoại giao", "Hà Nội và I. Kant | TL. BỘ TRƯỞNG | Bộ Ngoại giao"),
    ],
)  # fmt: skip
def test_labels(read: str, printed: str) -> None:
    assert " | ".join(mended(*read.split(" | "))) == printed


def test_what_an_amending_act_quotes_is_left_alone() -> None:
    read = ["Điều 1. Sửa đổi Điều 2 như sau:", "“Điều 2. Trồng rừng", "“a} Một"]
    lines = page(*read)
    lines[1].text = "như sau:"
    mend_labels([lines])
    assert [line.text for line in lines[::2]] == read


def test_a_speck_that_was_read_as_a_quotation_mark() -> None:
    assert mended("Điều 8. Một", "“Điều 9. Hai", "Điều 10. Ba") == ["Điều 8. Một", "Điều 9. Hai", "Điều 10. Ba"]


def test_lines_that_the_page_has_as_text_are_as_they_are() -> None:
    lines = page("1. Một", "3, Hai", "3. Ba")
    mend_labels([lines], [lines[2]])
    assert [line.text for line in lines[::2]] == ["1. Một", "3, Hai", "3. Ba"]


def test_points_begin_anew_in_every_clause() -> None:
    read = ("1. Một", "a) Hai", "b) Ba", "2. Bốn", "4) Năm", "b) Sáu", "©) Bảy")
    assert mended(*read) == ["1. Một", "a) Hai", "b) Ba", "2. Bốn", "a) Năm", "b) Sáu", "c) Bảy"]


def test_a_mark_after_the_label_keeps_its_place() -> None:
    lines = page("1. Một", "2 Hai", "3, Ba")
    lines[2].marks = (NoteMark("5", 1), NoteMark("6", 5))
    mend_labels([lines])
    assert [line.text for line in lines[::2]] == ["1. Một", "2. Hai", "3. Ba"]
    assert lines[2].marks == (NoteMark("5", 2), NoteMark("6", 6))


def test_a_wrapped_line_a_note_and_a_cell_are_left_alone() -> None:
    lines = page("1. Một", "2. Hai")
    for text, change in (("3, Ba", {"left": 85.0}), ("3, Ba", {"note": True}), ("3, Ba", {"cell": Box(0, 0, 9, 9)})):
        odd = PrintedLine(text, 120, 300, 540, 312, 14, 1)
        for name, value in change.items():
            setattr(odd, name, value)
        mend_labels([[*lines, odd]])
        assert odd.text == "3, Ba"


def test_labels_run_over_pages() -> None:
    first, second = page("1. Một", "a) Hai"), page("6) Ba", "c) Bốn")
    mend_labels([first, second])
    assert [line.text for line in second[::2]] == ["b) Ba", "c) Bốn"]


def test_no_pages() -> None:
    mend_labels([])
    mend_labels([[], []])
