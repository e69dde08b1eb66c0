from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.answering.stated import denies, effects, stands, whole_words

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("Bộ Y tế làm gì?", "Bộ Y tế kiểm tra.", True),
        ("Bộ Y tế làm gì?", "Bộ Tài chính kiểm tra.", False),
        ("Báo cáo Bộ LĐTBXH ngày nào?", "Báo cáo Bộ Lao động - Thương binh và Xã hội ngày 25.", True),
        ("Là của Bộ Y tế hay Bộ Tài chính?", "Bộ Tài chính ban hành.", True),
        ("Bộ Y tế và Bộ Tài chính làm gì?", "Bộ Tài chính kiểm tra.", False),
        ("Trồng 36 cây thì sao?", "Trồng 36 cây trở lên.", True),
        ("Trồng 36 cây thì sao?", "Trồng 360 cây trở lên.", False),
        ("Đóng 36 tháng được bao nhiêu?", "Đóng từ đủ 12 tháng đến dưới 60 tháng: 2.", True),
        ("Đóng 36 tháng được bao nhiêu?", "Đóng từ đủ 60 tháng trở lên: 3.", False),
        ("Văn bản nào bãi bỏ quy chế?", "Thay thế quy chế cũ.", False),
        ("Người vẽ bậy bị xử sao?", "Không được vẽ bậy.", False),
        ("Người vẽ bậy bị xử sao?", "Vẽ bậy bị phạt tiền.", True),
        ("Ai đóng tiền cho vườn ươm?", "Vườn ươm mở cửa hằng ngày.", False),
        ("who pays for the nursery?", "Kinh phí của vườn ươm do tỉnh lo.", True),
        ("Được hỗ trợ bao nhiêu tiền?", "Được hỗ trợ trong 3 ngày.", False),
        ("Được hỗ trợ bao nhiêu tiền?", "Được hỗ trợ 300.000 đồng.", True),
        ("Bao giờ quy chế hết hiệu lực?", "Quy chế có hiệu lực từ ngày ký.", False),
    ],
)
def test_what_is_stated_stands_there(assistant: Assistant, question: str, passage: str, expected: bool) -> None:
    assert stands(assistant.searcher.understand(question), passage, "Quy chế") is expected


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Văn bản nào bị bãi bỏ?", {"bãi bỏ"}),
        ("thay the va huy bo gi", {"thay thế", "huỷ bỏ"}),
        ("Ai chủ trì?", set()),
    ],
)
def test_the_effects_a_question_speaks_of(question: str, words: set[str]) -> None:
    assert {word for group in effects(question) for word in group} == words


def test_a_premise_that_the_text_denies() -> None:
    words = "Chỉ tiêu 90% là của tỉnh, không phải của Quyết định 12/QĐ-TTg."
    assert denies("Vì sao Quyết định 12 đặt chỉ tiêu 90%?", words, "12/QĐ-TTg")
    assert denies("Why does Decision 12 set 90%?", words, "12/QĐ-TTg")
    assert not denies("Chỉ tiêu 90% có phải của Quyết định 12 không?", words, "12/QĐ-TTg")
    assert not denies("Vì sao Quyết định 12 đặt chỉ tiêu 90%?", words, "13/QĐ-TTg")
    assert not denies("Vì sao đặt chỉ tiêu 90%?", words, None)


def test_words_are_compared_whole() -> None:
    assert " 5 " in whole_words("Đến 05 người") and " 5 " not in whole_words("Đến 50 người")
