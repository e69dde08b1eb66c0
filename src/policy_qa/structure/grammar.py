r"""Every pattern by which the structure of a Vietnamese official document is recognised, named and explained.

Sources: NĐ 30/2020/NĐ-CP, phụ lục I (thể thức, bố cục), NĐ 34/2016/NĐ-CP, Điều 62 (phần … điểm), Hướng dẫn
36-HD/VPTW (Party numbering: `I-`, `1.`, `1.1.`, `1.1.1.`). All patterns read one paragraph, NFC, stripped;
`\s` covers the no-break space that Word and web pages put after "Điều". No pattern nests one unbounded
repetition in another, so that matching stays linear.
"""

from __future__ import annotations

import datetime
import re
from typing import Final

# --- document heads -----------------------------------------------------------------------------------------------

STATE_MOTTO: Final = re.compile(
    r"CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|^Độc lập\s*[-–]\s*Tự do", re.I
)
"""Quốc hiệu or tiêu ngữ (NĐ 30/2020, Điều 8)."""

PARTY_TITLE: Final = re.compile(r"^ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM$")
"""Tiêu đề of Party documents (Quy định 66-QĐ/TW, Điều 15)."""

NUMBER: Final = re.compile(
    r"(?<![\w/.-])\d{1,5}[A-Za-z]?(?:\.\d{1,3})?(?:/\d{4})?\s?[/-]\s?"
    r"(?:[A-ZĐ][A-ZĐa-zđ]{0,11}\d{0,2})(?:\s?[-–/&]\s?[A-ZĐ][A-ZĐa-zđ]{0,11}\d{0,2}){0,6}(?![\w/])"
)
"""Số, ký hiệu: `21/CT-TTg`, `66.17/2026/NQ-CP`, `19/2023/QH15`, `57-KL/TW`, `08/2012/TTLT-BLĐTBXH-BNV-BTC`."""

NUMBER_LINE: Final = re.compile(r"^(?:(?P<kind>[A-ZĐ][^\d:]{1,40}?)\s+)?(?:số|Số|SỐ)\s*:?\s*(?P<rest>\d.*)$")
"""The line that bears the number: `Số: …`, `Số 57-KL/TW`, `Luật số: …`, `Nghị quyết số: …`."""

NUMBER_LEFT_OPEN: Final = re.compile(
    r"^(?:Số|SỐ)\s{0,20}:?\s{0,20}(?P<digits>[^\s/]{0,6})\s{0,20}(?:/\s?\d{4}\s?)?[/-]\s?"
    r"(?P<sign>[A-ZĐ][A-ZĐa-zđ]{0,11}\d{0,2}(?:[-/&][A-ZĐ][A-ZĐa-zđ]{0,11}){0,6})$"
)
"""The line of a number that is not filled in, or cannot be read: `Số:      /2031/TT-BTC`."""

LAW_WITH_NUMBER: Final = re.compile(
    r"^(?:Bộ luật|Luật|Pháp lệnh)\s.{2,300}?\ssố\s+(?P<number>\d+/\d{4}/[A-Z-]+\d+)\s*$"
)
"""A law's name with its own number, as databases print it above the text."""

DATE: Final = re.compile(
    r"ngày\s*(?P<day>\d{1,2})(?:[\s_.]+tháng[\s_.]+|\s*[/.-]\s*)(?P<month>\d{1,2})(?:[\s_.]+năm[\s_.]+|\s*[/.-]\s*)(?P<year>\d{4})",
    re.I,
)
"""`ngày 20 tháng 5 năm 2026` or `ngày 22/6/2015`."""

DATE_LINE: Final = re.compile(r"(?:^|[\s\d])(?P<place>[A-ZĐÀ-Ỹ][^,;:.\d]{1,40}),\s*(?=ngày\s*\d)", re.I)
"""Place and comma before the date of the head: `Hà Nội, ngày …`."""

DATE_LEFT_OPEN: Final = re.compile(
    r"^\W*(?:[^\W\d_][^,;:.\d]{1,40},\s*)?ngày(?!\w*[^\W\d_]).{0,24}?\btháng\b.{0,24}?\bnăm\b", re.I
)
"""A line of place and date that is not filled in, or of which the date cannot be read: `Hà Nội, ngày     tháng 5 năm 2026`."""


PASSED: Final = re.compile(r"^(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Hiến pháp)\s+này\s.{0,250}?thông qua\s+(?=ngày)")
"""The closing formula of laws, which dates them: `Luật này được Quốc hội … thông qua ngày …`."""

