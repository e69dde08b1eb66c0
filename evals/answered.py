"""Fits how sure an answer is: whether the words chosen first answer, by what `refusal.signs` tells of them.

Questions of which somebody read the lines that answer, in indexes of eighty laws, as an office has; as many about laws that
are not there; each question once more with its law named, half as many with another law named. Nothing that searches may
have learned from their laws, so each half of the laws is asked with what learned from the other half. Over these laws
every provision is a few lines of one kind; what the sets of `evals/` tell, whose documents are of many kinds, counts as much:

    python evals/answered.py ask --folds 1 2 --encoder build/encoder-1-2 --ranker build/ranker-3-4.json \
        --cross-encoder build/cross-encoder-3-4.safetensors --rereader build/rereader-3-4.json --out build/answered-1-2.json
    python evals/answered.py ask --out build/answered-0.json                # laws kept out, which only measure
    python evals/answered.py sets core=build/eval-index second=build/digests --out build/answered-sets.json
    python evals/answered.py fit build/answered-*.json
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent / "rereading"))
sys.path.insert(0, str(Path(__file__).parent / "retrieval"))
import numpy as np
from articles import KEPT_OUT, Asked, fold, read_articles
from asking import Models
from cases import ZALO, asked_of_zalo, order, worlds
from measures import auroc, miscalibration
from searching import ArticleIndex, build
from sklearn.linear_model import LogisticRegression
from told import lines, read_told

from policy_qa.answering.chain import Assistant
from policy_qa.answering.extractive import PASSAGES_READ, Extractor
from policy_qa.answering.ordinals import item_first
from policy_qa.answering.places import find_places
from policy_qa.answering.refusal import WEIGHTS, before_search, signs
from policy_qa.document import Span
from policy_qa.evaluation.questions import load
from policy_qa.retrieval import rereading
from policy_qa.retrieval.query import Query

ROOT = Path(__file__).parents[1]
SETS = "sets"
INDEXES = 5
"""How many indexes of eighty laws are asked."""
PENALTY = 0.3
"""Keeps weights small of what hardly tells anything."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One question: what tells, whether the words chosen first answer, whether anything there does, where it was asked."""

    signs: dict[str, float]
    right: bool
    there: bool
    source: str


