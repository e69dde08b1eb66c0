"""Cross references of invented documents: each line of an expectation is `the words -> the document#the provision`."""

import time

import pytest

from policy_qa.citing.cross_references import CrossReference, cross_references
from policy_qa.citing.library import Library
from policy_qa.citing.resolution import Known, KnownDocument
from policy_qa.document import Address, Document, Metadata, SourceText, Span
from policy_qa.structure import parse

HEAD = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 44/2031/NĐ-CP
Hà Nội, ngày 03 tháng 02 năm 2031
NGHỊ ĐỊNH
{title}
"""
END = "\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nTrần Văn Hoa\n"

FIVE = """Điều 1. Phạm vi
1. Một.
2. Hai:
a) Hoa;
b) Lá;
c) Cỏ.
3. Ba.
Điều 2. Đối tượng
Một câu.
Điều 3. Hoa
1. Một.
2. Hai.
Điều 4. Lá
Một câu.
Điều 5. Cỏ
"""


def make(text: str) -> Document:
    return parse(SourceText(text, "vi-du.txt", "0" * 64, "text"))


def decree(body: str, title: str = "Quy định về hoa") -> Document:
    return make(HEAD.format(title=title) + body + END)


def written(reference: CrossReference, document: Document) -> str:
    """`words -> document#address`, with `?` for a document that is not known, `!` for a provision that is not there."""
    own = reference.document == document.key
    said = reference.number or " ".join(part for part in (reference.name or reference.kind, reference.date) if part)
    name = "" if own else (reference.document or f"?{said}")
    address = "-" if reference.address is None else str(reference.address)
    missing = "!" if reference.exists is False else ""
    quoted = " (trích)" if reference.quoted else ""
    return f"{reference.span.of(document.source.text)} -> {name}#{address}{missing}{quoted}"


def told(document: Document, corpus: list[KnownDocument] | None = None) -> list[str]:
    return [written(reference, document) for reference in cross_references(document, corpus or [])]


def sentence(words: str) -> list[str]:
    """The references of one khoản of Điều 5, in a decree that has Điều 1 to 5."""
    return told(decree(f"{FIVE}1. Một.\n2. {words}\n3. Ba."))


# --- places in the document itself --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Theo khoản 1 Điều này.", ["khoản 1 Điều này -> #điều=5;khoản=1"]),
        ("Theo Điều này.", ["Điều này -> #điều=5"]),
        ("Theo khoản này.", ["khoản này -> #điều=5;khoản=2"]),
        ("Theo khoản 2 Điều 3.", ["khoản 2 Điều 3 -> #điều=3;khoản=2"]),
        ("Theo khoản 3.", ["khoản 3 -> #điều=5;khoản=3"]),
        ("Theo khoản 9.", ["khoản 9 -> #điều=5;khoản=9!"]),
        ("Theo điểm b khoản 2 Điều 1 Nghị định này.", ["điểm b khoản 2 Điều 1 Nghị định này -> #điều=1;khoản=2;điểm=b"]),
        ("Theo khoản 2, Điều 3 của Nghị định này.", ["khoản 2, Điều 3 của Nghị định này -> #điều=3;khoản=2"]),
        ("Theo Điều 9 Nghị định này.", ["Điều 9 Nghị định này -> #điều=9!"]),
        ("Theo Điều 9.", ["Điều 9 -> ?#điều=9"]),
        ("Theo Nghị định này.", ["Nghị định này -> #"]),
        ("Theo Nghị định số 44/2031/NĐ-CP.", ["Nghị định số 44/2031/NĐ-CP -> #"]),
        ("Số tài khoản 5, thời điểm 3, danh mục 2, 5 điểm 3.", []),
        ("Mức 5 triệu đồng, khoản 5 triệu đồng.", []),
        ("Khoản 2.c là một bảng.", []),
        ("Xem tên Mục 3, - Khoản 1 Điều 3.",
         ["Mục 3, - Khoản 1 Điều 3 -> ?#mục=3", "Mục 3, - Khoản 1 Điều 3 -> #điều=3;khoản=1"]),
    ],
)  # fmt: skip
def test_places_of_the_document(words: str, expected: list[str]) -> None:
    assert sentence(words) == expected


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("các khoản 1, 2 và 3 Điều này", "điều=5;khoản=1 điều=5;khoản=2 điều=5;khoản=3"),
        ("từ Điều 1 đến Điều 4 Nghị định này", "điều=1 điều=2 điều=3 điều=4"),
        ("Điều 1 đến 3", "điều=1 điều=2 điều=3"),
        ("các điểm a, b và c khoản 2 Điều 1", "điều=1;khoản=2;điểm=a điều=1;khoản=2;điểm=b điều=1;khoản=2;điểm=c"),
        ("điểm a đến điểm c khoản 2 Điều 1", "điều=1;khoản=2;điểm=a điều=1;khoản=2;điểm=b điều=1;khoản=2;điểm=c"),
        ("khoản 1, khoản 2 Điều 3; Điều 4", "điều=3;khoản=1 điều=3;khoản=2 điều=4"),
        ("khoản 1 Điều 3 và khoản 2 Điều này", "điều=3;khoản=1 điều=5;khoản=2"),
        ("khoản 1 và điểm a khoản 2 Điều 1", "điều=1;khoản=1 điều=1;khoản=2;điểm=a"),
        ("Điều 2, Điều 3 và Điều 4 Nghị định này", "điều=2 điều=3 điều=4"),
        ("các khoản 1,2 Điều 3", "điều=3;khoản=1 điều=3;khoản=2"),
    ],
)
def test_every_item_of_a_list(words: str, addresses: str) -> None:
    document = decree(f"{FIVE}1. Một.\n2. Theo {words}.\n3. Ba.")
    found = cross_references(document)
    assert [str(r.address) for r in found] == addresses.split()
    assert all(r.exists and r.document == document.key for r in found)


def test_what_each_reference_stands_in() -> None:
    document = decree(f"{FIVE}1. Một:\na) Theo Điều 1;\nb) Theo Điều 2.\n2. Theo Điều 3.")
    assert [str(r.within) for r in cross_references(document)] == [
        "điều=5;khoản=1;điểm=a", "điều=5;khoản=1;điểm=b", "điều=5;khoản=2",
    ]  # fmt: skip


def test_headings_are_no_references() -> None:
    assert told(decree("Chương I\nCHUNG\nMục 1\nHOA\n" + FIVE + "Một câu.\nChương II\nRIÊNG\nĐiều 6. Sáu\nTheo Chương I.")) == [
        "Chương I -> #chương=I",
    ]  # fmt: skip


def test_containers_around_the_words() -> None:
    body = """Chương I
