"""What kind of answer a question wants: a figure, a date, who, a list… and what is no question for documents."""

from __future__ import annotations

import re
from enum import StrEnum

from policy_qa.reading.vietnamese import fold


class Asked(StrEnum):
    """The kinds of answer that the sentences of a provision are chosen by."""

    FIGURE = "figure"
    DATE = "date"
    SIGNER = "signer"
    WHO = "who"
    LIST = "list"
    CONTENT = "content"


# All patterns read the question in lower case without diacritics.
_SIGNER = re.compile(
    r"\b(?:ai|(?:ong|ba|nguoi|lanh dao|dong chi) nao)\b(?: \w+){0,4} ky\b(?! hieu| ket| nang)|\bnguoi ky\b|\bky la ai\b|"
    r"\bwho (?:had |has )?signed\b|\bsigner\b|\bsigned by (?:whom|who)\b"
)
_DATE = re.compile(
    r"\b(ngay nao|ngay may|khi nao|bao gio|nam nao|thang nao|ngay thang nam|hom nao|luc nao|ngay ban hanh|tu nam nao|"
    r"ngay bao nhieu|thoi gian nao|when|what date|which date|what year|which year|date of)\b"
)
_FIGURE = re.compile(
    r"\b(bao nhieu|may (?!ai|anh|moc|tinh xach)|ty le|phan tram|so luong|how many|how much|what percentage|"
    r"what proportion|what share|percentage|chi tieu)\b|%"
)
_WHO = re.compile(
    r"\b(ai|co quan nao|don vi nao|bo nao|to chuc nao|nhung ai|cap nao|who|whom|which (agency|agencies|body|ministry|"
    r"ministries|organi[sz]ations?)|noi nao|ban nao|chu the nao)\b"
)
_LIST = re.compile(
    r"\b(nhung (?!ai)\w+( \w+){0,4} (nao|gi)|gom nhung|gom (co )?(cac|may)|cac \w+( \w+){0,4} (nao|gi)|liet ke|bao gom|"
    r"ke ten|ke ra|neu cac|gom gi|list|what are the|which \w+s)\b"
)
_LISTED_NOUN = re.compile(
    r"\b(?:nhung|cac|liet ke|ke ten|ke ra|may|bao nhieu)(?: (?:nhung|cac))? (?P<noun>(?!nao|gi|ai)\w+ (?!nao|gi)\w+)"
)
_OPINION = re.compile(
    r"\b(theo (ban|anh|chi|y kien)|y kien (cua )?(ban|anh|chi|em)|ban (nghi|thay|danh gia|co dong y)|"
    r"co (tot|hay|dung dan|hop ly|xung dang|can thiet|cong bang|qua|kha thi|dang|hieu qua) (khong|hay khong|that)|"
    r"tot hay xau|dung hay sai khi|nen hay khong|co nen|nen (ung ho|phan doi|bo|sua)|dang (khen|che)|"
    r"(hay|tot|te|kem) hon|ung ho hay|phan doi hay|(do|what do) you (think|agree|believe)|your (opinion|view)|in your|"
    r"is it (good|bad|right|fair|wise)|should vietnam|co cong bang|co thuc su)\b"
)
_WHOLE = re.compile(
    r"\b(noi (gi|ve gi|ve van de gi)|quy dinh (gi|ve gi|the nao|nhu the nao|nhung gi|ra sao)|neu (gi|nhung gi)|viet gi|"
    r"noi dung( gi| cua)?|ghi (gi|the nao)|what does .* say|what does .* provide|ve (viec|chuyen|van de) gi|ban ve gi|"
    r"la gi)\b"
)

_COMPARES = re.compile(
    r"\b(so sanh|khac (nhau|gi|the nao|biet)|giong (nhau|gi)|diem chung|ca hai|hai van ban|compare|difference|both|versus|vs)\b"
)
_DEFINES = re.compile(
    r"\b(the nao la|(duoc )?hieu (la|the nao)|nghia la gi|dinh nghia|la gi|khai niem|what is meant|define|definition)\b"
)
_BODY_NAMED = re.compile(
    r"\b(?P<body>(?:Bộ|Sở|Ban|Cục|Tổng cục|Viện) [A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: (?!về|của|và|có|là|thì|nào|gì|được|phải)[a-zà-ỹđ]+)?)"
    r"|\b(?:tỉnh|Tỉnh|thành phố|Thành phố|TP\.?) (?P<place>[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+)+)"
)
_HIGHEST = {
    "quoc hoi": ("quoc hoi", "national assembly"),
    "chu tich nuoc": ("chu tich nuoc", "state president"),
}
_EFFECT = re.compile(r"\b(bai bo|thay the|huy bo|dinh chi|mien thi thuc|xu phat|phat tien|mien thue|dac xa)\b")

