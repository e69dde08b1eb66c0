"""Printed lines joined into paragraphs: titles, labels, line ends, capitals, items set in two columns."""

from pathlib import Path

import pytest
from printed import INDENT, LEFT, LONG, RIGHT, Sheet, check_invariants

from policy_qa.reading import read


def paragraphs_of(sheet: Sheet, tmp_path: Path) -> list[str]:
    source = read(sheet.save(tmp_path / "a.pdf"))
    check_invariants(source)
    return source.text.split("\n")


def filled(sheet: Sheet, left: float, text: str, word: str = " hoa", end: str = "") -> str:
    """`text` with as many more words as its line takes, and `end`."""
    while sheet.width_of(text + word + end, 12) < RIGHT - left:
        text += word
    return text + end


def test_a_title_that_fills_its_line_before_the_first_item(sheet: Sheet, tmp_path: Path) -> None:
    title = filled(sheet, INDENT, "Điều 2. Trách nhiệm của các xã trong việc trồng")
    sheet.text(INDENT, 60, title)
    y = sheet.paragraph(78, f"1. {LONG}")
    other = filled(sheet, INDENT, "Điều 3. Trách nhiệm của các thôn về việc")
    sheet.text(INDENT, y, other)
    sheet.paragraph(y + 18, f"a) {LONG}")
    assert paragraphs_of(sheet, tmp_path) == [title, f"1. {LONG}", other, f"a) {LONG}"]


def test_a_title_of_two_lines_goes_on(sheet: Sheet, tmp_path: Path) -> None:
    title = filled(sheet, INDENT, "Điều 2. Trách nhiệm của các xã trong việc trồng")
    sheet.text(INDENT, 60, title)
    sheet.text(LEFT, 78, "trên các đảo xa bờ")
    sheet.paragraph(96, LONG)
    assert paragraphs_of(sheet, tmp_path) == [f"{title} trên các đảo xa bờ", LONG]


@pytest.mark.parametrize("word", ["số", "ngày", "tháng", "năm", "Điều", "khoản", "điểm"])
def test_a_line_that_awaits_a_number_goes_on(sheet: Sheet, tmp_path: Path, word: str) -> None:
    """Bound to its number by a blank that does not break, the word came to the next line; or the number did without it."""
    sheet.text(INDENT, 60, f"Việc trồng hoa trên các đảo xa bờ phải theo đúng {word}")
    sheet.text(LEFT, 78, "57/2024/QH15 và các văn bản hướng dẫn thi hành.")
    sheet.paragraph(96, LONG)
    assert paragraphs_of(sheet, tmp_path) == [
        f"Việc trồng hoa trên các đảo xa bờ phải theo đúng {word} 57/2024/QH15 và các văn bản hướng dẫn thi hành.",
        LONG,
    ]


@pytest.mark.parametrize("indent", [INDENT, INDENT + 28])
def test_a_last_line_of_one_short_word(sheet: Sheet, tmp_path: Path, indent: float) -> None:
    first = filled(sheet, indent, "- Các xã tự lo việc trồng", "  hoa")
    sheet.text(indent, 60, first)
    sheet.text(LEFT, 78, "đảo.")
    sheet.paragraph(96, LONG)
    assert paragraphs_of(sheet, tmp_path) == [" ".join(first.split()) + " đảo.", LONG]


def test_a_title_in_capitals_ends_before_text(sheet: Sheet, tmp_path: Path) -> None:
    title = filled(sheet, LEFT, "QUY ĐỊNH VỀ VIỆC TRỒNG", " HOA")
    sheet.text(LEFT, 60, title)
    sheet.paragraph(78, LONG, indent=LEFT)
    assert paragraphs_of(sheet, tmp_path) == [title, LONG]


def test_a_title_in_capitals_begins_after_a_sentence(sheet: Sheet, tmp_path: Path) -> None:
    sentence = filled(sheet, LEFT, "Hoa trên các đảo được bảo vệ bởi các", " xã", ".")
    sheet.paragraph(60, LONG)
    sheet.text(LEFT, 150, sentence)
    sheet.text(LEFT, 168, "QUY ĐỊNH CHUNG VỀ HOA")
    sheet.paragraph(186, LONG)
    assert paragraphs_of(sheet, tmp_path) == [LONG, sentence, "QUY ĐỊNH CHUNG VỀ HOA", LONG]


def test_a_name_in_capitals_at_a_line_start_is_no_title(sheet: Sheet, tmp_path: Path) -> None:
    first = filled(sheet, INDENT, "Các xã trồng hoa theo hướng dẫn của tổ chức", " hoa")
    sheet.text(INDENT, 60, first)
    sheet.text(LEFT, 78, "UNESCO và các tổ chức khác về hoa trên đảo.")
    sheet.paragraph(96, LONG)
    assert paragraphs_of(sheet, tmp_path) == [f"{first} UNESCO và các tổ chức khác về hoa trên đảo.", LONG]


