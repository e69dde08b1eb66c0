"""The best passages are looked at once more: which of them answers, not only which article is about what is asked.

The ranker (`ranker.py`) orders a hundred passages by what the table of word pieces tells, and learned from questions of which
only the article was known that answers. These trees see the first few of them: what the ranker saw, how its words and
headings fit, and what the small cross-encoder says; they learned from questions whose answering lines were read and marked
(`evals/rereading/`, which writes `data/rereader.json`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from policy_qa.retrieval import features
from policy_qa.retrieval.matching import Rows
from policy_qa.retrieval.ranker import Trees
from policy_qa.retrieval.ranking import Features

if TYPE_CHECKING:
    from policy_qa.retrieval.retriever import Hit

FILE: Final = Path(__file__).parents[1] / "data" / "rereader.json"
UNKNOWN: Final = 1.0
"""Stands for what the second look would say where there was none: what it says of the best on average."""
UNREAD: Final = -9.0
"""Stands for what the cross-encoder would say of a passage that it did not read."""
NAMES: Final = (
    *("place", "score", "score_gap", "ranked", "log_length", "together", "together_gap"),
    *(f"fit_{name}" for name in Features.__slots__),
    *(f"ranked_by_{name}" for name in features.NAMES),
)
"""The columns of a row, in order."""
_TOGETHER, _TOGETHER_GAP = NAMES.index("together"), NAMES.index("together_gap")
DOUBT: Final = 1.0
"""Where the likeliest leads by more, the cross-encoder is spared: it then reads for 44 of a hundred questions over laws kept out
and brings four fifths of what it would bring for all (docs/retrieval.md)."""


def rows(hits: Sequence[Hit], fits: Sequence[Features]) -> Rows:
    """A row of `NAMES` for each hit, shape (n, len(NAMES)), none of them read by the cross-encoder."""
    if not hits:
        return np.zeros((0, len(NAMES)), np.float32)
    best = max(hit.score for hit in hits)
    found = [
        (
            *(
                place,
                hit.score,
                hit.score - best,
                hit.ranked.score,
                math.log(len(hit.passage.text) + 1),
                UNREAD,
                UNREAD,
            ),
            *(getattr(fit, name) for name in Features.__slots__),
            *hit.ranked.row,
        )
        for place, (hit, fit) in enumerate(zip(hits, fits, strict=True))
    ]
    return np.array(found, np.float32)


def with_what_was_read(seen: Rows, together: Rows) -> Rows:
    """The rows with what the cross-encoder said of the first few, shape (few,)."""
    read = seen.copy()
    read[: len(together), _TOGETHER] = together
    read[: len(together), _TOGETHER_GAP] = together - together.max(initial=-np.inf)
    return read


def leaves_doubt(answers: Rows) -> bool:
    """Whether the likeliest passage leads the next by too little to be sure of it."""
    return len(answers) > 1 and float(np.diff(np.sort(answers)[-2:])[0]) < DOUBT


@lru_cache(maxsize=1)
def rereader() -> Trees:
    """The shipped trees; loaded once."""
    return load_rereader(FILE)


def load_rereader(path: Path) -> Trees:
    """Reads what `evals/rereading/fit.py` wrote; ValueError where it was fitted on other features."""
    plain = json.loads(path.read_text(encoding="utf-8"))
    if tuple(plain["features"]) != NAMES:
        raise ValueError(f"{path.name} was fitted on other features: run evals/rereading/fit.py")
    return Trees(plain["trees"])
