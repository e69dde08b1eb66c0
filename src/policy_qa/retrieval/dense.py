"""The dense half of the index: exact inner products over normalised vectors, in FAISS."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray


class VectorIndex:
    """Vectors under the rowids of their passages; flat, so its answers equal brute force.

    A flat index because vectors can be taken out again: HNSW keeps them as tombstones.
    """

    def __init__(self, dimensions: int) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Reads what `save` wrote; OSError when the file is missing or damaged.

        Python reads the bytes, because FAISS itself cannot open a path outside ASCII on Windows.
        """
        found = cls.__new__(cls)
        try:
            index = faiss.deserialize_index(np.frombuffer(path.read_bytes(), dtype=np.uint8))
        except RuntimeError as error:
            raise OSError(errno.EIO, f"not a FAISS index: {path}") from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise OSError(errno.EIO, f"not a FAISS index of ours: {path}")
        found._index = index
        return found

    def save(self, path: Path) -> None:
        """Writes the index to `path`."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """Components of a vector."""
        return int(self._index.d)

    @property
    def rowids(self) -> NDArray[np.int64]:
        """The rowids held, in the order in which they were added."""
        return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def add(self, rowids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Adds one vector, a row of `vectors` (n, dimensions), under each rowid; ValueError when the shapes differ."""
        if vectors.shape != (len(rowids), self.dimensions):
            raise ValueError(f"{len(rowids)} rowids, vectors of shape {vectors.shape}, {self.dimensions} dimensions")
        if len(rowids):
            self._index.add_with_ids(
                np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(rowids, dtype=np.int64)
            )

    def remove(self, rowids: Sequence[int]) -> None:
        """Takes vectors out; unknown rowids are ignored."""
        if len(rowids):
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(rowids, dtype=np.int64)))

    def vector(self, rowid: int) -> NDArray[np.float32]:
        """The vector under a rowid; KeyError where there is none."""
        try:
            return np.asarray(self._index.reconstruct(rowid), dtype=np.float32)
        except RuntimeError as error:
            raise KeyError(rowid) from error

    def search(
        self, vector: NDArray[np.float32], k: int, rowids: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest as (rowid, inner product), best first, ties by rowid.

        `rowids` are those to stay within; None means all, an empty sequence means none.
        """
        if k < 1 or not len(self) or (rowids is not None and not len(rowids)):
            return []
        parameters = faiss.SearchParameters()
        selector = faiss.IDSelectorBatch(np.asarray(rowids, dtype=np.int64)) if rowids is not None else None
        # The parameters do not own the selector: the name keeps it alive while FAISS uses it.
        parameters.sel = selector
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, found = self._index.search(query, min(k, len(self)), params=parameters)
        hits = [(int(rowid), float(score)) for rowid, score in zip(found[0], scores[0], strict=True) if rowid >= 0]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))
