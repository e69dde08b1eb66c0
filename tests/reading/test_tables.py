"""Bordered tables of PDFs that the tests draw: rows, cells, and heads that a table repeats on every page."""

import tempfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import HEIGHT, INDENT, LEFT, LONG, RIGHT, Sheet, check_invariants
from ruled import WAYS, Way, borders, table

from policy_qa.document import SourceText
from policy_qa.reading import read

COLUMNS = [LEFT, 120.0, 300.0, RIGHT]
HEAD = ("TT", "Nhiệm vụ", "Cơ quan")
ROWS = [HEAD, ("1", ("Rà soát quy định về", "trồng hoa trên đảo"), ("Bộ Một,", "Bộ Ba")), ("2", "Tổng kết", "Bộ Hai")]
READ = [
    "TT | Nhiệm vụ | Cơ quan",
    "1 | Rà soát quy định về trồng hoa trên đảo | Bộ Một, Bộ Ba",
    "2 | Tổng kết | Bộ Hai",
]


def lines(sheet: Sheet, tmp_path: Path) -> list[str]:
    source = read(sheet.save(tmp_path / "bang.pdf"))
    check_invariants(source)
    return source.text.split("\n")


@pytest.mark.parametrize("way", WAYS)
def test_rows_of_each_way_of_drawing(sheet: Sheet, tmp_path: Path, way: Way) -> None:
    sheet.paragraph(60, LONG)
    y = table(sheet, 150, COLUMNS, [HEAD, ("PHẦN VIỆC CHUNG",), *ROWS[1:]], way)
    sheet.paragraph(y + 30, LONG)
    assert lines(sheet, tmp_path) == [LONG, READ[0], "PHẦN VIỆC CHUNG", *READ[1:], LONG]


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("drawn_turned", [False, True], ids=["shown turned", "drawn turned"])
def test_a_turned_page(sheet: Sheet, tmp_path: Path, rotation: int, drawn_turned: bool) -> None:
    if drawn_turned:  # and turned back where it is shown
        sheet.canvas.translate(595 / 2, HEIGHT / 2)
        sheet.canvas.rotate(rotation)
        sheet.canvas.translate(-595 / 2, -HEIGHT / 2)
    sheet.paragraph(300, LONG)
    table(sheet, 380, COLUMNS, ROWS, "one path")
    path = sheet.save(tmp_path / "thang.pdf")
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(rotation)
    writer.write(tmp_path / "xoay.pdf")
    source = read(tmp_path / "xoay.pdf")
    check_invariants(source)
    assert source.text.split("\n") == [LONG, *READ]


def test_a_table_inside_a_form_that_is_placed_elsewhere(sheet: Sheet, tmp_path: Path) -> None:
    sheet.canvas.beginForm("bang")
    # So close that only the borders part the cells.
    table(sheet, 100, [LEFT, 139, 203, 260], [("Hoa cúc", "Hoa hồng", "Hoa sen"), ("Lá cúc", "Lá hồng", "Lá sen")])
    sheet.canvas.endForm()
    sheet.canvas.translate(50, -30)
    sheet.canvas.doForm("bang")
    sheet.paragraph(200, LONG)
    assert lines(sheet, tmp_path)[:2] == ["Hoa cúc | Hoa hồng | Hoa sen", "Lá cúc | Lá hồng | Lá sen"]


def test_a_cell_merged_over_rows_stands_in_the_first(sheet: Sheet, tmp_path: Path) -> None:
    for y in (150, 170, 210):
        sheet.canvas.line(LEFT, HEIGHT - y, RIGHT, HEIGHT - y)
    sheet.canvas.line(120, HEIGHT - 190, RIGHT, HEIGHT - 190)
    for x in COLUMNS:
        sheet.canvas.line(x, HEIGHT - 150, x, HEIGHT - 210)
    for x, y, words in (
        (89, 164, "TT"), (124, 164, "Nhiệm vụ"), (304, 164, "Cơ quan"), (89, 194, "1"), (124, 184, "Trồng hoa"),
        (304, 184, "Xã Một"), (124, 204, "Tưới hoa"), (304, 204, "Xã Hai"),
    ):  # fmt: skip
        sheet.text(x, y, words, 11)
    assert lines(sheet, tmp_path) == ["TT | Nhiệm vụ | Cơ quan", "1 | Trồng hoa | Xã Một", "Tưới hoa | Xã Hai"]


