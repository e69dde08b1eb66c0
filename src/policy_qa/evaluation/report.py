"""What was measured, as text for a terminal: figures with intervals, by kind, style and document, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.evaluation.compare import Change, Comparison, Recited
from policy_qa.evaluation.gate import Judged
from policy_qa.evaluation.metrics import NAMED, Figure, Metric, figure, figures
from policy_qa.evaluation.questions import Question
from policy_qa.evaluation.results import Result

OWN_WORDS: Final = ("colloquial", "english", "no-diacritics", "abbreviation")
"""The styles in which questions about files are reported apart: how officers type, and documents do not write."""
BRIEF: Final = tuple(
    NAMED[name] for name in ("cited", "first", "precision", "facts", "verbatim", "refused", "wrongly_refused")
)
"""The metrics that stand in the tables by kind, style and document."""
MOST_DOCUMENTS: Final = 20
MOST_IDS: Final = 12
MOST_RECITED: Final = 40
LEAST_P: Final = 0.001
"""The least p-value that is told as a number: the bootstrap knows none below it."""
_WIDTH: Final = 42


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the results, told apart `by` kind, style or document; `name` says which."""

    by: str
    name: str
    results: tuple[Result, ...]


BY: Final[dict[str, tuple[str, Callable[[Result], Iterable[str]]]]] = {
    "kind": ("loại", lambda result: (result.question.kind,)),
    "style": ("cách hỏi", lambda result: (result.question.style,)),
    "document": ("văn bản", lambda result: sorted({id_.partition("#")[0] for id_ in result.question.gold_ids})),
}
"""How results are grouped: the word for it, and the groups that a result belongs to."""


def groups(results: Sequence[Result]) -> list[Group]:
    """The results by kind, by style and by document; a question about two documents is in both groups."""
    found: list[Group] = []
    for by, (_, names) in BY.items():
        held: dict[str, list[Result]] = {}
        for result in results:
            for name in names(result):
                held.setdefault(name, []).append(result)
        found += (Group(by, name, tuple(inside)) for name, inside in sorted(held.items()))
    return found


def report(results: Sequence[Result]) -> str:
    """All figures over at least one result."""
    lines = [_line(NAMED[name], made) for name, made in figures(results).items()]
    lines += (_table(by, [group for group in groups(results) if group.by == by]) for by in BY)
    over_files = [result for result in results if result.question.files]
    return "".join(lines) + (_over_files(over_files) if over_files else "")


def failures(results: Sequence[Result]) -> str:
    """Every question that was not right: its gold, what was cited and said, and what was found first."""
    return "".join(_failure(result) for result in results if is_wrong(result))


def broken(results: Sequence[Result]) -> str:
    """Every question that crashed or took too long, with the error; empty where there is none."""
    lines = [f"  {result.question.id}: {result.error}\n" for result in results if result.answer is None]
    return f"\n  câu bị lỗi hoặc quá giờ (tính là sai):\n{''.join(lines)}" if lines else ""


def left_out(questions: Sequence[Question]) -> str:
    """The line on questions that were not asked because the index lacks their files; empty where there are none."""
    if not questions:
        return ""
    needed = {item for question in questions for item in (*question.files, *question.versions)}
    return f"  bỏ qua {len(questions)} câu về {len(needed)} văn bản mà chỉ mục không có (xem docs/evaluation.md)\n"


def is_wrong(result: Result) -> bool:
    """Whether anything about the result is to be looked at: not refused, not cited, or cited besides."""
    if result.question.unanswerable:
        return not result.refused
    right = NAMED["first"].value(result) and NAMED["cited"].value(result)
    return not right or any(cited not in result.question.gold_ids for cited in result.cited)


def comparison(compared: Comparison) -> str:
    """What changed against an earlier run, metric by metric, with the ids of the questions won and lost."""
    lines = [f"\n  so với lần trước, {compared.count} câu chung (khoảng tin cậy 95 % của chênh lệch)\n"]
    lines += map(_change, compared.changes)
    if compared.recited:
        lines.append(f"\n  trích dẫn đã đổi ở {len(compared.recited)} câu\n")
        lines += map(_recited, compared.recited[:MOST_RECITED])
        if len(compared.recited) > MOST_RECITED:
            lines.append(f"  … và {len(compared.recited) - MOST_RECITED} câu khác (xem --json)\n")
    for what, ids in (("chỉ có lần này", compared.only_now), ("chỉ có lần trước", compared.only_before)):
        if ids:
            lines.append(f"  {what}: {_ids(ids)}\n")
    return "".join(lines)


def losses(name: str, compared: Comparison, unchanged: int) -> str:
    """What a perturbation of the questions cost, over those that it changed."""
    head = f"\n  {name}: đổi được {compared.count} câu, {unchanged} câu không có gì để đổi\n"
    brief = {metric.name for metric in BRIEF}
    return head + "".join(_change(change, with_ids=False) for change in compared.changes if change.metric in brief)


