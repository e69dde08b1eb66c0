"""How sure a figure is: 95 % intervals, and tests of whether two runs differ."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

RESAMPLES: Final = 1_000
_AT_ONCE: Final = 2_000_000
"""Numbers held at a time while resampling."""
_SEED: Final = 1

Rows: TypeAlias = NDArray[np.float64]
"""What questions score, shape (questions, 2); of many resamples at once, shape (resamples, questions, 2)."""


def interval(share: float, count: float) -> tuple[float, float]:
    """The 95 % interval of a share of `count` > 0 trials (Wilson 1927, which holds for few trials and near 0 and 1, too)."""
    z = 1.959964
    middle = share + z * z / (2 * count)
    reach = z * math.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    scale = 1 + z * z / count
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def bootstrap(rows: Rows, combine: Callable[[Rows], Rows]) -> tuple[float, float]:
    """The 95 % interval of a figure, from resampled questions (Efron 1979, percentiles); the same for the same rows.

    `rows` has the shape (questions, 2); `combine` takes many resamples at once, shape (resamples, questions, 2).
    """
    values = resampled(rows, combine)
    values = values[~np.isnan(values)]
    if not len(values):
        return math.nan, math.nan
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def resampled(rows: Rows, combine: Callable[[Rows], Rows]) -> Rows:
    """The figure of each resample; which questions are drawn depends on how many there are, and on nothing else."""
    count = len(rows)
    step = max(1, _AT_ONCE // (2 * count))
    chance = np.random.default_rng(_SEED)
    parts = [
        combine(rows[chance.integers(0, count, (min(step, RESAMPLES - at), count))]) for at in range(0, RESAMPLES, step)
    ]
    return np.concatenate(parts)


def mcnemar(won: int, lost: int) -> float:
    """How likely so uneven a split of the questions that changed is by chance alone (McNemar, exact, two-sided)."""
    changed, fewer = won + lost, min(won, lost)
    if not changed:
        return 1.0
    ways = tail = 1
    for k in range(1, fewer + 1):
        ways = ways * (changed - k + 1) // k
        tail += ways
    return min(1.0, 2 * tail / (1 << changed))


def paired(rows: Rows, earlier: Rows, combine: Callable[[Rows], Rows]) -> tuple[float, float, float]:
    """Of the difference of a figure between two runs of the same questions: the ends of its 95 % interval, and a p-value.

    The same questions are drawn for both. The p-value is twice the share of resampled differences that are not on the side
    on which most are, at least 1 / resamples; 1 where nothing differs.
    """
    if np.array_equal(rows, earlier):
        return 0.0, 0.0, 1.0
    differences = resampled(rows, combine) - resampled(earlier, combine)
    differences = differences[~np.isnan(differences)]
    if not len(differences):
        return math.nan, math.nan, 1.0
    low, high = np.percentile(differences, [2.5, 97.5])
    beyond = min(float((differences <= 0).mean()), float((differences >= 0).mean()))
    return float(low), float(high), min(1.0, max(2 * beyond, 1 / RESAMPLES))
