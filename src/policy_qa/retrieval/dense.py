"""The dense half of the index: inner products over normalised vectors, in FAISS.

Exact up to `CLUSTERED_FROM` vectors. Beyond that the vectors lie in clusters (IVF) of which a search looks into some:
measured in docs/retrieval.md. HNSW would keep vectors that were taken out as tombstones.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

# faiss.PyCallbackIOReader and -Writer are ignored below because the library's own stubs leave them out.

faiss.omp_set_num_threads(1)  # one question at a time: a second thread costs more than it saves

CLUSTERED_FROM = 100_000
_CLUSTERS = 1024
_PROBED = 48
_TRAINED_ON = 40_000
_AT_ONCE = 1 << 22


class VectorIndex:
    """Vectors under the rowids of their passages."""

    def __init__(self, dimensions: int) -> None:
        self._index: faiss.IndexIDMap2 | faiss.IndexIVFFlat = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Reads what `save` wrote; OSError when the file is missing or damaged.

        Python reads the bytes, because FAISS itself cannot open a path outside ASCII on Windows.
        """
        found = cls.__new__(cls)
        try:
            with path.open("rb") as file:
                index = faiss.read_index(faiss.PyCallbackIOReader(file.read, _AT_ONCE))  # type: ignore[attr-defined]
        except (RuntimeError, MemoryError) as error:  # a damaged size asks for any amount of memory
            raise OSError(errno.EIO, f"not a FAISS index: {path}") from error
        if not isinstance(index, faiss.IndexIDMap2 | faiss.IndexIVFFlat):
            raise OSError(errno.EIO, f"not a FAISS index of ours: {path}")
        found._index = index
        return found

    def save(self, path: Path) -> None:
        """Writes the index to `path`, clustered when it has grown beyond `CLUSTERED_FROM`."""
        if len(self) >= CLUSTERED_FROM and isinstance(self._index, faiss.IndexIDMap2):
            self._index = _clustered(self._index)
        with path.open("wb") as file:  # as in `load`; piece by piece, so that no second copy is made in memory
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write, _AT_ONCE))  # type: ignore[attr-defined]

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """Components of a vector."""
        return int(self._index.d)

    @property
    def is_clustered(self) -> bool:
        """Whether a search looks into some clusters only."""
        return isinstance(self._index, faiss.IndexIVFFlat)

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

    def search(
        self, vector: NDArray[np.float32], k: int, rowids: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest as (rowid, inner product), best first, ties by rowid.

        `rowids` are those to stay within, all of which are compared; None means all, an empty sequence means none.
        """
        if k < 1 or not len(self) or (rowids is not None and not len(rowids)):
            return []
        selector = faiss.IDSelectorBatch(np.asarray(rowids, dtype=np.int64)) if rowids is not None else None
        parameters = faiss.SearchParameters()
        if isinstance(self._index, faiss.IndexIVFFlat):
            parameters = faiss.SearchParametersIVF()
            parameters.nprobe = _PROBED if rowids is None else self._index.nlist
        # The parameters do not own the selector: the name keeps it alive while FAISS uses it.
        parameters.sel = selector
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, found = self._index.search(query, min(k, len(self)), params=parameters)
        hits = [(int(rowid), float(score)) for rowid, score in zip(found[0], scores[0], strict=True) if rowid >= 0]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))


def _clustered(exact: faiss.IndexIDMap2) -> faiss.IndexIVFFlat:
    """The same vectors in clusters, learned from a sample that is the same for the same vectors."""
    flat = cast(faiss.IndexFlat, faiss.downcast_index(exact.index))
    vectors = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(flat.ntotal, flat.d)
    made = faiss.index_factory(flat.d, f"IVF{_CLUSTERS},Flat", faiss.METRIC_INNER_PRODUCT)
    clustered = cast(faiss.IndexIVFFlat, made)
    clustered.cp.seed = 1
    clustered.train(vectors[:: max(1, len(vectors) // _TRAINED_ON)])
    clustered.add_with_ids(vectors, faiss.vector_to_array(exact.id_map))
    return clustered
