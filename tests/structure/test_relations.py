import time

import pytest
from sample_texts import STATE_END, make_source

from policy_qa.document import Document, Relation
from policy_qa.structure import parse


def written(relation: Relation) -> str:
    return " · ".join(part for part in (relation.kind, relation.number, relation.date, relation.name) if part)


def document(
    title: str = "Quy định về hoa", grounds: str = "", opening: str = "", body: str = "Điều 1. Một."
) -> Document:
    return parse(
        make_source(
            "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 44/2031/NĐ-CP\n"
            f"Hà Nội, ngày 03 tháng 02 năm 2031\nNGHỊ ĐỊNH\n{title}\n{grounds}\n{opening}\n{body}" + STATE_END
        )
    )


def told(**parts: str) -> list[str]:
    """The relations of a decree, in one line each."""
    return [written(relation) for relation in document(**parts).metadata.relations]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Căn cứ Luật Hoa cỏ số 12/2029/QH17;", "căn cứ · 12/2029/QH17 · Luật Hoa cỏ"),
        ("Căn cứ Luật Hoa cỏ ngày 20 tháng 6 năm 2029;", "căn cứ · 2029-06-20 · Luật Hoa cỏ"),
        ("Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;", "căn cứ · Hiến pháp"),
        (
            "Căn cứ Nghị định số 7/2030/NĐ-CP ngày 09 tháng 5 năm 2030 của Chính phủ quy định chi tiết Luật Hoa cỏ;",
            "căn cứ · 7/2030/NĐ-CP · 2030-05-09",
        ),
        (
            "Căn cứ Luật Hoa cỏ ngày 20 tháng 6 năm 2029; Luật sửa đổi, bổ sung một số điều của Luật Hoa cỏ ngày 01 tháng 7 năm 2030;",
            "căn cứ · 2029-06-20 · Luật Hoa cỏ | căn cứ · 2030-07-01 · Luật sửa đổi, bổ sung một số điều của Luật Hoa cỏ",
        ),
        (
            "Căn cứ Nghị quyết số 5/NQ-CP ngày 01/02/2030 và Nghị quyết số 6/NQ-CP ngày 01/03/2030 của Chính phủ;",
            "căn cứ · 5/NQ-CP · 2030-02-01 | căn cứ · 6/NQ-CP · 2030-03-01",
        ),
        (
            "Căn cứ Nghị định số 7/2030/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 6/2029/NĐ-CP;",
            "căn cứ · 7/2030/NĐ-CP",
        ),
        ("Theo đề nghị của Bộ trưởng Bộ Hoa cỏ tại Tờ trình số 72/TTr-BHC;", ""),
    ],
)
def test_grounds(line: str, expected: str) -> None:
    assert " | ".join(told(grounds=line)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sửa đổi, bổ sung một số điều của Nghị định số 7/2030/NĐ-CP ngày 09/5/2030 về vườn hoa", "sửa đổi · 7/2030/NĐ-CP · 2030-05-09"),
        ("Sửa đổi Điều 3 Nghị định số 7/2030/NĐ-CP", "sửa đổi · 7/2030/NĐ-CP"),
        ("Bãi bỏ Nghị định số 7/2030/NĐ-CP", "bãi bỏ · 7/2030/NĐ-CP"),
        ("Bãi bỏ Điều 5 Nghị định số 7/2030/NĐ-CP", "sửa đổi · 7/2030/NĐ-CP"),
        ("Quy định chi tiết một số điều của Luật Hoa cỏ", "hướng dẫn · Luật Hoa cỏ"),
        ("Quy định chi tiết và hướng dẫn thi hành Luật Hoa cỏ và Luật Lá", "hướng dẫn · Luật Hoa cỏ | hướng dẫn · Luật Lá"),
        ("Về việc đính chính Thông tư số 10/2030/TT-BHC ngày 15 tháng 6 năm 2030", "đính chính · 10/2030/TT-BHC · 2030-06-15"),
        ("Về việc triển khai thực hiện Kết luận số 900-KL/TW ngày 15/6/2030", "thực hiện · 900-KL/TW · 2030-06-15"),
        ("Tiếp tục thực hiện Chỉ thị số 8-CT/TW", "tiếp tục · 8-CT/TW"),
        ("Về vườn hoa", ""),
    ],
)  # fmt: skip
def test_title(title: str, expected: str) -> None:
    assert " | ".join(told(title=title)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Nghị định này thay thế Nghị định số 7/2030/NĐ-CP ngày 09 tháng 5 năm 2030 của Chính phủ về hoa.", "thay thế · 7/2030/NĐ-CP · 2030-05-09"),
        ("Nghị định này có hiệu lực từ ngày 01/7/2031 và thay thế Nghị định số 7/2030/NĐ-CP, Nghị định số 8/2030/NĐ-CP.",
         "thay thế · 7/2030/NĐ-CP | thay thế · 8/2030/NĐ-CP"),
        ("Bãi bỏ Thông tư số 9/2030/TT-BHC.", "bãi bỏ · 9/2030/TT-BHC"),
        ("Bãi bỏ khoản 2 Điều 5 Thông tư số 9/2030/TT-BHC.", "sửa đổi · 9/2030/TT-BHC"),
        ("Thông tư số 9/2030/TT-BHC hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", "thay thế · 9/2030/TT-BHC"),
        ("Điều 3 Thông tư số 9/2030/TT-BHC hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", "sửa đổi · 9/2030/TT-BHC"),
        ("Hồ sơ nộp trước khi Thông tư số 9/2030/TT-BHC hết hiệu lực được giải quyết tiếp.", ""),
        ("Việc bãi bỏ cây cảnh thực hiện theo Thông tư số 9/2030/TT-BHC.", ""),
        ("Sửa đổi, bổ sung một số điều của Nghị định số 7/2030/NĐ-CP, được sửa đổi, bổ sung bởi Nghị định số 8/2030/NĐ-CP", "sửa đổi · 7/2030/NĐ-CP"),
        ("Thay thế cụm từ “hoa” bằng cụm từ “cỏ” tại Điều 2 Nghị định số 7/2030/NĐ-CP.", "sửa đổi · 7/2030/NĐ-CP"),
        ("Nghị định này quy định chi tiết khoản 2 Điều 5, Điều 7 của Luật Hoa cỏ số 12/2029/QH17.", "hướng dẫn · 12/2029/QH17 · Luật Hoa cỏ"),
        ("Việc trồng hoa thực hiện theo Nghị định số 7/2030/NĐ-CP.", ""),
        ("Nghị định này thay thế Nghị định số 44/2031/NĐ-CP.", ""),
    ],
)  # fmt: skip
def test_body(body: str, expected: str) -> None:
    assert " | ".join(told(body=f"Điều 1. Hiệu lực\n1. {body}\n2. Hai.")) == expected


