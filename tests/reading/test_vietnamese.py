"""Folding, stripping and tone placement."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.reading.vietnamese import fold, nfc, normalise_tone, strip_diacritics

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ QĐUOA.,-"
words = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper()), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Quyết định số 12/QĐ-TTg", "quyet dinh so 12/qd-ttg"),
        ("ĐẢNG", "dang"),
        ("Người lao động ở nước ngoài", "nguoi lao dong o nuoc ngoai"),
        ("ưu tiên", "uu tien"),
        ("", ""),
        ("no marks", "no marks"),
        ("İ", "i"),  # its own lower case has two code points
        ("한글", "한글"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hòa bình", "hoà bình"),
        ("HÒA BÌNH", "HOÀ BÌNH"),
        ("thủy sản, khỏe, ủy ban, Ủy ban", "thuỷ sản, khoẻ, uỷ ban, Uỷ ban"),
        ("lũy tích", "luỹ tích"),
        ("quý, quỳ, Qúy", "quý, quỳ, Qúy"),  # after q the u is no vowel
        ("hoàn, hoạt, thuyền, khoét, toàn", "hoàn, hoạt, thuyền, khoét, toàn"),  # closed syllables have one placement
        ("của, mùa, tòa án", "của, mùa, toà án"),
        ("hoà", "hoà"),
    ],
)
def test_normalise_tone(text: str, expected: str) -> None:
    assert normalise_tone(text) == expected


@given(words)
@settings(max_examples=100)
def test_folding_keeps_length_and_is_idempotent(text: str) -> None:
    composed = nfc(text)
    for change in (fold, strip_diacritics, normalise_tone):
        assert len(change(composed)) == len(composed)
        assert change(change(composed)) == change(composed)
        assert change(unicodedata.normalize("NFD", text)) == change(composed)


@given(st.text(max_size=30))
@settings(max_examples=100)
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(fold(nfc(text))) == len(nfc(text))


@given(words)
@settings(max_examples=50)
def test_tone_placement_folds_alike(text: str) -> None:
    assert fold(normalise_tone(text)) == fold(text)
