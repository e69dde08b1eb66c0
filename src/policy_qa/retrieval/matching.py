"""How the word pieces of a question meet those of passages: which a passage has, which come near, and what that weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.pieces import NOTHING, Numbers, Runs, joined
from policy_qa.retrieval.query import Concept, rarities

Rows = NDArray[np.float32]

_PIECES = 1 << 17
"""More than there are word pieces: neighbours are told apart by one number."""
_PARTLY = 0.6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word pieces, and what is known of each.

    `units` are the encoder's vectors with length one, `weights` rarities in nats; `folded` numbers each piece's spelling
    without diacritics, `folded_weights` are the rarities of those.
    """

    units: Rows
    weights: Rows
    folded: Numbers
    folded_weights: Rows


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The pieces of the shipped encoder; computed once."""
    encoder = word_encoder()
    bare: dict[str, int] = {}
    spellings = encoder.spellings
    folded = [bare.setdefault(spelling, len(bare)) for spelling in fold("\n".join(spellings)).split("\n")]
    weights, folded_weights = rarities(spellings), rarities(bare, folded=True)
    return Vocabulary(
        units=units(encoder.table),
        weights=weights,
        folded=np.array(folded, np.int64),
        folded_weights=folded_weights,
    )


@dataclass(frozen=True, slots=True)
class Wordings:
    """The ways to say each word of a question that tells something, as runs of pieces, those of one word together.

    `credits` say how far each way counts, `firsts` where the ways of each word begin, `weights` are the words' rarities.
    """

    runs: Runs
    credits: Rows
    firsts: Numbers
    weights: Rows

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Wordings:
        """The wordings of a query's concepts."""
        ways = [(wording, at) for at, concept in enumerate(concepts) for wording in concept.wordings]
        pieces = word_encoder().pieces([" ".join(wording.syllables) for wording, _ in ways])
        owners = [at for (_, at), found in zip(ways, pieces, strict=True) if found]
        kept = [(wording, found) for (wording, _), found in zip(ways, pieces, strict=True) if found]
        distinct, firsts = np.unique(owners, return_index=True)
        bounds = np.cumsum([0, *(len(found) for _, found in kept)])
        return cls(
            Runs(np.array([piece for _, found in kept for piece in found], np.int64), bounds),
            np.array([wording.credit for wording, _ in kept], np.float32),
            firsts,
            np.array([concepts[int(at)].weight for at in distinct], np.float32),
        )

    def shares(self, present: NDArray[np.bool_]) -> Rows:
        """How far each run says each word, shape (words, runs); `present` tells which pieces (rows) it has."""
        if not len(self.weights):
            return np.zeros((0, present.shape[1]), np.float32)
        lengths = np.diff(self.runs.bounds)[:, None]
        share = np.add.reduceat(present.astype(np.float32), self.runs.bounds[:-1], axis=0) / lengths
        value = self.credits[:, None] * np.where(share >= 1, 1, _PARTLY * share * share)
        return np.asarray(np.maximum.reduceat(value, self.firsts, axis=0), np.float32)


@dataclass(frozen=True, slots=True)
class Match:
    """How the pieces of a question (rows) meet runs of pieces (columns).

    `exact` and `folded`: the run has the piece, or one that differs by diacritics alone; `near`: the highest cosine of
    any of its pieces; `has`: whether it has each piece of the question's wordings.
    """

    exact: NDArray[np.bool_]
    folded: NDArray[np.bool_]
    near: Rows
    has: NDArray[np.bool_]

    def spread(self, owner: Numbers | slice) -> Match:
        """The columns of `owner`, one for each of its entries."""
        return Match(*(getattr(self, name)[..., owner] for name in Match.__slots__))


