"""What the cross-encoder is trained on, drawn by lot from what `candidates.py` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from network import BODY, HEAD, NOTHING, OFFICIAL, OWN, START, TITLE, Pairs
from numpy.typing import NDArray
from torch import Tensor

Arrays = Mapping[str, NDArray[Any]]

KEPT_OUT = 0  # as in evals/retrieval/articles.py, which a machine that only trains need not have
FOLDS_OF_FIRST = (1, 2)
"""The folds that the first of the two other encoders did not learn from; the second did not learn from the rest."""
FORMAL, FORMAL_WEIGHT = "zalo", 3.0
"""The questions that are drawn oftener than others: there are few of them."""
NEIGHBOURS, GROUP = 7, 12
"""Wrong passages of a heading or a few words; passages of a question, of which at most `MOST_RIGHT` are right."""
MOST_RIGHT = 4
DEEPEST = 64
"""No list of candidates is longer."""
_BY_HEADING = 0.45
_LONG_BODY, _LONG_HEADING = 14, 2
_WORDS = (4, 18)
"""How many pieces "a few words" are."""
_WORN, _MASKED, _HIDDEN, _WITHOUT_OFFICIAL = 0.25, 0.2, 0.1, 0.15
_NEAR, _FAR = 40, 0.15
_FIRST = 0.6
"""How much likelier the first of a list are drawn than the last."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """Groups of pairs; of each group the right ones must win over the others that count. Shape (groups, size)."""

    pairs: Pairs
    vectors: Tensor
    right: Tensor
    counted: Tensor


@dataclass(frozen=True, slots=True)
class Blanks:
    """Pairs with some pieces masked, where these stand, and what they are; shapes (n, longest), (n, longest), (masked,)."""

    pairs: Pairs
    vectors: Tensor
    masked: Tensor
    pieces: Tensor


@dataclass(frozen=True, slots=True)
class _Asked:
    """Headings or a few words, and the passages they belong to; `bodies` are without these words."""

    asked: Tensor
    passages: Tensor
    bodies: Tensor
    by_heading: Tensor


class Runs:
    """Many runs of pieces, padded to the longest of all when they are asked for."""

    def __init__(self, held: Arrays, name: str, device: torch.device) -> None:
        bounds = held[f"{name}_bounds"].astype(np.int64)
        self._pieces = torch.from_numpy(np.append(held[name], 0).astype(np.int32)).to(device)
        self._bounds = torch.from_numpy(bounds).to(device)
        self._places = torch.arange(int(np.diff(bounds).max(initial=1)), device=device)

    def __call__(self, which: Tensor) -> Tensor:
        """Shape (n, longest), `NOTHING` at the end."""
        at = self._bounds[which][:, None] + self._places
        inside = at < self._bounds[which + 1][:, None]
        return torch.where(inside, self._pieces[at.clamp(max=len(self._pieces) - 1)].long(), NOTHING)


def answers(held: Arrays) -> NDArray[np.bool_]:
    """Which candidates answer: where somebody read which passage does, that one; else all of the right article."""
    asked = np.repeat(held["question"], np.diff(held["list_bounds"]))
    known = np.zeros(len(held["kind"]), bool)
    known[asked[held["told"]]] = True
    return np.where(known[asked], held["told"], held["right"])


class Exercises:
    """Draws exercises; nothing of the fold kept out is ever asked, nor right."""

    def __init__(self, held: Arrays, device: torch.device) -> None:
        self._device = device
        self.vectors = torch.from_numpy(held["vectors"]).to(device)
        self.pieces = self.vectors.shape[1]
        names = ("body", "head", "title", "heading", "own", "official")
        self._body, self._head, self._title, self._heading, self._own, self._official = (
            Runs(held, name, device) for name in names
        )
        self._article, self._document = self._here(held["article"]), self._here(held["document"])
        long = (held["fold"] != KEPT_OUT) & (np.diff(held["body_bounds"]) > _LONG_BODY)
        named = np.diff(held["heading_bounds"])[held["article"]] > _LONG_HEADING
        self._long, self._named = self._here(np.flatnonzero(long)), self._here(np.flatnonzero(long & named))
        self._candidate, self._bounds = self._here(held["candidate"]), self._here(held["list_bounds"])
        right = answers(held)
        self._right, self._question = self._here(right).bool(), self._here(held["question"])
        self._learned = self._lists_by_encoder(held, right)
        weights = np.where(held["kind"] == FORMAL, FORMAL_WEIGHT, 1.0)[held["question"]]
        self._weights = torch.from_numpy(weights).to(device)

    def _lists_by_encoder(self, held: Arrays, right: NDArray[np.bool_]) -> list[Tensor]:
        some_right = np.diff(np.concatenate(([0], np.cumsum(right)))[held["list_bounds"]]) > 0
        folds = held["question_fold"][held["question"]]
        first = np.isin(folds, FOLDS_OF_FIRST)
        learned = some_right & (folds != KEPT_OUT)
        return [self._here(np.flatnonzero(learned & of_it)) for of_it in (first, ~first)]

    def blanks(self, count: int) -> Blanks:
        """Headings and a few words with their passages, a fifth of all pieces masked."""
        drawn = self._asked_for(count)
        pairs = self._read((drawn.asked, OWN), passages=drawn.passages, bodies=drawn.bodies, bare=drawn.by_heading)
        masked = self._known(pairs) & (self._lot(*pairs.pieces.shape) < _MASKED)
        return Blanks(self._hide(pairs, masked), self._any_vectors(), masked, pairs.pieces[masked])

    def passages(self, count: int) -> Exercise:
        """Which passage a heading or a few words belong to: the first of each group; some words have fallen out."""
        drawn = self._asked_for(count)
        asked = torch.where(self._lot(*drawn.asked.shape) < _WORN, NOTHING, drawn.asked)
        steps = self._below(_NEAR - 1, count, NEIGHBOURS) + 1
        signs = self._below(2, count, NEIGHBOURS) * 2 - 1
        others = (drawn.passages[:, None] + steps * signs).clamp(0, len(self._article) - 1)
        far = self._lot(*others.shape) < _FAR
        others = torch.where(far, self._long[self._below(len(self._long), *others.shape)], others)
        same_article = self._article[others] == self._article[drawn.passages][:, None]
        neither = (same_article & drawn.by_heading[:, None]) | (others == drawn.passages[:, None])
        group = torch.cat([drawn.passages[:, None], others], dim=1)
        right = torch.arange(group.shape[1], device=self._device).expand(group.shape) == 0
        bodies = self._body(group.flatten())
        bodies[right.flatten()] = drawn.bodies
        repeated = [part.repeat_interleave(group.shape[1], dim=0) for part in (asked, drawn.by_heading)]
        pairs = self._read((repeated[0], OWN), passages=group.flatten(), bodies=bodies, bare=repeated[1])
        return Exercise(pairs, self._any_vectors(), right, torch.cat([right[:, :1], ~neither], dim=1))

    def questions(self, encoder: int, count: int) -> Exercise:
        """Questions that the first (0) or second (1) of the other encoders has not learned, with some candidates."""
        # Where only half of the laws is learned from, the other encoder has nothing to ask.
        lists = self._learned[encoder] if len(self._learned[encoder]) else self._learned[1 - encoder]
        encoder = encoder if len(self._learned[encoder]) else 1 - encoder
        drawn = lists[torch.multinomial(self._weights[lists], count, replacement=True)]
        depth = torch.arange(DEEPEST, device=self._device)
        at = self._bounds[drawn][:, None] + depth
        inside = at < self._bounds[drawn + 1][:, None]
        at = at.clamp(max=len(self._candidate) - 1)
        right = self._right[at] & inside
        # The right ones before the wrong ones, the wrong ones of the list before what stands behind its end.
        lot = self._lot(*at.shape) - _FIRST * depth / DEEPEST + 3.0 * right - 9.0 * ~inside
        place = torch.where(right, lot, -9.0).argsort(dim=1, descending=True).argsort(dim=1)
        counted = inside & ~(right & (place >= MOST_RIGHT))
        picked = torch.where(counted, lot, -9.0).topk(GROUP, dim=1).indices
        pairs = self.pairs(
            self._question[drawn].repeat_interleave(GROUP), self._candidate[at.gather(1, picked).flatten()]
        )
        hidden = (pairs.segments != START) & (self._lot(*pairs.pieces.shape) < _HIDDEN)
        hidden |= (pairs.segments == OFFICIAL) & (self._lot(len(pairs.pieces), 1) < _WITHOUT_OFFICIAL)
        pairs = self._hide(pairs, hidden)
        counted = counted.gather(1, picked)
        return Exercise(pairs, self.vectors[1 + encoder], right.gather(1, picked) & counted, counted)

    def pairs(self, questions: Tensor, passages: Tensor) -> Pairs:
        """Each question with a passage, as they are."""
        return self._read((self._own(questions), OWN), (self._official(questions), OFFICIAL), passages=passages)

    def _read(
        self, *asked: tuple[Tensor, int], passages: Tensor, bodies: Tensor | None = None, bare: Tensor | None = None
    ) -> Pairs:
        """What is asked with passages, or these `bodies` in place of theirs; `bare` ones are shown without headings."""
        heads = self._head(passages)
        if bare is not None:
            heads = torch.where(bare[:, None], NOTHING, heads)
        bodies = self._body(passages) if bodies is None else bodies
        titles = self._title(self._document[passages])
        return Pairs.of([*asked, (titles, TITLE), (heads, HEAD), (bodies, BODY)], start=self.pieces)

    def _asked_for(self, count: int) -> _Asked:
        headings = int(count * _BY_HEADING)
        passages = torch.cat(
            [
                self._named[self._below(len(self._named), headings)],
                self._long[self._below(len(self._long), count - headings)],
            ]
        )
        by_heading = torch.arange(count, device=self._device) < headings
        heading, body = self._heading(self._article[passages]), self._body(passages)
        width, longest = heading.shape[1], body.shape[1]
        lengths = (body != NOTHING).sum(dim=1)
        least, most = _WORDS
        room = torch.minimum(lengths // 2, torch.full_like(lengths, most)) - least + 1
        size = (least + self._lot(count) * room).long()
        start = (self._lot(count) * (lengths - size + 1)).long()[:, None]
        at = start + torch.arange(width, device=self._device)
        words = torch.where(at < start + size[:, None], body.gather(1, at.clamp(max=longest - 1)), NOTHING)
        place = torch.arange(longest, device=self._device)[None]
        taken = (place >= start) & (place < start + size[:, None]) & ~by_heading[:, None]
        asked = torch.where(by_heading[:, None], heading, words)
        return _Asked(asked, passages, torch.where(taken, NOTHING, body), by_heading)

    def _known(self, pairs: Pairs) -> Tensor:
        return (pairs.pieces != NOTHING) & (pairs.pieces < self.pieces)

    def _hide(self, pairs: Pairs, where: Tensor) -> Pairs:
        """Masks known pieces."""
        return Pairs(torch.where(where & self._known(pairs), self.pieces + 1, pairs.pieces), pairs.segments)

    def _any_vectors(self) -> Tensor:
        return self.vectors[int(torch.randint(len(self.vectors), ()))]

    def _below(self, bound: int, *shape: int) -> Tensor:
        return torch.randint(bound, shape, device=self._device)

    def _lot(self, *shape: int) -> Tensor:
        return torch.rand(shape, device=self._device)

    def _here(self, numbers: NDArray[Any]) -> Tensor:
        return torch.from_numpy(np.asarray(numbers, np.int64)).to(self._device)
