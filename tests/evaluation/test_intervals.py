"""Intervals hold what they promise; tests of two runs against values worked apart from the code."""

from __future__ import annotations

import math

import numpy as np
import pytest

from policy_qa.evaluation.combining import share
from policy_qa.evaluation.intervals import bootstrap, interval, mcnemar, paired


@pytest.mark.parametrize(
    ("value", "count", "low", "high"),
    # By Wilson's formula, worked apart from the code; 10 of 10: 1 / (1 + 1.96² / 10).
    [(0.5, 10, 0.2366, 0.7634), (1.0, 10, 0.7225, 1.0), (0.0, 10, 0.0, 0.2775), (0.95, 200, 0.9104, 0.9726)],
)
def test_the_interval_of_a_share(value: float, count: int, low: float, high: float) -> None:
    assert interval(value, count) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("p", [0.6, 0.7, 0.8, 0.9])
def test_wilson_s_interval_holds_the_true_share_in_95_of_100_runs(p: float) -> None:
    hits = np.random.default_rng(1).binomial(200, p, 1_000).tolist()
    held = [low <= p <= high for low, high in (interval(n / 200, 200) for n in hits)]
    assert 0.93 <= np.mean(held) <= 0.97
    chances = (math.comb(200, n) * p**n * (1 - p) ** (200 - n) for n in range(201))
    exact = sum(
        chance for n, chance in enumerate(chances) if interval(n / 200, 200)[0] <= p <= interval(n / 200, 200)[1]
    )
    assert 0.945 <= exact <= 0.96


def test_the_bootstrap_holds_the_true_mean_in_95_of_100_runs() -> None:
    chance = np.random.default_rng(21)
    values = chance.choice([0.0, 0.5, 1.0], p=[0.2, 0.2, 0.6], size=(150, 120))
    held = []
    for run in values:
        low, high = bootstrap(np.stack([run, np.ones_like(run)], axis=-1), share)
        held.append(low <= 0.7 <= high)
    assert 0.91 <= np.mean(held) <= 0.98


def test_the_same_rows_have_the_same_interval() -> None:
    rows = np.stack([np.random.default_rng(1).random(50), np.ones(50)], axis=-1)
    assert bootstrap(rows, share) == bootstrap(rows.copy(), share)
    assert np.isnan(bootstrap(np.zeros((3, 2)), share)).all()


@pytest.mark.parametrize(
    ("won", "lost", "p"),
    # Two tails of the binomial with a half: 5 of 5 is 2/32; 8 and 2 is 2 · (1 + 10 + 45) / 1024.
    [(0, 0, 1.0), (5, 0, 2 / 32), (0, 5, 2 / 32), (8, 2, 112 / 1024), (3, 3, 1.0), (1, 0, 1.0)],
)
def test_mcnemar_s_exact_p(won: int, lost: int, p: float) -> None:
    assert mcnemar(won, lost) == pytest.approx(p)


def test_mcnemar_bears_thousands_of_changes() -> None:
    assert mcnemar(3_000, 2_000) < 1e-40


def test_a_paired_difference_is_told_from_none() -> None:
    chance = np.random.default_rng(4)
    before = np.stack([chance.random(100), np.ones(100)], axis=-1)
    better = before + np.array([0.1, 0.0])
    assert paired(before, before.copy(), share) == (0.0, 0.0, 1.0)
    low, high, p = paired(better, before, share)
    assert (low, high) == pytest.approx((0.1, 0.1)) and p == 1 / 1_000
    mixed = before + np.stack([np.tile([0.1, -0.1], 50), np.zeros(100)], axis=-1)
    low, high, p = paired(mixed, before, share)
    assert low < 0 < high and p > 0.3
