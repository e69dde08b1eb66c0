"""Fits the ranker: regression trees that order the passages of each question (LambdaRank), into `data/ranker.json`.

Questions of a fifth of the laws are kept out and measured. Which passage of the right article answers is not known:
it is taken to be the one that a first guess, a sum of three features, likes best.

The encoder has learned many questions by heart: a ranker that saw its vectors of those would trust them too much. So the
features come from an encoder that was trained without the folds of laws that are learned from here.

    python evals/encoder/train.py --base build/encoder-base --without 1 2 --out build/encoder-cross
    python evals/retrieval/fit.py --encoder build/encoder-cross --folds 1 2
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # several processes, each on its own core
import lightgbm
import numpy as np
from articles import KEPT_OUT, Asked, fold, held_out, read_questions
from numpy.typing import NDArray
from searching import ArticleIndex, Evidence

from policy_qa.retrieval import encoder
from policy_qa.retrieval.features import NAMES
from policy_qa.retrieval.ranker import EVIDENCE, FILE, Trees, evidence

HERE = Path(__file__).parent
PROCESSES = 2
SETS = {  # name: articles, questions; relative to --data unless absolute
    "alqac22": ("alqac22/articles.jsonl", "alqac22/questions.jsonl"),
    "zalo": ("zalo/articles.jsonl.gz", "zalo/questions.jsonl"),
    "officer": ("zalo/articles.jsonl.gz", "officer/questions.jsonl"),
    "written": ("zalo/articles.jsonl.gz", str(HERE / "questions.jsonl.gz")),
}
PARAMETERS = {
    "objective": "lambdarank", "metric": "ndcg", "eval_at": [1], "lambdarank_truncation_level": 8, "num_leaves": 31,
    "learning_rate": 0.07, "min_data_in_leaf": 60, "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 5.0, "seed": 1, "deterministic": True, "num_threads": 2, "verbosity": -1, "max_depth": 7,
}  # fmt: skip
ROUNDS = 140
ANSWERED = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.06, "min_data_in_leaf": 80, "feature_fraction": 0.6,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "seed": 1, "deterministic": True, "num_threads": 2,
    "verbosity": -1,
}  # fmt: skip
ANSWERED_ROUNDS = 120
HIDDEN_EVERY = 4
"""Of the questions learned from, every fourth is asked again without its law."""
FIRST_GUESS = {"late_both": 1.0, "cosine": 1.0, "lexical": 0.7}


@dataclass
class Case:
    """One question's candidates."""

    rows: NDArray[np.float32]
    articles: NDArray[np.int64]
    right: NDArray[np.bool_]
    kind: str
    held: bool
    weight: float
    without: Evidence | None = None
    """The same question's candidates when its law is taken out of the index."""


