"""Reading order, paragraphs, marginals and page boxes of PDFs that the tests draw."""

import unicodedata
from pathlib import Path

import pytest
from printed import INDENT, LEFT, LONG, RIGHT, Sheet, check_invariants

from policy_qa.errors import UnreadableFile
from policy_qa.reading import read


def test_head_in_two_columns_is_never_mixed(sheet: Sheet, tmp_path: Path) -> None:
    sheet.text(90, 70, "BỘ THỬ NGHIỆM")
    sheet.text(275, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
    sheet.text(100, 86, "_________")
    sheet.text(320, 86, "Độc lập - Tự do - Hạnh phúc", 11)
    sheet.text(100, 110, "Số: 12/QĐ-BTN")
    sheet.text(320, 110, "Hà Nội, ngày 02 tháng 3 năm 2024", 11)
    sheet.centred(150, "QUYẾT ĐỊNH")
    sheet.centred(168, "Về việc ban hành kế hoạch kiểm tra định kỳ đối với")
    sheet.centred(186, "các đơn vị trực thuộc")
    sheet.paragraph(230, LONG)
    source = read(sheet.save(tmp_path / "head.pdf"))
    assert set(source.text.split("\n")) == {
        "BỘ THỬ NGHIỆM",
        "Số: 12/QĐ-BTN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 02 tháng 3 năm 2024",
        "QUYẾT ĐỊNH",
        "Về việc ban hành kế hoạch kiểm tra định kỳ đối với các đơn vị trực thuộc",
        LONG,
    }
    check_invariants(source)


def test_columns_so_close_that_no_gap_parts_them(sheet: Sheet, tmp_path: Path) -> None:
    sheet.text(60, 70, "CỤC THỬ NGHIỆM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
    sheet.paragraph(120, LONG)
    assert read(sheet.save(tmp_path / "a.pdf")).text.split("\n")[:2] == [
        "CỤC THỬ NGHIỆM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_indents_labels_and_chapters(sheet: Sheet, tmp_path: Path) -> None:
    sheet.centred(60, "Chương I")
    sheet.centred(78, "QUY ĐỊNH CHUNG")
    y = 110.0
    expected = ["Chương I", "QUY ĐỊNH CHUNG"]
    for text in ("Điều 1. Phạm vi", f"1. {LONG}", f"a) {LONG}", "b) Ý ngắn;", f"- {LONG}", LONG):
        y = sheet.paragraph(y, text) + 4
        expected.append(text)
    source = read(sheet.save(tmp_path / "a.pdf"))
    assert source.text.split("\n") == expected
    check_invariants(source)


def test_a_wrapped_line_that_begins_with_a_figure_goes_on(sheet: Sheet, tmp_path: Path) -> None:
    first = _filled(sheet, INDENT, "Kinh phí được cấp theo từng đợt, mỗi đợt ít nhất")
    while sheet.width_of(first + " 2.", 12) < RIGHT - INDENT:
        first += "a"
    text = f"{first} 2. năm một lần theo kế hoạch đã được duyệt và công bố."
    y = sheet.paragraph(60, text)
    sheet.paragraph(y, LONG)
    source = read(sheet.save(tmp_path / "a.pdf"))
    assert source.text.split("\n") == [text, LONG]
    assert [line.span.of(source.text)[:2] for line in source.lines][1] == "2."


def _filled(sheet: Sheet, left: float, text: str) -> str:
    """`text` with as many more words as the line takes."""
    while sheet.width_of(text + " nữa", 12) < RIGHT - left:
        text += " nữa"
    return text


def test_running_heads_in_mid_sentence_are_lifted(sheet: Sheet, tmp_path: Path) -> None:
    sheet.text(200, 35, "CÔNG BÁO/Số 10 + 11/Ngày 01-02-2024")
    sheet.text(520, 35, "7")
    sheet.paragraph(500, LONG)
    first = _filled(sheet, LEFT, "Đoạn này còn tiếp ở trang sau vì câu chưa hết")
    sheet.text(LEFT, 760, first)
    sheet.next_page()
    sheet.text(85, 35, "8")
    sheet.text(200, 35, "CÔNG BÁO/Số 10 + 11/Ngày 01-02-2024")
    sheet.text(LEFT, 60, "và kết thúc ở đây.")
    sheet.paragraph(78, LONG)
    sheet.paragraph(150, LONG)
    source = read(sheet.save(tmp_path / "a.pdf"))
    assert source.text.split("\n") == [LONG, f"{first} và kết thúc ở đây.", LONG, LONG]
    assert [(m.kind, m.text, m.page) for m in source.marginals if m.kind == "page number"] == [
        ("page number", "7", 1),
        ("page number", "8", 2),
    ]
    assert sum(m.kind == "running head" for m in source.marginals) == 2
    assert source.page_at(source.text.index("và kết thúc")) == 2
    assert source.page_at(source.text.index("Đoạn này")) == 1
    check_invariants(source)


def test_stamp_note_and_exponent(sheet: Sheet, tmp_path: Path) -> None:
    sheet.text(400, 30, "Ký bởi: Văn phòng Thử nghiệm", 8)
    sheet.text(400, 40, "Email: vanphong@vi.du", 8)
    sheet.paragraph(80, LONG)
    stem = "Diện tích tối thiểu là 25 m"
    sheet.text(LEFT, 200, stem)
    sheet.text(LEFT + sheet.width_of(stem, 12), 195, "2", 7)
    line = "Mức này được điều chỉnh hằng năm"
    sheet.text(LEFT, 218, line)
    sheet.text(LEFT + sheet.width_of(line, 12), 213, "1", 7)
    sheet.text(LEFT + sheet.width_of(line, 12) + 4, 218, ".")
    sheet.text(LEFT, 740, "1", 5)
    sheet.text(LEFT + 4, 744, "Khoản này được sửa đổi theo văn bản khác.", 9)
    source = read(sheet.save(tmp_path / "a.pdf"))
    assert source.text.split("\n") == [LONG, f"{stem}2", f"{line}."]
    note = next(m for m in source.marginals if m.kind == "footnote")
    assert (note.mark, note.text) == ("1", "Khoản này được sửa đổi theo văn bản khác.")
    assert source.text[: note.anchor].endswith("hằng năm")
    assert [m.text for m in source.marginals if m.kind == "stamp"] == [
        "Ký bởi: Văn phòng Thử nghiệm",
        "Email: vanphong@vi.du",
    ]


def test_table_rows_keep_together(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    for y, cells in (
        (200, ("TT", "Nhiệm vụ", "Cơ quan")),
        (220, ("1", "Rà soát", "Bộ Một")),
        (240, ("2", "Tổng kết", "Bộ Hai")),
    ):
        for x, cell in zip((90, 150, 400), cells, strict=True):
            sheet.text(x, y, cell)
    source = read(sheet.save(tmp_path / "a.pdf"))
    assert source.text.split("\n") == [
        LONG,
        "TT | Nhiệm vụ | Cơ quan",
        "1 | Rà soát | Bộ Một",
        "2 | Tổng kết | Bộ Hai",
    ]
    check_invariants(source)


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_page_whose_text_is_turned_reads_upright(sheet: Sheet, tmp_path: Path, rotation: int) -> None:
    sheet.canvas.translate(595 / 2, 842 / 2)
    sheet.canvas.rotate(rotation)
    sheet.canvas.translate(-595 / 2, -842 / 2)
    sheet.paragraph(250, LONG)
    source = read(sheet.save(tmp_path / "a.pdf"))
    assert source.text == LONG
    assert (source.pages[0].width, source.pages[0].height) == (595, 842)
    check_invariants(source)


def test_a_page_shown_turned(sheet: Sheet, tmp_path: Path) -> None:
    import pypdf

    sheet.paragraph(250, LONG)
    path = sheet.save(tmp_path / "upright.pdf")
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(90)
    writer.write(tmp_path / "turned.pdf")
    source = read(tmp_path / "turned.pdf")
    assert source.text == LONG
    assert (source.pages[0].width, source.pages[0].height) == (842, 595)
    check_invariants(source)


def test_decomposed_letters_become_nfc(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, unicodedata.normalize("NFD", LONG))
    assert read(sheet.save(tmp_path / "a.pdf")).text.startswith("Các cơ quan")


def test_encrypted(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    path = sheet.save(tmp_path / "kin.pdf", password="mat-khau")
    with pytest.raises(UnreadableFile, match=r"“kin\.pdf”.*mật khẩu"):
        read(path)


@pytest.mark.parametrize("cut", [20, 300, 2000])
def test_truncated(sheet: Sheet, tmp_path: Path, cut: int) -> None:
    sheet.paragraph(60, LONG)
    path = sheet.save(tmp_path / "hong.pdf")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UnreadableFile, match=r"“hong\.pdf”"):
        read(path)
