"""What was stored as JSON comes back as it was."""

from __future__ import annotations

import json

import pytest

from policy_qa.answer import Answer, Citation, DocumentName, Dropped, Statement
from policy_qa.document import Address, Span, to_json
from policy_qa.stored import from_json

CITATION = Citation(
    id="c1", document=DocumentName("12/QĐ-UBND", "2024-05-02", "Quyết định", None, "Về việc thử"), key="12/QĐ-UBND@2024-05-02",
    address=Address.parse("điều=1;mục=I;khoản=2"), formatted="khoản 2 Mục I Điều 1 …", formatted_short="Đ1 · I · 2",
    quote="Hai mươi bộ.", span=Span(10, 22), page=3, file="a b.pdf", sha256="0" * 64, text_kind="official", ocr=1,
)  # fmt: skip
ANSWER = Answer(
    question="Mấy bộ?", status="partial", reason="no_text", message="Thiếu một phần.", statements=(Statement("Hai mươi bộ.", ("c1",), 0.5),),
    citations=(CITATION,), related=(CITATION,), dropped=(Dropped("x", "y"),), notes=("Lưu ý.",), timings={"total_ms": 12}, mode="mixed", rejected=2,
)  # fmt: skip
STORED = to_json(CITATION)


@pytest.mark.parametrize("answer", [ANSWER, Answer("Trống?")])
def test_an_answer_comes_back(answer: Answer) -> None:
    assert from_json(Answer, json.loads(json.dumps(answer.to_json()))) == answer


def test_real_answers_come_back(assistant: object) -> None:
    for question in ("Đề án 1079 thực hiện trong giai đoạn nào?", "Thời tiết hôm nay thế nào?"):
        answer = assistant.ask(question)  # type: ignore[attr-defined]
        assert from_json(Answer, json.loads(json.dumps(answer.to_json()))) == answer


def test_fields_of_another_release_are_passed_over_and_missing_ones_take_their_defaults() -> None:
    assert from_json(Answer, {"question": "Mấy bộ?", "invented": 1}) == Answer("Mấy bộ?")


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], "Answer"),
        ({}, "question"),
        ({"question": 3}, "Answer.question"),
        ({"question": "q", "status": "sure"}, "Answer.status"),
        ({"question": "q", "statements": [{"text": "t", "citations": [1]}]}, r"Answer.statements\[0\].citations\[0\]"),
        ({"question": "q", "rejected": True}, "Answer.rejected"),
        ({"question": "q", "timings": {"total_ms": "soon"}}, "Answer.timings.total_ms"),
        ({"question": "q", "citations": [{**STORED, "span": [3, 1]}]}, "span"),
        ({"question": "q", "citations": [{**STORED, "address": "kh=1"}]}, "kh"),
    ],
)  # fmt: skip
def test_what_has_another_form_is_refused(value: object, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        from_json(Answer, value)  # type: ignore[arg-type]
