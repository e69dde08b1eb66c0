"""Train the encoder from the weights that `build.py` makes of the package: on two cores, or on a GPU where there is one.

Contrastive: of two thousand pairs at a time, each side must find its own other side (cross-entropy over cosines, both
ways). The pairs: an article's heading and one of its passages; a few words of a passage and the rest of it; a question
and the article that answers it; a word and what the lexicon says it is officially called. Laws of one fold
are kept out, so that what is measured on their questions was not learned; of more folds for the encoder with whose help
the ranker is fitted, since it must see vectors that have not learned its questions by heart.

    python evals/encoder/build.py --out build/encoder-base
    python evals/encoder/lessons.py --base build/encoder-base --out build/lessons.npz
    python evals/encoder/train.py --base build/encoder-base --lessons build/lessons.npz
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Mapping, Set
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from torch import Tensor
from torch.nn import functional

from policy_qa.retrieval.word_vectors import WordVectors, pair_keys

ROOT = Path(__file__).parents[2]
OUT = ROOT / "src" / "policy_qa" / "data" / "encoder"
KEPT_OUT = 0  # as in evals/retrieval/articles.py, which a machine that only trains need not have
MIX = {"heading": 0.25, "words": 0.15, "question": 0.45, "lexicon": 0.15}
BARE = 0.12
"""The share of questions that are shown without diacritics."""
FORGOTTEN = 0.1
"""The share of a question's pieces that are left out, so that it is not learned by heart."""
MOST_ASKED, MOST_HEAD, MOST_READ = 64, 40, 400
WORDS = (4, 20)
"""How many pieces "a few words" are."""
OFTEN_ASKED = 2
"""A pair of pieces has a vector of its own when questions have it so often; the others are the commonest of the law."""


def main() -> None:
    """Trains and writes the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="what build.py wrote")
    parser.add_argument("--lessons", type=Path, required=True, help="what lessons.py wrote")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--without", type=int, nargs="*", default=[], help="more folds of laws to keep out")
    parser.add_argument("--pairs", type=int, default=40_000)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=5e-3)
    parser.add_argument("--temperature", type=float, default=0.05)
    arguments = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(2)
    base = load_file(arguments.base / "0_StaticEmbedding" / "model.safetensors")["embedding.weight"]
    with np.load(arguments.lessons) as file:
        lessons = Lessons(dict(file), {KEPT_OUT, *arguments.without}, device)
    model = Model(base.astype(np.float32), lessons.common_pairs(arguments.pairs), device)
    train(model, lessons, arguments)
    save(model.words(), arguments.base, arguments.out)


def train(model: Model, lessons: Lessons, arguments: argparse.Namespace) -> None:
    """Adam, the rate falling to nothing; the same seed draws the same pairs."""
    optimiser = torch.optim.Adam([model.table], lr=arguments.rate)
    started = time.perf_counter()
    for step in range(1, arguments.steps + 1):
        asked, read, same = lessons.batch(arguments.batch)
        cosines = model(asked) @ model(read).T / arguments.temperature
        # Another pair of the same article is neither right nor wrong.
        cosines = cosines.masked_fill(same, -1e4)
        right = torch.arange(len(asked), device=cosines.device)
        loss = (functional.cross_entropy(cosines, right) + functional.cross_entropy(cosines.T, right)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * (1 - step / arguments.steps) + 1e-5
        if step % 100 == 0:
            print(f"step {step}: loss {loss.item():.3f}, {time.perf_counter() - started:.0f} s", flush=True)


class Model:
    """One row a piece, then one a pair; padding is piece 0, which is unknown and has no direction."""

    def __init__(self, pieces: NDArray[np.float32], keys: NDArray[np.int64], device: torch.device) -> None:
        self._pieces, self._keys = len(pieces), torch.from_numpy(keys).to(device)
        rows = np.concatenate([pieces, np.zeros((len(keys), pieces.shape[1]), np.float32)])
        rows[0] = 0
        self.table = torch.nn.Parameter(torch.from_numpy(rows).to(device))

    def __call__(self, runs: Tensor) -> Tensor:
        """The normalised sum of each run's vectors; `runs` is padded with zeros, shape (n, longest)."""
        first, second = runs[:, :-1], runs[:, 1:]
        keys = (first << 16) | second
        at = torch.searchsorted(self._keys, keys).clamp(max=len(self._keys) - 1)
        known = (self._keys[at] == keys) & (first > 0) & (second > 0)
        rows = torch.cat([runs, torch.where(known, at + self._pieces, 0)], dim=1)
        sums = functional.embedding_bag(rows, self.table, mode="sum", padding_idx=0)
        return functional.normalize(sums, dim=1, eps=1e-6)

    def words(self) -> WordVectors:
        """What was learned."""
        rows = self.table.detach().cpu().numpy()
        return WordVectors(rows[: self._pieces], self._keys.cpu().numpy(), rows[self._pieces :])


