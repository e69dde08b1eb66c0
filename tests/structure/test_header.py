import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from sample_texts import STATE_END, STATE_HEAD

from policy_qa.document import Metadata, Page, Relation, SourceText, Span
from policy_qa.structure import parse
from policy_qa.structure.header import recognise
from policy_qa.structure.signing import body_case

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
        confidence={"number": 0.99, "date": 0.99, "kind": 0.99, "issuer": 0.95, "title": 0.95, "signer": 0.95},
        relations=(
            Relation("căn cứ", "12/2029/QH17", name="Luật Hoa cỏ"),
            Relation("căn cứ", "7/2030/NĐ-CP", "2030-05-09"),
        ),
    )
    assert head.warnings == ()
    assert text[: head.end].endswith("trên các đảo")


def test_law_takes_its_date_from_the_closing_formula_and_its_name_from_the_text(source: Make) -> None:
    found = recognise(source(LAW)).metadata
    assert (found.number, found.date, found.kind, found.issuer) == ("12/2029/QH17", "2029-06-20", "Luật", "Quốc hội")
    assert found.title == "Hoa cỏ và cây cảnh"
    assert found.signer == "Lê Thị Cúc"
    assert found.confidence["date"] == 0.97


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
    assert found.confidence["kind"] < 0.9


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
    assert head.metadata == Metadata(title="Tập huấn trồng hoa cho cán bộ xã", confidence={"title": 0.5})
    assert head.warnings == ()
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
    assert found.issuer == "Bộ Hoa cỏ"
    assert found.confidence["number"] == found.confidence["date"] == 0.95
    assert found.confidence["issuer"] < 0.95


# --- other layouts ------------------------------------------------------------------------------------------------

COUNCIL = """HỘI ĐỒNG NHÂN DÂN
TỈNH HOA LƯ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/2031/NQ-HĐND
Hoa Lư, ngày 09 tháng 7 năm 2031
NGHỊ QUYẾT
Quy định mức chi trồng hoa
trên địa bàn tỉnh
HỘI ĐỒNG NHÂN DÂN TỈNH HOA LƯ
KHÓA XX, KỲ HỌP THỨ 3
Căn cứ Luật Hoa cỏ số 12/2029/QH17;
Điều 1. Một.
Nghị quyết này được Hội đồng nhân dân tỉnh Hoa Lư Khóa XX, Kỳ họp thứ 3 thông qua ngày 08 tháng 7 năm 2031.
CHỦ TỊCH
Trần Văn Hoa
"""

PROVINCE = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HỒ CHÍ MINH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 345/QĐ-UBND
TP. Hồ Chí Minh, ngày 03/02/2031
QUYẾT ĐỊNH
Về việc phê duyệt Kế hoạch trồng hoa
CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH
Căn cứ Luật Hoa cỏ ngày 20 tháng 6 năm 2029;
QUYẾT ĐỊNH:
Điều 1. Một.
Nơi nhận:
- Như Điều 2;
CHỦ TỊCH
Nguyễn Thị Cúc
"""

JOINT = """BỘ HOA CỎ
BỘ CÂY CẢNH VÀ RAU QUẢ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 05/2031/TTLT-BHC-BCCRQ
Hà Nội, ngày 03 tháng 02 năm 2031
THÔNG TƯ LIÊN TỊCH
Hướng dẫn trồng hoa
Điều 1. Một.
KT. BỘ TRƯỞNG BỘ HOA CỎ
THỨ TRƯỞNG
Nguyễn Thị Cúc
KT. BỘ TRƯỞNG BỘ CÂY CẢNH VÀ RAU QUẢ
THỨ TRƯỞNG
Trần Văn Lan
"""

COLUMNS = """CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 187/2031/NĐ-CP Hà Nội, ngày 27 tháng 5 năm 2031
NGHỊ ĐỊNH
Quy định về hoa
Điều 1. Một.
TM. CHÍNH PHỦ
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG
Trần Văn Hoa
"""

PROVINCIAL_PARTY = """TỈNH ỦY HOA LƯ
*
Số 57-KH/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Hoa Lư, ngày 5 tháng 6 năm 2031
KẾ HOẠCH
thực hiện Kết luận số 900-KL/TW, ngày 15/6/2031 của Bộ Chính trị
về công tác hoa cỏ
-----
Ban Thường vụ Tỉnh ủy đề ra kế hoạch như sau:
I- MỤC ĐÍCH
1. Một.
II- NỘI DUNG
1. Hai.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Phạm Văn Lan
"""

TELEGRAM = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 27 tháng 5 năm 2031
THỦ TƯỚNG CHÍNH PHỦ
Số: 87/CĐ-TTg
CÔNG ĐIỆN
Về việc cứu hoa mùa bão
THỦ TƯỚNG CHÍNH PHỦ điện:
- Bộ trưởng Bộ Hoa cỏ.
1. Cứu hoa.
2. Cứu cỏ.
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG
Trần Văn Hoa
"""

