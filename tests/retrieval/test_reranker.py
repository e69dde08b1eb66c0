"""A cross-encoder puts the best passages in order; one that cannot be had is refused in a sentence."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real cross-encoder, small and with weights by chance, in the form in which the library saves one."""
    transformers = pytest.importorskip("transformers")
    cross_encoders = pytest.importorskip("sentence_transformers")
    torch = pytest.importorskip("torch")
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("model")
    (folder / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghiklmnopqrstuvxy"])
    )
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    shape = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    config = transformers.BertConfig(vocab_size=28, num_labels=1, **shape)
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    cross_encoders.CrossEncoder(str(folder), device="cpu").save_pretrained(str(folder))
    return folder


def test_a_model_of_sentence_transformers_orders_texts(model: Path) -> None:
    reranker = Reranker(model)
    texts = ["một hai ba", "bốn", "năm sáu bảy tám"]
    assert sorted(reranker.order("hỏi gì", texts)) == [0, 1, 2]
    assert reranker.order("hỏi gì", [texts[at] for at in reranker.order("hỏi gì", texts)]) == [0, 1, 2]
    assert reranker.order("hỏi gì", []) == []


def test_no_name_no_model() -> None:
    assert load_reranker(None) is None
    assert load_reranker("") is None


def test_a_model_that_does_not_take_pairs_is_refused_in_a_sentence(model: Path) -> None:
    reranker = Reranker(model)
    reranker._model.tokenizer.pad_token = None  # as of a model that was trained without padding
    with pytest.raises(RerankerUnavailable, match="hãy chọn một mô hình cross-encoder"):
        reranker.order("hỏi gì", ["một hai ba", "bốn"])


@pytest.mark.parametrize("name", ["/no/such/folder", "no-one/no-such-model"])
def test_a_model_that_is_not_there_is_refused_in_a_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)  # the variable is read when it is imported
    with pytest.raises(RerankerUnavailable, match=f"Không mở được mô hình {name}: máy này chưa có"):
        Reranker(name)


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
        Assistant(index, encoder, model).ask("mức phí gửi xe đạp").citations[0].address for model in (None, backwards)
    ]
    assert asked[0] != asked[1]  # the answer is taken from what the model puts first


def test_a_damaged_folder_is_refused_in_a_sentence(model: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(model, tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"nothing of the sort")
    with pytest.raises(RerankerUnavailable, match="thiếu tệp hoặc tệp bị hỏng"):
        Reranker(folder)


def test_a_named_model_is_loaded_with_the_index(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Quy định\n\nĐiều 1. Phí\nMức phí là 5 đồng.\n", encoding="utf-8")
    build_index([tmp_path / "a.md"], tmp_path / "index", load_encoder())
    with pytest.raises(RerankerUnavailable):
        Assistant.open(tmp_path / "index", None, "/no/such/folder")
