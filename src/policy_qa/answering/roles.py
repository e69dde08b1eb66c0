"""Who does what to whom: "A giao B" is not "B giao A"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policy_qa.answering.claims import Claims
from policy_qa.answering.modality import STOP
from policy_qa.answering.readings import Sentence

_RELATIONS: Final = tuple(
    f" {verb} "
    for verb in (
        "giao", "trình", "báo cáo", "gửi", "chủ trì", "phối hợp với", "đề nghị", "kiến nghị", "phê duyệt", "ban hành",
        "chỉ đạo", "kiểm tra", "giám sát", "hướng dẫn", "uỷ quyền", "phân công", "thay thế", "sửa đổi", "bãi bỏ",
        "căn cứ", "thực hiện", "cụ thể hoá", "tiếp tục", "viện dẫn", "tổng kết", "triển khai", "thành lập", "bổ nhiệm",
        "thẩm định", "chịu trách nhiệm", "tham mưu", "giúp", "cung cấp", "tập huấn", "ký thay", "đình chỉ",
    )
)  # fmt: skip
_OF_TEXTS: Final = frozenset({" thực hiện ", " triển khai ", " tiếp tục ", " căn cứ ", " hướng dẫn "})
"""What documents do to each other; of bodies these tell nothing about who acts on whom."""
_PASSIVE: Final = (" do ", " bởi ", " bị ", " được ")
_BESIDE: Final = 8


def swapped(claims: Claims, source: Sentence) -> Iterator[str]:
    """What does something in the source, and has it done to it in the statement; at most one Vietnamese sentence."""
    sentence = claims.sentence
    numbers = [number for _, number in claims.numbers]
    named = [*(claims.name(start, end) for start, end in claims.names), *numbers]
    for verb in _RELATIONS:
        if verb not in sentence.spaced or verb not in source.spaced:
            continue
        left, _, right = sentence.spaced.partition(verb)
        its_left, _, its_right = source.spaced.partition(verb)
        here, there = (f"{left} ", f" {right}"), (f"{its_left} ", f" {its_right}")
        if any(word in side for word in _PASSIVE for side in (here[0], there[0])):
            continue
        crossed = verb not in _OF_TEXTS and _crossed(here, there)
        moved = [name for name in (numbers if verb in _OF_TEXTS else named) if _moves(name, here, there)]
        partners = [name for name in named if f" {name} " in here[1]]
        if crossed or any(name != other for name in moved for other in partners):
            yield f"Câu trả lời đổi vai hai bên của việc “{verb.strip()}” so với nguồn dẫn."
            return


def _moves(name: str, here: tuple[str, str], there: tuple[str, str]) -> bool:
    """Whether the name stands only before the verb in the statement, and only behind it in the source."""
    spaced = f" {name} "
    return spaced in here[0] and spaced not in here[1] and spaced in there[1] and spaced not in there[0]


def _crossed(here: tuple[str, str], there: tuple[str, str]) -> bool:
    """Whether the words next to the verb stand mostly on the other side of it in the source."""
    one, two = set(_content(here[0])[-_BESIDE:]), set(_content(here[1])[:_BESIDE])
    first, second = set(_content(there[0])[-_BESIDE:]), set(_content(there[1])[:_BESIDE])
    one, two = one - two, two - one
    first, second = first - second, second - first
    crossing, straight = (len(one & second), len(two & first)), len(one & first) + len(two & second)
    return min(crossing) > 0 and sum(crossing) > straight + 1


def _content(spaced: str) -> list[str]:
    return [word for word in spaced.split() if word not in STOP and word[0].isalnum()]
