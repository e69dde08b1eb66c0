import time

import pytest

from policy_qa.structure import grammar


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("I", 1),
        ("IV", 4),
        ("IX", 9),
        ("XIV", 14),
        ("XL", 40),
        ("XCIX", 99),
        ("IIII", None),
        ("VX", None),
        ("", None),
        ("A", None),
    ],
)
def test_roman_value(label: str, value: int | None) -> None:
    assert grammar.roman_value(label) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 21/CT-TTg", "21/CT-TTg"),
        ("số 15/2026/NQ-CP ngày", "15/2026/NQ-CP"),
        ("66.17/2026/NQ-CP", "66.17/2026/NQ-CP"),
        ("Luật số: 19/2023/QH15", "19/2023/QH15"),
        ("17/2022/UBTVQH15", "17/2022/UBTVQH15"),
        ("Số 57-KL/TW", "57-KL/TW"),
        ("5768/BTTTT-TTĐN", "5768/BTTTT-TTĐN"),
        ("08/2012/TTLT-BLĐTBXH-BNV-BTC", "08/2012/TTLT-BLĐTBXH-BNV-BTC"),
        ("111-HD/BTGTW.", "111-HD/BTGTW"),
        ("ngày 20/5/2026", None),
        ("giai đoạn 2023-2028", None),
        ("số 60 Trần Phú", None),
        ("24/7", None),
        ("COVID-19", None),
    ],
)
def test_number(text: str, number: str | None) -> None:
    match = grammar.NUMBER.search(text)
    assert (match and match[0]) == number


@pytest.mark.parametrize(
    ("text", "number", "suffix", "title"),
    [
        ("Điều 3. Trách nhiệm tổ chức", "3", "", "Trách nhiệm tổ chức"),
        ("Điều\u00a01. Phạm vi", "1", "", "Phạm vi"),
        ("ĐIỀU 1.", "1", "", ""),
        ("Điều 1: Tên", "1", "", "Tên"),
        ("Điều 5a. Tên", "5", "a", "Tên"),
        ("Điều 12", "12", "", None),
    ],
)
def test_article(text: str, number: str, suffix: str, title: str | None) -> None:
    match = grammar.ARTICLE.match(text)
    assert match is not None
    assert (match["number"], match["suffix"], match["title"]) == (number, suffix, title)


@pytest.mark.parametrize(
    "text", ["Điều 5 Nghị định này quy định", "Điều 5, khoản 2", "Điều kiện áp dụng", "theo Điều 3."]
)
def test_no_article(text: str) -> None:
    assert grammar.ARTICLE.match(text) is None


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (
            grammar.CLAUSE,
            ["1. Một", "2a. Hai", "3/ Ba", "4) Bốn", "5- Năm", "3.Ba"],
            ["1.000 đồng", "15-20 người", "30/2020/NĐ-CP", "2026 là"],
        ),
        (grammar.DECIMAL, ["1.1. Một", "1.1 Một", "2.3.1. Ba"], ["1. Một", "1.000 đồng", "2.5% số"]),
        (grammar.POINT, ["a) Một", "đ) Hai", "a1) Ba", "b. Hai"], ["v.v. là", "A) Một", "ab) Một", "a Một"]),
        (grammar.ROMAN, ["I. MỤC", "II- Mục", "IV/ Mục", "V.- Mục"], ["I", "Im. lặng", "1. Một"]),
        (grammar.DASH, ["- Một", "+ Hai", "– Ba", "-Bốn"], ["-5 độ", "--", "a - b"]),
    ],
)
def test_items(pattern: "grammar.re.Pattern[str]", good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not pattern.match(text)] == []
    assert [text for text in bad if pattern.match(text)] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Hà Nội, ngày 20 tháng 5 năm 2026", "2026-05-20"),
        ("ngày 22/6/2015", "2015-06-22"),
        ("ngày 5.1.2011", "2011-01-05"),
        ("ngày 45 tháng 5 năm 2026", None),
        ("tháng 5 năm 2026", None),
    ],
)
def test_date(text: str, date: str | None) -> None:
    assert grammar.iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Trần Văn Hoa", True), ("TRẦN VĂN HOA", False), ("Hoa", False), ("Như Điều 2", False), ("Lưu: VT", False)],
)
def test_name(text: str, expected: bool) -> None:
    assert grammar.is_name(text) is expected


@pytest.mark.parametrize(
    "unit", ["1.1.", "I", "a)", "Điều 1. ", "“", "số 1/", " -", "PHỤ LỤC ", "A-B-", "ngày 1 tháng ", "....", "TM."]
)
def test_patterns_are_linear(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    patterns = [value for value in vars(grammar).values() if isinstance(value, grammar.re.Pattern)]
    started = time.perf_counter()
    for pattern in patterns:
        pattern.search(text)
    assert time.perf_counter() - started < 2.0
