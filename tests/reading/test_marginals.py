"""What is printed on a page but is no text of the document: stamps, running heads, page numbers, footnotes."""

from pathlib import Path

import pytest
from printed import INDENT, LEFT, LONG, RIGHT, Sheet, check_invariants

from policy_qa.document import Marginal, SourceText
from policy_qa.reading import read
from policy_qa.reading.pdf.marginals import MarkPlace, tied


def source_of(sheet: Sheet, tmp_path: Path) -> SourceText:
    source = read(sheet.save(tmp_path / "a.pdf"))
    check_invariants(source)
    return source


def lifted(source: SourceText, kind: str) -> list[tuple[int | None, str]]:
    return [(m.page, m.text) for m in source.marginals if m.kind == kind]


# --- stamps -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [8, 12], ids=["small print", "as large as the text"])
@pytest.mark.parametrize("y", [30, 400], ids=["at the edge", "in the page"])
def test_stamps_of_digital_signatures_are_lifted(sheet: Sheet, tmp_path: Path, y: float, size: float) -> None:
    stamp = [
        "Người ký: CỔNG THÔNG TIN TỈNH",
        "Email: thongtin@vi.du",
        "Cơ quan: VĂN PHÒNG",
        "Thời gian ký: 05.06.2031 16:57:11 +07:00",
    ]
    sheet.paragraph(100, LONG)
    for k, words in enumerate(stamp):
        sheet.text(300, y + k * (size + 2), words, size)
    sheet.paragraph(600, LONG)
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == [LONG, LONG]
    assert lifted(source, "stamp") == [(1, words) for words in stamp]


@pytest.mark.parametrize(
    "words",
    [
        "người ký phát hành văn bản chịu trách nhiệm về nội dung của văn bản ấy trước pháp luật và trước người đứng đầu.",
        "Người ký: là người có thẩm quyền ký văn bản theo quy định của pháp luật về văn thư và được giao bằng văn bản.",
        "Ngày ký: ngày, tháng, năm ký văn bản được ghi bằng chữ số Ả Rập theo thứ tự của lịch và không viết tắt.",
        "Ngày ký hợp đồng là ngày hai bên cùng ký vào hợp đồng.",
        "Cơ quan: là nơi người trồng hoa làm việc theo hợp đồng.",
        "Chức vụ: Chủ tịch hội đồng trồng hoa.",
    ],
)
def test_running_text_is_no_stamp(sheet: Sheet, tmp_path: Path, words: str) -> None:
    y = sheet.paragraph(100, LONG)
    y = sheet.paragraph(y, words, indent=LEFT)
    sheet.paragraph(y, LONG)
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == [LONG, words, LONG]
    assert lifted(source, "stamp") == []


def test_the_fields_of_a_form_are_no_stamp(sheet: Sheet, tmp_path: Path) -> None:
    fields = [
        "Người ký: ....................",
        "Chức vụ: ....................",
        "Ngày ký: ....................",
        "Cơ quan: ....................",
    ]
    sheet.paragraph(100, LONG)
    for k, words in enumerate(fields):
        sheet.text(INDENT, 250 + 20 * k, words)
    assert source_of(sheet, tmp_path).text.split("\n") == [LONG, *fields]


# --- running heads and page numbers -------------------------------------------------------------------------------


def pages_of(sheet: Sheet, count: int, edge: dict[str, tuple[float, float]], text: str = LONG) -> list[str]:
    """Pages of two paragraphs each; `edge` prints words at places, `#` in them the number of the page."""
    paragraphs = []
    for number in range(1, count + 1):
        for words, (x, y) in edge.items():
            sheet.text(x, y, words.replace("#", str(number)), 9)
        first = f"{number}. {text}"
        paragraphs += [first, text]
        sheet.paragraph(sheet.paragraph(100, first) + 4, text)
        sheet.next_page()
    return paragraphs


