"""Which words of a provision are quoted: without its heading line, cut where it is very long, a table whole."""

from __future__ import annotations

import re
from typing import Final

from policy_qa.answering.sentences import sentences
from policy_qa.document import Span
from policy_qa.retrieval.index import Index, ProvisionRecord

LONGEST_LIST: Final = 4000
"""Characters of a provision that is quoted with all below it."""
LONGEST_HEADING: Final = 300
LONGEST_TABLE: Final = 1500
_LABEL_ALONE: Final = re.compile(r"(?:Phần|Chương|Mục|Điều|Khoản|Điểm|Gạch|Đoạn|Phụ lục) [\w.]+")
_BARE_LABEL: Final = re.compile(r"^[^\S\n]*(?:Điều|Khoản|Điểm|Gạch|Đoạn) [\w.]{1,8}[^\S\n]*$\n?", re.MULTILINE)
"""A line that only says which provision begins: so digests are written."""
_CELLS: Final = " | "


def own_words(index: Index, provision: ProvisionRecord) -> Span:
    """A provision with all below it, without its heading line; cut at a sentence's end when it is very long."""
    text = index.text(provision.document)
    span = without_heading(provision, provision.span, text)
    if len(span) <= LONGEST_LIST:
        return span
    ends = [s.end for s in sentences(text, span.start, span.start + LONGEST_LIST)]
    return Span(span.start, ends[-2] if len(ends) > 1 else ends[-1])


def without_heading(provision: ProvisionRecord, span: Span, text: str) -> Span:
    """`span`, which begins with the provision's heading line, without that line if anything follows it."""
    line_end = text.find("\n", span.start, span.end)
    if line_end < 0 or line_end - span.start > LONGEST_HEADING:
        return span
    if not provision.heading and not _LABEL_ALONE.fullmatch(text, span.start, line_end):
        return span
    return Span(line_end + 1, span.end)


def without_labels(index: Index, provision: ProvisionRecord, quote: Span) -> list[tuple[ProvisionRecord, Span]]:
    """`quote` in the pieces between lines that are only labels ("Khoản 2"), each with the provision that it stands in."""
    text = index.text(provision.document)
    said = quote.of(text)
    labels = [match.span() for match in _BARE_LABEL.finditer(said)]
    starts = [quote.start, *(quote.start + end for _, end in labels)]
    ends = [*(quote.start + start for start, _ in labels), quote.end]
    pieces = [stripped(Span(start, end), text) for start, end in zip(starts, ends, strict=True) if start < end]
    pieces = [piece for piece in pieces if len(piece)]
    if not labels or not pieces:
        return [(provision, quote)]
    return [(index.provision_at(provision.document, piece) or provision, piece) for piece in pieces]


def with_its_table(quote: Span, within: Span, text: str) -> Span:
    """`quote` with the whole table that a row in it belongs to: a row tells nothing without its head, nor a head without rows.

    Rows are lines with cells parted by " | "; one line between two rows belongs to the table. A long table is not taken whole.
    """
    if _CELLS not in quote.of(text):
        return quote
    lines = _lines(within, text)
    rows = [_CELLS in line.of(text) for line in lines]
    inside = [at for at, line in enumerate(lines) if line.start < quote.end and quote.start < line.end]
    if not inside:
        return quote
    first, last = inside[0], inside[-1]
    while first and (rows[first - 1] or (first > 1 and rows[first - 2])):
        first -= 1
    while last + 1 < len(lines) and (rows[last + 1] or (last + 2 < len(lines) and rows[last + 2])):
        last += 1
    table = Span(lines[first].start, lines[last].end)
    return table if len(table) <= LONGEST_TABLE else quote


def _lines(span: Span, text: str) -> list[Span]:
    found, start = [], span.start
    for line in span.of(text).split("\n"):
        found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def stripped(span: Span, text: str) -> Span:
    """`span` without blanks at its ends."""
    said = span.of(text)
    start = span.start + len(said) - len(said.lstrip())
    return Span(start, start + len(said.strip()))
