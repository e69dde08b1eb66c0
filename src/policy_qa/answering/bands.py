"""Bands of amounts: "từ đủ 12 tháng đến dưới 60 tháng" holds 36 months, and three years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policy_qa.reading.vietnamese import fold

_SIZES: Final = {
    "thang": ("time", 1.0), "nam": ("time", 12.0), "quy": ("time", 3.0), "months": ("time", 1.0), "years": ("time", 12.0),
    "month": ("time", 1.0), "year": ("time", 12.0),
    "ngay": ("day", 1.0), "tuan": ("day", 7.0), "days": ("day", 1.0), "gio": ("hour", 1.0), "hours": ("hour", 1.0),
    "tuoi": ("age", 1.0), "%": ("share", 1.0), "diem": ("point", 1.0), "km": ("km", 1.0), "m": ("m", 1.0),
    "nguoi": ("person", 1.0), "toe": ("toe", 1.0), "kw": ("kw", 1.0), "mw": ("kw", 1000.0),
    "dong": ("money", 1.0), "trieu": ("money", 1e6), "ty": ("money", 1e9),
}  # fmt: skip
_UNIT: Final = rf"(?P<unit>{'|'.join(sorted(map(re.escape, _SIZES), key=len, reverse=True))})(?!\w)"
_VALUE: Final = r"(?P<value>\d[\d.,]*)(?: \([^()]{1,20}\))? ?"
_AMOUNT: Final = re.compile(rf"\b{_VALUE}{_UNIT}")
_UNIT_TO: Final = _UNIT.replace("<unit>", "<unit_to>")
_BAND: Final = re.compile(
    rf"\b(?:tu(?: du)?|tren|hon|for|from) {_VALUE}(?:{_UNIT} ?)?(?:tro len|(?:den(?: het| duoi)?|to(?: under)?) (?P<to>\d[\d.,]*) ?{_UNIT_TO})"
    rf"|\b(?P<below>duoi|chua du|khong qua) (?P<most>\d[\d.,]*) ?{_UNIT.replace('<unit>', '<unit_most>')}"
    rf"|\b(?P<above>tren|tu du|tu) (?P<least>\d[\d.,]*) ?{_UNIT.replace('<unit>', '<unit_least>')}(?! den)"
)
_ANY: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of something, in the unit that all amounts of its sort are compared in."""

    sort: str
    value: float


@dataclass(frozen=True, slots=True)
class Band:
    """The amounts of a sort from `low` to `high`, whether or not the ends belong to it."""

    sort: str
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def holds(self, amount: Amount) -> bool:
        """Whether the amount lies in the band."""
        above = self.low < amount.value or (not self.open_low and self.low == amount.value)
        below = amount.value < self.high or (not self.open_high and self.high == amount.value)
        return self.sort == amount.sort and above and below


@lru_cache(maxsize=1024)
def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts that a text states, with their units."""
    return tuple(_amount(match["value"], match["unit"]) for match in _AMOUNT.finditer(_folded(text)))


@lru_cache(maxsize=1024)
def bands(text: str) -> tuple[Band, ...]:
    """The bands that a text states."""
    return tuple(_bands(_folded(text)))


def placed(question: str, sentence: str) -> bool | None:
    """Whether the sentence has the band that the question names, or one that holds an amount of the question.

    None where the question states no amount, or the sentence no band, of one sort.
    """
    named, here = bands(question), bands(sentence)
    if named:
        same = [(one, other) for one in named for other in here if one.sort == other.sort]
        return any((one.low, one.high) == (other.low, other.high) for one, other in same) if same else None
    found = [(band, amount) for band in here for amount in amounts(question) if band.sort == amount.sort]
    return any(band.holds(amount) for band, amount in found) if found else None


def _bands(said: str) -> Iterator[Band]:
    for match in _BAND.finditer(said):
        if match["most"]:
            high = _amount(match["most"], match["unit_most"])
            yield Band(high.sort, -_ANY, high.value, open_high=match["below"] != "khong qua")
        elif match["least"]:
            low = _amount(match["least"], match["unit_least"])
            yield Band(low.sort, low.value, _ANY, open_low=match["above"] == "tren")
        elif match["to"]:
            high = _amount(match["to"], match["unit_to"])
            low = _amount(match["value"], match["unit"] or match["unit_to"])
            if low.sort == high.sort:
                open_low = match[0].startswith(("tren", "hon"))
                yield Band(low.sort, low.value, high.value, open_low, "duoi" in match[0] or "under" in match[0])
        elif match["unit"]:
            low = _amount(match["value"], match["unit"])
            yield Band(low.sort, low.value, _ANY, match[0].startswith(("tren", "hon")))


def _amount(value: str, unit: str) -> Amount:
    sort, size = _SIZES[unit]
    number = value.rstrip(".,")
    # Vietnamese writes 1.800.000 and 1,5; a point before three digits parts thousands.
    plain = re.sub(r"\.(?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    try:
        return Amount(sort, float(plain) * size)
    except ValueError:
        return Amount(sort, -1.0)


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
