"""The plots of a report, drawn as SVG: bars with intervals, a reliability diagram, a histogram of latency, won and lost.

Each is one `<svg role="img">` with a sentence for those who do not see it; colours come from the style sheet. Nothing is
scaled by the browser beyond the width of its column, so that the letters stay legible on a phone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from policy_qa.evaluation.page.numerals import duration, number, share
from policy_qa.inspection.markup import escaped
from policy_qa.reading.invisible import without_invisible

WIDTH: Final = 440
"""Units of the drawing; at most so many pixels and a fifth more on a screen."""

_LABELS, _PLOT, _ROW = 158, 160, 26
_MARK_ROW = 18  # between the names of two marks
_MARK_NAME = 90  # as wide as a name gets
_LONGEST = 21  # code points of a label beside a bar
_STEPS: Final = 8  # bins of the histogram to a power of ten
_GRID: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of `count` with its 95 % interval; `value` is None where nothing could be scored."""

    label: str
    value: float | None
    low: float
    high: float
    count: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose probability is alike: its mean, the share that came true with its 95 % interval, how many they are."""

    stated: float
    true: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Balance:
    """How many questions a metric won and lost against the earlier run."""

    label: str
    won: int
    lost: int


def bars(rows: Sequence[Bar], sentence: str) -> str:
    """A horizontal bar a row, with its interval as a whisker, and the share and n in figures."""
    height = 24 + _ROW * len(rows)
    parts = [
        _line(_x(at), 4, _x(at), height - 18, "grid") + _text(_x(at), height - 4, share(at), "tick mid") for at in _GRID
    ]
    for row, bar in enumerate(rows):
        middle = 4 + _ROW * row + _ROW / 2
        parts.append(_text(_LABELS - 8, middle + 4.5, _fitted(bar.label), "label end"))
        if bar.value is None:
            parts.append(_text(_x(0) + 6, middle + 4.5, "không có câu nào để đo", "tick"))
            continue
        parts.append(
            f'<rect class="bar" x="{_LABELS}" y="{middle - 7:.1f}" width="{_PLOT * bar.value:.1f}" height="14"/>'
            + _whisker(_x(bar.low), _x(bar.high), middle)
            + _text(_LABELS + _PLOT + 12, middle + 4.5, f"{share(bar.value)} (n = {number(bar.count)})", "value")
        )
    return _svg(height, sentence, parts)


def reliability(bins: Sequence[Bin], sentence: str) -> str:
    """What was stated against what came true; on the diagonal both agree. A point's area goes with its questions."""
    left, top, side = 52, 10, 300
    most = max((b.count for b in bins), default=1)

    def across(value: float) -> float:
        return left + side * value

    def up(value: float) -> float:
        return top + side * (1 - value)

    parts = [
        _line(across(at), top, across(at), top + side, "grid") + _line(left, up(at), left + side, up(at), "grid")
        + _text(across(at), top + side + 16, share(at), "tick mid") + _text(left - 6, up(at) + 4, share(at), "tick end")
        for at in _GRID
    ]  # fmt: skip
    parts.append(_line(across(0), up(0), across(1), up(1), "diagonal"))
    for one in bins:
        x = across(one.stated)
        parts.append(_line(x, up(one.low), x, up(one.high), "whisker"))
        parts.append(
            f'<circle class="point" cx="{x:.1f}" cy="{up(one.true):.1f}" r="{3 + 7 * math.sqrt(one.count / most):.1f}"/>'
        )
    parts.append(_text(left + side / 2, top + side + 34, "xác suất mà hệ thống nêu", "label mid"))
    parts.append(f'<text class="label mid" transform="translate(14 {top + side / 2}) rotate(-90)">tỷ lệ có thật</text>')
    return _svg(top + side + 42, sentence, parts)


