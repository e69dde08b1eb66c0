"""Faults planted in a system that answers rightly: each is seen, in the figures that tell of it and in no others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answer import Answer
from policy_qa.evaluation.gate import judge
from policy_qa.evaluation.metrics import METRICS, NAMED, figures
from policy_qa.evaluation.questions import Question
from policy_qa.evaluation.results import Result
from policy_qa.evaluation.runner import run

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.retriever import Hit


def asked(id_: str, text: str, kind: str, *gold: str, facts: tuple[str, ...] = ()) -> Question:
    groups = tuple((f"{KEY}#{place}",) for place in gold)
    reason = None if gold else "out_of_scope"
    return Question(id_, text, kind, "plain", groups, facts, not gold, reason, "tests", "draft")  # type: ignore[arg-type]


SPENT = asked("spent", "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?", "figure", "điều=4;khoản=1",
              facts=("250 triệu đồng",))  # fmt: skip
LISTED = asked("listed", "Quyết định 345 nêu những nguyên tắc quản lý nào?", "list",
               "điều=3;khoản=1", "điều=3;khoản=2", "điều=3;khoản=3")  # fmt: skip
WHO = asked("who", "Ai chủ trì kiểm tra vườn ươm cây ngập mặn?", "who", "điều=5;khoản=1",
            facts=("Sở Nông nghiệp và Môi trường",))  # fmt: skip
NOTHING = asked("nothing", "Cách nấu phở bò ngon?", "content")
SET = (SPENT, LISTED, WHO, NOTHING)
SHARES = tuple(metric for metric in METRICS if metric.unit == "share" and metric.name not in ("AUROC", "failed"))


class Faulty:
    """Answers as the assistant does, but for what `change` makes of an answer; finds what the assistant finds."""

    def __init__(self, assistant: Assistant, change: Callable[[Assistant, Answer], Answer]) -> None:
        self._assistant, self._change = assistant, change

    def ask(self, question: str) -> Answer:
        return self._change(self._assistant, self._assistant.ask(question))

    def search(self, question: str, k: int) -> list[Hit]:
        return self._assistant.search(question, k)


def cites_the_neighbour(assistant: Assistant, answer: Answer) -> Answer:
    """Cites and quotes the khoản after the one that answers."""
    if answer.question != SPENT.question:
        return answer
    second = assistant.index.provisions(KEY)
    provision = next(p for p in second if str(p.address) == "điều=4;khoản=2")
    quote = assistant.index.text(KEY, provision.own_span)
    (citation,) = answer.citations
    return replace(
        answer, citations=(replace(citation, address=provision.address, span=provision.own_span, quote=quote),)
    )


def drops_an_item(_: Assistant, answer: Answer) -> Answer:
    """Leaves out the last item of the list."""
    if answer.question != LISTED.question:
        return answer
    return replace(answer, statements=answer.statements[:-1], citations=answer.citations[:-1])


def misquotes_a_word(_: Assistant, answer: Answer) -> Answer:
    """Says and quotes one word otherwise than it stands."""

    def wrong(text: str) -> str:
        return text.replace("mỗi năm", "mỗi quý")

    statements = tuple(replace(s, text=wrong(s.text)) for s in answer.statements)
    return replace(
        answer, statements=statements, citations=tuple(replace(c, quote=wrong(c.quote)) for c in answer.citations)
    )


def answers_the_unanswerable(assistant: Assistant, answer: Answer) -> Answer:
    return assistant.ask(SPENT.question) if answer.question == NOTHING.question else answer


def refuses_what_is_there(assistant: Assistant, answer: Answer) -> Answer:
    return assistant.ask(NOTHING.question) if answer.question == WHO.question else answer


def cites_more_than_it_needs(assistant: Assistant, answer: Answer) -> Answer:
    """Adds to a right statement a citation that does not bear it."""
    if answer.question != WHO.question:
        return answer
    (more,) = (replace(c, id="2") for c in assistant.ask(SPENT.question).citations)
    (statement,) = answer.statements
    return replace(answer, statements=(replace(statement, citations=("1", "2")),), citations=(*answer.citations, more))


def is_broken(_: Assistant, answer: Answer) -> Answer:
    if answer.question == WHO.question:
        raise RuntimeError("hỏng")
    return answer


@pytest.fixture(scope="module")
def sound(assistant: Assistant) -> list[Result]:
    return list(run(assistant, SET, assistant.index))


def test_the_system_without_a_fault_scores_full_marks(sound: Sequence[Result]) -> None:
    values = {metric.name: metric.over(sound) for metric in SHARES}
    retrieval = {"first", "R@1", "R@5", "R@10", "R@20", "RR@10", "nDCG@10"}  # the three khoản cannot all come first
    assert {name: value for name, value in values.items() if name not in retrieval} == {
        name: 0.0 if NAMED[name].lower else 1.0 for name in values if name not in retrieval
    }


FAULTS = [
    (
        cites_the_neighbour,
        {
            "cited": 2 / 3,
            "recall": 2 / 3,
            "F2": 2 / 3,
            "precision": 4 / 5,
            "support": 2 / 3,
            "support_precision": 2 / 3,
        },
    ),
    (
        drops_an_item,
        {
            "cited": 2 / 3,
            "recall": (1 + 2 / 3 + 1) / 3,
            "F2": (1 + (5 * 2 / 3) / (4 + 2 / 3) + 1) / 3,
            "items": 2 / 3,
        },
    ),
    (misquotes_a_word, {"verbatim": 4 / 5, "support": 2 / 3, "support_precision": 2 / 3}),
    (answers_the_unanswerable, {"refused": 0.0, "refusal_precision": None}),
    (
        refuses_what_is_there,
        {
            **dict.fromkeys(("cited", "recall", "F2", "cited_up", "recall_up", "F2_up"), 2 / 3),
            "facts": 1 / 2,
            "refusal_precision": 1 / 2,
            "wrongly_refused": 1 / 3,
        },
    ),
    (
        cites_more_than_it_needs,
        {
            "precision": 5 / 6,
            "precision_up": 5 / 6,
            "F2": (1 + 1 + 5 * 0.5 / (4 * 0.5 + 1)) / 3,
            "F2_up": (1 + 1 + 5 * 0.5 / (4 * 0.5 + 1)) / 3,
            "support_precision": (1 + 1 + 1 / 2) / 3,
        },
    ),
    (
        is_broken,
        {
            **dict.fromkeys(("cited", "recall", "F2", "cited_up", "recall_up", "F2_up"), 2 / 3),
            **{"precision": 4 / 5, "precision_up": 4 / 5, "facts": 1 / 2, "verbatim": 4 / 5},
            **{"support": 2 / 3, "support_precision": 2 / 3},
        },
    ),
]


@pytest.mark.parametrize(("fault", "moved"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_each_figure_moves_as_worked_by_hand_and_the_gate_names_it(
    assistant: Assistant,
    sound: Sequence[Result],
    fault: Callable[[Assistant, Answer], Answer],
    moved: dict[str, float | None],
) -> None:
    results = list(run(Faulty(assistant, fault), SET, assistant.index))
    if fault is is_broken:  # a broken question is not found, either
        moved = moved | {
            name: NAMED[name].over([*sound[:2], results[2], sound[3]])
            for name in ("first", "R@1", "R@5", "R@10", "R@20", "RR@10", "nDCG@10")
        }
        assert all(value is not None and value < (NAMED[name].over(sound) or 0) for name, value in moved.items())
    for metric in SHARES:
        wanted = moved.get(metric.name, metric.over(sound))
        assert metric.over(results) == (None if wanted is None else pytest.approx(wanted)), metric.name
    thresholds = {metric.name: metric.over(sound) or 0.0 for metric in SHARES}
    judged = judge(thresholds, figures(results))
    assert {item.metric for item in judged if not item.passed} == set(moved)
    assert all(item.passed for item in judge(thresholds, figures(sound)))


def test_a_slow_system_is_seen_in_its_times_alone(assistant: Assistant, sound: Sequence[Result]) -> None:
    delay = threading.Event()

    def slowly(_: Assistant, answer: Answer) -> Answer:
        delay.wait(0.3)
        return answer

    results = list(run(Faulty(assistant, slowly), SET, assistant.index))
    for name in ("p50", "p95"):
        assert (NAMED[name].over(results) or 0) >= 300
    assert [metric.over(results) for metric in SHARES] == [metric.over(sound) for metric in SHARES]
    judged = judge({"cited": 1.0, "p50": 290, "p95": 290}, figures(results))
    assert [item.passed for item in judged] == [True, False, False]


def test_a_system_too_slow_fails_every_question(assistant: Assistant) -> None:
    never = threading.Event()

    def hangs(_: Assistant, answer: Answer) -> Answer:
        never.wait(30)
        return answer

    results = list(run(Faulty(assistant, hangs), SET, assistant.index, threads=4, seconds=0.3))
    never.set()
    assert NAMED["failed"].over(results) == 1.0 and NAMED["cited"].over(results) == 0.0
    assert len(results) == 4