KINDS: Final = (
    "Thông tư liên tịch", "Nghị quyết liên tịch", "Bộ luật", "Luật", "Hiến pháp", "Pháp lệnh", "Nghị quyết", "Nghị định",
    "Quyết định", "Chỉ thị", "Thông tư", "Kết luận", "Thông báo", "Hướng dẫn", "Quy định", "Quy chế", "Kế hoạch",
    "Chương trình", "Công điện", "Báo cáo", "Tờ trình", "Lệnh", "Thông cáo", "Đề án", "Phương án", "Văn bản hợp nhất",
    "Quy trình", "Thông tri", "Điều lệ", "Tuyên bố",
)  # fmt: skip
"""Tên loại (NĐ 30/2020, phụ lục III; Quy định 66-QĐ/TW), longer names before those they begin with."""

KIND_BY_SIGN: Final = {
    "QĐ": "Quyết định", "CT": "Chỉ thị", "NQ": "Nghị quyết", "NĐ": "Nghị định", "TT": "Thông tư", "KL": "Kết luận",
    "TB": "Thông báo", "HD": "Hướng dẫn", "KH": "Kế hoạch", "TTLT": "Thông tư liên tịch", "PL": "Pháp lệnh",
    "CTr": "Chương trình", "CĐ": "Công điện", "BC": "Báo cáo", "TTr": "Tờ trình", "QC": "Quy chế", "QyĐ": "Quy định",
    "VBHN": "Văn bản hợp nhất", "QH": "Luật",
}  # fmt: skip
"""Tên loại by the letters of the ký hiệu, where the head prints none."""

