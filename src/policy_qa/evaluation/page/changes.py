"""What changed against an earlier run of the same questions, in HTML: won and lost by metric, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policy_qa.evaluation.compare import Change, Comparison
from policy_qa.evaluation.metrics import NAMED
from policy_qa.evaluation.page.figures import label, number_table, value
from policy_qa.evaluation.page.numerals import number
from policy_qa.evaluation.page.plots import Balance, won_lost
from policy_qa.evaluation.page.wording import MEANINGS, SHORT
from policy_qa.inspection.markup import shown

SURE: Final = 0.05
"""What chance alone brings about less often than this counts as a difference."""


def changes_by_question(compared: Comparison) -> dict[str, dict[str, int]]:
    """By the id of a question, the deciding metrics that it won (+1) or lost (-1); questions that stayed are left out."""
    ways: dict[str, dict[str, int]] = {}
    for change in _deciding(compared):
        for ids, way in ((change.won, 1), (change.lost, -1)):
            for question in ids:
                ways.setdefault(question, {})[change.metric] = way
    return ways


def changes_html(compared: Comparison) -> str:
    """The section on what changed."""
    body = f"<p>{shown(' '.join(_told(compared)))}</p>" + (
        _figure(compared) + _tables(compared) if compared.count else ""
    )
    return (
        f'<section class="block" aria-labelledby="h-changes"><h2 id="h-changes">So với lần trước</h2>{body}</section>'
    )


def _deciding(compared: Comparison) -> list[Change]:
    return [change for change in compared.changes if change.metric in SHORT]


def _told(compared: Comparison) -> Iterator[str]:
    if not compared.count:
        yield "Hai lần chạy không có câu hỏi nào chung nên không so sánh được."
        return
    yield f"So sánh từng câu một, trên {number(compared.count)} câu có ở cả hai lần chạy."
    if compared.only_now or compared.only_before:
        now, before = number(len(compared.only_now)), number(len(compared.only_before))
        yield f"{now} câu chỉ có ở lần này, {before} câu chỉ có ở lần trước."


def _figure(compared: Comparison) -> str:
    rows = [Balance(SHORT[change.metric], len(change.won), len(change.lost)) for change in _deciding(compared)]
    sentence = "; ".join(f"{row.label}: tốt hơn {row.won}, kém hơn {row.lost}" for row in rows)
    return (
        "<figure><figcaption><h3>Số câu tốt hơn và kém hơn, theo chỉ số</h3></figcaption>"
        f"{won_lost(rows, sentence)}</figure>"
    )


def _tables(compared: Comparison) -> str:
    head = ("Chỉ số", "Lần trước", "Lần này", "Tốt hơn", "Kém hơn", "p", "Nhận xét")
    deciding = [change for change in compared.changes if change.metric in MEANINGS]
    return number_table(head, map(_row, deciding)) + (
        '<details class="more-figures"><summary>So sánh mọi chỉ số</summary>'
        f"{number_table(head, map(_row, compared.changes))}</details>"
    )


def _row(change: Change) -> tuple[str, ...]:
    metric = NAMED[change.metric]
    p = "< 0,001" if change.p < 0.001 else f"{change.p:.3f}".replace(".", ",")
    counts = (number(len(change.won)), number(len(change.lost))) if change.won or change.lost else ("", "")
    return label(metric), value(metric, change.before), value(metric, change.after), *counts, p, _judged(change)


def _judged(change: Change) -> str:
    if change.before == change.after and not change.won and not change.lost:
        return "không đổi"
    if change.p >= SURE:
        return "có thể chỉ do tình cờ"
    return "tốt lên rõ rệt" if (change.after > change.before) != NAMED[change.metric].lower else "kém đi rõ rệt"