def main() -> None:
    """Asks, or fits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    asking = commands.add_parser("ask")
    asking.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    asking.add_argument("--folds", type=int, nargs="+", default=[KEPT_OUT])
    for part in ("encoder", "ranker", "cross-encoder", "rereader"):
        asking.add_argument(f"--{part}", type=Path, help="one that did not learn from --folds (default: the shipped)")
    asking.add_argument("--out", type=Path, required=True)
    own = commands.add_parser(SETS)
    own.add_argument("sets", nargs="+", metavar="SET=INDEX")
    own.add_argument("--out", type=Path, required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("seen", type=Path, nargs="+")
    arguments = parser.parse_args()
    if arguments.command == "fit":
        fit([Seen(**seen) for path in arguments.seen for seen in json.loads(path.read_text(encoding="utf-8"))])
        return
    if arguments.command == SETS:
        found = [seen for pair in arguments.sets for seen in _of_set(*pair.split("="))]
    else:
        Models(arguments.encoder, arguments.ranker, arguments.cross_encoder).use()
        if arguments.rereader:
            trees = rereading.load_rereader(arguments.rereader)
            rereading.rereader = lambda: trees
        found = list(_of_laws(arguments.data, set(arguments.folds)))
    arguments.out.write_text(json.dumps([asdict(seen) for seen in found]), encoding="utf-8")
    print(f"{len(found)} questions: {arguments.out}")


def _of_laws(data: Path, folds: set[int]) -> Iterator[Seen]:
    drawn, told = random.Random(5), read_told()  # noqa: S311 - no secret
    asked = [q for _, q in asked_of_zalo(data) if q.id in told and {fold(law) for law in q.laws} <= folds]
    articles = read_articles(data / ZALO)
    given = worlds({article.law for article in articles}, folds)
    for number, chosen in enumerate(map(set, given[:: max(1, len(given) // INDEXES)][:INDEXES]), 1):
        held = [article for article in articles if article.law in chosen]
        inside = sorted((q for q in asked if q.laws <= chosen), key=lambda q: order(q.id))[:400]
        outside = [question for question in asked if not question.laws & chosen]
        others = {q.id: drawn.choice(sorted(chosen - q.laws)) for q in inside[::2]}
        cases = [
            *((q, q.text, True) for q in inside),
            *((q, q.text, False) for q in drawn.sample(outside, min(len(outside), len(inside)))),
            *((q, _named(min(q.laws), q), True) for q in inside[::2]),
            *((q, _named(others[q.id], q), False) for q in inside[::2]),
        ]
        source = "laws kept out" if KEPT_OUT in folds else "laws"
        with tempfile.TemporaryDirectory() as folder:
            build(held, Path(folder))
            index = ArticleIndex(Path(folder), held)
            for question, text, there in cases:
                answering = _lines(index, question, told[question.id]) if there else ("", [])
                seen = _seen(index.assistant, text, answering, source, there=there)
                if seen:
                    yield seen
            index.index.close()
        print(f"{number} of {INDEXES}: {len(cases)} questions", flush=True)


def _named(law: str, question: Asked) -> str:
    return f"Theo {law.upper()}, {question.text}"


def _lines(index: ArticleIndex, question: Asked, numbers: Sequence[int]) -> tuple[str, list[Span]]:
    """The document and the lines that answer."""
    found = index.passages_of(min(question.relevant))
    key = found[0][1].document
    every = lines(index.index.text(key), [passage for _, passage in found])
    return key, [every[number - 1] for number in numbers if number <= len(every)]


def _seen(
    assistant: Assistant, text: str, answering: tuple[str, list[Span]], source: str, *, there: bool
) -> Seen | None:
    query = assistant.searcher.understand(text)
    choices = Extractor(assistant.searcher).choose(
        query, assistant.searcher.search(query, PASSAGES_READ, together="in doubt")
    )
    if not choices or not choices[0].states:
        return None  # refused, whatever the signs tell
    key, spans = answering
    quote = choices[0].quote
    right = choices[0].provision.document == key and any(
        quote.start < span.end and span.start < quote.end for span in spans
    )
    return Seen(signs(query, choices), right, there, source)


def _of_set(name: str, folder: str) -> Iterator[Seen]:
    """The questions of a set of `evals/` that are answered by searching."""
    assistant = Assistant.open(Path(folder))
    extractor = Extractor(assistant.searcher)
    for question in load(ROOT / "evals" / f"{name}.jsonl"):
        query = assistant.searcher.understand(question.question)
        if before_search(query, assistant.index) or _is_told(assistant, query):
            continue
        if any(assistant.index.document(id_.partition("#")[0]) is None for group in question.gold for id_ in group):
            continue
        choices = extractor.choose(query, assistant.searcher.search(query, PASSAGES_READ, together="in doubt"))
        choices = item_first(query, assistant.index, choices)
        if choices and choices[0].states:
            place = f"{choices[0].provision.document}#{choices[0].provision.address}"
            right = any(place == id_ or place.startswith(f"{id_};") for group in question.gold for id_ in group)
            yield Seen(signs(query, choices), right, not question.unanswerable, f"{SETS} {name}")


def _is_told(assistant: Assistant, query: Query) -> bool:
    places = find_places(query, assistant.index)
    return bool(places.found or places.missing or assistant._told(query, places)[0])


def fit(every: Sequence[Seen]) -> None:
    """Prints the weights, and how well they tell, by where it was asked."""
    names = list(WEIGHTS)
    learned = [seen for seen in every if "kept out" not in seen.source]
    of_sets = np.array([seen.source.startswith(SETS) for seen in learned])
    rows = np.array([[seen.signs[name] for name in names] for seen in learned])
    right = np.array([seen.right for seen in learned])
    # Laws and sets count alike, however many questions there are of each.
    weights = np.where(of_sets, (~of_sets).sum() / max(1, of_sets.sum()), 1.0)
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit(rows, right, weights)
    found = ", ".join(f'"{name}": {weight:.2f}' for name, weight in zip(names, model.coef_[0], strict=True))
    print(f"{len(rows)} questions: {{{found}}}, bias {model.intercept_[0]:.2f}")
    for source in sorted({seen.source for seen in every}):
        here = [seen for seen in every if seen.source == source]
        said = model.predict_proba(np.array([[seen.signs[name] for name in names] for seen in here]))[:, 1]
        _report(source, said, np.array([s.right for s in here]), np.array([s.there for s in here]))


def _report(source: str, said: np.ndarray, right: np.ndarray, there: np.ndarray) -> None:
    tells = f"AUROC {auroc(said, right.astype(int)):.3f}, " if right.any() and not right.all() else ""
    print(f"{source}: {len(said)}, right {_share(right)}, {tells}error {miscalibration(said, right.astype(int)):.3f}")
    for least in (0.4, 0.5, 0.6, 0.7):
        answered = said >= least
        print(
            f"  from {least}: of those there answered {_share(answered[there])}, of these right "
            f"{_share(right[answered & there])}; of those not there answered {_share(answered[~there])}"
        )


def _share(of: np.ndarray) -> str:
    return f"{of.mean():.3f}" if len(of) else "–"


if __name__ == "__main__":
    main()
