"""Questions as other people type them: what each perturbation makes of a question, and what it never touches."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.citing.reference import extract
from policy_qa.evaluation.perturbations import PERTURBATIONS, perturb, perturbed
from policy_qa.evaluation.perturbations.keys import telex_keys
from policy_qa.evaluation.questions import Question
from policy_qa.reading.vietnamese import fold, nfc, normalise_tone
from policy_qa.retrieval.spelling import telex

ASKED = "Khoản 2 Điều 5 Nghị định số 145/2026/NĐ-CP giao Bộ Tài chính việc gì?"


def asked(number: int, words: str) -> Question:
    return Question(f"q-{number}", words, "content", "plain", (("1/A#điều=1",),), (), False, None, "t", "reviewed")


@pytest.mark.parametrize(
    ("name", "question", "changed"),
    [
        ("no-diacritics", "Ai ký Quyết định 345/QĐ-UBND?", "Ai ky Quyet dinh 345/QD-UBND?"),
        ("no-diacritics", "Đồng bào được gì", "Dong bao duoc gi"),
        ("abbreviation", "Ủy ban nhân dân làm gì về quyền con người?", "UBND làm gì về QCN?"),
        ("abbreviation", "Nghị định số 145/2026/NĐ-CP do ai ký?", "NĐ 145/2026/NĐ-CP do ai ký?"),
        ("abbreviation", "Nghị định này nói gì?", None),
        ("abbreviation", "ai quyết định việc này", None),  # a verb, not the kind of a document
        ("abbreviation", "Tỉnh Quảng Nam làm gì?", None),
        ("english-names", "Bộ Tài chính làm gì theo Nghị định số 5/2020/NĐ-CP?", "Ministry of Finance làm gì theo Decree No. 5/2020/NĐ-CP?"),
        ("english-names", "Quyết định 1079 do Thủ tướng Chính phủ ký?", "Decision 1079 do Prime Minister ký?"),
        ("english-names", "ai nộp hồ sơ", None),
        ("reorder", "Đến năm 2030, tỷ lệ phải đạt bao nhiêu?", "Tỷ lệ phải đạt bao nhiêu đến năm 2030?"),
        ("reorder", "Theo Nghị định 30/2020/NĐ-CP, ai kiểm tra?", "Ai kiểm tra theo Nghị định 30/2020/NĐ-CP?"),
        ("reorder", "Cơ quan nào kiểm tra theo Nghị định 30/2020/NĐ-CP?", "Theo Nghị định 30/2020/NĐ-CP, cơ quan nào kiểm tra?"),
        ("reorder", "Nghị định 5/2020/NĐ-CP do ai ký?", "Ai ký Nghị định 5/2020/NĐ-CP?"),
        ("reorder", "Ai ký Nghị định 5/2020/NĐ-CP?", "Nghị định 5/2020/NĐ-CP ai ký?"),
        ("reorder", "Điều kiện nào được nêu trong Nghị định 5/2020/NĐ-CP?", "Trong Nghị định 5/2020/NĐ-CP, điều kiện nào được nêu?"),
        ("reorder", "Mục tiêu nào của Nghị định 5/2020/NĐ-CP?", None),
        ("reorder", "Theo Luật Cây trồng ở đây, hạn nộp là ngày nào?", "Hạn nộp là ngày nào theo Luật Cây trồng ở đây?"),
        ("reorder", "Hạn nộp cho đoàn tàu là tháng nào?", None),
        ("reorder", "Vườn ươm phải mở cửa tới cuối tháng nào?", None),
        ("reorder", "Cho biết Nghị định 5/2020/NĐ-CP", None),
        ("reorder", "Vườn ươm mở cửa từ ngày nào?", "Từ ngày nào vườn ươm mở cửa?"),
        ("reorder", "vuon uom mo cua tu ngay nao", "tu ngay nao vuon uom mo cua"),
        ("reorder", "Trưởng ban quản lý vườn ươm là ai?", "Ai là trưởng ban quản lý vườn ươm?"),
        ("reorder", "Theo Luật Cây trồng, Luật Rừng, ai kiểm tra?", None),  # the comma may be within a list
        ("reorder", "Ai ký và ký ngày nào?", None),
        ("reorder", "Điều 5 quy định gì?", None),
        ("telex", "ai ky quyet dinh 5", None),
        ("typo", "ai ký 5/QĐ-A", None),
    ],
)  # fmt: skip
def test_what_a_perturbation_makes_of_a_question(name: str, question: str, changed: str | None) -> None:
    assert perturb(question, name) == changed


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_numbers_and_addresses_stay(name: str) -> None:
    changed = perturb(ASKED, name)
    assert changed is None or fold("Khoản 2 Điều 5") in fold(changed)
    assert changed is None or fold("145/2026/NĐ-CP") in fold(changed)
    assert (changed is None) == (name == "reorder")


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_same_seed_gives_the_same_words(name: str) -> None:
    assert perturb(ASKED, name, 7) == perturb(ASKED, name, 7)


def test_seeds_and_questions_slip_at_different_places() -> None:
    assert len({perturb(ASKED, "typo", seed) for seed in range(12)}) > 6


def test_what_is_too_long_to_be_asked_is_left_alone() -> None:
    assert perturb("được " * 401, "no-diacritics") is None
    assert perturb("được " * 399, "no-diacritics") is not None


def test_a_perturbation_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        perturb(ASKED, "shouting")


def test_a_set_is_parted_into_changed_and_unchanged() -> None:
    questions = [asked(1, "Ai ký?"), asked(2, "ai ky"), asked(3, "Ủy ban nhân dân là gì?")]
    found = perturbed(iter(questions), "no-diacritics")
    assert [(q.id, q.question) for q in found.questions] == [("q-1", "Ai ky?"), ("q-3", "Uy ban nhan dan la gi?")]
    assert found.unchanged == (questions[1],)
    assert found.questions[0].gold == questions[0].gold and found.questions[0].style == "plain"


# --- invariants ---------------------------------------------------------------------------------------------------

_WORDS = (
    "ai", "ký", "Quyết định", "345/QĐ-UBND", "khoản 2 Điều 5", "Mục I", "quyền con người", "Ủy ban nhân dân", "được", "bao nhiêu",
    "phần trăm", "theo", "Nghị định số 30/2020/NĐ-CP", "ngày nào", ",", "năm 2030", "đến", "hoà bình", "trường", "giữ", "?", "57-KL/TW",
)  # fmt: skip
QUESTIONS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9).map(" ".join) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(QUESTIONS, st.sampled_from(sorted(PERTURBATIONS)), st.integers(0, 5))
def test_no_perturbation_changes_what_is_named(question: str, name: str, seed: int) -> None:
    changed = perturb(question, name, seed)
    if changed is not None:
        before, after = (
            Counter((str(r.address), fold(r.number or "")) for r in extract(said)) for said in (question, changed)
        )
        assert before == after
        assert changed != nfc(question)
        assert [c for c in sorted(changed) if c.isdigit()] == [c for c in sorted(nfc(question)) if c.isdigit()]


@settings(max_examples=100, deadline=None)
@given(QUESTIONS)
def test_without_diacritics_there_are_none(question: str) -> None:
    changed = perturb(question, "no-diacritics")
    letters = [c for c in changed or "" if c.isalpha() and c.isascii() is False]
    assert not any(
        len(unicodedata.normalize("NFD", c)) > 1 for c in letters if c < "ỿ" and not 0xAC00 <= ord(c) <= 0xD7A3
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=8).map(" ".join), st.integers(0, 5))
def test_a_typo_is_one_slip_in_one_word(question: str, seed: int) -> None:
    changed = perturb(question, "typo", seed)
    if changed is not None:
        assert len(changed) == len(nfc(question))
        different = [i for i, (a, b) in enumerate(zip(nfc(question), changed, strict=True)) if a != b]
        assert len(different) in (1, 2) and different[-1] - different[0] < 2


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=3, max_size=9).map(" ".join))
def test_reordering_keeps_the_words(question: str) -> None:
    changed = perturb(question, "reorder")
    if changed is not None:
        lost = Counter(fold(question).replace(",", " ").split()) - Counter(fold(changed).replace(",", " ").split())
        assert set(lost) <= {"do"}


@pytest.mark.parametrize(
    "word", ["quyền", "được", "Người", "đường", "nghiệp", "thuỷ", "hoà", "giữ", "Đảng", "ước", "quý"]
)
def test_telex_keys_type_the_word_again(word: str) -> None:
    keys = telex_keys(word)
    assert keys is not None and keys.isascii()
    assert telex(keys.lower()) == normalise_tone(word.lower())


@pytest.mark.parametrize("word", ["ban", "UBND", "QUYỀN", "ky"])
def test_words_that_need_no_telex_have_no_keys(word: str) -> None:
    assert telex_keys(word) is None
