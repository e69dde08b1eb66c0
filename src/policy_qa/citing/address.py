"""Addresses as people write and read them: `short`, `legal`, and the way back, `parse_legal`.

The legal form goes from small to large, "khoản 2 Mục I Điều 1" (NQ 351/2017/UBTVQH14, Điều 24 khoản 4); Điều, Mục,
Chương, Phần, Phụ lục are capitalised, khoản and điểm are not (NĐ 30/2020/NĐ-CP, phụ lục II).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from policy_qa.citing.patterns import JOIN, OWN_PARTS, ROMAN, SPACE, typed
from policy_qa.citing.steps import Written, arrange, read_step
from policy_qa.document import Address, Level, Step

_ROMAN_LABEL = re.compile(ROMAN)
_FREE_HEAD = re.compile(rf"{typed('phần')}{SPACE}+(?=\S)", re.IGNORECASE)
_TRIM = " \t\r\n.,;:?!()[]"
_CAPITALISED = {
    Level.PHU_LUC: "Phụ lục",
    Level.PHAN: "Phần",
    Level.CHUONG: "Chương",
    Level.MUC: "Mục",
    Level.TIEU_MUC: "Tiểu mục",
    Level.DIEU: "Điều",
}


_ROMANS = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII",
)  # fmt: skip
_ARABIC_TO_ROMAN = {str(n): roman for n, roman in enumerate(_ROMANS, 1)}


# --- printing -----------------------------------------------------------------------------------------------------


def short(address: Address) -> str:
    """The form for narrow places, outermost first: `Đ1 · I · 2`. The empty address gives the empty string."""
    return " · ".join(_short_step(step, first=i == 0) for i, step in enumerate(address.steps))


def _short_step(step: Step, *, first: bool) -> str:
    match step.level:
        case Level.DIEU:
            return f"Đ{step.label}"
        case Level.MUC:
            return step.label if _ROMAN_LABEL.fullmatch(step.label) else f"Mục {step.label}"
        case Level.PHU_LUC:
            return f"PL {step.label}"
        case Level.KHOAN | Level.DIEM:
            return f"{step.level} {step.label}" if first else step.label
        case Level.DE_MUC:
            return _capital(step.label)
        case Level.GACH | Level.DOAN:
            return f"{step.level} {step.label}"
        case _:
            return f"{_CAPITALISED[step.level]} {step.label}"


def legal(address: Address, headings: Sequence[str] = ()) -> str:
    """The legal form, small to large: `khoản 2 Mục I Điều 1`. The empty address gives the empty string.

    An unnumbered heading reads "phần Mục tiêu cụ thể", set off by a comma from what is larger. `headings` are
    headings as printed in the document; where one of them is the heading, its capitals are kept (labels are lower case).
    No quotation marks are ever written.
    """
    printed = {heading.casefold(): heading for heading in headings}
    words: list[str] = []
    for depth, step in reversed(list(enumerate(address.steps))):
        words.append(_legal_step(step, first=depth == 0, printed=printed))
        if depth and step.level is Level.DE_MUC:
            words[-1] += ","
        outer = address.steps[depth - 1] if depth else None
        if outer and outer.level is Level.DE_MUC and step.level in _CAPITALISED:
            # "Điều 7 phần X" would read as a part of Điều 7.
            words.append("thuộc")
    return " ".join(words)


def _legal_step(step: Step, *, first: bool, printed: dict[str, str]) -> str:
    match step.level:
        case Level.DE_MUC if first and step.label in OWN_PARTS:
            return f"phần {step.label}"
        case Level.DE_MUC:
            return f"phần {_capital(printed.get(step.label.casefold(), step.label))}"
        case Level.GACH:
            return f"gạch đầu dòng thứ {step.label}"
        case Level.KHOAN | Level.DIEM | Level.DOAN:
            return f"{step.level} {step.label}"
        case _:
            return f"{_CAPITALISED[step.level]} {step.label}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- reading -------------------------------------------------------------------------------------------------------


def parse_legal(text: str) -> Address | None:
    """The one address that the whole of `text` writes, in either order; None where it is not exactly one.

    "khoản 2 Mục I Điều 1", "Điều 1, Mục I, khoản 2", "Đ1 K2", "khoan 2 dieu 3", "Article 1, Section I, clause 2".
    Containers of a điều are left out, as in every address. Lists and figures give None.
    """
    text = unicodedata.normalize("NFC", text).strip(_TRIM)
    written: list[Written] = []
    position = 0
    while position < len(text):
        joined = ""
        if written:
            join = JOIN.match(text, position)
            assert join is not None  # noqa: S101 - the pattern matches the empty string
            joined, position = text[position : join.end()], join.end()
        found = read_step(text, position) or _read_heading(text, position)
        if found is None:
            return None
        written.append(Written(found.step, found.start, found.end, found.weak, joined))
        position = found.end
    return arrange(written) if written else None


def _read_heading(text: str, position: int) -> Written | None:
    """Reads "phần Mục tiêu cụ thể": free words up to ", <step>", a step in clear, or the end."""
    head = _FREE_HEAD.match(text, position)
    if not head:
        return None
    end = len(text)
    for boundary in re.finditer(rf",{SPACE}+|{SPACE}+", text[head.end() :]):
        at = head.end() + boundary.start()
        join = JOIN.match(text, at)
        if not join or not join.group():
            continue
        following = read_step(text, join.end())
        if (following and not following.weak) or ("," in boundary.group() and _FREE_HEAD.match(text, join.end())):
            end = at
            break
    label = " ".join(text[head.end() : end].split()).strip(_TRIM).casefold()
    own = next((part for part in OWN_PARTS if re.fullmatch(typed(part), label)), None)
    return Written(Step(Level.DE_MUC, own or label), position, end) if label else None


def readings(address: Address) -> tuple[Address, ...]:
    """`address` and what else a person may have meant by it, likeliest first; look each up until one exists.

    Officers say "khoản 1" or "điểm 1" of a document whose top level is `1.` (a mục), "mục 1" for Mục I, and
    "khoản 1.1" for điểm 1.1.
    """
    variants = [address]
    for i, step in enumerate(address.steps):
        others: list[Step] = []
        if step.level is Level.MUC and step.label in _ARABIC_TO_ROMAN:
            others.append(Step(Level.MUC, _ARABIC_TO_ROMAN[step.label]))
        if step.level in (Level.KHOAN, Level.DIEM) and step.label.isdigit():
            levels = (Level.MUC, Level.KHOAN) if i == 0 else (Level.KHOAN,)
            others += [Step(level, step.label) for level in levels if level is not step.level]
        if step.level is Level.KHOAN and "." in step.label:
            others.append(Step(Level.DIEM, step.label))
        if step.level is Level.MUC and i and step.label.isdigit():
            others.append(Step(Level.KHOAN, step.label))
        variants += [
            Address((*known.steps[:i], other, *known.steps[i + 1 :])) for known in tuple(variants) for other in others
        ]
    return tuple(dict.fromkeys(variants))
