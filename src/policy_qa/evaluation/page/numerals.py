"""Figures as Vietnamese writes them: a comma before the decimals, a point between thousands."""

from __future__ import annotations

import math


def share(value: float, decimals: int = 0) -> str:
    """`0.934` as `93 %`; with one decimal `93,4 %`. What is not all or nothing is never rounded to it; no number is a dash."""
    if math.isnan(value):
        return "–"
    step = 100 * 10**decimals
    whole = round(value * step)
    if 0 < value < 1:
        whole = min(max(whole, 1), step - 1)
    return f"{whole / 10**decimals:.{decimals}f} %".replace(".", ",")


def number(value: float) -> str:
    """`1234` as `1.234`; rounded to whole numbers."""
    return f"{round(value):,}".replace(",", ".")


def duration(milliseconds: float) -> str:
    """`84 ms`, `1,2 s`."""
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s".replace(".", ",")
