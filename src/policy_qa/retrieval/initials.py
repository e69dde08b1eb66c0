"""What an abbreviation may stand for, beyond the lexicon: terms of law text that begin with its letters.

Officers abbreviate as they go ("CQ", "HL", "TĐHV"), and one abbreviation means many things. So the meanings are weighed: how
common the term is, whether the lexicon has it, and how near its vector is to the other words of the question. The terms
(`data/initials.tsv.gz`) were counted, and the weights fitted, by `evals/abbreviations.py` on questions written by us.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.lexicon import Expansion, Lexicon, Word

FILE = Path(__file__).parents[1] / "data" / "initials.tsv.gz"
ABBREVIATION = re.compile(r"[^\W\d_]{2,5}")

COMMON, COHERENT, LIKELIEST, LISTED, NEAR, BIAS = 0.40, 0.22, 3.20, 1.64, 11.38, -5.61
"""What a meaning gains by the logarithm of its count, by that of its share, as the lexicon's first, as one that the
lexicon lists, and by its cosine to the rest of the question; and where odds are even."""
UNCOUNTED = 4.0
"""The count of a meaning that the lexicon has and the table has not."""
MOST_MEANINGS = 3
WORTH = 0.2
"""A meaning counts that is at least this likely beside the likeliest."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of law text: in how many articles it stands, and what share that is of those of its rarest syllable."""

    words: str
    count: float
    share: float


def clarified(
    question: Sequence[Word], expansions: Sequence[Expansion], lexicon: Lexicon, *, folded: bool = False
) -> list[Expansion]:
    """The expansions with every abbreviation's meanings weighed against the rest of the question, likeliest first.

    Abbreviations that the lexicon does not have are added; those of three letters and more that it has with one meaning
    are left alone, and so is what stands before a number ("TT 07/2010"). `folded`: the question bears no diacritics, so that a D may be a Đ.
    """
    listed = [e for e in expansions if e.kind == "abbreviation"]
    whole = {at for e in listed if e.end > e.start + 1 for at in range(e.start, e.end)}
    rest = " ".join(word.lower for word in question if not _is_abbreviation(word))
    found: dict[int, Expansion] = {}
    for at, word in enumerate(question):
        known = lexicon.meanings(word.typed)
        certain = len(known) == 1 and len(word.typed) > 2
        numbered = bool(known) and question[at + 1 : at + 2] and question[at + 1].typed[0].isdigit()
        if certain or numbered or at in whole or not _is_abbreviation(word):
            continue
        if meanings := likeliest(word.typed, known, rest, folded=folded):
            found[at] = Expansion(at, at + 1, "abbreviation", meanings)
    kept = [e for e in expansions if e.kind != "abbreviation" or e.start not in found]
    return [*found.values(), *kept]


def likeliest(abbreviation: str, listed: Sequence[str], rest: str, *, folded: bool = False) -> tuple[str, ...]:
    """The likeliest meanings of an abbreviation, best first; `listed` are the lexicon's, `rest` what else is asked."""
    meanings = candidates(abbreviation, listed, folded=folded)
    if not meanings:
        return ()
    about = word_encoder().encode([rest])[0]
    cosines = [float(_vector(term.words) @ about) for term in meanings]
    ranks = {words.lower(): rank for rank, words in enumerate(listed)}
    odds = sorted(
        (
            (odds_of(term, ranks.get(term.words.lower()), cosine), term.words)
            for term, cosine in zip(meanings, cosines, strict=True)
        ),
        reverse=True,
    )
    best = odds[0][0]
    return tuple(words for score, words in odds[:MOST_MEANINGS] if math.exp(score - best) >= WORTH)


def odds_of(term: Term, rank: int | None, cosine: float) -> float:
    """The logarithm of the odds that this is what was meant; `rank` is its place in the lexicon, None where it is not there."""
    listed = 0.0 if rank is None else LIKELIEST if rank == 0 else LISTED
    return BIAS + COMMON * math.log(term.count) + COHERENT * math.log(term.share) + listed + NEAR * cosine


def candidates(abbreviation: str, listed: Sequence[str] = (), *, folded: bool = False) -> list[Term]:
    """The terms with these initials, the lexicon's first."""
    table = _terms(folded)
    letters = abbreviation.lower()
    found = {term.words: term for term in table.get(letters, ())}
    first = [found.pop(words.lower(), Term(words, UNCOUNTED, 1.0)) for words in listed]
    return [*first, *found.values()]


def _is_abbreviation(word: Word) -> bool:
    return word.typed.isupper() and ABBREVIATION.fullmatch(word.typed) is not None


@lru_cache(maxsize=4096)
def _vector(words: str) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = word_encoder().encode([words])[0]
    return vector


@lru_cache(maxsize=2)
def _terms(folded: bool) -> dict[str, tuple[Term, ...]]:
    """The terms by their initials, with Đ as D where `folded`; the most common and coherent first."""
    table: dict[str, list[Term]] = {}
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            words, count, share = line.rstrip("\n").split("\t")
            initials = "".join(word[0] for word in words.split())
            initials = fold(initials) if folded else initials
            table.setdefault(initials, []).append(Term(words, float(count), float(share)))
    return {initials: tuple(terms) for initials, terms in table.items()}
