"""Whether a sentence has what a question asks for: a date, a length of time, an age, a sum, a share, a body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policy_qa.answering.asked import Asked, asked, spoken, typed
from policy_qa.reading.vietnamese import CAPITALS, SMALL
from policy_qa.retrieval.lexicon import word_set

_COUNTED: Final = r"(?:bao nhiêu|mấy)"
_ONES: Final = "một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười"
_DIGITS: Final = r"\d[\d.,]*(?:\s*\([^()\n]{1,30}\))?"
_NUMBER: Final = rf"(?:{_DIGITS}|\b(?:{_ONES}))"
_TIME: Final = r"(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|quý|năm)"

# What stands for a number and counts nothing: labels, places in a text, numbers of documents.
_REFERENCES: Final = re.compile(
    r"(?m:^\s*\d{1,3}(?:\.\d{1,2})*[.)](?=\s))"
    r"|\b\d+(?:\.\d+)?/(?:\d{4}/)?[A-ZĐ][\w-]*(?:/[\w-]+)?"
    r"|\b\d+-[A-ZĐ]{2}[\w/-]*"
    r"|\b(?:[Đđ]iều|[Kk]hoản|[Mm]ục|[Mm]ẫu|[Bb]iểu|[Pp]hụ lục|[Bb]ảng|[Cc]hương|[Pp]hần)(?: biểu)?(?: số)? "
    r"\d+(?:\.\d+)*[a-zđ]?(?:, \d+)*(?: và \d+)?\b"
)
_DATED: Final = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b[Nn]gày \d{1,2}\b|\b[Nn]ăm \d{4}\b|\b\d{1,2}/\d{4}\b|\b(?:19|20)\d\d\b|"
    r"\b[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)\b|\b[Cc]hủ nhật\b|\bngay (?:sau|khi)\b"
)
_LENGTH: Final = re.compile(r"\b(?:thời gian|giai đoạn|thời hạn|kéo dài|trong vòng)\b")
_YEARS: Final = re.compile(
    r"\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\b|\btừ (?:ngày|tháng|quý|năm) .{1,60}\b(?:đến|tới)\b"
)
_FIGURED: Final = re.compile(
    rf"\d|\b(?:{_ONES}) (?:nhóm|nội dung|nhiệm vụ|điểm|loại|kênh|công ước|nguyên tắc|hình thức|"
    r"lần|tháng|năm|khóa|hội nghị|bộ|cơ quan|tầng|mảng|hạn chế|cơ chế|quan điểm|mục tiêu)\b"
)
_SHARED: Final = re.compile(r"\d\s*%|\bphần trăm\b|\b(?:một|hai|ba) phần (?:hai|ba|tư|năm)\b|\bmột nửa\b")
_BODY: Final = re.compile(
    r"\b(?:Bộ|Ban|Ủy ban|UBND|Uỷ ban|Hội đồng|Cục|Sở|Chính phủ|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Cơ quan|cơ quan|Tổng cục|"
    r"Văn phòng|Quốc hội|cấp ủy|cấp uỷ|tổ chức|Tòa án|Toà án|Viện|Đài|Thông tấn|Chủ tịch|bộ, ngành|địa phương|Tỉnh ủy|"
    r"Đảng|Trưởng ban|Giám đốc|cá nhân|cán bộ|người|đơn vị)\b"
)
_SIGNING: Final = re.compile(r"[Nn]gười ký|đã ký|ký thay|do .{3,60} ký\b")
_PERSON: Final = re.compile(rf"\b(?:[{CAPITALS}][{SMALL}]+ ){{1,3}}[{CAPITALS}][{SMALL}]+\b")


def _lasting(unit: str) -> re.Pattern[str]:
    """So much time in one of the units; the 15 of "ngày 15 tháng 4" and of "ngày 15 hằng tháng" is a day, and no length."""
    return re.compile(
        rf"(?<![Nn]gày )(?<!tháng )(?<!năm )\b(?!(?:19|20)\d\d\b)(?:{_DIGITS}(?: \w+)? ?|(?:{_ONES}) ){unit}\b(?! \d)|\b{unit} thứ \d"
    )


_LASTS: Final = re.compile(rf"{_YEARS.pattern}|{_lasting(_TIME).pattern}")
_HAS: Final = {
    Asked.DATE: _DATED,
    Asked.PERIOD: _LASTS,
    Asked.FIGURE: _FIGURED,
    Asked.SHARE: _SHARED,
}


# What is counted, by the words of a question, and how a text states so much of it. The first that a question has holds.
_UNITS: Final = (
    (
        typed(rf"\b{_COUNTED} (?:phần|chương|mục|điều|khoản|phụ lục)\b(?! %)"),
        re.compile(rf"{_NUMBER} (?:phần|chương|mục|điều|khoản|phụ lục)\b"),
    ),
    (typed(r"\bhow often\b|\b(?:bao lâu|mấy \w+) (?:một|1) lần\b"), _lasting(_TIME)),
    (typed(rf"\b{_COUNTED} (?:phút|giờ|tiếng)\b|\bhow many (?:minutes|hours)\b"), _lasting("(?:phút|giờ|tiếng)")),
    (typed(rf"\b{_COUNTED} ngày\b|\bhow many (?:working )?days\b"), _lasting("(?:giờ|ngày|tuần|tháng)")),
    (
        typed(rf"\b{_COUNTED} (?:tuần|tháng|quý|năm)\b|\bhow many (?:weeks|months|years)\b"),
        _lasting("(?:ngày|tuần|tháng|quý|năm)"),
    ),
    (
        typed(rf"\b{_COUNTED} tuổi\b|\btuổi (?:nào|mấy|bao nhiêu)\b|\bhow old\b|\bwhat age\b"),
        re.compile(rf"{_NUMBER} tuổi\b"),
    ),
    (
        typed(
            rf"\b{_COUNTED} (?:(?:tỷ|triệu|nghìn|ngàn)(?: (?:đồng|đô|tiền|vnd|usd)|$|\W*$)|đồng|tiền|kinh phí|đô)|"
            r"\b(?:tiền|lương|kinh phí|phụ cấp|trợ cấp|thưởng|học phí|lệ phí|mức phí|mức phạt)\b[^%]{0,60}\b(?:là )?bao nhiêu(?! (?:%|phần|người|cán|ngày|tháng|năm))|"
            r"\bhow much (?:money|funding|is paid|does .{0,40}\b(?:pay|cost|get|receive))\b"
        ),
        re.compile(r"\d[\d.,]*\s*(?:nghìn |triệu |tỷ |tỉ )*(?:đồng|USD|đô la)|mức lương cơ sở|lương tối thiểu|\d (?:triệu|tỷ|tỉ)\b"),
    ),
)  # fmt: skip

_EACH: Final = typed(
    rf"\b(?:{_COUNTED}|how (?:much|many))\b.{{0,40}}\b(?:một|mỗi|hằng|hàng|a|an|per|each|every) "
    r"(giờ|ngày|tuần|tháng|quý|năm|buổi|lượt|hour|day|week|month|quarter|year)\b(?! lần)"
)
_IN_VIETNAMESE: Final = {
    "hour": "giờ", "day": "ngày", "week": "tuần", "month": "tháng", "quarter": "quý", "year": "năm",
    "gio": "giờ", "ngay": "ngày", "tuan": "tuần", "thang": "tháng", "quy": "quý", "nam": "năm", "buoi": "buổi", "luot": "lượt",
}  # fmt: skip
_COUNTED_NOUN: Final = typed(rf"\b{_COUNTED} (?!%|phần|thì|là|mới|người)([^\W\d_]{{2,}})")
_MINISTRY: Final = (
    typed(r"\bbộ(?: trưởng(?: bộ)?)? nào\b(?!,? (?:tỉnh|ngành|địa phương|cũng))|\bwhich minist"),
    re.compile(rf"\bBộ (?:trưởng )?[{CAPITALS}]"),
)
_OF_KIND: Final = {
    Asked.PERIOD: word_set(
        "kéo dài lâu giai đoạn thời gian thực hiện năm tháng ngày làm chạy xong bắt đầu kết thúc suốt thuộc trong"
    ),
    Asked.DATE: word_set("thời điểm hạn chót lúc hôm ngày tháng năm chậm trễ nhất muộn"),
    Asked.FIGURE: word_set("tổng cộng số lượng mức"),
}
"""Words with which a question only says what kind of answer it wants; a sentence that has it need not have them, too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for: its kind, and how a text states it where the question says what is counted."""

    kind: Asked
    stated: re.Pattern[str] | None = None
    per: re.Pattern[str] | None = None
    counted: re.Pattern[str] | None = None

    @property
    def of_money(self) -> bool:
        """Whether a sum of money is asked for."""
        return self.stated is _UNITS[-1][1]  # the last row

    @property
    def strict(self) -> bool:
        """Whether few sentences have it, so that one without it hardly answers."""
        few = self.kind in (Asked.SHARE, Asked.PERIOD, Asked.SIGNER)
        return few or (self.stated is not None and self.kind is not Asked.WHO)

    def exactly_in(self, sentence: str) -> bool:
        """Whether the sentence states it in a way that few sentences do: so much of what is counted, a share, a signer."""
        if self.counts_in(sentence):
            return True
        return self.strict and self.in_(sentence)

    def lasts_in(self, sentence: str) -> bool:
        """Whether the sentence says that it tells how long something takes, where that is asked."""
        return self.kind is Asked.PERIOD and self.in_(sentence) and _LENGTH.search(sentence.lower()) is not None

    def counts_in(self, sentence: str) -> bool:
        """Whether the sentence has a number right before the noun that is counted."""
        return self.counted is not None and self.counted.search(sentence.lower()) is not None

    def in_(self, sentence: str) -> bool:
        """Whether the sentence states such a thing; numbers of documents, provisions and labels are none."""
        if self.stated is None and self.kind in (Asked.SIGNER, Asked.WHO):
            signed = self.kind is Asked.WHO or _SIGNING.search(sentence) is not None
            who = _PERSON.search(sentence) or (self.kind is Asked.WHO and _BODY.search(sentence))
            return signed and who is not None and bool(who)
        if self.per is not None and self.per.search(sentence) is None:
            return False
        pattern = self.stated or _HAS.get(self.kind)
        return pattern is None or pattern.search(_REFERENCES.sub(" ", sentence)) is not None

    def only_asks(self, word: str) -> bool:
        """Whether the word, in lower case, says no more than what kind of answer is wanted."""
        return word in _OF_KIND.get(self.kind, ())


def _per(said: str) -> re.Pattern[str] | None:
    """How a text says "a week", where the question asks for so much a week."""
    match = _EACH.search(said)
    return re.compile(rf"\b{_IN_VIETNAMESE.get(match[1], match[1])}\b", re.IGNORECASE) if match else None


@lru_cache(maxsize=256)
def wanted(question: str) -> Wanted:
    """What a question asks for."""
    kind, said = asked(question), spoken(question)
    if kind is Asked.PERIOD and re.search(typed(r"\b(từ|năm|years?|from|start)\b"), said):
        return Wanted(kind, _YEARS)
    if kind in (Asked.FIGURE, Asked.CONTENT):
        for pattern, stated in _UNITS:
            if pattern.search(said):
                return Wanted(Asked.FIGURE, stated, _per(said))
    if kind is Asked.WHO and _MINISTRY[0].search(said):
        return Wanted(kind, _MINISTRY[1])
    noun = _COUNTED_NOUN.search(said) if kind is Asked.FIGURE else None
    return Wanted(kind, counted=re.compile(rf"{_NUMBER} {re.escape(noun[1])}\b") if noun else None)
