"""The small cross-encoder reads the question with each passage; the shipped one knows what answers."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import load_file
from tables import asked_of, table_of

from policy_qa.retrieval.cross_encoder import BODY, FILE, OFFICIAL, OWN, CrossEncoder, cross_encoder
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.pieces import PieceTable

PASSAGES = [
    ("Điều 1. Thẩm quyền", "Ủy ban nhân dân cấp xã cấp giấy phép nuôi cá lồng.", 1, 1),
    ("Điều 2. Thời hạn", "Giấy phép nuôi cá lồng có thời hạn ba năm kể từ ngày cấp.", 2, 1),
    ("Điều 3. Xử phạt", "Chủ lồng cá không có giấy phép bị phạt tiền năm triệu đồng.", 3, 1),
    ("", " ".join(["Sông hồ được chia thành từng vùng nước."] * 40), 4, 1),
    ("", "", 5, 1),
]
ALL = np.arange(1, len(PASSAGES) + 1)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> PieceTable:
    return table_of(PASSAGES, {1: "Nghị định về nuôi cá lồng"}, tmp_path_factory.mktemp("pieces"))


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("giấy phép nuôi cá lồng có hiệu lực mấy năm", 2),
        ("không có giấy phép thì bị phạt bao nhiêu tiền", 3),
    ],
)
def test_what_answers_comes_first(table: PieceTable, question: str, answers: int) -> None:
    assert ALL[np.argmax(cross_encoder().scores(asked_of(question), ALL, table))] == answers


def test_a_passage_is_worth_the_same_whatever_stands_beside_it(table: PieceTable) -> None:
    asked = asked_of("ai cấp phép", "thẩm quyền cấp giấy phép")
    together = cross_encoder().scores(asked, ALL, table)
    alone = [cross_encoder().scores(asked, ALL[[at]], table)[0] for at in range(len(ALL))]
    assert np.isfinite(together).all()
    assert np.allclose(together, alone, atol=1e-4)


def test_official_words_count(table: PieceTable) -> None:
    with_them, without = (cross_encoder().scores(asked_of("who", said), ALL, table) for said in ("thời hạn", ""))
    assert not np.allclose(with_them, without)


def test_what_is_longer_is_cut(table: PieceTable) -> None:
    words = "cá " * (OWN + 5)
    longer, cut = (cross_encoder().scores(asked_of(words[:end], words[:end]), ALL, table) for end in (None, 3 * OWN))
    assert len(word_encoder().pieces([words])[0]) > OWN > OFFICIAL
    assert np.allclose(longer, cut)
    assert len(word_encoder().pieces([PASSAGES[3][1]])[0]) > BODY


def test_nothing_to_read_and_nothing_asked(table: PieceTable) -> None:
    assert cross_encoder().scores(asked_of("cá"), ALL[:0], table).shape == (0,)
    assert np.isfinite(cross_encoder().scores(asked_of(""), ALL, table)).all()


def test_a_file_that_does_not_fit_is_refused() -> None:
    tensors = load_file(FILE)
    with pytest.raises(ValueError, match="vectors of 64, trained on 128"):
        CrossEncoder(tensors, np.zeros((10, 64), np.float32))
    del tensors["nf.weight"]
    with pytest.raises(KeyError, match=r"nf\.weight"):
        CrossEncoder(tensors, word_encoder().table)
    assert FILE.stat().st_size < 1_000_000
