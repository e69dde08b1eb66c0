"""What the learned ranker sees of a passage: a row of numbers, computed for all candidates of a question at once.

Everything is read from the table of word pieces, and nothing from texts. A weight of a piece is its rarity in
Vietnamese law text, not in the index, so that a row means the same in an index of ten documents and of ten thousand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.matching import (
    Rows,
    Wordings,
    densest,
    held,
    matches,
    neighbours,
    share,
    unit,
    units,
    vocabulary,
)
from policy_qa.retrieval.pieces import MOST_TOPIC, NOTHING, Numbers, PieceTable, Runs, joined
from policy_qa.retrieval.query import Query

NAMES = (
    "lexical", "lexical_share", "lexical_rank", "article_lexical", "dense_rank", "cosine", "cosine_gap",
    "plain_cosine", "head_cosine", "article_dense", "covered", "head_covered", "covered_gap", "article_covered",
    "folded_covered", "pairs", "best_pairs", "pairs_gap", "late", "head_late", "late_both", "late_gap",
    "head_late_gap", "expanded", "head_expanded", "said", "said_both", "said_gap", "head_said", "topic_covered",
    "topic_cosine", "topic_late", "with_topic", "with_topic_gap", "with_topic_late", "with_topic_late_gap",
    "beyond_topic", "topic_said", "local_covered", "local_late", "early", "densest", "densest_gap", "length",
    "head_length", "siblings", "position", "article_place", "document_lexical", "document_dense", "asked", "english",
    "folded", "expansions", "best_cosine", "best_late", "best_lexical",
)  # fmt: skip
"""The columns of a row, in order."""

MOST_BODY, MOST_HEAD = 1200, 400
"""Hardly any passage is longer: vectors are of all pieces."""
_EARLY, _WINDOW = 14, 30
_SHARP_LEXICAL, _SHARP_DENSE = 6.0, 12.0
_GUESS_LEXICAL = 0.4
_ABOVE = 0.75
"""What a word counts when only the heading has it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as pieces: its own, and those of what its words are officially called.

    `directions` has two rows of length one: what is meant, its own words with and without the official ones, and its
    own words alone.
    """

    own: Numbers
    official: Numbers
    directions: Rows
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
            directions(own, official),
            Wordings.of(query.concepts),
            query.folded,
            query.english,
        )


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages to be ranked, by rowid ascending, with their BM25 scores (0 where BM25 did not find them)."""

    rowids: Numbers
    lexical: Rows

    def __len__(self) -> int:
        return len(self.rowids)

    @classmethod
    def of(cls, lexical: Mapping[int, float], dense: Iterable[int]) -> Candidates:
        """The union of what both halves of the index found."""
        rowids = sorted({*lexical, *dense})
        return cls(np.array(rowids, np.int64), np.array([lexical.get(r, 0.0) for r in rowids], np.float32))


def likeliest(
    asked: Asked, found: Candidates, table: PieceTable, most: int, favoured: Collection[int] = ()
) -> Candidates:
    """The best of many candidates by a sum of two scores; all others are hardly ever ranked among the best.

    Of 400 candidates 160 kept every first place and cost at most two points of R@10 (docs/retrieval.md).
    `favoured` are rowids that come before all others.
    """
    if len(found) <= most:
        return found
    best = max(float(found.lexical.max()), 1e-6)
    guess = table.vectors(found.rowids) @ asked.directions[0] + _GUESS_LEXICAL * found.lexical / best
    if favoured:
        guess[np.isin(found.rowids, list(favoured))] += 2.0
    kept = np.sort(np.argpartition(-guess, most)[:most])
    return Candidates(found.rowids[kept], found.lexical[kept])


