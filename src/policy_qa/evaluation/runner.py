"""Runs a question set through the assistant and scores it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.metrics import Result
from policy_qa.evaluation.questions import Question

if TYPE_CHECKING:
    from policy_qa.answer import Citation
    from policy_qa.answering.chain import Assistant


def run(assistant: Assistant, questions: Sequence[Question]) -> Iterator[Result]:
    """One result a question, in order; a question that fails scores zero and never disappears."""
    for question in questions:
        started = time.perf_counter()
        try:
            answer = assistant.chain.invoke({"question": question.question})
            took = (time.perf_counter() - started) * 1000
            ranked = tuple(hit.passage.id.split("~")[0] for hit in assistant.search(question.question, 10))
        except PolicyQAError as error:
            yield Result(question, None, (), (), (time.perf_counter() - started) * 1000, str(error))
            continue
        verbatim = tuple(_is_verbatim(assistant, citation) for citation in answer.citations)
        yield Result(question, answer, ranked, verbatim, took)


def _is_verbatim(assistant: Assistant, citation: Citation) -> bool:
    """Whether the quote stands, letter by letter, in the provision that the citation names."""
    provision = assistant.index.provision(citation.key, citation.address)
    return provision is not None and citation.quote in assistant.index.text(citation.key, provision.span)
