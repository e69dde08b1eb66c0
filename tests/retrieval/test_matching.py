"""How pieces meet, checked by hand on runs of numbers and on words of the shipped encoder."""

from __future__ import annotations

import numpy as np
import pytest

from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.matching import Wordings, densest, held, matches, neighbours, share, vocabulary
from policy_qa.retrieval.pieces import NOTHING, Runs
from policy_qa.retrieval.query import Concept, Wording


def runs(*each: list[int]) -> Runs:
    return Runs(np.array([piece for run in each for piece in run], np.int64), np.cumsum([0, *map(len, each)]))


def said(text: str) -> list[int]:
    return word_encoder().pieces([text])[0]


def test_pieces_that_a_run_has_or_comes_near_to() -> None:
    own = np.array(said("học phí"), np.int64)
    wanted = np.array(said("tiền"), np.int64)
    (match,) = matches(
        own,
        wanted,
        [runs(said("nộp học phí"), said("hoc bổng"), said("nộp tiền"), [NOTHING])],
        folded=False,
    )
    assert match.exact.tolist() == [[True, False, False, False], [True, False, False, False]]
    assert match.folded.tolist() == [[True, True, False, False], [True, False, False, False]]
    assert match.has.tolist() == [[False, False, True, False]]
    assert match.near[:, 0] == pytest.approx([1, 1], abs=1e-5)
    assert (match.near[:, 2] < 0.9).all()
    assert match.near[:, 3].tolist() == [0, 0]  # nothing is near to nothing
    assert match.spread(np.array([2, 2, 0])).exact.tolist() == [[False, False, True], [False, False, True]]


def test_wordings_are_met_without_diacritics_where_the_question_has_none() -> None:
    own, wanted = np.array(said("tien"), np.int64), np.array(said("tien"), np.int64)
    for folded in (False, True):
        (match,) = matches(own, wanted, [runs(said("tiền"))], folded=folded)
        assert match.has.tolist() == [[folded]]


def test_the_share_of_a_question_counts_weights() -> None:
    matched = np.array([[True, False], [False, True], [True, True]])
    assert share(matched, np.array([1, 2, 1], np.float32)) == pytest.approx([0.5, 0.75])
    assert share(matched, np.zeros(3, np.float32)).tolist() == [0, 0]


def test_neighbours_stand_side_by_side_within_a_run() -> None:
    own, weights = np.array([7, 8, 9]), np.array([1, 1, 2], np.float32)
    found = neighbours(own, weights, runs([7, 8, 9], [9, 7], [8, 9], [NOTHING], [7, 9]))
    assert found == pytest.approx([1, 0, 0.5, 0, 0])
    assert neighbours(own[:1], weights[:1], runs([7], [8])).tolist() == [0, 0]


def test_the_densest_window_stays_within_its_run() -> None:
    value = np.array([0, 1, 5, 0], np.float32)  # of pieces 0, 1, 2, and of nothing
    assert densest(value, runs([1, 0, 0, 2], [1, 2], [0, 0], [NOTHING]), 2).tolist() == [5, 6, 0, 0]
    assert densest(value, runs([1, 0, 0, 2], [2]), 4).tolist() == [6, 5]


def test_the_share_of_official_words_that_a_run_has() -> None:
    both = np.array(said("học phí"), np.int64)
    first, second = vocabulary().weights[both]
    found = held(both, runs(said("học phí"), said("học"), said("tiền")))
    assert found == pytest.approx([1, first / (first + second), 0], abs=1e-5)
    assert held(np.zeros(0, np.int64), runs([1], [2])).tolist() == [0, 0]


def test_ways_to_say_a_word() -> None:
    ways = Wordings.of(
        [
            Concept(2.0, (Wording(("học", "phí"), 1.0), Wording(("tiền",), 0.8))),
            Concept(1.0, (Wording(("trường",), 1.0),)),
        ]
    )
    assert ways.weights.tolist() == [2, 1]
    assert ways.runs.pieces.tolist() == [*said("học phí"), *said("tiền"), *said("trường")]
    present = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], bool)
    # Whole, half (a little), the other way; then the other word.
    assert ways.shares(present) == pytest.approx(np.array([[1, 0.15, 0.8, 0], [0, 0, 0, 1]]))


def test_no_words_no_ways() -> None:
    assert Wordings.of([]).shares(np.zeros((0, 3), bool)).shape == (0, 3)
