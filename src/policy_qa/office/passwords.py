"""Passwords: argon2id hashes, what a password must be, and new ones made by chance.

The cost is OWASP's least for argon2id with one pass more: about 80 ms on one core of an office server, 19 MiB. They are
computed on half of the cores at most, so that a flood of logins cannot take the machine's memory and cores from those who ask.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from policy_qa.errors import PolicyQAError
from policy_qa.reading.vietnamese import fold

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
LONGEST = 200
PASSES, KIBIBYTES, LANES = 3, 19_456, 1
SYLLABLES = tuple(a + b for a in "bcdghklmnprstv" for b in ("a", "an", "ang", "e", "en", "i", "inh", "o", "ong", "u"))
"""Plain syllables of a made password: 140, so that seven of them and two digits are 56 bits."""
NOT_A_HASH = "!"
"""Verifies no password, in the time that a hash takes."""

_at_once = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) // 2))
_COMMON_WORDS = (
    "matkhau|password|passw0rd|p@ssw0rd|vietnam|quantri|administrator|admin|nguoidung|canbo|vanphong|chinhphu|chinhsach|"
    "policyqa|hoidap|user|welcome|iloveyou|letmein|monkey|dragon|sunshine|princess|football|master|anhyeuem|emyeuanh|"
    "toiyeuvietnam|hanoi|saigon|hochiminh|danang|khongbiet|khongco|taolatao|abc|test|qwerty|asdfgh|zxcvbn|login|root"
)
_COMMON = re.compile(rf"(?:{_COMMON_WORDS})+[\W_]*[0-9]*[\W_]*")
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
)


class BadPassword(PolicyQAError):
    """A new password that is too short or too easy to guess."""


def hashed(password: str) -> str:
    """The argon2id hash of `password`, in the PHC string form."""
    with _at_once:
        return _hasher().hash(_normal(password))


def verified(stored: str, password: str) -> bool:
    """Whether `stored` is the hash of `password`; takes as long for `NOT_A_HASH` and any other text that is no hash."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _at_once:
        try:
            return _hasher().verify(_dummy() if stored == NOT_A_HASH else stored, _normal(password)) and stored != NOT_A_HASH  # fmt: skip
        except (VerificationError, InvalidHashError):
            return False


def check_new(password: str, name: str) -> None:
    """Raises BadPassword, with the rules in a sentence, unless `password` may be the one of the user `name`."""
    plain = fold(_normal(password)).casefold()
    if len(_normal(password)) > LONGEST:
        raise BadPassword(f"Mật khẩu dài quá {LONGEST} ký tự: hãy chọn mật khẩu ngắn hơn.")
    if (
        len(_normal(password)) < SHORTEST
        or len(plain.replace(fold(name).casefold(), "")) < SHORTEST - 2
        or len(set(plain)) < 5
        or _COMMON.fullmatch(plain)
        or _COMMON.fullmatch(plain.replace(" ", ""))
        or _runs_along_the_keys(plain)
    ):
        raise BadPassword(
            f"Mật khẩu chưa đạt: cần từ {SHORTEST} ký tự trở lên, không dựa vào tên người dùng, không phải từ thông dụng, "
            "dãy phím liền nhau hay ít ký tự lặp lại; ghép ba, bốn từ không liên quan với nhau là cách dễ nhớ."
        )


def generated() -> str:
    """A password made by chance, easy to read over the telephone."""
    words = ["".join(secrets.choice(SYLLABLES) for _ in range(n)) for n in (2, 2, 3)]
    return "-".join((*words, str(10 + secrets.randbelow(90))))


def _runs_along_the_keys(plain: str) -> bool:
    """Whether it is nothing but stretches of neighbouring keys, each of three or more, forwards or backwards."""
    rows = (*_ROWS, *(row[::-1] for row in _ROWS))
    at = 0
    while at < len(plain):
        longest = max(
            (n for row in rows for n in range(3, len(plain) - at + 1) if plain[at : at + n] in row), default=0
        )
        if not longest:
            return False
        at += longest
    return True


def _normal(password: str) -> str:
    """NFC, as RFC 8265 asks: a Vietnamese keyboard may send letters and marks apart."""
    return unicodedata.normalize("NFC", password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=KIBIBYTES, parallelism=LANES)


@cache
def _dummy() -> str:
    return _hasher().hash(secrets.token_hex())
