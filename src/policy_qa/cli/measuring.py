"""What `eval run` does with a set that is opened: asks it before the user's eyes, and prints figures, losses and the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.cli.console import fail, say, show_text, write_json

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.evaluation.compare import Comparison
    from policy_qa.evaluation.questions import Question
    from policy_qa.evaluation.results import Results, Run


def measured(assistant: Assistant, asked: Sequence[Question], run_head: Run, place: Path, seconds: float) -> Results:
    """Asks the questions, with a progress bar on stderr where that is a terminal."""
    from policy_qa.cli.indexing import progress_bar
    from policy_qa.evaluation.bench import measure

    stage = run_head.perturbation or "Hỏi"
    with progress_bar() as bar:
        return measure(
            assistant,
            asked,
            assistant.index,
            run_head,
            place,
            seconds=seconds,
            progress=lambda done, total: bar(stage, done, total),
            note=say,
        )


def show(results: Results, *, as_json: bool, failures: bool) -> None:
    """Prints every figure, as a text or a line of JSON each, and which questions failed."""
    from policy_qa.evaluation import report as text
    from policy_qa.evaluation.metrics import figures

    if not as_json:
        wrong = text.failures(results.results) if failures else ""
        show_text(text.report(results.results) + text.broken(results.results) + wrong)
        return
    write_json({"run": results.run})
    for made in figures(results.results).values():
        write_json({"figure": made})
    for group in text.groups(results.results):
        for made in figures(group.results).values():
            write_json({"figure": made, "by": group.by, "name": group.name})
    for result in results.results:
        if result.answer is None:
            write_json({"failed": result.question.id, "error": result.error})


def perturbed_too(
    name: str,
    assistant: Assistant,
    asked: Sequence[Question],
    results: Results,
    folder: Path,
    seconds: float,
    *,
    as_json: bool,
) -> None:
    """Asks the set again as one perturbation changes it, and prints what that cost."""
    from dataclasses import replace

    from policy_qa.evaluation import report as text
    from policy_qa.evaluation.compare import compare
    from policy_qa.evaluation.perturbations import perturbed
    from policy_qa.evaluation.results import RESULTS_NAME, now

    changed = perturbed(asked, name)
    if not changed.questions:
        say(f"{name}: không câu nào có gì để đổi.")
        return
    run_head = replace(results.run, count=len(changed.questions), started=now(), perturbation=name)
    again = measured(assistant, changed.questions, run_head, folder / name / RESULTS_NAME, seconds)
    compared = compare(again.results, [r for r in results.results if r.question.id in _ids(again)])
    if as_json:
        write_json({"perturbation": name, "unchanged": len(changed.unchanged), "comparison": compared})
    else:
        show_text(text.losses(name, compared, len(changed.unchanged)))


def _ids(results: Results) -> frozenset[str]:
    return frozenset(result.question.id for result in results.results)


def write_report(results: Results, folder: Path, changes: Comparison | None) -> None:
    """Writes the report of a run into its folder."""
    from policy_qa.evaluation.page import REPORT_NAME, write_page

    write_page(results, folder / REPORT_NAME, changes)
    say(f"Báo cáo: {folder / REPORT_NAME}")


def held_against(thresholds: Mapping[str, float], results: Results, *, as_json: bool) -> None:
    """Prints each figure beside its threshold; raises what ends the command with status 1 where one is not good enough."""
    from policy_qa.evaluation import report as text
    from policy_qa.evaluation.gate import judge, passes
    from policy_qa.evaluation.metrics import figures

    if not thresholds:
        return
    judged = judge(thresholds, figures(results.results))
    if as_json:
        for item in judged:
            write_json({"threshold": item, "passed": item.passed})
    else:
        show_text(text.gate(judged))
    if not passes(judged):
        missed = [item for item in judged if not item.passed]
        raise fail(f"Không đạt {len(missed)} trên {len(judged)} ngưỡng: {', '.join(item.metric for item in missed)}.")
