"""The kinds of documents and the patterns of their numbers and dates.

Codes: NĐ 30/2020/NĐ-CP, phụ lục III, and, for Party documents, Hướng dẫn 36-HD/VPTW. State documents are numbered
`1079/QĐ-TTg` or `72/2015/NĐ-CP`, Party documents `57-KL/TW`; a letter (công văn) has no code: `5768/BTTTT-TTĐN`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from policy_qa.citing.patterns import SPACE, either, typed


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its name, the code in its number, short forms, English names.

    `word`: the name is also an ordinary verb or noun ("quyết định 5 nội dung"). `small`: the short form may be
    typed in small letters ("qd 1079").
    """

    name: str
    code: str | None
    short: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    word: bool = False
    small: bool = True
    other_names: tuple[str, ...] = ()


KINDS: Final = (
    Kind("Quyết định", "QĐ", ("QĐ",), ("decision",), word=True),
    Kind("Nghị định", "NĐ", ("NĐ",), ("decree",)),
    Kind("Nghị quyết", "NQ", ("NQ",), ("resolution",), other_names=("Nghị quyết liên tịch",)),
    Kind("Chỉ thị", "CT", ("CT",), ("directive",), word=True),
    Kind("Kết luận", "KL", ("KL",), ("conclusion",), word=True),
    Kind("Thông báo", "TB", ("TB",), ("Notice", "Announcement"), word=True, other_names=("Thông báo kết luận",)),
    Kind("Hướng dẫn", "HD", ("HD",), ("Guideline", "Guidelines", "Guidance", "Instruction"), word=True),
    Kind("Thông tư liên tịch", "TTLT", ("TTLT",), ("joint circular",)),
    Kind("Thông tư", "TT", ("TT",), ("circular",)),
    Kind("Công văn", None, ("CV",), ("official letter", "official dispatch", "Dispatch")),
    Kind("Công điện", "CĐ", ("CĐ",), ("Telegram",), small=False),
    Kind("Kế hoạch", "KH", ("KH",), ("Plan",), word=True, small=False),
    Kind("Quy định", "QyĐ", ("QyĐ",), ("Regulation",), word=True),
    Kind("Quy chế", "QC", (), (), word=True),
    Kind("Báo cáo", "BC", (), ("Report",), word=True),
    Kind("Tờ trình", "TTr", ("TTr",), ()),
    Kind("Văn bản hợp nhất", "VBHN", ("VBHN",), ("consolidated document",)),
    Kind("Pháp lệnh", "PL", (), ("ordinance",)),
    Kind("Bộ luật", None, (), ("Code",)),
    Kind("Luật", None, (), ("Law",), word=True),
    Kind("Lệnh", "L", (), (), word=True),
)
NAMED_LAWS: Final = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
"""Kinds cited by name and year, without number (NĐ 78/2025/NĐ-CP, Điều 68)."""

CODE_KINDS: Final = tuple((kind.code, kind.name) for kind in KINDS if kind.code)

_CODES: Final = either(*(k.code for k in KINDS if k.code and len(k.code) > 1))

# A piece of a symbol after "/" or "-": TTg, CP, TW, QH15, UBTVQH14, BTTTT, TTĐN.
_PIECE: Final = r"[A-ZĐ]{1,12}\d{0,2}(?![^\W\d_])"
_DASH: Final = rf"{SPACE}?[-–]{SPACE}?"
_SLASH: Final = rf"{SPACE}?/{SPACE}?"

# "1079", "30a", "72/2015", "1079/QĐ-TTg", "72/2015/NĐ-CP", "66.17/2026/NQ-CP", "66.17", "5768/BTTTT-TTĐN", "57-KL/TW",
# "57-KL"; not the day of a date, a share or a part of a larger figure. Without its year a dotted number has two digits
# behind the dot: three are thousands.
_DOTTED: Final = r"\.\d{1,2}(?:(?=/(?:19|20)\d\d(?!\d))|(?<=\.\d\d)(?![\w/.,-]))"
NUMBER: Final = (
    r"(?P<number>(?P<digits>\d{1,5})(?P<suffix>[a-z](?![^\W\d_]))?"
    rf"(?:{_DOTTED})?"
    r"(?!\s*[/.-]\d{1,2}[/.-]\d{2,4})"
    r"(?:/(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?P<symbol>{_SLASH}{_PIECE}(?:{_DASH}{_PIECE})*(?:/{_PIECE})?|{_DASH}{_CODES}(?![^\W\d_])(?:{_SLASH}{_PIECE})?)?)"
    rf"(?![\w])(?![.,]\d)(?!{SPACE}*%)(?!/\d)"
)

_NO: Final = rf"(?:(?P<no>{either('số', 'số hiệu')}|no\.?|number)(?!\w){SPACE}*:?{SPACE}*)?"

# A kind and a number: "Quyết định số 1079/QĐ-TTg", "QĐ 1079", "QĐ1079", "NQ47/NQ-CP", "Decision No. 1079".
# "QĐ-TTg 1079" is met in notes.
_KINDS: Final = "|".join(
    rf"(?P<k{i}>{either(kind.name.lower(), *(n.lower() for n in kind.other_names))}{SPACE}+"
    + (rf"|(?:{'|'.join(typed(s) for s in kind.short)})(?:[-/]{_PIECE})?{SPACE}*[-.]?{SPACE}*" if kind.short else "")
    + (rf"|{either(*kind.english)}{SPACE}+" if kind.english else "")
    + ")"
    for i, kind in sorted(enumerate(KINDS), key=lambda item: -len(item[1].name))
)
WITH_KIND: Final = re.compile(rf"(?<![\w/-])(?P<kind>{_KINDS}){_NO}{NUMBER}", re.IGNORECASE)

