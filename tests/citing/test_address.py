"""Addresses printed and read back, in every form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.citing.address import legal, parse_legal, readings, short
from policy_qa.document import Address, Level, Step

PRINTED = [
    ("", "", ""),
    ("điều=1", "Đ1", "Điều 1"),
    ("điều=1;mục=I;khoản=2", "Đ1 · I · 2", "khoản 2 Mục I Điều 1"),
    ("điều=5;khoản=2;điểm=đ", "Đ5 · 2 · đ", "điểm đ khoản 2 Điều 5"),
    ("điều=12a;khoản=1", "Đ12a · 1", "khoản 1 Điều 12a"),
    ("mục=1", "Mục 1", "Mục 1"),
    ("mục=1;gạch=2", "Mục 1 · gạch 2", "gạch đầu dòng thứ 2 Mục 1"),
    ("mục=II;khoản=1;điểm=1.1", "II · 1 · 1.1", "điểm 1.1 khoản 1 Mục II"),
    ("chương=II", "Chương II", "Chương II"),
    ("chương=II;mục=1;tiểu mục=3", "Chương II · Mục 1 · Tiểu mục 3", "Tiểu mục 3 Mục 1 Chương II"),
    ("phần=thứ hai;chương=I", "Phần thứ hai · Chương I", "Chương I Phần thứ hai"),
    ("phụ lục=I;điều=2", "PL I · Đ2", "Điều 2 Phụ lục I"),
    ("khoản=3", "khoản 3", "khoản 3"),
    ("đề mục=thể thức", "Thể thức", "phần thể thức"),
    ("đề mục=mở đầu;đoạn=1", "Mở đầu · đoạn 1", "đoạn 1 phần mở đầu"),
    ("điều=1;đề mục=mục tiêu cụ thể", "Đ1 · Mục tiêu cụ thể", "phần Mục tiêu cụ thể, Điều 1"),
    (
        "đề mục=mục tiêu;gạch=2;gạch=1",
        "Mục tiêu · gạch 2 · gạch 1",
        "gạch đầu dòng thứ 1 gạch đầu dòng thứ 2 phần Mục tiêu",
    ),
    (
        "đề mục=theo báo chí và hồ sơ tra cứu;đề mục=chữ ký",
        "Theo báo chí và hồ sơ tra cứu · Chữ ký",
        "phần Chữ ký, phần Theo báo chí và hồ sơ tra cứu",
    ),
    (
        "đề mục=theo báo chí và hồ sơ tra cứu;điều=7",
        "Theo báo chí và hồ sơ tra cứu · Đ7",
        "Điều 7 thuộc phần Theo báo chí và hồ sơ tra cứu",
    ),
]


@pytest.mark.parametrize(("address", "as_short", "as_legal"), PRINTED)
def test_prints_every_level(address, as_short, as_legal):
    parsed = Address.parse(address)
    assert short(parsed) == as_short
    assert legal(parsed) == as_legal
    assert not set('"“”') & set(as_legal)


@pytest.mark.parametrize(("address", "_", "as_legal"), PRINTED[1:])
def test_reads_back_what_it_prints(address, _, as_legal):
    assert str(parse_legal(as_legal)) == address


def test_printed_headings_keep_their_capitals():
    address = Address.parse("đề mục=kế hoạch của tỉnh sóc trăng;gạch=1")
    assert legal(address) == "gạch đầu dòng thứ 1 phần Kế hoạch của tỉnh sóc trăng"
    assert legal(address, ["Kế hoạch của tỉnh Sóc Trăng"]) == "gạch đầu dòng thứ 1 phần Kế hoạch của tỉnh Sóc Trăng"


READ = [
    # large to small
    ("Điều 1, Mục I, khoản 2", "điều=1;mục=I;khoản=2"),
    ("Điều 7 khoản 3 điểm đ", "điều=7;khoản=3;điểm=đ"),
    ("Điều 1, phần Mục tiêu cụ thể", "điều=1;đề mục=mục tiêu cụ thể"),
    # mixed: a roman Mục beside a điều lies inside it
    ("Mục I Điều 1, khoản 2", "điều=1;mục=I;khoản=2"),
    # containers of a điều are left out
    ("Chương I, Điều 3, khoản 1", "điều=3;khoản=1"),
    ("Điều 5 Mục 1 Chương II", "điều=5"),
    ("Chương II Mục 1 Điều 5", "điều=5"),
    # abbreviations
    ("Đ1 K2", "điều=1;khoản=2"),
    ("Đ1K2", "điều=1;khoản=2"),
    ("k2đ1", "điều=1;khoản=2"),
    ("đ.1 k.2", "điều=1;khoản=2"),
    ("đ 1", "điều=1"),
    # small letters, no or half the diacritics, other spaces
    ("khoan 2 dieu 3", "điều=3;khoản=2"),
    ("dieu 1 muc I", "điều=1;mục=I"),
    ("dieu 1 muc ii khoan 2", "điều=1;mục=II;khoản=2"),
    ("khỏan 2 điều 3", None),
    ("đieu 3  khoan\u00a02", "điều=3;khoản=2"),
    ("ĐIỂM A KHOẢN 2 ĐIỀU 5", "điều=5;khoản=2;điểm=a"),
    ("khoản 2 của Điều 5", "điều=5;khoản=2"),
    ("phan the thuc", "đề mục=thể thức"),
    ("gạch đầu dòng thứ nhất mục 1", "mục=1;gạch=1"),
    ("phần mục tiêu cụ thể điều 1", "điều=1;đề mục=mục tiêu cụ thể"),
    # English
    ("Article 1, Section I, clause 2", "điều=1;mục=I;khoản=2"),
    ("point a, clause 2 of Article 5", "điều=5;khoản=2;điểm=a"),
    ("Chapter II", "chương=II"),
    ("Appendix I", "phụ lục=I"),
    # not one address
    ("", None),
    ("khoản 1, 2 Điều 5", None),
    ("khoản 1 Điều 3 và khoản 2 Điều 5", None),
    ("Điều 5 nói gì", None),
    ("điều kiện", None),
    ("điều gì", None),
    ("mức 1", None),
    ("mục tiêu", None),
    ("mục đích 1 năm", None),
    ("khoản chi", None),
    ("khoản 5 triệu", None),
    ("khoản 1.000", None),
    ("điểm mới", None),
    ("14 tỉnh", None),
    ("100%", None),
]


@pytest.mark.parametrize(("text", "address"), READ)
def test_reads_both_orders_abbreviations_and_english(text, address):
    parsed = parse_legal(text)
    assert (str(parsed) if parsed else None) == address


def test_reads_decomposed_text():
    assert parse_legal("Đie\u0302\u0300u 5") == Address.of((Level.DIEU, "5"))


@pytest.mark.parametrize(
    ("address", "others"),
    [
        ("điều=1;mục=1", ["điều=1;mục=I", "điều=1;khoản=1"]),
        ("khoản=1", ["mục=1"]),
        ("điểm=2", ["mục=2", "khoản=2"]),
        ("mục=II;điểm=1", ["mục=II;khoản=1"]),
        ("mục=II;khoản=1.1", ["mục=II;điểm=1.1"]),
        ("điều=5;khoản=2;điểm=a", []),
    ],
)
def test_other_readings_come_after_the_literal_one(address, others):
    assert [str(reading) for reading in readings(Address.parse(address))] == [address, *others]


# --- property: legal and back -------------------------------------------------------------------------------------

number = st.integers(1, 120).map(str)
roman = st.sampled_from(["I", "II", "III", "IV", "V", "VI", "IX", "X", "XIV", "XVIII"])
letter = st.sampled_from(list("abcdđeghiklmnopqrstuvxy"))
small = st.integers(1, 9).map(str)
heading = st.lists(
    st.sampled_from(
        [
            "mục tiêu",
            "cụ thể,",
            "nội dung",
            "truyền thông",
            "kinh phí",
            "và",
            "số",
            "ngày",
            "chữ ký",
            "theo",
            "báo chí",
            "điểm",
        ]
    ),
    min_size=2,
    max_size=6,
).map(lambda words: " ".join(words).strip(", "))


def _steps(*parts):
    """A run of (level, labels), any suffix of which may be missing, but not the first."""

    @st.composite
    def build(draw):
        length = draw(st.integers(1, len(parts)))
        return Address(tuple(Step(level, draw(labels)) for level, labels in parts[:length]))

    return build()


L = Level
addresses = st.one_of(
    _steps((L.DIEU, number), (L.KHOAN, number), (L.DIEM, letter), (L.GACH, small)),
    _steps((L.DIEU, number), (L.MUC, roman), (L.KHOAN, number), (L.DIEM, letter), (L.DOAN, small)),
    _steps((L.DIEU, number), (L.DE_MUC, heading), (L.GACH, small), (L.GACH, small)),
    _steps((L.MUC, roman), (L.KHOAN, number), (L.DIEM, small.map(lambda n: f"1.{n}")), (L.GACH, small)),
    _steps((L.MUC, number), (L.DIEM, letter), (L.GACH, small), (L.GACH, small)),
    _steps((L.CHUONG, roman), (L.MUC, number), (L.TIEU_MUC, number)),
    _steps((L.PHAN, st.sampled_from(["thứ nhất", "thứ hai", "I", "IV"])), (L.CHUONG, roman), (L.MUC, number)),
    _steps((L.PHU_LUC, st.one_of(roman, number, st.just("01-BC"))), (L.DIEU, number), (L.KHOAN, number)),
    _steps((L.PHU_LUC, roman), (L.MUC, roman), (L.KHOAN, number)),
    _steps((L.DE_MUC, heading), (L.DE_MUC, heading), (L.DOAN, small)),
    _steps((L.DE_MUC, heading), (L.DIEU, number), (L.KHOAN, number), (L.DIEM, letter)),
)


@settings(max_examples=300, deadline=None)
@given(addresses)
def test_legal_and_back(address):
    assert parse_legal(legal(address)) == address


@settings(max_examples=100, deadline=None)
@given(addresses)
def test_short_names_every_step(address):
    assert len(short(address).split(" · ")) == len(address)


@settings(max_examples=200, deadline=None)
@given(st.text("điềuhoảnmụcIVX1234 ,.()%kđ", max_size=40))
def test_reading_never_fails(text):
    parsed = parse_legal(text)
    assert parsed is None or parsed.steps
