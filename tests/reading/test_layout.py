"""Lines out of characters: letters drawn out of order, columns apart, words broken by an extractor."""

import textwrap
from pathlib import Path

import pytest
from lettered import TwoFonts, When
from printed import HEIGHT, INDENT, LEFT, LONG, Sheet, check_invariants
from ruled import table

from policy_qa.document import SourceText
from policy_qa.reading import read


def source_of(sheet: Sheet, tmp_path: Path) -> SourceText:
    if isinstance(sheet, TwoFonts):
        sheet.finish()
    source = read(sheet.save(tmp_path / "a.pdf"))
    check_invariants(source)
    return source


# --- letters drawn out of order -----------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["run", "line", "page"])
def test_letters_from_a_second_font_come_to_their_places(tmp_path: Path, when: When) -> None:
    sheet = TwoFonts(when)
    expected = ["Điều 1. Phạm vi điều chỉnh", f"1. {LONG}", f"a) {LONG}", "Ướt ở đâu, ứng ở đấy; đường bờ đê."]
    y = 100.0
    for text in expected:
        y = sheet.paragraph(y, text) + 4
    assert source_of(sheet, tmp_path).text.split("\n") == expected


@pytest.mark.parametrize("when", ["line", "page"])
def test_two_columns_of_such_letters_stay_apart(tmp_path: Path, when: When) -> None:
    sheet = TwoFonts(when)
    sheet.text(90, 70, "BỘ THỬ NGHIỆM")
    sheet.text(275, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
    sheet.text(320, 86, "Độc lập - Tự do - Hạnh phúc", 11)
    sheet.text(100, 110, "Số: 12/QĐ-BTN")
    sheet.text(320, 110, "Hà Nội, ngày 02 tháng 3 năm 2031", 11)
    sheet.paragraph(200, LONG)
    assert source_of(sheet, tmp_path).text.split("\n") == [
        "BỘ THỬ NGHIỆM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/QĐ-BTN",
        "Hà Nội, ngày 02 tháng 3 năm 2031",
        LONG,
    ]


@pytest.mark.parametrize("when", ["line", "page"])
def test_running_columns_of_such_letters(tmp_path: Path, when: When) -> None:
    left = ["Người trồng hoa trên đảo được", "hỗ trợ cây giống và phân bón", "theo định mức của tỉnh đề ra."]
    right = ["Người bán hoa ở chợ đảo được", "giảm lệ phí chỗ ngồi và tiền", "điện trong ba tháng đầu năm."]
    sheet = TwoFonts(when)
    for x, column in ((70, left), (330, right)):
        for k, words in enumerate(column):
            sheet.text(x, 100 + 16 * k, words, 11)
    assert source_of(sheet, tmp_path).text.split("\n") == [" ".join(left), " ".join(right)]


@pytest.mark.parametrize("when", ["line", "page"])
def test_cells_of_such_letters_stay_apart(tmp_path: Path, when: When) -> None:
    sheet = TwoFonts(when)
    sheet.paragraph(60, LONG)
    width = sheet.width_of("Nhiệm vụ ở đảo", 11)
    table(
        sheet,
        150,
        [LEFT, LEFT + 26, LEFT + 34 + width, 320],
        [("TT", "Nhiệm vụ ở đảo", "Đơn vị"), ("1", "Đắp đê", "Đội Ơ")],
    )
    assert source_of(sheet, tmp_path).text.split("\n") == [LONG, "TT | Nhiệm vụ ở đảo | Đơn vị", "1 | Đắp đê | Đội Ơ"]


def test_columns_drawn_from_right_to_left_are_not_mixed(sheet: Sheet, tmp_path: Path) -> None:
    """The parts of a formula: drawn in any order, side by side, their lines at heights that nearly agree."""
    sheet.paragraph(60, LONG)
    for x, words, heights in (
        (330, ("Mức tiền công", "của năm ấy"), (203, 218)),
        (230, ("Tổng tiền công", "mỗi tháng"), (201, 216)),
        (213, ("=",), (209,)),
        (120, ("Tiền công sau", "điều chỉnh"), (202, 217)),
    ):
        for word, y in zip(words, heights, strict=False):
            sheet.text(x, y, word)
    text = source_of(sheet, tmp_path).text
    for words in ("Tiền công sau điều chỉnh", "Tổng tiền công mỗi tháng", "Mức tiền công của năm ấy"):
        assert words in text


# --- lines, gaps, labels ------------------------------------------------------------------------------------------


def test_a_page_shown_or_drawn_upside_down(sheet: Sheet, tmp_path: Path) -> None:
    sheet.canvas.translate(595, HEIGHT)
    sheet.canvas.rotate(180)
    y = sheet.paragraph(200, f"1. {LONG}")
    sheet.paragraph(y, "2. Hoa nở.")
    assert source_of(sheet, tmp_path).text.split("\n") == [f"1. {LONG}", "2. Hoa nở."]


def test_a_label_and_its_text_are_one_line_however_wide_the_gap(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    for k, label in enumerate(("1.", "a)", "-", "II.", "Điều 4.")):
        sheet.text(LEFT, 160 + 24 * k, label)
        sheet.text(LEFT + 70, 160 + 24 * k, "Hoa trên đảo")
    assert source_of(sheet, tmp_path).text.split("\n")[1:] == [
        "1. Hoa trên đảo", "a) Hoa trên đảo", "- Hoa trên đảo", "II. Hoa trên đảo", "Điều 4. Hoa trên đảo",
    ]  # fmt: skip


def test_a_line_of_few_words_stretched_to_both_edges_is_one_line(sheet: Sheet, tmp_path: Path) -> None:
    y = sheet.paragraph(60, LONG)
    words = ["việc", "trồng", "hoa", "trên", "các", "đảo", "Một,", "Hai,", "Ba,", "Bốn,"]
    sheet.text(LEFT, y, "Hội đồng quyết định về")
    x = LEFT
    for word in words:
        sheet.text(x, y + 18, word)
        x += sheet.width_of(word, 12) + 19
    assert "việc trồng hoa trên các đảo Một, Hai, Ba, Bốn," in source_of(sheet, tmp_path).text


def test_a_row_of_figures_is_no_stretched_line(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    for k in range(6):
        sheet.text(LEFT + 40 * k, 200, str(15 + k))
    assert source_of(sheet, tmp_path).text.split("\n")[1] == "15 | 16 | 17 | 18 | 19 | 20"


# --- words broken by an extractor ---------------------------------------------------------------------------------

WORDS = ("người", "trách", "nhiệm", "phân", "mười", "tháng", "hằng", "trong", "phạm", "phòng")


def broken(text: str) -> str:
    for word in WORDS:
        rime = word.lstrip("bcdđghklmnpqrstvx")
        text = text.replace(word, f"{word.removesuffix(rime)} {rime}")
    return text


def draw_broken(sheet: Sheet) -> float:
    """LONG line by line, its words broken; returns where the next line stands."""
    y = 60.0
    for line in textwrap.wrap(LONG, 62):
        sheet.text(LEFT, y, broken(line))
        y += 18
    return y


def test_broken_words_are_joined_on_a_broken_page(sheet: Sheet, tmp_path: Path) -> None:
    sheet.text(INDENT, draw_broken(sheet), "Theo điểm b ông Hoa được nghỉ.")
    text = source_of(sheet, tmp_path).text
    assert text.replace("\n", " ") == f"{LONG} Theo điểm b ông Hoa được nghỉ."


def test_a_sound_page_is_left_alone(sheet: Sheet, tmp_path: Path) -> None:
    y = 60.0
    for _ in range(4):
        y = sheet.paragraph(y, LONG)
    odd = "Theo điểm b ông Hoa, nhóm m ười người."
    sheet.paragraph(y, odd)
    assert source_of(sheet, tmp_path).text.split("\n") == [LONG] * 4 + [odd]


def test_a_note_mark_keeps_its_place_when_words_before_it_are_joined(sheet: Sheet, tmp_path: Path) -> None:
    y = draw_broken(sheet)
    words = "Ng ười tr ồng hoa"
    sheet.text(INDENT, y, words)
    sheet.text(INDENT + sheet.width_of(words, 12), y - 5, "1", 7)
    sheet.text(INDENT + sheet.width_of(words, 12) + 5, y, " được nghỉ.")
    sheet.text(LEFT, 736, "1", 6)
    sheet.text(LEFT + 5, 740, "Theo văn bản khác.", 9)
    source = source_of(sheet, tmp_path)
    assert source.text.split("\n")[-1] == "Người trồng hoa được nghỉ."
    (note,) = (m for m in source.marginals if m.kind == "footnote")
    assert source.text[: note.anchor].endswith("Người trồng hoa")
