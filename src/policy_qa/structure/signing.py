"""Who issues a document and who signs it, from its head and its signature block."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.structure import grammar
from policy_qa.structure.paragraphs import Paragraph

BY_SIGN: Final = 0.95
"""The ký hiệu names the issuer beyond doubt: -TTg, -CP, QH15."""
PRINTED: Final = 0.95
"""A body's name in capitals, above the number."""
SIGNED_FOR: Final = 0.9
"""The body in whose name a Party document is signed: T/M BỘ CHÍNH TRỊ."""
IN_SIGNATURE: Final = 0.8
"""A body's name in the signature block, as consolidated texts print it."""

UNDER_OFFICE: Final = 0.95
"""A name under the office of a signer."""
NAME_ALONE: Final = 0.8
"""A name in the signature block without an office above it."""

_PLACED = (
    "ủy ban nhân dân",
    "uỷ ban nhân dân",
    "hội đồng nhân dân",
    "tòa án nhân dân",
    "toà án nhân dân",
    "viện kiểm sát nhân dân",
)
"""Bodies that are called by the unit whose they are: "Ủy ban nhân dân tỉnh …"."""
_LED = ("tỉnh ủy", "tỉnh uỷ", "thành ủy", "thành uỷ", "huyện ủy", "huyện uỷ", "quận ủy", "quận uỷ")
"""Party committees, called by a place."""
_UNITS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "phường", "xã")
_BODIES = (
    "tổng công ty",
    "tổng cục",
    "học viện",
    "văn phòng",
    "ngân hàng",
    "đảng ủy",
    "đảng uỷ",
    "ủy ban",
    "uỷ ban",
    "bộ",
    "sở",
    "ban",
    "cục",
    "vụ",
    "viện",
    "trường",
)
"""Words after which the name of a body begins with a capital: "Bộ Tài chính"."""
_NAMES = re.compile(r"\b(?:việt nam|chính phủ|quốc hội|trung ương|tổ quốc)\b")
_NEXT = re.compile(r"(^|(?:,|\bvà)\s+)([^\W\d_])")

_RECEIVED = re.compile(r"^(?:(?:CÔNG VĂN|VĂN BẢN)\s+)?ĐẾN\b")
_JOINT = "liên tịch"
_NOT_NAMES = ("Nơi", "Như", "Các", "Lưu", "Nguồn")
_LONGEST_LINE = 200
"""Code points of a line with a name, several columns on it."""
_NAME_REACH = 6
"""Paragraphs between an office and the name under it, "(Đã ký)" and a line of the other column among them."""


@dataclass(frozen=True, slots=True)
class Value:
    """What was recognised, and how sure that is (0 to 1)."""

    text: str
    confidence: float


def issuer(
    head: Sequence[Paragraph], signature: Sequence[Paragraph], *, number: str | None, kind: str | None, text: str
) -> Value | None:
    """The issuing body; of joint documents all bodies, strung with " - ".

    Args:
        head: the paragraphs above the kind line.
        signature: those of the signature block.
        number: số, ký hiệu.
        kind: tên loại.
        text: the beginning of the document, where the body's name stands in ordinary letters.
    """
    for sign, name in grammar.ISSUER_BY_SIGN:
        if number and sign.search(number):
            return Value(name, BY_SIGN)
    if number and number.endswith("/TW"):
        signed_for = _signed_for(signature)
        if signed_for:
            return Value(_cased([signed_for], text), SIGNED_FOR)
    joint = _JOINT in (kind or "").lower() or any(sign in (number or "") for sign in ("TTLT", "NQLT"))
    printed = _printed(head, joint=joint)
    if printed:
        return Value(_cased(printed, text), PRINTED)
    signed = _printed(
        [p for p in signature if not grammar.OFFICE.match(p.text) and not grammar.SIGNING.match(p.text)], joint=joint
    )
    return Value(_cased(signed, text), IN_SIGNATURE) if signed else None


def signer(signature: Sequence[Paragraph], *, joint: bool) -> Value | None:
    """The name under the office of the signer; of a joint document all names, in the order in which they are printed."""
    under: list[str] = []
    alone: list[str] = []
    since_office = _NAME_REACH + 1
    for paragraph in signature:
        since_office += 1
        if grammar.OFFICE.match(paragraph.text) or grammar.SIGNING.match(paragraph.text):
            since_office = 0
        name = _name(paragraph.text)
        if name is None:
            continue
        (under if since_office <= _NAME_REACH else alone).append(name)
    names = list(dict.fromkeys(under or alone))
    if not names:
        return None
    return Value(", ".join(names) if joint else names[-1], UNDER_OFFICE if under else NAME_ALONE)


