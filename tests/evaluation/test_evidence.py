"""What the index says of an answer, whatever the answer says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answer import Answer, Statement
from policy_qa.document import Address
from policy_qa.evaluation.evidence import LONGEST_KEPT, is_verbatim, supports, texts

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

ASKED = "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?"


@pytest.fixture(scope="module")
def answer(assistant: Assistant) -> Answer:
    return assistant.ask(ASKED)


def of(answer: Answer, address: str, **changes: str) -> Answer:
    (citation,) = answer.citations
    return replace(answer, citations=(replace(citation, address=Address.parse(address), **changes),))


@pytest.mark.parametrize(
    ("address", "changes", "verbatim"),
    [
        ("điều=4;khoản=1", {}, True),
        ("điều=4", {}, True),  # the whole holds the words of its part
        ("điều=4;khoản=2", {}, False),
        ("điều=99", {}, False),
        ("điều=4;khoản=1", {"quote": "1. Ngân sách tỉnh chi 250 triệu đồng"}, True),
        ("điều=4;khoản=1", {"quote": "1. Ngân sách tỉnh chi 260 triệu đồng"}, False),
        ("điều=4;khoản=1", {"key": "9/QĐ-X@2020-01-01"}, False),
    ],
)
def test_a_quote_stands_in_the_provision_named_or_does_not(
    assistant: Assistant, answer: Answer, address: str, changes: dict[str, str], verbatim: bool
) -> None:
    (citation,) = of(answer, address, **changes).citations
    assert is_verbatim(assistant.index, citation) == verbatim


@pytest.mark.parametrize(
    ("text", "score", "address", "supported"),
    [
        (None, None, "điều=4;khoản=1", True),
        (None, None, "điều=4;khoản=2", False),
        (None, None, "điều=99", False),
        ("Ngân sách tỉnh chi 250 triệu đồng mỗi năm.", 0.9, "điều=4;khoản=1", True),
        ("Ngân sách tỉnh chi 350 triệu đồng mỗi năm.", 1.0, "điều=4;khoản=1", False),
        ("Mỗi năm ngân sách tỉnh chi 250 triệu đồng.", None, "điều=4;khoản=1", False),  # it says that it quotes
    ],
)
def test_a_statement_is_held_by_the_words_of_what_it_cites(
    assistant: Assistant, answer: Answer, text: str | None, score: float | None, address: str, supported: bool
) -> None:
    (statement,) = answer.statements
    said = of(answer, address)
    said = replace(said, statements=(Statement(text or statement.text, statement.citations, score),))
    (found,) = supports(assistant.index, said)
    assert found.supported == supported and found.needed == (supported,)
    assert (found.why is None) == supported


def test_a_citation_that_is_not_among_the_answer_s_supports_nothing(assistant: Assistant, answer: Answer) -> None:
    (found,) = supports(assistant.index, replace(answer, citations=()))
    assert (found.supported, found.needed) == (False, (False,))


def test_texts_of_provisions_that_are_there_are_kept(assistant: Assistant) -> None:
    ids = [
        f"{KEY}#điều=4;khoản=1",
        f"{KEY}#điều=99",
        "9/QĐ-X#điều=1",
        f"{KEY}#điều=4;khoản=1",
        "Quye\u0302\u0301t#điều=1",
    ]
    found = texts(assistant.index, ids)
    assert list(found) == ids[:1] and found[ids[0]].startswith("1. Ngân sách tỉnh")
    assert all(len(text) <= LONGEST_KEPT for text in found.values())
