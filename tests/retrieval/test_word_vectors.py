"""Sums of pieces and pairs, checked by hand and against a plain loop."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.retrieval import word_vectors
from policy_qa.retrieval.word_vectors import WordVectors, pair_keys

PIECES = np.array([[0, 0], [1, 0], [0, 1], [2, 2]], np.float32)
KNOWN = [(1, 2), (2, 2), (3, 1)]
KEYS = pair_keys(np.array([1, 2]))[0], pair_keys(np.array([2, 2]))[0], pair_keys(np.array([3, 1]))[0]
PAIRS = np.array([[10, 0], [0, 10], [100, 100]], np.float32)


def words() -> WordVectors:
    return WordVectors(PIECES, np.array(KEYS, np.int64), PAIRS)


def flat(texts: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for text in texts for p in text], np.int64), np.cumsum([0, *map(len, texts)])


def by_hand(text: list[int]) -> list[float]:
    total = PIECES[text].sum(axis=0) if text else np.zeros(2)
    for pair in pairwise(text):
        if pair in KNOWN:
            total = total + PAIRS[KNOWN.index(pair)]
    return total.tolist()


def test_pairs_count_within_a_text_and_not_across_two() -> None:
    texts = [[1, 2], [1], [2], [], [3, 1, 2, 2], []]
    assert words().sums(*flat(texts)).tolist() == [[11, 1], [1, 0], [0, 1], [0, 0], [113, 114], [0, 0]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), max_size=9), max_size=8), st.integers(1, 7))
def test_any_texts_are_summed_as_by_a_plain_loop_however_they_are_cut(texts: list[list[int]], at_once: int) -> None:
    before, word_vectors._TOKENS_AT_ONCE = word_vectors._TOKENS_AT_ONCE, at_once
    try:
        found = words().sums(*flat(texts))
    finally:
        word_vectors._TOKENS_AT_ONCE = before
    assert found.tolist() == [by_hand(text) for text in texts]


def test_what_is_saved_comes_back_to_a_hundredth(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    rows = random.normal(size=(50, 16)).astype(np.float32)
    rows[0] = 0
    saved = WordVectors(rows, np.arange(1, 8, dtype=np.int64), rows[:7] * 3)
    saved.save(tmp_path / "w.safetensors")
    read = WordVectors.load(tmp_path / "w.safetensors")
    assert np.abs(read.pieces - rows).max() < np.abs(rows).max() / 200
    assert not read.pieces[0].any()
    text = flat([[1, 2, 3]])
    assert read.sums(*text) == pytest.approx(saved.sums(*text), abs=0.1)


@pytest.mark.parametrize("keys", [[5], [7, 5, 9], [5, 5, 9]], ids=["too few", "out of order", "twice"])
def test_keys_that_do_not_fit_are_refused(keys: list[int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        WordVectors(PIECES, np.array(keys, np.int64), PAIRS)
