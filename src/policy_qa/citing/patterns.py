"""Every pattern by which a citation is recognised, named and commented, in one place.

People type `Điều 5`, `dieu 5`, `đ.5`, `Article 5`. Each word is therefore matched letter by letter: a letter may
be typed right or bare (`ề`, `ê`, `e` for ề), never wrong, so that `mục 1` and `muc 1` are read and `mức 1` is not.
All patterns expect NFC text and ignore case unless they say otherwise; spaces never cross a line, because a line
is a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.document import Level

SPACE: Final = r"[^\S\n]"
"""One space of any kind, but no line break."""


def typed(words: str) -> str:
    """A pattern for `words` (NFC) as people type them: each letter right or bare, one or more spaces between words."""
    return "".join(f"{SPACE}+" if c == " " else _letter(c) for c in words)


def either(*alternatives: str) -> str:
    """Any of the words in `alternatives`, longest first, as people type them."""
    return "(?:" + "|".join(typed(word) for word in sorted(alternatives, key=len, reverse=True)) + ")"


def _letter(character: str) -> str:
    base, *marks = list(unicodedata.normalize("NFD", character))
    if character in "đĐ":
        # ð is the Icelandic letter that some fonts print for đ.
        return "[đdð]"
    if not marks:
        return re.escape(character)
    bare = {base, character, *(unicodedata.normalize("NFC", base + mark) for mark in marks)}
    return "[" + "".join(sorted(bare)) + "]"


# --- labels -------------------------------------------------------------------------------------------------------

# I to XXXIX and a little more; the look-ahead keeps it from matching nothing. Always in capitals.
ROMAN: Final = r"(?-i:(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![^\W\d_]))"
# The same in small letters, believed only beside another step: "muc vi" may be "mức vi phạm".
SMALL_ROMAN: Final = rf"(?-i:(?=[ivxl])(?:xl|l?x{{0,3}})(?:ix|iv|v?i{{0,3}})(?!\w))(?!{SPACE}+ph[ạa]m)"
# "1", "12a" (an inserted article), "1.1" (Party documents).
NUMBER: Final = r"\d{1,3}(?:[a-zđ](?![^\W\d_]))?"
DOTTED: Final = r"\d{1,2}(?:\.\d{1,2}){1,3}"
# The Vietnamese letters that number points (no f, j, w, z), with the doubled and numbered ones of long lists.
LETTER: Final = r"(?:[a-eg-ik-vxyđ]\d?|aa|bb|cc)"
ORDINALS: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
ORDINAL: Final = either(*ORDINALS)

# What a number must not be followed by: a decimal or thousands part, a rate, money, a count of something.
# "khoản 5 triệu", "điểm 8,5" and "mục 3 tháng" are figures.
NOT_A_FIGURE: Final = (
    rf"(?:(?!\w)|(?=[kđ]\d))(?![.,]\d)(?!{SPACE}*%)(?!/\d)"
    rf"(?!{SPACE}+(?:{either('triệu', 'tỷ', 'tỉ', 'nghìn', 'ngàn', 'trăm', 'đồng', 'phần trăm', 'tháng')}|vnđ|vnd|usd)\b)"
)


@dataclass(frozen=True, slots=True)
class StepForm:
    """One way to write a step. A `weak` one counts only beside another step or a document (`k 2 đ 5`)."""

    level: Level
    head: str
    label: str
    weak: bool = False
    lead: str = rf"{SPACE}*"
    """What may stand between head and label."""
    prefix: str = ""
    """What the label bears before it, where one level has two series of labels (Phụ lục 02, Mẫu số 02)."""


_THU = rf"{SPACE}+(?:{typed('thứ')}{SPACE}+|{typed('số')}{SPACE}+)?"
_COUNTED = rf"(?:\d{{1,2}}|{ORDINAL}(?!\w))"
_ARABIC_OR_ROMAN = rf"(?:{ROMAN}|{NUMBER})"

# "đặc điểm", "thời điểm", "địa điểm", "quan điểm" are other words.
_POINT = "".join(f"(?<!{word} )" for word in ("đặc", "dac", "thời", "thoi", "địa", "dia", "quan")) + typed("điểm")

# In order: of two forms that fit at one place the first counts.
STEP_FORMS: Final = (
    # Phụ lục I, Phụ lục số 2, Appendix A; labels such as 01-BC are printed on forms.
    StepForm(
        Level.PHU_LUC,
        rf"(?:{typed('phụ lục')}|appendix|annex)",
        r"(?-i:[IVXLC]+|[A-ZĐ]|\d{1,3})(?:[-.](?-i:[A-ZĐ0-9]{1,6}))*(?!\w)",
        lead=_THU,
    ),
    StepForm(
        Level.PHAN,
        rf"(?:{typed('phần')}|part)",
        rf"(?:{typed('thứ')}{SPACE}+{ORDINAL}(?!\w)|{ROMAN})",
        lead=f"{SPACE}+",
    ),
    # "phần 2" may be a share of something; "Phần 2" is not.
    StepForm(Level.PHAN, r"(?-i:Phần|PHẦN|Part)", NUMBER, lead=f"{SPACE}+"),
    StepForm(Level.PHAN, rf"(?:{typed('phần')}|part)", rf"(?:{NUMBER}|(?-i:[A-E])(?!\w))", weak=True, lead=f"{SPACE}+"),
    StepForm(Level.CHUONG, rf"(?:{typed('chương')}|chapter)", rf"(?:{ROMAN}|{SMALL_ROMAN}|{NUMBER})"),
    StepForm(Level.TIEU_MUC, rf"(?:{typed('tiểu mục')}|subsection)", _ARABIC_OR_ROMAN),
    StepForm(Level.MUC, rf"(?:{typed('mục')}|section)", rf"(?:{ROMAN}|{DOTTED}|{NUMBER}|(?-i:[A-H])(?!\w))"),
    StepForm(Level.MUC, rf"(?:{typed('mục')}|section)", SMALL_ROMAN, weak=True, lead=f"{SPACE}+"),
    StepForm(Level.DIEU, rf"(?:{typed('điều')}|article|art\.)", NUMBER),
    StepForm(Level.DIEU, r"(?-i:Đ\.?)", NUMBER, lead=""),
    StepForm(Level.DIEU, r"[đd]\.?", NUMBER, weak=True),
    # English translations of laws say clause; some say paragraph.
    StepForm(Level.KHOAN, rf"(?:{typed('khoản')}|clause|paragraph)", rf"(?:{DOTTED}|{NUMBER})"),
    StepForm(Level.KHOAN, r"k\.?", NUMBER, weak=True),
    StepForm(Level.DIEM, _POINT, r"(?-i:[a-hđ])(?!\w)", lead=f"{SPACE}+"),
    StepForm(Level.DIEM, _POINT, DOTTED),
    # "đặc diem o Viet Nam", "at this point a new …", "điểm 10": believed only beside another step.
    StepForm(Level.DIEM, rf"(?:{_POINT}|point|item)", rf"(?:{LETTER}(?!\w)|\d{{1,2}})", weak=True, lead=f"{SPACE}+"),
    StepForm(Level.GACH, rf"(?:{typed('gạch đầu dòng')})", _COUNTED, lead=_THU),
    StepForm(Level.GACH, rf"(?:{typed('gạch')}|dash|bullet)", _COUNTED, weak=True, lead=_THU),
    # "giai đoạn 2" is a period.
    StepForm(Level.DOAN, rf"(?<!giai )(?<!giai){typed('đoạn')}", _COUNTED, weak=True, lead=_THU),
)

OWN_PARTS: Final = ("thể thức", "căn cứ", "mở đầu", "chữ ký")
"""A document's own parts, which bear no number: "phần thể thức"."""


