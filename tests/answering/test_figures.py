from __future__ import annotations

import pytest

from policy_qa.answering.figures import figures, number
from policy_qa.answering.tokens import spelled, tokens


def read(text: str) -> list[tuple[float, str, str, str]]:
    """(value, unit, label, bound) of each figure."""
    return [(f.value, f.unit, f.label, f.bound) for f in figures(tokens(spelled(text)))]


@pytest.mark.parametrize(
    ("digits", "value"),
    [("1079", 1079), ("1.079", 1079), ("1.000.000", 1e6), ("2,5", 2.5), ("1.234,5", 1234.5), ("1,000", 1000), ("05", 5),
     ("1.5", 1.5), ("0,75", 0.75)],
)  # fmt: skip
def test_numbers_are_read_as_vietnam_writes_them(digits: str, value: float) -> None:
    assert number(digits) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70%", [(70, "%", "", "")]),
        ("70 phần trăm", [(70, "%", "", "")]),
        ("ba mươi phần trăm", [(30, "%", "", "")]),
        ("hai mươi lăm ngày làm việc", [(25, "ngày làm việc", "", "")]),
        ("2,5 triệu đồng", [(2.5e6, "đồng", "", "")]),
        ("5 tỷ đồng", [(5e9, "đồng", "", "")]),
        ("từ 20 đến 40 triệu đồng", [(20e6, "đồng", "", ""), (40e6, "đồng", "", "until")]),
        ("15-20%", [(15, "%", "", ""), (20, "%", "", "")]),
        ("năm nhóm nhiệm vụ", [(5, "", "", "")]),
        ("trong năm nay", []),
        ("mười năm", [(10, "năm", "", "")]),
        ("quận Ba Đình, đường Hai Bà Trưng", []),
        ("một số cơ quan", []),
        ("một phần ba thành viên", [(1 / 3, "", "", "")]),
        ("2/3 thành viên", [(2 / 3, "", "", "")]),
        ("ít nhất 3 lần", [(3, "lần", "", "min")]),
        ("không quá 15 ngày", [(15, "ngày", "", "max")]),
        ("không được vượt quá 15 ngày", [(15, "ngày", "", "max")]),
        ("từ 18 tuổi trở lên", [(18, "tuổi", "", "min")]),
        ("mức tối đa cho một hộ là 30 triệu đồng", [(30e6, "đồng", "", "max")]),
        ("dưới 6 hình thức", [(6, "", "", "")]),
        ("Đại hội XIII", [(13, "", "đại_hội", "")]),
        ("quý III năm 2024", [(3, "", "quý", "")]),
        ("khoản 2 Mục I Điều 1", [(2, "", "khoản", ""), (1, "", "mục", ""), (1, "", "điều", "")]),
        ("Quyết định số 1079", [(1079, "", "quyết_định", "")]),
        ("nhóm thứ hai", [(2, "thứ", "", "")]),
        ("at least twenty days", [(20, "ngày", "", "min")]),
        ("ngày 14/9/2022, số 57-KL/TW", []),
    ],
)
def test_figures(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    assert read(text) == [(pytest.approx(value), *rest) for value, *rest in expected]
