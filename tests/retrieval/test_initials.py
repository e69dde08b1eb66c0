"""What an abbreviation stands for is chosen by the question around it."""

from __future__ import annotations

import pytest

from policy_qa.retrieval.initials import candidates, clarified, likeliest
from policy_qa.retrieval.lexicon import Lexicon, load_lexicon, words


def meanings(question: str, *, folded: bool = False) -> dict[str, tuple[str, ...]]:
    lexicon: Lexicon = load_lexicon()
    said = words(question)
    listed = lexicon.expansions(said, english=False, folded=folded)
    return {
        said[e.start].typed: e.alternatives
        for e in clarified(said, listed, lexicon, folded=folded)
        if e.kind == "abbreviation"
    }


@pytest.mark.parametrize(
    ("question", "abbreviation", "meaning"),
    [
        ("cấp GP xây dựng trong mấy ngày", "GP", "giấy phép"),
        ("nghị quyết có HL từ ngày nào", "HL", "hiệu lực"),
        ("ĐK kết hôn ở đâu", "ĐK", "đăng ký"),
        ("HK đi tàu biển được mang gì", "HK", "hành khách"),
        ("báo CQ nào khi làm thêm giờ", "CQ", "cơ quan"),
    ],
)
def test_the_rest_of_the_question_tells_which_meaning(question: str, abbreviation: str, meaning: str) -> None:
    assert meaning in meanings(question)[abbreviation][:2]


def test_one_abbreviation_means_different_things_in_different_questions() -> None:
    assert meanings("TN môi trường, khoáng sản")["TN"][0] != meanings("vụ TN giao thông chết người")["TN"][0]


def test_what_the_lexicon_is_sure_of_is_left_alone() -> None:
    assert meanings("NSDLĐ cho NLĐ nghỉ")["NLĐ"] == ("người lao động",)


def test_a_kind_of_document_before_a_number_is_left_alone() -> None:
    assert meanings("chuẩn trình độ theo TT 07/2010")["TT"][0] == "Thông tư"


def test_without_diacritics_a_d_may_be_a_d_with_bar() -> None:
    assert any(term.words == "đăng ký" for term in candidates("DK", folded=True))
    assert not any(term.words == "đăng ký" for term in candidates("DK"))


def test_words_that_are_no_abbreviations_get_no_meaning() -> None:
    assert meanings("ai cấp giấy phép xây dựng") == {}
    assert likeliest("QQQX", (), "bất kỳ") == ()
