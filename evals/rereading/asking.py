"""What the second look is fitted on: of each question the passages that come first, what is seen of each, which answers.

Questions of which somebody read the lines that answer (`evals/retrieval/told.py`), and those of `zalo`, which people asked in
the words of documents and of which only the article is known. Each is asked in an index of eighty
laws, every second one within its law, too. Nothing that is asked may have been learned: neither by the encoder, nor by
the ranker, nor by the cross-encoder, so each half of the laws is asked with those that learned from the other half:

    python evals/rereading/asking.py --folds 1 2 --encoder build/encoder-1-2 --ranker build/ranker-3-4.json \
        --cross-encoder build/cross-encoder-3-4.safetensors --out build/rereading-1-2.npz
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # several processes, each on its own core
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

sys.path.insert(0, str(Path(__file__).parents[1] / "retrieval"))
from articles import KEPT_OUT, Article, Asked, fold, read_articles
from cases import PROCESSES, WITHIN, ZALO, asked_of_zalo, order, worlds
from searching import ArticleIndex, build
from told import answering, read_told

from policy_qa.retrieval import cross_encoder, encoder, ranker, retriever
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.rereading import NAMES

ROOT = Path(__file__).parents[2]
FORMAL = "zalo"
"""The questions of which no line is known."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question's passages, a row of `NAMES` each, in the order of the search, and which of them answer.

    `answers`: 2 where the line begins that answers most directly, 1 where another one does; where no line is known, 1 for
    all passages of the article. `articles`: whether it is of
    the article that answers.
    """

    rows: NDArray[np.float32]
    answers: NDArray[np.int8]
    articles: NDArray[np.bool_]
    kind: str


@dataclass(frozen=True, slots=True)
class Models:
    """Files of an encoder, a ranker and a cross-encoder; None for what is shipped."""

    encoder: Path | None
    ranker: Path | None
    cross_encoder: Path | None

    def use(self) -> None:
        """Lets everything of this process use them."""
        if self.encoder:
            encoder.DEFAULT_FOLDER = self.encoder
        if self.ranker:
            trees = ranker.load_ranker(self.ranker)
            retriever.ranker = lambda: trees
        if self.cross_encoder:
            network = cross_encoder.CrossEncoder(load_file(self.cross_encoder), word_encoder().table)
            retriever.cross_encoder = lambda: network


def main() -> None:
    """Asks, and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--folds", type=int, nargs="+", default=[KEPT_OUT])
    parser.add_argument("--encoder", type=Path, help="one that did not learn from --folds (default: the shipped)")
    parser.add_argument("--ranker", type=Path, help="likewise")
    parser.add_argument("--cross-encoder", type=Path, help="likewise")
    parser.add_argument("--most", type=int, default=5000, help="ask at most so many questions, drawn by lot")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    models = Models(arguments.encoder, arguments.ranker, arguments.cross_encoder)
    save(list(ask(arguments.data, set(arguments.folds), models, arguments.most)), arguments.out)


def ask(data: Path, folds: Set[int], models: Models, most: int) -> Iterator[Case]:
    """The cases of the laws of these folds."""
    laws: dict[str, list[Article]] = {}
    for article in read_articles(data / ZALO):
        laws.setdefault(article.law, []).append(article)
    told = read_told()
    asked = [
        replace(q, kind=q.kind or name)
        for name, q in asked_of_zalo(data)
        if (q.id in told or name == FORMAL) and {fold(law) for law in q.laws} <= folds
    ]
    asked = sorted(asked, key=lambda q: (q.kind != FORMAL, order(q.id)))[:most]
    given = [
        ([article for law in inside for article in laws[law]], here, {q.id: told.get(q.id, ()) for q in here})
        for inside in worlds(laws, folds)
        if (here := [q for q in asked if q.laws <= set(inside)])
    ]
    started = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, initializer=Models.use, initargs=(models,)) as pool:
        for number, cases in enumerate(pool.map(_asked_within, *zip(*given, strict=True)), 1):
            yield from cases
            print(f"{number} of {len(given)} indexes, {time.perf_counter() - started:.0f} s", flush=True)


def _asked_within(articles: Sequence[Article], asked: Sequence[Asked], told: Mapping[str, Sequence[int]]) -> list[Case]:
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        build(articles, Path(folder))
        index = ArticleIndex(Path(folder), articles)
        for question in asked:
            first = answering(index, question, told[question.id][:1])
            every = answering(index, question, told[question.id])
            cases.append(_case(index, question, first, every))
            if order(question.id) % 2 == 0:
                cases.append(_case(index, question, first, every, within=True))
        index.index.close()
    return [case for case in cases if len(case.rows)]


def _case(index: ArticleIndex, question: Asked, first: Set[int], every: Set[int], *, within: bool = False) -> Case:
    searcher = index.searcher
    query = searcher.understand(question.text, [index.key(law) for law in sorted(question.laws)] if within else ())
    hits = searcher.first(query)
    rowids = [hit.ranked.rowid for hit in hits]
    articles = np.array([index.ids[article] in question.relevant for article in index.articles(rowids)], bool)
    answers = np.array([2 if rowid in first else int(rowid in every) for rowid in rowids], np.int8)
    return Case(
        searcher.evidence(query, hits),
        answers if every else articles.astype(np.int8),
        articles,
        question.kind + (WITHIN if within else ""),
    )


def save(cases: Sequence[Case], path: Path) -> None:
    """Writes cases to one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        names=np.array(NAMES),
        bounds=np.cumsum([0, *(len(case.rows) for case in cases)]),
        kinds=np.array([case.kind for case in cases]),
        **{part: np.concatenate([getattr(case, part) for case in cases]) for part in _PARTS},
    )
    print(f"{len(cases)} cases: {path}")


def load(path: Path) -> list[Case]:
    """What `save` wrote; the run ends where that was of other features."""
    with np.load(path) as file:
        if tuple(file["names"]) != NAMES:
            raise SystemExit(f"{path} holds other features: run evals/rereading/asking.py again")
        bounds, parts = file["bounds"].tolist(), [file[part] for part in _PARTS]
        return [
            Case(*(part[start:end] for part in parts), kind)
            for start, end, kind in zip(bounds, bounds[1:], file["kinds"].tolist(), strict=False)
        ]


_PARTS = ("rows", "answers", "articles")

if __name__ == "__main__":
    main()
