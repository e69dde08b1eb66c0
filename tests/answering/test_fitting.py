from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.answering.asked import Asked
from policy_qa.answering.fitting import Wanted, wanted


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("Có hiệu lực từ ngày 01 tháng 4.", Asked.DATE, True),
        ("Ban hành ngày 14/9/2022.", Asked.DATE, True),
        ("Báo cáo vào thứ Sáu hằng tuần.", Asked.DATE, True),
        ("Ngày 15 tháng 4 hằng năm là ngày hội.", Asked.DATE, True),
        ("Có hiệu lực ngay.", Asked.DATE, False),
        ("Thực hiện theo Nghị quyết số 17/2022/NQ-HĐND.", Asked.DATE, False),
        ("Góp 10% lợi nhuận.", Asked.FIGURE, True),
        ("Góp 10% lợi nhuận.", Asked.SHARE, True),
        ("Góp hai phần ba lợi nhuận.", Asked.SHARE, True),
        ("Tính đến năm 2028.", Asked.SHARE, False),
        ("Gồm ba nguyên tắc.", Asked.FIGURE, True),
        ("Góp lợi nhuận.", Asked.FIGURE, False),
        ("3. Góp theo khoản 2 Điều 5 và Mẫu số 04.", Asked.FIGURE, False),
        ("Giai đoạn 2023-2028.", Asked.PERIOD, True),
        ("Họp trong ba ngày.", Asked.PERIOD, True),
        ("Họp tại hội trường.", Asked.PERIOD, False),
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
    assert Wanted(kind).in_(sentence) is expected


@pytest.mark.parametrize(
    ("question", "has", "has_not"),
    [
        ("Chủ vườn được hỗ trợ bao nhiêu tiền?", "Hỗ trợ 2.100.000 đồng/người.", "Trong thời hạn 10 ngày."),
        ("muc phat bao nhieu", "Phạt 500 nghìn đồng.", "Từ 18 tuổi."),
        ("How much does the decision pay a gardener?", "Chi 3 triệu đồng.", "Trong 3 năm."),
        ("Mấy tháng phải khám lại?", "Giá trị trong 03 tháng.", "Mức 300 đồng."),
        ("Mấy năm thì tới kỳ?", "Tổ chức ba năm một lần.", "Gồm 3 vòng."),
        ("Nghỉ ở tuổi nào?", "Nghỉ khi đủ 60 tuổi.", "Từ 60 ngày trở lên."),
        ("Đề án kéo dài từ năm nào đến năm nào?", "Giai đoạn 2023-2028.", "Đến năm 2028."),
        ("Which years does the scheme run?", "Giai đoạn 2023-2028.", "Năm 2028."),
        ("Giao bộ nào quản lý?", "d) Bộ Văn hóa: quản lý quảng cáo.", "Cán bộ của bộ, ngành quản lý."),
        ("Được trả mấy phần lương?", "Trả 200% lương.", "Làm thêm 300 giờ."),
    ],
)
def test_what_is_counted_decides(question: str, has: str, has_not: str) -> None:
    needed = wanted(question)
    assert needed.in_(has)
    assert not needed.in_(has_not)


def test_so_much_of_what_is_counted_is_exact() -> None:
    needed = wanted("Làm ở bao nhiêu tỉnh?")
    assert needed.exactly_in("Phạm vi là 63 tỉnh, thành phố.")
    assert needed.in_("Gồm 5 vòng ở các tỉnh.") and not needed.exactly_in("Gồm 5 vòng ở các tỉnh.")
    assert not wanted("Cơ quan nào chủ trì?").exactly_in("Sở Tài chính chủ trì.")


def test_words_of_the_kind_tell_nothing_of_the_subject() -> None:
    assert wanted("Đề án kéo dài bao lâu?").only_asks("kéo")
    assert not wanted("Đề án kéo dài bao lâu?").only_asks("án")


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_asked_and_read(question: str, sentence: str) -> None:
    needed = wanted(question)
    assert needed.exactly_in(sentence) in (True, False)
    assert not needed.of_money or needed.stated is not None
