"""References settled among known documents: one candidate, or none."""

import pytest

from policy_qa.citing.reference import Known, absolute, candidates, extract, find, named, resolve
from policy_qa.document import Address, Metadata, document_key


def known(number, date, kind, title=None, nicknames=(), text_kind="official"):
    metadata = Metadata(number=number, date=date, kind=kind, title=title, nicknames=nicknames, text_kind=text_kind)
    return Known(document_key(number, date, "x.pdf"), metadata)


SCHEME = known(
    "1079/QĐ-TTg", "2022-09-14", "Quyết định", "phê duyệt Đề án trồng một nghìn cây xanh ở trường học", ("Đề án 1079",)
)
OTHER_57 = known("57/QĐ-UBND", "2021-02-01", "Quyết định")
KL57 = known("57-KL/TW", "2023-06-15", "Kết luận", "về công tác cây xanh")
TB46 = known("46-TB/TW", "2018-02-06", "Thông báo", nicknames=("Kết luận 46",))
NQ47 = known("47/NQ-CP", "2024-04-15", "Nghị quyết")
NQ47_OLD = known("47/NQ-CP", "2010-11-02", "Nghị quyết")
ND72 = known("72/2015/NĐ-CP", "2015-09-07", "Nghị định", "về quản lý cây xanh đô thị")
CV = known("5768/BTTTT-TTĐN", "2022-11-28", "Công văn")
QUY_DINH = known("66-QĐ/TW", "2017-02-06", "Quy định")
LAW = known("102/2016/QH13", "2016-04-05", "Luật", "Trẻ em")
LAND_OLD = known("45/2013/QH13", "2013-11-29", "Luật", "Đất đai")
LAND = known("31/2024/QH15", "2024-01-18", "Luật", "Luật Đất đai")
NQ66 = known("66/2026/NQ-CP", "2026-01-09", "Nghị quyết")
NQ66_17 = known("66.17/2026/NQ-CP", "2026-05-06", "Nghị quyết")
NQ66_7 = known("66.7/2026/NQ-CP", "2026-02-06", "Nghị quyết")
HEADLESS = known("09/2017/NĐ-CP", None, None)
ALL = [
    SCHEME,
    OTHER_57,
    KL57,
    TB46,
    NQ47,
    NQ47_OLD,
    ND72,
    CV,
    QUY_DINH,
    LAW,
    LAND_OLD,
    LAND,
    NQ66,
    NQ66_17,
    NQ66_7,
    HEADLESS,
]

RESOLVED = [
    ("QĐ 1079", SCHEME),
    ("quyet dinh 1079/qd-ttg", SCHEME),
    ("1079/QĐ-TTg", SCHEME),
    ("Decision No. 1079/QD-TTg", SCHEME),
    ("Quyết định 1079 năm 2022", SCHEME),
    ("KL 57", KL57),
    ("quyết định 57", OTHER_57),
    ("57-KL/TW", KL57),
    ("Kết luận số 46-TB/TW", TB46),
    ("nghị định 72", ND72),
    ("ND 72/2015", ND72),
    ("công văn 5768", CV),
    ("QĐ 66", QUY_DINH),
    ("nghị định 9/2017", HEADLESS),
    ("Nghị quyết 47/NQ-CP ngày 15/4/2024", NQ47),
    ("NQ 47 năm 2010", NQ47_OLD),
    ("Luật số 102/2016/QH13", LAW),
    ("Nghị quyết 66.17/2026/NQ-CP", NQ66_17),
    ("66.7/2026/NQ-CP", NQ66_7),
    ("nghị quyết 66.17", NQ66_17),
    ("Nghị quyết 66/2026/NQ-CP", NQ66),
    ("Nghị quyết 66", NQ66),
    # not known, or not one
    ("Nghị quyết 66.1/2026/NQ-CP", None),
    ("NQ 47", None),
    ("Quyết định 1079 ngày 1/1/2020", None),
    ("Kết luận 1079", None),
    ("Kết luận 46", None),
    ("nghị định 72/2016", None),
    ("1079/QĐ-BTC", None),
    ("CT 44", None),
    ("Điều 5", None),
    ("Nghị định này", None),
]