def test_a_head_merged_over_columns(sheet: Sheet, tmp_path: Path) -> None:
    for y in (150, 190, 210):
        sheet.canvas.line(LEFT, HEIGHT - y, RIGHT, HEIGHT - y)
    sheet.canvas.line(300, HEIGHT - 170, RIGHT, HEIGHT - 170)
    for x in COLUMNS:
        sheet.canvas.line(x, HEIGHT - 150, x, HEIGHT - 210)
    sheet.canvas.line(420, HEIGHT - 170, 420, HEIGHT - 210)
    for x, y, words in (
        (89, 174, "TT"), (124, 174, "Nhiệm vụ"), (380, 164, "Cơ quan"), (304, 184, "Chủ trì"), (424, 184, "Phối hợp"),
        (89, 204, "1"), (124, 204, "Tưới hoa"), (304, 204, "Xã Hai"), (424, 204, "Xã Ba"),
    ):  # fmt: skip
        sheet.text(x, y, words, 11)
    assert lines(sheet, tmp_path) == [
        "TT | Nhiệm vụ | Cơ quan",
        "Chủ trì | Phối hợp",
        "1 | Tưới hoa | Xã Hai | Xã Ba",
    ]


def test_empty_cells_beside_one_with_several_lines(sheet: Sheet, tmp_path: Path) -> None:
    table(sheet, 150, COLUMNS, [("", ("và các đảo nhỏ ngày", "02/3/2031 đã có hoa"), ""), *ROWS[1:]])
    assert lines(sheet, tmp_path) == ["và các đảo nhỏ ngày 02/3/2031 đã có hoa", *READ[1:]]


