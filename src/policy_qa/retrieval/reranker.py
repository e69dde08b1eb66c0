"""An optional second look: a cross-encoder reads the question and each of the best passages together.

None is shipped: a good one is hundreds of megabytes and takes a second a question without a GPU. An office that has one
names it (`POLICY_QA_RERANKER`), as a folder or as a model id of the hub.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from policy_qa.errors import RerankerUnavailable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker:
    """Any cross-encoder that sentence-transformers can load, on this machine or from the hub."""

    def __init__(self, name: str | Path) -> None:
        """Loads the model (seconds).

        Raises:
            RerankerUnavailable: the library is not installed, or the model is not here and cannot be fetched.
        """
        folder = Path(name).expanduser()
        self._model = _load(str(folder) if folder.is_dir() else str(name), str(name))

    def order(self, question: str, texts: Sequence[str]) -> list[int]:
        """The places of the texts, the one that answers best first; equals keep their order."""
        if not texts:
            return []
        scores = np.asarray(self._model.predict([(question, text) for text in texts], show_progress_bar=False))
        if scores.ndim > 1:  # a model with several classes: the last one is "answers"
            scores = scores[:, -1]
        return [int(place) for place in np.argsort(-scores, kind="stable")]


def load_reranker(name: str | Path | None) -> Reranker | None:
    """The cross-encoder of this name; None where none is named. Raises as `Reranker`."""
    return Reranker(name) if name else None


def _load(source: str, name: str) -> CrossEncoder:
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise RerankerUnavailable(
            f"Mô hình xếp lại {name} cần thư viện sentence-transformers, chưa có trên máy này: "
            "hãy chạy `pip install sentence-transformers`, hoặc bỏ tuỳ chọn POLICY_QA_RERANKER."
        ) from error
    try:
        model: CrossEncoder = CrossEncoder(source)
    except Exception as error:  # transformers, safetensors and pickle raise whatever they like over damaged files
        if Path(source).is_dir():
            raise RerankerUnavailable(
                f"Không mở được mô hình xếp lại trong thư mục {name}: thư mục thiếu tệp hoặc tệp bị hỏng. Hãy chép lại mô "
                "hình, hoặc bỏ tuỳ chọn POLICY_QA_RERANKER."
            ) from error
        raise RerankerUnavailable(
            f"Không mở được mô hình xếp lại {name}: máy này chưa có, và không tải về được. Hãy kiểm tra tên mô hình và "
            "kết nối mạng, chép mô hình vào một thư mục rồi đưa đường dẫn, hoặc bỏ tuỳ chọn POLICY_QA_RERANKER."
        ) from error
    return model
