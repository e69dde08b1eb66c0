"""The small cross-encoder that is shipped: it reads the question together with each of the best passages.

Two layers of attention over word pieces, 0.4 million weights, trained from scratch on our own questions and on law text
(`evals/cross_encoder/`). Beside its vector each piece knows whether the other side has it too, and how near the nearest
piece of the other side is: without that a network this small learns nothing (docs/retrieval.md). Run with numpy; of the
last layer only the first place is computed, the only one that is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.features import Asked
from policy_qa.retrieval.pieces import NOTHING, Numbers, PieceTable, Runs

FILE = Path(__file__).parents[1] / "data" / "cross_encoder.safetensors"

OWN, OFFICIAL, TITLE, HEAD, BODY = 40, 24, 14, 20, 112
"""Pieces read of the question, of what its words are officially called, and of a passage: as in training."""
_START, _OWN, _OFFICIAL, _TITLE, _BODY, _HEAD = range(6)
"""Segments, numbered as in training."""
_LONGEST_VECTOR = 40.0
_TINY = 1e-6
_EPSILON = 1e-5
_ROTATION = 10_000.0
_HALF = 16
"""Half the width of a head of attention."""

Matrix = NDArray[np.float32]


class CrossEncoder:
    """Says how well passages answer a question; scores compare the passages of one question only."""

    def __init__(self, tensors: Mapping[str, NDArray[np.generic]], vectors: Matrix) -> None:
        """`tensors` as the training writes them; `vectors` are those of the word pieces, shape (pieces, dimensions).

        Raises:
            KeyError: a tensor is missing.
            ValueError: the vectors are of another length than those it was trained on.
        """
        held = {name: np.asarray(tensor, np.float32) for name, tensor in tensors.items()}
        if held["inp.weight"].shape[1] != vectors.shape[1]:
            raise ValueError(f"vectors of {vectors.shape[1]}, trained on {held['inp.weight'].shape[1]}")
        self._vectors, self._scale = vectors, float(held["scale"])
        self._input, self._numbers = _Linear.of(held, "inp"), _Linear.of(held, "num")
        self._segments, self._start = held["seg.weight"], held["special"][0]
        self._first, self._last = _Norm.of(held, "n0"), _Norm.of(held, "nf")
        count = 1 + max(int(name.split(".")[1]) for name in held if name.startswith("layers."))
        self._layers = [_Layer.of(held, f"layers.{n}") for n in range(count)]
        self._hidden, self._out = _Linear.of(held, "score.0"), _Linear.of(held, "score.2")

    def scores(self, asked: Asked, rowids: Numbers, table: PieceTable) -> Matrix:
        """One score a passage, shape (n,); higher is better."""
        if not len(rowids):
            return np.zeros(0, np.float32)
        pairs = _Pairs.of(asked, rowids, table)
        x = self._first(self._embedded(pairs))
        for layer in self._layers[:-1]:
            x = layer(x, pairs)
        found = self._last(self._layers[-1](x, pairs, first_only=True))
        return self._out(np.tanh(self._hidden(found)))[:, 0]

    def _embedded(self, pairs: _Pairs) -> Matrix:
        """The vector of each piece with its segment, and what the other side has of it."""
        inside = pairs.segments != _START
        vectors: Matrix = self._vectors[pairs.pieces] * inside[:, None].astype(np.float32)
        lengths = np.asarray(np.linalg.norm(vectors, axis=1), np.float32)
        near, exact, in_body = _matches(pairs, np.asarray(vectors / np.maximum(lengths, _TINY)[:, None], np.float32))
        seen = np.stack([near, exact, np.minimum(lengths, _LONGEST_VECTOR) / self._scale, in_body], axis=1)
        x = (
            self._input(np.asarray(vectors / self._scale, np.float32))
            + self._segments[pairs.segments]
            + self._numbers(np.asarray(seen, np.float32)) * inside[:, None]
        )
        x[~inside] += self._start
        return np.asarray(x, np.float32)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The question with each passage, one after another: pair i is `bounds[i]:bounds[i + 1]`, the question first."""

    pieces: NDArray[np.int64]
    segments: NDArray[np.int64]
    places: NDArray[np.int64]
    bounds: NDArray[np.int64]
    asked: int

    @classmethod
    def of(cls, asked: Asked, rowids: Numbers, table: PieceTable) -> _Pairs:
        own, official = asked.own[:OWN], asked.official[:OFFICIAL]
        question = np.concatenate(([0], own, official))
        marks = np.repeat([_START, _OWN, _OFFICIAL], [1, len(own), len(official)])
        parts = (
            (table.topics(rowids, TITLE), _TITLE),
            (table.heads(rowids, HEAD), _HEAD),
            (table.bodies(rowids, BODY), _BODY),
        )
        pieces, segments, bounds = [], [], [0]
        for n in range(len(rowids)):
            runs = [(_run(runs, n), segment) for runs, segment in parts]
            pieces += [question, *(run for run, _ in runs)]
            segments += [marks, *(np.full(len(run), segment) for run, segment in runs)]
            bounds.append(bounds[-1] + len(question) + sum(len(run) for run, _ in runs))
        edges = np.array(bounds)
        places = np.arange(edges[-1]) - np.repeat(edges[:-1], np.diff(edges))
        return cls(np.concatenate(pieces), np.concatenate(segments), places, edges, len(question))


