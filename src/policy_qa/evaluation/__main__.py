"""`python -m policy_qa.evaluation SET.jsonl`: answers a question set and prints how well."""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from policy_qa.answering.chain import Assistant
from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.metrics import METRICS, Result
from policy_qa.evaluation.questions import load
from policy_qa.evaluation.runner import run
from policy_qa.settings import load_settings


def main() -> int:
    """Prints the figures, by kind and style too; with `--failures` every question that was not right."""
    parser = argparse.ArgumentParser(prog="python -m policy_qa.evaluation", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--failures", action="store_true")
    arguments = parser.parse_args()
    try:
        settings = load_settings()
        assistant = Assistant.open(arguments.index or settings.index, settings.encoder, settings.reranker)
        questions = load(arguments.questions)
    except PolicyQAError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    results = list(run(assistant, questions))
    write = sys.stdout.write
    write(f"{arguments.questions}: {len(results)} questions\n")
    for metric in METRICS:
        value = metric.over(results)
        write(f"  {metric.label:<26}{'–' if value is None else f'{value:7.1%}'}\n")
    write(f"  {'median milliseconds':<26}{statistics.median(r.milliseconds for r in results):7.1f}\n")
    for title, group in (("kind", lambda r: r.question.kind), ("style", lambda r: r.question.style)):
        write(_by(title, group, results))
    if arguments.failures:
        write("".join(_failure(result) for result in results if _is_wrong(result)))
    return 0


def _by(title: str, group: Callable[[Result], str], results: Sequence[Result]) -> str:
    lines = [f"\n  {title:<16}{'n':>5}" + "".join(f"{metric.name:>17}" for metric in METRICS)]
    for name in sorted({group(result) for result in results}):
        inside = [result for result in results if group(result) == name]
        values = [metric.over(inside) for metric in METRICS]
        lines.append(
            f"  {name:<16}{len(inside):>5}" + "".join(f"{'–' if v is None else f'{v:.1%}':>17}" for v in values)
        )
    return "\n".join(lines) + "\n"


def _is_wrong(result: Result) -> bool:
    if result.question.unanswerable:
        return not result.refused
    hit, first = METRICS[1].hits(result), METRICS[0].hits(result)
    return not (hit and first) or any(cited not in result.question.gold_ids for cited in result.cited)


def _failure(result: Result) -> str:
    question = result.question
    said = result.answer.message if result.answer and result.answer.message else ""
    return (
        f"\n{question.id} [{question.kind}, {question.style}] {question.question}\n"
        f"  gold   {question.reason or list(question.gold)}\n"
        f"  cited  {list(result.cited)} {said}\n"
        f"  ranked {list(result.ranked[:2])}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
