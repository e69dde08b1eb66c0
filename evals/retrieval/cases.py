"""What the ranker is fitted on: of each question its candidates, as the ranker sees them, and which of them are right.

The encoder has learned many questions by heart: a ranker that saw its vectors of those would trust them too much. So the
cases of some folds of laws come from an encoder that was trained without those folds, and each fold from such a one:

    python evals/encoder/train.py --base build/encoder-base --lessons build/lessons.npz --without 1 2 --out build/encoder-1-2
    python evals/retrieval/cases.py --encoder build/encoder-1-2 --folds 1 2 --out build/cases-1-2.npz

The shipped encoder has not learned from fold 0, with which everything is measured.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # several processes, each on its own core
import numpy as np
from articles import KEPT_OUT, Article, Asked, fold, read_articles, read_questions
from numpy.typing import NDArray
from searching import ArticleIndex, Evidence, build

from policy_qa.retrieval import encoder
from policy_qa.retrieval.features import NAMES

HERE = Path(__file__).parent
PROCESSES = 2
ZALO = "zalo/articles.jsonl.gz"
SETS = {  # name: articles, questions; relative to --data unless absolute
    "alqac22": ("alqac22/articles.jsonl", "alqac22/questions.jsonl"),
    "zalo": (ZALO, "zalo/questions.jsonl"),
    "officer": (ZALO, "officer/questions.jsonl"),
    "written": (ZALO, str(HERE / "questions.jsonl.gz")),
}
FORMAL_SETS = ("zalo", "alqac22", "written formal")
SMALL, WITHIN = "small", ", law named"
"""What the kind of a case begins with that was asked in a small index; ends with, where only the law was searched."""
LAWS_OF_SMALL = 80
"""How many laws a small index has: some 2,500 articles, as many as an office has documents. Most indexes are small."""
HIDDEN_EVERY = 4
"""Of the questions learned from, every fourth is asked again without its law; of those kept out, every one."""
ALWAYS_HIDDEN = "alqac22"
"""A small index that was not cut out of a large one: there every question is asked again."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question's candidates: a row of features each, the number of its article, and whether that one answers.

    `held`: none of its laws may be learned from. `hidden`: asked as if its laws were not in the index.
    """

    rows: NDArray[np.float32]
    articles: NDArray[np.int64]
    right: NDArray[np.bool_]
    kind: str
    held: bool
    hidden: bool

    @property
    def small(self) -> bool:
        """Whether it was asked in an index of the size that an office has."""
        return self.kind.startswith((SMALL, ALWAYS_HIDDEN))

    @property
    def formal(self) -> bool:
        """Whether it is in the words of documents."""
        return self.kind.removeprefix(f"{SMALL} ").removesuffix(WITHIN) in FORMAL_SETS


def main() -> None:
    """Computes the cases of some folds, and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parents[2] / "shared" / "data")
    parser.add_argument("--work", type=Path, default=HERE.parents[1] / "build" / "retrieval")
    parser.add_argument("--encoder", type=Path, help="one that did not learn from --folds (default: the shipped)")
    parser.add_argument("--folds", type=int, nargs="+", default=[KEPT_OUT], help=f"the laws (default: {KEPT_OUT})")
    parser.add_argument("--small", action="store_true", help="ask in small indexes, and within the law that answers")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.encoder:
        encoder.DEFAULT_FOLDER = arguments.encoder
    cases = _small_cases if arguments.small else _cases
    save(list(cases(arguments.data, arguments.work, set(arguments.folds))), arguments.out)


