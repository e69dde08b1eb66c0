from __future__ import annotations

import unicodedata

import pytest

from policy_qa.answering.names import english_names, names
from policy_qa.answering.tokens import quotations, spelled, tokens


def read(text: str) -> list[str]:
    return [token.text for token in tokens(spelled(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND TP. Hải Lâm", "Ủy ban nhân dân thành phố. Hải Lâm"),
        ("Ủy ban", "Uỷ ban"),
        ("hoà bình", unicodedata.normalize("NFD", "hòa bình")),
        ("57 – KL/TW", "57-kl/tw"),
        ("1079/QĐ–TTg", "1079/QĐ-TTg"),
        ("ngày 14/9/2022", "ngày 14 tháng 9 năm 2022"),
        ("ngày 14.09.2022", "ngày 14-9-2022"),
        ("tháng 12/2025", "tháng 12 năm 2025"),
        ("Ban Tuyên giáo T.Ư", "Ban Tuyên giáo TW"),
    ],
)
def test_what_is_written_in_two_ways_is_read_in_one(one: str, other: str) -> None:
    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tháng 12 năm 2025", ["tháng", "2025-12"]),
        ("quý 2 năm 2034", ["quý", "2", "năm", "2034"]),
        ("ngày 31/7 hằng năm", ["ngày", "--07-31", "hằng", "năm"]),
        ("giai đoạn 2023-2028", ["giai", "đoạn", "2023", "-", "2028"]),
        ("72/2015/NĐ-CP", ["72/2015/nđ-cp"]),
        ("15-20%", ["15", "-", "20", "%"]),
        ("1.079", ["1.079"]),
        ("", []),
    ],
)
def test_dates_numbers_and_figures(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bộ Ngoại giao chủ trì, phối hợp với Bộ Công an", ["bộ ngoại giao", "bộ công an"]),
        ("do Ban Tuyên giáo Trung ương ban hành", ["ban tuyên giáo trung ương"]),
        ("Kế hoạch do Võ Ngọc Hiệp ký", ["võ ngọc hiệp"]),
        ("do ông Đinh Thế Huynh làm Trưởng Ban", ["đinh thế huynh", "trưởng ban"]),
        ("Hội nghị họp tại Hòa Bình", ["hoà bình"]),
        ("Hoạt động này phải đúng hướng", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    said = tokens(spelled(text))
    assert [" ".join(token.text for token in said[start:end]) for start, end in names(said)] == expected


def test_bodies_of_an_english_statement_have_vietnamese_names() -> None:
    found = dict(english_names("The Ministry of Public Security shall report to the Prime Minister under the Decree."))
    assert ("bộ", "công", "an") in found["Ministry of Public Security"]
    assert ("thủ", "tướng") in found["Prime Minister"]
    assert "Decree" not in found


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("nêu “a” và «b»", ["a", "b"]), ('nêu "a b"', ["a b"]), ("nêu “a", ["a"]), ("không có gì", [])],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [said for _, said in quotations(text)] == quoted
