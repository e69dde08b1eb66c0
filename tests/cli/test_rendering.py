"""Answers as text: marks, quotation marks for official words alone, pages, related provisions."""

from __future__ import annotations

import dataclasses

from policy_qa.answer import Answer, Citation, DocumentName, Dropped, Statement
from policy_qa.cli.rendering import answer_text, citation_text, hit_text
from policy_qa.document import DIGEST_MARK, Address, Level, Passage, Span

OFFICIAL = Citation(
    id="c1",
    document=DocumentName("1/QĐ-ABC", "2024-05-06", "Quyết định", "Ủy ban", "về việc thử"),
    key="1/QĐ-ABC@2024-05-06",
    address=Address.of((Level.DIEU, "1"), (Level.KHOAN, "2")),
    formatted="khoản 2 Điều 1 Quyết định số 1/QĐ-ABC ngày 06 tháng 5 năm 2024",
    formatted_short="khoản 2 Điều 1 Quyết định số 1/QĐ-ABC",
    quote="Kinh phí do ngân sách bảo đảm.",
    span=Span(10, 40),
    page=3,
    file="/kho/qd-1.pdf",
    sha256="0" * 64,
    text_kind="official",
)
DIGEST = dataclasses.replace(OFFICIAL, id="c2", text_kind="digest", page=None, file="/kho/qd-1.md", reported=True)
ANSWER = Answer(
    question="Tiền ở đâu?",
    status="answered",
    statements=(
        Statement("Kinh phí do ngân sách bảo đảm.", ("c1", "c2")),
        Statement("Bản tóm lược cũng nói vậy.", ("c2",)),
    ),
    citations=(OFFICIAL, DIGEST),
)


def test_statements_carry_the_numbers_of_their_citations() -> None:
    lines = answer_text(ANSWER).split("\n")
    assert lines[:2] == ["Kinh phí do ngân sách bảo đảm. [1][2]", "Bản tóm lược cũng nói vậy. [2]"]
    assert any(line.startswith("[1] khoản 2 Điều 1 Quyết định số 1/QĐ-ABC ngày") for line in lines)


def test_a_document_is_named_in_full_only_once() -> None:
    text = answer_text(ANSWER)
    assert f"[2] {DIGEST.formatted_short} (theo" in text and f"[2] {DIGEST.formatted}" not in text


def test_notes_come_last() -> None:
    text = answer_text(dataclasses.replace(ANSWER, notes=("Một lời.", "Hai lời.")))
    assert text.endswith("\n\nLưu ý:\n  - Một lời.\n  - Hai lời.")
    assert "Lưu ý" not in answer_text(ANSWER)


def test_an_official_text_is_quoted_with_page_and_file() -> None:
    text = citation_text(OFFICIAL, 1)
    assert "“Kinh phí do ngân sách bảo đảm.”" in text
    assert "trang 3 · /kho/qd-1.pdf" in text
    assert DIGEST_MARK not in text


def test_a_page_that_was_recognised_says_how_surely() -> None:
    text = citation_text(dataclasses.replace(OFFICIAL, ocr=0.917), 1)
    assert "trang 3 (nhận dạng từ ảnh, độ tin cậy 92 %) · /kho/qd-1.pdf" in text


def test_a_digests_words_never_stand_in_quotation_marks() -> None:
    text = citation_text(DIGEST, 2)
    assert f"Kinh phí do ngân sách bảo đảm. {DIGEST_MARK}" in text
    assert not set("“”\"'«»") & set(text)
    assert "(theo báo chí và hồ sơ tra cứu)" in text
    assert "không chia trang" in text


def test_not_found_shows_the_message_and_calls_the_nearest_provisions_no_source() -> None:
    answer = Answer("Hỏi gì?", reason="no_text", message="Văn bản không nói đến điều này.", related=(OFFICIAL,))
    text = answer_text(answer)
    assert text.startswith("Văn bản không nói đến điều này.")
    assert "không phải căn cứ" in text
    assert "\nCăn cứ:" not in text


def test_what_was_dropped_is_said_with_the_reason() -> None:
    answer = dataclasses.replace(ANSWER, dropped=(Dropped("Năm 2030 có 50 tỉnh.", "con số 50 không có trong căn cứ"),))
    assert "Năm 2030 có 50 tỉnh. (con số 50 không có trong căn cứ)" in answer_text(answer)


def test_a_hit_shows_rank_id_score_page_and_words() -> None:
    address = Address.of((Level.DIEU, "1"))
    passage = Passage("1/QĐ@2024-05-06#điều=1", "1/QĐ@2024-05-06", address, Span(0, 7), "Điều 1.\nChữ", ("Phạm vi",), 2)
    assert hit_text(passage, 0.12345, 1) == (
        "1. 1/QĐ@2024-05-06#điều=1 · 0.123 · trang 2\n    Phạm vi\n    Điều 1.\n    Chữ"
    )