CHUNG
Mục 1
HOA
Điều 1. Một
Theo Mục này và Chương này.
Mục 2
LÁ
Điều 2. Hai
Theo Mục 1 Chương này, Mục 1 Chương II của Nghị định này.
Chương II
RIÊNG
Mục 1
CỎ
Điều 3. Ba
Một câu."""
    assert told(decree(body)) == [
        "Mục này -> #chương=I;mục=1", "Chương này -> #chương=I", "Mục 1 Chương này -> #chương=I;mục=1",
        "Mục 1 Chương II của Nghị định này -> #chương=II;mục=1",
    ]  # fmt: skip


# --- other documents ----------------------------------------------------------------------------------------------

LAW = """QUỐC HỘI
Luật số: 12/2029/QH17
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LUẬT
HOA CỎ
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Hoa cỏ.
Điều 1. Phạm vi
1. Luật này nói về hoa.
2. Và về cỏ.
Điều 2. Hoa
Một câu.
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XVII, kỳ họp thứ 2 thông qua ngày 20 tháng 6 năm 2029.
CHỦ TỊCH QUỐC HỘI
Lê Thị Cúc
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Theo khoản 2 Điều 1 Luật Hoa cỏ.", ["khoản 2 Điều 1 Luật Hoa cỏ -> {law}#điều=1;khoản=2"]),
        ("Theo Điều 7 Luật Hoa cỏ năm 2029.", ["Điều 7 Luật Hoa cỏ năm 2029 -> {law}#điều=7!"]),
        ("Theo Điều 2 Luật Hoa cỏ năm 2001.", ["Điều 2 Luật Hoa cỏ năm 2001 -> ?Luật Hoa cỏ 2001#điều=2"]),
        ("Theo các Điều 1, 2 của Luật số 12/2029/QH17.",
         ["Điều 1, 2 của Luật số 12/2029/QH17 -> {law}#điều=1", "Điều 1, 2 của Luật số 12/2029/QH17 -> {law}#điều=2"]),
        ("Theo Luật Hoa cỏ và Điều 1 của Thông tư số 5/2030/TT-BHC.",
         ["Luật Hoa cỏ -> {law}#", "Điều 1 của Thông tư số 5/2030/TT-BHC -> ?5/2030/TT-BHC#điều=1"]),
        ("Theo Điều 3 Quyết định số 7/QĐ-BHC ngày 01 tháng 02 năm 2030 của Bộ trưởng.",
         ["Điều 3 Quyết định số 7/QĐ-BHC ngày 01 tháng 02 năm 2030 -> 7/QĐ-BHC (2030-02-01)#điều=3"]),
        ("Theo Điều 3 Quyết định số 7/QĐ-BHC ngày 01 tháng 02 năm 2029.",
         ["Điều 3 Quyết định số 7/QĐ-BHC ngày 01 tháng 02 năm 2029 -> ?7/QĐ-BHC#điều=3"]),
        ("Theo Điều 5 Điều lệ Hội Hoa.", ["Điều 5 -> ?Điều lệ#điều=5"]),
        ("Theo khoản 1 Điều 1 của Luật này.", ["khoản 1 Điều 1 của Luật này -> #điều=1;khoản=1"]),
    ],
)  # fmt: skip
def test_places_of_another_document(words: str, expected: list[str]) -> None:
    law = make(LAW)
    corpus: list[KnownDocument] = [
        law, Known("7/QĐ-BHC (2030-02-01)", Metadata(number="7/QĐ-BHC", date="2030-02-01", kind="Quyết định")),
    ]  # fmt: skip
    document = decree(f"{FIVE}1. Một.\n2. {words}\n3. Ba.")
    assert told(document, corpus) == [line.format(law=law.key) for line in expected]


