"""An item of a list asked for by its number is told, or refused; never another item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.answering.ordinals import asked_item, with_figures

if TYPE_CHECKING:
    from conftest import Opened

    from policy_qa.answering.chain import Assistant

RULES = """UỶ BAN NHÂN DÂN TỈNH AN HẢI
Số: 812/QĐ-UBND
An Hải, ngày 04 tháng 5 năm 2022
QUYẾT ĐỊNH
Về việc ban hành Quy định quản lý bến đò ngang
Điều 1. Phạm vi điều chỉnh
Quy định này áp dụng với bến đò ngang trên sông của tỉnh.
Điều 2. Nguyên tắc quản lý bến đò
1. Bến đò phải mở cửa đúng giờ đã báo cho người dân.
2. Người lái đò phải mặc áo phao màu cam.
3. Mỗi chuyến đò chở không quá mười hai người.
Điều 3. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 01 tháng 6 năm 2022.
"""


@pytest.fixture(scope="module")
def ferries(opened: Opened) -> Assistant:
    return opened("ferries", {"quyet-dinh-812.txt": RULES})


@pytest.mark.parametrize(
    ("question", "noun", "number"),
    [
        ("Nguyên tắc thứ năm của Nghị định 72 là gì?", "nguyen tac", 5),
        ("nguyen tac thu tu cua nghi dinh 72 la gi", "nguyen tac", 4),
        ("Theo Nghị định 72, nguyên tắc thứ 3 là gì?", "nguyen tac", 3),
        ("Trong Nghị quyết 47, nhóm nhiệm vụ thứ hai là gì?", "nhom nhiem vu", 2),
        ("What is the third principle of Decree 72?", "nguyen tac", 3),
    ],
)
def test_the_number_in_words_is_read(assistant: Assistant, question: str, noun: str, number: int) -> None:
    item = asked_item(assistant.searcher.understand(question))
    assert item is not None
    assert (" ".join(item.noun), item.number) == (noun, number)


@pytest.mark.parametrize(
    "question",
    [
        "Hội nghị lần thứ hai họp ở đâu?",
        "Báo cáo vào sáng thứ hai hằng tuần gửi cho ai?",
        "Quyền của bên thứ ba là gì?",
        "so thu tu cua muc la bao nhieu",
        "Nguồn thu năm 2022 là bao nhiêu?",
        "nguon thu nam 2022 la bao nhieu",
        "Thứ trưởng nào ký Công văn 5768?",
        "Những nguyên tắc nào được nêu?",
    ],
)
def test_other_numbers_ask_for_no_item(assistant: Assistant, question: str) -> None:
    assert asked_item(assistant.searcher.understand(question)) is None


def test_figures_stand_for_the_words() -> None:
    assert with_figures("nguyen tac thu nam") == "nguyen tac thu 5"
    assert with_figures("so thu tu") == "so thu tu"
    assert with_figures("nguon thu nam 2022") == "nguon thu nam 2022"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Nguyên tắc thứ hai của quản lý bến đò theo Quyết định 812 là gì?", "áo phao màu cam"),
        ("Nguyên tắc quản lý bến đò thứ 3 trong Quyết định 812/QĐ-UBND nói gì?", "mười hai người"),
        ("nguyen tac thu ba ve quan ly ben do cua quyet dinh 812 la gi", "mười hai người"),
    ],
)
def test_the_item_itself_answers(ferries: Assistant, question: str, quote: str) -> None:
    answer = ferries.ask(question)
    assert answer.status == "answered" and len(answer.statements) == 1
    assert quote in answer.statements[0].text


def test_an_item_that_is_not_there_is_refused(ferries: Assistant) -> None:
    answer = ferries.ask("Nguyên tắc thứ sáu của quản lý bến đò theo Quyết định 812 là gì?")
    assert (answer.status, answer.reason) == ("not_found", "no_text")
    assert "“nguyên tắc thứ sáu”" in (answer.message or "")


@pytest.mark.parametrize(
    "question",
    [
        "Nguyên tắc thứ năm của hoạt động thông tin đối ngoại theo Nghị định 72/2015 là gì?",
        "nguyen tac thu 5 cua nghi dinh 72/2015 la gi",
        "What is the fifth principle of external information under Decree 72/2015?",
    ],
)
def test_words_however_sure_do_not_answer_for_an_item_known_to_lack(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == ("not_found", "no_text")
    assert "khoản 4 Điều 3" in (answer.message or "")


def test_an_item_that_a_digest_has_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("Nguyên tắc thứ hai của hoạt động thông tin đối ngoại theo Nghị định 72/2015 là gì?")
    assert [str(citation.address).split(";")[-2:] for citation in answer.citations] == [["điều=3", "khoản=2"]]
