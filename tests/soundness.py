"""What must hold of every answer, and questions over the shipped digests and the invented decision to see it with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policy_qa.answer import Answer

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

QUESTIONS = [
    "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?",
    "Quản lý vườn ươm phải theo những nguyên tắc nào?",
    "Vườn ươm cây ngập mặn là gì?",
    "khoản 2 Điều 4 Quyết định 345/QĐ-UBND quy định gì?",
    "Ai ký Quyết định 345/QĐ-UBND?",
    "ngan sach tinh chi bao nhieu cho vuon uom",
    "Who issued Decision 1079/QD-TTg?",
    "Mục tiêu tổng quát của Đề án 1079 là gì?",
    "Ai ký Quyết định 1079/QĐ-TTg?",
    "so sánh ngày ban hành Kết luận 57-KL/TW và Nghị quyết 47/NQ-CP",
]
REFUSED = [
    "Điều 9 Quyết định 345/QĐ-UBND quy định gì?",
    "Kinh phí thực hiện Đề án 1079 lấy từ đâu?",
    "Theo bạn, Đề án 1079 có tốt không?",
    "Cách nấu phở bò ngon?",
    "Nghị định 999/2050/NĐ-CP quy định gì?",
]


def is_sound(answer: Answer, assistant: Assistant) -> None:
    """What must hold of every answer, whatever was asked."""
    json.dumps(answer.to_json(), ensure_ascii=False)
    ids = [citation.id for citation in answer.citations]
    assert len(set(ids)) == len(ids)
    for statement in answer.statements:
        assert statement.citations and set(statement.citations) <= set(ids)
    for citation in (*answer.citations, *answer.related):
        provision = assistant.index.provision(citation.key, citation.address)
        assert provision is not None and citation.span in provision.span
        assert citation.quote == assistant.index.text(citation.key, citation.span)
        assert citation.quote.strip()
        assert citation.formatted and citation.formatted_short
    if answer.status == "not_found":
        assert answer.reason and answer.message and not answer.statements and not answer.citations
    elif answer.status == "partial":
        assert answer.statements and answer.reason and answer.message and not answer.related
    else:
        assert answer.statements and answer.reason is None and answer.message is None and not answer.related
