from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.answering.sentences import sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n \n", []),
        ("Một câu không có dấu chấm", ["Một câu không có dấu chấm"]),
        ("Câu một. Câu hai.", ["Câu một.", "Câu hai."]),
        ("Câu một; Câu hai! Câu ba? Câu bốn.", ["Câu một;", "Câu hai!", "Câu ba?", "Câu bốn."]),
        ("Dòng một\nDòng hai.", ["Dòng một", "Dòng hai."]),
        ("Kết thúc. “Lời trích” đứng sau.", ["Kết thúc.", "“Lời trích” đứng sau."]),
        ("Đủ điều kiện. Được cấp phép.", ["Đủ điều kiện.", "Được cấp phép."]),
        # What ends no sentence: labels, titles, names of cities, figures, and what goes on in lower case.
        ("1. Bảo đảm nguồn giống.", ["1. Bảo đảm nguồn giống."]),
        ("2.1. Bảo đảm nguồn giống.", ["2.1. Bảo đảm nguồn giống."]),
        ("IV. Tổ chức thực hiện", ["IV. Tổ chức thực hiện"]),
        ("đ. Kiểm tra vườn ươm.", ["đ. Kiểm tra vườn ươm."]),
        ("TM. ỦY BAN NHÂN DÂN", ["TM. ỦY BAN NHÂN DÂN"]),
        (
            "Tại TP. Hồ Chí Minh có hai vườn. Vườn thứ ba ở xa.",
            ["Tại TP. Hồ Chí Minh có hai vườn.", "Vườn thứ ba ở xa."],
        ),
        ("Chi 1.000 đầu sách và 2,5 tỷ.", ["Chi 1.000 đầu sách và 2,5 tỷ."]),
        ("Gồm: đước; bần; mắm.", ["Gồm: đước; bần; mắm."]),
        ("Xem trang an-hai.example. sau đó hỏi lại.", ["Xem trang an-hai.example. sau đó hỏi lại."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_only_the_range_asked_for_is_cut() -> None:
    text = "Câu một. Câu hai. Câu ba."
    assert [span.of(text) for span in sentences(text, 9, 17)] == ["Câu hai."]


@given(st.text(alphabet="aBĐệ1.;!? \n\t“-", max_size=80), st.integers(0, 80), st.integers(0, 80))
@settings(max_examples=120, deadline=None)
def test_sentences_keep_every_letter_in_order_and_never_overlap(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    spans = list(sentences(text, start, end))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text[start:end].split())
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert all("\n" not in span.of(text) for span in spans)