def test_a_printed_web_page(sheet: Sheet, tmp_path: Path) -> None:
    edge = {
        "https://vanban.vi.du/xem?id=12": (40, 815), "#/58": (540, 815), "25/11/2031, 10:15": (40, 25), "Văn bản tỉnh": (250, 25),
    }  # fmt: skip
    expected = pages_of(sheet, 4, edge)
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == expected
    assert lifted(source, "page number") == [(n, f"{n}/58") for n in range(1, 5)]
    assert len(lifted(source, "running head")) == 12


@pytest.mark.parametrize("number", ["#", "- # -", "Trang #", "– # –", "# / 4", "Trang #/4"])
def test_page_numbers(sheet: Sheet, tmp_path: Path, number: str) -> None:
    expected = pages_of(sheet, 2, {number: (290, 30)})
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == expected
    assert lifted(source, "page number") == [(n, number.replace("#", str(n))) for n in (1, 2)]


def test_the_end_of_a_sentence_at_the_top_of_a_page_is_no_page_number(sheet: Sheet, tmp_path: Path) -> None:
    first = "Kế hoạch này thực hiện đến hết"
    while sheet.width_of(f"{first} hết năm", 12) < RIGHT - LEFT:
        first += " hết"
    first += " năm"
    sheet.paragraph(600, LONG)
    sheet.text(LEFT, 780, first)
    sheet.next_page()
    sheet.text(LEFT, 60, "2035.")
    sheet.paragraph(78, LONG)
    assert source_of(sheet, tmp_path).text.split("\n") == [LONG, f"{first} 2035.", LONG]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_gazette_head_that_runs_along_the_side(sheet: Sheet, tmp_path: Path, side: str) -> None:
    expected = []
    for number in (1, 2, 3):
        sheet.canvas.saveState()
        sheet.canvas.translate(*((20, 300) if side == "left" else (575, 600)))
        sheet.canvas.rotate(90 if side == "left" else -90)
        sheet.canvas.setFont("vn", 10)
        sheet.canvas.drawString(0, 0, "CÔNG BÁO/Số 3 + 4/Ngày 01-02-2031")
        sheet.canvas.drawString(280, 0, str(number + 10))
        sheet.canvas.restoreState()
        expected += [f"{number}. {LONG}", LONG]
        sheet.paragraph(sheet.paragraph(100, expected[-2]) + 4, LONG)
        sheet.next_page()
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == expected
    assert lifted(source, "page number") == [(n, str(n + 10)) for n in (1, 2, 3)]
    assert len(lifted(source, "running head")) == 3


