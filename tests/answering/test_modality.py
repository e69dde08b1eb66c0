from __future__ import annotations

import pytest

from policy_qa.answering.contrasts import contrasts
from policy_qa.answering.modality import Mode, disagreement, modality
from policy_qa.answering.readings import Sentence
from policy_qa.answering.tokens import spelled, tokens


@pytest.mark.parametrize(
    ("text", "word", "mode"),
    [
        ("Cơ quan phải báo cáo kết quả", "báo", Mode.MUST),
        ("Cơ quan phải được báo trước", "báo", Mode.MUST),
        ("Cơ quan phải chưa nhận kinh phí", "nhận", Mode.NOT_YET),
        ("Cơ quan có thể báo cáo", "báo", Mode.MAY),
        ("Cơ quan không được tiết lộ bí mật, tài liệu", "liệu", Mode.MUST_NOT),
        ("Tiết lộ bí mật bị nghiêm cấm", "lộ", Mode.MUST_NOT),
        ("Cơ quan không yêu cầu nộp bản giấy", "nộp", Mode.NOT),
        ("Cơ quan không chỉ báo cáo", "báo", Mode.PLAIN),
        ("Hoạt động trên không gian mạng", "mạng", Mode.PLAIN),
        ("Thời hạn không quá một tháng rưỡi", "rưỡi", Mode.PLAIN),
        ("Cơ quan không công bố, nhưng gửi kết quả", "gửi", Mode.PLAIN),
        ("Cơ quan nên báo cáo", "báo", Mode.SHOULD),
        ("Điều đó trở nên khó khăn", "khó", Mode.PLAIN),
    ],
)
def test_how_a_word_is_meant(text: str, word: str, mode: Mode) -> None:
    assert modality(tokens(spelled(text))).meant[word] == {mode}


@pytest.mark.parametrize(
    ("statement", "source", "agrees"),
    [
        ("Cơ quan phải nộp hồ sơ", "Cơ quan có nghĩa vụ nộp hồ sơ", True),
        ("Cơ quan có trách nhiệm nộp hồ sơ", "Cơ quan nộp hồ sơ", True),
        ("Cấm cơ quan nộp hồ sơ giấy", "Cơ quan không được nộp hồ sơ giấy", True),
        ("Cơ quan phải nộp hồ sơ", "Cơ quan có thể nộp hồ sơ", False),
        ("Cơ quan nộp hồ sơ", "Cơ quan phải nộp hồ sơ", False),
        ("Cơ quan chưa nộp hồ sơ", "Cơ quan đã nộp hồ sơ", False),
        ("Cơ quan đã nộp hồ sơ", "Cơ quan chưa nộp hồ sơ", False),
        ("Cơ quan nên nộp hồ sơ", "Cơ quan phải nộp hồ sơ", False),
        ("Giai đoạn không là 2010-2020", "Giai đoạn là 2010-2020", False),
    ],
)
def test_where_two_sentences_disagree(statement: str, source: str, agrees: bool) -> None:
    found = disagreement(modality(tokens(spelled(statement))), modality(tokens(spelled(source))))
    assert (found is None) is agrees


@pytest.mark.parametrize(
    ("statement", "source", "word"),
    [
        ("Tất cả xã báo cáo", "Xã báo cáo", "tất cả"),
        ("Các xã báo cáo kết quả", "Một số xã báo cáo kết quả", "một số"),
        ("Xã báo cáo", "Xã báo cáo, trừ xã đảo", "trừ"),
        ("Xã được khấu trừ thuế", "Xã được khấu trừ thuế", None),
        ("Chỉ xã báo cáo", "Xã báo cáo", "chỉ"),
        ("Xã chỉ đạo báo cáo", "Xã báo cáo", None),
        ("Xã và phường báo cáo", "Xã hoặc phường báo cáo", "hoặc"),
        ("Xã hoặc phường báo cáo", "Xã, phường báo cáo", "hoặc"),
        ("Xã không thu phí hay lệ phí", "Xã không thu phí, lệ phí", None),
        ("Báo cáo sau khi họp", "Báo cáo trước khi họp", "sau"),
        ("Số vụ tăng", "Số vụ giảm", "tăng"),
    ],
)
def test_small_words_and_opposites(statement: str, source: str, word: str | None) -> None:
    said, given = (Sentence(tuple(tokens(spelled(text)))) for text in (statement, source))
    assert next(contrasts(said.spaced, given.spaced, said.words), None) == word
