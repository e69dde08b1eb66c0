"""What kind of answer a question wants: a figure, a date, who, a list… and what is no question for documents."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from policy_qa.reading.vietnamese import CAPITALS, SMALL, fold, nfc, normalise_tone, strip_diacritics


def typed(pattern: str) -> re.Pattern[str]:
    """Compiles a pattern in which every letter with a diacritic also matches typed bare, or without its tone."""
    return re.compile("".join(_letter(character) for character in normalise_tone(pattern)))


def _letter(character: str) -> str:
    if character.isascii():
        return character
    toneless = nfc("".join(c for c in unicodedata.normalize("NFD", character) if c not in _TONES))
    return f"[{''.join(dict.fromkeys((character, toneless, strip_diacritics(character))))}]"


_TONES = "\u0300\u0301\u0303\u0309\u0323"


@lru_cache(maxsize=512)  # every pattern reads the same few questions, and passages that were read before
def spoken(question: str) -> str:
    """The question as `typed` patterns read it: NFC, new tone placement, lower case, single spaces."""
    return " ".join(normalise_tone(nfc(question)).lower().split())


class Asked(StrEnum):
    """The kinds of answer that the sentences of a provision are chosen by."""

    FIGURE = "figure"
    SHARE = "share"
    PERIOD = "period"
    DATE = "date"
    SIGNER = "signer"
    WHO = "who"
    LIST = "list"
    CONTENT = "content"


# Patterns are written as one should type; a letter may also be typed bare, never wrong: "kỳ" is not "ký".
_SIGNER = typed(
    r"\b(?:ai|(?:ông|bà|người|lãnh đạo|đồng chí) nào)\b(?: \w+){0,4} ký\b(?! hiệu| kết)|\bngười ký\b|\bký là ai\b|"
    r"\bwho (?:had |has )?signed\b|\bsigner\b|\bsigned by (?:whom|who)\b"
)
_PERIOD = typed(
    r"\b(từ (năm|tháng|ngày|khi) (nào|mấy) (thì )?(đến|tới|cho đến)|kéo dài (từ|đến|tới|trong|bao|mấy|\w+ năm)|bao lâu|giai đoạn nào|"
    r"trong (khoảng )?thời gian nào|how long|(which|what) (years|period)|from when (to|until) when|"
    r"start.{0,40}\bend)\b"
)
_DATE = typed(
    r"\b(ngày nào|ngày mấy|khi nào|bao giờ|năm nào|tháng nào|ngày tháng năm|hôm nào|lúc nào|ngày ban hành|"
    r"ngày bao nhiêu|thời gian nào|when|what date|which date|what year|which year|date of)\b"
)
_SHARE = typed(
    r"\b(phần trăm|tỷ lệ (bao nhiêu|nào|mấy|là)|(bao nhiêu|mấy) (%|phần)|what (percentage|proportion|share)|percentage|per ?cent)\b|%"
)
_FIGURE = typed(
    r"\b(bao nhiêu|(?<=\w )mấy (?!ai|anh|mốc|tính xách)|tỷ lệ|tỉ lệ|phần trăm|số lượng|how many|how much|what percentage|"
    r"what proportion|what share|percentage|chỉ tiêu)\b|%"
)
_WHO = typed(
    r"\b(ai|cơ quan nào|đơn vị nào|bộ nào|tổ chức nào|những ai|cấp nào|who|whom|which (agency|agencies|body|ministry|"
    r"ministries|organi[sz]ations?)|nơi nào|ban nào|chủ thể nào|bên nào|phía nào|cq nào|bộ trưởng nào|whose)\b"
)
_LIST = typed(
    r"\b(những (?!ai)\w+( \w+){0,4} (nào|gì)|gồm những|gồm (có )?(các|mấy)|các \w+( \w+){0,4} (nào|gì)|liệt kê|bao gồm|"
    r"kể tên|kể ra|nêu các|gồm gì|gồm (những )?ai|list|what are the|which \w+s)\b"
)
_NUMBERED = typed(
    r"(?<!khoản )(?<!điều )(?<!mục )(?<!số )(?<!quyết )(?<!định )(?<!luận )(?<!thị )(?<!báo )(?<!văn )(?<!án )(?<!dẫn )(?<!tư )"
    r"(?<!luật )(?<!\b[a-z]{2} )\b\d{1,2} (?!ngày|tháng|năm|điều|khoản|mục)[^\W\d]+( [^\W\d]+){0,2} nào\b"
)
"""So many of them, and which; the number of a document or provision counts nothing."""
_LISTED_TOO = typed(
    r"\b(?:đó|cụ thể|gồm) (?:là )?(?:những|các) (?:\w+ ){0,3}(?:nào|gì)\b|\b(?:kể tên|liệt kê|kể ra)\b|\bwhat are\b.*\bhow many\b"
)
"""How many there are, and which."""
_LISTED_NOUN = typed(
    r"\b(?:những|các|liệt kê|kể tên|kể ra|mấy|bao nhiêu|\d{1,2})(?: (?:những|các))? (?P<noun>(?!nào|gì|ai)\w+ (?!nào|gì)\w+)"
)
_SEVERAL = ("những", "nhung", "các", "cac")
_OPINION = typed(
    r"\b(ý kiến (của )?(bạn|anh|chị|em)|(bạn|anh|chị|em) (nghĩ|thấy|đánh giá|có đồng ý|có cho rằng)|"
    r"có (tốt|hay ho|đúng đắn|hợp lý|hợp lí|xứng đáng|cần thiết|công bằng|quá|khả thi|đáng|hiệu quả) (\w+ ){0,2}không|"
    r"tốt hay xấu|có nên|nên hay không|nên (ủng hộ|phản đối|bỏ|sửa)|đáng (khen|chê)|có thực sự|"
    r"cái nào (hay|tốt|tệ|kém) hơn|(hay|tốt|tệ|kém) hơn (không|hay)|ủng hộ hay|phản đối hay|(do|what do) you (think|agree|believe)|your (opinion|view)|"
    r"is (it|this|that|the|viet).{0,60} (good|bad|right|fair|wise)|should vietnam)\b"
)
_OPINION_SAID = re.compile(r"\btheo (bạn|anh|chị|em|ý kiến)\b")  # typed bare, "theo chi thi" would be meant
_ABOUT_US = typed(
    r"\b(người (dùng|hỏi) (trước|khác)|lịch sử (hội thoại|trò chuyện|chat)|(câu lệnh|lời nhắc|cấu hình) (của )?(hệ thống|trợ lý)|"
    r"(bạn|mày) là (ai|mô hình)|(previous|other) users?|(chat|conversation) history|system prompt|your (prompt|instructions))\b"
)
_WHOLE = typed(
    r"\b(nói (gì|về gì|về vấn đề gì)|quy định (gì|về gì|thế nào|như thế nào|những gì|ra sao)|nêu (gì|những gì)|viết gì|"
    r"nội dung( gì| của)?|ghi (gì|thế nào)|what does .* say|what does .* provide|về (việc|chuyện|vấn đề) gì|bàn về gì|"
    r"là gì)\b"
)
_COMPARES = typed(
    r"\b(so sánh|khác (nhau|gì|thế nào|biệt)|giống (nhau|gì)|điểm chung|cả hai|hai văn bản|compare|difference|both|versus|vs)\b"
)
_DEFINES = typed(
    r"\b(thế nào là|(được )?hiểu (là|thế nào)|nghĩa là gì|định nghĩa|là gì|khái niệm|what is meant|define|definition)\b|"
    r"\bwhat (is|are) (\"|“|‘)"
)
_NAME = f"[{CAPITALS}][{SMALL}]"
_BODY_NAMED = re.compile(
    rf"\b(?P<body>(?:Bộ|Sở|Ban|Cục|Tổng cục|Viện) (?:[{CAPITALS}]{{2,}}\b|{_NAME}*(?: (?!về|của|và|có|là|thì|nào|gì|được|phải|đã|sẽ)[{SMALL}]+)?))"
    rf"|\b(?:tỉnh|Tỉnh|thành phố|Thành phố|TP\.?) (?P<place>{_NAME}+(?: {_NAME}+)+)"
)
_HIGHEST = {
    "quoc hoi": typed(r"\b(quốc hội|national assembly)\b"),
    "chu tich nuoc": typed(r"\b(chủ tịch nước|state president)\b"),
}
_KINDS = (
    (_SIGNER, Asked.SIGNER),
    (_LISTED_TOO, Asked.LIST),
    (_PERIOD, Asked.PERIOD),
    (_DATE, Asked.DATE),
    (_SHARE, Asked.SHARE),
    (_FIGURE, Asked.FIGURE),
    (_LIST, Asked.LIST),
    (_NUMBERED, Asked.LIST),
)
"""The first pattern that a question has tells its kind."""


def asked(question: str) -> Asked:
    """The kind of answer a question wants; the most telling pattern decides."""
    said = spoken(question)
    for pattern, kind in _KINDS:
        if pattern.search(said):
            return kind
    return Asked.WHO if _WHO.search(said) else Asked.CONTENT


def is_opinion(question: str) -> bool:
    """Whether the question asks what to think; the assistant reports, and takes no side."""
    said = spoken(question)
    return _OPINION.search(said) is not None or _OPINION_SAID.search(said) is not None


def is_about_us(question: str) -> bool:
    """Whether the question asks about the assistant, or about what others asked it, not about documents."""
    return _ABOUT_US.search(spoken(question)) is not None


def wants_whole(question: str) -> bool:
    """Whether the question asks what a provision says as a whole, not one thing in it."""
    return _WHOLE.search(spoken(question)) is not None


def compares(question: str) -> bool:
    """Whether the question compares the documents it names, so that each has to be quoted."""
    return _COMPARES.search(spoken(question)) is not None


def defines(question: str) -> bool:
    """Whether the question asks what a term means."""
    return _DEFINES.search(spoken(question)) is not None


def listed_noun(question: str) -> tuple[str, ...]:
    """What a list is asked of, folded: ("nguyen", "tac") of "phải theo những nguyên tắc nào"; empty where unclear."""
    match = _LISTED_NOUN.search(spoken(question))
    return tuple(fold(match["noun"]).split()) if match else ()


def lists(question: str) -> bool:
    """Whether the question asks for several things by name, perhaps also for how many they are."""
    said = spoken(question)
    return asked(question) is Asked.LIST or _LISTED_TOO.search(said) is not None


def names_several(question: str) -> bool:
    """Whether the question speaks of several things of a kind: "những nguyên tắc của …"."""
    match = _LISTED_NOUN.search(spoken(question))
    return match is not None and match[0].startswith(_SEVERAL)


def asks_signer(question: str) -> bool:
    """Whether the question asks who signed."""
    return _SIGNER.search(spoken(question)) is not None


@lru_cache(maxsize=256)
def bodies(question: str) -> tuple[str, ...]:
    """The ministries, provinces and other bodies that the question names, by their proper names, folded."""
    said = spoken(question)
    named = [match["body"] or match["place"] for match in _BODY_NAMED.finditer(question)]
    return (*map(fold, named), *(body for body, named_so in _HIGHEST.items() if named_so.search(said)))
