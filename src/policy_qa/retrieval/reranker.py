"""An optional further look: a large cross-encoder reads the question and each of the best passages together.

Only a small one is shipped (`cross_encoder.py`): a large one is hundreds of megabytes and takes a second a question without
a GPU. An office that has one names it (`POLICY_QA_RERANKER`), as a folder or as a model id of the hub.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from policy_qa.errors import RerankerUnavailable
from policy_qa.retrieval.hub import opened

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


_OPTION = "POLICY_QA_RERANKER"


class Reranker:
    """Any cross-encoder that sentence-transformers can load, on this machine or from the hub."""

    def __init__(self, name: str | Path) -> None:
        """Loads the model (seconds).

        Raises:
            RerankerUnavailable: the library is not installed, or the model is not here and cannot be fetched.
        """
        folder = Path(name).expanduser()
        source = str(folder) if folder.is_dir() else str(name)
        self._name = str(name)
        self._model = opened(lambda: _cross_encoder(source), source, self._name, _OPTION, RerankerUnavailable)

    def order(self, question: str, texts: Sequence[str]) -> list[int]:
        """The places of the texts, the one that answers best first; equals keep their order.

        Raises:
            RerankerUnavailable: the model cannot weigh pairs of texts.
        """
        if not texts:
            return []
        try:
            scores = np.asarray(self._model.predict([(question, text) for text in texts], show_progress_bar=False))
        except Exception as error:  # a model that opens may still not take pairs, or have no padding
            raise RerankerUnavailable(
                f"Mô hình {self._name} không xếp lại được các đoạn: hãy chọn một mô hình cross-encoder, hoặc bỏ tuỳ chọn {_OPTION}."
            ) from error
        if scores.ndim > 1:  # a model with several classes: the last one is "answers"
            scores = scores[:, -1]
        return [int(place) for place in np.argsort(-scores, kind="stable")]


def load_reranker(name: str | Path | None) -> Reranker | None:
    """The cross-encoder of this name; None where none is named. Raises as `Reranker`."""
    return Reranker(name) if name else None


def _cross_encoder(source: str) -> CrossEncoder:
    from sentence_transformers import CrossEncoder

    model: CrossEncoder = CrossEncoder(source)
    return model
