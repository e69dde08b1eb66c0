from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.retrieval.dense import VectorIndex


def _unit(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    rows = rng.normal(size=(n, d)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _brute(rows: dict[int, np.ndarray], query: np.ndarray, k: int) -> list[tuple[int, float]]:
    scored = [(rowid, float(row @ query)) for rowid, row in rows.items()]
    return sorted(scored, key=lambda hit: (-hit[1], hit[0]))[:k]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(1, 12), st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
def test_equals_brute_force_scores_included(n: int, k: int, seed: int, narrowed: bool, removed: bool) -> None:
    rng = np.random.default_rng(seed)
    rowids = [int(i) for i in rng.choice(10_000, size=n, replace=False)]
    vectors = _unit(rng, n, 8)
    index = VectorIndex(8)
    index.add(rowids, vectors)
    rows = dict(zip(rowids, vectors, strict=True))
    if removed:
        gone = rowids[::3]
        index.remove([*gone, 20_000])
        rows = {i: row for i, row in rows.items() if i not in gone}
    inside = sorted(rows)[::2] if narrowed else None
    if inside is not None:
        rows = {i: rows[i] for i in inside}
    query = _unit(rng, 1, 8)[0]
    found, expected = index.search(query, k, inside), _brute(rows, query, k)
    assert [i for i, _ in found] == [i for i, _ in expected]
    assert np.allclose([s for _, s in found], [s for _, s in expected], atol=1e-5)


def test_saved_and_loaded_from_a_vietnamese_path(tmp_path: Path) -> None:
    index = VectorIndex(3)
    index.add([7, 9], np.eye(3, dtype=np.float32)[:2])
    path = tmp_path / "Tài liệu của Đức.faiss"
    index.save(path)
    again = VectorIndex.load(path)
    assert (len(again), again.dimensions, again.is_clustered) == (2, 3, False)
    assert again.search(np.eye(3, dtype=np.float32)[1], 1) == [(9, 1.0)]
    again.remove([9])
    again.add([11], np.eye(3, dtype=np.float32)[2:])
    assert sorted(i for i, _ in again.search(np.ones(3, np.float32), 5)) == [7, 11]
    assert again.search(np.eye(3, dtype=np.float32)[2], 1) == [(11, 1.0)]


def test_many_vectors_lie_in_clusters_and_can_be_added_and_taken_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policy_qa.retrieval.dense.CLUSTERED_FROM", 2000)
    monkeypatch.setattr("policy_qa.retrieval.dense._CLUSTERS", 16)
    rng = np.random.default_rng(3)
    vectors = _unit(rng, 2500, 8)
    index = VectorIndex(8)
    index.add(range(2500), vectors)
    index.save(tmp_path / "v.faiss")
    again = VectorIndex.load(tmp_path / "v.faiss")
    assert (len(again), again.is_clustered) == (2500, True)
    for number in (0, 1250, 2499):
        assert again.search(vectors[number], 1)[0][0] == number
    again.remove([7, 8])
    again.add([3000], vectors[7:8])
    again.save(tmp_path / "w.faiss")
    last = VectorIndex.load(tmp_path / "w.faiss")
    assert len(last) == 2499
    assert last.search(vectors[7], 1)[0][0] == 3000
    inside = last.search(vectors[7], 3, [1, 2, 8])
    assert sorted(i for i, _ in inside) == [1, 2]


def test_ties_go_by_rowid() -> None:
    index = VectorIndex(2)
    index.add([5, 3, 4], np.array([[1, 0]] * 3, dtype=np.float32))
    assert [i for i, _ in index.search(np.array([1, 0], dtype=np.float32), 3)] == [3, 4, 5]


@pytest.mark.parametrize(("k", "inside"), [(0, None), (5, []), (5, [99])])
def test_nothing_to_find(k: int, inside: list[int] | None) -> None:
    index = VectorIndex(2)
    index.add([1], np.array([[1, 0]], dtype=np.float32))
    assert index.search(np.array([1, 0], dtype=np.float32), k, inside) == []


@pytest.mark.parametrize("content", [b"", b"not an index", b"IxMp" + b"\0" * 40])
def test_a_damaged_file_is_an_oserror(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.faiss"
    path.write_bytes(content)
    with pytest.raises(OSError, match="FAISS"):
        VectorIndex.load(path)


def test_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match="dimensions"):
        VectorIndex(3).add([1], np.zeros((1, 2), dtype=np.float32))