OFFICE_LETTER = """UBND TỈNH HOA LƯ
SỞ HOA CỎ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/SHC-TTHC
V/v hướng dẫn trồng hoa
trên các đảo
Hoa Lư, ngày 01 tháng 3 năm 2031
Kính gửi:
- Ủy ban nhân dân các xã;
Sở Hoa cỏ hướng dẫn như sau:
1. Chọn giống.
2. Làm đất.
GIÁM ĐỐC
Lê Thị Cúc
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            COUNCIL,
            ("12/2031/NQ-HĐND", "2031-07-09", "Nghị quyết", "Hội đồng nhân dân tỉnh Hoa Lư", "Trần Văn Hoa",
             "Quy định mức chi trồng hoa trên địa bàn tỉnh"),
            id="the issuer comes again under the title of a council's resolution",
        ),
        pytest.param(
            PROVINCE,
            ("345/QĐ-UBND", "2031-02-03", "Quyết định", "Ủy ban nhân dân thành phố Hồ Chí Minh", "Nguyễn Thị Cúc",
             "Về việc phê duyệt Kế hoạch trồng hoa"),
            id="a province's name is nowhere in ordinary letters",
        ),
        pytest.param(
            JOINT,
            ("05/2031/TTLT-BHC-BCCRQ", "2031-02-03", "Thông tư liên tịch", "Bộ Hoa cỏ - Bộ Cây cảnh và Rau quả",
             "Nguyễn Thị Cúc, Trần Văn Lan", "Hướng dẫn trồng hoa"),
            id="two issuers and two signers",
        ),
        pytest.param(
            JOINT.replace("HOA CỎ\nBỘ CÂY CẢNH VÀ RAU QUẢ\nCỘNG", "HOA CỎ - BỘ CÂY CẢNH VÀ RAU QUẢ\nCỘNG"),
            ("05/2031/TTLT-BHC-BCCRQ", "2031-02-03", "Thông tư liên tịch", "Bộ Hoa cỏ - Bộ Cây cảnh và Rau quả",
             "Nguyễn Thị Cúc, Trần Văn Lan", "Hướng dẫn trồng hoa"),
            id="two issuers on one line",
        ),
        pytest.param(
            COLUMNS,
            ("187/2031/NĐ-CP", "2031-05-27", "Nghị định", "Chính phủ", "Trần Văn Hoa", "Quy định về hoa"),
            id="both columns of the head on one line",
        ),
        pytest.param(
            PROVINCIAL_PARTY,
            ("57-KH/TU", "2031-06-05", "Kế hoạch", "Tỉnh ủy Hoa Lư", "Phạm Văn Lan",
             "thực hiện Kết luận số 900-KL/TW, ngày 15/6/2031 của Bộ Chính trị về công tác hoa cỏ"),
            id="a Party plan whose title tells of another document",
        ),
        pytest.param(
            TELEGRAM,
            ("87/CĐ-TTg", "2031-05-27", "Công điện", "Thủ tướng Chính phủ", "Trần Văn Hoa", "Về việc cứu hoa mùa bão"),
            id="the right column first",
        ),
        pytest.param(
            OFFICE_LETTER,
            ("77/SHC-TTHC", "2031-03-01", "Công văn", "Sở Hoa cỏ", "Lê Thị Cúc", "V/v hướng dẫn trồng hoa trên các đảo"),
            id="a letter whose subject takes two lines",
        ),
    ],
)  # fmt: skip
def test_layout(source: Make, text: str, expected: tuple[str, ...]) -> None:
    head = recognise(source(text))
    found = head.metadata
    assert (found.number, found.date, found.kind, found.issuer, found.signer, found.title) == expected
    assert set(found.confidence) == {"number", "date", "kind", "issuer", "title", "signer"}
    assert min(found.confidence.values()) >= 0.8
    assert head.warnings == ()


# --- what is doubtful ---------------------------------------------------------------------------------------------

DRAFT = """BỘ HOA CỎ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số:      /2031/TT-BHC
Hà Nội, ngày    tháng 5 năm 2031
THÔNG TƯ
Quy định về hoa
Điều 1. Một.
BỘ TRƯỞNG
Trần Văn Hoa
"""


def test_number_and_date_left_blank_are_unknown(source: Make) -> None:
    head = recognise(source(DRAFT))
    assert (head.metadata.number, head.metadata.date) == (None, None)
    assert head.metadata.kind == "Thông tư"
    assert head.metadata.issuer == "Bộ Hoa cỏ"
    assert not {"number", "date"} & set(head.metadata.confidence)
    assert head.warnings == (
        "Số, ký hiệu để trống hoặc không đọc được ở dòng “Số: /2031/TT-BHC”; hãy xem bản gốc.",
        "Ngày ban hành để trống hoặc không đọc được ở dòng “Hà Nội, ngày tháng 5 năm 2031”; hãy xem bản gốc.",
    )


def test_the_number_is_read_where_the_date_beside_it_is_left_blank(source: Make) -> None:
    text = COLUMNS.replace("ngày 27 tháng 5", "ngày    tháng 5")
    found = recognise(source(text)).metadata
    assert (found.number, found.date, found.issuer) == ("187/2031/NĐ-CP", None, "Chính phủ")


# --- what recognition reads poorly --------------------------------------------------------------------------------

SCANNED_LETTER = """THỦ TƯỚNG CHÍNH PHỦ
Số: @1 /TTg-HC
V/w cứu hoa mùa bão,
cứu cỏ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày30_ tháng 4 năm 2031
ĐẾN Giờ 7
Kính gửi:
- Các tỉnh.
Thủ tướng Chính phủ yêu cầu như sau:
1. Cứu hoa.
2. Cứu cỏ.
"""


def scanned(source: SourceText, ocr: float = 0.95) -> SourceText:
    return replace(source, pages=(Page(1, Span(0, len(source.text)), 595.0, 842.0, ocr=ocr),))


def test_letters_of_a_number_that_cannot_be_read_tell_kind_and_issuer(source: Make) -> None:
    head = recognise(scanned(source(SCANNED_LETTER)))
    found = head.metadata
    assert (found.number, found.date, found.kind) == (None, "2031-04-30", "Công văn")
    assert found.issuer == "Thủ tướng Chính phủ"
    assert found.title == "V/v cứu hoa mùa bão, cứu cỏ"
    assert [warning.split(" ở dòng")[0] for warning in head.warnings] == [
        "Ngày ban hành 30/04/2031 đọc được chưa chắc chắn; hãy kiểm tra lại với bản gốc.",
        "Số, ký hiệu để trống hoặc không đọc được",
    ]


def test_digits_written_by_hand_are_doubtful_on_a_scan_alone(source: Make) -> None:
    text = (STATE_HEAD + "Điều 1. Một." + STATE_END).replace("Số: 4321/QĐ-TTg", "Số: 4321 /QĐ-TTg")
    assert recognise(source(text)).metadata.confidence["number"] == 0.99
    head = recognise(scanned(source(text)))
    assert head.metadata.number == "4321/QĐ-TTg"
    assert head.metadata.confidence["number"] < 0.8 < head.metadata.confidence["kind"]
    assert len(head.warnings) == 2


def test_a_kind_of_which_a_mark_was_misread(source: Make) -> None:
    text = STATE_HEAD.replace("QUYẾT ĐỊNH\nPhê", "QUYÉT ĐỊNH\nPhê") + "Điều 1. Một." + STATE_END
    found = recognise(source(text)).metadata
    assert (found.kind, found.title) == ("Quyết định", "Phê duyệt Đề án trồng hoa trên các đảo")


def test_the_stamp_of_the_receiver_is_no_issuer(source: Make) -> None:
    text = LETTER.replace("Số: 77", "VĂN PHÒNG HOA CỎ\nCÔNG VĂN ĐẾN\nSố: 77")
    assert recognise(source(text)).metadata.issuer == "Bộ Hoa cỏ"


def test_a_certification_tells_a_consolidated_text_without_its_number(source: Make) -> None:
    text = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÔNG TƯ
Quy định về hoa,
cỏ và cây cảnh
Thông tư số 9/2030/TT-BHC của Bộ Hoa cỏ được sửa đổi bởi:
Căn cứ Luật Hoa cỏ;
Điều 1. Một
Một câu.
BỘ HOA CỎ
Số: L2 /VBHN-BHC
XÁC THỰC VĂN BẢN HỢP NHẤT
Hà Nội, ngày 01) tháng Š năm 2031
BỘ TRƯỞNG
Trần Văn Hoa
"""
    head = recognise(source(text))
    found = head.metadata
    assert (found.number, found.date, found.kind, found.issuer) == (None, None, "Văn bản hợp nhất", "Bộ Hoa cỏ")
    assert found.title == "Thông tư quy định về hoa, cỏ và cây cảnh"
    assert Relation("hợp nhất", "9/2030/TT-BHC") in found.relations
    assert len(head.warnings) == 2


