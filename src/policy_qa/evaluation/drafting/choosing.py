"""Picks a few of many proposals: spread over the kinds of questions, their forms and the parts of the document."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from typing import Final

from policy_qa.evaluation.drafting.material import content_words
from policy_qa.evaluation.drafting.wordings import Proposal

NEAR_MISS: Final = "near-miss"
"""The kind under which questions that are not answerable are counted here, whatever they ask for."""

_ALIKE: Final = 0.5
_SHARES: Final = {NEAR_MISS: 0.2, "address": 0.25}
"""The largest share of the kinds of which every document yields many, where others are drawn as well."""
_WEIGHTS: Final = {
    "content": 1.4,
    "list": 1.4,
    "figure": 1.5,
    "who": 1.4,
    NEAR_MISS: 1.4,
    "address": 0.8,
    "identity": 0.6,
}
"""How often a kind comes, against one that comes once."""


_OF_PLACES: Final = content_words("điểm khoản điều mục chương nội dung nói tại")
"""What all questions for a place have in common."""


def kind_of(proposal: Proposal) -> str:
    """The kind that a proposal counts as."""
    return NEAR_MISS if proposal.reason else proposal.kind


def choose(proposals: Iterable[Proposal], count: int, chance: random.Random, apart_from: str = "") -> list[Proposal]:
    """At most `count` of the proposals, no two of which share most of their words.

    Greedy: the next is always of the kind, form and part of the document that have come least; chance decides between
    equals.

    Args:
        proposals: what there is, in any order.
        count: how many are wanted.
        chance: the seed of the choice.
        apart_from: words that all of them have (the document's name), which count for nothing.
    """
    left = list(proposals)
    chance.shuffle(left)
    kinds = {kind_of(proposal) for proposal in left}
    most = {kind: max(1, round(count * share)) for kind, share in _SHARES.items() if kinds != {kind}}
    ignored = content_words(apart_from) | _OF_PLACES
    words = {proposal.question: content_words(proposal.question) - ignored for proposal in left}
    chosen: list[Proposal] = []
    used: Counter[str] = Counter()
    while left and len(chosen) < count:
        best = min(left, key=lambda p: _worth(p, used))
        chosen.append(best)
        used.update((f"kind {kind_of(best)}", f"form {best.form}", f"place {best.place}", f"top {_top(best)}"))
        full = {kind for kind, number in most.items() if used[f"kind {kind}"] >= number}
        said = words[best.question]
        left = [
            other
            for other in left
            if kind_of(other) not in full and not _same(best, other) and not _alike(said, words[other.question])
        ]
    return chosen


def _worth(proposal: Proposal, used: Counter[str]) -> float:
    """How often what the proposal is has come already; the least is the best."""
    kind = kind_of(proposal)
    return (
        used[f"kind {kind}"] / _WEIGHTS.get(kind, 1.0)
        + 0.7 * used[f"form {proposal.form}"]
        + 0.5 * used[f"top {_top(proposal)}"]
        + 2.0 * used[f"place {proposal.place}"]
    )


def _top(proposal: Proposal) -> str:
    return proposal.place.partition(";")[0]


def _same(one: Proposal, other: Proposal) -> bool:
    return bool(one.gold) and (one.gold, one.kind) == (other.gold, other.kind)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared > _ALIKE * min(len(one), len(other)) if one and other else one == other
