"""Cuts a provision into the sentences that an answer may quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_qa.document import Span
from policy_qa.reading.vietnamese import CAPITALS

# A sentence ends at . ! ? or ; before a capital, a digit or a dash; "1." and "TP." end none.
_END = re.compile(rf"(?<=[.!?;])\s+(?=[{CAPITALS}0-9\"“(–-])")
_NO_END = re.compile(r"(?<!\S)(?:\d+(?:\.\d+)*|[IVXLC]+|[a-zđ]|TP|Tp|TS|PGS|GS|ThS|TM|KT|TL|TUQ|Q|v\.v|vv)\.$")


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of `text[start:end]`, as spans of `text`; a paragraph's end always ends one."""
    position = start
    for line in text[start:end].split("\n"):
        stop = position + len(line)
        begin = position
        for match in _END.finditer(text, position, stop):
            if match.end() <= stop and not _NO_END.search(text, max(begin, match.start() - 8), match.start()):
                yield from _trimmed(text, begin, match.start())
                begin = match.end()
        yield from _trimmed(text, begin, stop)
        position = stop + 1


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end)