NUMBER_LINE, DATE_LINE, ISSUER_LINE = "Số: 12/2031/TT-BHC\n", "Hà Nội, ngày 05 tháng 6 năm 2031\n", "BỘ HOA CỎ\n"


@pytest.mark.parametrize(
    ("without", "what"),
    [
        pytest.param((), None, id="nothing"),
        pytest.param((DATE_LINE,), "ngày ban hành", id="the date"),
        pytest.param((NUMBER_LINE,), "số, ký hiệu", id="the number"),
        pytest.param((ISSUER_LINE, NUMBER_LINE, DATE_LINE), "số, ký hiệu, ngày ban hành, cơ quan ban hành", id="all"),
    ],
)
def test_what_the_head_lacks_is_told_in_one_sentence(source: Make, without: tuple[str, ...], what: str | None) -> None:
    text = f"{ISSUER_LINE}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{NUMBER_LINE}{DATE_LINE}THÔNG TƯ\nQuy định về hoa\nĐiều 1. Một.\n"
    for line in without:
        text = text.replace(line, "")
    head = recognise(source(text))
    assert head.warnings == ((f"Không tìm thấy {what} của văn bản; hãy xem bản gốc.",) if what else ())
    assert parse(source(text)).warnings == head.warnings


def test_what_is_left_open_is_not_told_twice(source: Make) -> None:
    head = recognise(source(DRAFT.replace("Hà Nội, ngày    tháng 5 năm 2031\n", "")))
    assert head.warnings == (
        "Số, ký hiệu để trống hoặc không đọc được ở dòng “Số: /2031/TT-BHC”; hãy xem bản gốc.",
        "Không tìm thấy ngày ban hành của văn bản; hãy xem bản gốc.",
    )


