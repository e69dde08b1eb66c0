from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.answering.asked import (
    Asked,
    asked,
    bodies,
    compares,
    defines,
    effects,
    fits,
    is_opinion,
    listed_noun,
    wants_whole,
)
from policy_qa.reading.vietnamese import fold


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ai ký quyết định này?", Asked.SIGNER),
        ("nguoi ky la ai", Asked.SIGNER),
        ("Who signed the decision?", Asked.SIGNER),
        ("Ban hành ngày nào?", Asked.DATE),
        ("khi nao co hieu luc", Asked.DATE),
        ("When was it issued?", Asked.DATE),
        ("Chi bao nhiêu tiền mỗi năm?", Asked.FIGURE),
        ("Đạt bao nhiêu phần trăm?", Asked.SHARE),
        ("dat ty le bao nhieu", Asked.SHARE),
        ("What percentage is trained?", Asked.SHARE),
        ("How many ponds are there?", Asked.FIGURE),
        ("Cơ quan nào chủ trì?", Asked.WHO),
        ("Which agency is in charge?", Asked.WHO),
        ("Gồm những nguyên tắc nào?", Asked.LIST),
        ("liet ke cac loai cay", Asked.LIST),
        ("What are the principles?", Asked.LIST),
        ("Vườn ươm là gì?", Asked.CONTENT),
        ("Vì sao phải công khai?", Asked.CONTENT),
        # A pattern inside another word decides nothing.
        ("Bản khai này về đâu?", Asked.CONTENT),
        ("Mạng máy tính xách tay thế sao?", Asked.CONTENT),
    ],
)
def test_the_kind_of_answer_wanted(question: str, kind: Asked) -> None:
    assert asked(question) is kind


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Theo bạn, quy định này có hợp lý không?", True),
        ("ban nghi sao ve de an nay", True),
        ("Có nên bỏ vườn ươm không?", True),
        ("Do you think it is wise?", True),
        ("Chi bao nhiêu cho vườn ươm?", False),
        ("Theo Điều 3, phải công khai gì?", False),
        ("Ban nào chủ trì?", False),
    ],
)
def test_opinions_are_told_from_questions(question: str, expected: bool) -> None:
    assert is_opinion(question) is expected


@pytest.mark.parametrize(
    ("read", "question", "expected"),
    [
        (wants_whole, "Khoản 2 nói gì?", True),
        (wants_whole, "Khoản 2 chi bao nhiêu?", False),
        (compares, "So sánh hai văn bản", True),
        (compares, "Khác nhau thế nào?", True),
        (compares, "Ai ban hành?", False),
        (defines, "Thế nào là vườn ươm?", True),
        (defines, "Vườn ươm được hiểu là gì?", True),
        (defines, "Vườn ươm ở đâu?", False),
    ],
)
def test_what_else_a_question_wants(read, question: str, expected: bool) -> None:
    assert read(question) is expected


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Phải theo những nguyên tắc nào?", ("nguyen", "tac")),
        ("Gồm các nguyên tắc gì?", ("nguyen", "tac")),
        ("Liệt kê các nhiệm vụ", ("nhiem", "vu")),
        ("Có bao nhiêu mục tiêu?", ("muc", "tieu")),
        ("Vườn ươm là gì?", ()),
        ("Những ai được vào?", ()),
    ],
)
def test_the_noun_that_is_listed(question: str, noun: tuple[str, ...]) -> None:
    assert listed_noun(question) == noun


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Bộ Tài chính chi bao nhiêu?", ("bo tai chinh",)),
        ("Kế hoạch của tỉnh Quảng Nam chi gì?", ("quang nam",)),
        ("Bộ nào chủ trì?", ()),
        ("tỉnh nào làm?", ()),
        ("bộ tài chính chi gì", ()),
    ],
)
def test_bodies_are_read_by_their_proper_names(question: str, expected: tuple[str, ...]) -> None:
    assert tuple(map(fold, bodies(question))) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Văn bản nào bị bãi bỏ?", ("bai bo",)), ("thay the va huy bo gi", ("thay the", "huy bo")), ("Ai chủ trì?", ())],
)
def test_the_effects_a_question_presupposes(question: str, expected: tuple[str, ...]) -> None:
    assert effects(question) == expected


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("Có hiệu lực từ ngày 01 tháng 4.", Asked.DATE, True),
        ("Ban hành ngày 14/9/2022.", Asked.DATE, True),
        ("Có hiệu lực ngay.", Asked.DATE, False),
        ("Góp 10% lợi nhuận.", Asked.FIGURE, True),
        ("Góp 10% lợi nhuận.", Asked.SHARE, True),
        ("Góp hai phần ba lợi nhuận.", Asked.SHARE, True),
        ("Tính đến năm 2028.", Asked.SHARE, False),
        ("Gồm ba nguyên tắc.", Asked.FIGURE, True),
        ("Góp lợi nhuận.", Asked.FIGURE, False),
        ("Sở Nông nghiệp kiểm tra.", Asked.WHO, True),
        ("Lê Thị Nước Mặn kiểm tra.", Asked.WHO, True),
        ("cây đước mọc nhanh.", Asked.WHO, False),
        ("Người ký là Lê Thị Nước Mặn.", Asked.SIGNER, True),
        ("cây đước mọc nhanh.", Asked.SIGNER, False),
        ("cây đước mọc nhanh.", Asked.CONTENT, True),
        ("cây đước mọc nhanh.", Asked.LIST, True),
    ],
)
def test_whether_a_sentence_has_what_is_asked_for(sentence: str, kind: Asked, expected: bool) -> None:
    assert fits(sentence, kind) is expected


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    assert asked(text) in Asked
    assert isinstance(is_opinion(text), bool)
    assert all(isinstance(word, str) for word in (*listed_noun(text), *bodies(text), *effects(text)))
