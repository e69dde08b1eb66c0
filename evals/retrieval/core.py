"""How often the right provision is among the first five passages, over the shipped corpus, by style of question.

python evals/retrieval/core.py evals/officers.jsonl
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

from policy_qa.document import Address, Passage
from policy_qa.evaluation.questions import load
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index, open_index
from policy_qa.retrieval.retriever import Searcher

CORPUS = Path(__file__).parents[2] / "corpus"
FIRST = 5


def main() -> None:
    """Indexes the corpus, asks every answerable question, prints a row a style."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--missed", action="store_true", help="print the questions whose provision was not found")
    arguments = parser.parse_args()
    found: dict[str, list[bool]] = defaultdict(list)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build_index([CORPUS], Path(folder), load_encoder())
        searcher = Searcher(open_index(Path(folder), load_encoder()), load_encoder())
        for question in load(arguments.questions):
            if question.unanswerable or question.files:  # those are of documents that the corpus lacks
                continue
            hits = searcher.search(searcher.understand(question.question), FIRST)
            wanted = [id_ for group in question.gold for id_ in group]
            right = any(answers(hit.passage, id_) for hit in hits for id_ in wanted)
            found[question.style].append(right)
            if arguments.missed and not right:
                print(f"{question.id}: {question.question} → {wanted[0]}")
        searcher.index.close()
    for style, rights in sorted(found.items()):
        print(f"{style:14} {sum(rights):4} of {len(rights):4}  {sum(rights) / len(rights):.3f}")


def answers(passage: Passage, wanted: str) -> bool:
    """Whether a passage is the wanted provision, a part of it, or the whole that it is part of."""
    key, _, address = wanted.partition("#")
    gold = Address.parse(address)
    return passage.document == key and (gold.is_within(passage.address) or passage.address.is_within(gold))


if __name__ == "__main__":
    main()