def gate(judged: Sequence[Judged]) -> str:
    """Every threshold beside its figure and interval."""
    lines = [f"\n  {'ngưỡng':<{_WIDTH + 18}}{'cần':>11}{'đo được':>10}\n"]
    for item in judged:
        metric, made = NAMED[item.metric], item.figure
        needed = f"{'≤' if metric.lower else '≥'} {shown(metric, item.threshold).strip()}"
        measured = f"{shown(metric, made.value)}  95 %: {_between(metric, made)}" if made else "  không đo được"
        verdict = "đạt" if item.passed else "KHÔNG ĐẠT"
        lines.append(f"  {_labelled(metric)}{needed:>11} {measured}  {verdict}\n")
    return "".join(lines)


def shown(metric: Metric, value: float) -> str:
    """A value of the metric, nine characters wide."""
    if metric.unit == "milliseconds":
        return f"{value:9.1f}"
    return f"{value:9.3f}" if metric.unit == "error" else f"{value:9.1%}"


def _labelled(metric: Metric) -> str:
    return f"{f'{metric.label} [{metric.name}]':<{_WIDTH + 18}}"


def _line(metric: Metric, made: Figure) -> str:
    return f"  {_labelled(metric)}{shown(metric, made.value)}  95 %: {_between(metric, made)}  n = {made.count:.0f}\n"


def _between(metric: Metric, made: Figure) -> str:
    return f"{shown(metric, made.low).strip():>6} – {shown(metric, made.high).strip():<6}"


def _table(by: str, found: Sequence[Group]) -> str:
    if not found:
        return ""
    most = sorted(found, key=lambda group: -len(group.results))[:MOST_DOCUMENTS]
    listed = [group for group in found if group in most] if by == "document" else found
    width = max(16, *(len(group.name) for group in listed)) + 2
    head = f"\n  {BY[by][0]:<{width}}{'n':>5}{'cited (95 %)':>25}" + "".join(f"{m.name:>17}" for m in BRIEF[1:])
    lines = [head, *(_row(group, width) for group in listed)]
    if len(listed) < len(found):
        lines.append(f"  … và {len(found) - len(listed)} văn bản khác")
    return "\n".join(lines) + "\n"


def _row(group: Group, width: int) -> str:
    made = figure(BRIEF[0], group.results)
    cited = f"{made.value:.1%} ({made.low:.0%} – {made.high:.0%})" if made else "–"
    values = (metric.over(group.results) for metric in BRIEF[1:])
    rest = "".join(f"{'–' if value is None else f'{value:.1%}':>17}" for value in values)
    return f"  {group.name:<{width}}{len(group.results):>5}{cited:>25}{rest}"


def _over_files(results: Sequence[Result]) -> str:
    """The questions about official files apart: their styles, and whether what they do not answer is refused."""
    lines = ["\n  câu hỏi về văn bản chính thức\n"]
    for style in OWN_WORDS:
        made = figure(NAMED["cited"], [r for r in results if r.question.style == style])
        lines.append(f"  {style:<16}{_line(NAMED['cited'], made)}" if made else f"  {style:<18}–\n")
    made = figure(NAMED["refused"], results)
    return "".join(lines) + (f"  {'':<16}{_line(NAMED['refused'], made)}" if made else "")


def _change(change: Change, *, with_ids: bool = True) -> str:
    metric = NAMED[change.metric]
    difference = f"{_signed(metric, change.low)} – {_signed(metric, change.high)}"
    p = f"p = {change.p:.3f}" if change.p >= LEAST_P else f"p < {LEAST_P}"
    line = (
        f"  {_labelled(metric)}{shown(metric, change.before)} → {shown(metric, change.after).strip():<7}"
        f" 95 %: {difference:<18} {p}  được {len(change.won)}, mất {len(change.lost)}\n"
    )
    if with_ids:
        for what, ids in (("được", change.won), ("mất", change.lost)):
            line += f"      {what}: {_ids(ids)}\n" if ids else ""
    return line


def _recited(one: Recited) -> str:
    before, after = (", ".join(ids) or "(không trích dẫn)" for ids in (one.before, one.after))
    return f"  {one.id}: {before}\n    → {after}\n"


def _signed(metric: Metric, value: float) -> str:
    text = shown(metric, value).strip()
    return text if value < 0 else f"+{text}"


def _ids(ids: Sequence[str]) -> str:
    more = f" … và {len(ids) - MOST_IDS} câu khác" if len(ids) > MOST_IDS else ""
    return ", ".join(ids[:MOST_IDS]) + more


def _failure(result: Result) -> str:
    question = result.question
    said = result.error or (result.answer.message if result.answer and result.answer.message else "")
    return (
        f"\n{question.id} [{question.kind}, {question.style}] {question.question}\n"
        f"  gold   {question.reason or list(question.gold)}\n"
        f"  cited  {list(result.cited)} {said}\n"
        f"  ranked {list(result.ranked[:2])}\n"
    )
