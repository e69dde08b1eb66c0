"""The written form of citations."""

import dataclasses

import pytest

from policy_qa.citing.reference import extract
from policy_qa.citing.style import document_name, first_mention, joined, later_mention
from policy_qa.document import Address, Metadata

PLACE = Address.parse("điều=1;mục=I;khoản=2")
DECISION = Metadata(
    number="1079/QĐ-TTg",
    date="2022-09-14",
    kind="Quyết định",
    issuer="Thủ tướng Chính phủ",
    title="Phê duyệt Đề án truyền thông về quyền con người ở Việt Nam",
)
LAW = Metadata(number="102/2016/QH13", date="2016-04-05", kind="Luật", issuer="Quốc hội", title="Trẻ em")


def test_first_and_later_mention():
    assert first_mention(PLACE, DECISION) == (
        "khoản 2 Mục I Điều 1 Quyết định số 1079/QĐ-TTg ngày 14 tháng 9 năm 2022 của Thủ tướng Chính phủ "
        "phê duyệt Đề án truyền thông về quyền con người ở Việt Nam"
    )
    assert later_mention(PLACE, DECISION) == "khoản 2 Mục I Điều 1 Quyết định số 1079/QĐ-TTg"
    assert later_mention(Address(), DECISION) == document_name(DECISION, first=False) == "Quyết định số 1079/QĐ-TTg"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "Luật Trẻ em năm 2016"),
        ({"title": "Luật Trẻ em"}, "Luật Trẻ em năm 2016"),
        ({"title": "LUẬT TRẺ EM"}, "Luật Trẻ em năm 2016"),
        ({"title": "Trẻ em năm 2016"}, "Luật Trẻ em năm 2016"),
        ({"number": None}, "Luật Trẻ em năm 2016"),
        ({"number": None, "date": None}, "Luật Trẻ em"),
        ({"title": None}, "Luật số 102/2016/QH13"),
        ({"kind": "Bộ luật", "title": "Lao động", "number": "45/2019/QH14"}, "Bộ luật Lao động năm 2019"),
        ({"kind": "Hiến pháp", "title": None, "number": None, "date": "2013-11-28"}, "Hiến pháp năm 2013"),
    ],
)
def test_laws_bear_name_and_year(changes, name):
    law = dataclasses.replace(LAW, **changes)
    assert first_mention(Address.parse("điều=5"), law) == f"Điều 5 {name}"
    assert later_mention(Address.parse("điều=5"), law) == f"Điều 5 {name}"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("về quản lý cây xanh", "về quản lý cây xanh"),
        ("Về việc quản lý cây xanh", "về việc quản lý cây xanh"),
        ("V/v góp ý dự thảo", "về việc góp ý dự thảo"),
        ("Quy định chi tiết một số điều", "quy định chi tiết một số điều"),
        ("Ban hành Quy chế làm việc", "ban hành Quy chế làm việc"),
        ("Tăng cường trồng cây", "về tăng cường trồng cây"),
        ("Chương trình trồng cây", "về Chương trình trồng cây"),
        ("Việt Nam tham gia công ước", "về Việt Nam tham gia công ước"),
        ("APEC năm 2027", "về APEC năm 2027"),
        ("TĂNG CƯỜNG TRỒNG CÂY", "về tăng cường trồng cây"),
        ("phê duyệt  Đề án\ncây xanh;", "phê duyệt Đề án cây xanh"),
    ],
)
def test_title_inside_a_sentence(title, written):
    metadata = Metadata(number="1/CT-TTg", kind="Chỉ thị", title=title)
    assert first_mention(Address(), metadata) == f"Chỉ thị số 1/CT-TTg {written}"


@pytest.mark.parametrize(
    ("metadata", "file", "name"),
    [
        (Metadata(number="57-KL/TW", kind="Kết luận"), None, "Kết luận số 57-KL/TW"),
        (Metadata(number="57-KL/TW"), None, "văn bản số 57-KL/TW"),
        (
            Metadata(number="5/QĐ", kind="Quyết định", date="2020-03-05"),
            None,
            "Quyết định số 5/QĐ ngày 05 tháng 3 năm 2020",
        ),
        (Metadata(number="5/QĐ", kind="Quyết định", issuer="Bộ X"), None, "Quyết định số 5/QĐ của Bộ X"),
        (Metadata(kind="Kế hoạch", title="Kế hoạch trồng cây", issuer="Bộ X"), None, "Kế hoạch trồng cây của Bộ X"),
        (Metadata(title="Sổ tay hỏi đáp"), "a/b.docx", "Sổ tay hỏi đáp"),
        (Metadata(), "C:\\a\\sổ tay.docx", "văn bản trong tệp sổ tay.docx"),
        (Metadata(), None, "văn bản không số"),
    ],
)
def test_what_the_head_does_not_say_is_left_out(metadata, file, name):
    assert first_mention(Address(), metadata, file=file) == name


def test_no_quotation_marks_around_the_words_of_a_digest():
    digest = Metadata(number="1/CT", kind="Chỉ thị", title="về “trồng cây”", text_kind="digest")
    assert first_mention(Address.parse("đề mục=theo báo chí và hồ sơ tra cứu"), digest) == (
        "phần Theo báo chí và hồ sơ tra cứu, Chỉ thị số 1/CT về trồng cây"
    )
    assert "“" in first_mention(Address(), dataclasses.replace(digest, text_kind="official"))


def test_own_parts_and_headings():
    assert later_mention(Address.parse("đề mục=thể thức"), DECISION) == "phần thể thức Quyết định số 1079/QĐ-TTg"
    assert later_mention(Address.parse("đề mục=cây ở sóc trăng"), DECISION, headings=["Cây ở Sóc Trăng"]) == (
        "phần Cây ở Sóc Trăng, Quyết định số 1079/QĐ-TTg"
    )


JOINED = [
    (["điều=5;khoản=2;điểm=a", "điều=5;khoản=2;điểm=b"], "các điểm a, b khoản 2 Điều 5"),
    (["điều=5;khoản=1", "điều=5;khoản=2", "điều=5;khoản=3"], "các khoản 1, 2 và 3 Điều 5"),
    (["điều=5", "điều=6"], "các Điều 5, 6"),
    (["điều=1;mục=I", "điều=1;mục=II"], "các Mục I, II Điều 1"),
    (["điều=5;khoản=2", "điều=5;khoản=2"], "khoản 2 Điều 5"),
    (["điều=3;khoản=1", "điều=5;khoản=2"], "khoản 1 Điều 3 và khoản 2 Điều 5"),
    (["điều=5;khoản=1", "điều=5;khoản=2;điểm=a"], "khoản 1, điểm a khoản 2 Điều 5"),
    (["mục=1;gạch=1", "mục=1;gạch=2"], "các gạch đầu dòng thứ 1, 2 Mục 1"),
]


@pytest.mark.parametrize(("addresses", "places"), JOINED)
def test_several_places(addresses, places):
    assert joined([Address.parse(a) for a in addresses], DECISION) == f"{places} Quyết định số 1079/QĐ-TTg"


@pytest.mark.parametrize(("addresses", "_"), JOINED)
def test_what_is_joined_is_found_again(addresses, _):
    found = extract(joined([Address.parse(a) for a in addresses], DECISION, first=True))
    assert [str(reference.address) for reference in found] == list(dict.fromkeys(addresses))
    assert {(reference.number, reference.date) for reference in found} == {("1079/QĐ-TTg", "2022-09-14")}


def test_nothing_joined_is_the_document():
    assert joined([], DECISION) == "Quyết định số 1079/QĐ-TTg"
