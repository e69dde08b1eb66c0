"""How well a passage fits a question: a handful of cheap features, added up with fixed weights."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from policy_qa.retrieval.lexical import folded, syllables
from policy_qa.retrieval.query import Concept, Query


class Words:
    """The words of a text for matching: syllables and neighbouring pairs, with and without diacritics.

    Each is made when it is first asked for: a question is either folded or not, and few have no pairs.
    """

    def __init__(self, cut: tuple[str, ...]) -> None:
        self._cut = cut

    @classmethod
    def of(cls, text: str) -> Words:
        """Cuts `text` as the index does."""
        return cls(syllables(text))

    @cached_property
    def plain(self) -> frozenset[str]:
        """The syllables as they are written."""
        return frozenset(self._cut)

    @cached_property
    def folded(self) -> frozenset[str]:
        """The syllables without diacritics."""
        return frozenset(folded(self._cut))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbours as they are written."""
        return frozenset(pairwise(self._cut))

    @cached_property
    def folded_pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbours without diacritics."""
        return frozenset(pairwise(folded(self._cut)))

    def syllables(self, *, folded: bool) -> frozenset[str]:
        """The syllables, without diacritics when `folded`."""
        return self.folded if folded else self.plain


@dataclass(frozen=True, slots=True)
class Features:
    """What ranks a passage; each between 0 and 1, the best candidate's BM25 being 1.

    `coverage` and `pairs` are the shares of the question's words (weighted by rarity) and of its word pairs that
    the passage with its headings has; `heading` is the coverage of its own heading alone.
    """

    bm25: float
    cosine: float
    coverage: float
    pairs: float
    heading: float
    named: float
    reported: float
    bare: float


WEIGHTS = Features(bm25=1.0, cosine=0.8, coverage=1.6, pairs=0.6, heading=0.35, named=0.9, reported=-0.15, bare=-0.35)
"""`named`: of a document that the question names; `reported`: known only from the press; `bare`: a heading alone."""

HEADING_CREDIT = 0.75
"""What a word counts when only the headings above the passage, or the document's title, have it."""


def score(features: Features) -> float:
    """The weighted sum of the features."""
    return float(sum(getattr(WEIGHTS, name) * getattr(features, name) for name in Features.__slots__))


def credit(concept: Concept, syllables: Collection[str]) -> float:
    """How far a text with these syllables speaks of the concept, 0 to 1; the best of its wordings counts."""
    best = 0.0
    for wording in concept.wordings:
        if best >= wording.credit or not wording.syllables:
            continue  # cannot do better: the word itself stands first, and mostly it is there
        present = 0
        for syllable in wording.syllables:  # a plain loop: this runs a thousand times a question
            present += syllable in syllables
        if present:
            share = present / len(wording.syllables)
            best = max(best, wording.credit * (share if share == 1.0 else 0.6 * share * share))
    return best


def coverage(query: Query, body: Words, around: Sequence[Words] = ()) -> float:
    """The share of the question's words, weighted by rarity, that the text has; `around` are its headings and title."""
    total = sum(concept.weight for concept in query.concepts)
    if not total:
        return 0.0
    inside = body.syllables(folded=query.folded)
    above = frozenset().union(*(words.syllables(folded=query.folded) for words in around)) if around else frozenset()
    both = inside | above
    gained = 0.0
    for concept in query.concepts:
        here = credit(concept, inside)
        if here < 1.0 and above:
            here = max(here, HEADING_CREDIT * credit(concept, both))
        gained += concept.weight * here
    return gained / total


def pair_coverage(query: Query, body: Words, around: Sequence[Words] = ()) -> float:
    """The share of the question's neighbouring content words that stand side by side in the text or its headings."""
    if not query.pairs:
        return 0.0
    texts = (body, *around)
    if query.folded:
        return sum(any(p in words.folded_pairs for words in texts) for p in query.pairs) / len(query.pairs)
    return sum(any(p in words.pairs for words in texts) for p in query.pairs) / len(query.pairs)
