"""What is measured: small named values, of one question first, then of all that were asked.

A metric gives every question that it concerns a row of two numbers, and makes one figure of the rows. A question that
failed (it crashed, or took too long) gets the worst row that there is, so that failures cannot shrink the denominator.
What each metric means: docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from policy_qa.evaluation import combining, scores
from policy_qa.evaluation.intervals import Rows, bootstrap, interval
from policy_qa.evaluation.results import Result

__all__ = ["METRICS", "NAMED", "Figure", "Metric", "Result", "figure", "figures", "interval"]

Unit: TypeAlias = Literal["share", "error", "milliseconds"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A named value.

    `row` is what a question scores, None where the metric does not concern it: (hits, chances) for shares. `combine` makes
    the figure of rows, shape (questions, 2) or of many resamples at once (resamples, questions, 2). `yes_no` metrics have
    one chance a question, hit or missed. `lower` is better for some.
    """

    name: str
    label: str
    row: Callable[[Result], scores.Row | None]
    combine: Callable[[Rows], Rows] = combining.share
    yes_no: bool = False
    lower: bool = False
    unit: Unit = "share"

    def rows(self, results: Sequence[Result]) -> Rows:
        """The rows of the questions that the metric concerns."""
        found = [row for row in map(self.row, results) if row is not None]
        return np.array(found, np.float64).reshape(-1, 2)

    def value(self, result: Result) -> float | None:
        """What one question scores: its share, or the number itself; None where it has no chance to."""
        row = self.row(result)
        if row is None or not row[1]:
            return None
        return row[0] / row[1] if self.combine is combining.share else row[0]

    def over(self, results: Sequence[Result]) -> float | None:
        """The figure over all results; None where nothing could be scored."""
        return _combined(self, self.rows(results))

    def count(self, results: Sequence[Result]) -> float:
        """The n of the figure: questions, citations or quotes, as the metric has it."""
        rows = self.rows(results)
        return float(rows[:, 1].sum() if self.combine is combining.share else len(rows))

    def scored(self, rows: Rows) -> int:
        """How many of the rows bear on the figure: a question without a chance (refused, and so nothing cited) does not."""
        return int(np.count_nonzero(rows[:, 1])) if self.combine is combining.share else len(rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a metric came to: its value, the ends of the 95 % interval, and the n behind it."""

    metric: str
    value: float
    low: float
    high: float
    count: float


def figure(metric: Metric, results: Sequence[Result]) -> Figure | None:
    """The figure with its interval: Wilson's for yes or no, else from resampled questions; None where nothing was scored."""
    rows = metric.rows(results)
    value = _combined(metric, rows)
    if value is None:
        return None
    count = metric.count(results)
    if metric.yes_no:
        return Figure(metric.name, value, *interval(value, count), count)
    low, high = bootstrap(rows, metric.combine)
    if low == high and metric.unit == "share" and value in (0.0, 1.0):
        # Where all questions score alike, resampling knows no doubt; the number of questions does.
        low, high = interval(value, metric.scored(rows))
    return Figure(metric.name, value, min(low, value), max(high, value), count)


def figures(results: Sequence[Result]) -> dict[str, Figure]:
    """All figures that could be measured, by the name of their metric, in the order of `METRICS`."""
    found = ((metric.name, figure(metric, results)) for metric in METRICS)
    return {name: made for name, made in found if made is not None}


def _combined(metric: Metric, rows: Rows) -> float | None:
    if not len(rows):
        return None
    value = float(metric.combine(rows))
    return None if np.isnan(value) else value


def _retrieval(name: str) -> Metric:
    return Metric(name, f"truy hồi {name}", scores.retrieval(name))


METRICS: Final = (
    Metric("first", "đúng điều khoản ở vị trí đầu", scores.first, yes_no=True),
    Metric("cited", "trích dẫn đúng điều khoản", scores.cited, yes_no=True),
    Metric("precision", "điều khoản trích dẫn là đúng", scores.precision),
    Metric("recall", "điều khoản cần dẫn được dẫn", scores.recall),
    Metric("F2", "F2 của trích dẫn", scores.f2),
    Metric("cited_up", "trích dẫn đúng ở cấp trên", scores.cited_up, yes_no=True),
    Metric("precision_up", "điều khoản trích dẫn là đúng, ở cấp trên", scores.precision_up),
    Metric("recall_up", "điều khoản cần dẫn được dẫn, ở cấp trên", scores.recall_up),
    Metric("F2_up", "F2 của trích dẫn, ở cấp trên", scores.f2_up),
    Metric("facts", "đủ chi tiết chính", scores.facts),
    Metric("items", "danh sách đủ mục", scores.items),
    Metric("verbatim", "trích nguyên văn", scores.verbatim),
    Metric("support", "câu trả lời có căn cứ", scores.support),
    Metric("support_precision", "trích dẫn làm căn cứ", scores.support_precision),
    Metric("refused", "từ chối đúng câu không có trong văn bản", scores.refused, yes_no=True),
    Metric("refusal_precision", "từ chối là đúng", scores.refusal_precision, yes_no=True),
    Metric("wrongly_refused", "từ chối câu có trong văn bản", scores.wrongly_refused, yes_no=True, lower=True),
    *map(_retrieval, scores.RETRIEVAL),
    Metric("AUROC", "xác suất phân biệt được câu có trả lời", scores.sureness, combining.auroc),
    Metric("ECE", "sai số của xác suất", scores.sureness, combining.miscalibration, lower=True, unit="error"),
    Metric(
        "p50",
        "thời gian trả lời, trung vị (ms)",
        scores.time,
        combining.percentile(50),
        lower=True,
        unit="milliseconds",
    ),
    Metric(
        "p95", "thời gian trả lời, 95 % (ms)", scores.time, combining.percentile(95), lower=True, unit="milliseconds"
    ),
    Metric("failed", "câu bị lỗi hoặc quá giờ", scores.failed, yes_no=True, lower=True),
)
NAMED: Final = {metric.name: metric for metric in METRICS}
