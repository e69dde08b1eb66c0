"""The shipped encoder: what it reads, that it survives any text, what is wrong with a folder."""

import os
import shutil
import subprocess
import sys
import unicodedata
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_texts import TEXTS

from policy_qa.errors import EncoderUnavailable
from policy_qa.retrieval.encoder import DEFAULT_FOLDER, DEFAULT_NAME, StaticEncoder, load_encoder
from policy_qa.retrieval.langchain import EncoderEmbeddings


@cache
def load_once():
    """The shipped encoder, for the property tests too, which cannot take a fixture of one test."""
    return load_encoder()


@pytest.fixture(scope="module")
def encoder():
    return load_once()


def test_it_has_a_name_and_a_shape(encoder):
    assert encoder.name == DEFAULT_NAME
    assert (encoder.dimensions, len(encoder.fingerprint)) == (128, 64)
    vectors = encoder.encode(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), 128), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "   \n", "…!?", "人権", "x" * 5000])
def test_a_text_without_known_words_gives_a_zero_row(encoder, text):
    row = encoder.encode([text])
    assert row.shape == (1, 128)
    assert not row.any()


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 128)


def test_a_long_text_is_read_to_its_end(encoder):
    start = "kinh phí " * 5000
    vectors = encoder.encode([start, start + "triển lãm ảnh " * 5000])
    assert vectors[0] @ vectors[1] < 0.9


def test_a_long_text_is_the_sum_of_its_parts(encoder):
    once, often = encoder.encode(["Mỗi xã có một điểm truyền thông.", "Mỗi xã có một điểm truyền thông. " * 20_000])
    assert np.abs(once - often).max() < 1e-4


def test_a_row_does_not_depend_on_its_neighbours(encoder):
    many = [f"Điều {number}. {TEXTS[number % 4]}" for number in range(600)]
    assert np.array_equal(encoder.encode(many)[555], encoder.encode([many[555]])[0])


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aăâeêioôơuưyđhnt ẬỆỮọÀ1.,", max_size=60))
def test_composed_decomposed_and_upper_case_are_one(text):
    encoder = load_once()
    forms = [unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)]
    vectors = encoder.encode([*forms, forms[0].upper()])
    assert np.array_equal(vectors[0], vectors[1])
    assert np.array_equal(vectors[0], vectors[2])


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_length_one_or_zero(text):
    length = np.linalg.norm(load_once().encode([text]))
    assert length == 0 or abs(length - 1) < 1e-5


@pytest.mark.parametrize(
    ("new", "old"),
    [("hoà bình", "hòa bình"), ("khoẻ", "khỏe"), ("Thuỷ lợi", "Thủy lợi"), ("uỷ ban", "ủy ban"), ("xoá bỏ", "xóa bỏ")],
)
def test_both_tone_placements_are_one(encoder, new, old):
    vectors = encoder.encode([new, old])
    assert np.abs(vectors[0] - vectors[1]).max() < 1e-3


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "tiền lấy từ đâu",
            "Kinh phí thực hiện do ngân sách nhà nước bảo đảm",
            "Thời hạn báo cáo trước ngày 15 tháng 12",
        ),
        ("photo exhibitions", "tổ chức triển lãm ảnh", "bồi dưỡng cán bộ"),
    ],
)
def test_the_same_meaning_is_nearer(encoder, question, right, wrong):
    asked, near, far = encoder.encode([question, right, wrong])
    assert asked @ near > asked @ far


def test_a_copy_elsewhere_is_the_same_encoder(encoder, tmp_path):
    copy = shutil.copytree(DEFAULT_FOLDER, tmp_path / "bộ mã hoá")
    other = load_encoder(copy)
    assert isinstance(other, StaticEncoder)
    assert (other.name, other.fingerprint) == (str(copy), encoder.fingerprint)
    weights = copy / "0_WordPairs" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert load_encoder(copy).fingerprint != encoder.fingerprint


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe not a model"])
def test_a_damaged_folder_is_named(tmp_path, file, content):
    copy = shutil.copytree(DEFAULT_FOLDER, tmp_path / "hỏng")
    path = copy / "0_WordPairs" / file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(EncoderUnavailable, match="hỏng"):
        load_encoder(copy)


@pytest.mark.parametrize("name", ["/không/có/thư mục", "./models/nothing", "a b c"])
def test_a_missing_folder_is_named(name):
    with pytest.raises(EncoderUnavailable, match="Không có thư mục mô hình"):
        load_encoder(name)


def test_without_sentence_transformers_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderUnavailable, match="pip install sentence-transformers"):
        load_encoder("intfloat/multilingual-e5-small")


def test_langchain_gets_plain_lists(encoder):
    embeddings = EncoderEmbeddings(encoder)
    assert embeddings.embed_query(TEXTS[0]) == embeddings.embed_documents(TEXTS)[0]
    assert embeddings.embed_query("") == [0.0] * 128
    assert embeddings.embed_documents([]) == []


def test_encoding_imports_no_heavy_library():
    code = (
        "import sys; from policy_qa.retrieval.encoder import load_encoder; load_encoder().encode(['Điều 1']);"
        "print([name for name in ('torch', 'sentence_transformers', 'model2vec', 'gradio') if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"