# A number that needs no kind because its symbol says it: "1079/QĐ-TTg", "57-kl/tw", "19/2023/QH15".
BARE_SYMBOL: Final = re.compile(
    rf"(?<![\w/.,-])(?=\d{{1,5}}(?:[a-z]|\.\d{{1,2}})?(?:/(?:19|20)\d\d)?(?:[-–/]{_CODES}[-–/]{_PIECE}|/(?:QH|UBTVQH)\d|/(?-i:[A-ZĐ]{{3,}}-[A-ZĐ])))"
    rf"{NUMBER}",
    re.IGNORECASE,
)

# "Nghị định này", "Luật này": the document in which the words stand.
THIS_DOCUMENT: Final = re.compile(
    rf"(?<!\w)(?P<kind>{either(*(k.name.lower() for k in KINDS))}|{typed('văn bản')}){SPACE}+{typed('này')}(?!\w)",
    re.IGNORECASE,
)

# What makes a number of one or two digits after a word such as "quyết định" a figure: "quyết định 15 tỉnh tham gia".
# "kết luận 57 năm nào" asks for the year of the document.
_ASKED: Final = rf"(?!\w)(?!{SPACE}+{either('nào', 'gì', 'mấy', 'bao', 'ký', 'ban hành', 'có', 'phải')})"
_UNITS: Final = (
    "tỉnh", "người", "ngày", "tháng", "năm", "bước", "đợt", "lần", "thành phố", "trường hợp", "cán bộ", "cơ quan",
    "đơn vị", "địa phương", "loại", "tiêu chí", "bộ", "xã", "huyện", "lớp", "cuộc",
)  # fmt: skip
_CONTENTS: Final = (
    "nội dung", "nhiệm vụ", "vấn đề", "điểm", "mục tiêu", "giải pháp", "nhóm", "việc", "khoản", "chỉ tiêu", "ý", "điều",
)  # fmt: skip
_SUMS: Final = ("triệu", "tỷ", "tỉ", "nghìn", "ngàn", "đồng", "phần trăm")
COUNTED: Final = re.compile(rf"{SPACE}+{either(*_UNITS)}{_ASKED}", re.IGNORECASE)
COUNTED_CONTENT: Final = re.compile(rf"{SPACE}+{either(*_CONTENTS)}{_ASKED}", re.IGNORECASE)
MONEY: Final = re.compile(rf"{SPACE}+{either(*_SUMS)}(?!\w)", re.IGNORECASE)

# --- dates --------------------------------------------------------------------------------------------------------

_DAY: Final = r"(?P<d{0}>0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?P<m{0}>0?[1-9]|1[0-2])"
_YEAR: Final = r"(?P<y{0}>(?:19|20)\d\d)"
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NAME: Final = r"(?P<n{0}>" + "|".join(rf"{m[:3]}(?:{m[3:]})?" if m != "may" else "may" for m in MONTHS) + ")"


def _numbered(pattern: str, index: int) -> str:
    return re.sub(r"\{0\}", str(index), pattern)


_S = rf"{SPACE}*"
_TH, _NA = typed("tháng"), typed("năm")
_FORMS: Final = (
    # 14/9/2022, 14.9.2022, 14-9-2022, 14 / 9 / 2022
    rf"{_DAY}{_S}(?P<sep>[/.-]){_S}{_MONTH}{_S}(?P=sep){_S}{_YEAR}",
    # ngày 14 tháng 9 năm 2022, 14 tháng 9, 2022
    rf"{_DAY}{_S}{_TH}{_S}{_MONTH}{_S}(?:{_NA}|,|/)?{_S}{_YEAR}",
    # 2022-09-14
    rf"{_YEAR}-{_MONTH}-{_DAY}",
    # 14 September 2022, September 14, 2022
    rf"{_DAY}(?:st|nd|rd|th)?{SPACE}+{_MONTH_NAME}\.?,?{SPACE}+{_YEAR}",
    rf"{_MONTH_NAME}\.?{SPACE}+{_DAY}(?:st|nd|rd|th)?,?{SPACE}+{_YEAR}",
)
DATE: Final = re.compile(
    r"(?<![\w/.,-])(?:" + "|".join(_numbered(form, i) for i, form in enumerate(_FORMS)) + r")(?![\w/-])(?![.,]\d)",
    re.IGNORECASE,
)
DATE_FORMS: Final = len(_FORMS)

# What may stand between a document's number and its date, and a bare year or month: "năm 2022", "tháng 9/2022".
BEFORE_DATE: Final = re.compile(
    rf"{_S}[,(]?{_S}(?:{either('ban hành ngày', 'ký ngày', 'ra ngày', 'ngày')}|dated|of|on)?{_S}", re.IGNORECASE
)
YEAR_ONLY: Final = re.compile(
    rf"{_S}[,(]?{_S}(?:{_TH}{_S}{_numbered(_MONTH, 0)}{_S}(?:/|{_NA}){_S}{_numbered(_YEAR, 0)}|"
    rf"(?:{_NA}|of){SPACE}+{_numbered(_YEAR, 1)})(?![\w/-])",
    re.IGNORECASE,
)