def test_an_item_whose_second_half_is_set_in_a_column(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    for y, name, number in ((150, "1. Kỹ thuật viên trồng hoa", "01"), (168, "2. Kỹ thuật viên chính", "02")):
        sheet.text(INDENT, y, name)
        sheet.text(350, y, f"- Mã số: V.01.02.{number}")
    sheet.paragraph(186, LONG)
    assert paragraphs_of(sheet, tmp_path) == [
        LONG,
        "1. Kỹ thuật viên trồng hoa | - Mã số: V.01.02.01",
        "2. Kỹ thuật viên chính | - Mã số: V.01.02.02",
        LONG,
    ]


@pytest.mark.parametrize("figure", ["2.", "15.", "3)", "a)"])
def test_a_wrapped_line_that_begins_like_an_item_goes_on(sheet: Sheet, tmp_path: Path, figure: str) -> None:
    first = filled(sheet, INDENT, filled(sheet, INDENT, "Kinh phí được cấp theo từng đợt theo mức của khoản"), "i")
    sheet.text(INDENT, 60, first)
    sheet.text(LEFT, 78, f"{figure} Mỗi đợt ít nhất một năm.")
    sheet.paragraph(96, LONG)
    assert paragraphs_of(sheet, tmp_path) == [f"{first} {figure} Mỗi đợt ít nhất một năm.", LONG]


@pytest.mark.parametrize("figure", ["2.", "15.", "3)", "b)", "II.", "-", "Điều 5."])
def test_an_item_after_a_full_line_begins_anew(sheet: Sheet, tmp_path: Path, figure: str) -> None:
    sentence = filled(sheet, LEFT, "Hoa trên các đảo được bảo vệ bởi các", " xã", ";")
    sheet.paragraph(60, LONG)
    sheet.text(LEFT, 150, sentence)
    sheet.paragraph(168, f"{figure} Mỗi đợt ít nhất một năm.", indent=LEFT)
    assert paragraphs_of(sheet, tmp_path) == [LONG, sentence, f"{figure} Mỗi đợt ít nhất một năm."]


def test_fields_of_a_form_that_fill_their_lines(sheet: Sheet, tmp_path: Path) -> None:
    fields = []
    for k, name in enumerate(("Tên tôi là", "Sinh ngày", "Nơi ở hiện nay")):
        fields.append(filled(sheet, LEFT, f"{name}: ....", "."))
        sheet.text(LEFT, 150 + 18 * k, fields[-1])
    sheet.paragraph(60, LONG)
    assert paragraphs_of(sheet, tmp_path) == [LONG, *fields]


def test_a_paragraph_over_a_page_break(sheet: Sheet, tmp_path: Path) -> None:
    first = filled(sheet, LEFT, "việc trồng hoa trên các đảo xa bờ do các")
    sheet.paragraph(60, LONG)
    sheet.text(LEFT, 770, first)
    sheet.next_page()
    sheet.text(LEFT, 60, "xã tự lo.")
    y = sheet.paragraph(78, f"1. {LONG}")
    sheet.paragraph(y, LONG)
    source = read(sheet.save(tmp_path / "a.pdf"))
    check_invariants(source)
    assert source.text.split("\n") == [LONG, f"{first} xã tự lo.", f"1. {LONG}", LONG]
    assert [line.page for line in source.lines if line.span.of(source.text) in (first, "xã tự lo.")] == [1, 2]


def test_a_title_over_the_head_of_a_page_does_not_go_on_with_it(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    sheet.text(LEFT, 770, filled(sheet, LEFT, "việc trồng hoa trên các đảo xa bờ do các"))
    sheet.next_page()
    sheet.centred(60, "PHỤ LỤC")
    sheet.centred(78, "Danh mục các loài hoa")
    sheet.centred(96, "được trồng trên đảo")
    sheet.paragraph(130, LONG)
    assert paragraphs_of(sheet, tmp_path)[2:] == ["PHỤ LỤC", "Danh mục các loài hoa được trồng trên đảo", LONG]


def test_a_hyphen_at_the_line_end_joins_without_a_blank(sheet: Sheet, tmp_path: Path) -> None:
    first = filled(sheet, INDENT, "Theo văn bản của các cơ quan về hoa số", " 12", " 34/QĐ-")
    sheet.text(INDENT, 60, first)
    sheet.text(LEFT, 78, "BHC về hoa cỏ.")
    sheet.paragraph(96, LONG)
    assert paragraphs_of(sheet, tmp_path) == [f"{first}BHC về hoa cỏ.", LONG]
