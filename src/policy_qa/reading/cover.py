"""The cover that a legal database sets above a document: motto, name of the law, where it is from."""

from __future__ import annotations

import re
from typing import Final

from policy_qa.reading.source import TextBuilder

_NATION: Final = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM$")
_ORIGIN: Final = re.compile(
    r"Nguồn:?\s.*(?:vbpl\.vn|thuvienphapluat\.vn|\.gov\.vn|Cổng thông tin|Cơ sở dữ liệu)", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"^(?:[^\W\d_]+\s){0,2}số\s*:?\s*(?P<number>\d[\w/.-]*)", re.IGNORECASE)
_NAMED: Final = re.compile(r"\bsố\s+(?P<number>\d[\w/.-]*)$", re.IGNORECASE)
_COVER: Final = 6
_HEAD: Final = 8
"""Paragraphs of a cover at most, and of the document's own head after it."""


def lift_cover(builder: TextBuilder) -> None:
    """Takes the cover out of the text where the document's own head follows; it stays beside it.

    The head must have its own motto and number, the one that the cover names. Otherwise the cover is all that tells what
    the document is, and stays.
    """
    lines = builder.first(_COVER + _HEAD)
    if not lines or not _NATION.search(lines[0]):
        return
    origin = next((i for i, line in enumerate(lines[:_COVER]) if _ORIGIN.match(line)), None)
    if origin is None:
        return
    head = lines[origin + 1 : origin + 1 + _HEAD]
    number = next((found["number"] for line in head if (found := _NUMBER.match(line))), None)
    named = {found["number"] for line in lines[:origin] if (found := _NAMED.search(line))}
    if number is not None and (not named or number in named) and any(_NATION.search(line) for line in head):
        builder.lift(origin + 1, "running head")
