"""The learned ranker: regression trees over `features.NAMES`, read from a JSON file.

`evals/retrieval/fit.py` fits them and writes the file. Trees are walked for all candidates and all trees at once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policy_qa.retrieval.features import NAMES
from policy_qa.retrieval.matching import Rows

FILE = Path(__file__).parents[1] / "data" / "ranker.json"


class Trees:
    """A sum of regression trees. A node sends a row left where its feature is at most the threshold."""

    def __init__(self, plain: Mapping[str, Sequence[Sequence[float]]]) -> None:
        """`plain` has for each tree the lists `feature` (-1 at a leaf), `threshold`, `left`, `right`, `value`.

        Raises ValueError where the lists do not fit each other.
        """
        sizes = [len(tree) for tree in plain["feature"]]
        self._roots = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
        offsets = np.repeat(self._roots, sizes)
        feature = _whole(plain["feature"])
        leaf = feature < 0
        itself = np.arange(len(feature))
        self._feature = np.where(leaf, 0, feature)
        self._threshold = _real(plain["threshold"])
        # A leaf leads to itself, so that all rows can take as many steps as the deepest tree needs.
        self._left = np.where(leaf, itself, _whole(plain["left"]) + offsets)
        self._right = np.where(leaf, itself, _whole(plain["right"]) + offsets)
        self._value = _real(plain["value"])
        self._depth = self._deepest()

    def scores(self, rows: Rows) -> Rows:
        """One score a row; higher is better."""
        nodes = np.broadcast_to(self._roots, (len(rows), len(self._roots)))
        start = (np.arange(len(rows)) * rows.shape[1])[:, None]
        flat = rows.ravel()
        for _ in range(self._depth):
            goes_left = flat[start + self._feature[nodes]] <= self._threshold[nodes]
            nodes = np.where(goes_left, self._left[nodes], self._right[nodes])
        return np.asarray(self._value[nodes].sum(axis=1), np.float32)

    def _deepest(self) -> int:
        nodes, depth = self._roots, 0
        while True:
            below = np.unique(np.concatenate((self._left[nodes], self._right[nodes])))
            if np.array_equal(below, nodes):
                return depth
            nodes, depth = below, depth + 1
            if depth > len(self._feature):
                raise ValueError("the trees have a loop")


@dataclass(frozen=True, slots=True)
class Ranker:
    """Orders candidates, and says how likely any of them answers.

    A question in the words of documents is ranked by trees of its own: what it says is to be taken by the letter, which
    trees fitted on everyday words, abbreviations and English have unlearned.
    """

    everyday: Trees
    formal: Trees
    style: Trees
    answered: Trees

    def scores(self, rows: Rows) -> Rows:
        """One score a candidate; higher is better. Scores compare the candidates of one question."""
        if not len(rows):
            return np.zeros(0, np.float32)
        is_formal = self.style.scores(best_of_each(rows))[0] > 0
        return (self.formal if is_formal else self.everyday).scores(rows)

    def probability(self, rows: Rows, scores: Rows, articles: NDArray[np.int64]) -> float:
        """How likely the index answers the question at all, 0 to 1, calibrated on questions whose law was taken out."""
        if not len(rows):
            return 0.0
        return 1 / (1 + math.exp(-float(self.answered.scores(evidence(rows, scores, articles))[0])))


PARTS = ("everyday", "formal", "style", "answered")
"""The trees of a ranker, as they are called in its file."""

EVIDENCE = ("score", "lead", "share")
"""What is known beside features: the best score, by how much it leads the next article, its share of all articles' odds."""


def best_of_each(rows: Rows) -> Rows:
    """One row, shape (1, len(NAMES)): how far the question's best candidates go, feature by feature."""
    return np.asarray(rows.max(axis=0)[None, :], np.float32)


def evidence(rows: Rows, scores: Rows, articles: NDArray[np.int64]) -> Rows:
    """One row, shape (1, 2 * len(NAMES) + len(EVIDENCE)): what tells whether the best candidate answers."""
    best = int(np.argmax(scores))
    _, owner = np.unique(articles, return_inverse=True)
    each = np.full(int(owner.max()) + 1, -np.inf)
    np.maximum.at(each, owner, scores)
    others = np.delete(each, owner[best])
    lead = scores[best] - others.max() if len(others) else 3.0
    share = 1 / np.exp(each - scores[best]).sum()
    return np.concatenate([rows[best], rows.max(axis=0), np.array([scores[best], lead, share], np.float32)])[None, :]


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """The shipped ranker; loaded once."""
    return load_ranker(FILE)


def load_ranker(path: Path) -> Ranker:
    """Reads what `evals/retrieval/fit.py` wrote; ValueError where it was fitted on other features."""
    plain = json.loads(path.read_text(encoding="utf-8"))
    if tuple(plain["features"]) != NAMES:
        raise ValueError(f"{path.name} was fitted on other features: run evals/retrieval/fit.py")
    return Ranker(*(Trees(plain[part]) for part in PARTS))


def _whole(lists: Sequence[Sequence[float]]) -> NDArray[np.int64]:
    return np.concatenate([np.asarray(values, np.int64) for values in lists])


def _real(lists: Sequence[Sequence[float]]) -> Rows:
    return np.concatenate([np.asarray(values, np.float32) for values in lists])
