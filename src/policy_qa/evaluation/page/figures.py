"""The figures of a run in HTML: those that decide as cards, all of them as a table, and the plots."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from policy_qa.evaluation.intervals import interval
from policy_qa.evaluation.metrics import NAMED, Figure, Metric, figure
from policy_qa.evaluation.page.numerals import duration, number, share
from policy_qa.evaluation.page.plots import Bar, Bin, bars, histogram, reliability
from policy_qa.evaluation.page.records import document_label, documents_of, short_document_label
from policy_qa.evaluation.page.wording import KINDS, MEANINGS, STYLES
from policy_qa.evaluation.results import Result
from policy_qa.inspection.markup import shown

BINS: Final = 10
MOST_DOCUMENTS: Final = 12
"""So many documents, those with the most questions, have a bar of their own."""


def cards(figures: Mapping[str, Figure]) -> str:
    """The deciding figures, large, each with its interval, its n and what it means."""
    return f'<div class="cards">{"".join(_card(NAMED[name], figures.get(name)) for name in MEANINGS)}</div>'


def table(figures: Mapping[str, Figure]) -> str:
    """Every figure that could be measured."""
    rows = (
        (label(NAMED[name]) + (" (thấp là tốt)" if NAMED[name].lower else ""), *_cells(NAMED[name], made))
        for name, made in figures.items()
    )
    return number_table(("Chỉ số", "Giá trị", "Khoảng tin cậy 95 %", "n"), rows)


def plots(results: Sequence[Result]) -> str:
    """The plots, each with its numbers in a table for those who do not see it; those without questions are left out."""
    return f'<div class="plots">{"".join(_plots(results))}</div>'


def label(metric: Metric) -> str:
    """What a metric is called where its values bear their unit themselves."""
    return metric.label.removesuffix(" (ms)")


def value(metric: Metric, amount: float) -> str:
    """A value of this metric as it is printed."""
    match metric.unit:
        case "milliseconds":
            return duration(amount)
        case "error":
            return f"{amount:.3f}".replace(".", ",")
        case _:
            return share(amount, 1)


# --- cards and tables ---------------------------------------------------------------------------------------------


def _card(metric: Metric, made: Figure | None) -> str:
    heading, means = shown(label(metric)[:1].upper() + label(metric)[1:]), shown(MEANINGS[metric.name])
    if made is None:
        figures = '<p class="figure">–</p><p class="range">không có câu nào để đo</p>'
    else:
        amount, between, count = _cells(metric, made)
        figures = f'<p class="figure">{amount}</p><p class="range">95 %: {between} · n = {count}</p>'
    return f'<div class="card"><h3>{heading}</h3>{figures}<p class="means">{means}</p></div>'


def _cells(metric: Metric, made: Figure) -> tuple[str, str, str]:
    between = f"{value(metric, made.low)} đến {value(metric, made.high)}"
    return value(metric, made.value), between, number(made.count)


def number_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of words: the first column names its row, the others are figures."""
    columns = "".join(f'<th scope="col"{_n(at)}>{shown(words)}</th>' for at, words in enumerate(head))
    lines = "".join(
        f'<tr><th scope="row">{shown(first)}</th>'
        + "".join(f'<td class="n">{shown(cell)}</td>' for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return f'<div class="wide"><table class="numbers"><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table></div>'


def _n(column: int) -> str:
    return ' class="n"' if column else ""


# --- plots --------------------------------------------------------------------------------------------------------


def _plots(results: Sequence[Result]) -> Iterator[str]:
    answerable = [result for result in results if not result.question.unanswerable]
    if answerable:
        yield _share_plot("Trích dẫn đúng điều khoản, theo loại câu hỏi", _groups(answerable, _kind))
        yield _share_plot("Trích dẫn đúng điều khoản, theo lối viết", _groups(answerable, _style))
        by_document = _groups(answerable, lambda result: documents_of(result.question))
        which = "theo văn bản" + (" có nhiều câu hỏi nhất" if len(by_document) > MOST_DOCUMENTS else "")
        most = dict(list(by_document.items())[:MOST_DOCUMENTS])
        yield _share_plot(f"Trích dẫn đúng điều khoản, {which}", most, short_document_label, document_label)
    bins = _bins(results)
    if bins:
        yield _reliability_plot(bins)
    if results:
        yield _latency_plot([result.milliseconds for result in results])


def _kind(result: Result) -> Iterable[str]:
    return (KINDS.get(result.question.kind, result.question.kind),)


def _style(result: Result) -> Iterable[str]:
    return (STYLES.get(result.question.style, result.question.style),)


def _groups(results: Sequence[Result], names: Callable[[Result], Iterable[str]]) -> dict[str, list[Result]]:
    """The results by name, the largest group first."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        for name in names(result):
            groups.setdefault(name, []).append(result)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _share_plot(
    title: str,
    groups: Mapping[str, Sequence[Result]],
    drawn: Callable[[str], str] = str,
    told: Callable[[str], str] = str,
) -> str:
    """The share by group; `drawn` and `told` name a group beside its bar and in the table."""
    made = {name: figure(NAMED["cited"], inside) for name, inside in groups.items()}
    rows = {name: _bar(drawn(name), f) for name, f in made.items()}
    cells = [(told(name), *_bar_cells(bar)) for name, bar in rows.items()]
    sentence = f"{title}: " + "; ".join(f"{name} {amount}" for name, amount, *_ in cells)
    return _figure(
        title,
        "Vạch ngang là khoảng tin cậy 95 %.",
        bars(list(rows.values()), sentence),
        number_table(("Nhóm", "Tỷ lệ", "Khoảng tin cậy 95 %", "n"), cells),
    )


def _bar(name: str, made: Figure | None) -> Bar:
    return Bar(name, made.value, made.low, made.high, made.count) if made else Bar(name, None, 0, 0, 0)


def _bar_cells(bar: Bar) -> tuple[str, str, str]:
    if bar.value is None:
        return "–", "–", "0"
    return share(bar.value, 1), f"{share(bar.low, 1)} đến {share(bar.high, 1)}", number(bar.count)


def _bins(results: Sequence[Result]) -> list[Bin]:
    """Ten bins of equal width over the stated probabilities, against whether the documents do answer; empty ones left out."""
    inside: dict[int, list[tuple[float, bool]]] = {}
    for result in results:
        if result.answer is not None and result.probability is not None:
            pair = (result.probability, not result.question.unanswerable)
            inside.setdefault(min(int(result.probability * BINS), BINS - 1), []).append(pair)
    return [_bin(pairs) for _, pairs in sorted(inside.items())]


def _bin(pairs: Sequence[tuple[float, bool]]) -> Bin:
    true = statistics.fmean(answered for _, answered in pairs)
    return Bin(statistics.fmean(stated for stated, _ in pairs), true, *interval(true, len(pairs)), len(pairs))


def _reliability_plot(bins: Sequence[Bin]) -> str:
    title = "Xác suất được nêu có đáng tin không"
    rows = [
        (share(b.stated), share(b.true), f"{share(b.low)} đến {share(b.high)}", number(b.count)) for b in bins
    ]  # fmt: skip
    sentence = f"{title}: " + "; ".join(f"nêu {share(b.stated)}, thật {share(b.true)}" for b in bins)
    return _figure(
        title,
        "Trong các câu mà hệ thống nêu cùng một xác suất trả lời được, tỷ lệ câu thật có trong văn bản. Nằm trên đường chéo là "
        "đáng tin; chấm to là nhiều câu.",
        reliability(bins, sentence),
        number_table(("Xác suất nêu", "Tỷ lệ thật", "Khoảng tin cậy 95 %", "Số câu"), rows),
    )


def _latency_plot(milliseconds: Sequence[float]) -> str:
    title = "Thời gian trả lời"
    at = {"p50": statistics.median(milliseconds), "p95": _percentile(milliseconds, 95)}
    rows = [(name, duration(ms)) for name, ms in at.items()]
    rows += [("nhanh nhất", duration(min(milliseconds))), ("chậm nhất", duration(max(milliseconds)))]
    sentence = f"{title}: một nửa số câu trong {duration(at['p50'])}, 95 % trong {duration(at['p95'])}"
    return _figure(
        title,
        "Số câu theo thời gian (trục ngang theo thang lôgarit); p50 là trung vị, p95 là mốc của 95 % số câu.",
        histogram(milliseconds, list(at.items()), sentence),
        number_table(("Mốc", "Thời gian"), rows),
    )


def _percentile(values: Sequence[float], wanted: int) -> float:
    """As the metric has it: linear between the two nearest."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[wanted - 1]


def _figure(title: str, note: str, drawing: str, numbers: str) -> str:
    return (
        f"<figure><figcaption><h3>{shown(title)}</h3><p>{shown(note)}</p></figcaption>{drawing}"
        f"<details><summary>Số liệu của biểu đồ</summary>{numbers}</details></figure>"
    )
