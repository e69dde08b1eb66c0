"""Trees are walked as they are written, and the shipped ones fit the features."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from policy_qa.retrieval.features import NAMES
from policy_qa.retrieval.ranker import EVIDENCE, FILE, Ranker, Trees, evidence, load_ranker, ranker

STUMP = {"feature": [1, -1, -1], "threshold": [0.5, 0, 0], "left": [1, 0, 0], "right": [2, 0, 0], "value": [0, -1, 2]}
DEEP = {
    "feature": [0, -1, 1, -1, -1], "threshold": [0.0, 0, 0.25, 0, 0], "left": [1, 0, 3, 0, 0], "right": [2, 0, 4, 0, 0],
    "value": [0, 10, 0, 20, 30],
}  # fmt: skip


def trees(*each: dict[str, list[float]]) -> Trees:
    return Trees({key: [tree[key] for tree in each] for key in STUMP})


def test_rows_are_sent_left_at_the_threshold_and_values_are_added() -> None:
    rows = np.array([[-1.0, 0.5], [1.0, 0.5], [1.0, 0.2], [0.0, 0.6]], np.float32)
    assert trees(STUMP).scores(rows).tolist() == [-1, -1, -1, 2]
    assert trees(DEEP).scores(rows).tolist() == [10, 30, 20, 10]
    assert trees(STUMP, DEEP).scores(rows).tolist() == [9, 29, 19, 12]


def test_a_tree_may_be_one_leaf() -> None:
    leaf = {"feature": [-1], "threshold": [0], "left": [0], "right": [0], "value": [7]}
    assert trees(leaf).scores(np.zeros((2, 3), np.float32)).tolist() == [7, 7]


def test_a_loop_is_refused() -> None:
    with pytest.raises(ValueError, match="loop"):
        trees({**STUMP, "feature": [1, 1, -1], "left": [1, 0, 0], "right": [2, 0, 0]})


def test_the_shipped_trees_fit_the_features() -> None:
    rows = np.random.default_rng(1).random((20, len(NAMES)), np.float32)
    scores = ranker().scores(rows)
    assert np.isfinite(scores).all() and len(set(scores.tolist())) > 5
    assert 0 < ranker().probability(rows, scores, np.arange(20)) < 1
    assert ranker().probability(rows[:0], scores[:0], np.arange(0)) == 0
    assert FILE.stat().st_size < 2_000_000


def test_trees_of_other_features_are_refused(tmp_path: Path) -> None:
    plain = json.loads(FILE.read_text(encoding="utf-8"))
    plain["features"][0] = "another"
    other = tmp_path / "ranker.json"
    other.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ValueError, match=r"other features: run evals/retrieval/fit\.py"):
        load_ranker(other)


def test_evidence_is_the_best_candidate_and_its_lead_over_the_next_article() -> None:
    rows = np.arange(3 * len(NAMES), dtype=np.float32).reshape(3, -1)
    row = evidence(rows, np.array([1.0, 3.0, 2.5], np.float32), np.array([4, 7, 7]))[0].tolist()
    width = len(NAMES)
    assert row[:width] == rows[1].tolist()
    assert row[width : 2 * width] == rows[2].tolist()  # the highest of each feature
    assert row[2 * width :] == pytest.approx([3.0, 2.0, 1 / (1 + np.exp(-2.0))])
    assert len(row) == 2 * width + len(EVIDENCE)


def test_questions_in_formal_words_are_ranked_by_trees_of_their_own() -> None:
    # The stump over the second feature: 2 for a question with any candidate above one half there, else -1.
    first, second = ({**STUMP, "feature": [0, -1, -1]} for _ in range(2))
    second["value"] = [0, 50, 70]
    made = Ranker(everyday=trees(first), formal=trees(second), style=trees(STUMP), answered=trees(STUMP))
    assert made.scores(np.array([[0.0, 0.2], [1.0, 0.1]], np.float32)).tolist() == [-1, 2]
    assert made.scores(np.array([[0.0, 0.2], [1.0, 0.9]], np.float32)).tolist() == [50, 70]
    assert made.scores(np.zeros((0, 2), np.float32)).tolist() == []
