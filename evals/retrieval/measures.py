"""What the benchmark measures: ranks become recall, MRR and nDCG, with bootstrap intervals; probabilities, calibration."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DEPTH = 20
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Ranking:
    """The articles found for one question, best first, without repeats, and the milliseconds that it took."""

    found: tuple[str, ...]
    milliseconds: float


def scores(rankings: Sequence[Ranking], relevant: Sequence[Set[str]]) -> dict[str, NDArray[np.float64]]:
    """One value a question. R@k is whether one of its right articles is among the first k."""
    places = [
        [rank for rank, article in enumerate(ranking.found[:DEPTH], 1) if article in right]
        for ranking, right in zip(rankings, relevant, strict=True)
    ]
    first = np.array([ranks[0] if ranks else np.inf for ranks in places])
    found = {f"R@{k}": (first <= k).astype(float) for k in (1, 5, 10, 20)}
    found["MRR@10"] = np.where(first <= 10, 1 / first, 0.0)
    found["nDCG@10"] = np.array([_ndcg(ranks, len(right)) for ranks, right in zip(places, relevant, strict=True)])
    return found


def summary(values: dict[str, NDArray[np.float64]]) -> tuple[dict[str, float], dict[str, list[float]]]:
    """The means, and 95 % intervals over resampled questions (the same resamples for every measure and system)."""
    count = len(next(iter(values.values())))
    drawn = np.random.default_rng(1).integers(0, count, (_RESAMPLES, count))
    means = {name: float(value.mean()) for name, value in values.items()}
    intervals = {
        name: [float(bound) for bound in np.percentile(value[drawn].mean(axis=1), [2.5, 97.5])]
        for name, value in values.items()
    }
    return means, intervals


def _ndcg(ranks: Sequence[int], right: int) -> float:
    gained = sum(1 / np.log2(rank + 1) for rank in ranks if rank <= 10)
    return float(gained / sum(1 / np.log2(rank + 1) for rank in range(1, min(right, 10) + 1)))


def auroc(said: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """How often a question with an answer gets the higher probability of a pair; ties count half."""
    yes, no = said[truth == 1], np.sort(said[truth == 0])
    below = (np.searchsorted(no, yes, "left") + np.searchsorted(no, yes, "right")) / 2
    return float(below.mean() / len(no))


def reliability(said: NDArray[np.float64], truth: NDArray[np.int64], bins: int = 10) -> list[tuple[float, float, int]]:
    """Of each bin of equal width that is not empty: the mean probability, the share that was true, how many."""
    which = np.minimum((said * bins).astype(int), bins - 1)
    return [
        (float(said[which == b].mean()), float(truth[which == b].mean()), int((which == b).sum()))
        for b in np.unique(which)
    ]


def miscalibration(said: NDArray[np.float64], truth: NDArray[np.int64], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    return sum(abs(mean - share) * count for mean, share, count in reliability(said, truth, bins)) / len(said)
