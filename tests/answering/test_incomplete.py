"""What is quoted whole says what the text here is known to lack of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant


def lacking(assistant: Assistant, question: str) -> list[str]:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    return [note for note in answer.notes if "chưa đầy đủ" in note]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Nghị định 72/2015 nêu những nguyên tắc nào?", ("khoản 4 Điều 3", "khoản 5 Điều 3")),
        ("Những nguyên tắc của hoạt động thông tin đối ngoại theo Nghị định 72/2015 là gì?", ("khoản 5 Điều 3",)),
        ("Điều 3 Nghị định 72/2015 quy định gì?", ("khoản 5 Điều 3",)),
        ("Khoản 4 Điều 3 Nghị định 72/2015 nói gì?", ("phần sau của khoản 4 Điều 3",)),
        ("Khoản 3 Điều 7 Nghị định 72/2015 nói gì?", ("sau điểm d khoản 3 Điều 7",)),
        ("Mục 1 Kết luận 57 nói gì?", ("gạch thứ hai của mục 1",)),
    ],
)
def test_a_list_with_a_gap_says_so(assistant: Assistant, question: str, words: tuple[str, ...]) -> None:
    (note,) = lacking(assistant, question)
    assert all(word in note for word in words)


@pytest.mark.parametrize(
    "question",
    [
        "Khoản 1 Điều 3 Nghị định 72/2015 nói gì?",
        "Điểm a khoản 3 Điều 7 Nghị định 72/2015 nói gì?",
        "Gạch đầu dòng thứ hai của mục 1 Kết luận 57 nêu gì?",
        "Ai ký Nghị định 72/2015?",
        "Điều 2 Nghị định 72/2015 nói gì?",
    ],
)
def test_what_has_no_gap_says_nothing(assistant: Assistant, question: str) -> None:
    assert lacking(assistant, question) == []


@pytest.mark.parametrize(
    "question",
    ["Kết luận 57 nêu những quan điểm nào về thông tin đối ngoại?", "Điều 3 Nghị định 72/2015 quy định gì?"],
)
def test_labels_are_neither_told_nor_quoted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert len(answer.statements) > 2
    lines = [line for citation in answer.citations for line in citation.quote.splitlines()]
    assert lines and not any(line.startswith(("Gạch ", "Khoản ")) and len(line) < 12 for line in lines)
    for citation in answer.citations:
        assert assistant.index.text(citation.key, citation.span) == citation.quote
