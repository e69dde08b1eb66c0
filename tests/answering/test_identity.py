from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answering.identity import identify

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
        ("Số hiệu của quyết định ban hành Quy định quản lý vườn ươm cây ngập mặn?", "Số: 345/QĐ-UBND"),
    ],
)
def test_the_head_and_the_signature_answer(assistant: Assistant, question: str, quote: str) -> None:
    found = identify(assistant.searcher.understand(question), assistant.index)
    assert found is not None
    provision, span = found
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
    assert found is not None
    assert found[0].document == DECISION and words in assistant.index.text(DECISION, found[1])


@pytest.mark.parametrize(
    "question",
    [
        "Ai ký văn bản này?",
        f"Ai ký {OWN} và Quyết định 1079/QĐ-TTg?",
        f"{OWN} có hiệu lực từ ngày nào?",
        f"Ai kiểm tra vườn ươm theo {OWN}?",
        f"Theo {OWN}, ngày nào phải thả cá giống?",
        f"{OWN} chi bao nhiêu?",
        "Ai ký Quyết định 999/QĐ-UBND?",
        "Vườn ươm là gì?",
    ],
)
def test_other_questions_are_not_taken_for_it(assistant: Assistant, question: str) -> None:
    assert identify(assistant.searcher.understand(question), assistant.index) is None


def test_a_document_that_was_chosen_need_not_be_named(assistant: Assistant) -> None:
    found = identify(assistant.searcher.understand("Ai ký?", [KEY]), assistant.index)
    assert found is not None and assistant.index.text(KEY, found[1]) == "Lê Thị Nước Mặn"
