"""What a question states must stand in the words that answer it: bodies, places, figures, sums and legal effects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from policy_qa.answering.asked import bodies, spoken, typed
from policy_qa.answering.bands import placed
from policy_qa.answering.fitting import wanted
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.query import Query

_WORD: Final = re.compile(r"[^\W_]+")
_FINED: Final = r"phạt\b(?! (?:ngôn|triển|hành|hiện|biểu|sinh|huy|động|thanh|sóng))"
"""Typed bare, "phat ngon" and its like are no fines."""
_EFFECTS: Final = tuple(
    (typed(rf"\b{effect}\b"), (effect,))
    for effect in (
        "bãi bỏ",
        "thay thế",
        "huỷ bỏ",
        "đình chỉ",
        "giải thể",
        "sáp nhập",
        "thu hồi",
        "miễn thị thực",
        "miễn thuế",
        "đặc xá",
    )
)
_TOPICS: Final = (
    (
        typed(
            rf"\bxử phạt|\bphạt tiền|\bmức phạt\b|\b(?:bị|phải) {_FINED}|\b{_FINED} (?:thế nào|sao\b)|\b{_FINED}.{{0,60}} bao nhiêu\b|"
            r"\bbị xử (?:sao|thế nào|ra sao|gì)\b|\b(?:fines?|penalt(?:y|ies)) (?:is|for|does|of)\b|\bfined\b|\bpunish"
        ),
        ("phạt", "kỷ luật", "xử lý vi phạm", "truy cứu"),
    ),
    (
        typed(
            r"\bkinh phí|\b(?:ai|cơ quan nào|nơi nào|bên nào) (?:đóng|trả|chi|bỏ|cấp|chịu) (?:tiền|chi phí)\b|\btiền (?:đâu|ở đâu|lấy)|"
            r"\bwho (?:pays?|funds?|finances?)\b|\b(?:paid|funded) by\b"
        ),
        ("kinh phí", "ngân sách", "chi phí", "nguồn vốn", "tài trợ", "chi trả", "triệu đồng", "tỷ đồng", "xã hội hoá"),
    ),
    (
        typed(
            r"\b(?:hết|mất|chấm dứt) hiệu lực\b|\bhiệu lực (?:thi hành )?(?:đến|tới)\b|\bhết hạn\b|\bexpires?\b|\bcease|"
            r"\b(?:in force|effective) until\b|^until (?:when|what)\b"
        ),
        ("hết hiệu lực", "đến hết", "hết hạn", "chấm dứt hiệu lực", "đến ngày", "thời hạn áp dụng"),
    ),
)
"""What a question is about, and the words of which one must stand where it is answered."""
_EITHER: Final = typed(r"\b(?:hay(?: là)?|hoặc|or) (?!không\b)")
_DENIED: Final = re.compile(r"\bkhông phải(?: là)?\b")
_TAKES_FOR_GRANTED: Final = typed(r"^\W*(?:vì sao|tại sao|vì lý do gì|why|how come)\b")


def whole_words(text: str) -> str:
    """The folded words between spaces, so that "10" is not found in "100"; figures without leading zeros."""
    return f" {' '.join(word.lstrip('0') or '0' for word in re.findall(_WORD, fold(text)))} "


def stands(query: Query, passage: str, around: str) -> bool:
    """Whether the passage with what stands around it has all that the question states.

    Args:
        query: the question.
        passage: the passage's own words; sums of money are looked for there alone.
        around: its headings, and the issuer and title of its document.
    """
    names, figures, stated = list(_names(query)), _figures(query, passage), effects(query.text)
    if names or figures:
        said = whole_words(f"{passage} {around}")
        if not all(any(whole_words(name) in said for name in alternatives) for alternatives in names):
            return False
        if not all(whole_words(figure) in said for figure in figures):
            return False
    if stated:
        spelled = f" {' '.join(_WORD.findall(spoken(f'{passage} {around}')))} "  # "phạt" is not "phát"
        if not all(any(f" {word} " in spelled for word in words) for words in stated):
            return False
    return _sum(query, passage)


@lru_cache(maxsize=256)
def effects(question: str) -> tuple[tuple[str, ...], ...]:
    """For each legal effect or matter of money that the question speaks of, the words of which an answer has one."""
    said = spoken(question)
    return tuple(words for pattern, words in (*_EFFECTS, *_TOPICS) if pattern.search(said))


def takes_for_granted(question: str) -> bool:
    """Whether the question asks why something is so, and so takes for granted that it is."""
    return _TAKES_FOR_GRANTED.search(spoken(question)) is not None


def denies(question: str, words: str, number: str | None) -> bool:
    """Whether the words say that what the question takes for granted is not so of the document with this number."""
    if number is None or not takes_for_granted(question):
        return False
    match = _DENIED.search(words)
    return match is not None and number in words[match.end() :]


def _names(query: Query) -> Iterator[tuple[str, ...]]:
    """The bodies and places that the question names, each with what an abbreviation of it stands for."""
    found = [(name, *(o for said, o in query.phrases if fold(said) in name)) for name in bodies(query.text)]
    if len(found) > 1 and _EITHER.search(spoken(query.text)):
        yield tuple(name for names in found for name in names)
    else:
        yield from found


def _figures(query: Query, passage: str) -> list[str]:
    """The figures of the question that the passage must have: all but one for which it has a band."""
    figures = [word.lower for word in query.content if word.lower.isdigit() and len(word.lower) > 1]
    return [] if figures and placed(query.text, passage) else figures


def _sum(query: Query, passage: str) -> bool:
    needed = wanted(query.text)
    return not needed.of_money or needed.in_(passage)