def matches(own: Numbers, wanted: Numbers, all_runs: Sequence[Runs], *, folded: bool) -> list[Match]:
    """How the question meets the runs; `wanted` are the pieces of its wordings, met without diacritics when `folded`.

    Each distinct piece is compared once, however often it occurs.
    """
    words = vocabulary()
    together = joined(all_runs)
    here = np.zeros(len(words.weights) + 1, bool)
    here[together.pieces] = True  # NOTHING is the last place
    here[NOTHING] = False
    distinct = np.flatnonzero(here)
    place = np.full(len(here), len(distinct), np.int64)
    place[distinct] = np.arange(len(distinct))
    # A row a piece: rows that lie together are gathered several times faster than columns.
    near = np.zeros((len(distinct) + 1, len(own)), np.float32)
    near[:-1] = words.units[distinct] @ words.units[own].T
    spelled = Runs(np.append(words.folded, NOTHING)[together.pieces], together.bounds)
    whole = Match(
        exact=_present(together, own),
        folded=_present(spelled, words.folded[own]),
        near=np.maximum.reduceat(near[place[together.pieces]], together.bounds[:-1], axis=0).T,
        has=_present(spelled, words.folded[wanted]) if folded else _present(together, wanted),
    )
    ends = np.cumsum([0, *map(len, all_runs)])
    return [whole.spread(slice(start, end)) for start, end in pairwise(ends.tolist())]


def _present(runs: Runs, wanted: Numbers) -> NDArray[np.bool_]:
    """Whether each run has each wanted number, shape (wanted, runs)."""
    distinct, which = np.unique(wanted, return_inverse=True)
    places = np.full(max(int(runs.pieces.max(initial=0)), int(wanted.max(initial=0))) + 2, -1)  # the last is of NOTHING
    places[distinct] = np.arange(len(distinct))
    at = places[runs.pieces]
    hits = np.flatnonzero(at >= 0)
    found = np.zeros((len(distinct), len(runs)), bool)
    found[at[hits], np.searchsorted(runs.bounds, hits, side="right") - 1] = True
    return np.asarray(found[which])


def share(matched: NDArray[np.generic], weights: Rows) -> Rows:
    """The share of the question that is matched, each piece counting with its weight."""
    return np.asarray(weights @ matched.astype(np.float32) / max(float(weights.sum()), 1e-6), np.float32)


def neighbours(own: Numbers, weights: Rows, runs: Runs) -> Rows:
    """The share of the question's neighbouring pieces that stand side by side in each run."""
    if len(own) < 2:
        return np.zeros(len(runs), np.float32)
    asked, which = np.unique(own[:-1] * _PIECES + own[1:], return_inverse=True)
    printed = runs.pieces * _PIECES + np.append(runs.pieces[1:], NOTHING)
    printed[runs.bounds[1:] - 1] = -1  # no pair runs from one run into the next
    at = np.minimum(np.searchsorted(asked, printed), len(asked) - 1)
    hits = np.flatnonzero(asked[at] == printed)
    run = np.searchsorted(runs.bounds, hits, side="right") - 1
    seen = np.zeros((len(asked), len(runs)), np.float32)
    seen[at[hits], run] = 1
    mass = np.minimum(weights[:-1], weights[1:]) + 0.3
    return np.asarray(np.bincount(which, mass, len(asked)) @ seen / mass.sum(), np.float32)


def densest(value: Rows, runs: Runs, width: int) -> Rows:
    """The most that `width` neighbouring pieces of each run are worth; `value` is of each piece, the last of `NOTHING`."""
    total = np.concatenate(([0], np.cumsum(value[runs.pieces], dtype=np.float64)))
    ends = np.repeat(runs.bounds[1:], np.diff(runs.bounds))
    at = np.arange(len(runs.pieces))
    windows = total[np.minimum(at + width, ends)] - total[at]
    return np.asarray(np.maximum.reduceat(windows, runs.bounds[:-1]), np.float32)


def held(wanted: Numbers, runs: Runs) -> Rows:
    """The share of the wanted pieces, by rarity, that each run has."""
    if not len(wanted):
        return np.zeros(len(runs), np.float32)
    distinct = np.unique(wanted)
    at = np.minimum(np.searchsorted(distinct, runs.pieces), len(distinct) - 1)
    hits = np.flatnonzero(distinct[at] == runs.pieces)
    seen = np.zeros((len(distinct), len(runs)), np.float32)
    seen[at[hits], np.searchsorted(runs.bounds, hits, side="right") - 1] = 1
    return share(seen, vocabulary().weights[distinct])


def unit(vector: Rows) -> Rows:
    """The vector with length one; zeros stay zeros."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), np.float32)


def units(vectors: Rows) -> Rows:
    """Each row with length one; zeros stay zeros."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32)