_DATED = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\bngày \d{1,2} tháng \d{1,2}|\bnăm \d{4}\b|\b\d{1,2}/\d{4}\b|\b(19|20)\d\d\b"
)
_FIGURED = re.compile(
    r"\d|\b(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (nhóm|nội dung|nhiệm vụ|điểm|loại|kênh|công ước|nguyên tắc|hình thức|"
    r"lần|tháng|năm|khóa|hội nghị|bộ|cơ quan|tầng|mảng|hạn chế|cơ chế|quan điểm|mục tiêu)\b"
)
_BODY = re.compile(
    r"\b(Bộ|Ban|Ủy ban|UBND|Uỷ ban|Hội đồng|Cục|Sở|Chính phủ|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Cơ quan|cơ quan|Tổng cục|"
    r"Văn phòng|Quốc hội|cấp ủy|cấp uỷ|tổ chức|Tòa án|Toà án|Viện|Đài|Thông tấn|Chủ tịch|bộ, ngành|địa phương|Tỉnh ủy|"
    r"Đảng|Trưởng ban|Giám đốc|cá nhân|cán bộ|người|đơn vị)\b"
)
_SIGNING = re.compile(r"[Nn]gười ký|đã ký|ký thay|do .{3,60} ký\b")
_PERSON = re.compile(r"\b([A-ZĐÀ-Ỹ][a-zà-ỹđ]+ ){1,3}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\b")


def asked(question: str) -> Asked:
    """The kind of answer a question wants; the most telling pattern decides."""
    bare = fold(question)
    for pattern, kind in ((_SIGNER, Asked.SIGNER), (_DATE, Asked.DATE), (_FIGURE, Asked.FIGURE), (_LIST, Asked.LIST)):
        if pattern.search(bare):
            return kind
    return Asked.WHO if _WHO.search(bare) else Asked.CONTENT


def is_opinion(question: str) -> bool:
    """Whether the question asks what to think; the assistant reports, and takes no side."""
    return _OPINION.search(fold(question)) is not None


def wants_whole(question: str) -> bool:
    """Whether the question asks what a provision says as a whole, not one thing in it."""
    return _WHOLE.search(fold(question)) is not None


def compares(question: str) -> bool:
    """Whether the question compares the documents it names, so that each has to be quoted."""
    return _COMPARES.search(fold(question)) is not None


def defines(question: str) -> bool:
    """Whether the question asks what a term means."""
    return _DEFINES.search(fold(question)) is not None


def listed_noun(question: str) -> tuple[str, ...]:
    """What a list is asked of, folded: ("nguyen", "tac") of "phải theo những nguyên tắc nào"; empty where unclear."""
    match = _LISTED_NOUN.search(fold(question))
    return tuple(match["noun"].split()) if match else ()


def asks_signer(question: str) -> bool:
    """Whether the question asks who signed."""
    return _SIGNER.search(fold(question)) is not None


def bodies(question: str) -> tuple[str, ...]:
    """The ministries, provinces and other bodies that the question names, by their proper names, folded."""
    bare = fold(question)
    named = [match["body"] or match["place"] for match in _BODY_NAMED.finditer(question)]
    return (*map(fold, named), *(body for body, typed in _HIGHEST.items() if any(form in bare for form in typed)))


def effects(question: str) -> tuple[str, ...]:
    """The legal effects that the question presupposes, folded ("bai bo"); words that answer must speak of them."""
    return tuple(_EFFECT.findall(fold(question)))


def fits(sentence: str, kind: Asked) -> bool:
    """Whether a sentence has what the kind of question needs: a date, a figure, a body or person."""
    if kind is Asked.DATE:
        return _DATED.search(sentence) is not None
    if kind is Asked.FIGURE:
        return _FIGURED.search(sentence) is not None
    if kind is Asked.SIGNER:
        return _SIGNING.search(sentence) is not None and _PERSON.search(sentence) is not None
    if kind is Asked.WHO:
        return _BODY.search(sentence) is not None or _PERSON.search(sentence) is not None
    return True
