"""Train the small cross-encoder from nothing: some minutes on a GPU; two cores would take a day.

Three kinds of exercises, one after another: masked words of a heading, or of a few words, with their passage; which
passage a heading or a few words belong to; questions with what our search finds, where the odds of all passages of the
right article are added up, since nobody knows which of them answers. Every fifth of the last is one of the second kind
again. Nothing is learned of the laws kept out, with whose questions the network is measured.

    python evals/cross_encoder/candidates.py --out build/cross-encoder.npz
    python evals/cross_encoder/train.py --candidates build/cross-encoder.npz
    python evals/cross_encoder/train.py --candidates build/cross-encoder.npz --steps 4 4 20 --batch 4096 --lists 200 \
        --out build/tried.safetensors     # a minute on two cores, for trying
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from exercises import GROUP, KEPT_OUT, NEIGHBOURS, Exercise, Exercises
from measuring import Lists, measure
from network import Guess, Network
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

OUT = Path(__file__).parents[2] / "src" / "policy_qa" / "data" / "cross_encoder.safetensors"
SEED = 1
OF_BLANKS, OF_PASSAGE, OF_QUESTION = 138, 146, 150
"""Pieces that a pair has of each kind of exercise, about."""
AGAIN_EVERY = 5
MOST_MASKED = 4096
"""Masked pieces that are guessed in one step."""
WARMING = 150
IMPOSSIBLE = -1e4


def main() -> None:
    """Trains, measures and writes the network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=Path, required=True, help="what candidates.py wrote")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--width", type=int, default=128, help="of a piece, a multiple of 32 (default: %(default)s)")
    parser.add_argument("--wide", type=int, default=512, help="inside a layer (default: %(default)s)")
    parser.add_argument(
        "--steps",
        type=int,
        nargs=3,
        default=[400, 1000, 5750],
        metavar=("WORDS", "PASSAGES", "QUESTIONS"),
        help="of each kind of exercise (default: 400 1000 5750)",
    )
    parser.add_argument("--batch", type=int, default=98_304, help="pieces at a time, about (default: %(default)s)")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument(
        "--folds", type=int, nargs="+", help="learn from these folds of laws alone (default: all but 0)"
    )
    parser.add_argument("--lists", type=int, default=3000, help="how many lists to measure with (default: %(default)s)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    with np.load(arguments.candidates) as file:
        held = narrowed(dict(file), arguments.folds)
    exercises = Exercises(held, torch.device(arguments.device))
    network = made(exercises.vectors, arguments.layers, arguments.width, arguments.wide)
    print(f"{sum(weights.numel() for weights in network.parameters())} weights on {arguments.device}", flush=True)
    Training(network, exercises, arguments.batch, arguments.rate).run(*arguments.steps)
    save(network, arguments.out)
    measure(network, exercises, Lists(held), arguments.lists)


def narrowed(held: dict[str, NDArray[Any]], folds: Sequence[int] | None) -> dict[str, NDArray[Any]]:
    """The same with all other folds kept out; the second look must not see scores of questions that were learned."""
    if not folds:
        return held
    kept = {name: np.where(np.isin(held[name], folds), held[name], KEPT_OUT) for name in ("fold", "question_fold")}
    return {**held, **kept}


def made(vectors: Tensor, layers: int, width: int, wide: int) -> Network:
    """A network that has learned nothing, for these tables of vectors, shape (tables, pieces, dimensions)."""
    # Piece 0 is the unknown one, which has no vector.
    scale = float(vectors[0].norm(dim=1)[1:].mean())
    network = Network(layers, width, wide, pieces=vectors.shape[1], dimensions=vectors.shape[2], scale=scale)
    return network.to(vectors.device)


def save(network: Network, path: Path) -> None:
    """Writes the tensors that `policy_qa.retrieval.cross_encoder` reads, two bytes a number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.detach().cpu().numpy() for name, tensor in network.state_dict().items()}
    save_file({name: held if name == "scale" else held.astype(np.float16) for name, held in tensors.items()}, path)


class Training:
    """AdamW over the network, and over what guesses masked pieces from what the network makes of a pair."""

    def __init__(self, network: Network, exercises: Exercises, batch: int, rate: float) -> None:
        self._network, self._exercises, self._batch, self._rate = network, exercises, batch, rate
        self._device = exercises.vectors.device
        self._guess = Guess(network).to(self._device)
        self._weights = [*network.parameters(), *self._guess.parameters()]
        self._optimiser = torch.optim.AdamW(self._weights, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)

    def run(self, words: int, passages: int, questions: int) -> None:
        """So many steps of each kind of exercise; the rate rises again for each kind, and falls."""
        early = words + passages
        self._network.train()
        self._repeat("words", words, lambda _: self._words(), lambda step: self._warmed(step, step / early))
        self._repeat(
            "passages",
            passages,
            lambda _: self._passages(),
            lambda step: self._warmed(words + step, (words + step) / (2 * early)),
        )
        self._repeat(
            "questions",
            questions,
            self._questions,
            lambda step: 0.7 * self._rate * min(1.0, step / 200) * (1 - 0.97 * step / questions),
        )
        self._network.eval()

    def _warmed(self, step: int, share: float) -> float:
        return self._rate * min(1.0, step / WARMING) * (1 - 0.95 * share)

    def _repeat(self, name: str, steps: int, loss: Callable[[int], Tensor], rate: Callable[[int], float]) -> None:
        started = time.perf_counter()
        for step in range(1, steps + 1):
            with torch.autocast(self._device.type, torch.bfloat16, enabled=self._device.type == "cuda"):
                lost = loss(step)
            for group in self._optimiser.param_groups:
                group["lr"] = rate(step)
            self._optimiser.zero_grad(set_to_none=True)
            lost.backward()
            nn.utils.clip_grad_norm_(self._weights, 1.0)
            self._optimiser.step()
            if step % 200 == 1 or step == steps:
                seconds = time.perf_counter() - started
                print(f"{name} {step} of {steps}: loss {lost.item():.3f}, {seconds:.0f} s", flush=True)

    def _words(self) -> Tensor:
        blanks = self._exercises.blanks(self._batch // OF_BLANKS)
        chosen = torch.randperm(len(blanks.pieces), device=self._device)[:MOST_MASKED]
        seen = self._network(blanks.pairs, blanks.vectors)[blanks.masked][chosen]
        return nn.functional.cross_entropy(self._guess(seen, blanks.vectors).float(), blanks.pieces[chosen])

    def _passages(self) -> Tensor:
        groups = max(2, self._batch // (OF_PASSAGE * (1 + NEIGHBOURS)))
        return self._lost(self._exercises.passages(groups))

    def _questions(self, step: int) -> Tensor:
        if step % AGAIN_EVERY == 0:
            return self._passages()
        groups = max(2, self._batch // (OF_QUESTION * GROUP))
        return self._lost(self._exercises.questions(step % 2, groups))

    def _lost(self, exercise: Exercise) -> Tensor:
        """How unlikely the right ones are, all together, among those that count."""
        scores = self._network.scores(exercise.pairs, exercise.vectors).view(exercise.right.shape)
        scores = scores.masked_fill(~exercise.counted, IMPOSSIBLE)
        right = scores.masked_fill(~exercise.right, IMPOSSIBLE)
        return (scores.logsumexp(dim=1) - right.logsumexp(dim=1)).mean()


if __name__ == "__main__":
    main()