def _steps(forms: Sequence[StepForm], after: str = NOT_A_FIGURE) -> str:
    """One alternative a form; the group `f<i>` says which, `l<i>` holds the label; `after` is what must follow it."""
    alternatives = (f"(?P<f{i}>{form.head}{form.lead}(?P<l{i}>{form.label}){after})" for i, form in enumerate(forms))
    return r"(?<![\w/-])(?:" + "|".join(alternatives) + ")"


STEP: Final = re.compile(
    _steps(STEP_FORMS)
    # "đ1k2", "k2đ1": short forms written in one word.
    + "|"
    + rf"(?<=\d)(?:(?P<fk>k(?P<lk>{NUMBER}){NOT_A_FIGURE})|(?P<fd>đ(?P<ld>{NUMBER}){NOT_A_FIGURE}))",
    re.IGNORECASE,
)
GLUED: Final = {"fk": ("lk", Level.KHOAN), "fd": ("ld", Level.DIEU)}

# --- official texts -----------------------------------------------------------------------------------------------


def _but_not(word: str, *before: str) -> str:
    """`word`, unless it is the end of a longer one: "tài khoản 5" is no khoản."""
    return "".join(f"(?<!{lead} )" for lead in before) + word


_SO: Final = rf"{SPACE}+(?:số{SPACE}*:?{SPACE}*)?"
_FORM_LABEL: Final = (
    r"(?:(?-i:[A-ZĐ]{0,2})\d{1,3}[A-Za-zĐđ]?|(?-i:[IVXLC]{1,6}))(?:[-./](?-i:[A-ZĐ][A-ZĐ0-9]{0,7}|\d{1,3}))*(?!\w)"
)

