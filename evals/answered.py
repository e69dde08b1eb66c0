"""Fits how sure an answer is: whether the words chosen first answer, by what they cover, cosine, lead and rank.

Public questions over sixty laws at a time, as in an office's index; as many about laws that are not there; and each
question once more with its law named, half as many with another law named. The encoder must not have learned from their laws:

    python evals/answered.py --encoder build/encoder-1-2 --folds 1 2     # see Makefile, ranker; a quarter of an hour
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent / "retrieval"))
import numpy as np
from articles import Asked, documents, fold, places, read_articles, read_questions
from measures import auroc, miscalibration
from sklearn.linear_model import LogisticRegression

from policy_qa.answering.chain import Assistant
from policy_qa.answering.extractive import Choice, Extractor
from policy_qa.answering.refusal import lead
from policy_qa.retrieval import encoder
from policy_qa.retrieval.build import index_documents
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import open_index
from policy_qa.retrieval.passages import article_of

ROOT = Path(__file__).parents[1]
LAWS, LONGEST, INDEXES = 60, 150, 6
"""Laws in each index, the articles of the longest, how many indexes."""
QUESTIONS = (
    "officer/questions.jsonl",
    "zalo/questions.jsonl",
    str(ROOT / "evals" / "retrieval" / "questions.jsonl.gz"),
)
NAMES = ("coverage", "cosine", "lead", "rank", "named")


@dataclass(frozen=True, slots=True)
class Seen:
    """One question: what tells, whether its law is there, whether the first choice is of an article that answers."""

    values: tuple[float, ...]
    there: bool
    right: bool


def main() -> None:
    """Asks, fits, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--encoder", type=Path, required=True, help="one that did not learn from --folds")
    parser.add_argument("--folds", type=int, nargs="+", required=True)
    arguments = parser.parse_args()
    encoder.DEFAULT_FOLDER = arguments.encoder
    _fit(list(_seen(arguments.data, set(arguments.folds))))


def _seen(data: Path, folds: set[int]) -> Iterator[Seen]:
    drawn = random.Random(5)  # noqa: S311 - no secret
    asked = [q for name in QUESTIONS for q in read_questions(data / name) if q.laws and set(map(fold, q.laws)) <= folds]
    articles = read_articles(data / "zalo" / "articles.jsonl.gz")
    sizes = Counter(article.law for article in articles)
    laws = sorted({law for question in asked for law in question.laws if sizes[law] <= LONGEST})
    drawn.shuffle(laws)
    for part in range(INDEXES):
        chosen = set(laws[part * LAWS : (part + 1) * LAWS])
        held = [article for article in articles if article.law in chosen]
        inside = [question for question in asked if question.laws <= chosen]
        outside = [question for question in asked if not question.laws & chosen]
        others = {q.id: drawn.choice(sorted(chosen - q.laws)) for q in inside[::2]}
        cases = [
            *((q, q.text, True) for q in inside),
            *((q, q.text, False) for q in drawn.sample(outside, min(len(outside), len(inside)))),
            *((q, _named(min(q.laws), q), True) for q in inside),
            *((q, _named(others[q.id], q), False) for q in inside[::2]),
        ]
        with tempfile.TemporaryDirectory() as folder:
            index_documents(documents(held), Path(folder), load_encoder())
            assistant, at = Assistant(open_index(Path(folder), load_encoder()), load_encoder()), places(held)
            for question, text, there in cases:
                choices, named = _chosen(assistant, text)
                if choices:
                    place = choices[0].provision.document, article_of(choices[0].provision.address)
                    yield Seen(_values(choices, named), there, there and at.get(place) in question.relevant)
        print(f"{part + 1} of {INDEXES}: {len(cases)} questions", flush=True)


def _named(law: str, question: Asked) -> str:
    return f"Theo {law.upper()}, {question.text}"


def _chosen(assistant: Assistant, text: str) -> tuple[list[Choice], bool]:
    query = assistant.searcher.understand(text)
    return Extractor(assistant.searcher).choose(query, assistant.searcher.search(query, 16)), bool(query.named)


def _values(choices: Sequence[Choice], named: bool) -> tuple[float, ...]:
    best = choices[0]
    return best.coverage, best.cosine, lead(choices), best.rank, float(named)


def _fit(seen: Sequence[Seen]) -> None:
    rows = np.array([case.values for case in seen])
    right, there = np.array([case.right for case in seen]), np.array([case.there for case in seen])
    said = np.zeros(len(rows))
    part = np.arange(len(rows)) % 5
    for fold_ in range(5):
        model = LogisticRegression(max_iter=1000).fit(rows[part != fold_], right[part != fold_])
        said[part == fold_] = model.predict_proba(rows[part == fold_])[:, 1]
    model = LogisticRegression(max_iter=1000).fit(rows, right)
    weights = " ".join(f"{name} {weight:.2f}" for name, weight in zip(NAMES, model.coef_[0], strict=True))
    print(f"{len(rows)} questions: {weights}, bias {model.intercept_[0]:.2f}")
    print(
        f"AUROC {auroc(said, right.astype(int)):.3f}, calibration error {miscalibration(said, right.astype(int)):.3f}"
    )
    for least in (0.3, 0.4, 0.5, 0.6):
        answered = said >= least
        print(
            f"from {least}: right ones refused {1 - answered[right].mean():.3f}, "
            f"of laws not there answered {answered[~there].mean():.3f}"
        )


if __name__ == "__main__":
    main()
