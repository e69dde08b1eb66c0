"""Dates as Vietnamese and English texts write them, read to ISO form; and the way a citation writes them."""

from __future__ import annotations

import datetime
import re

from policy_qa.citing.kinds import BEFORE_DATE, DATE, DATE_FORMS, MONTHS, YEAR_ONLY
from policy_qa.document import Span


def dates(text: str) -> list[tuple[Span, str]]:
    """All full dates in `text` (NFC) with their ISO form, in order; what no calendar has (31/2/2022) is left out.

    Day before month, as in Vietnam: `14/9/2022`, `14.9.2022`, `ngày 14 tháng 9 năm 2022`, `September 14, 2022`.
    """
    found = ((Span(m.start(), m.end()), _iso(m)) for m in DATE.finditer(text))
    return [(span, iso) for span, iso in found if iso]


def date_after(text: str, position: int) -> tuple[int, str] | None:
    """The date that dates the document whose number ends at `position`: its end, and `2022-09-14`, `2022-09` or `2022`."""
    before = BEFORE_DATE.match(text, position)
    full = DATE.match(text, before.end()) if before else None
    iso = _iso(full) if full else None
    if full and iso:
        return full.end(), iso
    partial = YEAR_ONLY.match(text, position)
    if not partial:
        return None
    if partial["y0"]:
        return partial.end(), f"{partial['y0']}-{int(partial['m0']):02}"
    return partial.end(), partial["y1"]


def long_date(iso: str) -> str:
    """`2020-03-05` as "ngày 05 tháng 3 năm 2020"; also takes `2020-03` and `2020`.

    Days below 10 and the months 1 and 2 get a leading zero (NĐ 30/2020/NĐ-CP, phụ lục I, mục II, khoản 4).
    """
    year, *rest = iso.split("-")
    words = [f"năm {year}"]
    if rest:
        month = int(rest[0])
        words.insert(0, f"tháng {month:02}" if month < 3 else f"tháng {month}")
    if len(rest) > 1:
        words.insert(0, f"ngày {int(rest[1]):02}")
    return " ".join(words)


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    for i in range(DATE_FORMS):
        if groups[f"y{i}"]:
            name = groups.get(f"n{i}")
            month = _month(name) if name else int(groups[f"m{i}"])
            try:
                return datetime.date(int(groups[f"y{i}"]), month, int(groups[f"d{i}"])).isoformat()
            except ValueError:
                return None
    return None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))
