"""What is measured of one answered question, and how the questions add up."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policy_qa.answer import Answer
from policy_qa.evaluation.questions import Question
from policy_qa.reading.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Result:
    """One question with what the assistant made of it.

    `answer` is None when the question failed, with `error` saying how. `ranked` are the ids of the passages found,
    best first; `verbatim` says of each citation whether its quote stands in the provision that it names.
    """

    question: Question
    answer: Answer | None
    ranked: tuple[str, ...]
    verbatim: tuple[bool, ...]
    milliseconds: float
    error: str | None = None

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the provisions cited, in order, each once."""
        citations = self.answer.citations if self.answer else ()
        return tuple(dict.fromkeys(f"{c.key}#{c.address}" for c in citations))

    @property
    def refused(self) -> bool:
        """Whether the assistant said that the documents do not answer; a failure is no refusal."""
        return self.answer is not None and self.answer.status == "not_found"


@dataclass(frozen=True, slots=True)
class Metric:
    """A named share: `hits` of a result out of its `chances`; a question that failed scores nothing, and still counts."""

    name: str
    label: str
    hits: Callable[[Result], float]
    chances: Callable[[Result], float]

    def over(self, results: Sequence[Result]) -> float | None:
        """The share over all results; None where nothing could be scored."""
        chances = self.count(results)
        return sum(map(self.hits, results)) / chances if chances else None

    def count(self, results: Sequence[Result]) -> float:
        """The n of the share: questions, citations or quotes, as the metric has it."""
        return sum(map(self.chances, results))


def interval(share: float, count: float) -> tuple[float, float]:
    """The 95 % interval of a share of `count` > 0 trials (Wilson 1927, which holds for few trials and near 0 and 1, too)."""
    z = 1.959964
    middle = share + z * z / (2 * count)
    reach = z * math.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    scale = 1 + z * z / count
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def _answerable(result: Result) -> float:
    return 0.0 if result.question.unanswerable else 1.0


def _unanswerable(result: Result) -> float:
    return 1.0 - _answerable(result)


def _first(result: Result) -> float:
    """The first passage found is a gold provision."""
    return float(bool(_answerable(result) and result.ranked[:1] and result.ranked[0] in result.question.gold_ids))


def _cited(result: Result) -> float:
    """Every group of gold has a citation at exactly one of its provisions."""
    groups = result.question.gold
    return float(bool(groups) and all(set(group) & set(result.cited) for group in groups))


def _right(result: Result) -> float:
    return float(sum(provision in result.question.gold_ids for provision in result.cited)) * _answerable(result)


def _citations(result: Result) -> float:
    return float(len(result.cited)) * _answerable(result)


def _facts(result: Result) -> float:
    """The share of key facts that the statements contain."""
    facts = result.question.key_facts
    said = fold(" ".join(s.text for s in result.answer.statements)) if result.answer else ""
    return sum(fold(fact) in said for fact in facts) / len(facts) if facts else 0.0


METRICS = (
    Metric("first", "right provision first", _first, _answerable),
    Metric("cited", "right provision cited", _cited, _answerable),
    Metric("precision", "cited provisions right", _right, _citations),
    Metric("facts", "key facts present", _facts, lambda r: float(bool(r.question.key_facts))),
    Metric("verbatim", "quotes verbatim", lambda r: float(sum(r.verbatim)), lambda r: float(len(r.verbatim))),
    Metric("refused", "not answerable refused", lambda r: float(r.refused) * _unanswerable(r), _unanswerable),
    Metric("wrongly_refused", "answerable refused", lambda r: float(r.refused) * _answerable(r), _answerable),
)
