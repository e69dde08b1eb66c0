from __future__ import annotations

from pathlib import Path

import pytest

from policy_qa.answering.chain import Assistant
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web import texts
from policy_qa.web.chat.conversation import example_questions

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Assistant:
    index_dir = tmp_path_factory.mktemp("examples") / "index"
    build_index([CORPUS], index_dir, encoder)
    return Assistant.open(index_dir)


def test_all_examples_are_offered_over_the_shipped_corpus(shipped: Assistant) -> None:
    assert example_questions(shipped.index) == [question for _, question in texts.EXAMPLES]


@pytest.mark.parametrize(("number", "question"), texts.EXAMPLES)
def test_each_example_is_answered_from_its_document(shipped: Assistant, number: str, question: str) -> None:
    answer = shipped.ask(question)
    assert answer.status == "answered"
    assert {citation.document.number for citation in answer.citations} == {number}
