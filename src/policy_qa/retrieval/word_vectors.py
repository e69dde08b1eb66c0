"""A vector for each word piece and for the commonest pairs of neighbouring pieces; a text is the sum of both.

Most Vietnamese words are two syllables, and a syllable alone says little of the word: "quyền" of quyền con người and of
chính quyền. The pairs know the words (measured in docs/retrieval.md).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

Matrix = NDArray[np.float32]
Numbers = NDArray[np.int64]

_TOKENS_AT_ONCE = 16_384  # 8 MB of float32 rows, however long the texts
_SHIFT = 16
"""A pair is known by its first piece's number times 2**16 plus its second's; there are fewer pieces than that."""


class WordVectors:
    """Rows of pieces and of pairs, shape (pieces, dimensions) and (pairs, dimensions)."""

    def __init__(self, pieces: Matrix, keys: Numbers, pairs: Matrix) -> None:
        """`keys` tell which pairs the rows of `pairs` are of, ascending (see `pair_keys`).

        Raises:
            ValueError: the shapes do not fit each other.
        """
        if pieces.ndim != 2 or pairs.shape != (len(keys), pieces.shape[1]) or (np.diff(keys) <= 0).any():
            raise ValueError(f"pieces {pieces.shape}, keys {keys.shape} and pairs {pairs.shape} do not fit")
        self.pieces, self._keys, self._pairs = pieces, keys, pairs

    @classmethod
    def load(cls, path: Path) -> WordVectors:
        """Reads what `save` wrote, or a plain static embedding of sentence-transformers, which knows no pairs.

        Raises:
            KeyError, ValueError, safetensors.SafetensorError: the file is damaged, or something else.
        """
        held = load_file(path)
        if "embedding.weight" in held:
            rows = np.asarray(held["embedding.weight"], np.float32)
            return cls(rows, np.zeros(0, np.int64), np.zeros((0, rows.shape[1]), np.float32))
        return cls(
            held["pieces"] * held["piece_scales"][:, None],
            held["pair_keys"].astype(np.int64),
            held["pairs"] * held["pair_scales"][:, None],
        )

    def save(self, path: Path) -> None:
        """Writes rows as bytes, each with a scale of its own: a quarter of their size, and the same vectors to 1 %."""
        pieces, piece_scales = _as_bytes(self.pieces)
        pairs, pair_scales = _as_bytes(self._pairs)
        tensors: dict[str, NDArray[np.generic]] = {
            "pieces": pieces,
            "piece_scales": piece_scales,
            "pairs": pairs,
            "pair_scales": pair_scales,
            "pair_keys": self._keys.astype(np.uint32),
        }
        save_file(tensors, path)

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.pieces.shape[1])

    def sums(self, run: Numbers, bounds: Numbers) -> Matrix:
        """The sum of each text's vectors, shape (n, dimensions); text i is the pieces `run[bounds[i]:bounds[i + 1]]`."""
        sums = np.zeros((len(bounds) - 1, self.dimensions), np.float32)
        place = self._places(run, bounds)
        filled = np.flatnonzero(np.diff(bounds))
        begins = bounds[filled]
        for start in range(0, len(run), _TOKENS_AT_ONCE):
            end = min(start + _TOKENS_AT_ONCE, len(run))
            rows = self.pieces[run[start:end]]
            paired = np.flatnonzero(place[start:end] >= 0)
            rows[paired] += self._pairs[place[start:end][paired]]
            # The text that goes on from the part before, and those that begin in this one.
            first, last = np.searchsorted(begins, start, side="right") - 1, np.searchsorted(begins, end)
            parts = np.maximum(begins[first:last] - start, 0)
            sums[filled[first:last]] += np.add.reduceat(rows, parts, axis=0)
        return sums

    def _places(self, run: Numbers, bounds: Numbers) -> Numbers:
        """Of each piece the row of the pair that it begins; -1 where there is none, or another text follows."""
        if len(run) < 2 or not len(self._keys):
            return np.full(len(run), -1)
        keys = pair_keys(run)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        place = np.append(np.where(self._keys[at] == keys, at, -1), -1)
        ends = bounds[1:][bounds[1:] > 0]
        place[ends - 1] = -1
        return place


def pair_keys(run: Numbers) -> Numbers:
    """The key of each pair of neighbouring pieces."""
    return np.asarray((run[:-1] << _SHIFT) | run[1:])


def _as_bytes(rows: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    scales = np.abs(rows).max(axis=1, initial=0) / 127
    return np.rint(rows / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8), scales.astype(np.float32)
