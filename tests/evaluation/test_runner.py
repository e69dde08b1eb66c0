"""Asking: every question gets its result, whatever the system does with it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answer import Answer
from policy_qa.evaluation.bench import code_hash, head, machine, measure
from policy_qa.evaluation.questions import Question, load
from policy_qa.evaluation.results import RESULTS_NAME, read_results
from policy_qa.evaluation.runner import answered, run

if TYPE_CHECKING:
    from pathlib import Path

    from policy_qa.answering.chain import Assistant

SPENT = f"{KEY}#điều=4;khoản=1"
ANSWERED = Question(
    "t-1", "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?", "figure", "plain", ((SPENT,),),
    ("250 triệu đồng",), False, None, "tests", "draft",
)  # fmt: skip
WRONG = Question(
    "t-2", "Vườn ươm cây ngập mặn là gì?", "definition", "plain", ((SPENT,),), (), False, None, "tests", "draft"
)
REFUSED = Question(
    "t-3", "Cách nấu phở bò ngon?", "content", "plain", (), (), True, "out_of_scope", "tests", "draft"
)  # fmt: skip
SET = [ANSWERED, WRONG, REFUSED]


class Only:
    """A system that has nothing but `ask`."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str) -> Answer:
        return self._assistant.ask(question)


class Hanging:
    """Hangs on the first question until it is released, and refuses all others at once."""

    def __init__(self) -> None:
        self.released = threading.Event()

    def ask(self, question: str) -> Answer:
        if question == ANSWERED.question:
            self.released.wait(60)
        return Answer(question)


class Crashing(Only):
    """Has a fault of its own in one question."""

    def ask(self, question: str) -> Answer:
        if question == ANSWERED.question:
            raise ZeroDivisionError("hỏng")
        return super().ask(question)


class Counting(Only):
    """Counts what it was asked."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self.asked: list[str] = []

    def ask(self, question: str) -> Answer:
        self.asked.append(question)
        return super().ask(question)


def test_each_question_gets_its_result_in_order(assistant: Assistant) -> None:
    results = list(run(assistant, SET, assistant.index))
    assert [r.question.id for r in results] == ["t-1", "t-2", "t-3"]
    first, second, third = results
    assert first.cited == (SPENT,) and first.ranked[0] == first.cited[0]
    assert first.verbatim == (True,) and first.milliseconds > 0 and first.error is None
    assert first.probability is not None and 0 <= first.probability <= 1
    assert [s.supported for s in first.support] == [True] and first.support[0].needed == (True,)
    assert "250 triệu đồng" in first.texts[SPENT]
    assert second.cited == (f"{KEY}#điều=2",) and set(second.texts) == {SPENT, f"{KEY}#điều=2"}
    assert third.refused and third.cited == () and third.verbatim == () and third.support == ()


def test_several_at_a_time_give_the_same_results(assistant: Assistant) -> None:
    alone = {r.question.id: r for r in run(assistant, SET * 2, assistant.index)}
    together = {r.question.id: r for r in run(assistant, SET * 2, assistant.index, threads=3)}
    assert {id_: (r.cited, r.ranked, r.texts) for id_, r in alone.items()} == {
        id_: (r.cited, r.ranked, r.texts) for id_, r in together.items()
    }


def test_a_question_that_fails_keeps_its_place(assistant: Assistant) -> None:
    overlong = Question("t-4", "vườn " * 1000, "figure", "plain", ((SPENT,),), (), False, None, "tests", "draft")
    results = list(run(assistant, [overlong, ANSWERED], assistant.index))
    assert results[0].answer is None and "quá giới hạn" in (results[0].error or "")
    assert not results[0].refused and results[0].cited == results[0].ranked == ()
    assert results[1].answer is not None


def test_a_crash_is_a_result(assistant: Assistant) -> None:
    results = list(run(Crashing(assistant), SET, assistant.index))
    assert [r.error for r in results] == ["ZeroDivisionError: hỏng", None, None]


@pytest.mark.parametrize("threads", [1, 2])
def test_a_question_that_hangs_is_given_up_and_the_others_are_asked(assistant: Assistant, threads: int) -> None:
    system = Hanging()
    results = {r.question.id: r for r in run(system, SET, assistant.index, threads=threads, seconds=1)}
    system.released.set()
    assert set(results) == {"t-1", "t-2", "t-3"}
    assert results["t-1"].answer is None and "Quá 1 giây" in (results["t-1"].error or "")
    assert results["t-1"].milliseconds == 1000
    assert results["t-2"].refused and results["t-3"].refused


def test_a_system_that_only_answers_is_ranked_by_what_it_shows(assistant: Assistant) -> None:
    found = answered(Only(assistant), ANSWERED, assistant.index)
    assert found.ranked[0] == SPENT and found.probability is None


def test_no_questions_no_results(assistant: Assistant) -> None:
    assert list(run(assistant, [], assistant.index)) == []


# --- runs that are written down


def set_file(folder: Path, questions: Sequence[Question]) -> Path:
    from policy_qa.evaluation.external import write_set

    path = folder / "bộ.jsonl"
    write_set(questions, path)
    assert load(path) == list(questions)
    return path


def test_a_broken_run_goes_on_where_it_was(assistant: Assistant, tmp_path: Path) -> None:
    path, place = set_file(tmp_path, SET), tmp_path / RESULTS_NAME
    run_head = head(path, SET, assistant.index, threads=1)

    def interrupted(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    first, second = Counting(assistant), Counting(assistant)
    with pytest.raises(KeyboardInterrupt):
        measure(first, SET, assistant.index, run_head, place, progress=interrupted)
    said: list[str] = []
    seen: list[tuple[int, int]] = []
    results = measure(
        second,
        SET,
        assistant.index,
        run_head,
        place,
        progress=lambda done, total: seen.append((done, total)),
        note=said.append,
    )
    assert second.asked == [question.question for question in SET[1:]]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert said == ["Chạy tiếp lần chạy dở: đã có 1 trên 3 câu."]
    assert [r.question for r in results.results] == SET
    assert read_results(place).ended is not None
    measure(Counting(assistant), SET, assistant.index, run_head, place, note=said.append)
    assert "được giữ ở" in said[-1] and len(list(tmp_path.glob("results*.jsonl"))) == 2


def test_what_a_broken_run_holds_twice_or_of_others_counts_once_or_not(assistant: Assistant, tmp_path: Path) -> None:
    path, place = set_file(tmp_path, SET), tmp_path / RESULTS_NAME
    run_head = head(path, SET, assistant.index, threads=1)
    measure(Only(assistant), SET, assistant.index, run_head, place)
    first, one, two, *_ = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(first + one * 2 + two.replace(b'"t-2"', b'"t-9"'))
    again = Counting(assistant)
    results = measure(again, SET, assistant.index, run_head, place)
    assert [r.question for r in results.results] == SET and again.asked == [q.question for q in SET[1:]]


def test_the_head_says_what_was_measured(assistant: Assistant, tmp_path: Path) -> None:
    made = head(set_file(tmp_path, SET), SET, assistant.index)
    assert made.count == 3 and len(made.sha256) == 64 and made.documents[KEY]
    assert made.versions["code"] == code_hash() and "CPU" in made.machine == machine()