def test_existence_is_unknown_without_a_tree() -> None:
    law = Known("12/2029/QH17 (2029-06-20)", make(LAW).metadata)
    document = decree("Điều 1. Một\nTheo Điều 99 Luật Hoa cỏ.")
    (reference,) = cross_references(document, [law])
    assert (reference.document, reference.exists) == (law.key, None)


def test_what_is_said_of_an_unknown_document() -> None:
    document = decree("Điều 1. Một\nTheo Điều 9 Nghị định số 7/2030/NĐ-CP ngày 09 tháng 5 năm 2030 của Chính phủ.")
    (reference,) = cross_references(document)
    text = "Điều 9 Nghị định số 7/2030/NĐ-CP ngày 09 tháng 5 năm 2030"
    start = document.source.text.index(text)
    assert reference == CrossReference(
        Span(start, start + len(text)),
        Address.parse("điều=1"),
        None,
        Address.parse("điều=9"),
        None,
        "7/2030/NĐ-CP",
        "2030-05-09",
        "Nghị định",
    )


def test_two_documents_that_fit_are_none() -> None:
    ministries: list[KnownDocument] = [
        Known("1/QĐ-BHC (2030-01-01)", Metadata(number="1/QĐ-BHC", date="2030-01-01", kind="Quyết định")),
        Known("1/QĐ-BHC (2031-01-01)", Metadata(number="1/QĐ-BHC", date="2031-01-01", kind="Quyết định")),
    ]
    document = decree("Điều 1. Một\nTheo Quyết định số 1/QĐ-BHC; Quyết định số 1/QĐ-BHC ngày 01/01/2031.")
    # The date that is said once holds for the number wherever it is named.
    assert {r.document for r in cross_references(document, ministries)} == {"1/QĐ-BHC (2031-01-01)"}
    undated = decree("Điều 1. Một\nTheo Quyết định số 1/QĐ-BHC.")
    assert [r.document for r in cross_references(undated, ministries)] == [None]


