"""What the learned ranker sees of a passage: a row of numbers, computed for all candidates of a question at once.

Everything is read from the table of word pieces, and nothing from texts. A weight of a piece is its rarity in
Vietnamese law text, not in the index, so that a row means the same in an index of ten documents and of ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.pieces import NOTHING, Numbers, PieceTable, Runs
from policy_qa.retrieval.query import Concept, Query, rarities

NAMES = (
    "lexical", "lexical_share", "lexical_rank", "article_lexical", "dense_rank", "cosine", "cosine_gap",
    "plain_cosine", "head_cosine", "article_cosine", "article_dense", "covered", "head_covered", "covered_both",
    "covered_gap", "article_covered", "folded_covered", "folded_head_covered", "pairs", "head_pairs", "best_pairs",
    "pairs_gap", "late", "head_late", "late_both", "late_gap", "head_late_gap", "told", "head_told", "head_named",
    "expanded", "head_expanded", "said", "said_both", "said_gap", "head_said", "length", "head_length", "siblings", "position", "document_lexical",
    "document_dense", "asked", "english", "folded", "expansions", "best_cosine", "best_late", "best_lexical",
)  # fmt: skip
"""The columns of a row, in order."""

MOST_BODY, MOST_HEAD = 320, 60
_SHARP_LEXICAL, _SHARP_DENSE = 6.0, 12.0
_PAIR = 1 << 17
_PARTLY = 0.6
_ABOVE = 0.75
"""What a word counts when only the heading has it."""

Rows = NDArray[np.float32]
Shares = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word pieces, and what is known of each.

    `vectors` are the encoder's, `units` the same with length one, `weights` rarities in nats; `folded` numbers each
    piece's spelling without diacritics, `folded_weights` are the rarities of those.
    """

    vectors: Rows
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
    return Vocabulary(encoder.table, _units(encoder.table), weights, np.array(folded, np.int64), folded_weights)


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
class Asked:
    """A question as pieces: its own, and those of what its words are officially called."""

    own: Numbers
    official: Numbers
    wordings: Wordings
    folded: bool
    english: bool

    @classmethod
    def of(cls, query: Query) -> Asked:
        """The pieces of a question; one unknown piece where it has none."""
        own, official = word_encoder().pieces([query.said, query.official])
        return cls(
            np.array(own or [0], np.int64),
            np.array(official, np.int64),
            Wordings.of(query.concepts),
            query.folded,
            query.english,
        )


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages to be ranked, by rowid ascending, with their BM25 scores (0 where BM25 did not find them)."""

    rowids: Numbers
    lexical: Rows

    @classmethod
    def of(cls, lexical: Mapping[int, float], dense: Iterable[int]) -> Candidates:
        """The union of what both halves of the index found."""
        rowids = sorted({*lexical, *dense})
        return cls(np.array(rowids, np.int64), np.array([lexical.get(r, 0.0) for r in rowids], np.float32))


def features(asked: Asked, found: Candidates, table: PieceTable) -> Rows:
    """A row of `NAMES` for each candidate, shape (n, len(NAMES))."""
    words = vocabulary()
    n = len(found.rowids)
    # Rowids ascend and an article's are neighbours, so candidates of one article stand side by side.
    articles, starts, owner = np.unique(table.articles(found.rowids), return_index=True, return_inverse=True)
    body, head = table.bodies(found.rowids, MOST_BODY), table.heads(found.rowids[starts], MOST_HEAD)
    weights = words.folded_weights[words.folded[asked.own]] if asked.folded else words.weights[asked.own]
    wanted = asked.wordings.runs.pieces
    (below, body_sums, body_has), (heads, head_sums, head_has) = _matches(
        asked.own, wanted, words, (body, head), folded=asked.folded
    )
    head_has = head_has[:, owner]
    said_below = asked.wordings.shares(body_has)
    said_both = np.maximum(said_below, _ABOVE * asked.wordings.shares(body_has | head_has))
    said = _weighted(said_both, asked.wordings.weights)
    above = heads.spread(owner)
    both = below.joined(above)
    whole = np.maximum.reduceat(below.exact, starts, axis=1) | heads.exact

    text, official = words.vectors[asked.own].sum(axis=0), words.vectors[asked.official].sum(axis=0)
    meant = _unit(_unit(text) + _unit(text + official))
    cosine = _units(body_sums + head_sums[owner]) @ meant
    article_dense = np.maximum.reduceat(cosine, starts)
    best = max(float(found.lexical.max(initial=0.0)), 1e-6)
    article_lexical = np.maximum.reduceat(found.lexical, starts) / best
    documents = np.unique(table.documents(found.rowids[starts]), return_inverse=True)[1]

    numbers = words.folded[asked.own] if asked.folded else asked.own
    pairs = _pair_shares(numbers, weights, body, words.folded if asked.folded else None)
    head_pairs = _pair_shares(numbers, weights, head, words.folded if asked.folded else None)[owner]
    best_pairs = np.maximum(pairs, head_pairs)
    total = max(float(weights.sum()), 1e-6)
    late, head_late, late_both = (_weighted(m.near, weights) for m in (below, above, both))
    covered = _weighted(both.exact, weights)
    columns = {
        "lexical": found.lexical / best,
        "lexical_share": found.lexical / total,
        "lexical_rank": _ranks(article_lexical)[owner],
        "article_lexical": article_lexical[owner],
        "dense_rank": _ranks(article_dense)[owner],
        "cosine": cosine,
        "cosine_gap": cosine - cosine.max(),
        "plain_cosine": _units(body_sums + head_sums[owner]) @ _unit(text),
        "head_cosine": (_units(head_sums) @ meant)[owner],
        "article_cosine": (_units(np.add.reduceat(body_sums, starts, axis=0) + head_sums) @ meant)[owner],
        "article_dense": article_dense[owner],
        "covered": _weighted(below.exact, weights),
        "head_covered": _weighted(above.exact, weights),
        "covered_both": covered,
        "covered_gap": covered - covered.max(),
        "article_covered": _weighted(whole, weights)[owner],
        "folded_covered": _weighted(below.folded, weights),
        "folded_head_covered": _weighted(above.folded, weights),
        "pairs": pairs,
        "head_pairs": head_pairs,
        "best_pairs": best_pairs,
        "pairs_gap": best_pairs - best_pairs.max(),
        "late": late,
        "head_late": head_late,
        "late_both": late_both,
        "late_gap": late_both - late_both.max(),
        "head_late_gap": head_late - head_late.max(),
        "told": below.told,
        "head_told": above.told,
        "head_named": above.named,
        "expanded": _held(asked.official, words, body),
        "head_expanded": _held(asked.official, words, head)[owner],
        "said": _weighted(said_below, asked.wordings.weights),
        "said_both": said,
        "said_gap": said - said.max(),
        "head_said": _weighted(asked.wordings.shares(head_has), asked.wordings.weights),
        "length": np.log1p(np.diff(body.bounds)),
        "head_length": np.diff(head.bounds)[owner],
        "siblings": np.log1p(table.sizes(articles))[owner],
        "position": found.rowids - articles[owner],
        "document_lexical": _votes(documents, np.exp(_SHARP_LEXICAL * (article_lexical - 1)))[owner],
        "document_dense": _votes(documents, np.exp(_SHARP_DENSE * (article_dense - article_dense.max())))[owner],
        "asked": len(asked.own),
        "english": asked.english,
        "folded": asked.folded,
        "expansions": len(asked.official),
        "best_cosine": cosine.max(),
        "best_late": late_both.max(),
        "best_lexical": best / total,
    }
    return np.stack([np.broadcast_to(np.asarray(columns[name], np.float32), n) for name in NAMES], axis=1)


@dataclass(frozen=True, slots=True)
class _Match:
    """How the pieces of a question (rows) meet runs of pieces (columns).

    `exact` and `folded`: the run has the piece, or one that differs by diacritics alone; `near`: the highest cosine
    of any of its pieces. `told` and `named`, one a run: the share of the run, by rarity, that the question is near to,
    or has.
    """

    exact: NDArray[np.bool_]
    folded: NDArray[np.bool_]
    near: Rows
    told: Shares
    named: Shares

    def spread(self, owner: Numbers) -> _Match:
        """The columns of `owner`, one for each of its entries."""
        return _Match(
            self.exact[:, owner], self.folded[:, owner], self.near[:, owner], self.told[owner], self.named[owner]
        )

    def joined(self, other: _Match) -> _Match:
        """The better of the two, place by place."""
        return _Match(
            self.exact | other.exact,
            self.folded | other.folded,
            np.maximum(self.near, other.near),
            np.maximum(self.told, other.told),
            np.maximum(self.named, other.named),
        )


def _matches(
    own: Numbers, wanted: Numbers, words: Vocabulary, all_runs: Sequence[Runs], *, folded: bool
) -> list[tuple[_Match, Rows, NDArray[np.bool_]]]:
    """How the question meets the runs, the sum of each run's vectors, and which of the `wanted` pieces it has.

    Each distinct piece is compared once, however often it occurs.
    """
    here = np.zeros(len(words.weights) + 1, bool)
    for runs in all_runs:
        here[runs.pieces] = True  # NOTHING is the last place
    here[NOTHING] = False
    distinct = np.flatnonzero(here)
    place = np.full(len(here), len(distinct), np.int64)
    place[distinct] = np.arange(len(distinct))
    width = len(distinct) + 1
    near = np.zeros((len(own), width), np.float32)
    near[:, :-1] = words.units[own] @ words.units[distinct].T
    vectors = np.zeros((width, words.vectors.shape[1]), np.float32)
    vectors[:-1] = words.vectors[distinct]
    rarities = np.append(words.weights[distinct], np.float32(0))
    told = np.stack([rarities, rarities * np.maximum(near.max(axis=0), 0)], axis=1)
    classes = words.folded[distinct]
    found = []
    for runs in all_runs:
        at = place[runs.pieces]
        owner = np.repeat(np.arange(len(runs)), np.diff(runs.bounds))
        counts = np.bincount(owner * width + at, minlength=len(runs) * width).reshape(len(runs), width)
        counted = counts.astype(np.float32)
        masses = counted @ told
        exact = _present(counts, own, distinct)
        named = counted[:, :-1] @ np.where(np.isin(distinct, own), rarities[:-1], np.float32(0))
        mass = np.maximum(masses[:, 0], 1e-6)
        match = _Match(
            exact,
            exact | _present(counts, words.folded[own], classes),
            np.maximum.reduceat(near[:, at], runs.bounds[:-1], axis=1),
            masses[:, 1] / mass,
            named / mass,
        )
        has = _present(counts, words.folded[wanted], classes) if folded else _present(counts, wanted, distinct)
        found.append((match, counted @ vectors, has))
    return found


def _present(counts: NDArray[np.int64], wanted: Numbers, distinct: Numbers) -> NDArray[np.bool_]:
    """Whether each run (rows of `counts`) has each wanted number, shape (wanted, runs); `distinct` names the columns."""
    order = np.argsort(distinct, kind="stable")
    ordered = distinct[order]
    first, last = np.searchsorted(ordered, wanted), np.searchsorted(ordered, wanted, side="right")
    found = np.zeros((len(wanted), len(counts)), bool)
    for row, (start, end) in enumerate(zip(first, last, strict=True)):
        for column in order[start:end]:
            found[row] |= counts[:, column] > 0
    return found


def _weighted(matched: NDArray[np.generic], weights: Rows) -> Rows:
    """The share of the question that is matched, each piece counting with its weight."""
    return np.asarray(weights @ matched.astype(np.float32) / max(float(weights.sum()), 1e-6), np.float32)


def _pair_shares(own: Numbers, weights: Rows, runs: Runs, classes: Numbers | None) -> Rows:
    """The share of the question's neighbouring pieces that stand side by side in each run."""
    if len(own) < 2:
        return np.zeros(len(runs), np.float32)
    pieces = runs.pieces if classes is None else np.where(runs.pieces == NOTHING, NOTHING, classes[runs.pieces])
    asked, which = np.unique(own[:-1] * _PAIR + own[1:], return_inverse=True)
    printed = pieces * _PAIR + np.append(pieces[1:], NOTHING)
    printed[runs.bounds[1:] - 1] = -1  # no pair runs from one run into the next
    at = np.minimum(np.searchsorted(asked, printed), len(asked) - 1)
    hits = np.flatnonzero(asked[at] == printed)
    run = np.searchsorted(runs.bounds, hits, side="right") - 1
    seen = np.zeros((len(asked), len(runs)), np.float32)
    seen[at[hits], run] = 1
    mass = np.minimum(weights[:-1], weights[1:]) + 0.3
    return np.asarray(np.bincount(which, mass, len(asked)) @ seen / mass.sum(), np.float32)


def _held(wanted: Numbers, words: Vocabulary, runs: Runs) -> Rows:
    """The share of the wanted pieces, by rarity, that each run has."""
    if not len(wanted):
        return np.zeros(len(runs), np.float32)
    distinct = np.unique(wanted)
    at = np.minimum(np.searchsorted(distinct, runs.pieces), len(distinct) - 1)
    hits = np.flatnonzero(distinct[at] == runs.pieces)
    seen = np.zeros((len(distinct), len(runs)), np.float32)
    seen[at[hits], np.searchsorted(runs.bounds, hits, side="right") - 1] = 1
    return _weighted(seen, words.weights[distinct])


def _votes(documents: Numbers, strengths: NDArray[np.floating]) -> NDArray[np.floating]:
    """The share of all strength that each article's document has."""
    return np.asarray(np.bincount(documents, strengths)[documents] / strengths.sum())


def _ranks(scores: NDArray[np.floating]) -> Numbers:
    """0 for the highest."""
    ranks = np.empty(len(scores), np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return ranks


def _unit(vector: Rows) -> Rows:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), np.float32)


def _units(vectors: Rows) -> Rows:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32)