class Runs:
    """Many runs of pieces, padded when they are asked for."""

    def __init__(self, pieces: NDArray[np.uint16], bounds: NDArray[np.int32], device: torch.device) -> None:
        self._pieces = torch.from_numpy(np.append(pieces, 0).astype(np.int32)).to(device)
        self._bounds = torch.from_numpy(bounds.astype(np.int64)).to(device)

    def __call__(self, first: Tensor, most: int, last: Tensor | None = None) -> Tensor:
        """Each run, or all from `first` to just before `last`, cut and padded to `most`."""
        starts, ends = self._bounds[first], self._bounds[first + 1 if last is None else last]
        at = starts[:, None] + torch.arange(most, device=starts.device)
        inside = at < ends[:, None]
        return torch.where(inside, self._pieces[at.clamp(max=len(self._pieces) - 1)].long(), 0)


class Lessons:
    """What belongs together, and batches drawn from it."""

    def __init__(self, held: Mapping[str, NDArray[np.generic]], without: Set[int], device: torch.device) -> None:
        self._device = device
        self._random = torch.Generator(device=device).manual_seed(1)
        names = ("text", "head", "asked", "bare", "said", "official")
        self._text, self._head, self._asked, self._bare, self._said, self._official = (
            Runs(held[name], held[f"{name}_bounds"], device) for name in names
        )
        owner, count = held["owner"], len(held["fold"])
        self._owner = self._on_device(owner)
        self._firsts = self._on_device(np.searchsorted(owner, np.arange(count)))
        self._lasts = self._on_device(np.searchsorted(owner, np.arange(count), side="right"))
        article_kept = ~np.isin(held["fold"], list(without))
        self._passage_kept = article_kept[owner]
        lengths = np.diff(held["text_bounds"])
        self._headed = self._on_device(np.flatnonzero(article_kept & (np.diff(held["head_bounds"]) > 2)))
        self._long = self._on_device(np.flatnonzero(self._passage_kept & (lengths > 12)))
        self._questions = self._on_device(np.flatnonzero(~np.isin(held["folds"], list(without)).any(axis=1)))
        self._answer = self._on_device(held["answer"])
        self._rows = len(held["said_bounds"]) - 1
        self._law, self._law_bounds = held["text"].astype(np.int64), held["text_bounds"]
        self._said_so, self._said_bounds = held["asked"].astype(np.int64), held["asked_bounds"]

    def common_pairs(self, most: int) -> NDArray[np.int64]:
        """The keys of the pairs that questions often have, and of the commonest of the law, ascending."""
        asked = np.zeros(len(self._said_bounds) - 1, bool)
        asked[self._questions.cpu().numpy()] = True
        pairs, counts = _counted(self._said_so, self._said_bounds, asked)
        wanted = pairs[counts >= OFTEN_ASKED]
        pairs, counts = _counted(self._law, self._law_bounds, self._passage_kept)
        others = pairs[np.argsort(-counts, kind="stable")]
        others = others[~np.isin(others, wanted)]
        return np.sort(np.concatenate([wanted, others])[:most])

    def batch(self, size: int) -> tuple[Tensor, Tensor, Tensor]:
        """`size` pairs, as two padded arrays, and which of the others each pair must not be told from."""
        counts = [round(size * share) for share in MIX.values()]
        makers = (self._headings, self._some_words, self._answered, self._lexicon)
        made = [maker(count) for maker, count in zip(makers, counts, strict=True)]
        asked = torch.cat([functional.pad(a, (0, MOST_ASKED - a.shape[1])) for a, _, _ in made])
        read = torch.cat([functional.pad(b, (0, MOST_READ - b.shape[1])) for _, b, _ in made])
        articles = torch.cat([article for _, _, article in made])
        same = (articles[:, None] == articles[None, :]) & (articles >= 0)[:, None]
        return asked, read, same.fill_diagonal_(False)

    def _headings(self, count: int) -> tuple[Tensor, Tensor, Tensor]:
        article = self._headed[self._below(count, len(self._headed))]
        held = self._lasts[article] - self._firsts[article]
        passage = self._firsts[article] + (self._share(count) * held).long()
        return self._head(article, MOST_ASKED), self._text(passage, MOST_READ), article

    def _some_words(self, count: int) -> tuple[Tensor, Tensor, Tensor]:
        passage = self._long[self._below(count, len(self._long))]
        text = self._text(passage, MOST_READ)
        lengths = (text > 0).sum(dim=1)
        least, most = WORDS
        room = torch.minimum(lengths // 2, torch.full_like(lengths, most)) - least + 1
        size = least + (self._share(count) * room).long()
        start = (self._share(count) * (lengths - size + 1)).long()[:, None]
        at = start + torch.arange(MOST_ASKED, device=self._device)
        some = torch.where(at < start + size[:, None], text.gather(1, at.clamp(max=MOST_READ - 1)), 0)
        place = torch.arange(MOST_READ, device=self._device)[None]
        rest = torch.where((place >= start) & (place < start + size[:, None]), 0, text)
        return some, self._below_heading(self._owner[passage], rest), torch.full_like(passage, -1)

    def _answered(self, count: int) -> tuple[Tensor, Tensor, Tensor]:
        at = self._questions[self._below(count, len(self._questions))]
        bare = (self._share(count) < BARE)[:, None]
        asked = torch.where(bare, self._bare(at, MOST_ASKED), self._asked(at, MOST_ASKED))
        forgotten = torch.rand(asked.shape, generator=self._random, device=self._device) < FORGOTTEN
        article = self._answer[at]
        text = self._text(self._firsts[article], MOST_READ, self._lasts[article])
        return torch.where(forgotten, 0, asked), self._below_heading(article, text), article

    def _lexicon(self, count: int) -> tuple[Tensor, Tensor, Tensor]:
        at = self._below(count, self._rows)
        return self._said(at, MOST_ASKED), self._official(at, MOST_READ), torch.full_like(at, -1)

    def _below_heading(self, article: Tensor, text: Tensor) -> Tensor:
        """Heading and text one after another, nothing between them."""
        both = torch.cat([self._head(article, MOST_HEAD), text], dim=1)
        order = (both == 0).to(torch.uint8).argsort(dim=1, stable=True)
        return both.gather(1, order)[:, :MOST_READ]

    def _below(self, count: int, bound: int) -> Tensor:
        return torch.randint(bound, (count,), generator=self._random, device=self._device)

    def _share(self, count: int) -> Tensor:
        return torch.rand(count, generator=self._random, device=self._device)

    def _on_device(self, numbers: NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(numbers.astype(np.int64)).to(self._device)


def _counted(
    run: NDArray[np.int64], bounds: NDArray[np.int32], chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs inside the chosen runs, and how often each occurs."""
    inside = np.repeat(chosen, np.diff(bounds))[:-1]
    ends = bounds[1:-1][(bounds[1:-1] > 0) & (bounds[1:-1] < len(run))]
    inside[ends - 1] = False
    known = (run[:-1] > 0) & (run[1:] > 0)
    return np.unique(pair_keys(run)[inside & known], return_counts=True)


def save(words: WordVectors, base: Path, out: Path) -> None:
    """The folder in the format of sentence-transformers, with a module of ours; its card is left as it is."""
    module, normalise = out / "0_WordPairs", out / "1_Normalize"
    module.mkdir(parents=True, exist_ok=True)
    normalise.mkdir(exist_ok=True)
    words.save(module / "model.safetensors")
    shutil.copyfile(base / "0_StaticEmbedding" / "tokenizer.json", module / "tokenizer.json")
    shutil.copyfile(base / "config_sentence_transformers.json", out / "config_sentence_transformers.json")
    modules = [
        {"idx": 0, "name": "0", "path": module.name, "type": "policy_qa.retrieval.sentence_module.WordPairs"},
        {"idx": 1, "name": "1", "path": normalise.name, "type": "sentence_transformers.models.Normalize"},
    ]
    # git keeps no empty folder, and sentence-transformers looks for these.
    for path, content in (
        (module / "config.json", {}),
        (normalise / "config.json", {}),
        (out / "modules.json", modules),
    ):
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