FORM_PREFIX: Final = "mẫu "

FORMAL_FORMS: Final = (
    StepForm(
        Level.PHU_LUC,
        "phụ lục",
        r"(?:(?-i:[IVXLC]+|[A-ZĐ])(?!\w)|\d{1,3}[A-Za-zđ]?)(?:[-.](?-i:[A-ZĐ0-9]{1,6}))*(?!\w)",
        lead=_SO,
    ),
    # "Mẫu số 02" is attached like a phụ lục, and stands at an address of its own.
    StepForm(
        Level.PHU_LUC, rf"mẫu(?:{SPACE}+biểu)?", _FORM_LABEL, lead=rf"{SPACE}+số{SPACE}*:?{SPACE}*", prefix=FORM_PREFIX
    ),
    StepForm(
        Level.PHAN,
        r"(?-i:Phần|PHẦN)",
        rf"(?:thứ{SPACE}+(?:{'|'.join(ORDINALS)})(?!\w)|{ROMAN}|(?-i:[A-E])(?!\w)|{NUMBER})",
        lead=f"{SPACE}+",
    ),
    # "phần thứ hai" may be the second part of anything.
    StepForm(
        Level.PHAN,
        _but_not("phần", "cổ", "thành", "học", "một"),
        rf"(?:thứ{SPACE}+(?:{'|'.join(ORDINALS)})(?!\w)|{ROMAN}|(?-i:[A-E])(?!\w))",
        weak=True,
        lead=f"{SPACE}+",
    ),
    StepForm(Level.CHUONG, "chương", _ARABIC_OR_ROMAN, lead=f"{SPACE}+"),
    StepForm(Level.TIEU_MUC, "tiểu mục", _ARABIC_OR_ROMAN, lead=f"{SPACE}+"),
    StepForm(
        Level.MUC,
        _but_not("mục", "hạng", "danh", "chuyên", "đầu", "thư", "đề", "tiểu", "khoản"),
        rf"(?:{ROMAN}|{DOTTED}|{NUMBER}|(?-i:[A-H])(?!\w))",
        lead=f"{SPACE}+",
    ),
    StepForm(Level.DIEU, "điều", NUMBER, lead=f"{SPACE}+"),
    StepForm(Level.KHOAN, _but_not("khoản", "tài", "điều", "các tài"), rf"(?:{DOTTED}|{NUMBER})", lead=f"{SPACE}+"),
    StepForm(
        Level.DIEM,
        _but_not("điểm", "đặc", "thời", "địa", "quan", "trọng", "ưu", "nhược"),
        rf"(?:{LETTER}(?!\w)|{DOTTED})",
        lead=f"{SPACE}+",
    ),
    # "điểm 10" is a mark unless a khoản or mục follows.
    StepForm(Level.DIEM, _but_not("điểm", "đặc", "thời", "địa", "quan"), r"\d{1,2}(?!\w)", weak=True, lead=f"{SPACE}+"),
    StepForm(Level.GACH, "gạch đầu dòng", _COUNTED, weak=True, lead=_THU),
    StepForm(Level.DOAN, _but_not("đoạn", "giai", "công", "phân"), _COUNTED, weak=True, lead=_THU),
)
"""Steps as official texts write them: spelled in full, with their marks."""

# "điểm a(iii)": what is inside a điểm has no level of its own.
# "Điều 65,66" is a list: official texts leave out the space at times. "khoản 2.c" is not khoản 2.
FORMAL_STEP: Final = re.compile(
    _steps(FORMAL_FORMS, NOT_A_FIGURE.replace("[.,]", r"\.") + r"(?!\.(?-i:[a-zđ])(?!\w))") + r"(?:\([ivx]{1,5}\))?",
    re.IGNORECASE,
)

_UNIT: Final = "%|triệu|tỷ|tỉ|nghìn|ngàn|trăm|đồng|tháng|năm|ngày|giờ|phút|người|lần|tuổi|mét|km|kg|ha|m2|m3"
# The next item of a list in an official text: "các khoản 7,8 và 9"; a count of something is none.
FORMAL_LIST_ITEM: Final = re.compile(
    rf"{SPACE}*(?:,{SPACE}*)?(?P<join>,|&|-|–|(?:và|hoặc|hay|đến|tới)(?!\w)){SPACE}*"
    rf"(?P<label>{ROMAN}|{DOTTED}|{NUMBER}|(?-i:[a-eg-ik-vxyđ]\d?)(?!\w))(?!\w)(?![./]\d)"
    rf"(?!{SPACE}*(?:{_UNIT})(?!\w))(?!{SPACE}*/{SPACE}*\d)(?!(?<=y){SPACE}+(?:tế|học|sĩ|bác|tá))(?!\.\S)",
    re.IGNORECASE,
)

