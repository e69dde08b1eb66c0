"""Forms among annexes: what is to be filled in or signed there is no provision."""

from collections.abc import Callable

import pytest
from sample_texts import STATE_END, STATE_HEAD, make_source

from policy_qa.document import Address
from policy_qa.structure import parse
from policy_qa.structure.forms import is_field, is_form, is_signature
from policy_qa.structure.paragraphs import Paragraph

Addresses = Callable[[str], list[str]]
BEFORE = STATE_HEAD + "Điều 1. Ban hành\nMột câu.\nĐiều 2. Hiệu lực\nHai câu." + STATE_END
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def found(addresses: Addresses, annexes: str) -> list[str]:
    return addresses(BEFORE + annexes)[5:]


def paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph(0, len(line), line) for line in text.split("\n")]


def words(annexes: str, address: str) -> str:
    document = parse(make_source(BEFORE + annexes))
    provision = next(p for p in document.walk() if p.address == Address.parse(address))
    return provision.span.of(document.source.text)


FORM = f"""Mẫu số 01
{MOTTO}ĐƠN ĐỀ NGHỊ TRỒNG HOA
Kính gửi: Ủy ban nhân dân xã ……
THÔNG TIN CHUNG
1. Họ và tên: ...............
- Ngày sinh: ..../..../......
- Nơi ở:
- Số nhà, thôn, xã
2. Lý do đề nghị: ...........
- Người làm đơn cam đoan những điều khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.
THÔNG TIN RIÊNG
3. Hồ sơ kèm theo gồm có:
a) Bản sao giấy khai sinh;
b) Ảnh.
"""
ITEMS = "phụ lục=01|phụ lục=01;mục=1|phụ lục=01;mục=2|phụ lục=01;mục=2;gạch=1|phụ lục=01;mục=3|phụ lục=01;mục=3;điểm=a|phụ lục=01;mục=3;điểm=b"


def test_numbered_items_are_provisions_and_fields_are_none(addresses: Addresses) -> None:
    assert found(addresses, FORM) == ITEMS.split("|")


@pytest.mark.parametrize(
    "signature",
    [
        "......, ngày ... tháng ... năm ...\nNGƯỜI LÀM ĐƠN\n(Ký, ghi rõ họ tên)",
        "Ngày … tháng … năm …\nNgười làm đơn",
        "NGƯỜI LÀM ĐƠN\n(Ký, ghi rõ họ tên)",
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Ký tên, đóng dấu)",
        "GIÁM ĐỐC\n(ký, đóng dấu)",
        "Ký tên",
    ],
)
def test_the_part_to_be_signed_ends_the_last_item(addresses: Addresses, signature: str) -> None:
    assert found(addresses, FORM + signature) == ITEMS.split("|")
    assert (
        words(FORM + signature, "phụ lục=01;mục=3") == "3. Hồ sơ kèm theo gồm có:\na) Bản sao giấy khai sinh;\nb) Ảnh."
    )
    assert words(FORM + signature, "phụ lục=01").endswith(signature)


def test_the_articles_of_a_form_for_a_decision(addresses: Addresses) -> None:
    form = f"Mẫu số 02\n{MOTTO}QUYẾT ĐỊNH\nVề việc hỗ trợ\nĐiều 1. Hỗ trợ ông (bà) ........ số tiền ........\n1. Tiền mặt.\nĐiều 2. Hiệu lực.\nCHỦ TỊCH\n(Ký tên)"
    assert found(addresses, form) == [
        "phụ lục=02",
        "phụ lục=02;điều=1",
        "phụ lục=02;điều=1;khoản=1",
        "phụ lục=02;điều=2",
    ]
    assert words(form, "phụ lục=02;điều=2") == "Điều 2. Hiệu lực."


def test_an_annex_that_is_no_form_keeps_its_dashes_and_headings(addresses: Addresses) -> None:
    annex = "PHỤ LỤC\nDANH MỤC\nHOA TRÊN ĐẢO\n1. Hoa:\n- Cúc\n- Lan\nLÁ TRÊN ĐẢO\n1. Lá:\n- Tre"
    assert [a.split(";", 1)[-1] for a in found(addresses, annex)] == [
        "phụ lục=1", "mục=1", "mục=1;gạch=1", "mục=1;gạch=2", "đề mục=lá trên đảo", "đề mục=lá trên đảo;mục=1",
        "đề mục=lá trên đảo;mục=1;gạch=1",
    ]  # fmt: skip


def test_a_form_after_a_form(addresses: Addresses) -> None:
    second = f"Mẫu số 02\n{MOTTO}TỜ KHAI\n1. Họ tên: ......\n2. Tuổi: ......\nNgười khai\n(Ký)"
    assert found(addresses, f"{FORM}NGƯỜI LÀM ĐƠN\n(Ký, ghi rõ họ tên)\n{second}")[-3:] == [
        "phụ lục=02",
        "phụ lục=02;mục=1",
        "phụ lục=02;mục=2",
    ]


# --- the marks by which a form is known ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"ĐƠN\n{MOTTO}Kính gửi", True),
        ("BIÊN BẢN\nÔng: ........\nBà: ____________\nThôn: ……\nMột câu.", True),
        ("TỜ KHAI\n- Họ tên:\n- Tuổi:\n- Nơi ở:\nMột câu.", True),
        ("Mẫu\n(Ký, ghi rõ họ tên)\n(Ký và đóng dấu)\nKý tên", True),
        ("DANH MỤC\n1. Cúc...\n2. Lan.\n3. Sen.", False),
        (
            "QUY CHẾ\n" + "Một câu dài.\n" * 60 + "Họ tên: .....\nTuổi: .....\nNơi ở: .....",
            False,
        ),  # a few blanks in many lines
        ("", False),
    ],
)
def test_is_form(text: str, form: bool) -> None:
    assert is_form(paragraphs(text)) is form


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Họ và tên", True),
        ("Ngày sinh: ..../..../......", True),
        ("Người làm đơn cam đoan rằng tất cả những điều đã khai: ;", True),
        ("Người làm đơn cam đoan những điều khai trên đây là đúng sự thật.", False),
    ],
)
def test_is_field(title: str, field: bool) -> None:
    assert is_field(title) is field


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("(Ký, ghi rõ họ tên)", True),
        ("…, ngày … tháng … năm …", True),
        ("ĐẠI DIỆN BÊN A\n(Ký, ghi rõ họ tên)", True),
        ("CHỦ TỊCH", True),
        ("Chủ tịch xã ký, đóng dấu vào đơn.", False),
        ("Ngày 2 tháng 3 năm 2031", False),
        ("Kỳ báo cáo", False),
    ],
)
def test_is_signature(text: str, signature: bool) -> None:
    found_ = paragraphs(text)
    assert bool(is_signature(found_, 0, len(found_))) is signature
