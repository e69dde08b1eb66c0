"""What sentence-transformers reads of the shipped encoder and saves for us: one file, because its import takes seconds."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from odd_texts import TEXTS

from policy_qa.answering.chain import Assistant
from policy_qa.errors import RerankerUnavailable
from policy_qa.retrieval.encoder import DEFAULT_FOLDER, Encoder, StaticEncoder, load_encoder
from policy_qa.retrieval.index import build_index
from policy_qa.retrieval.reranker import Reranker


@pytest.fixture(scope="module", autouse=True)
def library() -> ModuleType:
    """The library, imported once and not before the first test here runs."""
    return pytest.importorskip("sentence_transformers")


# --- encoders


def test_sentence_transformers_gives_the_same_vectors(library: ModuleType, shipped_encoder: Encoder) -> None:
    model = library.SentenceTransformer(str(DEFAULT_FOLDER), device="cpu", trust_remote_code=True)
    assert np.abs(shipped_encoder.encode(TEXTS) - model.encode(TEXTS)).max() < 1e-5
    assert model.get_embedding_dimension() == shipped_encoder.dimensions


def test_sentence_transformers_saves_a_folder_that_is_read_directly(
    library: ModuleType, shipped_encoder: Encoder, tmp_path: Path
) -> None:
    model = library.SentenceTransformer(str(DEFAULT_FOLDER), device="cpu", trust_remote_code=True)
    model.save(str(tmp_path))
    saved = load_encoder(tmp_path)
    assert isinstance(saved, StaticEncoder)
    assert np.array_equal(saved.encode(TEXTS), shipped_encoder.encode(TEXTS))


def test_a_plain_static_embedding_is_read_directly_too(
    library: ModuleType, shipped_encoder: Encoder, tmp_path: Path
) -> None:
    from sentence_transformers.models import Normalize, StaticEmbedding
    from tokenizers import Tokenizer

    assert isinstance(shipped_encoder, StaticEncoder)
    tokenizer = Tokenizer.from_file(str(shipped_encoder.files[1]))
    plain = StaticEmbedding(tokenizer, embedding_weights=shipped_encoder.table.copy())
    model = library.SentenceTransformer(modules=[plain, Normalize()], device="cpu")
    model.save(str(tmp_path))
    # Today's library writes the first module into the folder itself, the one that made most published folders did not.
    (tmp_path / "0_StaticEmbedding").mkdir()
    for file in ("model.safetensors", "tokenizer.json"):
        shutil.move(tmp_path / file, tmp_path / "0_StaticEmbedding" / file)
    listing = tmp_path / "modules.json"
    listing.write_text(listing.read_text().replace('"path": ""', '"path": "0_StaticEmbedding"'))
    read = load_encoder(tmp_path)
    assert isinstance(read, StaticEncoder)
    assert np.abs(read.encode(TEXTS) - model.encode(TEXTS)).max() < 1e-3


# --- cross-encoders


@pytest.fixture(scope="module")
def model(library: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real cross-encoder, small and with weights by chance, in the form in which the library saves one."""
    transformers = pytest.importorskip("transformers")
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
    library.CrossEncoder(str(folder), device="cpu").save_pretrained(str(folder))
    return folder


def test_a_model_of_sentence_transformers_orders_texts(model: Path) -> None:
    reranker = Reranker(model)
    texts = ["một hai ba", "bốn", "năm sáu bảy tám"]
    assert sorted(reranker.order("hỏi gì", texts)) == [0, 1, 2]
    assert reranker.order("hỏi gì", [texts[at] for at in reranker.order("hỏi gì", texts)]) == [0, 1, 2]
    assert reranker.order("hỏi gì", []) == []


def test_a_model_that_does_not_take_pairs_is_refused_in_a_sentence(model: Path) -> None:
    reranker = Reranker(model)
    reranker._model.tokenizer.pad_token = None  # as of a model that was trained without padding
    with pytest.raises(RerankerUnavailable, match="hãy chọn một mô hình cross-encoder"):
        reranker.order("hỏi gì", ["một hai ba", "bốn"])


@pytest.mark.parametrize("name", ["/no/such/folder", "no-one/no-such-model"])
def test_a_model_that_is_not_there_is_refused_in_a_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)  # the variable is read when it is imported
    with pytest.raises(RerankerUnavailable, match=f"Không mở được mô hình {name}: máy này chưa có"):
        Reranker(name)


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