def ordinary_case(capitals: str, text: str) -> str:
    """A name printed in capitals, as the text writes it elsewhere; else with one capital."""
    if not grammar.is_capitals(capitals):
        return capitals
    found = _written_elsewhere(capitals, text)
    return found or capitals[0] + capitals[1:].lower()


def _written_elsewhere(capitals: str, text: str) -> str | None:
    wanted = capitals.lower()
    lowered = text.lower()
    if len(lowered) == len(text):
        at = lowered.find(wanted)
        while at >= 0:
            found = text[at : at + len(wanted)]
            if not grammar.is_capitals(found):
                return found[0].upper() + found[1:]
            at = lowered.find(wanted, at + 1)
    return None


def _cased(names: Sequence[str], text: str) -> str:
    return " - ".join(_written_elsewhere(name, text) or body_case(name) for name in names)


def body_case(capitals: str) -> str:
    """The name of a body in ordinary letters: "BỘ KHOA HỌC VÀ CÔNG NGHỆ" is "Bộ Khoa học và Công nghệ".

    Follows NĐ 30/2020/NĐ-CP, phụ lục II, mục III and IV: the body's word and the first of its name are capitals, so are
    names of places.
    """
    first, *others = capitals.lower().split(" - ")
    return " - ".join([_part_case(first, _sentence_case), *(_part_case(other, _name_case) for other in others)])


def _part_case(part: str, otherwise: Callable[[str], str]) -> str:
    kinds: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...] = (
        (_PLACED, _unit_case), (_LED, str.title), (_BODIES, _name_case),
    )  # fmt: skip
    found = ((body, write) for bodies, write in kinds for body in bodies if part.startswith(body + " "))
    body, write = next(found, ("", otherwise))
    rest = write(part[len(body) :].strip())
    return _NAMES.sub(lambda match: _proper(match[0]), _sentence_case(f"{body} {rest}".strip()))


def _unit_case(words: str) -> str:
    """`tỉnh Lâm Đồng`: the kind of the unit small, its name in capitals."""
    unit = next((unit for unit in _UNITS if words.startswith(unit + " ")), None)
    return f"{unit} {words[len(unit) :].strip().title()}" if unit else words


def _name_case(words: str) -> str:
    """`Văn hóa, Thể thao và Du lịch`."""
    return _NEXT.sub(lambda match: match[1] + match[2].upper(), words)


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _proper(name: str) -> str:
    return name.title() if name == "việt nam" else _sentence_case(name)


def _signed_for(signature: Sequence[Paragraph]) -> str | None:
    for paragraph in signature:
        match = grammar.SIGNING.match(paragraph.text)
        if match and paragraph.text[:3] in {"T/M", "TM.", "TM "}:
            return paragraph.text[match.end() :].strip(" .*") or None
    return None


def _printed(lines: Sequence[Paragraph], *, joint: bool) -> list[str]:
    """Names in capitals, their printed lines joined; of parent and child body the child, of joint bodies all."""
    names: list[str] = []
    open_ended = False
    for paragraph in lines:
        motto = grammar.STATE_MOTTO.search(paragraph.text)
        text = paragraph.text[: motto.start()] if motto else paragraph.text
        text = _trimmed(text.split(" Số")[0])
        if _RECEIVED.match(text):
            # The stamp of whoever received the paper: its name, and "CÔNG VĂN ĐẾN".
            names, open_ended = names[: -1 if open_ended else None], False
            continue
        is_noise = grammar.HEAD_NOISE.match(text) or grammar.PARTY_TITLE.match(text) or grammar.CERTIFIED.match(text)
        if not text or is_noise:
            continue
        if not grammar.is_capitals(text) or text.startswith("SỐ"):
            open_ended = False
        elif grammar.ISSUER_WORD.match(text):
            names.append(text)
            open_ended = True
        elif open_ended and not names[-1].endswith(text):
            names[-1] += f" {text}"
    names = [name.strip(" -–") for name in names]
    return names if joint else names[-1:]


def _trimmed(text: str) -> str:
    """The text from its first letter or digit to its last."""
    at = [i for i, character in enumerate(text) if character.isalnum()]
    return text[at[0] : at[-1] + 1] if at else ""


def _name(text: str) -> str | None:
    """The personal name that a line of the signature block bears."""
    if len(text) > _LONGEST_LINE:
        return None
    signed = grammar.SIGNED.split(text)[-1].strip()
    # Columns of the block may stand on one line: the name is then what follows the office in capitals.
    words = grammar.RANKS.sub("", signed).split()
    while words and not words[0][1:].islower():
        words.pop(0)
    candidate = " ".join(words)
    return candidate if grammar.is_name(candidate) and not candidate.startswith(_NOT_NAMES) else None