def test_labels_of_forms_and_the_motto_at_the_top_of_each_page_are_text(sheet: Sheet, tmp_path: Path) -> None:
    expected = []
    for number in range(1, 5):
        heading = [f"Mẫu số {number}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
        for k, words in enumerate(heading):
            sheet.centred(50 + 22 * k, words)
        expected += [*heading, LONG]
        sheet.paragraph(130, LONG)
        sheet.next_page()
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == expected
    assert lifted(source, "running head") == []


# --- footnotes ----------------------------------------------------------------------------------------------------


def marked(sheet: Sheet, y: float, *pieces: str, x: float = INDENT) -> None:
    """A line whose pieces that are figures alone are raised and small."""
    for piece in pieces:
        small = piece.isdigit()
        sheet.text(x, y - 5 if small else y, piece, 7 if small else 12)
        x += sheet.width_of(piece, 7 if small else 12)


def note(sheet: Sheet, y: float, mark: str, words: str) -> None:
    sheet.text(LEFT, y - 4, mark, 6)
    sheet.text(LEFT + 5 + 3 * len(mark), y, words, 9.5)


def anchors(source: SourceText) -> list[tuple[str | None, str, str]]:
    """Mark, text, and the two words before the place of each footnote."""
    return [
        (m.mark, m.text, " ".join(source.text[: m.anchor].split(" ")[-2:]))
        for m in source.marginals
        if m.kind == "footnote"
    ]


def test_footnotes_are_tied_to_their_marks(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    marked(sheet, 150, "1. Mức hỗ trợ là 500 đồng", "1", " một tháng.")
    marked(sheet, 170, "2. Người trồng hoa", "2", " và người bán hoa", "3", " trên đảo.")
    sheet.paragraph(190, LONG)
    note(sheet, 730, "1", "Khoản này được sửa đổi.")
    note(sheet, 742, "2", "Cụm từ này được bãi bỏ.")
    note(sheet, 754, "3", "Cụm từ này được thay thế từ ngày 1 tháng 7; chi tiết xem")
    sheet.next_page()
    marked(sheet, 60, "3. Đất rộng 25 m", "2", ", đường dài 3 km", "3", ", mức này", "1", " tính theo năm.")
    sheet.paragraph(80, LONG)
    sheet.text(LEFT, 730, "văn bản kèm theo.", 9.5)
    note(sheet, 742, "1", "Mức của năm sau.")
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == [
        LONG,
        "1. Mức hỗ trợ là 500 đồng một tháng.",
        "2. Người trồng hoa và người bán hoa trên đảo.",
        LONG,
        "3. Đất rộng 25 m2, đường dài 3 km3, mức này tính theo năm.",
        LONG,
    ]
    assert anchors(source) == [
        ("1", "Khoản này được sửa đổi.", "500 đồng"),
        ("2", "Cụm từ này được bãi bỏ.", "trồng hoa"),
        ("3", "Cụm từ này được thay thế từ ngày 1 tháng 7; chi tiết xem văn bản kèm theo.", "bán hoa"),
        ("1", "Mức của năm sau.", "mức này"),
    ]


def test_a_note_whose_mark_stands_on_the_page_before(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    marked(sheet, 780, "Người trồng hoa", "1", " được nghỉ.")
    sheet.next_page()
    sheet.paragraph(100, LONG)
    note(sheet, 740, "1", "Theo văn bản khác.")
    assert anchors(source_of(sheet, tmp_path)) == [("1", "Theo văn bản khác.", "trồng hoa")]


def test_recipients_in_small_print_do_not_go_on_with_a_note(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    marked(sheet, 150, "Người trồng hoa", "1", " được nghỉ.")
    note(sheet, 740, "1", "Theo văn bản khác, còn tiếp")
    sheet.next_page()
    sheet.paragraph(100, LONG)
    for k, words in enumerate(("Nơi nhận:", "- Các sở;", "- Lưu: VT.")):
        sheet.text(LEFT, 300 + 13 * k, words, 10)
    assert source_of(sheet, tmp_path).text.split("\n")[-3:] == ["Nơi nhận:", "- Các sở;", "- Lưu: VT."]


def test_small_print_without_a_mark_is_text(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    sheet.text(LEFT, 700, "Ghi chú: hoa nở quanh năm.", 9)
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n") == [LONG, "Ghi chú: hoa nở quanh năm."]


def footnote(mark: str | None, page: int, text: str = "Chú thích.") -> Marginal:
    return Marginal("footnote", text, page, None, mark)


def test_marks_and_notes_are_paired_page_by_page() -> None:
    places = [MarkPlace("1", 1, 10), MarkPlace("2", 1, 20), MarkPlace("1", 2, 30), MarkPlace("3", 4, 40)]
    notes = [footnote("1", 1), footnote("2", 2), footnote("1", 2), footnote("3", 3), footnote("4", 4)]
    # The third note's mark comes only on a later page, the fourth has none: neither has a place.
    assert [m.anchor for m in tied(notes, places)] == [10, 20, 30, None, None]


def test_one_place_has_one_note() -> None:
    assert [m.anchor for m in tied([footnote("1", 1), footnote("1", 1)], [MarkPlace("1", 1, 5)])] == [5, None]


def test_the_rest_of_a_note_is_joined_to_it_over_other_marginals() -> None:
    number = Marginal("page number", "2", 2)
    found = tied([footnote("1", 1, "Đầu"), number, footnote(None, 2, "cuối.")], [MarkPlace("1", 1, 5)])
    assert [(m.kind, m.text) for m in found] == [("footnote", "Đầu cuối."), ("page number", "2")]
    # A rest without a beginning is kept.
    assert [m.text for m in tied([footnote(None, 1, "cuối.")], [])] == ["cuối."]
