"""Texts to vectors: the shipped static encoder, read directly, and any sentence-transformers model when asked for.

The shipped one is a table of word pieces and their pairs, and a text is their sum: no network, no accelerator, and
neither torch nor sentence-transformers is imported for it. Its folder is in the sentence-transformers format
(`sentence_module.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from policy_qa.errors import EncoderUnavailable
from policy_qa.retrieval.hub import opened
from policy_qa.retrieval.word_vectors import WordVectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_NAME = "potion-multilingual-vi-en"
DEFAULT_FOLDER = Path(__file__).parents[1] / "data" / "encoder"

_TEXTS_AT_ONCE, _FEW = 256, 64
_STATIC = ("0_WordPairs", "0_StaticEmbedding")
"""Folders of modules that are read directly: ours, and sentence-transformers' own, which knows no pairs."""
_HASHED_WHOLE = 32 << 20
_HASHED_ENDS = 1 << 20
_HUB_ID = re.compile(r"[\w.-]+(/[\w.-]+)?")

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """What turns texts into vectors; two encoders with the same fingerprint give the same vectors."""

    @property
    def name(self) -> str:
        """What the user calls it: the shipped one's name, a model id, or a path."""

    @property
    def fingerprint(self) -> str:
        """Changes when the vectors would; an index is used only with the encoder that built it."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row a text, shape (n, dimensions), L2-normalised; a text without any known word gives a zero row."""


def load_encoder(name: str | Path | None = None) -> Encoder:
    """The encoder of this name: None or the default's name, a model folder, or a sentence-transformers model id.

    A folder laid out as the shipped one (a static embedding, then normalisation) is read directly too.

    Raises:
        EncoderUnavailable: the folder or model is missing or damaged, or sentence-transformers is not installed.
    """
    if name is None or str(name) in ("", DEFAULT_NAME):
        return word_encoder()
    folder = Path(name).expanduser()
    if StaticEncoder.reads(folder):
        return StaticEncoder(folder, str(name))
    return TransformerEncoder(str(folder) if folder.is_dir() else str(name), str(name))


@lru_cache(maxsize=1)
def word_encoder() -> StaticEncoder:
    """The shipped encoder, whose word pieces ranking reads whatever encoder makes the vectors; loaded once."""
    return StaticEncoder(DEFAULT_FOLDER, DEFAULT_NAME)


class StaticEncoder:
    """Vectors of word pieces and their pairs; a text's vector is their normalised sum, whatever its length."""

    def __init__(self, folder: Path, name: str) -> None:
        """Load from a folder in the sentence-transformers format.

        Raises:
            EncoderUnavailable: a file of the folder is missing or damaged.
        """
        self.name = name
        module = next((folder / part for part in _STATIC if (folder / part).is_dir()), folder / _STATIC[0])
        self.files = [module / file for file in ("model.safetensors", "tokenizer.json")]
        try:
            self.words = WordVectors.load(self.files[0])
            self._tokenizer = Tokenizer.from_str(self.files[1].read_text(encoding="utf-8"))
        except OSError as error:
            raise EncoderUnavailable(
                f"Không mở được bộ mã hoá trong thư mục {folder}: hãy cài lại phần mềm."
            ) from error
        except Exception as error:  # tokenizers raises Exception itself
            raise EncoderUnavailable(f"Bộ mã hoá trong thư mục {folder} bị hỏng: hãy cài lại phần mềm.") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @staticmethod
    def reads(folder: Path) -> bool:
        """Whether the folder holds a static embedding and normalisation, and nothing else."""
        listing = folder / "modules.json"
        if not listing.is_file():
            return False
        try:
            parts = [module["path"] for module in json.loads(listing.read_text(encoding="utf-8"))]
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return len(parts) == 2 and parts[0] in _STATIC and parts[1] == "1_Normalize"

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self.words.dimensions

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the two files that make the vectors."""
        return _fingerprint(self.files)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row a text, shape (n, dimensions), L2-normalised; a text without any known word gives a zero row."""
        return normalised(self.sums(self.pieces(texts)))

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The word pieces of each text, as numbers of rows of `table`."""
        if (
            len(texts) <= _FEW
        ):  # as a batch they would be shared out among threads, which takes longer than cutting them
            return [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        found: list[list[int]] = []
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            batch = list(texts[start : start + _TEXTS_AT_ONCE])
            found += [encoding.ids for encoding in self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)]
        return found

    def sums(self, pieces: Sequence[Sequence[int]]) -> Matrix:
        """The sum of each text's vectors, shape (n, dimensions)."""
        return self.words.sums(*flattened(pieces))

    @property
    def spellings(self) -> list[str]:
        """Each piece as it is spelled; those that continue a word begin with ##."""
        vocabulary = self._tokenizer.get_vocab(with_added_tokens=False)
        return sorted(vocabulary, key=vocabulary.__getitem__)

    @property
    def table(self) -> Matrix:
        """The vector of each piece, shape (pieces, dimensions)."""
        return self.words.pieces


def flattened(pieces: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Texts of pieces one after another, and where each begins; the last bound is the end of all."""
    bounds = np.cumsum([0, *map(len, pieces)])
    return np.fromiter(chain.from_iterable(pieces), np.int64, int(bounds[-1])), bounds


class TransformerEncoder:
    """Any model that sentence-transformers can load, on this machine or from the hub."""

    def __init__(self, source: str, name: str) -> None:
        """Load the model (seconds; the library alone takes several).

        Raises:
            EncoderUnavailable: the library is not installed, or the model is not here and cannot be fetched.
        """
        self.name = name
        if not Path(source).is_dir() and not _HUB_ID.fullmatch(source):
            raise EncoderUnavailable(f"Không có thư mục mô hình {name}: hãy kiểm tra lại đường dẫn trong cấu hình.")
        self._model = opened(lambda: _sentence_transformer(source), source, name, "bộ mã hoá", EncoderUnavailable)
        self._source = source

    @cached_property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.encode(["một"]).shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, or the hub's commit where the model came from there."""
        folder = Path(self._source)
        if folder.is_dir():
            return _fingerprint(sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"))
        from huggingface_hub import try_to_load_from_cache

        found = try_to_load_from_cache(self._source, "config.json")
        commit = Path(found).parent.name if isinstance(found, str) else ""
        return hashlib.sha256(f"{self._source}@{commit}".encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row a text, shape (n, dimensions), L2-normalised; an empty text gives a zero row."""
        rows = self._model.encode(list(texts), convert_to_numpy=True, normalize_embeddings=True)
        vectors = np.asarray(rows, dtype=np.float32)
        vectors[[not text.strip() for text in texts]] = 0
        return normalised(vectors)


def _sentence_transformer(source: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    model: SentenceTransformer = SentenceTransformer(source)
    return model


def normalised(vectors: Matrix) -> Matrix:
    """Each row divided by its length; a zero row, or one that is not finite, comes out as zeros."""
    finite = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(finite, axis=1, keepdims=True)
    return (finite / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _fingerprint(files: Sequence[Path]) -> str:
    """SHA-256 over names, sizes and contents; of a file over 32 MiB only both ends, one MiB each."""
    digest = hashlib.sha256()
    for path in files:
        size = path.stat().st_size
        digest.update(f"{path.name}:{size}\n".encode())
        with path.open("rb") as file:
            if size <= _HASHED_WHOLE:
                digest.update(file.read())
                continue
            digest.update(file.read(_HASHED_ENDS))
            file.seek(-_HASHED_ENDS, 2)
            digest.update(file.read())
    return digest.hexdigest()
