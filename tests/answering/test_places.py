from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answering.places import find_places

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

DECISION = "Quyết định 1079/QĐ-TTg"
OWN = "Quyết định 345/QĐ-UBND"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (f"Điều 4 {OWN}", [("điều=4", "điều=4")]),
        (f"khoản 2 Điều 4 {OWN}", [("điều=4;khoản=2", "điều=4;khoản=2")]),
        (f"điểm b khoản 2 Điều 4 {OWN}", [("điều=4;khoản=2;điểm=b", "điều=4;khoản=2;điểm=b")]),
        (f"Điều 4, khoản 2, điểm b {OWN}", [("điều=4;khoản=2;điểm=b", "điều=4;khoản=2;điểm=b")]),
        ("dieu 4 khoan 2 quyet dinh 345", [("điều=4;khoản=2", "điều=4;khoản=2")]),
        (
            f"khoản 3 Điều 3 và khoản 1 Điều 4 {OWN}",
            [("điều=3;khoản=3", "điều=3;khoản=3"), ("điều=4;khoản=1", "điều=4;khoản=1")],
        ),
        (f"Mục I {DECISION}", [("mục=I", "điều=1;mục=I")]),
        (f"khoản 2 Mục I {DECISION}", [("mục=I;khoản=2", "điều=1;mục=I;khoản=2")]),
        (f"khoản 2 Mục I Điều 1 {DECISION}", [("điều=1;mục=I;khoản=2", "điều=1;mục=I;khoản=2")]),
        # Not there, or several of that name: never the nearest.
        (f"Điều 9 {OWN}", [("điều=9", None)]),
        (f"khoản 7 Điều 4 {OWN}", [("điều=4;khoản=7", None)]),
        (f"khoản 1 {OWN}", [("khoản=1", None)]),
        (f"Mục II {DECISION}", [("mục=II", None)]),
        (f"điểm c khoản 2 Điều 4 {OWN}", [("điều=4;khoản=2;điểm=c", None)]),
        (f"Ai ký {OWN}", []),
    ],
)
def test_places_are_looked_up_exactly(
    assistant: Assistant, question: str, expected: list[tuple[str, str | None]]
) -> None:
    query = assistant.searcher.understand(question)
    assert query.named
    found = find_places(query, assistant.index)
    assert [str(provision.address) for provision in found.found] == [there for _, there in expected if there]
    assert len(found.missing) == sum(there is None for _, there in expected)


def test_a_place_is_looked_up_in_the_document_chosen(assistant: Assistant) -> None:
    query = assistant.searcher.understand("Điều 3", [KEY])
    found = find_places(query, assistant.index).found
    assert [(provision.document, str(provision.address)) for provision in found] == [(KEY, "điều=3")]


@pytest.mark.parametrize(
    ("question", "addresses"),
    [
        (f"điểm b khoản 2 Điều 4 {OWN} nói gì?", ["điều=4;khoản=2;điểm=b"]),
        (f"khoản 3 Điều 3 và khoản 1 Điều 4 {OWN}", ["điều=3;khoản=3", "điều=4;khoản=1"]),
        (f"khoản 2 Mục I {DECISION} nói gì?", ["điều=1;mục=I;khoản=2"]),
    ],
)
def test_what_is_named_is_quoted_whole(assistant: Assistant, question: str, addresses: list[str]) -> None:
    assert [str(citation.address) for citation in assistant.ask(question).citations] == addresses


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (f"Điều 9 {OWN} quy định gì?", ["345/QĐ-UBND", "không có Điều 9"]),
        (f"khoản 7 Điều 4 {OWN} quy định gì?", ["không có khoản 7 Điều 4"]),
        (f"Mục II {DECISION} nói gì?", ["bản tóm lược", "Mục II", "bản chính thức"]),
    ],
)
def test_a_place_that_is_not_there_is_said_to_be_missing(assistant: Assistant, question: str, said: list[str]) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == ("not_found", "no_text")
    assert all(words in (answer.message or "") for words in said)
    assert answer.related and len({citation.key for citation in answer.related}) == 1
