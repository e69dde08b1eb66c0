"""What a person corrects in the head of a document that was read wrongly: checked by the rules for what is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from policy_qa.document import Metadata
from policy_qa.errors import PolicyQAError
from policy_qa.reading.invisible import INVISIBLE
from policy_qa.reading.vietnamese import compose
from policy_qa.structure import grammar

Corrections: TypeAlias = Mapping[str, str | None]
"""Values by the name of the field in `Metadata`; None where the document has no such thing. Dates are `YYYY-MM-DD`."""

CORRECTABLE: Final = {
    "number": "Số, ký hiệu",
    "date": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "title": "Trích yếu",
}
"""What may be corrected, and what it is called."""

LONGEST: Final = {"number": 60, "date": 40, "issuer": 200, "title": 1000}
"""Characters; the longest title of a law has some five hundred."""
YEARS: Final = range(1900, 2101)
"""A year outside is a slip of the finger."""

_MARKUP = re.compile(r"[<>]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class BadCorrection(PolicyQAError):
    """A value that cannot be what the document says of itself."""


def checked(field: str, words: str) -> str | None:
    """The value that `words` mean for a field of `CORRECTABLE`; None where they are empty. Raises BadCorrection."""
    name = CORRECTABLE[field]
    if len(words) > LONGEST[field]:
        raise BadCorrection(f"{name} dài quá {LONGEST[field]} ký tự: hãy chép lại đúng như trên văn bản.")
    if INVISIBLE.search(words) or not _is_text(words):
        raise BadCorrection(f"{name} có ký tự không nhìn thấy được (thường do dán từ nơi khác): hãy xoá đi rồi gõ lại.")
    if _MARKUP.search(words):
        raise BadCorrection(f"{name} có dấu < hoặc >, không dùng được ở đây: hãy chép lại đúng như trên văn bản.")
    value = " ".join(compose(words).split())
    if not value:
        return None
    return {"number": _number, "date": _date}.get(field, _named)(value, name)


def set_right(metadata: Metadata, given: Corrections) -> Metadata:
    """`metadata` with the values given in the place of those read; they are sure, so they have no confidence."""
    if not given:
        return metadata
    sure = {field: share for field, share in metadata.confidence.items() if field not in given}
    return replace(metadata, **dict(given), confidence=sure)  # type: ignore[arg-type]


def _number(value: str, name: str) -> str:
    number = "".join(value.split())
    if not grammar.NUMBER.fullmatch(number):
        raise BadCorrection(f"{name} “{value}” không đúng dạng: hãy ghi như 72/2015/NĐ-CP, 1079/QĐ-TTg hoặc 44-CT/TW.")
    return number


def _date(value: str, name: str) -> str:
    iso = _ISO.fullmatch(value)
    plain = f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else re.sub(r"^ngày\s+", "", value, flags=re.IGNORECASE)
    found = grammar.DATE.fullmatch(f"ngày {plain}")
    date = grammar.iso_date(found[0]) if found else None
    if date is None or int(date[:4]) not in YEARS:
        raise BadCorrection(f"{name} “{value}” không phải một ngày có thật: hãy ghi ngày/tháng/năm, ví dụ 14/9/2022.")
    return date


def _named(value: str, name: str) -> str:
    if sum(c.isalpha() for c in value) < 2:
        raise BadCorrection(f"{name} “{value}” không có chữ nào đọc được: hãy chép lại đúng như trên văn bản.")
    return value


def _is_text(words: str) -> bool:
    """Whether it can be written down: half a surrogate pair cannot."""
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