@pytest.mark.parametrize(("text", "document"), RESOLVED)
def test_resolves_when_one_candidate_remains(text, document):
    (reference,) = extract(text)
    assert resolve(reference, ALL) == document


def test_candidates_are_all_that_fit():
    (reference,) = extract("NQ 47")
    assert candidates(reference, ALL) == [NQ47, NQ47_OLD]


def test_two_texts_of_one_document_are_one_and_the_official_wins():
    digest = known("57-KL/TW", "2023-06-15", "Kết luận", text_kind="digest")
    (reference,) = extract("KL 57")
    assert resolve(reference, [digest, KL57]) == KL57


NAMED = [
    ("Đề án 1079 có gì?", [("Đề án 1079", SCHEME)]),
    ("de an 1079 co gi", [("de an 1079", SCHEME)]),
    ("Đề án trồng một nghìn cây xanh ở trường học", [("Đề án trồng một nghìn cây xanh ở trường học", SCHEME)]),
    ("Nghị định về quản lý cây xanh đô thị", [("Nghị định về quản lý cây xanh đô thị", ND72)]),
    ("luat tre em", [("luat tre em", LAW)]),
    ("Luật Trẻ em năm 2016 quy định gì", [("Luật Trẻ em năm 2016", LAW)]),
    ("Luật Đất đai năm 2013", [("Luật Đất đai năm 2013", LAND_OLD)]),
    ("luật đất đai 2024", [("luật đất đai 2024", LAND)]),
    # which law of the name, which year, a title in other words, other words that look alike
    ("Luật Đất đai", []),
    ("Luật Trẻ em năm 2004", []),
    ("quản lý cây xanh đô thị", []),
    ("đề án 10790", []),
    ("đệ an 1079", []),
    ("trẻ em", []),
    ("luật trẻ ém", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_names(text, expected):
    assert [(span.of(text), key) for span, key in named(text, ALL)] == [(words, d.key) for words, d in expected]


def test_names_ignore_where_the_tone_mark_stands():
    law = known("1/2020/QH14", "2020-01-01", "Luật", "Hòa giải")
    assert [key for _, key in named("luật hoà giải", [law])] == [law.key]


FOUND = [
    ("khoản 2 Điều 5 Luật Trẻ em nói gì", [("khoản 2 Điều 5 Luật Trẻ em", "điều=5;khoản=2", LAW)]),
    ("luật trẻ em 2016 điều 5", [("luật trẻ em 2016 điều 5", "điều=5", LAW)]),
    ("Mục I Điều 1 Đề án 1079", [("Mục I Điều 1 Đề án 1079", "điều=1;mục=I", SCHEME)]),
    ("Kết luận 46", [("Kết luận 46", "", TB46)]),
    ("QĐ 1079 và KL 57", [("QĐ 1079", "", SCHEME), ("KL 57", "", KL57)]),
    ("Quyết định 1079 năm 2015", [("Quyết định 1079 năm 2015", "", None)]),
    ("Điều 5", [("Điều 5", "điều=5", None)]),
    ("xin chào", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds_numbers_names_and_addresses_together(text, expected):
    found = [(f.reference.span.of(text), str(f.reference.address or ""), f.key) for f in find(text, ALL)]
    assert found == [(words, address, document and document.key) for words, address, document in expected]


@pytest.mark.parametrize(
    ("text", "within", "address"),
    [
        ("khoản 2 Điều này", "điều=5;khoản=1;điểm=a", "điều=5;khoản=2"),
        ("điểm b khoản này", "điều=5;khoản=1;điểm=a", "điều=5;khoản=1;điểm=b"),
        ("Điều 7 Luật này", "điều=5", "điều=7"),
        ("khoản 2 Điều này", "mục=1", None),
        ("khoản 2 Điều 8", "điều=5", "điều=8;khoản=2"),
    ],
)
def test_relative_references_become_absolute(text, within, address):
    (reference,) = extract(text)
    result = absolute(reference, Address.parse(within))
    assert (str(result) if result else None) == address
