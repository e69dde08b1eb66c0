"""What the cross-encoder learns from: of each question the passages that our search finds, and which of them are right.

Every question is asked over all laws, over eighty of them (most indexes are small), and of some within the law that
answers. All is written as numbers of word pieces, cut to what the cross-encoder reads, together with the vectors of
three encoders: the shipped one, and two that did not learn from half of the laws each. A network that saw a question
with vectors that know it by heart would trust them too much (see evals/retrieval/cases.py).

    python evals/cross_encoder/candidates.py --out build/cross-encoder.npz     # twenty minutes on two cores
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # several processes, each on its own core
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "retrieval"))
from articles import FOLDS, KEPT_OUT, Asked, fold
from cases import PROCESSES, ZALO, asked_of_zalo, order, worlds
from searching import ArticleIndex
from told import answering, read_told

from policy_qa.retrieval import features
from policy_qa.retrieval.cross_encoder import BODY, HEAD, OFFICIAL, OWN, TITLE
from policy_qa.retrieval.encoder import StaticEncoder, flattened, word_encoder
from policy_qa.retrieval.pieces import NOTHING, Runs
from policy_qa.retrieval.query import Query

ROOT = Path(__file__).parents[2]
HEADING = 32
"""Pieces of a heading that is asked for its passages."""
ALL_LAWS, EIGHTY_LAWS, ONE_LAW = "all laws", "eighty laws", "the law"
DEPTHS = {ALL_LAWS: (32, 60), EIGHTY_LAWS: (16, 40), ONE_LAW: (12, 40)}
"""How many of the best candidates are kept, and how far down right ones are added, which only learning sees."""

_TOLD = read_told()

Numbers = NDArray[np.int64]
Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the search found in one place, best first; `below` are those that stand deeper than a list goes.

    `right`: of an article that answers; `told`: has a line that answers, where somebody read which.
    """

    place: str
    rowids: Numbers
    scores: NDArray[np.float32]
    right: NDArray[np.bool_]
    told: NDArray[np.bool_]
    below: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question, its pieces as the cross-encoder sees them, and what was found. `fold`: of its laws."""

    kind: str
    fold: int
    own: Numbers
    official: Numbers
    lists: Sequence[Candidates]


def main() -> None:
    """Asks all questions, and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "retrieval")
    parser.add_argument(
        "--encoders",
        type=Path,
        nargs=2,
        default=[ROOT / "build" / "encoder-1-2", ROOT / "build" / "encoder-3-4"],
        help="those that did not learn from folds 1 and 2, and from 3 and 4",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=int, help="ask only so many questions, drawn by lot: for trying")
    arguments = parser.parse_args()
    index = ArticleIndex.over(arguments.data / ZALO, arguments.work)
    held = passages(index)
    print(f"{len(held['rowids'])} passages", flush=True)
    tables = [word_encoder().table, *(StaticEncoder(path, path.name).table for path in arguments.encoders)]
    asked = sorted(asked_of_zalo(arguments.data), key=lambda named: order(named[1].id))[: arguments.first]
    entries = list(ask(asked, arguments.data, arguments.work))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(arguments.out, vectors=np.stack(tables), **held, **questions(entries, held["rowids"]))
    print(f"{len(entries)} questions, {sum(len(entry.lists) for entry in entries)} lists of candidates")


def passages(index: ArticleIndex) -> Arrays:
    """Every passage: its pieces, those of its document's title and its article's heading, who owns it, its law's fold."""
    table = index.index.pieces
    rowids = np.flatnonzero(index.articles(np.arange(len(table))) >= 0)
    articles, article = np.unique(table.articles(rowids), return_inverse=True)
    documents, document = np.unique(table.documents(rowids), return_inverse=True)
    opened = index.index.passages(articles.tolist())
    headings = [" ".join(opened[rowid].heading_path[:1]) for rowid in articles.tolist()]
    laws = [index.ids[number].rpartition("#")[0] for number in index.articles(articles)]
    return {
        "rowids": rowids,
        "article": article.astype(np.int32),
        "document": document.astype(np.int32),
        "fold": np.array([fold(law) for law in laws], np.int8)[article],
        **_filled("body", table.bodies(rowids, BODY)),
        **_filled("head", table.heads(rowids, HEAD)),
        **_filled("title", table.topics(documents, TITLE)),
        **_joined("heading", [run[:HEADING] for run in word_encoder().pieces(headings)]),
    }


