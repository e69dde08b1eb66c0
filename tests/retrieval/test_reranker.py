"""A cross-encoder puts the best passages in order; one that cannot be had is refused in a sentence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from policy_qa.answering.chain import Assistant
from policy_qa.errors import RerankerUnavailable
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index, open_index
from policy_qa.retrieval.reranker import Reranker, load_reranker
from policy_qa.retrieval.retriever import Searcher


def test_no_name_no_model() -> None:
    assert load_reranker(None) is None
    assert load_reranker("") is None


def test_without_the_library_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(RerankerUnavailable, match="pip install sentence-transformers"):
        Reranker("any")


class Backwards(Reranker):
    """The last first."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def order(self, question: str, texts: Sequence[str]) -> list[int]:
        self.read = list(texts)
        return list(reversed(range(len(texts))))


def test_the_best_passages_change_places_and_scores_stay(tmp_path: Path) -> None:
    words = "".join(f"Điều {n}. Phí số {n}\nMức phí là {n} đồng mỗi lượt gửi xe đạp.\n" for n in range(1, 8))
    (tmp_path / "phi.md").write_text(f"# Quy định\n\n{words}", encoding="utf-8")
    encoder = load_encoder()
    build_index([tmp_path / "phi.md"], tmp_path / "index", encoder)
    index = open_index(tmp_path / "index", encoder)
    backwards = Backwards()
    plain = Searcher(index, encoder)
    query = plain.understand("mức phí gửi xe đạp")
    before = plain.search(query, 10)
    after = Searcher(index, encoder, reranker=backwards).search(query, 10)
    assert len(before) > 3
    assert [hit.passage.id for hit in after] == [hit.passage.id for hit in reversed(before)]
    assert [hit.score for hit in after] == [hit.score for hit in before]
    assert any("Phí số 3" in text for text in backwards.read)
    asked = [
        Assistant(index, encoder, model).ask("mức phí là bao nhiêu đồng mỗi lượt gửi xe đạp").citations[0].address
        for model in (None, backwards)
    ]
    assert asked[0] != asked[1]  # the answer is taken from what the model puts first