def test_a_text_without_a_head_lacks_nothing(source: Make) -> None:
    assert recognise(source("Trồng hoa trên đảo\nHôm qua, xã đã trồng hoa.\nĐiều 1. Một.\n")).warnings == ()


@pytest.mark.parametrize("day", ["31 tháng 02", "00 tháng 5", "12 tháng 13"])
def test_a_date_that_no_calendar_has_is_unknown(source: Make, day: str) -> None:
    text = STATE_HEAD.replace("ngày 03 tháng 02", f"ngày {day}") + "Điều 1. Một."
    assert recognise(source(text)).metadata.date is None


def test_number_and_date_told_only_by_the_annex_are_doubtful(source: Make) -> None:
    text = DRAFT.replace("Số:      /2031/TT-BHC\nHà Nội, ngày    tháng 5 năm 2031\n", "Sô; l2/TT~BHC\n") + (
        "PHỤ LỤC\nDANH MỤC HOA\n(Kèm theo Thông tư số 12/2031/TT-BHC ngày 05 tháng 6 năm 2031 của Bộ trưởng Bộ Hoa cỏ)\n"
        "1. Hoa cúc.\n2. Hoa lan.\n"
    )
    head = recognise(source(text))
    assert (head.metadata.number, head.metadata.date) == ("12/2031/TT-BHC", "2031-06-05")
    assert head.warnings == (
        "Số, ký hiệu “12/2031/TT-BHC” đọc được chưa chắc chắn; hãy kiểm tra lại với bản gốc.",
        "Ngày ban hành 05/06/2031 đọc được chưa chắc chắn; hãy kiểm tra lại với bản gốc.",
    )
    assert parse(source(text)).warnings[:2] == head.warnings


