"""What the encoder learns from, as word pieces: public law text, questions with the articles that answer them, the lexicon.

python evals/encoder/lessons.py --base build/encoder-base --out build/lessons.npz     # two minutes
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer
from tokenizers.normalizers import NFC, Lowercase, Replace
from tokenizers.normalizers import Sequence as Normalizers

sys.path.insert(0, str(Path(__file__).parents[1] / "retrieval"))
from articles import documents, fold, read_articles, read_questions

from policy_qa.reading.vietnamese import nfc, normalise_tone, strip_diacritics
from policy_qa.retrieval.encoder import StaticEncoder, flattened
from policy_qa.retrieval.lexicon import FILES, FOLDER
from policy_qa.retrieval.passages import passages

ROOT = Path(__file__).parents[2]
WRITTEN = Path(__file__).parents[1] / "retrieval" / "questions.jsonl.gz"
ARTICLES = ("zalo/articles.jsonl.gz", "alqac22/articles.jsonl")
QUESTIONS = ("zalo/questions.jsonl", "officer/questions.jsonl", "alqac22/questions.jsonl")
MOST_LAWS = 4
"""More laws than any question is answered by."""


@dataclass(slots=True)
class Library:
    """The passages of all articles: their texts, the heading of each article, who owns whom, and each law's fold."""

    texts: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, path: Path) -> None:
        """Adds the articles of a file."""
        articles = read_articles(path)
        by_place = {(article.law, article.number): article.id for article in articles}
        for document in documents(articles):
            for passage in passages(document):
                id_ = by_place[document.source.file, passage.address.steps[0].label]
                if id_ not in self.numbers:
                    self.numbers[id_] = len(self.heads)
                    self.heads.append(passage.heading_path[0] if passage.heading_path else "")
                    self.folds.append(fold(document.source.file))
                self.texts.append(passage.text)
                self.owners.append(self.numbers[id_])


def main() -> None:
    """Reads, cuts and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="what build.py wrote")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    fold_tone_placements(arguments.base)
    encoder = StaticEncoder(arguments.base, "base")
    library = Library()
    for name in ARTICLES:
        library.add(arguments.data / name)
    asked = [q for path in (*(arguments.data / name for name in QUESTIONS), WRITTEN) for q in read_questions(path)]
    answered = [(q, library.numbers[r]) for q in asked for r in sorted(q.relevant) if r in library.numbers]
    rows = list(lexicon_rows())
    cut = {
        "text": library.texts,
        "head": library.heads,
        "asked": [q.text for q, _ in answered],
        "bare": [strip_diacritics(q.text) for q, _ in answered],
        "said": [said for said, _ in rows],
        "official": [official for _, official in rows],
    }
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        arguments.out,
        owner=np.array(library.owners, np.int32),
        fold=np.array(library.folds, np.int8),
        answer=np.array([article for _, article in answered], np.int32),
        folds=np.array([_padded(sorted(set(map(fold, q.laws)))) for q, _ in answered], np.int8),
        **{key: value for name, texts in cut.items() for key, value in _pieces(encoder, name, texts).items()},
    )
    print(f"{len(library.texts)} passages, {len(answered)} questions with answers, {len(rows)} rows of the lexicon")


def _pieces(encoder: StaticEncoder, name: str, texts: Sequence[str]) -> dict[str, np.ndarray]:
    run, bounds = flattened(encoder.pieces(texts))
    return {name: run.astype(np.uint16), f"{name}_bounds": bounds.astype(np.int32)}


def _padded(folds: Sequence[int]) -> list[int]:
    return [*folds, *[folds[0]] * MOST_LAWS][:MOST_LAWS]


def lexicon_rows() -> Iterator[tuple[str, str]]:
    """English and everyday words with what they are officially called."""
    for kind in ("english", "everyday"):
        for line in (FOLDER / FILES[kind]).read_text(encoding="utf-8").splitlines():
            key, _, rest = line.partition("\t")
            for official in rest.split("\t")[0].split(" | ")[:2]:
                if key and official and not key.startswith("#"):
                    yield key, official


def fold_tone_placements(folder: Path) -> None:
    """Makes the tokenizer write hoà for hòa: one word, one piece, one vector."""
    path = folder / "0_StaticEmbedding" / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(path))
    tones = "\u0300\u0301\u0303\u0309\u0323"
    old = [nfc(first + tone) + second for first, second in ("oa", "oe", "uy") for tone in tones]
    rules = [Replace(Regex(rf"(?<!q){spelled}(?!\w)"), normalise_tone(spelled)) for spelled in old]
    tokenizer.normalizer = Normalizers([NFC(), Lowercase(), *rules])
    tokenizer.save(str(path), pretty=False)


if __name__ == "__main__":
    main()