def test_short_names_given_in_the_text() -> None:
    body = """Điều 1. Một
1. Luật Hoa cỏ số 12/2029/QH17 (sau đây gọi tắt là Luật Hoa); Nghị định số 10/2030/NĐ-CP (sau đây gọi là Nghị định số 10).
2. Theo khoản 1 Điều 1 Luật Hoa và Điều 5 Nghị định số 10."""
    law = make(LAW)
    assert told(decree(body), [law])[-2:] == [
        f"khoản 1 Điều 1 Luật Hoa -> {law.key}#điều=1;khoản=1", "Điều 5 Nghị định số 10 -> ?10/2030/NĐ-CP#điều=5",
    ]  # fmt: skip


def test_a_guiding_decree_lists_places_of_its_law() -> None:
    body = """Điều 1. Phạm vi
Nghị định này quy định chi tiết khoản 2 Điều 1 về cỏ, Điều 2 về hoa của Luật Hoa cỏ.
Điều 2. Đối tượng
Quy định chi tiết các nội dung sau đây của Luật Hoa cỏ:
1. Khoản 1 Điều 1 về hoa.
2. Điều 2 về cỏ."""
    law = make(LAW)
    assert [line for line in told(decree(body), [law]) if "Điều" in line] == [
        f"khoản 2 Điều 1 -> {law.key}#điều=1;khoản=2", f"Điều 2 -> {law.key}#điều=2",
        f"Khoản 1 Điều 1 -> {law.key}#điều=1;khoản=1", f"Điều 2 -> {law.key}#điều=2",
    ]  # fmt: skip


def test_a_row_of_a_table_names_its_document_in_the_first_cell() -> None:
    body = "Điều 1. Một\nCác văn bản:\nThông tư số 5/2030/TT-BHC | Điều 2, khoản 1 Điều 3 | 01/7/2031"
    assert told(decree(body))[1:] == [
        "Điều 2, khoản 1 Điều 3 -> ?5/2030/TT-BHC#điều=2", "Điều 2, khoản 1 Điều 3 -> ?5/2030/TT-BHC#điều=3;khoản=1",
    ]  # fmt: skip


# --- annexes ------------------------------------------------------------------------------------------------------


def test_a_regulation_that_is_attached_speaks_of_itself() -> None:
    body = (
        "Điều 1. Ban hành kèm theo Nghị định này Quy chế trồng hoa.\nĐiều 2. Nghị định này có hiệu lực từ ngày ký."
        + END
        + """QUY CHẾ
TRỒNG HOA
(Kèm theo Nghị định số 44/2031/NĐ-CP ngày 03 tháng 02 năm 2031)
Điều 1. Phạm vi
Quy chế này nói về hoa theo Điều 2 Nghị định này.
Điều 2. Cách trồng
1. Theo Điều 1.
2. Theo khoản 1 Điều này, Điều 1 của Quy chế này và Điều 9 Quy chế này.
"""
    )
    document = decree(body)
    annex = str(document.provisions[-1].address)
    assert annex.startswith("phụ lục=")
    found = [line for line in told(document) if not line.startswith("Nghị định")]
    assert found == [
        f"Quy chế này -> #{annex}", "Điều 2 Nghị định này -> #điều=2", f"Điều 1 -> #{annex};điều=1",
        f"khoản 1 Điều này -> #{annex};điều=2;khoản=1", f"Điều 1 của Quy chế này -> #{annex};điều=1",
        f"Điều 9 Quy chế này -> #{annex};điều=9!",
    ]  # fmt: skip


