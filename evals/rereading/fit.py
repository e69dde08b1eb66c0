"""Fits the trees of the second look (LambdaRank), into `data/rereader.json`; laws kept out are measured.

Every case counts twice: as it is, and as if the cross-encoder had not read anything, since it is spared at times.

    python evals/rereading/fit.py build/rereading-*.npz            # written by evals/rereading/asking.py
    python evals/rereading/fit.py build/rereading-*.npz --cross    # measures only: each file by what the others teach
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import lightgbm
import numpy as np
from asking import FORMAL, Case, load
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "retrieval"))
from fit import exported

from policy_qa.retrieval.ranker import Trees
from policy_qa.retrieval.rereading import FILE, NAMES, UNREAD

PARAMETERS = {
    "objective": "lambdarank", "lambdarank_truncation_level": 8, "label_gain": [0, 1, 3], "max_depth": 7, "num_leaves": 15,
    "learning_rate": 0.06, "min_data_in_leaf": 60, "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 5.0, "seed": 1, "deterministic": True, "num_threads": 2, "verbosity": -1,
}  # fmt: skip
ROUNDS = 150
FORMAL_WEIGHT = 3.0
"""How much a question counts that people asked in the words of documents; there are few of them."""
_TOGETHER = [NAMES.index("together"), NAMES.index("together_gap")]
KEPT_OUT = "-0."
"""What the name of the file ends with, before npz, from which nothing is learned."""

Scores = Callable[[Case], NDArray[np.floating]]


def main() -> None:
    """Fits, measures, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+", help="what asking.py wrote")
    parser.add_argument(
        "--cross", action="store_true", help="measure each file by what the others teach, write nothing"
    )
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args()
    files = {path: load(path) for path in arguments.cases}
    learned = {path: cases for path, cases in files.items() if KEPT_OUT not in path.name}
    if arguments.cross:
        for path, cases in learned.items():
            others = [case for other, found in learned.items() if other != path for case in found]
            measure(f"{path.name} by the others", cases, Trees(exported(fit(others))))
        return
    plain = exported(fit([case for cases in learned.values() for case in cases]))
    for path, cases in files.items():
        if path not in learned:
            measure(f"{path.name}, laws kept out", cases, Trees(plain))
    arguments.out.write_text(
        json.dumps({"features": NAMES, "trees": plain}, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    print(f"written: {arguments.out}, {arguments.out.stat().st_size / 1000:.0f} kB")


def fit(cases: Sequence[Case]) -> lightgbm.Booster:
    """The trees that learn from all cases in which anything that answers was found."""
    asked = [case for case in cases if case.answers.any()]
    rows = np.concatenate([case.rows for case in asked])
    answers, sizes = np.concatenate([case.answers for case in asked]), [len(case.rows) for case in asked]
    unread = rows.copy()
    unread[:, _TOGETHER] = UNREAD
    each = [FORMAL_WEIGHT if case.kind.startswith(FORMAL) else 1.0 for case in asked]
    data = lightgbm.Dataset(
        np.concatenate([rows, unread]),
        np.concatenate([answers] * 2),
        group=sizes * 2,
        weight=np.tile(np.repeat(each, sizes), 2),
        feature_name=list(NAMES),
    )
    model = lightgbm.train(PARAMETERS, data, ROUNDS)
    gain = sorted(zip(model.feature_importance("gain"), NAMES, strict=True), reverse=True)[:15]
    print(" ".join(f"{name} {value / gain[0][0]:.2f}" for value, name in gain), flush=True)
    return model


def measure(title: str, cases: Sequence[Case], trees: Trees) -> None:
    """Prints how often a passage that answers comes first, and one of the right article, by kind of question."""

    def unread(case: Case) -> NDArray[np.floating]:
        rows = case.rows.copy()
        rows[:, _TOGETHER] = UNREAD
        return trees.scores(rows)

    ways: dict[str, Scores] = {
        "the search": lambda case: -np.arange(len(case.rows)),
        "looked at again, unread": unread,
        "looked at again": lambda case: trees.scores(case.rows),
    }
    print(f"{title}: passage that answers first / article that answers first")
    for kind in ("", *sorted({case.kind for case in cases})):
        here = [case for case in cases if kind in ("", case.kind)]
        figures = []
        for name, scores in ways.items():
            best = [int(np.argmax(scores(case))) for case in here]
            passages = np.mean([case.answers[at] > 0 for case, at in zip(here, best, strict=True)])
            articles = np.mean([case.articles[at] for case, at in zip(here, best, strict=True)])
            figures.append(f"{name} {passages:.3f} / {articles:.3f}")
        print(f"  {kind or 'all':26} {len(here):5}  {'   '.join(figures)}", flush=True)


if __name__ == "__main__":
    main()
