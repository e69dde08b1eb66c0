from collections.abc import Callable

import pytest
from sample_texts import STATE_END, STATE_HEAD

from policy_qa.document import Metadata, Relation, SourceText
from policy_qa.structure.header import recognise

Make = Callable[[str], SourceText]

LAW = """QUỐC HỘI
Luật số: 12/2029/QH17
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LUẬT
HOA CỎ VÀ CÂY CẢNH
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Hoa cỏ và cây cảnh.
Điều 1. Phạm vi
Luật này nói về hoa.
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XVII, kỳ họp thứ 2 thông qua ngày 20 tháng 6 năm 2029.
CHỦ TỊCH QUỐC HỘI
(Đã ký)
Lê Thị Cúc
"""

PARTY = """BAN CHẤP HÀNH TRUNG ƯƠNG
*
ĐẢNG CỘNG SẢN VIỆT NAM
Số 900-KL/TW
Hà Nội, ngày 15 tháng 6 năm 2031
KẾT LUẬN
của Bộ Chính trị về công tác hoa cỏ
Sau mười năm thực hiện Chỉ thị số 800-CT/TW, ngày 20/7/2021 của Ban Bí thư, công tác hoa cỏ có tiến bộ.
1. Quan điểm
- Hoa là đẹp.
T/M BỘ CHÍNH TRỊ
Phạm Văn Lan
"""

LETTER = """BỘ HOA CỎ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 77/BHC-TTHC
V/v hướng dẫn trồng hoa
Hà Nội, ngày 01/3/2031
Kính gửi: Ủy ban nhân dân các tỉnh.
Bộ Hoa cỏ hướng dẫn như sau:
1. Chọn giống.
2. Làm đất.
"""


def test_state_decision(source: Make) -> None:
    text = STATE_HEAD + "Điều 1. Một.\nĐiều 2. Hai." + STATE_END
    head = recognise(source(text))
    assert head.metadata == Metadata(
        number="4321/QĐ-TTg",
        date="2031-02-03",
        kind="Quyết định",
        issuer="Thủ tướng Chính phủ",
        title="Phê duyệt Đề án trồng hoa trên các đảo",
        signer="Trần Văn Hoa",
        relations=(Relation("căn cứ", "12/2029/QH17"), Relation("căn cứ", "7/2030/NĐ-CP", "2030-05-09")),
    )
    assert text[: head.end].endswith("trên các đảo")


def test_law_takes_its_date_from_the_closing_formula_and_its_name_from_the_text(source: Make) -> None:
    found = recognise(source(LAW)).metadata
    assert (found.number, found.date, found.kind, found.issuer) == ("12/2029/QH17", "2029-06-20", "Luật", "Quốc hội")
    assert found.title == "Hoa cỏ và cây cảnh"
    assert found.signer == "Lê Thị Cúc"


def test_party_conclusion(source: Make) -> None:
    found = recognise(source(PARTY)).metadata
    assert (found.number, found.date, found.kind) == ("900-KL/TW", "2031-06-15", "Kết luận")
    assert found.issuer == "Bộ Chính trị"
    assert found.signer == "Phạm Văn Lan"
    assert found.relations == (Relation("thực hiện", "800-CT/TW", "2021-07-20"),)


def test_letter_without_a_kind_line(source: Make) -> None:
    found = recognise(source(LETTER)).metadata
    assert (found.number, found.date, found.kind) == ("77/BHC-TTHC", "2031-03-01", "Công văn")
    assert found.issuer == "Bộ Hoa cỏ"
    assert found.title == "V/v hướng dẫn trồng hoa"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 21/CT-TTg", "21/CT-TTg"),
        ("Số: 15/2026/NQ-CP", "15/2026/NQ-CP"),
        ("Nghị quyết số: 17/2022/UBTVQH15", "17/2022/UBTVQH15"),
        ("Số 57-KL/TW", "57-KL/TW"),
        ("Số: 36-HD/VPTW", "36-HD/VPTW"),
        ("SỐ: 9/QĐ-UBND", "9/QĐ-UBND"),
        ("Số: 187/2026/NĐ-CP Hà Nội, ngày 27 tháng 5 năm 2026", "187/2026/NĐ-CP"),
        ("BỘ HOA CỎ Số: 4/QĐ-BHC", "4/QĐ-BHC"),
        ("Quyết định số 1079/QĐ-TTg đã được phê duyệt", None),
        ("Về việc đính chính Thông tư số 10/2022/TT-BHC", None),
    ],
)
def test_number_line(source: Make, line: str, number: str | None) -> None:
    text = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{line}\nĐiều 1. Một.\n"
    assert recognise(source(text)).metadata.number == number


def test_numbers_in_the_title_are_not_the_documents_own(source: Make) -> None:
    text = STATE_HEAD.replace(
        "Phê duyệt Đề án trồng hoa", "Về việc đính chính Thông tư số 10/2022/TT-BHC ngày 15 tháng 6 năm 2022"
    )
    found = recognise(source(text + "Điều 1. Một.")).metadata
    assert (found.number, found.date) == ("4321/QĐ-TTg", "2031-02-03")
    assert found.title == "Về việc đính chính Thông tư số 10/2022/TT-BHC ngày 15 tháng 6 năm 2022 trên các đảo"


def test_a_news_report_has_no_number(source: Make) -> None:
    text = """Tập huấn trồng hoa cho cán bộ xã
Ngày 7/8, Bộ Hoa cỏ tổ chức tập huấn thực hiện Quyết định số 4321/QĐ-TTg ngày 03 tháng 02 năm 2031.
Đồng chí Trần Văn Hoa phát biểu khai mạc.
"""
    head = recognise(source(text))
    assert head.metadata == Metadata(title="Tập huấn trồng hoa cho cán bộ xã")
    assert head.end == 0


def test_issuer_printed_on_two_lines(source: Make) -> None:
    text = """BỘ HOA CỎ - CÂY CẢNH VÀ RAU QUẢ
BỘ HOA CỎ - CÂY CẢNH
VÀ RAU QUẢ
Số: 01/2031/TT-BHC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 03 tháng 01 năm 2031
THÔNG TƯ
Quy định về hoa
Theo đề nghị của Vụ trưởng Vụ Hoa, Bộ trưởng Bộ Hoa cỏ - Cây cảnh và Rau quả ban hành Thông tư.
Điều 1. Một.
"""
    assert recognise(source(text)).metadata.issuer == "Bộ Hoa cỏ - Cây cảnh và Rau quả"


def test_consolidated_text_bears_the_number_of_its_certification(source: Make) -> None:
    text = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
NGHỊ ĐỊNH
Quy định về hoa
Nghị định số 5/2030/NĐ-CP ngày 01 tháng 02 năm 2030 của Chính phủ, được sửa đổi bởi:
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
    found = recognise(source(text)).metadata
    assert (found.number, found.date, found.kind) == ("88/VBHN-BHC", "2031-06-21", "Văn bản hợp nhất")
    assert found.title == "Nghị định quy định về hoa"
    assert found.issuer == "Bộ hoa cỏ"
