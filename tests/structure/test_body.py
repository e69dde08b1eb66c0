"""One scope of numbering: sections out of order, inserted labels, quoted acts, Party documents, công văn, sums of tables."""

from collections.abc import Callable

import pytest
from sample_texts import STATE_END, STATE_HEAD, make_source

from policy_qa.document import Address, Document
from policy_qa.structure import parse

Addresses = Callable[[str], list[str]]


def parsed(body: str) -> Document:
    return parse(make_source(STATE_HEAD + body + STATE_END))


def words(document: Document, address: str) -> str:
    found = next(p for p in document.walk() if p.address == Address.parse(address))
    return found.span.of(document.source.text)


# --- labels -------------------------------------------------------------------------------------------------------


def test_inserted_articles_clauses_and_points(decision: Addresses) -> None:
    body = (
        "Điều 5. Năm\nA.\nĐiều 5a. Năm a\nB.\nĐiều 5b. Năm b\n1. Một:\na) A;\na1) A1;\na2) A2;\nb) B;\nc) C;\nd) D;\nđ) Đ;\n"
        "đ1) Đ1;\ne) E;\ng) G.\n1a. Một a.\n1b. Một b.\n2. Hai.\nĐiều 6. Sáu\nC."
    )
    points = ["a", "a1", "a2", "b", "c", "d", "đ", "đ1", "e", "g"]
    assert decision(body) == [
        "điều=5", "điều=5a", "điều=5b", "điều=5b;khoản=1", *(f"điều=5b;khoản=1;điểm={label}" for label in points),
        "điều=5b;khoản=1a", "điều=5b;khoản=1b", "điều=5b;khoản=2", "điều=6",
    ]  # fmt: skip


def test_a_list_that_begins_again_is_told(decision: Addresses) -> None:
    body = "Điều 1. Một\n1. A.\n2. B.\n1. C.\n2. D.\nĐiều 2. Hai\n1. A.\n2. Gồm:\n1. B.\n2. C."
    document = parsed(body)
    assert decision(body) == [
        "điều=1",
        "điều=1;khoản=1",
        "điều=1;khoản=2",
        "điều=2",
        "điều=2;khoản=1",
        "điều=2;khoản=2",
    ]
    told = [warning for warning in document.warnings if "bắt đầu lại từ 1 sau khoản 2" in warning]
    assert len(told) == 1  # what "Gồm:" announces is a list of its own


def test_a_figure_at_the_start_of_a_line_is_no_list_that_begins_again() -> None:
    assert not parsed("Điều 1. Một\n1. Đầu.\n2. Mức chi là\n1. triệu đồng.\n3. Hết.").warnings


def test_letters_that_do_not_follow_are_told(decision: Addresses) -> None:
    body = "Điều 1. Một\n1. Gồm:\na) A;\nđ) Đ;\ne) E."
    assert decision(body) == ["điều=1", "điều=1;khoản=1", "điều=1;khoản=1;điểm=a"]
    assert any("Điểm đ không nối tiếp điểm a" in warning for warning in parsed(body).warnings)


def test_points_that_use_f_though_the_alphabet_has_none(decision: Addresses) -> None:
    body = "Điều 1. Hoa\n" + "\n".join(f"{c}) Một;" for c in "abcdđefgh") + "\nĐiều 2. Hết\nA."
    assert decision(body) == ["điều=1", *(f"điều=1;điểm={c}" for c in "abcdđefgh"), "điều=2"]


# --- sections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "labels", "told"),
    [
        ("I II IV V", ["I", "II", "IV", "V"], 1),
        ("I II III II V", ["I", "II", "III", "II (lần 2)", "V"], 3),
        ("I II II III", ["I", "II", "II (lần 2)", "III"], 2),
        ("I II III IV", ["I", "II", "III", "IV"], 0),
    ],
)
def test_sections_with_wrong_numbers_are_kept_and_told(numbers: str, labels: list[str], told: int) -> None:
    body = "Điều 1. Đề án:\n" + "\n".join(f"{n}. TÊN MỤC\n1. Một.\n2. Hai." for n in numbers.split()) + "\nĐiều 2. Hết."
    document = parsed(body)
    sections = [str(p.address.last.label) for p in document.walk() if str(p.address.last.level) == "mục"]
    assert sections == labels
    assert len(document.warnings) == told
    assert all(w.endswith(".") for w in document.warnings)