def test_labelled_annexes_and_forms() -> None:
    body = (
        "Điều 1. Theo Phụ lục I ban hành kèm theo Nghị định này; trừ Phụ lục III của Nghị định này; dùng Mẫu số 02 tại Phụ lục II.\nĐiều 2. Hai."
        + END
        + "PHỤ LỤC I\nDANH MỤC HOA\n(Kèm theo Nghị định số 44/2031/NĐ-CP)\n1. Hoa cúc theo Phụ lục này.\n2. Hoa lan.\n"
        "PHỤ LỤC II\nMẪU ĐƠN\n(Kèm theo Nghị định số 44/2031/NĐ-CP)\nTên hoa.\n"
    )
    found = told(decree(body))
    assert [line for line in found if not line.startswith("Nghị định số")] == [
        "Phụ lục I ban hành kèm theo Nghị định này -> #phụ lục=I",
        "Phụ lục III của Nghị định này -> #phụ lục=III!",
        "Mẫu số 02 tại Phụ lục II -> #phụ lục=02!",
        "Mẫu số 02 tại Phụ lục II -> #phụ lục=II",
        "Phụ lục này -> #phụ lục=I",
    ]


def test_the_only_annex_needs_no_label() -> None:
    body = "Điều 1. Danh mục tại Phụ lục ban hành kèm theo Nghị định này.\nĐiều 2. Hai." + END
    annex = "PHỤ LỤC\nDANH MỤC HOA\n(Kèm theo Nghị định số 44/2031/NĐ-CP)\n1. Hoa cúc.\n2. Hoa lan.\n"
    words = "Phụ lục ban hành kèm theo Nghị định này"
    assert told(decree(body + annex))[0] == f"{words} -> #phụ lục=1"
    assert told(decree(body))[0] == f"{words} -> #-!"


# --- what is amended, what is quoted ------------------------------------------------------------------------------

AMENDING = """Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 7/2030/NĐ-CP
1. Sửa đổi, bổ sung khoản 2 Điều 9 như sau:
“2. Theo khoản 1 Điều này, Điều 4 và Điều 8 Nghị định này.”.
2. Bổ sung Điều 9a vào sau Điều 9 như sau:
“Điều 9a. Hoa
1. Theo khoản 2 Điều này và điểm a khoản này.
2. Theo Luật Hoa cỏ.”.
3. Bổ sung khoản 2a vào sau khoản 2 Điều 6 như sau:
“2a. Một câu.”.
4. Sửa đổi một số khoản của Điều 12 như sau:
a) Bãi bỏ khoản 3;
b) Sửa đổi khoản 4 như sau:
“4. Theo khoản này.”.
Điều 2. Hiệu lực
Điều 1 Nghị định này có hiệu lực từ ngày 01/7/2031 theo khoản 3 Điều 1."""


def test_an_amending_decree() -> None:
    document = decree(AMENDING, title="Sửa đổi, bổ sung một số điều của Nghị định số 7/2030/NĐ-CP")
    other = "?7/2030/NĐ-CP"
    assert [line for line in told(document) if not line.startswith("Nghị định")] == [
        f"khoản 2 Điều 9 -> {other}#điều=9;khoản=2",
        f"khoản 1 Điều này -> {other}#điều=9;khoản=1 (trích)",
        f"Điều 4 và Điều 8 Nghị định này -> {other}#điều=4 (trích)",
        f"Điều 4 và Điều 8 Nghị định này -> {other}#điều=8 (trích)",
        f"Điều 9a -> {other}#điều=9a",
        f"Điều 9 -> {other}#điều=9",
        f"khoản 2 Điều này -> {other}#điều=9a;khoản=2 (trích)",
        f"điểm a khoản này -> {other}#điều=9a;khoản=1;điểm=a (trích)",
        "Luật Hoa cỏ -> ?Luật Hoa cỏ# (trích)",
        f"khoản 2a -> {other}#điều=6;khoản=2a",
        f"khoản 2 Điều 6 -> {other}#điều=6;khoản=2",
        f"Điều 12 -> {other}#điều=12",
        f"khoản 3 -> {other}#điều=12;khoản=3",
        f"khoản 4 -> {other}#điều=12;khoản=4",
        f"khoản này -> {other}#điều=12;khoản=4 (trích)",
        "Điều 1 Nghị định này -> #điều=1",
        "khoản 3 Điều 1 -> #điều=1;khoản=3",
    ]