def test_a_list_under_its_lead() -> None:
    body = """Điều 1. Hiệu lực
Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực:
a) Nghị định số 7/2030/NĐ-CP ngày 09 tháng 5 năm 2030 của Chính phủ về hoa;
b) Điều 3 Nghị định số 8/2030/NĐ-CP sửa đổi Nghị định số 6/2029/NĐ-CP.
Điều 2. Thi hành
Theo Nghị định số 9/2030/NĐ-CP."""
    assert told(body=body) == ["sửa đổi · 8/2030/NĐ-CP", "thay thế · 7/2030/NĐ-CP · 2030-05-09"]


def test_quoted_text_declares_nothing() -> None:
    body = """Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 7/2030/NĐ-CP
1. Sửa đổi khoản 2 Điều 9 như sau:
“2. Nghị định này thay thế Nghị định số 1/2000/NĐ-CP.
3. Bãi bỏ Nghị định số 2/2000/NĐ-CP.”
Điều 2. Hiệu lực
Nghị định này bãi bỏ Nghị định số 3/2000/NĐ-CP."""
    assert told(body=body) == ["sửa đổi · 7/2030/NĐ-CP", "bãi bỏ · 3/2000/NĐ-CP"]


def test_annexes_declare_nothing() -> None:
    annex = "\nPHỤ LỤC\nDANH MỤC\n(Kèm theo Nghị định số 44/2031/NĐ-CP)\n1. Bãi bỏ Nghị định số 2/2000/NĐ-CP."
    assert told(body="Điều 1. Một." + STATE_END + annex) == []


