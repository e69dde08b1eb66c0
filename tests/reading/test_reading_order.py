"""The order of lines on a recognised page."""

from policy_qa.document import Box
from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.scans.reading_order import in_reading_order


def line(text: str, left: float, right: float, height: float, cell: Box | None = None) -> PrintedLine:
    return PrintedLine(text, left, height - 6, right, height + 6, 12, 1, cell=cell)


def order(*lines: PrintedLine) -> str:
    return " ".join(found.text for found in in_reading_order(lines))


def test_a_head_column_by_column_then_the_body() -> None:
    lines = (
        line("quốc-hiệu", 300, 520, 800), line("issuer", 80, 200, 799), line("tiêu-ngữ", 320, 500, 784),
        line("số", 90, 190, 768), line("ngày", 330, 490, 767), line("v/v", 80, 210, 752),
        line("tên", 200, 400, 700), line("căn-cứ", 80, 530, 680),
    )  # fmt: skip
    assert order(*lines) == "issuer số v/v quốc-hiệu tiêu-ngữ ngày tên căn-cứ"


def test_a_signature_beside_its_recipients() -> None:
    body = (line("hết", 80, 300, 400),)
    left = tuple(line(f"nhận{i}", 80, 220, 360 - 14 * i) for i in range(6))
    right = (line("TM", 350, 480, 361), line("KT", 350, 480, 345), line("tên", 360, 470, 292))
    assert order(*right, *left, *body) == "hết nhận0 nhận1 nhận2 nhận3 nhận4 nhận5 TM KT tên"


def test_a_long_table_is_read_row_by_row() -> None:
    lines = [
        line(f"{side}{i}", left, left + 100, 800 - 14 * i) for i in range(20) for side, left in (("a", 80), ("b", 300))
    ]
    assert order(*lines) == " ".join(f"a{i} b{i}" for i in range(20))


def test_cells_are_no_columns() -> None:
    lines = [
        line(f"{side}{i}", left, left + 100, 800 - 14 * i, Box(80, 0, 400, 820))
        for i in range(2)
        for side, left in (("a", 80), ("b", 300))
    ]
    assert order(*lines) == "a0 b0 a1 b1"


def test_no_lines() -> None:
    assert order() == ""
