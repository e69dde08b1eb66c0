"""What kind of answer a question wants: a figure, a date, who, a list… and what is no question for documents."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

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


def spoken(question: str) -> str:
    """The question as `typed` patterns read it: NFC, new tone placement, lower case, single spaces."""
    return " ".join(normalise_tone(nfc(question)).lower().split())


class Asked(StrEnum):
    """The kinds of answer that the sentences of a provision are chosen by."""

    FIGURE = "figure"
    SHARE = "share"
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
_DATE = typed(
    r"\b(ngày nào|ngày mấy|khi nào|bao giờ|năm nào|tháng nào|ngày tháng năm|hôm nào|lúc nào|ngày ban hành|"
    r"ngày bao nhiêu|thời gian nào|when|what date|which date|what year|which year|date of)\b"
)
_SHARE = typed(
    r"\b(phần trăm|tỷ lệ (bao nhiêu|nào|mấy|là)|(bao nhiêu|mấy) (%|phần trăm)|what (percentage|proportion|share)|percentage|per ?cent)\b|%"
)
_FIGURE = typed(
    r"\b(bao nhiêu|(?<=\w )mấy (?!ai|anh|mốc|tính xách)|tỷ lệ|tỉ lệ|phần trăm|số lượng|how many|how much|what percentage|"
    r"what proportion|what share|percentage|chỉ tiêu)\b|%"
)
_WHO = typed(
    r"\b(ai|cơ quan nào|đơn vị nào|bộ nào|tổ chức nào|những ai|cấp nào|who|whom|which (agency|agencies|body|ministry|"
    r"ministries|organi[sz]ations?)|nơi nào|ban nào|chủ thể nào)\b"
)
_LIST = typed(
    r"\b(những (?!ai)\w+( \w+){0,4} (nào|gì)|gồm những|gồm (có )?(các|mấy)|các \w+( \w+){0,4} (nào|gì)|liệt kê|bao gồm|"
    r"kể tên|kể ra|nêu các|gồm gì|list|what are the|which \w+s)\b"
)
_LISTED_NOUN = typed(
    r"\b(?:những|các|liệt kê|kể tên|kể ra|mấy|bao nhiêu)(?: (?:những|các))? (?P<noun>(?!nào|gì|ai)\w+ (?!nào|gì)\w+)"
)
_OPINION = typed(
    r"\b(ý kiến (của )?(bạn|anh|chị|em)|(bạn|anh|chị|em) (nghĩ|thấy|đánh giá|có đồng ý|có cho rằng)|"
    r"có (tốt|hay ho|đúng đắn|hợp lý|hợp lí|xứng đáng|cần thiết|công bằng|quá|khả thi|đáng|hiệu quả) (\w+ ){0,2}không|"
    r"tốt hay xấu|có nên|nên hay không|nên (ủng hộ|phản đối|bỏ|sửa)|đáng (khen|chê)|có thực sự|"
    r"cái nào (hay|tốt|tệ|kém) hơn|(hay|tốt|tệ|kém) hơn (không|hay)|ủng hộ hay|phản đối hay|(do|what do) you (think|agree|believe)|your (opinion|view)|"
    r"is (it|this|that|the|viet).{0,60} (good|bad|right|fair|wise)|should vietnam)\b"
)
_OPINION_SAID = re.compile(r"\btheo (bạn|anh|chị|em|ý kiến)\b")  # typed bare, "theo chi thi" would be meant
_WHOLE = typed(
    r"\b(nói (gì|về gì|về vấn đề gì)|quy định (gì|về gì|thế nào|như thế nào|những gì|ra sao)|nêu (gì|những gì)|viết gì|"
    r"nội dung( gì| của)?|ghi (gì|thế nào)|what does .* say|what does .* provide|về (việc|chuyện|vấn đề) gì|bàn về gì|"
    r"là gì)\b"
)
_COMPARES = typed(
    r"\b(so sánh|khác (nhau|gì|thế nào|biệt)|giống (nhau|gì)|điểm chung|cả hai|hai văn bản|compare|difference|both|versus|vs)\b"
)
_DEFINES = typed(
    r"\b(thế nào là|(được )?hiểu (là|thế nào)|nghĩa là gì|định nghĩa|là gì|khái niệm|what is meant|define|definition)\b"
)
_NAME = f"[{CAPITALS}][{SMALL}]"
_BODY_NAMED = re.compile(
    rf"\b(?P<body>(?:Bộ|Sở|Ban|Cục|Tổng cục|Viện) {_NAME}*(?: (?!về|của|và|có|là|thì|nào|gì|được|phải|đã|sẽ)[{SMALL}]+)?)"
    rf"|\b(?:tỉnh|Tỉnh|thành phố|Thành phố|TP\.?) (?P<place>{_NAME}+(?: {_NAME}+)+)"
)
_HIGHEST = {
    "quoc hoi": typed(r"\b(quốc hội|national assembly)\b"),
    "chu tich nuoc": typed(r"\b(chủ tịch nước|state president)\b"),
}
_MONEY = typed(
    r"\b(?:(?:bao nhiêu|mấy) (?:tỷ|triệu|nghìn|ngàn|đồng|tiền|kinh phí)|lương (?:cơ sở|tối thiểu|hưu)|lệ phí|mức phí|mức phụ cấp|how much money|how much funding)\b"
)
_SUM = re.compile(r"\d[\d.,]*\s*(?:nghìn |triệu |tỷ |tỉ )*đồng|mức lương cơ sở|lương tối thiểu")
_EFFECT = typed(r"\b(bãi bỏ|thay thế|huỷ bỏ|đình chỉ|miễn thị thực|xử phạt|phạt tiền|miễn thuế|đặc xá)\b")

_DATED = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\bngày \d{1,2} tháng \d{1,2}|\bnăm \d{4}\b|\b\d{1,2}/\d{4}\b|\b(19|20)\d\d\b"
)
_FIGURED = re.compile(
    r"\d|\b(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (nhóm|nội dung|nhiệm vụ|điểm|loại|kênh|công ước|nguyên tắc|hình thức|"
    r"lần|tháng|năm|khóa|hội nghị|bộ|cơ quan|tầng|mảng|hạn chế|cơ chế|quan điểm|mục tiêu)\b"
)
_SHARED = re.compile(r"\d\s*%|\bphần trăm\b|\b(một|hai|ba) phần (hai|ba|tư|năm)\b|\bmột nửa\b")
_BODY = re.compile(
    r"\b(Bộ|Ban|Ủy ban|UBND|Uỷ ban|Hội đồng|Cục|Sở|Chính phủ|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Cơ quan|cơ quan|Tổng cục|"
    r"Văn phòng|Quốc hội|cấp ủy|cấp uỷ|tổ chức|Tòa án|Toà án|Viện|Đài|Thông tấn|Chủ tịch|bộ, ngành|địa phương|Tỉnh ủy|"
    r"Đảng|Trưởng ban|Giám đốc|cá nhân|cán bộ|người|đơn vị)\b"
)
_SIGNING = re.compile(r"[Nn]gười ký|đã ký|ký thay|do .{3,60} ký\b")
_PERSON = re.compile(rf"\b({_NAME}+ ){{1,3}}{_NAME}+\b")


_KINDS = (
    (_SIGNER, Asked.SIGNER),
    (_DATE, Asked.DATE),
    (_SHARE, Asked.SHARE),
    (_FIGURE, Asked.FIGURE),
    (_LIST, Asked.LIST),
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


def asks_signer(question: str) -> bool:
    """Whether the question asks who signed."""
    return _SIGNER.search(spoken(question)) is not None


def bodies(question: str) -> tuple[str, ...]:
    """The ministries, provinces and other bodies that the question names, by their proper names, folded."""
    said = spoken(question)
    named = [match["body"] or match["place"] for match in _BODY_NAMED.finditer(question)]
    return (*map(fold, named), *(body for body, named_so in _HIGHEST.items() if named_so.search(said)))


def tells_sum(question: str, text: str) -> bool:
    """Whether `text` states a sum of money, if the question asks for one."""
    return _MONEY.search(spoken(question)) is None or _SUM.search(text) is not None


def effects(question: str) -> tuple[str, ...]:
    """The legal effects that the question presupposes, folded ("bai bo"); words that answer must speak of them."""
    return tuple(map(fold, _EFFECT.findall(spoken(question))))


def fits(sentence: str, kind: Asked) -> bool:
    """Whether a sentence has what the kind of question needs: a date, a figure, a body or person."""
    if kind is Asked.DATE:
        return _DATED.search(sentence) is not None
    if kind is Asked.SHARE:
        return _SHARED.search(sentence) is not None
    if kind is Asked.FIGURE:
        return _FIGURED.search(sentence) is not None
    if kind is Asked.SIGNER:
        return _SIGNING.search(sentence) is not None and _PERSON.search(sentence) is not None
    if kind is Asked.WHO:
        return _BODY.search(sentence) is not None or _PERSON.search(sentence) is not None
    return True