# Between two steps of one address, and between two addresses: dashes part them, as in the cells of a table.
FORMAL_JOIN: Final = re.compile(
    rf"{SPACE}*,?{SPACE}*(?:(?P<inside>của|thuộc|trong|tại|ở)(?!\w){SPACE}*)?(?:các{SPACE}+)?", re.IGNORECASE
)
FORMAL_CONJUNCTION: Final = re.compile(
    rf"{SPACE}*[,;]?{SPACE}*(?P<word>;|[-–]|(?<!\w)(?:và|hoặc|hay|đến|tới|cũng như)(?!\w)){SPACE}*"
    rf"(?:(?:tại|từ){SPACE}+)?(?:các{SPACE}+)?",
    re.IGNORECASE,
)

# --- around steps -------------------------------------------------------------------------------------------------

# "phần mở đầu": an own part, recognised anywhere.
OWN_PART: Final = re.compile(rf"(?<!\w){typed('phần')}{SPACE}+(?P<label>{either(*OWN_PARTS)})(?!\w)", re.IGNORECASE)

# The head of a free heading in a citation: "phần Mục tiêu cụ thể, Điều 1"; its first letter must be a capital.
FREE_PART: Final = re.compile(rf"(?<!\w)phần{SPACE}+(?=[^\W\d_])")

# "điểm a khoản này", "khoản 2 Điều này": the place is said relative to where the words stand.
THIS_STEP: Final = re.compile(
    rf"(?<!\w){either('điều', 'khoản', 'điểm', 'mục', 'chương', 'phần', 'phụ lục')}{SPACE}+{typed('này')}(?!\w)",
    re.IGNORECASE,
)

# Between two steps of one address: "khoản 2, Điều 5", "khoản 2 của Điều 5", "clause 2 of Article 5", "Đ1 · K2".
JOIN: Final = re.compile(
    rf"{SPACE}*[,·–-]?{SPACE}*(?:(?P<inside>{either('của', 'thuộc', 'trong', 'tại', 'ở')}|of|in)(?!\w){SPACE}*)?"
    rf"(?:{typed('các')}{SPACE}+)?",
    re.IGNORECASE,
)
# Between two addresses: "khoản 1 và khoản 3", "từ khoản 1 đến khoản 3".
CONJUNCTION: Final = re.compile(
    rf"{SPACE}*[,;]?{SPACE}*(?P<word>;|(?<!\w)(?:{either('và', 'hoặc', 'hay', 'đến', 'tới', 'cũng như')}|and|or|to)(?!\w)){SPACE}*"
    rf"(?:{typed('các')}{SPACE}+)?",
    re.IGNORECASE,
)
# The next item of a list under one word: the "b" and "c" of "điểm a, b và c"; what follows must not make it a figure.
LIST_ITEM: Final = re.compile(
    rf"{SPACE}*(?P<join>,|&|-|–|(?:{either('và', 'hoặc', 'đến', 'tới')}|and|or|to)(?!\w)){SPACE}*"
    rf"(?P<label>{ROMAN}|{DOTTED}|{NUMBER}|(?-i:[a-eg-ik-vxyđ])(?!\w))(?!\w)"
    rf"(?={SPACE}*(?:$|\n|[,;:.?!)&–-](?!\d)|"
    rf"(?:{either('và', 'hoặc', 'đến', 'tới', 'của', 'thuộc', 'trong', 'tại', 'này', 'nêu', 'là', 'thì', 'có', 'quy định')}"
    rf"|{either('phụ lục', 'phần', 'chương', 'tiểu mục', 'mục', 'điều', 'khoản', 'điểm', 'gạch')}"
    rf"|and|or|to|of|in|article|clause|section|chapter|part|đ|k|[A-ZĐ]{{2,4}}|"
    rf"{either('nghị định', 'nghị quyết', 'quyết định', 'luật', 'bộ luật', 'thông tư', 'chỉ thị', 'kết luận')})(?![^\W\d_])))",
    re.IGNORECASE,
)
RANGE_WORDS: Final = re.compile(rf"-|–|{either('đến', 'tới')}|to", re.IGNORECASE)
