"""Fits the ranker: regression trees that order the passages of each question (LambdaRank), into `data/ranker.json`.

Questions of a fifth of the laws are kept out and measured. Which passage of the right article answers is not known:
it is taken to be the one that a first guess, a sum of three features, likes best.

    python evals/retrieval/fit.py build/cases-*.npz            # written by evals/retrieval/cases.py
    python evals/retrieval/fit.py build/cases-*.npz --cross    # measures only: each file by what the others teach
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import lightgbm
import numpy as np
from cases import Case, load
from measures import auroc, miscalibration
from numpy.typing import NDArray

from policy_qa.retrieval.features import NAMES
from policy_qa.retrieval.ranker import FILE, PARTS, Ranker, Trees, best_of_each, evidence

FORMAL_WEIGHT = 2.0
"""How much a question in formal words counts beside one in everyday words, of which there are many more."""
_COMMON = {
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "seed": 1,
    "deterministic": True, "num_threads": 2, "verbosity": -1,
}  # fmt: skip
_RANKING = {**_COMMON, "objective": "lambdarank", "lambdarank_truncation_level": 8, "max_depth": 7}
PARAMETERS = {
    "everyday": ({**_RANKING, "num_leaves": 31, "learning_rate": 0.07, "min_data_in_leaf": 60}, 140),
    "formal": ({**_RANKING, "num_leaves": 8, "learning_rate": 0.05, "min_data_in_leaf": 30}, 200),
    "style": ({**_COMMON, "objective": "binary", "num_leaves": 6, "learning_rate": 0.06, "min_data_in_leaf": 50}, 80),
    "answered": (
        {**_COMMON, "objective": "binary", "num_leaves": 8, "learning_rate": 0.06, "min_data_in_leaf": 80}, 120,
    ),
}  # fmt: skip
"""Parameters and rounds of each part."""
FIRST_GUESS = {"late_both": 1.0, "cosine": 1.0, "lexical": 0.7}

Plain = dict[str, dict[str, list[list[float]]]]
"""The trees of each part, as they stand in the file."""


def main() -> None:
    """Fits, measures, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+", help="what cases.py wrote")
    parser.add_argument(
        "--cross", action="store_true", help="measure each file by what the others teach, write nothing"
    )
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args()
    files = [load(path) for path in arguments.cases]
    if arguments.cross:
        _cross(files)
        return
    plain = fit([case for file in files for case in file])
    held = [case for file in files for case in file if case.held]
    if held:
        _measure("laws kept out", [(ranker_of(plain), held)])
    arguments.out.write_text(json.dumps({"features": NAMES, **plain}, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"written: {arguments.out}, {arguments.out.stat().st_size / 1000:.0f} kB")


def _cross(files: Sequence[Sequence[Case]]) -> None:
    """No file's laws were learned from, neither by the encoder that made its cases nor by the ranker that orders them."""
    fitted = [
        (ranker_of(fit([case for other in files if other is not file for case in other])), file) for file in files
    ]
    _measure("each by what the others teach", fitted)


def ranker_of(plain: Plain) -> Ranker:
    """The ranker of a file's content."""
    return Ranker(*(Trees(plain[part]) for part in PARTS))


def fit(cases: Sequence[Case]) -> Plain:
    """What the file holds; nothing is learned of cases that are held."""
    learned = [case for case in cases if not case.held]
    asked = [case for case in learned if not case.hidden and case.right.any()]
    formal = [case for case in asked if case.formal]
    styles = np.concatenate([best_of_each(case.rows) for case in asked])
    plain: Plain = {
        "everyday": exported(_ordered("everyday", asked)),
        "formal": exported(_ordered("formal", formal)),
        "style": exported(_told_apart("style", styles, np.array([case.formal for case in asked]))),
    }
    plain["answered"] = plain["style"]  # until it is fitted
    pairs = list(_pairs(learned))
    rows, truth = drawn(ranker_of(plain), pairs)
    small = np.array([case.small for case, _ in pairs for _ in range(2)])
    # A small index looks unlike a large one: both count alike.
    weights = np.where(small, (~small).sum() / max(1, small.sum()), 1.0)
    return {**plain, "answered": exported(_told_apart("answered", rows, truth, weights))}


def _ordered(part: str, cases: Sequence[Case]) -> lightgbm.Booster:
    """Of the passages of right articles only the likeliest is right, the others are left out."""
    rows, labels, sizes, weights = [], [], [], []
    for case in cases:
        guess = sum(case.rows[:, NAMES.index(name)] * weight for name, weight in FIRST_GUESS.items())
        best = np.flatnonzero(case.right)[np.argmax(np.asarray(guess)[case.right])]
        wrong = np.flatnonzero(~case.right)
        rows.append(case.rows[np.append(wrong, best)])
        labels.append(np.append(np.zeros(len(wrong)), 1))
        sizes.append(len(wrong) + 1)
        weights.append(np.full(len(wrong) + 1, FORMAL_WEIGHT if case.formal else 1.0))
    data = lightgbm.Dataset(
        np.concatenate(rows),
        np.concatenate(labels),
        group=sizes,
        weight=np.concatenate(weights),
        feature_name=list(NAMES),
    )
    parameters, rounds = PARAMETERS[part]
    model = lightgbm.train(parameters, data, rounds)
    gain = sorted(zip(model.feature_importance("gain"), NAMES, strict=True), reverse=True)
    print(f"{part}:", " ".join(f"{name} {value / gain[0][0]:.3f}" for value, name in gain), flush=True)
    return model


def _told_apart(
    part: str, rows: NDArray[np.float32], truth: NDArray[np.generic], weights: NDArray[np.floating] | None = None
) -> lightgbm.Booster:
    parameters, rounds = PARAMETERS[part]
    return lightgbm.train(parameters, lightgbm.Dataset(rows, truth.astype(int), weight=weights), rounds)


def _pairs(cases: Sequence[Case]) -> Iterator[tuple[Case, Case]]:
    """Questions whose law is there, each with the same one without it."""
    return ((case, following) for case, following in pairwise(cases) if following.hidden and len(following.rows))


def drawn(ranker: Ranker, pairs: Sequence[tuple[Case, Case]]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The evidence of each question of each pair, a row each, and whether its law is there."""
    both = [case for pair in pairs for case in pair]
    rows = [evidence(case.rows, ranker.scores(case.rows), case.articles) for case in both]
    return np.concatenate(rows), np.array([not case.hidden for case in both], np.int64)


def _measure(title: str, fitted: Sequence[tuple[Ranker, Sequence[Case]]]) -> None:
    """Prints how well each ranker orders its cases, and how well it tells whether they are answered; all cases together."""
    asked = [(ranker, case) for ranker, cases in fitted for case in cases if not case.hidden]
    report(title, [case for _, case in asked], [ranker.scores(case.rows) for ranker, case in asked])
    said: list[float] = []
    truth: list[int] = []
    kinds: list[str] = []
    for ranker, cases in fitted:
        pairs = list(_pairs(cases))
        rows, there = drawn(ranker, pairs)
        said += (1 / (1 + np.exp(-ranker.answered.scores(rows)))).tolist()
        truth += there.tolist()
        kinds += [case.kind for case, _ in pairs for _ in range(2)]
    print(f"answered at all: AUROC {auroc(np.array(said), np.array(truth)):.3f}", end=", ")
    print(f"calibration error {miscalibration(np.array(said), np.array(truth)):.3f}")
    for kind in sorted(set(kinds)):
        here = np.array(kinds) == kind
        part = np.array(said)[here], np.array(truth)[here]
        print(f"  {kind:24} {here.sum():5}  AUROC {auroc(*part):.3f}  calibration error {miscalibration(*part):.3f}")


def report(title: str, cases: Sequence[Case], scores: Sequence[NDArray[np.float32]]) -> None:
    """Prints R@1, R@10, MRR@10 by kind, and how often a right article was among the candidates."""
    print(title)
    groups: dict[str, list[int]] = {}
    for case, score in zip(cases, scores, strict=True):
        groups.setdefault(case.kind, []).append(rank(case, score))
    for kind, ranks in sorted(groups.items()):
        r = np.array(ranks)
        print(
            f"  {kind:24} {len(r):5}  R@1 {np.mean(r == 1):.3f}  "
            f"R@10 {np.mean(r <= 10):.3f}  MRR@10 {np.mean(np.where(r <= 10, 1 / r, 0)):.3f}  "
            f"found {np.mean(r < 10**6):.3f}",
            flush=True,
        )


def rank(case: Case, score: NDArray[np.float32]) -> int:
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