def _run(runs: Runs, n: int) -> NDArray[np.int64]:
    run = runs.pieces[runs.bounds[n] : runs.bounds[n + 1]]
    return np.asarray(run[run != NOTHING])


def _matches(pairs: _Pairs, directions: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Of each piece how near the nearest of the other side is, whether it is there, whether in the words of the passage."""
    near, exact, in_body = (np.zeros(len(pairs.pieces), np.float32) for _ in range(3))
    for start, end in pairwise(pairs.bounds.tolist()):
        question, passage = slice(start + 1, start + pairs.asked), slice(start + pairs.asked, end)
        if question.start == question.stop or passage.start == passage.stop:
            continue
        cosines = directions[question] @ directions[passage].T
        same = pairs.pieces[question, None] == pairs.pieces[None, passage]
        body = same & (pairs.segments[passage] == _BODY)
        for side, axis in ((question, 1), (passage, 0)):
            near[side] = np.maximum(cosines.max(axis=axis), 0)
            exact[side], in_body[side] = same.any(axis=axis), body.any(axis=axis)
    return near, exact, in_body


def _turns() -> tuple[Matrix, Matrix]:
    """Cosines and sines of the rotary positions, shape (places, 1, 16)."""
    places = 1 + OWN + OFFICIAL + TITLE + HEAD + BODY
    angles = (np.arange(places)[:, None] * _ROTATION ** (-np.arange(_HALF) / _HALF))[:, None, :]
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


_COSINES, _SINES = _turns()


@dataclass(frozen=True, slots=True)
class _Linear:
    weight: Matrix
    bias: Matrix

    @classmethod
    def of(cls, held: Mapping[str, Matrix], name: str, rows: slice = slice(None)) -> _Linear:
        return cls(np.ascontiguousarray(held[f"{name}.weight"][rows].T), held[f"{name}.bias"][rows])

    def __call__(self, x: Matrix) -> Matrix:
        return np.asarray(x @ self.weight + self.bias)


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Matrix
    bias: Matrix

    @classmethod
    def of(cls, held: Mapping[str, Matrix], name: str) -> _Norm:
        return cls(held[f"{name}.weight"], held[f"{name}.bias"])

    def __call__(self, x: Matrix) -> Matrix:
        centred = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.mean(centred * centred, axis=1, keepdims=True) + _EPSILON)
        return np.asarray(centred / spread * self.weight + self.bias)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Attention over a pair, then two linear layers; each adds to what came in."""

    before: _Norm
    asking: _Linear
    asked: _Linear
    joined: _Linear
    between: _Norm
    wide: _Linear
    narrow: _Linear

    @classmethod
    def of(cls, held: Mapping[str, Matrix], name: str) -> _Layer:
        width = len(held[f"{name}.n1.bias"])
        return cls(
            _Norm.of(held, f"{name}.n1"),
            _Linear.of(held, f"{name}.qkv", slice(width)),
            _Linear.of(held, f"{name}.qkv", slice(width, None)),
            _Linear.of(held, f"{name}.o"),
            _Norm.of(held, f"{name}.n2"),
            _Linear.of(held, f"{name}.a"),
            _Linear.of(held, f"{name}.b"),
        )

    def __call__(self, x: Matrix, pairs: _Pairs, *, first_only: bool = False) -> Matrix:
        """What comes out at each place, or at the first place of each pair."""
        calm = self.before(x)
        looking = pairs.bounds[:-1] if first_only else np.arange(len(x))
        keys, values = (_heads(part) for part in np.split(self.asked(calm), 2, axis=1))
        keys = _rotated(keys, pairs.places)
        queries = _rotated(_heads(self.asking(calm[looking])), pairs.places[looking]) / np.float32(np.sqrt(2 * _HALF))
        edges = np.arange(len(pairs.bounds)) if first_only else pairs.bounds
        seen = [
            _attended(queries[first:last], keys[start:end], values[start:end])
            for (first, last), (start, end) in zip(
                pairwise(edges.tolist()), pairwise(pairs.bounds.tolist()), strict=True
            )
        ]
        return self._added(x[looking], np.concatenate(seen))

    def _added(self, x: Matrix, seen: Matrix) -> Matrix:
        x = x + self.joined(seen)
        return x + self.narrow(np.maximum(self.wide(self.between(x)), 0))


def _heads(x: Matrix) -> Matrix:
    return x.reshape(len(x), -1, 2 * _HALF)


def _attended(queries: Matrix, keys: Matrix, values: Matrix) -> Matrix:
    odds = queries.transpose(1, 0, 2) @ keys.transpose(1, 2, 0)
    odds = np.exp(odds - odds.max(axis=2, keepdims=True))
    odds /= odds.sum(axis=2, keepdims=True)
    return np.asarray((odds @ values.transpose(1, 0, 2)).transpose(1, 0, 2).reshape(len(queries), -1))


def _rotated(x: Matrix, places: NDArray[np.int64]) -> Matrix:
    cosine, sine = _COSINES[places], _SINES[places]
    turned = np.empty_like(x)
    left, right = x[:, :, :_HALF], x[:, :, _HALF:]
    turned[:, :, :_HALF] = left * cosine - right * sine
    turned[:, :, _HALF:] = left * sine + right * cosine
    return turned


@lru_cache(maxsize=1)
def cross_encoder() -> CrossEncoder:
    """The shipped one, over the shipped encoder's vectors; loaded once."""
    return CrossEncoder(load_file(FILE), word_encoder().table)