def test_annexes_that_disagree_tell_nothing(source: Make) -> None:
    annex = "PHỤ LỤC {0}\nDANH MỤC HOA\n(Kèm theo Thông tư số {1}/2031/TT-BHC ngày 05 tháng 6 năm 2031)\n1. Hoa cúc.\n"
    assert recognise(source(DRAFT + annex.format("I", 12) + annex.format("II", 13))).metadata.number is None


def test_recognised_letters_lower_the_confidence(source: Make) -> None:
    head = recognise(scanned(source(STATE_HEAD + "Điều 1. Một." + STATE_END), ocr=0.75))
    assert head.metadata.number == "4321/QĐ-TTg"
    assert head.metadata.confidence["number"] == pytest.approx(0.99 * 0.75, abs=0.001)
    assert len(head.warnings) == 2  # of the number and of the date


def test_the_date_beside_the_number(source: Make) -> None:
    text = PARTY.replace("Hà Nội, ngày 15 tháng 6 năm 2031\n", "").replace(
        "Số 900-KL/TW", "Số 900-KL/TW, ngày 15/6/2031"
    )
    found = recognise(source(text)).metadata
    assert (found.number, found.date, found.confidence["date"]) == ("900-KL/TW", "2031-06-15", 0.9)


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("BỘ KHOA HỌC VÀ CÔNG NGHỆ", "Bộ Khoa học và Công nghệ"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "Ủy ban nhân dân tỉnh Lâm Đồng"),
        ("HỘI ĐỒNG NHÂN DÂN XÃ HOA LƯ", "Hội đồng nhân dân xã Hoa Lư"),
        ("THÀNH ỦY HẢI PHÒNG", "Thành ủy Hải Phòng"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương"),
        ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "Ngân hàng Nhà nước Việt Nam"),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
        ("BỘ VĂN HÓA - THÔNG TIN", "Bộ Văn hóa - Thông tin"),
    ],
)
def test_the_name_of_a_body_in_ordinary_letters(capitals: str, name: str) -> None:
    assert body_case(capitals) == name


@pytest.mark.parametrize(
    "line", ["Số" + " " * 50_000 + "x", "Hà Nội, ngày" + " " * 50_000 + "tháng", "Số: 1/" + "A-" * 25_000, "V/v " + "a " * 25_000,
             "BỘ " + "A " * 25_000, "-" * 50_000 + "x", "Số: 1/QĐ-A " + "ngày 1 tháng " * 4_000],
)  # fmt: skip
def test_a_long_line_takes_little_time(source: Make, line: str) -> None:
    text = f"BỘ HOA CỎ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{line}\nQUYẾT ĐỊNH\nVề hoa\nĐiều 1. Một.\nTM. BỘ\n{line}\n"
    started = time.process_time()
    recognise(source(text))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("file", "line", "number"),
    [
        ("nghi-quyet-so-115-nq-cp-469452.pdf", "Số: 4A5 /NQ-CP", "115/NQ-CP"),
        ("scan-464-ttg.signed.pdf", "Số: /TTg-CĐS", "464/TTg-CĐS"),
        ("C:\\van ban\\QD 0012_QĐ-UBND.pdf", "Số:     /QĐ-UBND", "12/QĐ-UBND"),
        ("115-nq-cp va 116-nq-cp.pdf", "Số: 4A5 /NQ-CP", None),
        ("nghi-quyet-so-115-nq-hdnd.pdf", "Số: 4A5 /QĐ-CP", None),
        ("469452.pdf", "Số: 4A5 /NQ-CP", None),
    ],
)
def test_digits_by_hand_are_taken_from_the_name_of_the_file(file: str, line: str, number: str | None) -> None:
    text = f"CHÍNH PHỦ\n{line}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày    tháng    năm 2031\nNGHỊ QUYẾT\nVề hoa cỏ\nĐiều 1. Hoa\nMột câu."
    metadata = parse(SourceText(text, file, "", "pdf")).metadata
    assert metadata.number == number
    assert number is None or metadata.confidence["number"] < 0.8