def test_straight_marks_quote_too() -> None:
    body = AMENDING.replace("“", '"').replace("”", '"')
    document = decree(body, title="Sửa đổi, bổ sung một số điều của Nghị định số 7/2030/NĐ-CP")
    assert [r.address for r in cross_references(document) if r.quoted] == [
        r.address
        for r in cross_references(decree(AMENDING, title="Sửa đổi, bổ sung một số điều của Nghị định số 7/2030/NĐ-CP"))
        if r.quoted
    ]


def test_amended_provisions_are_looked_up_in_the_amended_document() -> None:
    law = make(LAW)
    body = """Điều 1. Sửa đổi, bổ sung một số điều của Luật Hoa cỏ
1. Sửa đổi khoản 2 Điều 1 như sau:
“2. Theo Điều 2 Luật này.”.
2. Bãi bỏ Điều 7."""
    assert told(decree(body), [law])[1:] == [
        f"khoản 2 Điều 1 -> {law.key}#điều=1;khoản=2", f"Điều 2 Luật này -> {law.key}#điều=2 (trích)",
        f"Điều 7 -> {law.key}#điều=7!",
    ]  # fmt: skip


def test_a_quoted_name_in_any_other_text_is_no_amendment() -> None:
    assert told(decree(FIVE + "Theo “Điều này” và “khoản 1 Điều 3”.")) == [
        "Điều này -> #điều=5", "khoản 1 Điều 3 -> #điều=3;khoản=1",
    ]  # fmt: skip


# --- what may come ------------------------------------------------------------------------------------------------


def test_a_text_without_provisions() -> None:
    assert cross_references(Document(Metadata(), SourceText("", "rong.txt", "0" * 64, "text"), ())) == []
    report = make("Tập huấn trồng hoa\nTheo Quyết định số 7/QĐ-BHC và khoản 1 Điều này.")
    assert [(r.number, r.address, r.document) for r in cross_references(report)] == [
        ("7/QĐ-BHC", Address(), None), (None, None, report.key),
    ]  # fmt: skip


def test_a_library_may_be_built_once() -> None:
    law = make(LAW)
    document = decree("Điều 1. Một\nTheo Điều 2 Luật Hoa cỏ.")
    assert cross_references(document, Library([law, document])) == cross_references(document, [law, document])


def test_a_long_law_takes_little_time() -> None:
    khoan = "{k}. Theo khoản 1, khoản 2 Điều {n} Nghị định này và Điều 5 Nghị định số {n}/2030/NĐ-CP ngày 09/5/2030.\n"
    body = "".join(
        f"Điều {n}. Tên điều\n" + "".join(khoan.format(k=k, n=n) for k in range(1, 8)) for n in range(1, 200)
    )
    document = decree(body)
    assert len(document.source.text) > 140_000
    # About 0.8 s on a busy machine; half as many references as here are many.
    assert any(_cpu_seconds(document) < 3 for _ in range(3))


@pytest.mark.parametrize(
    "unit",
    ["khoản 1, ", "điểm a khoản 1 Điều 1 ", "Luật Hoa, ", "Điều này ", "Nghị định này ", "Điều 5 | ", "“", "khoản 1 vào sau ",
     "quy định chi tiết khoản 1 Điều 5 về a, ", "Chương I đến Chương XXX, ", "(sau đây gọi là Luật Hoa) ", "1/", " ", "\n"],
)  # fmt: skip
def test_long_runs_take_little_time(unit: str) -> None:
    text = "Điều 1. Sửa đổi Luật Hoa\n" + unit * (16_000 // len(unit))
    document = Document(Metadata(), SourceText(text, "a.txt", "0" * 64, "text"), make(FIVE).provisions)
    assert _cpu_seconds(document) < 1.5


def test_a_list_of_lists_does_not_multiply() -> None:
    text = "điểm " + "a, b, c, d, " * 50 + "a khoản " + "1, 2, 3, " * 50 + "1 Điều " + "4, 5, 6, " * 50 + "7"
    assert len(cross_references(decree(f"Điều 1. Một\n{text}"))) <= 400


def _cpu_seconds(document: Document) -> float:
    started = time.process_time()
    cross_references(document)
    return time.process_time() - started
