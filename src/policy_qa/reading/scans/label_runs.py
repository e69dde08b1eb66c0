"""Labels in a row, some of them misread: the numbers that they most likely have, by the cheapest way through the row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

# What a step costs. A label that looks like the next one is taken for it rather than for none, and so is one of the right
# kind with another number, but only where the labels after it go on from there; a number left out is likelier than that.
_NO_STOP: Final = 0.3
_LIKE: Final = 0.8
_LIKE_FIGURE: Final = 1.0  # for a figure where a letter begins a list: the list may well have figures
_MISREAD: Final = 2.6
_MISREAD_NO_STOP: Final = 1.2
_NO_LABEL: Final = {(True, True): 2.0, (True, False): 0.6, (False, True): 0.85, (False, False): 0.85}
_LEFT_OUT: Final = (1.0, 0.5, 1.9)  # for some numbers left out, for each of them, at most
_BACK: Final = 1.8
_AGAIN: Final = 0.5  # from 1 on again
_KEPT: Final = 40  # ways through the row that are followed


@dataclass(frozen=True, slots=True)
class Reading:
    """A label as it was read: its number where it is one as it stands, and whether the right stop is after it."""

    text: str
    number: int | None
    stopped: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """A way through the row so far: its cost, the last number, and what each label was taken for (None: no label)."""

    cost: float
    last: int
    before: _Way | None = None
    taken: int | None = None


def numbered(readings: Sequence[Reading], looks_like: Callable[[str, int], bool]) -> list[int | None]:
    """The number of each label; None for what is none. `looks_like(text, number)`: whether the label may be read so."""
    ways = [_Way(0.0, 0)]
    for reading in readings:
        best: dict[int, _Way] = {}
        for way in ways:
            for cost, number in _steps(reading, way.last, looks_like):
                last = way.last if number is None else number
                total = way.cost + cost
                if last not in best or total < best[last].cost:
                    best[last] = _Way(total, last, way, number)
        ways = sorted(best.values(), key=lambda way: way.cost)[:_KEPT]
    taken: list[int | None] = []
    at: _Way | None = ways[0]
    while at is not None and at.before is not None:
        taken.append(at.taken)
        at = at.before
    return taken[::-1]


def _steps(reading: Reading, last: int, looks_like: Callable[[str, int], bool]) -> list[tuple[float, int | None]]:
    """What a label may be after one with the number `last`, with the cost."""
    is_number = reading.number is not None
    steps: list[tuple[float, int | None]] = [(_NO_LABEL[is_number, reading.stopped], None)]
    for number in {last + 1, 1}:
        cost = _AGAIN if number != last + 1 else 0.0
        if looks_like(reading.text, number) and reading.number != number:
            is_first_figure = reading.text.isdigit() and not last
            steps.append((cost + (_LIKE_FIGURE if is_first_figure else _LIKE), number))
    if reading.number is None:
        return steps
    stop = 0.0 if reading.stopped else _NO_STOP
    missing = reading.number - last - 1
    if missing == 0:
        steps.append((stop, reading.number))
    elif missing > 0:
        steps.append((stop + min(_LEFT_OUT[0] + _LEFT_OUT[1] * missing, _LEFT_OUT[2]), reading.number))
    else:
        steps.append((stop + (_AGAIN if reading.number == 1 else _BACK), reading.number))
    if missing:
        steps.append((_MISREAD if reading.stopped else _MISREAD_NO_STOP, last + 1))
    return steps
