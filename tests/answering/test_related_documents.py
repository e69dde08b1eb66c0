"""Which documents declare a relation to the one asked about, by its number or by the name of a law."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowers import decree, law

from policy_qa.answering.chain import Assistant
from policy_qa.answering.relations import related

LAW = law("12/2019/QH14", "14 tháng 6 năm 2019")
OLD = decree("7/2020/NĐ-CP", "01 tháng 02 năm 2020")
NEW = decree(
    "8/2021/NĐ-CP",
    "03 tháng 02 năm 2021",
    "Quy định chi tiết một số điều của Luật Hoa cỏ",
    "Vườn hoa lập theo Nghị định số 7/2020/NĐ-CP vẫn còn. Nghị định này thay thế Nghị định số 7/2020/NĐ-CP.",
)


@pytest.fixture(scope="module")
def flowers(opened: Callable[[str, dict[str, str]], Assistant]) -> Assistant:
    return opened("relations", {"luat.txt": LAW, "nd-7.txt": OLD, "nd-8.txt": NEW})


def told(flowers: Assistant, question: str) -> list[tuple[str, str]]:
    found = related(flowers.searcher.understand(question), flowers.index)
    return [(record.document, span.of(flowers.index.text(record.document))) for record, span in found]


def test_by_number_in_the_words_of_the_relation(flowers: Assistant) -> None:
    assert told(flowers, "Văn bản nào thay thế Nghị định số 7/2020/NĐ-CP?") == [
        ("8/2021/NĐ-CP@2021-02-03", "Nghị định này thay thế Nghị định số 7/2020/NĐ-CP.")
    ]


def test_by_the_name_of_a_law(flowers: Assistant) -> None:
    ((key, words),) = told(flowers, "Văn bản nào hướng dẫn Luật số 12/2019/QH14?")
    assert key == "8/2021/NĐ-CP@2021-02-03"
    assert "Luật Hoa cỏ" in words


def test_what_the_document_named_does_to_others(flowers: Assistant) -> None:
    ((key, words),) = told(flowers, "Nghị định số 8/2021/NĐ-CP thay thế văn bản nào?")
    assert (key, words) == ("8/2021/NĐ-CP@2021-02-03", "Nghị định này thay thế Nghị định số 7/2020/NĐ-CP.")
    assert told(flowers, "Nghị định số 7/2020/NĐ-CP thay thế văn bản nào?") == []
    assert told(flowers, "Nghị định số 7/2020/NĐ-CP được thay thế bởi văn bản nào?") == [
        ("8/2021/NĐ-CP@2021-02-03", "Nghị định này thay thế Nghị định số 7/2020/NĐ-CP.")
    ]


def test_the_same_number_of_another_office_is_not_meant(opened: Callable[[str, dict[str, str]], Assistant]) -> None:
    mine = decree("12/QĐ-UBND", "01 tháng 02 năm 2020").replace("CHÍNH PHỦ", "ỦY BAN NHÂN DÂN TỈNH AN HẢI")
    theirs = decree(
        "15/QĐ-STC", "03 tháng 02 năm 2021", "Về vườn hoa", "Quyết định này thay thế Quyết định số 12/QĐ-UBND."
    ).replace("CHÍNH PHỦ", "SỞ TÀI CHÍNH TỈNH BÌNH LỤC")
    offices = opened("offices", {"qd-12.txt": mine, "qd-15.txt": theirs})
    assert told(offices, "Văn bản nào thay thế Quyết định số 12/QĐ-UBND?") == []


def test_a_number_that_names_its_office_is_meant_without_its_year(
    opened: Callable[[str, dict[str, str]], Assistant],
) -> None:
    mine = decree("12/QĐ-TTg", "01 tháng 02 năm 2020")
    theirs = decree("15/QĐ-BTC", "03 tháng 02 năm 2021", "Về vườn hoa", "Thay thế Quyết định số 12/QĐ-TTg.")
    one = opened("one-office", {"qd-12.txt": mine, "qd-15.txt": theirs})
    ((key, _),) = told(one, "Văn bản nào thay thế Quyết định số 12/QĐ-TTg?")
    assert key == "15/QĐ-BTC@2021-02-03"
    two = opened(
        "two-years",
        {"qd-12.txt": mine, "qd-12-cu.txt": decree("12/QĐ-TTg", "01 tháng 02 năm 2018"), "qd-15.txt": theirs},
    )
    query = two.searcher.understand("Văn bản nào thay thế Quyết định số 12/QĐ-TTg ngày 01/02/2020?")
    assert query.named and related(query, two.index) == []


def test_what_no_document_declares(flowers: Assistant) -> None:
    assert told(flowers, "Văn bản nào bãi bỏ Nghị định số 7/2020/NĐ-CP?") == []
    assert told(flowers, "Văn bản nào thay thế Nghị định số 8/2021/NĐ-CP?") == []
    assert told(flowers, "Nghị định số 7/2020/NĐ-CP quy định gì?") == []