def ask(asked: Sequence[tuple[str, Asked]], data: Path, work: Path) -> Iterator[Entry]:
    """The questions with their candidates, in order."""
    started = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, initializer=_open, initargs=(data, work)) as pool:
        for count, entry in enumerate(pool.map(_entry, asked, chunksize=8), 1):
            yield entry
            if count % 500 == 0:
                print(f"{count} of {len(asked)} questions, {time.perf_counter() - started:.0f} s", flush=True)


_opened: list[tuple[ArticleIndex, Mapping[str, Sequence[str]]]] = []


def _open(data: Path, work: Path) -> None:
    index = ArticleIndex.over(data / ZALO, work)
    _opened.append((index, surroundings(index.laws)))


def _entry(named: tuple[str, Asked]) -> Entry:
    return entry_of(*_opened[-1], *named)


def surroundings(laws: Iterable[str]) -> dict[str, Sequence[str]]:
    """Of each law those among which it is searched, itself too: as in the small indexes that the ranker is fitted on."""
    return {law: inside for inside in worlds(laws, set(range(FOLDS))) for law in inside}


def entry_of(index: ArticleIndex, around: Mapping[str, Sequence[str]], name: str, question: Asked) -> Entry:
    """A question of the set `name` with its candidates; `around` as `surroundings` says."""
    query = index.searcher.understand(question.text)
    folds = {fold(law) for law in question.laws}
    held_out = KEPT_OUT in folds
    places: dict[str, list[str] | None] = {
        ALL_LAWS: None,
        EIGHTY_LAWS: sorted({index.key(near) for law in question.laws for near in around[law]}),
    }
    if held_out or order(question.id) % 2 == 0:
        places[ONE_LAW] = [index.key(law) for law in sorted(question.laws)]
    asked = features.Asked.of(query)
    told = answering(index, question, _TOLD.get(question.id, ()))
    return Entry(
        f"{name} {question.kind}".strip(),
        # The encoder without folds 3 and 4 has learned no question of which any law is of these.
        KEPT_OUT if held_out else max(folds),
        asked.own[:OWN],
        asked.official[:OFFICIAL],
        [_found(index, query, question, told, place, documents) for place, documents in places.items()],
    )


def _found(
    index: ArticleIndex,
    query: Query,
    question: Asked,
    told: Set[int],
    place: str,
    documents: Sequence[str] | None,
) -> Candidates:
    kept, deepest = DEPTHS[place]
    ranked = index.searcher.rank(query, documents)[:deepest]
    rowids = np.array([item.rowid for item in ranked], np.int64)
    right = np.array([index.ids[article] in question.relevant for article in index.articles(rowids)], bool)
    below = np.arange(len(rowids)) >= kept
    kept_or_right = right | ~below
    scores = np.array([item.score for item in ranked], np.float32)
    answers = np.array([rowid in told for rowid in rowids.tolist()], bool)
    return Candidates(place, *(part[kept_or_right] for part in (rowids, scores, right, answers, below)))


def questions(entries: Sequence[Entry], rowids: NDArray[np.generic]) -> Arrays:
    """The questions and their lists as arrays; `candidate` is a place in `rowids`."""
    lists = [found for entry in entries for found in entry.lists]
    return {
        "kind": np.array([entry.kind for entry in entries]),
        "question_fold": np.array([entry.fold for entry in entries], np.int8),
        **_joined("own", [entry.own.tolist() for entry in entries]),
        **_joined("official", [entry.official.tolist() for entry in entries]),
        "question": np.repeat(np.arange(len(entries)), [len(entry.lists) for entry in entries]).astype(np.int32),
        "place": np.array([found.place for found in lists]),
        "list_bounds": np.cumsum([0, *(len(found.rowids) for found in lists)]),
        "candidate": np.searchsorted(rowids, np.concatenate([found.rowids for found in lists])).astype(np.int32),
        "score": np.concatenate([found.scores for found in lists]),
        "right": np.concatenate([found.right for found in lists]),
        "told": np.concatenate([found.told for found in lists]),
        "below": np.concatenate([found.below for found in lists]),
    }


def _filled(name: str, runs: Runs) -> Arrays:
    """Runs without what stands for nothing in empty ones."""
    some = runs.pieces != NOTHING
    lengths = np.add.reduceat(some, runs.bounds[:-1], dtype=np.int64)
    return {name: runs.pieces[some].astype(np.uint16), f"{name}_bounds": np.concatenate(([0], np.cumsum(lengths)))}


def _joined(name: str, runs: Sequence[Sequence[int]]) -> Arrays:
    pieces, bounds = flattened(runs)
    return {name: pieces.astype(np.uint16), f"{name}_bounds": bounds}


if __name__ == "__main__":
    main()
