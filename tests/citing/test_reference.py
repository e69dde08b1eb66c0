"""References found in a text: (text, what is found), with rows where nothing must be found."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.citing.reference import extract

QD, KL, CT, NQ, ND = "Quyết định", "Kết luận", "Chỉ thị", "Nghị quyết", "Nghị định"

# text, the words found, kind, number, date
DOCUMENTS = [
    ("QĐ 1079 nói gì?", "QĐ 1079", QD, "1079", None),
    ("theo QĐ1079", "QĐ1079", QD, "1079", None),
    ("qd 1079 muc tieu la gi", "qd 1079", QD, "1079", None),
    ("quyet dinh 1079 ban hanh ngay nao", "quyet dinh 1079", QD, "1079", None),
    (
        "Quyết định số 1079/QĐ-TTg ngày 14/9/2022 phê",
        "Quyết định số 1079/QĐ-TTg ngày 14/9/2022",
        QD,
        "1079/QĐ-TTg",
        "2022-09-14",
    ),
    ("Quyết định 1079 / QĐ - TTg", "Quyết định 1079 / QĐ - TTg", QD, "1079/QĐ-TTg", None),
    ("Quyết định 1079 năm 2022", "Quyết định 1079 năm 2022", QD, "1079", "2022"),
    ("KL 57", "KL 57", KL, "57", None),
    ("kl57-kl/tw", "kl57-kl/tw", KL, "57-kl/tw", None),
    ("Kết luận số 57-KL/TW, ngày 15 tháng 6 năm 2023", None, KL, "57-KL/TW", "2023-06-15"),
    ("Kết luận 57 (15.6.2023)", None, KL, "57", "2023-06-15"),
    ("kết luận 57 năm nào", "kết luận 57", KL, "57", None),
    ("ket luan 57 nguoi ky la ai", "ket luan 57", KL, "57", None),
    ("Quyết định 1079 có mấy mục tiêu", "Quyết định 1079", QD, "1079", None),
    ("CT 44", "CT 44", CT, "44", None),
    ("ct44", "ct44", CT, "44", None),
    ("Chỉ thị 44-CT/TW", "Chỉ thị 44-CT/TW", CT, "44-CT/TW", None),
    ("NQ47/NQ-CP", "NQ47/NQ-CP", NQ, "47/NQ-CP", None),
    ("nghi quyet 47", "nghi quyet 47", NQ, "47", None),
    ("nghị định 72/2015", "nghị định 72/2015", ND, "72/2015", None),
    ("ND 72", "ND 72", ND, "72", None),
    ("CV 5768", "CV 5768", "Công văn", "5768", None),
    ("công văn 5768/BTTTT-TTĐN", None, "Công văn", "5768/BTTTT-TTĐN", None),
    ("TB 46", "TB 46", "Thông báo", "46", None),
    ("Thông báo kết luận số 46-TB/TW", None, "Thông báo", "46-TB/TW", None),
    ("HD 111", "HD 111", "Hướng dẫn", "111", None),
    ("Thông tư 01/2023/TT-BLĐTBXH", None, "Thông tư", "01/2023/TT-BLĐTBXH", None),
    ("Luật số 19/2023/QH15", None, "Luật", "19/2023/QH15", None),
    ("66.17/2026/NQ-CP", "66.17/2026/NQ-CP", NQ, "66.17/2026/NQ-CP", None),
    ("Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025", None, NQ, "66.7/2025/NQ-CP", "2025-11-15"),
    ("nghi quyet 66.17 noi gi", "nghi quyet 66.17", NQ, "66.17", None),
    ("NQ 66.7/2025", "NQ 66.7/2025", NQ, "66.7/2025", None),
    ("số 57-KL/TW", "57-KL/TW", KL, "57-KL/TW", None),
    ("Decision No. 1079/QD-TTg dated September 14, 2022", None, QD, "1079/QD-TTg", "2022-09-14"),
    ("Decision 1079", None, QD, "1079", None),
    ("Directive No. 44", None, CT, "44", None),
    ("Conclusion 57", None, KL, "57", None),
    ("Nghị định này", "Nghị định này", ND, None, None),
]


@pytest.mark.parametrize(("text", "words", "kind", "number", "date"), DOCUMENTS)
def test_documents(text, words, kind, number, date):
    (found,) = extract(text)
    assert found.span.of(text) == (words or text)
    assert (found.kind, found.number, found.date, found.address) == (kind, number, date, None)


# text, addresses, number, relative
ADDRESSES = [
    ("khoản 2 Điều 3 Nghị định 72/2015/NĐ-CP", ["điều=3;khoản=2"], "72/2015/NĐ-CP", None),
    ("QĐ 1079 khoản 2 Mục I Điều 1 nói gì", ["điều=1;mục=I;khoản=2"], "1079", None),
    ("Quyết định 1079: Điều 1", ["điều=1"], "1079", None),
    ("article 5 clause 2 of Decree 72/2015", ["điều=5;khoản=2"], "72/2015", None),
    ("k2 đ5 nđ 72", ["điều=5;khoản=2"], "72", None),
    ("đ 5 NĐ 72", ["điều=5"], "72", None),
    ("mục 1 KL 57", ["mục=1"], "57", None),
    ("phần thể thức Quyết định số 1079/QĐ-TTg", ["đề mục=thể thức"], "1079/QĐ-TTg", None),
    (
        "gạch đầu dòng thứ 2 phần Mục tiêu cụ thể, Điều 1 QĐ 1079",
        ["điều=1;đề mục=mục tiêu cụ thể;gạch=2"],
        "1079",
        None,
    ),
    (
        "phần Việc thực hiện Chỉ thị 44-CT/TW, phần Theo báo chí và hồ sơ tra cứu, Thông báo số 46-TB/TW",
        ["đề mục=theo báo chí và hồ sơ tra cứu;đề mục=việc thực hiện chỉ thị 44-ct/tw"],
        "46-TB/TW",
        None,
    ),
    ("khoản 2 Điều này", ["khoản=2"], None, "điều này"),
    ("điểm a khoản này", ["điểm=a"], None, "khoản này"),
    ("Điều 5 của Nghị định này", ["điều=5"], None, "nghị định này"),
    # lists
    ("các khoản 1, 2 và 3 Điều 5", ["điều=5;khoản=1", "điều=5;khoản=2", "điều=5;khoản=3"], None, None),
    ("điểm a, b khoản 2 Điều 5", ["điều=5;khoản=2;điểm=a", "điều=5;khoản=2;điểm=b"], None, None),
    ("khoản 1 và khoản 3 Điều 5", ["điều=5;khoản=1", "điều=5;khoản=3"], None, None),
    ("Điều 5 khoản 1 và khoản 2", ["điều=5;khoản=1", "điều=5;khoản=2"], None, None),
    ("khoản 1 Điều 3 và khoản 2 Điều 5", ["điều=3;khoản=1", "điều=5;khoản=2"], None, None),
    ("điểm a khoản 1 và điểm b khoản 2 Điều 5", ["điều=5;khoản=1;điểm=a", "điều=5;khoản=2;điểm=b"], None, None),
    ("khoản 6, điểm c khoản 7 và khoản 8", ["khoản=6", "khoản=7;điểm=c", "khoản=8"], None, None),
    ("khoản 8 Điều 15, điểm a khoản 1 Điều 16", ["điều=15;khoản=8", "điều=16;khoản=1;điểm=a"], None, None),
    ("các điều 13, 79, khoản 2 Điều 80", ["điều=13", "điều=79", "điều=80;khoản=2"], None, None),
    ("từ khoản 1 đến khoản 3 Điều 5", ["điều=5;khoản=1", "điều=5;khoản=2", "điều=5;khoản=3"], None, None),
    ("điểm c đến điểm e khoản 1 Điều 5", [f"điều=5;khoản=1;điểm={c}" for c in "cdđe"], None, None),
    ("Điều 5-7", ["điều=5", "điều=6", "điều=7"], None, None),
    ("Mục I và Mục II Điều 1 QĐ 1079", ["điều=1;mục=I", "điều=1;mục=II"], "1079", None),
    ("Điều 1, Mục I, khoản 2; Điều 3", ["điều=1;mục=I;khoản=2", "điều=3"], None, None),
]


@pytest.mark.parametrize(("text", "addresses", "number", "relative"), ADDRESSES)
def test_addresses(text, addresses, number, relative):
    found = extract(text)
    assert [str(reference.address) for reference in found] == addresses
    assert {(reference.number, reference.relative) for reference in found} == {(number, relative)}


def test_each_address_goes_with_its_own_document():
    found = extract("Điều 1 QĐ 1079 và Điều 3 NĐ 72; KL 57")
    assert [(str(r.address), r.number) for r in found] == [("điều=1", "1079"), ("điều=3", "72"), ("None", "57")]


def test_headings_of_a_document_are_no_references():
    text = "Chương II\nĐiều 5. Phạm vi\nThực hiện theo Điều 6.\n"
    assert [str(reference.address) for reference in extract(text)] == ["điều=6"]


NOTHING = [
    "100%", "70% cán bộ", "14 tỉnh", "63 tỉnh, thành phố", "giai đoạn 2023-2028", "giai đoạn 2", "07 công ước",
    "năm 2022", "ngày 14/9/2022", "tháng 9/2022", "1.000 đầu sách", "15% đến 20%", "24/7", "1/3 số tỉnh",
    "điều kiện", "điều kiện 1", "điều gì", "điều này có nghĩa gì", "trong điều khoản", "một điều",
    "khoản chi 5", "khoản kinh phí", "khoản 5 triệu đồng", "khoản 1.000 đồng", "khoan 5 ty",
    "mục tiêu 100%", "mục đích 1 năm", "mức 1", "muc vi pham", "muc 1 ty dong", "điểm mới", "điểm 10", "đặc điểm a",
    "dac diem o Viet Nam", "phần 2 của câu chuyện", "hai phần ba", "chương trình 135", "5 đ 1 cái",
    "quyết định 5 nội dung", "quyết định 14/9/2022", "quyết định 500 triệu đồng", "quyết định 12.50 ha",
    "quyết định 1.25 tỷ đồng", "nghị quyết 15.000 người", "nghị quyết 66.17%", "nghị quyết 30.04.2020", "hướng dẫn 3 bước", "thông báo 2 lần",
    "kết luận 15 người tham gia", "kế hoạch 5 năm", "ke hoach 5 nam", "báo cáo 6 tháng", "quy định 3 điều", "luật 2 năm",
    "nghị quyết năm 2022", "thông tư năm 2021", "Đề án 1079", "nghị định này", "UPR chu kỳ III", "COVID-19",
    "at this point a new plan", "the plan 9", "notice 30 days", "section of the plan", "part of 5", "",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_figures_and_words_are_no_references(text):
    assert extract(text) == []


@pytest.mark.parametrize("text", [row[0] for row in (*DOCUMENTS, *ADDRESSES)])
def test_spans_fit_decomposed_text(text):
    decomposed = unicodedata.normalize("NFD", text)
    words = [unicodedata.normalize("NFC", reference.span.of(decomposed)) for reference in extract(decomposed)]
    assert words == [reference.span.of(text) for reference in extract(text)]


@settings(max_examples=200, deadline=None)
@given(st.text("điềuhoảnmụcQĐNL IVX0123456789/-.,;()%kavà\u0300\u0302\n", max_size=60))
def test_spans_always_lie_in_the_text(text):
    for reference in extract(text):
        assert reference.span.end <= len(text)
        assert reference.span.of(text).strip()
