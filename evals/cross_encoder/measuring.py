"""How well the cross-encoder puts candidates in order that it has not learned from, beside the search's own order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from exercises import KEPT_OUT, Arrays, Exercises
from network import Network
from numpy.typing import NDArray

BESIDE = 0.5
"""What the network counts beside the search's score where both are added up, as in `policy_qa.retrieval.retriever`."""
AT_ONCE = 256
"""Pairs that are scored together."""

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of one question in one place, best first: passages, their articles, scores, and which are right."""

    kind: str
    question: int
    passages: Numbers
    articles: Numbers
    scores: Scores
    right: NDArray[np.bool_]
    told: NDArray[np.bool_]

    def reciprocal_of_passage(self, scores: Scores) -> float:
        """One over the rank of the best passage that was read to answer; 0 where none is among them."""
        return 1 / (1 + int((scores > scores[self.told].max()).sum())) if self.told.any() else 0.0

    def reciprocal(self, scores: Scores) -> float:
        """One over the rank of the best right article by these scores; 0 where no right one was found."""
        if not self.right.any():
            return 0.0
        better = scores > scores[self.right].max()
        return 1 / (1 + len(np.unique(self.articles[better])))


class Lists:
    """The lists of the questions kept out. What stands below the end of a list was not found, for anybody."""

    def __init__(self, held: Arrays) -> None:
        self._held = held
        folds = held["question_fold"][held["question"]]
        self._kept_out = np.flatnonzero(folds == KEPT_OUT)

    def some(self, most: int) -> list[Candidates]:
        """About so many of them at most: all lists of some questions, which are taken evenly from all."""
        asked = self._held["question"][self._kept_out]
        every = -(-len(asked) // most)
        return [self._list(number) for number in self._kept_out[np.isin(asked, np.unique(asked)[::every])].tolist()]

    def _list(self, number: int) -> Candidates:
        held = self._held
        whole = np.arange(*held["list_bounds"][number : number + 2])
        told = whole[~held["below"][whole]]
        question, passages = int(held["question"][number]), held["candidate"][told].astype(np.int64)
        # The styles of a set are few questions each: those of all sets together.
        kind = f"{held['place'][number]}, {str(held['kind'][question]).rsplit(' ', 1)[-1]}"
        return Candidates(
            kind,
            question,
            passages,
            held["article"][passages],
            held["score"][told].astype(np.float32),
            held["right"][told],
            held["told"][told],
        )


def measure(network: Network, exercises: Exercises, lists: Lists, most: int) -> None:
    """Prints the mean reciprocal rank of the right article, and of the passage that was read to answer.

    By the search, by the network, by both added up.
    """
    found = lists.some(most)
    rows: dict[str, list[list[float]]] = {}
    for candidates, scores in zip(found, _scored(network, exercises, found), strict=True):
        ranked = candidates.scores, scores, candidates.scores + BESIDE * scores
        rows.setdefault(candidates.kind, []).append([candidates.reciprocal(by) for by in ranked])
        if candidates.told.any():
            of_passage = [candidates.reciprocal_of_passage(by) for by in ranked]
            rows.setdefault(f"{candidates.kind}, passage", []).append(of_passage)
    print(f"{'MRR of laws kept out':42} lists  search network   both")
    for kind, figures_of_all in sorted(rows.items()):
        search, alone, both = np.mean(figures_of_all, axis=0)
        print(f"{kind:42} {len(figures_of_all):5} {search:7.3f} {alone:7.3f} {both:7.3f}", flush=True)


@torch.no_grad()
def _scored(network: Network, exercises: Exercises, lists: list[Candidates]) -> list[Scores]:
    """The network's scores of each list; no question kept out was learned by the shipped encoder, the first."""
    device = exercises.vectors.device
    lengths = [len(candidates.passages) for candidates in lists]
    questions = torch.from_numpy(np.repeat([candidates.question for candidates in lists], lengths)).to(device)
    passages = torch.from_numpy(np.concatenate([candidates.passages for candidates in lists])).to(device)
    batches = zip(questions.split(AT_ONCE), passages.split(AT_ONCE), strict=True)
    scores = [network.scores(exercises.pairs(*batch), exercises.vectors[0]).cpu() for batch in batches]
    return np.split(torch.cat(scores).numpy(), np.cumsum(lengths)[:-1])
