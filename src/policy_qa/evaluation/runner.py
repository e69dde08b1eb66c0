"""Asks a system the questions of a set, several at a time, none for longer than it may take."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from policy_qa.answer import Answer
from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.questions import Question
from policy_qa.evaluation.results import Result

if TYPE_CHECKING:
    from policy_qa.retrieval.index import Index
    from policy_qa.retrieval.retriever import Hit

SECONDS: Final = 30.0
"""What one question may take."""
DEPTH: Final = 20
"""How many provisions of the ranking are kept."""

_PATIENCE: Final = 0.5
"""Seconds between two looks: a wait without end could not be interrupted on Windows."""


class System(Protocol):
    """What is measured: anything that answers a question. An `Assistant` is one."""

    def ask(self, question: str) -> Answer:
        """The answer to a question."""
        ...


@runtime_checkable
class Searches(Protocol):
    """A system that also tells what it finds. For one that does not, what it cites and names as related is its ranking."""

    def search(self, question: str, k: int) -> list[Hit]:
        """The `k` passages that fit a question best."""
        ...


def run(
    system: System, questions: Sequence[Question], index: Index, *, threads: int = 1, seconds: float = SECONDS
) -> Iterator[Result]:
    """One result a question, as they come; one that fails or takes longer than `seconds` is a result, too.

    Quotes and statements are checked against `index`, whatever the system says of them. A question that takes too long is
    left to its thread, which is not waited for. With one thread the results come in the order of the questions.
    """
    crew = _Crew(system, questions, index, seconds)
    try:
        for _ in range(min(threads, len(questions))):
            crew.hire()
        for _ in questions:
            yield crew.next_result()
    finally:
        crew.dismiss()


def answered(system: System, question: Question, index: Index) -> Result:
    """What the system makes of one question; an error is a result without an answer."""
    from policy_qa.evaluation.evidence import is_verbatim, supports, texts

    started = time.perf_counter()
    try:
        answer = system.ask(question.question)
        took = _milliseconds(started)
        ranked, probability = _found(system, question, answer)
        cited = Result(question, answer, ranked, (), took, probability=probability)
        return replace(
            cited,
            verbatim=tuple(is_verbatim(index, citation) for citation in answer.citations),
            support=supports(index, answer),
            texts=texts(index, (*sorted(question.gold_ids), *cited.cited)),
        )
    except PolicyQAError as error:
        return Result(question, None, (), (), _milliseconds(started), str(error))
    except Exception as error:
        # Whatever a system under test does wrong is its result, and no end to the run.
        return Result(question, None, (), (), _milliseconds(started), f"{type(error).__name__}: {error}")


def _found(system: System, question: Question, answer: Answer) -> tuple[tuple[str, ...], float | None]:
    """The ids of the provisions found, best first, and the probability that the index answers the question."""
    if isinstance(system, Searches):
        hits = system.search(question.question, DEPTH)
        ids = (hit.passage.id.split("~")[0] for hit in hits)
        return tuple(dict.fromkeys(ids)), round(hits[0].ranked.probability, 4) if hits else 0.0
    shown = (f"{c.key}#{c.address}" for c in (*answer.citations, *answer.related))
    return tuple(dict.fromkeys(shown))[:DEPTH], None


@dataclass(slots=True, eq=False)
class _Job:
    """A question that is being answered since `started` (seconds of the monotonic clock)."""

    question: Question
    started: float


class _Crew:
    """Threads that answer questions. One that overruns its time is replaced, and what it brings later is not taken."""

    def __init__(self, system: System, questions: Sequence[Question], index: Index, seconds: float) -> None:
        self._system, self._index, self._seconds = system, index, seconds
        self._waiting = deque(questions)
        self._running: list[_Job] = []
        self._done: deque[Result] = deque()
        self._changed = threading.Condition()

    def hire(self) -> None:
        """Starts a thread. It is a daemon, so that one that hangs does not keep the program from ending."""
        threading.Thread(target=self._work, daemon=True).start()

    def dismiss(self) -> None:
        """Lets every thread end after its question."""
        with self._changed:
            self._waiting.clear()
            self._running.clear()

    def _work(self) -> None:
        while (job := self._take()) is not None:
            result = answered(self._system, job.question, self._index)
            with self._changed:
                if job not in self._running:
                    return  # it came too late: another thread has its place
                self._running.remove(job)
                self._done.append(result)
                self._changed.notify()

    def _take(self) -> _Job | None:
        with self._changed:
            if not self._waiting:
                return None
            job = _Job(self._waiting.popleft(), time.monotonic())
            self._running.append(job)
            self._changed.notify()
            return job

    def next_result(self) -> Result:
        """The next question that is answered, or whose time is up."""
        with self._changed:
            while not self._done:
                oldest = min(self._running, key=lambda job: job.started, default=None)
                left = self._seconds - (time.monotonic() - oldest.started) if oldest else self._seconds
                if oldest and left <= 0:
                    self._running.remove(oldest)
                    self.hire()
                    return _overdue(oldest.question, self._seconds)
                self._changed.wait(min(left, _PATIENCE))
            return self._done.popleft()


def _overdue(question: Question, seconds: float) -> Result:
    why = f"Quá {seconds:g} giây mà chưa trả lời xong."
    return Result(question, None, (), (), 1000 * seconds, why)


def _milliseconds(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