def histogram(milliseconds: Sequence[float], marks: Sequence[tuple[str, float]], sentence: str) -> str:
    """How many questions took how long, on a logarithmic axis, with a line for each of `marks` (name, milliseconds)."""
    left, top, wide, high = 40, 24 + _MARK_ROW * len(marks), 380, 170
    edges, counts = _binned(milliseconds)
    most = max(counts) or 1
    first, last = math.log(edges[0]), math.log(edges[-1])

    def across(value: float) -> float:
        return left + wide * (math.log(min(max(value, edges[0]), edges[-1])) - first) / (last - first)

    parts = [_line(left, top + high, left + wide, top + high, "axis")]
    parts += [_text(left - 5, top + high * (1 - at) + 4, number(round(most * at)), "tick end") for at in (0, 1)]
    for (low, upper), count in zip(pairwise(edges), counts, strict=True):
        tall = high * count / most
        parts.append(
            f'<rect class="bar" x="{across(low) + 0.5:.1f}" y="{top + high - tall:.1f}" '
            f'width="{across(upper) - across(low) - 1:.1f}" height="{tall:.1f}"/>'
        )
    parts += [_text(across(at), top + high + 16, duration(at), "tick mid") for at in _decades(edges)]
    # Lines first: a name that has to lie across another's line covers it.
    parts += [
        _line(across(at), 8 + _MARK_ROW * row, across(at), top + high, "mark") for row, (_, at) in enumerate(marks)
    ]
    for row, (name, at) in enumerate(marks):
        x = across(at)
        # The first name stands to the left of its line, the last to the right, where there is room.
        room = x - left if row == 0 else left + wide - x
        to_left = (row == 0) == (room >= _MARK_NAME)
        said = f"{name}: {duration(at)}"
        parts.append(
            _text(x - 5 if to_left else x + 5, 17 + _MARK_ROW * row, said, f"value over{' end' if to_left else ''}")
        )
    return _svg(top + high + 24, sentence, parts)


def won_lost(rows: Sequence[Balance], sentence: str) -> str:
    """A row a metric: lost to the left of the middle, won to the right."""
    label, middle, reach = 150, 290, 110
    most = max((max(row.won, row.lost) for row in rows), default=0) or 1
    height = 26 + _ROW * len(rows)
    parts = [_text(middle - 6, 14, "kém hơn", "tick end"), _text(middle + 6, 14, "tốt hơn", "tick")]
    for at, row in enumerate(rows):
        y = 22 + _ROW * at + _ROW / 2
        for count, way, style in ((row.lost, -1, "lost"), (row.won, 1, "won")):
            wide = reach * count / most
            x = middle - wide if way < 0 else middle
            parts.append(f'<rect class="{style}" x="{x:.1f}" y="{y - 7:.1f}" width="{wide:.1f}" height="14"/>')
            parts.append(_text(middle + way * (wide + 5), y + 4.5, number(count), "value end" if way < 0 else "value"))
        parts.append(_text(label - 8, y + 4.5, row.label, "label end"))
    parts.append(_line(middle, 20, middle, height, "axis"))
    return _svg(height, sentence, parts)


# --- pieces -------------------------------------------------------------------------------------------------------


def _svg(height: float, sentence: str, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" aria-label="{_words(sentence)}" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _fitted(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"


def _words(words: str) -> str:
    """As text of a drawing, where no element can show what is invisible."""
    return escaped(without_invisible(words))


def _x(value: float) -> float:
    return _LABELS + _PLOT * value


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}">{_words(words)}</text>'


def _whisker(low: float, high: float, y: float) -> str:
    ends = "".join(_line(x, y - 4, x, y + 4, "whisker") for x in (low, high))
    return _line(low, y, high, y, "whisker") + ends


def _binned(milliseconds: Sequence[float]) -> tuple[list[float], list[int]]:
    """Edges of bins of equal width on the logarithmic axis, eight to a power of ten, and how many values each bin has."""
    places = Counter(math.floor(math.log10(max(ms, 1.0)) * _STEPS) for ms in milliseconds)
    bins = range(min(places, default=0), max(places, default=0) + 1)
    return [10 ** (at / _STEPS) for at in (*bins, bins.stop)], [places[at] for at in bins]


def _decades(edges: Sequence[float]) -> Iterator[float]:
    """The powers of ten between the edges; where these are few, 2 and 5 of each as well; at worst the edges themselves."""
    powers = range(math.floor(math.log10(edges[0])), math.ceil(math.log10(edges[-1])) + 1)
    wide = edges[-1] / edges[0] > 200
    steps = [digit * 10.0**power for power in powers for digit in ((1,) if wide else (1, 2, 5))]
    inside = [step for step in steps if edges[0] <= step <= edges[-1] * 1.0001]
    yield from (inside if len(inside) > 1 else (edges[0], edges[-1]))