def test_a_frame_around_a_text_is_no_table(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    borders(sheet, [80, 545], 140, 260, "stroked rectangles")
    sheet.paragraph(sheet.paragraph(160, LONG), "Hoa trên đảo được bảo vệ.")
    sheet.paragraph(280, LONG)
    assert lines(sheet, tmp_path) == [LONG, LONG, "Hoa trên đảo được bảo vệ.", LONG]


def test_a_frame_beside_a_table(sheet: Sheet, tmp_path: Path) -> None:
    borders(sheet, [400, RIGHT], 150, 220, "stroked rectangles")
    sheet.text(410, 170, "Hoa trên đảo")
    table(sheet, 150, [LEFT, 120.0, 300.0], [("TT", "Nhiệm vụ"), ("1", "Rà soát")])
    sheet.paragraph(260, LONG)
    assert sorted(lines(sheet, tmp_path)) == sorted(["Hoa trên đảo", "TT | Nhiệm vụ", "1 | Rà soát", LONG])


def test_words_that_run_over_a_border_without_a_gap(sheet: Sheet, tmp_path: Path) -> None:
    cut = 89 + sheet.width_of("Nhiệm vụ ", 11) - 1.5
    for y, words in ((150, "Nhiệm vụ Kinh phí"), (170, "Nhiệm vụ 12 triệu")):
        borders(sheet, [LEFT, cut, 300], y, y + 20, "lines")
        sheet.text(89, y + 14, words, 11)
    sheet.paragraph(230, LONG)
    assert lines(sheet, tmp_path) == ["Nhiệm vụ | Kinh phí", "Nhiệm vụ | 12 triệu", LONG]


def test_a_head_and_a_signature_in_cells_are_no_rows(sheet: Sheet, tmp_path: Path) -> None:
    table(
        sheet,
        60,
        [LEFT, 260.0, RIGHT],
        [(("BỘ HOA CỎ", "Số: 12/QĐ-BHC"), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"))],
    )
    y = sheet.paragraph(150, LONG)
    borders(sheet, [LEFT, 260.0, RIGHT], y + 20, y + 80, "lines")
    signature = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Hoa")
    for k, words in enumerate(signature):
        sheet.text(400 - sheet.width_of(words, 12) / 2, y + 36 + 18 * k, words)
    assert lines(sheet, tmp_path) == [
        "BỘ HOA CỎ", "Số: 12/QĐ-BHC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", LONG, *signature,
    ]  # fmt: skip


def test_a_row_broken_over_a_page(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    table(sheet, 700, COLUMNS, ROWS[:2])
    sheet.next_page()
    y = table(sheet, 80, COLUMNS, [("", "và các đảo nhỏ", "Bộ Bốn"), ROWS[2]])
    sheet.paragraph(y + 30, LONG)
    source = read(sheet.save(tmp_path / "bang.pdf"))
    check_invariants(source)
    assert source.text.split("\n") == [LONG, *READ[:2], "và các đảo nhỏ | Bộ Bốn", READ[2], LONG]
    assert source.page_at(source.text.index("trồng hoa trên đảo")) == 1
    assert source.page_at(source.text.index("và các đảo nhỏ")) == 2


# --- heads that are repeated --------------------------------------------------------------------------------------


def row(number: int) -> tuple[str, str, str]:
    return str(number), f"Việc {number}", f"Xã {number}"


def heads(source: SourceText) -> list[int]:
    """The pages on which words of a head were lifted."""
    return sorted({m.page or 0 for m in source.marginals if m.kind == "running head" and m.text in HEAD})


def test_a_head_repeated_on_following_pages_is_kept_once(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(60, LONG)
    table(sheet, 690, COLUMNS, [HEAD, row(1), row(2)])
    for first in (3, 6):
        sheet.next_page()
        sheet.centred(40, str(first))
        y = table(sheet, 80, COLUMNS, [HEAD, *map(row, range(first, first + 3))])
    sheet.paragraph(y + 30, LONG)
    source = read(sheet.save(tmp_path / "bang.pdf"))
    check_invariants(source)
    assert source.text.split("\n") == [LONG, " | ".join(HEAD), *(" | ".join(row(n)) for n in range(1, 9)), LONG]
    assert heads(source) == [2, 3]


def test_a_head_of_two_rows_with_the_numbers_of_the_columns(sheet: Sheet, tmp_path: Path) -> None:
    for first in (1, 4):
        y = table(sheet, 120, COLUMNS, [HEAD, ("(1)", "(2)", "(3)"), *map(row, range(first, first + 3))])
        sheet.next_page()
    assert y < HEIGHT
    source = read(sheet.save(tmp_path / "bang.pdf"))
    assert source.text.split("\n") == [" | ".join(HEAD), "(1) | (2) | (3)", *(" | ".join(row(n)) for n in range(1, 7))]


def test_the_second_table_of_a_page_runs_on(sheet: Sheet, tmp_path: Path) -> None:
    table(sheet, 100, COLUMNS, [("TT", "Tên", "Tuổi"), ("1", "Hoa", "20"), ("2", "Lan", "21"), ("3", "Cúc", "22")])
    sheet.paragraph(300, LONG)
    table(sheet, 690, COLUMNS, [HEAD, row(1)])
    sheet.next_page()
    table(sheet, 80, COLUMNS, [HEAD, row(2)])
    source = read(sheet.save(tmp_path / "bang.pdf"))
    assert source.text.split("\n")[4:] == [LONG, " | ".join(HEAD), " | ".join(row(1)), " | ".join(row(2))]
    assert heads(source) == [2]


def test_other_tables_with_the_same_head_keep_it(sheet: Sheet, tmp_path: Path) -> None:
    sheet.paragraph(100, LONG)
    y = table(sheet, 200, COLUMNS, [HEAD, row(1)])
    sheet.paragraph(y + 30, LONG)  # the table ends before the page does
    sheet.next_page()
    table(sheet, 100, COLUMNS, [HEAD, row(2)])
    sheet.next_page()
    sheet.text(INDENT, 100, "Bảng 3. Việc của xã", 12)  # a title: another table begins
    y = table(sheet, 130, COLUMNS, [HEAD, row(3)])
    sheet.next_page()
    sheet.paragraph(100, LONG)
    sheet.next_page()
    table(sheet, 100, COLUMNS, [HEAD, row(4)])
    source = read(sheet.save(tmp_path / "bang.pdf"))
    assert source.text.split("\n").count(" | ".join(HEAD)) == 4
    assert heads(source) == []


# --- figures that a narrow cell breaks ----------------------------------------------------------------------------


def narrow(room: str, sheet: Sheet, size: float = 11) -> float:
    """The width of a cell in which `room` is all that fits."""
    return sheet.width_of(room, size) + 2 * 5.4 + 1


@pytest.mark.parametrize(
    ("room", "figure", "other", "joined"),
    [
        pytest.param("203", ("203", "1"), "2032", True, id="a year, as another of its row"),
        pytest.param("12,5", ("12,5", "67"), "10,123", False, id="a decimal, as another of its row: they may be two"),
        pytest.param("1.250.00", ("1.250.00", "0"), "không", True, id="an amount, its upper part none"),
        pytest.param("1.25", ("1.25", "0.00", "0"), "không", True, id="an amount on three lines"),
        pytest.param("2031", ("2031", "2032"), "2033", False, id="years below each other"),
        pytest.param("10", ("10", "5"), "12", False, id="figures below each other"),
        pytest.param("1.250.000", ("1.250.000", "500"), "2.000.000", False, id="amounts below each other"),
        pytest.param("10", ("10", "5"), "123", False, id="figures that would make one of the row's length"),
        pytest.param("20", ("20", "25"), "2024", False, id="figures that would make a year"),
        pytest.param("203 hoa", ("203", "1"), "2032", False, id="room for the next figure"),
        pytest.param("203", ("203", "hoa"), "2032", False, id="words"),
        pytest.param("203", ("203", "1 lá"), "2032", False, id="a figure and a word"),
    ],
)
def test_a_figure_goes_on_where_its_cell_had_no_room(
    sheet: Sheet, tmp_path: Path, room: str, figure: tuple[str, ...], other: str, joined: bool
) -> None:
    edge = LEFT + narrow(room, sheet)
    sheet.paragraph(60, LONG)
    table(sheet, 150, [LEFT, edge, edge + 120, edge + 240], [(figure, other, "Hoa")])
    first = ("" if joined else " ").join(figure)
    assert lines(sheet, tmp_path) == [LONG, f"{first} | {other} | Hoa"]


@pytest.mark.parametrize("below", ["2032", "hoa"])
def test_a_figure_is_whole_in_another_row_of_its_column(sheet: Sheet, tmp_path: Path, below: str) -> None:
    sheet.paragraph(60, LONG)
    edge = LEFT + narrow("203", sheet)
    table(sheet, 150, [LEFT, edge, RIGHT], [(("203", "1"), "Trồng hoa"), (("203", "3"), "Tưới hoa")])
    table(sheet, 250, [LEFT, edge, RIGHT], [((below,), "Cắt hoa")], size=8)
    first = "2031" if below == "2032" else "203 1"
    assert lines(sheet, tmp_path)[1] == f"{first} | Trồng hoa"


# --- any table ----------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["Hoa cúc", "12", "1. Trồng hoa", "- Lá", "Xã Một,", "a) Tre", "Điều 5.", "2.500", "ở đảo", "TT"]
)
CELLS = st.lists(WORDS, max_size=3)


@st.composite
def tables(draw: st.DrawFn) -> list[list[list[str]]]:
    """Rows of cells of lines; no row is empty."""
    columns = draw(st.integers(2, 5))
    row_ = st.lists(CELLS, min_size=columns, max_size=columns).filter(any)
    return draw(st.lists(row_, min_size=2, max_size=6))


@settings(max_examples=20, deadline=None)
@given(tables(), st.sampled_from(WAYS))
def test_any_bordered_table_gives_a_line_a_row(rows: list[list[list[str]]], way: Way) -> None:
    sheet = Sheet()
    sheet.paragraph(60, LONG)
    width = (RIGHT - LEFT) / len(rows[0])
    table(sheet, 150, [LEFT + k * width for k in range(len(rows[0]) + 1)], rows, way, size=9)
    with tempfile.TemporaryDirectory() as folder:
        found = lines(sheet, Path(folder))
    assert found == [LONG, *(" | ".join(" ".join(cell) for cell in row_ if cell) for row_ in rows)]
