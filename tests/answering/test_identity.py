from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answering.identity import identify, left_aside

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

OWN = "Quyết định 345/QĐ-UBND"
DECISION = "1079/QĐ-TTg@2022-09-14"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (f"Ai ký {OWN}?", "Lê Thị Nước Mặn"),
        ("nguoi ky quyet dinh 345 la ai", "Lê Thị Nước Mặn"),
        ("Who signed Decision 345?", "Lê Thị Nước Mặn"),
        (f"{OWN} ban hành ngày nào?", "An Hải, ngày 15 tháng 3 năm 2021"),
        (f"{OWN} có tên đầy đủ là gì?", "Về việc ban hành Quy định quản lý vườn ươm cây ngập mặn"),
        (f"{OWN} có hiệu lực từ ngày nào?", "2. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2021."),
        ("When does Decision 345 take effect?", "2. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2021."),
        (f"{OWN} là văn bản gì?", "Về việc ban hành Quy định quản lý vườn ươm cây ngập mặn"),
        ("Số hiệu của quyết định ban hành Quy định quản lý vườn ươm cây ngập mặn?", "Số: 345/QĐ-UBND"),
    ],
)
def test_the_head_and_the_signature_answer(assistant: Assistant, question: str, quote: str) -> None:
    found = identify(assistant.searcher.understand(question), assistant.index)
    assert found.lacking is None
    ((provision, span),) = found.told
    assert assistant.index.text(KEY, span) == quote
    assert provision.document == KEY and span in provision.span
    assert [citation.quote for citation in assistant.ask(question).citations] == [quote]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quyết định 1079/QĐ-TTg ban hành ngày nào?", "14/9/2022"),
        ("Cơ quan nào ban hành Quyết định 1079/QĐ-TTg?", "Thủ tướng Chính phủ"),
        ("Đề án truyền thông về quyền con người ở Việt Nam được phê duyệt bằng quyết định số mấy?", "1079/QĐ-TTg"),
    ],
)
def test_a_digest_answers_from_its_head(assistant: Assistant, question: str, words: str) -> None:
    found = identify(assistant.searcher.understand(question), assistant.index)
    ((provision, span),) = found.told
    assert provision.document == DECISION and words in assistant.index.text(DECISION, span)


@pytest.mark.parametrize(
    "question",
    [
        "Ai ký văn bản này?",
        f"{OWN} thực hiện Quyết định 1079/QĐ-TTg do ai ký?",
        f"{OWN} quy định gì về hiệu lực của giấy phép?",
        f"{OWN} hết hiệu lực khi nào?",
        f"Ai kiểm tra vườn ươm theo {OWN}?",
        f"Theo {OWN}, ngày nào phải thả cá giống?",
        f"{OWN} chi bao nhiêu?",
        "Ai ký Quyết định 999/QĐ-UBND?",
        "Vườn ươm là gì?",
    ],
)
def test_other_questions_are_not_taken_for_it(assistant: Assistant, question: str) -> None:
    assert identify(assistant.searcher.understand(question), assistant.index).told == ()


def test_a_document_that_was_chosen_need_not_be_named(assistant: Assistant) -> None:
    found = identify(assistant.searcher.understand("Ai ký?", [KEY]), assistant.index)
    assert [assistant.index.text(KEY, span) for _, span in found.told] == ["Lê Thị Nước Mặn"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (f"{OWN} và Quyết định 1079/QĐ-TTg ban hành ngày nào?", ("15 tháng 3 năm 2021", "14/9/2022")),
        ("When were Decision 345 and Decision 1079 issued?", ("15 tháng 3 năm 2021", "14/9/2022")),
        ("Chỉ thị 44, Kết luận 57 và Nghị định 72 do ai ban hành?", ("Ban Bí thư", "Bộ Chính trị", "Chính phủ")),
        ("Nghị định 72 và Kết luận 57 có hiệu lực từ ngày nào?", ("22/10/2015", "15/6/2023")),
    ],
)
def test_each_of_several_documents_is_told(assistant: Assistant, question: str, words: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered" and len(answer.statements) == len(words)
    said = {statement.text for statement in answer.statements}
    assert all(any(word in text for text in said) for word in words)


def test_words_of_one_document_leave_the_others_aside(assistant: Assistant) -> None:
    query = assistant.searcher.understand(f"Kết luận 57 và {OWN} do ai ký?")
    assert "Kết luận số 57-KL/TW" in (left_aside(query, assistant.index, {KEY}) or "")
    assert left_aside(query, assistant.index, query.named) is None
    for question in (f"{OWN} do ai ký?", f"Kết luận 57 nói gì về {OWN}?", f"So sánh Kết luận 57 và {OWN}"):
        assert left_aside(assistant.searcher.understand(question), assistant.index, {KEY}) is None


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Đề án 1079 và Nghị định 72/2015 do cơ quan nào trình?", "Quyết định số 1079/QĐ-TTg"),
        ("Đề án 1079 và Nghị định 72/2015 thay thế văn bản nào?", "Quyết định số 1079/QĐ-TTg"),
    ],
)
def test_of_documents_joined_in_any_question_none_is_passed_over_in_silence(
    assistant: Assistant, question: str, lacking: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "partial" and lacking in (answer.message or "")


@pytest.mark.parametrize(
    ("question", "documents", "lacking"),
    [
        (f"Nghị định 99/2030 và {OWN} do ai ký?", (), "Nghị định 99/2030"),
        (f"Kết luận 57 và {OWN} ban hành ngày nào?", (KEY,), "Kết luận số 57-KL/TW"),
        (f"Hướng dẫn 111 và {OWN} do ai ký?", (), "Hướng dẫn số 111-HD/BTGTW"),
    ],
)
def test_the_document_that_is_not_told_of_is_named(
    assistant: Assistant, question: str, documents: tuple[str, ...], lacking: str
) -> None:
    answer = assistant.ask(question, documents)
    assert (answer.status, answer.reason) == ("partial", "no_text")
    assert lacking in (answer.message or "")
    assert {citation.key for citation in answer.citations} == {KEY}
