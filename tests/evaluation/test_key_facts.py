"""Key facts: said as they are, and not in passing."""

from __future__ import annotations

import pytest

from policy_qa.evaluation.key_facts import states


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("góp 5% mỗi năm", "5%"),
        ("giai đoạn 2023-2028.", "2023-2028"),
        ("giai đoạn (2023-2028)", "2028"),
        ("ngày 14/9/2022", "9/2022"),
        ("số 1079/qđ-ttg", "1079/qđ-ttg"),
        ("250 triệu đồng, chi hai lần", "250 triệu đồng"),
        ("sau 10, 20 và 30 ngày", "10"),
        ("theo (a.b)", "(a.b)"),
        ("bộ chính trị", "bộ chính trị"),
    ],
)
def test_a_fact_that_is_said(text: str, fact: str) -> None:
    assert states(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("góp 95% mỗi năm", "5%"),
        ("góp 1,5% mỗi năm", "5%"),
        ("năm 2010", "10"),
        ("10.000 đồng", "10"),
        ("1.250 triệu đồng", "250 triệu đồng"),
        ("khoản 10", "khoản 1"),
        ("phần xvi", "vi"),
        ("theo (axb)", "(a.b)"),
        ("", "5%"),
    ],
)
def test_a_fact_that_is_part_of_something_else(text: str, fact: str) -> None:
    assert not states(text, fact)
