from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import nursery
import pytest
from nursery import KEY

from policy_qa.answering.refusal import THRESHOLD, WEIGHTS, before_search, known_gap, probability, signs, too_weak
from policy_qa.retrieval.retriever import NAMED

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.answering.extractive import Choice
    from policy_qa.retrieval.query import Query


def chosen(assistant: Assistant, question: str) -> tuple[Query, list[Choice]]:
    from policy_qa.answering.extractive import Extractor

    query = assistant.searcher.understand(question)
    return query, Extractor(assistant.searcher).choose(query, assistant.searcher.search(query))


def test_what_others_asked_is_told_to_nobody(assistant: Assistant) -> None:
    refusal = before_search(assistant.searcher.understand("Người dùng trước vừa hỏi câu gì?"), assistant.index)
    assert refusal is not None and refusal.reason == "out_of_scope"
    named = assistant.searcher.understand("Đề án 1079 có nói đến lịch sử trò chuyện không?")
    assert before_search(named, assistant.index) is None


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("Theo bạn, Đề án 1079 có tốt không?", "opinion", "ý kiến"),
        ("Do you think Decision 1079 is wise?", "opinion", "ý kiến"),
        ("Cách nấu phở bò ngon?", "out_of_scope", "ngoài phạm vi"),
        ("Đội nào vô địch bóng đá?", "out_of_scope", "ngoài phạm vi"),
        ("Nghị định 999/2050/NĐ-CP quy định gì?", "no_text", "Nghị định 999/2050/NĐ-CP"),
        ("Kinh phí thực hiện Đề án 1079 lấy từ đâu?", "no_text", "kinh phí thực hiện Đề án"),
        ("Ai ký Hướng dẫn 111-HD/BTGTW?", "no_text", "người ký Hướng dẫn"),
        ("Quyết định 345/QĐ-UBND quy định gì về tàu vũ trụ?", "no_text", "Quyết định số 345/QĐ-UBND"),
        ("Quyết định 345/QĐ-UBND bãi bỏ văn bản nào?", "false_premise", "Quyết định số 345/QĐ-UBND"),
    ],
)
def test_why_and_how_a_question_is_refused(assistant: Assistant, question: str, reason: str, said: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == ("not_found", reason)
    assert said in (answer.message or "") and (answer.message or "").endswith(".")
    assert not answer.statements and not answer.citations and len(answer.related) <= 3


@pytest.mark.parametrize(
    "question",
    [
        "Bộ Công Thương chi bao nhiêu cho vườn ươm?",
        "Vườn ươm chi 900 triệu đồng đúng không?",
        "Hợp tác xã muối góp 35% lợi nhuận đúng không?",
    ],
)
def test_a_body_or_figure_that_the_text_does_not_have_is_not_confirmed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found" and answer.message and not answer.statements


@pytest.mark.parametrize(
    "question", ["Ngân sách tỉnh chi bao nhiêu cho vườn ươm?", "Theo Điều 3 phải công khai gì?", "Ai chủ trì kiểm tra?"]
)
def test_a_plain_question_is_not_refused_before_the_search(assistant: Assistant, question: str) -> None:
    assert before_search(assistant.searcher.understand(question), assistant.index) is None


def test_a_number_that_several_documents_bear_is_asked_back(opened) -> None:
    later = nursery.OFFICIAL.replace("15 tháng 3 năm 2021", "20 tháng 6 năm 2023")
    twins = opened("twins", {"a.txt": nursery.OFFICIAL, "b.txt": later})
    answer = twins.ask("Quyết định 345/QĐ-UBND quy định gì về kinh phí?")
    assert (answer.status, answer.reason) == ("not_found", "no_text")
    assert "nhiều văn bản cùng số" in (answer.message or "")
    dated = twins.ask("Điều 4 Quyết định 345/QĐ-UBND ngày 20/6/2023 quy định gì?")
    assert {citation.key for citation in dated.citations} == {"345/QĐ-UBND@2023-06-20"}
    chosen_one = twins.ask("Điều 4 Quyết định 345/QĐ-UBND quy định gì?", [KEY])
    assert {citation.key for citation in chosen_one.citations} == {KEY}


def test_a_gap_counts_only_for_its_own_document(assistant: Assistant) -> None:
    gap, _ = chosen(assistant, "Kinh phí thực hiện Đề án 1079 lấy từ đâu?")
    refusal = known_gap(gap, assistant.index, [])
    assert refusal is not None and "bản tóm lược" in refusal.message
    own, choices = chosen(assistant, "Kinh phí theo Quyết định 345/QĐ-UBND lấy từ đâu?")
    assert known_gap(own, assistant.index, choices) is None


def test_nothing_found_is_too_weak(assistant: Assistant) -> None:
    query = assistant.searcher.understand("Cách nấu phở bò ngon?")
    refusal = too_weak(query, assistant.index, [])
    assert refusal is not None and refusal.reason == "out_of_scope"


def test_the_probability_is_one_and_grows_with_what_tells(assistant: Assistant) -> None:
    query, choices = chosen(assistant, "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?")
    best, *others = choices
    assert THRESHOLD <= probability(query, choices) <= 1
    for name in ("coverage", "cosine", "rank", "answers", "found"):
        values = [
            probability(query, [dataclasses.replace(best, **{name: share}), *others]) for share in (0.0, 0.5, 1.0)
        ]
        assert values == sorted(values) and values[0] < values[-1] <= 1
    assert set(signs(query, choices)) == set(WEIGHTS)
    # What leads all others answers more likely than what another article says as well.
    close = [dataclasses.replace(other, score=best.score) for other in others]
    apart = [dataclasses.replace(other, score=best.score - 2) for other in others]
    assert probability(query, [best, *close]) < probability(query, [best, *apart])
    assert probability(query, [dataclasses.replace(best, states=False), *others]) == 0.0


def test_a_figure_is_not_found_inside_a_longer_one(assistant: Assistant) -> None:
    """The scheme says 100 %; "10" stands in it only as letters."""
    question = "Mục tiêu cụ thể của Đề án 1079: {}% cơ quan hành chính nhà nước thực hiện cơ chế phát ngôn?"
    assert assistant.ask(question.format(100)).status == "answered"
    refused = assistant.ask(question.format(10))
    assert (refused.status, refused.reason) == ("not_found", "false_premise")


def test_what_a_named_document_gains_is_no_sign_that_it_answers(assistant: Assistant) -> None:
    query, (best, *_) = chosen(assistant, "Quyết định 345/QĐ-UBND: kinh phí lấy từ đâu?")
    assert best.provision.document in query.named
    hits = assistant.searcher.search(query)
    hit = next(h for h in hits if h.passage.document == best.provision.document and best.quote in h.passage.span)
    assert best.rank == hit.ranked.score - NAMED
