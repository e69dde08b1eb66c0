"""Unnumbered headings: lines that the file marks, lines in capitals, short lines above a list."""

from __future__ import annotations

from collections.abc import Sequence

from policy_qa.structure import grammar
from policy_qa.structure.paragraphs import Paragraph

LONGEST = 150
"""Code points; an unnumbered heading is one line."""


def looks_like_heading(paragraphs: Sequence[Paragraph], i: int, last: int, *, after_label: bool) -> bool:
    """Whether paragraph `i` of a scope that ends at `last` is an unnumbered heading.

    A line in ordinary letters must stand above a list and after a finished sentence, or directly below the label of
    the provision that is open (`after_label`).
    """
    paragraph = paragraphs[i]
    if i + 1 >= last or paragraphs[i + 1].quoted or not _is_short_line(paragraph.text):
        return False
    if paragraph.depth is not None or grammar.is_capitals(paragraph.text):
        return True
    return (after_label or paragraphs[i - 1].text[-1] in ".;:”") and _begins_list(paragraphs[i + 1].text)


def _is_short_line(text: str) -> bool:
    if not 4 <= len(text) <= LONGEST or " " not in text or not text[0].isupper() or text[-1] in grammar.CONTINUES:
        return False
    if any(c in text for c in "\t|…_") or ".." in text:
        return False
    if any(p.search(text) for p in (grammar.STATE_MOTTO, grammar.SIGNING, grammar.OFFICE)):
        return False
    return sum(map(str.isalpha, text)) >= 0.6 * len(text)


def _begins_list(text: str) -> bool:
    clause, point = grammar.CLAUSE.match(text), grammar.POINT.match(text)
    if clause:
        return clause["number"] == "1"
    return point["letter"] == "a" if point else grammar.DASH.match(text) is not None and grammar.CELL not in text


def continues(heading: str, text: str) -> bool:
    """Whether `text` is the next printed line of a heading in capitals."""
    return len(heading) <= LONGEST and grammar.is_capitals(heading) and grammar.is_capitals(text)


def is_plain_line(text: str) -> bool:
    """Whether a line can be the title of the điều whose label stands alone on the line above it."""
    labels = (grammar.CLAUSE, grammar.POINT, grammar.DASH, grammar.ROMAN, grammar.ARTICLE, grammar.DECIMAL)
    return len(text) <= 250 and text[-1] not in grammar.CONTINUES and not any(p.match(text) for p in labels)