def features(asked: Asked, found: Candidates, table: PieceTable) -> Rows:
    """A row of `NAMES` for each candidate, shape (n, len(NAMES))."""
    words = vocabulary()
    n = len(found.rowids)
    # Rowids ascend and an article's are neighbours, so candidates of one article stand side by side.
    articles, starts, owner = np.unique(table.articles(found.rowids), return_index=True, return_inverse=True)
    firsts = table.documents(found.rowids[starts])
    _, document_starts, document = np.unique(firsts, return_index=True, return_inverse=True)
    body, head = table.bodies(found.rowids, MOST_BODY), table.heads(found.rowids[starts], MOST_HEAD)
    topic = table.topics(found.rowids[starts][document_starts], MOST_TOPIC)
    below, heads, topics = matches(asked.own, asked.wordings.runs.pieces, (body, head, topic), folded=asked.folded)
    above, around = heads.spread(owner), topics.spread(document[owner])
    weights = words.folded_weights[words.folded[asked.own]] if asked.folded else words.weights[asked.own]
    total = max(float(weights.sum()), 1e-6)

    exact, near = below.exact | above.exact, np.maximum(below.near, above.near)
    whole = np.maximum.reduceat(below.exact, starts, axis=1) | heads.exact
    covered, late_both, head_late = share(exact, weights), share(near, weights), share(above.near, weights)
    with_topic, with_topic_late = share(exact | around.exact, weights), share(np.maximum(near, around.near), weights)
    outside = ~around.exact * weights[:, None]
    local = weights * np.log((len(articles) + 1) / (whole.sum(axis=1) + 0.5)).astype(np.float32)
    local_covered = share(exact, local)

    said_below = asked.wordings.shares(below.has)
    said_both = np.maximum(said_below, _ABOVE * asked.wordings.shares(below.has | above.has))
    said = share(said_both, asked.wordings.weights)

    cosine, plain_cosine = asked.directions @ table.vectors(found.rowids).T
    article_dense = np.maximum.reduceat(cosine, starts)
    above_cosine = _cosines(joined((head, topic)), asked.directions[0])
    head_cosine, topic_cosine = above_cosine[: len(head)], above_cosine[len(head) :]
    best = max(float(found.lexical.max(initial=0.0)), 1e-6)
    article_lexical = np.maximum.reduceat(found.lexical, starts) / best

    classes = words.folded if asked.folded else None
    both = _neighbours(asked.own, weights, joined((body, head)), classes)
    pairs = both[:n]
    best_pairs = np.maximum(pairs, both[n:][owner])
    value = np.zeros(len(words.weights) + 1, np.float32)
    value[asked.own] = weights
    dense_words = densest(value, body, _WINDOW) / total
    columns = {
        "lexical": found.lexical / best,
        "lexical_share": found.lexical / total,
        "lexical_rank": _ranks(article_lexical)[owner],
        "article_lexical": article_lexical[owner],
        "dense_rank": _ranks(article_dense)[owner],
        "cosine": cosine,
        "cosine_gap": cosine - cosine.max(),
        "plain_cosine": plain_cosine,
        "head_cosine": head_cosine[owner],
        "article_dense": article_dense[owner],
        "covered": share(below.exact, weights),
        "head_covered": share(above.exact, weights),
        "covered_gap": covered - covered.max(),
        "article_covered": share(whole, weights)[owner],
        "folded_covered": share(below.folded, weights),
        "pairs": pairs,
        "best_pairs": best_pairs,
        "pairs_gap": best_pairs - best_pairs.max(),
        "late": share(below.near, weights),
        "head_late": head_late,
        "late_both": late_both,
        "late_gap": late_both - late_both.max(),
        "head_late_gap": head_late - head_late.max(),
        "expanded": held(asked.official, body),
        "head_expanded": held(asked.official, head)[owner],
        "said": share(said_below, asked.wordings.weights),
        "said_both": said,
        "said_gap": said - said.max(),
        "head_said": share(asked.wordings.shares(above.has), asked.wordings.weights),
        "topic_covered": share(topics.exact, weights)[document][owner],
        "topic_cosine": topic_cosine[document][owner],
        "topic_late": share(topics.near, weights)[document][owner],
        "with_topic": with_topic,
        "with_topic_gap": with_topic - with_topic.max(),
        "with_topic_late": with_topic_late,
        "with_topic_late_gap": with_topic_late - with_topic_late.max(),
        "beyond_topic": (outside * exact).sum(axis=0) / np.maximum(outside.sum(axis=0), 1e-6),
        "topic_said": share(asked.wordings.shares(topics.has), asked.wordings.weights)[document][owner],
        "local_covered": local_covered,
        "local_late": share(near, local),
        "early": densest(value, _beginnings(body), _EARLY) / total,
        "densest": dense_words,
        "densest_gap": dense_words - dense_words.max(),
        "length": np.log1p(np.diff(body.bounds)),
        "head_length": np.diff(head.bounds)[owner],
        "siblings": np.log1p(table.sizes(articles))[owner],
        "position": found.rowids - articles[owner],
        "article_place": np.log1p(articles - firsts)[owner],
        "document_lexical": _votes(document, np.exp(_SHARP_LEXICAL * (article_lexical - 1)))[owner],
        "document_dense": _votes(document, np.exp(_SHARP_DENSE * (article_dense - article_dense.max())))[owner],
        "asked": len(asked.own),
        "english": asked.english,
        "folded": asked.folded,
        "expansions": len(asked.official),
        "best_cosine": cosine.max(),
        "best_late": late_both.max(),
        "best_lexical": best / total,
    }
    rows = np.empty((n, len(NAMES)), np.float32)
    for at, name in enumerate(NAMES):
        rows[:, at] = columns[name]
    return rows


def _neighbours(own: Numbers, weights: Rows, runs: Runs, classes: Numbers | None) -> Rows:
    if classes is None:
        return neighbours(own, weights, runs)
    return neighbours(
        classes[own], weights, Runs(np.where(runs.pieces < 0, NOTHING, classes[runs.pieces]), runs.bounds)
    )


def _beginnings(runs: Runs) -> Runs:
    """The first pieces of each run."""
    sizes = np.minimum(np.diff(runs.bounds), _EARLY)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    at = np.repeat(runs.bounds[:-1] - bounds[:-1], sizes) + np.arange(bounds[-1])
    return Runs(runs.pieces[at], bounds)


def directions(own: Sequence[int], official: Sequence[int]) -> Rows:
    """Where a question points, see `Asked`; shape (2, dimensions)."""
    text, added = word_encoder().sums([own, official])
    return np.stack([unit(unit(text) + unit(text + added)), unit(text)])


def _cosines(runs: Runs, direction: Rows) -> Rows:
    """How near the vector of each run is to the direction; 0 where there is none."""
    unknown = 0  # the encoder's row of zeros
    sums = word_encoder().words.sums(np.where(runs.pieces == NOTHING, unknown, runs.pieces), runs.bounds)
    return units(sums) @ direction


def _votes(documents: Numbers, strengths: NDArray[np.floating]) -> NDArray[np.floating]:
    """The share of all strength that each article's document has."""
    return np.asarray(np.bincount(documents, strengths)[documents] / strengths.sum())


def _ranks(scores: NDArray[np.floating]) -> Numbers:
    """0 for the highest."""
    ranks = np.empty(len(scores), np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return ranks