def save(cases: Sequence[Case], path: Path) -> None:
    """Writes cases to one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        names=np.array(NAMES),
        bounds=np.cumsum([0, *(len(case.rows) for case in cases)]),
        rows=np.concatenate([case.rows for case in cases]),
        articles=np.concatenate([case.articles for case in cases]),
        right=np.concatenate([case.right for case in cases]),
        kinds=np.array([case.kind for case in cases]),
        held=np.array([case.held for case in cases]),
        hidden=np.array([case.hidden for case in cases]),
    )


def load(path: Path) -> list[Case]:
    """What `save` wrote; the run ends where that was of other features."""
    with np.load(path) as file:
        if tuple(file["names"]) != NAMES:
            raise SystemExit(f"{path} holds other features: run evals/retrieval/cases.py again")
        rows, articles, right = file["rows"], file["articles"], file["right"]
        bounds = file["bounds"].tolist()
        marks = zip(file["kinds"].tolist(), file["held"].tolist(), file["hidden"].tolist(), strict=True)
        return [
            Case(rows[start:end], articles[start:end], right[start:end], *mark)
            for start, end, mark in zip(bounds, bounds[1:], marks, strict=False)
        ]


def _cases(data: Path, work: Path, folds: Set[int]) -> Iterator[Case]:
    for name, (articles, questions) in SETS.items():
        ArticleIndex.over(data / articles, work)  # built once, before there are several who would
        asked = [q for q in read_questions(data / questions) if set(map(fold, q.laws)) <= folds]
        with ProcessPoolExecutor(
            PROCESSES, initializer=_open, initargs=(encoder.DEFAULT_FOLDER, data / articles, work, name)
        ) as pool:
            for found in pool.map(_asked, asked, chunksize=16):
                yield from found
        print(f"{name}: {len(asked)} questions", flush=True)


def _small_cases(data: Path, work: Path, folds: Set[int]) -> Iterator[Case]:
    """The questions about laws of `zalo` once more, each in an index of some laws of its fold, and within its law."""
    laws: dict[str, list[Article]] = {}
    for article in read_articles(data / ZALO):
        laws.setdefault(article.law, []).append(article)
    asked = asked_of_zalo(data)
    given = [
        (
            [article for law in inside for article in laws[law]],
            [(f"{SMALL} {name}", question) for name, question in asked if all(law in inside for law in question.laws)],
        )
        for inside in worlds(laws, folds)
    ]
    with ProcessPoolExecutor(PROCESSES, initializer=_choose, initargs=(encoder.DEFAULT_FOLDER,)) as pool:
        for found in pool.map(_asked_within, *zip(*given, strict=True)):
            yield from found
            print(f"{len(found)} cases", flush=True)


def asked_of_zalo(data: Path) -> list[tuple[str, Asked]]:
    """The questions about laws of `zalo`, each after the name of its set."""
    return [
        (name, question)
        for name, (articles, questions) in SETS.items()
        if articles == ZALO
        for question in read_questions(data / questions)
    ]


def worlds(laws: Iterable[str], folds: Set[int]) -> list[list[str]]:
    """The laws of each of the folds, drawn into groups of the size of a small index."""
    drawn = sorted(laws, key=order)
    of_folds = [[law for law in drawn if fold(law) == of_fold] for of_fold in sorted(folds)]
    return [names[at : at + LAWS_OF_SMALL] for names in of_folds for at in range(0, len(names), LAWS_OF_SMALL)]


def _choose(encoder_folder: Path) -> None:
    encoder.DEFAULT_FOLDER = encoder_folder  # a process that was spawned knows only what it is given


def _asked_within(articles: Sequence[Article], asked: Sequence[tuple[str, Asked]]) -> list[Case]:
    with tempfile.TemporaryDirectory() as folder:
        build(articles, Path(folder))
        index = ArticleIndex(Path(folder), articles)
        cases = [case for name, question in asked for case in _asked_of(index, name, question, within=True)]
        index.index.close()
    return cases


_opened: list[tuple[ArticleIndex, str]] = []


def _open(encoder_folder: Path, articles: Path, work: Path, name: str) -> None:
    _choose(encoder_folder)
    _opened.append((ArticleIndex.over(articles, work), name))


def _asked(question: Asked) -> list[Case]:
    return _asked_of(*_opened[-1], question)


def _asked_of(index: ArticleIndex, name: str, question: Asked, *, within: bool = False) -> list[Case]:
    query = index.searcher.understand(question.text)
    held = KEPT_OUT in map(fold, question.laws)
    kind = f"{name} {question.kind}".strip()
    relevant = list(question.relevant)
    found = [_case(index, index.evidence(query), relevant, kind, held=held, hidden=False)]
    if held or name == ALWAYS_HIDDEN or order(question.id) % HIDDEN_EVERY == 0:
        found.append(_case(index, index.evidence(query, question.laws), [], kind, held=held, hidden=True))
    if within:
        narrowed = index.searcher.understand(question.text, [index.key(law) for law in question.laws])
        found.append(_case(index, index.evidence(narrowed), relevant, f"{kind}{WITHIN}", held=held, hidden=False))
    return found


def order(name: str) -> int:
    """A number as good as drawn by lot, the same in every run."""
    return int(sha1(name.encode(), usedforsecurity=False).hexdigest(), 16)


def _case(
    index: ArticleIndex, evidence: Evidence, relevant: Sequence[str], kind: str, *, held: bool, hidden: bool
) -> Case:
    right = np.array([index.ids[article] in relevant for article in evidence.articles], bool)
    return Case(evidence.rows, evidence.articles, right, kind, held, hidden)


if __name__ == "__main__":
    main()
