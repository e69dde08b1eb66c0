"""Counts how common each syllable is in law text, for weighing the words of a question.

A small index cannot know that "quy định" says little and "triển lãm" much; half a million paragraphs of law can.
Writes `src/policy_qa/data/frequencies.tsv`: a syllable (lower case, new tone placement), and the share of articles
that have it in parts per million. Syllables in fewer than 5 articles are left out; an unknown word counts as rare.

    python evals/frequencies.py ../shared/data/zalo/articles.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from policy_qa.retrieval.lexicon import words

OUT = Path(__file__).parents[1] / "src" / "policy_qa" / "data" / "frequencies.tsv"
FEWEST = 5


def main() -> None:
    """Counts and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="articles.jsonl[.gz] with `heading` and `text`")
    parser.add_argument("--every", type=int, default=4, help="take every n-th article")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    total = 0
    with gzip.open(arguments.articles, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % arguments.every:
                continue
            article = json.loads(line)
            total += 1
            counts.update({word.lower for word in words(f"{article['heading']} {article['text'][:4000]}")})
    rows = [(word, count) for word, count in counts.items() if count >= FEWEST and word.isalpha()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    with OUT.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{word}\t{round(count / total * 1e6)}\n" for word, count in rows)


if __name__ == "__main__":
    main()
