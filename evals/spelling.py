"""Counts how often syllables follow each other, for restoring what a question was meant to say.

Writes `src/policy_qa/data/bigrams.tsv.gz`: "syllable" or "syllable next", tab, count. Law text does not speak as people do,
so questions written by us count many times, and the everyday side of the lexicon too.

    python evals/spelling.py ../shared/data/zalo/articles.jsonl.gz --questions evals/retrieval/questions.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

from policy_qa.reading.vietnamese import nfc, normalise_tone
from policy_qa.retrieval.lexicon import FILES, FOLDER, words

OUT = Path(__file__).parents[1] / "src" / "policy_qa" / "data" / "bigrams.tsv.gz"
FEWEST_ALONE, FEWEST_PAIRS, MOST_PAIRS = 8, 8, 160_000
LONGEST = 7
OWN_WEIGHT = 40


def main() -> None:
    """Counts and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="articles.jsonl.gz with `heading` and `text`")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="jsonl[.gz] with `question` and `kind`")
    parser.add_argument("--every", type=int, default=3, help="take every n-th article")
    arguments = parser.parse_args()
    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    with gzip.open(arguments.articles, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % arguments.every == 0:
                article = json.loads(line)
                count(f"{article['heading']}\n{article['text'][:4000]}", 1, alone, pairs)
    for path in arguments.questions:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                question = json.loads(line)
                if question.get("kind") in ("colloquial", "abbreviation"):
                    count(question["question"], OWN_WEIGHT, alone, pairs)
    for row in (FOLDER / FILES["everyday"]).read_text(encoding="utf-8").splitlines():
        count(row.partition("\t")[0], OWN_WEIGHT, alone, pairs)
    rows = [(word, n) for word, n in alone.items() if n >= FEWEST_ALONE]
    rows += [(f"{a} {b}", n) for (a, b), n in pairs.most_common(MOST_PAIRS) if n >= FEWEST_PAIRS]
    rows.sort()
    with OUT.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        out.write("".join(f"{key}\t{n}\n" for key, n in rows).encode())


def count(text: str, weight: int, alone: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
    """Adds the syllables of a text; only what could be one is counted."""
    for line in text.split("\n"):
        spoken = [normalise_tone(nfc(w.lower)) for w in words(line)]
        fits = [word.isalpha() and len(word) <= LONGEST for word in spoken]
        for word, fit in zip(spoken, fits, strict=True):
            if fit:
                alone[word] += weight
        for (a, fit_a), (b, fit_b) in pairwise(zip(spoken, fits, strict=True)):
            if fit_a and fit_b:
                pairs[a, b] += weight


if __name__ == "__main__":
    main()