def main() -> None:
    """Computes the features, fits, measures, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parents[2] / "shared" / "data")
    parser.add_argument("--work", type=Path, default=HERE.parents[1] / "build" / "retrieval")
    parser.add_argument(
        "--encoder", type=Path, help="the encoder that did not learn from --folds (default: the shipped)"
    )
    parser.add_argument("--folds", type=int, nargs="+", default=[1, 2], help="the laws to learn from (default: 1 2)")
    parser.add_argument("--every", type=int, default=1, help="take every n-th of the questions written by us")
    arguments = parser.parse_args()
    if arguments.encoder:
        encoder.DEFAULT_FOLDER = arguments.encoder
    cases = list(_cases(arguments.data, arguments.work, arguments.every, {KEPT_OUT, *arguments.folds}))
    scores = [sum(case.rows[:, NAMES.index(name)] * w for name, w in FIRST_GUESS.items()) for case in cases]
    report("first guess", cases, scores)
    model = fit(cases, scores)
    scores = [np.asarray(model.predict(case.rows)) for case in cases]
    report("fitted", cases, scores)
    answered = fit_answered(cases, model)
    plain = {"features": list(NAMES), "order": exported(model), "answered": exported(answered)}
    FILE.write_text(json.dumps(plain, separators=(",", ":")) + "\n", encoding="utf-8")
    trees = Trees(plain["order"])
    worst = max(float(np.abs(trees.scores(c.rows) - s).max()) for c, s in zip(cases, scores, strict=True))
    print(f"written: {FILE.name}, {FILE.stat().st_size / 1000:.0f} kB; differs from LightGBM by at most {worst:.1e}")
    gain = sorted(zip(model.feature_importance("gain"), NAMES, strict=True), reverse=True)
    print(" ".join(f"{name}:{value:.0f}" for value, name in gain))


def _cases(data: Path, work: Path, every: int, folds: Set[int]) -> Iterator[Case]:
    for name, (articles, questions) in SETS.items():
        ArticleIndex.over(data / articles, work)  # built once, before there are several who would
        asked = read_questions(data / questions)[:: every if name == "written" else 1]
        asked = [question for question in asked if set(map(fold, question.laws)) <= folds]
        with ProcessPoolExecutor(PROCESSES, initializer=_open, initargs=(data / articles, work, name)) as pool:
            yield from pool.map(_case, asked, chunksize=16)
        print(f"{name}: {len(asked)} questions", flush=True)


_opened: list[tuple[ArticleIndex, str]] = []


def _open(articles: Path, work: Path, name: str) -> None:
    _opened.append((ArticleIndex.over(articles, work), name))


def _case(question: Asked) -> Case:
    index, name = _opened[-1]
    found = index.evidence(index.searcher.understand(question.text))
    right = np.isin(np.array(index.ids, object)[found.articles], list(question.relevant))
    held = any(map(held_out, question.laws))
    kind = f"{name} {question.kind}".strip()
    hide = int(sha1(question.id.encode(), usedforsecurity=False).hexdigest(), 16) % HIDDEN_EVERY == 0
    without = index.evidence(index.searcher.understand(question.text), question.laws) if hide or held else None
    return Case(found.rows, found.articles, right, kind, held, 2.0 if name in ("zalo", "alqac22") else 1.0, without)


def fit(cases: Sequence[Case], scores: Sequence[NDArray[np.float64]]) -> lightgbm.Booster:
    """Of the passages of right articles only the likeliest is right, the others are left out."""
    rows, labels, sizes, weights = [], [], [], []
    for case, score in zip(cases, scores, strict=True):
        if case.held or not case.right.any():
            continue
        best = np.flatnonzero(case.right)[np.argmax(score[case.right])]
        wrong = np.flatnonzero(~case.right)
        rows.append(case.rows[np.append(wrong, best)])
        labels.append(np.append(np.zeros(len(wrong)), 1))
        sizes.append(len(wrong) + 1)
        weights.append(np.full(len(wrong) + 1, case.weight))
    data = lightgbm.Dataset(
        np.concatenate(rows),
        np.concatenate(labels),
        group=sizes,
        weight=np.concatenate(weights),
        feature_name=list(NAMES),
    )
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def fit_answered(cases: Sequence[Case], order: lightgbm.Booster) -> lightgbm.Booster:
    """Trees that tell questions whose law is there from those whose law was taken out; measured on laws held out."""
    drawn: dict[bool, list[tuple[NDArray[np.float32], int, str]]] = {True: [], False: []}
    for case in cases:
        if case.without is None or not len(case.without.rows):
            continue
        for label, rows, articles in ((1, case.rows, case.articles), (0, case.without.rows, case.without.articles)):
            row = evidence(rows, np.asarray(order.predict(rows), np.float32), articles)
            drawn[case.held].append((row, label, case.kind))
    rows, labels = (np.concatenate([d[0] for d in drawn[False]]), np.array([d[1] for d in drawn[False]]))
    names = [*NAMES, *EVIDENCE]
    model = lightgbm.train(ANSWERED, lightgbm.Dataset(rows, labels, feature_name=names), ANSWERED_ROUNDS)
    held, truth = np.concatenate([d[0] for d in drawn[True]]), np.array([d[1] for d in drawn[True]])
    said = np.asarray(model.predict(held))
    print(
        f"answered at all, laws held out: AUROC {auroc(said, truth):.3f}, calibration error {miscalibration(said, truth):.3f}"
    )
    for kind in sorted({d[2] for d in drawn[True]}):
        here = np.array([d[2] == kind for d in drawn[True]])
        print(f"  {kind:24} {here.sum():5}  AUROC {auroc(said[here], truth[here]):.3f}")
    return model


def auroc(said: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """How often a question with an answer gets the higher probability of a pair; ties count half."""
    yes, no = said[truth == 1], np.sort(said[truth == 0])
    below = (np.searchsorted(no, yes, "left") + np.searchsorted(no, yes, "right")) / 2
    return float(below.mean() / len(no))


def miscalibration(said: NDArray[np.float64], truth: NDArray[np.int64], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    which = np.minimum((said * bins).astype(int), bins - 1)
    return float(sum(abs(said[which == b].mean() - truth[which == b].mean()) * (which == b).mean() for b in set(which)))


def report(title: str, cases: Sequence[Case], scores: Sequence[NDArray[np.float64]]) -> None:
    """Prints R@1, R@10, MRR@10 by kind, of laws that were learned from and of those that were not."""
    print(title)
    groups: dict[tuple[str, bool], list[int]] = {}
    for case, score in zip(cases, scores, strict=True):
        groups.setdefault((case.kind, case.held), []).append(rank(case, score))
    for (kind, held), ranks in sorted(groups.items()):
        r = np.array(ranks)
        print(
            f"  {kind:24} {'held out' if held else 'learned':9} {len(r):5}  R@1 {np.mean(r == 1):.3f}  "
            f"R@10 {np.mean(r <= 10):.3f}  MRR@10 {np.mean(np.where(r <= 10, 1 / r, 0)):.3f}  "
            f"found {np.mean(r < 10**6):.3f}",
            flush=True,
        )


def rank(case: Case, score: NDArray[np.float64]) -> int:
    """The place of the first right article; a million where there is none."""
    if not case.right.any():
        return 10**6
    above = case.articles[score > score[case.right].max()]
    return len(np.unique(above)) + 1


def exported(model: lightgbm.Booster) -> dict[str, list[list[float]]]:
    """LightGBM's trees as flat lists."""
    trees: dict[str, list[list[float]]] = {key: [] for key in ("feature", "threshold", "left", "right", "value")}
    for tree in model.dump_model()["tree_info"]:
        lists: dict[str, list[float]] = {key: [] for key in trees}
        _flatten(tree["tree_structure"], lists)
        for key, values in lists.items():
            trees[key].append(values)
    return trees


def _below(threshold: float) -> float:
    near = np.float32(threshold)
    return float(near if float(near) <= threshold else np.nextafter(near, np.float32(-np.inf)))


def _flatten(node: dict[str, object], lists: dict[str, list[float]]) -> int:
    at = len(lists["feature"])
    leaf = "leaf_value" in node
    # Rows are float32: the largest float32 that is not above the threshold sends every row the same way.
    threshold = 0.0 if leaf else _below(float(node["threshold"]))
    for key, value in (
        ("feature", -1 if leaf else node["split_feature"]),
        ("threshold", float(f"{threshold:.9g}")),
        ("left", 0),
        ("right", 0),
        ("value", float(f"{node['leaf_value']:.6g}") if leaf else 0),
    ):
        lists[key].append(value)
    if not leaf:
        lists["left"][at] = _flatten(node["left_child"], lists)
        lists["right"][at] = _flatten(node["right_child"], lists)
    return at


if __name__ == "__main__":
    main()
