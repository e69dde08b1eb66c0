from __future__ import annotations

import pytest

from policy_qa.answering.chain import Assistant
from policy_qa.errors import BadQuestion, NoIndex
from policy_qa.web.metrics import Measured, Metrics


def counted(metrics: Metrics) -> list[str]:
    return [line for line in metrics.page().decode().split("\n") if line.startswith("policy_qa_answers_total")]


def test_answers_are_counted_by_status_and_failures_too(assistant: Assistant) -> None:
    metrics = Metrics()
    measured = Measured(assistant, metrics)
    assert measured.index is assistant.index and measured.search("tưới cây", 1)
    assert measured.ask("Khoản 1 Điều 2 Luật Vườn ươm quy định gì?").status == "answered"
    assert list(measured.stream("Khoản 1 Điều 2 Luật Vườn ươm quy định gì?"))
    with pytest.raises(BadQuestion):
        measured.ask("")
    assert sorted(counted(metrics)) == ['policy_qa_answers_total{status="answered"} 2.0', 'policy_qa_answers_total{status="error"} 1.0']  # fmt: skip


def test_an_answer_that_is_broken_off_is_no_error(assistant: Assistant) -> None:
    metrics = Metrics()
    parts = iter(Measured(assistant, metrics).stream("Khoản 1 Điều 2 Luật Vườn ươm quy định gì?"))
    next(parts)
    parts.close()  # type: ignore[attr-defined]
    assert counted(metrics) == ['policy_qa_answers_total{status="stopped"} 1.0']


def test_an_index_that_is_gone_does_not_break_the_page() -> None:
    metrics = Metrics()

    def gone() -> tuple[str, int]:
        raise NoIndex("không có")

    metrics.watch_index(gone)
    assert 'policy_qa_index_documents{generation=""} 0.0' in metrics.page().decode()
