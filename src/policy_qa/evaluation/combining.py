"""How what single questions score is made into one figure.

Each takes rows of one sample, shape (questions, 2), or of many at once, shape (samples, questions, 2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from policy_qa.evaluation.intervals import Rows

_BINS: Final = 10


def share(rows: Rows) -> Rows:
    """All hits out of all chances; NaN where there are none."""
    hits, chances = rows[..., 0].sum(axis=-1), rows[..., 1].sum(axis=-1)
    return np.asarray(np.divide(hits, chances, out=np.full_like(hits, np.nan), where=chances > 0))


def percentile(wanted: float) -> Callable[[Rows], Rows]:
    """The value that this percentage of questions does not exceed."""

    def value(rows: Rows) -> Rows:
        return np.asarray(np.percentile(rows[..., 0], wanted, axis=-1))

    return value


def auroc(rows: Rows) -> Rows:
    """How often, of two questions of which one has an answer, that one gets the higher probability; ties count half.

    NaN where all have an answer or none has.
    """
    samples = rows.reshape(-1, rows.shape[-2], 2)
    values, places = np.unique(samples[..., 0], return_inverse=True)
    cells = np.arange(len(samples))[:, None] * len(values) + places.reshape(samples.shape[:-1])
    shape = (len(samples), len(values))
    total, yes = (
        np.bincount(cells.ravel(), weights, minlength=shape[0] * shape[1]).reshape(shape)
        for weights in (None, samples[..., 1].ravel())
    )
    no = total - yes
    wins = (yes * (no.cumsum(axis=1) - no / 2)).sum(axis=1)
    pairs = yes.sum(axis=1) * no.sum(axis=1)
    found = np.divide(wins, pairs, out=np.full(shape[0], np.nan), where=pairs > 0)
    return np.asarray(found.reshape(rows.shape[:-2]))


def miscalibration(rows: Rows) -> Rows:
    """The expected calibration error: over ten bins of equal width, how far the mean probability is from the truth."""
    said, truth = rows[..., 0], rows[..., 1]
    bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
    gaps = (np.where(bins == at, said - truth, 0.0).sum(axis=-1) for at in range(_BINS))
    return np.asarray(sum(map(np.abs, gaps)) / said.shape[-1])
