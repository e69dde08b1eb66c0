from __future__ import annotations

import time
import unicodedata

import pytest

from policy_qa.office.passwords import NOT_A_HASH, BadPassword, check_new, generated, hashed, verified


@pytest.mark.parametrize(
    "password",
    [
        "", "ngắn", "123456789", "1234567890", "0987654321", "qwertyuiop", "QWERTY12345", "aaaaaaaaaaaa", "abcabcabcabc",
        "matkhau2026", "Mật khẩu 2026!", "password123", "P@ssw0rd123", "vietnam@2026", "lan.nguyen-2026", "xxLÁN.NGUYENxx",
        "1q2w3e4r5t6y", "x" * 300, "hà nội 123456", "admin@123456",
    ],
)  # fmt: skip
def test_what_is_easily_guessed_is_refused_in_one_sentence(password: str) -> None:
    with pytest.raises(BadPassword) as error:
        check_new(password, "lan.nguyen")
    assert "\n" not in str(error.value) and str(error.value).startswith("Mật khẩu")


@pytest.mark.parametrize(
    "password", ["hoa sen núi biển", "Trâu-chậm-uống-nước", "x7#Kq!92vLw", "correct horse battery"]
)
def test_what_is_not_is_taken(password: str) -> None:
    check_new(password, "lan.nguyen")


def test_generated_passwords_keep_the_rules_and_differ() -> None:
    made = {generated() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        check_new(password, "lan")


def test_a_password_is_the_same_however_the_keyboard_sends_it() -> None:
    stored = hashed(unicodedata.normalize("NFD", "hoa sen núi biển"))
    assert stored.startswith("$argon2id$") and verified(stored, "hoa sen núi biển")
    assert hashed("hoa sen núi biển") != stored


@pytest.mark.parametrize("stored", ["", NOT_A_HASH, "$argon2id$", "plain"])
def test_what_is_no_hash_verifies_nothing(stored: str) -> None:
    assert not verified(stored, "") and not verified(stored, stored)


def test_an_unknown_name_costs_the_time_of_a_hash() -> None:
    stored = hashed("hoa sen núi biển")
    verified(NOT_A_HASH, "x")

    def seconds(of: str) -> float:
        times = []
        for _ in range(5):
            start = time.thread_time()
            verified(of, "hoa sen")
            times.append(time.thread_time() - start)
        return min(times)

    assert 0.5 < seconds(NOT_A_HASH) / seconds(stored) < 2
