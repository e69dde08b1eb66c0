import time
from collections.abc import Callable

import pytest
from sample_texts import STATE_END, STATE_HEAD, assert_tiles, make_source

from policy_qa.document import Address, Document, Heading, Provision, SourceText, Span
from policy_qa.structure import parse

Addresses = Callable[[str], list[str]]


def provision(document: Document, address: str) -> Provision:
    return next(p for p in document.walk() if p.address == Address.parse(address))


def words(document: Document, address: str) -> str:
    return provision(document, address).span.of(document.source.text)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "Chương I\nQUY ĐỊNH CHUNG\nMục 1\nHOA\nĐiều 1. Phạm vi\nMột câu.\nĐiều 2. Đối tượng\n1. Người trồng:\na) Hoa;\nb) Lá;\nc) Cây;\nd) Quả;\nđ) Hạt.\n2. Người bán.",
            "chương=I|chương=I;mục=1|điều=1|điều=2|điều=2;khoản=1|điều=2;khoản=1;điểm=a|điều=2;khoản=1;điểm=b|điều=2;khoản=1;điểm=c|"
            "điều=2;khoản=1;điểm=d|điều=2;khoản=1;điểm=đ|điều=2;khoản=2",
            id="containers are left out of the address of a điều",
        ),
        pytest.param(
            "Điều 1. Phê duyệt Đề án với các nội dung sau:\nI. QUAN ĐIỂM\n1. Hoa đẹp.\n2. Lá xanh.\nII- MỤC TIÊU\n1. Mục tiêu chung\nMột câu.\n"
            "2. Mục tiêu cụ thể\n- Một.\n- Hai.\nĐiều 2. Quyết định này có hiệu lực.",
            "điều=1|điều=1;mục=I|điều=1;mục=I;khoản=1|điều=1;mục=I;khoản=2|điều=1;mục=II|điều=1;mục=II;khoản=1|điều=1;mục=II;khoản=2|"
            "điều=1;mục=II;khoản=2;gạch=1|điều=1;mục=II;khoản=2;gạch=2|điều=2",
            id="roman sections inside a điều",
        ),
        pytest.param(
            "Điều 1. Mục tiêu của Đề án như sau:\nMục tiêu tổng quát\n- Một.\nMục tiêu cụ thể\n- Hai:\n+ Ba;\n+ Bốn.\n- Năm.",
            "điều=1|điều=1;đề mục=mục tiêu tổng quát|điều=1;đề mục=mục tiêu tổng quát;gạch=1|điều=1;đề mục=mục tiêu cụ thể|"
            "điều=1;đề mục=mục tiêu cụ thể;gạch=1|điều=1;đề mục=mục tiêu cụ thể;gạch=1;gạch=1|điều=1;đề mục=mục tiêu cụ thể;gạch=1;gạch=2|"
            "điều=1;đề mục=mục tiêu cụ thể;gạch=2",
            id="unnumbered headings and nested dashes",
        ),
        pytest.param("Điều 1: Một\nMột câu.\nĐIỀU 2.\nTên điều hai\nHai câu.\nĐiều 2a. Thêm\nBa câu.", "điều=1|điều=2|điều=2a", id="forms of điều"),
        pytest.param(
            "Điều 1. Sửa đổi một số điều\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Hoa\n1. Một.\n2. Hai.\na) Ba.”\n2. Bãi bỏ khoản 3.\n"
            "3. Sửa khoản 4 như sau: “4. Cúc\n5. Lan.”.\n4. Hết.\nĐiều 2. Hiệu lực\nMột câu.",
            "điều=1|điều=1;khoản=1|điều=1;khoản=2|điều=1;khoản=3|điều=1;khoản=4|điều=2",
            id="quoted text is no provision",
        ),
        pytest.param("Điều 1. 1. Một.\n2. Hai.\nĐiều 2. Ba.", "điều=1|điều=1;khoản=1|điều=1;khoản=2|điều=2", id="khoản on the line of the điều"),
        pytest.param("Điều 1. Hoa\n1. Một.\n1.1. Cúc.\n1.2. Lan:\na) Trắng.\n2. Hai.", "điều=1|điều=1;khoản=1|điều=1;khoản=1;điểm=1.1|"
            "điều=1;khoản=1;điểm=1.2|điều=1;khoản=1;điểm=1.2;điểm=a|điều=1;khoản=2", id="decimal numbers"),
        pytest.param("Điều 1. Hoa\n1. Một:\na) Cúc;\na1) Sen;\nb) Lan.\n1a. Thêm.\n2. Hai.", "điều=1|điều=1;khoản=1|điều=1;khoản=1;điểm=a|"
            "điều=1;khoản=1;điểm=a1|điều=1;khoản=1;điểm=b|điều=1;khoản=1a|điều=1;khoản=2", id="inserted labels"),
        pytest.param("Điều 1. Hoa\n1. Một, giá là\n15. Con số này là lời văn.\n2. Hai:\n1. Danh sách con.\n3. Ba.",
            "điều=1|điều=1;khoản=1|điều=1;khoản=2|điều=1;khoản=3", id="numbers out of sequence are text"),
        pytest.param("Chương I\nCHUNG\nMục I\nHOA\nĐiều 1. Một\nA.\nMỤC II\nLÁ\nĐiều 2. Hai\nB.", "chương=I|chương=I;mục=I|điều=1|chương=I;mục=II|điều=2",
            id="mục with a roman number in a chương"),
        pytest.param("Điều 1. Phê duyệt Đề án:\nMục I. QUAN ĐIỂM\n1. Một.\nMục II. MỤC TIÊU\n1. Hai.\nĐiều 2. Hết.",
            "điều=1|điều=1;mục=I|điều=1;mục=I;khoản=1|điều=1;mục=II|điều=1;mục=II;khoản=1|điều=2", id="mục with a roman number in a điều"),
        pytest.param("Phần thứ nhất\nCHUNG\nĐiều 1. Một\nA.\nPhần thứ hai\nRIÊNG\nĐiều 2. Hai\nB.", "phần=nhất|điều=1|phần=hai|điều=2", id="parts"),
        pytest.param("Điều 1. Nội dung:\nA. HOA\nI. CÚC\n1. Một.\nII. LAN\nB. LÁ\nI. TRE", "điều=1|điều=1;phần=A|điều=1;phần=A;mục=I|"
            "điều=1;phần=A;mục=I;khoản=1|điều=1;phần=A;mục=II|điều=1;phần=B|điều=1;phần=B;mục=I", id="parts with capital letters"),
    ],
)  # fmt: skip
def test_state_grammar(decision: Addresses, body: str, expected: str) -> None:
    assert decision(body) == expected.split("|")