@pytest.mark.parametrize("line", ["V. Lê Hoa", "C. Cúc", "IX. hoa nở"])
def test_a_letter_that_is_no_number_of_the_list_is_text(decision: Addresses, line: str) -> None:
    found = decision(f"Điều 1. Đề án:\nI. QUAN ĐIỂM\nMột.\nII. MỤC TIÊU\n{line}\nHai.\nĐiều 2. Hết.")
    assert found == ["điều=1", "điều=1;mục=I", "điều=1;mục=II", "điều=2"]


def test_the_sum_of_a_table_belongs_to_the_part_and_to_no_item(addresses: Addresses) -> None:
    annex = "PHỤ LỤC\nDANH MỤC\nA. CÒN HIỆU LỰC\nI. HOA\n1. Cúc\n2. Lan\nTổng số: 2 loài\nB. HẾT HIỆU LỰC\nI. LÁ\n1. Tre\nTổng cộng: 1 loài"
    document = parsed("Điều 1. Một\nA.\nĐiều 2. Hai\nB.")
    document = parse(make_source(document.source.text + annex))
    part = "phụ lục=1;phần=A"
    assert words(document, f"{part};mục=I") == "I. HOA\n1. Cúc\n2. Lan"
    assert words(document, part).endswith("2. Lan\nTổng số: 2 loài")
    assert words(document, "phụ lục=1;phần=B;mục=I;khoản=1") == "1. Tre"
    assert words(document, "phụ lục=1;phần=B").endswith("Tổng cộng: 1 loài")


def test_a_sum_amid_a_list_does_not_end_it(addresses: Addresses) -> None:
    annex = "PHỤ LỤC\nDANH MỤC\nI. HOA\n1. Cúc\nCộng: 1\n2. Lan\nII. LÁ\n1. Tre"
    found = addresses(STATE_HEAD + "Điều 1. Một\nA.\nĐiều 2. Hai\nB." + STATE_END + annex)
    assert found[5:] == [
        "phụ lục=1", "phụ lục=1;mục=I", "phụ lục=1;mục=I;khoản=1", "phụ lục=1;mục=I;khoản=2", "phụ lục=1;mục=II",
        "phụ lục=1;mục=II;khoản=1",
    ]  # fmt: skip


# --- what amending articles quote ---------------------------------------------------------------------------------

AMENDED = """Điều 1. Sửa đổi, bổ sung một số điều của Luật Hoa
1. Sửa đổi Điều 5 như sau:
“Điều 5. Hoa
1. “Hoa” là cây có bông;
“Lá” là phần xanh.
2. Thay cụm từ “cây” bằng cụm từ “hoa”.”.
2. Bổ sung khoản 3a như sau: “3a. Ba:
a) A;
b) B.”;
3. Thay Chương II như sau:
“Chương II
TRỒNG HOA
Mục 1
TRÊN ĐẢO
Điều 7. Bảy
1. Một.
Điều 8. Tám
PHỤ LỤC
Hết.”.
4. Bãi bỏ Điều 9.
Điều 2. Hiệu lực
Một câu."""


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("„", "”"), ("«", "»")])
def test_quoted_articles_chapters_and_points_are_no_provisions(opening: str, closing: str) -> None:
    text = AMENDED.replace("“Hoa”", "Hoa").replace("“Lá”", "Lá").replace("“cây”", "cây").replace("“hoa”", "hoa")
    document = parsed(text.replace("“", opening).replace("”", closing))
    assert [str(p.address) for p in document.walk()][2:-1] == [
        "điều=1", *(f"điều=1;khoản={n}" for n in (1, 2, 3, 4)), "điều=2",
    ]  # fmt: skip
    assert document.warnings == ()