def test_each_relation_is_told_once_and_with_what_the_text_says_elsewhere() -> None:
    relations = told(
        title="Quy định chi tiết một số điều của Luật Hoa cỏ",
        grounds="Căn cứ Luật Hoa cỏ số 12/2029/QH17 ngày 20 tháng 6 năm 2029;\nCăn cứ Luật Hoa cỏ số 12/2029/QH17;",
        body="Điều 1. Phạm vi\nNghị định này quy định chi tiết khoản 2 Điều 5 của Luật Hoa cỏ.",
    )
    assert relations == [
        "căn cứ · 12/2029/QH17 · 2029-06-20 · Luật Hoa cỏ",
        "hướng dẫn · 12/2029/QH17 · 2029-06-20 · Luật Hoa cỏ",
    ]


def test_a_party_document_carries_out_another() -> None:
    text = """BAN CHẤP HÀNH TRUNG ƯƠNG
*
ĐẢNG CỘNG SẢN VIỆT NAM
Số 900-KL/TW
Hà Nội, ngày 15 tháng 6 năm 2031
KẾT LUẬN
của Bộ Chính trị về công tác hoa cỏ
Sau mười năm thực hiện Chỉ thị số 800-CT/TW, ngày 20/7/2021 của Ban Bí thư theo Nghị quyết số 1-NQ/TW, hoa cỏ có tiến bộ.
1. Quan điểm
- Hoa là đẹp.
2. Nhiệm vụ
- Tiếp tục thực hiện Chỉ thị số 700-CT/TW.
T/M BỘ CHÍNH TRỊ
Phạm Văn Lan
"""
    assert [written(r) for r in parse(make_source(text)).metadata.relations] == ["thực hiện · 800-CT/TW · 2021-07-20"]


def test_a_consolidated_text_names_what_it_consolidates() -> None:
    text = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
NGHỊ ĐỊNH
Quy định về hoa
Nghị định số 5/2030/NĐ-CP ngày 01 tháng 02 năm 2030 của Chính phủ, được sửa đổi, bổ sung bởi:
Nghị định số 6/2031/NĐ-CP ngày 02 tháng 3 năm 2031 của Chính phủ sửa đổi Nghị định số 5/2030/NĐ-CP.
Căn cứ Luật Hoa cỏ;
Điều 1. Một
Một câu.
BỘ HOA CỎ
XÁC THỰC VĂN BẢN HỢP NHẤT
Số: 88/VBHN-BHC
Hà Nội, ngày 21 tháng 6 năm 2031
BỘ TRƯỞNG
Trần Văn Hoa
"""
    assert [written(r) for r in parse(make_source(text)).metadata.relations] == [
        "căn cứ · Luật Hoa cỏ", "hợp nhất · 5/2030/NĐ-CP · 2030-02-01", "hợp nhất · 6/2031/NĐ-CP · 2031-03-02",
    ]  # fmt: skip


def test_an_amending_law_changes_the_law_that_it_names() -> None:
    text = """QUỐC HỘI
Luật số: 77/2031/QH17
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT HOA CỎ
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Hoa cỏ số 12/2029/QH17.
Điều 1. Sửa đổi, bổ sung một số điều của Luật Hoa cỏ
1. Sửa đổi khoản 1 Điều 2 như sau:
“1. Luật này nói về hoa.”.
Điều 2. Sửa đổi, bổ sung Điều 3 của Luật Lá số 13/2029/QH17 đã được sửa đổi, bổ sung theo Luật số 14/2030/QH17
Bỏ cụm từ “lá” tại Điều 3.
CHỦ TỊCH QUỐC HỘI
Lê Thị Cúc
"""
    assert [written(r) for r in parse(make_source(text)).metadata.relations] == [
        "căn cứ · Hiến pháp", "sửa đổi · 12/2029/QH17 · Luật Hoa cỏ", "sửa đổi · 13/2029/QH17 · Luật Lá",
    ]  # fmt: skip


def test_a_news_report_declares_nothing() -> None:
    text = "Ngày 7/8, Bộ Hoa cỏ tổ chức thực hiện Quyết định số 4321/QĐ-TTg."
    assert parse(make_source(text)).metadata.relations == ()


@pytest.mark.parametrize(
    "unit", ["Bãi bỏ ", "Căn cứ Luật ", "thay thế Nghị định số 1/2000/NĐ-CP, ", "khoản 1, ", "- \t ", "hết hiệu lực "]
)
def test_long_runs_take_little_time(unit: str) -> None:
    text = "Điều 1. Hiệu lực\nNghị định này " + unit * (16_000 // len(unit))
    started = time.process_time()
    document(body=text)
    assert time.process_time() - started < 1.5