PARTY_HEAD = """ĐẢNG CỘNG SẢN VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
Số 900-KL/TW
Hà Nội, ngày 15 tháng 6 năm 2031
KẾT LUẬN
về công tác hoa cỏ
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Mở đầu một.\nMở đầu hai.\n1. Quan điểm\n- Một.\n- Hai.\n2. Nhiệm vụ\na) Ba.\nb) Bốn.\nT/M BỘ CHÍNH TRỊ\nPhạm Văn Lan",
            "đề mục=thể thức|đề mục=mở đầu|đề mục=mở đầu;đoạn=1|đề mục=mở đầu;đoạn=2|mục=1|mục=1;gạch=1|mục=1;gạch=2|mục=2|mục=2;điểm=a|"
            "mục=2;điểm=b|đề mục=chữ ký"),
        ("Mở đầu.\nI- MỤC TIÊU\n1. Chung\nMột.\n1.1. Con.\n2- Riêng\nHai.\nII- TỔ CHỨC\nBa.\nNơi nhận:\n- Lưu.",
            "đề mục=thể thức|đề mục=mở đầu|mục=I|mục=I;khoản=1|mục=I;khoản=1;điểm=1.1|mục=I;khoản=2|mục=II|đề mục=chữ ký"),
        ("Chỉ có một đoạn, không có phần nào đánh số.\nVà một đoạn nữa.",
            "đề mục=thể thức|đề mục=mở đầu|đề mục=mở đầu;đoạn=1|đề mục=mở đầu;đoạn=2"),
        ("Mở đầu có số 1. ở giữa.\n1. Một đoạn đánh số duy nhất.",
            "đề mục=thể thức|đề mục=mở đầu|đề mục=mở đầu;đoạn=1|đề mục=mở đầu;đoạn=2"),
    ],
)  # fmt: skip
def test_party_grammar(addresses: Addresses, body: str, expected: str) -> None:
    assert addresses(PARTY_HEAD + body) == expected.split("|")


ARTICLES = "Điều 1. Ban hành\nMột câu.\nĐiều 2. Hiệu lực\nHai câu."


@pytest.mark.parametrize(
    ("annex", "expected"),
    [
        ("PHỤ LỤC I\nDANH MỤC HOA\n(Kèm theo Quyết định số 4321/QĐ-TTg)\n1. Cúc.\n2. Lan.\nPHỤ LỤC II\nLÁ\nI. TRE\n1. Một.\nII. TRÚC",
            "phụ lục=I|phụ lục=I;mục=1|phụ lục=I;mục=2|phụ lục=II|phụ lục=II;mục=I|phụ lục=II;mục=I;khoản=1|phụ lục=II;mục=II"),
        ("QUY CHẾ\nTRỒNG HOA\n(Ban hành kèm theo Quyết định số 4321/QĐ-TTg)\nChương I\nCHUNG\nĐiều 1. Một\n1. Hoa.\nĐiều 2. Hai\nHết.",
            "phụ lục=1|phụ lục=1;chương=I|phụ lục=1;điều=1|phụ lục=1;điều=1;khoản=1|phụ lục=1;điều=2"),
        ("Phụ lục\n(Kèm theo Quyết định số 4321/QĐ-TTg)\nMẫu số 01 | Đơn\nMẫu số 02 | Tờ khai\nMẫu số 02\nTỜ KHAI\n1. Họ tên:\n2. Tuổi:",
            "phụ lục=1|phụ lục=02|phụ lục=02;mục=1|phụ lục=02;mục=2"),
        ("Mẫu số 7\nĐƠN XIN HOA\n1. Tên:\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nHẾT", "phụ lục=7|phụ lục=7;mục=1"),
        ("PHỤ LỤC\nDANH MỤC\nTT | Văn bản\nĐiều 4\n- Khoản 1 | bỏ\nĐiều 8", "phụ lục=1"),
    ],
)  # fmt: skip
def test_annexes_have_a_numbering_of_their_own(addresses: Addresses, annex: str, expected: str) -> None:
    found = addresses(STATE_HEAD + ARTICLES + STATE_END + annex)
    assert found[2:5] == ["điều=1", "điều=2", "đề mục=chữ ký"]
    assert found[5:] == expected.split("|")


def test_annex_of_a_document_whose_signature_is_missing(addresses: Addresses) -> None:
    found = addresses(STATE_HEAD + ARTICLES + "\nPHỤ LỤC SỐ 2\nBẢNG GIÁ\n1. Cúc.\n")
    assert found[2:] == ["điều=1", "điều=2", "phụ lục=2", "phụ lục=2;mục=1"]


def test_headings_and_spans(source: Callable[[str], SourceText]) -> None:
    body = "Điều 1. Phê duyệt Đề án với nội dung sau:\n1. Mục tiêu tổng quát\nHoa nở.\n2. Người trồng hoa được hỗ trợ.\nĐiều 3. Trách nhiệm tổ chức\n1. Các xã.\n"
    document = parse(source(STATE_HEAD + body + STATE_END))
    assert provision(document, "điều=1").heading is None
    assert provision(document, "điều=1;khoản=1").heading == "Mục tiêu tổng quát"
    assert provision(document, "điều=1;khoản=2").heading is None
    assert provision(document, "điều=3").heading == "Trách nhiệm tổ chức"
    assert words(document, "điều=1;khoản=1") == "1. Mục tiêu tổng quát\nHoa nở."
    assert words(document, "điều=3") == "Điều 3. Trách nhiệm tổ chức\n1. Các xã."
    assert "Không thấy Điều 2: sau Điều 1 là Điều 3." in document.warnings


def test_title_of_a_chapter_on_the_lines_below(source: Callable[[str], SourceText]) -> None:
    document = parse(
        source(
            "Chương I\nHOA\nVÀ LÁ\nĐiều 1. Một\nA.\nChương II. CÂY\nĐiều 2. Hai\nB.\nĐiều 3. Chương II của Luật này\nC."
        )
    )
    assert provision(document, "chương=I").heading == "HOA VÀ LÁ"
    assert provision(document, "chương=II").heading == "CÂY"


def test_defects_of_the_numbering_are_kept_and_told(source: Callable[[str], SourceText]) -> None:
    body = "Điều 1. Hoa\n1. Một.\n2. Hai.\n2. Hai nữa.\n3. Ba.\n5. Năm:\na) A;\nc) C.\nĐiều 1. Hoa nữa\nHết.\nĐiều 2. Cuối\nHết."
    document = parse(source(STATE_HEAD + body + STATE_END))
    found = [str(p.address) for p in document.walk()][2:-1]
    assert found == [
        "điều=1", "điều=1;khoản=1", "điều=1;khoản=2", "điều=1;khoản=2 (lần 2)", "điều=1;khoản=3", "điều=1;khoản=5",
        "điều=1;khoản=5;điểm=a", "điều=1;khoản=5;điểm=c", "điều=1 (lần 2)", "điều=2",
    ]  # fmt: skip
    assert len(document.warnings) == 4
    assert all(warning.endswith(".") for warning in document.warnings)


def test_an_amended_article_without_quotation_marks_is_text(decision: Addresses) -> None:
    found = decision("Điều 1. Sửa\nMột.\nĐiều 2. Sửa tiếp\nĐiều 1 sửa như sau:\nĐiều 1. Hoa mới\nĐiều 3. Hết\nBa.")
    assert found == ["điều=1", "điều=2", "điều=3"]


def test_news_becomes_numbered_paragraphs(addresses: Addresses) -> None:
    assert addresses("Tin về hoa\nNgày 7/8, xã mở hội hoa.\nÔng Hoa nói: hoa đẹp.") == ["đoạn=1", "đoạn=2", "đoạn=3"]


@pytest.mark.parametrize(
    "text",
    ["", "   \n\n ", "Điều 1", "“", "a)", "1.", "PHỤ LỤC", "CHỈ THỊ", "-", "Số: 1/QĐ-TTg", "Nơi nhận:\n- a", "I.\nII."],
)
def test_scraps(text: str) -> None:
    assert_tiles(parse(make_source(text)))


def test_marked_headings_nest_by_depth() -> None:
    lines = [("QUYẾT ĐỊNH", 1), ("Điều 1. Hoa", 2), ("Một câu.", 0), ("Mục tiêu", 3), ("Hai câu.", 0), ("Mục tiêu riêng", 4), ("Ba câu.", 0), ("Điều 2. Lá", 2), ("Hết.", 0)]  # fmt: skip
    text, headings = "Số: 1/QĐ-BHC\n", []
    for line, depth in lines:
        if depth:
            headings.append(Heading(Span(len(text), len(text) + len(line)), depth))
        text += line + "\n"
    document = parse(SourceText(text, "a.md", "0", "markdown", headings=tuple(headings)))
    assert_tiles(document)
    assert [str(p.address) for p in document.walk()] == [
        "đề mục=thể thức", "điều=1", "điều=1;đề mục=mục tiêu", "điều=1;đề mục=mục tiêu;đề mục=mục tiêu riêng", "điều=2",
    ]  # fmt: skip


def test_a_hundred_pages_take_a_fraction_of_a_second() -> None:
    body = "".join(
        f"Điều {n}. Tên điều\n"
        + "".join(
            f"{k}. Khoản này dài một dòng để giống thật, có số 12 và “nháy”.\na) Điểm này;\nb) Điểm kia.\n"
            for k in range(1, 7)
        )
        for n in range(1, 351)
    )
    assert len(body) > 180_000
    document_source = make_source(STATE_HEAD + body + STATE_END)
    # About 0.2 s on a busy machine; the margin keeps the test from failing by load alone.
    assert any(_seconds(document_source) < 0.6 for _ in range(3))


def _seconds(text: SourceText) -> float:
    started = time.process_time()
    parse(text)
    return time.process_time() - started