def test_quotations_within_quotations() -> None:
    document = parsed(AMENDED)
    assert [str(p.address) for p in document.walk()][2:-1] == [
        "điều=1", *(f"điều=1;khoản={n}" for n in (1, 2, 3, 4)), "điều=2",
    ]  # fmt: skip
    assert words(document, "điều=1;khoản=1").endswith("cụm từ “hoa”.”.")
    assert words(document, "điều=1;khoản=3").endswith("PHỤ LỤC\nHết.”.")


def test_a_quotation_that_is_never_closed_hides_its_first_paragraph_only() -> None:
    document = parsed(
        "Điều 1. Sửa\n1. Sửa khoản 2 như sau:\n“2. Hai.\n2. Sửa khoản 4 như sau:\n“4. Bốn.”\nĐiều 2. Hiệu lực\nMột câu."
    )
    assert [str(p.address) for p in document.walk()][2:-1] == ["điều=1", "điều=1;khoản=1", "điều=1;khoản=2", "điều=2"]
    assert len(document.warnings) == 1
    assert "ngoặc kép" in document.warnings[0]


# --- Party documents and công văn ---------------------------------------------------------------------------------

PARTY = """ĐẢNG CỘNG SẢN VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
*
Số 77-CT/TW
Hà Nội, ngày 15 tháng 6 năm 2031
CHỈ THỊ
CỦA BAN BÍ THƯ
về công tác hoa cỏ
Mở đầu một.
Mở đầu hai.
{body}
Nơi nhận:
- Các tỉnh ủy,
- Lưu.
T/M BAN BÍ THƯ
Trần Văn Hoa
"""
OPENING = ["đề mục=thể thức", "đề mục=mở đầu", "đề mục=mở đầu;đoạn=1", "đề mục=mở đầu;đoạn=2"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "I- MỤC TIÊU\n1. Chung\nMột câu.\n1.1. Con một.\n1.1.1. Cháu.\n1.2. Con hai:\na) A;\nb) B:\n- gạch một\n- gạch hai\n2. Hai\n"
            "II- TỔ CHỨC THỰC HIỆN\n1. Các cấp ủy.\n2. Ban.",
            "mục=I|mục=I;khoản=1|mục=I;khoản=1;điểm=1.1|mục=I;khoản=1;điểm=1.1;điểm=1.1.1|mục=I;khoản=1;điểm=1.2|mục=I;khoản=1;điểm=1.2;điểm=a|"
            "mục=I;khoản=1;điểm=1.2;điểm=b|mục=I;khoản=1;điểm=1.2;điểm=b;gạch=1|mục=I;khoản=1;điểm=1.2;điểm=b;gạch=2|mục=I;khoản=2|"
            "mục=II|mục=II;khoản=1|mục=II;khoản=2",
            id="all levels",
        ),
        pytest.param(
            "1. Một:\na) A;\nb) B.\n2. Hai:\n- gạch;\n- gạch.\n3. Ba.",
            "mục=1|mục=1;điểm=a|mục=1;điểm=b|mục=2|mục=2;gạch=1|mục=2;gạch=2|mục=3",
            id="without roman sections",
        ),
        pytest.param("I/ Hoa\nMột.\nII/ Lá\nHai.\nIII/ Quả\nBa.", "mục=I|mục=II|mục=III", id="strokes"),
    ],
)  # fmt: skip
def test_party_documents(addresses: Addresses, body: str, expected: str) -> None:
    assert addresses(PARTY.format(body=body)) == [*OPENING, *expected.split("|"), "đề mục=chữ ký"]


def test_an_official_letter(addresses: Addresses) -> None:
    letter = """BỘ HOA CỎ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 321/BHC-VP
V/v trồng hoa trên đảo
Hà Nội, ngày 03 tháng 02 năm 2031
Kính gửi:
- Ủy ban nhân dân các tỉnh;
- Các sở.
Thực hiện Quyết định số 4321/QĐ-TTg, Bộ Hoa cỏ đề nghị:
1. Trồng hoa.
2. Tưới hoa:
a) Sáng;
b) Chiều.
Nơi nhận:
- Như trên;
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Trần Văn Hoa
"""
    assert addresses(letter) == [
        "đề mục=thể thức", "đề mục=mở đầu", "mục=1", "mục=2", "mục=2;điểm=a", "mục=2;điểm=b", "đề mục=chữ ký",
    ]  # fmt: skip
