"""Two runs of the same questions: what was won, what was lost, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from policy_qa.evaluation import combining
from policy_qa.evaluation.intervals import Rows, mcnemar, paired
from policy_qa.evaluation.metrics import METRICS, Metric
from policy_qa.evaluation.questions import Question
from policy_qa.evaluation.results import Result, by_id


@dataclass(frozen=True, slots=True)
class Change:
    """How one metric differs from the earlier run, over the questions that both asked.

    `low` and `high` are the ends of the 95 % interval of the difference `after - before`. `p` is McNemar's (exact) for yes
    or no, else that of a paired bootstrap. `won` and `lost` are the ids of questions that score better or worse than
    before; for times and for what only a whole set has (calibration) they are empty.
    """

    metric: str
    before: float
    after: float
    low: float
    high: float
    p: float
    won: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recited:
    """A question of which other provisions are cited than before: their ids, in order."""

    id: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside an earlier one: the changes by metric, over `count` questions.

    `recited` are the questions that are now answered from other provisions. `only_now` and `only_before` are the ids of
    questions that the other run did not ask, or asked with another gold.
    """

    changes: tuple[Change, ...]
    count: int
    only_now: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    recited: tuple[Recited, ...] = ()


def compare(results: Sequence[Result], earlier: Sequence[Result]) -> Comparison:
    """The later results beside the earlier ones, question by question."""
    before = by_id(earlier)
    pairs = [
        (result, before[id_])
        for id_, result in by_id(results).items()
        if id_ in before and _asks_the_same(result.question, before[id_].question)
    ]
    shared = {result.question.id for result, _ in pairs}
    changes = (_change(metric, pairs) for metric in METRICS) if pairs else ()
    return Comparison(
        tuple(change for change in changes if change is not None),
        len(pairs),
        tuple(result.question.id for result in results if result.question.id not in shared),
        tuple(result.question.id for result in earlier if result.question.id not in shared),
        tuple(Recited(new.question.id, old.cited, new.cited) for new, old in pairs if set(new.cited) != set(old.cited)),
    )


def _asks_the_same(question: Question, other: Question) -> bool:
    """Whether what is right is the same; the wording may differ (perturbations)."""
    return (question.gold, question.key_facts, question.unanswerable) == (
        other.gold,
        other.key_facts,
        other.unanswerable,
    )


def _change(metric: Metric, pairs: Sequence[tuple[Result, Result]]) -> Change | None:
    after, before = metric.over([new for new, _ in pairs]), metric.over([old for _, old in pairs])
    if after is None or before is None:
        return None
    won, lost = _won_and_lost(metric, pairs)
    low, high, p = paired(*_aligned(metric, pairs), metric.combine)
    if metric.yes_no and metric.name != "refusal_precision":  # of which each run has questions of its own
        p = mcnemar(len(won), len(lost))
    return Change(metric.name, before, after, low, high, p, won, lost)


def _won_and_lost(metric: Metric, pairs: Sequence[tuple[Result, Result]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    won: list[str] = []
    lost: list[str] = []
    for new, old in pairs if metric.combine is combining.share else ():
        after, before = metric.value(new), metric.value(old)
        if after is not None and before is not None and after != before:
            (won if (after > before) != metric.lower else lost).append(new.question.id)
    return tuple(won), tuple(lost)


def _aligned(metric: Metric, pairs: Sequence[tuple[Result, Result]]) -> tuple[Rows, Rows]:
    """The rows of both runs, question by question. Where shares are added up, no chance is a row like any other."""
    rows = [(metric.row(new), metric.row(old)) for new, old in pairs]
    if metric.combine is combining.share:
        filled = [(new or (0.0, 0.0), old or (0.0, 0.0)) for new, old in rows if new or old]
    else:
        filled = [(new, old) for new, old in rows if new and old]
    both = np.array(filled, np.float64).reshape(-1, 2, 2)
    return both[:, 0], both[:, 1]
