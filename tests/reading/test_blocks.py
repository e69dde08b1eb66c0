"""Lines gathered into blocks, and blocks side by side into rows."""

from policy_qa.document import Box
from policy_qa.reading.pdf.blocks import Block, Column, columns_of, is_narrow, rows_of
from policy_qa.reading.pdf.marginals import PrintedPage
from policy_qa.reading.pdf.printed import PrintedLine

BODY = Column(85.0, 540.0, 18.0)


def line(text: str, left: float, top: float, right: float, cell: Box | None = None) -> PrintedLine:
    return PrintedLine(text, left, top - 12, right, top, 12.0, 1, cell=cell, in_row=cell is not None)


def page(lines: list[PrintedLine], width: float = 595.0) -> PrintedPage:
    return PrintedPage(1, width, 842.0, lines)


def full(count: int, left: float = 85.0, right: float = 540.0) -> list[PrintedLine]:
    return [line("chữ " * 20, left, 700 - 18 * k, right) for k in range(count)]


def texts(lines: list[PrintedLine], column: Column = BODY) -> list[list[list[str]]]:
    return [[[inner.text for inner in block.lines] for block in row.blocks] for row in rows_of(lines, column)]


def test_the_column_of_a_page_is_where_its_full_lines_stand() -> None:
    # One line sticks out on each side: a formula, a hanging mark.
    lines = [*full(5), line("lồi ra trái", 60, 500, 540), line("lồi ra phải", 85, 480, 560)]
    (column,) = columns_of([page(lines)])
    assert (column.left, column.right, column.pitch) == (85.0, 540.0, 18.0)


def test_a_page_with_few_full_lines_takes_the_column_of_the_page_before() -> None:
    end = page([line("Nơi nhận:", 85, 700, 140), line("Trần Văn Hoa", 350, 600, 430)])
    wide = page(full(4, 60, 780), width=842.0)
    columns = columns_of([page(full(5)), wide, end])
    assert [(c.left, c.right) for c in columns] == [(85.0, 540.0), (60.0, 780.0), (85.0, 540.0)]


def test_a_document_without_a_full_line_has_the_usual_margins() -> None:
    (column,) = columns_of([page([line("Hoa", 200, 700, 230)])])
    assert (round(column.left), round(column.right), column.pitch) == (83, 547, 0.0)
    assert columns_of([page([])]) == [column]


def test_columns_side_by_side_make_a_row() -> None:
    lines = [
        line("BỘ THỬ NGHIỆM", 90, 780, 200), line("Số: 1", 110, 760, 150),
        line("CỘNG HÒA", 300, 780, 520), line("Độc lập", 330, 760, 480),
        *full(2),
    ]  # fmt: skip
    assert texts(lines)[0] == [["BỘ THỬ NGHIỆM", "Số: 1"], ["CỘNG HÒA", "Độc lập"]]
    assert len(texts(lines)) == 2


def test_what_is_drawn_late_comes_where_it_is_printed() -> None:
    lines = [*full(3), line("CÔNG BÁO của tỉnh", 85, 800, 300)]
    assert texts(lines)[0] == [["CÔNG BÁO của tỉnh"]]


def test_the_cells_of_a_ruled_row_are_one_row_in_order() -> None:
    left, right = Box(85, 600, 200, 650), Box(200, 600, 540, 650)
    lines = [
        line("trên đảo", 210, 625, 300, right), line("1", 90, 645, 95, left), line("Trồng hoa", 210, 645, 300, right),
        line("Sau bảng", 85, 580, 540),
    ]  # fmt: skip
    rows = rows_of(lines, BODY)
    assert [row.ruled for row in rows] == [True, False]
    assert texts(lines) == [[["1"], ["Trồng hoa", "trên đảo"]], [["Sau bảng"]]]


def test_a_formula_is_one_row_in_whatever_order_it_is_drawn() -> None:
    left = [line("Mức chi của", 85, 709, 180), line("từng đảo", 90, 691, 170)]
    total = [line("Tổng số hoa", 230, 712, 340), line("của các", 240, 694, 320), line("đảo", 255, 676, 300)]
    signs = [line("=", 200, 700, 208), line("x", 360, 700, 367)]
    factor = [line("Đơn giá", 390, 700, 460)]
    whole = [["Mức chi của", "từng đảo"], ["="], ["Tổng số hoa", "của các", "đảo"], ["x"], ["Đơn giá"]]
    for drawn in ([*total, *left, *signs, *factor], [*left, *total, *signs, *factor], [*left, *signs, *factor, *total]):
        assert texts([line("Công thức:", 85, 790, 540), *drawn, line("Trong đó:", 85, 600, 540)]) == [
            [["Công thức:"]], whole, [["Trong đó:"]],
        ]  # fmt: skip


def test_what_stands_beside_a_formula_or_above_it_is_not_of_it() -> None:
    sign = [line("M", 150, 703, 162), line("=", 200, 703, 208)]
    # The upper half of a fraction is not at the height of the sign, what stands over the sign is not beside it.
    for other in (line("Số hoa", 230, 718, 300), line("Số hoa của đảo", 150, 703, 250)):
        assert texts([other, *sign]) == [[[other.text]], [["M"], ["="]]]
    right = [line("KT. BỘ TRƯỞNG", 350, 700, 480), line("THỨ TRƯỞNG", 360, 684, 470)]
    assert texts([*right, line("Nơi nhận:", 85, 700, 140)]) == [
        [["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]], [["Nơi nhận:"]]]  # fmt: skip


def test_a_narrow_column_of_running_text_and_what_is_none() -> None:
    column = [line("chữ chạy", 85, 700, 240), line("và chạy", 85, 682, 238), line("mãi", 85, 664, 235)]
    assert is_narrow(Block(column), BODY)
    assert not is_narrow(Block(column[:2]), BODY)  # too few lines to tell
    assert not is_narrow(Block([*column[:2], line("thụt", 110, 664, 240)]), BODY)
    assert not is_narrow(Block(full(3)), BODY)  # as wide as the page
    assert not is_narrow(Block([line(f"- Lưu {n}", 85, 700 - 18 * n, 240) for n in range(3)]), BODY)  # a list
