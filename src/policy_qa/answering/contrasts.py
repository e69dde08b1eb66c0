"""Small words that change what a sentence says: all, some, only, except, or, if; and words that are opposites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from policy_qa.answering.modality import STOP
from policy_qa.retrieval.lexicon import word_set

_ALL: Final = (" tất cả ", " mọi ", " toàn bộ ", " toàn thể ")
_WHOLE: Final = (*_ALL, " đều ", " từng ", " mỗi ", " 100 % ", " cả ")
_SOME: Final = (" một số ", " một phần ", " phần lớn ", " đa số ", " hầu hết ", " một vài ", " có nơi ")
_EXCEPT: Final = (" trừ ", " ngoại trừ ", " không bao gồm ", " không kể ")
_NO_EXCEPT: Final = word_set("khấu giảm loại bù phòng diệt bài")
_NO_ONLY_AFTER: Final = word_set("đạo tiêu thị định số huy dẫn giới")
_NO_ONLY_BEFORE: Final = word_set("không địa chứng tôn chẳng ban")
_DENIES: Final = (" không ", " cấm ", " chưa ")
_OR: Final = (" hoặc ", " hay ")
_IF: Final = (
    " nếu ", " với điều kiện ", " chỉ khi ", " miễn là ", " trong trường hợp ", " trường hợp ", " khi có ", " khi được ",
    " trong khi ", " sau khi ",
)  # fmt: skip
_CONDITIONAL: Final = (*_IF, " khi ", " điều kiện ", " mà có ")
"""A statement keeps a condition in any of these words."""
_OPPOSITES: Final = (
    ("trước", "sau"), ("trước khi", "sau khi"), ("trước ngày", "sau ngày"), ("trong nước", "ngoài nước"),
    ("trong nước", "nước ngoài"), ("trực tiếp", "trực tuyến"),
    ("tăng", "giảm"), ("cao hơn", "thấp hơn"), ("mở rộng", "thu hẹp"), ("đầu tiên", "cuối cùng"),
    ("công khai", "bí mật"), ("tự nguyện", "bắt buộc"), ("thành lập", "giải thể"), ("ban hành", "bãi bỏ"),
    ("cấp", "thu hồi"), ("đồng ý", "từ chối"), ("chấp thuận", "từ chối"), ("trung ương", "địa phương"),
    ("chính thức", "không chính thức"), ("định kỳ", "đột xuất"), ("bắt đầu", "kết thúc"), ("tối đa", "tối thiểu"),
    ("lớn hơn", "nhỏ hơn"), ("nhiều", "ít"), ("khuyến khích", "hạn chế"), ("tập thể", "cá nhân"), ("thuận lợi", "khó khăn"),
    ("chủ trì", "phối hợp"), ("thứ nhất", "thứ hai"), ("thay thế", "bổ sung"), ("mới", "cũ"), ("dài hạn", "ngắn hạn"),
    ("miễn", "thu"), ("miễn", "giảm"), ("hằng tháng", "hằng năm"), ("hằng quý", "hằng năm"), ("hằng quý", "hằng tháng"),
    ("hiện đại", "truyền thống"), ("nội địa", "quốc tế"), ("bên trong", "bên ngoài"), ("nâng", "hạ"), ("tiếp tục", "chấm dứt"),
)  # fmt: skip


def contrasts(statement: str, source: str, content: frozenset[str]) -> Iterator[str]:
    """The words about "all", "some", "only", "except", "or", "if" and opposites in which two sentences disagree.

    Args:
        statement: the words of a sentence, each between two spaces.
        source: those of the sentence that it speaks of.
        content: the statement's content words.
    """
    yield from _amounts(statement, source, content)
    if _except(statement) != _except(source):
        yield "trừ"
    if not _any(statement, _CONDITIONAL) and (condition := _governing(source, statement)):
        yield condition
    if _only(statement) and not _only(source) and " riêng " not in source:
        yield "chỉ"
    if _only(source) and not _only(statement) and _followed(source, " chỉ ", content):
        yield "chỉ"
    if not _any(statement, _DENIES):  # under a negation "and" and "or" say the same
        either = bool(_any(statement, _OR))
        if (either and not _any(source, _OR)) or (not either and _alternatives(source, statement)):
            yield "hoặc"
    for one, other in _OPPOSITES:
        for a, b in ((one, other), (other, one)):
            if f" {a} " in statement and f" {a} " not in source and f" {b} " in source and f" {b} " not in statement:
                yield a


def _amounts(statement: str, source: str, content: frozenset[str]) -> Iterator[str]:
    every = _any(statement, _ALL)
    if every and not _any(source, _WHOLE):
        yield every
    some = _any(statement, _SOME)
    if some and not _any(source, _SOME):
        yield some
    if not some and _followed(source, _SOME[0], content):
        yield _SOME[0].strip()


def _any(text: str, phrases: Sequence[str]) -> str:
    return next((phrase.strip() for phrase in phrases if phrase in text), "")


def _except(text: str) -> bool:
    if any(phrase in text for phrase in _EXCEPT[1:]):
        return True
    before, found, _ = text.partition(" trừ ")
    return bool(found) and before.rpartition(" ")[2] not in _NO_EXCEPT


def _only(text: str) -> bool:
    if " duy nhất " in text:
        return True
    before, found, after = text.partition(" chỉ ")
    return (
        bool(found)
        and before.rpartition(" ")[2] not in _NO_ONLY_BEFORE
        and after.partition(" ")[0] not in _NO_ONLY_AFTER
    )


def _governing(source: str, statement: str) -> str:
    """The condition under which what the statement takes from the source holds: before it, or right behind its words."""
    for phrase in _IF:
        before, found, _ = source.partition(phrase)
        told = [word for word in before.split() if word.isalnum() and word not in STOP][-2:]
        if found and (not told or any(f" {word} " in statement for word in told)):
            return phrase.strip()
    return ""


def _followed(source: str, phrase: str, content: frozenset[str]) -> bool:
    """Whether the two content words after the phrase are in the statement, which lacks the phrase."""
    _, found, after = source.partition(phrase)
    following = [word for word in after.split() if word not in STOP][:2]
    return bool(found) and len(following) == 2 and all(word in content for word in following)


def _alternatives(source: str, statement: str) -> bool:
    """Whether the statement has what stands on both sides of an "or" of the source."""
    before, found, after = source.partition(" hoặc ")
    if not found:
        return False
    left = [word for word in before.split() if word not in STOP][-1:]
    right = [word for word in after.split() if word not in STOP][:1]
    return bool(left and right) and left != right and all(f" {word} " in statement for word in (*left, *right))
