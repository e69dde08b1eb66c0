"""Figures that a text states: their value, unit, bound and label, from digits or from words, Vietnamese or English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from policy_qa.answering.tokens import Kind, Token
from policy_qa.retrieval.lexicon import word_set


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `at` and `end` are the tokens that state it.

    `unit` is what is measured ("%", "ngày", "đồng"), "" where something else is counted; `noun` is the word right after;
    `label` the word before it that makes it a name ("điều", "khóa", "tháng"); `bound` is at least, at most, … or "".
    """

    value: float
    at: int
    end: int
    unit: str = ""
    noun: str = ""
    label: str = ""
    bound: str = ""
    scale: float = 1.0
    """Thousand, million: already in `value`."""


_UNITS: Final[dict[tuple[str, ...], tuple[str, float]]] = {
    ("%",): ("%", 1),
    ("phần", "trăm"): ("%", 1),
    ("percent",): ("%", 1),
    ("per", "cent"): ("%", 1),
    ("ngày", "làm", "việc"): ("ngày làm việc", 1),
    ("working", "days"): ("ngày làm việc", 1),
    ("ngày",): ("ngày", 1),
    ("day",): ("ngày", 1),
    ("days",): ("ngày", 1),
    ("tuần",): ("tuần", 1),
    ("week",): ("tuần", 1),
    ("weeks",): ("tuần", 1),
    ("tháng",): ("tháng", 1),
    ("month",): ("tháng", 1),
    ("months",): ("tháng", 1),
    ("quý",): ("quý", 1),
    ("năm",): ("năm", 1),
    ("year",): ("năm", 1),
    ("years",): ("năm", 1),
    ("giờ",): ("giờ", 1),
    ("h",): ("giờ", 1),
    ("hour",): ("giờ", 1),
    ("hours",): ("giờ", 1),
    ("phút",): ("phút", 1),
    ("đồng",): ("đồng", 1),
    ("vnđ",): ("đồng", 1),
    ("vnd",): ("đồng", 1),
    ("dong",): ("đồng", 1),
    ("đô", "la"): ("usd", 1),
    ("usd",): ("usd", 1),
    ("tuổi",): ("tuổi", 1),
    ("lần",): ("lần", 1),
    ("times",): ("lần", 1),
    ("km",): ("km", 1),
    ("m",): ("m", 1),
    ("mét",): ("m", 1),
    ("ha",): ("ha", 1),
    ("héc", "ta"): ("ha", 1),
    ("kg",): ("kg", 1),
    ("tấn",): ("tấn", 1),
}
_SCALES: Final = {
    "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9,
    "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip
_WORDS: Final = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_INNER: Final = {**_WORDS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_ENGLISH: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS: Final = {"nhất": 1, "nhì": 2, "tư": 4, **{k: v for k, v in _WORDS.items() if v > 1}}

_MAY_COUNT: Final = frozenset(_WORDS) | frozenset(_ENGLISH) | frozenset(_ORDINALS)

_LABELS: Final = word_set(
    "điều khoản điểm mục chương phần phụ_lục khóa khoá đại_hội kỳ chu_kỳ thế_kỷ quý ngày tháng loại hạng cấp nhóm mẫu số"
    " quyết_định nghị_định nghị_quyết chỉ_thị kết_luận thông_báo hướng_dẫn thông_tư công_văn kế_hoạch đề_án quy_định"
    " article clause point section chapter decision decree resolution directive conclusion"
)
_FIRM: Final = word_set("ngày tháng quý điều khoản điểm mục chương khóa đại_hội thế_kỷ")
"""Labels that stay so where a unit follows: "quý III năm 2032"; "cấp 5 triệu đồng" is a sum."""
ORDINAL: Final = "thứ"
DOCUMENT_LABELS: Final = word_set(
    "số quyết_định nghị_định nghị_quyết chỉ_thị kết_luận thông_báo hướng_dẫn thông_tư công_văn kế_hoạch đề_án quy_định"
    " decision decree resolution directive conclusion"
)
_NAMED: Final = {
    "khoá": "khóa",
    "article": "điều",
    "clause": "khoản",
    "point": "điểm",
    "section": "mục",
    "chapter": "chương",
}
_ROMAN: Final = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_DIGITS: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# "năm" is also the year, "ba" the father: as figures they stand before what can be counted.
_NOT_COUNTED_BEFORE: Final = word_set("mỗi hằng hàng từng đầu cuối nhiều cả mấy trong các những theo vào qua sang")
_SOME: Final = word_set("số cách vài phần bộ trong chút mặt khi cuộc")

_BOUNDS: Final[dict[tuple[str, ...], str]] = {
    ("ít", "nhất"): "min", ("tối", "thiểu"): "min", ("không", "dưới"): "min", ("không", "ít", "hơn"): "min",
    ("không", "thấp", "hơn"): "min", ("at", "least"): "min", ("minimum",): "min",
    ("tối", "đa"): "max", ("nhiều", "nhất"): "max", ("không", "quá"): "max", ("không", "vượt", "quá"): "max",
    ("không", "trên"): "max", ("không", "nhiều", "hơn"): "max",
    ("không", "được", "quá"): "max", ("không", "được", "vượt", "quá"): "max", ("không", "cao", "hơn"): "max", ("cao", "nhất"): "max",
    ("không", "lớn", "hơn"): "max", ("chậm", "nhất"): "max", ("muộn", "nhất"): "max",
    ("chậm", "nhất", "sau"): "max", ("limited", "to"): "max", ("at", "most"): "max",
    ("no", "more", "than"): "max", ("not", "more", "than"): "max", ("up", "to"): "max", ("maximum",): "max",
    ("hơn",): "over", ("trên",): "over", ("vượt",): "over", ("quá",): "over", ("more", "than"): "over", ("over",): "over",
    ("dưới",): "under", ("chưa", "đến"): "under", ("chưa", "đầy"): "under", ("less", "than"): "under",
    ("under",): "under",
    ("đến",): "until", ("tới",): "until", ("sau",): "after", ("after",): "after", ("trước",): "before", ("before",): "before",
    ("trong", "vòng"): "within", ("trong", "thời", "hạn"): "within", ("thời", "hạn"): "within", ("within",): "within",
}  # fmt: skip
_SUPERLATIVES: Final = frozenset({("tối", "đa"), ("tối", "thiểu"), ("cao", "nhất")})
_BEHIND: Final[dict[tuple[str, ...], str]] = {
    ("trở", "lên"): "min", ("trở", "xuống"): "max", ("or", "more"): "min", ("or", "less"): "max",
}  # fmt: skip
_AGREE: Final = {
    frozenset(pair) for pair in (("", "within"), ("", "until"), ("max", "until"), ("max", "within"), ("max", "before"))
}
_RANGE: Final = word_set("- đến tới to")
_FORMS: Final = word_set("hình dạng góc")  # "dưới 6 hình thức" says in, not less than
_NO_NOUN: Final = word_set("và hoặc đến tới là của cho từ trong thì có được and or to of in is are for")


def bounds_agree(one: str, other: str) -> bool:
    """Whether two bounds may stand for each other: "tối đa 15 ngày" and "trong vòng 15 ngày"."""
    return one == other or frozenset((one, other)) in _AGREE


def figures(said: Sequence[Token], *, loose: bool = False) -> list[Figure]:
    """The figures that `said` states, in order.

    Args:
        said: the tokens of a text; dates and numbers of documents are no figures.
        loose: also words that may be figures ("năm", "ba"), for a text in which a figure is looked for.
    """
    texts = [token.text for token in said]
    found: list[Figure] = []
    at = 0
    while at < len(said):
        token = said[at]
        if token.kind is not Kind.FIGURE and token.text not in _MAY_COUNT and not token.capital:
            at += 1
            continue
        hit = _value(said, texts, at, loose=loose)
        if hit is None:
            at += 1
            continue
        value, end = hit
        found.append(_described(said, texts, Figure(value, at, end)))
        at = max(found[-1].end, at + 1)
    return _ranges(texts, found)


def _value(said: Sequence[Token], texts: list[str], at: int, *, loose: bool) -> tuple[float, int] | None:
    token = said[at]
    if token.kind is Kind.FIGURE:
        below = texts[at + 2] if texts[at + 1 : at + 2] == ["/"] and at + 2 < len(said) else ""
        if below.isdigit() and 0 < int(below) <= 1000 and token.text.isdigit():
            return int(token.text) / int(below), at + 3
        return number(token.text), at + 1
    if token.kind is not Kind.WORD:
        return None
    before = texts[at - 1] if at else ""
    if before == "thứ" and token.text in _ORDINALS:
        return float(_ORDINALS[token.text]), at + 1
    if token.text in _ENGLISH:
        return float(_ENGLISH[token.text]), at + 1
    if token.capital and _label(texts, at) and (roman := _roman(token.text)):
        return roman, at + 1
    if token.text in _WORDS:
        return _spoken(said, texts, at, loose=loose)
    return None


def _spoken(said: Sequence[Token], texts: list[str], at: int, *, loose: bool) -> tuple[float, int] | None:
    """A figure in words that begins at `at`: "hai mươi lăm", "ba trăm", "năm"."""
    word, end, total = texts[at], at + 1, float(_WORDS[texts[at]])
    following = texts[end] if end < len(texts) else ""
    compound = following in ("mươi", "trăm") or (word == "mười" and following in _INNER)
    if following == "mươi":
        total, end = total * 10, end + 1
    elif following == "trăm":
        total, end = total * 100, end + 1
    if (word == "mười" or following == "mươi") and texts[end : end + 1] != ["năm"] and texts[end : end + 1]:
        # "mười năm" are ten years, "mười lăm" fifteen
        ones = _INNER.get(texts[end], 0)
        total, end = total + ones, end + bool(ones)
    if following == "phần" and end + 1 < len(texts) and texts[end + 1] in _INNER:
        return total / _INNER[texts[end + 1]], end + 2  # "một phần ba"
    if compound or (end < len(texts) and texts[end] in _SCALES):
        return total, end
    if said[at].capital and end < len(said) and said[end].capital and said[end].kind is Kind.WORD:
        return None  # "Ba Đình", "Hai Bà Trưng"
    if word == "một":
        counted = _unit(texts, end) is not None
        return (total, end) if counted or (loose and following not in _SOME) else None
    if word == "năm" and not _counts(said, texts, at, loose=loose):
        return None
    return total, end


def _counts(said: Sequence[Token], texts: list[str], at: int, *, loose: bool) -> bool:
    """Whether "năm" is five, not the year."""
    before = said[at - 1] if at else None
    after = said[at + 1] if at + 1 < len(said) else None
    if after is None or after.kind is not Kind.WORD or (before is not None and before.kind is Kind.FIGURE):
        return False
    if loose:
        return True
    if before is not None and before.text in (_NOT_COUNTED_BEFORE | _WORDS.keys()):
        return before.text in ("các", "những", "trong", "theo", "cả", "qua") and after.text in _COUNTABLE
    return after.text in _COUNTABLE


_COUNTABLE: Final = word_set(
    "nhóm nhiệm nội giải việc điểm tháng ngày năm loại quan mục bước nguyên hình tiêu công hội bộ cơ đơn tỉnh người lần kênh"
    " cấp chỉ lĩnh đối trường điều khoản huyện xã thành tổ hạng cách hành quyền biện"
)


def number(digits: str) -> float:
    """The value of digits as Vietnam writes them: "1.079" is 1079, "2,5" is two and a half."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}|[1-9]\d{0,2},000", digits):  # 1,000 as English writes it
        return float(digits.replace(",", ""))
    parts = digits.replace(",", ".").split(".")
    return float(parts[0] + "." + "".join(parts[1:])) if len(parts) > 1 else float(parts[0])


def _roman(text: str) -> float:
    if not text or not _ROMAN.fullmatch(text):
        return 0.0
    values = [_DIGITS[letter] for letter in text]
    return float(sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True)))


def _label(texts: list[str], at: int) -> str:
    """The label before the token, "thứ" and "số" passed over."""
    before = at - 1
    while before >= 0 and texts[before] in ("thứ", ":") and before > at - 3:
        before -= 1
    if before < 0:
        return ""
    pair = f"{texts[before - 1]}_{texts[before]}" if before else ""
    if texts[before] == "số" and before:
        deeper = _label(texts, before)
        return deeper if deeper else "số"
    label = pair if pair in _LABELS else texts[before] if texts[before] in _LABELS else ""
    if label == "điểm" and before and texts[before - 1] in ("thời", "địa", "quan", "đặc"):
        return ""
    if label == "số" or (label == "khoản" and before and texts[before - 1] == "tài"):
        return "số" if label == "số" else ""
    return _NAMED.get(label, label)


def _unit(texts: list[str], at: int) -> tuple[str, float, int] | None:
    for length in (3, 2, 1):
        known = _UNITS.get(tuple(texts[at : at + length]))
        if known:
            return *known, at + length
    return None


def _described(said: Sequence[Token], texts: list[str], figure: Figure) -> Figure:
    value, end = figure.value, figure.end
    label = _label(texts, figure.at)
    if figure.at and texts[figure.at - 1] == "thứ":
        return replace(figure, unit=ORDINAL)
    if label in ("ngày", "tháng") and (said[figure.at].kind is not Kind.FIGURE or texts[end : end + 1] == ["lần"]):
        label = ""  # "ba tháng một lần"
    scale = 1.0
    while end < len(texts) and texts[end] in _SCALES:
        scale, end = scale * _SCALES[texts[end]], end + 1
    value *= scale
    measured = _unit(texts, end) if label not in _FIRM else None
    unit = ""
    if measured is not None:
        unit, factor, end = measured
        value *= factor
    following = texts[end] if end < len(said) and said[end].kind is Kind.WORD else ""
    bound = "" if following in _FORMS else _bound(texts, figure.at)
    behind = _BEHIND.get(tuple(texts[end : end + 2]), "")
    return replace(
        figure,
        value=value,
        end=end,
        unit=unit,
        label="" if unit else label,
        noun="" if unit or following in _NO_NOUN else following,
        bound=behind or bound,
        scale=scale,
    )


def _bound(texts: list[str], at: int) -> str:
    """What stands right before the figure, "là", "từ" and "khoảng" passed over."""
    if at and texts[at - 1] == "là":
        # "Mức hỗ trợ tối đa cho một hợp đồng là 30 triệu đồng"
        for i in range(at - 2, max(0, at - 14), -1):
            if texts[i] in (",", ";"):
                break
            if (texts[i - 1], texts[i]) in _SUPERLATIVES:
                return _BOUNDS[texts[i - 1], texts[i]]
    while at and texts[at - 1] in ("là", "khoảng", "gần", "thứ", ":", "có", "gồm", "đạt"):
        at -= 1
    for length in (4, 3, 2, 1):
        if length == 1 and at > 1 and texts[at - 2] == "cấp":
            return ""  # "nộp cấp trên 70%"
        if at >= length and (bound := _BOUNDS.get(tuple(texts[at - length : at]))):
            return bound
    return ""


def _ranges(texts: list[str], found: list[Figure]) -> list[Figure]:
    """Units said once for both ends of a range: "15-20%", "từ 3 đến 5 năm"."""
    for i in range(len(found) - 2, -1, -1):
        first, second = found[i], found[i + 1]
        joined = texts[first.end : second.at]
        if not first.unit and second.unit and len(joined) == 1 and joined[0] in _RANGE and not first.label:
            scale = second.scale if first.scale == 1 else 1.0  # "từ 20 đến 40 triệu đồng"
            found[i] = replace(first, value=first.value * scale, scale=second.scale, unit=second.unit, noun="")
    return found
