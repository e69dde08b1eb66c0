"""Train the encoder on public law text and questions, from the weights that `build.py` makes of the package.

Contrastive: of a thousand pairs at a time, each side must find its own other side (cross-entropy over cosines, both
ways). The pairs: an article's heading and one of its passages; a few words of a passage and the rest of it; a question
and the article that answers it; a word and what the lexicon says it is officially called. Laws of one fold
are kept out, so that what is measured on their questions was not learned; of more folds for the encoder with whose help
the ranker is fitted, since it must see vectors that have not learned its questions by heart.

    python evals/encoder/build.py --out build/encoder-base
    python evals/encoder/train.py --base build/encoder-base     # minutes on two cores; the same seeds, the same pairs
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence, Set
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer
from tokenizers.normalizers import NFC, Lowercase, Replace
from tokenizers.normalizers import Sequence as Normalizers
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parents[1] / "retrieval"))
from articles import KEPT_OUT, documents, fold, read_articles, read_questions

from policy_qa.reading.vietnamese import nfc, normalise_tone, strip_diacritics
from policy_qa.retrieval.encoder import StaticEncoder
from policy_qa.retrieval.lexicon import FILES, FOLDER
from policy_qa.retrieval.passages import passages

ROOT = Path(__file__).parents[2]
OUT = ROOT / "src" / "policy_qa" / "data" / "encoder"
QUESTIONS = Path(__file__).parents[1] / "retrieval" / "questions.jsonl.gz"
MIX = {"heading": 0.25, "words": 0.15, "question": 0.45, "lexicon": 0.15}
BARE = 0.12
"""The share of questions that are shown without diacritics."""
MOST_ASKED, MOST_READ = 64, 400

Runs = list[NDArray[np.int64]]
Pair = tuple[NDArray[np.int64], NDArray[np.int64]]


def main() -> None:
    """Trains and writes the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="what build.py wrote")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--without", type=int, nargs="*", default=[], help="more folds of laws to keep out")
    parser.add_argument("--steps", type=int, default=2500)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--temperature", type=float, default=0.05)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(2)
    fold_tone_placements(arguments.base)
    base = StaticEncoder(arguments.base, "base")
    pairs = Pairs(base, arguments.data, {KEPT_OUT, *arguments.without})
    table = torch.nn.Embedding.from_pretrained(torch.from_numpy(base.table.copy()), freeze=False)
    optimiser = torch.optim.Adam([table.weight], lr=arguments.rate)
    started, random = time.perf_counter(), np.random.default_rng(1)
    for step in range(1, arguments.steps + 1):
        asked, read = pairs.batch(arguments.batch, random)
        cosines = embed(table, asked, MOST_ASKED) @ embed(table, read, MOST_READ).T / arguments.temperature
        right = torch.arange(len(asked))
        loss = (functional.cross_entropy(cosines, right) + functional.cross_entropy(cosines.T, right)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * (1 - step / arguments.steps) + 1e-5
        if step % 100 == 0:
            print(f"step {step}: loss {loss.item():.3f}, {time.perf_counter() - started:.0f} s", flush=True)
    save(table.weight.detach().numpy(), base, arguments.base, arguments.out)


def embed(table: torch.nn.Embedding, runs: Runs, most: int) -> torch.Tensor:
    """The normalised sum of the pieces' vectors, one row a run."""
    cut = [run[:most] if len(run) else np.zeros(1, np.int64) for run in runs]
    offsets = np.concatenate(([0], np.cumsum([len(run) for run in cut])[:-1]))
    flat, at = torch.from_numpy(np.concatenate(cut)), torch.from_numpy(offsets)
    return functional.normalize(functional.embedding_bag(flat, table.weight, at, mode="sum"), dim=1)


class Pairs:
    """What belongs together, as word pieces, and batches drawn from it."""

    def __init__(self, encoder: StaticEncoder, data: Path, without: Set[int]) -> None:
        self._encoder, self._without = encoder, without
        self._passages: list[list[int]] = []  # of each article, the numbers of its passages
        self._texts, self._heads = [], []
        self._article: dict[str, int] = {}
        for name in ("zalo/articles.jsonl.gz", "alqac22/articles.jsonl"):
            self._read_articles(data / name)
        files = [data / name / "questions.jsonl" for name in ("zalo", "officer", "alqac22")]
        asked = [
            q
            for file in (*files, QUESTIONS)
            for q in read_questions(file)
            if not self._without & set(map(fold, q.laws))
        ]
        answered = [(q.text, self._article[r]) for q in asked for r in q.relevant if r in self._article]
        self._questions = self._pieces([text for text, _ in answered])
        self._bare = self._pieces([strip_diacritics(text) for text, _ in answered])
        self._answers = [article for _, article in answered]
        rows = list(lexicon_rows())
        self._words, self._official = self._pieces([a for a, _ in rows]), self._pieces([b for _, b in rows])
        self._headed = [a for a, head in enumerate(self._heads) if len(head) > 2]
        self._long = [p for p, text in enumerate(self._texts) if len(text) > 12]
        self._owner = {p: article for article, held in enumerate(self._passages) for p in held}
        print(f"{len(self._texts)} passages, {len(answered)} questions with answers, {len(rows)} rows of the lexicon")

    def batch(self, size: int, random: np.random.Generator) -> tuple[Runs, Runs]:
        """`size` pairs, as two lists."""
        makers: list[Callable[[np.random.Generator], Pair]] = [
            self._heading,
            self._some_words,
            self._question,
            self._row,
        ]
        drawn = [makers[kind](random) for kind in random.choice(len(makers), size, p=list(MIX.values()))]
        return [a for a, _ in drawn], [b for _, b in drawn]

    def _heading(self, random: np.random.Generator) -> Pair:
        article = self._headed[random.integers(len(self._headed))]
        held = self._passages[article]
        return self._heads[article], self._texts[held[random.integers(len(held))]]

    def _some_words(self, random: np.random.Generator) -> Pair:
        at = self._long[random.integers(len(self._long))]
        text = self._texts[at]
        size = int(random.integers(4, min(20, len(text) // 2) + 1))
        start = int(random.integers(0, len(text) - size + 1))
        rest = np.concatenate([self._heads[self._owner[at]], text[:start], text[start + size :]])
        return text[start : start + size], rest

    def _question(self, random: np.random.Generator) -> Pair:
        at = int(random.integers(len(self._answers)))
        article = self._answers[at]
        asked = self._bare if random.random() < BARE else self._questions
        return asked[at], np.concatenate([self._heads[article], *(self._texts[p] for p in self._passages[article])])

    def _row(self, random: np.random.Generator) -> Pair:
        at = int(random.integers(len(self._words)))
        return self._words[at], self._official[at]

    def _read_articles(self, path: Path) -> None:
        articles = [article for article in read_articles(path) if fold(article.law) not in self._without]
        by_place = {(article.law, article.number): article.id for article in articles}
        heads: list[str] = []
        texts: list[str] = []
        first = len(self._texts)
        for document in documents(articles):
            for passage in passages(document):
                number = passage.address.steps[0].label
                id_ = by_place[document.source.file, number]
                if id_ not in self._article:
                    self._article[id_] = len(self._passages)
                    self._passages.append([])
                    heads.append(passage.heading_path[0] if passage.heading_path else "")
                self._passages[self._article[id_]].append(first + len(texts))
                texts.append(passage.text)
        self._heads += self._pieces(heads)
        self._texts += self._pieces(texts)

    def _pieces(self, texts: Sequence[str]) -> Runs:
        return [np.array(pieces, np.int64) for pieces in self._encoder.pieces(list(texts))]


def lexicon_rows() -> Iterable[tuple[str, str]]:
    """English and everyday words with what they are officially called."""
    for kind in ("english", "everyday"):
        for line in (FOLDER / FILES[kind]).read_text(encoding="utf-8").splitlines():
            key, _, rest = line.partition("\t")
            for official in rest.split("\t")[0].split(" | ")[:2]:
                if key and official and not key.startswith("#"):
                    yield key, official


def fold_tone_placements(folder: Path) -> None:
    """Makes the tokenizer write hoà for hòa: one word, one piece, one vector."""
    path = folder / "0_StaticEmbedding" / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(path))
    tones = "\u0300\u0301\u0303\u0309\u0323"
    old = [nfc(first + tone) + second for first, second in ("oa", "oe", "uy") for tone in tones]
    rules = [Replace(Regex(rf"(?<!q){spelled}(?!\w)"), normalise_tone(spelled)) for spelled in old]
    tokenizer.normalizer = Normalizers([NFC(), Lowercase(), *rules])
    tokenizer.save(str(path), pretty=False)


def save(weights: NDArray[np.float32], encoder: StaticEncoder, base: Path, out: Path) -> None:
    """The folder with new weights; what is unknown stays without a direction."""
    weights[encoder.spellings.index("[UNK]")] = 0
    card = out / "README.md"
    kept = card.read_bytes() if card.is_file() else None
    if base.resolve() != out.resolve():
        shutil.copytree(base, out, dirs_exist_ok=True)
    if kept is not None:
        card.write_bytes(kept)
    save_file({"embedding.weight": weights.astype(np.float16)}, out / "0_StaticEmbedding" / "model.safetensors")


if __name__ == "__main__":
    main()