ISSUER_BY_SIGN: Final = (
    (re.compile(r"[-/]TTg(?:-|$)"), "Thủ tướng Chính phủ"),
    (re.compile(r"[-/]CP(?:-|$)"), "Chính phủ"),
    (re.compile(r"UBTVQH\d*$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"/QH\d+$"), "Quốc hội"),
)
"""Issuers that the ký hiệu names beyond doubt."""

ISSUER_WORD: Final = re.compile(
    r"^(?:BỘ|ỦY BAN|UỶ BAN|UBND|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|BAN|TỈNH (?:ỦY|UỶ)|THÀNH (?:ỦY|UỶ)|HUYỆN (?:ỦY|UỶ)|HỘI ĐỒNG|"
    r"NGÂN HÀNG|VĂN PHÒNG|TÒA ÁN|TOÀ ÁN|VIỆN|TỔNG|CỤC|SỞ|CHỦ TỊCH|KIỂM TOÁN|THANH TRA|MẶT TRẬN|ĐẢNG (?:ỦY|UỶ)|HỌC VIỆN|TRƯỜNG)\b"
)
"""How the name of an issuing body begins in a head."""

HEAD_NOISE: Final = re.compile(
    r"^(?:VĂN BẢN QUY PHẠM PHÁP LUẬT|VĂN BẢN HỢP NHẤT\b.*|PHẦN VĂN BẢN.*|VĂN BẢN KHÁC|CÔNG BÁO\b.*|Nguồn:.*)$"
)
"""Section titles of the gazette and of databases, which are no part of the document's head."""

SUBJECT: Final = re.compile(r"^(?:V\s?/\s?[vVwW]\b|Về việc\b)\s*")
"""How the trích yếu of a công văn begins; `V/w` is how recognition reads it at times."""

RULE_LINE: Final = re.compile(r"^[\s_*.\-–—=~]+$")
"""A line drawn with characters."""

ADDRESSEES: Final = re.compile(r"^Kính gửi\b")
"""Addressees of a công văn."""

# --- what stands before the body ----------------------------------------------------------------------------------

LEGAL_BASIS: Final = re.compile(r"^(?:[-–+•]\s*)?Căn cứ\s")
"""A căn cứ line."""

LEGAL_BASIS_NEXT: Final = re.compile(
    r"^(?:[-–+•]\s*)?(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét|Trên cơ sở|Thực hiện|Sau khi|Theo)\s"
)
"""What may follow a căn cứ line among the căn cứ."""

ENACTING: Final = re.compile(
    r"^(?:QUYẾT\s+(?:ĐỊNH|NGHỊ)|NGHỊ\s+QUYẾT|QUY\s+ĐỊNH|NGHỊ\s+ĐỊNH|CHỈ\s+THỊ|BAN\s+HÀNH|KẾT\s+LUẬN|HƯỚNG\s+DẪN)\s*:?$|\bban\s+hành\b"
)
"""`QUYẾT ĐỊNH:` or `Chính phủ ban hành Nghị định …`: the formula that closes the căn cứ."""

# --- containers and articles --------------------------------------------------------------------------------------

ROMAN_DIGITS: Final = r"[IVXLC]{1,7}"

_TITLE = r"(?:\s*[.:–-]\s*(?P<title>.*)|\s+(?P<caps>\S.*))?$"
# A title without a mark after the label must be in capitals: "Chương II của Luật này" is running text.

PART: Final = re.compile(
    r"^(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ)\s+)?(?P<label>[A-ZĐ]{1,7}|\d{1,2}|NHẤT|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
    + _TITLE
)
CHAPTER: Final = re.compile(rf"^(?:CHƯƠNG|Chương)\s+(?P<label>{ROMAN_DIGITS}|\d{{1,3}})" + _TITLE)
SECTION: Final = re.compile(rf"^(?:MỤC|Mục)\s+(?P<label>{ROMAN_DIGITS}|\d{{1,3}})" + _TITLE)
SUBSECTION: Final = re.compile(rf"^(?:TIỂU MỤC|Tiểu mục)\s+(?P<label>{ROMAN_DIGITS}|\d{{1,3}})" + _TITLE)

ARTICLE: Final = re.compile(
    r"^(?:Điều|ĐIỀU)\s+(?P<number>\d{1,4})(?P<suffix>[a-zđ]?)(?:\s*[.:](?!\d)\s*(?P<title>.*)|(?P<bare>))$", re.S
)
"""`Điều 3. Tên`, `Điều 5a.`, `Điều 1: …`, `ĐIỀU 1.`, or `Điều 1` alone on its line; "Điều 5 Nghị định này" is running text."""

INLINE_CLAUSE: Final = re.compile(r"^1\s*\.\s+(?=[A-ZĐÀ-Ỹ“\"])")
"""Older laws begin khoản 1 on the line of the điều: `Điều 3. 1. Người lao động …`."""

# --- numbered items -----------------------------------------------------------------------------------------------

ROMAN: Final = re.compile(rf"^(?P<label>{ROMAN_DIGITS})\s*(?:\.\s*[-–]|[.\-–/])\s*(?=[^\s.])(?P<title>.*)$", re.S)
"""A roman section: `I.`, `I-`, `I/`, `I.-`."""

LETTER_PART: Final = re.compile(r"^(?P<label>[A-ZĐ])\s*[.\-–/]\s+(?P<title>\S.*)$", re.S)
"""A part with a capital letter: `A. …`, `B- …`."""

CLAUSE: Final = re.compile(
    r"^(?P<number>\d{1,3})(?P<suffix>[a-zđ]?)(?:\.(?=[\s\D])|[/)](?=\s)|-(?=\s))\s*(?P<title>\D.*|\d.*)$", re.S
)
"""`1.`, `2a.`, `1/`, `1)`, `1-`; a figure such as `1.000`, `15-20`, `30/2020` does not match."""

DECIMAL: Final = re.compile(r"^(?P<label>\d{1,3}(?:\.[1-9]\d?){1,4})\.?\s+(?P<title>\S.*)$", re.S)
"""`1.1.`, `1.1`, `2.3.1.`; whether it is a number of the list or a figure is decided by the sequence."""

POINT: Final = re.compile(r"^(?P<letter>[a-zđ])(?P<suffix>\d{0,2})(?:\s?\)\s*|[./]\s+)(?=[^\s.])(?P<title>.*)$", re.S)
"""`a)`, `đ)`, `a1)`, `a.`."""

DASH: Final = re.compile(r"^(?P<mark>[-–—−+•●*‐])\s*(?P<title>[^\s\d\-–—−].*|(?<=\s)\d.*)$", re.S)
"""A dash or bullet; `-5 độ` without a space is a figure."""

LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""The order of điểm letters (no f, j, w, z)."""

PART_NUMBERS: Final = {
    "NHẤT": 1, "MỘT": 1, "HAI": 2, "BA": 3, "TƯ": 4, "BỐN": 4, "NĂM": 5, "SÁU": 6, "BẢY": 7, "BẨY": 7, "TÁM": 8, "CHÍN": 9,
    "MƯỜI": 10,
}  # fmt: skip
"""`Phần thứ nhất` and its like."""

# --- annexes and the end ------------------------------------------------------------------------------------------

ANNEX: Final = re.compile(
    rf"^(?P<word>PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ\s+|số\s+|Số\s+)?(?P<label>{ROMAN_DIGITS}|\d{{1,3}}[A-Za-z]?|[A-Z])(?:[-.]\d+)?(?=$|[\s.:(–-]))?"
    r"\s*[.:–-]?\s*(?P<title>.*)$"
)
"""`PHỤ LỤC`, `Phụ lục I`, `PHỤ LỤC SỐ 2: …`."""

FORM: Final = re.compile(
    r"^(?:MẪU|Mẫu)\s+(?:(?:SỐ|số|Số)\s*:?\s*)?(?P<label>\d{1,3}[A-Za-z]?)\s*[.:–-]?\s*(?P<title>.*)$"
)
"""`Mẫu số 01`, `MẪU SỐ 1a. …`."""

ATTACHED: Final = re.compile(
    r"^(?:QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|ĐIỀU LỆ|DANH MỤC|DANH SÁCH|ĐỀ ÁN|CHƯƠNG TRÌNH|KẾ HOẠCH|CHIẾN LƯỢC|QUY CHUẨN|HƯỚNG DẪN|NỘI QUY|"
    r"BẢNG|BIỂU|MẪU|ĐỀ CƯƠNG|TIÊU CHUẨN|QUY HOẠCH|THỂ LỆ)\b"
)
"""The first line of what is attached without the word phụ lục; `ISSUED_WITH` must follow."""

ISSUED_WITH: Final = re.compile(r"^\(?\s*(?:Ban hành\s+)?[Kk]èm\s+theo\s|^\(?\s*(?:Được\s+)?[Bb]an hành\s+kèm\s")
"""`(Ban hành kèm theo Quyết định số …)`."""

SIGNING: Final = re.compile(
    r"^(?:Nơi nhận|NƠI NHẬN)\b|^THAY M(?:ẶT|ẠT|ẬT)\s|^(?:(?:TM|KT|TL|TUQ)[.\s]|Q\.|(?:T/M|K/T|T/L)\b\.?)\s*(?=[A-ZĐÀ-Ỹ]{2})"
)
"""Nơi nhận, or the authority by which the signer signs (NĐ 30/2020, phụ lục I; Party documents write T/M)."""

OFFICE: Final = re.compile(
    r"^(?:PHÓ\s+)?(?:CHỦ TỊCH|CHỦ NHIỆM|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|TỔNG BÍ THƯ|BÍ THƯ|THƯỜNG TRỰC|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|THỐNG ĐỐC|"
    r"TỔNG GIÁM ĐỐC|GIÁM ĐỐC|CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG THANH TRA|XÁC THỰC VĂN BẢN HỢP NHẤT)\b"
)
"""The office of a signer, in capitals; a name must follow."""

CERTIFIED: Final = re.compile(r"^XÁC THỰC VĂN BẢN HỢP NHẤT\b")
"""The end of a consolidated text, with a number and date of its own (Pháp lệnh 01/2012/UBTVQH13)."""

SIGNED: Final = re.compile(r"\(?\s*[Đđ]ã ký\s*\)?\s*:?\s*")
RANKS: Final = re.compile(r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+t(?:ướng|á)|GS|PGS|TS|ThS)\b\.?\s*(?:TS\.?\s+)?")
"""Ranks and degrees before a signer's name."""

# --- quoted text --------------------------------------------------------------------------------------------------

SUM_TOTAL: Final = re.compile(r"^(?:Tổng số|Tổng cộng|TỔNG SỐ|TỔNG CỘNG|Cộng|CỘNG)\b")
"""The last line of a table, which sums up all of its sections."""

OPENING_MARKS: Final = "“„«"
CLOSING_MARKS: Final = "”»"
"""Marks of quotation; straight ones open and close in turn. Single ones are apostrophes in names ("Đắk R’lấp")."""

QUOTE_OPENS: Final = re.compile(rf"(?:^|:\s*)[{OPENING_MARKS}\"]")
"""An opening mark at the start of a paragraph or after a colon: an amending article quotes new text."""

CELL: Final = " | "
"""Between the cells of a table row."""

CONTINUES: Final = '.;:,!?…”"'
"""A paragraph that ends with one of these is no heading."""


def roman_value(label: str) -> int | None:
    """The value of a roman numeral in canonical form, else None: `IV` → 4, `IIII` → None."""
    digits = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not label or any(c not in digits for c in label):
        return None
    total = 0
    for here, following in zip(label, [*label[1:], ""], strict=True):
        value = digits[here]
        total += -value if following and digits[following] > value else value
    return total if _roman(total) == label else None


def _roman(value: int) -> str:
    out = ""
    for size, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        out += letters * (value // size)
        value %= size
    return out


def is_capitals(text: str) -> bool:
    """Whether the text has at least two letters and all of them are capitals."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 2


def is_name(text: str) -> bool:
    """Whether the text looks like a Vietnamese personal name: two to five capitalised words."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(w.isalpha() and w[0].isupper() and w[1:].islower() for w in words)


def iso_date(text: str) -> str | None:
    """The first date in the text as `YYYY-MM-DD`; None where there is none or no calendar has it."""
    match = DATE.search(text)
    if match is None:
        return None
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
