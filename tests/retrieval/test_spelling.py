"""What a question was meant to say."""

from __future__ import annotations

import pytest

from policy_qa.reading.vietnamese import strip_diacritics
from policy_qa.retrieval.spelling import Speller, speller, telex


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("quyeenf", "quyền"), ("dduowcj", "được"), ("ddieeuf", "điều"), ("nguwowif", "người"), ("khoanr", "khoản"),
        ("hoaf", "hoà"), ("vieetj", "việt"), ("quys", "quý"), ("dangd", "đang"), ("luaatj", "luật"), ("cua", "cua"),
    ],
)  # fmt: skip
def test_telex_keys_become_letters(typed: str, shown: str) -> None:
    assert telex(typed) == shown


@pytest.mark.parametrize(
    "said",
    [
        "quyền của người lao động", "thời hạn giải quyết khiếu nại", "công an xã có được phạt tiền không",
        "trách nhiệm của uỷ ban nhân dân tỉnh", "ai được cấp giấy phép lái xe",
    ],
)  # fmt: skip
def test_diacritics_are_restored(said: str) -> None:
    assert " ".join(speller().meant(strip_diacritics(said).split(), bare=True)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bằng láiz xe máy", "bằng lái xe máy"), ("hợp đồg lao động", "hợp đồng lao động"),
        ("quyeenf con người", "quyền con người"), ("giấy khai sihn", "giấy khai sinh"),
    ],
)  # fmt: skip
def test_slips_are_mended(typed: str, said: str) -> None:
    assert " ".join(speller().meant(typed.split(), bare=False)) == said


def test_known_words_numbers_and_what_is_fixed_stay() -> None:
    known = "văn bản số 1079 của qđ".split()
    assert speller().meant(known, bare=False, fixed=[False] * 5 + [True]) == known


def test_nothing_in_nothing_out() -> None:
    assert speller().meant([], bare=True) == []


def test_the_likelier_sequence_wins() -> None:
    spelled = Speller([("lái", "", 10), ("lại", "", 50), ("bằng", "", 40), ("bằng", "lái", 20)])
    assert spelled.meant(["bang", "lai"], bare=True) == ["bằng", "lái"]
    assert spelled.meant(["lai"], bare=True) == ["lại"]
