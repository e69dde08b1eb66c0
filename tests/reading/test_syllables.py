"""What can be a Vietnamese syllable, and broken ones joined only where that is certain."""

import pytest

from policy_qa.reading.syllables import has_vowel, is_broken, is_syllable, mended, syllabic_share


@pytest.mark.parametrize(
    "word",
    "và nghiêng khuỷu Đường gì gìn giếng già giêng quý quốc quyết nguyễn ngoằn ngoèo hoà hòa thuỷ thủy ý yêu yết oà uỵch khuya quơ "
    "xoong boong ươm ướt ĐỊNH Ấp ít át ếch ách tich thuc nghi".split(),
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        *"ng NĐ-CP nđ cp zalo wifi fax kilô bãc hßa toäng ngữh các̀ họcc àp học̉ ách̀ tỉch qa ngk đđ a1 iii".split(),
        "",
        " ",
    ],
)
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_share() -> None:
    assert syllabic_share(["Điều", "nđ", "cp", "luật"]) == 0.5
    assert syllabic_share([]) == 0.0


def test_vowels() -> None:
    assert has_vowel("Ị")
    assert has_vowel("đỡ")
    assert not has_vowel("NĐ")


BROKEN = "Ngh ị đ ịnh này quy đ ịnh chi ti ết v ề vi ệc b ảo đ ảm quy ền c ủa ng ười dân, ch ế độ báo cáo, th ời hạn và tr ình tự."
WHOLE = (
    "Các bên thực hiện theo điểm b ảnh hưởng trực tiếp, điểm d ở khoản 2, mục c ủy quyền và các phụ lục kèm theo của văn bản này, "
    "trừ trường hợp có thỏa thuận khác bằng văn bản giữa các cơ quan có thẩm quyền."
)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ng ười lao động", "Người lao động"),
        ("Th ông tư; NGH Ị ĐỊNH", "Thông tư; NGHỊ ĐỊNH"),
        ("người sử dụng l ao động", "người sử dụng lao động"),
        (WHOLE, WHOLE),
        ("b ảo hi ểm " * 12, "bảo hi ểm " * 12),  # "hi" is whole without "ểm"
        ("TT Internet, NĐ an toàn, ng abc", "TT Internet, NĐ an toàn, ng abc"),
        ("", ""),
    ],
    ids=["onset", "capitals", "one letter", "labels", "readable on both sides", "abbreviations", "nothing"],
)
def test_mended(text: str, whole: str) -> None:
    assert mended(text) == whole


def test_what_is_broken_is_measured() -> None:
    assert is_broken(BROKEN)
    assert not is_broken(WHOLE.split(", trừ ")[1] * 3)
    assert not is_broken("b ảo hi ểm")  # too few words to tell
    assert mended(BROKEN) == (
        "Nghị định này quy định chi ti ết về vi ệc bảo đảm quy ền của người dân, chế độ báo cáo, thời hạn và trình tự."
    )
