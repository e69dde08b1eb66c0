from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.answering.bands import amounts, bands, placed


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("đóng 36 tháng được bao nhiêu", "từ đủ 12 tháng đến dưới 60 tháng: 2 triệu đồng", True),
        ("đóng 60 tháng được bao nhiêu", "từ đủ 12 tháng đến dưới 60 tháng: 2 triệu đồng", False),
        ("đóng 12 tháng được bao nhiêu", "từ đủ 12 tháng đến dưới 60 tháng: 2 triệu đồng", True),
        ("đóng tròn 10 năm được bao nhiêu", "từ đủ 108 tháng đến dưới 132 tháng", True),
        ("mới đóng 8 tháng", "dưới 12 tháng", True),
        ("dong 12 thang", "dưới 12 tháng", False),
        ("đóng từ đủ 132 tháng", "từ đủ 132 tháng trở lên", True),
        ("đóng từ đủ 132 tháng", "từ đủ 108 tháng đến dưới 132 tháng", False),
        ("paid for 60 to under 84 months", "từ đủ 60 tháng đến dưới 84 tháng", True),
        ("paid for 60 to under 84 months", "từ đủ 84 tháng đến dưới 108 tháng", False),
        ("ghe 5 tuổi", "từ 18 đến 45 tuổi", False),
        ("người 20 tuổi", "từ 18 đến 45 tuổi", True),
        ("làm 200 giờ", "trên 200 giờ nhưng không quá 300 giờ", True),
        ("người 20 tuổi", "từ đủ 12 tháng đến dưới 60 tháng", None),
        ("phạt 10 triệu", "trên 10 triệu", False),
        ("phạt 10 triệu", "từ 10 triệu trở lên", True),
        ("ai ký", "dưới 12 tháng", None),
        ("đóng 36 tháng", "Hỗ trợ một lần.", None),
    ],
)
def test_where_an_amount_belongs(question: str, sentence: str, expected: bool | None) -> None:
    assert placed(question, sentence) is expected


def test_figures_are_read_as_vietnamese_writes_them() -> None:
    assert [amount.value for amount in amounts("1.800.000 đồng; 1,5 tỷ; 51%")] == [1.8e6, 1.5e9, 51.0]


@given(st.text(max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(bands(text), tuple)
    assert placed(text, text) in (True, False, None)
