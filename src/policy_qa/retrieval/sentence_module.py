"""The shipped encoder as a module of sentence-transformers, imported by the name that the folder's modules.json gives.

`SentenceTransformer(folder, trust_remote_code=True)` gives the same vectors; the library asks for that word before it
imports any module that is not its own.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import torch
from sentence_transformers.base.modules.input_module import InputModule

from policy_qa.retrieval.encoder import StaticEncoder, flattened


class WordPairs(InputModule):
    """Word pieces and their pairs, summed; made from the folder that `StaticEncoder` reads."""

    save_in_root = False

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._folder = folder
        self._encoder = StaticEncoder(folder, folder.name)

    def preprocess(  # type: ignore[override]  # of all that the library hands on, this reads texts alone
        self, inputs: list[str], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """The pieces of each text, one text after another, and where each begins."""
        texts = self._prepend_prompt(inputs, prompt) if prompt else inputs
        run, bounds = flattened(self._encoder.pieces(texts))
        return {"input_ids": torch.from_numpy(run), "offsets": torch.from_numpy(bounds)}

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Adds the sum of each text's vectors, shape (n, dimensions)."""
        run, bounds = features["input_ids"].cpu().numpy(), features["offsets"].cpu().numpy()
        sums = self._encoder.words.sums(run.astype(np.int64), bounds)
        features["sentence_embedding"] = torch.from_numpy(sums).to(features["offsets"].device)
        return features

    @property
    def max_seq_length(self) -> float:
        """Texts of any length are read to their end."""
        return float("inf")

    def get_embedding_dimension(self) -> int:
        """The length of a vector."""
        return self._encoder.dimensions

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copies the files that the vectors come from."""
        for file in self._encoder.files:
            shutil.copyfile(file, Path(output_path) / file.name)

    @classmethod
    def load(cls, model_name_or_path: str, *_: object, **__: object) -> WordPairs:
        """Opens a folder on this machine."""
        return cls(Path(model_name_or_path))
