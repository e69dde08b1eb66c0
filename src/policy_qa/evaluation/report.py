"""What was measured, as text: shares with intervals, by kind and style, and what went wrong."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from policy_qa.evaluation.metrics import METRICS, Metric, Result, interval
from policy_qa.evaluation.questions import Question

FIRST, CITED = METRICS[:2]
OWN_WORDS = ("colloquial", "english", "no-diacritics", "abbreviation")
"""The styles in which questions about files are reported apart: how officers type, and documents do not write."""


def report(results: Sequence[Result]) -> str:
    """All figures over at least one result."""
    lines = [_line(metric, results) for metric in METRICS]
    lines.append(f"  {'median milliseconds':<26}{statistics.median(r.milliseconds for r in results):7.1f}\n")
    lines.append(_by("kind", lambda r: r.question.kind, results))
    lines.append(_by("style", lambda r: r.question.style, results))
    over_files = [result for result in results if result.question.files]
    return "".join(lines) + (_over_files(over_files) if over_files else "")


def failures(results: Sequence[Result]) -> str:
    """Every question that was not right: its gold, what was cited and said, and what was found first."""
    return "".join(_failure(result) for result in results if _is_wrong(result))


def left_out(questions: Sequence[Question]) -> str:
    """The line on questions that were not asked because the index lacks their files; empty where there are none."""
    if not questions:
        return ""
    files = len({file for question in questions for file in question.files})
    return f"  left out: {len(questions)} questions about {files} files that the index does not hold (see evals/README.md)\n"


def _line(metric: Metric, results: Sequence[Result]) -> str:
    return f"  {metric.label:<26}{_share(metric, results)}\n"


def _share(metric: Metric, results: Sequence[Result]) -> str:
    value = metric.over(results)
    if value is None:
        return "–"
    count = metric.count(results)
    low, high = interval(value, count)
    return f"{value:7.1%}  95 %: {low:6.1%} to {high:6.1%}  n = {count:.0f}"


def _by(title: str, group: Callable[[Result], str], results: Sequence[Result]) -> str:
    lines = [f"\n  {title:<16}{'n':>5}" + "".join(f"{metric.name:>17}" for metric in METRICS)]
    for name in sorted({group(result) for result in results}):
        inside = [result for result in results if group(result) == name]
        values = [metric.over(inside) for metric in METRICS]
        lines.append(
            f"  {name:<16}{len(inside):>5}" + "".join(f"{'–' if v is None else f'{v:.1%}':>17}" for v in values)
        )
    return "\n".join(lines) + "\n"


def _over_files(results: Sequence[Result]) -> str:
    """The questions about official files apart: their styles, and whether what they do not answer is refused."""
    lines = ["\n  questions about official files: right provision cited, and not answerable refused\n"]
    by_style = ((style, [r for r in results if r.question.style == style]) for style in OWN_WORDS)
    lines.extend(f"  {style:<26}{_share(CITED, inside)}\n" for style, inside in by_style)
    refused = next(metric for metric in METRICS if metric.name == "refused")
    return "".join(lines) + _line(refused, results)


def _is_wrong(result: Result) -> bool:
    if result.question.unanswerable:
        return not result.refused
    right = FIRST.hits(result) and CITED.hits(result)
    return not right or any(cited not in result.question.gold_ids for cited in result.cited)


def _failure(result: Result) -> str:
    question = result.question
    said = result.answer.message if result.answer and result.answer.message else ""
    return (
        f"\n{question.id} [{question.kind}, {question.style}] {question.question}\n"
        f"  gold   {question.reason or list(question.gold)}\n"
        f"  cited  {list(result.cited)} {said}\n"
        f"  ranked {list(result.ranked[:2])}\n"
    )
